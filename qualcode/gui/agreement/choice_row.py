"""What is compared, in what and by which measure: the choices above the table of agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qualcode.gui.agreement import choices
from qualcode.gui.agreement.measures import measure_choices
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.gui.widgets.controls import Segmented
from qualcode.gui.widgets.flow_row import FlowRow
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.project.project import Project

CODERS, FILE, SAMPLES = "coders", "file", "samples"
MADE_HERE, CHOSEN_FILE, ANOTHER_FILE = "here", "chosen", "another"
_NUMBERS, _CONFUSION = "numbers", "confusion"
_MISSING, _READ = "missing", "read"


class ChoiceRow(QWidget):
    """Shows the choices that one side of the screen has, in as many lines as they need.

    Signals:
        measured_otherwise: something else is to be measured.
        shown_otherwise: what was measured is to be shown otherwise.
    """

    measured_otherwise = Signal()
    shown_otherwise = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.against = ChoiceButton(_("Codings"), 200)
        self.coders = ChoiceButton(_("Coders"), 200)
        self.unit = ChoiceButton(_("Unit"))
        self.universe = ChoiceButton(_("Of"))
        self.unread = ChoiceButton(_("Without a coding"), 130)
        self.sample = ChoiceButton(_("Sample"))
        self.shown = Segmented(_("Evaluation"), [(_NUMBERS, _("Numbers")), (_CONFUSION, _("Confusion"))], _NUMBERS)
        self.by = ChoiceButton(_("By"), 160)
        self.measure = ChoiceButton(_("Measure"), 100)
        self._side = CODERS
        self.unread.setToolTip(_("What a transcript, or the answers to a question, are that a coder coded nothing in"))
        self.unread.offer([Choice(_MISSING, _("not read")), Choice(_READ, _("read, nothing found"))], _MISSING)
        self.measure.offer([Choice(key, title) for key, title in measure_choices()], "f1")
        choices.offer_units(self.unit, with_characters=True)
        choices.offer_universes(self.universe)
        self._flow = FlowRow(self)
        self._offer_against("")
        first = (self.against, self.coders, self.unit, self.universe, self.unread, self.sample)
        self._flow.set_widgets([*first, self.shown, self.by, self.measure])
        for control in (self.against, self.shown, self.by, self.measure):
            control.hide()
        for choice in (self.coders, self.unit, self.universe, self.sample, self.unread, self.by):
            choice.chosen.connect(lambda _key: self.measured_otherwise.emit())
        self.measure.chosen.connect(lambda _key: self.shown_otherwise.emit())
        self.shown.picked.connect(lambda _key: self.shown_otherwise.emit())

    @property
    def is_confusion(self) -> bool:
        """Whether it is to be shown which codes are taken for which."""
        return self.shown.chosen == _CONFUSION

    @property
    def counts_unread(self) -> bool:
        """Whether material without a coding counts as read."""
        return self.unread.key == _READ

    @property
    def by_part(self) -> bool:
        """Whether one measure is shown by group, language or origin."""
        return self.by.key != choices.ALL

    def offer(self, project: Project) -> int:
        """Offers what the project has; says how many people coded."""
        n_people = choices.offer_coders(project, self.coders)
        has_samples = choices.offer_samples(project, self.sample)
        self.sample.setVisible(has_samples and self._side == CODERS)
        choices.offer_parts(project, self.by)
        self._flow.arrange()
        return n_people

    def show_side(self, side: str) -> None:
        """Shows what can be chosen when comparing coders, or suggestions with a file."""
        self._side = side
        for control in (self.coders, self.universe, self.sample, self.unread):
            control.setVisible(side == CODERS)
        self.unit.setVisible(side != SAMPLES)
        for of_file in (self.against, self.shown, self.by):
            of_file.setVisible(side == FILE)
        self.measure.setVisible(side == FILE and self.by_part)
        choices.offer_units(self.unit, with_characters=side != FILE)
        self._flow.arrange()

    def show_against(self, file: str) -> None:
        """Shows which file suggestions are compared with; "" for what was coded here."""
        self._offer_against(file)

    def _offer_against(self, file: str) -> None:
        of_file = [Choice(CHOSEN_FILE, file)] if file else []
        made = [Choice(MADE_HERE, _("made here")), *of_file, Choice(ANOTHER_FILE, _("from a file…"))]
        self.against.offer(made, CHOSEN_FILE if file else MADE_HERE)

    def fit_evaluation(self) -> None:
        """Shows the choices that the numbers, or the confusion, of a file have."""
        self.measure.setVisible(self._side == FILE and self.by_part and not self.is_confusion)
        self.by.setVisible(self._side == FILE and not self.is_confusion)
        self._flow.arrange()
