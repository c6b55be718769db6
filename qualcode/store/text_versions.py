"""Versions of a document's text: a correction adds one, what stood on the old one is carried along."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, insert, select, update

from qualcode.model.alignment import Alignment
from qualcode.model.carrying import Tally
from qualcode.model.document import Turn
from qualcode.model.segment import Origin, Span
from qualcode.store import carried_rows
from qualcode.store.database import Database
from qualcode.store.documents import add_text
from qualcode.store.schema import coder, document, lost_segment, original, superseded_text, text, turn


class Superseded(NamedTuple):
    """A version of a text that another has replaced.

    Attributes:
        id: of the row.
        text_id: the text as it was.
        original_id: the file that the version came from, or was corrected from.
        file: the name of that file.
        coder: who replaced it.
        reason: why, "" if nobody said.
        made_at: when it was replaced, in UTC.
    """

    id: int
    text_id: int
    original_id: int | None
    file: str
    coder: str
    reason: str
    made_at: str


class LostSegment(NamedTuple):
    """A coding whose words are gone; the position is one in the superseded text."""

    superseded_text_id: int
    span: Span
    words: str
    code_id: int
    coder: str
    origin: Origin


class Current(NamedTuple):
    """The text of a document as it stands now, and the file that it came from."""

    text_id: int
    original_id: int | None
    file: str
    content: str


def current(db: Database, document_id: int) -> Current | None:
    """A document's text with its file; None if there is no such document."""
    row = db.connection.execute(
        select(document.c.text_id, document.c.original_id, original.c.name, text.c.content)
        .join(text, text.c.id == document.c.text_id)
        .outerjoin(original, original.c.id == document.c.original_id)
        .where(document.c.id == document_id)
    ).first()
    return Current(row.text_id, row.original_id, row.name or "", row.content) if row else None


def superseded(db: Database, document_id: int) -> list[Superseded]:
    """The versions that were replaced, oldest first."""
    rows = db.connection.execute(
        select(
            superseded_text.c.id,
            superseded_text.c.text_id,
            superseded_text.c.original_id,
            original.c.name,
            coder.c.name,
            superseded_text.c.reason,
            superseded_text.c.made_at,
        )
        .join(coder, coder.c.id == superseded_text.c.coder_id)
        .outerjoin(original, original.c.id == superseded_text.c.original_id)
        .where(superseded_text.c.document_id == document_id)
        .order_by(superseded_text.c.id)
    )
    return [Superseded(id, text_id, file_id, name or "", *rest) for id, text_id, file_id, name, *rest in rows]


def in_file(db: Database, document_id: int) -> int:
    """The text of a document as it was read from its file, before corrections; its id."""
    now = db.connection.execute(
        select(document.c.text_id, document.c.original_id).where(document.c.id == document_id)
    ).one()
    first = db.connection.execute(
        select(superseded_text.c.text_id)
        .where(superseded_text.c.document_id == document_id, superseded_text.c.original_id == now.original_id)
        .order_by(superseded_text.c.id)
    ).scalar()
    return int(now.text_id if first is None else first)


def n_versions(db: Database) -> dict[int, int]:
    """How many versions the text of each document has whose text was corrected or read again."""
    query = select(superseded_text.c.document_id, func.count()).group_by(superseded_text.c.document_id)
    return {document_id: n + 1 for document_id, n in db.connection.execute(query)}


def content(db: Database, text_id: int) -> str:
    """One text, of whatever version."""
    return str(db.connection.execute(select(text.c.content).where(text.c.id == text_id)).scalar_one())


def lost(db: Database, document_id: int) -> list[LostSegment]:
    """The codings of a document whose words are gone, in the order in which they were lost."""
    rows = db.connection.execute(
        select(lost_segment, coder.c.name, text.c.content)
        .join(superseded_text, superseded_text.c.id == lost_segment.c.superseded_text_id)
        .join(text, text.c.id == superseded_text.c.text_id)
        .join(coder, coder.c.id == lost_segment.c.coder_id)
        .where(superseded_text.c.document_id == document_id)
        .order_by(lost_segment.c.id)
    )
    return [
        LostSegment(
            row.superseded_text_id,
            Span(row.start, row.end),
            row.content[row.start : row.end],
            row.code_id,
            row.name,
            Origin(row.origin),
        )
        for row in rows
    ]


def give_lost(db: Database, source_code_id: int, target_code_id: int) -> None:
    """Let the lost codings of a code be told as those of another one."""
    of_source = update(lost_segment).where(lost_segment.c.code_id == source_code_id)
    db.connection.execute(of_source.values(code_id=target_code_id))


def turns_of_text(db: Database, text_id: int) -> list[Turn]:
    """The turns of a text in order; none for an answer."""
    rows = db.connection.execute(
        select(turn.c.label, turn.c.start, turn.c.end, turn.c.begins, turn.c.ends)
        .where(turn.c.text_id == text_id)
        .order_by(turn.c.start, turn.c.id)
    )
    return [Turn(*row) for row in rows]


def replace_text(
    db: Database,
    document_id: int,
    alignment: Alignment,
    turns: Sequence[Turn],
    *,
    coder_id: int,
    reason: str = "",
    original_id: int | None = None,
) -> Tally:
    """Give a document a new version of its text, and carry along all that stands on it; inside a step.

    Args:
        db: the project.
        document_id: whose text.
        alignment: of the text as it stands now and the new one.
        turns: of the new text; none for an answer.
        coder_id: who does it.
        reason: why.
        original_id: the file that the new text was read from; None for a correction.

    Returns:
        how many segments were kept, changed, moved and lost.
    """
    before = db.connection.execute(
        select(document.c.text_id, document.c.original_id).where(document.c.id == document_id)
    ).one()
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    row = db.connection.execute(
        insert(superseded_text).values(
            document_id=document_id,
            text_id=before.text_id,
            original_id=before.original_id,
            coder_id=coder_id,
            reason=reason,
            made_at=now,
        )
    )
    superseded_id = int(row.inserted_primary_key[0])  # type: ignore[index]  # SQLAlchemy types it as optional
    values = {"text_id": add_text(db, alignment.new, turns)}
    if original_id is not None:
        values["original_id"] = original_id
    db.connection.execute(update(document).where(document.c.id == document_id).values(values))
    return carried_rows.carry_rows(db, document_id, alignment, superseded_id)


def set_file(db: Database, document_id: int, original_id: int) -> None:
    """Note another file that holds the text from which the present one was corrected, or is it."""
    of_document = document.c.id == document_id
    before = db.connection.execute(select(document.c.original_id).where(of_document)).scalar_one()
    db.connection.execute(update(document).where(of_document).values(original_id=original_id))
    corrected = superseded_text.c.document_id == document_id, superseded_text.c.original_id == before
    db.connection.execute(update(superseded_text).where(*corrected).values(original_id=original_id))


def set_reading(db: Database, document_id: int, language: str, notes: Sequence[str]) -> None:
    """Note what else was found in the file of a new version."""
    noted = json.dumps(list(notes), ensure_ascii=False)
    changed = update(document).where(document.c.id == document_id)
    changed = changed.where((document.c.language != language) | (document.c.notes != noted))
    db.connection.execute(changed.values(language=language, notes=noted))


def set_is_answer(db: Database, document_id: int, is_answer: bool) -> None:
    """Say whether a corrected cell answers its question."""
    changed = update(document).where(document.c.id == document_id, document.c.is_answer != int(is_answer))
    db.connection.execute(changed.values(is_answer=int(is_answer)))
