"""The card below the sentence: what was found and by which rule, and the five answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
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
from qualcode.gui.resources.code_marks import NO_LOOK, CodeLook, draw_mark
from qualcode.gui.resources.theme import theme, tokens
from qualcode.gui.review.rule_words import Piece, as_html, as_text
from qualcode.gui.widgets.controls import ElidedLabel, KeyCap, button, label, rule
from qualcode.gui.widgets.read_only import dim_for_reading
from qualcode.i18n import _, decimal, ngettext

_RULES_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """What the card says.

    Attributes:
        look: how the code is drawn.
        name: what the code is called.
        above: the theme it belongs to, "" for a theme.
        rules: each rule that matched, strongest first, in words.
        evidence: the words that matched.
        conditions: when the strongest rule does not hold, in words.
        against: what spoke against it.
        score: 0 to 1.
    """

    look: CodeLook
    name: str
    above: str
    rules: tuple[tuple[Piece, ...], ...]
    evidence: tuple[str, ...]
    conditions: tuple[Piece, ...]
    against: str
    score: float


class Mode(Enum):
    """What the lower part of the card offers."""

    ANSWERS = "answers"
    REASON = "reason"
    EXTENT = "extent"


class DecisionCard(QFrame):
    """Reports what the coder answers.

    Signals:
        answered: "accept", "recode", "extent", "reject", "skip", "accept_extent" or "leave".
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
        self._say()

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
        lines = [as_html(pieces, ink) for pieces in shown.rules[:_RULES_SHOWN]]
        more = len(shown.rules) - _RULES_SHOWN
        if more > 0:
            lines.append(ngettext("and {n} more rule", "and {n} more rules", more).format(n=more))
        self._rule.setText("<br>".join(lines))
        self._rule.setToolTip("\n".join(as_text(pieces) for pieces in shown.rules))
        self._evidence.show_words(shown.evidence, shown.look)
        self._conditions.setText(as_html(shown.conditions, ink))
        self._against.setText(shown.against)
        for key, is_said in (("conditions", bool(shown.conditions)), ("against", bool(shown.against))):
            for each in self._rows[key]:
                each.setVisible(is_said)

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
        )
        for row, (key, title, shown) in enumerate(facts):
            name = label(title, rank=2)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(shown, row, 1)
            self._rows[key] = (name, shown)
        return grid

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
        hint = _("Shift R rejects with a reason. Rejected suggestions stay away when rules run again.")
        return self._row([self._button(*each) for each in answers], hint)

    def _reason_row(self) -> QWidget:
        self._reason.setFont(fonts.font())
        self._reason.setPlaceholderText(_("Why is it rejected?"))
        self._reason.setAccessibleName(_("Reason for the rejection"))
        self._reason.setMaxLength(500)
        done = self._button("reject_because", _("Reject"), "Enter", "main")
        done.clicked.disconnect()
        done.clicked.connect(lambda: self.reason_given.emit(self._reason.text().strip()))
        hint = _("The reason is kept with the decision.")
        return self._row([self._reason, done, self._button("leave", _("Cancel"), "Esc", "quiet")], hint)

    def _extent_row(self) -> QWidget:
        hint = _("← and → move the end by a word, Alt ← and Alt → the beginning; or drag over the words.")
        accept = self._button("accept_extent", _("Accept this extent"), "Enter", "main")
        return self._row([accept, self._button("leave", _("Cancel"), "Esc", "quiet")], hint)

    def _row(self, shown: Sequence[QWidget], hint: str) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(8)
        for each in shown:
            row.addWidget(each, 1 if isinstance(each, QLineEdit) else 0)
        if not any(isinstance(each, QLineEdit) for each in shown):
            row.addStretch(1)
        column.addLayout(row)
        column.addWidget(label(hint, fonts.SMALL, rank=2, wrap=True))
        return made

    def _button(self, key: str, text: str, cap: str, kind: str) -> QPushButton:
        made = capped_button(text, cap, kind)
        made.clicked.connect(lambda: self.answered.emit(key))
        self._buttons[key] = made
        return made


