"""Which codes stand together: on spans that overlap, on one unit of counting, and with one respondent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from qualcode.analysis.units import (
    NOBODY,
    Counted,
    Integers,
    rows_and_themes,
    themes_by_code,
    units_touched,
)
from qualcode.model.codebook import Code
from qualcode.model.segment import Unit

COLUMNS = (
    *("theme_a", "name_a", "theme_b", "name_b"),
    *("units_a", "units_b", "units_both", "units", "jaccard", "lift"),
    *("equal_spans", "overlapping_pairs"),
    *("respondents_a", "respondents_b", "respondents_both", "answering"),
    *("jaccard_respondents", "lift_respondents"),
)

_AS_A_TABLE = 1 << 24
"""Up to so many cells, units by themes are multiplied as a whole; beyond, pairs of themes are counted unit by unit."""
_ROWS_AT_ONCE, _PAIRS_AT_ONCE = 1 << 16, 1 << 18
"""Parts that stay near the processor: fresh memory costs more than the arithmetic."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Together:
    """How often themes stand alone and together: `alone` by theme, `both` theme by theme, `base` units in all."""

    alone: Integers
    both: Integers
    base: int


def cooccurrence_table(
    material: Counted, codes: Sequence[Code], *, unit: Unit, small_cell: int, language: str, suggested: bool = False
) -> pd.DataFrame:
    """How often two themes stand together, for each pair of themes of which none is above the other.

    Args:
        codes: the codebook in tree order, with ids; a theme stands where it or a code below it does.
        unit: with `Unit.SEGMENT` two themes stand together on a span of one that overlaps or equals a span of the
            other; with any other unit, on a unit that both touch.
        small_cell: a Jaccard index or a lift whose base is smaller is left out (NaN).
        language: which names the themes get ("nb", "nn", "en").
        suggested: the suggestions that wait for a decision instead of the codings.

    Returns:
        One row a pair in `COLUMNS`, zeros included, in the order of the codebook. `units_both` counts units, for
        `Unit.SEGMENT` the different spans of either theme that stand with the other. `jaccard` and
        `jaccard_respondents` lie between 0 and 1, a lift between 0 and its base (1 = as often together as if the two
        had nothing to do with each other); NaN where a base is 0. The unit segment has no lift, because spans that
        overlap have no unit in common.

    Source: Jaccard (1912), New Phytologist 11:37-50; Brin et al. (1997), SIGMOD 26:255-264, section 4 ("interest").
        See docs/methods.md, "Codes that stand together".
    """
    table = material.suggestions if suggested else material.codings
    position = themes_by_code(codes)
    row, theme = rows_and_themes(table["code"].to_numpy(), position)
    carried = _carried(table, row, theme, len(codes))
    equal, touching, overlapping = _on_spans(carried, len(codes))

    def on_units(each: Unit) -> _Together:
        touched = units_touched(table, material, each)
        assert touched is not None, "spans are counted apart"
        both = _on_units(touched, row, theme, len(table), len(codes))
        return _Together(np.diag(both).copy(), both, _base(material, each))

    people = on_units(Unit.RESPONDENT)
    if unit == Unit.SEGMENT:
        units = _Together(np.diag(equal).copy(), touching + touching.T - equal, carried.n_spans)
    else:
        units = on_units(unit)
    a, b = _unrelated_pairs(position, codes)
    columns: dict[str, Any] = {}
    keys = np.array([code.key for code in codes], dtype=object)
    names = np.array([code.name.in_language(language) or code.key for code in codes], dtype=object)
    for side, which in (("a", a), ("b", b)):
        columns[f"theme_{side}"], columns[f"name_{side}"] = keys[which], names[which]
    columns |= {"units_a": units.alone[a], "units_b": units.alone[b], "units_both": units.both[a, b]}
    columns |= {"units": units.base, "jaccard": _jaccard(units, unit, equal, a, b, small_cell)}
    columns["lift"] = np.nan if unit == Unit.SEGMENT else _lift(units, a, b, small_cell)
    columns |= {"equal_spans": equal[a, b], "overlapping_pairs": overlapping[a, b]}
    columns |= {"respondents_a": people.alone[a], "respondents_b": people.alone[b]}
    columns |= {"respondents_both": people.both[a, b], "answering": people.base}
    columns["jaccard_respondents"] = _jaccard(people, Unit.RESPONDENT, people.both, a, b, small_cell)
    columns["lift_respondents"] = _lift(people, a, b, small_cell)
    return pd.DataFrame(columns, columns=list(COLUMNS))


@dataclass(frozen=True, slots=True)
class _Carried:
    """Each different (span, theme) once, sorted by document, start, end and theme.

    Attributes:
        starts: as if all documents stood on one line.
        ends: on that line.
        themes: positions in the codebook.
    """

    starts: Integers
    ends: Integers
    themes: Integers

    @property
    def n_spans(self) -> int:
        new = (self.starts[1:] != self.starts[:-1]) | (self.ends[1:] != self.ends[:-1])
        return int(np.count_nonzero(new)) + (len(self.starts) > 0)


