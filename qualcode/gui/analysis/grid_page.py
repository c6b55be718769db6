"""What the pages whose table is a grid share: the grid, what stands there while there is none, and the open cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from qualcode.errors import QualcodeError
from qualcode.gui.analysis.grid_model import GridCell, GridColumn, GridModel, GridRow
from qualcode.gui.analysis.grid_view import GridView
from qualcode.gui.analysis.page import OpenedCell, TablePage
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.gui.widgets.empty import Empty
from qualcode.i18n import _
from qualcode.model.case import ALL_GROUPS, NO_GROUP

Cells = dict[tuple[str, str], GridCell]


def group_title(name: str) -> str:
    """A group as one reads it."""
    return {ALL_GROUPS: _("All"), NO_GROUP: _("No group")}.get(name, name)


def in_order(names: Sequence[str]) -> list[str]:
    """Groups, then all of them, then those of no group."""
    named = [name for name in names if name not in (ALL_GROUPS, NO_GROUP)]
    return [*named, *(name for name in (ALL_GROUPS, NO_GROUP) if name in names)]


class GridPage(TablePage):
    """A page that fills a grid.

    Args:
        bridge: the project.
        name: of the table, for a screen reader.
    """

    has_suggested = False

    def __init__(self, bridge: ProjectBridge, name: str, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.model = GridModel(self)
        self.table_view = GridView(bridge, self.model, name, self)
        self.empty = Empty("table-2", "", "", self)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table_view)
        self._stack.addWidget(self.empty)
        self._frame: Any = None
        self._open: tuple[str, ...] | None = None
        self.column.addWidget(self._stack, 1)
        self.counting.failed.disconnect(self.failed)
        self.counting.failed.connect(self._on_counting_failed)
        self.table_view.cell_opened.connect(self._on_opened)
        self.table_view.cell_picked.connect(self._on_picked)

    def view(self) -> QWidget:
        """The table."""
        return self.table_view

    @property
    def is_empty(self) -> bool:
        """Whether a sentence stands there instead of a table."""
        return self._stack.currentWidget() is self.empty

    def rows(self) -> Any:
        """The table as a data frame in the columns of its command."""
        return self._frame

    def forget_cell(self) -> None:
        """No cell is open any more."""
        self._open = None

    def keep_cell(self) -> OpenedCell | None:
        """The cell that was open, with the numbers that it has now."""
        cell = self.model.opening(self._open) if self._open is not None else None
        return self.opened(cell) if cell is not None else None

    def opened(self, cell: GridCell) -> OpenedCell:
        """What is told about a cell, and how its quotations are read."""
        raise NotImplementedError

    def show_grid(
        self,
        frame: Any,
        rows: Sequence[GridRow],
        columns: Sequence[GridColumn],
        cells: Mapping[tuple[str, str], GridCell],
        corner: tuple[str, str],
    ) -> None:
        """Shows a table; the keyboard stays on its cell."""
        at = self.table_view.currentIndex()
        before = (self.model.rows[at.row()].key, self.model.columns[at.column()].key) if at.isValid() else None
        self._frame = frame
        self.model.show_grid(rows, columns, cells, corner)
        self._stack.setCurrentWidget(self.table_view)
        if before is not None:
            self.table_view.go_to(*before)
        self.said.emit()

    def say_nothing(self, missing: str, to_do: str) -> None:
        """Says what is missing in place of the table, and what to do."""
        self._frame = None
        self.model.show_grid([], [], {})
        self.empty.say(missing, to_do)
        self._stack.setCurrentWidget(self.empty)
        self.said.emit()

    def offer_groups(self, by: ChoiceButton) -> None:
        """Offers what people can be grouped by: their group, or one of their attributes."""
        attributes = self._bridge.project.respondents.attribute_names()
        choices = [Choice("group", _("Group")), *(Choice(name, name) for name in attributes)]
        by.offer(choices, by.key if by.key in {each.key for each in choices} else "group")
        by.setVisible(len(choices) > 1)

    def group_column(self, name: str, by: str, second: str, width: int) -> GridColumn:
        """The column of a group of people."""
        marked = name if by == "group" and name != ALL_GROUPS else ""
        return GridColumn(name, group_title(name), second, marked, width)

    def _on_counting_failed(self, error: Exception) -> None:
        if isinstance(error, QualcodeError):
            self.say_nothing(error.message, error.hint)
        else:
            self.failed.emit(error)

    def _on_opened(self, behind: tuple[str, ...]) -> None:
        cell = self.model.opening(behind)
        if cell is not None:
            self._open = behind
            self.cell_opened.emit(self.opened(cell))

    def _on_picked(self, behind: tuple[str, ...]) -> None:
        cell = self.model.opening(behind)
        if cell is not None and self._open is not None:
            self._open = behind
            self.cell_picked.emit(self.opened(cell))
