"""Draws a row of the codebook: mark, name, suggestions that wait, quotations."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.codebook.model import CODE_ID, COUNT, DEPTH, IS_NOTED, SUGGESTED
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK, draw_mark
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import tokens
from qualcode.gui.resources.wrapping import two_lines
from qualcode.gui.widgets.row_tree import RowTree, is_open, paint_arrow, paint_row, row_place
from qualcode.i18n import _

_ROW_HEIGHT = 28
_LINE = 17
_NAME_AT = 22  # from the mark
_COUNT_WIDTH = 26
_INDENT = 16
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class CodebookDelegate(QStyledItemDelegate):
    """A code in one line."""

    def __init__(self, bridge: ProjectBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One line, or two where the name needs them."""
        view = option.widget
        width = view.viewport().width() if isinstance(view, RowTree) else 300
        n_lines = len(self._name_lines(index, width - 16))
        return QSize(100, fonts.px(_ROW_HEIGHT) + (n_lines - 1) * fonts.px(_LINE))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws a row."""
        paint_row(painter, option)
        place = row_place(option)
        depth = int(index.data(DEPTH))
        first = QRect(place.left(), place.top(), place.width(), fonts.px(_ROW_HEIGHT) - 2)
        if index.model().hasChildren(index):
            paint_arrow(painter, first.adjusted(3 + depth * _INDENT, 0, 0, 0), is_open=is_open(option, index))
        left = place.left() + 20 + depth * _INDENT
        look = self._bridge.looks.get(int(index.data(CODE_ID)), NO_LOOK)
        draw_mark(painter, look, left, first.center().y() + 0.5 - 8, 16)
        self._paint_counts(painter, first, index.data(COUNT), int(index.data(SUGGESTED)))
        view = option.widget
        if isinstance(view, RowTree) and view.indexWidget(index) is not None:
            return  # it is written over: the second line of a name would peep out below the field
        painter.setFont(_name_font(depth))
        painter.setPen(QColor(tokens().ink))
        line = first.translated(left + _NAME_AT - first.left(), 0)
        end = 0.0
        for text in self._name_lines(index, place.width()):
            painter.drawText(line, _MIDDLE, text)
            end = line.left() + QFontMetricsF(painter.font()).horizontalAdvance(text)
            line.translate(0, fonts.px(_LINE))
        if index.data(IS_NOTED):
            middle = line.center().y() + 0.5 - fonts.px(_LINE)
            draw_icon(painter, "message-square", QRectF(end + 5, middle - 6, 12, 12), tokens().ink2)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """A field over the name."""
        made = QLineEdit(parent)
        made.setFont(_name_font(int(index.data(DEPTH))))
        made.setAccessibleName(_("Name of the code"))
        return made

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """From the name to the row's end."""
        place = row_place(option)
        left = place.left() + 20 + int(index.data(DEPTH)) * _INDENT + _NAME_AT - 9
        editor.setGeometry(left, option.rect.top(), place.right() - left, fonts.px(_ROW_HEIGHT))

    def _name_lines(self, index: QModelIndex | QPersistentModelIndex, width: int) -> list[str]:
        """The name in one line or two, in a row of a width."""
        depth = int(index.data(DEPTH))
        counts = QFontMetricsF(fonts.font(fonts.CONTROL, tabular=True))
        taken = counts.horizontalAdvance(_written(index.data(COUNT))) + 4
        if index.data(SUGGESTED):
            taken = _COUNT_WIDTH + self._chip_width(int(index.data(SUGGESTED)))
        if index.data(IS_NOTED):
            taken += 18
        room = width - 20 - depth * _INDENT - _NAME_AT - 10 - taken - 2
        return two_lines(str(index.data()), QFontMetricsF(_name_font(depth)), room)

    def _chip_width(self, suggested: int) -> float:
        return QFontMetricsF(fonts.font(fonts.HINT, tabular=True)).horizontalAdvance(f"+{suggested}") + 9

    def _paint_counts(self, painter: QPainter, place: QRect, count: int | None, suggested: int) -> None:
        """Draws the numbers at the right."""
        inner = place.adjusted(0, 0, -10, 0)
        painter.setFont(fonts.font(fonts.CONTROL, tabular=True))
        painter.setPen(QColor(tokens().ink2 if count else tokens().ink3))
        painter.drawText(inner, _RIGHT, _written(count))
        if not suggested:
            return
        text = f"+{suggested}"
        width = self._chip_width(suggested)
        box = QRectF(inner.right() - _COUNT_WIDTH - width + 4, inner.center().y() + 0.5 - 8, width, 16)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(tokens().ink3), 1)
        pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(fonts.font(fonts.HINT, tabular=True))
        painter.setPen(QColor(tokens().ink2))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()


def _written(count: int | None) -> str:
    """A count; nothing while it is not known yet."""
    return "" if count is None else str(count)


def _name_font(depth: int) -> QFont:
    return fonts.font(fonts.CONTROL, fonts.MEDIUM if depth == 0 else fonts.REGULAR)
