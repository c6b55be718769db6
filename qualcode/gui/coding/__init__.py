"""The coding screen: the text with its turns, segments and suggestions."""
