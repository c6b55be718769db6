"""The agreement screen: coders beside each other, or suggestions beside a file, and where they differ."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QWidget

from qualcode.errors import QualcodeError
from qualcode.gui.agreement import choices
from qualcode.gui.agreement.choice_row import ANOTHER_FILE, CODERS, FILE, MADE_HERE, SAMPLES, ChoiceRow
from qualcode.gui.agreement.coefficients import CoefficientsModel, CoefficientsView
from qualcode.gui.agreement.confusion import confusion_as_table, confusion_square
from qualcode.gui.agreement.differing import Differing, DifferingModel, DifferingView, of_coders, of_evaluation
from qualcode.gui.agreement.differing_panel import DifferingPanel
from qualcode.gui.agreement.measures import coder_columns, file_columns, side_by_side
from qualcode.gui.agreement.measuring import OfCoders, OfFile
from qualcode.gui.agreement.samples_page import SamplesPage
from qualcode.gui.agreement.settling import Settling
from qualcode.gui.agreement.table_leaving import TableLeaving
from qualcode.gui.analysis.counting import Counting
from qualcode.gui.analysis.together_model import Named, Together, TogetherModel
from qualcode.gui.analysis.together_view import TogetherView
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import Segmented, button, label, rule
from qualcode.gui.widgets.empty import Empty
from qualcode.gui.widgets.filter_chips import FilterChips
from qualcode.gui.widgets.panes import beside, column_of
from qualcode.gui.widgets.scrolling_foot import ScrollingFoot
from qualcode.i18n import _, grouped, ngettext
from qualcode.model.double_coding import JudgedUnit, Universe
from qualcode.model.segment import Unit

if TYPE_CHECKING:
    from qualcode.exporting.one_table import OneTable
    from qualcode.project.coder_comparison import CoderAgreement
    from qualcode.project.evaluation import Evaluation

_PANEL = 380
_TABLES = frozenset(
    {"segment", "suggestion", "document", "turn", "speaker", "case", "attribute", "respondent_group"}
    | {"code", "coder", "settlement", "sample", "setting"}
)


class AgreementScreen(QWidget):
    """Measures when it is looked at; a theme shows where the sides differ.

    Signals:
        failed: an error that the user can act on.
        place_opened: a document's id and a span that is to be shown in its text.
        done: what was done, in a sentence.
        keys_changed: other keys work now.
    """

    failed = Signal(Exception)
    keys_changed = Signal()
    place_opened = Signal(int, object)
    done = Signal(str)

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self._file: Path | None = None
        self._is_outdated = True
        self._differing: list[Differing] = []
        self._theme = ""
        self._sentence = ""
        self._n_people = 0
        self._counting = Counting(bridge, self)
        self._settling = Settling(bridge, self)
        self._leaving = TableLeaving(bridge, self._table, self)
        sides = [(CODERS, _("Between coders")), (FILE, _("Suggestions and codings")), (SAMPLES, _("Samples"))]
        self.sides = Segmented(_("Agreement"), sides, CODERS)
        self.choices = ChoiceRow()
        self.filter = FilterChips(bridge)
        self.samples = SamplesPage(bridge)
        self.confusion_model = TogetherModel(self)
        self.confusion = TogetherView(bridge, self.confusion_model, _("Which codes are taken for which"))
        self._evaluation: Evaluation | None = None
        self._pair: tuple[str, str] | None = None
        self._key = CODERS
        self._tables = QStackedWidget()
        self._filter_row = QWidget()
        self.model = CoefficientsModel(self)
        self.view = CoefficientsView(bridge, self.model)
        self.panel = DifferingPanel(bridge)
        self.copy = button(_("Copy the sentence"), icon_name="copy")
        self.copy_table = button(_("Copy the table"), icon_name="copy")
        self.write_table = button(_("Export…"), icon_name="download")
        self._said = label(wrap=True)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._notes = label(size=fonts.SMALL, rank=2, wrap=True)
        self._empty = Empty("users", "", "", self)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    # What is shown

    @property
    def sentence(self) -> str:
        """What a report may say."""
        return self._sentence

    @property
    def heading(self) -> str:
        """How much the sides differ in, as it is shown."""
        return self.panel.heading

    @property
    def disagreements(self) -> DifferingView:
        """The disagreements, as they are drawn."""
        return self.panel.list

    @property
    def differing(self) -> DifferingModel:
        """The disagreements."""
        return self.panel.model

    @property
    def notes(self) -> str:
        """What one must know before believing the numbers."""
        return self._notes.text()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to compare; then it says why."""
        return self._stack.currentWidget() is self._empty

    def refresh(self) -> None:
        """Measures again if anything changed since."""
        if self._is_outdated:
            self._n_people = self.choices.offer(self._bridge.project)
            self._measure()

    def focus(self) -> None:
        """Puts the keyboard into the table."""
        (self.samples.table_view if self._key == SAMPLES else self.view).setFocus(Qt.FocusReason.OtherFocusReason)

    def working_keys(self) -> list[tuple[str, str]]:
        """The keys that do something here."""
        if self._key == SAMPLES:
            return [("↑↓", _("move")), ("Enter", _("show in the text"))]
        keys = [] if self.is_empty else [("↑↓", _("themes")), ("Esc", _("all themes"))]
        if keys and self.sides_key == CODERS:
            keys += [("Y", _("has the code")), ("N", _("has it not"))]
        return keys

    @property
    def sides_key(self) -> str:
        """What is compared: "coders" or "file"; or "samples"."""
        return self._key

    def compare_with(self, path: Path) -> None:
        """Compares the suggestions with a file of codings."""
        self._file = path
        self.choices.show_against(path.name)
        self._show_side(FILE)

    # Measuring

    def _measure(self) -> None:
        self._is_outdated = False
        self._counting.forget()  # its answer would come over the samples, or be shown to who codes blind now
        self._filter_row.setVisible(self._key != SAMPLES)
        if self.sides_key == SAMPLES:
            self._stack.setCurrentWidget(self.samples)
            self.samples.refresh()
            return
        if self.sides_key == FILE:
            self._measure_file()
            return
        if self._bridge.is_blind:
            self._show_empty(
                _("You code blind"), _("Agreement would show what others coded; it stands here when you no longer do.")
            )
            return
        if self._n_people < 2:
            self._show_empty(
                _("One coder only"),
                _("Who codes next presses the initials at the upper right and writes a name; then both stand here."),
                _("Draw a sample for both"),
            )
            return
        coders = self.choices.coders.key
        names = () if coders == choices.ALL else tuple(coders.split(choices.BETWEEN))
        asked = OfCoders(
            names,
            JudgedUnit(self.choices.unit.key),
            Universe(self.choices.universe.key),
            self.choices.sample.key,
            self.choices.counts_unread,
            self.filter.where,
        )
        self._counting.run(asked.answered, self._show_agreement, is_slow=True)

    def _measure_file(self) -> None:
        if self._file is None and not self._bridge.project.segments.count():
            self._show_empty(
                _("Nothing is coded yet."),
                _("Code some of the material by hand, or choose codings that people made as a file (.csv)."),
                _("Choose codings…"),
            )
            return
        where = self.filter.where if self._file is not None else self._bridge.of_those_shown(self.filter.where)
        asked = OfFile(self._file, Unit(self.choices.unit.key), self.choices.by.key, where)
        self._counting.run(asked.answered, self._show_evaluation, is_slow=True)

    def _show_agreement(self, found: CoderAgreement) -> None:
        self._tables.setCurrentWidget(self.view)
        theme = self._theme
        self.model.show_table(found.table, coder_columns())
        self._sentence = found.sentence
        self._said.setText(found.sentence)
        self._notes.setText("\n".join(found.notes))
        self._differing = of_coders([*found.open, *found.settled])
        if not self.view.pick_theme(theme):  # picked, it shows them itself
            self._theme = ""
            self._show_differing()
        self._show_tables()

    def _show_evaluation(self, found: Evaluation) -> None:
        documents = {each.name: each.id for each in self._bridge.project.documents.all()}
        names = {code.key: self._bridge.name_of(code) for code in self._bridge.codebook.codes}
        self._evaluation = found
        self._fill_evaluation()
        themes = {code.key: Named(code.key, names[code.key], code.depth) for code in self._bridge.codebook.codes}
        self.confusion_model.show_square(*confusion_square(found, themes))
        units = ngettext("{n} unit", "{n} units", found.n_units).format(n=grouped(found.n_units))
        codings = ngettext("{n} coding", "{n} codings", found.n_codings).format(n=grouped(found.n_codings))
        said = _("{units}, {codings} in {file}.")
        self._sentence = said.format(units=units, codings=codings, file=found.file or _("this project"))
        self._said.setText(self._sentence)
        self._notes.setText("\n".join(found.notes))
        self._differing = of_evaluation(found, documents, names)
        self._show_differing()
        self._show_tables()

    def _fill_evaluation(self) -> None:
        """The numbers of everything, or one measure by group; or which codes are taken for which."""
        found = self._evaluation
        if found is None:
            return
        self._pair = None
        self.choices.fit_evaluation()
        self._tables.setCurrentWidget(self.confusion if self.choices.is_confusion else self.view)
        if self.choices.by_part:
            self.model.show_rows(*side_by_side(found.table, self.choices.measure.key))
        else:
            self.model.show_table(found.table, file_columns())

    def _show_empty(self, missing: str, to_do: str, does: str = "") -> None:
        self._empty.say(missing, to_do, does)
        self._filter_row.setVisible(not does)  # there is nothing yet that could be filtered, copied or written
        self._stack.setCurrentWidget(self._empty)
        self._show_leaving(False)
        self.keys_changed.emit()

    def _show_tables(self) -> None:
        self._stack.setCurrentIndex(0)
        self._show_leaving(True)
        self.keys_changed.emit()

    def _show_leaving(self, is_shown: bool) -> None:
        """A table that is not shown, such as that of before one coded blind, cannot be taken along either."""
        for each in (self.copy_table, self.write_table):
            each.setVisible(is_shown)

    def _show_differing(self) -> None:
        keys = set(self._bridge.codebook.subtree(self._theme)) if self._theme else None
        rows = [row for row in self._differing if keys is None or row.code_key in keys]
        if self._pair is not None:
            rows = [row for row in self._differing if row.is_between(*self._pair)]
        rows.sort(key=lambda row: bool(row.settled))
        n_open = sum(1 for row in rows if not row.settled)
        text = ngettext("{n} disagreement", "{n} disagreements", n_open).format(n=grouped(n_open))
        code = self._bridge.code_keyed(self._theme) if self._theme and self._pair is None else None
        if code is not None:
            text = f"{self._bridge.name_of(code)}: {text}"
        n_settled = len(rows) - n_open
        if n_settled:
            text += ", " + ngettext("{n} settled", "{n} settled", n_settled).format(n=grouped(n_settled))
        self.panel.show_rows(text, rows)

    # Choices

    def _show_side(self, key: str) -> None:
        self._key = key
        self.sides.choose(key)
        self.choices.show_side(key)
        self.panel.show_settling(key == CODERS)
        self._theme, self._pair = "", None
        self.keys_changed.emit()
        self._is_outdated = True
        self.refresh()

    def _on_against(self, key: str) -> None:
        if key == ANOTHER_FILE:
            self._on_pick_file()
            return
        if key == MADE_HERE:
            self._file = None
            self.choices.show_against("")
        self._measure()

    def _on_pick_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Codings that people made"), str(self._bridge.path.parent), _("Codings (*.csv)")
        )
        if chosen:
            self.compare_with(Path(chosen))
        else:
            self.choices.show_against(self._file.name if self._file is not None else "")

    def _on_pair_picked(self, cell: Together) -> None:
        self._pair = (cell.a, cell.b)
        self._show_differing()

    def _on_theme_picked(self, theme: str) -> None:
        self._theme, self._pair = theme, None
        self._show_differing()

    def _on_measure_sample(self, name: str) -> None:
        """How far coders agree in a sample."""
        self._show_side(CODERS)
        self.choices.sample.choose(name, report=True)

    def _table(self) -> OneTable:
        """What is shown, with what it was measured by."""
        title = f"{self._bridge.project.title}: {self.sides.accessibleName()}"
        where = _("Filter: {filter}.").format(filter=str(self.filter.where) or _("none, all the material"))
        notes = [self._sentence, *self._notes.text().split("\n"), where, self._bridge.project.exports.made_by()]
        square = self._tables.currentWidget() is self.confusion
        return confusion_as_table(self.confusion_model, title, notes) if square else self.model.as_table(title, notes)

    def _on_failed(self, error: QualcodeError) -> None:
        self._show_empty(error.message, error.hint)

    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables & _TABLES:
            self._is_outdated = True
            self._counting.forget()  # its answer may tell of a document that is gone
            if self.isVisible():
                self.refresh()

    # Layout

    def _connect(self) -> None:
        self.sides.picked.connect(self._show_side)
        self.choices.against.chosen.connect(self._on_against)
        self._empty.pressed.connect(lambda: self._on_pick_file() if self._key == FILE else self._show_side(SAMPLES))
        self.choices.measured_otherwise.connect(self._measure)
        self.choices.shown_otherwise.connect(self._fill_evaluation)
        self.filter.changed.connect(lambda _where: self._measure())
        self.filter.failed.connect(self.failed)
        self.confusion.pair_picked.connect(self._on_pair_picked)
        self.samples.failed.connect(self.failed)
        self.samples.done.connect(self.done)
        self.samples.place_opened.connect(self.place_opened)
        self.samples.measure_wanted.connect(self._on_measure_sample)
        self.view.theme_picked.connect(self._on_theme_picked)
        self.panel.opened.connect(lambda row: self.place_opened.emit(row.document_id, row.span))
        self.panel.settled.connect(self._settling.settle)
        self.panel.reopened.connect(self._settling.reopen)
        self.copy_table.clicked.connect(self._leaving.copy)
        self.write_table.clicked.connect(self._leaving.write)
        for works in (self._settling, self._leaving):
            works.failed.connect(self.failed)
            works.done.connect(self.done)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._sentence))
        self._counting.failed.connect(self._on_failed)
        self._bridge.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(24, 12, 16, 12)
        head.setSpacing(8)
        head.addWidget(self.sides)
        head.addSpacing(8)
        head.addWidget(self.choices, 1)
        self._stack.addWidget(beside(self._left(), self.panel, widths=(0, fonts.px(_PANEL)), stretched=0))
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.samples)
        row = QHBoxLayout(self._filter_row)
        row.setContentsMargins(16, 0, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.filter, 1)
        for made in (self.copy_table, self.write_table):
            row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        column = column_of(self)
        column.addLayout(head)
        column.addWidget(self._filter_row)
        column.addWidget(rule())
        column.addWidget(self._stack, 1)

    def _left(self) -> QWidget:
        pane = QWidget()
        pane.setMinimumWidth(420)
        column = column_of(pane)
        self._tables.addWidget(self.view)
        self._tables.addWidget(self.confusion)
        column.addWidget(self._tables, 1)
        column.addWidget(rule())
        foot = ScrollingFoot()
        foot.stand_in(pane)
        foot.column.setContentsMargins(24, 12, 24, 14)
        foot.column.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(self._said, 1)
        row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        foot.column.addLayout(row)
        foot.column.addWidget(self._notes)
        column.addWidget(foot)
        return pane
