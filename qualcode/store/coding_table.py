"""What was said and what was coded, as tables: every number in the program comes from here.

A segment belongs to every respondent whose words it touches and never to a moderator. Words that several people say
at once, or nobody who is named, are speech without a respondent (case -1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Select, case, func, literal_column, select
from sqlalchemy import Table as SqlTable

from qualcode.model.document import DocumentKind, SpeakerRole
from qualcode.model.segment import Origin
from qualcode.model.suggestion import Status
from qualcode.store import documents
from qualcode.store.cases import group_names
from qualcode.store.database import Database
from qualcode.store.schema import (
    asked_question,
    attribute,
    code,
    coder,
    document,
    question,
    segment,
    session,
    speaker,
    suggestion,
    text,
    turn,
)
from qualcode.store.schema import case as case_table

NOBODY = -1
"""In integer columns: no respondent, no session, no question."""

ORIGINS = tuple(Origin)
STATUSES = tuple(Status)
_WORD = re.compile(r"\w")
_SECOND = 1 << 31
"""Where two columns are put into one number: what one of the first column is worth."""

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Material:
    """All that can be counted, in integers, with the names that they stand for.

    Attributes:
        utterances: a row a turn or answer of anyone but moderators, by document and start: `document, start, end, case,
            session, question, words, counts` (`counts` is 0 for a cell that does not answer its question, and for a
            turn without words).
        codings: a row a segment and utterance that it touches: `segment, document, start, end, code, coder, origin,
            suggestion, utterance, case, session, question`; `utterance` is a row number of `utterances`.
        suggestions: likewise: `segment` (the suggestion's id), `document, start, end, code, status, utterance, case,
            session, question`.
        cases: a row a respondent, by id: `case, key, ident, group, survey, source`.
        asked: a row a survey and question that it asked: `survey, question`.
    """

    utterances: pd.DataFrame
    codings: pd.DataFrame
    suggestions: pd.DataFrame
    cases: pd.DataFrame
    asked: pd.DataFrame
    attributes: pd.DataFrame
    groups: dict[int, str]
    sessions: dict[int, str]
    questions: dict[int, str]
    documents: dict[int, str]
    codes: dict[int, str]
    coders: dict[int, str]


def material(db: Database) -> Material:
    """Read everything that can be counted."""
    utterances = _utterances(db)
    texts = _Texts(db)
    return Material(
        utterances=utterances,
        codings=_touching(_coding_rows(db), utterances, texts),
        suggestions=_touching(_suggestion_rows(db), utterances, texts),
        cases=_frame(
            db,
            select(
                case_table.c.id.label("case"),
                case_table.c.key,
                case_table.c.ident,
                func.coalesce(case_table.c.group_id, NOBODY).label("group"),
                func.coalesce(case_table.c.survey_id, NOBODY).label("survey"),
                case_table.c.source,
            ).order_by(case_table.c.id),
        ),
        asked=_frame(
            db, select(asked_question.c.survey_id.label("survey"), asked_question.c.question_id.label("question"))
        ),
        attributes=_frame(db, select(attribute.c.case_id.label("case"), attribute.c.name, attribute.c.value)),
        groups=group_names(db),
        sessions=_names(db, session, "name"),
        questions=_names(db, question, "text"),
        documents=_names(db, document, "name"),
        codes=_names(db, code, "key"),
        coders=_names(db, coder, "name"),
    )


def _names(db: Database, table: SqlTable, column: str) -> dict[int, str]:
    rows = db.connection.execute(select(table.c.id, table.c[column]).order_by(table.c.id)).all()
    return {id: name for id, name in rows}  # noqa: C416  # dict() would ask each row for keys that it does not have


def _frame(db: Database, query: Select[Any]) -> pd.DataFrame:
    names = [column.name for column in query.selected_columns]
    return pd.DataFrame([tuple(row) for row in db.connection.execute(query).all()], columns=names)


def _integers(db: Database, query: Select[Any]) -> dict[str, Integers]:
    """The columns of a query that gives only integers from -1 to 2^31 - 2 and no NULL, in no particular order.

    The database puts two columns into one number and joins these to one text, which is read at once: a third of the
    time of fetching a million rows. A column of few values should stand before one of many: the numbers are shorter.
    """
    rows = query.subquery()
    names = [column.name for column in rows.columns]
    pairs = [names[first : first + 2] for first in range(0, len(names), 2)]
    worth: ColumnElement[int] = literal_column(str(_SECOND))
    numbers = (rows.c[pair[0]] * worth + rows.c[pair[1]] if len(pair) == 2 else rows.c[pair[0]] for pair in pairs)
    texts = db.connection.execute(select(*(func.group_concat(number) for number in numbers))).one()
    columns: dict[str, Integers] = {}
    for pair, text_of in zip(pairs, texts, strict=True):
        found = np.fromstring(text_of, dtype=np.int64, sep=",") if text_of else np.zeros(0, dtype=np.int64)
        if len(pair) == 2:
            found += 1  # so that a -1 in the second column does not borrow from the first
            columns[pair[0]] = found >> 31
            found &= _SECOND - 1
            found -= 1
        columns[pair[-1]] = found
    assert len({len(column) for column in columns.values()}) == 1, "a NULL among integers"
    return columns


def _spoken_turns() -> Select[Any]:
    """The turns of all but moderators."""
    same_label = speaker.c.label.is_not_distinct_from(turn.c.label)
    return (
        select(
            document.c.id.label("document"),
            turn.c.start,
            func.coalesce(speaker.c.case_id, NOBODY).label("case"),
            turn.c.end,
            func.coalesce(document.c.session_id, NOBODY).label("session"),
            turn.c.n_words.label("words"),
        )
        .join(turn, turn.c.text_id == document.c.text_id)
        .join(speaker, (speaker.c.document_id == document.c.id) & same_label)
        .where(speaker.c.role != SpeakerRole.MODERATOR.value, turn.c.start < turn.c.end)
    )


def _utterances(db: Database) -> pd.DataFrame:
    spoken = pd.DataFrame(_integers(db, _spoken_turns()))
    spoken["question"] = NOBODY
    spoken["counts"] = (spoken["words"] > 0).astype(np.int64)
    answers = pd.DataFrame(
        _integers(
            db,
            select(
                document.c.id.label("document"),
                text.c.n_characters.label("end"),
                document.c.case_id.label("case"),
                document.c.question_id.label("question"),
                text.c.n_words.label("words"),
                document.c.is_answer.label("counts"),
            )
            .join(text, document.c.text_id == text.c.id)
            .where(document.c.kind == DocumentKind.ANSWER.value),
        )
    )
    answers["start"] = 0
    answers["session"] = NOBODY
    columns = ["document", "start", "end", "case", "session", "question", "words", "counts"]
    together = pd.concat([spoken[columns], answers[columns]], ignore_index=True)
    return together.sort_values(["document", "start"], kind="stable", ignore_index=True)


def _position_of(value_of: Any, values: tuple[str, ...]) -> Any:
    return case({str(value): number for number, value in enumerate(values)}, value=value_of, else_=NOBODY)


def _coding_rows(db: Database) -> dict[str, Integers]:
    return _integers(
        db,
        select(
            segment.c.document_id.label("document"),
            segment.c.start,
            segment.c.coder_id.label("coder"),
            segment.c.end,
            segment.c.code_id.label("code"),
            segment.c.id.label("segment"),
            _position_of(segment.c.origin, ORIGINS).label("origin"),
            func.coalesce(segment.c.suggestion_id, NOBODY).label("suggestion"),
        ),
    )


def _suggestion_rows(db: Database) -> dict[str, Integers]:
    return _integers(
        db,
        select(
            suggestion.c.document_id.label("document"),
            suggestion.c.start,
            suggestion.c.code_id.label("code"),
            suggestion.c.id.label("segment"),
            _position_of(suggestion.c.status, STATUSES).label("status"),
            suggestion.c.end,
        ),
    )


def n_rows(db: Database) -> int:
    """How many turns, documents, segments and suggestions there are, at most; counting them would take time itself."""
    tables = (turn, document, segment, suggestion)
    return sum(db.connection.execute(select(func.max(each.c.id))).scalar() or 0 for each in tables)


def touching(db: Database, spans: dict[str, Integers], utterances: pd.DataFrame) -> pd.DataFrame:
    """Spans from outside the project as a table like `Material.codings`: a row for each utterance that a span touches.

    Args:
        spans: columns; `document, start, end` are needed, the others come along.
        utterances: of `Material`.
    """
    return _touching(spans, utterances, _Texts(db))


class _Texts:
    """Reads the text of a document when it is asked for, the last one kept."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._last: tuple[int, str] = (NOBODY, "")

    def __getitem__(self, document_id: int) -> str:
        if self._last[0] != document_id:
            self._last = (document_id, documents.content_of(self._db, document_id))
        return self._last[1]


def _touching(spans: dict[str, Integers], utterances: pd.DataFrame, texts: _Texts) -> pd.DataFrame:
    """One row for each span and utterance of which it touches words, in the order of the spans."""
    said = {name: utterances[name].to_numpy() for name in utterances.columns}
    begins, ends = (_places(said["document"], said[side]) for side in ("start", "end"))
    start, end = (_places(spans["document"], spans[side]) for side in ("start", "end"))
    utterance = np.searchsorted(ends, start, side="right")
    inside = _inside(start, end, utterance, begins, ends)
    row = np.arange(len(start))
    if not inside.all():  # the others are few: quotations that reach over several turns
        row, utterance = _with_reaching(np.flatnonzero(~inside), utterance, begins, end, said, spans, texts)
    columns = dict(spans) if inside.all() else {name: values.take(row) for name, values in spans.items()}
    columns["utterance"] = utterance
    for name in ("case", "session", "question"):
        columns[name] = said[name].take(utterance)
    return pd.DataFrame(columns, copy=False)


def _places(document: Integers, position: Integers) -> Integers:
    """Positions as if all documents stood on one line."""
    return (document << 32) + position


def _inside(start: Integers, end: Integers, utterance: Integers, begins: Integers, ends: Integers) -> NDArray[np.bool_]:
    """Whether a span stands within the first utterance that ends behind its start."""
    if not len(ends):
        return np.zeros(len(start), dtype=np.bool_)
    found: NDArray[np.bool_] = start >= begins.take(utterance, mode="clip")
    found &= end <= ends.take(utterance, mode="clip")  # clipped: behind the last utterance, which ends before them
    return found


def _with_reaching(
    reaching: Integers,
    first: Integers,
    begins: Integers,
    end: Integers,
    said: dict[str, Integers],
    spans: dict[str, Integers],
    texts: _Texts,
) -> tuple[Integers, Integers]:
    """(row of the span, utterance) of all spans; those that reach beyond an utterance, each whose words they hold.

    Args:
        reaching: rows of these spans; the others stand within `first`.
        first: by span, the first utterance that ends behind its start.
    """
    n_touched = np.ones(len(first), dtype=np.int64)
    last = np.searchsorted(begins, end[reaching], side="left")
    n_touched[reaching] = np.maximum(last - first[reaching], 0)
    row = np.repeat(np.arange(len(first)), n_touched)
    of_first = np.cumsum(n_touched) - n_touched
    utterance = first[row] + np.arange(len(row)) - of_first[row]
    reaches = np.zeros(len(first), dtype=np.bool_)
    reaches[reaching] = True
    doubtful = np.flatnonzero(reaches[row])
    keep = np.ones(len(row), dtype=np.bool_)
    keep[doubtful] = _has_words(spans, row[doubtful], said, utterance[doubtful], texts)
    return row[keep], utterance[keep]


def _has_words(
    spans: dict[str, Integers], row: Integers, said: dict[str, Integers], utterance: Integers, texts: _Texts
) -> NDArray[np.bool_]:
    """Whether a span holds words of an utterance beyond which it reaches."""
    begin = np.maximum(spans["start"][row], said["start"][utterance])
    end = np.minimum(spans["end"][row], said["end"][utterance])
    document = spans["document"][row]
    result = np.ones(len(row), dtype=np.bool_)
    for each in np.argsort(document, kind="stable"):  # so that each text is read once
        result[each] = _WORD.search(texts[int(document[each])], int(begin[each]), int(end[each])) is not None
    return result
