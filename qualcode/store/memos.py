"""Memos on the project and on documents, respondents, codes and segments."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, Select, Table, delete, func, insert, select, update

from qualcode.model.memo import Memo, Subject, SubjectKind
from qualcode.model.segment import Coder
from qualcode.store.database import Database
from qualcode.store.schema import code, coder, memo, segment

_COLUMNS: dict[SubjectKind, Column[Any]] = {
    SubjectKind.DOCUMENT: memo.c.document_id,
    SubjectKind.RESPONDENT: memo.c.case_id,
    SubjectKind.CODE: memo.c.code_id,
    SubjectKind.SEGMENT: memo.c.segment_id,
}


def all_memos(db: Database) -> list[Memo]:
    """All memos, the oldest first."""
    return _memos(db, _query())


def of_subject(db: Database, subject: Subject) -> list[Memo]:
    """The memos on one thing, the oldest first; on the project those that are on nothing else."""
    return _memos(db, _query().where(*_on(subject)))


def get(db: Database, memo_id: int) -> Memo | None:
    """A memo, None if it is gone."""
    return next(iter(_memos(db, _query().where(memo.c.id == memo_id))), None)


def ids_with_memos(db: Database, kind: SubjectKind) -> frozenset[int]:
    """Which documents, respondents, codes or segments have a memo."""
    column = _COLUMNS[kind]
    return frozenset(db.connection.execute(select(column).where(column.is_not(None)).distinct()).scalars())


def n_of_codes(db: Database, code_ids: list[int], hidden_coders: Collection[int] = ()) -> int:
    """How many memos some codes and their segments have; without those on the segments of some coders."""
    on_segments = select(segment.c.id).where(segment.c.code_id.in_(code_ids), segment.c.coder_id.not_in(hidden_coders))
    wanted = memo.c.code_id.in_(code_ids) | memo.c.segment_id.in_(on_segments)
    return int(db.connection.execute(select(func.count()).select_from(memo).where(wanted)).scalar_one())


def add(db: Database, subject: Subject, title: str, content: str, writer: Coder) -> int:
    """Add a memo; returns its id."""
    now = _now()
    values: dict[str, Any] = {"title": title, "content": content, "coder_id": writer.id, "made_at": now}
    if subject.kind is not SubjectKind.PROJECT:
        values[_COLUMNS[subject.kind].name] = subject.id
    result = db.connection.execute(insert(memo).values(**values, changed_at=now))
    return int(result.inserted_primary_key[0])  # type: ignore[index]  # SQLAlchemy types it as optional


def change(db: Database, memo_id: int, title: str, content: str) -> None:
    """Give a memo another title and content."""
    values = {"title": title, "content": content, "changed_at": _now()}
    db.connection.execute(update(memo).where(memo.c.id == memo_id).values(values))


def remove(db: Database, memo_id: int) -> None:
    """Take a memo away."""
    db.connection.execute(delete(memo).where(memo.c.id == memo_id))


def adopt(db: Database, kind: SubjectKind, source_id: int, target_id: int) -> None:
    """Put all memos on one thing onto another of its kind."""
    column = _COLUMNS[kind]
    db.connection.execute(update(memo).where(column == source_id).values({column.name: target_id}))


def adopt_doubles(db: Database, source_code_id: int, target_code_id: int) -> None:
    """Before two codes become one: memos on a segment that its coder has under both go to the one that is kept."""
    kept = segment.alias()
    doubles = (
        select(segment.c.id, kept.c.id)
        .join(
            kept,
            (kept.c.document_id == segment.c.document_id)
            & (kept.c.start == segment.c.start)
            & (kept.c.end == segment.c.end)
            & (kept.c.coder_id == segment.c.coder_id),
        )
        .join(memo, memo.c.segment_id == segment.c.id)
        .where(segment.c.code_id == source_code_id, kept.c.code_id == target_code_id)
    )
    for source_id, target_id in db.connection.execute(doubles).all():
        adopt(db, SubjectKind.SEGMENT, source_id, target_id)


def code_of_segments(db: Database, segment_ids: list[int]) -> dict[int, tuple[int, int, int, str]]:
    """(document, start, end, code's key) of some segments, by id."""
    found: dict[int, tuple[int, int, int, str]] = {}
    query = select(segment.c.id, segment.c.document_id, segment.c.start, segment.c.end, code.c.key)
    query = query.join(code, code.c.id == segment.c.code_id)
    for first in range(0, len(segment_ids), 500):
        some = segment_ids[first : first + 500]
        for id, *rest in db.connection.execute(query.where(segment.c.id.in_(some))).all():
            found[id] = (rest[0], rest[1], rest[2], rest[3])
    return found


def _on(subject: Subject) -> list[Any]:
    if subject.kind is SubjectKind.PROJECT:
        return [column.is_(None) for column in _COLUMNS.values()]
    return [_COLUMNS[subject.kind] == subject.id]


def _query() -> Select[Any]:
    on: Table = memo
    return select(on, coder.c.name.label("coder")).join(coder, coder.c.id == on.c.coder_id).order_by(on.c.id)


def _memos(db: Database, query: Select[Any]) -> list[Memo]:
    found = []
    for row in db.connection.execute(query).all():
        values = row._mapping
        on = ((kind, values[column.name]) for kind, column in _COLUMNS.items())
        subject = next((Subject(kind, id) for kind, id in on if id is not None), Subject())
        found.append(Memo(row.id, subject, row.title, row.content, row.coder, row.made_at, row.changed_at))
    return found


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
