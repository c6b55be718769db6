"""Codes in the order in which they come up: what follows what, and what stands near what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from qualcode.analysis.intervals import NAN
from qualcode.analysis.units import NOBODY, Integers, themes_by_code
from qualcode.model.codebook import Code

TRANSITION_COLUMNS = ("code", "name", "next_code", "next_name", "n", "n_from", "n_to", "n_all", "share", "lift")
PROXIMITY_COLUMNS = (
    *("theme_a", "name_a", "theme_b", "name_b", "within", "sentences_a", "sentences_b", "both"),
    *("a_near_b", "b_near_a", "near", "sentences", "jaccard", "lift_a", "lift_b"),
)
_AT_ONCE = 1 << 16


def transitions_table(spans: pd.DataFrame, codes: Sequence[Code], *, language: str) -> pd.DataFrame:
    """Which code follows which in the same place.

    A coded span is followed by the spans that begin next after it; spans that begin at one point come up together, and
    none of them follows another. Each code of a span goes with each code of those that follow.

    Args:
        spans: `place, start, end, code` (ids), places being what has an order of its own, such as sessions; `order`
            comes before `start` where a place holds several documents.
        codes: the codebook.
        language: which names the codes get.

    Returns:
        One row for each pair of codes that occurs in `TRANSITION_COLUMNS`, most frequent first: `n` of `n_from`
        transitions that begin with the code (`share`), of `n_to` that end in the next code, of `n_all`. `lift` is how
        many times as often as if what comes next had nothing to do with what was before.
    """
    found: Counter[tuple[int, int]] = Counter()
    distinct = spans.drop_duplicates(["place", "order", "start", "end", "code"])
    for _place, inside in distinct.sort_values(["place", "order", "start"], kind="stable").groupby("place", sort=False):
        points = [part["code"].tolist() for _at, part in inside.groupby(["order", "start"], sort=True)]
        for here, after in pairwise(points):
            found.update((one, other) for one in set(here) for other in set(after))
    n_from, n_to = Counter[int](), Counter[int]()
    for (one, other), n in found.items():
        n_from[one] += n
        n_to[other] += n
    n_all = sum(found.values())
    by_id = {code.id: code for code in codes}
    order = {code.id: place for place, code in enumerate(codes)}
    rows = [
        (
            *_named(by_id[one], language),
            *_named(by_id[other], language),
            *(n, n_from[one], n_to[other], n_all),
            n / n_from[one],
            n * n_all / (n_from[one] * n_to[other]),
        )
        for (one, other), n in sorted(found.items(), key=lambda each: (-each[1], order[each[0][0]], order[each[0][1]]))
    ]
    return pd.DataFrame(rows, columns=list(TRANSITION_COLUMNS))


def proximity_table(
    document: Integers,
    sentence: Integers,
    code: Integers,
    codes: Sequence[Code],
    *,
    within: int,
    small_cell: int,
    language: str,
) -> pd.DataFrame:
    """Which themes come up near each other, in sentences.

    Args:
        document: by sentence, in order; sentences of different documents are never near each other.
        sentence: by coding and sentence that it touches, the number of the sentence.
        code: likewise, the id of the code.
        codes: the codebook in tree order; a theme stands where it or a code below it does.
        within: two sentences are near if at most this many sentences lie between them and the other, the other counted:
            0 is the same sentence, 1 a neighbour.
        small_cell: an index whose base is smaller is left out (NaN).
        language: which names the themes get.

    Returns:
        One row for each pair of themes of which none is above the other in `PROXIMITY_COLUMNS`. `a_near_b`: sentences
        with A that have B near; `near`: sentences of either that have the other near; `jaccard` is `near` of the
        sentences with either. `lift_a`: how many times as often a sentence with A has B near as any sentence has.
    """
    n, n_themes = len(document), len(codes)
    above = themes_by_code([each.with_id(place) for place, each in enumerate(codes)])
    place_of = {each.id: place for place, each in enumerate(codes)}
    ticked = np.zeros((n, n_themes), dtype=np.bool_)
    places = np.array([place_of[each] for each in code.tolist()], dtype=np.int64)
    for level in range(above.shape[1] if n_themes else 0):
        theme = above[places, level] if len(places) else places
        known = theme != NOBODY
        ticked[sentence[known], theme[known]] = True
    near = near_sentences(ticked, document, within)
    both, a_near = np.zeros((2, n_themes, n_themes))
    for first in range(0, n, _AT_ONCE):
        part = ticked[first : first + _AT_ONCE].astype(np.float64)
        both += part.T @ part
        a_near += part.T @ near[first : first + _AT_ONCE]
    alone, has_near = np.diag(both), near.sum(axis=0)
    rows = []
    for a in range(n_themes):
        for b in range(a + 1, n_themes):
            if a in above[b]:
                continue
            counts = (alone[a], alone[b], both[a, b], a_near[a, b], a_near[b, a])
            together = a_near[a, b] + a_near[b, a] - both[a, b]
            either = alone[a] + alone[b] - both[a, b]
            rows.append(
                (
                    *_named(codes[a], language),
                    *_named(codes[b], language),
                    within,
                    *(int(each) for each in counts),
                    int(together),
                    n,
                    together / either if either >= max(small_cell, 1) else NAN,
                    _lift(a_near[a, b], alone[a], has_near[b], n, small_cell),
                    _lift(a_near[b, a], alone[b], has_near[a], n, small_cell),
                )
            )
    return pd.DataFrame(rows, columns=list(PROXIMITY_COLUMNS))


def near_sentences(ticked: NDArray[np.bool_], document: Integers, within: int) -> NDArray[np.bool_]:
    """Sentences by themes: whether the theme stands in the sentence or near it, as in `proximity_table`."""
    n = len(document)
    result = np.zeros_like(ticked)
    if not n:
        return result
    new = np.flatnonzero(np.diff(document, prepend=-1))
    begin = np.repeat(new, np.diff(np.append(new, n)))
    end = np.repeat(np.append(new[1:], n), np.diff(np.append(new, n)))
    low = np.maximum(np.arange(n) - within, begin)
    high = np.minimum(np.arange(n) + within + 1, end)
    for theme in range(ticked.shape[1]):
        up_to = np.concatenate([[0], np.cumsum(ticked[:, theme])])
        result[:, theme] = up_to[high] > up_to[low]
    return result


def _lift(n: float, of: float, has: float, total: int, small_cell: int) -> float:
    return float(n * total / (of * has)) if of and has and total >= max(small_cell, 1) else NAN


def _named(code: Code, language: str) -> tuple[str, str]:
    return code.key, code.name.in_language(language) or code.key