def capped_button(text: str, cap: str, kind: str = "") -> QPushButton:
    """A button with its key on it."""
    made = button(text, kind=kind)
    made.setToolTip(f"{text} ({cap})")
    made.setFixedHeight(fonts.px(30))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    inside = QHBoxLayout(made)
    inside.setContentsMargins(0, 0, 7, 0)
    inside.addStretch(1)
    shown = KeyCap(cap)
    inside.addWidget(shown)
    room = shown.sizeHint().width() + 10
    made.setMinimumWidth(made.fontMetrics().horizontalAdvance(text) + 2 * 12 + room)
    made.setProperty("capped", "true")
    return made


def _rich() -> QLabel:
    made = label(rank=2, wrap=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    return made


class CodeChip(QWidget):
    """A code that is suggested: mark and name in a dashed outline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._name = NO_LOOK, ""
        self._font = fonts.font(fonts.CONTROL, fonts.MEDIUM)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_code(self, look: CodeLook, name: str) -> None:
        """Shows another code."""
        self._look, self._name = look, name
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the name."""
        return QSize(round(QFontMetricsF(self._font).horizontalAdvance(self._name)) + 42, fonts.px(28))

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(min(160, self.sizeHint().width()), fonts.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the outline, the mark and the name."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(self._look.colour), 1.25)
        pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        draw_mark(painter, self._look, 8, self.height() / 2 - 8, 16, outline=True)
        painter.setFont(self._font)
        painter.setPen(QColor(tokens().ink))
        room = self.width() - 40
        text = QFontMetricsF(self._font).elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(31, 0, room + 2, self.height()), flags, text)
        painter.end()


class ShareBar(QWidget):
    """A share as a thin bar; the number stands beside it."""

    def __init__(self, parent: QWidget | None = None, width: int = 62) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setFixedSize(fonts.px(width), 16)

    def show_share(self, share: float) -> None:
        """Shows another share, 0 to 1."""
        self._share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the bar on its bed."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        bed = QRectF(0, self.height() / 2 - 2, self.width(), 4)
        painter.setBrush(QColor(tokens().border))
        painter.drawRoundedRect(bed, 2, 2)
        painter.setBrush(QColor(tokens().ink2))
        painter.drawRoundedRect(QRectF(bed.left(), bed.top(), bed.width() * self._share, 4), 2, 2)
        painter.end()


class EvidenceWords(QWidget):
    """The words that a rule matched, underlined as they are in the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self._look = NO_LOOK
        self._font = fonts.font(fonts.CONTROL, fonts.MEDIUM)
        self.setFixedHeight(fonts.px(21))

    def show_words(self, words: Sequence[str], look: CodeLook) -> None:
        """Shows other words."""
        self._words, self._look = tuple(words), look
        self.setAccessibleName(_("Evidence: {words}").format(words=", ".join(words)))
        self.setToolTip(", ".join(words))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the words that fit, and how many more there are."""
        painter = QPainter(self)
        painter.setFont(self._font)
        metrics = QFontMetricsF(self._font)
        flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        x = 0.0
        for number, word in enumerate(self._words):
            left = len(self._words) - number
            rest = f"+{left - 1}" if left > 1 else ""
            room = self.width() - x - (metrics.horizontalAdvance(rest) + 14 if rest else 0)
            if number and metrics.horizontalAdvance(word) > room:
                painter.setPen(QColor(tokens().ink2))
                painter.drawText(QRectF(x, 0, self.width() - x, self.height()), flags, f"+{left}")
                break
            text = metrics.elidedText(word, Qt.TextElideMode.ElideRight, room)
            width = metrics.horizontalAdvance(text)
            painter.setPen(QColor(tokens().ink))
            painter.drawText(QRectF(x, 0, width + 2, self.height()), flags, text)
            painter.fillRect(QRectF(x, metrics.height() + 1, width, 2), QColor(self._look.colour))
            x += width + 16
        painter.end()
