"""Units that carry one theme alone, told apart from units that carry several."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from qualcode.analysis.counts import Grouping
from qualcode.analysis.units import NOBODY, Counted, Integers, span_numbers, themes_by_code, units_touched
from qualcode.model.case import ALL_GROUPS, NO_GROUP
from qualcode.model.codebook import Code
from qualcode.model.segment import Unit

Booleans = NDArray[np.bool_]

COLUMNS = ("group", "theme", "single_units", "several_units")


def several_themes_table(material: Counted, codes: Sequence[Code], grouping: Grouping, *, unit: Unit) -> pd.DataFrame:
    """Of the units with a theme, how many carry nothing else.

    Codes above and below a theme are not "else": a unit with two codes below one theme is single for the theme, and one
    of several for each of the two.

    Returns:
        One row for each group (NO_GROUP and ALL_GROUPS too) and theme in `COLUMNS`; the two add up to `units` of the
        theme table.
    """
    table = material.codings
    position = {code.id: place for place, code in enumerate(codes)}
    code = np.array([position[each] for each in table["code"].tolist()], dtype=np.int64)
    names = (*grouping.names, NO_GROUP, ALL_GROUPS)
    everything = np.full(len(table), len(names) - 1)
    parts = []
    for group, groups_of in ((grouping.of(table), grouping.of), (everything, None)):
        touched = units_touched(table, material, unit, groups_of)
        row, number = (np.arange(len(table)), span_numbers(table)) if touched is None else touched
        parts.append((group[row], number, code[row]))
    groups, units, carried = (np.concatenate(each) for each in zip(*parts, strict=True))
    single, several = _counted(groups, units, carried, codes, len(names))
    rows = [
        (name, each.key, int(single[place, theme]), int(several[place, theme]))
        for place, name in enumerate(names)
        for theme, each in enumerate(codes)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _counted(
    group: Integers, unit: Integers, code: Integers, codes: Sequence[Code], n_groups: int
) -> tuple[Integers, Integers]:
    """Groups by themes: units with the theme alone, and with others too."""
    n_themes = len(codes)
    n_units = int(unit.max()) + 1 if len(unit) else 1
    found = np.unique((group * n_units + unit) * max(n_themes, 1) + code)
    place, code = found // max(n_themes, 1), found % max(n_themes, 1)
    places, number, n_codes = np.unique(place, return_inverse=True, return_counts=True)
    above, related = _relations(codes)
    carried = np.zeros((len(places), n_themes), dtype=np.bool_)
    of_kin = np.zeros((len(places), n_themes), dtype=np.int64)
    for theme in range(n_themes):
        carried[number[above[code, theme]], theme] = True
        of_kin[:, theme] = np.bincount(number[related[code, theme]], minlength=len(places))
    alone = of_kin == n_codes[:, None]
    where = places // n_units
    shape = (n_groups, n_themes)
    single, several = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    np.add.at(single, where, (carried & alone).astype(np.int64))
    np.add.at(several, where, (carried & ~alone).astype(np.int64))
    return single, several


def _relations(codes: Sequence[Code]) -> tuple[Booleans, Booleans]:
    """Codes by themes: whether the theme is the code or above it; whether it is that or below it."""
    n = len(codes)
    above = np.zeros((n, n), dtype=np.bool_)
    themes = themes_by_code([code.with_id(place) for place, code in enumerate(codes)])
    for place in range(n):
        above[place, themes[place][themes[place] != NOBODY]] = True
    return above, above | above.T
