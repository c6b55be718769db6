"""What stands below a table: as high as its words, but never so high that no table is left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

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
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        inside.installEventFilter(self)

    def stand_in(self, pane: QWidget) -> None:
        """Follows the height of the pane that it stands in."""
        self._above = pane
        pane.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths break the words otherwise."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Other words, or another height of the pane."""
        is_higher = watched is self._above and event.type() == QEvent.Type.Resize
        if is_higher or (watched is self.widget() and event.type() == QEvent.Type.LayoutRequest):
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        if self._above is not None:
            wanted, most = self.column.totalHeightForWidth(self.width()), round(_MOST * self._above.height())
            policies = Qt.ScrollBarPolicy  # a bar that takes of the width could be what makes itself needed
            bar = policies.ScrollBarAsNeeded if wanted > most else policies.ScrollBarAlwaysOff
            self.setVerticalScrollBarPolicy(bar)
            self.setFixedHeight(max(1, min(wanted, most)))
