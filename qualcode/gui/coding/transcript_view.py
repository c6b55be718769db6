"""The text as a coder works in it: selected by mouse and keys, codes dropped on it, letters typed over a selection."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QElapsedTimer, QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from qualcode.gui.codebook.tree import CODE_MIME, PASSAGE_MIME, code_of_mime
from qualcode.gui.coding.blocks import Mark
from qualcode.gui.coding.columns import PAD
from qualcode.gui.coding.edge_pulling import Edge, edge_near
from qualcode.gui.coding.laid_text import Place
from qualcode.gui.coding.selectable_text import SelectableText

_PULL_EVERY = 30  # milliseconds


class TranscriptView(SelectableText):
    """Shows blocks with marks; reports what is pointed at, selected and typed.

    Signals:
        mark_clicked: the key of the mark that was clicked, None for bare text.
        entered: Enter, while nothing is selected.
        typed: letters typed while text is selected; "" for Enter.
        code_dropped: a code that was dropped on the selection.
        dropped_on_mark: a code that was dropped on a quotation, and the quotation's key.
        edge_pulled: the quotation whose edge was pulled, and the span that it is to have.
        menu_wanted: where a menu is to pop up, in global coordinates.
    """

    mark_clicked = Signal(object)
    entered = Signal()
    typed = Signal(str)
    code_dropped = Signal(int)
    dropped_on_mark = Signal(int, object)
    edge_pulled = Signal(object, object)
    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.can_pull_edges = False
        self._edge: Edge | None = None  # of the picked quotation, while it is pulled
        self._is_selecting = False
        self._by_word: tuple[Place, Place] | None = None  # the word that a double click began with
        self._from: tuple[Place, QPointF] | None = None  # where dragging began
        self._by_letter = False
        self._pressed_at: QPointF | None = None
        self._double_clicked = QElapsedTimer()
        self._pointer = QPointF()
        self._pull = QTimer(self)  # selects on while the pointer is held above or below the view
        self._pull.setInterval(_PULL_EVERY)
        self._pull.timeout.connect(self._on_pulled)
        self.viewport().setMouseTracking(True)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)
        self.selection_changed.connect(self._let_compose)

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Sets the caret or extends the selection; the right button keeps what is selected."""
        if self._text.is_empty or event.button() != Qt.MouseButton.LeftButton:
            return
        self._edge = self._edge_at(event.position())
        if self._edge is not None:
            self._from = self._edge.fixed, event.position()
            return
        mark = self.mark_at(event.position())
        self._click_mark(mark)
        if self._is_in_margin(event.position()):
            return
        if self._double_clicked.isValid() and not self._double_clicked.hasExpired(QApplication.doubleClickInterval()):
            self._double_clicked.invalidate()
            self.select_turn()  # the third click
            return
        if mark is None and not event.modifiers() and self._is_on_selection(event.position()):
            self._pressed_at = event.position()  # to be dragged, or to be let go without moving
            return
        self._is_selecting = True
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._move_to(self._place_at(event.position()), extend=extend, follow=False)
        self._from = self._caret.anchor, event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extends the selection while the button is held; else gives weight to the mark under the pointer."""
        if self._text.is_empty:
            return
        if self._pressed_at is not None:
            if (event.position() - self._pressed_at).manhattanLength() >= QApplication.startDragDistance():
                self._drag_selection()
            return
        if self._is_selecting or self._edge is not None:
            self._pointer = event.position()
            self._by_letter = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self._select_to_pointer()
            is_outside = not 0 <= event.position().y() < self.viewport().height()
            if is_outside != self._pull.isActive():
                (self._pull.start if is_outside else self._pull.stop)()
            return
        mark = self.mark_at(event.position())
        self._emphasise(replace(self._emphasis, hovered=mark.key if mark is not None else None))
        shape = Qt.CursorShape.IBeamCursor
        if self._is_in_margin(event.position()):
            shape = Qt.CursorShape.PointingHandCursor if mark is not None else Qt.CursorShape.ArrowCursor
        elif self._edge_at(event.position()) is not None:
            shape = Qt.CursorShape.SizeHorCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends selecting, or pulling an edge."""
        self._is_selecting = False
        self._let_edge_go()
        self._by_word = self._from = None
        self._pull.stop()
        if self._pressed_at is not None:
            self._pressed_at = None
            self._move_to(self._place_at(event.position()), extend=False, follow=False)

    def _select_to_pointer(self) -> None:
        """Extends the selection to the pointer: no word is taken in half, unless Alt is held.

        After a double click the word that it was on stays selected, whichever way one goes.
        """
        place = self._place_at(self._pointer)
        if self._edge is not None:
            self._pull_edge(self._edge, place)
            return
        if self._by_word is None:
            self._select_whole_words(place)
            return
        start, end = self._by_word
        number, position = place
        first, last = self._text.block(number).word_at(position)
        self._caret.put(end if place < start else start)
        edge = min((number, first), start) if place < start else max((number, last), end)
        self._move_to(edge, extend=True, follow=False)

    def _select_whole_words(self, place: Place) -> None:
        """Selects from where dragging began to a place; a hand that trembles at a click selects no word."""
        if self._from is not None:
            (began, pressed), is_forward = self._from, place > self._from[0]
            is_drag = (self._pointer - pressed).manhattanLength() >= QApplication.startDragDistance()
            if is_drag and place != began and not self._by_letter:
                began = self._text.word_edge(began, end=not is_forward)
                place = self._text.word_edge(place, end=is_forward)
            if began != self._caret.anchor:
                self._caret.put(began)
                self.selection_changed.emit()
        self._move_to(place, extend=True, follow=False)

    def _edge_at(self, point: QPointF) -> Edge | None:
        """The edge of the picked quotation under a point."""
        key = self._emphasis.selected
        number = self._text.number_with(key) if key is not None and self.can_pull_edges else None
        if number is None:
            return None
        mark = next(each for each in self._text.marks_of(number) if each.key == key)
        under = self._text.at(point.y() + self.verticalScrollBar().value() - PAD)
        return edge_near(self._text, mark, under, point.x() - self.text_column[0], point.y() - self._top_in_view(under))

    def _pull_edge(self, edge: Edge, place: Place) -> None:
        """Selects the words that the quotation would have."""
        is_drag = self._from is None or (
            (self._pointer - self._from[1]).manhattanLength() >= QApplication.startDragDistance()
        )
        pulled = edge.pulled_to(self._text, place, by_letter=self._by_letter)
        if pulled is not None and is_drag:
            self._from = None
            self._caret.put(edge.fixed)
            self._move_to(pulled, extend=True, follow=False)

    def _let_edge_go(self, *, leaves: bool = False) -> None:
        edge, selected = self._edge, self.selected_span()
        self._edge = None
        if edge is None or self._from is not None:  # it was not moved
            return
        self.clear_selection()
        if selected is not None and selected[1] != edge.mark.span and not leaves:
            self.edge_pulled.emit(edge.mark, selected[1])

    def _on_pulled(self) -> None:
        """Scrolls on and selects; the farther the pointer is outside, the faster."""
        height = self.viewport().height()
        y = self._pointer.y()
        beyond = y if y < 0 else max(0.0, y - height + 1)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(beyond / 2) + (1 if beyond > 0 else -1))
        inside = QPointF(self._pointer.x(), min(max(0.0, y), height - 1.0))
        self._pointer, kept = inside, self._pointer
        self._select_to_pointer()
        self._pointer = kept

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Selects a word, and goes on by words while the button is held."""
        if self._text.is_empty or self._is_in_margin(event.position()):
            return
        number, position = self._place_at(event.position())
        start, end = self._text.block(number).word_at(position)
        self._caret.put((number, start))
        self._move_to((number, end), extend=True, follow=False)
        self._is_selecting, self._by_word = True, ((number, start), (number, end))
        self._double_clicked.start()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Asks for a menu: at the pointer, whose mark is picked first, or at the caret."""
        if self._text.is_empty:
            return
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            point = QPointF(event.pos())
            if not self._is_on_selection(point):
                self._move_to(self._place_at(point), extend=False, follow=False)
                self._click_mark(self.mark_at(point))
            self.menu_wanted.emit(event.globalPos())
        else:
            below = self.point_of(*self._caret.place) + QPoint(0, self.line_height // 2)
            self.menu_wanted.emit(self.viewport().mapToGlobal(below))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        self._emphasise(replace(self._emphasis, hovered=None))
        super().leaveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Names the code of a mark under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            mark = self.mark_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.mark_in_words(mark) if mark is not None else "", self)
            return True
        return super().viewportEvent(event)

    def _click_mark(self, mark: Mark | None) -> None:
        key = mark.key if mark is not None else None
        self._emphasise(replace(self._emphasis, selected=key))
        self.mark_clicked.emit(key)

    def _is_in_margin(self, point: QPointF) -> bool:
        return point.x() >= self._text.setting.columns.lanes - 4

    def _is_on_selection(self, point: QPointF) -> bool:
        if not self.has_selection():
            return False
        first, last = self._caret.ends
        return first <= self._place_at(point) < last

    # Dragging

    def _drag_selection(self) -> None:
        """The selection goes along with the pointer, to a code in the tree."""
        self._pressed_at = None
        mime = QMimeData()
        mime.setData(PASSAGE_MIME, b"1")
        drag = QDrag(self)
        drag.setMimeData(mime)
        drag.exec(Qt.DropAction.CopyAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes a code."""
        if event.mimeData().hasFormat(CODE_MIME) and not self._text.is_empty:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """A code can be dropped on the selection, or on a quotation, which gains weight."""
        mark = self._quotation_at(event.position())
        self._emphasise(replace(self._emphasis, hovered=mark.key if mark is not None else None))
        if mark is not None or self._is_on_selection(event.position()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing is pointed at any more."""
        self._emphasise(replace(self._emphasis, hovered=None))
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Reports the code."""
        code_id = code_of_mime(event.mimeData())
        mark = self._quotation_at(event.position())
        self._emphasise(replace(self._emphasis, hovered=None))
        if code_id is None or (mark is None and not self._is_on_selection(event.position())):
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if mark is None:
            self.code_dropped.emit(code_id)
        else:
            self.dropped_on_mark.emit(code_id, mark.key)

    def _quotation_at(self, point: QPointF) -> Mark | None:
        """The quotation under a point, where the selection is not."""
        mark = None if self._is_on_selection(point) else self.mark_at(point)
        return mark if mark is not None and not mark.is_suggestion else None

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves the caret, selects, copies; letters over a selection are reported."""
        if self._text.is_empty:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape and self._edge is not None:
            self._let_edge_go(leaves=True)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif event.key() == Qt.Key.Key_Escape and (self.has_selection() or self._emphasis.selected):
            self._click_mark(None)
            self.clear_selection()
        elif event.key() == Qt.Key.Key_Escape and self._text.found:
            self.set_found({})
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()  # what Alt does with the arrows is not for the caret
        elif not self._moves(event) and not self._types(event):
            super().keyPressEvent(event)

    def _moves(self, event: QKeyEvent) -> bool:
        place = self._caret.moved_by(event, self.viewport().height() - 2 * self.line_height)
        if place is None:
            return False
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._move_to(place, extend=extend, keep_x=event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down))
        return True

    def _types(self, event: QKeyEvent) -> bool:
        """Enter, and letters over a selection."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self.has_selection():
            self.typed.emit("")
        elif is_enter:
            self.entered.emit()
        if is_enter or not self.has_selection():
            return is_enter
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if held or not event.text().isprintable() or not event.text().strip():
            return False
        self.typed.emit(event.text())
        return True

    # Letters that are composed of several keys

    def _let_compose(self) -> None:
        """Dead keys and input methods make letters while text is selected; else each key is a command at once."""
        if self.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled) != self.has_selection():
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, self.has_selection())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Reports what was composed; while it is composed it stands in the window of the input method."""
        if event.commitString().strip() and self.has_selection():
            self.typed.emit(event.commitString())
        event.accept()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """Where the caret stands, and the words around it."""
        if self._text.is_empty:
            return super().inputMethodQuery(query)
        number, units = self._caret.place
        anchor_number, anchor = self._caret.anchor
        wanted = Qt.InputMethodQuery
        if query in (wanted.ImCursorRectangle, wanted.ImAnchorRectangle):
            return self.caret_rectangle()
        if query == wanted.ImSurroundingText:
            return self._text.blocks[number].text
        if query == wanted.ImCursorPosition:
            return units
        if query == wanted.ImAnchorPosition:
            return anchor if anchor_number == number else 0 if anchor_number < number else self._text.end_of(number)[1]
        if query == wanted.ImCurrentSelection:
            return self.selected_text()
        return super().inputMethodQuery(query)
