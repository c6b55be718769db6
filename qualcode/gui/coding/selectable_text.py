"""A text in which one can select: the caret that blinks, what is selected, and where that stands."""

from __future__ import annotations

from PySide6.QtCore import QRect, QTimer
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtWidgets import QWidget

from qualcode.gui.coding.columns import PAD
from qualcode.gui.coding.laid_text import Place
from qualcode.gui.coding.text_surface import TextSurface
from qualcode.model.segment import Span

_CARET_BLINK = 530


class SelectableText(TextSurface):
    """Shows blocks with marks, a caret and a selection; which keys move them is not its business."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blink = QTimer(self)
        self._blink.setInterval(_CARET_BLINK)
        self._blink.timeout.connect(self._on_blink)

    def has_selection(self) -> bool:
        """Whether any text is selected."""
        return self._caret.has_selection

    def selected_span(self) -> tuple[int, Span] | None:
        """The document and the code points that are selected."""
        return self._caret.selected_span()

    def selected_text(self) -> str:
        """The words that are selected; turns are joined by a line feed."""
        return self._caret.selected_text()

    @property
    def document_at_cursor(self) -> int | None:
        """The document that the caret is in; None without text."""
        return None if self._text.is_empty else self._text.blocks[self._caret.place[0]].document_id

    @property
    def caret_place(self) -> Place:
        """The block and the Qt position in it at which the caret stands."""
        return self._caret.place

    @property
    def selection_ends(self) -> tuple[Place, Place]:
        """The first and the last place of the selection; twice that of the caret without one."""
        return self._caret.ends

    def select_places(self, anchor: Place, place: Place) -> None:
        """Selects from one place to another; puts the caret where both are the same."""
        if (anchor, place) != (self._caret.anchor, self._caret.place) and not self._text.is_empty:
            self._caret.put(anchor)
            self._move_to(place, extend=True)

    def put_cursor(self, number: int) -> None:
        """Puts the caret at the start of a block and scrolls there, so that much of its turn is seen."""
        self._lay_visible()
        top, last = self._text.top(number), self._text.numbers_of_turn(number)[-1]
        bottom = self._text.top(last) + self._text.block(last).text_height
        self._make_visible(top, min(bottom, top + self.viewport().height() // 2), in_the_middle=True)
        self._move_to((number, 0), extend=False)

    def put_caret(self, document_id: int, position: int) -> None:
        """Puts the caret at a code point of a document, where it can be seen."""
        behind, before = Span(position, position + 1), Span(max(0, position - 1), max(1, position))
        numbers = self._text.numbers_of(document_id, behind) or self._text.numbers_of(document_id, before)
        if numbers:
            self._move_to((numbers[-1], self._text.unit(numbers[-1], position)), extend=False)

    def bring_caret(self, document_id: int, span: Span) -> None:
        """Puts the caret at the start of a span if it is not in it or at its end, and does not scroll there."""
        place = self.cursor_place
        numbers = self._text.numbers_of(document_id, span)
        if place is None or not numbers or self.has_selection():
            return
        if self.document_at_cursor != document_id or not span.start <= place[1] <= span.end:
            self._move_to((numbers[0], self._text.unit(numbers[0], span.start)), extend=False, follow=False)

    def select_turn(self) -> None:
        """Selects the turn or answer that the caret is in."""
        if not self._text.is_empty:
            numbers = self._text.numbers_of_turn(self._caret.place[0])
            self._caret.put((numbers[0], 0))
            self._move_to(self._text.end_of(numbers[-1]), extend=True, follow=False)

    def select_word(self) -> None:
        """Selects the word that the caret is in or at."""
        number, position = self._caret.place
        if self._text.blocks and self._text.blocks[number].text:
            start, end = self._text.block(number).word_at(position)
            self._caret.put((number, start))
            self._move_to((number, end), extend=True)

    def select_all(self) -> None:
        """Selects the whole document that the caret is in."""
        if not self._text.is_empty:
            numbers = self._text.numbers_of_document(self._text.blocks[self._caret.place[0]].document_id)
            self._caret.put((numbers[0], 0))
            self._move_to(self._text.end_of(numbers[-1]), extend=True, follow=False)

    def clear_selection(self) -> None:
        """Leaves the caret where it is and selects nothing."""
        if not self._text.is_empty:
            self._move_to(self._caret.place, extend=False)

    def is_in_one_turn(self) -> bool:
        """Whether what is selected lies in one turn or answer."""
        (first, _start), (last, _end) = self._caret.ends
        return all(block.continues for block in self._text.blocks[first + 1 : last + 1])

    def copy(self) -> None:
        """Puts the selected words on the clipboard."""
        if self.has_selection():
            QGuiApplication.clipboard().setText(self.selected_text())

    def caret_rectangle(self) -> QRect:
        """Where the caret stands, in the coordinates of the viewport."""
        if self._text.is_empty:
            return QRect()
        number, units = self._caret.place
        caret = self._text.block(number).caret(units)
        return caret.translated(self.text_column[0], self._top_in_view(number)).toAlignedRect()

    def make_selection_visible(self) -> None:
        """Scrolls to what is selected."""
        place = self.selection_place().translated(0, self.verticalScrollBar().value() - PAD)
        self._make_visible(place.top(), min(place.bottom() + 1, place.top() + self.viewport().height() // 2))

    def selection_place(self) -> QRect:
        """Where the selection stands, in the coordinates of the viewport."""
        (first, start), (last, end) = self._caret.ends
        above, below = self._text.block(first).caret(start), self._text.block(last).caret(end)
        column, width = self.text_column
        left = column + round(above.left() if first == last else 0)
        top = self._top_in_view(first) + round(above.top())
        return QRect(left, top, width, self._top_in_view(last) + round(below.bottom()) - top)

    def _move_to(self, place: Place, *, extend: bool, follow: bool = True, keep_x: bool = False) -> None:
        """Moves the caret; `follow` scrolls to it."""
        changed = self._caret.move(place, extend=extend, keep_x=keep_x)
        self._caret_on = True
        if self.hasFocus():
            self._blink.start()
        if follow:
            number, units = self._caret.place
            caret = self._text.block(number).caret(units)
            top = self._text.top(number)
            self._make_visible(top + round(caret.top()), top + round(caret.bottom()))
        self.viewport().update()
        if changed:
            self.selection_changed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows the caret."""
        self._caret_on = True
        self._blink.start()
        self.viewport().update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hides the caret."""
        self._blink.stop()
        self.viewport().update()
        super().focusOutEvent(event)

    def _on_blink(self) -> None:
        self._caret_on = not self._caret_on
        self.viewport().update(self.caret_rectangle().adjusted(-2, -2, 2, 2))
