"""Draws a row of the codebook: mark, name, suggestions that wait, quotations."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.codebook.model import CODE_ID, COUNT, DEPTH, SUGGESTED
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK, draw_mark
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.row_tree import is_open, paint_arrow, paint_row, row_place

_ROW_HEIGHT = 28
_COUNT_WIDTH = 34
_INDENT = 20
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class CodebookDelegate(QStyledItemDelegate):
    """A code in one line."""

    def __init__(self, bridge: ProjectBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are equally high."""
        return QSize(100, fonts.px(_ROW_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws a row."""
        paint_row(painter, option)
        place = row_place(option)
        depth = int(index.data(DEPTH))
        if index.model().hasChildren(index):
            paint_arrow(painter, place.adjusted(3 + depth * _INDENT, 0, 0, 0), is_open=is_open(option, index))
        left = place.left() + 22 + depth * _INDENT
        look = self._bridge.looks.get(int(index.data(CODE_ID)), NO_LOOK)
        draw_mark(painter, look, left, place.center().y() + 0.5 - 8, 16)
        right = self._paint_counts(painter, place, int(index.data(COUNT)), int(index.data(SUGGESTED)))
        name_font = fonts.font(fonts.CONTROL, fonts.MEDIUM if depth == 0 else fonts.REGULAR)
        painter.setFont(name_font)
        painter.setPen(QColor(tokens().ink))
        left += 24
        name = QFontMetricsF(name_font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, right - left - 6)
        painter.drawText(QRect(left, place.top(), right - left, place.height()), _MIDDLE, name)

    def _paint_counts(self, painter: QPainter, place: QRect, count: int, suggested: int) -> int:
        """Draws the numbers at the right; returns where the room for the name ends."""
        inner = place.adjusted(0, 0, -10, 0)
        painter.setFont(fonts.font(fonts.CONTROL, tabular=True))
        painter.setPen(QColor(tokens().ink2 if count else tokens().ink3))
        painter.drawText(inner, _RIGHT, str(count))
        if not suggested:
            return inner.right() - _COUNT_WIDTH + 6
        text = f"+{suggested}"
        font = fonts.font(fonts.HINT, tabular=True)
        width = QFontMetricsF(font).horizontalAdvance(text) + 10
        box = QRectF(inner.right() - _COUNT_WIDTH - width + 4, inner.center().y() + 0.5 - 8, width, 16)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(tokens().ink3), 1)
        pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(font)
        painter.setPen(QColor(tokens().ink2))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()
        return round(box.left())
