"""Rows, columns and cells of the theme table: what is counted, and how a count is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from math import isnan
from typing import Any

from qualcode.exporting.theme_rows import groups_shown
from qualcode.i18n import _, ngettext
from qualcode.model.case import ALL_GROUPS, NO_GROUP
from qualcode.model.segment import Unit


class Counted(Enum):
    """What a cell counts."""

    RESPONDENTS = "respondents"
    QUOTATIONS = "quotations"
    UNITS = "units"


@dataclass(frozen=True, slots=True)
class Theme:
    """A row.

    Attributes:
        key: of the code.
        name: as shown.
        parent: key of the theme above, "" at the top.
        depth: 0 at the top.
        has_below: whether there are themes below it.
    """

    key: str
    name: str
    parent: str
    depth: int
    has_below: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A column.

    Attributes:
        name: as in the table, with `(all)` and `(none)`.
        answering: respondents who spoke or answered.
        n: respondents in the group.
        by: what the groups are.
    """

    name: str
    answering: int
    n: int
    by: str = "group"

    @property
    def title(self) -> str:
        """What stands over the column."""
        if self.name == NO_GROUP:
            return nobody_title(self.by)
        return _("All") if self.name == ALL_GROUPS else self.name


def nobody_title(by: str) -> str:
    """What `(none)` is called in a table by group, session, document, question or an attribute."""
    known = {"group": _("No group"), "session": _("No session"), "question": _("Transcripts")}
    return known.get(by, _("No value"))


@dataclass(frozen=True, slots=True)
class Cell:
    """A count with its base.

    Attributes:
        n: what was counted: respondents, or codings.
        base: of what it is a share: respondents answering, or all codings of the group.
        per_cent: whole per cents, halves rounded up; None where the base is too small.
        low: lower end of the 95 % interval in per cent; None where there is none.
        high: its upper end.
        quotations: codings behind it.
        sessions: sessions they come from.
    """

    n: int
    base: int
    per_cent: int | None
    low: float | None
    high: float | None
    quotations: int
    sessions: int


@dataclass(frozen=True, slots=True)
class ThemeRows:
    """A theme table ready to be shown; made on a worker thread where it is large.

    Attributes:
        cells: rows of `theme_table.csv` by theme and group.
        first: a row of each group, for its bases.
    """

    themes: list[Theme]
    groups: list[Group]
    cells: Mapping[tuple[str, str], Mapping[str, Any]]
    first: Mapping[str, Mapping[str, Any]]


def arranged(rows: Iterable[Mapping[str, Any]], by: str = "group") -> ThemeRows:
    """Rows of `theme_table.csv` with their themes and groups, `(all)` and `(none)` last, empty groups left out.

    Args:
        rows: a mapping for each group and theme, in the order of the file.
        by: what the groups are.
    """
    cells: dict[tuple[str, str], Mapping[str, Any]] = {}
    first: dict[str, Mapping[str, Any]] = {}
    themes: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        key, group = str(row["theme"]), str(row["group"])
        cells[key, group] = row
        themes.setdefault(key, row)
        first.setdefault(group, row)
    parents = {str(row["parent"]) for row in themes.values() if row["parent"]}
    shown = [
        Theme(key, str(row["name"]), str(row["parent"] or ""), int(row["depth"]), key in parents)
        for key, row in themes.items()
    ]
    order = {ALL_GROUPS: 1, NO_GROUP: 2}
    rows_of = {name: first[name] for name in groups_shown(cells.values())}
    groups = [Group(name, int(row["answering"]), int(row["group_n"]), by) for name, row in rows_of.items()]
    return ThemeRows(shown, sorted(groups, key=lambda each: order.get(each.name, 0)), cells, first)


def whole_per_cent(n: int, base: int) -> int:
    """n of base in per cent, halves rounded up; from the integers, so that nothing is rounded twice."""
    return (200 * n + base) // (2 * base)


def counted_units(unit: Unit, n: int) -> str:
    """So many units in words."""
    match unit:
        case Unit.SENTENCE:
            text = ngettext("{n} sentence", "{n} sentences", n)
        case Unit.TURN:
            text = ngettext("{n} turn or answer", "{n} turns and answers", n)
        case Unit.ANSWER:
            text = ngettext("{n} answer", "{n} answers", n)
        case Unit.SESSION:
            text = ngettext("{n} session", "{n} sessions", n)
        case Unit.RESPONDENT:
            text = ngettext("{n} respondent", "{n} respondents", n)
        case Unit.SEGMENT:
            text = ngettext("{n} coded passage", "{n} coded passages", n)
    return text.format(n=n)


def number_of(value: Any) -> float | None:
    """A number of a table, None where there is none."""
    number = float(value) if value is not None else float("nan")
    return None if isnan(number) else number


def cell_of(row: Mapping[str, Any], counted: Counted, *, suggested: bool, of_group: bool) -> Cell:
    """The numbers of a row of `theme_table.csv`, by what is counted."""
    quotations = int(row["suggested" if suggested else "codings"])
    sessions = 0 if suggested else int(row["sessions"])
    if counted is not Counted.RESPONDENTS:
        if counted is Counted.QUOTATIONS:
            n, base, share = quotations, int(row["codings_in_group"]), row["pct_of_codings"]
        else:
            n, share = int(row["suggested_units" if suggested else "units"]), row["pct_of_units"]
            base = int(row["units_in_group"])
        if suggested:
            return Cell(n, 0, None, None, None, quotations, sessions)
        per_cent = None if number_of(share) is None else whole_per_cent(n, base)
        return Cell(n, base, per_cent, None, None, quotations, sessions)
    base = int(row["group_n" if of_group else "answering"])
    n = int(row["suggested_respondents" if suggested else "respondents"])
    column = "suggested_pct_of_answering" if suggested else "pct_of_group" if of_group else "pct_of_answering"
    per_cent = None if number_of(row[column]) is None or not base else whole_per_cent(n, base)
    low = high = None
    if per_cent is not None and not suggested and not of_group:
        low, high = number_of(row["ci_low"]), number_of(row["ci_high"])
    return Cell(n, base, per_cent, low, high, quotations, sessions)


def cell_text(cell: Cell) -> str:
    """A cell as text: n/N and per cent."""
    count = f"{cell.n}/{cell.base}" if cell.base else str(cell.n)
    return f"{count}  {cell.per_cent} %" if cell.per_cent is not None else count


def cell_sentence(cell: Cell, counted: Counted, *, unit: Unit = Unit.SEGMENT, of_group: bool = False) -> str:
    """A cell as a sentence."""
    if counted is Counted.QUOTATIONS and not cell.base:
        return ngettext("{n} quotation", "{n} quotations", cell.n).format(n=cell.n)
    if counted is Counted.UNITS and not cell.base:
        return counted_units(unit, cell.n)
    if counted is Counted.QUOTATIONS:
        text = ngettext("{n} of {base} quotation", "{n} of {base} quotations", cell.base)
        text = text.format(n=cell.n, base=cell.base)
    elif counted is Counted.UNITS:
        text = _("{n} of {base}").format(n=cell.n, base=counted_units(unit, cell.base))
    elif of_group:
        text = _("{n} of {base} in the group").format(n=cell.n, base=cell.base)
    else:
        text = _("{n} of {base} who spoke or answered").format(n=cell.n, base=cell.base)
    if cell.per_cent is None:
        return text
    text = f"{text}, {cell.per_cent} %"
    if cell.low is None or cell.high is None:
        return text
    low, high = int(cell.low + 0.5), int(cell.high + 0.5)
    return text + " " + _("(95 % interval {low} to {high})").format(low=low, high=high)
