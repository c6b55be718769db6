"""The card below the sentence: what was found and by which rule, and the five answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import CodeLook
from qualcode.gui.resources.theme import theme, tokens
from qualcode.gui.review.card_parts import CodeChip, EvidenceWords, Given, GivenCodes, ShareBar, capped_button
from qualcode.gui.review.resembling import about_nearest
from qualcode.gui.review.rule_words import Piece, as_html, as_text
from qualcode.gui.widgets.controls import ElidedLabel, label, rule
from qualcode.gui.widgets.read_only import dim_for_reading
from qualcode.i18n import _, decimal, in_quotes

_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Shown:
    """What the card says.

    Attributes:
        look: how the code is drawn.
        name: what the code is called.
        above: the theme it belongs to, "" for a theme.
        rules: each rule that matched, strongest first, in words.
        also: the others than the strongest, by their names.
        evidence: the words that matched.
        conditions: when the strongest rule does not hold, in words.
        against: what spoke against it.
        score: 0 to 1.
        given: codes that the words have already, the suggested one first.
        accepting: what accepting does where that is not plain.
        may_keep: whether the coder's own quotation on other words may stand for it.
    """

    look: CodeLook
    name: str
    above: str
    rules: tuple[tuple[Piece, ...], ...]
    also: tuple[str, ...]
    evidence: tuple[str, ...]
    conditions: tuple[Piece, ...]
    against: str
    score: float
    given: tuple[Given, ...] = ()
    accepting: str = ""
    may_keep: bool = False


class Mode(Enum):
    """What the lower part of the card offers."""

    ANSWERS = "answers"
    REASON = "reason"
    EXTENT = "extent"


class DecisionCard(QFrame):
    """Reports what the coder answers.

    Signals:
        answered: "accept", "recode", "extent", "reject", "skip", "keep", "accept_extent" or "leave".
        reason_given: why it is rejected.
    """

    answered = Signal(str)
    reason_given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(_("Suggestion"))
        self._shown: Shown | None = None
        self._chip = CodeChip(self)
        self._above = ElidedLabel(fonts.SMALL, rank=2)
        self._score_bar = ShareBar(self)
        self._score = label(weight=fonts.MEDIUM)
        self._rule = _rich()
        self._evidence = EvidenceWords(self)
        self._conditions = _rich()
        self._against = label(wrap=True)
        self._given = GivenCodes(self)
        self._nearest = label(wrap=True)
        self._hint = label(size=fonts.SMALL, rank=2, wrap=True)
        self._rows: dict[str, tuple[QLabel, QWidget]] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._reason = QLineEdit()
        self._answers = QStackedWidget()
        self._mode = Mode.ANSWERS
        self._lay_out()
        self._reason.returnPressed.connect(lambda: self.reason_given.emit(self._reason.text().strip()))
        theme().changed.connect(self._say)

    @property
    def mode(self) -> Mode:
        """What the lower part offers."""
        return self._mode

    def offers(self, mode: Mode) -> bool:
        """Whether this is what the lower part offers."""
        return self._mode is mode

    @property
    def reason_field(self) -> QLineEdit:
        """Where one writes why."""
        return self._reason

    def answer_button(self, key: str) -> QPushButton:
        """The button of an answer."""
        return self._buttons[key]

    def show_suggestion(self, shown: Shown) -> None:
        """Shows another suggestion."""
        self._shown = shown
        self.offer(Mode.ANSWERS)
        self.hide_nearest()
        self._say()

    def say_nearest(self, sentence: str, degree: float) -> None:
        """Says which of the codebook's sentences is the nearest one, and how near; "" while that is looked for."""
        self._nearest.setText(f"{in_quotes(sentence)}  {decimal(degree)}" if sentence else "…")
        self._nearest.setToolTip(about_nearest() if sentence else "")
        self._show_row("nearest", is_shown=True)

    def hide_nearest(self) -> None:
        """No sentence of the codebook has anything to do with it."""
        self._show_row("nearest", is_shown=False)

    def say_record(self, sentence: str) -> None:
        """Says how the rule did so far, where the record itself has no room: with the score."""
        self._score.setToolTip(sentence)
        self._score_bar.setToolTip(sentence)

    def offer(self, mode: Mode) -> None:
        """Offers the five answers, a field for the reason, or what ends changing the extent."""
        self._mode = mode
        self._answers.setCurrentIndex(list(Mode).index(mode))
        if mode is Mode.REASON:
            self._reason.clear()
            self._reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _say(self) -> None:
        shown = self._shown
        if shown is None:
            return
        ink = tokens().ink
        self._chip.show_code(shown.look, shown.name)
        self._above.setText(_("in {theme}").format(theme=shown.above) if shown.above else "")
        self._score_bar.show_share(shown.score)
        self._score.setText(_("Score {score}").format(score=decimal(shown.score)))
        lines = [as_html(shown.rules[0], ink)]
        if shown.also:
            lines.append(escape(_("also: {rules}").format(rules=", ".join(shown.also))))
        self._rule.setText("<br>".join(lines))
        self._rule.setToolTip("\n".join(as_text(pieces) for pieces in shown.rules))
        self._evidence.show_words(shown.evidence, shown.look)
        self._conditions.setText(as_html(shown.conditions, ink))
        self._against.setText(shown.against)
        self._given.show_codes(shown.given)
        self._buttons["keep"].setVisible(shown.may_keep)
        self._rows["given"][1].setMinimumHeight(fonts.px(34) if shown.may_keep else 0)
        plain = _("Shift R rejects with a reason. Rejected suggestions stay away when rules run again.")
        self._hint.setText(shown.accepting or plain)
        self._show_row("conditions", is_shown=bool(shown.conditions))
        self._show_row("against", is_shown=bool(shown.against))
        self._show_row("given", is_shown=bool(shown.given))

    def _show_row(self, key: str, *, is_shown: bool) -> None:
        for each in self._rows[key]:
            each.setVisible(is_shown)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(18, 14, 18, 12)
        head.setSpacing(10)
        head.addWidget(self._chip)
        self._above.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head.addWidget(self._above, 1)
        head.addWidget(self._score_bar)
        head.addWidget(self._score)
        column.addLayout(head)
        column.addWidget(rule())
        column.addLayout(self._facts())
        column.addWidget(rule())
        self._answers.addWidget(self._answers_row())
        self._answers.addWidget(self._reason_row())
        self._answers.addWidget(self._extent_row())
        column.addWidget(self._answers)

    def _facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(18, 12, 18, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, fonts.px(84))
        grid.setColumnStretch(1, 1)
        facts: tuple[tuple[str, str, QWidget], ...] = (
            ("rule", _("Rule"), self._rule),
            ("evidence", _("Evidence"), self._evidence),
            ("conditions", _("Not when"), self._conditions),
            ("against", _("Against"), self._against),
            ("nearest", _("Nearest"), self._nearest),
            ("given", _("Coded already"), self._given_row()),
        )
        for row, (key, title, shown) in enumerate(facts):
            name = label(title, rank=2)
            grid.addWidget(name, row, 0, _MIDDLE if key == "given" else Qt.AlignmentFlag.AlignTop)
            grid.addWidget(shown, row, 1)
            self._rows[key] = (name, shown)
        return grid

    def _given_row(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._given, 1)
        keep = self._button("keep", _("Keep mine"), "H", "")
        keep.setToolTip(_("Your own quotation stands for the suggestion; none is added (H)"))
        row.addWidget(keep)
        return made

    def dim_for_reading(self, is_read_only: bool) -> None:
        """Dims what would change a project that is open for reading only."""
        changing = (made for key, made in self._buttons.items() if key not in ("skip", "leave"))
        dim_for_reading(is_read_only, *changing)

    def _answers_row(self) -> QWidget:
        answers = (
            ("accept", _("Accept"), "A", "main"),
            ("recode", _("Another code…"), "C", ""),
            ("extent", _("Change extent"), "E", ""),
            ("reject", _("Reject"), "R", ""),
            ("skip", _("Skip"), "S", "quiet"),
        )
        return self._row([self._button(*each) for each in answers], self._hint)

    def _reason_row(self) -> QWidget:
        self._reason.setFont(fonts.font())
        self._reason.setPlaceholderText(_("Why is it rejected?"))
        self._reason.setAccessibleName(_("Reason for the rejection"))
        self._reason.setMaxLength(500)
        done = self._button("reject_because", _("Reject"), "Enter", "main")
        done.clicked.disconnect()
        done.clicked.connect(lambda: self.reason_given.emit(self._reason.text().strip()))
        hint = label(_("The reason is kept with the decision."), fonts.SMALL, rank=2, wrap=True)
        return self._row([self._reason, done, self._button("leave", _("Cancel"), "Esc", "quiet")], hint)

    def _extent_row(self) -> QWidget:
        keys = _("← and → move the end by a word, Alt ← and Alt → the beginning; or drag over the words.")
        hint = label(keys, fonts.SMALL, rank=2, wrap=True)
        accept = self._button("accept_extent", _("Accept this extent"), "Enter", "main")
        return self._row([accept, self._button("leave", _("Cancel"), "Esc", "quiet")], hint)

    def _row(self, shown: Sequence[QWidget], hint: QWidget) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(6)
        for each in shown:
            row.addWidget(each, 1 if isinstance(each, QLineEdit) else 0)
        if not any(isinstance(each, QLineEdit) for each in shown):
            row.addStretch(1)
        column.addLayout(row)
        column.addWidget(hint)
        return made

    def _button(self, key: str, text: str, cap: str, kind: str) -> QPushButton:
        made = capped_button(text, cap, kind)
        made.clicked.connect(lambda: self.answered.emit(key))
        self._buttons[key] = made
        return made


def _rich() -> QLabel:
    made = label(rank=2, wrap=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    return made
