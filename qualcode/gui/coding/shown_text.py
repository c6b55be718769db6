"""What the coding screen shows: a reading, or the part of it that is shown, its texts and the marks on them."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.coding.blocks import Block, Mark
from qualcode.gui.coding.content import blocks_of
from qualcode.gui.coding.mark_reading import MarkReading
from qualcode.gui.documents.reading import Reading, part_of
from qualcode.model.suggestion import Suggestion


class ShownText:
    """Reads texts and marks from the project.

    Attributes:
        whole: the reading that was picked.
        part: what of it is shown; all of it, unless it has very many answers.
        blocks: its texts.
        find_reading: gives a reading as it stands now, by its key; None while nobody knows.
    """

    def __init__(self, bridge: ProjectBridge) -> None:
        self._bridge = bridge
        self._mark_reading = MarkReading(bridge.project)
        self.whole: Reading | None = None
        self.part: Reading | None = None
        self.blocks: list[Block] = []
        self.find_reading: Callable[[str], Reading | None] | None = None

    @property
    def marks(self) -> dict[tuple[bool, int], Mark]:
        """The marks, by their keys."""
        return self._mark_reading.by_key

    @property
    def subtitle(self) -> str:
        """What stands beside the title, as far as it is known by now."""
        if self.whole is None:
            return ""
        known = self.find_reading(self.whole.key) if self.find_reading is not None else None
        return (known or self.whole).subtitle

    @property
    def n_waiting(self) -> int:
        """How many suggestions on it wait for a decision."""
        return self._mark_reading.n_waiting

    def show(self, reading: Reading | None, around: int | None = None) -> list[Mark]:
        """Reads another text; of very many answers those around a document, else the first.

        Returns:
            The marks on it.
        """
        self.whole = reading
        self.part = part_of(reading, around) if reading is not None else None
        self.blocks = blocks_of(self._bridge.project, self.part) if self.part is not None else []
        return self._mark_reading.read(self.part, self.blocks, self._bridge.hidden_coders)

    def renew(self) -> list[Mark] | None:
        """Reads the same texts as they stand now.

        Returns:
            The marks on them; None where the reading is gone.
        """
        if self.whole is None or self.part is None:
            return None
        found = self.find_reading(self.whole.key) if self.find_reading is not None else self.whole
        if found is None:
            return None
        ids = frozenset(found.document_ids)
        return self.show(found, next((id for id in self.part.document_ids if id in ids), None))

    def renew_marks(self, tables: frozenset[str]) -> tuple[list[Mark], list[Mark]]:
        """The marks that are gone and those that are new, after some tables changed."""
        return self._mark_reading.renew(tables, self._bridge.hidden_coders)

    def miss(self) -> None:
        """Something changes while nobody looks."""
        self._mark_reading.miss()

    def shows(self, document_id: int) -> bool:
        """Whether a document is among those that are shown."""
        return self.part is not None and any(each.id == document_id for each in self.part.documents)

    def suggestion_keys(self) -> list[tuple[bool, int]]:
        """The suggestions that wait, in the order of the text."""
        order = {block.document_id: number for number, block in reversed(list(enumerate(self.blocks)))}
        waiting = [mark for mark in self.marks.values() if mark.is_suggestion]
        waiting.sort(key=lambda mark: (order.get(mark.document_id, 0), mark.span, mark.id))
        return [mark.key for mark in waiting]

    def suggestion(self, mark: Mark) -> Suggestion | None:
        """The suggestion that a mark stands for."""
        of_document = self._bridge.project.review.of_document(mark.document_id)
        return next((each for each in of_document if each.id == mark.id), None)
