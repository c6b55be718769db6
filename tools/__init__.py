"""What is run by hand while working on the program; never part of it."""
