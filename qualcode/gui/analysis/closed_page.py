"""Closed questions by group: mean, spread and distribution of scales, what was chosen and by how many."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from qualcode.gui.analysis.cell_numbers import rounded
from qualcode.gui.analysis.grid_cells import cell_height
from qualcode.gui.analysis.grid_model import Bars, Fill, GridCell, GridColumn, GridRow, Line, Rank, Share
from qualcode.gui.analysis.grid_page import Cells, GridPage, group_title, in_order
from qualcode.gui.analysis.page import OpenedCell
from qualcode.gui.analysis.theme_cells import whole_per_cent
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.widgets.choice_button import ChoiceButton
from qualcode.i18n import _, decimal, ngettext
from qualcode.model.case import ALL_GROUPS, NO_GROUP

if TYPE_CHECKING:
    from qualcode.exporting.one_table import OneTable
    from qualcode.project.project import Project
    from qualcode.project.reports import Quotation

Row = Mapping[str, Any]
_WIDTH = 276
_NARROW = 170
_VALUE_ROW = 36


class ClosedPage(GridPage):
    """A row a question, and below a question with choices a row a choice; a column a group."""

    has_material = False
    has_unit = False

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, _("Closed questions by group"), parent)
        self.by = ChoiceButton(_("By"), 130)
        self.controls = [self.by]
        self._matches: dict[str, str] = {}
        self.by.chosen.connect(lambda _key: self.count())

    def count(self) -> None:
        """Counts anew."""
        self.offer_groups(self.by)
        by, where = self.by.key, self._scope.where

        def work(project: Project) -> Any:
            matches = {each.question: each.theme for each in project.joint.matches()}
            return project.reports.closed_table(by=by, where=where), matches

        self.counting.run(work, self._show, is_slow=True)

    def grouped_by(self) -> str:
        """Group or an attribute."""
        return self.by.key

    def base_name(self) -> str:
        """What shares are of, for the file."""
        return _("those whose answer can be used")

    def footnote(self) -> str:
        """What the numbers are, and what a cell opens."""
        return f"{self.note()} " + _(
            "A cell opens what these respondents say of the theme that goes with the question."
        )

    def note(self) -> str:
        """What the numbers are."""
        small = self._bridge.project.settings.small_cell
        least = _("There is no per cent of fewer than {n}.")
        parts = [
            _("n: answers that can be used, of those asked. SD: standard deviation; Q1 to Q3: quartiles."),
            _("Per cents are of n; where several may be chosen they add up to more than 100."),
            least.format(n=small),
        ]
        return " ".join(parts)

    def table(self) -> OneTable:
        """A line for each question, choice and group, each number in a column of its own."""
        from qualcode.exporting.one_table import OneTable

        headings = [_("Question"), _("Choice"), _("Group"), _("Asked"), "n", _("Missing"), _("Not usable")]
        headings += [_("Mean"), _("SD"), _("Median"), "Q1", "Q3", _("Lowest"), _("Highest"), _("Answers"), "%"]
        headings.append(_("Note"))
        lines: list[list[str | int | float | None]] = []
        for row in self._frame.to_dict("records") if self._frame is not None else ():
            if row["kind"] != "scale" and not row["value"]:
                continue
            counts = [int(row[name]) for name in ("asked", "n", "missing", "unusable")]
            numbers = [rounded(row[name]) for name in ("mean", "sd", "median", "q1", "q3", "lowest", "highest")]
            chosen = [int(row["count"]) if row["value"] else None, rounded(row["pct_of_n"])]
            who = [str(row["question"]), str(row["value"]), group_title(str(row["group"]))]
            lines.append([*who, *counts, *numbers, *chosen, str(row["note"])])
        return OneTable(_("Closed questions by group"), headings, lines)

    def pictures(self) -> list[tuple[str, str]]:
        """What was answered, by group."""
        return [("closed", _("Closed questions by group"))] if self._frame is not None else []

    def drawn_of(self) -> dict[str, Any]:
        """What stands in the table."""
        return {"by": self.by.key, "where": self.where()}

    def opened(self, cell: GridCell) -> OpenedCell:
        """What those who answered say."""
        assert cell.behind is not None
        question, group, value = cell.behind
        by, where = self.by.key, self._scope.where
        theme = self._matches.get(question, "")
        code = self._bridge.code_keyed(theme) if theme else None
        title = self._bridge.name_of(code) if code is not None else _("All themes")
        beside = " · ".join(part for part in (group_title(group), value) if part)

        def fetch(project: Project) -> Sequence[Quotation]:
            from qualcode.project.closed_answers import quotations_of_answers

            return quotations_of_answers(project, question, group, value=value, by=by, where=where, theme=theme)

        return OpenedCell(theme, title, beside, f"{question}: {cell.sentence}", False, fetch)

    def _show(self, answer: tuple[Any, dict[str, str]]) -> None:
        frame, self._matches = answer
        records: list[Row] = frame.to_dict("records")
        if not records:
            self.say_nothing(
                _("No closed questions yet"),
                _("Name the columns with scales and choices when you import a survey."),
            )
            return
        groups = in_order(list(dict.fromkeys(str(row["group"]) for row in records)))
        columns = [self._column(name, records) for name in groups]
        rows: list[GridRow] = []
        cells: Cells = {}
        for question in dict.fromkeys(str(row["question"]) for row in records):
            of_it = [row for row in records if row["question"] == question]
            if of_it[0]["kind"] == "scale":
                self._add_scale(question, of_it, rows, cells)
            else:
                self._add_choices(question, of_it, rows, cells)
        self.show_grid(frame, rows, columns, cells, (_("Question"), _("mean, spread, distribution")))

    def _column(self, name: str, records: Sequence[Row]) -> GridColumn:
        asked = max(int(row["asked"]) for row in records if row["group"] == name)
        width = _NARROW if name == NO_GROUP else _WIDTH
        return self.group_column(name, self.by.key, _("{n} asked").format(n=asked), width)

    def _add_scale(self, question: str, of_it: Sequence[Row], rows: list[GridRow], cells: Cells) -> None:
        steps = [str(row["value"]) for row in of_it if row["group"] == of_it[0]["group"] and row["value"]]
        ends = (_short(steps[0]), _short(steps[-1])) if steps else ("", "")
        theme = self._matches.get(question, "")
        rows.append(GridRow(question, question, self._said_of(theme), height=cell_height(0, 4) - 8, is_heading=True))
        for row in of_it:
            if row["value"]:
                continue
            group = str(row["group"])
            counts = [int(each["count"]) for each in of_it if each["group"] == group and each["value"]]
            lines = _described(row)
            # A full bar is the group's most frequent step: shapes are compared, the numbers stand beside them.
            picture = Bars(tuple(counts), max(counts, default=0), ends) if row["n"] > 1 else None
            behind = (question, group, "") if row["n"] else None
            sentence = ", ".join(line.text for line in lines)
            ink = theme if group != ALL_GROUPS else ""
            cells[question, group] = GridCell(tuple(lines), sentence, (), picture, 0.0, behind, ink)

    def _add_choices(self, question: str, of_it: Sequence[Row], rows: list[GridRow], cells: Cells) -> None:
        several, known = of_it[0]["kind"] == "multiple", set[str]()
        second = _("several may be chosen") if several else _("one is chosen")
        rows.append(GridRow(question, question, second, height=50, is_heading=True))
        for row in of_it:
            group, value = str(row["group"]), str(row["value"])
            if not value:
                line = Line(_answered(row), Rank.HINT)
                cells[question, group] = GridCell((line,), line.text)
                continue
            key = f"{question}\n{value}"
            if key not in known:
                known.add(key)
                rows.append(GridRow(key, value, depth=1, height=_VALUE_ROW))
            count, n = int(row["count"]), int(row["n"])
            per_cent = whole_per_cent(count, n) if n and not math.isnan(row["pct_of_n"]) else None
            share = Share(count, n, per_cent)
            behind = (question, group, value) if count else None
            picture = Fill(count / n, is_beside=True) if per_cent is not None else None
            cells[key, group] = GridCell((), share.text, (share,), picture, 0.0, behind)

    def _said_of(self, theme: str) -> str:
        code = self._bridge.code_keyed(theme) if theme else None
        return _("goes with {theme}").format(theme=self._bridge.name_of(code)) if code is not None else ""


def _described(row: Row) -> list[Line]:
    """Mean and spread of one group, and who answered."""
    answered = Line(_answered(row), Rank.HINT)
    if row["n"] < 2:
        mean = [Line(_("Mean {mean}").format(mean=decimal(row["mean"], 1)), Rank.STRONG)] if row["n"] else []
        return [*mean, Line(str(row["note"]), Rank.SECOND), answered]
    values = {name: _short(str(row[name])) for name in ("median", "q1", "q3", "lowest", "highest")}
    spread = _("SD {sd}, from {lowest} to {highest}").format(sd=decimal(row["sd"], 1), **values)
    return [
        Line(_("Mean {mean}").format(mean=decimal(row["mean"], 1)), Rank.STRONG),
        Line(spread, Rank.SECOND),
        Line(_("median {median}, Q1 to Q3 {q1}–{q3}").format(**values), Rank.SECOND),
        answered,
    ]


def _answered(row: Row) -> str:
    text = _("n {n} of {asked}").format(n=int(row["n"]), asked=int(row["asked"]))
    if row["missing"]:
        text += ", " + ngettext("{n} missing", "{n} missing", int(row["missing"])).format(n=int(row["missing"]))
    if row["unusable"]:
        text += ", " + ngettext("{n} not usable", "{n} not usable", int(row["unusable"])).format(n=int(row["unusable"]))
    return text


def _short(value: str) -> str:
    """A number with no more decimals than it needs."""
    number = float(value)
    return decimal(number, 0) if number.is_integer() else decimal(number, 2, short=False).rstrip("0")
