"""Who speaks in a transcript: the labels of its source with their roles and respondents."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select, update

from qualcode.i18n import folded
from qualcode.model.document import SpeakerRole
from qualcode.store.database import Database
from qualcode.store.schema import attribute, case, document, memo, session, speaker, summary


class Speaker(NamedTuple):
    """A label of a transcript with how it counts."""

    id: int
    label: str | None
    role: SpeakerRole
    case_id: int | None


def of_document(db: Database, document_id: int) -> list[Speaker]:
    """The speakers of a transcript in the order of import."""
    query = select(speaker.c.id, speaker.c.label, speaker.c.role, speaker.c.case_id)
    rows = db.connection.execute(query.where(speaker.c.document_id == document_id).order_by(speaker.c.id))
    return [Speaker(id, label, SpeakerRole(role), case_id) for id, label, role, case_id in rows]


def respondents(db: Database) -> list[tuple[str, str, str | None, int]]:
    """(session, document, label, case id) of each respondent who speaks; the session is "" for a text without one."""
    rows = db.connection.execute(
        select(func.coalesce(session.c.name, ""), document.c.name, speaker.c.label, speaker.c.case_id)
        .join(document, document.c.id == speaker.c.document_id)
        .outerjoin(session, session.c.id == document.c.session_id)
        .where(speaker.c.case_id.is_not(None))
        .order_by(speaker.c.id)
    )
    return [(place, name, label, case_id) for place, name, label, case_id in rows]


def set_speakers(
    db: Database, document_id: int, wanted: Collection[tuple[str | None, SpeakerRole, int | None]]
) -> list[int]:
    """Let exactly these speak in a transcript: (label, role, case id) of each; inside a step.

    A respondent who speaks nowhere any longer, and of whom nothing is noted, goes with the label.

    Returns:
        respondents who speak nowhere any longer but stay for what is noted of them.
    """
    known = {each.label: each for each in of_document(db, document_id)}
    labels = set()
    for label, role, case_id in wanted:
        labels.add(label)
        before = known.get(label)
        if before is None:
            values = {"document_id": document_id, "label": label, "role": role.value, "case_id": case_id}
            db.connection.execute(insert(speaker).values(values))
        elif (before.role, before.case_id) != (role, case_id):
            changed = update(speaker).where(speaker.c.id == before.id)
            db.connection.execute(changed.values(role=role.value, case_id=case_id))
    gone = [each.id for label, each in known.items() if label not in labels]
    if gone:
        db.connection.execute(delete(speaker).where(speaker.c.id.in_(gone)))
    left = {each.case_id for each in known.values() if each.case_id is not None}
    speaking = db.connection.execute(select(speaker.c.case_id).where(speaker.c.case_id.in_(left))).scalars()
    return _without_speech(db, left - set(speaking))


def _without_speech(db: Database, case_ids: Collection[int]) -> list[int]:
    """Take respondents away of whom nothing is noted; returns the others."""
    noted: set[int] = set()
    for table in (attribute, memo, summary):
        noted |= set(db.connection.execute(select(table.c.case_id).where(table.c.case_id.in_(case_ids))).scalars())
    noted |= set(
        db.connection.execute(select(case.c.id).where(case.c.id.in_(case_ids), case.c.survey_id.is_not(None))).scalars()
    )
    silent = set(case_ids) - noted
    if silent:
        db.connection.execute(delete(case).where(case.c.id.in_(silent)))
    return sorted(noted)


def same_label(one: str | None, other: str | None) -> bool:
    """Whether two labels mean the same: without case, white space collapsed."""
    return folded(one or "") == folded(other or "") and (one is None) == (other is None)
