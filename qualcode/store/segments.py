"""Segments and who made them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Column, Row, delete, func, insert, select, update

from qualcode.model.segment import Coder, Origin, Segment, Span
from qualcode.store.database import Database
from qualcode.store.portions import portions
from qualcode.store.schema import coder, segment

COLUMNS = ["document_id", "start", "end", "code_id", "coder_id", "origin", "suggestion_id"]
"""Ids in one query: SQLite takes no more than 32,766, older builds 999."""


SegmentRow = tuple[int, int, int, int, int, int]
"""Id, document, start, end, code and coder of a segment."""

_LAST = 500  # segments of a project that are looked through for the codes given last
_ORIGINS = {origin.value: origin for origin in Origin}


def _segment(row: Row[Any]) -> Segment:
    id, document_id, start, end, code_id, coder_id, origin, suggestion_id = tuple(row)  # by place: faster by far
    return Segment(id, document_id, Span(start, end), code_id, coder_id, _ORIGINS[origin], suggestion_id)


def of_document(db: Database, document_id: int) -> list[Segment]:
    """The segments of a document by position."""
    query = select(segment).where(segment.c.document_id == document_id)
    return [_segment(row) for row in db.connection.execute(query.order_by(segment.c.start, segment.c.end))]


def rows_of_documents(db: Database, document_ids: Sequence[int]) -> list[SegmentRow]:
    """The segments of some documents as plain tuples, by document and position: for screens that show thousands."""
    return _rows(db, segment.c.document_id, document_ids)


def rows(db: Database, segment_ids: Collection[int]) -> list[SegmentRow]:
    """Some segments as plain tuples, by document and position; those that are gone are left out."""
    return _rows(db, segment.c.id, segment_ids)


def _rows(db: Database, column: Column[int], ids: Collection[int]) -> list[SegmentRow]:
    columns = [segment.c[name] for name in ("id", "document_id", "start", "end", "code_id", "coder_id")]
    order = (segment.c.document_id, segment.c.start, segment.c.end)
    return [
        tuple(row)
        for some in portions(sorted(ids))
        for row in db.connection.execute(select(*columns).where(column.in_(some)).order_by(*order)).all()
    ]


def of_documents(db: Database, document_ids: Sequence[int]) -> list[Segment]:
    """The segments of some documents by document and position."""
    order = (segment.c.document_id, segment.c.start, segment.c.end)
    return [
        _segment(row)
        for some in portions(sorted(document_ids))
        for row in db.connection.execute(select(segment).where(segment.c.document_id.in_(some)).order_by(*order)).all()
    ]


def touching(db: Database, document_id: int, span: Span) -> list[Segment]:
    """The segments of a document that share a letter with a span, by position."""
    there = (segment.c.document_id == document_id) & (segment.c.start < span.end) & (segment.c.end > span.start)
    order = (segment.c.start, segment.c.end, segment.c.id)
    return [_segment(row) for row in db.connection.execute(select(segment).where(there).order_by(*order))]


def is_coded(db: Database, document_id: int, span: Span, code_id: int, coder_id: int) -> bool:
    """Whether a coder gave a code to some letter of a span."""
    mine = (segment.c.document_id == document_id) & (segment.c.code_id == code_id) & (segment.c.coder_id == coder_id)
    there = mine & (segment.c.start < span.end) & (segment.c.end > span.start)
    return db.connection.execute(select(segment.c.start).where(there).limit(1)).first() is not None


def of_code(db: Database, code_id: int) -> list[Segment]:
    """The segments of one code by document and position."""
    query = select(segment).where(segment.c.code_id == code_id)
    order = (segment.c.document_id, segment.c.start, segment.c.end)
    return [_segment(row) for row in db.connection.execute(query.order_by(*order))]


def codes_given_last(db: Database, coder_name: str) -> list[int]:
    """The codes that a coder gave by hand, the latest first, each once; of the last segments of the project only."""
    last = select(segment).order_by(segment.c.id.desc()).limit(_LAST).subquery()
    query = select(last.c.code_id).join(coder, coder.c.id == last.c.coder_id)
    query = query.where(coder.c.name == coder_name, last.c.origin == Origin.MANUAL.value)
    return list(dict.fromkeys(db.connection.execute(query.order_by(last.c.id.desc())).scalars()))


def get(db: Database, segment_id: int) -> Segment | None:
    """One segment, None if it is gone."""
    row = db.connection.execute(select(segment).where(segment.c.id == segment_id)).first()
    return _segment(row) if row else None


def find(db: Database, document_id: int, span: Span, code_id: int, coder_id: int) -> Segment | None:
    """The segment of one coder, code and span, None if there is none."""
    row = db.connection.execute(
        select(segment).where(
            segment.c.document_id == document_id,
            segment.c.start == span.start,
            segment.c.end == span.end,
            segment.c.code_id == code_id,
            segment.c.coder_id == coder_id,
        )
    ).first()
    return _segment(row) if row else None


def add(
    db: Database,
    document_id: int,
    span: Span,
    code_id: int,
    coder_id: int,
    origin: Origin,
    suggestion_id: int | None = None,
) -> Segment:
    """Add a segment."""
    values = (document_id, span.start, span.end, code_id, coder_id, origin.value, suggestion_id)
    result = db.connection.execute(insert(segment).values(dict(zip(COLUMNS, values, strict=True))))
    new_id = int(result.inserted_primary_key[0])  # type: ignore[index]  # SQLAlchemy types it as optional
    return Segment(new_id, document_id, span, code_id, coder_id, origin, suggestion_id)


def add_many(db: Database, places: Sequence[tuple[int, Span]], code_id: int, coder_id: int, origin: Origin) -> None:
    """Add segments of one code and coder at (document id, span)."""
    rows = ((document_id, span.start, span.end, code_id, coder_id, origin.value, None) for document_id, span in places)
    db.insert_rows(segment, COLUMNS, rows)


def places_of(db: Database, document_ids: Iterable[int], code_id: int, coder_id: int) -> set[tuple[int, Span]]:
    """Where in some documents a coder has given a code: (document id, span)."""
    query = select(segment.c.document_id, segment.c.start, segment.c.end)
    query = query.where(segment.c.code_id == code_id, segment.c.coder_id == coder_id)
    return {
        (row.document_id, Span(row.start, row.end))
        for some in portions(sorted(document_ids))
        for row in db.connection.execute(query.where(segment.c.document_id.in_(some)))
    }


def remove(db: Database, segment_ids: Sequence[int]) -> None:
    """Take segments away."""
    for some in portions(segment_ids):
        db.connection.execute(delete(segment).where(segment.c.id.in_(some)))


def ids_of_code(db: Database, code_id: int) -> list[int]:
    """The ids of the segments of one code."""
    return list(db.connection.execute(select(segment.c.id).where(segment.c.code_id == code_id)).scalars())


def doubles(db: Database, source_id: int, target_id: int) -> list[int]:
    """The ids of a code's segments whose span its coder has under another code too."""
    doubled = segment.alias()
    twice = (
        select(segment.c.id)
        .join(
            doubled,
            (doubled.c.document_id == segment.c.document_id)
            & (doubled.c.start == segment.c.start)
            & (doubled.c.end == segment.c.end)
            & (doubled.c.coder_id == segment.c.coder_id),
        )
        .where(segment.c.code_id == source_id, doubled.c.code_id == target_id)
    )
    return list(db.connection.execute(twice).scalars())


