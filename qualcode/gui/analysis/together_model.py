"""Which themes stand together, as the window shows it: a row and a column a theme, a cell a count with its index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qualcode.gui.analysis.theme_table_model import counted_units
from qualcode.i18n import _, decimal, ngettext
from qualcode.model.segment import Unit

if TYPE_CHECKING:
    from qualcode.project.together import Pairs

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
        self._pairs: Pairs | None = None
        self._unit = Unit.SEGMENT
        self._most = 0.0

    def show_table(self, pairs: Pairs, themes: Sequence[Named], unit: Unit) -> None:
        """Shows another table.

        Args:
            pairs: of all themes.
            themes: the rows and columns, in their order.
            unit: what a unit is.
        """
        self.beginResetModel()
        self._unit = unit
        self._pairs = pairs
        self._themes = list(themes)
        self._most = pairs.largest([theme.key for theme in themes])
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
        found = self._pairs.of(a, b) if self._pairs is not None else None
        return Together(a, b, *found) if found is not None else None

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
