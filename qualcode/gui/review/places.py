"""Where a suggestion stands: who says it when, in which words, with what around it."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.gui.coding.blocks import Block
from qualcode.gui.coding.content import blocks_of
from qualcode.gui.documents.reading import Reading
from qualcode.model.document import DocumentKind
from qualcode.model.segment import Span

if TYPE_CHECKING:
    from qualcode.project.project import Project

_KEPT = 400  # documents whose blocks are kept; answers are short, transcripts few


@dataclass(frozen=True, slots=True)
class Around:
    """A sentence's turn or answer with what stands before and after it.

    Attributes:
        blocks: in the order of the text.
        number: which of them holds the sentence.
        question: what an answer answers, "" in a transcript.
    """

    blocks: tuple[Block, ...]
    number: int
    question: str = ""

    @property
    def block(self) -> Block:
        """The turn or answer of the sentence."""
        return self.blocks[self.number]


class Places:
    """Finds the words of suggestions, and keeps the texts that it read.

    Args:
        project: whose texts.
        readings: what can be read in the project now.
    """

    def __init__(self, project: Project, readings: Callable[[], Sequence[Reading]]) -> None:
        self._project = project
        self._readings = readings
        self._all: Sequence[Reading] = ()
        self._order: dict[int, int] = {}
        self._blocks: OrderedDict[int, list[Block]] = OrderedDict()
        self._is_read = False

    def forget(self) -> None:
        """Reads all anew when it is next asked for."""
        self._blocks.clear()
        self._is_read = False

    def _read_once(self) -> None:
        """Finds the reading of each document; not before it is asked for, because there may be very many."""
        if self._is_read:
            return
        self._is_read = True
        self._all = self._readings()
        self._order = {id: number for number, each in enumerate(self._all) for id in each.document_ids}

    def reading(self, document_id: int) -> Reading | None:
        """The transcript, or the question with all its answers, that a document belongs to."""
        self._read_once()
        number = self._order.get(document_id)
        return self._all[number] if number is not None else None

    def order(self, document_id: int) -> int:
        """The place of its reading among all."""
        self._read_once()
        return self._order.get(document_id, len(self._all))

    def block(self, document_id: int, position: int) -> Block | None:
        """The turn or answer at a position."""
        blocks = self._blocks_of(document_id)
        number = self._number(blocks, position)
        return blocks[number] if number is not None else None

    def words(self, document_id: int, start: int, end: int) -> str:
        """The words of a span in one line, as far as its first turn goes."""
        block = self.block(document_id, start)
        return " ".join(block.text[start - block.start : end - block.start].split()) if block is not None else ""

    def around(self, document_id: int, span: Span, *, before: int, after: int) -> Around | None:
        """A span's turn with so many before and after it; None if the document is gone."""
        blocks = self._blocks_of(document_id)
        number = self._number(blocks, span.start)
        if number is None:
            return None
        first = max(0, number - before)
        reading = self.reading(document_id)
        question = reading.title if reading is not None and reading.kind is DocumentKind.ANSWER else ""
        return Around(tuple(blocks[first : number + after + 1]), number - first, question)

    def _blocks_of(self, document_id: int) -> list[Block]:
        found = self._blocks.get(document_id)
        if found is not None:
            self._blocks.move_to_end(document_id)
            return found
        made = self._read(document_id)
        self._blocks[document_id] = made
        while len(self._blocks) > _KEPT:
            self._blocks.popitem(last=False)
        return made

    def _read(self, document_id: int) -> list[Block]:
        reading = self.reading(document_id)
        if reading is None:
            return []
        if reading.kind is not DocumentKind.ANSWER:
            return blocks_of(self._project, reading)
        text = self._project.documents.text(document_id)
        return [
            Block(document_id, turn.start, text[turn.start : turn.end], turn.label or "", turn.role, turn.group)
            for turn in self._project.documents.turns(document_id)
        ]

    @staticmethod
    def _number(blocks: Sequence[Block], position: int) -> int | None:
        number = bisect_right(blocks, position, key=lambda block: block.start) - 1
        return number if number >= 0 else None
