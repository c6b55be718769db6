"""The quotations that somebody chose for the report."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from qualcode.store.database import Database
from qualcode.store.schema import chosen_quotation


@dataclass(frozen=True, slots=True)
class ChosenQuotation:
    """A segment that the report shall quote; `is_negative`: it speaks against its theme."""

    segment_id: int
    is_negative: bool
    note: str


def all_chosen(db: Database) -> dict[int, ChosenQuotation]:
    """What was chosen, by segment, in the order in which it was chosen."""
    query = select(chosen_quotation.c.segment_id, chosen_quotation.c.is_negative, chosen_quotation.c.note)
    rows = db.connection.execute(query.order_by(chosen_quotation.c.id))
    return {segment: ChosenQuotation(segment, bool(negative), note) for segment, negative, note in rows}


def choose(db: Database, segment_id: int, coder_id: int, *, is_negative: bool = False, note: str = "") -> None:
    """Choose a segment for the report; one that is chosen already takes the new mark and note."""
    leave_out(db, segment_id)
    db.connection.execute(
        insert(chosen_quotation).values(
            segment_id=segment_id,
            is_negative=int(is_negative),
            note=note,
            coder_id=coder_id,
            made_at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        )
    )


def leave_out(db: Database, segment_id: int) -> None:
    """Take a segment out of what was chosen."""
    db.connection.execute(delete(chosen_quotation).where(chosen_quotation.c.segment_id == segment_id))
