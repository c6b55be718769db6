"""The window: shows a project and asks what to do; decides nothing."""
