"""Short texts in one line or two."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF


def two_lines(text: str, metrics: QFontMetricsF, width: float) -> list[str]:
    """A text, broken at a space when it is too wide for one line; what is too wide then ends in "…"."""
    if metrics.horizontalAdvance(text) <= width or " " not in text:
        return [metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)]
    words = text.split(" ")
    first = words.pop(0)
    while len(words) > 1 and metrics.horizontalAdvance(f"{first} {words[0]}") <= width:
        first = f"{first} {words.pop(0)}"
    return [metrics.elidedText(part, Qt.TextElideMode.ElideRight, width) for part in (first, " ".join(words))]
