"""The segments and the suggestions that wait, as marks; after a change only what changed is worked out anew."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from qualcode.gui.coding.blocks import Block, Mark
from qualcode.gui.coding.content import marks_at, suggested_mark
from qualcode.gui.documents.reading import Reading
from qualcode.model.memo import SubjectKind
from qualcode.model.segment import Coder
from qualcode.model.suggestion import Suggestion

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.store.segments import SegmentRow

_SUGGESTED_TABLES = frozenset({"suggestion", "decision"})

_Place = tuple[int, int, int, int]  # document, start, end, code


class MarkReading:
    """Reads the marks on the texts of a reading.

    Attributes:
        by_key: the marks as they were read last, by their keys.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._ids: frozenset[int] = frozenset()
        self._blocks: dict[int, list[Block]] = {}
        self._coders: dict[int, Coder] = {}
        self._own_name = ""
        self._hidden: frozenset[int] = frozenset()
        self._step: int | None = None
        self._rows: dict[int, SegmentRow] = {}
        self._noted: Collection[int] = ()
        self._at: dict[_Place, dict[int, SegmentRow]] = {}
        self._coded: dict[_Place, Mark] = {}
        self._suggestions: dict[int, Suggestion] = {}
        self._suggested: dict[int, Mark] = {}
        self.by_key: dict[tuple[bool, int], Mark] = {}

    @property
    def n_waiting(self) -> int:
        """How many suggestions wait for a decision."""
        return len(self._suggested)

    def read(self, reading: Reading | None, blocks: Sequence[Block], hidden_coders: Collection[int]) -> list[Mark]:
        """All marks on the texts of a reading.

        Args:
            reading: what is shown; None for nothing.
            blocks: its texts.
            hidden_coders: ids of coders whose segments are left out.
        """
        self._ids = frozenset(document.id for document in reading.documents) if reading is not None else frozenset()
        self._blocks = {}
        for block in blocks:
            self._blocks.setdefault(block.document_id, []).append(block)
        self._hidden = frozenset(hidden_coders)
        self._read_coders()
        self._noted = self._project.memos.subjects(SubjectKind.SEGMENT)
        self._rows, self._at, self._coded = {}, {}, {}
        self._take_rows(self._all_rows())
        self._suggestions, self._suggested = {}, {}
        self._renew_suggested()
        marks = [*self._coded.values(), *self._suggested.values()]
        self.by_key = {mark.key: mark for mark in marks}
        return marks

    def miss(self) -> None:
        """Something changes that nobody looks at; when one looks again, all segments are read."""
        self._step = None

    def renew(self, tables: frozenset[str], hidden_coders: Collection[int]) -> tuple[list[Mark], list[Mark]]:
        """What other marks there are now, after some tables changed: those that are gone, and those that are new.

        It must be called after each step, undo and redo that changes segments, or `miss` in its stead.
        """
        gone: list[Mark] = []
        come: list[Mark] = []
        if self._read_coders():
            gone, self._coded = list(self._coded.values()), {}
            self._rows, self._at, self._step = {}, {}, None
        for before, now in (
            self._renew_coded(tables, frozenset(hidden_coders)),
            self._renew_suggested() if tables & _SUGGESTED_TABLES else ([], []),
        ):
            gone += before
            come += now
        for mark in gone:
            self.by_key.pop(mark.key, None)
        self.by_key.update((mark.key, mark) for mark in come)
        return gone, come

    def _read_coders(self) -> bool:
        """Reads who codes; returns whether other people are to be named than before."""
        before = (self._coders, self._own_name)
        self._coders = {coder.id: coder for coder in self._project.coders()}
        self._own_name = self._project.coder_name
        known = {id: self._coders.get(id) for id in before[0]}
        return self._own_name != before[1] or known != before[0]

    def _renew_coded(self, tables: frozenset[str], hidden_coders: frozenset[int]) -> tuple[list[Mark], list[Mark]]:
        """The marks of places where segments, or memos on them, are others now."""
        changed = None
        if self._step is not None and hidden_coders == self._hidden:
            changed = self._project.segments.rows_changed(self._step) if "segment" in tables else ((), [])
        self._hidden = hidden_coders
        noted = self._noted
        if "memo" in tables or changed is None:
            self._noted = self._project.memos.subjects(SubjectKind.SEGMENT)
        other_notes = [id for id in set(noted) ^ set(self._noted) if id in self._rows]
        if changed is None:
            return self._take_rows(self._all_rows(), list(self._rows), other_notes)
        ids, rows = changed
        return self._take_rows([row for row in rows if row[1] in self._ids], ids, other_notes)

    def _all_rows(self) -> list[SegmentRow]:
        return self._project.segments.rows_of_documents(list(self._ids))

    def _take_rows(
        self, rows: list[SegmentRow], touched_ids: Collection[int] = (), other_notes: Collection[int] = ()
    ) -> tuple[list[Mark], list[Mark]]:
        """Takes over segments as they are now.

        Args:
            rows: those that may be others than before.
            touched_ids: those of whom are gone, if no row of `rows` is theirs.
            other_notes: those with a memo where there was none, or without one where there was.
        """
        self._step = self._project.last_step_id or 0
        hidden, known, at = self._hidden, self._rows, self._at
        now = {row[0]: row for row in rows if row[5] not in hidden}
        touched: dict[_Place, None] = {}
        for id in touched_ids:
            if id in known and known[id] != now.get(id):
                touched[self._take_out(known.pop(id))] = None
        for id, row in now.items():
            if id not in known:
                known[id] = row
                place = row[1:5]
                touched[place] = None
                if place in at:
                    at[place][id] = row
                else:
                    at[place] = {id: row}
        for id in other_notes:
            if id in known:
                touched[known[id][1:5]] = None
        gone = [self._coded.pop(place) for place in touched if place in self._coded]
        come = marks_at(
            (at[place].values() for place in touched if place in at), self._coders, self._own_name, self._noted
        )
        self._coded.update(((mark.document_id, mark.span.start, mark.span.end, mark.code_id), mark) for mark in come)
        return gone, come

    def _take_out(self, row: SegmentRow) -> _Place:
        place = row[1:5]
        del self._at[place][row[0]]
        if not self._at[place]:
            del self._at[place]
        return place

    def _renew_suggested(self) -> tuple[list[Mark], list[Mark]]:
        found = {each.id: each for each in self._project.review.of_documents(list(self._ids))}
        before = self._suggestions
        changed = [each for id, each in found.items() if before.get(id) != each]
        gone = [self._suggested.pop(id) for id, each in before.items() if found.get(id) != each]
        come = [suggested_mark(each, self._blocks.get(each.document_id, [])) for each in changed]
        self._suggestions = found
        self._suggested.update((mark.id, mark) for mark in come)
        return gone, come
