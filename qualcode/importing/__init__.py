"""Reads what comes from outside: transcripts and tables, with what was left out or is doubtful."""
