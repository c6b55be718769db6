"""From survey to conversations: the themes that carry the survey, and what the conversations say under them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from qualcode.analysis.filtering import Condition, Filter
from qualcode.gui.analysis.grid_cells import cell_height
from qualcode.gui.analysis.grid_model import GridCell, GridColumn, GridRow, Line, Rank, Share
from qualcode.gui.analysis.grid_page import Cells, GridPage, group_title, in_order
from qualcode.gui.analysis.group_choice import TOP, offer_by, offer_themes
from qualcode.gui.analysis.heading import Heading
from qualcode.gui.analysis.page import OpenedCell
from qualcode.gui.analysis.theme_cells import whole_per_cent
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.i18n import _, ngettext
from qualcode.model.case import ALL_GROUPS

if TYPE_CHECKING:
    from qualcode.exporting.one_table import OneTable
    from qualcode.project.lens import Lens
    from qualcode.project.project import Project
    from qualcode.project.reports import Quotation

Row = Mapping[str, Any]
_LENS, _EVERY = "lens", "every"
_ANY = ""
_FOUND = "found"
_SHARES = ("0.1", "0.2", "0.25", "0.33", "0.5")


class LensPage(GridPage):
    """A row a theme, a column a group: survey and conversations below each other."""

    has_material = False
    has_unit = False

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, _("From survey to conversations"), parent)
        self.heading = Heading()
        self.by = ChoiceButton(_("By"), 120)
        self.share = ChoiceButton(_("At least"), 60)
        self.group = ChoiceButton(_("of"), 190)
        self.themes = ChoiceButton(_("Themes"), 110)
        self.shown = ChoiceButton(_("Show"), 130)
        self.controls = [self.by, self.share, self.group, self.themes, self.shown]
        self.column.insertWidget(0, self.heading)
        self.share.offer([Choice(each, f"{100 * float(each):g} %") for each in _SHARES], "0.25")
        offer_themes(self.themes)
        self.shown.offer([Choice(_LENS, _("these themes")), Choice(_EVERY, _("all themes"))], _LENS)
        for choice in (self.by, self.share, self.group, self.themes):
            choice.chosen.connect(lambda _key: self.count())
        self.shown.chosen.connect(lambda _key: self._fill())
        self._lens: Lens | None = None

    def count(self) -> None:
        """Looks through the survey anew."""
        project = self._bridge.project
        if not project.survey.questions() or not project.documents.all(answers=False):
            self._lens = None
            self.heading.hide()
            self.say_nothing(
                _("A lens needs a survey and conversations"),
                _("Import both: the survey's themes are then looked for in what was said."),
            )
            return
        names = offer_by(self._bridge, self.by)
        known = self.group.key if self.group.key in names else _ANY
        self.group.offer([Choice(_ANY, _("any group")), *(Choice(name, name) for name in names)], known)
        by, group, share, where = self.by.key, self.group.key, float(self.share.key), self._scope.where
        depth = 0 if self.themes.key == TOP else None

        def work(project: Project) -> Any:
            from qualcode.project.lens import look_through

            return look_through(project, by=by, group=group, share=share, where=where, depth=depth, n_quotations=0)

        self.counting.run(work, self._show, is_slow=True)

    def grouped_by(self) -> str:
        """Group or an attribute."""
        return self.by.key

    def base_name(self) -> str:
        """What shares are of, for the file."""
        return _("those who answered")

    def footnote(self) -> str:
        """What the two lines of a cell are."""
        return _(
            "Survey: respondents who speak of the theme, of those who answered. Conversations: of those who spoke. "
            "A cell opens what was said in the conversations."
        )

    def table(self) -> OneTable:
        """A line for each theme that is shown and group."""
        from qualcode.exporting.one_table import OneTable

        headings = [_("Theme"), _("Group"), _("Survey: n of N"), "%", _("Conversations: n of N"), "%"]
        headings += [_("Quotations in conversations"), _("Sessions"), _("Found")]
        shown = {row.key for row in self.model.rows}
        lines: list[list[str | int | float | None]] = []
        for row in self._frame.to_dict("records") if self._frame is not None else ():
            if row["theme"] not in shown:
                continue
            values: list[str | int | float | None] = [str(row["name"]), group_title(str(row["group"]))]
            for side in ("survey", "talk"):
                share = _share(row, side)
                values += [_("{n} of {base}").format(n=share.n, base=share.base), share.per_cent]
            values += [int(row["talk_codings"]), int(row["talk_sessions"]), _found_titles()[str(row["found"])]]
            lines.append(values)
        return OneTable(_("From survey to conversations"), headings, lines, self.heading.sentences)

    def opened(self, cell: GridCell) -> OpenedCell:
        """What a group says of a theme in the conversations."""
        assert cell.behind is not None
        theme, group = cell.behind
        by, where = self.by.key, self._in_conversations()

        def fetch(project: Project) -> Sequence[Quotation]:
            return project.reports.quotations(theme, group, by=by, where=where)

        code = self._bridge.code_keyed(theme)
        name = self._bridge.name_of(code) if code is not None else theme
        beside = _("{group}, conversations").format(group=group_title(group))
        return OpenedCell(theme, name, beside, cell.sentence, False, fetch)

    # What happens

    def _in_conversations(self) -> Filter:
        questions = tuple(each.text for each in self._bridge.project.survey.questions())
        return Filter((*self._scope.where.clauses, (Condition("question", questions, wanted=False),)))

    def _on_counting_failed(self, error: Exception) -> None:
        self._lens = None
        self.heading.hide()
        super()._on_counting_failed(error)

    def _show(self, found: Lens) -> None:
        self._lens = found
        n = len(found.themes)
        chosen = ngettext("{n} theme carries the survey.", "{n} themes carry the survey.", n).format(n=n)
        self.heading.say(f"{chosen} {found.sentences[1]}", " ".join([found.how, *found.sentences[2:]]))
        self.heading.show()
        self._fill()

    def _fill(self) -> None:
        if self._lens is None:
            return
        frame: Any = self._lens.table
        records: list[Row] = frame.to_dict("records")
        if self.shown.key == _LENS:
            records = [row for row in records if row["in_lens"]]
        groups = in_order(list(dict.fromkeys(str(row["group"]) for row in records)))
        columns = [GridColumn(_FOUND, _("Found"), width=150, grows=False)]
        columns += [self.group_column(name, self.by.key, "", 232) for name in groups]
        rows: list[GridRow] = []
        cells: Cells = {}
        for row in records:
            key, group = str(row["theme"]), str(row["group"])
            if all(each.key != key for each in rows):
                in_lens = _("carries the survey") if row["in_lens"] and self.shown.key == _EVERY else ""
                height = cell_height(2, 0)
                rows.append(GridRow(key, str(row["name"]), in_lens, key, int(row["depth"]), height))
            cells[key, group] = self._cell(row)
        of_all = {str(row["theme"]): str(row["found"]) for row in records if row["group"] == ALL_GROUPS}
        for key, found in of_all.items():
            rank = Rank.STRONG if found == "new" else Rank.SECOND
            cells[key, _FOUND] = GridCell((Line(_found_titles()[found], rank),))
        self.show_grid(frame, rows, columns, cells, (_("Theme"), _("n of N, per cent")))

    def _cell(self, row: Row) -> GridCell:
        shares = []
        for side, before in (("survey", _("survey")), ("talk", _("conversations"))):
            share = _share(row, side)
            if share.base:
                shares.append(Share(share.n, share.base, share.per_cent, before=before))
        said = ", ".join(share.text for share in shares)
        behind = (str(row["theme"]), str(row["group"])) if row["talk_codings"] else None
        return GridCell((), said, tuple(shares), behind=behind)


def _share(row: Row, side: str) -> Share:
    n, base = int(row[f"{side}_n"]), int(row[f"{side}_N"])
    has_share = base and not math.isnan(row[f"{side}_pct"])
    return Share(n, base, whole_per_cent(n, base) if has_share else None)


def _found_titles() -> dict[str, str]:
    return {
        "both": _("in both"),
        "new": _("only in conversations"),
        "only_survey": _("only in the survey"),
        "neither": _("in neither"),
    }
