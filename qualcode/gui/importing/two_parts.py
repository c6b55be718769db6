"""Two parts side by side; where there is no room for both, one below the other, and one scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QWidget

from qualcode.gui.resources import fonts

_BESIDE_BAR = 12


class ScrolledPart(QScrollArea):
    """What has no room in a low window is reached by scrolling; a part of a page, as wide as the page."""

    def __init__(self, part: QWidget | None = None) -> None:
        super().__init__()
        self.setObjectName("onSurface")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if part is not None:
            self.setWidget(part)


class TwoParts(ScrolledPart):
    """The first part takes what the second leaves.

    Args:
        first: at the left, or above.
        second: at the right, or below.
        width: of the second beside the first, in pixels of the design.
        least: of the first; below that the parts go one below the other.
        gap: between both.
    """

    def __init__(self, first: QWidget, second: QWidget, *, width: int, least: int, gap: int) -> None:
        super().__init__()
        self._second, self._width, self._least, self._gap = second, width, least, gap
        host = QWidget()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, host)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(gap)
        self._box.addWidget(first, 1)
        self._box.addWidget(second)
        self.setWidget(host)
        second.installEventFilter(self)

    @property
    def is_stacked(self) -> bool:
        """Whether the parts stand one below the other."""
        return self._box.direction() == QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turns the parts where the room asks for it."""
        super().resizeEvent(event)
        self._turn()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A second part that is hidden needs no room."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._turn()
        return False

    def _turn(self) -> None:
        width = fonts.px(self._width)
        fits = self._second.isHidden() or self.width() >= fonts.px(self._least) + self._gap + width
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)
        self._second.setMinimumWidth(width if fits else 0)
        self._second.setMaximumWidth(width if fits else 16_777_215)
        self._box.setStretch(1, 0 if fits else 1)
        self._box.setContentsMargins(0, 0, 0 if fits else _BESIDE_BAR, 0)
