"""Buttons, labels and keys in the design's few kinds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from qualcode.gui.resources import fonts
from qualcode.gui.resources.icons import icon
from qualcode.gui.resources.theme import colour, tokens


def label(
    text: str = "",
    size: int = fonts.CONTROL,
    weight: QFont.Weight = fonts.REGULAR,
    *,
    rank: int = 1,
    wrap: bool = False,
) -> QLabel:
    """Text in one of the design's sizes and ranks (1 ink, 2 second, 3 hint)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(fonts.font(size, weight))
    made.setProperty("rank", str(rank))
    made.setWordWrap(wrap)
    return made


class ElidedLabel(QLabel):
    """Text that gives way when there is no room; the whole of it is the tooltip then."""

    def __init__(self, size: int, weight: QFont.Weight = fonts.REGULAR, *, rank: int = 1) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(fonts.font(size, weight))
        self._token = {1: "ink", 2: "ink2", 3: "ink3"}[rank]

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(30, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """The whole text."""
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        return QSize(round(width) + 2, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws what fits."""
        painter = QPainter(self)
        painter.setPen(QColor(getattr(tokens(), self._token)))
        shown = QFontMetricsF(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()
        self.setToolTip(self.text() if shown != self.text() else "")


def button(text: str, *, kind: str = "", icon_name: str = "", name: str = "") -> QPushButton:
    """A push button.

    Args:
        text: what it says.
        kind: "" plain, "main" (one a view), "quiet", "link", "screen" or "segment".
        icon_name: an icon before the text.
        name: what a screen reader says, if not the text.
    """
    made = QPushButton(text)
    made.setFont(fonts.font(fonts.CONTROL, fonts.MEDIUM))
    if kind:
        made.setProperty(kind, "true")
    if icon_name:
        made.setIcon(icon(icon_name))
        made.setIconSize(QSize(16, 16))
        made.setText(f"\u2002{text}")  # Qt leaves too little room between an icon and its text
    made.setAccessibleName(name or text)
    made.setCursor(Qt.CursorShape.PointingHandCursor if kind == "link" else Qt.CursorShape.ArrowCursor)
    made.setAutoDefault(True)  # Enter presses it; outside dialogs Qt leaves that to the space bar
    return made


class _IconButton(QToolButton):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, or opens its menu, as the space bar does."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.menu() is not None:
            self.showMenu()
        else:
            self.click()


def icon_button(icon_name: str, name: str) -> QToolButton:
    """A square button with an icon only; its name is the tooltip too."""
    made = _IconButton()
    made.setIcon(icon(icon_name))
    made.setIconSize(QSize(16, 16))
    made.setProperty("quiet", "true")
    made.setProperty("square", "true")
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def rule() -> QFrame:
    """A line between parts of a pane."""
    made = QFrame()
    made.setObjectName("rule")
    return made


def add_shadow(widget: QWidget, *, blur: int = 22, down: int = 6, strength: float = 0.13) -> None:
    """Puts the card's shadow under a widget."""
    shadow = QGraphicsDropShadowEffect(widget)
    shadow.setBlurRadius(blur)
    shadow.setOffset(0, down)
    shadow.setColor(colour(tokens().shadow, min(1.0, strength * tokens().shadow_strength)))
    widget.setGraphicsEffect(shadow)


class KeyCap(QWidget):
    """A key, drawn as a key."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self._font = fonts.font(fonts.HINT, fonts.MEDIUM)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """As wide as the key's name, at least square."""
        height = fonts.px(18)
        return QSize(max(height, round(QFontMetricsF(self._font).horizontalAdvance(self._key)) + 12), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the cap and its name."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().border2), 1))
        painter.setBrush(QColor(tokens().raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(QColor(tokens().ink2))
        painter.setFont(self._font)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._key)
        painter.end()


class Segmented(QWidget):
    """A few choices side by side, of which one holds."""

    picked = Signal(str)

    def __init__(
        self, name: str, choices: Sequence[tuple[str, str]], chosen: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("segmented")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for key, text in choices:
            made = button(text, kind="segment", name=f"{name}: {text}")
            made.setCheckable(True)
            made.setChecked(key == chosen)
            made.clicked.connect(lambda _checked=False, key=key: self.picked.emit(key))
            self._group.addButton(made)
            self._buttons[key] = made
            row.addWidget(made)

    def say(self, key: str, text: str) -> None:
        """Names a choice otherwise, with a number for instance."""
        made = self._buttons[key]
        made.setText(text)
        made.setAccessibleName(f"{self.accessibleName()}: {text}")

    @property
    def chosen(self) -> str:
        """Which choice holds."""
        return next((key for key, made in self._buttons.items() if made.isChecked()), "")

    def say_more(self, key: str, text: str) -> None:
        """Explains a choice in its tooltip."""
        self._buttons[key].setToolTip(text)
        self._buttons[key].setAccessibleDescription(text)

    def choose(self, key: str) -> None:
        """Marks a choice without reporting it."""
        self._buttons[key].setChecked(True)


class Badge(QWidget):
    """A coder's initials in a circle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        side = fonts.px(26)
        self.setFixedSize(side, side)

    def show_name(self, name: str) -> None:
        """Shows the initials of a coder's name."""
        self._text = initials(name)
        self.setToolTip(name)
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the circle and the initials."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().select))
        painter.drawEllipse(self.rect())
        painter.setPen(QColor(tokens().accent_text))
        painter.setFont(fonts.font(fonts.HINT, fonts.SEMIBOLD))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()


class CountBadge(QWidget):
    """A number on a button, behind its text; hidden when it is 0.

    Args:
        on: the button, which is made wide enough.
    """

    def __init__(self, on: QPushButton) -> None:
        super().__init__(on)
        self._on = on
        self._text = ""
        self._font = fonts.font(fonts.SMALL, fonts.MEDIUM, tabular=True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(on)
        row.setContentsMargins(0, 0, 8, 0)
        row.addStretch(1)
        row.addWidget(self)
        on.setProperty("capped", "true")
        self.hide()

    def show_count(self, n: int) -> None:
        """Shows a number, in whole thousands from 10,000 on."""
        self._text = str(n) if n < 10_000 else f"{n // 1000}k"
        self.setVisible(n > 0)
        text = self._on.fontMetrics().horizontalAdvance(self._on.text())
        self._on.setMinimumWidth(text + 2 * 12 + (self.sizeHint().width() + 6 if n else 0) + 2)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the number."""
        width = round(QFontMetricsF(self._font).horizontalAdvance(self._text)) + 14
        return QSize(max(fonts.px(20), width), fonts.px(20))

    def minimumSizeHint(self) -> QSize:
        """Never cut off."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the number on its bed."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().select))
        height = fonts.px(20)
        place = QRectF(0, (self.height() - height) / 2, self.width(), height)
        painter.drawRoundedRect(place, height / 2, height / 2)
        painter.setPen(QColor(tokens().accent_text))
        painter.setFont(self._font)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()


def initials(name: str) -> str:
    """First letters of the first and the last word of a name."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return ""
    if len(words) == 1:
        return words[0][:2].upper()
    return (words[0][0] + words[-1][0]).upper()
