"""The same people in two places: two questions, two surveys, two sessions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from qualcode.errors import QualcodeError
from qualcode.gui.analysis.cell_numbers import number, rounded
from qualcode.gui.analysis.differences_model import ALPHA, p_text, signed
from qualcode.gui.analysis.grid_model import GridCell, GridColumn, GridRow, Line, Rank, Share
from qualcode.gui.analysis.grid_page import Cells, GridPage
from qualcode.gui.analysis.group_choice import TOP, offer_themes, offer_two
from qualcode.gui.analysis.heading import Heading
from qualcode.gui.analysis.page import OpenedCell
from qualcode.gui.analysis.theme_cells import whole_per_cent
from qualcode.gui.analysis.verdict import corrected, held_sentence
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.i18n import _, ngettext

if TYPE_CHECKING:
    from qualcode.exporting.one_table import OneTable
    from qualcode.project.project import Project
    from qualcode.project.reports import Quotation

Row = Mapping[str, Any]
_NONE, _MCNEMAR = "", "mcnemar"
_A, _B, _ONLY_A, _ONLY_B = "a", "b", "only_a", "only_b"
_DIFFERENCE, _P, _P_CORRECTED = "difference", "p", "p_holm"


class SamePeoplePage(GridPage):
    """A row a theme; the two places beside each other, and the difference within people."""

    has_material = False

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, _("The same people in two places"), parent)
        self.heading = Heading()
        self.by = ChoiceButton(_("Places"), 120)
        self.first = ChoiceButton(_("Compare"), 190)
        self.second = ChoiceButton(_("with"), 190)
        self.themes = ChoiceButton(_("Themes"), 110)
        self.test = ChoiceButton(_("Test"), 150)
        self.controls = [self.by, self.first, self.second, self.themes, self.test]
        self.column.insertWidget(0, self.heading)
        offer_themes(self.themes)
        self.test.offer([Choice(_NONE, _("none")), Choice(_MCNEMAR, _("within people (McNemar)"))], _NONE)
        for choice in self.controls:
            choice.chosen.connect(lambda _key: self.count())  # type: ignore[attr-defined]  # all are choices

    def count(self) -> None:
        """Compares anew."""
        from qualcode.project.comparisons import places_to_pair

        known = places_to_pair(self._bridge.project)
        titles = {"question": _("questions"), "source": _("surveys and sessions"), "session": _("sessions")}
        choices = [Choice(by, titles[by]) for by in known]
        self.by.offer(choices, self.by.key if self.by.key in known else next(iter(known), ""))
        for choice in (self.by, self.first, self.second):
            choice.setVisible(bool(known))
        if not known:
            self._say_nothing(
                _("There are no two places yet"),
                _("A second open question, or a further wave of the survey with the same ids, gives pairs."),
            )
            return
        offer_two(known[self.by.key], self.first, self.second)
        a, b, by, where = self.first.key, self.second.key, self.by.key, self._scope.where
        top_only = self.themes.key == TOP

        def work(project: Project) -> Any:
            from qualcode.project.comparisons import compare_same_people

            return compare_same_people(project, a, b, by=by, where=where, top_only=top_only)

        self.counting.run(work, self._show, is_slow=True)

    def grouped_by(self) -> str:
        """What places are."""
        return self.by.key

    def base_name(self) -> str:
        """What shares are of, for the file."""
        return _("those who answered in both places")

    def footnote(self) -> str:
        """How the numbers were made."""
        parts = [
            _("Respondents with at least one quotation there, of those who answered in both places."),
            _("Difference within people with Newcombe's interval for pairs."),
        ]
        if self.is_tested:
            tested = _("Exact McNemar test, two-sided; {corrected}.")
            parts.append(tested.format(corrected=corrected(len(self._frame))))
        return " ".join(parts)

    @property
    def is_tested(self) -> bool:
        """Whether p-values are shown."""
        return self._frame is not None and self.test.key == _MCNEMAR

    def table(self) -> OneTable:
        """As it is shown, each number in a column of its own."""
        from qualcode.exporting.one_table import OneTable

        a, b = self.first.key, self.second.key
        headings = [_("Theme"), _("{group}: n of N").format(group=a), "%", _("{group}: n of N").format(group=b), "%"]
        headings += [_("Both"), _("Only {place}").format(place=a), _("Only {place}").format(place=b), _("Neither")]
        headings += [_("Difference, points"), _("from"), _("to")]
        if self.is_tested:
            headings += [_("p"), _("p, Holm of {n}").format(n=len(self._frame))]
        headings.append(_("Note"))
        lines: list[list[str | int | float | None]] = []
        for row in self._frame.to_dict("records") if self._frame is not None else ():
            values: list[str | int | float | None] = [str(row["name"])]
            for side in "ab":
                share = _share(row, side)
                values += [_("{n} of {base}").format(n=share.n, base=share.base), share.per_cent]
            values += [int(row[name]) for name in ("both", _ONLY_A, _ONLY_B, "neither")]
            values += [rounded(row[name], 1, times=100) for name in ("rd", "rd_low", "rd_high")]
            if self.is_tested:
                values += [rounded(row["p"], 4), rounded(row["p_holm"], 4)]
            lines.append([*values, str(row["note"])])
        title = _("The same people: {first} compared with {second}").format(first=a, second=b)
        return OneTable(title, headings, lines, self.heading.sentences, [each.depth for each in self.model.rows])

    def opened(self, cell: GridCell) -> OpenedCell:
        """What they say of a theme in one of the places."""
        assert cell.behind is not None
        theme, side = cell.behind
        by, where = self.by.key, self._scope.where
        place, other = (self.first.key, self.second.key) if side == _A else (self.second.key, self.first.key)

        def fetch(project: Project) -> Sequence[Quotation]:
            from qualcode.project.comparisons import quotations_of_same_people

            return quotations_of_same_people(project, theme, place, other, by=by, where=where)

        code = self._bridge.code_keyed(theme)
        name = self._bridge.name_of(code) if code is not None else theme
        return OpenedCell(theme, name, place, cell.sentence, False, fetch)

    # What happens

    def _on_counting_failed(self, error: Exception) -> None:
        """Pairs that do not exist are no mistake of anybody."""
        if isinstance(error, QualcodeError):
            self._say_nothing(error.message, _("Choose two other places above."))
        else:
            super()._on_counting_failed(error)

    def _say_nothing(self, missing: str, to_do: str) -> None:
        self.heading.hide()
        self.say_nothing(missing, to_do)

    def _show(self, frame: Any) -> None:
        records: list[Row] = frame.to_dict("records")
        self._frame = frame
        n = int(records[0]["a_N"]) if records else 0
        pairs = ngettext("{n} pair", "{n} pairs", n).format(n=n)
        columns = [
            GridColumn(_A, self.first.key, pairs, width=190),
            GridColumn(_B, self.second.key, pairs, width=190),
            GridColumn(_DIFFERENCE, _("Difference"), _("points, 95 % interval"), width=170, grows=False),
            GridColumn(_ONLY_A, _("Only first"), width=100, grows=False, is_number=True, meaning=self.first.key),
            GridColumn(_ONLY_B, _("Only second"), width=110, grows=False, is_number=True, meaning=self.second.key),
        ]
        if self.is_tested:
            of_tests = _("Holm of {n}").format(n=len(records))
            columns.append(GridColumn(_P, _("p"), width=70, grows=False, is_number=True))
            columns.append(GridColumn(_P_CORRECTED, _("p"), of_tests, width=90, grows=False, is_number=True))
        rows: list[GridRow] = []
        cells: Cells = {}
        for row in records:
            key = str(row["theme"])
            code = self._bridge.code_keyed(key)
            rows.append(GridRow(key, str(row["name"]), "", key, code.depth if code is not None else 0, height=40))
            for side in (_A, _B):
                share = _share(row, side)
                said = _("{n} of {base} who answered in both places").format(n=share.n, base=share.base)
                behind = (key, side) if share.n else None
                cells[key, side] = GridCell((), said, (share,), behind=behind, ink=key)
            cells[key, _DIFFERENCE] = GridCell((Line(_difference(row)),), str(row["note"]))
            for side in (_ONLY_A, _ONLY_B):
                cells[key, side] = GridCell((Line(str(int(row[side])), Rank.SECOND),))
            p, corrected = number(row["p"]), number(row["p_holm"])
            holds = corrected is not None and corrected < ALPHA
            cells[key, _P] = GridCell((Line(p_text(p, 3) or "–", Rank.SECOND),), str(row["note"]))
            held = Line(p_text(corrected, 2) or "–", Rank.STRONG if holds else Rank.PLAIN)
            cells[key, _P_CORRECTED] = GridCell((held,), str(row["note"]))
        self._say(records, n)
        self.show_grid(frame, rows, columns, cells, (_("Theme"), _("n of N, per cent")))

    def _say(self, records: Sequence[Row], n: int) -> None:
        said = ngettext("{n} respondent answered in both.", "{n} respondents answered in both.", n).format(n=n)
        if self.is_tested:
            held = [str(row["name"]) for row in records if (number(row["p_holm"]) or 1.0) < ALPHA]
            said = f"{held_sentence(held, len(records))} {said}"
        self.heading.say(said)
        self.heading.show()


def _share(row: Row, side: str) -> Share:
    n, base = int(row[f"{side}_n"]), int(row[f"{side}_N"])
    return Share(n, base, whole_per_cent(n, base) if base else None)


def _difference(row: Row) -> str:
    points, low, high = (number(row[name]) for name in ("rd", "rd_low", "rd_high"))
    if points is None or low is None or high is None:
        return "–"
    return _("{points} ({low} to {high})").format(
        points=signed(100 * points), low=signed(100 * low), high=signed(100 * high)
    )
