"""The documents panel: transcripts by kind and session, survey questions by file."""
