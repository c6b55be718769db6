"""Widgets in a row that goes on in the next line where there is no room."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QWidget

_GAP = 8


class FlowRow(QObject):
    """Arranges the children of a widget, whose height follows."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._widgets: list[QWidget] = []
        self._right: int | None = None
        host.installEventFilter(self)

    def set_widgets(self, widgets: Sequence[QWidget], *, right: int | None = None) -> None:
        """Arranges these, in this order; those that are hidden take no room.

        Args:
            widgets: all of them.
            right: from which one on they stand at the right, where all have room in one line.
        """
        self._widgets, self._right = list(widgets), right
        for each in self._widgets:
            if each.parent() is not self._host:
                # Qt calls a widget hidden that was never shown; only one that somebody hid stays so.
                is_hidden = each.isHidden() and each.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
                each.setParent(self._host)
                each.setHidden(is_hidden)
        for before, after in pairwise(self._widgets):
            QWidget.setTabOrder(before, after)
        self.arrange()

    def arrange(self) -> None:
        """Puts all in their places anew."""
        width = max(self._host.width(), 1)
        lines: list[list[QWidget]] = [[]]
        x = 0
        for each in self._widgets:
            if each.isHidden():
                continue
            room = _size(each).width()
            if x and x + room > width:
                lines.append([])
                x = 0
            lines[-1].append(each)
            x += room + _GAP
        top = 0
        for line in lines:
            height = max((_size(each).height() for each in line), default=0)
            x = 0
            at_right = self._widgets[self._right :] if self._right is not None and len(lines) == 1 else []
            first_at_right = next((each for each in line if each in at_right), None)
            for each in line:
                size = _size(each)
                if each is first_at_right:
                    rest = line[line.index(each) :]
                    x = width - sum(_size(other).width() + _GAP for other in rest) + _GAP
                each.setGeometry(x, top + (height - size.height()) // 2, min(size.width(), width), size.height())
                x += size.width() + _GAP
            top += height + _GAP // 2
        if self._host.minimumHeight() != top - _GAP // 2:
            self._host.setFixedHeight(top - _GAP // 2)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A wider host takes fewer lines; a widget that says something longer gets the room for it."""
        if watched is self._host and event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self.arrange()
        return super().eventFilter(watched, event)


def _size(widget: QWidget) -> QSize:
    return widget.sizeHint().expandedTo(widget.minimumSize())
