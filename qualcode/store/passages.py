"""Every turn and every answer, of whomever, with who speaks in it: what a search goes through."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from sqlalchemy import func, select

from qualcode.model.case import NO_GROUP
from qualcode.model.document import DocumentKind, SpeakerRole
from qualcode.store.cases import group_names
from qualcode.store.database import Database
from qualcode.store.schema import case, document, question, session, speaker, text, turn


class Spoken(NamedTuple):
    """A turn or an answer.

    Attributes:
        label: who speaks, as the transcript or the survey names them; "" for nobody.
        case_id: the respondent, None for moderators, several at once, and turns that name nobody.
        group: the respondent's group, "" where there is no respondent.
    """

    start: int
    end: int
    label: str
    is_moderator: bool
    case_id: int | None
    group: str


class Source(NamedTuple):
    """A document, as a list of finds names it."""

    id: int
    name: str
    is_survey: bool
    session: str
    question: str
    language: str


def sources(db: Database) -> dict[int, Source]:
    """All documents by id, in the order of import."""
    rows = db.connection.execute(
        select(
            document.c.id,
            document.c.name,
            document.c.kind == DocumentKind.ANSWER.value,
            func.coalesce(session.c.name, ""),
            func.coalesce(question.c.text, ""),
            document.c.language,
        )
        .outerjoin(session, document.c.session_id == session.c.id)
        .outerjoin(question, document.c.question_id == question.c.id)
        .order_by(document.c.id)
    )
    return {row[0]: Source(*row) for row in rows.all()}


def passages(db: Database) -> dict[int, list[Spoken]]:
    """The turns of each transcript in order, and each answer as one; a transcript without turns is one too."""
    groups = group_names(db)
    found: dict[int, list[Spoken]] = defaultdict(list)
    same_label = speaker.c.label.is_not_distinct_from(turn.c.label)
    turns = db.connection.execute(
        select(
            document.c.id, turn.c.start, turn.c.end, turn.c.label, speaker.c.role, speaker.c.case_id, case.c.group_id
        )
        .join(turn, turn.c.text_id == document.c.text_id)
        .outerjoin(speaker, (speaker.c.document_id == document.c.id) & same_label)
        .outerjoin(case, case.c.id == speaker.c.case_id)
        .order_by(document.c.id, turn.c.start, turn.c.id)
    )
    for id, start, end, label, role, case_id, group_id in turns.all():
        group = groups.get(group_id, NO_GROUP) if case_id is not None else ""
        found[id].append(Spoken(start, end, label or "", role == SpeakerRole.MODERATOR, case_id, group))
    others = db.connection.execute(
        select(document.c.id, text.c.n_characters, case.c.ident, document.c.case_id, case.c.group_id)
        .join(text, document.c.text_id == text.c.id)
        .outerjoin(case, case.c.id == document.c.case_id)
    )
    for id, length, ident, case_id, group_id in others.all():
        if id not in found:
            group = groups.get(group_id, NO_GROUP) if case_id is not None else ""
            found[id].append(Spoken(0, length, ident or "", False, case_id, group))
    return found
