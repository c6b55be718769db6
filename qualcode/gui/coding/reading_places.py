"""Where one was in each text: coming back to it, one reads on there."""

from __future__ import annotations

from typing import NamedTuple

from qualcode.gui.coding.shown_text import ShownText
from qualcode.gui.coding.transcript_view import TranscriptView
from qualcode.gui.documents.reading import Reading
from qualcode.model.segment import Span


class _Place(NamedTuple):
    """What stood at the upper edge (a document, a position in it, pixels that were scrolled past), and the caret."""

    document_id: int
    start: int
    scrolled: int
    caret_document: int
    caret: int


class ReadingPlaces:
    """Remembers them while the project is open.

    Args:
        view: the text.
        shown: what is shown in it.
    """

    def __init__(self, view: TranscriptView, shown: ShownText) -> None:
        self._view = view
        self._shown = shown
        self._places: dict[str, _Place] = {}

    def note(self) -> None:
        """Takes note of where one is in what is shown; to be called before something else is."""
        whole, seen, caret = self._shown.whole, self._view.visible(), self._view.cursor_place
        if whole is None or caret is None or not seen:
            return
        top = self._shown.blocks[seen[0]]
        scrolled = self._view.verticalScrollBar().value() - self._view.text.top(seen[0])
        caret_document = self._shown.blocks[caret[0]].document_id
        self._places[whole.key] = _Place(top.document_id, top.start, scrolled, caret_document, caret[1])

    def document_in(self, reading: Reading) -> int | None:
        """The document of a reading in which one was; None if one was not there yet."""
        place = self._places.get(reading.key)
        return place.document_id if place is not None and place.document_id in reading.document_ids else None

    def go_back(self) -> None:
        """Shows what is shown at the place where one was in it."""
        place = self._places.get(self._shown.whole.key) if self._shown.whole is not None else None
        text = self._view.text
        if place is None or not self._shown.shows(place.document_id):
            return
        numbers = text.numbers_of(place.document_id, Span(place.start, place.start + 1))
        if not numbers:
            return
        if self._shown.shows(place.caret_document):
            self._view.put_caret(place.caret_document, place.caret)
        scrolled = min(place.scrolled, text.block(numbers[0]).height)
        self._view.verticalScrollBar().setValue(text.top(numbers[0]) + scrolled)
