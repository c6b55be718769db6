"""Saturation: which codes each session adds, as a table and as a curve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from qualcode.analysis.filtering import Condition, Filter
from qualcode.gui.analysis.cell_numbers import number, rounded, whole
from qualcode.gui.analysis.grid_model import GridCell, GridColumn, GridRow, Line, Rank
from qualcode.gui.analysis.grid_page import Cells, GridPage
from qualcode.gui.analysis.heading import Heading
from qualcode.gui.analysis.page import OpenedCell
from qualcode.gui.analysis.saturation_curve import Point, SaturationCurve
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.i18n import _, decimal, ngettext
from qualcode.model.case import ALL_GROUPS

if TYPE_CHECKING:
    from qualcode.exporting.one_table import OneTable
    from qualcode.project.project import Project
    from qualcode.project.reports import Quotation

Row = Mapping[str, Any]
_IMPORTED, _BY_NAME, _BACKWARDS = "imported", "name", "backwards"
_CODES, _NEW, _NAMES, _ALL, _EXPECTED, _RUN = "codes", "new", "names", "all", "expected", "run"


class SaturationPage(GridPage):
    """A row a session, in an order that can be chosen."""

    has_material = False
    has_unit = False

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, _("Saturation by session"), parent)
        self.heading = Heading()
        self.curve = SaturationCurve()
        self.order = ChoiceButton(_("Order"), 120)
        self.base = ChoiceButton(_("Base"), 100)
        self.run_length = ChoiceButton(_("Run"), 100)
        self.controls = [self.order, self.base, self.run_length]
        orders = [
            Choice(_IMPORTED, _("as imported")),
            Choice(_BY_NAME, _("by name")),
            Choice(_BACKWARDS, _("backwards")),
        ]
        self.order.offer(orders, _IMPORTED)
        for choice, numbers, usual in ((self.base, (3, 4, 5, 6), 4), (self.run_length, (1, 2, 3), 2)):
            named = [Choice(str(n), ngettext("{n} session", "{n} sessions", n).format(n=n)) for n in numbers]
            choice.offer(named, str(usual))
        self.column.insertWidget(0, self.heading)
        self.column.insertWidget(1, self.curve)
        for choice in (self.order, self.base, self.run_length):
            choice.chosen.connect(lambda _key: self.count())
        self._sizes = (4, 2)

    def count(self) -> None:
        """Counts anew."""
        if not self._bridge.project.documents.all(answers=False):
            self._hide_heading()
            self.say_nothing(_("No conversations yet"), _("Import transcripts: each session then shows what it adds."))
            return
        where, base, run = self._scope.where, int(self.base.key), int(self.run_length.key)
        how = self.order.key
        self._sizes = (base, run)

        def work(project: Project) -> Any:
            from qualcode.project.lens import saturation_of, saturation_sentences

            names = list(project.reports.material().sessions.values())
            order = {_BY_NAME: sorted(names, key=str.casefold), _BACKWARDS: names[::-1]}.get(how, names)
            spoken = set(saturation_of(project, where=where)["session"])
            order = [name for name in order if name in spoken]
            table = saturation_of(project, where=where, order=order, base_size=base, run_length=run)
            return table, saturation_sentences(table, base_size=base, run_length=run)

        self.counting.run(work, self._show, is_slow=True)

    def base_name(self) -> str:
        """What shares are of, for the file."""
        return _("codes of the first {n} sessions").format(n=self._sizes[0])

    def footnote(self) -> str:
        """What the numbers are."""
        base, run = self._sizes
        return _(
            "Codes as they stand, without those above them. Expected: the mean over all orders of the sessions. Of the "
            "base: codes new in {run} sessions, in per cent of the codes of the first {base} (Guest and others)."
        ).format(run=run, base=base)

    def table(self) -> OneTable:
        """A line for each session."""
        from qualcode.exporting.one_table import OneTable

        headings = [_("Session"), _("Codes"), _("New"), _("New codes"), _("All so far"), _("Expected")]
        headings += [_("New in the run"), _("Of the base, %"), _("Note")]
        lines: list[list[str | int | float | None]] = []
        for row in self._frame.to_dict("records") if self._frame is not None else ():
            values: list[str | int | float | None] = [str(row["session"]), int(row["codes"]), int(row["new"])]
            values += [", ".join(self._names(row)), int(row["cumulative"]), round(float(row["expected"]), 1)]
            lines.append([*values, whole(row["run_new"]), rounded(row["run_share"], 1, times=100), str(row["note"])])
        return OneTable(_("Saturation by session"), headings, lines, self.heading.sentences)

    def pictures(self) -> list[tuple[str, str]]:
        """What each session adds."""
        return [("saturation", _("Saturation by session"))] if self._frame is not None else []

    def drawn_of(self) -> dict[str, Any]:
        """The sessions in the order of the table."""
        order = self._frame["session"].tolist() if self._frame is not None else ()
        return {"where": self.where(), "order": order}

    def opened(self, cell: GridCell) -> OpenedCell:
        """What was coded in a session, or with the codes that are new there."""
        assert cell.behind is not None
        session, what, *codes = cell.behind
        clauses = [*self._scope.where.clauses, (Condition("session", (session,)),)]
        if what == _NEW:
            clauses.append((Condition("code", tuple(codes)),))
        where = Filter(tuple(clauses))

        def fetch(project: Project) -> Sequence[Quotation]:
            found = project.reports.quotations("", ALL_GROUPS, where=where)
            if what != _NEW:
                return found
            ids = {code.id for code in project.codebook.current().codes if code.key in codes}
            return [each for each in found if ids & set(each.code_ids)]

        title = _("New codes") if what == _NEW else _("All themes")
        return OpenedCell("", title, session, cell.sentence, False, fetch)

    # What happens

    def _hide_heading(self) -> None:
        self.heading.hide()
        self.curve.hide()

    def _on_counting_failed(self, error: Exception) -> None:
        self._hide_heading()
        super()._on_counting_failed(error)

    def _names(self, row: Row) -> list[str]:
        keys = [key for key in str(row["new_codes"]).split("; ") if key]
        codes = [self._bridge.code_keyed(key) for key in keys]
        return [self._bridge.name_of(code) for code in codes if code is not None]

    def _show(self, answer: tuple[Any, list[str]]) -> None:
        frame, sentences = answer
        records: list[Row] = frame.to_dict("records")
        if not records:
            self._hide_heading()
            self.say_nothing(_("Nothing to count yet"), _("Choose another part of the material."))
            return
        self.heading.say(sentences[0], " ".join(sentences[1:]))
        self.heading.show()
        self.curve.show_points(
            [Point(str(row["session"]), int(row["cumulative"]), float(row["expected"])) for row in records]
        )
        self.curve.show()
        columns = [
            GridColumn(_CODES, _("Codes"), width=80, grows=False, is_number=True),
            GridColumn(_NEW, _("New"), width=70, grows=False, is_number=True),
            GridColumn(_ALL, _("All so far"), width=100, grows=False, is_number=True),
            GridColumn(_EXPECTED, _("Expected"), width=100, grows=False, is_number=True),
            GridColumn(_RUN, _("Of the base"), width=110, grows=False, is_number=True),
            GridColumn(_NAMES, _("New codes"), width=260),
        ]
        rows: list[GridRow] = []
        cells: Cells = {}
        for row in records:
            self._add(row, rows, cells)
        self.show_grid(frame, rows, columns, cells, (_("Session"), _("codes of each")))

    def _add(self, row: Row, rows: list[GridRow], cells: Cells) -> None:
        session, names = str(row["session"]), self._names(row)
        keys = tuple(key for key in str(row["new_codes"]).split("; ") if key)
        rows.append(GridRow(session, session, height=70))
        n, new = int(row["codes"]), int(row["new"])
        all_of_it = (session, _CODES) if n else None
        cells[session, _CODES] = GridCell((Line(str(n)),), _codes(n), behind=all_of_it)
        behind = (session, _NEW, *keys) if new else None
        cells[session, _NEW] = GridCell((Line(str(new), Rank.STRONG),), _codes(new), behind=behind)
        cells[session, _NAMES] = GridCell((Line(", ".join(names), Rank.WORDS),) if names else (), ", ".join(names))
        cells[session, _ALL] = GridCell((Line(str(int(row["cumulative"]))),))
        cells[session, _EXPECTED] = GridCell((Line(decimal(float(row["expected"]), 1), Rank.SECOND),))
        share = number(row["run_share"])
        text = "–" if share is None else f"{decimal(100 * share, 0)} %"
        cells[session, _RUN] = GridCell((Line(text, Rank.SECOND),), str(row["note"]))


def _codes(n: int) -> str:
    return ngettext("{n} code", "{n} codes", n).format(n=n)
