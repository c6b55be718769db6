"""The screen that finds words in everything."""
