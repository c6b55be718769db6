"""Counting and comparing: tables in, tables out; no file, no database, no widget."""
