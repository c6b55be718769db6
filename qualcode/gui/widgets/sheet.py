"""A card over the window for what is read and closed: all shortcuts, about the program."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import KeyCap, add_shadow, label
from qualcode.gui.widgets.panes import closing_head
from qualcode.gui.widgets.popover import Popover

_SHADOW = 26
_AROUND_KEYS = 150  # height of what stands above and below the list of keys


class Sheet(Popover):
    """Pops up in the middle of a window; Escape or a click beside it closes it."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._scroll: QScrollArea | None = None
        self.setAccessibleName(title)
        card = QFrame(self)
        card.setObjectName("card")
        add_shadow(card, blur=40, down=12, strength=0.19)
        self._column = QVBoxLayout(card)
        self._column.setContentsMargins(24, 16, 24, 22)
        self._column.setSpacing(12)
        self._column.addLayout(closing_head(label(title, fonts.TITLE, fonts.SEMIBOLD), self.close_up))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_SHADOW, _SHADOW - 10, _SHADOW, _SHADOW + 14)
        outer.addWidget(card)

    def add_keys(self, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
        """Adds keys with what they do, by place, in two columns that are about equally long.

        Args:
            groups: a heading with its (key, text) lines.
        """
        total = sum(len(keys) + 2 for _title, keys in groups)
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 16, 0)
        columns.setSpacing(36)
        filled, grid = 0, QGridLayout()
        for title, keys in groups:
            if grid.count() and filled + (len(keys) + 2) / 2 > total / 2 and columns.count() == 0:
                columns.addLayout(grid)
                columns.setAlignment(grid, Qt.AlignmentFlag.AlignTop)
                grid = QGridLayout()
            self._add_group(grid, title, keys)
            filled += len(keys) + 2
        columns.addLayout(grid)
        columns.setAlignment(grid, Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("onCard")
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        self._scroll.setMinimumWidth(inside.sizeHint().width())
        self._scroll.setAccessibleName(self.accessibleName())
        self._column.addWidget(self._scroll)

    def _add_group(self, grid: QGridLayout, title: str, keys: Sequence[tuple[str, str]]) -> None:
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        heading = label(title, weight=fonts.SEMIBOLD)
        heading.setContentsMargins(0, 6 if grid.count() else 0, 0, 0)
        grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
        for key, text in keys:
            row = grid.rowCount()
            grid.addWidget(KeyCap(key), row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(label(text, fonts.SMALL), row, 1)

    def add_text(self, text: str, *, rank: int = 2) -> None:
        """Adds a paragraph."""
        made = label(text, rank=rank, wrap=True)
        made.setMinimumWidth(380)
        self._column.addWidget(made)

    def pop_up(self) -> None:
        """Shows it in the middle of the window."""
        inside = self._scroll.widget() if self._scroll is not None else None
        if self._scroll is not None and inside is not None:
            content = inside.sizeHint().height()
            self._scroll.setFixedHeight(min(content, self._owner.window().height() - _AROUND_KEYS))
        middle = self.lift().rect().center()
        self.move(middle - QPoint(self.width() // 2, self.height() // 2))
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """It is made anew each time."""
        super().hideEvent(event)
        self.deleteLater()
