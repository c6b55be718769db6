"""Samples for coding by two or more, and what coders settled."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, func, insert, select, update

from qualcode.model.double_coding import Sample, Settlement
from qualcode.store.database import Database
from qualcode.store.schema import coder, sample, sample_unit, settlement

Place = tuple[int, int, int]
"""(document id, start, end)."""


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def all_samples(db: Database) -> list[Sample]:
    """All samples in the order in which they were drawn."""
    n = select(func.count()).where(sample_unit.c.sample_id == sample.c.id).scalar_subquery()
    rows = db.connection.execute(
        select(sample.c.id, sample.c.name, n, sample.c.details, sample.c.made_at).order_by(sample.c.id)
    )
    return [Sample(id, name, n_units, json.loads(details), at) for id, name, n_units, details, at in rows]


def add_sample(db: Database, name: str, details: Mapping[str, object], places: Sequence[Place]) -> int:
    """Keep a sample; returns its id."""
    noted = json.dumps(details, ensure_ascii=False)
    result = db.connection.execute(insert(sample).values(name=name, details=noted, made_at=_now()))
    sample_id = int(result.inserted_primary_key[0])  # type: ignore[index]  # SQLAlchemy types it as optional
    db.insert_rows(sample_unit, ["sample_id", "document_id", "start", "end"], ((sample_id, *each) for each in places))
    return sample_id


def remove_sample(db: Database, sample_id: int) -> None:
    """Forget a sample."""
    db.connection.execute(delete(sample).where(sample.c.id == sample_id))


def places_of(db: Database, sample_id: int) -> list[Place]:
    """The units of a sample by document and position."""
    columns = (sample_unit.c.document_id, sample_unit.c.start, sample_unit.c.end)
    query = select(*columns).where(sample_unit.c.sample_id == sample_id).order_by(*columns)
    return [(document_id, start, end) for document_id, start, end in db.connection.execute(query)]


def settlements(db: Database) -> list[Settlement]:
    """All that was settled, oldest first."""
    query = select(settlement, coder.c.name).join(coder, coder.c.id == settlement.c.coder_id)
    return [
        Settlement(
            row.id, row.document_id, row.start, row.end, row.code_id, bool(row.applies), row.note, row.name, row.made_at
        )
        for row in db.connection.execute(query.order_by(settlement.c.id))
    ]


def settle(db: Database, place: Place, code_id: int, coder_id: int, *, applies: bool, note: str) -> None:
    """Record what was settled about a unit and a code, in place of what was settled before."""
    document_id, start, end = place
    values = {"applies": int(applies), "note": note, "coder_id": coder_id, "made_at": _now()}
    where = (
        (settlement.c.document_id == document_id)
        & (settlement.c.start == start)
        & (settlement.c.end == end)
        & (settlement.c.code_id == code_id)
    )
    if db.connection.execute(select(settlement.c.id).where(where)).scalar() is not None:
        db.connection.execute(update(settlement).where(where).values(values))
        return
    place_values = {"document_id": document_id, "start": start, "end": end, "code_id": code_id}
    db.connection.execute(insert(settlement).values(place_values | values))


def reopen(db: Database, settlement_ids: Sequence[int]) -> None:
    """Forget what was settled."""
    for each in settlement_ids:
        db.connection.execute(delete(settlement).where(settlement.c.id == each))
