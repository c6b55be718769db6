"""How many spans lie under each code, kept up to date document by document: for a tree that counts after each step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING

from qualcode.store import codes, touched

if TYPE_CHECKING:
    from qualcode.project.project import Project


class SpanCounts:
    """Spans of each code and of all below it, each span once.

    Args:
        project: where they stand.
        table: "segment", or "suggestion" for those that wait for a decision.
    """

    def __init__(self, project: Project, table: str) -> None:
        self._project = project
        self._table = table
        self._hidden: frozenset[int] = frozenset()
        self._by_document: dict[int, dict[int, int]] = {}
        self._all: Counter[int] = Counter()
        self._position = 0

    def count(self, hidden_coders: Collection[int] = ()) -> dict[int, int]:
        """Count everything.

        Args:
            hidden_coders: ids of coders whose segments are left out.

        Returns:
            The number by code id; a code without any is not in it.
        """
        self._hidden = frozenset(hidden_coders)
        self._position = touched.position(self._project.db.connection)
        self._by_document = codes.n_spans(self._project.db, self._table, self._hidden)
        self._all = Counter()
        for found in self._by_document.values():
            self._all.update(found)
        return dict(self._all)

    def count_again(self, hidden_coders: Collection[int] = ()) -> dict[int, int]:
        """Count after a change of the table: only what it touched is counted anew.

        It must be called after each step, undo and redo that changes the table, or `count` in its stead.
        """
        db = self._project.db
        found = touched.touched_since(db.connection, self._table, self._position)
        if found is None or frozenset(hidden_coders) != self._hidden:
            return self.count(hidden_coders)
        self._position = touched.position(db.connection)
        themes = codes.with_those_above(db, found.codes)
        now = codes.n_spans(db, self._table, self._hidden, found.documents, themes) if found.ids else {}
        for document_id in found.documents:
            counted = self._by_document.setdefault(document_id, {})
            counted_now = now.get(document_id, {})
            for theme in themes:
                n = counted_now.get(theme, 0)
                self._all[theme] += n - counted.get(theme, 0)
                counted[theme] = n
        return {code_id: n for code_id, n in self._all.items() if n}
