"""Changes of who the respondents are: merged, moved, renamed, made moderators and back; and of their attributes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, delete, func, select, update

from qualcode.model.document import SpeakerRole
from qualcode.store.database import Database
from qualcode.store.portions import portions
from qualcode.store.schema import (
    attribute,
    case,
    document,
    memo,
    respondent_group,
    session,
    speaker,
    summary,
    turn,
)


class Spoken(NamedTuple):
    """A label of a transcript, whoever stands behind it.

    Attributes:
        session: "" for a text without one.
        case_id: None for moderators, several at once, and turns that name nobody.
        n_words: in this transcript.
    """

    id: int
    document: str
    session: str
    label: str | None
    role: SpeakerRole
    case_id: int | None
    n_words: int


def spoken(db: Database, *, only_without_case: bool = False) -> list[Spoken]:
    """The labels of all transcripts in the order of import."""
    query: Select[Any] = (
        select(
            speaker.c.id,
            document.c.name,
            func.coalesce(session.c.name, ""),
            speaker.c.label,
            speaker.c.role,
            speaker.c.case_id,
            func.coalesce(func.sum(turn.c.n_words), 0),
        )
        .join(document, document.c.id == speaker.c.document_id)
        .outerjoin(session, session.c.id == document.c.session_id)
        .outerjoin(turn, (turn.c.text_id == document.c.text_id) & turn.c.label.is_not_distinct_from(speaker.c.label))
        .group_by(speaker.c.id)
        .order_by(speaker.c.id)
    )
    if only_without_case:
        query = query.where(speaker.c.case_id.is_(None))
    rows = db.connection.execute(query)
    return [Spoken(id, name, place, label, SpeakerRole(role), who, n) for id, name, place, label, role, who, n in rows]


def idents(db: Database, case_ids: Collection[int]) -> dict[int, str]:
    """The labels of some respondents by id; who is not there is left out."""
    found: dict[int, str] = {}
    for some in portions(sorted(case_ids)):
        rows = db.connection.execute(select(case.c.id, case.c.ident).where(case.c.id.in_(some)))
        found |= {row.id: row.ident for row in rows}
    return found


def with_answers(db: Database, case_ids: Collection[int]) -> set[int]:
    """Those of some respondents who stand for a row of a survey."""
    found: set[int] = set()
    for some in portions(sorted(case_ids)):
        found |= set(
            db.connection.execute(select(case.c.id).where(case.c.id.in_(some), case.c.survey_id.is_not(None))).scalars()
        )
        query = select(document.c.case_id).where(document.c.case_id.in_(some))
        found |= {each for each in db.connection.execute(query).scalars() if each is not None}
    return found


def set_group(db: Database, case_ids: Collection[int], group_id: int | None) -> None:
    """Put respondents into a group; None for no group."""
    for some in portions(sorted(case_ids)):
        db.connection.execute(update(case).where(case.c.id.in_(some)).values(group_id=group_id))


def rename(db: Database, case_id: int, ident: str) -> None:
    """Give a respondent another label; the key stays."""
    db.connection.execute(update(case).where(case.c.id == case_id).values(ident=ident))


def rename_group(db: Database, group_id: int, name: str) -> None:
    """Give a group another name."""
    db.connection.execute(update(respondent_group).where(respondent_group.c.id == group_id).values(name=name))


def merge(db: Database, source_id: int, target_id: int) -> None:
    """Give all that one respondent said, and all that is noted of them, to another; then delete the first.

    Attributes and summaries that both have stay as the other has them; a summary is joined to the other's.
    """
    run = db.connection.execute
    run(update(speaker).where(speaker.c.case_id == source_id).values(case_id=target_id))
    run(update(document).where(document.c.case_id == source_id).values(case_id=target_id))
    run(update(memo).where(memo.c.case_id == source_id).values(case_id=target_id))
    own = set(run(select(attribute.c.name).where(attribute.c.case_id == target_id)).scalars())
    run(
        update(attribute)
        .where(attribute.c.case_id == source_id, attribute.c.name.not_in(own))
        .values(case_id=target_id)
    )
    rows = run(select(summary.c.code_id, summary.c.content).where(summary.c.case_id == target_id))
    written = {row.code_id: row.content for row in rows}
    for code_id, content in run(
        select(summary.c.code_id, summary.c.content).where(summary.c.case_id == source_id)
    ).all():
        place = (summary.c.case_id == target_id, summary.c.code_id == code_id)
        if code_id in written:
            run(update(summary).where(*place).values(content=f"{written[code_id]}\n{content}"))
        else:
            moved = update(summary).where(summary.c.case_id == source_id, summary.c.code_id == code_id)
            run(moved.values(case_id=target_id))
    facts = run(select(case.c.survey_id, case.c.group_id).where(case.c.id == source_id)).one()
    target = run(select(case.c.survey_id, case.c.group_id).where(case.c.id == target_id)).one()
    values: dict[str, int | None] = {}
    if target.survey_id is None and facts.survey_id is not None:
        values["survey_id"] = facts.survey_id
    if target.group_id is None and facts.group_id is not None:
        values["group_id"] = facts.group_id
    if values:
        run(update(case).where(case.c.id == target_id).values(values))
    run(delete(case).where(case.c.id == source_id))


def set_role(db: Database, case_ids: Collection[int], role: SpeakerRole) -> None:
    """Let the labels of respondents count as a moderator's or as several people's; the respondents are gone.

    Memos on them become entries of the project's journal.
    """
    for some in portions(sorted(case_ids)):
        labels = update(speaker).where(speaker.c.case_id.in_(some))
        db.connection.execute(labels.values(role=role.value, case_id=None))
        db.connection.execute(update(memo).where(memo.c.case_id.in_(some)).values(case_id=None))
        db.connection.execute(delete(case).where(case.c.id.in_(some)))


def set_respondent(db: Database, speaker_ids: Collection[int], role: SpeakerRole, case_id: int | None) -> None:
    """Let labels count as a respondent's, or as another role without one."""
    for some in portions(sorted(speaker_ids)):
        labels = update(speaker).where(speaker.c.id.in_(some))
        db.connection.execute(labels.values(role=role.value, case_id=case_id))


