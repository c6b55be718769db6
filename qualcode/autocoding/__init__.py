"""Rules of a codebook, looked for in texts: what becomes a suggestion, and why."""
