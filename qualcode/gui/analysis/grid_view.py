"""Draws a table of short lines and small pictures; the names of its rows stay at the left."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qualcode.gui.analysis.grid_cells import marks_height, paint_cell
from qualcode.gui.analysis.grid_model import CELL, GridCell, GridModel, Marks
from qualcode.gui.analysis.painting import MIDDLE, RIGHT, laid_out, paint_ground, paint_rule
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK, draw_mark
from qualcode.gui.resources.group_marks import UNKNOWN_GROUP, draw_group
from qualcode.gui.resources.theme import theme, tokens
from qualcode.gui.widgets.calm_views import OpeningTable, make_calm_table

AnyIndex = QModelIndex | QPersistentModelIndex
_HEADER = 50
_LEFT = 24
_INDENT = 20
_MARK = 25
_LEAST_NAMES, _MOST_NAMES = 150, 330


class GridView(OpeningTable):
    """Reports which cell the keyboard is on, and which is to be opened.

    Signals:
        cell_picked: what stands behind a cell.
        cell_opened: likewise, its quotations are wanted.
        row_picked: the key of the row that the keyboard is in.
    """

    cell_picked = Signal(object)
    cell_opened = Signal(object)
    row_picked = Signal(str)

    def __init__(self, bridge: ProjectBridge, model: GridModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._corner = _Corner(model, self)  # Qt asks for its place as soon as anything is set
        make_calm_table(self, name)
        self._table = model
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalHeader(_ColumnNames(bridge, model, self))
        self._names = _RowNames(bridge, model, self)
        self.setVerticalHeader(self._names)
        self._corner.raise_()
        self.setModel(model)
        self.setItemDelegate(_GridDelegate(bridge, self))
        model.modelReset.connect(self._on_reset)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the width."""
        super().resizeEvent(event)
        self._share_width()

    def updateGeometries(self) -> None:
        """The corner lies where both headers meet."""
        super().updateGeometries()
        self._corner.setGeometry(0, 0, self.verticalHeader().width(), self.horizontalHeader().height())

    def go_to(self, row: str, column: str) -> None:
        """Puts the keyboard on a cell, if it is there."""
        rows = [each.key for each in self._table.rows]
        columns = [each.key for each in self._table.columns]
        if row in rows and column in columns:
            self.setCurrentIndex(self._table.index(rows.index(row), columns.index(column)))

    def open_cell(self, index: AnyIndex) -> None:
        """Says which cell is to be opened."""
        cell = index.data(CELL)
        if isinstance(cell, GridCell) and cell.behind is not None:
            self.cell_opened.emit(cell.behind)

    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        self._names.viewport().update()
        if not current.isValid():
            return
        self.row_picked.emit(self._table.rows[current.row()].key)
        cell = current.data(CELL)
        if isinstance(cell, GridCell) and cell.behind is not None:
            self.cell_picked.emit(cell.behind)

    def _on_reset(self) -> None:
        self.clearSpans()
        for number, row in enumerate(self._table.rows):
            self.setRowHeight(number, fonts.px(row.height))
            for at, column in enumerate(self._table.columns):
                cell = self._table.cell(row.key, column.key)
                if cell is not None and cell.rows > 1:
                    self.setSpan(number, at, cell.rows, 1)
        metrics = QFontMetricsF(fonts.font(fonts.CONTROL, fonts.MEDIUM))
        small = QFontMetricsF(fonts.font(fonts.HINT))
        longest = max(
            (
                max(metrics.horizontalAdvance(row.title), min(small.horizontalAdvance(row.second), fonts.px(220)))
                + _INDENT * row.depth
                + (_MARK if row.code else 0)
                for row in self._table.rows
            ),
            default=0.0,
        )
        longest = max(longest, small.horizontalAdvance(self._table.corner[1]))
        width = round(longest) + _LEFT + 14
        self._names.setFixedWidth(min(fonts.px(_MOST_NAMES), max(fonts.px(_LEAST_NAMES), width)))
        self._corner.update()
        self._share_width()

    def _share_width(self) -> None:
        columns = self._table.columns
        least = [fonts.px(each.width) for each in columns]
        growing = sum(each.grows for each in columns)
        room = max(0, self.viewport().width() - sum(least))
        for number, (column, width) in enumerate(zip(columns, least, strict=True)):
            more = min(room // growing, width // 2) if growing and column.grows else 0
            self.setColumnWidth(number, width + more)
        rest = self.viewport().width() - sum(self.columnWidth(number) for number in range(len(columns)))
        last = max((number for number, column in enumerate(columns) if column.grows), default=-1)
        if rest > 0 and last >= 0:
            self.setColumnWidth(last, self.columnWidth(last) + rest)
        self._fit_marks()

    def _fit_marks(self) -> None:
        """Rows with marks are as high as their marks need."""
        for number, row in enumerate(self._table.rows):
            for at, column in enumerate(self._table.columns):
                cell = self._table.cell(row.key, column.key)
                if cell is not None and isinstance(cell.picture, Marks):
                    needed = marks_height(len(cell.picture.keys), self.columnWidth(at))
                    self.setRowHeight(number, max(fonts.px(row.height), needed))


class _Corner(QWidget):
    """Over the names of the rows: what they are, and what stands in the cells."""

    def __init__(self, model: GridModel, view: QTableView) -> None:
        super().__init__(view)
        self._table = model
        theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Two lines."""
        painter = QPainter(self)
        rect = self.rect()
        painter.fillRect(rect, QColor(tokens().window))
        painter.setPen(QPen(QColor(tokens().border), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        place = rect.adjusted(_LEFT, 7, -6, -7)
        half = place.height() // 2
        painter.setFont(fonts.font(fonts.CONTROL))
        painter.setPen(QColor(tokens().ink2))
        painter.drawText(place.adjusted(0, 0, 0, -half), MIDDLE, self._table.corner[0])
        painter.setFont(fonts.font(fonts.HINT))
        painter.setPen(QColor(tokens().ink3))
        painter.drawText(place.adjusted(0, half, 0, 0), MIDDLE, self._table.corner[1])
        painter.end()


class _ColumnNames(QHeaderView):
    def __init__(self, bridge: ProjectBridge, model: GridModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._bridge = bridge
        self._table = model
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedHeight(fonts.px(_HEADER))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """The name with its circle, and the line below."""
        column = self._table.columns[logicalIndex]
        painter.save()
        painter.fillRect(rect, QColor(tokens().window))
        painter.setPen(QPen(QColor(tokens().border), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        place = rect.adjusted(8, 7, -10 if column.is_number else -4, -7)
        half = place.height() // 2
        upper, lower = place.adjusted(0, 0, 0, -half), place.adjusted(0, half, 0, 0)
        if column.group:
            look = self._bridge.groups.get(column.group, UNKNOWN_GROUP)
            draw_group(painter, look, place.left(), upper.center().y() - 4.5)
            upper, lower = upper.adjusted(18, 0, 0, 0), lower.adjusted(18, 0, 0, 0)
        side = RIGHT if column.is_number else MIDDLE
        for line, text, font, ink in (
            (upper, column.title, fonts.font(fonts.CONTROL, fonts.MEDIUM), tokens().ink),
            (lower, column.second, fonts.font(fonts.HINT, tabular=True), tokens().ink3),
        ):
            painter.setFont(font)
            painter.setPen(QColor(ink))
            painter.drawText(
                line, side, QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            )
        painter.restore()


class _RowNames(QHeaderView):
    def __init__(self, bridge: ProjectBridge, model: GridModel, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._bridge = bridge
        self._table = model
        self._view = parent
        self.setObjectName("heads")
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(20)
        theme().changed.connect(self.viewport().update)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """A mark, the name, and the line below it."""
        row = self._table.rows[logicalIndex]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_current = self._view.currentIndex().row() == logicalIndex and self._view.currentIndex().isValid()
        painter.fillRect(rect, QColor(tokens().hover if is_current else tokens().surface))
        paint_rule(painter, rect, strong=row.is_heading)
        place = rect.adjusted(_LEFT + _INDENT * row.depth, 0, -10, 0)
        if row.code:
            draw_mark(painter, self._bridge.look_of_key(row.code) or NO_LOOK, place.left(), self._first_line(rect) - 8)
            place = place.adjusted(_MARK, 0, 0, 0)
        font = fonts.font(fonts.CONTROL, fonts.REGULAR if row.depth else fonts.MEDIUM)
        title = laid_out(row.title, font, place.width(), 1 if rect.height() < fonts.px(60) else 3)
        painter.setPen(QColor(tokens().ink))
        spacing = QFontMetricsF(font).lineSpacing() * 1.15
        top = self._first_line(rect) - spacing / 2
        title.draw(painter, QRectF(place.left(), top, 0, 0).topLeft())
        if row.second:
            small = fonts.font(fonts.HINT, tabular=True)
            below = top + title.lineCount() * spacing + 1
            most = max(1, int((rect.bottom() - below) / (QFontMetricsF(small).lineSpacing() * 1.15)))
            painter.setPen(QColor(tokens().ink3))
            laid_out(row.second, small, place.width(), most).draw(painter, QRectF(place.left(), below, 0, 0).topLeft())
        painter.restore()

    def _first_line(self, rect: QRect) -> float:
        """The middle of the first line: of low rows their own."""
        return rect.center().y() if rect.height() < fonts.px(50) else rect.top() + fonts.px(21)


class _GridDelegate(QStyledItemDelegate):
    def __init__(self, bridge: ProjectBridge, view: GridView) -> None:
        super().__init__(view)
        self._bridge, self._view = bridge, view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Rows set their own height."""
        return QSize(100, fonts.px(44))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """The ground, then what stands in the cell."""
        model = self._view.model()
        assert isinstance(model, GridModel)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_rule(painter, option.rect, strong=model.rows[index.row()].is_heading)
        paint_ground(painter, option.rect, option, self._view)
        cell = index.data(CELL)
        if isinstance(cell, GridCell):
            paint_cell(painter, option.rect, cell, self._bridge, is_number=model.columns[index.column()].is_number)
        painter.restore()
