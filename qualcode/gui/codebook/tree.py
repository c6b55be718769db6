"""The tree of codes with its keys, and what can be dragged onto it: codes to move, passages to code."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from qualcode.gui.actions import command_of
from qualcode.gui.codebook.model import CODE_ID
from qualcode.gui.resources import fonts
from qualcode.gui.resources.theme import colour, tokens
from qualcode.gui.widgets.row_tree import ROW_RADIUS, RowTree

CODE_MIME = "application/x-qualcode-code"
"""A code on its way: its number as text."""

PASSAGE_MIME = "application/x-qualcode-passage"
"""The selection of the text on its way; the text view knows which."""

_EDGE = 24  # near the upper and lower end the tree scrolls while something is dragged


@dataclass(frozen=True, slots=True)
class DropPlace:
    """Where something is dropped: "onto" a code, or "before" or "after" it."""

    code_id: int
    where: str


def mime_of_code(code_id: int) -> QMimeData:
    """A code on its way."""
    made = QMimeData()
    made.setData(CODE_MIME, str(code_id).encode())
    return made


def code_of_mime(mime: QMimeData) -> int | None:
    """The code that is on its way, if one is."""
    text = bytes(mime.data(CODE_MIME).data()).decode("ascii", "ignore")
    return int(text) if text.isdigit() else None


class CodebookTree(RowTree):
    """Reports what keys and drops ask for.

    Signals:
        asked: "rename", "delete", "merge", "up", "down", "in" or "out" for the current code.
        code_dropped: a code and a `DropPlace`.
        passage_dropped: the code that the selection of the text was dropped on.
        focus_moved: the keyboard came here, or left.
    """

    asked = Signal(str)
    code_dropped = Signal(int, object)
    passage_dropped = Signal(int)
    focus_moved = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._drop: DropPlace | None = None
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)
        self.setDropIndicatorShown(False)

    @property
    def current_code(self) -> int | None:
        """The code that the keys are about."""
        code_id = self.currentIndex().data(CODE_ID)
        return code_id if isinstance(code_id, int) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 renames, Delete deletes, Ctrl+M merges, Alt with an arrow moves the code."""
        wanted = command_of(event, "codebook")
        if not wanted:
            super().keyPressEvent(event)
            return
        if self.current_code is not None:
            self.asked.emit(wanted)
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()  # so that the window sees that Alt was not pressed alone

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Its own keys work now."""
        super().focusInEvent(event)
        self.focus_moved.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Those of something else work now."""
        super().focusOutEvent(event)
        self.focus_moved.emit()

    # Dragging

    def startDrag(self, supported: Qt.DropAction) -> None:
        """A code goes along with the pointer: to another place in the tree, or to the selection in the text."""
        if self.current_code is None:
            return
        drag = QDrag(self)
        drag.setMimeData(mime_of_code(self.current_code))
        drag.setPixmap(self._row_picture())
        drag.setHotSpot(QPoint(12, 12))
        drag.exec(Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, Qt.DropAction.MoveAction)

    def _row_picture(self) -> QPixmap:
        place = self.visualRect(self.currentIndex()).intersected(self.viewport().rect())
        return self.viewport().grab(place)

    def _place_of(self, event: QDropEvent) -> DropPlace | None:
        point = event.position().toPoint()
        index = self.indexAt(point)
        code_id = index.data(CODE_ID)
        if not isinstance(code_id, int):
            return None
        if not event.mimeData().hasFormat(CODE_MIME):
            return DropPlace(code_id, "onto")
        place = self.visualRect(index)
        part = (point.y() - place.top()) / max(1, place.height())
        return DropPlace(code_id, "before" if part < 0.27 else "after" if part > 0.73 else "onto")

    def _show_drop(self, drop: DropPlace | None) -> None:
        if drop != self._drop:
            self._drop = drop
            self.viewport().update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes codes and passages."""
        if event.mimeData().hasFormat(CODE_MIME) or event.mimeData().hasFormat(PASSAGE_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Shows where it would fall."""
        y, bar = event.position().y(), self.verticalScrollBar()
        if y < _EDGE or y > self.viewport().height() - _EDGE:
            bar.setValue(bar.value() + (-8 if y < _EDGE else 8))
        drop = self._place_of(event)
        self._show_drop(drop)
        if drop is None:
            event.ignore()
        else:
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It goes elsewhere."""
        self._show_drop(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Reports what fell where."""
        drop = self._place_of(event)
        self._show_drop(None)
        if drop is None:
            return
        event.acceptProposedAction()
        code_id = code_of_mime(event.mimeData())
        if code_id is None:
            self.passage_dropped.emit(drop.code_id)
        elif code_id != drop.code_id:
            self.code_dropped.emit(code_id, drop)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the rows, and where something would fall."""
        super().paintEvent(event)
        if self._drop is None:
            return
        index = self._index_of(self._drop.code_id)
        place = QRectF(self.visualRect(index)).adjusted(8, 1, -8, -1)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(tokens().accent), 1.5)
        if self._drop.where == "onto":
            pen.setDashPattern([3.0, 2.0])
            painter.setBrush(colour(tokens().accent, 0.08))
            painter.setPen(pen)
            painter.drawRoundedRect(place.adjusted(0.75, 0.75, -0.75, -0.75), ROW_RADIUS, ROW_RADIUS)
        else:
            y = place.top() if self._drop.where == "before" else place.bottom()
            left = place.left() + 16 + fonts.px(16) * self._depth(index)
            painter.fillRect(QRectF(left, y - 1, place.right() - left, 2), QColor(tokens().accent))
        painter.end()

    def _index_of(self, code_id: int) -> QModelIndex:
        found = self.model().match(
            self.model().index(0, 0),
            CODE_ID,
            code_id,
            1,
            Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive,
        )
        return found[0] if found else QModelIndex()

    def _depth(self, index: QModelIndex | QPersistentModelIndex) -> int:
        depth, above = 0, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        return depth
