"""Keeps the card of the picked mark at the lower end of the text, which fades out above it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from qualcode.gui.coding.mark_card import MarkCard, Picked
from qualcode.gui.coding.transcript_view import TranscriptView
from qualcode.gui.resources import fonts
from qualcode.gui.resources.theme import colour, tokens
from qualcode.gui.widgets.card_shadow import draw_card_shadow

_WIDEST = 880
_BESIDE, _BELOW = 24, 16
_FADE = 28  # height over which the text fades above the card


class CardDock(QObject):
    """The card always stands in the same place, and the text can be scrolled above it.

    Args:
        around: the widget at whose lower end the card stands.
        view: the text.

    Signals:
        moved: the card came, went, or got another height.
    """

    moved = Signal()

    def __init__(self, around: QWidget, view: TranscriptView) -> None:
        super().__init__(around)
        self._around = around
        self._view = view
        self._veil = _Veil(around)
        self.card = MarkCard(around)

    def show_picked(self, picked: Picked) -> None:
        """Shows what is picked."""
        self.card.show_picked(picked)
        self.place()
        self._lift_text()

    def say_nearest(self, sentence: str, degree: float) -> None:
        """Says on the card which of the codebook's sentences is the nearest one; "" while that is looked for."""
        self.card.say_nearest(sentence, degree)
        self.place()
        self._lift_text()

    def hide_nearest(self) -> None:
        """No sentence of the codebook is worth a line on the card."""
        self.card.hide_nearest()
        self.place()
        self._lift_text()

    def close(self) -> None:
        """Takes the card away."""
        self.card.hide()
        self._lift_text()

    @property
    def covered(self) -> int:
        """How much of the text's lower end the card covers, in pixels."""
        return self.card.height() + _BELOW if self.card.isVisible() else 0

    def place(self) -> None:
        """Puts the card where it belongs; to be called when what is around it got another size."""
        if not self.card.isVisible():
            return
        around, card = self._around, self.card
        card.fit(min(around.width() - 2 * _BESIDE, fonts.px(_WIDEST)))
        top = around.height() - card.height() - _BELOW
        card.move((around.width() - card.width()) // 2, top)
        bar = self._view.verticalScrollBar()
        right = around.width() - (bar.width() if bar.isVisible() else 0)
        self._veil.setGeometry(0, top - _FADE, right, around.height() - top + _FADE)
        self._veil.card_place = card.geometry().translated(0, _FADE - top)
        self._veil.show()
        self._veil.raise_()
        card.raise_()

    def _lift_text(self) -> None:
        """Keeps the picked mark above the card."""
        is_shown = self.card.isVisible()
        self._veil.setVisible(is_shown)
        self._view.set_covered(self.covered + _FADE if is_shown else 0)
        self.moved.emit()


class _Veil(QWidget):
    """Lets the text fade out above the card, so that no half line peeps out beside it; draws the card's shadow.

    Attributes:
        card_place: where the card stands.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.card_place = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the surface, from clear to full, and the shadow on it."""
        painter = QPainter(self)
        fade = QLinearGradient(0, 0, 0, _FADE)
        fade.setColorAt(0, colour(tokens().surface, 0.0))
        fade.setColorAt(1, QColor(tokens().surface))
        painter.fillRect(self.rect(), fade)
        draw_card_shadow(painter, self.card_place, self.devicePixelRatioF())
        painter.end()
