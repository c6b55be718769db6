"""Widgets in a row that goes on in the next line where there is no room."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

_GAP = 8


class FlowRow(QObject):
    """Arranges the children of a widget, whose height follows."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._widgets: list[QWidget] = []
        host.installEventFilter(self)

    def set_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Arranges these, in this order; those that are hidden take no room."""
        self._widgets = list(widgets)
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
        x = y = line = 0
        width = max(self._host.width(), 1)
        for each in self._widgets:
            if each.isHidden():
                continue
            size = each.sizeHint().expandedTo(each.minimumSize())
            if x and x + size.width() > width:
                x, y, line = 0, y + line + _GAP // 2, 0
            each.setGeometry(x, y, size.width(), size.height())
            x += size.width() + _GAP
            line = max(line, size.height())
        if self._host.minimumHeight() != y + line:
            self._host.setFixedHeight(y + line)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A wider host takes fewer lines."""
        if watched is self._host and event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.arrange()
        return super().eventFilter(watched, event)
