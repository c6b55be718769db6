"""The command line: asks the project and prints; decides nothing."""
