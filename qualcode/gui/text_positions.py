"""Positions in a text: code points as the program counts them, UTF-16 units as Qt does. Converted here alone."""

from __future__ import annotations

from bisect import bisect_left


class TextPositions:
    """Converts positions in one text, both ways.

    Args:
        text: the text; characters above U+FFFF take two UTF-16 units.
    """

    def __init__(self, text: str) -> None:
        wide = text and max(text) > "\uffff"
        self._wide = [at for at, letter in enumerate(text) if letter > "\uffff"] if wide else []
        self._wide_units = [at + before for before, at in enumerate(self._wide)]

    def to_qt(self, position: int) -> int:
        """UTF-16 units before a code point."""
        return position + bisect_left(self._wide, position)

    def from_qt(self, units: int) -> int:
        """Code points before a UTF-16 position; inside a pair counts as before it."""
        return units - bisect_left(self._wide_units, units)
