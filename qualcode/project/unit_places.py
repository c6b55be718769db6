"""Where the units of counting stand in what was said, and which of them a span touches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypedDict

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from qualcode.errors import AnalysisError
from qualcode.i18n import _, did_you_mean, folded
from qualcode.model.case import NO_GROUP
from qualcode.model.double_coding import JudgedUnit, Sample
from qualcode.model.segment import Unit
from qualcode.project.selection import sentence_table
from qualcode.store import documents, samples
from qualcode.store.coding_table import NOBODY
from qualcode.store.database import Database

if TYPE_CHECKING:
    from qualcode.project.project import Project

Integers = NDArray[np.int64]

PLACE_COLUMNS = ("document", "case", "session", "question")


class NamedPlace(TypedDict):
    """A place in the material with names for numbers, and its words."""

    document_id: int
    start: int
    end: int
    document: str
    respondent: str
    respondent_key: str
    group: str
    session: str
    question: str
    text: str


def unit_noun(unit: Unit | JudgedUnit) -> str:
    """One unit as a sentence names it."""
    nouns = {
        Unit.SENTENCE.value: _("sentence"),
        Unit.TURN.value: _("turn"),
        Unit.ANSWER.value: _("answer"),
        JudgedUnit.CHARACTER.value: _("character"),
    }
    return nouns[unit.value]


def unit_table(db: Database, said: pd.DataFrame, unit: Unit) -> pd.DataFrame:
    """All sentences, turns or answers, coded or not.

    Args:
        said: utterances that count, as in `Selection.said`.
        unit: sentence, turn (an answer is a turn) or answer.

    Returns:
        A row a unit, by utterance and start: `utterance, start, end, document, case, session, question`.
    """
    if unit == Unit.ANSWER:
        said = said[said["question"] != NOBODY]
    if unit != Unit.SENTENCE:
        return said.rename_axis("utterance").reset_index()[["utterance", "start", "end", *PLACE_COLUMNS]]
    texts = documents.contents(db, sorted(set(said["document"])))
    sentences = sentence_table(texts, said)
    return sentences.join(said[list(PLACE_COLUMNS)], on="utterance").reset_index(drop=True)


def stretches(said: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """What was said, cut wherever a span begins or ends, so that each span touches a stretch wholly or not at all.

    Args:
        said: utterances, as for `unit_table`.
        spans: with `document, start, end`.

    Returns:
        The columns of `unit_table`, a row a stretch.
    """
    base, other = said["document"].to_numpy() << 32, spans["document"].to_numpy() << 32
    starts, ends = base + said["start"].to_numpy(), base + said["end"].to_numpy()
    points = np.unique(
        np.concatenate([starts, ends, other + spans["start"].to_numpy(), other + spans["end"].to_numpy()])
    )
    inside = np.searchsorted(starts, points[:-1], side="right") - 1
    lies_in_one = (inside >= 0) & (points[1:] <= ends[inside])
    row = inside[lies_in_one]
    places = said.iloc[row].rename_axis("utterance").reset_index()
    first, last = points[:-1][lies_in_one], points[1:][lies_in_one]
    cut: pd.DataFrame = places.assign(start=first - base[row], end=last - base[row])
    return cut[["utterance", "start", "end", *PLACE_COLUMNS]]


def touched(units: pd.DataFrame, spans: pd.DataFrame) -> tuple[Integers, Integers]:
    """(row of the spans, row of the units) for each unit that a span touches.

    Args:
        units: as `unit_table` gives them.
        spans: with `utterance, start, end`, as `Material.codings` has them.
    """
    place, base = units["utterance"].to_numpy() << 32, spans["utterance"].to_numpy() << 32
    first = np.searchsorted(place + units["end"].to_numpy(), base + spans["start"].to_numpy(), side="right")
    last = np.searchsorted(place + units["start"].to_numpy(), base + spans["end"].to_numpy(), side="left")
    n = np.maximum(last - first, 0)
    rows = np.repeat(np.arange(len(n)), n)
    return rows, first[rows] + np.arange(len(rows)) - np.repeat(np.cumsum(n) - n, n)


def lying_in(units: pd.DataFrame, spans: pd.DataFrame) -> NDArray[np.bool_]:
    """Which units lie wholly inside one of the spans (`document, start, end`; spans of a document do not overlap)."""
    spans = spans.sort_values(["document", "start"])
    other, base = spans["document"].to_numpy() << 32, units["document"].to_numpy() << 32
    starts, ends = other + spans["start"].to_numpy(), other + spans["end"].to_numpy()
    if not len(starts):
        return np.zeros(len(units), dtype=np.bool_)
    number = np.searchsorted(starts, base + units["start"].to_numpy(), side="right") - 1
    inside: NDArray[np.bool_] = (number >= 0) & (base + units["end"].to_numpy() <= ends[number])
    return inside


def sample_named(project: Project, name: str) -> Sample:
    known = samples.all_samples(project.db)
    for each in known:
        if folded(each.name) == folded(name):
            return each
    raise AnalysisError(
        _("There is no sample {name!r}.").format(name=name),
        hint=did_you_mean(name, [each.name for each in known]) or _("Draw one: qualcode agreement sample PROJECT."),
    )


def sample_spans(project: Project, name: str) -> pd.DataFrame:
    places = samples.places_of(project.db, sample_named(project, name).id)
    return pd.DataFrame(places, columns=["document", "start", "end"]).astype("int64")


def named_places(project: Project, rows: pd.DataFrame) -> Iterator[NamedPlace]:
    """Places of the material with names for numbers and their words.

    Args:
        rows: `document, start, end, case, session, question`.
    """
    material = project.reports.material()
    cases = material.cases.set_index("case")
    ident, key, group = (cases[name].to_dict() for name in ("ident", "key", "group"))
    texts = dict(documents.contents(project.db, sorted(set(rows["document"].tolist()))))
    columns = (rows[name].tolist() for name in ("document", "start", "end", "case", "session", "question"))
    for document, start, end, case, session, question in zip(*columns, strict=True):
        yield {
            "document_id": document,
            "start": start,
            "end": end,
            "document": material.documents[document],
            "respondent": ident.get(case, ""),
            "respondent_key": key.get(case, ""),
            "group": material.groups.get(group.get(case, NOBODY), NO_GROUP),
            "session": material.sessions.get(session, ""),
            "question": material.questions.get(question, ""),
            "text": texts[document][start:end],
        }
