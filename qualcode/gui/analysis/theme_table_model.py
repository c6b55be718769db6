"""The theme table as the window shows it: a row a theme, a column a group, a cell a count with its base."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from math import isnan
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qualcode.exporting.theme_rows import groups_shown
from qualcode.i18n import _, ngettext
from qualcode.model.case import ALL_GROUPS, NO_GROUP
from qualcode.model.segment import Unit

CELL = Qt.ItemDataRole.UserRole + 1
THEME = Qt.ItemDataRole.UserRole + 2
GROUP = Qt.ItemDataRole.UserRole + 3

_ANSWERING = "pct_of_answering"

AnyIndex = QModelIndex | QPersistentModelIndex


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


class ThemeTableModel(QAbstractTableModel):
    """Shows rows of `theme_table.csv`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._themes: list[Theme] = []
        self._groups: list[Group] = []
        self._rows: Mapping[tuple[str, str], Mapping[str, Any]] = {}
        self._first_rows: Mapping[str, Mapping[str, Any]] = {}
        self._counted = Counted.RESPONDENTS
        self._suggested = False
        self._of_group = False
        self._unit = Unit.SEGMENT

    def set_table(self, rows: Iterable[Mapping[str, Any]], *, by: str = "group", unit: Unit = Unit.SEGMENT) -> None:
        """Shows rows of `theme_table.csv`; see `arranged`."""
        self.show_rows(arranged(rows, by), unit)

    def show_rows(self, rows: ThemeRows, unit: Unit) -> None:
        """Shows another table.

        Args:
            rows: what it holds.
            unit: what its units are.
        """
        self.beginResetModel()
        self._unit = unit
        self._rows, self._first_rows = rows.cells, rows.first
        self._themes, self._groups = rows.themes, rows.groups
        self.endResetModel()

    def largest(self) -> tuple[int, int, bool, bool]:
        """The largest count and base, and whether there are shares and intervals: how wide columns must be."""
        counted, suggested = self._counted, self._suggested
        if counted is Counted.RESPONDENTS:
            n = "suggested_respondents" if suggested else "respondents"
            base = "group_n" if self.is_of_group else "answering"
            share = "suggested_pct_of_answering" if suggested else "pct_of_group" if self.is_of_group else _ANSWERING
        elif counted is Counted.UNITS:
            n, base, share = ("suggested_units" if suggested else "units"), "units_in_group", "pct_of_units"
        else:
            n, base, share = ("suggested" if suggested else "codings"), "codings_in_group", "pct_of_codings"
        has_base = counted is Counted.RESPONDENTS or not suggested
        rows, first = self._rows.values(), self._first_rows.values()
        most = max((int(row[n]) for row in rows), default=0)
        most_base = max((int(row[base]) for row in first), default=0) if has_base else 0
        has_share = has_base and any(_number(row[share]) is not None for row in first)
        return most, most_base, has_share, has_share and share == _ANSWERING

    def count(self, counted: Counted, *, suggested: bool, of_group: bool = False) -> None:
        """Shows other numbers of the same table.

        Args:
            counted: respondents, quotations or other units.
            suggested: what waits for a decision instead of what was coded.
            of_group: shares of everybody in a group instead of those who answered; they have no interval.
        """
        if (counted, suggested, of_group) == (self._counted, self._suggested, self._of_group):
            return
        self._counted, self._suggested, self._of_group = counted, suggested, of_group
        if self._themes and self._groups:
            last = self.index(len(self._themes) - 1, len(self._groups))
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._groups))

    @property
    def counted(self) -> Counted:
        """What cells count now."""
        return self._counted

    @property
    def shows_suggested(self) -> bool:
        """Whether cells count what is only suggested."""
        return self._suggested

    @property
    def unit(self) -> Unit:
        """What a unit is."""
        return self._unit

    @property
    def is_of_group(self) -> bool:
        """Whether shares are of everybody in a group."""
        return self._of_group and not self._suggested

    @property
    def themes(self) -> list[Theme]:
        """The rows."""
        return self._themes

    @property
    def groups(self) -> list[Group]:
        """The columns after the first."""
        return self._groups

    def has_coded(self) -> bool:
        """Whether anything is coded at all."""
        return any(int(row["codings"]) for row in self._rows.values())

    def has_suggested(self) -> bool:
        """Whether anything waits for a decision."""
        return any(int(row["suggested"]) for row in self._rows.values())

    def cell(self, theme: str, group: str) -> Cell | None:
        """The numbers of a theme and a group."""
        row = self._rows.get((theme, group))
        if row is None:
            return None
        return _cell(row, self._counted, suggested=self._suggested, of_group=self.is_of_group)

    def sentence(self, cell: Cell) -> str:
        """A cell of this table as a sentence."""
        return cell_sentence(cell, self._counted, unit=self._unit, of_group=self.is_of_group)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """A row a theme."""
        return 0 if parent.isValid() else len(self._themes)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """The themes' names and a column a group."""
        return 0 if parent.isValid() else len(self._groups) + 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        if not index.isValid():
            return None
        theme = self._themes[index.row()]
        if role == THEME:
            return theme
        if index.column() == 0:
            return theme.name if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None
        group = self._groups[index.column() - 1]
        cell = self.cell(theme.key, group.name)
        if role == GROUP:
            return group
        if role == CELL:
            return cell
        if cell is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(cell)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{theme.name}, {group.title}: {self.sentence(cell)}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands over a column."""
        wanted = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        if orientation != Qt.Orientation.Horizontal or role not in wanted:
            return None
        if section == 0:
            return _("Theme")
        return self._groups[section - 1].title if section <= len(self._groups) else None

    def base_text(self, section: int) -> str:
        """The second line over a column: the base of its shares."""
        if section == 0:
            return self._base_heading()
        group = self._groups[section - 1]
        if self._counted is Counted.RESPONDENTS:
            if self.is_of_group:
                return ngettext("{n} respondent", "{n} respondents", group.n).format(n=group.n)
            return _("{answering} of {n} answered").format(answering=group.answering, n=group.n)
        if self._suggested:
            return ""
        row = self._first_rows[group.name]
        if self._counted is Counted.UNITS:
            return counted_units(self._unit, int(row["units_in_group"]))
        n = int(row["codings_in_group"])
        return ngettext("{n} quotation", "{n} quotations", n).format(n=n)

    def _base_heading(self) -> str:
        if self._counted is Counted.RESPONDENTS:
            has_interval = not self._suggested and not self.is_of_group
            return _("n of N, per cent, 95 % interval") if has_interval else _("n of N, per cent")
        if self._suggested:
            return _("suggestions")
        if self._counted is Counted.UNITS:
            return _("n of all in the group, per cent")
        return _("quotations of all in the group, per cent")


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


def _number(value: Any) -> float | None:
    number = float(value) if value is not None else float("nan")
    return None if isnan(number) else number


def _cell(row: Mapping[str, Any], counted: Counted, *, suggested: bool, of_group: bool) -> Cell:
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
        per_cent = None if _number(share) is None else whole_per_cent(n, base)
        return Cell(n, base, per_cent, None, None, quotations, sessions)
    base = int(row["group_n" if of_group else "answering"])
    n = int(row["suggested_respondents" if suggested else "respondents"])
    column = "suggested_pct_of_answering" if suggested else "pct_of_group" if of_group else "pct_of_answering"
    per_cent = None if _number(row[column]) is None or not base else whole_per_cent(n, base)
    low = high = None
    if per_cent is not None and not suggested and not of_group:
        low, high = _number(row["ci_low"]), _number(row["ci_high"])
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
        text = _("{n} of {base} quotations").format(n=cell.n, base=cell.base)
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
