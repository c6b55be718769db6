"""Closed questions by group: means and quartiles of scales, counts and per cents of what was chosen."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from qualcode.analysis.intervals import NAN, percent_half_up
from qualcode.i18n import _, folded, ngettext
from qualcode.model.words import NOT_AN_ANSWER, is_answer

COLUMNS = (
    *("question", "kind", "group", "asked", "n", "pct_answered", "missing", "unusable"),
    *("mean", "sd", "median", "q1", "q3", "lowest", "highest"),
    *("value", "count", "pct_of_n", "note", "no_answer"),
)
MOST_STEPS = 20
"""A scale of up to so many steps shows those that nobody chose, too."""


@dataclass(frozen=True, slots=True)
class ClosedAnswers:
    """One closed question with its answers.

    Attributes:
        column: its header.
        kind: a scale is made of numbers; of a category one value is chosen, of a multiple choice any number.
        minimum: lowest value of a scale, None if not said.
        maximum: highest value of a scale, None if not said.
        asked: the respondents who were asked.
        values: what was answered, by respondent; who left it blank is not in it.
        not_an_answer: words beside a scale that choose no value of it.
    """

    column: str
    kind: Literal["scale", "category", "multiple"]
    minimum: float | None
    maximum: float | None
    asked: frozenset[int]
    values: Mapping[int, str]
    not_an_answer: Collection[str] = NOT_AN_ANSWER


def closed_table(
    questions: Sequence[ClosedAnswers], groups: Sequence[tuple[str, frozenset[int]]], *, small_cell: int
) -> pd.DataFrame:
    """Describe the answers of each group to each closed question.

    Args:
        questions: in order.
        groups: names and respondents, in order; a group of which nobody was asked has no rows for that question.
        small_cell: a per cent whose base is smaller is left out (NaN).

    Returns:
        For each question and group one row with an empty `value` and, for scales, the mean, sample standard deviation,
        median, quartiles (linear interpolation), lowest and highest in the units of the scale; then one row for each
        value with `count` and its share of `n`, zeros included. `n` answered usably, `unusable` wrote no number or one
        outside the scale, `missing` nothing or, `no_answer` of them, words such as "don't know"; `n`, `unusable` and
        `missing` add up to `asked`. What does not exist is NaN, `note` says why.

    Source: Hyndman & Fan (1996), The American Statistician 50:361-365, definition 7. See docs/methods.md.
    """
    rows: list[dict[str, Any]] = []
    for question in questions:
        answers = usable_answers(question)
        without = without_value(question)
        steps = _steps(question, answers)
        for name, members in groups:
            asked = members & question.asked
            if asked:
                chosen = [answers[each] for each in sorted(asked) if answers.get(each)]
                words = [without[each] for each in sorted(asked & without.keys())]
                n_unusable = sum(each in question.values and not answers[each] for each in asked) - len(words)
                rows += _rows(question, name, len(asked), chosen, n_unusable, words, steps, small_cell)
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    numbers = ["pct_answered", "mean", "sd", "median", "q1", "q3", "lowest", "highest", "pct_of_n"]
    return frame.astype(dict.fromkeys(numbers, "float64") | {"count": "Int64"})


def read_number(text: str, minimum: float | None = None, maximum: float | None = None) -> float:
    """A number with a point or a comma; NaN for anything else and for what lies outside the scale."""
    try:
        number = NAN if "_" in text else float(text.strip().replace(",", "."))  # Python reads 1_0 as ten
    except ValueError:
        return NAN
    below = minimum is not None and number < minimum
    above = maximum is not None and number > maximum
    return NAN if below or above or not math.isfinite(number) else number


def usable_answers(question: ClosedAnswers) -> dict[int, tuple[str, ...]]:
    """The values that each respondent chose, as they stand in the table; none where the answer cannot be used."""
    if question.kind == "scale":
        numbers = {
            case: read_number(text, question.minimum, question.maximum) for case, text in question.values.items()
        }
        return {case: () if math.isnan(number) else (f"{number:.12g}",) for case, number in numbers.items()}
    separator = ";" if any(";" in text for text in question.values.values()) else ","
    spelling: dict[str, str] = {}
    usable = {}
    for case, text in question.values.items():
        parts = text.split(separator) if question.kind == "multiple" else [text]
        named = [part.strip() for part in parts if part.strip()]
        usable[case] = tuple(dict.fromkeys(spelling.setdefault(folded(each), each) for each in named))
    return usable


def without_value(question: ClosedAnswers) -> dict[int, str]:
    """Who says in words to choose no value of a scale, and the words: "don't know" is missing, not wrong."""
    if question.kind != "scale":
        return {}
    return {
        case: text
        for case, text in question.values.items()
        if not is_answer(text, question.not_an_answer)
        and math.isnan(read_number(text, question.minimum, question.maximum))
    }


def notes_of_scale(n_unusable: int, words: Iterable[str]) -> list[str]:
    """What the note of a line says of those who have no value.

    Args:
        n_unusable: whose answer does not fit the scale.
        words: of each who chose no value, what stands there.
    """
    notes = []
    counts = Counter(folded(each) for each in words)
    if counts:
        named = ", ".join(sorted(counts, key=lambda each: (-counts[each], each)))
        notes.append(_("{n} without a value of the scale: {words}").format(n=counts.total(), words=named))
    if n_unusable:
        sentence = ngettext("{n} answer does not fit the scale", "{n} answers do not fit the scale", n_unusable)
        notes.append(sentence.format(n=n_unusable))
    return notes


def _steps(question: ClosedAnswers, answers: Mapping[int, tuple[str, ...]]) -> list[str]:
    """The values in order: those of a scale by size, others by how many chose them."""
    counts: dict[str, int] = {}
    for chosen in answers.values():
        for each in chosen:
            counts[each] = counts.get(each, 0) + 1
    if question.kind != "scale":
        return sorted(counts, key=lambda each: (-counts[each], folded(each)))
    low, high = question.minimum, question.maximum
    whole = all(float(each).is_integer() for each in counts)
    if whole and low is not None and high is not None and low.is_integer() and 0 <= high - low <= MOST_STEPS:
        return [f"{low + step:.12g}" for step in range(int(high - low) + 1)]
    return sorted(counts, key=float)


def _rows(
    question: ClosedAnswers,
    group: str,
    asked: int,
    chosen: Sequence[tuple[str, ...]],
    n_unusable: int,
    words: Sequence[str],
    steps: Sequence[str],
    small_cell: int,
) -> list[dict[str, Any]]:
    n = len(chosen)
    base = {
        "question": question.column,
        "kind": question.kind,
        "group": group,
        "asked": asked,
        "n": n,
        "pct_answered": percent_half_up(n, asked) if asked >= max(small_cell, 1) else NAN,
        "missing": asked - n - n_unusable,
        "unusable": n_unusable,
        "no_answer": len(words),
        "value": "",
        "note": "",
    }
    summary = base | {"note": _note(n, n_unusable, words)}
    if question.kind == "scale" and n:
        summary |= _described(np.array([float(each) for (each,) in chosen]))
    rows = [summary]
    for step in steps:
        count = sum(step in each for each in chosen)
        share = percent_half_up(count, n) if n >= max(small_cell, 1) else NAN
        rows.append(base | {"value": step, "count": count, "pct_of_n": share})
    return rows


def _described(values: np.ndarray[Any, np.dtype[np.float64]]) -> dict[str, float]:
    q1, median, q3 = np.quantile(values, [0.25, 0.5, 0.75])
    return {
        "mean": float(values.mean()),
        "sd": float(values.std(ddof=1)) if len(values) > 1 else NAN,
        "median": float(median),
        "q1": float(q1),
        "q3": float(q3),
        "lowest": float(values.min()),
        "highest": float(values.max()),
    }


def _note(n: int, n_unusable: int, words: Sequence[str]) -> str:
    notes = []
    if n == 0:
        notes.append(_("no usable answer"))
    elif n == 1:
        notes.append(_("no spread: one answer"))
    return "; ".join([*notes, *notes_of_scale(n_unusable, words)])
