"""The shadow of a card, drawn once as a picture: as an effect of the card it would be blurred anew with each change."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from qualcode.gui.resources.theme import colour, tokens

_STRENGTH = 0.008  # of one of the layers that make the shadow
_WIDTH, _DOWN = 11, 4


def draw_card_shadow(painter: QPainter, place: QRect, ratio: float) -> None:
    """Draws the shadow of a card that stands at a place.

    Args:
        painter: on what lies behind the card.
        place: of the card.
        ratio: pixels of the screen to one of the widget.
    """
    shadow = _shadow(place.width(), place.height(), tokens().is_dark, ratio)
    painter.drawPixmap(place.left() - _WIDTH, place.top() - _WIDTH + _DOWN, shadow)


@lru_cache(maxsize=8)
def _shadow(width: int, height: int, is_dark: bool, ratio: float) -> QPixmap:
    """The shadow, with room for it at all sides."""
    room = QSize(width + 2 * _WIDTH, height + 2 * _WIDTH)
    made = QPixmap(room * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(tokens().shadow, _STRENGTH * tokens().shadow_strength))
    for inner in range(_WIDTH + 3):
        place = QRectF(0, 0, room.width(), room.height()).adjusted(inner, inner, -inner, -inner)
        radius = max(10, 10 + _WIDTH - inner)
        painter.drawRoundedRect(place, radius, radius)
    painter.end()
    return made
