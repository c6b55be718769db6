"""Two groups compared: which two, whether to test, what the result is in words, and the drawing of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from qualcode.gui.analysis.differences_model import Difference, DifferencesModel, Share, differences, p_text
from qualcode.gui.analysis.differences_view import DifferencesView
from qualcode.gui.analysis.group_choice import TOP, offer_by, offer_themes, offer_two
from qualcode.gui.analysis.heading import Heading
from qualcode.gui.analysis.page import OpenedCell, TablePage
from qualcode.gui.analysis.theme_page import chosen_text
from qualcode.gui.analysis.verdict import corrected, overlap, verdict
from qualcode.gui.background import Cancelled, Progress
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources.group_marks import UNKNOWN_GROUP
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.gui.widgets.controls import icon_button
from qualcode.gui.written_file import Writes
from qualcode.i18n import _
from qualcode.model.telling import Stages

if TYPE_CHECKING:
    from qualcode.exporting.one_table import OneTable
    from qualcode.project.project import Project
    from qualcode.project.reports import Quotation

_NONE, _EACH, _SESSIONS = "", "each", "sessions"


class DifferencesPage(TablePage):
    """Shows one comparison; no test is made before somebody asks for one."""

    has_suggested = False

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.model = DifferencesModel(self)
        self.table_view = DifferencesView(bridge, self.model, self)
        self._frame: Any = None
        self._open: tuple[str, str] | None = None
        self._is_shared = False
        self.by = ChoiceButton(_("By"), 120)
        self.first = ChoiceButton(_("Compare"), 150)
        self.second = ChoiceButton(_("with"), 150)
        self.swap = icon_button("arrow-left-right", _("Swap the groups"))
        self.themes = ChoiceButton(_("Themes"), 110)
        self.test = ChoiceButton(_("Test"), 130)
        self.heading = Heading(_("Test whole sessions"))
        self.controls = [self.by, self.first, self.swap, self.second, self.themes, self.test]
        self.column.addWidget(self.heading)
        self.column.addWidget(self.table_view, 1)
        self.by.chosen.connect(lambda _key: self.count())
        for choice in (self.first, self.second, self.themes, self.test):
            choice.chosen.connect(lambda _key: self.count())
        self.swap.clicked.connect(self._on_swap)
        self.heading.remedy.clicked.connect(lambda: self.test.choose(_SESSIONS, report=True))
        self.table_view.share_opened.connect(self._on_opened)
        self.table_view.share_picked.connect(self._on_picked)

    # What is shown

    def view(self) -> QWidget:
        """The table."""
        return self.table_view

    @property
    def result(self) -> str:
        """What came out, in words."""
        return self.heading.result

    @property
    def warning(self) -> str:
        """What is doubtful about it, "" for nothing."""
        return self.heading.warning

    def count(self) -> None:
        """Compares anew."""
        self._offer()
        a, b, by, where = self.first.key, self.second.key, self.by.key, self._scope.where
        if not a or not b or a == b:
            self._show_nothing()
            return
        test, top_only = self.test.key, self.themes.key == TOP

        def work(project: Project) -> Any:
            reports = project.reports
            counted = reports.theme_table(by=by, where=where)
            compared = reports.compare(
                *(a, b), by=by, where=where, by_session=test == _SESSIONS, test=test == _EACH, top_only=top_only
            )
            return counted, compared, reports.share_sessions([a, b], by=by, where=where)

        self.counting.run(work, partial(self._show_compared, a=a, b=b), is_slow=test == _SESSIONS)

    def rows(self) -> Any:
        """The table in the columns of `qualcode compare`."""
        return self._frame

    def grouped_by(self) -> str:
        """Group, an attribute, or a place."""
        return self.by.key

    def base_name(self) -> str:
        """What shares are of, for the file."""
        return _("those who answered")

    def footnote(self) -> str:
        """How the numbers were made."""
        parts = [
            _("Respondents with at least one quotation, of those who spoke or answered."),
            _("Newcombe interval of the difference; Wilson intervals of the shares."),
        ]
        if self.model.is_tested and self.test.key == _SESSIONS:
            tested = _("Whole sessions permuted, two-sided; {corrected}.")
            parts.append(tested.format(corrected=corrected(self.model.n_tests)))
        elif self.model.is_tested and self.model.n_tests:
            tested = _("Fisher's exact test, two-sided; {corrected}.")
            parts.append(tested.format(corrected=corrected(self.model.n_tests)))
        return " ".join(parts)

    def table(self) -> OneTable:
        """As it is shown, each number in a column of its own."""
        from qualcode.exporting.one_table import OneTable

        names = [chosen_text(self.first), chosen_text(self.second)]
        headings = [_("Theme")]
        for name in (self.first.key, self.second.key):
            headings += [_("{group}: n of N").format(group=name), "%"]
        headings += [_("Difference, points"), _("from"), _("to"), _("In words")]
        if self.model.is_tested:
            headings += [_("p"), _("p, Holm of {n}").format(n=self.model.n_tests), _("Note")]
        rows: list[list[str | int | float | None]] = []
        for each in self.model.differences:
            values: list[str | int | float | None] = [each.name]
            for share in (each.a, each.b):
                values += [_("{n} of {base}").format(n=share.n, base=share.base), share.per_cent]
            values += [_rounded(each.points), _rounded(each.low), _rounded(each.high), each.sentence]
            if self.model.is_tested:
                values += [_printed(each.p), _printed(each.p_corrected), each.note]
            rows.append(values)
        title = _("{first} compared with {second}").format(first=names[0], second=names[1])
        depths = [each.depth for each in self.model.differences]
        return OneTable(title, headings, rows, self.heading.sentences, depths)

    def keep_cell(self) -> OpenedCell | None:
        """The share that was open, with the numbers that it has now."""
        for each in self.model.differences:
            for share in (each.a, each.b):
                if (each.key, share.group) == self._open:
                    return self._opened(each, share)
        return None

    def forget_cell(self) -> None:
        """No share is open any more."""
        self._open = None

    def pictures(self) -> list[tuple[str, str]]:
        """Differences with their intervals."""
        return [("differences", _("Differences"))] if self._frame is not None else []

    def drawing(self, picture: str) -> Writes:
        """Draws shares and differences of the themes that are shown."""
        frame, shown = self._frame, {each.key for each in self.model.differences}
        groups = (self.first.key, self.second.key)

        def draw(project: Project, path: Path, *, progress: Progress, cancelled: Cancelled) -> None:
            from qualcode.exporting.chart_differences import draw_differences
            from qualcode.exporting.chart_page import check_endings, save

            check_endings([path])
            stages = Stages(2, progress, cancelled)
            stages.begin()
            title, language = project.title, project.settings.language
            made = draw_differences(frame, *groups, title=title, language=language, only=shown, notes=True)
            stages.begin()
            save(made, path, cancelled)

        return draw

    # What happens

    def _show_compared(self, answer: tuple[Any, Any, bool], a: str, b: str) -> None:
        counted, compared, is_shared = answer
        self._frame = compared
        self._is_shared = is_shared
        by_size = self.themes.key == TOP
        rows = differences(compared.to_dict("records"), counted.to_dict("records"), a, b, by_size=by_size)
        groups = self._bridge.groups if self.by.key == "group" else {}
        looks = list(self._bridge.groups.values())
        spare = [looks[n] if n < len(looks) else UNKNOWN_GROUP for n in range(2)]
        self.table_view.looks = (groups.get(a, spare[0]), groups.get(b, spare[1]))
        self.model.show_differences(rows, tested=bool(self.test.key))
        result = verdict(rows, a, b, tested=bool(self.test.key) and self.model.n_tests > 0)
        self.heading.say(result, overlap(rows, a, b))
        self._warn()
        self.said.emit()

    def _show_nothing(self) -> None:
        self._frame = None
        self.model.show_differences([], tested=False)
        self.heading.say(_("There are no two groups to compare."))
        self.heading.warn("")
        self.said.emit()

    def _warn(self) -> None:
        if not self._is_shared:
            text = ""
        elif self.test.key == _EACH:
            text = _("Not tested: several people of these groups share a session, so they are not independent.")
        elif self.test.key == _SESSIONS:
            text = _("The intervals take people for independent; several of these share a session.")
        else:
            text = _("Several people of these groups share a session, so they are not independent.")
        self.heading.warn(text, has_remedy=self.test.key != _SESSIONS)

    def _on_swap(self) -> None:
        first, second = self.first.key, self.second.key
        self.first.choose(second)
        self.second.choose(first)
        self.count()

    def _on_opened(self, found: Difference, share: Share) -> None:
        self._open = (found.key, share.group)
        self.cell_opened.emit(self._opened(found, share))

    def _on_picked(self, found: Difference, share: Share) -> None:
        if self._open is not None:
            self._open = (found.key, share.group)
            self.cell_picked.emit(self._opened(found, share))

    def _opened(self, found: Difference, share: Share) -> OpenedCell:
        by, where = self.by.key, self._scope.where

        def fetch(project: Project) -> Sequence[Quotation]:
            return project.reports.quotations(found.key, share.group, by=by, where=where)

        text = _("{n} of {base} who spoke or answered").format(n=share.n, base=share.base)
        if share.per_cent is not None:
            text += f", {share.per_cent} %"
        return OpenedCell(found.key, found.name, share.group, text, False, fetch)

    # What can be chosen

    def _offer(self) -> None:
        offer_two(offer_by(self._bridge, self.by), self.first, self.second)
        first, second = self.first.key, self.second.key
        self.swap.setEnabled(bool(first and second))
        offer_themes(self.themes)
        if not self.test.choices:
            self.test.offer(
                [
                    Choice(_NONE, _("none")),
                    Choice(_EACH, _("each respondent (Fisher)")),
                    Choice(_SESSIONS, _("whole sessions (permutation)")),
                ],
                _NONE,
            )


def _printed(p: float | None) -> float | str | None:
    """A p-value with four decimals; what is smaller is said to be so."""
    return p_text(p, 4) if p is not None and p < 0.0001 else _rounded(p, 4)


def _rounded(value: float | None, digits: int = 1) -> float | None:
    return None if value is None else round(value, digits)
