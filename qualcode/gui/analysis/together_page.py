"""Themes that stand together: what is counted, and the square of cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from qualcode.gui.analysis.square_page import SquarePage
from qualcode.gui.analysis.theme_page import chosen_text, unit_name
from qualcode.gui.analysis.together_model import PairSquare, Together
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.i18n import _, ngettext
from qualcode.model.case import ALL_GROUPS
from qualcode.model.segment import Unit

if TYPE_CHECKING:
    from qualcode.exporting.one_table import OneTable
    from qualcode.project.project import Project
    from qualcode.project.reports import Quotation
    from qualcode.project.together import Pairs

_QUICK_CODES = 60


class TogetherPage(SquarePage):
    """How often two themes stand on one passage, sentence, turn, with one respondent."""

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, _("Themes that stand together"), parent)
        self._frame: Any = None
        self._pairs: Pairs | None = None
        self.unit_choice = ChoiceButton(_("Together on one"), 160)
        units = (Unit.SENTENCE, Unit.TURN, Unit.ANSWER, Unit.RESPONDENT, Unit.SESSION)
        passage = Choice(Unit.SEGMENT.value, _("passage (overlapping)"))
        choices = [passage, *(Choice(each.value, unit_name(each)) for each in units)]
        self.unit_choice.offer(choices, bridge.project.settings.unit.value)
        self.controls = [self.unit_choice, self.themes]
        self.unit_choice.chosen.connect(lambda _key: self.count())
        self.themes.chosen.connect(lambda _key: self._show_frame())

    def unit(self) -> Unit:
        """On what two themes stand together."""
        return Unit(self.unit_choice.key)

    def count(self) -> None:
        """Counts anew."""
        unit, where, suggested = self.unit(), self._scope.where, self._scope.suggested

        def work(project: Project) -> Any:
            from qualcode.project.together import squared

            frame = project.reports.cooccurrence(unit=unit, where=where, suggested=suggested)
            return frame, squared(frame)

        self.counting.run(work, self._show, is_slow=len(self._bridge.codebook.codes) > _QUICK_CODES)

    def rows(self) -> Any:
        """The table in the columns of `qualcode cooccurrence`."""
        return self._frame

    def base_name(self) -> str:
        """What the index is of, for the file."""
        return _("those with either theme")

    def footnote(self) -> str:
        """What the numbers are, and how they are drawn."""
        return _("The stronger the tint, the larger the index.") + " " + self.note()

    def note(self) -> str:
        """What the numbers are."""
        small_cell = self._bridge.project.settings.small_cell
        parts = [
            _("How often two themes stand together, and Jaccard's index: both, of those with either."),
            _("On the diagonal: the theme in all."),
            _("A theme and one above it always stand together and are left out."),
            ngettext("There is no index of fewer than {n}.", "There is no index of fewer than {n}.", small_cell).format(
                n=small_cell
            ),
        ]
        if self._scope.suggested:
            parts.insert(0, _("Suggested by the rules, not reviewed by a coder."))
        return " ".join(parts)

    def table(self) -> OneTable:
        """As it is shown, the counts; and the index of each pair beside them."""
        from qualcode.exporting.one_table import OneTable

        themes = self.model.themes
        headings = [_("Theme"), *(each.name for each in themes), *(f"{each.name}, Jaccard" for each in themes)]
        rows: list[list[str | int | float | None]] = []
        for row in themes:
            cells = [self.model.cell(row.key, column.key) for column in themes]
            counts = [cell.both if cell is not None else None for cell in cells]
            indices = [cell.index if cell is not None else None for cell in cells]
            rows.append([row.name, *counts, *(None if each is None else round(each, 3) for each in indices)])
        title = _("Themes that stand together on one: {unit}").format(unit=chosen_text(self.unit_choice))
        return OneTable(title, headings, rows, depths=[each.depth for each in themes])

    def quotations(self, project: Project, cell: Together) -> Sequence[Quotation]:
        """Of one theme all; of two where they stand together."""
        reports, scope = project.reports, self._scope
        if cell.is_alone:
            return reports.quotations(cell.a, ALL_GROUPS, where=scope.where, suggested=scope.suggested)
        unit = self.unit()
        return reports.quotations_together(cell.a, cell.b, unit=unit, where=scope.where, suggested=scope.suggested)

    def pictures(self) -> list[tuple[str, str]]:
        """The themes as a network."""
        return [("network", _("Network"))]

    def drawn_of(self) -> dict[str, Any]:
        """The network of the themes that are shown."""
        return {"unit": self.unit(), "where": self.where(), "codes": [each.key for each in self.named()]}

    def _show(self, answer: tuple[Any, Pairs]) -> None:
        self._frame, self._pairs = answer
        self._show_frame()

    def _show_frame(self) -> None:
        themes = self.named()
        if self._pairs is not None:
            square = PairSquare(self._pairs, [each.key for each in themes], self.unit())
            self.model.show_square(square, themes)
        self.said.emit()
