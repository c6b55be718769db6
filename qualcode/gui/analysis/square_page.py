"""What the tables of two themes share: which themes, the square of cells, and the pair that is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from qualcode.gui.analysis.page import OpenedCell, TablePage
from qualcode.gui.analysis.together_model import Named, Together, TogetherModel
from qualcode.gui.analysis.together_view import TogetherView
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.project.reports import Quotation

TOP, ALL = "top", "all"


class SquarePage(TablePage):
    """A row and a column a theme.

    Args:
        bridge: the project.
        name: of the table, for a screen reader.
    """

    def __init__(self, bridge: ProjectBridge, name: str, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.model = TogetherModel(self)
        self.table_view = TogetherView(bridge, self.model, name, self)
        self._open: tuple[str, str] | None = None
        self.themes = ChoiceButton(_("Themes"), 110)
        self.themes.offer([Choice(TOP, _("at the top")), Choice(ALL, _("all"))], ALL)
        self.column.addWidget(self.table_view, 1)
        self.table_view.pair_opened.connect(self._on_opened)
        self.table_view.pair_picked.connect(self._on_picked)

    def view(self) -> QWidget:
        """The table."""
        return self.table_view

    def quotations(self, project: Project, cell: Together) -> Sequence[Quotation]:
        """What is behind a cell; may be read on a worker thread."""
        raise NotImplementedError

    def named(self) -> list[Named]:
        """The themes that are shown."""
        bridge = self._bridge
        codes = [code for code in bridge.codebook.codes if self.themes.key == ALL or not code.depth]
        return [Named(code.key, bridge.name_of(code), code.depth) for code in codes]

    def forget_cell(self) -> None:
        """No cell is open any more."""
        self._open = None

    def keep_cell(self) -> OpenedCell | None:
        """The cell that was open, with the numbers that it has now."""
        cell = self.model.cell(*self._open) if self._open is not None else None
        return self._opened(cell) if cell is not None else None

    def beside(self, theme: str) -> str:
        """What is said of the second theme of a pair."""
        return _("with {theme}").format(theme=theme)

    def _on_opened(self, cell: Together) -> None:
        self._open = (cell.a, cell.b)
        self.cell_opened.emit(self._opened(cell))

    def _on_picked(self, cell: Together) -> None:
        if self._open is not None:
            self._open = (cell.a, cell.b)
            self.cell_picked.emit(self._opened(cell))

    def _opened(self, cell: Together) -> OpenedCell:
        names = {each.key: each.name for each in self.model.themes}
        beside = "" if cell.is_alone else self.beside(names[cell.b])

        def fetch(project: Project) -> Sequence[Quotation]:
            return self.quotations(project, cell)

        return OpenedCell(cell.a, names[cell.a], beside, cell.sentence, self._scope.suggested, fetch)
