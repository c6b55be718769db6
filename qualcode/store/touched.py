"""Which documents the last step touched, as the journal tells: for counts that are kept up to date."""

from __future__ import annotations

import json

from sqlalchemy import Connection, func, select

from qualcode.store.journal import next_redo, next_undo
from qualcode.store.schema import change, metadata

_TOO_MANY = 2000
"""Changes of one step from which on it is sooner to look at everything than to find out what they touched."""

_ONE_ROW = ("INSERT", "UPDATE", "DELETE")
"""Entries of the journal that stand for one row."""


def documents_touched(connection: Connection, table_name: str) -> set[int] | None:
    """The documents with rows that the last step, undo or redo changed in a table with a column `document_id`.

    Returns:
        the documents of the step that undo would take back and of the one that redo would do again, which holds them in
        any case; None if there are too many changes to look at.
    """
    steps = [info.id for info in (next_undo(connection), next_redo(connection)) if info is not None]
    of_steps = change.c.step_id.in_(steps)
    some = select(change.c.id).where(of_steps).limit(_TOO_MANY).subquery()
    if connection.execute(select(func.count()).select_from(some)).scalar_one() >= _TOO_MANY:
        return None
    columns = (change.c.action, change.c.row_id, change.c.before, change.c.after)
    found: set[int] = set()
    ids = []
    for action, row_id, *sides in connection.execute(
        select(*columns).where(of_steps, change.c.table_name == table_name)
    ):
        if action not in _ONE_ROW:
            return None
        ids.append(row_id)
        found.update(json.loads(side)["document_id"] for side in sides if side is not None)
    table = metadata.tables[table_name]
    for first in range(0, len(ids), 500):
        now = select(table.c.document_id).where(table.c.id.in_(ids[first : first + 500]))
        found.update(connection.execute(now.distinct()).scalars())
    return found
