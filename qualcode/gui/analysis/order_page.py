"""Conversations in the order of their codes: one line of marks each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from qualcode.analysis.filtering import Condition, Filter
from qualcode.gui.analysis.grid_model import GridCell, GridColumn, GridRow, Marks
from qualcode.gui.analysis.grid_page import Cells, GridPage
from qualcode.gui.analysis.group_choice import TOP, offer_themes
from qualcode.gui.analysis.page import OpenedCell
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.widgets.choice_button import ChoiceButton
from qualcode.i18n import _, ngettext
from qualcode.model.case import ALL_GROUPS

if TYPE_CHECKING:
    from qualcode.exporting.one_table import OneTable
    from qualcode.project.project import Project
    from qualcode.project.reports import Quotation

_ORDER = "order"


class OrderPage(GridPage):
    """A row a session; its codings as marks in the order in which things were said."""

    has_unit = False
    has_material = False

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, _("Codes in order by session"), parent)
        self.themes = ChoiceButton(_("Themes"), 110)
        offer_themes(self.themes)
        self.themes.choose("all")
        self.controls = [self.themes]
        self.themes.chosen.connect(lambda _key: self.count())

    def count(self) -> None:
        """Reads the order anew."""
        where = self._scope.where

        def work(project: Project) -> Any:
            from qualcode.project.sequences import codes_in_order

            return codes_in_order(project, where=where)

        self.counting.run(work, self._show)

    def base_name(self) -> str:
        """There are no shares."""
        return ""

    def footnote(self) -> str:
        """What a mark is."""
        return _(
            "A mark for each coding, in the order in which it was said; several codes on one passage stand together."
        )

    def table(self) -> OneTable:
        """A line for each coding."""
        from qualcode.exporting.one_table import OneTable

        names = {code.key: self._bridge.name_of(code) for code in self._bridge.codebook.codes}
        lines: list[list[str | int | float | None]] = [
            [str(row["session"]), int(row["position"]), names.get(str(row["code"]), str(row["code"]))]
            for row in (self._frame.to_dict("records") if self._frame is not None else ())
        ]
        return OneTable(_("Codes in order by session"), [_("Session"), _("Position"), _("Theme")], lines)

    def opened(self, cell: GridCell) -> OpenedCell:
        """All that was coded in the session, in order."""
        assert cell.behind is not None
        where = Filter((*self._scope.where.clauses, (Condition("session", cell.behind),)))

        def fetch(project: Project) -> Sequence[Quotation]:
            return project.reports.quotations("", ALL_GROUPS, where=where)

        return OpenedCell("", _("All themes"), cell.behind[0], cell.sentence, False, fetch)

    def _show(self, frame: Any) -> None:
        found: dict[str, list[str]] = {}
        for session, code in zip(frame["session"].tolist(), frame["code"].tolist(), strict=True):
            found.setdefault(session, []).append(code)
        if not found:
            self.say_nothing(_("No conversation is coded yet"), _("Code a transcript; its codes stand here in order."))
            return
        names = {code.key: self._bridge.name_of(code) for code in self._bridge.codebook.codes}
        top = self._tops() if self.themes.key == TOP else {}
        rows: list[GridRow] = []
        cells: Cells = {}
        for session, keys in found.items():
            n = len(keys)
            said = ngettext("{n} coding", "{n} codings", n).format(n=n)
            rows.append(GridRow(session, session, said, height=60))
            shown = tuple(top.get(key, key) for key in keys)
            sentence = f"{said}: " + ", ".join(names.get(key, key) for key in shown[:40])
            cells[session, _ORDER] = GridCell((), sentence, picture=Marks(shown), behind=(session,))
        column = GridColumn(_ORDER, _("In order"), _("from the beginning to the end"), width=400)
        self.show_grid(frame, rows, [column], cells, (_("Session"), ""))

    def _tops(self) -> dict[str, str]:
        """The theme at the top above each code."""
        found: dict[str, str] = {}
        at_top = ""
        for code in self._bridge.codebook.codes:
            at_top = code.key if not code.depth else at_top
            found[code.key] = at_top
        return found
