"""The right side of the review: how the rule and the code did so far, what the code means, what was just decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.codebook.definition import CodeDefinition
from qualcode.gui.resources import fonts
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import theme, tokens
from qualcode.gui.review.card_parts import ShareBar, capped_button
from qualcode.gui.review.places import Places
from qualcode.gui.review.rule_words import short_words
from qualcode.gui.review.suggestion_words import decided_line, rules_said_of
from qualcode.gui.widgets.controls import ElidedLabel, label, rule
from qualcode.gui.widgets.panes import make_pane
from qualcode.gui.widgets.read_only import dim_for_reading
from qualcode.i18n import _, ngettext
from qualcode.model.suggestion import Status, Suggestion

if TYPE_CHECKING:
    from qualcode.project.review import CodeRecord, Tally

_PER_CENT_FROM = 5  # of so few decisions a per cent would say more than is known
_RULES_SHOWN = 5
_ICONS = {Status.ACCEPTED: ("check", "good"), Status.CHANGED: ("replace", "warn"), Status.REJECTED: ("x", "bad")}


class RecordPanel(QWidget):
    """Shows the record of the rule under review; reports that a decision is to be taken back, or the rules changed."""

    undo_wanted = Signal()
    rules_wanted = Signal()

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        make_pane(self, at_least=240)
        self._bridge = bridge
        self._big = label(size=fonts.NUMBER, weight=fonts.SEMIBOLD)
        self._base = label(size=fonts.SMALL, rank=2, wrap=True)
        self._verdicts = VerdictBar(self)
        self._counts = label(size=fonts.SMALL, rank=2, wrap=True)
        self._counts.setTextFormat(Qt.TextFormat.RichText)
        self._interval = label(size=fonts.SMALL, rank=2, wrap=True)
        self._whole = label(size=fonts.SMALL, rank=2)
        self._rules = QGridLayout()
        self._rule_widgets: list[tuple[QLabel, ShareBar, QLabel]] = []
        self._definition = CodeDefinition(self)
        self._decided: list[_DecidedLine] = [_DecidedLine(self) for _each in range(3)]
        self._sums = label(size=fonts.SMALL, rank=2, wrap=True)
        self._undo = capped_button(_("Undo"), "Ctrl Z", "quiet")
        self._undo.clicked.connect(self.undo_wanted)
        self.rules_button = capped_button(_("Change the rules"), "Ctrl E", "quiet")
        self.rules_button.clicked.connect(self.rules_wanted)
        self._tally: Tally | None = None
        theme().changed.connect(self._say_counts)
        self._lay_out()

    def dim_for_reading(self, is_read_only: bool) -> None:
        """Dims what would change a project that is open for reading only."""
        dim_for_reading(is_read_only, self._undo)

    @property
    def sentence(self) -> str:
        """What is said of the rule, as it is shown."""
        return f"{self._big.text()} {self._base.text()}".strip()

    @property
    def undo_button(self) -> QWidget:
        """Takes the last step back."""
        return self._undo

    def show_code(self, code_id: int) -> None:
        """Says what the code means."""
        code = self._bridge.code(code_id)
        if code is not None:
            name = self._bridge.names[code_id]
            self._definition.show_code(code, name, self._bridge.looks[code_id], self._bridge.language)
        self._definition.setVisible(code is not None)

    def show_rules_of(self, suggestion: Suggestion) -> None:
        """Says how the rule did that made a suggestion, and the other rules of its code."""
        code = self._bridge.code(suggestion.code_id)
        rules = {each.short_form: short_words(each) for each in code.rules} if code is not None else {}
        record = self._bridge.project.review.record_of_code(suggestion.code_id)
        self.show_record(rules_said_of(suggestion)[0], rules, record)

    def show_last_decisions(self, places: Places) -> None:
        """Shows what was decided last; of others nothing while one codes blind."""
        bridge = self._bridge
        review = bridge.project.review
        hidden = bridge.hidden_coders if bridge.is_blind else ()
        lines = [
            (verdict, decided_line(each, verdict, bridge, places))
            for each, verdict in review.last_decisions(len(self._decided), hidden_coders=hidden)
        ]
        self.show_decided(lines, review.tally(), can_undo=bridge.project.undo_name is not None)

    def show_record(self, rule_name: str, others: Mapping[str, str], record: CodeRecord) -> None:
        """Says how a rule did.

        Args:
            rule_name: short form of the strongest rule of the suggestion.
            others: the code's rules, by short form, in words.
            record: what was decided about the code's suggestions.
        """
        from qualcode.project.review import Tally

        tally = record.by_rule.get(rule_name, Tally())
        self._say_tally(tally)
        whole = record.whole
        self._whole.setText(_("{n} of {total}").format(n=whole.accepted, total=whole.decided) if whole.decided else "")
        self._whole.setToolTip(_("accepted of all decided suggestions of this code"))
        names = [rule_name, *_most_decided_first({*others, *record.by_rule} - {rule_name}, record)]
        shown = names[:_RULES_SHOWN]
        self._show_rules([(others.get(name, name), record.by_rule.get(name, Tally())) for name in shown])

    def show_decided(self, lines: Sequence[tuple[Status, str]], tally: Tally, *, can_undo: bool) -> None:
        """Shows what was just decided, newest first, and the sums."""
        for number, shown in enumerate(self._decided):
            if number < len(lines):
                shown.show_line(*lines[number])
            shown.setVisible(number < len(lines))
        self._sums.setText(
            _("{accepted} accepted, {changed} changed, {rejected} rejected so far").format(
                accepted=tally.accepted, changed=tally.changed, rejected=tally.rejected
            )
            if tally.decided
            else _("Nothing yet.")
        )
        self._undo.setEnabled(can_undo)

    def _say_tally(self, tally: Tally) -> None:
        self._tally = tally
        self._verdicts.show_tally(tally)
        self._verdicts.setVisible(tally.decided > 0)
        self._counts.setVisible(tally.decided > 0)
        self._interval.setVisible(tally.decided > 0)
        self._big.setVisible(tally.decided > 0)
        if not tally.decided:
            self._big.setText("")
            self._base.setText(_("No suggestion of this rule has been decided yet."))
            return
        if tally.decided >= _PER_CENT_FROM:
            self._big.setText(_("{n} %").format(n=round(tally.precision)))
            self._base.setText(_("of {n} decided were accepted").format(n=tally.decided))
        else:
            self._big.setText(_("{n} of {total}").format(n=tally.accepted, total=tally.decided))
            self._base.setText(ngettext("decided was accepted", "decided were accepted", tally.decided))
        self._say_counts()
        low, high = tally.interval
        text = _("95 % interval {low} to {high} %")
        self._interval.setText(text.format(low=round(100 * low), high=round(100 * high)))

    def _say_counts(self) -> None:
        """The numbers below the bar, each in the colour of its part."""
        tally = self._tally
        if tally is None:
            return
        numbers = {"accepted": "good", "changed": "warn", "rejected": "bad"}
        shown = {
            name: f'<span style="font-weight:600; color:{getattr(tokens(), token)}">{getattr(tally, name)}</span>'
            for name, token in numbers.items()
        }
        text = _("{accepted} accepted   {changed} changed   {rejected} rejected").replace("   ", " &nbsp; ")
        self._counts.setText(text.format(**shown))

    def _show_rules(self, rules: Sequence[tuple[str, Tally]]) -> None:
        while len(self._rule_widgets) < len(rules):
            made = (label(size=fonts.SMALL, wrap=True), ShareBar(width=48), label(size=fonts.SMALL, rank=2))
            made[2].setFont(fonts.font(fonts.SMALL, tabular=True))
            made[2].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            made[0].setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            row = len(self._rule_widgets)
            for at, each in enumerate(made):
                self._rules.addWidget(each, row, at)
            self._rule_widgets.append(made)
        for number, (name, bar, counted) in enumerate(self._rule_widgets):
            is_shown = number < len(rules)
            for each in (name, bar, counted):
                each.setVisible(is_shown)
            if not is_shown:
                continue
            text, tally = rules[number]
            name.setText(text)
            bar.show_share(tally.accepted / tally.decided if tally.decided else 0.0)
            said = _("{n} of {total}").format(n=tally.accepted, total=tally.decided) if tally.decided else "–"
            counted.setText(said)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        record = _section(_("How sure is this rule?"), column)
        number = QHBoxLayout()
        number.setSpacing(10)
        number.addWidget(self._big)
        number.addWidget(self._base, 1)
        record.addLayout(number)
        record.addWidget(self._verdicts)
        record.addWidget(self._counts)
        record.addWidget(self._interval)
        column.addWidget(rule())
        rules = _section(_("All rules of this code"), column, self._whole)
        self._rules.setHorizontalSpacing(10)
        self._rules.setVerticalSpacing(8)
        self._rules.setColumnStretch(0, 1)
        rules.addLayout(self._rules)
        rules.addWidget(self.rules_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._definition.setMinimumHeight(0)
        self._definition.setMaximumHeight(16_777_215)
        column.addWidget(self._definition, 1)
        column.addStretch(0)
        column.addWidget(rule())
        decided = _section(_("Just decided"), column, self._undo)
        for line in self._decided:
            decided.addWidget(line)
        decided.addWidget(self._sums)


def _most_decided_first(names: Iterable[str], record: CodeRecord) -> list[str]:
    def rank(name: str) -> tuple[int, str]:
        tally = record.by_rule.get(name)
        return (-(tally.decided if tally is not None else 0), name)

    return sorted(names, key=rank)


def _section(title: str, column: QVBoxLayout, beside: QWidget | None = None) -> QVBoxLayout:
    made = QVBoxLayout()
    made.setContentsMargins(16, 14, 16, 14)
    made.setSpacing(8)
    head = QHBoxLayout()
    head.addWidget(label(title, weight=fonts.SEMIBOLD), 1)
    if beside is not None:
        head.addWidget(beside)
    made.addLayout(head)
    column.addLayout(made)
    return made


class VerdictBar(QWidget):
    """Accepted, changed and rejected as parts of one bar; the words below say the numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[int, int, int] = (0, 0, 0)
        self.setFixedHeight(8)

    def show_tally(self, tally: Tally) -> None:
        """Shows other numbers."""
        self._parts = (tally.accepted, tally.changed, tally.rejected)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the parts with a gap between them."""
        total = sum(self._parts)
        if not total:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        gaps = sum(1 for part in self._parts if part) - 1
        room = self.width() - 2 * gaps
        x = 0.0
        for part, token in zip(self._parts, ("good", "warn", "bad"), strict=True):
            if part:
                width = room * part / total
                painter.setBrush(QColor(getattr(tokens(), token)))
                painter.drawRoundedRect(QRectF(x, 0, width, self.height()), 2, 2)
                x += width + 2
        painter.end()


class _DecidedLine(QWidget):
    """One decision: a sign, what was decided, about what."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdict = Status.ACCEPTED
        self._words = ElidedLabel(fonts.SMALL, rank=2)
        row = QHBoxLayout(self)
        row.setContentsMargins(22, 0, 0, 0)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self._words, 1)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(200, fonts.px(20))

    def show_line(self, verdict: Status, words: str) -> None:
        """Shows another decision."""
        self._verdict = verdict
        self._words.setText(words)
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the sign."""
        painter = QPainter(self)
        icon_name, token = _ICONS[self._verdict]
        draw_icon(painter, icon_name, QRectF(0, (self.height() - 14) / 2, 14, 14), getattr(tokens(), token))
        painter.end()
