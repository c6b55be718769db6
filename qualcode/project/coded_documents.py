"""How far each document is coded, kept up to date document by document: for a list that tells it after each step."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from qualcode.project.touched_documents import TouchedDocuments
from qualcode.store.coded_turns import turns_coded

if TYPE_CHECKING:
    from qualcode.project.project import Project

_NOTHING = (0, 0)


class CodedDocuments:
    """Turns of respondents, and answers, that hold coded words, whoever of the coders that are shown coded them.

    Everything is counted by `coded_by_document`, on another view of the project where one may not wait for it, between
    `expect` and `adopt`. Afterwards only what steps touched is counted anew.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._touched = TouchedDocuments(project, "segment")
        self._counted: dict[int, tuple[int, int]] = {}

    def of(self, document_ids: Collection[int]) -> tuple[int, int]:
        """How many turns, or answers, of some documents are coded, and of how many turns."""
        if len(document_ids) > len(self._counted):
            wanted = frozenset(document_ids)
            found = [pair for id, pair in self._counted.items() if id in wanted]
        else:
            found = [self._counted.get(id, _NOTHING) for id in document_ids]
        return sum(pair[0] for pair in found), sum(pair[1] for pair in found)

    def expect(self, hidden_coders: Collection[int] = ()) -> None:
        """Everything is about to be counted; from now on it is noted what changes."""
        self._touched.expect(hidden_coders)

    def adopt(self, counted: dict[int, tuple[int, int]]) -> None:
        """Take over what `coded_by_document` gave after `expect`."""
        self._counted = counted

    def note(self) -> None:
        """Keep in mind what the last step, undo or redo touched; to be called after each that changes segments."""
        self._touched.note()

    def is_lost(self, hidden_coders: Collection[int] = ()) -> bool:
        """Whether everything must be counted."""
        return self._touched.is_lost(hidden_coders)

    def renew(self) -> set[int]:
        """Count anew what was noted; returns the documents of which the numbers are others now."""
        documents, _codes = self._touched.take()
        now = turns_coded(self._project.db, self._touched.hidden, documents) if documents else {}
        changed = {id for id in documents if self._counted.get(id) != now.get(id)}
        for id in changed:
            self._counted.pop(id, None)
        self._counted.update(now)
        return changed


def coded_by_document(project: Project, hidden_coders: Collection[int] = ()) -> dict[int, tuple[int, int]]:
    """(coded, all) turns by document, as `CodedDocuments.adopt` takes them over; may be counted on an own view."""
    return turns_coded(project.db, hidden_coders)
