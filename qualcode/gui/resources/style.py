"""What a style sheet cannot say: focus rings, arrows of trees, tooltips after half a second."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleFactory, QStyleHintReturn, QStyleOption, QWidget

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
        """Draws a rounded focus ring in the accent, no branch lines and no item panel (delegates draw rows)."""
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
        super().drawPrimitive(element, option, painter, widget)

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
