"""Which themes stand together, as the window shows it: a row and a column a theme, a cell a count with its index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qualcode.gui.analysis.theme_cells import counted_units
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
        both: how often the two stand together.
        index: how much that is; None where there is no such number.
        below: what stands under the count, "" for nothing.
        strength: of the tint, 0 to 1.
        sentence: the cell in words.
        is_alone: one theme with itself, where that tells only how often it stands.
    """

    a: str
    b: str
    both: int
    index: float | None
    below: str
    strength: float
    sentence: str
    is_alone: bool = False


class Square(Protocol):
    """What a square shows: a cell for each two themes."""

    def cell(self, a: str, b: str) -> Together | None:
        """Two themes; None where they cannot be set beside each other."""


class PairSquare:
    """The table of `qualcode cooccurrence`.

    Args:
        pairs: of all themes.
        themes: keys of those that are shown; the largest index among them has the strongest tint.
        unit: what a unit is.
    """

    def __init__(self, pairs: Pairs, themes: Sequence[str], unit: Unit) -> None:
        self._pairs = pairs
        self._unit = unit
        self._most = pairs.largest(themes)

    def cell(self, a: str, b: str) -> Together | None:
        """Two themes; None where one is above the other."""
        found = self._pairs.of(a, b)
        if found is None:
            return None
        both, of_a, of_b, index = found
        text = counted_on(self._unit, both)
        if a == b:
            return Together(a, b, both, index, "", 0.0, text, is_alone=True)
        text = _("{counted} with both; {a} and {b} with each").format(counted=text, a=of_a, b=of_b)
        if index is not None:
            text += ", " + _("Jaccard {index}").format(index=decimal(index))
        below = decimal(index, short=True) if both and index is not None else ""
        return Together(a, b, both, index, below, (index or 0.0) / self._most if self._most else 0.0, text)


class CellsOf:
    """A square whose cells are worked out already."""

    def __init__(self, cells: Mapping[tuple[str, str], Together], missing: Mapping[str, str] | None = None) -> None:
        self._cells = cells
        self._missing = missing or {}

    def cell(self, a: str, b: str) -> Together | None:
        """Two themes; None where they cannot be set beside each other."""
        found = self._cells.get((a, b))
        if found is None and self._missing:
            return Together(a, b, 0, None, "", 0.0, self._missing.get(a, ""))
        return found


class TogetherModel(QAbstractTableModel):
    """Shows a square of themes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._themes: list[Named] = []
        self._square: Square | None = None

    def show_square(self, square: Square, themes: Sequence[Named]) -> None:
        """Shows another table.

        Args:
            square: the cells.
            themes: the rows and columns, in their order.
        """
        self.beginResetModel()
        self._square = square
        self._themes = list(themes)
        self.endResetModel()

    @property
    def themes(self) -> list[Named]:
        """The rows, and the columns."""
        return self._themes

    def cell(self, a: str, b: str) -> Together | None:
        """Two themes; None where they cannot be set beside each other."""
        return self._square.cell(a, b) if self._square is not None else None

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
            return f"{pair}: {cell.sentence}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name of a theme."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return self._themes[section].name if section < len(self._themes) else None


def counted_on(unit: Unit, n: int) -> str:
    """So many units, in words."""
    if unit is Unit.SEGMENT:
        return ngettext("{n} quotation", "{n} quotations", n).format(n=n)
    return counted_units(unit, n)
