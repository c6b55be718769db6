"""Leaves the table its rows where a pane is narrow or letters are large: what stands around it gives way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.widgets.scrolling_foot import ScrollingFoot

_WIDE = 800  # of the pane from which on buttons have room beside the choices
_LEAST = 260  # of the table: its head, five rows, a bar to scroll by
_LINE = 30  # of the words below it, at the least


class TableRoom(QObject):
    """Watches the pane of the tables.

    Args:
        pane: with everything above and below the table.
        table: what is to have room.
        foot: the words below it, which scroll where it has too little.
        buttons: they stand beside the choices, or below these beside the filter where the choices need the width.
        rows: the row of the choices, and that of the filter.
    """

    def __init__(
        self,
        pane: QWidget,
        table: QStackedWidget,
        foot: ScrollingFoot,
        buttons: Sequence[QWidget],
        rows: tuple[QHBoxLayout, QHBoxLayout],
    ) -> None:
        super().__init__(pane)
        self._table, self._foot = table, foot
        self._buttons, self._rows = buttons, rows
        self._is_wide: bool | None = None
        foot.stand_in(pane, self._for_foot)
        self._place_buttons(is_wide=True)
        pane.installEventFilter(self)

    def _for_foot(self) -> int:
        """What the words may have; a table that is not shown needs nothing."""
        both = self._table.height() + self._foot.height()
        return max(fonts.px(_LINE), both - (fonts.px(_LEAST) if self._table.isVisible() else 0))

    def _place_buttons(self, *, is_wide: bool) -> None:
        if is_wide is self._is_wide:
            return
        self._is_wide = is_wide
        row = self._rows[not is_wide]
        for each in self._buttons:
            row.addWidget(each, 0, Qt.AlignmentFlag.AlignTop)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another width of the pane."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self._place_buttons(is_wide=watched.width() >= fonts.px(_WIDE))
        return super().eventFilter(watched, event)
