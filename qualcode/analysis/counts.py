"""How many: codings, units and respondents for each group and theme, with the bases they are shares of.

docs/methods.md says what each column means. A parent's row is the union of its own codings and of all below it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from qualcode.analysis.intervals import percent_half_up, wilson
from qualcode.analysis.units import (
    NOBODY,
    Counted,
    GroupsOf,
    Integers,
    in_base,
    rows_and_themes,
    span_numbers,
    themes_by_code,
    units_touched,
)
from qualcode.model.case import ALL_GROUPS, NO_GROUP
from qualcode.model.codebook import Code
from qualcode.model.segment import Unit

_TICKED_OFF = 1 << 26
"""Up to so many possible values (a byte each) they are ticked off in a table; more are sorted, which is slower."""

THEME_COLUMNS = (
    "group",
    "theme",
    "name",
    "parent",
    "depth",
    "codings",
    "pct_of_codings",
    "units",
    "pct_of_units",
    "respondents",
    "pct_of_answering",
    "pct_of_group",
    "ci_low",
    "ci_high",
    "sessions",
    "units_in_group",
    "codings_in_group",
    "answering",
    "group_n",
    "sessions_in_group",
    "words_in_group",
    "per_1000_words",
    "suggested",
    "suggested_units",
    "suggested_respondents",
    "suggested_pct_of_answering",
)


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which group each row of a table belongs to.

    Attributes:
        names: the groups in order, without NO_GROUP and ALL_GROUPS.
        column: the column of the tables that decides ("case", "session", "question" or "document").
        groups: position in `names` by value of that column; a value that is missing belongs to NO_GROUP.
    """

    names: tuple[str, ...]
    column: str
    groups: Mapping[int, int]

    def of(self, table: pd.DataFrame) -> Integers:
        """The group of each row, as a position in `names`; len(names) stands for NO_GROUP."""
        none = len(self.names)
        if table.empty:
            return np.zeros(0, dtype=np.int64)
        values = table[self.column].to_numpy()
        by_value = np.full(max(int(values.max()), max(self.groups, default=0)) + 2, none, dtype=np.int64)
        for value, group in self.groups.items():
            by_value[value] = group
        by_value[-1] = none  # where NOBODY (-1) points to
        result: Integers = by_value[values]
        return result

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the tables that decide."""
        return (self.column,)


@dataclass(frozen=True, slots=True)
class Crossed(Grouping):
    """Two groupings at once; what belongs to no group of one of them belongs to NO_GROUP.

    Attributes:
        names: one for each combination that occurs.
        column: "case" if both are groupings of people, else the column of one that is not.
        groups: position in `names` by combination: position in the first times the number of the second's, plus
            position in the second.
    """

    first: Grouping
    second: Grouping

    def of(self, table: pd.DataFrame) -> Integers:
        """The group of each row, as a position in `names`; len(names) stands for NO_GROUP."""
        n_first, n_second = len(self.first.names), len(self.second.names)
        by_cell = np.full(n_first * n_second + 1, len(self.names), dtype=np.int64)
        for cell, group in self.groups.items():
            by_cell[cell] = group
        result: Integers = by_cell[self.cells(table, self.first, self.second)]
        return result

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the tables that decide."""
        return tuple(dict.fromkeys([*self.first.columns, *self.second.columns]))

    @staticmethod
    def cells(table: pd.DataFrame, first: Grouping, second: Grouping) -> Integers:
        """The combination of each row, -1 where one of the two knows no group."""
        a, b = first.of(table), second.of(table)
        known = (a < len(first.names)) & (b < len(second.names))
        result: Integers = np.where(known, a * len(second.names) + b, -1)
        return result


def theme_table(
    material: Counted, codes: Sequence[Code], grouping: Grouping, *, unit: Unit, small_cell: int, language: str
) -> pd.DataFrame:
    """Counts for each group and theme.

    Args:
        codes: the codebook in tree order, with ids.
        small_cell: a per cent whose base is smaller is left out (NaN).
        language: which names the themes get ("nb", "nn", "en").

    Returns:
        One row for each group and theme in `THEME_COLUMNS`, groups in order, NO_GROUP if anything belongs to it, and
        ALL_GROUPS last. Per cents have one decimal, halves rounded up; intervals are Wilson 95 % of respondents of
        those answering, in per cent.
    """
    counter = _Counter(material, codes, unit)
    separate = counter.count(grouping.of, len(grouping.names) + 1)
    together = counter.count(lambda table: np.zeros(len(table), dtype=np.int64), 1)
    parts = []
    for position, name in enumerate((*grouping.names, NO_GROUP)):
        if name != NO_GROUP or separate.belongs_to(position):
            parts.append(_rows(name, separate.group(position), codes, small_cell, language))
    parts.append(_rows(ALL_GROUPS, together.group(0), codes, small_cell, language))
    return pd.concat(parts, ignore_index=True)[list(THEME_COLUMNS)]


