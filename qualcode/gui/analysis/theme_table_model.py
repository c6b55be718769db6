"""The theme table as the window shows it: a row a theme, a column a group, a cell a count with its base."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qualcode.gui.analysis.theme_cells import (
    Cell,
    Counted,
    Group,
    Theme,
    ThemeRows,
    arranged,
    cell_of,
    cell_sentence,
    cell_text,
    counted_units,
    number_of,
)
from qualcode.i18n import _, ngettext
from qualcode.model.segment import Unit

CELL = Qt.ItemDataRole.UserRole + 1
THEME = Qt.ItemDataRole.UserRole + 2
GROUP = Qt.ItemDataRole.UserRole + 3

_ANSWERING = "pct_of_answering"

AnyIndex = QModelIndex | QPersistentModelIndex


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
        has_share = has_base and any(number_of(row[share]) is not None for row in first)
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
        return cell_of(row, self._counted, suggested=self._suggested, of_group=self.is_of_group)

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
