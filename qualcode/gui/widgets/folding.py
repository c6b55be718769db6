"""A long list with headings that fold what is below them, as a table of one column.

A table, because its rows keep their heights in Qt itself: ten thousand rows scroll, come and go at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from qualcode.gui.widgets.calm_views import make_calm_table, make_rows

AnyIndex = QModelIndex | QPersistentModelIndex


class Heading:
    """A row with rows below it."""

    is_folded: bool


class FoldingModel(QAbstractTableModel):
    """Rows of which some are headings; `_lay_rows` puts them together."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Any] = []

    def heads(self) -> list[tuple[int, Any]]:
        """The headings that are shown, with their rows."""
        return [(row, each) for row, each in enumerate(self._rows) if isinstance(each, Heading)]

    def head_at(self, row: int) -> Any:
        """The heading in a row; None where there is none."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Heading) else None

    def toggle(self, head: Heading) -> None:
        """Folds or unfolds what is below a heading."""
        head.is_folded = not head.is_folded
        self._lay_rows()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Headings, and what is not folded away."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Always one."""
        return 0 if parent.isValid() else 1

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Headings can be reached, to fold them, but not picked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        made = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if self.head_at(index.row()) is None:
            made |= Qt.ItemFlag.ItemIsSelectable
        return made

    def _lay_rows(self) -> None:
        raise NotImplementedError


class FoldingView(QTableView):
    """Folds by click, Enter, Space and the arrows sideways.

    Args:
        model: the rows.
        name: what a screen reader calls it.
        row_height: of a row that is no heading, in pixels of the design.
    """

    def __init__(self, model: FoldingModel, name: str, row_height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folding = model
        make_calm_table(self, name)
        make_rows(self, row_height)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        columns = self.horizontalHeader()
        columns.hide()
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setModel(model)
        model.modelReset.connect(self._on_reset)

    def heights(self) -> Iterator[tuple[int, int]]:
        """The rows that may be higher or lower than the rest, with their heights in pixels of the screen."""
        raise NotImplementedError

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a heading folds it."""
        if not self._toggle(self.indexAt(event.position().toPoint())):
            super().mousePressEvent(event)

    def folds(self, event: QKeyEvent) -> bool:
        """Whether a key was for the heading that the keyboard is on."""
        key, index = Qt.Key(event.key()), self.currentIndex()
        head = self._folding.head_at(index.row())
        if head is None:
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._toggle(index)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            if head.is_folded is (key == Qt.Key.Key_Right):
                self._toggle(index)
        else:
            return False
        return True

    def _toggle(self, index: QModelIndex) -> bool:
        head = self._folding.head_at(index.row())
        if head is None:
            return False
        self._folding.toggle(head)
        row = next((row for row, each in self._folding.heads() if each is head), None)
        if row is not None:
            self.setCurrentIndex(self._folding.index(row, 0))
        return True

    def _on_reset(self) -> None:
        header = self.verticalHeader()
        usual = header.defaultSectionSize()
        others = dict(self.heights())
        blocked = header.blockSignals(True)
        header.setUpdatesEnabled(False)  # else each call would find the places of all rows anew
        for row in range(self._folding.rowCount()):  # a header keeps through a reset what its rows were before
            wanted = others.get(row, usual)
            if header.sectionSize(row) != wanted:
                header.resizeSection(row, wanted)
        header.setUpdatesEnabled(True)
        header.blockSignals(blocked)
        self.updateGeometries()
