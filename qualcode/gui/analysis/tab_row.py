"""The switch between the tables: words side by side, a line under the one that is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.resources.theme import tokens

_HEIGHT = 44


class TabRow(QWidget):
    """Reports which one was picked; arrows move between them."""

    picked = Signal(str)

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._buttons: dict[str, _Tab] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(0)
        for key, text in choices:
            tab = _Tab(text)
            tab.setAccessibleName(f"{name}: {text}")
            tab.clicked.connect(lambda _checked=False, key=key: self.picked.emit(key))
            self._group.addButton(tab)
            self._buttons[key] = tab
            row.addWidget(tab)
        row.addStretch(1)

    def choose(self, key: str) -> None:
        """Marks one without reporting it."""
        self._buttons[key].setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right pick the neighbour."""
        keys = list(self._buttons)
        shown = next((number for number, key in enumerate(keys) if self._buttons[key].isChecked()), 0)
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not 0 <= shown + step < len(keys):
            super().keyPressEvent(event)
            return
        tab = self._buttons[keys[shown + step]]
        tab.setFocus(Qt.FocusReason.TabFocusReason)
        tab.click()


class _Tab(QAbstractButton):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._is_under = False

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        width = QFontMetricsF(fonts.font(fonts.CONTROL, fonts.MEDIUM)).horizontalAdvance(self.text())
        return QSize(round(width) + 2 * fonts.px(12), fonts.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Never cut off."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows belong to the row."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Pointed at."""
        self._is_under = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Not any more."""
        self._is_under = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words, the line below, the ring of the keyboard."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = QRectF(self.rect()).adjusted(fonts.px(12), 0, -fonts.px(12), 0)
        painter.setFont(fonts.font(fonts.CONTROL, fonts.MEDIUM))
        painter.setPen(QColor(tokens().ink if self.isChecked() or self._is_under else tokens().ink2))
        painter.drawText(inside, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.isChecked():
            painter.fillRect(QRectF(inside.left(), self.height() - 2, inside.width(), 2), QColor(tokens().accent))
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens().accent), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 7, -3, -8), 6, 6)
        painter.end()
