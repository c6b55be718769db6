"""The page one sees before a project is open."""
