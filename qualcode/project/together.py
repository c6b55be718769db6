"""Which codings stand together: the rows behind one cell of the co-occurrence table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from qualcode.analysis.units import NOBODY, Counted, Integers, units_touched
from qualcode.model.segment import Unit

Mask = NDArray[np.bool_]


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
    spoke = material.utterances["case"].to_numpy()
    touched = units_touched(table, material, unit, np.unique(spoke[spoke != NOBODY]))
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