def _carried(table: pd.DataFrame, row: Integers, theme: Integers, n_themes: int) -> _Carried:
    if not len(row):
        return _Carried(*(np.zeros(0, dtype=np.int64),) * 3)
    document, start, end = (table[name].to_numpy() for name in ("document", "start", "end"))
    length = end - start
    reach, longest = int(end.max()) + 1, int(length.max()) + 1
    if (int(document.max()) + 1) * reach * longest * n_themes >= 1 << 63:
        place = _one_after_another(document, end)[document]
    else:
        place = document * reach
    # One number says where, how long and which theme: sorting plain numbers is several times faster than by column.
    place += start
    place *= longest
    place += length
    if not _is_each_once(row, len(place)):
        place = place[row]
    place *= n_themes
    place += theme
    place.sort()
    place = _different(place)
    is_short = int(place[-1]) // (n_themes * longest) + longest < 1 << 31 and n_themes < 1 << 15
    kind: Any = np.int32 if is_short else np.int64  # half the memory, and faster to search
    starts, ends, themes = (np.empty(len(place), dtype=kind) for _column in range(3))
    for begin in range(0, len(place), _ROWS_AT_ONCE):
        part = slice(begin, begin + _ROWS_AT_ONCE)
        span, themes[part] = np.divmod(place[part], n_themes)
        starts[part], ends[part] = np.divmod(span, longest)
    ends += starts
    return _Carried(starts, ends, themes)


def _one_after_another(document: Integers, end: Integers) -> Integers:
    """By document id, where it begins when each takes no more room than it needs."""
    room = np.zeros(int(document.max()) + 1, dtype=np.int64)
    np.maximum.at(room, document, end)
    begins: Integers = np.cumsum(room) - room
    return begins


def _on_spans(carried: _Carried, n_themes: int) -> tuple[Integers, Integers, Integers]:
    """Themes by themes: spans that carry both; spans of the first that stand with the second; pairs of spans.

    What a row overlaps and what begins at or after it follows it without a gap, because rows are sorted by start.
    """
    starts, ends, themes = carried.starts, carried.ends, carried.themes
    n_rows, cells = len(starts), n_themes * n_themes
    pairs, equal = np.zeros(cells, dtype=np.int64), np.zeros(cells, dtype=np.int64)
    # (row, theme that stands with it) as one number: as short as it can be, for it is sorted.
    kind: Any = np.int32 if n_rows * n_themes < 1 << 31 else np.int64
    beside: list[Integers] = [np.zeros(0, dtype=kind)]
    for begin in range(0, n_rows, _ROWS_AT_ONCE):
        end = min(begin + _ROWS_AT_ONCE, n_rows)
        n_following = np.searchsorted(starts, ends[begin:end], side="left") - np.arange(begin + 1, end + 1)
        for first, second in _pairs(n_following):
            first += begin
            second += begin
            of_first, of_second = themes[first], themes[second]
            same = np.flatnonzero(starts[first] == starts[second])
            same = same[ends[first[same]] == ends[second[same]]]
            cell = of_first * n_themes + of_second
            pairs += np.bincount(cell, minlength=cells)
            equal += np.bincount(cell[same], minlength=cells)
            met = np.concatenate([first * n_themes + of_second, second * n_themes + of_first], dtype=kind)
            met.sort()
            beside.append(_different(met))
    met = np.concatenate(beside)
    if len(beside) > 2:
        met.sort()
        met = _different(met)
    touching = np.zeros(cells, dtype=np.int64)
    for begin in range(0, len(met), _PAIRS_AT_ONCE):
        row, other = np.divmod(met[begin : begin + _PAIRS_AT_ONCE], n_themes)
        touching += np.bincount(themes[row] * n_themes + other, minlength=cells)
    alone = np.diag(np.bincount(themes, minlength=n_themes))
    square = (n_themes, n_themes)
    pairs, equal = pairs.reshape(square), equal.reshape(square)
    return equal + equal.T + alone, touching.reshape(square), pairs + pairs.T


