"""The card below the text: the segment or suggestion that is picked, why it is there, and what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from qualcode.gui.codebook.definition import MarkWidget
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import CodeLook
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import theme, tokens
from qualcode.gui.review.card_parts import CodeChip, EvidenceWords, GivenCodes, ShareBar, capped_button
from qualcode.gui.review.decision_card import Shown
from qualcode.gui.review.resembling import about_nearest
from qualcode.gui.review.rule_words import as_html, as_text
from qualcode.gui.widgets.controls import ElidedLabel, icon_button, label, rule
from qualcode.gui.widgets.read_only import dim_for_reading
from qualcode.i18n import _, decimal, in_quotes, ngettext

_CHANGING = ("accept", "recode", "reject", "keep", "remove")
_ROOM_FOR_RECORD = 800  # width of the card from which the rule's record has a place


@dataclass(frozen=True, slots=True)
class Picked:
    """What the card shows.

    Attributes:
        look: how the code is drawn.
        name: what the code is called.
        above: the theme it belongs to, "" for a theme.
        suggestion: why it is suggested; None for a quotation.
        place: "3 of 9" among the suggestions of this text; "" for a quotation.
        n_accepted: of the suggestions of its rule that people decided.
        n_decided: how many those are.
        coder: who coded it, if another coder did; "" for what one may change.
        also: other coders who gave it the same code.
    """

    look: CodeLook
    name: str
    above: str
    suggestion: Shown | None = None
    place: str = ""
    n_accepted: int = 0
    n_decided: int = 0
    coder: str = ""
    also: tuple[str, ...] = ()


class MarkCard(QFrame):
    """Reports what the coder decides, as a command of the text's keys."""

    decided = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(_("Picked quotation"))
        self._picked: Picked | None = None
        self._sign = _Sign(self)
        self._kind = label(size=fonts.SMALL, rank=2)
        self._chip = CodeChip(self)
        self._mark = MarkWidget(self)
        self._name = label(weight=fonts.SEMIBOLD)
        self._above = ElidedLabel(fonts.SMALL, rank=2)
        self._people = label(size=fonts.SMALL, rank=2)
        self._rule = label(wrap=True)
        self._rule.setTextFormat(Qt.TextFormat.RichText)
        self._evidence = EvidenceWords(self)
        self._score = label(weight=fonts.MEDIUM)
        self._score_bar = ShareBar(self, 48)
        self._record = label()
        self._record_title = label(_("This rule so far"), fonts.HINT, fonts.MEDIUM, rank=3)
        self._given = GivenCodes(self)
        self._given_title = label(_("Coded already"), fonts.HINT, fonts.MEDIUM, rank=3)
        self._nearest = QWidget()
        self._sentence = ElidedLabel(fonts.CONTROL)
        self._degree = label(rank=2)
        self._line = rule()
        self._why = QWidget()
        self._buttons: dict[str, QPushButton] = {}
        self._back = icon_button("chevron-up", _("Previous"))
        self._forth = icon_button("chevron-down", _("Next"))
        self._lay_out()
        theme().changed.connect(self._say)
        self.hide()

    def show_picked(self, picked: Picked) -> None:
        """Shows a segment or a suggestion."""
        self._picked = picked
        self.hide_nearest()
        self._say()
        self.show()

    def say_nearest(self, sentence: str, degree: float) -> None:
        """Says which of the codebook's sentences is the nearest one, and how near; "" while that is looked for."""
        self._sentence.setText(in_quotes(sentence) if sentence else "…")
        self._degree.setText(decimal(degree) if sentence else "")
        self._nearest.setToolTip(about_nearest() if sentence else "")
        self._nearest.show()

    def hide_nearest(self) -> None:
        """No sentence of the codebook has anything to do with it."""
        self._nearest.hide()

    def dim_for_reading(self, is_read_only: bool) -> None:
        """Dims what would change a project that is open for reading only."""
        dim_for_reading(is_read_only, *(self._buttons[key] for key in _CHANGING))

    def _say(self) -> None:
        picked = self._picked
        if picked is None:
            return
        is_suggestion = picked.suggestion is not None
        self._sign.setVisible(is_suggestion)
        self._chip.setVisible(is_suggestion)
        self._mark.setVisible(not is_suggestion)
        self._name.setVisible(not is_suggestion)
        self._chip.show_code(picked.look, picked.name)
        self._mark.show_look(picked.look, outline=False)
        self._name.setText(picked.name)
        kind = _("Suggestion {place}").format(place=picked.place) if is_suggestion else _("Quotation")
        self._kind.setText(kind)
        self._above.setText(_("in {theme}").format(theme=picked.above) if picked.above else "")
        self._people.setText(_people(picked))
        self._people.setVisible(bool(self._people.text()))
        self._line.setVisible(is_suggestion)
        self._why.setVisible(is_suggestion)
        if picked.suggestion is not None:
            self._say_why(picked, picked.suggestion)
        for key, is_offered in (
            ("accept", is_suggestion),
            ("reject", is_suggestion),
            ("keep", picked.suggestion is not None and picked.suggestion.may_keep),
            ("remove", not is_suggestion and not picked.coder),
            ("recode", not picked.coder),
            ("memo", not is_suggestion),
        ):
            self._buttons[key].setVisible(is_offered)
        words = (_("Previous suggestion"), "P", _("Next suggestion"), "N") if is_suggestion else ()
        back, back_key, forth, forth_key = words or (
            _("Previous quotation of this code"), "K", _("Next quotation of this code"), "J",
        )  # fmt: skip
        for made, name, key in ((self._back, back, back_key), (self._forth, forth, forth_key)):
            made.setToolTip(f"{name} ({key})")
            made.setAccessibleName(name)

    def _say_why(self, picked: Picked, shown: Shown) -> None:
        more = len(shown.rules) - 1
        text = as_html(shown.rules[0], tokens().ink)
        if more > 0:
            text += "<br>" + ngettext("and {n} more rule", "and {n} more rules", more).format(n=more)
        self._rule.setText(text)
        self._rule.setToolTip("\n".join(as_text(pieces) for pieces in shown.rules))
        self._evidence.show_words(shown.evidence, shown.look)
        self._given.show_codes(shown.given)
        for part in (self._given, self._given_title):
            part.setVisible(bool(shown.given))
        if shown.accepting:
            self._given.setToolTip(f"{self._given.toolTip()}\n{shown.accepting}")
        self._score.setText(decimal(shown.score))
        self._score_bar.show_share(shown.score)
        record = _("{n} of {total} accepted").format(n=picked.n_accepted, total=picked.n_decided)
        self._record.setText(record if picked.n_decided else _("nothing decided yet"))
        has_room = self.width() >= fonts.px(_ROOM_FOR_RECORD)
        self._record.setVisible(has_room)
        self._record_title.setVisible(has_room)
        for each in (self._score, self._score_bar):
            each.setToolTip("" if has_room else f"{self._record_title.text()}: {self._record.text()}")

    def fit(self, width: int) -> None:
        """Takes a width; a narrow card tells the rule's record in a tool tip."""
        if width != self.width():
            self.setFixedWidth(width)
            self._say()
        layout = self.layout()
        if layout is not None:
            layout.activate()
            wraps = layout.hasHeightForWidth()
            self.resize(width, layout.totalHeightForWidth(width) if wraps else layout.totalSizeHint().height())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self._line)
        column.addWidget(self._why)
        self._lay_out_why()
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 12, 14)
        row.setSpacing(8)
        for key, text, cap, kind in (
            ("accept", _("Accept"), "A", "main"),
            ("recode", _("Another code…"), "C", ""),
            ("reject", _("Reject"), "R", ""),
            ("memo", _("Memo…"), "M", ""),
            ("remove", _("Uncode"), "Del", ""),
        ):
            row.addWidget(self._button(key, text, cap, kind))
        row.addStretch(1)
        column.addLayout(row)

    def _button(self, key: str, text: str, cap: str, kind: str = "") -> QPushButton:
        made = self._buttons[key] = capped_button(text, cap, kind)
        made.clicked.connect(lambda: self.decided.emit(key))
        return made

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 10, 8)
        head.setSpacing(8)
        head.addWidget(self._sign)
        head.addWidget(self._kind)
        head.addSpacing(6)
        for each in (self._chip, self._mark, self._name):
            head.addWidget(each)
        self._above.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head.addWidget(self._above, 1)
        head.addWidget(self._people)
        head.addSpacing(8)
        close = icon_button("x", _("Close (Esc)"))
        for made, verdict in ((self._back, "before"), (self._forth, "behind"), (close, "close")):
            made.clicked.connect(lambda _checked=False, verdict=verdict: self.decided.emit(self._going(verdict)))
            head.addWidget(made)
        return head

    def _going(self, verdict: str) -> str:
        """Among suggestions one goes to suggestions, else to quotations of the code."""
        is_suggestion = self._picked is not None and self._picked.suggestion is not None
        names = {"before": ("previous", "previous_of_code"), "behind": ("next", "next_of_code")}
        return names[verdict][0 if is_suggestion else 1] if verdict in names else verdict

    def _lay_out_why(self) -> None:
        grid = QGridLayout(self._why)
        grid.setContentsMargins(16, 8, 16, 4)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(3)
        score = QHBoxLayout()
        score.setSpacing(8)
        score.addWidget(self._score)
        score.addWidget(self._score_bar)
        score.addStretch(1)
        for number, (title, stretch) in enumerate(((_("Rule"), 5), (_("Evidence"), 4), (_("Score"), 0))):
            grid.addWidget(label(title, fonts.HINT, fonts.MEDIUM, rank=3), 0, number)
            grid.setColumnStretch(number, stretch)
        grid.addWidget(self._record_title, 0, 3)
        above = Qt.AlignmentFlag.AlignTop
        self._rule.setAlignment(above | Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self._rule, 1, 0)
        grid.addWidget(self._evidence, 1, 1, above)
        grid.addLayout(score, 1, 2, above)
        grid.addWidget(self._record, 1, 3, above)
        nearest = QHBoxLayout(self._nearest)
        nearest.setContentsMargins(0, 4, 0, 0)
        nearest.setSpacing(12)
        nearest.addWidget(label(_("Nearest"), fonts.HINT, fonts.MEDIUM, rank=3))
        self._sentence.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        nearest.addWidget(self._sentence, 1)
        nearest.addWidget(self._degree)
        nearest.addStretch()
        grid.addWidget(self._nearest, 2, 0, 1, 4)
        given = QHBoxLayout()
        given.setContentsMargins(0, 4, 0, 0)
        given.setSpacing(12)
        given.addWidget(self._given_title)
        given.addWidget(self._given, 1)
        keep = self._button("keep", _("Keep mine"), "H")
        keep.setToolTip(_("Your own quotation stands for the suggestion; none is added (H)"))
        given.addWidget(keep)
        grid.addLayout(given, 3, 0, 1, 4)


class _Sign(QWidget):
    """The sparkles of suggestions."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(16, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws them."""
        painter = QPainter(self)
        draw_icon(painter, "sparkles", QRectF(0, 0, 16, 16), tokens().ink2)
        painter.end()


def _people(picked: Picked) -> str:
    """Who coded it, where that is somebody else."""
    if picked.coder:
        return _("coded by {people}").format(people=", ".join((picked.coder, *picked.also)))
    if picked.also:
        return _("also coded by {people}").format(people=", ".join(picked.also))
    return ""
