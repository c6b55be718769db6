"""Undo and redo of every change, by rows kept before and after.

Triggers made from the tables' metadata write down each changed row, those changed by cascades too. A step is one
transaction and one entry; undoing it writes the rows back as they were. So an action is undoable on the day it is
written, and nobody writes an inverse.
"""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, Row, Table, delete, func, insert, select, update

from qualcode.errors import StoreError
from qualcode.i18n import _
from qualcode.model.progress import Pieces
from qualcode.store.schema import WATCHED, change, step

_BY_NAME = {table.name: table for table in WATCHED}

MANY_INSERTED = "INSERT MANY"
"""An entry for rows that were inserted together: their ids run from `row_id` to `last` in `before`."""

_PIECE = 250
"""Rows that one entry holds at most, and that are taken back at once where that is done in pieces."""


@dataclass(frozen=True, slots=True)
class StepInfo:
    """One entry of the history; `undone` entries can be redone."""

    id: int
    name: str
    coder: str
    made_at: str
    undone: bool


def _quoted(table: Table) -> str:
    return f'"{table.name}"'


def _row_as_json(table: Table, row: str) -> str:
    pairs = ", ".join(f"'{column.name}', {row}.\"{column.name}\"" for column in table.columns)
    return f"json_object({pairs})"


def _trigger(table: Table, event: str, row: str, before: str) -> str:
    return f"""
        CREATE TEMP TRIGGER "journal_{table.name}_{event}" AFTER {event} ON main.{_quoted(table)} BEGIN
            SELECT RAISE(ABORT, 'a change outside a step') FROM journal_state WHERE step_id IS NULL;
            INSERT INTO change (step_id, table_name, row_id, action, before)
            SELECT step_id, '{table.name}', {row}.id, '{event}', {before} FROM journal_state WHERE step_id > 0;
        END"""


def install(connection: Connection) -> None:
    """Make this connection write down each change; a change outside a step is refused from now on."""
    connection.exec_driver_sql("CREATE TEMP TABLE journal_state (step_id INTEGER)")
    connection.exec_driver_sql("INSERT INTO journal_state VALUES (NULL)")
    for table in WATCHED:
        connection.exec_driver_sql(_trigger(table, "INSERT", "NEW", "NULL"))
        connection.exec_driver_sql(_trigger(table, "UPDATE", "OLD", _row_as_json(table, "OLD")))
        connection.exec_driver_sql(_trigger(table, "DELETE", "OLD", _row_as_json(table, "OLD")))


@contextlib.contextmanager
def inserting_many(connection: Connection, table: Table) -> Iterator[None]:
    """Rows that are inserted inside, with ids after all that are there, are written down in entries for many.

    A trigger for each row takes as long as the insert itself. Inside a transaction only: what fails is rolled back with
    the trigger that was taken away.
    """
    step_id = connection.exec_driver_sql("SELECT step_id FROM journal_state").scalar()
    if not step_id:  # outside a step: the trigger refuses; unrecorded: there is nothing to write down
        yield
        return
    highest = f"SELECT coalesce(max(id), 0) FROM {_quoted(table)}"
    last = connection.exec_driver_sql(highest).scalar_one()
    connection.exec_driver_sql(f'DROP TRIGGER temp."journal_{table.name}_INSERT"')
    yield
    connection.exec_driver_sql(_trigger(table, "INSERT", "NEW", "NULL"))
    now = connection.exec_driver_sql(highest).scalar_one()
    entries = [
        (step_id, table.name, first, MANY_INSERTED, min(first + _PIECE - 1, now))
        for first in range(last + 1, now + 1, _PIECE)
    ]
    if entries:
        connection.exec_driver_sql(
            "INSERT INTO change (step_id, table_name, row_id, action, before) "
            "VALUES (?, ?, ?, ?, json_object('last', ?))",
            entries,
        )


def _record_as(connection: Connection, step_id: int | None) -> None:
    connection.exec_driver_sql("UPDATE journal_state SET step_id = ?", (step_id,))


def begin_step(connection: Connection, name: str, coder: str) -> int:
    """Open an entry inside the running transaction."""
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    row = connection.execute(insert(step).values(name=name, coder=coder, made_at=now, undone=0))
    step_id = int(row.inserted_primary_key[0])  # type: ignore[index]  # SQLAlchemy types it as optional
    _record_as(connection, step_id)
    return step_id


