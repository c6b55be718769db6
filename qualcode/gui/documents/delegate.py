"""Draws a row of the documents panel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.documents.model import CODED, COUNT, IS_NOTED, READING, DocumentsModel
from qualcode.gui.documents.reading import Reading
from qualcode.gui.resources import fonts
from qualcode.gui.resources.group_marks import UNKNOWN_GROUP, draw_group
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import tokens
from qualcode.gui.resources.wrapping import two_lines
from qualcode.gui.widgets.row_tree import NOTED, RowTree, is_open, paint_arrow, paint_noted, paint_row, row_place
from qualcode.model.document import DocumentKind

_ICONS = {
    DocumentKind.FOCUS_GROUP: "messages-square",
    DocumentKind.INTERVIEW: "message-square",
    DocumentKind.NOTES: "notebook-text",
    DocumentKind.ANSWER: "table-2",
}
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_HEAD_HEIGHT = 32
_LINE = 18
_ROW_HEIGHT = 46
_BAR = 32
_CIRCLE, _BETWEEN = 14, 12  # of a group, with the room to its figure; between two
_MORE = "…"
_GROUPS_ROOM = 84  # three groups of one figure each


class DocumentsDelegate(QStyledItemDelegate):
    """Heads are one line with a count; a reading has a title, the groups that speak in it, and how far it is coded."""

    def __init__(self, bridge: ProjectBridge, model: DocumentsModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._groups_of = model.groups_of

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """A head, a reading, or a reading whose title needs two lines."""
        reading = index.data(READING)
        if not isinstance(reading, Reading):
            return QSize(100, fonts.px(_HEAD_HEIGHT))
        view = option.widget
        width = view.viewport().width() - 16 - 43 if isinstance(view, RowTree) else 200
        n_lines = len(two_lines(reading.title, QFontMetricsF(_title_font()), width))
        return QSize(100, fonts.px(_ROW_HEIGHT) + (n_lines - 1) * fonts.px(_LINE))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws a row."""
        reading = index.data(READING)
        if isinstance(reading, Reading):
            paint_row(painter, option)
            noted = bool(index.data(IS_NOTED))
            self._paint_reading(painter, row_place(option), reading, option, index.data(CODED), noted=noted)
            if noted:
                paint_noted(painter, row_place(option).adjusted(0, 0, -9, 0), fonts.px(_LINE))
        else:
            if option.state & QStyle.StateFlag.State_HasFocus:
                paint_row(painter, option)
            self._paint_head(painter, row_place(option), option, index)

    def _paint_head(
        self,
        painter: QPainter,
        place: QRect,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        inner = place.adjusted(0, 3, -12, 0)
        paint_arrow(painter, inner.adjusted(3, 0, 0, 0), is_open=is_open(option, index))
        count = str(index.data(COUNT))
        painter.setFont(fonts.font(fonts.SMALL, tabular=True))
        painter.setPen(QColor(tokens().ink3))
        painter.drawText(inner, _RIGHT, count)
        room = inner.width() - 21 - QFontMetricsF(painter.font()).horizontalAdvance(count) - 8
        head = fonts.font(fonts.CONTROL, fonts.MEDIUM)
        painter.setFont(head)
        painter.setPen(QColor(tokens().ink2))
        title = QFontMetricsF(head).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner.adjusted(21, 0, 0, 0), _MIDDLE, title)

    def _paint_reading(
        self,
        painter: QPainter,
        place: QRect,
        reading: Reading,
        option: QStyleOptionViewItem,
        coded: tuple[int, int] | None,
        *,
        noted: bool,
    ) -> None:
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        left = place.left() + 9
        token = tokens().accent_text if is_selected else tokens().ink2
        draw_icon(painter, _ICONS[reading.kind], QRectF(left, place.top() + 6, 16, 16), token)
        painter.setFont(_title_font())
        painter.setPen(QColor(tokens().ink))
        left += 24
        width = place.right() - 10 - left
        line = fonts.px(_LINE)
        top = place.top() + 4
        for text in two_lines(reading.title, QFontMetricsF(_title_font()), width):
            painter.drawText(QRect(left, top, width + 4, line), _MIDDLE, text)
            top += line
        width -= NOTED + 6 if noted else 0
        taken = paint_coded(painter, QRect(left, top, width, line), coded) if coded is not None else 0
        self._paint_groups(painter, QRect(left, top, width - taken, line), self._groups_of(reading))

    def _paint_groups(self, painter: QPainter, place: QRect, groups: Sequence[tuple[str, int]]) -> None:
        font = fonts.font(fonts.HINT, tabular=True)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        x = float(place.left())
        order = list(self._bridge.groups)
        counts = sorted(groups, key=lambda each: order.index(each[0]) if each[0] in order else len(order))
        painter.setPen(QColor(tokens().ink2))
        widths = [metrics.horizontalAdvance(str(n)) for _group, n in counts]
        n_shown = n_fitting(widths, place.width(), metrics.horizontalAdvance(_MORE))
        for (group, n), width in zip(counts[:n_shown], widths, strict=False):
            draw_group(painter, self._bridge.groups.get(group, UNKNOWN_GROUP), x, place.center().y() - 4.5)
            painter.drawText(QRectF(x + _CIRCLE, place.top(), width + 2, place.height()), _MIDDLE, str(n))
            x += _CIRCLE + width + _BETWEEN
        if n_shown < len(counts):
            painter.drawText(QRectF(x, place.top(), place.right() - x, place.height()), _MIDDLE, _MORE)


def n_fitting(widths: Sequence[float], room: float, more: float) -> int:
    """How many counts with their circles have room side by side.

    Args:
        widths: of the figures.
        room: for all of them.
        more: what the sign takes that says there are others; it has room beside those that are shown.
    """
    whole = [_CIRCLE + width for width in widths]
    if sum(whole) + _BETWEEN * (len(whole) - 1) <= room:
        return len(whole)
    taken, n = 0.0, 0
    for width in whole:
        taken += width + _BETWEEN
        if taken + more > room:
            break
        n += 1
    return n


def paint_coded(painter: QPainter, place: QRect, coded: tuple[int, int]) -> int:
    """Draws how far a reading is coded at the right of a line: n/N, and a short bar where there is room for it.

    Returns:
        The width that it takes, in pixels.
    """
    n_coded, n = coded
    font = fonts.font(fonts.HINT, tabular=True)
    text = f"{n_coded}/{n}"
    width = round(QFontMetricsF(font).horizontalAdvance(text)) + 2
    painter.setFont(font)
    painter.setPen(QColor(tokens().ink3))
    painter.drawText(place, _RIGHT, text)
    bar = fonts.px(_BAR)
    if place.width() < width + bar + 6 + fonts.px(_GROUPS_ROOM):
        return width + 8
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    bed = QRectF(place.right() - width - 6 - bar, place.center().y() - 1, bar, 3)
    for colour, share in ((tokens().border2, 1.0), (tokens().ink3, n_coded / n)):
        if share:
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(bed.x(), bed.y(), max(3.0, bed.width() * share), bed.height()), 1.5, 1.5)
    painter.restore()
    return width + bar + 14


def _title_font() -> QFont:
    return fonts.font(fonts.CONTROL, fonts.MEDIUM)
