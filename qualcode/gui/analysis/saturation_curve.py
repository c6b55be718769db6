"""The curve of saturation: how many codes there are after each session, and how many one would expect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.resources.theme import theme, tokens
from qualcode.i18n import _

_HEIGHT = 168
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 150, 14, 26
_WIDEST_STEP = 130


@dataclass(frozen=True, slots=True)
class Point:
    """After one session.

    Attributes:
        session: its name.
        n: codes so far.
        expected: the mean over all orders of the sessions.
    """

    session: str
    n: int
    expected: float


class SaturationCurve(QWidget):
    """A line of what was found, a dashed one of what is expected; the numbers stand in the table below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: list[Point] = []
        self.setObjectName("surface")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def show_points(self, points: Sequence[Point]) -> None:
        """Shows others."""
        self._points = list(points)
        numbers = ", ".join(f"{point.session}: {point.n}" for point in points)
        self.setAccessibleName(_("Codes after each session: {numbers}").format(numbers=numbers))
        self.setToolTip(self.accessibleName())
        self.update()

    def sizeHint(self) -> QSize:
        """A band over the table."""
        return QSize(400, fonts.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Axes, the dashed line, the solid line with its points."""
        if not self._points:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        n = len(self._points)
        room = self.width() - fonts.px(_LEFT) - fonts.px(_RIGHT)
        width = min(room, fonts.px(_WIDEST_STEP) * max(1, n - 1))
        place = QRectF(fonts.px(_LEFT), fonts.px(_TOP), width, self.height() - fonts.px(_TOP + _BOTTOM))
        top = max(1, max(point.n for point in self._points))

        def at(number: int, value: float) -> QPointF:
            x = place.left() + (place.width() * number / (n - 1) if n > 1 else 0.0)
            return QPointF(x, place.bottom() - place.height() * value / top)

        self._paint_axes(painter, place, top, [at(number, 0).x() for number in range(n)])
        expected = QPolygonF([at(number, point.expected) for number, point in enumerate(self._points)])
        painter.setPen(QPen(QColor(tokens().ink3), 1.5, Qt.PenStyle.DashLine))
        painter.drawPolyline(expected)
        found = QPolygonF([at(number, point.n) for number, point in enumerate(self._points)])
        painter.setPen(QPen(QColor(tokens().accent), 2))
        painter.drawPolyline(found)
        painter.setBrush(QColor(tokens().accent))
        painter.setPen(QPen(QColor(tokens().surface), 1.5))
        for number, point in enumerate(self._points):
            painter.drawEllipse(at(number, point.n), 4.5, 4.5)
        self._paint_key(painter, place.right() + fonts.px(20), place.top())
        painter.end()

    def _paint_axes(self, painter: QPainter, place: QRectF, top: int, columns: Sequence[float]) -> None:
        font = fonts.font(fonts.HINT, tabular=True)
        painter.setFont(font)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for value in (0, top):
            y = place.bottom() - place.height() * value / top
            painter.setPen(QPen(QColor(tokens().line), 1))
            painter.drawLine(QPointF(place.left() - 6, y), QPointF(place.right() + 6, y))
            painter.setPen(QColor(tokens().ink3))
            painter.drawText(QRectF(0, y - 10, place.left() - 12, 20), right, str(value))
        metrics = QFontMetricsF(font)
        step = columns[1] - columns[0] if len(columns) > 1 else place.width() or 120.0
        every = max(1, round(56 / step + 0.49)) if step < 56 else 1
        for number, x in enumerate(columns):
            if number % every:
                continue
            room = step * every - 6
            text = metrics.elidedText(self._points[number].session, Qt.TextElideMode.ElideRight, room)
            left = max(2.0, x - room / 2)
            box = QRectF(left, place.bottom() + 6, room, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)

    def _paint_key(self, painter: QPainter, x: float, y: float) -> None:
        """Which line is which."""
        painter.setFont(fonts.font(fonts.HINT))
        for number, (text, pen) in enumerate(
            (
                (_("codes so far"), QPen(QColor(tokens().accent), 2)),
                (_("expected"), QPen(QColor(tokens().ink3), 1.5, Qt.PenStyle.DashLine)),
            )
        ):
            line = y + 8 + number * 18
            painter.setPen(pen)
            painter.drawLine(QPointF(x, line), QPointF(x + 22, line))
            painter.setPen(QColor(tokens().ink2))
            painter.drawText(QRectF(x + 28, line - 10, fonts.px(_RIGHT) - 50, 20), Qt.AlignmentFlag.AlignVCenter, text)
