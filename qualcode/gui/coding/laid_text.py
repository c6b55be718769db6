"""Texts above each other with their marks; a block is laid out when it is asked for, its height guessed until then."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from PySide6.QtGui import QFontMetricsF

from qualcode.gui.coding.blocks import Block, Mark
from qualcode.gui.coding.heights import Heights
from qualcode.gui.coding.laid_block import BLOCK_GAP, LaidBlock, Setting
from qualcode.gui.resources import fonts
from qualcode.model.document import SpeakerRole
from qualcode.model.segment import Span

Place = tuple[int, int]  # number of the block, Qt position in it


class LaidText:
    """The blocks of a reading, where they stand, and what lies on them.

    Args:
        setting: columns, size and looks.

    Attributes:
        blocks: turns or answers, from the top; blocks of one document follow each other in the order of their start.
        heights: of the blocks in pixels; guesses until a block is laid out.
        setting: with what the blocks are laid out.
    """

    def __init__(self, setting: Setting) -> None:
        self.blocks: list[Block] = []
        self.heights = Heights([])
        self.setting = setting
        self._first_of: dict[int, int] = {}
        self._stop_of: dict[int, int] = {}
        self._starts: list[int] = []
        self._marks: dict[int, list[Mark]] = {}
        self._number_of: dict[tuple[bool, int], int] = {}
        self._laid: dict[int, LaidBlock] = {}
        self._found: dict[int, Sequence[Span]] = {}

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read."""
        return not self.blocks

    @property
    def n_laid_out(self) -> int:
        """How many blocks are laid out."""
        return len(self._laid)

    # What is there

    def show(self, blocks: Sequence[Block], marks: Sequence[Mark]) -> None:
        """Takes other texts; they are to be laid out with `lay_out_anew`."""
        self.blocks = list(blocks)
        self._find_documents()
        self._sort_marks(marks)

    def renew(self, blocks: Sequence[Block], marks: Sequence[Mark]) -> bool:
        """Takes the same texts as they stand now.

        Returns:
            Whether they are as many as before, so that only those that changed are laid out again.
        """
        before, marks_before = self.blocks, self._marks
        self.show(blocks, marks)
        if len(before) != len(self.blocks):
            return False
        for number, block in enumerate(self.blocks):
            if block != before[number]:
                self._laid.pop(number, None)
                self._found.pop(block.document_id, None)  # the words found may stand elsewhere now
            elif marks_before.get(number) != self._marks.get(number):
                self._laid.pop(number, None)
        return True

    def change_marks(self, gone: Sequence[Mark], come: Sequence[Mark]) -> None:
        """Takes some marks away and puts others there; only blocks that they touch are laid out again."""
        touched = set()
        for mark in gone:
            self._number_of.pop(mark.key, None)
            for number in self.numbers_of(mark.document_id, mark.span):
                touched.add(number)
                left = [each for each in self._marks.get(number, ()) if each.key != mark.key]
                if left:
                    self._marks[number] = left
                else:
                    self._marks.pop(number, None)
        for mark in come:
            for number in self.numbers_of(mark.document_id, mark.span):
                touched.add(number)
                self._number_of.setdefault(mark.key, number)
                self._marks.setdefault(number, []).append(mark)
        for number in touched:
            self._laid.pop(number, None)

    def marks_of(self, number: int) -> Sequence[Mark]:
        """The marks that touch a block."""
        return self._marks.get(number, ())

    def number_with(self, key: tuple[bool, int]) -> int | None:
        """The first block that a mark touches."""
        return self._number_of.get(key)

    def coded_blocks(self) -> set[int]:
        """Numbers of the blocks that hold coded words; suggestions don't count."""
        return {number for number, marks in self._marks.items() if any(not mark.is_suggestion for mark in marks)}

    def turns_coded(self) -> tuple[int, int]:
        """How many of the turns or answers of respondents hold coded words, and how many there are."""
        coded = self.coded_blocks()
        n_coded = n_all = 0
        for number, block in enumerate(self.blocks):
            if block.continues or block.role is SpeakerRole.MODERATOR or not block.text.strip():
                continue
            n_all += 1
            n_coded += not coded.isdisjoint(self.numbers_of_turn(number))
        return n_coded, n_all

    @property
    def found(self) -> Mapping[int, Sequence[Span]]:
        """The words that a search found: places in order, by document."""
        return self._found

    def set_found(self, found: Mapping[int, Sequence[Span]]) -> None:
        """Takes other words that a search found."""
        self._found = dict(found)

    def found_in(self, number: int) -> list[tuple[int, int]]:
        """Where the words found stand in a block, as Qt positions."""
        block = self.blocks[number]
        spans = self._found.get(block.document_id)
        if not spans:
            return []
        positions = self.block(number).positions
        first = bisect_left(spans, block.start, key=lambda span: span.end)
        last = bisect_left(spans, block.end, key=lambda span: span.start)
        return [
            (positions.to_qt(max(span.start, block.start) - block.start), positions.to_qt(span.end - block.start))
            for span in spans[first:last]
            if span.end <= block.end
        ]

    # Layout

    def lay_out_anew(self, setting: Setting) -> None:
        """Forgets all layouts and guesses the heights."""
        self.setting = setting
        self._laid.clear()
        letter = QFontMetricsF(fonts.font(setting.size)).averageCharWidth()
        per_line = max(10.0, setting.columns.text_width / (letter * 1.02))
        height = setting.line_height
        self.heights = Heights([height * (1 + int(len(block.text) / per_line)) + BLOCK_GAP for block in self.blocks])

    def block(self, number: int) -> LaidBlock:
        """A block, laid out."""
        laid = self._laid.get(number)
        if laid is None:
            laid = LaidBlock(self.blocks[number], self._marks.get(number, ()), self.setting)
            self._laid[number] = laid
            self.heights[number] = laid.height
        return laid

    def is_laid_out(self, number: int) -> bool:
        """Whether a block's height is more than a guess."""
        return number in self._laid

    def top(self, number: int) -> int:
        """Where a block begins, from the top of the first."""
        return self.heights.top(number)

    def at(self, y: float) -> int:
        """The block that covers a height."""
        return self.heights.at(round(y))

    # Places

    def numbers_of(self, document_id: int, span: Span) -> range:
        """The blocks that a span touches."""
        if document_id not in self._first_of:
            return range(0)
        first, stop = self._first_of[document_id], self._stop_of[document_id]
        low = bisect_left(self._starts, span.start + 1, first, stop) - 1
        high = bisect_left(self._starts, span.end, first, stop)
        low = max(low, first)
        while low < high and self.blocks[low].end <= span.start:
            low += 1
        return range(low, high)

    def numbers_of_document(self, document_id: int) -> range:
        """The blocks of a document."""
        return range(self._first_of[document_id], self._stop_of[document_id])

    def numbers_of_turn(self, number: int) -> range:
        """The blocks of the turn or answer that a block belongs to; more than one only where it is very long."""
        first = last = number
        while self.blocks[first].continues:
            first -= 1
        while last + 1 < len(self.blocks) and self.blocks[last + 1].continues:
            last += 1
        return range(first, last + 1)

    def unit(self, number: int, position: int) -> int:
        """The Qt position in a block of a code point of its document."""
        block = self.blocks[number]
        within = min(max(0, position - block.start), len(block.text))
        return self.block(number).positions.to_qt(within)

    def code_point(self, place: Place) -> int:
        """The code point of its document at which a place stands."""
        number, units = place
        return self.blocks[number].start + self.block(number).positions.from_qt(units)

    def words(self, document_id: int, span: Span) -> str:
        """The words of a span; turns are joined by a line feed."""
        blocks = (self.blocks[number] for number in self.numbers_of(document_id, span))
        return "\n".join(block.text[max(0, span.start - block.start) : span.end - block.start] for block in blocks)

    def end_of(self, number: int) -> Place:
        """The place behind the last letter of a block."""
        return number, self.block(number).n_units

    def word_edge(self, place: Place, *, end: bool) -> Place:
        """The start or the end of the word in whose middle a place is; any other place is an edge itself."""
        number, position = place
        first, last = self.block(number).word_at(position)
        return (number, last if end else first) if first < position < last else place

    def _sort_marks(self, marks: Sequence[Mark]) -> None:
        found: dict[int, list[Mark]] = defaultdict(list)
        self._number_of = {}
        starts, blocks, first_of, stop_of = self._starts, self.blocks, self._first_of, self._stop_of
        for mark in marks:
            span, document_id = mark.span, mark.document_id
            if document_id in first_of:
                number = bisect_right(starts, span.start, first_of[document_id], stop_of[document_id]) - 1
                if number >= first_of[document_id] and span.end <= starts[number] + len(blocks[number].text):
                    found[number].append(mark)  # thousands lie in one block; the rest may touch several
                    self._number_of[mark.key] = number
                    continue
            numbers = self.numbers_of(document_id, span)
            for number in numbers:
                found[number].append(mark)
            if numbers:
                self._number_of[mark.key] = numbers[0]
        self._marks = dict(found)

    def _find_documents(self) -> None:
        """First block, and one past the last block, of each document."""
        self._first_of.clear()
        self._stop_of.clear()
        self._starts = [block.start for block in self.blocks]
        for number, block in enumerate(self.blocks):
            self._first_of.setdefault(block.document_id, number)
            self._stop_of[block.document_id] = number + 1
