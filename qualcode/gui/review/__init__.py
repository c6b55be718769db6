"""Reviewing suggestions: a queue, one sentence at a time, and how its rule did so far."""
