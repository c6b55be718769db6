"""A field with a magnifying glass, for filtering what stands below it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.controls import KeyCap

_GLASS = 16


class SearchField(QLineEdit):
    """Escape empties it.

    Args:
        placeholder: what can be found here; also its accessible name.
        key: the key that puts the keyboard here, shown while the field is empty.

    Signals:
        focus_moved: the keyboard came here or left.
    """

    focus_moved = Signal()

    def __init__(self, placeholder: str, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(fonts.font())
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setTextMargins(22, 0, 0, 0)
        self.setFixedHeight(fonts.px(28))
        self._cap = KeyCap(key, self)
        self._cap.setVisible(bool(key))
        if key:
            self.textChanged.connect(lambda text: self._cap.setVisible(not text))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Letters are words now."""
        super().focusInEvent(event)
        self.focus_moved.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Letters are something else now."""
        super().focusOutEvent(event)
        self.focus_moved.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The key stays at the right."""
        super().resizeEvent(event)
        size = self._cap.sizeHint()
        self._cap.setGeometry(
            self.width() - size.width() - 5, (self.height() - size.height()) // 2, size.width(), size.height()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the glass before the text."""
        super().paintEvent(event)
        painter = QPainter(self)
        place = QRectF(8, (self.height() - _GLASS) / 2, _GLASS, _GLASS)
        draw_icon(painter, "search", place, tokens().ink3)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties the field first; Enter is for who listens to it here, not for what is around."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
