"""Summaries in the cells of the framework matrix."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, delete, func, insert, select, update

from qualcode.model.framework import FrameworkRows, Summary
from qualcode.store.database import Database
from qualcode.store.schema import coder, summary


def all_summaries(db: Database, rows: FrameworkRows) -> list[Summary]:
    """The summaries of one matrix, oldest first."""
    column = _column(rows)
    query = (
        select(column, summary.c.code_id, summary.c.content, coder.c.name, summary.c.changed_at)
        .join(coder, coder.c.id == summary.c.coder_id)
        .where(column.is_not(None))
        .order_by(summary.c.id)
    )
    return [Summary(rows, *found) for found in db.connection.execute(query)]


def get(db: Database, rows: FrameworkRows, row_id: int, code_id: int) -> Summary | None:
    """One summary, None if there is none."""
    query = (
        select(summary.c.content, coder.c.name, summary.c.changed_at)
        .join(coder, coder.c.id == summary.c.coder_id)
        .where(_column(rows) == row_id, summary.c.code_id == code_id)
    )
    found = db.connection.execute(query).first()
    return Summary(rows, row_id, code_id, *found) if found else None


def put(db: Database, rows: FrameworkRows, row_id: int, code_id: int, content: str, coder_id: int) -> None:
    """Write a summary in place of what stood there; an empty one takes it away."""
    column = _column(rows)
    where = (column == row_id) & (summary.c.code_id == code_id)
    known = db.connection.execute(select(summary.c.id).where(where)).scalar()
    if not content:
        if known is not None:
            db.connection.execute(delete(summary).where(where))
        return
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    values = {"content": content, "coder_id": coder_id, "changed_at": now}
    if known is not None:
        db.connection.execute(update(summary).where(where).values(values))
        return
    db.connection.execute(insert(summary).values({column.name: row_id, "code_id": code_id, **values}))


def n_of_codes(db: Database, code_ids: Collection[int]) -> int:
    """How many summaries some codes have."""
    query = select(func.count()).select_from(summary).where(summary.c.code_id.in_(code_ids))
    return int(db.connection.execute(query).scalar_one())


def adopt(db: Database, source_id: int, target_id: int) -> None:
    """Give the summaries of a code to another one; in a cell where both have one, they are joined."""
    cells = (summary.c.case_id, summary.c.session_id)
    of_code = select(summary.c.id, *cells, summary.c.content).order_by(summary.c.id)
    rows = db.connection.execute(of_code.where(summary.c.code_id == target_id)).all()
    written = {(row.case_id, row.session_id): row for row in rows}
    for row in db.connection.execute(of_code.where(summary.c.code_id == source_id)).all():
        known = written.get((row.case_id, row.session_id))
        changed = row.id if known is None else known.id
        values = {"code_id": target_id} if known is None else {"content": f"{known.content}\n{row.content}"}
        db.connection.execute(update(summary).where(summary.c.id == changed).values(values))


def _column(rows: FrameworkRows) -> Column[Any]:
    return summary.c.case_id if rows == FrameworkRows.RESPONDENT else summary.c.session_id
