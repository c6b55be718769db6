"""A survey as rows: all respondents who were asked a question, with what they answered and how it is coded."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import case as case_when
from sqlalchemy import func, select

from qualcode.model.case import NO_GROUP
from qualcode.model.document import DocumentKind
from qualcode.model.suggestion import Status
from qualcode.store.cases import group_names
from qualcode.store.database import Database
from qualcode.store.portions import portions
from qualcode.store.schema import asked_question, attribute, case, coder, document, question, segment, suggestion, text

_FILE = func.substr(document.c.name, 1, func.instr(document.c.name + "#", "#") - 1)
"""The file that an answer is from."""


class Asked(NamedTuple):
    """A question that was asked, and of how many respondents."""

    id: int
    text: str
    n_asked: int


class AnswersTo(NamedTuple):
    """The answers to a question in one file.

    Attributes:
        document_ids: in the order of import.
    """

    file: str
    question: str
    document_ids: tuple[int, ...]


class AnswerKinds(NamedTuple):
    """What the answers to a question in one file are.

    Attributes:
        languages: how many are in which language, those that answer nothing too.
        groups: how many of which group answer it; a cell such as "n/a" does not.
    """

    languages: Counter[str]
    groups: Counter[str]


class AnswerRow(NamedTuple):
    """A respondent who was asked a question.

    Attributes:
        group_id: None for a respondent without a group.
        document_id: the answer, None for a blank one.
        n_characters: of the answer, None for a blank one.
        is_answer: whether it counts as an answer, None for a blank one.
    """

    case_id: int
    ident: str
    group_id: int | None
    document_id: int | None
    n_characters: int | None
    is_answer: int | None


def questions(db: Database) -> list[Asked]:
    """The questions that were asked, in the order of import."""
    rows = db.connection.execute(
        select(question.c.id, question.c.text, func.count(case.c.id))
        .join(asked_question, asked_question.c.question_id == question.c.id)
        .join(case, case.c.survey_id == asked_question.c.survey_id)
        .group_by(question.c.id)
        .order_by(question.c.position, question.c.id)
    )
    return [Asked(*row) for row in rows]


def by_question(db: Database) -> list[AnswersTo]:
    """The answers to each question of each file, in the order of import; soon found where there are very many."""
    texts = _question_texts(db)
    # One name stands for all answers that came from one original file; without one, each tells its own.
    own = case_when((document.c.original_id.is_(None), _FILE), else_="")
    kinds = (document.c.question_id, document.c.original_id, own)
    parts = db.connection.execute(
        select(document.c.question_id, func.min(document.c.id), document.c.name, func.group_concat(document.c.id))
        .where(document.c.kind == DocumentKind.ANSWER)
        .group_by(*kinds)
    ).all()
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for question_id, _first, name, listed in sorted(parts, key=lambda row: row[1]):
        found[name.partition("#")[0], texts.get(question_id, "")] += map(int, listed.split(","))
    return [AnswersTo(*key, tuple(sorted(given))) for key, given in found.items()]


def kinds_by_question(db: Database) -> dict[tuple[str, str], AnswerKinds]:
    """What the answers to each question of each file are, by the file and the question."""
    names, texts = group_names(db), _question_texts(db)
    kinds = (document.c.question_id, document.c.is_answer, case.c.group_id, document.c.language, _FILE)
    parts = db.connection.execute(  # very many answers are put together before Python sees them
        select(*kinds, func.count(), func.min(document.c.id))
        .outerjoin(case, case.c.id == document.c.case_id)
        .where(document.c.kind == DocumentKind.ANSWER)
        .group_by(*kinds)
    ).all()
    found: dict[tuple[str, str], AnswerKinds] = {}
    for question_id, counts, group_id, language, file_name, n, _first in sorted(parts, key=lambda row: row[-1]):
        key = (file_name, texts.get(question_id, ""))
        languages, groups = found.setdefault(key, AnswerKinds(Counter(), Counter()))
        languages[language] += n
        if counts:
            groups[names.get(group_id, NO_GROUP)] += n
    return found


def _question_texts(db: Database) -> dict[int | None, str]:
    return {row[0]: row[1] for row in db.connection.execute(select(question.c.id, question.c.text)).all()}


def rows(db: Database, question_id: int) -> list[AnswerRow]:
    """All who were asked a question, in the order of import."""
    asked = select(asked_question.c.survey_id).where(asked_question.c.question_id == question_id)
    is_of_question = document.c.question_id + 0 == question_id  # or SQLite takes all its answers for each respondent
    found = db.connection.execute(
        select(case.c.id, case.c.ident, case.c.group_id, document.c.id, text.c.n_characters, document.c.is_answer)
        .outerjoin(document, (document.c.case_id == case.c.id) & is_of_question)
        .outerjoin(text, text.c.id == document.c.text_id)
        .where(case.c.survey_id.in_(asked))
        .order_by(case.c.id, document.c.id)
    )
    return [AnswerRow._make(row) for row in found.all()]


def closed_values(db: Database, name: str) -> dict[int, str]:
    """The closed answers to one question, by respondent; who gave none is not in it."""
    found = db.connection.execute(select(attribute.c.case_id, attribute.c.value).where(attribute.c.name == name))
    return {key: value for key, value in found.all()}  # noqa: C416 - a Result is no iterable of pairs to dict()


def codes_of_question(db: Database, question_id: int, hidden_coders: Collection[int] = ()) -> dict[int, str]:
    """The codes of each coded answer to a question, as `3,17`, by document; some coders' segments left out."""
    found = db.connection.execute(
        select(segment.c.document_id, func.group_concat(segment.c.code_id.distinct()))
        .join(document, document.c.id == segment.c.document_id)
        .where(document.c.question_id == question_id, segment.c.coder_id.not_in(hidden_coders))
        .group_by(segment.c.document_id)
    )
    return {key: value for key, value in found.all()}  # noqa: C416 - a Result is no iterable of pairs to dict()