def end_step(connection: Connection, step_id: int) -> frozenset[str]:
    """Close an entry: steps that were undone can't be redone after it; one that changed nothing is taken out again.

    Returns:
        names of the tables that changed.
    """
    _record_as(connection, None)
    tables = connection.execute(select(change.c.table_name).where(change.c.step_id == step_id).distinct()).scalars()
    changed = frozenset(tables)
    if not changed:
        connection.execute(delete(step).where(step.c.id == step_id))
        return changed
    undone = select(step.c.id).where(step.c.undone == 1)
    connection.execute(delete(change).where(change.c.step_id.in_(undone)))
    connection.execute(delete(step).where(step.c.undone == 1))
    return changed


@contextlib.contextmanager
def unrecorded(connection: Connection) -> Iterator[None]:
    """Let changes through that nobody will want to undo, such as the title that a new project starts with."""
    _record_as(connection, 0)
    yield
    _record_as(connection, None)


def history(connection: Connection) -> list[StepInfo]:
    """All steps, oldest first."""
    rows = connection.execute(select(step).order_by(step.c.id))
    return [StepInfo(row.id, row.name, row.coder, row.made_at, bool(row.undone)) for row in rows]


def next_undo(connection: Connection) -> StepInfo | None:
    """The step that undo would take back."""
    return _one(connection, undone=False)


def next_redo(connection: Connection) -> StepInfo | None:
    """The step that redo would do again."""
    return _one(connection, undone=True)


def _one(connection: Connection, *, undone: bool) -> StepInfo | None:
    order = step.c.id.asc() if undone else step.c.id.desc()
    row = connection.execute(select(step).where(step.c.undone == int(undone)).order_by(order).limit(1)).first()
    return StepInfo(row.id, row.name, row.coder, row.made_at, bool(row.undone)) if row else None


def n_rows(connection: Connection, after: int, last: int) -> int:
    """How many rows the steps have changed that come after one up to another, each as often as they did."""
    query = (
        "SELECT count(*) + coalesce(sum(CASE action WHEN ? THEN json_extract(before, '$.last') - row_id END), 0) "
        "FROM change WHERE step_id > ? AND step_id <= ?"
    )
    return int(connection.exec_driver_sql(query, (MANY_INSERTED, after, last)).scalar_one())


def undoing(connection: Connection) -> Pieces[Moved]:
    """Write the rows of the last step back as they were, inside the running transaction.

    Raises:
        StoreError: there is nothing to undo.
    """
    last = next_undo(connection)
    if last is None:
        raise StoreError(_("There is nothing to undo."))
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    _record_as(connection, 0)
    changed = set()
    for table, action, ids, point in _runs(connection, last.id, back=True):
        yield point
        changed.add(table.name)
        if action == MANY_INSERTED:
            _take_many(connection, table, ids)
            continue
        if action != "DELETE":
            _keep_after(connection, table, ids)
        if action == "INSERT":
            _remove(connection, table, ids)
        else:
            _write(connection, table, ids, "before", fresh=action == "DELETE")
    _record_as(connection, None)
    connection.execute(update(step).where(step.c.id == last.id).values(undone=1))
    return last.name, frozenset(changed)


def redoing(connection: Connection) -> Pieces[Moved]:
    """Do the step again that was undone last, inside the running transaction.

    Raises:
        StoreError: there is nothing to redo.
    """
    following = next_redo(connection)
    if following is None:
        raise StoreError(_("There is nothing to redo."))
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    _record_as(connection, 0)
    changed = set()
    for table, action, ids, point in _runs(connection, following.id, back=False):
        yield point
        changed.add(table.name)
        if action == MANY_INSERTED:
            _put_many(connection, table, ids)
        elif action == "DELETE":
            _remove(connection, table, ids)
        else:
            _write(connection, table, ids, "after", fresh=action == "INSERT")
    _record_as(connection, None)
    connection.execute(update(step).where(step.c.id == following.id).values(undone=0))
    return following.name, frozenset(changed)


def going_to(connection: Connection, step_id: int) -> Pieces[Moved]:
    """Undo or redo all steps between now and a step, 0 for before the first, inside the running transaction."""
    tables: frozenset[str] = frozenset()
    name = ""
    while (last := next_undo(connection)) is not None and last.id > step_id:
        name, changed = yield from undoing(connection)
        tables |= changed
    while (following := next_redo(connection)) is not None and following.id <= step_id:
        name, changed = yield from redoing(connection)
        tables |= changed
    return name, tables


Moved = tuple[str, frozenset[str]]
"""The name of the step that was undone or done again, and those of the tables that changed."""

_Range = tuple[int, int]


