"""A card that one takes: a way in, or one of several choices."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from qualcode.gui.resources import fonts
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import theme, tokens
from qualcode.gui.resources.wrapping import height_beyond_a_line

_HEIGHT = 70
_LEAST = 240
_AROUND = 120  # width of all but the words
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class ChoiceCard(QAbstractButton):
    """A way in, or one of several choices: an icon, two lines, and the key that takes it ("" for none)."""

    def __init__(self, icon_name: str, title: str, second: str, key: str, *, is_main: bool) -> None:
        super().__init__()
        self._icon_name, self._title, self._second, self._key = icon_name, title, second, key
        self._is_main = is_main
        self._is_hovered = False
        self.setAccessibleName(title)
        self.setAccessibleDescription(second)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme().changed.connect(self.update)

    def say(self, title: str, second: str) -> None:
        """Says something else."""
        self._title, self._second = title, second
        self.setAccessibleName(title)
        self.setAccessibleDescription(second)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines with room around."""
        second = QFontMetricsF(fonts.font(fonts.CONTROL)).horizontalAdvance(self._second)
        return QSize(max(fonts.px(380), round(second) + _AROUND), fonts.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Words that have no room on one line go on in the next."""
        return QSize(fonts.px(_LEAST), fonts.px(_HEIGHT))

    def hasHeightForWidth(self) -> bool:
        """Narrow ones are higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as all words need."""
        beyond = height_beyond_a_line(self._second, fonts.font(fonts.CONTROL), width - _AROUND)
        return fonts.px(_HEIGHT) + beyond + self._title_beyond(width - _AROUND)

    def _title_beyond(self, width: float) -> int:
        return height_beyond_a_line(self._title, fonts.font(fonts.TITLE, fonts.SEMIBOLD), width)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer is over it."""
        self._is_hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer left it."""
        self._is_hovered = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the card."""
        t = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        is_main = self._is_main or self.isChecked()
        is_there = self.isEnabled()
        is_main &= is_there
        ground = t.select if is_main else t.hover if is_there and (self._is_hovered or self.isDown()) else t.raised
        edge = t.accent if self.hasFocus() or self.isChecked() or (is_main and self._is_hovered) else t.border2
        painter.setBrush(QColor(ground))
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
        painter.drawRoundedRect(place, 10, 10)
        bed = QRectF(place.left() + 15, place.center().y() - 20, 40, 40)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.raised if is_main else t.sunken))
        painter.drawRoundedRect(bed, 8, 8)
        token = t.accent_text if is_main else t.ink2 if is_there else t.ink3
        draw_icon(painter, self._icon_name, QRectF(bed.center() - QPointF(9, 9), bed.center() + QPointF(9, 9)), token)
        left = bed.right() + 16
        width = place.right() - left - 46
        half = (fonts.px(_HEIGHT) - 2) / 2
        painter.setFont(fonts.font(fonts.TITLE, fonts.SEMIBOLD))
        painter.setPen(QColor(t.ink if is_there else t.ink3))
        beyond = self._title_beyond(width)
        title = QRectF(left, place.top() + 11, width, half - 9 + beyond)
        painter.drawText(title, _MIDDLE | Qt.TextFlag.TextWordWrap, self._title)
        painter.setFont(fonts.font(fonts.CONTROL))
        painter.setPen(QColor(t.ink2 if is_there else t.ink3))
        below = QRectF(left, title.bottom() - 1, width, place.height() - half - beyond - 12)
        painter.drawText(below, _MIDDLE | Qt.TextFlag.TextWordWrap, self._second)
        if self._key:
            self._paint_key(painter, place)
        elif self.isChecked():
            draw_icon(painter, "check", QRectF(place.right() - 34, place.center().y() - 8, 16, 16), t.accent_text)
        painter.end()

    def _paint_key(self, painter: QPainter, place: QRectF) -> None:
        side = fonts.px(18)
        cap = QRectF(place.right() - 16 - side, place.center().y() - side / 2, side, side)
        painter.setPen(QPen(QColor(tokens().border2), 1))
        painter.setBrush(QColor(tokens().raised))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setFont(fonts.font(fonts.HINT, fonts.MEDIUM))
        painter.setPen(QColor(tokens().ink2))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)
