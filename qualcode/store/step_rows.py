"""Rows that a step of the history changed, as they were before it and are after it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from qualcode.store.database import Database
from qualcode.store.journal import MANY_INSERTED
from qualcode.store.schema import WATCHED, change, step

_TABLES = {table.name: table for table in WATCHED}

Row = dict[str, Any]
"""Values by column."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One changed row.

    Attributes:
        table: its table.
        before: what it was, None where the step made it.
        after: what it was then, None where the step removed it.
    """

    table: str
    before: Row | None
    after: Row | None


def rows_of_step(db: Database, step_id: int, most: int) -> list[StepRow]:
    """The first rows that a step changed, of those that were inserted together the first.

    Args:
        db: the project.
        step_id: the step, done or undone.
        most: how many changes are looked at.
    """
    query = select(change).where(change.c.step_id == step_id).order_by(change.c.id).limit(most)
    return [_row(db, entry) for entry in db.connection.execute(query)]


def _row(db: Database, entry: Any) -> StepRow:
    inserts_many = entry.action == MANY_INSERTED
    before = json.loads(entry.before) if entry.before and not inserts_many else None
    if entry.after:
        kept = json.loads(entry.after)
        after = (kept or [None])[0] if inserts_many else kept
    elif entry.action == "DELETE":
        after = None
    else:
        after = _before_the_next(db, entry) or _now(db, entry)
    return StepRow(entry.table_name, before, after)


def _before_the_next(db: Database, entry: Any) -> Row | None:
    """A row as the next step found it that changed it, and that is not undone."""
    later = select(change.c.before).where(change.c.table_name == entry.table_name, change.c.row_id == entry.row_id)
    later = later.join(step, step.c.id == change.c.step_id).where(step.c.undone == 0)
    later = later.where(change.c.id > entry.id, change.c.before.is_not(None))
    found = db.connection.execute(later.order_by(change.c.id).limit(1)).scalar()
    return json.loads(found) if found else None


def _now(db: Database, entry: Any) -> Row | None:
    table = _TABLES[entry.table_name]
    found = db.connection.execute(select(table).where(table.c.id == entry.row_id)).first()
    return dict(found._mapping) if found is not None else None
