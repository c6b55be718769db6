"""A table whose cells are short lines with a small picture, as Qt reads it; what stands in them is a page's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

CELL = Qt.ItemDataRole.UserRole + 1
AnyIndex = QModelIndex | QPersistentModelIndex


class Rank(Enum):
    """How a line of a cell is written."""

    STRONG = "strong"
    PLAIN = "plain"
    SECOND = "second"
    HINT = "hint"
    WORDS = "words"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a cell; a quotation takes two lines of the screen, a sentence three."""

    text: str
    rank: Rank = Rank.PLAIN


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the interval on a line from 0 to 100.

    Attributes:
        per_cent: whole per cents; None where the base is too small.
        low: lower end of the interval in per cent; None where there is none.
        high: its upper end.
        before: a word that says of what, where a cell holds several.
    """

    n: int
    base: int
    per_cent: int | None = None
    low: float | None = None
    high: float | None = None
    before: str = ""

    @property
    def text(self) -> str:
        """n/N and per cent."""
        count = f"{self.n}/{self.base}" if self.base else str(self.n)
        shown = f"{count}  {self.per_cent} %" if self.per_cent is not None else count
        return f"{self.before} {shown}".strip()


@dataclass(frozen=True, slots=True)
class Bars:
    """How often each step of a scale was chosen.

    Attributes:
        counts: by step, in order.
        highest: the count that a full bar stands for.
        ends: what the first and the last step are called.
    """

    counts: tuple[int, ...]
    highest: int
    ends: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Fill:
    """A thin bar, filled from 0 to 1: under the first line, or beside the share."""

    part: float
    is_beside: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """Codes in their order, by key."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell.

    Attributes:
        lines: below each other.
        sentence: the cell in words, for a tooltip and a screen reader.
        shares: likewise n of N, above the lines.
        picture: beside or under the lines.
        tint: of the accent behind it, 0 to 1.
        behind: what the page opens when the cell is; None where nothing stands behind it.
        ink: key of the code whose colour pictures take, "" for none.
        rows: how many rows it reaches over.
    """

    lines: tuple[Line, ...] = ()
    sentence: str = ""
    shares: tuple[Share, ...] = ()
    picture: Bars | Fill | Marks | None = None
    tint: float = 0.0
    behind: tuple[str, ...] | None = None
    ink: str = ""
    rows: int = 1

    @property
    def text(self) -> str:
        """All that is written in it."""
        return "\n".join([*(share.text for share in self.shares), *(line.text for line in self.lines)])


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row.

    Attributes:
        key: what it stands for.
        title: at the left.
        second: a smaller line below it.
        code: key of the code whose mark stands before it, "" for none.
        depth: how far it is moved in.
        height: in pixels of the design.
        is_heading: it names the rows below it.
    """

    key: str
    title: str
    second: str = ""
    code: str = ""
    depth: int = 0
    height: int = 44
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column.

    Attributes:
        key: what it stands for.
        title: over it.
        second: a smaller line below it.
        group: whose circle stands before it, "" for none.
        width: the least, in pixels of the design.
        grows: whether it takes a part of the room that is left.
        is_number: written at the right.
        meaning: what it is, for a tooltip.
    """

    key: str
    title: str
    second: str = ""
    group: str = ""
    width: int = 120
    grows: bool = True
    is_number: bool = False
    meaning: str = ""


class GridModel(QAbstractTableModel):
    """Shows what a page put together."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.corner = ("", "")
        self._rows: Sequence[GridRow] = ()
        self._columns: Sequence[GridColumn] = ()
        self._cells: Mapping[tuple[str, str], GridCell] = {}

    @property
    def rows(self) -> Sequence[GridRow]:
        """From top to bottom."""
        return self._rows

    @property
    def columns(self) -> Sequence[GridColumn]:
        """From left to right."""
        return self._columns

    def show_grid(
        self,
        rows: Sequence[GridRow],
        columns: Sequence[GridColumn],
        cells: Mapping[tuple[str, str], GridCell],
        corner: tuple[str, str] = ("", ""),
    ) -> None:
        """Shows another table.

        Args:
            rows: with different keys.
            columns: likewise.
            cells: by the keys of row and column; one that is not there is empty.
            corner: two lines over the names of the rows.
        """
        self.beginResetModel()
        self._rows, self._columns, self._cells, self.corner = list(rows), list(columns), dict(cells), corner
        self.endResetModel()

    def cell(self, row: str, column: str) -> GridCell | None:
        """By keys."""
        return self._cells.get((row, column))

    def opening(self, behind: tuple[str, ...]) -> GridCell | None:
        """The cell behind which that stands."""
        return next((each for each in self._cells.values() if each.behind == behind), None)

    # Qt's questions

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """As many as were put in."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """As many as were put in."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell, or what it says."""
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        cell = self.cell(row.key, column.key)
        if role == CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text if cell is not None else ""
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.sentence or None if cell is not None else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = (cell.sentence or cell.text) if cell is not None else ""
            return f"{row.title}, {column.title}: {said}"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name of a row or column."""
        if orientation == Qt.Orientation.Vertical:
            wanted = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            return self._rows[section].title if wanted and section < len(self._rows) else None
        if section >= len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        return (column.meaning or column.title) if role == Qt.ItemDataRole.ToolTipRole else None
