"""Documents with their immutable texts and original files, and who speaks in them."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, insert, select

from qualcode.model.case import NO_GROUP
from qualcode.model.document import Document, DocumentKind, SpeakerRole, Turn
from qualcode.model.words import count_words, count_words_in
from qualcode.store.cases import group_names
from qualcode.store.database import Database
from qualcode.store.schema import case, document, original, question, session, speaker, text, turn


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """A turn with who speaks in it, as the project knows them now.

    Attributes:
        case_id: the respondent, None for moderators, several at once, and turns that name nobody.
        begins: seconds from the start of the recording, None if not known; `ends` likewise.
    """

    label: str | None
    role: SpeakerRole
    group: str
    case_id: int | None
    start: int
    end: int
    begins: float | None = None
    ends: float | None = None


class NewAnswer(NamedTuple):
    """An open answer on its way into the project."""

    name: str
    content: str
    case_id: int
    question_id: int
    original_id: int
    language: str
    is_answer: bool


def all_documents(db: Database, *, answers: bool = True, ids: Sequence[int] | None = None) -> list[Document]:
    """Documents in the order of import.

    Args:
        answers: whether survey answers are among them.
        ids: only these few; all if None.
    """
    query = (
        select(
            document.c.id,
            document.c.name,
            document.c.kind,
            func.coalesce(session.c.name, ""),
            document.c.language,
            func.coalesce(question.c.text, ""),
            document.c.case_id,
            text.c.n_characters,
            document.c.is_answer,
        )
        .join(text, document.c.text_id == text.c.id)
        .outerjoin(session, document.c.session_id == session.c.id)
        .outerjoin(question, document.c.question_id == question.c.id)
        .order_by(document.c.id)
    )
    if not answers:
        query = query.where(document.c.kind != DocumentKind.ANSWER)
    if ids is not None:
        query = query.where(document.c.id.in_(ids))
    kinds = {kind.value: kind for kind in DocumentKind}
    return [
        Document(id, name, kinds[kind], place, language, asked, case_id, length, bool(counts))
        for id, name, kind, place, language, asked, case_id, length, counts in db.connection.execute(query).all()
    ]


def content_of(db: Database, document_id: int) -> str:
    """The text of a document as it stands now."""
    query = select(text.c.content).join(document, document.c.text_id == text.c.id).where(document.c.id == document_id)
    return str(db.connection.execute(query).scalar_one())


def contents(db: Database, document_ids: Sequence[int] | None = None) -> Iterable[tuple[int, str]]:
    """(id, text) of all documents or of some, in order of id."""
    query = select(document.c.id, text.c.content).join(text, document.c.text_id == text.c.id).order_by(document.c.id)
    if document_ids is None:
        for row in db.connection.execute(query):
            yield row.id, row.content
        return
    for first in range(0, len(document_ids), 500):
        for row in db.connection.execute(query.where(document.c.id.in_(document_ids[first : first + 500]))):
            yield row.id, row.content


def turns_of(db: Database, document_id: int) -> list[SpokenTurn]:
    """The turns of a transcript in order; an answer is one turn of its respondent."""
    row = db.connection.execute(
        select(document.c.text_id, document.c.kind, document.c.case_id, text.c.n_characters)
        .join(text, document.c.text_id == text.c.id)
        .where(document.c.id == document_id)
    ).one()
    groups = group_names(db)
    if row.kind == DocumentKind.ANSWER:
        found = db.connection.execute(select(case.c.ident, case.c.group_id).where(case.c.id == row.case_id)).one()
        group = groups.get(found.group_id, NO_GROUP)
        return [SpokenTurn(found.ident, SpeakerRole.RESPONDENT, group, row.case_id, 0, row.n_characters)]
    who = {
        label: (SpeakerRole(role), case_id, groups.get(group_id, NO_GROUP))
        for label, role, case_id, group_id in db.connection.execute(
            select(speaker.c.label, speaker.c.role, speaker.c.case_id, case.c.group_id)
            .outerjoin(case, speaker.c.case_id == case.c.id)
            .where(speaker.c.document_id == document_id)
        )
    }
    turns = db.connection.execute(
        select(turn.c.label, turn.c.start, turn.c.end, turn.c.begins, turn.c.ends)
        .where(turn.c.text_id == row.text_id)
        .order_by(turn.c.start, turn.c.id)
    )
    result = []
    for label, start, end, begins, ends in turns:
        role, case_id, group = who[label]
        result.append(SpokenTurn(label, role, group, case_id, start, end, begins, ends))
    return result


def groups_speaking(db: Database) -> dict[int, list[tuple[str, int]]]:
    """How many respondents of which group speak in each transcript, by document id."""
    names = group_names(db)
    speaks = select(turn.c.id).where(
        turn.c.text_id == document.c.text_id, turn.c.label.is_not_distinct_from(speaker.c.label)
    )
    found: dict[int, list[tuple[str, int]]] = {}
    for document_id, group_id, n in db.connection.execute(
        select(document.c.id, case.c.group_id, func.count(case.c.id.distinct()))
        .join(speaker, speaker.c.document_id == document.c.id)
        .join(case, speaker.c.case_id == case.c.id)
        .where(document.c.kind != DocumentKind.ANSWER, speaks.exists())
        .group_by(document.c.id, case.c.group_id)
    ):
        found.setdefault(document_id, []).append((names.get(group_id, NO_GROUP), n))
    return found


def session_names(db: Database) -> list[str]:
    """All sessions in the order of import."""
    return list(db.connection.execute(select(session.c.name).order_by(session.c.id)).scalars())


def keep_original(db: Database, name: str, content: bytes) -> int:
    """Keep a file byte for byte; the same content is kept once."""
    sha256 = hashlib.sha256(content).hexdigest()
    known = db.connection.execute(select(original.c.id).where(original.c.sha256 == sha256)).scalar()
    if known is not None:
        return int(known)
    result = db.connection.execute(insert(original).values(name=name, sha256=sha256, content=content))
    return int(result.inserted_primary_key[0])  # type: ignore[index]  # SQLAlchemy types it as optional


def originals(db: Database) -> list[tuple[str, str]]:
    """(name, sha256) of each original file."""
    return [(row.name, row.sha256) for row in db.connection.execute(select(original.c.name, original.c.sha256))]


def add_text(db: Database, content: str, turns: Sequence[Turn]) -> int:
    """Keep a text with its turns, none for an answer; returns its id."""
    n_words = [count_words(content[each.start : each.end]) for each in turns]
    text_id = db.next_id(text)
    n_all = sum(n_words) if turns else count_words(content)
    db.insert_rows(text, ["id", "content", "n_characters", "n_words"], [(text_id, content, len(content), n_all)])
    db.insert_rows(
        turn,
        ["text_id", "label", "start", "end", "begins", "ends", "n_words"],
        [
            (text_id, each.label, each.start, each.end, each.begins, each.ends, n)
            for each, n in zip(turns, n_words, strict=True)
        ],
    )
    return text_id


def add_transcript(
    db: Database,
    name: str,
    kind: DocumentKind,
    content: str,
    turns: Sequence[Turn],
    *,
    session_id: int | None,
    original_id: int,
    language: str,
    notes: Sequence[str],
    speakers: Sequence[tuple[str | None, SpeakerRole, int | None]],
) -> int:
    """Add a transcript with its turns and speakers (label, role, case id); returns its id."""
    text_id = add_text(db, content, turns)
    document_id = db.next_id(document)
    columns = ["id", "name", "kind", "text_id", "original_id", "session_id", "language", "is_answer", "notes"]
    noted = json.dumps(list(notes), ensure_ascii=False)
    row = (document_id, name, kind.value, text_id, original_id, session_id, language, 1, noted)
    db.insert_rows(document, columns, [row])
    db.insert_rows(
        speaker,
        ["document_id", "label", "role", "case_id"],
        [(document_id, label, role.value, case_id) for label, role, case_id in speakers],
    )
    return document_id


def add_answers(db: Database, answers: Sequence[NewAnswer]) -> None:
    """Add open answers, each a document with its text."""
    text_id, document_id = db.next_id(text), db.next_id(document)
    db.insert_rows(
        text,
        ["id", "content", "n_characters", "n_words"],
        (
            (text_id + n, each.content, len(each.content), n_words)
            for n, (each, n_words) in enumerate(zip(answers, count_words_in([e.content for e in answers]), strict=True))
        ),
    )
    columns = [
        "id",
        "name",
        "kind",
        "text_id",
        "original_id",
        "question_id",
        "case_id",
        "language",
        "is_answer",
        "notes",
    ]
    db.insert_rows(
        document,
        columns,
        (
            (
                document_id + n,
                each.name,
                DocumentKind.ANSWER.value,
                text_id + n,
                each.original_id,
                each.question_id,
                each.case_id,
                each.language,
                int(each.is_answer),
                "[]",
            )
            for n, each in enumerate(answers)
        ),
    )


def ids_by_name(db: Database) -> dict[str, int]:
    """Document ids by name."""
    return {row.name: row.id for row in db.connection.execute(select(document.c.id, document.c.name))}


def names(db: Database, ids: Sequence[int]) -> dict[int, str]:
    """Names of some documents, by id."""
    found = db.connection.execute(select(document.c.id, document.c.name).where(document.c.id.in_(ids)))
    return {id: name for id, name in found.all()}  # noqa: C416 - a Result is no iterable of pairs to dict()


def counted_answers(db: Database) -> list[tuple[int, str, str, str]]:
    """(document id, text, group, question) of each answer that answers its question."""
    groups = group_names(db)
    rows = db.connection.execute(
        select(document.c.id, text.c.content, case.c.group_id, question.c.text)
        .join(text, document.c.text_id == text.c.id)
        .join(case, document.c.case_id == case.c.id)
        .join(question, document.c.question_id == question.c.id)
        .where(document.c.kind == DocumentKind.ANSWER, document.c.is_answer == 1)
        .order_by(document.c.id)
    ).all()
    return [(id, content, groups.get(group_id, NO_GROUP), asked) for id, content, group_id, asked in rows]


class KnownTranscript(NamedTuple):
    """A transcript that is in the project, with the SHA-256 of the file that its text was read from last."""

    id: int
    kind: DocumentKind
    session: str
    sha256: str


def known_transcripts(db: Database) -> dict[str, KnownTranscript]:
    """All transcripts that came from a file, by name."""
    rows = db.connection.execute(
        select(document.c.name, document.c.id, document.c.kind, func.coalesce(session.c.name, ""), original.c.sha256)
        .join(original, document.c.original_id == original.c.id)
        .outerjoin(session, document.c.session_id == session.c.id)
        .where(document.c.kind != DocumentKind.ANSWER)
    )
    return {name: KnownTranscript(id, DocumentKind(kind), place, sha) for name, id, kind, place, sha in rows}


def languages(db: Database) -> dict[int, str]:
    """The language of each document, by id."""
    return {row.id: row.language for row in db.connection.execute(select(document.c.id, document.c.language))}


class Times:
    """When in a recording a position was said."""

    def __init__(self, turns: dict[int, tuple[list[int], list[float | None]]]) -> None:
        self._turns = turns

    def at(self, document_id: int, position: int) -> float | None:
        """Seconds from the start to the turn at a position, None if not known."""
        starts, begins = self._turns.get(document_id, ([], []))
        found = bisect_right(starts, position) - 1
        return begins[found] if found >= 0 else None


def times_of(db: Database, document_ids: Sequence[int]) -> Times:
    """The times of the turns of some documents."""
    turns: dict[int, tuple[list[int], list[float | None]]] = {}
    for first in range(0, len(document_ids), 500):
        rows = db.connection.execute(
            select(document.c.id, turn.c.start, turn.c.begins)
            .join(turn, turn.c.text_id == document.c.text_id)
            .where(document.c.id.in_(document_ids[first : first + 500]))
            .order_by(document.c.id, turn.c.start)
        )
        for id, start, begins in rows:
            starts, times = turns.setdefault(id, ([], []))
            starts.append(start)
            times.append(begins)
    return Times(turns)
