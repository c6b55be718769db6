"""The icons (Lucide), drawn from SVG in a token's colour at the screen's scale."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from qualcode.gui.resources.theme import tokens

_FOLDER = Path(__file__).parent / "icons"
_STROKE = "1.75"


@lru_cache(maxsize=128)
def _drawing(name: str, colour: str) -> QSvgRenderer:
    text = (_FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    text = text.replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{_STROKE}"')
    return QSvgRenderer(QByteArray(text.encode()))


def draw_icon(painter: QPainter, name: str, place: QRectF, colour: str) -> None:
    """Draws an icon into a square place."""
    _drawing(name, colour).render(painter, place)


class _TokenIcon(QIconEngine):
    """An icon whose colour follows the theme, so that a switch only repaints."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name = name
        self._token = token

    def paint(self, painter: QPainter, rect: object, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draws in the token's colour, dimmed when the control is disabled."""
        place = QRectF(rect)  # type: ignore[call-overload]
        value = getattr(tokens(), "border2" if mode == QIcon.Mode.Disabled else self._token)
        draw_icon(painter, self._name, place, value)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The icon as pixels."""
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRectF(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return made

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """The icon as pixels of a screen; `size` is in the screen's pixels already."""
        made = self.pixmap(size, mode, state)
        made.setDevicePixelRatio(scale)
        return made

    def clone(self) -> QIconEngine:
        """Another one like this."""
        return _TokenIcon(self._name, self._token)


def icon(name: str, token: str = "ink2") -> QIcon:
    """An icon for a button or a menu.

    Args:
        name: the file in `resources/icons`, without ending.
        token: the colour token it is drawn in.
    """
    return QIcon(_TokenIcon(name, token))