def recode(db: Database, segment_ids: Sequence[int], target_id: int) -> None:
    """Give segments to another code."""
    for some in portions(segment_ids):
        db.connection.execute(update(segment).where(segment.c.id.in_(some)).values(code_id=target_id))


def change_code(db: Database, segment_id: int, code_id: int) -> None:
    """Give one segment another code."""
    db.connection.execute(update(segment).where(segment.c.id == segment_id).values(code_id=code_id))


def change_span(db: Database, segment_id: int, span: Span) -> None:
    """Give one segment another extent."""
    values = {"start": span.start, "end": span.end}
    db.connection.execute(update(segment).where(segment.c.id == segment_id).values(values))


def n_by_coder(db: Database, code_ids: Sequence[int]) -> dict[int, int]:
    """How many segments of some codes each coder made, by coder id."""
    query = select(segment.c.coder_id, func.count()).where(segment.c.code_id.in_(code_ids))
    return {row[0]: row[1] for row in db.connection.execute(query.group_by(segment.c.coder_id))}


def n_segments(db: Database, hidden_coders: Collection[int] = ()) -> int:
    """All segments of all coders, or of all but some."""
    query = select(func.count()).select_from(segment)
    if hidden_coders:  # without this SQLite counts without looking into any row
        query = query.where(segment.c.coder_id.not_in(hidden_coders))
    return int(db.connection.execute(query).scalar_one())


def keys(db: Database) -> set[tuple[int, int, int, int, int]]:
    """(document, start, end, code, coder) of each segment."""
    query = select(segment.c.document_id, segment.c.start, segment.c.end, segment.c.code_id, segment.c.coder_id)
    return {tuple(row) for row in db.connection.execute(query)}


def coder_named(db: Database, name: str) -> Coder | None:
    """A coder by name, None if nobody of that name has coded."""
    row = db.connection.execute(select(coder).where(coder.c.name == name)).first()
    return Coder(row.id, row.name, bool(row.is_person)) if row else None


def coder_for(db: Database, name: str, *, is_person: bool = True) -> Coder:
    """A coder by name, added when new; inside a step."""
    known = coder_named(db, name)
    if known is not None:
        return known
    result = db.connection.execute(insert(coder).values(name=name, is_person=int(is_person)))
    return Coder(int(result.inserted_primary_key[0]), name, is_person)  # type: ignore[index]  # typed as optional


def all_coders(db: Database) -> list[Coder]:
    """Everybody who has coded, rule sets too."""
    return [
        Coder(row.id, row.name, bool(row.is_person))
        for row in db.connection.execute(select(coder).order_by(coder.c.id))
    ]
