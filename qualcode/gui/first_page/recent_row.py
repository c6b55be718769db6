"""A row of the list of recent projects."""

from __future__ import annotations

import datetime
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton

from qualcode.gui.resources import fonts
from qualcode.gui.resources.theme import theme, tokens
from qualcode.i18n import _

_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class RecentRow(QPushButton):
    """A recent project: its name, where it lies, when it was changed."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._name, self._folder = path.stem, str(path.parent)
        self._when = _when(path.stat().st_mtime)
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(self._when)
        self.setToolTip(str(path))
        self.setProperty("quiet", "true")
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(320, fonts.px(56))

    def minimumSizeHint(self) -> QSize:
        """Two lines."""
        return QSize(280, fonts.px(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the row."""
        t = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        is_there = self.isEnabled()
        if is_there and (self.underMouse() or self.isDown()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.hover))
            painter.drawRoundedRect(place, 8, 8)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(t.accent), 2))
            painter.drawRoundedRect(place, 8, 8)
        inner = place.adjusted(12, 8, -12, -8)
        half = inner.height() / 2
        small = fonts.font(fonts.SMALL)
        painter.setFont(small)
        painter.setPen(QColor(t.ink2 if is_there else t.ink3))
        upper = QRectF(inner.left(), inner.top(), inner.width(), half)
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._when)
        when_width = QFontMetricsF(small).horizontalAdvance(self._when) + 12
        lower = QRectF(inner.left(), inner.top() + half, inner.width(), half)
        folder = QFontMetricsF(small).elidedText(self._folder, Qt.TextElideMode.ElideMiddle, inner.width())
        painter.drawText(lower, _MIDDLE, folder)
        name_font = fonts.font(fonts.CONTROL, fonts.MEDIUM)
        painter.setFont(name_font)
        painter.setPen(QColor(t.ink if is_there else t.ink3))
        name = QFontMetricsF(name_font).elidedText(self._name, Qt.TextElideMode.ElideRight, inner.width() - when_width)
        painter.drawText(upper, _MIDDLE, name)
        painter.end()


def _when(changed_at: float) -> str:
    changed, today = datetime.datetime.fromtimestamp(changed_at), datetime.date.today()
    if changed.date() == today:
        return _("Today {time}").format(time=changed.strftime("%H:%M"))
    if changed.date() == today - datetime.timedelta(days=1):
        return _("Yesterday {time}").format(time=changed.strftime("%H:%M"))
    return changed.strftime(_("%Y-%m-%d"))
