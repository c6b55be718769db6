"""Parts that cards of suggestions are made of: a button with its key, a code's chip, a share, evidence, quotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK, CodeLook, draw_mark
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.controls import KeyCap, button
from qualcode.i18n import _

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


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


@dataclass(frozen=True, slots=True)
class Given:
    """A code that words have already.

    Attributes:
        look: how it is drawn.
        name: what it is called.
        whose: who gave it to what, in a few words; may be empty.
    """

    look: CodeLook
    name: str
    whose: str = ""


class GivenCodes(QWidget):
    """Codes that the words have already, in one line: marks are filled, as those of quotations are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes: tuple[Given, ...] = ()
        self._font = fonts.font(fonts.CONTROL, fonts.MEDIUM)
        self._small = fonts.font(fonts.SMALL)
        self.setFixedHeight(fonts.px(21))

    def show_codes(self, codes: Sequence[Given]) -> None:
        """Shows other codes."""
        self._codes = tuple(codes)
        said = [f"{each.name} ({each.whose})" if each.whose else each.name for each in codes]
        self.setAccessibleName(_("Coded already: {codes}").format(codes=", ".join(said)))
        self.setToolTip("\n".join(said))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the codes that fit, the first in any case, and how many more there are."""
        painter = QPainter(self)
        x = 0.0
        for number, code in enumerate(self._codes):
            left = len(self._codes) - number
            painter.setFont(self._font)
            rest = QFontMetricsF(self._font).horizontalAdvance(f"+{left - 1}") + 16 if left > 1 else 0.0
            if number and x + self._wanted(code) + rest > self.width():
                painter.setPen(QColor(tokens().ink2))
                painter.drawText(QRectF(x, 0, self.width() - x, self.height()), _LEFT, f"+{left}")
                break
            x = self._draw(painter, code, x, self.width() - rest) + 16
        painter.end()

    def _wanted(self, code: Given) -> float:
        whose = QFontMetricsF(self._small).horizontalAdvance(code.whose) + 6 if code.whose else 0.0
        return 22 + QFontMetricsF(self._font).horizontalAdvance(code.name) + whose

    def _draw(self, painter: QPainter, code: Given, x: float, right: float) -> float:
        """Draws a code between two edges; returns where it ends."""
        draw_mark(painter, code.look, x, self.height() / 2 - 8)
        x += 22
        for text, font, ink in ((code.name, self._font, tokens().ink), (code.whose, self._small, tokens().ink2)):
            metrics = QFontMetricsF(font)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, right - x))
            painter.setFont(font)
            painter.setPen(QColor(ink))
            painter.drawText(QRectF(x, 0, right - x + 2, self.height()), _LEFT, shown)
            x += metrics.horizontalAdvance(shown) + (6 if text and font is self._font and code.whose else 0)
        return x