def _runs(connection: Connection, step_id: int, *, back: bool) -> Iterator[tuple[Table, str, _Range, tuple[int, int]]]:
    """Changes of a step in order or backwards, neighbours of one kind on one table taken together.

    Each run comes with how many changes were seen before it, and of how many. It holds a row at most once, so that it
    can be written back by one statement, and so little that nobody waits for it.
    """
    of_step = change.c.step_id == step_id
    total = connection.execute(select(func.count()).select_from(change).where(of_step)).scalar_one()
    query = select(change.c.id, change.c.table_name, change.c.action, change.c.row_id).where(of_step).limit(_PIECE)
    query = query.order_by(change.c.id.desc() if back else change.c.id)
    seen, following = 0, query
    while page := connection.execute(following).all():
        for table_name, action, ids, n in _runs_of(page):
            yield _BY_NAME[table_name], action, (min(ids), max(ids)), (seen, total)
            seen += n
        end = page[-1].id
        following = query.where(change.c.id < end if back else change.c.id > end)


def _runs_of(page: Sequence[Row[int, str, str, int]]) -> Iterator[tuple[str, str, _Range, int]]:
    """(table, action, ids of the first and last change, how many) of the runs in a part of the changes."""
    for (table_name, action), neighbours in groupby(page, key=lambda row: (row.table_name, row.action)):
        run: dict[int, int] = {}
        for row in neighbours:
            if row.row_id in run or (run and action == MANY_INSERTED):
                yield table_name, action, _ends(run), len(run)
                run = {}
            run[row.row_id] = row.id
        yield table_name, action, _ends(run), len(run)


def _ends(run: dict[int, int]) -> _Range:
    ids = list(run.values())
    return ids[0], ids[-1]


def _keep_after(connection: Connection, table: Table, ids: _Range) -> None:
    connection.exec_driver_sql(
        f"UPDATE change SET after = (SELECT {_row_as_json(table, 't')} FROM {_quoted(table)} t WHERE t.id = row_id) "
        "WHERE id BETWEEN ? AND ?",
        ids,
    )


def _remove(connection: Connection, table: Table, ids: _Range) -> None:
    connection.exec_driver_sql(
        f"DELETE FROM {_quoted(table)} WHERE id IN (SELECT row_id FROM change WHERE id BETWEEN ? AND ?)", ids
    )


def _take_many(connection: Connection, table: Table, ids: _Range) -> None:
    """Remove the rows of entries that hold many, and keep them in the entry."""
    inside = "t.id BETWEEN change.row_id AND json_extract(change.before, '$.last')"
    connection.exec_driver_sql(
        f"UPDATE change SET after = (SELECT json_group_array({_row_as_json(table, 't')}) FROM {_quoted(table)} t "
        f"WHERE {inside}) WHERE id BETWEEN ? AND ?",
        ids,
    )
    query = "SELECT row_id, json_extract(before, '$.last') FROM change WHERE id BETWEEN ? AND ?"
    for first, last in connection.exec_driver_sql(query, ids).all():
        connection.exec_driver_sql(f"DELETE FROM {_quoted(table)} WHERE id BETWEEN ? AND ?", (first, last))


def _put_many(connection: Connection, table: Table, ids: _Range) -> None:
    """Put the rows of entries that hold many back."""
    names = [column.name for column in table.columns]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(f"json_extract(each.value, '$.{name}')" for name in names)
    connection.exec_driver_sql(
        f"INSERT INTO {_quoted(table)} ({columns}) SELECT {values} FROM change, json_each(change.after) each "
        "WHERE change.id BETWEEN ? AND ?",
        ids,
    )


def _write(connection: Connection, table: Table, ids: _Range, side: str, *, fresh: bool) -> None:
    names = [column.name for column in table.columns]
    values = ", ".join(f"json_extract(change.{side}, '$.{name}')" for name in names)
    if fresh:
        columns = ", ".join(f'"{name}"' for name in names)
        connection.exec_driver_sql(
            f"INSERT INTO {_quoted(table)} ({columns}) SELECT {values} FROM change WHERE id BETWEEN ? AND ?", ids
        )
        return
    columns = ", ".join(f"\"{name}\" = json_extract(change.{side}, '$.{name}')" for name in names if name != "id")
    connection.exec_driver_sql(
        f"UPDATE {_quoted(table)} SET {columns} FROM change "
        f"WHERE change.id BETWEEN ? AND ? AND change.row_id = {_quoted(table)}.id",
        ids,
    )