@dataclass(frozen=True, slots=True)
class _Counts:
    """Counts by group (rows) and theme (columns), and the bases by group."""

    by_theme: dict[str, Integers]
    bases: dict[str, Integers]

    def belongs_to(self, group: int) -> bool:
        """Whether anybody or anything is in a group."""
        return any(base[group] > 0 for base in self.bases.values())

    def group(self, group: int) -> _Counts:
        """The counts of one group, as vectors over themes."""
        return _Counts(
            {name: counts[group] for name, counts in self.by_theme.items()},
            {name: base[group] for name, base in self.bases.items()},
        )


@dataclass(frozen=True, slots=True)
class _Coded:
    """Codings or suggestions, ready to be counted by any grouping.

    Attributes:
        spans: a number for each row of the table, equal where document, start and end are equal.
        row: each row of the table once for its own theme and once for each theme above it.
        theme: positions of these themes.
    """

    table: pd.DataFrame
    spans: Integers
    row: Integers
    theme: Integers


class _Counter:
    """Counts one material by several groupings."""

    def __init__(self, material: Counted, codes: Sequence[Code], unit: Unit) -> None:
        self._material = material
        self._themes = themes_by_code(codes)
        self._n_themes = len(codes)
        self._unit = unit
        self._codings = self._coded(material.codings)
        self._suggestions = self._coded(material.suggestions)

    def count(self, groups_of: GroupsOf, n_groups: int) -> _Counts:
        by_theme = self._by_theme(self._codings, groups_of, n_groups)
        suggested = self._by_theme(self._suggestions, groups_of, n_groups)
        by_theme |= {f"suggested_{name}": counts for name, counts in suggested.items()}
        return _Counts(by_theme, self._bases(groups_of, n_groups))

    def _coded(self, table: pd.DataFrame) -> _Coded:
        row, theme = rows_and_themes(table["code"].to_numpy(), self._themes)
        return _Coded(table, span_numbers(table), row, theme)

    def _by_theme(self, coded: _Coded, groups_of: GroupsOf, n_groups: int) -> dict[str, Integers]:
        table, row, spans = coded.table, coded.row, coded.spans
        cell = groups_of(table)[row] * self._n_themes + coded.theme
        shape = (n_groups, self._n_themes)
        counts = {"codings": _distinct(cell, spans[row], shape)}
        for name, column in (("respondents", "case"), ("sessions", "session")):
            among = in_base(table, self._material, column, groups_of)[row]
            counts[name] = _distinct(cell, table[column].to_numpy()[row], shape, where=among)
        match self._unit:
            case Unit.SEGMENT:
                counts["units"] = counts["codings"]
            case Unit.RESPONDENT:
                counts["units"] = counts["respondents"]
            case Unit.SESSION:
                counts["units"] = counts["sessions"]
            case unit:
                units = units_touched(table, self._material, unit)
                assert units is not None, "only a segment is its own unit"
                counts["units"] = self._distinct_units(cell, row, len(table), units, shape)
        return counts

    def _distinct_units(
        self,
        cell: Integers,
        row: Integers,
        n_rows: int,
        units: tuple[Integers, Integers],
        shape: tuple[int, int],
    ) -> Integers:
        unit_rows, numbers = units
        n_units = np.bincount(unit_rows, minlength=n_rows)
        offsets = np.cumsum(n_units) - n_units
        repeats = n_units[row]
        within = np.arange(int(repeats.sum())) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        order = np.argsort(unit_rows, kind="stable")
        found = numbers[order][np.repeat(offsets[row], repeats) + within]
        return _distinct(np.repeat(cell, repeats), found, shape)

    def _bases(self, groups_of: GroupsOf, n_groups: int) -> dict[str, Integers]:
        material = self._material
        said, coded, members = material.utterances, material.codings, material.members
        group, coding_group = groups_of(said), groups_of(coded)
        case, session = said["case"].to_numpy(), said["session"].to_numpy()
        spans = self._codings.spans
        n_codes = max(self._n_themes, 1)
        code = self._themes[coded["code"].to_numpy(), 0] if len(coded) else np.zeros(0, dtype=np.int64)
        shape = (n_groups, 1)
        bases = {
            "answering": _distinct(group, case, shape, where=case != NOBODY),
            "sessions_in_group": _distinct(group, session, shape, where=session != NOBODY),
            "codings_in_group": _distinct(coding_group, spans * n_codes + code, shape),
            "group_n": _distinct(groups_of(members), members["case"].to_numpy(), shape),
            "words_in_group": np.bincount(group, said["words"], minlength=n_groups).astype(np.int64).reshape(shape),
        }
        match self._unit:
            case Unit.SEGMENT:
                units = _distinct(coding_group, spans, shape)
            case Unit.SENTENCE:
                utterance = self._material.sentences["utterance"].to_numpy()  # type: ignore[index]  # given for this unit
                by_utterance = pd.Series(group, index=said.index)
                units = np.bincount(by_utterance.loc[utterance], minlength=n_groups).reshape(shape)
            case Unit.TURN:
                units = np.bincount(group, minlength=n_groups).reshape(shape)
            case Unit.ANSWER:
                asked = said["question"].to_numpy() != NOBODY
                units = np.bincount(group[asked], minlength=n_groups).reshape(shape)
            case Unit.RESPONDENT:
                units = bases["answering"]
            case Unit.SESSION:
                units = bases["sessions_in_group"]
        bases["units_in_group"] = units
        return {name: base[:, 0] for name, base in bases.items()}


