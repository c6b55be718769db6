"""The files that came in, byte for byte."""

from __future__ import annotations

from sqlalchemy import func, select

from qualcode.store.database import Database
from qualcode.store.schema import original


def all_originals(db: Database) -> list[tuple[int, str, str, int]]:
    """(id, name, SHA-256, size in bytes) of each file in the order of import."""
    query = select(original.c.id, original.c.name, original.c.sha256, func.length(original.c.content))
    return [(id, name, sha, size) for id, name, sha, size in db.connection.execute(query.order_by(original.c.id))]


def content(db: Database, original_id: int) -> bytes:
    """One file."""
    return bytes(db.connection.execute(select(original.c.content).where(original.c.id == original_id)).scalar_one())