def set_attributes(db: Database, rows: Sequence[tuple[int, str, str]]) -> None:
    """Set attributes: (respondent, name, value) each; a blank value takes the attribute away."""
    known: dict[tuple[int, str], tuple[int, str]] = {}
    for some in portions(sorted({row[0] for row in rows})):
        query = select(attribute).where(attribute.c.case_id.in_(some))
        known |= {(row.case_id, row.name): (row.id, row.value) for row in db.connection.execute(query)}
    new: dict[tuple[int, str], str] = {}
    gone: list[tuple[int]] = []
    changed: list[tuple[str, int]] = []
    for case_id, name, value in rows:
        before = known.get((case_id, name))
        if before is None:
            if value:
                new[case_id, name] = value
        elif not value:
            gone.append((before[0],))
        elif value != before[1]:
            changed.append((value, before[0]))
    run = db.connection.exec_driver_sql
    if gone:
        run("DELETE FROM attribute WHERE id = ?", gone)
    if changed:
        run("UPDATE attribute SET value = ? WHERE id = ?", changed)
    db.insert_rows(attribute, ["case_id", "name", "value"], ((*place, value) for place, value in new.items()))


def remove_attribute(db: Database, name: str) -> None:
    """Take an attribute away from everybody."""
    db.connection.execute(delete(attribute).where(attribute.c.name == name))


def remove_empty_groups(db: Database, group_ids: Collection[int]) -> None:
    """Take those of some groups away that nobody belongs to."""
    for group_id in group_ids:
        if not db.connection.execute(select(func.count()).where(case.c.group_id == group_id)).scalar_one():
            db.connection.execute(delete(respondent_group).where(respondent_group.c.id == group_id))


def group_ids(db: Database, case_ids: Collection[int]) -> set[int]:
    """The groups of some respondents."""
    found: set[int] = set()
    for some in portions(sorted(case_ids)):
        rows = db.connection.execute(select(case.c.group_id).where(case.c.id.in_(some)).distinct()).scalars()
        found |= {each for each in rows if each is not None}
    return found
