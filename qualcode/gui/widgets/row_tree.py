"""A tree view without frames, lines and indentation: delegates draw rows, arrows included."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTreeView, QWidget

from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.calm_views import make_calm

ROW_RADIUS = 6
ARROW_ROOM = 20
NOTED = 12
_ARROW = 14


class RowTree(QTreeView):
    """A tree whose first pixels of a row fold and unfold it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("onWindow")
        make_calm(self, name)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setAnimated(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Titles may need other lines."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Folds and unfolds at the arrow, picks elsewhere."""
        index = self.indexAt(event.position().toPoint())
        left = self.visualRect(index).left() + 4
        if index.isValid() and self.model().hasChildren(index) and event.position().x() < left + ARROW_ROOM + 4:
            self.setExpanded(index, not self.isExpanded(index))
            return
        super().mousePressEvent(event)


def row_place(option: QStyleOptionViewItem) -> QRect:
    """Where a row's card stands: the row with room at both sides."""
    place: QRect = option.rect
    return place.adjusted(8, 1, -8, -1)


def paint_row(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Paints what lies behind a row: hover, selection, and the ring where the keyboard is."""
    state: QStyle.StateFlag = option.state
    is_selected = bool(state & QStyle.StateFlag.State_Selected)
    place = QRectF(row_place(option))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if is_selected:
        painter.setBrush(QColor(tokens().select))
        painter.drawRoundedRect(place, ROW_RADIUS, ROW_RADIUS)
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(QColor(tokens().hover))
        painter.drawRoundedRect(place, ROW_RADIUS, ROW_RADIUS)
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens().accent), 1.5))
        painter.drawRoundedRect(place.adjusted(0.75, 0.75, -0.75, -0.75), ROW_RADIUS, ROW_RADIUS)
    painter.restore()


def paint_arrow(painter: QPainter, place: QRect, *, is_open: bool) -> None:
    """Paints the arrow that says whether a row is unfolded, at the left of a place."""
    top = place.center().y() + 0.5 - _ARROW / 2
    name = "chevron-down" if is_open else "chevron-right"
    draw_icon(painter, name, QRectF(place.left(), top, _ARROW, _ARROW), tokens().ink3)


def paint_noted(painter: QPainter, place: QRect, line: int) -> None:
    """Paints the sign that a memo is on something: at the right of the last line of a place."""
    middle = place.bottom() - 4 - line / 2
    draw_icon(painter, "message-square", QRectF(place.right() - NOTED, middle - NOTED / 2, NOTED, NOTED), tokens().ink2)


def is_open(option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> bool:
    """Whether a row is unfolded in its tree."""
    view = option.widget
    return isinstance(view, QTreeView) and view.isExpanded(index)


def at(place: QRect, x: int) -> QPointF:
    """A point of a place's middle line, x from its left edge."""
    return QPointF(place.left() + x, place.center().y() + 0.5)
