"""The history: every step that was done, and a way back to each."""
