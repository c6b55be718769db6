"""The caret in a text and what is selected from it: where it goes by letter, word, line, page and turn."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from qualcode.gui.coding.laid_text import LaidText, Place
from qualcode.model.segment import Span


class Caret:
    """A place in a text, and another one where a selection began; both are the same where nothing is selected.

    Args:
        text: where it stands.
    """

    def __init__(self, text: LaidText) -> None:
        self._text = text
        self._anchor: Place = (0, 0)
        self._cursor: Place = (0, 0)
        self._wanted_x: float | None = None

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self._cursor

    @property
    def anchor(self) -> Place:
        """Where the selection began."""
        return self._anchor

    @property
    def has_selection(self) -> bool:
        """Whether any text is selected."""
        return self._anchor != self._cursor

    @property
    def ends(self) -> tuple[Place, Place]:
        """The first and the last place of the selection."""
        return (self._anchor, self._cursor) if self._anchor <= self._cursor else (self._cursor, self._anchor)

    def put(self, place: Place) -> None:
        """Stands there; nothing is selected."""
        self._anchor = self._cursor = place
        self._wanted_x = None

    def select(self, start: Place, end: Place) -> None:
        """Stands at the end of what is selected from a start."""
        self._anchor, self._cursor = start, end
        self._wanted_x = None

    def move(self, place: Place, *, extend: bool, keep_x: bool = False) -> bool:
        """Goes to a place; while extending it stays in the document where the selection began.

        Returns:
            Whether anything is otherwise than before.
        """
        had_selection = self.has_selection
        if extend:
            place = self._within_document(place)
        else:
            self._anchor = place
        changed = place != self._cursor or had_selection != (self._anchor != place)
        self._cursor = place
        if not keep_x:
            self._wanted_x = None
        return changed

    def selected_span(self) -> tuple[int, Span] | None:
        """The document and the code points that are selected."""
        if not self.has_selection:
            return None
        start, end = self.ends
        begin, stop = self._text.code_point(start), self._text.code_point(end)
        return (self._text.blocks[start[0]].document_id, Span(begin, stop)) if begin < stop else None

    def selected_text(self) -> str:
        """The words that are selected; turns are joined by a line feed."""
        if not self.has_selection:
            return ""
        (first, start), (last, end) = self.ends
        parts = []
        for number in range(first, last + 1):
            positions = self._text.block(number).positions
            text = self._text.blocks[number].text
            begin = positions.from_qt(start) if number == first else 0
            stop = positions.from_qt(end) if number == last else len(text)
            parts.append(text[begin:stop])
        return "\n".join(parts)

    def selected_in(self, number: int) -> tuple[int, int] | None:
        """The Qt positions that are selected in a block."""
        (first, start), (last, end) = self.ends
        if not first <= number <= last or (first, start) == (last, end):
            return None
        begin = start if number == first else 0
        stop = end if number == last else self._text.block(number).n_units
        return (begin, stop) if begin < stop else None

    def moved_by(self, event: QKeyEvent, page: int) -> Place | None:
        """Where a key takes it; None for a key that moves nothing.

        Args:
            event: the key.
            page: how far a page goes, in pixels.
        """
        by_word = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = Qt.Key
        sideways = {key.Key_Right: True, key.Key_Left: False}
        upright = {key.Key_Down: True, key.Key_Up: False}
        pressed = Qt.Key(event.key())
        if pressed in sideways:
            return self._sideways(forward=sideways[pressed], by_word=by_word)
        if pressed in upright:
            return self._upright(forward=upright[pressed])
        if pressed in (key.Key_PageDown, key.Key_PageUp):
            return self._page(page if pressed == key.Key_PageDown else -page)
        if pressed in (key.Key_Home, key.Key_End):
            return self._edge(last=pressed == key.Key_End, of_all=by_word)
        return None

    def _sideways(self, *, forward: bool, by_word: bool) -> Place:
        number, position = self._cursor
        moved = self._text.block(number).moved(position, forward=forward, by_word=by_word)
        if moved != position:
            return number, moved
        if forward and number + 1 < len(self._text.blocks):
            return number + 1, 0
        if not forward and number:
            return self._text.end_of(number - 1)
        return self._cursor

    def _upright(self, *, forward: bool) -> Place:
        number, position = self._cursor
        laid = self._text.block(number)
        x = self._wanted_x if self._wanted_x is not None else laid.x_of(position)
        self._wanted_x = x
        moved = laid.vertical(position, x, forward=forward)
        if moved is not None:
            return number, moved
        following = number + (1 if forward else -1)
        if not 0 <= following < len(self._text.blocks):
            return self._cursor
        return following, self._text.block(following).edge_line(x, last=not forward)

    def _page(self, step: int) -> Place:
        number, position = self._cursor
        caret = self._text.block(number).caret(position)
        y = self._text.top(number) + caret.top() + step
        target = self._text.at(y)
        laid = self._text.block(target)
        return target, laid.position_at(caret.left(), y - self._text.top(target))

    def _edge(self, *, last: bool, of_all: bool) -> Place:
        number, position = self._cursor
        if of_all:
            return self._text.end_of(len(self._text.blocks) - 1) if last else (0, 0)
        return number, self._text.block(number).line_edges(position)[1 if last else 0]

    def _within_document(self, place: Place) -> Place:
        document_id = self._text.blocks[self._anchor[0]].document_id
        if self._text.blocks[place[0]].document_id == document_id:
            return place
        numbers = self._text.numbers_of_document(document_id)
        return (numbers[0], 0) if place[0] < numbers[0] else self._text.end_of(numbers[-1])
