"""The report in the window: what goes in, its quotations, its pictures."""
