"""The steps of an open project: made, undone, done again; and who is told of changes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar, cast

from qualcode.errors import StoreError
from qualcode.i18n import _
from qualcode.model.progress import Pieces, to_the_end
from qualcode.store import journal
from qualcode.store.database import Database
from qualcode.store.journal import StepInfo

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Changes:
    """What a step changed.

    Attributes:
        tables: names of the tables that changed.
        name: the step, as undo names it.
    """

    tables: frozenset[str]
    name: str


class Steps:
    """What changes a project: one transaction, one entry that undo takes back, one notice each.

    Args:
        db: the project's file.
        coder_name: who works.
    """

    def __init__(self, db: Database, coder_name: str) -> None:
        self.db = db
        self.coder_name = coder_name
        self._listeners: list[Callable[[Changes], None]] = []
        self._in_step = False
        self._is_between_pieces = False
        self._known: dict[str, tuple[frozenset[str], object]] = {}

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        """One transaction, one entry that undo takes back, one notice. A step inside a step belongs to the outer one.

        Args:
            name: what is done, as undo names it ("Merge codes").

        Raises:
            StoreError: a step in pieces is not over yet.
        """
        self._refuse_between_pieces()
        if self._in_step:
            yield
            return
        self._in_step = True
        try:
            with self.db.transaction():
                step_id = journal.begin_step(self.db.connection, name, self.coder_name)
                yield
                tables = journal.end_step(self.db.connection, step_id)
        finally:
            self._in_step = False
        self._tell(Changes(tables, name))

    def step_in_pieces(self, name: str, pieces: Pieces[T]) -> Pieces[T]:
        """A step whose work comes in pieces; nobody else may change the project in between.

        Closing it before its end takes everything back, as an error in one of the pieces does.
        """
        with self.step(name):
            return (yield from self._alone(pieces))

    def undo(self) -> str:
        """Take the last step back; returns its name.

        Raises:
            StoreError: there is nothing to undo.
        """
        return to_the_end(self._moving(journal.undoing(self.db.connection)))

    def redo(self) -> str:
        """Do the step again that was undone last; returns its name.

        Raises:
            StoreError: there is nothing to redo.
        """
        return to_the_end(self._moving(journal.redoing(self.db.connection)))

    def go_to(self, step_id: int) -> None:
        """Undo or redo all steps between now and a step, in one go: the project stands as it did right after it.

        Args:
            step_id: of the history; 0 for the state before the first step.
        """
        to_the_end(self.going_to(step_id))

    def going_to(self, step_id: int) -> Pieces[str]:
        """Do what `go_to` does in pieces; closed before its end, it leaves everything as it was."""
        return self._moving(journal.going_to(self.db.connection, step_id))

    def n_rows_to(self, step_id: int) -> int:
        """How many rows `go_to` has to write."""
        now = self.last_step_id or 0
        return journal.n_rows(self.db.connection, min(now, step_id), max(now, step_id))

    @property
    def last_step_id(self) -> int | None:
        """The step that undo would take back; None if there is none."""
        info = journal.next_undo(self.db.connection)
        return info.id if info else None

    @property
    def following_step_id(self) -> int | None:
        """The step that redo would do again; None if there is none."""
        info = journal.next_redo(self.db.connection)
        return info.id if info else None

    def can_amend(self, step_id: int) -> bool:
        """Whether a step was the last thing that was done, and done by who works now."""
        last = journal.next_undo(self.db.connection)
        is_own_last = last is not None and (last.id, last.coder) == (step_id, self.coder_name)
        return is_own_last and self.following_step_id is None

    @contextlib.contextmanager
    def amending(self, name: str, tables: frozenset[str]) -> Iterator[None]:
        """Changes that belong to the last step: only of rows that it has made or changed, for they are not recorded.

        Raises:
            StoreError: a step in pieces is not over yet.
        """
        self._refuse_between_pieces()
        with self.db.transaction(), journal.unrecorded(self.db.connection):
            yield
        self._tell(Changes(tables, name))

    @property
    def undo_name(self) -> str | None:
        info = journal.next_undo(self.db.connection)
        return info.name if info else None

    @property
    def redo_name(self) -> str | None:
        info = journal.next_redo(self.db.connection)
        return info.name if info else None

    def history(self) -> list[StepInfo]:
        """All steps, oldest first."""
        return journal.history(self.db.connection)

    def on_change(self, callback: Callable[[Changes], None]) -> Callable[[], None]:
        """Call back after each step, undo and redo that changed something; returns what ends it."""
        self._listeners.append(callback)

        def stop() -> None:
            with contextlib.suppress(ValueError):
                self._listeners.remove(callback)

        return stop

    def known(self, what: str, tables: frozenset[str], read: Callable[[], T]) -> T:
        """What many ask for again and again: read once, until a step changes one of its tables.

        Args:
            what: names it.
            tables: what it is read from.
            read: reads it; nobody may change what it gives.
        """
        if self._in_step:
            return read()
        if what not in self._known:
            self._known[what] = (tables, read())
        return cast("T", self._known[what][1])

    def forget(self) -> None:
        """Tell nobody of changes any longer, and keep nothing that was read."""
        self._listeners.clear()
        self._known.clear()

    def _moving(self, pieces: Pieces[journal.Moved]) -> Pieces[str]:
        """Go back or forth in the history, in one transaction."""
        self._refuse_between_pieces()
        self._in_step = True  # what is read meanwhile is not kept
        try:
            with self.db.transaction():
                name, tables = yield from self._alone(pieces)
        finally:
            self._in_step = False
        self._tell(Changes(tables, name))
        return name

    def _alone(self, pieces: Pieces[T]) -> Pieces[T]:
        """The same pieces; between two of them nobody else changes the project."""
        while True:
            try:
                point = next(pieces)
            except StopIteration as end:
                found: T = end.value
                return found
            self._is_between_pieces = True
            try:
                yield point
            finally:
                self._is_between_pieces = False

    def _refuse_between_pieces(self) -> None:
        if self._is_between_pieces:
            raise StoreError(_("Other work is still going on."), hint=_("Wait for it, or cancel it below."))

    def _tell(self, changes: Changes) -> None:
        self._known = {what: each for what, each in self._known.items() if not each[0] & changes.tables}
        if changes.tables:
            for callback in list(self._listeners):
                callback(changes)
