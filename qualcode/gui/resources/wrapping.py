"""Short texts in one line or more."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

_ENDLESS = 100_000


def two_lines(text: str, metrics: QFontMetricsF, width: float) -> list[str]:
    """A text, broken at a space when it is too wide for one line; what is too wide then ends in "…"."""
    if metrics.horizontalAdvance(text) <= width or " " not in text:
        return [metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)]
    words = text.split(" ")
    first = words.pop(0)
    while len(words) > 1 and metrics.horizontalAdvance(f"{first} {words[0]}") <= width:
        first = f"{first} {words.pop(0)}"
    return [metrics.elidedText(part, Qt.TextElideMode.ElideRight, width) for part in (first, " ".join(words))]


def height_beyond_a_line(text: str, font: QFont, width: float) -> int:
    """How much higher than one line a text is, wrapped in a width; in pixels."""
    metrics = QFontMetricsF(font)
    room = QRectF(0, 0, max(1.0, width), _ENDLESS)
    return max(0, round(metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height() - metrics.height()))
