"""Samples for coding by two: drawn here, walked through unit by unit, measured, written to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from qualcode.errors import QualcodeError
from qualcode.gui.agreement.sample_units import SampleUnitsModel, SampleUnitsView
from qualcode.gui.analysis.counting import Counting
from qualcode.gui.analysis.grid_model import Fill, GridCell, GridColumn, GridModel, GridRow, Line, Rank, Share
from qualcode.gui.analysis.grid_page import group_title
from qualcode.gui.analysis.grid_view import GridView
from qualcode.gui.analysis.leaving import ask_file
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.gui.widgets.controls import button, label, rule
from qualcode.gui.widgets.empty import Empty
from qualcode.gui.widgets.panes import beside, column_of, make_pane
from qualcode.gui.widgets.read_only import dim_for_reading
from qualcode.i18n import _, ngettext, written
from qualcode.model.double_coding import JudgedUnit, Sample
from qualcode.model.segment import Span

if TYPE_CHECKING:
    from qualcode.project.agreement import SampleUnit
    from qualcode.project.project import Project

_SHARES = (5, 10, 15, 20, 25, 30, 50, 100)
_PANEL = 400
_UNITS, _MINE, _DRAWN = "units", "mine", "drawn"


class SamplesPage(QWidget):
    """The samples at the left with the form that draws another, the units of one at the right.

    Signals:
        failed: an error that the user can act on.
        done: what was done, in a sentence.
        place_opened: a document's id and a span that is to be shown in its text.
        measure_wanted: the name of a sample in which agreement is to be measured.
    """

    failed = Signal(Exception)
    done = Signal(str)
    place_opened = Signal(int, object)
    measure_wanted = Signal(str)

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self._bridge = bridge
        self._samples: list[Sample] = []
        self._units: dict[str, list[SampleUnit]] = {}
        self._shown = ""
        self._counting = Counting(bridge, self)
        self.name = self._field(_("Name of the sample"), 170)
        self.share = ChoiceButton(_("Share"), 60)
        self.share.offer([Choice(str(n), f"{n} %") for n in _SHARES], "10")
        self.unit = ChoiceButton(_("of the"), 100)
        self.unit.offer([Choice(key, title) for key, title in _units().items()], JudgedUnit.TURN.value)
        self.by = ChoiceButton(_("of each"), 110)
        self.seed = self._field(_("Seed"), 64)
        self.seed.setText("1")
        self.seed.setValidator(QRegularExpressionValidator("[0-9]{0,6}", self))
        self.seed.setToolTip(_("The same seed draws the same units from the same material"))
        self.draw_button = button(_("Draw sample"), kind="main")
        self.measure_button = button(_("Measure agreement in it"))
        self.write_button = button(_("Write units…"), icon_name="download")
        self.remove_button = button(_("Remove"), icon_name="trash-2")
        self.model = GridModel(self)
        self.table_view = GridView(bridge, self.model, _("Samples"))
        self.units_model = SampleUnitsModel(self)
        self.units_view = SampleUnitsView(bridge, self.units_model)
        self._said = label(size=fonts.CONTROL, rank=2, wrap=True)
        self._heading = label(weight=fonts.SEMIBOLD, wrap=True)
        self._empty = Empty("users", "", "")
        self._lay_out()
        self._connect()
        dim_for_reading(bridge.is_read_only, self.draw_button, self.remove_button, self._empty.button)

    @property
    def shown(self) -> str:
        """The name of the sample whose units are listed, "" for none."""
        return self._shown

    @property
    def said(self) -> str:
        """What stands over the samples, or in their place."""
        return self._said.text() if self._samples else self._empty.accessibleName()

    def refresh(self) -> None:
        """Reads the samples anew, and whether their units are coded."""
        project = self._bridge.project
        self._samples = project.agreement.samples()
        attributes = project.respondents.attribute_names()
        parts = [("group", _("group")), ("session", _("session")), ("document", _("document"))]
        parts += [("question", _("question")), *((name, name) for name in attributes)]
        known = self.by.key if self.by.key in {key for key, _title in parts} else "group"
        self.by.offer([Choice(key, title) for key, title in parts], known)
        if not self.name.text():
            self.name.setText(_("Sample {n}").format(n=len(self._samples) + 1))
        names = [sample.name for sample in self._samples]
        self._shown = self._shown if self._shown in names else (names[-1] if names else "")
        self._units = {name: units for name, units in self._units.items() if name in names}
        self._fill()
        coder = project.coder_name

        def work(project: Project) -> Any:
            return {name: project.agreement.sample_units(name, coder) for name in names}

        self._counting.run(work, self._show_units)

    # What happens

    def draw(self) -> None:
        """Draws a sample as the form says."""
        try:
            made = self._bridge.project.agreement.draw_sample(
                self.name.text(),
                int(self.share.key) / 100,
                unit=JudgedUnit(self.unit.key),
                by=self.by.key,
                seed=int(self.seed.text() or 1),
            )
        except QualcodeError as error:
            self.failed.emit(error)
            return
        self._shown = made.name
        self.name.clear()
        self.refresh()
        n = made.n_units
        text = ngettext("{name}: {n} unit was drawn.", "{name}: {n} units were drawn.", n)
        self.done.emit(text.format(name=made.name, n=n))

    def remove(self) -> None:
        """Forgets the sample that is shown; undo brings it back."""
        name = self._shown
        try:
            self._bridge.project.agreement.remove_sample(name)
        except QualcodeError as error:
            self.failed.emit(error)
            return
        self.refresh()
        self.done.emit(_("{name} was removed; codings stay.").format(name=name))

    def write(self) -> None:
        """Asks for a file and writes the units of the sample that is shown into it."""
        from qualcode.exporting.csv_tables import write_csv
        from qualcode.exporting.sparing import spare_project

        path = ask_file(self, self._bridge.path, "sample.csv", _("Table (*.csv)"))
        if path is None:
            return
        try:
            spare_project(path, self._bridge.path)
            write_csv(self._bridge.project.agreement.sample_table(self._shown), path)
        except QualcodeError as error:
            self.failed.emit(error)
        else:
            self.done.emit(_("{file} was written.").format(file=path.name))

    def _show_units(self, units: dict[str, list[SampleUnit]]) -> None:
        self._units = units
        self._fill()

    def _on_row(self, name: str) -> None:
        self._shown = name
        self._fill_units()

    def _on_opened(self, unit: SampleUnit) -> None:
        self.place_opened.emit(unit.document_id, Span(unit.start, unit.end))

    # What is shown

    def _fill(self) -> None:
        rows, cells = [], {}
        for sample in self._samples:
            rows.append(GridRow(sample.name, sample.name, _how(sample), height=64))
            units = self._units.get(sample.name)
            n_coded = sum(bool(unit.codes) for unit in units) if units is not None else 0
            share = Share(n_coded, sample.n_units)
            n = ngettext("{n} unit", "{n} units", sample.n_units).format(n=sample.n_units)
            cells[sample.name, _UNITS] = GridCell((Line(str(sample.n_units)),), n)
            said = ngettext(
                "{n} of {base} unit coded by you", "{n} of {base} units coded by you", sample.n_units
            ).format(n=n_coded, base=sample.n_units)
            part = Fill(n_coded / sample.n_units if sample.n_units else 0.0, is_beside=True)
            cells[sample.name, _MINE] = GridCell((), said, (share,), part)
            drawn = _drawn_of(sample)
            cells[sample.name, _DRAWN] = GridCell((Line(drawn, Rank.WORDS),), drawn)
        columns = [
            GridColumn(_UNITS, _("Units"), width=70, grows=False, is_number=True),
            GridColumn(_MINE, _("Coded by you"), width=170, grows=False),
            GridColumn(_DRAWN, _("Drawn"), _("of each group"), width=180),
        ]
        self.model.show_grid(rows, columns, cells, (_("Sample"), _("how it was drawn")))
        for shown in (self.table_view, self._said, self._right):
            shown.setVisible(bool(rows))
        self._said.setText(_("Code the units at the right one by one, then measure agreement in the sample."))
        self._show_empty(not rows)
        if self._shown:
            self.table_view.go_to(self._shown, _UNITS)
        self._fill_units()

    def _show_empty(self, is_empty: bool) -> None:
        """What a sample is for, as long as there is none; without material none can be drawn."""
        self._empty.setVisible(is_empty)
        project = self._bridge.project
        has_material = not is_empty or bool(project.documents.all(answers=False) or project.survey.questions())
        self._form.setVisible(has_material)
        if has_material:
            to_do = _("A part of the material, drawn at random, that two people code; agreement is measured in it.")
            self._empty.say(_("No samples yet"), to_do, _("Draw sample"))
        else:
            self._empty.say(
                _("No samples yet"), _("A sample is drawn from transcripts and answers. Import some first.")
            )

    def _fill_units(self) -> None:
        units = self._units.get(self._shown, [])
        self.units_model.show_units(units)
        n_open = sum(not unit.codes for unit in units)
        text = ngettext("{n} unit", "{n} units", len(units)).format(n=len(units))
        if units:
            left = ngettext("{n} without a code of yours", "{n} without a code of yours", n_open)
            text += ", " + left.format(n=n_open)
        self._heading.setText(f"{self._shown}: {text}" if self._shown else "")
        for each in (self.measure_button, self.write_button, self.remove_button):
            each.setEnabled(bool(self._shown))
            each.setVisible(bool(self._samples))

    # Layout

    def _connect(self) -> None:
        self.draw_button.clicked.connect(self.draw)
        self._empty.pressed.connect(self.draw)
        self.name.returnPressed.connect(self.draw)
        self.remove_button.clicked.connect(self.remove)
        self.write_button.clicked.connect(self.write)
        self.measure_button.clicked.connect(lambda: self.measure_wanted.emit(self._shown))
        self.table_view.row_picked.connect(self._on_row)
        self.units_view.opened.connect(self._on_opened)
        self._counting.failed.connect(self.failed)

    def _lay_out(self) -> None:
        left = QWidget()
        column = column_of(left)
        self._form = QWidget()
        form = QHBoxLayout(self._form)
        form.setContentsMargins(24, 14, 16, 6)
        form.setSpacing(8)
        for each in (self.name, self.share, self.unit, self.by, label(_("Seed"), rank=2), self.seed):
            form.addWidget(each)
        form.addStretch(1)
        form.addWidget(self.draw_button)
        column.addWidget(self._form)
        said = QHBoxLayout()
        said.setContentsMargins(24, 0, 16, 10)
        said.addWidget(self._said)
        column.addLayout(said)
        column.addWidget(rule())
        column.addWidget(self.table_view, 1)
        column.addWidget(self._empty, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 10, 16, 12)
        foot.setSpacing(8)
        for made in (self.measure_button, self.write_button, self.remove_button):
            foot.addWidget(made)
        foot.addStretch(1)
        column.addStretch(0)
        column.addLayout(foot)
        right = self._right = QWidget()
        make_pane(right, at_least=300)
        units = column_of(right)
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 10)
        head.addWidget(self._heading)
        units.addLayout(head)
        units.addWidget(rule())
        units.addWidget(self.units_view, 1)
        whole = column_of(self)
        whole.addWidget(beside(left, right, widths=(0, fonts.px(_PANEL)), stretched=0))

    def _field(self, name: str, width: int) -> QLineEdit:
        made = QLineEdit()
        made.setFont(fonts.font())
        made.setPlaceholderText(name)
        made.setAccessibleName(name)
        made.setFixedWidth(fonts.px(width))
        return made


def _how(sample: Sample) -> str:
    """Share, unit and seed."""
    details = sample.details
    share = written(100 * float(str(details.get("share", 0))))
    unit = _units().get(str(details.get("unit")), "")
    return _("{share} % of the {unit}, seed {seed}").format(share=share, unit=unit, seed=details.get("seed", ""))


def _drawn_of(sample: Sample) -> str:
    """How many of how many of each group."""
    drawn = sample.details.get("drawn")
    if not isinstance(drawn, dict):
        return ""
    one = _("{group} {n} of {all}")
    return ", ".join(one.format(group=group_title(group), n=n, all=whole) for group, (n, whole) in drawn.items())


def _units() -> dict[str, str]:
    return {"turn": _("turns"), "sentence": _("sentences"), "answer": _("answers")}
