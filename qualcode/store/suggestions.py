"""Suggestions and the decisions about them."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, delete, func, select, update

from qualcode.model.segment import Span
from qualcode.model.suggestion import Decision, Status, Suggestion
from qualcode.store import segments
from qualcode.store.database import Database
from qualcode.store.portions import portions
from qualcode.store.schema import (
    case,
    coder,
    decision,
    document,
    question,
    respondent_group,
    segment,
    speaker,
    suggestion,
)

_ONE_BY_ONE = 50
"""Up to so many suggestions are looked up singly; for more it is sooner to read all of a coder's segments."""


class Waiting(NamedTuple):
    """A suggestion that waits for a decision, as short as a list of many thousands needs it."""

    id: int
    document_id: int
    code_id: int
    start: int
    end: int
    score: float


def _suggestion(row: Row[tuple[Any, ...]]) -> Suggestion:
    return Suggestion(
        row.id,
        row.document_id,
        row.code_id,
        Span(row.start, row.end),
        row.rule,
        row.evidence,
        row.score,
        Status(row.status),
        tuple(Span(start, end) for start, end in json.loads(row.evidence_spans)),
        row.against,
        row.learned,
    )


def of_document(db: Database, document_id: int, *, status: Status | None = Status.SUGGESTED) -> list[Suggestion]:
    """The suggestions of a document by position, of one status or all."""
    query = select(suggestion).where(suggestion.c.document_id == document_id)
    if status is not None:
        query = query.where(suggestion.c.status == status)
    return [_suggestion(row) for row in db.connection.execute(query.order_by(suggestion.c.start, suggestion.c.id))]


def of_documents(db: Database, document_ids: Sequence[int]) -> list[Suggestion]:
    """The suggestions of some documents that wait for a decision, by document and position."""
    ids = sorted(document_ids)
    query = select(suggestion).where(suggestion.c.status == Status.SUGGESTED)
    query = query.order_by(suggestion.c.document_id, suggestion.c.start, suggestion.c.id)
    return [
        _suggestion(row)
        for first in range(0, len(ids), 500)
        for row in db.connection.execute(query.where(suggestion.c.document_id.in_(ids[first : first + 500])))
    ]


def n_of_codes(db: Database, code_ids: Sequence[int]) -> int:
    """How many suggestions of some codes wait for a decision."""
    query = select(func.count()).select_from(suggestion).where(suggestion.c.status == Status.SUGGESTED)
    return int(db.connection.execute(query.where(suggestion.c.code_id.in_(code_ids))).scalar_one())


def some(db: Database, ids: Sequence[int]) -> list[Suggestion]:
    """Suggestions by id."""
    return [
        _suggestion(row)
        for first in range(0, len(ids), 500)
        for row in db.connection.execute(select(suggestion).where(suggestion.c.id.in_(ids[first : first + 500])))
    ]


def pending(db: Database) -> list[Suggestion]:
    """All that wait for a decision, by document and position."""
    query = select(suggestion).where(suggestion.c.status == Status.SUGGESTED)
    order = (suggestion.c.document_id, suggestion.c.start, suggestion.c.id)
    return [_suggestion(row) for row in db.connection.execute(query.order_by(*order))]


def waiting(db: Database, ids: Sequence[int] | None = None) -> list[Waiting]:
    """What waits for a decision, by document and position, without rules and evidence.

    Args:
        ids: only these few; all if None.
    """
    shown = (suggestion.c[name] for name in Waiting._fields)
    query = select(*shown).where(suggestion.c.status == Status.SUGGESTED)
    if ids is not None:
        query = query.where(suggestion.c.id.in_(ids))
    order = (suggestion.c.document_id, suggestion.c.start, suggestion.c.end, suggestion.c.id)
    return list(map(Waiting._make, db.connection.execute(query.order_by(*order)).all()))


def waiting_ids(db: Database) -> list[int]:
    """The ids of all that wait for a decision."""
    query = select(suggestion.c.id).where(suggestion.c.status == Status.SUGGESTED)
    return list(db.connection.execute(query).scalars().all())


def n_all(db: Database) -> int:
    """How many there are, decided or not."""
    return int(db.connection.execute(select(func.count()).select_from(suggestion)).scalar_one())


def n_pending(db: Database) -> int:
    """How many wait for a decision."""
    query = select(func.count()).select_from(suggestion).where(suggestion.c.status == Status.SUGGESTED)
    return int(db.connection.execute(query).scalar_one())


