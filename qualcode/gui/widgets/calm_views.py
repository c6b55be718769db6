"""How lists and tables are set up: without frames and lines, rows drawn by delegates, smooth to scroll."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QListView, QTableView

from qualcode.gui.resources import fonts
from qualcode.gui.resources.theme import theme


def make_calm(view: QAbstractItemView, name: str) -> None:
    """What all of them have in common.

    Args:
        view: a list, table or tree.
        name: what a screen reader calls it.
    """
    view.setAccessibleName(name)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setMouseTracking(True)
    view.setTabKeyNavigation(False)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    theme().changed.connect(view.viewport().update)


def make_calm_list(view: QListView, name: str, *, wraps: bool = False) -> None:
    """One column of rows, as wide as the view.

    Args:
        view: the list.
        name: what a screen reader calls it.
        wraps: whether rows become higher when the view becomes narrower; else all are equally high.
    """
    make_calm(view, name)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if wraps:
        view.setResizeMode(QListView.ResizeMode.Adjust)
    else:
        view.setUniformItemSizes(True)


def make_calm_table(view: QTableView, name: str) -> None:
    """Columns without lines between them."""
    make_calm(view, name)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setCornerButtonEnabled(False)


def make_rows(view: QTableView, height: int, *, least: int = 1) -> None:
    """Rows without heads at their side.

    Args:
        view: the table.
        height: what a row has unless it gets another, in pixels of the design.
        least: what a row has at least, in pixels of the screen.
    """
    rows = view.verticalHeader()
    rows.hide()
    rows.setMinimumSectionSize(least)
    rows.setDefaultSectionSize(fonts.px(height))
    rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)


def pick_rows(view: QAbstractItemView, *, many: bool) -> None:
    """Whole rows are picked, one or many."""
    mode = QAbstractItemView.SelectionMode
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)


class OpeningTable(QTableView):
    """A table whose cells open by a press or by Enter."""

    def open_cell(self, index: QModelIndex | QPersistentModelIndex) -> None:
        """Opens what is behind a cell.

        Args:
            index: of a cell, or of none.
        """
        raise NotImplementedError

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press opens what is behind a cell."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.open_cell(self.indexAt(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens on every platform."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.open_cell(self.currentIndex())
            return
        super().keyPressEvent(event)
