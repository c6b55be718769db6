"""Themes by group, or by document, session or question: the table with its choices."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from qualcode.analysis.filtering import Condition, Filter
from qualcode.gui.analysis.page import OpenedCell, TablePage
from qualcode.gui.analysis.theme_cells import Cell, Counted, Group, Theme, ThemeRows, arranged
from qualcode.gui.analysis.theme_table_model import ThemeTableModel
from qualcode.gui.analysis.theme_table_view import ThemeTableView
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.gui.widgets.controls import Segmented
from qualcode.i18n import _, ngettext
from qualcode.model.case import ALL_GROUPS
from qualcode.model.segment import Unit

if TYPE_CHECKING:
    from qualcode.exporting.one_table import OneTable
    from qualcode.project.project import Project
    from qualcode.project.reports import Quotation

_QUICK_CELLS = 1_500
_FIXED = ("group", "document", "session", "question")
_ANSWERING, _IN_GROUP = "answering", "group"


def unit_name(unit: Unit) -> str:
    """A unit of counting as one reads it."""
    return {
        Unit.SEGMENT: _("Coded passage"),
        Unit.SENTENCE: _("Sentence"),
        Unit.TURN: _("Turn or answer"),
        Unit.ANSWER: _("Answer"),
        Unit.RESPONDENT: _("Respondent"),
        Unit.SESSION: _("Session"),
    }[unit]


def chosen_text(choice: ChoiceButton) -> str:
    """What a button says is chosen."""
    return next((each.text for each in choice.choices if each.key == choice.key), "")


class ThemePage(TablePage):
    """A row a theme, a column a group.

    Args:
        by_place: columns are documents, sessions or questions instead of groups of people.
    """

    def __init__(self, bridge: ProjectBridge, *, by_place: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._by_place = by_place
        self.model = ThemeTableModel(self)
        self.table_view = ThemeTableView(bridge, self.model, self)
        if by_place:
            self.table_view.setAccessibleName(_("Themes by document or session"))
        self._open: tuple[str, str] | None = None
        self._wanted: str | None = None  # a theme that is to be opened once it is counted
        self._frame: Any = None
        first = Counted.QUOTATIONS if by_place else Counted.RESPONDENTS
        self.counted = Segmented(
            _("Count"),
            [(Counted.RESPONDENTS.value, _("Respondents")), (Counted.QUOTATIONS.value, _("Quotations"))],
            first.value,
        )
        self.by = ChoiceButton(_("By"), 130)
        self.base = ChoiceButton(_("Share of"), 150)
        self.unit_choice = ChoiceButton(_("Unit"), 130)
        self.controls = [self.counted, self.by, self.base, self.unit_choice]
        self.column.addWidget(self.table_view, 1)
        self._offer()
        self.model.count(first, suggested=False)
        self._show_choices()
        self.counted.picked.connect(self._on_counted)
        self.by.chosen.connect(lambda _key: self.count())
        self.base.chosen.connect(lambda _key: self._show_numbers())
        self.unit_choice.chosen.connect(lambda _key: self._on_unit())
        self.table_view.cell_opened.connect(self._on_opened)
        self.table_view.cell_picked.connect(self._on_picked)

    # What is shown

    def view(self) -> QWidget:
        """The table."""
        return self.table_view

    def unit(self) -> Unit:
        """The unit that is chosen; codings have none."""
        return Unit(self.unit_choice.key) if self.unit_choice.key else self._bridge.project.settings.unit

    def count(self) -> None:
        """Counts anew."""
        self._offer()
        by, unit, where = self.by.key, self.unit(), self.where()

        def work(project: Project) -> Any:
            frame = project.reports.theme_table(by=by, unit=unit, where=where)
            columns = [frame[name].tolist() for name in frame.columns]
            names = list(frame.columns)
            return frame, arranged((dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)), by)

        n_groups = (
            len(self._bridge.project.documents.all(answers=False)) if self._by_place else len(self._bridge.groups)
        )
        is_slow = n_groups * len(self._bridge.codebook.codes) > _QUICK_CELLS
        self.counting.run(work, partial(self._show_table, unit=unit), is_slow=is_slow)

    def rows(self) -> Any:
        """The table in the columns of `theme_table.csv`."""
        return self._frame

    def footnote(self) -> str:
        """The base and what is not counted."""
        small_cell = self._bridge.project.settings.small_cell
        parts = [self._base_sentence(), _("Moderators are not counted.")]
        if self._without_survey():
            parts.append(_("Answers to the survey are not in this table; choose Question to see them."))
        if self.model.counted is Counted.RESPONDENTS and not (self._scope.suggested or self.model.is_of_group):
            parts.append(_("Wilson intervals."))
        if self.model.counted is Counted.RESPONDENTS:
            text = ngettext(
                "Groups under {n} respondent show counts only.",
                "Groups under {n} respondents show counts only.",
                small_cell,
            )
            parts.append(text.format(n=small_cell))
        elif not self._scope.suggested:
            parts.append(_("There is no per cent of fewer than {n}.").format(n=small_cell))
        return " ".join(parts)

    def table(self) -> OneTable:
        """As it is shown: count, base and per cent in columns of their own."""
        from qualcode.exporting.one_table import OneTable

        themes, groups = self.model.themes, self.model.groups
        headings = [_("Theme")]
        cells = {(row.key, group.name): self.model.cell(row.key, group.name) for row in themes for group in groups}
        has_base = any(cell is not None and cell.base for cell in cells.values())
        has_share = any(cell is not None and cell.per_cent is not None for cell in cells.values())
        for group in groups:
            headings.append(_("{group}: n of N").format(group=group.title) if has_base else group.title)
            if has_share:
                headings.append("%")
        rows = []
        for row in themes:
            values: list[str | int | float | None] = [row.name]
            for group in groups:
                cell = cells[row.key, group.name]
                if cell is None:
                    values += [None] * (1 + has_share)
                    continue
                values.append(_("{n} of {base}").format(n=cell.n, base=cell.base) if has_base else cell.n)
                if has_share:
                    values.append(cell.per_cent)
            rows.append(values)
        by = chosen_text(self.by)
        title = _("Themes by {by}").format(by=by.lower() if self.by.key in _FIXED else by)
        return OneTable(title, headings, rows, depths=[row.depth for row in themes])

    def grouped_by(self) -> str:
        """Group, an attribute, or a place."""
        return self.by.key

    def base_name(self) -> str:
        """What shares are of, for the file."""
        if self.model.counted is Counted.RESPONDENTS:
            return chosen_text(self.base)
        return _("all of the group")

    def keep_cell(self) -> OpenedCell | None:
        """The cell that was open, with the numbers that it has now."""
        if self._open is None:
            return None
        row = next((each for each in self.model.themes if each.key == self._open[0]), None)
        group = next((each for each in self.model.groups if each.name == self._open[1]), None)
        return self._opened(row, group) if row is not None and group is not None else None

    def forget_cell(self) -> None:
        """No cell is open any more."""
        self._open = None

    def pictures(self) -> list[tuple[str, str]]:
        """Bars, shades, parts of a whole, and levels by valence; of places shades only."""
        heat_map = ("heatmap", _("Heat map"))
        if self._by_place:
            return [heat_map]
        return [("bars", _("Bars")), heat_map, ("shares", _("Shares")), ("model", _("Levels and valence"))]

    def drawn_of(self) -> dict[str, Any]:
        """The themes at the top, by group."""
        return {"by": self.by.key, "where": self.where()}

    def open_cell(self, row: Theme, group: Group) -> None:
        """Opens a cell."""
        self._on_opened(row, group)

    def open_theme(self, key: str) -> None:
        """Opens what everybody said of a theme, by the key of its code; as soon as it is counted, if it is not yet."""
        self._wanted = key
        self._open_wanted()

    # What happens

    def _open_wanted(self) -> None:
        row = next((each for each in self.model.themes if each.key == self._wanted), None)
        group = next((each for each in self.model.groups if each.name == ALL_GROUPS), None)
        if row is None or group is None:
            return
        self._wanted = None
        self.table_view.reveal(row.key)
        self.table_view.pick(row.key, group.name)
        self._on_opened(row, group)

    def _show_table(self, answer: tuple[Any, ThemeRows], unit: Unit) -> None:
        self._frame, rows = answer
        self.model.show_rows(rows, unit)
        self._show_numbers()
        self._open_wanted()

    def _show_numbers(self) -> None:
        counted = self.model.counted
        self.model.count(counted, suggested=self._scope.suggested, of_group=self.base.key == _IN_GROUP)
        self._show_choices()
        self.said.emit()

    def _on_counted(self, key: str) -> None:
        counted = Counted(key)
        if counted is Counted.QUOTATIONS and self.unit_choice.key:
            counted = Counted.UNITS
        self.model.count(counted, suggested=self._scope.suggested, of_group=self.base.key == _IN_GROUP)
        self._show_numbers()

    def _on_unit(self) -> None:
        counted = Counted.UNITS if self.unit_choice.key else Counted.QUOTATIONS
        self.model.count(counted, suggested=self._scope.suggested)
        self.count()

    def _on_opened(self, row: Theme, group: Group) -> None:
        self._open = (row.key, group.name)
        self.cell_opened.emit(self._opened(row, group))

    def _on_picked(self, row: Theme, group: Group) -> None:
        if self._open is not None:
            self._open = (row.key, group.name)
            self.cell_picked.emit(self._opened(row, group))

    def _opened(self, row: Theme, group: Group) -> OpenedCell:
        cell = self.model.cell(row.key, group.name) or Cell(0, 0, None, None, None, 0, 0)
        by, where, suggested = self.by.key, self.where(), self._scope.suggested

        def fetch(project: Project) -> Sequence[Quotation]:
            return project.reports.quotations(row.key, group.name, by=by, where=where, suggested=suggested)

        return OpenedCell(row.key, row.name, group.title, self.model.sentence(cell), suggested, fetch)

    # What can be chosen

    def _offer(self) -> None:
        attributes = self._bridge.project.respondents.attribute_names()
        if self._by_place:
            choices = [
                Choice("document", _("Document")),
                Choice("session", _("Session")),
                Choice("question", _("Question")),
            ]
        else:
            choices = [Choice("group", _("Group")), *(Choice(name, name) for name in attributes)]
        keys = [each.key for each in choices]
        self.by.offer(choices, self.by.key if self.by.key in keys else keys[0])
        if not self.base.key:
            answering = Choice(_ANSWERING, _("those who answered"))
            self.base.offer([answering, Choice(_IN_GROUP, _("everybody in the group"))], _ANSWERING)
            units = (Unit.SENTENCE, Unit.TURN, Unit.ANSWER, Unit.SESSION)
            quotation = Choice("", _("Quotation"))
            self.unit_choice.offer([quotation, *(Choice(each.value, unit_name(each)) for each in units)], "")

    def _show_choices(self) -> None:
        counts_people = self.model.counted is Counted.RESPONDENTS
        self.base.setVisible(counts_people and not self._scope.suggested)
        self.unit_choice.setVisible(not counts_people)
        self.by.setVisible(len(self.by.choices) > 1)

    def where(self) -> Filter:
        """By document, the survey stays out: each of its answers is a document."""
        where = self._scope.where
        if questions := self._without_survey():
            return Filter((*where.clauses, (Condition("question", questions, wanted=False),)))
        return where

    def _without_survey(self) -> tuple[str, ...]:
        """The questions whose answers are left out."""
        if not self._by_place or self.by.key != "document":
            return ()
        return tuple(each.text for each in self._bridge.project.survey.questions())

    def _base_sentence(self) -> str:
        if self.model.counted is Counted.UNITS:
            unit = self.unit()
            base = _("{unit} with the theme, of all in the column.").format(unit=unit_name(unit))
        elif self.model.counted is Counted.QUOTATIONS:
            base = _("Quotations with the theme, of all quotations in the group.")
            if self._by_place:
                base = _("Quotations with the theme, of all quotations in the column.")
        elif self.model.is_of_group:
            base = _("Respondents with at least one quotation, of everybody in the group.")
        else:
            base = _("Respondents with at least one quotation, of those who spoke or answered.")
        if self._scope.suggested:
            base = _("Suggested by the rules, not reviewed by a coder.") + " " + base
        return base
