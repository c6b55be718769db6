"""Filters that were given a name."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import delete, insert, select, update

from qualcode.store.database import Database
from qualcode.store.schema import saved_filter


def all_filters(db: Database) -> list[tuple[str, list[str], str, str]]:
    """(name, filters as they are typed, search, how the search is read) of each, by name."""
    rows = db.connection.execute(select(saved_filter.c.name, saved_filter.c.terms).order_by(saved_filter.c.name))
    found = []
    for name, terms in rows.all():
        kept = json.loads(terms)
        found.append((name, list(kept.get("filters", [])), kept.get("query", ""), kept.get("mode", "words")))
    return found


def put(db: Database, name: str, filters: Sequence[str], query: str, mode: str) -> None:
    """Keep a filter under a name, in place of the one that has it."""
    terms = json.dumps({"filters": list(filters), "query": query, "mode": mode}, ensure_ascii=False)
    known = db.connection.execute(select(saved_filter.c.id).where(saved_filter.c.name == name)).scalar()
    if known is None:
        db.connection.execute(insert(saved_filter).values(name=name, terms=terms))
    else:
        db.connection.execute(update(saved_filter).where(saved_filter.c.id == known).values(terms=terms))


def remove(db: Database, name: str) -> None:
    """Forget a filter."""
    db.connection.execute(delete(saved_filter).where(saved_filter.c.name == name))
