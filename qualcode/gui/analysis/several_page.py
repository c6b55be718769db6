"""Three groups and more beside each other: shares with their intervals, and one test of all of them when asked for."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from qualcode.analysis.filtering import Condition, Filter
from qualcode.gui.analysis.cell_numbers import number, rounded
from qualcode.gui.analysis.differences_model import ALPHA, p_text
from qualcode.gui.analysis.grid_model import GridCell, GridColumn, GridRow, Line, Rank, Share
from qualcode.gui.analysis.grid_page import Cells, GridPage, group_title
from qualcode.gui.analysis.group_choice import TOP, SeveralChoice, offer_by, offer_themes
from qualcode.gui.analysis.heading import Heading
from qualcode.gui.analysis.page import OpenedCell
from qualcode.gui.analysis.theme_cells import whole_per_cent
from qualcode.gui.analysis.verdict import corrected, held_sentence
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.exporting.one_table import OneTable
    from qualcode.project.project import Project
    from qualcode.project.reports import Quotation

Row = Mapping[str, Any]
_NONE, _ALL_AT_ONCE, _SESSIONS = "", "all", "sessions"
_RANGE, _P, _P_CORRECTED = "range", "p", "p_holm"


class SeveralPage(GridPage):
    """A row a theme, a column a group; no test is made before somebody asks for one."""

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, _("Several groups"), parent)
        self.heading = Heading(_("Test whole sessions"))
        self.by = ChoiceButton(_("By"), 120)
        self.groups = SeveralChoice(_("Groups"), 200)
        self.themes = ChoiceButton(_("Themes"), 110)
        self.test = ChoiceButton(_("Test"), 190)
        self.controls = [self.by, self.groups, self.themes, self.test]
        self.column.insertWidget(0, self.heading)
        tests = [
            Choice(_NONE, _("none")),
            Choice(_ALL_AT_ONCE, _("all groups at once (Fisher)")),
            Choice(_SESSIONS, _("whole sessions (permutation)")),
        ]
        self.test.offer(tests, _NONE)
        offer_themes(self.themes)
        for choice in (self.by, self.themes, self.test):
            choice.chosen.connect(lambda _key: self.count())
        self.groups.picked.connect(self.count)
        self.heading.remedy.clicked.connect(lambda: self.test.choose(_SESSIONS, report=True))

    def count(self) -> None:
        """Counts anew."""
        self.groups.offer_names(offer_by(self._bridge, self.by))
        names, by, where = self.groups.names, self.by.key, self._scope.where
        if len(names) < 2:
            self.heading.hide()
            self.say_nothing(_("There are no two groups to compare."), _("Choose at least two of them above."))
            return
        test, by_session, top_only = bool(self.test.key), self.test.key == _SESSIONS, self.themes.key == TOP

        def work(project: Project) -> Any:
            from qualcode.project.comparisons import compare_groups_of

            frame = compare_groups_of(
                project, names, by=by, where=where, test=test, top_only=top_only, by_session=by_session
            )
            return frame, project.reports.share_sessions(names, by=by, where=where)

        def show(answer: tuple[Any, bool]) -> None:
            self._show(answer[0], names, is_shared=answer[1])

        self.counting.run(work, show, is_slow=test)

    def grouped_by(self) -> str:
        """Group or an attribute."""
        return self.by.key

    def base_name(self) -> str:
        """What shares are of, for the file."""
        return _("those who answered")

    def footnote(self) -> str:
        """How the numbers were made."""
        parts = [_("Respondents with at least one quotation, of those who spoke or answered. Wilson intervals.")]
        if self.n_tests and self.test.key == _SESSIONS:
            tested = _("Whole sessions permuted, two-sided; {corrected}.")
            parts.append(tested.format(corrected=corrected(self.n_tests)))
        elif self.n_tests:
            tested = _("Fisher's exact test of all groups at once (Freeman and Halton); {corrected}.")
            parts.append(tested.format(corrected=corrected(self.n_tests)))
        return " ".join(parts)

    @property
    def n_tests(self) -> int:
        """How many themes were tested."""
        return 0 if self._frame is None else int(self._frame["p"].notna().sum())

    def table(self) -> OneTable:
        """As it is shown, each number in a column of its own."""
        from qualcode.exporting.one_table import OneTable

        names = self.groups.names
        headings = [_("Theme")]
        for name in names:
            headings += [_("{group}: n of N").format(group=name), "%", _("from"), _("to")]
        headings += [_("Lowest, %"), _("Highest, %")]
        if self.n_tests:
            headings += [_("p"), _("p, Holm of {n}").format(n=self.n_tests)]
        headings.append(_("Note"))
        lines: list[list[str | int | float | None]] = []
        for row in self._frame.to_dict("records") if self._frame is not None else ():
            values: list[str | int | float | None] = [str(row["name"])]
            for name in names:
                share = _share(row, name)
                bounds = [None if each is None else round(each, 1) for each in (share.low, share.high)]
                values += [_("{n} of {base}").format(n=share.n, base=share.base), share.per_cent, *bounds]
            values += [rounded(row["least_pct"], 1), rounded(row["most_pct"], 1)]
            if self.n_tests:
                values += [rounded(row["p"], 4), rounded(row["p_holm"], 4)]
            lines.append([*values, str(row["note"])])
        depths = [each.depth for each in self.model.rows]
        title = _("Groups beside each other: {groups}").format(groups=", ".join(names))
        return OneTable(title, headings, lines, self.heading.sentences, depths)

    def opened(self, cell: GridCell) -> OpenedCell:
        """What a group says of a theme."""
        assert cell.behind is not None
        theme, group = cell.behind
        by, where = self.by.key, self._scope.where

        def fetch(project: Project) -> Sequence[Quotation]:
            return project.reports.quotations(theme, group, by=by, where=where)

        code = self._bridge.code_keyed(theme)
        name = self._bridge.name_of(code) if code is not None else theme
        return OpenedCell(theme, name, group_title(group), cell.sentence, False, fetch)

    def pictures(self) -> list[tuple[str, str]]:
        """Bars and shades of these groups."""
        return [("bars", _("Bars")), ("heatmap", _("Heat map"))] if self._frame is not None else []

    def drawn_of(self) -> dict[str, Any]:
        """The themes at the top, of the groups that are ticked."""
        only = Condition(self.by.key, tuple(self.groups.names))
        return {"by": self.by.key, "where": Filter((*self._scope.where.clauses, (only,)))}

    def _show(self, frame: Any, names: Sequence[str], *, is_shared: bool) -> None:
        records: list[Row] = frame.to_dict("records")
        self._frame = frame
        tested = self.n_tests > 0
        columns = [self.group_column(name, self.by.key, _answered(records, name), 190) for name in names]
        columns.append(GridColumn(_RANGE, _("Range"), _("lowest to highest"), width=110, grows=False))
        if tested:
            of_tests = _("Holm of {n}").format(n=self.n_tests)
            columns.append(GridColumn(_P, _("p"), width=70, grows=False, is_number=True))
            columns.append(GridColumn(_P_CORRECTED, _("p"), of_tests, width=90, grows=False, is_number=True))
        rows: list[GridRow] = []
        cells: Cells = {}
        for row in records:
            key = str(row["theme"])
            code = self._bridge.code_keyed(key)
            rows.append(GridRow(key, str(row["name"]), "", key, code.depth if code is not None else 0, height=40))
            for name in names:
                share = _share(row, name)
                said = _("{n} of {base} who spoke or answered").format(n=share.n, base=share.base)
                said += f", {share.per_cent} %" if share.per_cent is not None else ""
                cells[key, name] = GridCell((), said, (share,), behind=(key, name) if share.n else None, ink=key)
            cells[key, _RANGE] = GridCell((Line(_range(row), Rank.SECOND),), str(row["note"]))
            p, corrected = number(row["p"]), number(row["p_holm"])
            holds = corrected is not None and corrected < ALPHA
            cells[key, _P] = GridCell((Line(p_text(p, 3) or "–", Rank.SECOND),), str(row["note"]))
            held = Line(p_text(corrected, 2) or "–", Rank.STRONG if holds else Rank.PLAIN)
            cells[key, _P_CORRECTED] = GridCell((held,), str(row["note"]))
        self._say(records, names, is_shared=is_shared)
        self.show_grid(frame, rows, columns, cells, (_("Theme"), _("n of N, per cent, 95 % interval")))

    def _say(self, records: Sequence[Row], names: Sequence[str], *, is_shared: bool) -> None:
        gap = _widest(records, names)
        if self.n_tests:
            held = [str(row["name"]) for row in records if (number(row["p_holm"]) or 1.0) < ALPHA]
            gap = f"{held_sentence(held, self.n_tests)} {gap}".strip()
        self.heading.say(gap or _("Nothing to count yet"))
        warning = ""
        if is_shared and self.test.key == _SESSIONS:
            warning = _("The intervals take people for independent; several of these share a session.")
        elif is_shared and self.test.key:
            warning = _("Not tested: several people of these groups share a session, so they are not independent.")
        elif is_shared:
            warning = _("Several people of these groups share a session, so they are not independent.")
        self.heading.warn(warning, has_remedy=self.test.key != _SESSIONS)
        self.heading.show()


def _share(row: Row, name: str) -> Share:
    n, base = int(row[f"n {name}"]), int(row[f"N {name}"])
    per_cent = whole_per_cent(n, base) if number(row[f"pct {name}"]) is not None else None
    return Share(n, base, per_cent, number(row[f"ci_low {name}"]), number(row[f"ci_high {name}"]))


def _answered(records: Sequence[Row], name: str) -> str:
    return _("{n} answered").format(n=int(records[0][f"N {name}"])) if records else ""


def _range(row: Row) -> str:
    low, high = number(row["least_pct"]), number(row["most_pct"])
    if low is None or high is None:
        return "–"
    return f"{_whole(low)}–{_whole(high)} %"


def _widest(records: Sequence[Row], names: Sequence[str]) -> str:
    """Where the groups lie furthest apart, as a sentence; "" where no two have a per cent."""
    apart = [row for row in records if number(row["least_pct"]) is not None]
    if not apart:
        return ""
    row = max(apart, key=lambda each: each["most_pct"] - each["least_pct"])
    if not any(each["most_pct"] for each in apart):
        return _("No group speaks of any of these themes.")
    if row["most_pct"] == row["least_pct"]:
        return _("All groups speak of each theme equally often.")
    shares = {name: row[f"pct {name}"] for name in names if number(row[f"pct {name}"]) is not None}
    least, most = min(shares, key=lambda name: shares[name]), max(shares, key=lambda name: shares[name])
    return _("The groups lie furthest apart in {theme}: {low} % of {a}, {high} % of {b}.").format(
        theme=row["name"], low=_whole(shares[least]), high=_whole(shares[most]), a=least, b=most
    )


def _whole(value: float) -> int:
    return math.floor(value + 0.5)
