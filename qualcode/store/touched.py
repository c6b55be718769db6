"""Which rows the last steps touched, as the journal tells: for what is kept up to date beside the tables."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from qualcode.store.journal import next_undo
from qualcode.store.portions import portions
from qualcode.store.schema import change, metadata

_TOO_MANY = 2000
"""Changes from which on it is sooner to look at everything than to find out what they touched."""

_ONE_ROW = ("INSERT", "UPDATE", "DELETE")
"""Entries of the journal that stand for one row."""


@dataclass(frozen=True, slots=True)
class Touched:
    """Rows of a table with a document and a code that are, or were, others.

    Attributes:
        ids: of the rows, those that are gone too.
        documents: on which they stand, or stood.
        codes: that they have, or had.
    """

    ids: frozenset[int]
    documents: frozenset[int]
    codes: frozenset[int]


def position(connection: Connection) -> int:
    """The last step that is not undone; 0 before the first. To be kept for `touched_since`."""
    last = next_undo(connection)
    return last.id if last is not None else 0


def touched_since(connection: Connection, table_name: str, since: int) -> Touched | None:
    """The rows that steps, undo and redo changed in a table with columns `document_id` and `code_id`.

    Args:
        connection: to the project.
        table_name: of the table.
        since: the `position` when it was asked last; it must be asked after each change that touches the table.

    Returns:
        The rows of all steps between then and now, and of the last one, for it may have been added to; None if there
        are too many changes to look at.
    """
    now = position(connection)
    low, high = sorted((since, now))
    of_steps = ((change.c.step_id > low) & (change.c.step_id <= high)) | (change.c.step_id == now)
    some = select(change.c.id).where(of_steps).limit(_TOO_MANY).subquery()
    if connection.execute(select(func.count()).select_from(some)).scalar_one() >= _TOO_MANY:
        return None
    columns = (change.c.action, change.c.row_id, change.c.before, change.c.after)
    ids: set[int] = set()
    documents: set[int] = set()
    codes: set[int] = set()
    for action, row_id, *sides in connection.execute(
        select(*columns).where(of_steps, change.c.table_name == table_name)
    ):
        if action not in _ONE_ROW:
            return None
        ids.add(row_id)
        for side in sides:
            if side is not None:
                row = json.loads(side)
                documents.add(row["document_id"])
                codes.add(row["code_id"])
    table = metadata.tables[table_name]
    for portion in portions(sorted(ids)):
        for document_id, code_id in connection.execute(
            select(table.c.document_id, table.c.code_id).where(table.c.id.in_(portion))
        ):
            documents.add(document_id)
            codes.add(code_id)
    return Touched(frozenset(ids), frozenset(documents), frozenset(codes))
