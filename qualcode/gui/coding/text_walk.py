"""Goes from place to place in a text: to the next uncoded turn, the next suggestion, the next quotation of a code."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.coding.blocks import Mark
from qualcode.gui.coding.shown_text import ShownText
from qualcode.gui.coding.transcript_view import TranscriptView
from qualcode.i18n import _
from qualcode.model.document import SpeakerRole
from qualcode.model.segment import Span
from qualcode.model.sentences import sentence_spans


class TextWalk(QObject):
    """Moves caret, selection and picked mark through what is shown.

    Signals:
        left: no mark is picked any longer.
        picked: the key of the mark that is to be picked.
        hinted: why there is nowhere to go.
        segment_wanted: a quotation, maybe of another text, that is to be shown.
    """

    left = Signal()
    picked = Signal(object)
    hinted = Signal(str)
    segment_wanted = Signal(object)

    def __init__(self, bridge: ProjectBridge, view: TranscriptView, shown: ShownText) -> None:
        super().__init__(view)
        self._bridge = bridge
        self._view = view
        self._shown = shown
        self._code_in_focus: int | None = None

    def set_code_in_focus(self, code_id: int) -> None:
        """The code that is current in the tree: `next_of_code` goes through its quotations."""
        self._code_in_focus = code_id
        self._view.set_code_in_focus(code_id)

    def next_suggestion(self, *, back: bool = False) -> None:
        """Picks the suggestion after (or before) the picked one, else where one reads, in the order of the text."""
        order = self._shown.suggestion_keys()
        if not order:
            self.hinted.emit(_("No suggestion waits in this text."))
            return
        now = self._view.selected_mark
        at = order.index(now) + (-1 if back else 1) if now in order else self._first_from_here(order) - back
        self.picked.emit(order[at % len(order)])

    def _first_from_here(self, order: Sequence[tuple[bool, int]]) -> int:
        """The place of the first suggestion that begins where one reads, or behind that."""
        here = self._here()
        if here is None:
            return 0
        marks, text = self._shown.marks, self._view.text
        places = ((text.number_with(key), marks[key].span.start) for key in order)
        behind = (n for n, (number, start) in enumerate(places) if number is not None and (number, start) >= here)
        return next(behind, len(order))

    def _here(self) -> tuple[int, int] | None:
        """Where one reads (block, position): at the caret; where that was scrolled away, at the top of what is seen."""
        place, seen = self._view.cursor_place, self._view.blocks_seen()
        if place is None or not seen or place[0] in seen:
            return place
        return seen[0], self._shown.blocks[seen[0]].start

    def pick_at_caret(self) -> None:
        """Picks what is coded or suggested at the caret; if that is picked, the next that is there too."""
        place = self._view.cursor_place
        if place is None:
            return
        number, position = place
        there = [each for each in self._view.text.marks_of(number) if each.span.start <= position <= each.span.end]
        if not there:
            self.hinted.emit(_("Nothing is coded at the cursor."))
            return
        there.sort(key=lambda each: (each.span.end - each.span.start, each.is_suggestion, each.id))
        keys = [each.key for each in there]
        picked = self._view.selected_mark
        self.picked.emit(keys[(keys.index(picked) + 1) % len(keys)] if picked in keys else keys[0])

    def select_unit(self, unit: str) -> None:
        """Selects the turn or answer that the caret is in, or the sentence that begins or goes on there."""
        place = self._view.cursor_place
        if place is None:
            return
        number, position = place
        blocks = self._shown.blocks
        turn = self._view.text.numbers_of_turn(number)
        start = blocks[turn[0]].start
        span = Span(start, max(blocks[turn[-1]].end, start + 1))
        if unit == "sentence":
            block = blocks[number]
            spans = sentence_spans(block.text)
            found = next((each for each in spans if each[1] > position - block.start), spans[-1] if spans else None)
            if found is None:
                return
            span = Span(block.start + found[0], block.start + found[1])
        self.left.emit()
        self._view.show_span(blocks[number].document_id, span)

    def next_uncoded(self) -> None:
        """Puts the caret into the next turn of a respondent, or answer, without a code; after the last, the first."""
        place, here = self._view.cursor_place, self._here()
        if place is None or here is None:
            return
        text = self._view.text
        coded = text.coded_blocks()
        first = here[0] + (here == place)
        for number in [*range(first, len(text.blocks)), *range(first)]:
            block = text.blocks[number]
            if block.role is SpeakerRole.MODERATOR or block.continues or not block.text.strip():
                continue
            if coded.isdisjoint(text.numbers_of_turn(number)):
                self.left.emit()
                self._view.put_cursor(number)
                return
        self.hinted.emit(_("Every turn here is coded."))

    def next_of_code(self, *, back: bool = False) -> None:
        """Picks the next quotation of the picked mark's code, else of the one in the tree; in other texts too."""
        picked = self._shown.marks.get(self._view.selected_mark or (False, 0))
        code_id = picked.code_id if picked is not None else self._code_in_focus
        if code_id is None or code_id not in self._bridge.names:
            self.hinted.emit(_("Pick a code in the codebook first."))
            return
        hidden = self._bridge.hidden_coders
        found = [each for each in self._bridge.project.segments.of_code(code_id) if each.coder_id not in hidden]
        if not found:
            sentence = _("“{code}” has no quotation yet.")
            self.hinted.emit(sentence.format(code=self._bridge.names[code_id]))
            return
        here = self._position(picked)
        places = [(each.document_id, each.span.start, each.span.end) for each in found]
        if back:
            at = next((n for n in reversed(range(len(found))) if places[n] < here), len(found) - 1)
        else:
            at = next((n for n in range(len(found)) if places[n] > here), 0)
        self.segment_wanted.emit(found[at])

    def _position(self, picked: Mark | None) -> tuple[int, int, int]:
        """Where one is: document, start and end of the picked mark, else of the caret."""
        if picked is not None:
            return picked.document_id, picked.span.start, picked.span.end
        place = self._view.cursor_place
        return (self._shown.blocks[place[0]].document_id, place[1], place[1]) if place is not None else (0, 0, 0)
