"""Where one was in each text: coming back to it, one reads on there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from qualcode.gui.coding.shown_text import ShownText
from qualcode.gui.coding.transcript_view import TranscriptView
from qualcode.gui.documents.reading import Reading
from qualcode.model.segment import Span

N_KEPT = 24
"""Texts whose places outlive the window: those that were read last."""


class ReadingPlace(NamedTuple):
    """What stood at the upper edge (a document, a position in it, pixels that were scrolled past), and the caret."""

    document_id: int
    start: int
    scrolled: int
    caret_document: int
    caret: int


class ReadingPlaces:
    """Remembers them while the project is open, and gives them to who keeps them longer.

    Args:
        view: the text.
        shown: what is shown in it.
    """

    def __init__(self, view: TranscriptView, shown: ShownText) -> None:
        self._view = view
        self._shown = shown
        self._places: dict[str, ReadingPlace] = {}
        self._kept: dict[int, ReadingPlace] = {}  # from the last time, by document

    def of_all(self) -> list[ReadingPlace]:
        """Where one is and was, the text that was left last first; then those of the last time, if not read since."""
        self.note()
        return [*reversed(self._places.values()), *self._kept.values()][:N_KEPT]

    def restore(self, places: Sequence[ReadingPlace]) -> None:
        """Takes the places of the last time over, and goes there in what is shown."""
        self._kept = {place.document_id: place for place in places}
        self.go_back()

    def note(self) -> None:
        """Takes note of where one is in what is shown; to be called before something else is."""
        whole, seen, caret = self._shown.whole, self._view.visible(), self._view.cursor_place
        if whole is None or caret is None or not seen:
            return
        top = self._shown.blocks[seen[0]]
        scrolled = self._view.verticalScrollBar().value() - self._view.text.top(seen[0])
        caret_document = self._shown.blocks[caret[0]].document_id
        self._places.pop(whole.key, None)  # so that the last one stands last
        for each in whole.document_ids if self._kept else ():
            self._kept.pop(each, None)
        self._places[whole.key] = ReadingPlace(top.document_id, top.start, scrolled, caret_document, caret[1])

    def document_in(self, reading: Reading) -> int | None:
        """The document of a reading in which one was; None if one was not there yet."""
        place = self._place_in(reading)
        return place.document_id if place is not None and place.document_id in reading.document_ids else None

    def go_back(self) -> None:
        """Shows what is shown at the place where one was in it."""
        place = self._place_in(self._shown.whole) if self._shown.whole is not None else None
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

    def _place_in(self, reading: Reading) -> ReadingPlace | None:
        place = self._places.get(reading.key)
        if place is None and self._kept:
            place = next((self._kept[each] for each in reading.document_ids if each in self._kept), None)
        return place