def waiting_of_question(db: Database, question_id: int) -> dict[int, str]:
    """The codes that wait for a decision on each answer to a question, as `3,17`, by document."""
    found = db.connection.execute(
        select(suggestion.c.document_id, func.group_concat(suggestion.c.code_id.distinct()))
        .join(document, document.c.id == suggestion.c.document_id)
        .where(document.c.question_id == question_id, suggestion.c.status == Status.SUGGESTED)
        .group_by(suggestion.c.document_id)
    )
    return {key: value for key, value in found.all()}  # noqa: C416 - a Result is no iterable of pairs to dict()


def codes_of(db: Database, document_ids: Sequence[int], hidden_coders: Collection[int] = ()) -> dict[int, str]:
    """As `codes_of_question`, of some answers."""
    found: dict[int, str] = {}
    for some in portions(document_ids):
        query = select(segment.c.document_id, func.group_concat(segment.c.code_id.distinct()))
        query = query.where(segment.c.document_id.in_(some), segment.c.coder_id.not_in(hidden_coders))
        query = query.group_by(segment.c.document_id)
        found.update(tuple(row) for row in db.connection.execute(query))
    return found


def waiting_of(db: Database, document_ids: Sequence[int]) -> dict[int, str]:
    """As `waiting_of_question`, of some answers."""
    found: dict[int, str] = {}
    for some in portions(document_ids):
        query = select(suggestion.c.document_id, func.group_concat(suggestion.c.code_id.distinct()))
        query = query.where(suggestion.c.document_id.in_(some), suggestion.c.status == Status.SUGGESTED)
        query = query.group_by(suggestion.c.document_id)
        found.update(tuple(row) for row in db.connection.execute(query))
    return found


def waiting_ids(db: Database, document_ids: Sequence[int]) -> list[int]:
    """The suggestions that wait for a decision on some answers."""
    return [
        suggestion_id
        for some in portions(document_ids)
        for suggestion_id in db.connection.execute(
            select(suggestion.c.id)
            .where(suggestion.c.document_id.in_(some), suggestion.c.status == Status.SUGGESTED)
            .order_by(suggestion.c.id)
        ).scalars()
    ]


def contents_of_question(db: Database, question_id: int) -> list[tuple[int, str]]:
    """(document id, text) of each answer to a question."""
    query = select(document.c.id, text.c.content).join(text, text.c.id == document.c.text_id)
    rows = db.connection.execute(query.where(document.c.question_id == question_id))
    return [(document_id, content) for document_id, content in rows.all()]


def to_code(db: Database, document_ids: Sequence[int], code_id: int, coder_name: str) -> list[tuple[int, int]]:
    """(document id, length) of those that count as answers and that a coder has not given a code yet, by id."""
    given = (
        select(segment.c.id)
        .join(coder, coder.c.id == segment.c.coder_id)
        .where(segment.c.document_id == document.c.id, segment.c.code_id == code_id, coder.c.name == coder_name)
    )
    return [
        (document_id, length)
        for some in portions(sorted(document_ids))
        for document_id, length in db.connection.execute(
            select(document.c.id, text.c.n_characters)
            .join(text, text.c.id == document.c.text_id)
            .where(document.c.id.in_(some), document.c.is_answer == 1, ~given.exists())
            .order_by(document.c.id)
        )
    ]


def own_segments(db: Database, document_ids: Sequence[int], code_id: int, coder_name: str) -> list[int]:
    """The segments of a code on some answers that a coder made, or the rules did."""
    return [
        segment_id
        for some in portions(document_ids)
        for segment_id in db.connection.execute(
            select(segment.c.id)
            .join(coder, coder.c.id == segment.c.coder_id)
            .where(
                segment.c.document_id.in_(some),
                segment.c.code_id == code_id,
                (coder.c.name == coder_name) | (coder.c.is_person == 0),
            )
        ).scalars()
    ]
