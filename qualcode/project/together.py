"""Which themes stand together: the co-occurrence table as a square, and the codings behind one of its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from qualcode.analysis.units import Counted, Integers, units_touched
from qualcode.model.segment import Unit

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Pairs:
    """All pairs of themes.

    Attributes:
        place: by key, the theme's row and column.
        both: how often two stand together, on the diagonal how often one stands; -1 where one is above the other.
        jaccard: their index, NaN where there is none.
    """

    place: Mapping[str, int]
    both: Integers
    jaccard: NDArray[np.float64]

    def of(self, a: str, b: str) -> tuple[int, int, int, float | None] | None:
        """How often both stand together, how often each stands, and their index; None where one is above the other."""
        if a not in self.place or b not in self.place:
            return None
        row, column = self.place[a], self.place[b]
        both, index = int(self.both[row, column]), float(self.jaccard[row, column])
        if both < 0:
            return None
        alone = int(self.both[row, row]), int(self.both[column, column])
        return both, *alone, None if np.isnan(index) else index

    def largest(self, keys: Sequence[str]) -> float:
        """The largest index between some themes, 0 if there is none."""
        shown = [self.place[key] for key in keys if key in self.place]
        return float(np.nan_to_num(self.jaccard[shown][:, shown], nan=0.0).max(initial=0.0))


def squared(table: pd.DataFrame) -> Pairs:
    """The co-occurrence table as a square."""
    first, second = table["theme_a"].tolist(), table["theme_b"].tolist()
    place = {key: number for number, key in enumerate(dict.fromkeys([*first, *second]))}
    a = np.array([place[key] for key in first], dtype=np.int64)
    b = np.array([place[key] for key in second], dtype=np.int64)
    both = np.full((len(place), len(place)), -1, dtype=np.int64)
    jaccard = np.full((len(place), len(place)), np.nan)
    both[a, b] = both[b, a] = table["units_both"].to_numpy()
    both[a, a], both[b, b] = table["units_a"].to_numpy(), table["units_b"].to_numpy()
    jaccard[a, b] = jaccard[b, a] = table["jaccard"].to_numpy()
    return Pairs(place, both, jaccard)


def standing_together(
    material: Counted, first: Sequence[int], second: Sequence[int], unit: Unit, *, suggested: bool = False
) -> pd.DataFrame:
    """The codings of either of two themes that stand with one of the other, as `cooccurrence_table` counts them.

    Args:
        first: ids of a theme and of the codes below it.
        second: likewise; none of them is in both.
        unit: with `Unit.SEGMENT` spans that overlap or are equal, else codings that touch a unit which both touch.
        suggested: the suggestions that wait for a decision instead of the codings.
    """
    table = material.suggestions if suggested else material.codings
    code = table["code"].to_numpy()
    of_first, of_second = np.isin(code, first), np.isin(code, second)
    if unit == Unit.SEGMENT:
        spans = {name: table[name].to_numpy() for name in ("document", "start", "end")}
        met = (of_first & _overlapping(spans, of_second)) | (of_second & _overlapping(spans, of_first))
        return table[met]
    touched = units_touched(table, material, unit)
    assert touched is not None, "spans are looked at apart"
    row, number = touched
    shared = np.intersect1d(number[of_first[row]], number[of_second[row]])
    met = np.zeros(len(table), dtype=np.bool_)
    met[row[np.isin(number, shared)]] = True
    return table[met & (of_first | of_second)]


def _overlapping(spans: dict[str, Integers], others: Mask) -> Mask:
    """For each span, whether it overlaps one of the others."""
    if not others.any():
        return np.zeros(len(others), dtype=np.bool_)
    document = spans["document"] << 32
    begins, ends = document + spans["start"], document + spans["end"]
    starts = begins[others]
    order = np.argsort(starts, kind="stable")
    starts, reach = starts[order], np.maximum.accumulate(ends[others][order])
    # Of the others that start before a span ends, the one that reaches furthest tells whether any reaches into it.
    before = np.searchsorted(starts, ends, side="left")
    found: Mask = (before > 0) & (reach[np.maximum(before - 1, 0)] > begins)
    return found
