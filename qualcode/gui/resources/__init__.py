"""Colours, fonts, icons and marks: how the window looks."""
