"""What stands below a table: as high as its words, but never so high that no table is left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from qualcode.i18n import _

_MOST = 0.4  # of the height of what it stands in


class ScrollingFoot(QScrollArea):
    """Words in a column; what has no room is reached by scrolling."""

    def __init__(self) -> None:
        super().__init__()
        inside = QWidget()
        inside.setObjectName("surface")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.column = QVBoxLayout(inside)
        self._above: QWidget | None = None
        self._room: Callable[[], int] | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Words below the table"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        inside.installEventFilter(self)

    def stand_in(self, pane: QWidget, room: Callable[[], int] | None = None) -> None:
        """Follows the height of the pane that it stands in.

        Args:
            pane: it is at most a part of this as high.
            room: says how high it may be otherwise.
        """
        self._above, self._room = pane, room
        pane.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths break the words otherwise."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Other words, another height of the pane, or of what else stands in it."""
        is_other = watched is self._above and event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest)
        if is_other or (watched is self.widget() and event.type() == QEvent.Type.LayoutRequest):
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        if self._above is not None:
            wanted = self.column.totalHeightForWidth(self.width())
            most = self._room() if self._room is not None else round(_MOST * self._above.height())
            policies = Qt.ScrollBarPolicy  # a bar that takes of the width could be what makes itself needed
            bar = policies.ScrollBarAsNeeded if wanted > most else policies.ScrollBarAlwaysOff
            self.setVerticalScrollBarPolicy(bar)
            focus = Qt.FocusPolicy.TabFocus if wanted > most else Qt.FocusPolicy.NoFocus  # arrow keys scroll it
            self.setFocusPolicy(focus)
            self.setFixedHeight(max(1, min(wanted, most)))
