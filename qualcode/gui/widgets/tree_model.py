"""A tree of rows that Qt's views can show; what a row says comes by role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(eq=False, slots=True)
class Row:
    """A row with the rows below it.

    Attributes:
        roles: what it says, by role.
        is_selectable: whether it can be picked, or only heads the rows below it.
    """

    roles: dict[int, Any]
    is_selectable: bool = True
    children: list[Row] = field(default_factory=list)
    parent: Row | None = None
    number: int = 0

    def add(self, roles: Mapping[int, Any], *, is_selectable: bool = True) -> Row:
        """Puts a row below this one."""
        made = Row(dict(roles), is_selectable, parent=self, number=len(self.children))
        self.children.append(made)
        return made

    @property
    def depth(self) -> int:
        """0 at the top."""
        found, above = -1, self.parent
        while above is not None:
            found, above = found + 1, above.parent
        return found


class RowTreeModel(QAbstractItemModel):
    """Shows a tree of rows in one column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = Row({})

    def set_root(self, root: Row) -> None:
        """Shows another tree."""
        self.beginResetModel()
        self._root = root
        self.endResetModel()

    def update_roles(self, row: Row, roles: Mapping[int, Any]) -> None:
        """Changes what a row says."""
        changed = [role for role, value in roles.items() if row.roles.get(role) != value]
        if changed:
            row.roles.update(roles)
            at = self.index_of(row)
            self.dataChanged.emit(at, at, changed)

    def row_at(self, index: AnyIndex) -> Row:
        """The row of an index; the root for an invalid one."""
        found = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, Row) else self._root

    def index_of(self, row: Row) -> QModelIndex:
        """The index of a row."""
        return self.createIndex(row.number, 0, row) if row.parent is not None else QModelIndex()

    def find(self, role: int, value: object) -> Row | None:
        """The first row that says a value."""
        waiting = list(self._root.children)
        while waiting:
            row = waiting.pop(0)
            if row.roles.get(role) == value:
                return row
            waiting[:0] = row.children
        return None

    def index(self, row: int, column: int, parent: AnyIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        """Qt asks for the index of a row below another."""
        above = self.row_at(parent)
        if column != 0 or not 0 <= row < len(above.children):
            return QModelIndex()
        return self.createIndex(row, 0, above.children[row])

    def parent(self, index: AnyIndex) -> QModelIndex:  # type: ignore[override]
        """Qt asks for the row above."""
        row = self.row_at(index)
        return self.index_of(row.parent) if row.parent is not None else QModelIndex()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """How many rows lie below."""
        return len(self.row_at(parent).children) if parent.column() <= 0 else 0

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Always one."""
        return 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Nothing: a screen reader would read the number of the column before each row."""
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row says."""
        return self.row_at(index).roles.get(role) if index.isValid() else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Heads cannot be picked, but they can be reached to fold them."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        made = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not self.row_at(index).children:
            made |= Qt.ItemFlag.ItemNeverHasChildren
        return made
