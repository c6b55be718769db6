"""What is counted: spans, themes with all above them, and the units of counting that a span touches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from qualcode.model.codebook import Code
from qualcode.model.segment import Unit

NOBODY = -1
Integers = NDArray[np.int64]
GroupsOf = Callable[[pd.DataFrame], Integers]


@dataclass(frozen=True, slots=True)
class Counted:
    """The material of one table, filtered.

    Attributes:
        utterances: `document, start, end, case, session, question, words`, only what counts as speech or as an answer.
        codings: `document, start, end, code, utterance, case, session, question`.
        suggestions: the same, only those that wait for a decision.
        members: who or what could have been in a group: `case` and the column of the grouping, a row each.
        sentences: `utterance, start, end`; needed for the unit "sentence" only.
    """

    utterances: pd.DataFrame
    codings: pd.DataFrame
    suggestions: pd.DataFrame
    members: pd.DataFrame
    sentences: pd.DataFrame | None = None


def rows_and_themes(code: Integers, themes_by_code: Integers) -> tuple[Integers, Integers]:
    """Each row once for its own theme and once for each theme above it."""
    if themes_by_code.shape[1] == 1 and len(code) and (themes_by_code[code.min() : code.max() + 1] != NOBODY).all():
        return np.arange(len(code)), themes_by_code[:, 0][code]  # no tree: half the work
    rows, found_themes = [], []
    for level in range(themes_by_code.shape[1]):
        theme = themes_by_code[code, level] if len(code) else np.zeros(0, dtype=np.int64)
        found = np.flatnonzero(theme != NOBODY)
        rows.append(found)
        found_themes.append(theme[found])
    return np.concatenate(rows), np.concatenate(found_themes)


def units_touched(
    table: pd.DataFrame, material: Counted, unit: Unit, groups_of: GroupsOf | None = None
) -> tuple[Integers, Integers] | None:
    """(row of the table, number of the unit) for each unit that a row touches; None where the span is the unit.

    Args:
        groups_of: the group of each row, where units are counted by group; see `in_base`.
    """
    match unit:
        case Unit.SEGMENT:
            return None
        case Unit.SENTENCE:
            return _sentences_of(table, material.sentences)
        case Unit.TURN:
            column, among = "utterance", _on_counted(table, material)
        case Unit.ANSWER:
            column, among = "utterance", _on_counted(table, material) & (table["question"].to_numpy() != NOBODY)
        case Unit.RESPONDENT:
            column, among = "case", in_base(table, material, "case", groups_of)
        case Unit.SESSION:
            column, among = "session", in_base(table, material, "session", groups_of)
    return np.flatnonzero(among), table[column].to_numpy()[among]


def in_base(
    table: pd.DataFrame, material: Counted, column: str, groups_of: GroupsOf | None = None
) -> NDArray[np.bool_]:
    """Whether the respondent ("case") or session of each row is in the base: said something that counts, in that group.

    Who is coded on a cell that does not answer is in no base for it, but may be for another cell. Where groups are
    questions or documents, that other cell has to be in the same group.
    """
    found: NDArray[np.bool_] = table[column].to_numpy() != NOBODY
    silent = np.flatnonzero(found & ~_on_counted(table, material))
    if len(silent):
        said = material.utterances
        width = int(max(said[column].max(), table[column].max())) + 2 if len(said) else 1
        here, there = table[column].to_numpy()[silent], said[column].to_numpy()
        if groups_of is not None:
            here, there = groups_of(table)[silent] * width + here, groups_of(said) * width + there
        found[silent] = np.isin(here, there)
    return found


def _on_counted(table: pd.DataFrame, material: Counted) -> NDArray[np.bool_]:
    touched, index = table["utterance"].to_numpy(), material.utterances.index.to_numpy()
    if not len(touched) or not len(index):
        return np.zeros(len(touched), dtype=np.bool_)
    counts = np.zeros(int(max(touched.max(), index.max())) + 1, dtype=np.bool_)  # faster than looking each one up
    counts[index] = True
    found: NDArray[np.bool_] = counts[touched]
    return found


def _sentences_of(table: pd.DataFrame, sentences: pd.DataFrame | None) -> tuple[Integers, Integers]:
    assert sentences is not None, "the unit 'sentence' needs the sentences"
    place = sentences["utterance"].to_numpy() << 32
    starts, ends = place + sentences["start"].to_numpy(), place + sentences["end"].to_numpy()
    base = table["utterance"].to_numpy() << 32
    first = np.searchsorted(ends, base + table["start"].to_numpy(), side="right")
    last = np.searchsorted(starts, base + table["end"].to_numpy(), side="left")
    n = np.maximum(last - first, 0)
    rows = np.repeat(np.arange(len(n)), n)
    numbers = first[rows] + np.arange(len(rows)) - np.repeat(np.cumsum(n) - n, n)
    return rows, numbers


def themes_by_code(codes: Sequence[Code]) -> Integers:
    """By code id: positions of the code and of the codes above it, NOBODY where there is none."""
    position = {code.key: number for number, code in enumerate(codes)}
    parents = {code.key: code.parent for code in codes}
    depth = max((code.depth for code in codes), default=0) + 1
    themes = np.full((max((code.id for code in codes), default=0) + 1, depth), NOBODY, dtype=np.int64)
    for code in codes:
        key = code.key
        for level in range(depth):
            if not key:
                break
            themes[code.id, level] = position[key]
            key = parents[key]
    return themes


def span_numbers(table: pd.DataFrame) -> Integers:
    """A number for each row, equal where document, start and end are equal."""
    document, start, end = (table[name].to_numpy() for name in ("document", "start", "end"))
    if not len(document):
        return np.zeros(0, dtype=np.int64)
    length = end - start
    reach, longest = int(end.max()) + 1, int(length.max()) + 1
    place = document * reach + start  # as if all documents stood on one line
    if (int(document.max()) + 1) * reach * longest >= 1 << 63:
        place, _ = pd.factorize(place)
    numbers, _ = pd.factorize(place * longest + length)
    result: Integers = numbers.astype(np.int64, copy=False)
    return result
