"""Themes that mirror each other: what hinders in one group's words and helps in the other's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from qualcode.gui.analysis.grid_model import GridCell, GridColumn, GridRow, Line, Rank, Share
from qualcode.gui.analysis.grid_page import Cells, GridPage
from qualcode.gui.analysis.group_choice import offer_by, offer_two
from qualcode.gui.analysis.heading import Heading
from qualcode.gui.analysis.page import OpenedCell
from qualcode.gui.analysis.theme_cells import whole_per_cent
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.widgets.choice_button import ChoiceButton
from qualcode.i18n import _, ngettext

if TYPE_CHECKING:
    from qualcode.exporting.one_table import OneTable
    from qualcode.project.project import Project
    from qualcode.project.reports import Quotation

Row = Mapping[str, Any]
_THEME, _COUNTERPART = "theme", "counterpart"
_A, _B, _WORDS = "a", "b", "words"
_ROW = 46


class MirroredPage(GridPage):
    """Two rows a pair of themes, two groups beside each other, and what it comes to in words."""

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, _("Themes that mirror each other"), parent)
        self.heading = Heading()
        self.by = ChoiceButton(_("By"), 120)
        self.first = ChoiceButton(_("Compare"), 150)
        self.second = ChoiceButton(_("with"), 150)
        self.controls = [self.by, self.first, self.second]
        self.column.insertWidget(0, self.heading)
        for choice in (self.by, self.first, self.second):
            choice.chosen.connect(lambda _key: self.count())

    def count(self) -> None:
        """Compares anew."""
        offer_two(offer_by(self._bridge, self.by), self.first, self.second)
        a, b, by, where = self.first.key, self.second.key, self.by.key, self._scope.where
        if not a or not b or a == b:
            self._say_nothing(_("There are no two groups to compare."), _("Choose two groups above."))
            return

        def work(project: Project) -> Any:
            from qualcode.project.comparisons import in_words

            return in_words(project, a, b, by=by, where=where).mirrored

        self.counting.run(work, self._show)

    def grouped_by(self) -> str:
        """Group or an attribute."""
        return self.by.key

    def base_name(self) -> str:
        """What shares are of, for the file."""
        return _("those who answered")

    def footnote(self) -> str:
        """What mirrored means."""
        return _(
            "Pairs of themes that the codebook names as each other's counterpart. Mirrored: one group speaks more of "
            "the one, the other group more of the other. Respondents, of those who spoke or answered."
        )

    def table(self) -> OneTable:
        """A line for each pair."""
        from qualcode.exporting.one_table import OneTable

        headings = [_("Theme"), _("Counterpart")]
        for name in (self.first.key, self.second.key):
            headings += [_("{group}: theme").format(group=name), _("{group}: counterpart").format(group=name)]
        headings += [_("Pattern"), _("In words")]
        lines: list[list[str | int | float | None]] = []
        for row in self._frame.to_dict("records") if self._frame is not None else ():
            counts = [
                _("{n} of {base}").format(n=int(row[f"{side}_{which}"]), base=int(row[f"{side}_N"]))
                for side in "ab"
                for which in (_THEME, _COUNTERPART)
            ]
            pattern = _patterns()[str(row["pattern"])]
            lines.append([str(row["name"]), str(row["counterpart_name"]), *counts, pattern, str(row["sentence"])])
        title = _("Themes that mirror each other: {first} and {second}")
        title = title.format(first=self.first.key, second=self.second.key)
        return OneTable(title, headings, lines, self.heading.sentences)

    def opened(self, cell: GridCell) -> OpenedCell:
        """What a group says of a theme."""
        assert cell.behind is not None
        theme, group = cell.behind[:2]
        by, where = self.by.key, self._scope.where

        def fetch(project: Project) -> Sequence[Quotation]:
            return project.reports.quotations(theme, group, by=by, where=where)

        code = self._bridge.code_keyed(theme)
        name = self._bridge.name_of(code) if code is not None else theme
        return OpenedCell(theme, name, group, cell.sentence, False, fetch)

    # What happens

    def _say_nothing(self, missing: str, to_do: str) -> None:
        self.heading.hide()
        self.say_nothing(missing, to_do)

    def _show(self, frame: Any) -> None:
        records: list[Row] = frame.to_dict("records")
        if not records:
            self._say_nothing(
                _("No theme has a counterpart yet"),
                _("Name in the codebook which theme mirrors which (counterpart)."),
            )
            return
        columns = [
            *(self.group_column(name, self.by.key, "", 180) for name in (self.first.key, self.second.key)),
            GridColumn(_WORDS, _("Pattern"), width=320),
        ]
        rows: list[GridRow] = []
        cells: Cells = {}
        order = {"mirrored": 0, "one_sided": 1, "shared": 2, "silent": 3}
        for number, row in enumerate(sorted(records, key=lambda each: order.get(str(each["pattern"]), 4))):
            self._add_pair(number, row, rows, cells)
        n = sum(row["pattern"] == "mirrored" for row in records)
        said = ngettext("{n} of {all} pair mirrors each other.", "{n} of {all} pairs mirror each other.", len(records))
        self.heading.say(said.format(n=n, all=len(records)))
        self.heading.show()
        self.show_grid(frame, rows, columns, cells, (_("Theme"), _("n of N, per cent")))

    def _add_pair(self, number: int, row: Row, rows: list[GridRow], cells: Cells) -> None:
        """The theme, then its counterpart."""
        for which in (_THEME, _COUNTERPART):
            theme = str(row[which])
            name = str(row["name" if which == _THEME else "counterpart_name"])
            key = f"{number} {which}"
            rows.append(GridRow(key, name, "", theme, height=_ROW, is_heading=which == _COUNTERPART))
            for side, group in ((_A, self.first.key), (_B, self.second.key)):
                n, base = int(row[f"{side}_{which}"]), int(row[f"{side}_N"])
                small = base < max(1, self._bridge.project.settings.small_cell)
                share = Share(n, base, None if small else whole_per_cent(n, base))
                said = _("{n} of {base} who spoke or answered").format(n=n, base=base)
                behind = (theme, group, key) if n else None
                cells[key, group] = GridCell((), said, (share,), behind=behind, ink=theme)
        pattern, sentence = str(row["pattern"]), str(row["sentence"])
        lines = [Line(_patterns()[pattern], Rank.STRONG if pattern == "mirrored" else Rank.PLAIN)]
        if pattern != "silent":
            lines.append(Line(sentence, Rank.WORDS))
        cells[f"{number} {_THEME}", _WORDS] = GridCell(tuple(lines), sentence, rows=2)


def _patterns() -> dict[str, str]:
    return {
        "mirrored": _("mirrored"),
        "shared": _("both lean the same way"),
        "one_sided": _("one group only"),
        "silent": _("nobody speaks of it"),
    }
