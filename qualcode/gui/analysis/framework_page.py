"""The framework matrix: which rows and themes, and summaries that are kept when one leaves the field."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from qualcode.analysis.filtering import Condition, Filter
from qualcode.errors import QualcodeError
from qualcode.gui.analysis.framework_model import FrameworkCell, FrameworkModel
from qualcode.gui.analysis.framework_view import FrameworkView
from qualcode.gui.analysis.page import OpenedCell, TablePage
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.gui.widgets.empty import Empty
from qualcode.i18n import _, in_quotes
from qualcode.model.case import ALL_GROUPS
from qualcode.model.framework import FrameworkRows

if TYPE_CHECKING:
    from qualcode.exporting.one_table import OneTable
    from qualcode.project.framework import Framework
    from qualcode.project.project import Project
    from qualcode.project.reports import Quotation

_FILLED, _PEOPLE, _SESSIONS = "filled", "people", "sessions"
_TOP, _ALL = "top", "all"
_QUICK_ROWS = 2_000


class FrameworkPage(TablePage):
    """A row a respondent or session, a column a theme."""

    has_suggested = False

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.model = FrameworkModel(self)
        self.table_view = FrameworkView(bridge, self.model, self)
        self._open: tuple[int, str] | None = None
        self.is_writing = False
        self.rows_choice = ChoiceButton(_("Rows"), 220)
        self.rows_choice.offer(
            [
                Choice(_FILLED, _("respondents with quotations")),
                Choice(_PEOPLE, _("all respondents")),
                Choice(_SESSIONS, _("sessions")),
            ],
            _FILLED,
        )
        self.themes = ChoiceButton(_("Themes"), 110)
        self.themes.offer([Choice(_TOP, _("at the top")), Choice(_ALL, _("all"))], _TOP)
        self.controls = [self.rows_choice, self.themes]
        self.empty = Empty(
            "table-2", _("No quotations here yet"), _("Code something, or choose all respondents as rows."), self
        )
        self.empty.hide()
        self.column.addWidget(self.table_view, 1)
        self.column.addWidget(self.empty, 1)
        for choice in (self.rows_choice, self.themes):
            choice.chosen.connect(lambda _key: self.count())
        self.model.written.connect(self._on_written, Qt.ConnectionType.QueuedConnection)  # the field is still closing
        self.table_view.cell_opened.connect(self._on_opened)
        self.table_view.cell_picked.connect(self._on_picked)

    @property
    def kind(self) -> FrameworkRows:
        """What the rows are."""
        return FrameworkRows.SESSION if self.rows_choice.key == _SESSIONS else FrameworkRows.RESPONDENT

    def view(self) -> QWidget:
        """The table."""
        return self.table_view

    def count(self) -> None:
        """Reads the matrix anew."""
        kind, where, empty = self.kind, self._scope.where, self.rows_choice.key != _FILLED
        themes = [code.key for code in self._bridge.codebook.codes] if self.themes.key == _ALL else []

        def work(project: Project) -> Any:
            return project.framework.matrix(kind, themes=themes, where=where, empty_rows=empty)

        self.counting.run(work, self._show, is_slow=self._bridge.project.reports.n_rows() > _QUICK_ROWS)

    def rows(self) -> Any:
        """A line a cell, in the columns of `qualcode framework`."""
        return self._bridge.project.framework.table(self.model.matrix) if self.model.matrix is not None else None

    def base_name(self) -> str:
        """There are no shares."""
        return ""

    def footnote(self) -> str:
        """How one writes."""
        return _(
            "A summary is kept when you leave its field. Below it: how many quotations of the theme there are. "
            "Enter writes, Ctrl+Enter ends it, Space opens the quotations."
        )

    def note(self) -> str:
        """What stands in a cell."""
        return _("Each cell: the summary, then the quotations with the theme or a code below it.")

    def table(self) -> OneTable:
        """Summaries with the quotations below them."""
        from qualcode.exporting.one_table import OneTable

        matrix = self.model.matrix
        is_people = self.kind is FrameworkRows.RESPONDENT
        headings = [_("Respondent"), _("Group"), _("Session")] if is_people else [_("Session")]
        lines: list[list[str | int | float | None]] = []
        for at, row in enumerate(matrix.rows if matrix is not None else ()):
            who: list[str | int | float | None] = [row.name, row.group, row.session] if is_people else [row.name]
            lines.append([*who, *(self._cell_text(at, column) for column in range(self.model.columnCount()))])
        names = list(matrix.names.values()) if matrix is not None else []
        return OneTable(_("Framework matrix"), [*headings, *names], lines)

    def pictures(self) -> list[tuple[str, str]]:
        """The codes by level and valence."""
        return [("model", _("Levels and valence"))]

    def working_keys(self) -> list[tuple[str, str]]:
        """Enter writes here."""
        return [("Enter", _("write a summary")), ("Ctrl Enter", _("keep it")), (_("Space"), _("open quotations"))]

    def forget_cell(self) -> None:
        """No cell is open any more."""
        self._open = None

    def keep_cell(self) -> OpenedCell | None:
        """The cell that was open, as it is now."""
        place = self.model.place_of(*self._open) if self._open is not None else None
        return self._opened(self.model.cell(*place)) if place is not None else None

    # What happens

    def _show(self, matrix: Framework) -> None:
        index = self.table_view.currentIndex()
        before = self.model.cell(index.row(), index.column()) if index.isValid() else None
        only_by = self._bridge.project.coder_name if self._bridge.is_blind else ""
        self.model.show_matrix(matrix, only_by=only_by)
        self.table_view.setVisible(bool(matrix.rows))
        self.empty.setVisible(not matrix.rows)
        place = self.model.place_of(before.row.id, before.theme) if before is not None else None
        if place is not None:
            self.table_view.setCurrentIndex(self.model.index(*place))
        self.said.emit()

    def _on_written(self, cell: FrameworkCell, text: str) -> None:
        code = self._bridge.code_keyed(cell.theme)
        if code is None:
            return
        actions, place = self._bridge.project.framework, (self.model.kind, cell.row.id, code.id)
        self.is_writing = True
        try:
            self._bridge.unwritten.take(place)
            actions.set_summary(*place, text)
            self.model.keep(cell, actions.summary(*place))
        except QualcodeError as error:
            self._bridge.unwritten.keep(place, lambda: actions.set_summary(*place, text), text)
            self.failed.emit(error)
        finally:
            self.is_writing = False

    def _on_opened(self, cell: FrameworkCell) -> None:
        self._open = (cell.row.id, cell.theme)
        self.cell_opened.emit(self._opened(cell))

    def _on_picked(self, cell: FrameworkCell) -> None:
        if self._open is not None:
            self._open = (cell.row.id, cell.theme)
            self.cell_picked.emit(self._opened(cell))

    def _opened(self, cell: FrameworkCell) -> OpenedCell:
        field = "respondent" if self.kind is FrameworkRows.RESPONDENT else "session"
        where = Filter((*self._scope.where.clauses, (Condition(field, (cell.row.key,)),)))
        fetch = partial(_fetch, theme=cell.theme, where=where)
        return OpenedCell(cell.theme, cell.name, cell.row.name, cell.summary, False, fetch)

    def _cell_text(self, row: int, column: int) -> str:
        from qualcode.project.framework import MOST_IN_A_CELL

        cell, matrix = self.model.cell(row, column), self.model.matrix
        parts = [cell.summary] if cell.summary else []
        for each in matrix.quotations.get((cell.row.id, cell.theme), ()) if matrix is not None else ():
            parts.append(in_quotes(" ".join(each.text.split())))
        return "\n".join(parts)[:MOST_IN_A_CELL]


def _fetch(project: Project, theme: str, where: Filter) -> Sequence[Quotation]:
    return project.reports.quotations(theme, ALL_GROUPS, where=where)
