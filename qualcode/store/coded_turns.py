"""How many turns and answers hold coded words, document by document."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby

from sqlalchemy import select

from qualcode.model.document import DocumentKind, SpeakerRole
from qualcode.store.database import Database
from qualcode.store.schema import document, segment, speaker, turn

Span = tuple[int, int]


def turns_coded(
    db: Database, hidden_coders: Collection[int] = (), document_ids: Collection[int] | None = None
) -> dict[int, tuple[int, int]]:
    """Turns of respondents, and answers that count, that a segment touches.

    Args:
        db: where they stand.
        hidden_coders: ids of coders whose segments are left out.
        document_ids: only these few documents; all if None.

    Returns:
        (how many hold coded words, how many there are) by document. Of answers, only those that are coded: (1, 1).
    """
    spans: dict[int, list[Span]] = {}
    coded = select(segment.c.document_id, segment.c.start, segment.c.end)
    coded = coded.where(segment.c.coder_id.not_in(hidden_coders)).distinct()
    spoken = (
        select(document.c.id, turn.c.start, turn.c.end)
        .join(turn, turn.c.text_id == document.c.text_id)
        .outerjoin(
            speaker, (speaker.c.document_id == document.c.id) & speaker.c.label.is_not_distinct_from(turn.c.label)
        )
        .where(document.c.kind != DocumentKind.ANSWER, turn.c.end > turn.c.start)
        .where(speaker.c.role.is_(None) | (speaker.c.role != SpeakerRole.MODERATOR))
    )
    answered = select(document.c.id).where(document.c.kind == DocumentKind.ANSWER, document.c.is_answer == 1)
    if document_ids is not None:
        coded = coded.where(segment.c.document_id.in_(document_ids))
        spoken = spoken.where(document.c.id.in_(document_ids))
        answered = answered.where(document.c.id.in_(document_ids))
    for document_id, start, end in db.connection.execute(coded.order_by(segment.c.document_id, segment.c.start)):
        spans.setdefault(document_id, []).append((start, end))
    found: dict[int, tuple[int, int]] = {}
    turns = db.connection.execute(spoken.order_by(document.c.id, turn.c.start))
    for document_id, rows in groupby(turns.all(), key=lambda row: row[0]):
        of_document = [(row[1], row[2]) for row in rows]
        found[document_id] = _n_touched(of_document, spans.get(document_id, [])), len(of_document)
    for document_id in db.connection.execute(answered).scalars():
        if document_id in spans:
            found[document_id] = (1, 1)
    return found


def _n_touched(turns: list[Span], spans: list[Span]) -> int:
    """How many of some turns share a letter with one of some spans; both in order, the turns apart."""
    n = at = 0
    reach = -1  # the furthest end of the spans that begin before the turn does
    for start, end in turns:
        while at < len(spans) and spans[at][0] < end:
            reach = max(reach, spans[at][1])
            at += 1
        n += reach > start
    return n
