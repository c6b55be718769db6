"""The list of the queue: heads that fold, suggestions in three short lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK, draw_mark
from qualcode.gui.resources.group_marks import UNKNOWN_GROUP, draw_group
from qualcode.gui.resources.theme import tokens
from qualcode.gui.review.places import Places
from qualcode.gui.review.queue_model import HEAD, IS_CODED, IS_SKIPPED, WAITING, Head, Order, QueueModel
from qualcode.gui.widgets.folding import FoldingView
from qualcode.gui.widgets.row_tree import paint_arrow, paint_row, row_place
from qualcode.i18n import _, decimal

if TYPE_CHECKING:
    from qualcode.store.suggestions import Waiting

_HEAD_HEIGHT = 34
_ROW_HEIGHT = 64
_LINE = 18
_TEXT_AT = 34
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_ELIDED = Qt.TextElideMode.ElideRight


class QueueView(FoldingView):
    """Reports which suggestion became the current one."""

    suggestion_picked = Signal(int)

    def __init__(self, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(model, _("Suggestions"), _ROW_HEIGHT, parent)
        self._queue = model
        self.setObjectName("onWindow")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    def heights(self) -> Iterator[tuple[int, int]]:
        """Heads are lower."""
        lower = fonts.px(_HEAD_HEIGHT)
        return ((row, lower) for row, _head in self._queue.heads())

    def show_suggestion(self, suggestion_id: int) -> None:
        """Makes a suggestion the current one without reporting it; one that is folded away is unfolded."""
        found = self._queue.head_of(suggestion_id)
        if found is not None and found[0].is_folded:
            self._queue.toggle(found[0])
        row = self._queue.row_of(suggestion_id)
        if row is None:
            return
        blocked = self.blockSignals(True)
        self.setCurrentIndex(self._queue.index(row, 0))
        self.blockSignals(blocked)
        if self._queue.id_at(row - 1) is None and row > 0:
            self.scrollTo(self._queue.index(row - 1, 0))  # its head is worth seeing too
        self.scrollTo(self._queue.index(row, 0))

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Reports the suggestion; a head is passed over."""
        super().currentChanged(current, previous)
        waiting = current.data(WAITING) if current.isValid() else None
        if waiting is not None:
            self.suggestion_picked.emit(waiting.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move; Enter, Space and the arrows sideways fold a head; letters are for the screen around."""
        if self.folds(event):
            return
        key = event.key()
        if event.text().strip() or key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Escape):
            event.ignore()
            return
        super().keyPressEvent(event)


class QueueDelegate(QStyledItemDelegate):
    """Draws heads and suggestions."""

    def __init__(self, bridge: ProjectBridge, places: Places, model: QueueModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._places = places
        self._queue = model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The heights that the view has set."""
        is_head = index.data(HEAD) is not None
        return QSize(200, fonts.px(_HEAD_HEIGHT if is_head else _ROW_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws a row."""
        head = index.data(HEAD)
        if isinstance(head, Head):
            if option.state & QStyle.StateFlag.State_HasFocus:
                paint_row(painter, option)
            self._paint_head(painter, row_place(option), head)
            return
        paint_row(painter, option)
        notes = [_("coded already")] if index.data(IS_CODED) else []
        notes += [_("set aside")] if index.data(IS_SKIPPED) else []
        self._paint_suggestion(painter, row_place(option), index.data(WAITING), notes)

    def _paint_head(self, painter: QPainter, place: QRect, head: Head) -> None:
        inner = place.adjusted(3, 4, -12, 0)
        paint_arrow(painter, inner, is_open=not head.is_folded)
        count = str(len(head.sorting))
        painter.setFont(fonts.font(fonts.SMALL, tabular=True))
        painter.setPen(QColor(tokens().ink3))
        painter.drawText(inner, _RIGHT, count)
        room = inner.width() - 18 - QFontMetricsF(painter.font()).horizontalAdvance(count) - 10
        painter.setFont(fonts.font(fonts.CONTROL, fonts.MEDIUM))
        painter.setPen(QColor(tokens().ink2))
        painter.drawText(inner.adjusted(18, 0, 0, 0), _MIDDLE, _elided(painter, head.title, room))

    def _paint_suggestion(self, painter: QPainter, place: QRect, waiting: Waiting, notes: Sequence[str]) -> None:
        look = self._bridge.looks.get(waiting.code_id, NO_LOOK)
        line = fonts.px(_LINE)
        left, top = place.left() + _TEXT_AT, place.top() + (place.height() - 3 * line) // 2
        right = place.right() - 10
        draw_mark(painter, look, place.left() + 9, top + line / 2 - 8, 16, outline=True)
        score = decimal(waiting.score, short=True)
        painter.setFont(fonts.font(fonts.SMALL, tabular=True))
        painter.setPen(QColor(tokens().ink2))
        painter.drawText(QRect(left, top, right - left, line), _RIGHT, score)
        room = right - left - QFontMetricsF(painter.font()).horizontalAdvance(score) - 8
        painter.setFont(fonts.font(fonts.CONTROL, fonts.MEDIUM))
        painter.setPen(QColor(tokens().ink2 if notes else tokens().ink))
        name = self._bridge.names.get(waiting.code_id, "")
        painter.drawText(QRect(left, top, right - left, line), _MIDDLE, _elided(painter, name, room))
        painter.setFont(fonts.font(fonts.SMALL))
        painter.setPen(QColor(tokens().ink2))
        words = self._places.words(waiting.document_id, waiting.start, waiting.end)
        below = QRect(left, top + line, right - left, line)
        painter.drawText(below, _MIDDLE, _elided(painter, words, below.width()))
        self._paint_source(painter, below.translated(0, line), waiting, "  ·  ".join(notes))

    def _paint_source(self, painter: QPainter, place: QRect, waiting: Waiting, note: str) -> None:
        painter.setFont(fonts.font(fonts.HINT))
        painter.setPen(QColor(tokens().ink3))
        room = place.width() - 14
        if note:
            painter.drawText(place, _RIGHT, note)
            room -= round(QFontMetricsF(painter.font()).horizontalAdvance(note)) + 8
        block = self._places.block(waiting.document_id, waiting.start)
        if block is None:
            return
        centre = place.center()
        draw_group(
            painter, self._bridge.groups.get(block.group, UNKNOWN_GROUP), place.left(), centre.y() + 0.5 - 4.5, 9
        )
        source = block.label
        if self._queue.order is not Order.DOCUMENT:
            reading = self._places.reading(waiting.document_id)
            source = "  ·  ".join(part for part in (source, reading.title if reading is not None else "") if part)
        corner = QPoint(place.left() + 14, place.top())
        text = _elided(painter, source, room)
        painter.drawText(QRectF(corner.x(), corner.y(), room + 2, place.height()), _MIDDLE, text)


def _elided(painter: QPainter, text: str, room: float) -> str:
    return QFontMetricsF(painter.font()).elidedText(text, _ELIDED, room)
