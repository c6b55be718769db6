"""What a style sheet cannot say: focus rings, arrows of trees, tooltips after half a second."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleFactory, QStyleHintReturn, QStyleOption, QWidget

from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import tokens

_TOOLTIP_DELAY = 500
_RADIUS = 6

# Qt asks a style thousands of times while a screen is made or painted: what is looked up here is not looked up there.
_WAKE_UP = QStyle.StyleHint.SH_ToolTip_WakeUpDelay
_FOCUS = QStyle.PrimitiveElement.PE_FrameFocusRect
_BRANCH = QStyle.PrimitiveElement.PE_IndicatorBranch
_ROW = QStyle.PrimitiveElement.PE_PanelItemViewRow
_ITEM = QStyle.PrimitiveElement.PE_PanelItemViewItem
_TICK = QStyle.PrimitiveElement.PE_IndicatorCheckBox
_usual_hint = QProxyStyle.styleHint
_draw_usual = QProxyStyle.drawPrimitive


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
        if element is _BRANCH or element is _ROW or element is _ITEM:
            return
        if element is _FOCUS:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(option.palette.color(QPalette.ColorRole.Accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = QRectF(option.rect).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, _RADIUS, _RADIUS)
            painter.restore()
        elif element is _TICK:
            self._draw_tick(option, painter)
        else:
            _draw_usual(self, element, option, painter, widget)

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
        """Tooltips come after half a second."""
        if hint is _WAKE_UP:
            return _TOOLTIP_DELAY
        return _usual_hint(self, hint, option, widget, returnData)