def accept(db: Database, accepted: Sequence[Suggestion], coder_id: int) -> None:
    """Make each suggestion a segment of the coder by a recorded decision."""
    known = _known_segments(db, accepted, coder_id)
    next_id = db.next_id(segment)
    new: list[tuple[object, ...]] = []
    ids: list[int | None] = []
    for each in accepted:
        span = each.span
        existing = known.get((each.document_id, span.start, span.end, each.code_id))
        if existing is None:
            existing = next_id + len(new)
            new.append(
                (existing, each.document_id, span.start, span.end, each.code_id, coder_id, each.origin.value, each.id)
            )
        ids.append(existing)
    db.insert_rows(segment, ["id", *segments.COLUMNS], new)
    _decide(db, accepted, coder_id, Status.ACCEPTED, "", ids)


def _known_segments(db: Database, wanted: Sequence[Suggestion], coder_id: int) -> dict[tuple[int, int, int, int], int]:
    """Segments that a coder has already: ids by document, start, end and code."""
    if len(wanted) <= _ONE_BY_ONE:
        found = [segments.find(db, each.document_id, each.span, each.code_id, coder_id) for each in wanted]
        return {
            (each.document_id, each.span.start, each.span.end, each.code_id): each.id
            for each in found
            if each is not None
        }
    query = select(segment.c.id, segment.c.document_id, segment.c.start, segment.c.end, segment.c.code_id)
    rows = db.connection.execute(query.where(segment.c.coder_id == coder_id))
    return {(row.document_id, row.start, row.end, row.code_id): row.id for row in rows}


def reject(db: Database, rejected: Sequence[Suggestion], coder_id: int, reason: str) -> None:
    """Record that a coder rejects the suggestions."""
    _decide(db, rejected, coder_id, Status.REJECTED, reason, [None] * len(rejected))


def change(db: Database, changed: Suggestion, coder_id: int, segment_id: int, reason: str = "") -> None:
    """Record that a coder accepts a suggestion with another code or extent: the segment that was made instead."""
    _decide(db, [changed], coder_id, Status.CHANGED, reason, [segment_id])


def keep_reasons(db: Database, reasons: Iterable[tuple[int, int, int, int, str, str, float]]) -> None:
    """Keep why codings from elsewhere were made: suggestions that `settle_by_segments` takes as accepted.

    Args:
        reasons: (document id, start, end, code id, rule, evidence, score); those whose place has a suggestion are left.
    """
    key = (suggestion.c.document_id, suggestion.c.start, suggestion.c.end, suggestion.c.code_id)
    known = {tuple(row) for row in db.connection.execute(select(*key))}
    rows = {}
    for *place, rule, evidence, score in reasons:
        if tuple(place) not in known:
            rows[tuple(place)] = (*place, rule, evidence, "[]", "", round(score, 4), Status.SUGGESTED.value)
    columns = ["document_id", "start", "end", "code_id", "rule", "evidence", "evidence_spans", "against", "score"]
    db.insert_rows(suggestion, [*columns, "status"], list(rows.values()))


def settle_by_segments(db: Database) -> None:
    """Take each suggestion that waits for a decision as accepted where a segment has its span and code already."""
    same_place = (
        (segment.c.document_id == suggestion.c.document_id)
        & (segment.c.start == suggestion.c.start)
        & (segment.c.end == suggestion.c.end)
        & (segment.c.code_id == suggestion.c.code_id)
    )
    query = (
        select(suggestion, segment.c.id.label("segment_id"), segment.c.coder_id)
        .join(segment, same_place)
        .where(suggestion.c.status == Status.SUGGESTED)
        .order_by(suggestion.c.id, segment.c.id.desc())
    )
    found = {row.id: row for row in db.connection.execute(query)}  # of several coders, the first
    for row in found.values():
        linked = update(segment).where(segment.c.id == row.segment_id, segment.c.suggestion_id.is_(None))
        db.connection.execute(linked.values(suggestion_id=row.id))
        _decide(db, [_suggestion(row)], row.coder_id, Status.ACCEPTED, "", [row.segment_id])


def ids_of_code(db: Database, code_id: int) -> list[int]:
    """The ids of all suggestions of one code, decided or not."""
    return list(db.connection.execute(select(suggestion.c.id).where(suggestion.c.code_id == code_id)).scalars())


def remove(db: Database, suggestion_ids: Sequence[int]) -> None:
    """Take suggestions away, with what was decided about them."""
    for some in portions(suggestion_ids):
        db.connection.execute(delete(suggestion).where(suggestion.c.id.in_(some)))


def doubles(db: Database, source_id: int, target_id: int) -> list[int]:
    """The ids of a code's suggestions for whose span another code has one too."""
    doubled = suggestion.alias()
    twice = (
        select(suggestion.c.id)
        .join(
            doubled,
            (doubled.c.document_id == suggestion.c.document_id)
            & (doubled.c.start == suggestion.c.start)
            & (doubled.c.end == suggestion.c.end),
        )
        .where(suggestion.c.code_id == source_id, doubled.c.code_id == target_id)
    )
    return list(db.connection.execute(twice).scalars())


