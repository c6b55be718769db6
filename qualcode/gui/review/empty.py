"""What the review says when nothing waits."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.controls import button, label
from qualcode.gui.widgets.read_only import dim_for_reading
from qualcode.i18n import _


class EmptyQueue(QWidget):
    """Says why the queue is empty and where to go next.

    Signals:
        tables_wanted: on to the tables.
        rules_wanted: run the rules.
    """

    tables_wanted = Signal()
    rules_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = _Sign(self)
        self._missing = label(weight=fonts.SEMIBOLD)
        self._to_do = label(rank=2, wrap=True)
        self._to_do.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._to_do.setMaximumWidth(fonts.px(420))
        self._tables = button(_("See the tables"), kind="main")
        self._rules = button(_("Suggest codes"))
        self._tables.clicked.connect(self.tables_wanted)
        self._rules.clicked.connect(self.rules_wanted)
        middle = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setSpacing(6)
        column.addStretch(2)
        column.addWidget(self._sign, 0, middle)
        column.addSpacing(4)
        column.addWidget(self._missing, 0, middle)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._to_do, 8)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(8)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self._tables)
        buttons.addWidget(self._rules)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(3)

    def dim_for_reading(self, is_read_only: bool) -> None:
        """Dims what would change a project that is open for reading only."""
        dim_for_reading(is_read_only, self._rules)

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._missing.text()

    def say(self, *, was_reviewed: bool) -> None:
        """All reviewed, or nothing suggested yet."""
        self._sign.show_icon("check" if was_reviewed else "sparkles")
        if was_reviewed:
            self._missing.setText(_("All reviewed"))
            self._to_do.setText(_("The tables count what was accepted. Rules can run again when the codebook changed."))
        else:
            self._missing.setText(_("No suggestions yet"))
            self._to_do.setText(_("The rules of the codebook look for sentences that may carry a theme."))
        self._tables.setVisible(was_reviewed)
        self.setAccessibleName(f"{self._missing.text()}. {self._to_do.text()}")


class _Sign(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon_name = "check"
        self.setFixedSize(QSize(24, 24))

    def show_icon(self, icon_name: str) -> None:
        """Shows another icon."""
        self._icon_name = icon_name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the icon."""
        painter = QPainter(self)
        draw_icon(painter, self._icon_name, QRectF(0, 0, 24, 24), tokens().ink3)
        painter.end()
