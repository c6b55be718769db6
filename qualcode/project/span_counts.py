"""How many spans lie under each code, kept up to date document by document: for a tree that counts after each step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING

from qualcode.project.touched_documents import TouchedDocuments
from qualcode.store import codes

if TYPE_CHECKING:
    from qualcode.project.project import Project


class SpanCounts:
    """Spans of each code and of all below it, each span once.

    Everything is counted by `count`; or where one may not wait for it, by another view of the project (`by_document`),
    between `expect` and `adopt`. Afterwards only what steps touched is counted anew.

    Args:
        project: where they stand.
        table: "segment", or "suggestion" for those that wait for a decision.
    """

    def __init__(self, project: Project, table: str) -> None:
        self._project = project
        self._table = table
        self._touched = TouchedDocuments(project, table)
        self._by_document: dict[int, dict[int, int]] = {}
        self._all: Counter[int] = Counter()

    def count(self, hidden_coders: Collection[int] = ()) -> dict[int, int]:
        """Count everything.

        Args:
            hidden_coders: ids of coders whose segments are left out.

        Returns:
            The number by code id; a code without any is not in it.
        """
        self.expect(hidden_coders)
        return self.adopt(by_document(self._project, self._table, self._touched.hidden))

    def expect(self, hidden_coders: Collection[int] = ()) -> None:
        """Everything is about to be counted; from now on it is noted what changes."""
        self._touched.expect(hidden_coders)

    def adopt(self, counted: dict[int, dict[int, int]]) -> dict[int, int]:
        """Take over what `by_document` gave after `expect`, and count anew what changed meanwhile."""
        self._by_document = counted
        self._all = Counter()
        for found in counted.values():
            self._all.update(found)
        return self.renewed()

    def note(self) -> None:
        """Keep in mind what the last step, undo or redo touched; to be called after each that changes the table."""
        self._touched.note()

    def is_lost(self, hidden_coders: Collection[int] = ()) -> bool:
        """Whether everything must be counted, for too much was touched, or others are hidden."""
        return self._touched.is_lost(hidden_coders)

    def renewed(self) -> dict[int, int]:
        """The number by code id after what was noted is counted anew."""
        db = self._project.db
        documents, touched_codes = self._touched.take()
        if documents:
            themes = codes.with_those_above(db, touched_codes)
            now = codes.n_spans(db, self._table, self._touched.hidden, documents, themes)
            for document_id in documents:
                counted = self._by_document.setdefault(document_id, {})
                counted_now = now.get(document_id, {})
                for theme in themes:
                    n = counted_now.get(theme, 0)
                    self._all[theme] += n - counted.get(theme, 0)
                    counted[theme] = n
        return {code_id: n for code_id, n in self._all.items() if n}

    def count_again(self, hidden_coders: Collection[int] = ()) -> dict[int, int]:
        """Count after a step, undo or redo: only what it touched is counted anew, where that is sooner."""
        self.note()
        return self.count(hidden_coders) if self.is_lost(hidden_coders) else self.renewed()


def by_document(project: Project, table: str, hidden_coders: Collection[int] = ()) -> dict[int, dict[int, int]]:
    """Spans by document and code id, as `SpanCounts.adopt` takes them over; may be counted on an own view."""
    return codes.n_spans(project.db, table, hidden_coders)
