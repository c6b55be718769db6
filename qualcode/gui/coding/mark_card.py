"""The card below the text: the segment or suggestion that is picked, why it is there, and what can be done with it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qualcode.gui.codebook.panel import MarkWidget
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import CodeLook
from qualcode.gui.widgets.controls import KeyCap, button, icon_button, label
from qualcode.gui.widgets.read_only import dim_for_reading
from qualcode.i18n import _, decimal


@dataclass(frozen=True, slots=True)
class Picked:
    """What the card shows.

    Attributes:
        look: how the code is drawn.
        name: what the code is called.
        above: the theme it belongs to, "" for a theme.
        is_suggestion: whether a decision is asked for.
        place: "3 of 9" among the suggestions of this text; "" for a segment.
        rule: what matched; "" for a segment.
        evidence: the words that matched.
        score: 0 to 1.
        coder: who coded it, if another coder did; "" for what one may change.
        also: other coders who gave it the same code.
    """

    look: CodeLook
    name: str
    above: str
    is_suggestion: bool
    place: str = ""
    rule: str = ""
    evidence: str = ""
    score: float = 0.0
    coder: str = ""
    also: tuple[str, ...] = ()


class MarkCard(QFrame):
    """Reports what the coder decides: "accept", "recode", "reject", "remove", "previous", "next" or "close"."""

    decided = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(_("Picked quotation"))
        self._mark = MarkWidget(self)
        self._kind = label(size=fonts.SMALL, rank=2)
        self._name = label(weight=fonts.SEMIBOLD)
        self._above = label(size=fonts.SMALL, rank=2)
        self._people = label(size=fonts.SMALL, rank=3)
        self._facts: dict[str, QWidget] = {}
        self._rule, self._evidence, self._score = (
            label(weight=fonts.MEDIUM, wrap=wrap) for wrap in (True, True, False)
        )
        self._why = QWidget()
        self._buttons: dict[str, QPushButton] = {}
        self._lay_out()
        self.hide()

    def show_picked(self, picked: Picked) -> None:
        """Shows a segment or a suggestion."""
        self._mark.show_look(picked.look, outline=picked.is_suggestion)
        kind = _("Suggestion {place}").format(place=picked.place) if picked.is_suggestion else _("Quotation")
        self._kind.setText(kind)
        self._name.setText(picked.name)
        self._above.setText(_("in {theme}").format(theme=picked.above) if picked.above else "")
        self._people.setText(_people(picked))
        self._why.setVisible(picked.is_suggestion)
        self._rule.setText(picked.rule or _("learned from decisions"))
        self._evidence.setText(picked.evidence.replace(" | ", "   "))
        self._score.setText(decimal(picked.score))
        for key in ("accept", "reject", "previous", "next"):
            self._buttons[key].setVisible(picked.is_suggestion)
        self._buttons["remove"].setVisible(not picked.is_suggestion and not picked.coder)
        self._buttons["recode"].setVisible(not picked.coder)
        self.show()

    def dim_for_reading(self, is_read_only: bool) -> None:
        """Dims what would change a project that is open for reading only."""
        changing = (self._buttons[key] for key in ("accept", "recode", "reject", "remove"))
        dim_for_reading(is_read_only, *changing)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 14)
        column.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._kind)
        head.addSpacing(6)
        head.addWidget(self._mark)
        head.addWidget(self._name)
        head.addWidget(self._above)
        head.addSpacing(6)
        head.addWidget(self._people)
        head.addStretch(1)
        close = icon_button("x", _("Close"))
        close.clicked.connect(lambda: self.decided.emit("close"))
        self._buttons["previous"] = self._button("previous", _("Previous"), "P")
        self._buttons["next"] = self._button("next", _("Next"), "N")
        head.addWidget(close)
        column.addLayout(head)
        grid = QGridLayout(self._why)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(2)
        titles = (_("Rule"), _("Evidence"), _("Score"))
        for number, (title, shown) in enumerate(zip(titles, (self._rule, self._evidence, self._score), strict=True)):
            grid.addWidget(label(title, fonts.HINT, fonts.MEDIUM, rank=3), 0, number)
            shown.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(shown, 1, number)
        grid.setColumnStretch(0, 4)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 1)
        column.addWidget(self._why)
        row = QHBoxLayout()
        row.setSpacing(8)
        for key, text, cap, kind in (
            ("accept", _("Accept"), "A", "main"),
            ("recode", _("Another code…"), "C", ""),
            ("reject", _("Reject"), "R", ""),
            ("remove", _("Uncode"), "Del", ""),
        ):
            self._buttons[key] = self._button(key, text, cap, kind)
            row.addWidget(self._buttons[key])
        row.addStretch(1)
        row.addWidget(self._buttons["previous"])
        row.addWidget(self._buttons["next"])
        column.addLayout(row)

    def _button(self, key: str, text: str, cap: str, kind: str = "") -> QPushButton:
        made = button(text, kind=kind or ("quiet" if key in ("previous", "next") else ""))
        made.setToolTip(f"{text} ({cap})")
        made.setFixedHeight(fonts.px(30))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: self.decided.emit(key))
        inside = QHBoxLayout(made)
        inside.setContentsMargins(0, 0, 7, 0)
        inside.addStretch(1)
        shown = KeyCap(cap)
        inside.addWidget(shown)
        room = shown.sizeHint().width() + 10
        made.setMinimumWidth(made.fontMetrics().horizontalAdvance(text) + 2 * 12 + room)
        made.setProperty("capped", "true")
        return made


def _people(picked: Picked) -> str:
    """Who else coded it."""
    if picked.coder:
        return _("coded by {people}").format(people=", ".join([picked.coder, *picked.also]))
    return _("also coded by {people}").format(people=", ".join(picked.also)) if picked.also else ""
