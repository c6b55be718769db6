"""Qualcode: qualitative coding and template analysis on one's own machine."""

__version__ = "0.1.0"
