"""Carries all that stands on a text to its next version: segments, suggestions, settlements, units of samples."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, Table, delete, func, select, update

from qualcode.model.alignment import Alignment
from qualcode.model.carrying import Carried, Fate, Tally, carry
from qualcode.model.memo import SubjectKind
from qualcode.model.segment import Span
from qualcode.model.suggestion import Status
from qualcode.store import memos
from qualcode.store.database import Database
from qualcode.store.portions import portions
from qualcode.store.schema import (
    chosen_quotation,
    lost_segment,
    memo,
    sample_unit,
    segment,
    settlement,
    suggestion,
)

_AWAY = 1 << 32
"""Added to positions that wait for their new place, so that no two rows are ever at one place."""


@dataclass(slots=True)
class _Plan:
    """What becomes of the rows of a table.

    Attributes:
        moves: (id, old span, new span) of rows that get another place.
        doubles: (id, id of the row that stays) of rows whose place is taken already.
        gone: ids of rows whose words are gone.
        fates: of all rows.
    """

    moves: list[tuple[int, Span, Span]] = field(default_factory=list)
    doubles: list[tuple[int, int]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    fates: list[Fate] = field(default_factory=list)


def carry_rows(db: Database, document_id: int, alignment: Alignment, superseded_text_id: int) -> Tally:
    """Carry all that stands on a document's text to the new version of it; inside a step.

    A segment whose words are gone is written down as lost, and its memos become memos of the document. Where two rows
    of one kind come to stand at one place, they become one.

    Args:
        db: the project.
        document_id: whose text changed.
        alignment: of the old text and the new one.
        superseded_text_id: the row of the old version.

    Returns:
        how many segments had which fate.
    """
    plan = _carry_segments(db, document_id, alignment, superseded_text_id)
    _carry_suggestions(db, document_id, alignment)
    _carry_others(db, settlement, ("code_id",), document_id, alignment)
    _carry_others(db, sample_unit, ("sample_id",), document_id, alignment)
    return Tally.of(plan.fates)


def _carry_segments(db: Database, document_id: int, alignment: Alignment, superseded_text_id: int) -> _Plan:
    rows = _rows_of(db, segment, document_id)
    plan = _planned(rows, carry(alignment, _spans(rows)), ("code_id", "coder_id"))
    lost = set(plan.gone)
    db.insert_many(
        lost_segment,
        [
            {
                "superseded_text_id": superseded_text_id,
                "start": row.start,
                "end": row.end,
                "code_id": row.code_id,
                "coder_id": row.coder_id,
                "origin": row.origin,
            }
            for row in rows
            if row.id in lost
        ],
    )
    for some in portions(plan.gone):
        freed = update(memo).where(memo.c.segment_id.in_(some))
        db.connection.execute(freed.values(segment_id=None, document_id=document_id))
    for id, stays in plan.doubles:
        unite(db, id, stays)
    _carry_out(db, segment, plan)
    return plan


def unite(db: Database, segment_id: int, stays: int) -> None:
    """Give what hangs on a segment that is about to go to another one: memos, and its choice for the report."""
    memos.adopt(db, SubjectKind.SEGMENT, segment_id, stays)
    chosen = select(func.count()).select_from(chosen_quotation).where(chosen_quotation.c.segment_id == stays)
    if not db.connection.execute(chosen).scalar_one():
        moved = update(chosen_quotation).where(chosen_quotation.c.segment_id == segment_id)
        db.connection.execute(moved.values(segment_id=stays))


def _carry_suggestions(db: Database, document_id: int, alignment: Alignment) -> None:
    """Suggestions go along; one that waits and whose evidence was corrected has no reason any longer, and goes."""
    rows = _rows_of(db, suggestion, document_id)
    if not rows:
        return
    evidence = [[Span(start, end) for start, end in json.loads(row.evidence_spans)] for row in rows]
    every = list(dict.fromkeys(span for spans in evidence for span in spans))
    places = dict(zip(every, carry(alignment, every), strict=True))
    baseless = {
        row.id
        for row, spans in zip(rows, evidence, strict=True)
        if row.status == Status.SUGGESTED and any(places[span].fate not in (Fate.KEPT, Fate.MOVED) for span in spans)
    }
    decided_first = sorted(rows, key=lambda row: (row.status == Status.SUGGESTED, row.id))
    found = carry(alignment, _spans(decided_first))
    plan = _planned(decided_first, found, ("code_id",), baseless)
    _carry_out(db, suggestion, plan)
    taken_out = {*plan.gone, *(id for id, _stays in plan.doubles)}
    changed = []
    for row, spans in zip(rows, evidence, strict=True):
        now = [places[span].span for span in spans]
        if row.id not in taken_out and now != spans:
            kept = [[span.start, span.end] for span in now if span is not None]
            changed.append((json.dumps(kept), row.id))
    if changed:
        db.connection.exec_driver_sql("UPDATE suggestion SET evidence_spans = ? WHERE id = ?", changed)


def _carry_others(db: Database, table: Table, key: tuple[str, ...], document_id: int, alignment: Alignment) -> None:
    rows = _rows_of(db, table, document_id)
    _carry_out(db, table, _planned(rows, carry(alignment, _spans(rows)), key))


def _rows_of(db: Database, table: Table, document_id: int) -> Sequence[Row[Any]]:
    query = select(table).where(table.c.document_id == document_id)
    return db.connection.execute(query.order_by(table.c.start, table.c.end, table.c.id)).all()


def _spans(rows: Sequence[Row[Any]]) -> list[Span]:
    return [Span(row.start, row.end) for row in rows]


def _planned(
    rows: Sequence[Row[Any]], found: Sequence[Carried], key: tuple[str, ...], baseless: Collection[int] = ()
) -> _Plan:
    """What becomes of rows of which only one may stand at a place with the same values of `key`."""
    plan = _Plan()
    taken: dict[tuple[object, ...], int] = {}
    for row, carried in zip(rows, found, strict=True):
        plan.fates.append(carried.fate)
        if carried.span is None or row.id in baseless:
            plan.gone.append(row.id)
            continue
        place = (carried.span, *(getattr(row, name) for name in key))
        if place in taken:
            plan.doubles.append((row.id, taken[place]))
            continue
        taken[place] = row.id
        before = Span(row.start, row.end)
        if carried.span != before:
            plan.moves.append((row.id, before, carried.span))
    return plan


def _carry_out(db: Database, table: Table, plan: _Plan) -> None:
    """Delete and move rows so that no two are at one place at any moment, whatever order undo takes them in."""
    for some in portions([*plan.gone, *(id for id, _stays in plan.doubles)]):
        db.connection.execute(delete(table).where(table.c.id.in_(some)))
    moves = plan.moves
    if not moves:
        return
    left = {old for _id, old, _new in moves}
    statement = f'UPDATE "{table.name}" SET "start" = ?, "end" = ? WHERE id = ?'
    if any(new in left for _id, _old, new in moves):
        away = [(_AWAY + old.start, _AWAY + old.end, id) for id, old, _new in moves]
        db.connection.exec_driver_sql(statement, away)
    db.connection.exec_driver_sql(statement, [(new.start, new.end, id) for id, _old, new in moves])
