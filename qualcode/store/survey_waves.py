"""What stands in the project of a survey that is read again: its files, its respondents and what they answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import func, insert, select, update

from qualcode.model.case import NO_GROUP
from qualcode.store.cases import group_names
from qualcode.store.database import Database
from qualcode.store.schema import (
    asked_question,
    attribute,
    case,
    document,
    original,
    superseded_text,
    survey,
    survey_file,
    text,
)


class KnownSurvey(NamedTuple):
    """A survey of the project, with the SHA-256 of each of its files."""

    id: int
    sha256s: frozenset[str]


class KnownAnswer(NamedTuple):
    """An answer as it stands now, and as it stood in the file that it was read from last."""

    document_id: int
    name: str
    content: str
    in_file: str


@dataclass(slots=True)
class KnownRespondent:
    """A respondent of a survey with what the project knows of them.

    Attributes:
        answers: by question id.
        facts: closed answers and other attributes, by name.
    """

    id: int
    ident: str
    group: str
    answers: dict[int, KnownAnswer] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)


def known_surveys(db: Database) -> dict[str, KnownSurvey]:
    """All surveys by name."""
    hashes: dict[tuple[str, int], set[str]] = defaultdict(set)
    first = select(survey.c.name, survey.c.id, original.c.sha256).join(original, survey.c.original_id == original.c.id)
    further = (
        select(survey.c.name, survey.c.id, original.c.sha256)
        .join(survey_file, survey_file.c.survey_id == survey.c.id)
        .join(original, original.c.id == survey_file.c.original_id)
    )
    for query in (first, further):
        for name, id, sha in db.connection.execute(query):
            hashes[name, id].add(sha)
    return {name: KnownSurvey(id, frozenset(shas)) for (name, id), shas in hashes.items()}


def add_file(db: Database, survey_id: int, original_id: int) -> None:
    """Note a further file of a survey: a companion of an export, or a later wave."""
    first = db.connection.execute(select(survey.c.original_id).where(survey.c.id == survey_id)).scalar()
    known = select(survey_file.c.id).where(
        survey_file.c.survey_id == survey_id, survey_file.c.original_id == original_id
    )
    if original_id != first and db.connection.execute(known).first() is None:
        db.connection.execute(insert(survey_file).values(survey_id=survey_id, original_id=original_id))


def add_questions(db: Database, survey_id: int, questions: Sequence[int]) -> None:
    """Note that a survey asked these questions, too."""
    known = set(
        db.connection.execute(
            select(asked_question.c.question_id).where(asked_question.c.survey_id == survey_id)
        ).scalars()
    )
    new = [{"survey_id": survey_id, "question_id": each} for each in questions if each not in known]
    db.insert_many(asked_question, new)


def respondents(db: Database, survey_id: int) -> list[KnownRespondent]:
    """The respondents of a survey in the order of import, with their answers and closed answers."""
    query = select(case.c.id, case.c.ident, case.c.group_id).where(case.c.survey_id == survey_id).order_by(case.c.id)
    groups = group_names(db)
    found = {
        id: KnownRespondent(id, ident, groups.get(group_id, NO_GROUP))
        for id, ident, group_id in db.connection.execute(query)
    }
    of_survey = select(case.c.id).where(case.c.survey_id == survey_id)
    in_file = _texts_in_files(db, of_survey)
    rows = db.connection.execute(
        select(document.c.case_id, document.c.question_id, document.c.id, document.c.name, text.c.content)
        .join(text, text.c.id == document.c.text_id)
        .where(document.c.case_id.in_(of_survey))
    )
    for case_id, question_id, document_id, name, content in rows:
        was = in_file.get(document_id, content)
        found[case_id].answers[question_id] = KnownAnswer(document_id, name, content, was)
    facts = select(attribute.c.case_id, attribute.c.name, attribute.c.value)
    for case_id, name, value in db.connection.execute(facts.where(attribute.c.case_id.in_(of_survey))):
        found[case_id].facts[name] = value
    return list(found.values())


def _texts_in_files(db: Database, of_survey: object) -> dict[int, str]:
    """What corrected answers were in the file that they were read from last, by document."""
    first = (
        select(func.min(superseded_text.c.id))
        .join(document, document.c.id == superseded_text.c.document_id)
        .where(superseded_text.c.original_id == document.c.original_id, document.c.case_id.in_(of_survey))  # type: ignore[arg-type]
        .group_by(superseded_text.c.document_id)
    )
    rows = db.connection.execute(
        select(superseded_text.c.document_id, text.c.content)
        .join(text, text.c.id == superseded_text.c.text_id)
        .where(superseded_text.c.id.in_(first))
    )
    return {document_id: content for document_id, content in rows}  # noqa: C416 - a Result is no iterable of pairs


def set_facts(db: Database, changed: Mapping[int, Mapping[str, str]]) -> None:
    """Write closed answers that are new or were changed, by respondent and name."""
    new = []
    for case_id, values in changed.items():
        for name, value in values.items():
            done = db.connection.execute(
                update(attribute).where(attribute.c.case_id == case_id, attribute.c.name == name).values(value=value)
            )
            if not done.rowcount:
                new.append((case_id, name, value))
    db.insert_rows(attribute, ["case_id", "name", "value"], new)


def free_names(db: Database, wanted: Sequence[str]) -> list[str]:
    """Names for new documents; one that is taken gets " (2)", " (3)" ..."""
    taken: Collection[str] = set(db.connection.execute(select(document.c.name)).scalars())
    return distinct(wanted, taken)


def distinct(wanted: Sequence[str], taken: Collection[str]) -> list[str]:
    """Names that differ from each other and from some that are taken."""
    used = set(taken)
    found = []
    for name in wanted:
        free, number = name, 2
        while free in used:
            free = f"{name} ({number})"
            number += 1
        used.add(free)
        found.append(free)
    return found
