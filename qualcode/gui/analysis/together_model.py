"""Which themes stand together, as the window shows it: a row and a column a theme, a cell a count with its index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qualcode.gui.analysis.theme_table_model import counted_units
from qualcode.i18n import _, decimal, ngettext
from qualcode.model.segment import Unit

TOGETHER = Qt.ItemDataRole.UserRole + 1

AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Named:
    """A theme at the edge of the table."""

    key: str
    name: str
    depth: int


@dataclass(frozen=True, slots=True)
class Together:
    """Two themes, or one with itself.

    Attributes:
        a: key of the theme of the row.
        b: key of the theme of the column.
        both: how often the two stand together; of one theme, how often it stands.
        of_a: how often the first stands.
        of_b: how often the second stands.
        jaccard: both, of those with either, 0 to 1; None where there is none.
    """

    a: str
    b: str
    both: int
    of_a: int
    of_b: int
    jaccard: float | None

    @property
    def is_alone(self) -> bool:
        """Whether it is one theme with itself."""
        return self.a == self.b


class TogetherModel(QAbstractTableModel):
    """Shows the table of `qualcode cooccurrence` as a square."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._themes: list[Named] = []
        self._cells: dict[tuple[str, str], Together] = {}
        self._unit = Unit.SEGMENT
        self._most = 0.0

    def show_table(self, rows: Sequence[Mapping[str, Any]], themes: Sequence[Named], unit: Unit) -> None:
        """Shows another table.

        Args:
            rows: in the columns of `qualcode cooccurrence`.
            themes: the rows and columns, in their order.
            unit: what a unit is.
        """
        self.beginResetModel()
        self._unit = unit
        shown = {theme.key for theme in themes}
        self._themes = list(themes)
        self._cells = {}
        for row in rows:
            a, b = str(row["theme_a"]), str(row["theme_b"])
            if a not in shown or b not in shown:
                continue
            both, of_a, of_b = (int(row[f"units_{side}"]) for side in ("both", "a", "b"))
            index = None if isnan(row["jaccard"]) else float(row["jaccard"])
            self._cells[a, b] = Together(a, b, both, of_a, of_b, index)
            self._cells[b, a] = Together(b, a, both, of_b, of_a, index)
            for key, n in ((a, of_a), (b, of_b)):
                self._cells[key, key] = Together(key, key, n, n, n, None)
        self._most = max((cell.jaccard or 0.0 for cell in self._cells.values()), default=0.0)
        self.endResetModel()

    @property
    def themes(self) -> list[Named]:
        """The rows, and the columns."""
        return self._themes

    @property
    def unit(self) -> Unit:
        """What is counted."""
        return self._unit

    def cell(self, a: str, b: str) -> Together | None:
        """Two themes; None where one is above the other."""
        return self._cells.get((a, b))

    def strength(self, cell: Together) -> float:
        """How strong a cell's tint is, from 0 to 1: its index, as a part of the largest in the table."""
        return (cell.jaccard or 0.0) / self._most if self._most else 0.0

    def sentence(self, cell: Together) -> str:
        """A cell in words."""
        counted = self._counted(cell.both)
        if cell.is_alone:
            return counted
        text = _("{counted} with both; {a} and {b} with each").format(counted=counted, a=cell.of_a, b=cell.of_b)
        if cell.jaccard is None:
            return text
        return text + ", " + _("Jaccard {index}").format(index=decimal(cell.jaccard))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """A row a theme."""
        return 0 if parent.isValid() else len(self._themes)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """A column a theme."""
        return 0 if parent.isValid() else len(self._themes)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        if not index.isValid():
            return None
        row, column = self._themes[index.row()], self._themes[index.column()]
        cell = self.cell(row.key, column.key)
        if role == TOGETHER:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return str(cell.both) if cell is not None else ""
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            if cell is None:
                return _("{a}, {b}: one of the two is above the other").format(a=row.name, b=column.name)
            pair = row.name if cell.is_alone else f"{row.name}, {column.name}"
            return f"{pair}: {self.sentence(cell)}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name of a theme."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return self._themes[section].name if section < len(self._themes) else None

    def _counted(self, n: int) -> str:
        if self._unit is Unit.SEGMENT:
            return ngettext("{n} quotation", "{n} quotations", n).format(n=n)
        return counted_units(self._unit, n)