def _distinct(
    cell: Integers, value: Integers, shape: tuple[int, int], *, where: NDArray[np.bool_] | None = None
) -> Integers:
    """How many different values each cell holds."""
    if where is not None:
        cell, value = cell[where], value[where]
    if not len(cell):
        return np.zeros(shape, dtype=np.int64)
    n_cells, n_values = shape[0] * shape[1], int(value.max()) + 1
    found = cell * n_values + value
    if n_cells * n_values <= _TICKED_OFF:
        seen = np.zeros((n_cells, n_values), dtype=np.bool_)
        seen.reshape(-1)[found] = True
        n_seen: Integers = np.count_nonzero(seen, axis=1).reshape(shape)
        return n_seen
    found.sort()
    found = found[np.flatnonzero(np.diff(found, prepend=-1))]
    return np.bincount(found // n_values, minlength=n_cells).reshape(shape)


def _rows(group: str, counts: _Counts, codes: Sequence[Code], small_cell: int, language: str) -> pd.DataFrame:
    bases = {name: int(base) for name, base in counts.bases.items()}
    answering = bases["answering"]
    rows = []
    for position, code in enumerate(codes):
        n = {name: int(values[position]) for name, values in counts.by_theme.items()}
        low, high = (float("nan"),) * 2
        if answering >= max(small_cell, 1):
            low, high = wilson(n["respondents"], answering)
        rows.append(
            {
                "group": group,
                "theme": code.key,
                "name": code.name.in_language(language) or code.key,
                "parent": code.parent,
                "depth": code.depth,
                "codings": n["codings"],
                "pct_of_codings": _share(n["codings"], bases["codings_in_group"], small_cell),
                "units": n["units"],
                "pct_of_units": _share(n["units"], bases["units_in_group"], small_cell),
                "respondents": n["respondents"],
                "pct_of_answering": _share(n["respondents"], answering, small_cell),
                "pct_of_group": _share(n["respondents"], bases["group_n"], small_cell),
                "ci_low": 100 * low,
                "ci_high": 100 * high,
                "sessions": n["sessions"],
                "per_1000_words": _per_thousand(n["codings"], bases["words_in_group"]),
                "suggested": n["suggested_codings"],
                "suggested_units": n["suggested_units"],
                "suggested_respondents": n["suggested_respondents"],
                "suggested_pct_of_answering": _share(n["suggested_respondents"], answering, small_cell),
                **bases,
            }
        )
    return pd.DataFrame(rows, columns=list(THEME_COLUMNS))


def _share(n: int, base: int, small_cell: int) -> float:
    """Per cent of a base, NaN where the base is empty or smaller than `small_cell`."""
    return percent_half_up(n, base) if base >= max(small_cell, 1) else float("nan")


def _per_thousand(n: int, words: int) -> float:
    """Codings for 1,000 words, not rounded; NaN without words."""
    return 1000 * n / words if words else float("nan")