def _on_units(
    touched: tuple[Integers, Integers], row: Integers, theme: Integers, n_rows: int, n_themes: int
) -> Integers:
    """Themes by themes: units that both touch; on the diagonal, units that the one touches.

    Args:
        touched: rows of the table, in order, and the unit that each touches.
        row: rows of the table, for each theme of its code.
        theme: that theme.
    """
    touching, unit = touched
    size = (int(unit.max()) + 1 if len(unit) else 0) * n_themes
    is_simple = _is_each_once(touching, n_rows)
    if is_simple and size <= _AS_A_TABLE:
        ticked = np.zeros(size, dtype=np.bool_)
        for begin in range(0, len(row), _ROWS_AT_ONCE):
            part = slice(begin, begin + _ROWS_AT_ONCE)
            ticked[unit[row[part]] * n_themes + theme[part]] = True
        return _together(ticked, n_themes)
    if is_simple:
        found = unit[row] * n_themes + theme
    else:
        n_units = np.bincount(touching, minlength=n_rows)
        repeats = n_units[row]
        of_row = (np.cumsum(n_units) - n_units)[row]
        within = np.arange(int(repeats.sum())) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        found = unit[np.repeat(of_row, repeats) + within] * n_themes + np.repeat(theme, repeats)
    if size <= _AS_A_TABLE:
        ticked = np.zeros(size, dtype=np.bool_)
        ticked[found] = True
        return _together(ticked, n_themes)
    found.sort()
    units, themes = _divided(_different(found), n_themes)
    both = np.zeros(n_themes * n_themes, dtype=np.int64)
    n_following = np.searchsorted(units, units, side="right") - np.arange(len(units)) - 1
    for first, second in _pairs(n_following):
        both += np.bincount(themes[first] * n_themes + themes[second], minlength=n_themes * n_themes)
    square = both.reshape(n_themes, n_themes)
    result: Integers = square + square.T + np.diag(np.bincount(themes, minlength=n_themes))
    return result


def _together(ticked: NDArray[np.bool_], n_themes: int) -> Integers:
    """Themes by themes, of units by themes in one row."""
    if not n_themes:  # a codebook without codes
        return np.zeros((0, 0), dtype=np.int64)
    carried = ticked.reshape(-1, n_themes).astype(np.float32)  # exact: no sum is above _AS_A_TABLE
    counted: Integers = np.rint(carried.T @ carried).astype(np.int64)
    return counted


def _pairs(n_following: Integers) -> Iterator[tuple[Integers, Integers]]:
    """Each row with each of the rows that follow it and go with it, in parts that fit into memory."""
    up_to = np.cumsum(n_following)
    begin, n_rows = 0, len(n_following)
    while begin < n_rows:
        done = int(up_to[begin - 1]) if begin else 0
        end = max(begin + 1, int(np.searchsorted(up_to, done + _PAIRS_AT_ONCE, side="right")))
        n = n_following[begin:end]
        first = np.repeat(np.arange(begin, end), n)
        second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(n) - n, n)
        yield first, second
        begin = end


def _is_each_once(rows: Integers, n: int) -> bool:
    """Whether these are the rows from 0 to n - 1 in order."""
    return len(rows) == n and (n == 0 or (int(rows[0]) == 0 and bool((rows[1:] > rows[:-1]).all())))


def _different(ordered: Integers) -> Integers:
    """Sorted numbers, each once."""
    is_new = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=is_new[1:])
    return ordered[is_new]


def _divided(numbers: Integers, by: int) -> tuple[Integers, Integers]:
    """What np.divmod gives for numbers that are not negative, in a third of the time."""
    whole = numbers // by
    return whole, numbers - whole * by


def _base(material: Counted, unit: Unit) -> int:
    """How many units there are, coded or not."""
    said = material.utterances
    match unit:
        case Unit.SENTENCE:
            return len(material.sentences) if material.sentences is not None else 0
        case Unit.TURN:
            return len(said)
        case Unit.ANSWER:
            return int((said["question"] != NOBODY).sum())
        case Unit.SESSION:
            return int(said.loc[said["session"] != NOBODY, "session"].nunique())
    return int(said.loc[said["case"] != NOBODY, "case"].nunique())


def _unrelated_pairs(position: Integers, codes: Sequence[Code]) -> tuple[Integers, Integers]:
    """Pairs of themes, the earlier first, without those of which one is above the other: they stand together always."""
    a, b = np.triu_indices(len(codes), 1)
    related = np.zeros((len(codes), len(codes)), dtype=np.bool_)
    for number, code in enumerate(codes):
        above = position[code.id]
        related[above[above != NOBODY], number] = True
    apart = ~related[a, b]
    return a[apart], b[apart]


def _jaccard(together: _Together, unit: Unit, equal: Integers, a: Integers, b: Integers, small_cell: int) -> Numbers:
    """Units with both, of the units with either; of spans, each span once."""
    shared = equal if unit == Unit.SEGMENT else together.both
    either = together.alone[a] + together.alone[b] - shared[a, b]
    return _ratio(together.both[a, b], either, either >= max(small_cell, 1))


def _lift(together: _Together, a: Integers, b: Integers, small_cell: int) -> Numbers:
    """How many times as often together as two themes that have nothing to do with each other."""
    by_chance = together.alone[a] * together.alone[b]
    exists = (by_chance > 0) & (together.base >= max(small_cell, 1))
    return _ratio(together.both[a, b] * together.base, by_chance, exists)


def _ratio(n: Integers, base: Integers, exists: NDArray[np.bool_]) -> Numbers:
    result = np.full(len(n), np.nan)
    np.divide(n, base, out=result, where=exists)
    return result
