"""The steps at the left: where one is, what is done, what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import theme, tokens
from qualcode.gui.widgets.controls import label
from qualcode.i18n import _

_WIDTH = 240
_ROW = 52
_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class StepState:
    """How a step stands.

    Attributes:
        said: in a few words, below its name.
        is_done: seen, and nothing open in it.
        is_open: seen, and something in it stops the study.
        is_needless: there is nothing to decide in it.
    """

    said: str = ""
    is_done: bool = False
    is_open: bool = False
    is_needless: bool = False


class StepRail(QWidget):
    """Reports which step was picked."""

    picked = Signal(str)

    def __init__(self, title: str, steps: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(fonts.px(_WIDTH))
        self.setAccessibleName(_("Steps"))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 24, 12, 16)
        self.column.setSpacing(2)
        head = label(title, fonts.TITLE, fonts.SEMIBOLD, wrap=True)
        head.setContentsMargins(10, 0, 10, 12)
        self.column.addWidget(head)
        self._buttons: dict[str, _StepButton] = {}
        for number, (key, name) in enumerate(steps, start=1):
            made = _StepButton(number, name)
            made.clicked.connect(lambda _checked=False, key=key: self.picked.emit(key))
            self._buttons[key] = made
            self.column.addWidget(made)
        self.column.addStretch(1)

    def show_step(self, current: str) -> None:
        """Marks where one is."""
        for key, made in self._buttons.items():
            made.show_current(key == current)

    def show_state(self, key: str, state: StepState) -> None:
        """Shows how a step stands."""
        self._buttons[key].show_state(state)

    def state(self, key: str) -> StepState:
        """How a step stands."""
        return self._buttons[key].state

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move among the steps."""
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        made = list(self._buttons.values())
        at = next((number for number, each in enumerate(made) if each.hasFocus()), None)
        if by is not None and at is not None:
            made[(at + by) % len(made)].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)


class _StepButton(QAbstractButton):
    def __init__(self, number: int, name: str) -> None:
        super().__init__()
        self._number, self._name = number, name
        self._is_current = self._is_hovered = False
        self.state = StepState()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(fonts.px(_ROW))
        self.setAccessibleName(name)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(fonts.px(180), fonts.px(_ROW))

    def show_current(self, is_current: bool) -> None:
        """Whether one is here."""
        self._is_current = is_current
        self.update()

    def show_state(self, state: StepState) -> None:
        """Shows how the step stands, in words for screen readers too."""
        self.state = state
        word = _("open") if state.is_open else _("done") if state.is_done else ""
        self.setAccessibleDescription(", ".join(part for part in (word, state.said) if part))
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer is over it."""
        self._is_hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer left it."""
        self._is_hovered = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws number or sign, name and state."""
        t = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._is_current or self._is_hovered:
            painter.setBrush(QColor(t.select if self._is_current else t.hover))
            painter.drawRoundedRect(place, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(QColor(t.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(0.75, 0.75, -0.75, -0.75), 6, 6)
        self._paint_sign(painter, place)
        left = place.left() + 42
        width = place.right() - left - 8
        is_quiet = self.state.is_needless and not self._is_current
        painter.setPen(QColor(t.ink3 if is_quiet else t.ink))
        painter.setFont(fonts.font(fonts.CONTROL, fonts.MEDIUM))
        half = place.height() / 2
        has_second = bool(self.state.said)
        upper = QRectF(left, place.top() + (5 if has_second else 0), width, half - 4 if has_second else place.height())
        painter.drawText(upper, _LEFT, self._name)
        if has_second:
            painter.setPen(QColor(t.warn if self.state.is_open and not self._is_current else t.ink3))
            font = fonts.font(fonts.SMALL)
            painter.setFont(font)
            lower = QRectF(left, place.top() + half, width, half - 6)
            said = painter.fontMetrics().elidedText(self.state.said, Qt.TextElideMode.ElideRight, round(width))
            painter.drawText(lower, _LEFT, said)
        painter.end()

    def _paint_sign(self, painter: QPainter, place: QRectF) -> None:
        t = tokens()
        circle = QRectF(place.left() + 10, place.center().y() - 11, 22, 22)
        if self.state.is_open and not self._is_current:
            draw_icon(painter, "triangle-alert", circle.adjusted(3, 3, -3, -3), t.warn)
            return
        if self.state.is_done and not self._is_current:
            draw_icon(painter, "check", circle.adjusted(3, 3, -3, -3), t.good)
            return
        painter.setPen(QPen(QColor(t.accent if self._is_current else t.border2), 1.25))
        painter.setBrush(QColor(t.raised))
        painter.drawEllipse(circle)
        painter.setPen(QColor(t.accent_text if self._is_current else t.ink2))
        painter.setFont(fonts.font(fonts.SMALL, fonts.SEMIBOLD))
        painter.drawText(circle, _CENTRE, str(self._number))
