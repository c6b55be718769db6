"""What a user can do with a project, by subject; the window, the command line and the tests all call this."""
