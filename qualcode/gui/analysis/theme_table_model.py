"""The theme table as the window shows it: a row a theme, a column a group, a cell a count with its base."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from math import isnan
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qualcode.i18n import _, ngettext
from qualcode.model.case import ALL_GROUPS, NO_GROUP

CELL = Qt.ItemDataRole.UserRole + 1
THEME = Qt.ItemDataRole.UserRole + 2
GROUP = Qt.ItemDataRole.UserRole + 3

AnyIndex = QModelIndex | QPersistentModelIndex


class Counted(Enum):
    """What a cell counts."""

    RESPONDENTS = "respondents"
    QUOTATIONS = "quotations"


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
    """

    name: str
    answering: int
    n: int

    @property
    def title(self) -> str:
        """What stands over the column."""
        return {ALL_GROUPS: _("All"), NO_GROUP: _("No group")}.get(self.name, self.name)


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


def whole_per_cent(n: int, base: int) -> int:
    """n of base in per cent, halves rounded up; from the integers, so that nothing is rounded twice."""
    return (200 * n + base) // (2 * base)


class ThemeTableModel(QAbstractTableModel):
    """Shows rows of `theme_table.csv`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._themes: list[Theme] = []
        self._groups: list[Group] = []
        self._rows: dict[tuple[str, str], Mapping[str, Any]] = {}
        self._counted = Counted.RESPONDENTS
        self._suggested = False

    def set_table(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Shows another table.

        Args:
            rows: a mapping for each group and theme with the columns of `theme_table.csv`.
        """
        self.beginResetModel()
        self._rows = {(str(row["theme"]), str(row["group"])): row for row in rows}
        parents = {str(row["parent"]) for row in rows if row["parent"]}
        themes: dict[str, Theme] = {}
        groups: dict[str, Group] = {}
        for row in rows:
            key, group = str(row["theme"]), str(row["group"])
            if key not in themes:
                above = str(row["parent"] or "")
                themes[key] = Theme(key, str(row["name"]), above, int(row["depth"]), key in parents)
            if group not in groups:
                groups[group] = Group(group, int(row["answering"]), int(row["group_n"]))
        order = {ALL_GROUPS: 1, NO_GROUP: 2}
        self._themes = list(themes.values())
        self._groups = sorted(groups.values(), key=lambda group: order.get(group.name, 0))
        self._groups = [group for group in self._groups if group.name != NO_GROUP or group.n or group.answering]
        self.endResetModel()

    def count(self, counted: Counted, *, suggested: bool) -> None:
        """Shows other numbers of the same table: respondents or quotations, coded or suggested."""
        if (counted, suggested) == (self._counted, self._suggested):
            return
        self._counted, self._suggested = counted, suggested
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
        return _cell(row, self._counted, suggested=self._suggested) if row is not None else None

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
            return f"{theme.name}, {group.title}: {cell_sentence(cell, self._counted)}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands over a column."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == 0:
            return _("Theme")
        return self._groups[section - 1].title if section <= len(self._groups) else None

    def base_text(self, section: int) -> str:
        """The second line over a column: the base of its shares."""
        if section == 0:
            if self._counted is Counted.RESPONDENTS:
                return _("n of N, per cent") if self._suggested else _("n of N, per cent, 95 % interval")
            if self._suggested:
                return _("suggestions")
            return _("quotations of all in the group, per cent")
        group = self._groups[section - 1]
        if self._counted is Counted.QUOTATIONS:
            row = next((row for (_theme, name), row in self._rows.items() if name == group.name), None)
            n = int(row["suggested" if self._suggested else "codings_in_group"]) if row is not None else 0
            if self._suggested:
                return ""
            return ngettext("{n} quotation", "{n} quotations", n).format(n=n)
        return _("{answering} of {n} answered").format(answering=group.answering, n=group.n)


def _number(value: Any) -> float | None:
    number = float(value) if value is not None else float("nan")
    return None if isnan(number) else number


def _cell(row: Mapping[str, Any], counted: Counted, *, suggested: bool) -> Cell:
    answering = int(row["answering"])
    quotations = int(row["suggested" if suggested else "codings"])
    sessions = 0 if suggested else int(row["sessions"])
    if counted is Counted.QUOTATIONS:
        base = 0 if suggested else int(row["codings_in_group"])
        share = None if suggested or _number(row["pct_of_codings"]) is None else whole_per_cent(quotations, base)
        return Cell(quotations, base, share, None, None, quotations, sessions)
    n = int(row["suggested_respondents" if suggested else "respondents"])
    shown = _number(row["suggested_pct_of_answering" if suggested else "pct_of_answering"])
    per_cent = None if shown is None or not answering else whole_per_cent(n, answering)
    low = high = None
    if per_cent is not None and not suggested:
        low, high = _number(row["ci_low"]), _number(row["ci_high"])
    return Cell(n, answering, per_cent, low, high, quotations, sessions)


def cell_text(cell: Cell) -> str:
    """A cell as text: n/N and per cent."""
    count = f"{cell.n}/{cell.base}" if cell.base else str(cell.n)
    return f"{count}  {cell.per_cent} %" if cell.per_cent is not None else count


def cell_sentence(cell: Cell, counted: Counted) -> str:
    """A cell as a sentence."""
    if counted is Counted.QUOTATIONS:
        if not cell.base:
            return ngettext("{n} quotation", "{n} quotations", cell.n).format(n=cell.n)
        text = _("{n} of {base} quotations").format(n=cell.n, base=cell.base)
        return f"{text}, {cell.per_cent} %" if cell.per_cent is not None else text
    text = _("{n} of {base} who spoke or answered").format(n=cell.n, base=cell.base)
    if cell.per_cent is None:
        return text
    text = f"{text}, {cell.per_cent} %"
    if cell.low is None or cell.high is None:
        return text
    low, high = int(cell.low + 0.5), int(cell.high + 0.5)
    return text + " " + _("(95 % interval {low} to {high})").format(low=low, high=high)
