"""The project file: one SQLite database, its schema, its journal and what is read from it."""
