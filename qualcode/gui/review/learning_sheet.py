"""How suggestions are made: from which score on, and whether what coders decided has a say in it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from qualcode.errors import CancelledError, QualcodeError
from qualcode.gui.background import Job
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.messages import message_of
from qualcode.gui.resources import fonts
from qualcode.gui.review.expectation_table import expectation_table
from qualcode.gui.review.learning_job import learn_from
from qualcode.gui.widgets.controls import add_shadow, button, label, rule
from qualcode.gui.widgets.panes import closing_head
from qualcode.gui.widgets.popover import Popover
from qualcode.gui.widgets.read_only import dim_for_reading
from qualcode.i18n import _, decimal, ngettext

if TYPE_CHECKING:
    from qualcode.autocoding.expectation import Expectation
    from qualcode.autocoding.meaning import Meanings
    from qualcode.model.progress import Pieces
    from qualcode.project.learning_run import Learning, Useful

_SHADOW = 26
_WIDTH = 640
_TABLE_HEIGHT = 270
_TABLE_LEAST = 90
_TO_BEGIN_WITH = 6
_SAYS_SOMETHING = 4  # words that a sentence has at least for it to be shown: many say "Ja.", and it teaches nothing
_MEANINGS_A_MINUTE = 1_000  # on two processors that have other work too
_STEPS = range(30, 100, 5)  # hundredths that the slider stands on


class LearningSheet(Popover):
    """Says what a threshold and a learned model would do; does it when asked.

    Signals:
        failed: an error that the user can act on.
        told: what was done, in a sentence.
        work_wanted: a `Job` that changes the project.
        ranked: the sentences (document id, start, end) that teach most when they are decided next, in order.
        place_picked: a document's id and the span of a sentence to begin with.
    """

    failed = Signal(Exception)
    told = Signal(str)
    work_wanted = Signal(object)
    ranked = Signal(object)
    place_picked = Signal(int, object)

    def __init__(self, bridge: ProjectBridge, owner: QWidget) -> None:
        self._job: Job | None = None  # before Qt's part, which hides it at once
        super().__init__(owner)
        self._bridge = bridge
        self._learning: Learning | None = None
        self._by_meaning: bool | None = None
        self._meanings: Meanings | None = None
        self.setAccessibleName(_("How suggestions are made"))
        self._card = QFrame(self)
        self._threshold = QSlider(Qt.Orientation.Horizontal)
        self._threshold.setRange(_STEPS.start // 5, (_STEPS.stop - 1) // 5)
        self._threshold.setPageStep(2)
        self._threshold.setAccessibleName(_("Threshold"))
        self._threshold.valueChanged.connect(self._say_effect)
        self._value = label(size=fonts.NUMBER, weight=fonts.SEMIBOLD)
        self._effect = label(rank=2, wrap=True)
        self._use_threshold = button(_("Suggest from this score on"))
        self._use_threshold.clicked.connect(self._on_use_threshold)
        self._state = label(wrap=True)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setAccessibleName(_("Learning"))
        self._begin = QWidget()
        self._begin.setAccessibleName(_("Sentences to begin with"))
        self._begin_column = QVBoxLayout(self._begin)
        self._table = QScrollArea()
        self._table.setObjectName("onCard")
        self._table.setWidgetResizable(True)
        self._table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._table.setAccessibleName(_("What to expect, by code"))
        self._basis = label(size=fonts.SMALL, rank=2, wrap=True)
        self._use = button(_("Suggest with the model"), kind="main")
        self._use.clicked.connect(self._on_use)
        self._compare = button(_("Compare meanings too"))
        self._compare.clicked.connect(self._on_compare)
        self._later = button(_("Not now"))
        self._later.clicked.connect(self.close_up)
        self._lay_out()

    def dim_for_reading(self, is_read_only: bool) -> None:
        """Dims what would change a project that is open for reading only."""
        dim_for_reading(is_read_only, self._use, self._threshold, self._use_threshold)

    @property
    def sentences(self) -> list[str]:
        """What it says, for tests and screen readers."""
        return [each.text() for each in (self._value, self._effect, self._state, self._basis) if each.text()]

    @property
    def to_begin_with(self) -> list[QPushButton]:
        """Sentences to code first, while nothing is learned."""
        return self._begin.findChildren(QPushButton)

    @property
    def threshold_slider(self) -> QSlider:
        """The threshold, in twentieths."""
        return self._threshold

    @property
    def use_button(self) -> QWidget:
        """Puts the model into use."""
        return self._use

    @property
    def compare_button(self) -> QPushButton:
        """Learns once more, by what sentences mean."""
        return self._compare

    @property
    def use_threshold_button(self) -> QWidget:
        """Puts another threshold into use."""
        return self._use_threshold

    def pop_up(self) -> None:
        """Shows it in the middle of the window and begins to learn."""
        value = self._bridge.project.settings.threshold
        self._threshold.setValue(round(20 * value))
        self._learn()
        self._place()
        self.show()
        self._later.setFocus(Qt.FocusReason.PopupFocusReason)

    def _learn(self) -> None:
        self._learning = None
        for each in (self._begin, self._table, self._basis, self._compare, self._use, self._use_threshold):
            each.hide()
        self._threshold.setEnabled(False)
        self._busy.setRange(0, 0)
        self._busy.show()
        self._effect.setText(_("Counting what each score would give …"))
        self._state.setText(_("Looking at what was decided so far …"))
        path, by_meaning, meanings = self._bridge.path, self._by_meaning, self._meanings
        self._job = Job(
            _("Learning"),
            lambda *, progress, cancelled: learn_from(
                path, by_meaning=by_meaning, meanings=meanings, progress=progress, cancelled=cancelled
            ),
        )
        self._job.progressed.connect(self._on_progressed)
        self._job.succeeded.connect(self._on_learned)
        self._job.failed.connect(self._on_failed)
        self._job.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody waits for the result any longer."""
        super().hideEvent(event)
        if self._job is not None:
            self._job.cancel()
            self._job = None

    # What came of it

    def _on_progressed(self, done: int, total: int) -> None:
        """How far one of its parts is: looking with the rules, learning, looking with the model."""
        if self.sender() is self._job:
            self._busy.setRange(0, total)
            self._busy.setValue(done)

    def _on_learned(self, learning: Learning) -> None:
        if self.sender() is not self._job:
            return
        self._job = None
        self._learning = learning
        self._meanings = learning.meanings or self._meanings
        self.ranked.emit(list(learning.useful_in_queue))
        self._busy.hide()
        self._threshold.setEnabled(True)
        self._say_effect()
        expectation = learning.expectation
        if expectation is None:
            self._state.setText(learning.why_not)
            self._say_where_to_begin(learning)
        else:
            self._say_expectation(learning, expectation)
        self._place()

    def _on_failed(self, error: Exception) -> None:
        if self.sender() is not self._job:
            return
        self._job = None
        self._busy.hide()
        if isinstance(error, CancelledError):
            return
        if not isinstance(error, QualcodeError):
            self.close_up()
            self.failed.emit(error)
            return
        message = message_of(error)
        self._state.setText(message.sentence)
        self._effect.setText("")

    def _say_effect(self) -> None:
        threshold = self._threshold.value() / 20
        self._value.setText(decimal(threshold, 2))
        if self._learning is None:
            return
        effect = self._learning.effect_of(threshold)
        waiting = ngettext("{n} suggestion would wait", "{n} suggestions would wait", effect.n_waiting)
        sentence = waiting.format(n=effect.n_waiting)
        n_decided = effect.n_given + effect.n_not_given
        if n_decided:
            said = ngettext(
                "{sentence}; of {n} decided one from this score on, {given} given ({share} %).",
                "{sentence}; of {n} decided ones from this score on, {given} given ({share} %).",
                n_decided,
            )
            share = round(100 * effect.n_given / n_decided)
            sentence = said.format(sentence=sentence, n=n_decided, given=effect.n_given, share=share)
        else:
            sentence = _("{sentence}; none from this score on has been decided yet.").format(sentence=sentence)
        self._effect.setText(sentence)
        self._use_threshold.setVisible(abs(threshold - self._bridge.project.settings.threshold) > 0.001)

    def _say_where_to_begin(self, learning: Learning) -> None:
        """Sentences that are like many others, each a way into its text."""
        useful = [each for each in learning.useful if len(each.text.split()) >= _SAYS_SOMETHING][:_TO_BEGIN_WITH]
        if not useful:
            return
        column = self._begin_column
        while (item := column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        column.addWidget(label(_("What these say is said by many: code them first."), rank=2, wrap=True))
        for each in useful:
            made = button("", kind="link", name=each.text)
            room = fonts.px(_WIDTH - 80)
            short = made.fontMetrics().elidedText(" ".join(each.text.split()), Qt.TextElideMode.ElideRight, room)
            made.setText(short.replace("&", "&&"))
            made.clicked.connect(lambda _checked=False, place=each: self._on_begin(place))
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        self._begin.show()

    def _on_begin(self, place: Useful) -> None:
        self.close_up()
        self.place_picked.emit(place.document_id, place.span)

    def _say_expectation(self, learning: Learning, expectation: Expectation) -> None:
        from qualcode.project.learning_words import basis, verdict

        in_use = self._bridge.project.learning.model_in_use() is not None
        sentences = [verdict(expectation)]
        change = ngettext(
            "{new} suggestion would come in, {dropped} would go; nothing is accepted by itself.",
            "{new} suggestions would come in, {dropped} would go; nothing is accepted by itself.",
            learning.n_new,
        )
        sentences.append(change.format(new=learning.n_new, dropped=learning.n_dropped))
        if in_use:
            sentences.append(_("A model is in use now; running the rules again puts it out of use."))
        self._state.setText(" ".join(sentences))
        self._basis.setText(basis(expectation, by_meaning=learning.meanings is not None))
        self._offer_meanings(learning)
        table = expectation_table(self._bridge, expectation)
        self._table.setWidget(table)
        _stress(self._use, expectation.is_better)
        _stress(self._later, not expectation.is_better)
        for each in (self._table, self._basis, self._use):
            each.show()
        self._table.setFixedHeight(min(fonts.px(_TABLE_HEIGHT), table.sizeHint().height() + 2))

    def _offer_meanings(self, learning: Learning) -> None:
        from qualcode.autocoding import meaning

        if learning.meanings is not None or not meaning.is_available():
            return
        minutes = max(1, math.ceil(learning.n_sentences / _MEANINGS_A_MINUTE))
        about = ngettext("Compare meanings too (about {n} minute)", "Compare meanings too (about {n} minutes)", minutes)
        self._compare.setText(about.format(n=minutes))
        self._compare.show()

    # What is done

    def _on_compare(self) -> None:
        self._by_meaning = True
        self._later.setFocus(Qt.FocusReason.OtherFocusReason)  # the button goes
        self._learn()
        self._place()

    def _on_use(self) -> None:
        learning = self._learning
        if learning is None or learning.expectation is None:
            return
        self._store(self._bridge.project.learning.using(learning), self._say_used)

    def _say_used(self, n: int) -> None:
        sentence = ngettext("{n} suggestion by rules and model waits.", "{n} suggestions by rules and model wait.", n)
        self.told.emit(sentence.format(n=n))

    def _on_use_threshold(self) -> None:
        learning = self._learning
        if learning is None:
            return
        threshold = self._threshold.value() / 20
        self._store(self._bridge.project.learning.using_threshold(threshold, learning), self._say_waiting)

    def _say_waiting(self, n: int) -> None:
        sentence = ngettext("{n} suggestion waits for a decision.", "{n} suggestions wait for a decision.", n)
        self.told.emit(sentence.format(n=n))

    def _store(self, pieces: Pieces[int], then: Callable[[int], None]) -> None:
        """Has thousands of suggestions changed a piece at a time: the window lives on."""
        from qualcode.gui.importing.piecewise import PiecewiseJob

        self.close_up()
        job = PiecewiseJob(_("Putting suggestions in"), pieces)
        job.succeeded.connect(then)
        self.work_wanted.emit(job)

    # Layout

    def _place(self) -> None:
        window = self.lift() if not self.isVisible() else self.window()
        self._fit()
        over = self.height() - window.height()
        if over > 0 and not self._table.isHidden():
            self._table.setFixedHeight(max(fonts.px(_TABLE_LEAST), self._table.height() - over))
            self._fit()
        middle = window.rect().center()
        self.move(middle - QPoint(self.width() // 2, self.height() // 2))

    def _fit(self) -> None:
        """Is as high as what it says now; Qt alone takes the height from before the lines were broken."""
        for layout in (self._card.layout(), self.layout()):
            if layout is not None:
                layout.activate()
        self.adjustSize()

    def _lay_out(self) -> None:
        card = self._card
        card.setObjectName("card")
        add_shadow(card, blur=40, down=12, strength=0.19)
        card.setFixedWidth(fonts.px(_WIDTH))
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 16, 24, 22)
        column.setSpacing(10)
        title = label(_("How suggestions are made"), fonts.TITLE, fonts.SEMIBOLD)
        column.addLayout(closing_head(title, self.close_up))
        column.addWidget(label(_("From which score on"), weight=fonts.SEMIBOLD))
        slider = QHBoxLayout()
        slider.setSpacing(14)
        slider.addWidget(self._threshold, 1)
        slider.addWidget(self._value)
        column.addLayout(slider)
        effect = QHBoxLayout()
        effect.addWidget(self._effect, 1)
        effect.addWidget(self._use_threshold)
        column.addLayout(effect)
        column.addWidget(rule())
        column.addWidget(label(_("Learning from your decisions"), weight=fonts.SEMIBOLD))
        column.addWidget(self._busy)
        column.addWidget(self._state)
        self._begin_column.setContentsMargins(0, 0, 0, 0)
        self._begin_column.setSpacing(2)
        column.addWidget(self._begin)
        column.addWidget(self._table)
        column.addWidget(self._basis)
        buttons = QHBoxLayout()
        buttons.addWidget(self._compare)
        buttons.addStretch(1)
        buttons.addWidget(self._later)
        buttons.addWidget(self._use)
        column.addLayout(buttons)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_SHADOW, _SHADOW - 10, _SHADOW, _SHADOW + 14)
        outer.addWidget(card)


def _stress(made: QWidget, is_stressed: bool) -> None:
    """Makes a button the main one of the view, or a plain one."""
    made.setProperty("main", "true" if is_stressed else None)
    made.style().unpolish(made)
    made.style().polish(made)
