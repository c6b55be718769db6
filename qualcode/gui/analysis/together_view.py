"""Draws which themes stand together: the larger the index, the stronger the tint; the names stay at both edges."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qualcode.gui.analysis.painting import CENTRE, MIDDLE, paint_theme
from qualcode.gui.analysis.together_model import TOGETHER, Together, TogetherModel
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK, draw_mark
from qualcode.gui.resources.theme import colour, theme, tokens
from qualcode.gui.widgets.calm_views import OpeningTable, make_calm_table

AnyIndex = QModelIndex | QPersistentModelIndex
_CELL = 56
_ROW = 44
_TALLEST = 214
_WIDEST = 300
_LEFT = 24
_INDENT = 20
_STRONGEST = 0.36  # of the accent, behind text that must stay legible


class TogetherView(OpeningTable):
    """Reports which two themes the keyboard is on, and which are to be opened."""

    pair_picked = Signal(object)
    pair_opened = Signal(object)

    def __init__(self, bridge: ProjectBridge, model: TogetherModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        make_calm_table(self, name)
        self._table = model
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._above = _NameHeader(Qt.Orientation.Horizontal, bridge, model, self)
        self._beside = _NameHeader(Qt.Orientation.Vertical, bridge, model, self)
        self.setHorizontalHeader(self._above)
        self.setVerticalHeader(self._beside)
        self.setModel(model)
        self.setItemDelegate(_PairDelegate(self))
        model.modelReset.connect(self._on_reset)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def open_cell(self, index: AnyIndex) -> None:
        """Says which cell is to be opened."""
        cell = index.data(TOGETHER)
        if isinstance(cell, Together):
            self.pair_opened.emit(cell)

    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        for header in (self._above, self._beside):
            header.viewport().update()
        cell = current.data(TOGETHER)
        if isinstance(cell, Together):
            self.pair_picked.emit(cell)

    def _on_reset(self) -> None:
        metrics = QFontMetricsF(fonts.font(fonts.CONTROL, fonts.MEDIUM))
        longest = max((metrics.horizontalAdvance(each.name) for each in self._table.themes), default=80.0)
        deepest = max((each.depth for each in self._table.themes), default=0)
        self._beside.setFixedWidth(min(fonts.px(_WIDEST), round(longest) + _LEFT + 36 + _INDENT * deepest))
        self._above.setFixedHeight(min(fonts.px(_TALLEST), round(longest) + 46))


class _NameHeader(QHeaderView):
    """The themes' marks and names; above the columns they are written upwards."""

    def __init__(
        self, orientation: Qt.Orientation, bridge: ProjectBridge, model: TogetherModel, parent: QTableView
    ) -> None:
        super().__init__(orientation, parent)
        self._bridge = bridge
        self._table = model
        self._view = parent
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(20)
        self.setDefaultSectionSize(fonts.px(_CELL if orientation == Qt.Orientation.Horizontal else _ROW))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        theme().changed.connect(self.viewport().update)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draws one theme."""
        named = self._table.themes[logicalIndex]
        current = self._view.currentIndex()
        is_horizontal = self.orientation() == Qt.Orientation.Horizontal
        is_current = current.isValid() and logicalIndex == (current.column() if is_horizontal else current.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, QColor(tokens().select if is_current else tokens().window))
        painter.setPen(QPen(QColor(tokens().border), 1))
        if not is_horizontal:
            painter.drawLine(rect.topRight(), rect.bottomRight())
            place = rect.adjusted(_LEFT + _INDENT * named.depth, 0, -8, 0)
            paint_theme(painter, place, self._bridge, named.key, named.name, named.depth)
            painter.restore()
            return
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        look = self._bridge.look_of_key(named.key) or NO_LOOK
        draw_mark(painter, look, rect.center().x() - 8, rect.bottom() - 25)
        font = fonts.font(fonts.SMALL, fonts.MEDIUM if named.depth == 0 else fonts.REGULAR)
        painter.setFont(font)
        painter.setPen(QColor(tokens().ink))
        painter.translate(rect.center().x(), rect.bottom() - 32)
        painter.rotate(-90)
        room = rect.height() - 40
        name = QFontMetricsF(font).elidedText(named.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(0, -10, room + 4, 20), MIDDLE, name)
        painter.restore()


class _PairDelegate(QStyledItemDelegate):
    """Draws a cell: the count, its index below, the tint behind."""

    def __init__(self, view: TogetherView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """All alike."""
        return QSize(fonts.px(_CELL), fonts.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draws it."""
        cell = index.data(TOGETHER)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if cell is None or cell.is_alone:
            painter.setBrush(QColor(tokens().sunken))
        elif cell.both:
            painter.setBrush(colour(tokens().accent, 0.04 + (_STRONGEST - 0.04) * cell.strength))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 4, 4)
        if cell is not None:
            self._paint_numbers(painter, option.rect, cell)
        self._paint_state(painter, box, option)
        painter.restore()

    def _paint_numbers(self, painter: QPainter, place: QRect, cell: Together) -> None:
        weight = fonts.SEMIBOLD if cell.both and not cell.is_alone else fonts.REGULAR
        painter.setFont(fonts.font(fonts.CONTROL, weight, tabular=True))
        quiet = tokens().ink2 if cell.both else tokens().ink3
        painter.setPen(QColor(tokens().ink if cell.both and not cell.is_alone else quiet))
        painter.drawText(place.adjusted(0, 5, 0, -19) if cell.below else place, CENTRE, str(cell.both))
        if cell.below:
            painter.setFont(fonts.font(fonts.HINT, tabular=True))
            painter.setPen(QColor(tokens().ink))
            painter.drawText(place.adjusted(0, 22, 0, -4), CENTRE, cell.below)

    def _paint_state(self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if option.state & QStyle.StateFlag.State_Selected:
            is_here = self._view.hasFocus()
            painter.setPen(QPen(QColor(tokens().accent if is_here else tokens().ink3), 2 if is_here else 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(QColor(tokens().border2), 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
