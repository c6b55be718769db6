"""Codebooks and study files: YAML and REFI-QDA in and out, with line numbers."""
