"""What a style sheet cannot say: focus rings, arrows of trees, tooltips after half a second."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleFactory, QStyleHintReturn, QStyleOption, QWidget

from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import tokens

_TOOLTIP_DELAY = 500
_RADIUS = 6


class QualcodeStyle(QProxyStyle):
    """Fusion without its frames."""

    def __init__(self) -> None:
        super().__init__(QStyleFactory.create("Fusion"))

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draws a rounded focus ring, ticks in the accent, no branch lines and no item panel (delegates draw rows)."""
        kind = QStyle.PrimitiveElement
        if element == kind.PE_FrameFocusRect:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = QRectF(option.rect).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, _RADIUS, _RADIUS)
            painter.restore()
            return
        if element in (kind.PE_IndicatorBranch, kind.PE_PanelItemViewRow, kind.PE_PanelItemViewItem):
            return
        if element == kind.PE_IndicatorCheckBox:
            self._draw_tick(option, painter)
            return
        super().drawPrimitive(element, option, painter, widget)

    def _draw_tick(self, option: QStyleOption, painter: QPainter) -> None:
        """A box that is seen on dark grounds too, filled where it is ticked."""
        state = option.state
        is_on = bool(state & QStyle.StateFlag.State_On)
        is_enabled = bool(state & QStyle.StateFlag.State_Enabled)
        colour = tokens().accent if is_on and is_enabled else tokens().ink3 if is_enabled else tokens().border2
        side = min(option.rect.width(), option.rect.height()) - 1.0
        box = QRectF(0, 0, side, side)
        box.moveCenter(QRectF(option.rect).center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colour), 1))
        painter.setBrush(QColor(colour) if is_on else QColor(tokens().surface))
        painter.drawRoundedRect(box, 4, 4)
        if is_on:
            draw_icon(painter, "check", box.adjusted(1, 1, -1, -1), tokens().on_accent)
        painter.restore()

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        """Tooltips come after half a second; menus open where they belong."""
        if hint == QStyle.StyleHint.SH_ToolTip_WakeUpDelay:
            return _TOOLTIP_DELAY
        if hint == QStyle.StyleHint.SH_EtchDisabledText:
            return 0
        return super().styleHint(hint, option, widget, returnData)
