"""On which documents a table has changed since it was counted: for numbers that are kept up to date after each step."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from qualcode.store import touched

if TYPE_CHECKING:
    from qualcode.project.project import Project

_MANY_DOCUMENTS = 40
"""From so many touched documents on, it is hardly sooner to count them alone."""


class TouchedDocuments:
    """Notes what steps touch; everything must be counted first, between `expect` and the first `take`.

    Args:
        project: where the rows stand.
        table: "segment" or "suggestion".
    """

    def __init__(self, project: Project, table: str) -> None:
        self._project = project
        self._table = table
        self._position = 0
        self._documents: set[int] = set()
        self._codes: set[int] = set()
        self._is_lost = True
        self.hidden: frozenset[int] = frozenset()

    def expect(self, hidden_coders: Collection[int] = ()) -> None:
        """Everything is about to be counted, some coders left out; from now on it is noted what changes."""
        self.hidden = frozenset(hidden_coders)
        self._position = touched.position(self._project.db.connection)
        self._documents, self._codes = set(), set()
        self._is_lost = False

    def note(self) -> None:
        """Keep in mind what the last step, undo or redo touched; to be called after each that changes the table."""
        if self._is_lost:
            return
        connection = self._project.db.connection
        found = touched.touched_since(connection, self._table, self._position)
        self._position = touched.position(connection)
        if found is None:
            self._is_lost = True
        elif found.ids:
            self._documents |= found.documents
            self._codes |= found.codes

    def is_lost(self, hidden_coders: Collection[int] = ()) -> bool:
        """Whether everything must be counted, for too much was touched, or others are hidden."""
        return self._is_lost or frozenset(hidden_coders) != self.hidden or len(self._documents) > _MANY_DOCUMENTS

    def take(self) -> tuple[set[int], set[int]]:
        """The documents that were touched since this was asked last, and the codes that were."""
        taken = self._documents, self._codes
        self._documents, self._codes = set(), set()
        return taken
