"""A card over the window for what is read and closed: all shortcuts, about the program."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import KeyCap, add_shadow, icon_button, label
from qualcode.gui.widgets.popover import Popover
from qualcode.i18n import _

_SHADOW = 26


class Sheet(Popover):
    """Pops up in the middle of a window; Escape or a click beside it closes it."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        card = QFrame(self)
        card.setObjectName("card")
        add_shadow(card, blur=40, down=12, strength=0.19)
        self._column = QVBoxLayout(card)
        self._column.setContentsMargins(24, 16, 24, 22)
        self._column.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(label(title, fonts.TITLE, fonts.SEMIBOLD))
        head.addStretch(1)
        close = icon_button("x", _("Close"))
        close.clicked.connect(self.close_up)
        head.addWidget(close)
        self._column.addLayout(head)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_SHADOW, _SHADOW - 10, _SHADOW, _SHADOW + 14)
        outer.addWidget(card)

    def add_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """Adds lines of keys with what they do, in two columns."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        half = (len(keys) + 1) // 2
        for number, (key, text) in enumerate(keys):
            at, column = number % half, 2 * (number // half)
            grid.addWidget(KeyCap(key), at, column, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label(text), at, column + 1)
        grid.setColumnMinimumWidth(1, 190)
        self._column.addLayout(grid)

    def add_text(self, text: str, *, rank: int = 2) -> None:
        """Adds a paragraph."""
        made = label(text, rank=rank, wrap=True)
        made.setMinimumWidth(380)
        self._column.addWidget(made)

    def pop_up(self) -> None:
        """Shows it in the middle of the window."""
        middle = self.lift().rect().center()
        self.move(middle - QPoint(self.width() // 2, self.height() // 2))
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """It is made anew each time."""
        super().hideEvent(event)
        self.deleteLater()
