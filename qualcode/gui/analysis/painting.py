"""What the tables draw alike: the ground of a cell, a theme's name, a line from 0 to 100."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QTableView

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK, draw_mark
from qualcode.gui.resources.theme import colour, tokens
from qualcode.gui.resources.wrapping import two_lines
from qualcode.gui.text_positions import TextPositions

MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
CENTRE = Qt.AlignmentFlag.AlignCenter
_ROWS = QAbstractItemView.SelectionBehavior.SelectRows
LINE_HEIGHT = 1.15
"""Of wrapped text, in line spacings of the font."""


def paint_ground(painter: QPainter, place: QRect, option: QStyleOptionViewItem, view: QAbstractItemView) -> None:
    """The tint of a cell that is selected or pointed at, and the ring where the keyboard is; around a whole row, if
    rows are selected.
    """
    painter.save()
    painter.setClipRect(place, Qt.ClipOperation.IntersectClip)
    card = QRectF(_selected_with(place, view)).adjusted(1, 1, -1, -2)
    if option.state & QStyle.StateFlag.State_Selected:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().select))
        painter.drawRoundedRect(card, 6, 6)
        if view.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens().accent), 1.5))
            painter.drawRoundedRect(card.adjusted(0.75, 0.75, -0.75, -0.75), 6, 6)
    elif option.state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().hover))
        painter.drawRoundedRect(QRectF(place).adjusted(1, 1, -1, -2), 6, 6)
    painter.restore()


def _selected_with(place: QRect, view: QAbstractItemView) -> QRect:
    """The place that is selected when a cell is: it, or its row."""
    if not isinstance(view, QTableView) or view.selectionBehavior() != _ROWS:
        return place
    head = view.horizontalHeader()
    return QRect(-head.offset(), place.top(), head.length(), place.height())


def paint_rule(painter: QPainter, place: QRect, *, strong: bool) -> None:
    """The line below a row."""
    painter.setPen(QPen(QColor(tokens().border if strong else tokens().line), 1))
    y = place.bottom() + 0.5
    painter.drawLine(QPointF(place.left(), y), QPointF(place.right() + 1, y))


def paint_interval(
    painter: QPainter, at: QPointF, share: float, low: float, high: float, ink: str, *, length: float
) -> None:
    """A line from 0 to 100, the interval as a thick part of it, the share as a dot.

    Args:
        at: where the line begins.
        share: in per cent, like its bounds.
        low: of the interval.
        high: likewise.
        ink: the colour.
        length: of the line in pixels.
    """
    scale = length / 100
    painter.setPen(QPen(QColor(tokens().border2), 1))
    painter.drawLine(at, QPointF(at.x() + length, at.y()))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(ink, 0.38))
    painter.drawRoundedRect(QRectF(at.x() + low * scale, at.y() - 2.5, max(2.0, (high - low) * scale), 5), 2.5, 2.5)
    painter.setBrush(QColor(ink))
    painter.drawEllipse(QPointF(at.x() + share * scale, at.y()), 3.5, 3.5)


def paint_theme(painter: QPainter, place: QRect, bridge: ProjectBridge, key: str, name: str, depth: int) -> None:
    """A theme's mark and name, in place of a cell."""
    draw_mark(painter, bridge.look_of_key(key) or NO_LOOK, place.left(), place.center().y() - 8)
    font = fonts.font(fonts.CONTROL, fonts.MEDIUM if depth == 0 else fonts.REGULAR)
    painter.setFont(font)
    painter.setPen(QColor(tokens().ink))
    paint_name(painter, place.adjusted(25, 0, 0, 0), name)


def paint_name(painter: QPainter, place: QRect, name: str) -> None:
    """A name in the middle of a place; where one line is too short for it and there is room, on two."""
    metrics = QFontMetricsF(painter.font())
    lines = two_lines(name, metrics, place.width())
    if 2 * metrics.height() > place.height():
        lines = [metrics.elidedText(name, Qt.TextElideMode.ElideRight, place.width())]
    top = place.top() + (place.height() - len(lines) * metrics.height()) / 2
    for line in lines:
        painter.drawText(QRectF(place.left(), top, place.width() + 4, metrics.height()), MIDDLE, line)
        top += metrics.height()


def laid_out(text: str, font: QFont, width: float, most: int = 0) -> QTextLayout:
    """A text broken at words, or inside a word that is too wide; draw it with `draw` of the layout.

    Args:
        text: line feeds are kept.
        font: of the text.
        width: of its lines.
        most: lines; the last one ends in "…" where the text goes on. 0 for as many as it needs.
    """
    made = _layout(text, font, width)
    if most and made.lineCount() > most:
        start = TextPositions(text).from_qt(made.lineAt(most - 1).textStart())
        rest = text[start:].split("\n")[0]
        shown = QFontMetricsF(font).elidedText(rest + "…", Qt.TextElideMode.ElideRight, width)
        made = _layout(text[:start] + shown, font, width)
    return made


def _layout(text: str, font: QFont, width: float) -> QTextLayout:
    made = QTextLayout(text.replace("\n", "\N{LINE SEPARATOR}"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.setTextOption(option)
    made.beginLayout()
    y, height = 0.0, QFontMetricsF(font).lineSpacing() * LINE_HEIGHT
    while (line := made.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, y))
        y += height
    made.endLayout()
    return made