def recode(db: Database, suggestion_ids: Sequence[int], target_id: int) -> None:
    """Give suggestions to another code."""
    for some in portions(suggestion_ids):
        db.connection.execute(update(suggestion).where(suggestion.c.id.in_(some)).values(code_id=target_id))


def _decide(
    db: Database,
    decided: Sequence[Suggestion],
    coder_id: int,
    verdict: Status,
    reason: str,
    segment_ids: Sequence[int | None],
) -> None:
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    db.insert_rows(
        decision,
        ["suggestion_id", "coder_id", "verdict", "reason", "segment_id", "made_at"],
        [
            (each.id, coder_id, verdict.value, reason, segment_id, now)
            for each, segment_id in zip(decided, segment_ids, strict=True)
        ],
    )
    ids = [each.id for each in decided]
    for first in range(0, len(ids), 500):
        some_ids = ids[first : first + 500]
        db.connection.execute(update(suggestion).where(suggestion.c.id.in_(some_ids)).values(status=verdict.value))


def decisions(db: Database) -> list[Decision]:
    """All decisions, oldest first."""
    rows = db.connection.execute(select(decision).order_by(decision.c.id))
    return [
        Decision(row.id, row.suggestion_id, row.coder_id, Status(row.verdict), row.reason, row.segment_id)
        for row in rows
    ]


def reasons(db: Database) -> dict[int, tuple[str, str, float | None]]:
    """(rule, evidence, score) of each suggestion, by id."""
    query = select(suggestion.c.id, suggestion.c.rule, suggestion.c.evidence, suggestion.c.score)
    return {id: (rule, evidence, score) for id, rule, evidence, score in db.connection.execute(query)}


def last_decisions(db: Database, n: int, hidden_coders: Collection[int] = ()) -> list[tuple[Suggestion, Status]]:
    """The latest decisions of people with what was decided about, newest first; without those of some coders."""
    rows = db.connection.execute(
        select(suggestion, decision.c.verdict)
        .join(decision, decision.c.suggestion_id == suggestion.c.id)
        .join(coder, decision.c.coder_id == coder.c.id)
        .where(coder.c.is_person == 1, coder.c.id.not_in(hidden_coders))
        .order_by(decision.c.id.desc())
        .limit(n)
    )
    return [(_suggestion(row), Status(row.verdict)) for row in rows]


def verdicts(db: Database, code_id: int) -> list[tuple[str, Status, int]]:
    """What people decided about the suggestions of a code: (rule, verdict, how often)."""
    rows = db.connection.execute(
        select(suggestion.c.rule, decision.c.verdict, func.count())
        .join(decision, decision.c.suggestion_id == suggestion.c.id)
        .join(coder, decision.c.coder_id == coder.c.id)
        .where(suggestion.c.code_id == code_id, coder.c.is_person == 1)
        .group_by(suggestion.c.rule, decision.c.verdict)
    )
    return [(rule, Status(verdict), n) for rule, verdict, n in rows]


def n_decided(db: Database) -> dict[Status, int]:
    """How many decisions of people there are, by verdict."""
    rows = db.connection.execute(
        select(decision.c.verdict, func.count())
        .join(coder, decision.c.coder_id == coder.c.id)
        .where(coder.c.is_person == 1)
        .group_by(decision.c.verdict)
    )
    return {Status(verdict): n for verdict, n in rows}


def last_document(db: Database) -> int:
    """The highest id of a document, 0 if there is none."""
    return int(db.connection.execute(select(func.coalesce(func.max(document.c.id), 0))).scalar_one())


def fingerprint_of_texts(db: Database, last: int) -> str:
    """Changes when a text that rules look through changes, or who says it, up to a document's id."""
    group = respondent_group.c.name
    queries = (
        select(document.c.id, document.c.text_id, document.c.is_answer, question.c.text, document.c.case_id, group)
        .outerjoin(question, document.c.question_id == question.c.id)
        .outerjoin(case, document.c.case_id == case.c.id)
        .outerjoin(respondent_group, case.c.group_id == respondent_group.c.id)
        .where(document.c.id <= last)
        .order_by(document.c.id),
        select(speaker.c.id, speaker.c.label, speaker.c.role, speaker.c.case_id, group)
        .outerjoin(case, speaker.c.case_id == case.c.id)
        .outerjoin(respondent_group, case.c.group_id == respondent_group.c.id)
        .where(speaker.c.document_id <= last)
        .order_by(speaker.c.id),
    )
    found = hashlib.sha256()
    for query in queries:
        found.update(repr([tuple(row) for row in db.connection.execute(query).all()]).encode())
    return found.hexdigest()[:16]


def document_ids(db: Database) -> set[int]:
    """The documents that suggestions may stand on now."""
    return set(db.connection.execute(select(document.c.id)).scalars())
