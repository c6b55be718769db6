"""The heads of the grid's columns, and what a press on one sorts by."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import tokens
from qualcode.gui.survey.answer_sheet import Order, Sorting
from qualcode.gui.survey.model import AnswersModel, Kind
from qualcode.gui.survey.row_delegate import LEFT, SIDE

_HEIGHT = 34
_ARROW = 12
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class GridHeader(QHeaderView):
    """The heads of the columns: titles, ranges of closed answers, and an arrow where it is sorted."""

    def __init__(self, model: AnswersModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._answers = model
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(20)
        self.setFixedHeight(fonts.px(_HEIGHT))
        self.setHighlightSections(False)

    def needed_width(self, section: int) -> int:
        """What a head needs for its words."""
        title, extent = self._words(section)
        width = QFontMetricsF(fonts.font(fonts.CONTROL, fonts.MEDIUM)).horizontalAdvance(title)
        beside = QFontMetricsF(fonts.font(fonts.HINT, tabular=True)).horizontalAdvance(extent)
        return round(SIDE + width + (beside + 6 if extent else 0) + _ARROW + 12)

    def _words(self, section: int) -> tuple[str, str]:
        closed = self._answers.closed_at(section)
        if closed is None:
            return str(self._answers.headerData(section, Qt.Orientation.Horizontal) or ""), ""
        if closed.low is None or closed.high is None:
            return closed.title, ""
        return closed.title, f"{closed.low:g}–{closed.high:g}"

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draws one head."""
        painter.save()
        painter.fillRect(rect, QColor(tokens().window))
        painter.setPen(QPen(QColor(tokens().border), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        title, extent = self._words(logicalIndex)
        place = rect.adjusted(LEFT if logicalIndex == 0 else SIDE, 0, -4, 0)
        is_sorted = sorts_column(self._answers, logicalIndex)
        font = fonts.font(fonts.CONTROL, fonts.MEDIUM)
        small = fonts.font(fonts.HINT, tabular=True)
        beside = QFontMetricsF(small).horizontalAdvance(extent) + 6 if extent else 0.0
        room = place.width() - beside - (_ARROW + 6 if is_sorted else 0)
        shown = QFontMetricsF(font).elidedText(title, Qt.TextElideMode.ElideRight, max(20.0, room))
        painter.setFont(font)
        painter.setPen(QColor(tokens().ink if is_sorted else tokens().ink2))
        painter.drawText(place, _MIDDLE, shown)
        x = place.left() + QFontMetricsF(font).horizontalAdvance(shown) + 6
        if extent:
            painter.setFont(small)
            painter.setPen(QColor(tokens().ink3))
            painter.drawText(QRectF(x, place.top() + 1, beside, place.height()), _MIDDLE, extent)
            x += beside
        if is_sorted:
            name = "chevron-down" if self._answers.sorting.is_descending else "chevron-up"
            draw_icon(painter, name, QRectF(x, place.center().y() - _ARROW / 2 + 0.5, _ARROW, _ARROW), tokens().ink2)
        painter.restore()


_ORDERS = {Kind.IDENT: Order.IDENT, Kind.GROUP: Order.GROUP, Kind.ANSWER: Order.LENGTH, Kind.CODES: Order.CODES}


def sorts_column(model: AnswersModel, section: int) -> bool:
    """Whether the rows are sorted by a column."""
    if not 0 <= section < len(model.columns):
        return False
    wanted = sorting_of(model, section)
    return (wanted.order, wanted.closed) == (model.sorting.order, model.sorting.closed)


def sorting_of(model: AnswersModel, section: int) -> Sorting:
    """What a press on a column's head sorts by."""
    column = model.columns[section]
    return Sorting(_ORDERS.get(column.kind, Order.CLOSED), column.closed)
