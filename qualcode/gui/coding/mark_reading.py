"""The segments and the suggestions that wait, as marks; after a change only what changed is worked out anew."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from qualcode.gui.coding.blocks import Block, Mark
from qualcode.gui.coding.content import marks_at, suggested_mark
from qualcode.gui.documents.reading import Reading
from qualcode.model.memo import SubjectKind
from qualcode.model.segment import Coder

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
        self._ids: list[int] = []
        self._blocks: dict[int, list[Block]] = {}
        self._coders: dict[int, Coder] = {}
        self._own_name = ""
        self._rows: dict[int, SegmentRow] = {}
        self._noted: Collection[int] = ()
        self._at: dict[_Place, dict[int, SegmentRow]] = {}
        self._coded: dict[_Place, Mark] = {}
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
        self._ids = [document.id for document in reading.documents] if reading is not None else []
        self._blocks = {}
        for block in blocks:
            self._blocks.setdefault(block.document_id, []).append(block)
        self._read_coders()
        self._rows, self._at, self._coded, self._noted = {}, {}, {}, self._project.memos.subjects(SubjectKind.SEGMENT)
        self._renew_coded(hidden_coders)
        self._suggested = {}
        self._renew_suggested()
        marks = [*self._coded.values(), *self._suggested.values()]
        self.by_key = {mark.key: mark for mark in marks}
        return marks

    def renew(self, tables: frozenset[str], hidden_coders: Collection[int]) -> tuple[list[Mark], list[Mark]]:
        """What other marks there are now, after some tables changed: those that are gone, and those that are new."""
        gone: list[Mark] = []
        come: list[Mark] = []
        if self._read_coders():
            self._rows, self._at = {}, {}
            gone, self._coded = list(self._coded.values()), {}
        for before, now in (
            self._renew_coded(hidden_coders),
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

    def _renew_coded(self, hidden_coders: Collection[int]) -> tuple[list[Mark], list[Mark]]:
        """The marks of places where segments, or memos on them, are others now."""
        rows = self._project.segments.rows_of_documents(self._ids)
        now = {row[0]: row for row in rows if row[5] not in hidden_coders}
        noted = self._project.memos.subjects(SubjectKind.SEGMENT)
        touched: dict[_Place, None] = {}
        for id in self._rows.keys() - now.keys():
            touched[self._take_out(self._rows[id])] = None
        for id, row in now.items():
            before = self._rows.get(id)
            if before != row:
                if before is not None:
                    touched[self._take_out(before)] = None
                place = row[1:5]
                self._at.setdefault(place, {})[id] = row
                touched[place] = None
        for id in set(noted) ^ set(self._noted):
            if id in now:
                touched[now[id][1:5]] = None
        self._rows, self._noted = now, noted
        gone = [self._coded.pop(place) for place in touched if place in self._coded]
        come = marks_at(
            (self._at[place].values() for place in touched if place in self._at), self._coders, self._own_name, noted
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
        now = {
            each.id: suggested_mark(each, self._blocks.get(each.document_id, []))
            for each in self._project.review.of_documents(self._ids)
        }
        gone = [mark for id, mark in self._suggested.items() if now.get(id) != mark]
        come = [mark for id, mark in now.items() if self._suggested.get(id) != mark]
        self._suggested = now
        return gone, come
