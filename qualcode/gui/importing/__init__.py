"""Bringing material in: a new study step by step, files into an open project, and what the imports said."""
