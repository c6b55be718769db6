"""The middle of the review: the sentence among its neighbours with the card of answers; or that nothing waits."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.review.card_parts import capped_button
from qualcode.gui.review.context_view import ContextView
from qualcode.gui.review.decision_card import DecisionCard
from qualcode.gui.review.empty import EmptyQueue
from qualcode.gui.review.resembling import Resembling
from qualcode.gui.widgets.card_shadow import draw_card_shadow
from qualcode.gui.widgets.controls import ElidedLabel
from qualcode.i18n import _

_HEADER = 44
_CARD_WIDEST = 760
_MARGIN = 24
_LEAST_MARGIN = 7  # in a window of 960 px, in Norwegian
_CARD_CHANGES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class SentencePane(QWidget):
    """Header, text and card; or that nothing waits."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = ElidedLabel(fonts.TITLE, fonts.SEMIBOLD)
        self._place = ElidedLabel(fonts.SMALL, rank=2)
        self.open_button = capped_button(_("Open in text"), "O", "link")
        self.text = ContextView(self)
        self.card = DecisionCard(self)
        self.card.installEventFilter(self)
        self.empty = EmptyQueue(self)
        self._resembling = Resembling(self)
        self._resembling.found.connect(self._on_nearest_found)
        self._header = QWidget()
        self._lay_out()
        self.setMinimumWidth(max(420, self.card.minimumSizeHint().width() + 2 * _LEAST_MARGIN))

    def show_place(self, title: str, place: str) -> None:
        """Says where the sentence stands."""
        self._title.setText(title)
        self._place.setText(place)

    def look_for_nearest(self, sentences: tuple[str, ...], words: str, *, is_reason: bool) -> None:
        """Shows on the card which of the codebook's sentences, if any, the words are nearest to, once it is found."""
        if not sentences:
            self._resembling.forget()
            return
        if is_reason:
            self.card.say_nearest("", 0.0)
        self._resembling.ask(sentences, words, is_reason=is_reason)

    def _on_nearest_found(self, sentence: str, degree: float) -> None:
        if sentence:
            self.card.say_nearest(sentence, degree)
        else:
            self.card.hide_nearest()
        self.dock()

    def show_text(self) -> None:
        """Shows header, text and card."""
        self._show(is_empty=False)

    def show_empty(self, was_reviewed: bool) -> None:
        """Says that nothing waits."""
        self._resembling.forget()
        self.empty.say(was_reviewed=was_reviewed)
        self._show(is_empty=True)

    def dock(self) -> None:
        """Puts the card at the lower edge: whatever it says, the answers stay in the same place."""
        if self.card.isHidden():
            return
        left, width = self.text.column
        width = min(width, fonts.px(_CARD_WIDEST))
        needed = self.card.minimumSizeHint().width()
        if width < needed:  # words of buttons run longer in some languages
            left, width = max(_LEAST_MARGIN, left - (needed - width) // 2), needed
        self.card.setFixedWidth(width)
        self._card_column.setContentsMargins(left, 0, 0, _MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the card's shadow."""
        if self.card.isHidden():
            return
        painter = QPainter(self)
        draw_card_shadow(painter, self.card.geometry(), self.devicePixelRatioF())
        painter.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The shadow follows the card: its own place alone would be drawn anew, not the room around it."""
        if watched is self.card and event.type() in _CARD_CHANGES:
            self.update()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The card follows the text."""
        super().resizeEvent(event)
        self.dock()

    def _show(self, *, is_empty: bool) -> None:
        for shown in (self._header, self.text, self.card):
            shown.setVisible(not is_empty)
        self.empty.setVisible(is_empty)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._header.setObjectName("paneHeader")
        self._header.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._header.setFixedHeight(fonts.px(_HEADER))
        row = QHBoxLayout(self._header)
        row.setContentsMargins(24, 0, 16, 0)
        row.setSpacing(12)
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._place.setMinimumWidth(40)
        row.addWidget(self._title, 10)
        row.addWidget(self._place, 1)
        row.addWidget(self.open_button)
        column.addWidget(self._header)
        column.addWidget(self.text, 1)
        self._card_column = QHBoxLayout()
        self._card_column.addWidget(self.card)
        self._card_column.addStretch(1)
        column.addLayout(self._card_column)
        column.addWidget(self.empty, 1)
        self.empty.hide()
