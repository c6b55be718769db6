"""What the first page draws beside its controls: the program's sign, small icons, where files can be dropped."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import tokens
from qualcode.gui.resources.wrapping import height_beyond_a_line
from qualcode.i18n import _

_DROP_HEIGHT = 72
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class Glyph(QWidget):
    """A small icon."""

    def __init__(self, icon_name: str, side: int) -> None:
        super().__init__()
        self._icon_name, self._side = icon_name, side
        self.setFixedSize(QSize(side, side))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the icon."""
        painter = QPainter(self)
        draw_icon(painter, self._icon_name, QRectF(0, 0, self._side, self._side), tokens().ink2)
        painter.end()


class DropHint(QWidget):
    """Says that files can be dropped; the whole window takes them."""

    def __init__(self) -> None:
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._words = _("Transcripts, surveys, a study file or a project")

    def sizeHint(self) -> QSize:
        """Two lines with room around."""
        return QSize(fonts.px(240), fonts.px(_DROP_HEIGHT))

    def hasHeightForWidth(self) -> bool:
        """Narrow, it is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as all words need."""
        return fonts.px(_DROP_HEIGHT) + height_beyond_a_line(self._words, fonts.font(fonts.SMALL), width - 72)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the dashed card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, second = (tokens().ink, tokens().ink2) if self.isEnabled() else (tokens().ink3, tokens().ink3)
        pen = QPen(QColor(tokens().border2), 1.5)
        pen.setDashPattern([4.0, 3.0])
        painter.setPen(pen)
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(place, 10, 10)
        draw_icon(painter, "file-down", QRectF(place.left() + 24, place.center().y() - 9, 18, 18), second)
        left = place.left() + 58
        half = (fonts.px(_DROP_HEIGHT) - 2) / 2
        painter.setFont(fonts.font(fonts.CONTROL, fonts.MEDIUM))
        painter.setPen(QColor(first))
        width = place.width() - 70
        painter.drawText(QRectF(left, place.top() + 12, width, half - 10), _MIDDLE, _("Or drop files here"))
        painter.setFont(fonts.font(fonts.SMALL))
        painter.setPen(QColor(second))
        below = QRectF(left, place.top() + half + 1, width, place.height() - half - 13)
        painter.drawText(below, _MIDDLE | Qt.TextFlag.TextWordWrap, self._words)
        painter.end()


class Emblem(QWidget):
    """The program's sign: lines of text and a bracket."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(48, 48))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the sign."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().accent))
        painter.drawRoundedRect(QRectF(0, 0, 48, 48), 10, 10)
        pen = QPen(QColor(tokens().on_accent), 3)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for y, right in ((16, 27), (24, 23), (32, 27)):
            painter.drawLine(QPointF(11, y), QPointF(right, y))
        pen.setWidthF(2.5)
        pen.setCapStyle(Qt.PenCapStyle.SquareCap)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawPolyline([QPointF(34, 14.5), QPointF(38, 14.5), QPointF(38, 33.5), QPointF(34, 33.5)])
        painter.end()
