"""Themes that stand together: what is counted, and the square of cells."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from qualcode.gui.analysis.page import OpenedCell, Scope, TablePage
from qualcode.gui.analysis.theme_page import chosen_text, unit_name
from qualcode.gui.analysis.together_model import Named, Together, TogetherModel
from qualcode.gui.analysis.together_view import TogetherView
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.survey.choice_button import Choice, ChoiceButton
from qualcode.i18n import _, ngettext
from qualcode.model.case import ALL_GROUPS
from qualcode.model.segment import Unit

if TYPE_CHECKING:
    from qualcode.exporting.one_table import OneTable
    from qualcode.project.project import Project
    from qualcode.project.reports import Quotation
    from qualcode.project.together import Pairs

_TOP, _ALL = "top", "all"
_QUICK_CODES = 60


class TogetherPage(TablePage):
    """A row and a column a theme."""

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.model = TogetherModel(self)
        self.table_view = TogetherView(bridge, self.model, self)
        self._frame: Any = None
        self._pairs: Pairs | None = None
        self._open: tuple[str, str] | None = None
        self.unit_choice = ChoiceButton(_("Together on one"), 160)
        units = (Unit.SENTENCE, Unit.TURN, Unit.ANSWER, Unit.RESPONDENT, Unit.SESSION)
        passage = Choice(Unit.SEGMENT.value, _("passage (overlapping)"))
        choices = [passage, *(Choice(each.value, unit_name(each)) for each in units)]
        self.unit_choice.offer(choices, bridge.project.settings.unit.value)
        self.themes = ChoiceButton(_("Themes"), 110)
        self.themes.offer([Choice(_TOP, _("at the top")), Choice(_ALL, _("all"))], _ALL)
        self.controls = [self.unit_choice, self.themes]
        self.column.addWidget(self.table_view, 1)
        self.unit_choice.chosen.connect(lambda _key: self.count())
        self.themes.chosen.connect(lambda _key: self._show_frame())
        self.table_view.pair_opened.connect(self._on_opened)
        self.table_view.pair_picked.connect(self._on_picked)

    def view(self) -> QWidget:
        """The table."""
        return self.table_view

    def unit(self) -> Unit:
        """On what two themes stand together."""
        return Unit(self.unit_choice.key)

    def count(self) -> None:
        """Counts anew."""
        unit, where, suggested = self.unit(), self._scope.where, self._scope.suggested

        def work(project: Project) -> Any:
            from qualcode.project.together import squared

            frame = project.reports.cooccurrence(unit=unit, where=where, suggested=suggested)
            return frame, squared(frame)

        self.counting.run(work, self._show, is_slow=len(self._bridge.codebook.codes) > _QUICK_CODES)

    def rows(self) -> Any:
        """The table in the columns of `qualcode cooccurrence`."""
        return self._frame

    def base_name(self) -> str:
        """What the index is of, for the file."""
        return _("those with either theme")

    def footnote(self) -> str:
        """What the numbers are, and how they are drawn."""
        return _("The stronger the tint, the larger the index.") + " " + self.note()

    def note(self) -> str:
        """What the numbers are."""
        small_cell = self._bridge.project.settings.small_cell
        parts = [
            _("How often two themes stand together, and Jaccard's index: both, of those with either."),
            _("On the diagonal: the theme in all."),
            _("A theme and one above it always stand together and are left out."),
            ngettext("There is no index of fewer than {n}.", "There is no index of fewer than {n}.", small_cell).format(
                n=small_cell
            ),
        ]
        if self._scope.suggested:
            parts.insert(0, _("Suggested by the rules, not reviewed by a coder."))
        return " ".join(parts)

    def table(self) -> OneTable:
        """As it is shown, the counts; and the index of each pair beside them."""
        from qualcode.exporting.one_table import OneTable

        themes = self.model.themes
        headings = [_("Theme"), *(each.name for each in themes), *(f"{each.name}, Jaccard" for each in themes)]
        rows: list[list[str | int | float | None]] = []
        for row in themes:
            cells = [self.model.cell(row.key, column.key) for column in themes]
            counts = [cell.both if cell is not None else None for cell in cells]
            indices = [cell.jaccard if cell is not None else None for cell in cells]
            rows.append([row.name, *counts, *(None if each is None else round(each, 3) for each in indices)])
        title = _("Themes that stand together on one: {unit}").format(unit=chosen_text(self.unit_choice))
        return OneTable(title, headings, rows, depths=[each.depth for each in themes])

    def forget_cell(self) -> None:
        """No cell is open any more."""
        self._open = None

    def keep_cell(self) -> OpenedCell | None:
        """The cell that was open, with the numbers that it has now."""
        cell = self.model.cell(*self._open) if self._open is not None else None
        return self._opened(cell) if cell is not None else None

    def _show(self, answer: tuple[Any, Pairs]) -> None:
        self._frame, self._pairs = answer
        self._show_frame()

    def _show_frame(self) -> None:
        bridge = self._bridge
        themes = [
            Named(code.key, bridge.name_of(code), code.depth)
            for code in bridge.codebook.codes
            if self.themes.key == _ALL or not code.depth
        ]
        if self._pairs is not None:
            self.model.show_table(self._pairs, themes, self.unit())
        self.said.emit()

    def _on_opened(self, cell: Together) -> None:
        self._open = (cell.a, cell.b)
        self.cell_opened.emit(self._opened(cell))

    def _on_picked(self, cell: Together) -> None:
        if self._open is not None:
            self._open = (cell.a, cell.b)
            self.cell_picked.emit(self._opened(cell))

    def _opened(self, cell: Together) -> OpenedCell:
        names = {each.key: each.name for each in self.model.themes}
        beside = "" if cell.is_alone else _("with {theme}").format(theme=names[cell.b])
        fetch = partial(_fetch, cell=cell, unit=self.unit(), scope=self._scope)
        return OpenedCell(cell.a, names[cell.a], beside, self.model.sentence(cell), self._scope.suggested, fetch)


def _fetch(project: Project, cell: Together, unit: Unit, scope: Scope) -> Sequence[Quotation]:
    reports = project.reports
    if cell.is_alone:
        return reports.quotations(cell.a, ALL_GROUPS, where=scope.where, suggested=scope.suggested)
    return reports.quotations_together(cell.a, cell.b, unit=unit, where=scope.where, suggested=scope.suggested)
