"""Themes that stand near each other, and codes that follow each other: squares of cells."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtWidgets import QWidget

from qualcode.gui.analysis.cell_numbers import number, rounded
from qualcode.gui.analysis.square_page import SquarePage
from qualcode.gui.analysis.together_model import CellsOf, Together
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.gui.widgets.empty import Empty
from qualcode.i18n import _, decimal, ngettext

if TYPE_CHECKING:
    from qualcode.exporting.one_table import OneTable
    from qualcode.project.project import Project
    from qualcode.project.reports import Quotation

Row = Mapping[str, Any]
_MOST_WITHIN = 5


class _Near(NamedTuple):
    """Two themes: sentences of either with the other near, their part of all, and the sentences of each."""

    near: int
    jaccard: float | None
    of_a: int
    of_b: int


class NearSquare:
    """The table of `qualcode proximity`; a cell is put into words when it is looked at, for there may be many.

    Args:
        pairs: by the keys of both themes, in the order of the codebook.
        shown: keys of the themes that are shown; the largest index among them has the strongest tint.
    """

    def __init__(self, pairs: Mapping[tuple[str, str], _Near], shown: Collection[str]) -> None:
        self._pairs = pairs
        self._alone = {a: pair.of_a for (a, _b), pair in pairs.items()}
        self._alone |= {b: pair.of_b for (_a, b), pair in pairs.items()}
        seen = (pair.jaccard or 0.0 for (a, b), pair in pairs.items() if a in shown and b in shown)
        self._most = max(seen, default=0.0)

    def cell(self, a: str, b: str) -> Together | None:
        """Two themes; None where one is above the other."""
        if a == b:
            n = self._alone.get(a, 0)
            return Together(
                a, a, n, None, "", 0.0, ngettext("{n} sentence", "{n} sentences", n).format(n=n), is_alone=True
            )
        pair = self._pairs.get((a, b)) or self._pairs.get((b, a))
        if pair is None:
            return None
        said = ngettext(
            "{n} sentence with one has the other near", "{n} sentences with one have the other near", pair.near
        )
        said = said.format(n=pair.near)
        if pair.jaccard is not None:
            said += ", " + _("{index} of those with either").format(index=decimal(pair.jaccard))
        below = decimal(pair.jaccard, short=True) if pair.near and pair.jaccard is not None else ""
        strength = (pair.jaccard or 0.0) / self._most if self._most else 0.0
        return Together(a, b, pair.near, pair.jaccard, below, strength, said)


class NearPage(SquarePage):
    """How many sentences with either theme have the other near."""

    has_suggested = False
    has_unit = False

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, _("Themes that stand near each other"), parent)
        self._frame: Any = None
        self._pairs: dict[tuple[str, str], _Near] = {}
        self.within = ChoiceButton(_("Within"), 160)
        distances = [Choice("0", _("the same sentence"))]
        for n in range(1, _MOST_WITHIN + 1):
            distances.append(Choice(str(n), ngettext("{n} sentence", "{n} sentences", n).format(n=n)))
        self.within.offer(distances, "1")
        self.controls = [self.within, self.themes]
        self.within.chosen.connect(lambda _key: self.count())
        self.themes.chosen.connect(lambda _key: self._fill())

    def count(self) -> None:
        """Counts anew."""
        within, where = int(self.within.key), self._scope.where

        def work(project: Project) -> Any:
            from qualcode.project.sequences import proximity

            frame = proximity(project, within=within, where=where)
            columns = ("theme_a", "theme_b", "near", "jaccard", "sentences_a", "sentences_b")
            rows = zip(*(frame[name].tolist() for name in columns), strict=True)
            return frame, {(a, b): _Near(near, number(index), n_a, n_b) for a, b, near, index, n_a, n_b in rows}

        self.counting.run(work, self._show, is_slow=True)

    def rows(self) -> Any:
        """The table in the columns of `qualcode proximity`."""
        return self._frame

    def base_name(self) -> str:
        """What the index is of, for the file."""
        return _("sentences with either theme")

    def footnote(self) -> str:
        """What the numbers are, and how they are drawn."""
        return _("The stronger the tint, the larger the index.") + " " + self.note()

    def note(self) -> str:
        """What the numbers are."""
        return _(
            "Sentences of either theme that have the other near, and their part of all sentences with either. What a "
            "moderator says between them is passed over; two answers are never near each other. On the diagonal: the "
            "sentences with the theme."
        )

    def table(self) -> OneTable:
        """A line for each pair, those that are near most often first."""
        from qualcode.exporting.one_table import OneTable

        headings = [_("Theme"), _("Other theme"), _("Sentences"), _("Sentences of the other"), _("Near each other")]
        headings += [_("Index"), _("In one sentence")]
        shown = {each.key for each in self.model.themes}
        lines: list[list[str | int | float | None]] = []
        records: list[Row] = self._frame.to_dict("records") if self._frame is not None else []
        for row in sorted(records, key=lambda each: -int(each["near"])):
            if {row["theme_a"], row["theme_b"]} <= shown:
                counts = [int(row[name]) for name in ("sentences_a", "sentences_b", "near")]
                lines.append([row["name_a"], row["name_b"], *counts, rounded(row["jaccard"]), int(row["both"])])
        within = next(each.text for each in self.within.choices if each.key == self.within.key)
        return OneTable(_("Themes near each other, within: {distance}").format(distance=within), headings, lines)

    def quotations(self, project: Project, cell: Together) -> Sequence[Quotation]:
        """Of either theme, where the other is near."""
        from qualcode.model.case import ALL_GROUPS
        from qualcode.project.sequences import quotations_near

        if cell.is_alone:
            return project.reports.quotations(cell.a, ALL_GROUPS, where=self._scope.where)
        return quotations_near(project, cell.a, cell.b, within=int(self.within.key), where=self._scope.where)

    def beside(self, theme: str) -> str:
        """What is said of the second theme of a pair."""
        return _("near {theme}").format(theme=theme)

    def _show(self, answer: tuple[Any, dict[tuple[str, str], _Near]]) -> None:
        self._frame, self._pairs = answer
        self._fill()

    def _fill(self) -> None:
        themes = self.named()
        self.model.show_square(NearSquare(self._pairs, {each.key for each in themes}), themes)
        self.said.emit()


class FollowsPage(SquarePage):
    """How often a code is followed by another within a conversation."""

    has_suggested = False
    has_unit = False
    has_material = False

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, _("Codes that follow each other"), parent)
        self.empty = Empty(
            "table-2", _("No codes follow each other yet"), _("Code a transcript; what comes next stands here."), self
        )
        self.empty.hide()
        self.column.addWidget(self.empty, 1)
        self._frame: Any = None
        self.controls = []

    def count(self) -> None:
        """Counts anew."""
        where = self._scope.where

        def work(project: Project) -> Any:
            from qualcode.project.sequences import transitions

            return transitions(project, where=where)

        self.counting.run(work, self._show)

    def rows(self) -> Any:
        """The table in the columns of `qualcode sequence`."""
        return self._frame

    def base_name(self) -> str:
        """What shares are of, for the file."""
        return _("what comes next after the code")

    def footnote(self) -> str:
        """How the table is read."""
        return _("The stronger the tint, the larger the per cent.") + " " + self.note()

    def note(self) -> str:
        """What the numbers are."""
        return _(
            "Row: a code in a conversation; column: the code of what is coded next. How often, and in per cent "
            "of all that comes next after the row's code. Codes as they stand, without those above them."
        )

    def table(self) -> OneTable:
        """A line for each pair that occurs, the most frequent first."""
        from qualcode.exporting.one_table import OneTable

        headings = [_("Theme"), _("Next theme"), _("How often"), _("Of all after the code"), "%", _("Times as often")]
        lines: list[list[str | int | float | None]] = []
        for row in self._frame.to_dict("records") if self._frame is not None else ():
            share = rounded(row["share"], 1, times=100)
            counts = [int(row["n"]), int(row["n_from"])]
            lines.append([row["name"], row["next_name"], *counts, share, rounded(row["lift"], 2)])
        return OneTable(_("What follows what"), headings, lines)

    def quotations(self, project: Project, cell: Together) -> Sequence[Quotation]:
        """Of the code where the other comes next, and of the other there."""
        from qualcode.project.sequences import quotations_following

        return quotations_following(project, cell.a, cell.b, where=self._scope.where)

    def beside(self, theme: str) -> str:
        """What is said of the code that comes next."""
        return _("then {theme}").format(theme=theme)

    def _show(self, frame: Any) -> None:
        self._frame = frame
        records: list[Row] = frame.to_dict("records")
        used = {str(row[name]) for row in records for name in ("code", "next_code")}
        themes = [each for each in self.named() if each.key in used]
        most = max((float(row["share"]) for row in records), default=0.0)
        cells: dict[tuple[str, str], Together] = {}
        for row in records:
            a, b, n, share = str(row["code"]), str(row["next_code"]), int(row["n"]), float(row["share"])
            n_next, times = int(row["n_from"]), decimal(float(row["lift"]), 1)
            said = ngettext(
                "{n} of {all} that comes next, {times} times as often as by chance",
                "{n} of {all} that come next, {times} times as often as by chance",
                n_next,
            ).format(n=n, all=n_next, times=times)
            cells[a, b] = Together(a, b, n, share, f"{decimal(100 * share, 0)} %", share / most if most else 0.0, said)
        never = {each.key: _("never comes next") for each in themes}
        self.model.show_square(CellsOf(cells, never), themes)
        self.table_view.setVisible(bool(records))
        self.empty.setVisible(not records)
        self.said.emit()
