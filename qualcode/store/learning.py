"""What people decided and coded, for a model to learn from; and the models that were made of it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select, update

from qualcode.model.segment import Origin
from qualcode.model.suggestion import Status
from qualcode.store.database import Database
from qualcode.store.schema import code, coder, decision, learned_model, segment, suggestion


class Decided(NamedTuple):
    """What a person decided last about a suggestion."""

    document_id: int
    start: int
    end: int
    code_key: str
    verdict: Status


class Coded(NamedTuple):
    """A segment of a person."""

    document_id: int
    start: int
    end: int
    code_key: str
    origin: Origin


class Pending(NamedTuple):
    """A suggestion that waits for a decision."""

    document_id: int
    start: int
    end: int
    code_key: str


@dataclass(frozen=True, slots=True)
class ModelRecord:
    """A model that was made; it is made again from the decisions when it is needed."""

    id: int
    card: Mapping[str, Any]
    is_in_use: bool
    coder: str
    made_at: str


def decided(db: Database) -> list[Decided]:
    """The last decision of a person on each suggestion, by place."""
    last = (
        select(func.max(decision.c.id).label("id"))
        .join(coder, decision.c.coder_id == coder.c.id)
        .where(coder.c.is_person == 1)
        .group_by(decision.c.suggestion_id)
        .subquery()
    )
    rows = db.connection.execute(
        select(suggestion.c.document_id, suggestion.c.start, suggestion.c.end, code.c.key, decision.c.verdict)
        .join(decision, decision.c.suggestion_id == suggestion.c.id)
        .join(last, last.c.id == decision.c.id)
        .join(code, suggestion.c.code_id == code.c.id)
        .order_by(suggestion.c.document_id, suggestion.c.start, suggestion.c.end, suggestion.c.id)
    )
    return [Decided(row[0], row[1], row[2], row[3], Status(row[4])) for row in rows]


def coded(db: Database) -> list[Coded]:
    """The segments of people, by place."""
    rows = db.connection.execute(
        select(segment.c.document_id, segment.c.start, segment.c.end, code.c.key, segment.c.origin)
        .join(coder, segment.c.coder_id == coder.c.id)
        .join(code, segment.c.code_id == code.c.id)
        .where(coder.c.is_person == 1)
        .order_by(segment.c.document_id, segment.c.start, segment.c.end, segment.c.id)
    )
    return [Coded(row[0], row[1], row[2], row[3], Origin(row[4])) for row in rows]


def pending(db: Database) -> list[Pending]:
    """What waits for a decision, by place."""
    rows = db.connection.execute(
        select(suggestion.c.document_id, suggestion.c.start, suggestion.c.end, code.c.key)
        .join(code, suggestion.c.code_id == code.c.id)
        .where(suggestion.c.status == Status.SUGGESTED)
        .order_by(suggestion.c.document_id, suggestion.c.start, suggestion.c.end, suggestion.c.id)
    )
    return [Pending(*row) for row in rows]


def add_model(db: Database, card: Mapping[str, Any], coder_id: int) -> None:
    """Note a model as the one in use; inside a step."""
    put_out_of_use(db)
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    noted = json.dumps(card, ensure_ascii=False)
    db.connection.execute(insert(learned_model).values(card=noted, is_in_use=1, coder_id=coder_id, made_at=now))


def put_out_of_use(db: Database) -> None:
    """No model is in use any longer; inside a step."""
    db.connection.execute(update(learned_model).where(learned_model.c.is_in_use == 1).values(is_in_use=0))


def models(db: Database) -> list[ModelRecord]:
    """All models that were used, oldest first."""
    rows = db.connection.execute(
        select(learned_model, coder.c.name.label("coder"))
        .join(coder, learned_model.c.coder_id == coder.c.id)
        .order_by(learned_model.c.id)
    )
    return [ModelRecord(row.id, json.loads(row.card), bool(row.is_in_use), row.coder, row.made_at) for row in rows]
