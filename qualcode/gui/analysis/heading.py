"""Over a table: the result in words, what else is to be said, and what is doubtful about it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.controls import button, label, rule


class Heading(QWidget):
    """A sentence, a smaller one, a warning with what one can do about it.

    Args:
        remedy: what the warning's button says; "" for no button.
    """

    def __init__(self, remedy: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result = label(size=fonts.TITLE, weight=fonts.SEMIBOLD, wrap=True)
        self._more = label(size=fonts.CONTROL, rank=2, wrap=True)
        self._warning = label(size=fonts.CONTROL, rank=1, wrap=True)
        self._doubt = QWidget()
        self.remedy = button(remedy, kind="link")
        self.remedy.setVisible(bool(remedy))
        row = QHBoxLayout(self._doubt)
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(8)
        row.addWidget(_Sign(), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._warning, 1)
        row.addWidget(self.remedy)
        inside = QVBoxLayout()
        inside.setContentsMargins(24, 14, 24, 12)
        inside.setSpacing(4)
        for each in (self._result, self._more, self._doubt):
            inside.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inside)
        column.addWidget(rule())
        self._more.hide()
        self._doubt.hide()

    @property
    def result(self) -> str:
        """What came out, in words."""
        return self._result.text()

    @property
    def warning(self) -> str:
        """What is doubtful about it, "" for nothing."""
        return self._warning.text() if not self._doubt.isHidden() else ""

    @property
    def sentences(self) -> list[str]:
        """All that is said."""
        more = self._more.text() if not self._more.isHidden() else ""
        return [text for text in (self.result, more, self.warning) if text]

    def say(self, result: str, more: str = "") -> None:
        """Says what came out."""
        self._result.setText(result)
        self._more.setText(more)
        self._more.setVisible(bool(more))

    def warn(self, warning: str, *, has_remedy: bool = False) -> None:
        """Says what is doubtful; "" for nothing."""
        self._warning.setText(warning)
        self._doubt.setVisible(bool(warning))
        self.remedy.setVisible(has_remedy)


class _Sign(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(16, 16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the sign."""
        painter = QPainter(self)
        draw_icon(painter, "triangle-alert", QRectF(0, 0, 16, 16), tokens().warn)
        painter.end()
