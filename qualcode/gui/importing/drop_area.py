"""Where files can be dropped while there are none yet."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import theme, tokens
from qualcode.i18n import _

_CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


class DropArea(QAbstractButton):
    """A dashed card; a click opens the file dialog as well."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_target = False
        self._first = _("Drop transcripts and surveys here")
        self._second = _("Word, OpenDocument, PDF, text, subtitles, Excel, CSV, SPSS. Folders too.")
        self.setAccessibleName(self._first)
        self.setAccessibleDescription(self._second)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme().changed.connect(self.update)

    def show_target(self, is_target: bool) -> None:
        """Files hang over it, or no longer."""
        self._is_target = is_target
        self.update()

    def sizeHint(self) -> QSize:
        """A large card."""
        return QSize(fonts.px(480), fonts.px(240))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the card and its words."""
        t = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setBrush(QColor(t.select if self._is_target else t.surface))
        pen = QPen(QColor(t.accent if self._is_target or self.hasFocus() else t.border2), 1.5)
        pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        painter.drawRoundedRect(place, 10, 10)
        middle = place.center()
        draw_icon(painter, "file-down", QRectF(middle.x() - 12, middle.y() - 52, 24, 24), t.ink3)
        painter.setPen(QColor(t.ink))
        painter.setFont(fonts.font(fonts.CONTROL, fonts.SEMIBOLD))
        line = fonts.px(22)
        painter.drawText(QRectF(place.left(), middle.y() - 18, place.width(), line), _CENTRE, self._first)
        painter.setPen(QColor(t.ink2))
        painter.setFont(fonts.font(fonts.CONTROL))
        painter.drawText(QRectF(place.left(), middle.y() - 18 + line, place.width(), line), _CENTRE, self._second)
        painter.end()
