"""The joint display: how many speak of a theme, the closed question that goes with it, and quotations, by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from qualcode.errors import QualcodeError
from qualcode.gui.analysis.cell_numbers import number, rounded, whole
from qualcode.gui.analysis.grid_cells import cell_height
from qualcode.gui.analysis.grid_model import Fill, GridCell, GridRow, Line, Rank, Share
from qualcode.gui.analysis.grid_page import Cells, GridPage, group_title, in_order
from qualcode.gui.analysis.page import OpenedCell
from qualcode.gui.analysis.theme_cells import whole_per_cent
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.gui.widgets.read_only import dim_for_reading
from qualcode.i18n import _, decimal
from qualcode.model.case import NO_GROUP

if TYPE_CHECKING:
    from qualcode.exporting.one_table import OneTable
    from qualcode.project.joint_display import Match
    from qualcode.project.project import Project
    from qualcode.project.reports import Quotation

Row = Mapping[str, Any]
_MATCHED, _TOP = "matched", "top"
_WIDTH, _NARROW = 262, 200
_NONE = ""


class JointPage(GridPage):
    """A row a theme, a column a group; which question goes with a theme is chosen over the table."""

    has_unit = False

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, _("Joint display"), parent)
        self._matches: dict[str, Match] = {}
        self._theme = ""
        self.by = ChoiceButton(_("By"), 120)
        self.themes = ChoiceButton(_("Themes"), 150)
        self.themes.offer(_theme_choices(), _MATCHED)
        self.quoted = ChoiceButton(_("Quotations"), 40)
        self.quoted.offer([Choice(str(n), str(n)) for n in range(4)], "2")
        self.question = ChoiceButton(_("Question"), 220)
        self.question.setToolTip(_("The closed question that goes with the theme of the row that is selected"))
        dim_for_reading(bridge.is_read_only, self.question)
        self.controls = [self.by, self.themes, self.quoted, self.question]
        for choice in (self.by, self.themes, self.quoted):
            choice.chosen.connect(lambda _key: self.count())
        self.question.chosen.connect(self._on_question)
        self.table_view.row_picked.connect(self._on_row)

    def count(self) -> None:
        """Counts anew."""
        self.offer_groups(self.by)
        joint = self._bridge.project.joint
        if not joint.questions():
            self.question.hide()
            self.say_nothing(
                _("No closed question with a scale yet"),
                _("Name the columns with scales when you import a survey."),
            )
            return
        by, where, n_quotations = self.by.key, self._scope.where, int(self.quoted.key)
        tops = [code.key for code in self._bridge.codebook.codes if not code.depth]
        only_matched = self.themes.key == _MATCHED

        def work(project: Project) -> Any:
            matches = {each.theme: each for each in project.joint.matches()}
            themes = list(matches) if matches and only_matched else tops
            return project.joint.table(by=by, where=where, themes=themes, n_quotations=n_quotations), matches

        self.counting.run(work, self._show, is_slow=True)

    def grouped_by(self) -> str:
        """Group or an attribute."""
        return self.by.key

    def base_name(self) -> str:
        """What shares are of, for the file."""
        return _("those who answered")

    def footnote(self) -> str:
        """What the numbers are, and how a question is chosen."""
        chosen = _("Which question goes with a theme is chosen above, for the row that is selected.")
        return f"{self.note()} {chosen}"

    def note(self) -> str:
        """What the numbers are."""
        shares = _("Respondents with at least one quotation, of those who spoke or answered. Wilson intervals.")
        means = _(
            "Means are of the group's answers to the closed question; with and without: of those who speak of the "
            "theme in open answers, and of those who answer openly and do not."
        )
        return f"{shares} {means}"

    def table(self) -> OneTable:
        """A line for each theme and group, each number in a column of its own."""
        from qualcode.exporting.one_table import OneTable

        headings = [_("Theme"), _("Closed question"), _("Group"), _("n of N"), "%", _("Mean"), _("SD"), "n"]
        headings += [_("Missing"), _("Mean with the theme"), "n", _("Mean without it"), "n", _("Quotations"), _("Note")]
        lines: list[list[str | int | float | None]] = []
        for row in self._frame.to_dict("records") if self._frame is not None else ():
            n_of = _("{n} of {base}").format(n=int(row["respondents"]), base=int(row["answering"]))
            values: list[str | int | float | None] = [str(row["name"]), str(row["question"])]
            values += [group_title(str(row["group"])), n_of, _per_cent(row)]
            values += [rounded(row["mean"]), rounded(row["sd"]), whole(row["n"]), whole(row["missing"])]
            values += [rounded(row["mean_with"]), whole(row["n_with"])]
            values += [rounded(row["mean_without"]), whole(row["n_without"])]
            lines.append([*values, str(row["quotations"]), str(row["note"])])
        return OneTable(_("Joint display"), headings, lines)

    def pictures(self) -> list[tuple[str, str]]:
        """Shares beside means, where a question goes with a theme."""
        return [("joint", _("Joint display"))] if self._frame is not None and self._matches else []

    def drawn_of(self) -> dict[str, Any]:
        """What stands in the table."""
        return {"by": self.by.key, "where": self.where()}

    def opened(self, cell: GridCell) -> OpenedCell:
        """What a group says of the theme."""
        assert cell.behind is not None
        theme, group = cell.behind
        by, where = self.by.key, self._scope.where
        code = self._bridge.code_keyed(theme)
        title = self._bridge.name_of(code) if code is not None else theme

        def fetch(project: Project) -> Sequence[Quotation]:
            return project.reports.quotations(theme, group, by=by, where=where)

        return OpenedCell(theme, title, group_title(group), cell.sentence, False, fetch)

    # What happens

    def _show(self, answer: tuple[Any, dict[str, Match]]) -> None:
        frame, self._matches = answer
        if not self._matches and self.themes.key == _MATCHED:
            self.themes.offer(_theme_choices(), _TOP)  # what is shown where no theme has a question
        records: list[Row] = frame.to_dict("records")
        there = {str(row["group"]) for row in records if row["answering"] or number(row["asked"])}
        groups = [name for name in in_order(list(dict.fromkeys(str(row["group"]) for row in records))) if name in there]
        n_quotations = int(self.quoted.key)
        columns = [self.group_column(name, self.by.key, "", _NARROW if name == NO_GROUP else _WIDTH) for name in groups]
        rows: list[GridRow] = []
        cells: Cells = {}
        for row in records:
            key, group = str(row["theme"]), str(row["group"])
            if all(each.key != key for each in rows):
                height = max(96, cell_height(1, 2, n_quotations))
                rows.append(GridRow(key, str(row["name"]), self._said_of(key), key, height=height))
            if group in groups:
                cells[key, group] = _cell(row)
        self.show_grid(frame, rows, columns, cells, (_("Theme"), _("and its closed question")))
        if rows and not self.table_view.currentIndex().isValid():
            self.table_view.go_to(rows[0].key, columns[0].key)
        self._on_row(self._theme if self._theme in {each.key for each in rows} else rows[0].key if rows else "")

    def _said_of(self, theme: str) -> str:
        from qualcode.project.joint_display import PROPOSED

        match = self._matches.get(theme)
        if match is None:
            return _("no closed question goes with this theme")
        return _("{question}, by its name").format(question=match.question) if match.how == PROPOSED else match.question

    def _on_row(self, theme: str) -> None:
        """The question of another theme is shown, and can be changed."""
        self._theme = theme
        match = self._matches.get(theme)
        self.question.setVisible(bool(theme))
        questions = [Choice(each, each) for each in self._bridge.project.joint.questions()]
        self.question.offer([Choice(_NONE, _("none")), *questions], match.question if match is not None else _NONE)
        self.said.emit()

    def _on_question(self, question: str) -> None:
        match = self._matches.get(self._theme)
        if not self._theme or question == (match.question if match is not None else _NONE):
            return
        try:
            self._bridge.project.joint.match(self._theme, question)
        except QualcodeError as error:
            self.failed.emit(error)


def _theme_choices() -> list[Choice]:
    return [Choice(_MATCHED, _("with a question")), Choice(_TOP, _("at the top"))]


def _cell(row: Row) -> GridCell:
    n, base = int(row["respondents"]), int(row["answering"])
    share = Share(n, base, _per_cent(row), number(row["ci_low"]), number(row["ci_high"]))
    lines, picture = _of_question(row)
    sentence = ", ".join([share.text, *(line.text for line in lines)])
    # The group stands over the column already.
    whole = [text for text in str(row["quotations"]).split("\n") if text]
    quoted = [text[:at] if (at := text.rfind(f" ({row['group']},")) > 0 else text for text in whole]
    lines += [Line(text, Rank.QUOTE) for text in quoted]
    behind = (str(row["theme"]), str(row["group"])) if n else None
    return GridCell(tuple(lines), sentence, (share,) if base else (), picture, 0.0, behind, str(row["theme"]))


def _of_question(row: Row) -> tuple[list[Line], Fill | None]:
    """Mean and spread of the closed question, and of those who speak of the theme and those who do not."""
    mean = number(row["mean"])
    if mean is None and not row["question"]:
        return [], None  # said once, below the theme
    if mean is None:
        return [Line(str(row["note"]) or _("nobody was asked the closed question"), Rank.HINT)], None
    sd = number(row["sd"])
    text = _("Mean {mean}").format(mean=decimal(mean, 1))
    if sd is not None:
        text = _("Mean {mean}   SD {sd}").format(mean=decimal(mean, 1), sd=decimal(sd, 1))
    lines = [Line(f"{text}   n {int(row['n'])}")]
    low, high = number(row["minimum"]), number(row["maximum"])
    picture = Fill((mean - low) / (high - low)) if low is not None and high is not None and high > low else None
    lines.append(
        Line(
            _("with the theme {with_it}, without {without}").format(
                with_it=_mean_of(row["mean_with"], row["n_with"]),
                without=_mean_of(row["mean_without"], row["n_without"]),
            ),
            Rank.SECOND,
        )
    )
    return lines, picture


def _mean_of(mean: Any, n: Any) -> str:
    found = number(mean)
    return f"{decimal(found, 1)} ({int(n)})" if found is not None else "–"


def _per_cent(row: Row) -> int | None:
    if number(row["pct_of_answering"]) is None:
        return None
    return whole_per_cent(int(row["respondents"]), int(row["answering"]))
