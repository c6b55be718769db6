"""Draws the theme table: n/N first, then per cent, then the interval on a line from 0 to 100."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qualcode.gui.analysis.painting import MIDDLE, RIGHT, paint_ground, paint_interval, paint_name, paint_rule
from qualcode.gui.analysis.theme_cells import Cell, Group, Theme
from qualcode.gui.analysis.theme_table_model import CELL, GROUP, THEME, ThemeTableModel
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK, draw_mark
from qualcode.gui.resources.group_marks import UNKNOWN_GROUP, draw_group
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import theme, tokens
from qualcode.gui.widgets.calm_views import make_calm_table
from qualcode.i18n import _
from qualcode.model.case import ALL_GROUPS, NO_GROUP

_THEME_ROW = 44
_SUB_ROW = 38
_HEADER = 50
_INDENT = 24
_FIRST = 224
_FIRST_LEAST = 190  # before the last column is cut
_GLYPH, _GLYPH_LEAST = 50, 28


class ThemeTableView(QTableView):
    """Reports which cell the keyboard is on, and which one is to be opened."""

    cell_picked = Signal(object, object)
    cell_opened = Signal(object, object)

    def __init__(self, bridge: ProjectBridge, model: ThemeTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        make_calm_table(self, _("Themes by group"))
        self._bridge = bridge
        self._folded: set[str] = set()
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalHeader(_GroupHeader(bridge, model, self))
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(20)
        self.setModel(model)
        self._table = model
        self._delegate = _CellDelegate(bridge, self)
        self.setItemDelegate(self._delegate)
        self.activated.connect(self._on_opened)
        model.modelReset.connect(self._on_reset)
        model.dataChanged.connect(self._on_numbers_changed)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self._frozen = _FrozenNames(self, _GroupHeader(bridge, model, self))

    def is_folded(self, key: str) -> bool:
        """Whether the themes below a theme are hidden."""
        return key in self._folded

    def fold(self, key: str, *, folded: bool) -> None:
        """Hides or shows the themes below a theme."""
        if folded:
            self._folded.add(key)
        else:
            self._folded.discard(key)
        self._show_rows()

    def reveal(self, key: str) -> None:
        """Shows a theme that is hidden below others."""
        code = self._bridge.code_keyed(key)
        while code is not None and code.parent:
            self._folded.discard(code.parent)
            code = self._bridge.code_keyed(code.parent)
        self._show_rows()

    def pick(self, theme_key: str, group: str) -> None:
        """Puts the keyboard on a cell."""
        rows = [each.key for each in self._table.themes]
        columns = [each.name for each in self._table.groups]
        if theme_key in rows and group in columns:
            self.setCurrentIndex(self._table.index(rows.index(theme_key), columns.index(group) + 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The arrow before a theme folds it."""
        index = self.indexAt(event.position().toPoint())
        row = index.data(THEME)
        if isinstance(row, Theme) and row.has_below and index.column() == 0:
            self.fold(row.key, folded=not self.is_folded(row.key))
            return
        super().mousePressEvent(event)
        if index.column() > 0 and event.button() == Qt.MouseButton.LeftButton:
            self._on_opened(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a cell on every platform; on a theme it folds."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            index = self.currentIndex()
            row = index.data(THEME)
            if index.column() == 0 and isinstance(row, Theme) and row.has_below:
                self.fold(row.key, folded=not self.is_folded(row.key))
            else:
                self._on_opened(index)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the width."""
        super().resizeEvent(event)
        self._share_width()

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """A cell is not left under the names."""
        super().scrollTo(index, hint)
        bar, covered = self.horizontalScrollBar(), self.columnWidth(0)
        left = self.visualRect(index).left()
        if index.column() > 0 and left < covered:
            bar.setValue(bar.value() - (covered - left))

    def _on_reset(self) -> None:
        self._delegate.measure(self._table)
        self._show_rows()
        self._share_width()

    def _on_numbers_changed(self) -> None:
        self._delegate.measure(self._table)
        self._share_width()
        self.horizontalHeader().viewport().update()

    def _show_rows(self) -> None:
        hidden: set[str] = set()
        for number, row in enumerate(self._table.themes):
            is_hidden = row.parent in hidden or row.parent in self._folded
            if is_hidden:
                hidden.add(row.key)
            self.setRowHidden(number, is_hidden)
            self.setRowHeight(number, fonts.px(_THEME_ROW if row.depth == 0 else _SUB_ROW))
        self._frozen.follow_rows()
        self.viewport().update()

    def _share_width(self) -> None:
        groups = self._table.groups
        if not groups:
            return
        width = self.viewport().width()
        name = fonts.font(fonts.CONTROL, fonts.MEDIUM)
        metrics = QFontMetricsF(name)
        longest = max(metrics.horizontalAdvance(row.name) + 64 + row.depth * _INDENT for row in self._table.themes)
        first = min(max(fonts.px(_FIRST), round(longest)), fonts.px(360), max(fonts.px(200), width // 3))
        header = self.horizontalHeader()
        small = QFontMetricsF(fonts.font(fonts.HINT, tabular=True))
        need = self._delegate.fit((width - fonts.px(_FIRST_LEAST)) // len(groups))
        least = []
        for number, group in enumerate(groups):
            base = small.horizontalAdvance(self._table.base_text(number + 1)) + 36
            title = min(metrics.horizontalAdvance(group.title) + 36, need + 90.0)
            least.append(round(max(base, title)))
        narrow = [number for number, group in enumerate(groups) if group.name == NO_GROUP]
        room = width - first - sum(least[number] for number in narrow)
        each = max(need, min(need + 60, room // max(1, len(groups) - len(narrow))))
        widths = [max(least[number], 0 if number in narrow else each) for number in range(len(groups))]
        first -= max(0, min(first - fonts.px(_FIRST_LEAST), first + sum(widths) - width))
        header.resizeSection(0, first)
        for number, own in enumerate(widths):
            header.resizeSection(number + 1, own)
        self._frozen.follow_width()

    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        row, group = current.data(THEME), current.data(GROUP)
        if isinstance(row, Theme) and isinstance(group, Group):
            self.cell_picked.emit(row, group)

    def _on_opened(self, index: QModelIndex) -> None:
        row, group = index.data(THEME), index.data(GROUP)
        if isinstance(row, Theme) and isinstance(group, Group):
            self.cell_opened.emit(row, group)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        self.viewport().update()
        super().leaveEvent(event)


class _FrozenNames(QTableView):
    """The names of the themes over the left edge, so that they stay while many columns scroll by."""

    def __init__(self, table: ThemeTableView, header: QHeaderView) -> None:
        super().__init__(table)
        self._table = table
        self.setObjectName("frozenNames")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalHeader(header)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(20)
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        self.setItemDelegate(table.itemDelegate())
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        table.horizontalScrollBar().rangeChanged.connect(lambda _low, _high: self.follow_width())
        table.horizontalScrollBar().valueChanged.connect(lambda _value: self.follow_width())
        theme().changed.connect(self.viewport().update)
        self.hide()

    def follow_rows(self) -> None:
        """Rows are as high, and as hidden, as in the table."""
        for row in range(self._table.model().rowCount()):
            self.setRowHidden(row, self._table.isRowHidden(row))
            self.setRowHeight(row, self._table.rowHeight(row))
        for column in range(1, self._table.model().columnCount()):
            self.setColumnHidden(column, True)

    def follow_width(self) -> None:
        """Lies over the first column while the table is scrolled sideways."""
        width = self._table.columnWidth(0)
        self.setColumnWidth(0, width)
        height = self._table.viewport().height() + self._table.horizontalHeader().height()
        self.setGeometry(0, 0, width, height)
        self.setVisible(self._table.horizontalScrollBar().value() > 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press folds, as it does in the table."""
        row = self.indexAt(event.position().toPoint()).data(THEME)
        if isinstance(row, Theme) and row.has_below:
            self._table.fold(row.key, folded=not self._table.is_folded(row.key))


class _GroupHeader(QHeaderView):
    """Two lines over each column: the group with its circle, and its base."""

    def __init__(self, bridge: ProjectBridge, model: ThemeTableModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._bridge = bridge
        self._table = model
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedHeight(fonts.px(_HEADER))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draws one column's head."""
        painter.save()
        painter.fillRect(rect, QColor(tokens().window))
        painter.setPen(QPen(QColor(tokens().border), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        place = rect.adjusted(24 if logicalIndex == 0 else 8, 7, -6, -7)
        half = place.height() // 2
        upper, lower = place.adjusted(0, 0, 0, -half), place.adjusted(0, half, 0, 0)
        if logicalIndex > 0:
            shown = self._table.groups[logicalIndex - 1]
            group = shown.name
            if group != ALL_GROUPS and shown.by == "group":
                look = self._bridge.groups.get(group, UNKNOWN_GROUP)
                draw_group(painter, look, place.left(), upper.center().y() - 4.5)
                upper, lower = upper.adjusted(18, 0, 0, 0), lower.adjusted(18, 0, 0, 0)
        font = fonts.font(fonts.CONTROL, fonts.REGULAR if logicalIndex == 0 else fonts.MEDIUM)
        painter.setFont(font)
        painter.setPen(QColor(tokens().ink2 if logicalIndex == 0 else tokens().ink))
        title = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal))
        title = QFontMetricsF(font).elidedText(title, Qt.TextElideMode.ElideRight, upper.width())
        painter.drawText(upper, MIDDLE, title)
        small = fonts.font(fonts.HINT, tabular=True)
        painter.setFont(small)
        painter.setPen(QColor(tokens().ink3))
        painter.drawText(lower, MIDDLE, self._table.base_text(logicalIndex))
        painter.restore()


class _CellDelegate(QStyledItemDelegate):
    """Draws a theme's name or a cell's numbers."""

    def __init__(self, bridge: ProjectBridge, view: ThemeTableView) -> None:
        super().__init__(view)
        self._bridge = bridge
        self._view = view
        self._n_width = self._base_width = self._share_width = 20.0
        self._has_interval = True
        self._glyph = _GLYPH

    def measure(self, model: ThemeTableModel) -> None:
        """Finds how wide the numbers are, so that their columns line up."""
        bold = QFontMetricsF(fonts.font(fonts.CONTROL, fonts.SEMIBOLD, tabular=True))
        plain = QFontMetricsF(fonts.font(fonts.CONTROL, tabular=True))
        most, base, has_share, has_interval = model.largest()
        self._n_width = max(12.0, bold.horizontalAdvance("0" * len(str(most))))
        self._base_width = plain.horizontalAdvance("/" + "0" * len(str(base))) if base else 0.0
        self._share_width = plain.horizontalAdvance("100 %") if has_share else 0.0
        self._has_interval = has_interval

    def fit(self, room: int) -> int:
        """The least width of a column in which nothing is cut; intervals are drawn shorter where that makes room."""
        numbers = round(9 + self._n_width + self._base_width + 8 + self._share_width + 7)
        if not self._has_interval:
            return numbers
        self._glyph = max(_GLYPH_LEAST, min(_GLYPH, room - numbers - 9))
        return numbers + 9 + self._glyph

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Rows set their own height."""
        return QSize(100, fonts.px(_SUB_ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws a cell."""
        row = index.data(THEME)
        if not isinstance(row, Theme):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = option.rect
        ends_theme = self._ends_theme(index)
        paint_rule(painter, place, strong=ends_theme)
        paint_ground(painter, place, option, self._view)
        if index.column() == 0:
            self._paint_theme(painter, place, row)
        else:
            cell = index.data(CELL)
            group = index.data(GROUP)
            if isinstance(cell, Cell) and isinstance(group, Group):
                self._paint_cell(painter, place, cell, row, group)
        painter.restore()

    def _ends_theme(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        model = index.model()
        for below in range(index.row() + 1, model.rowCount()):
            if not self._view.isRowHidden(below):
                row = model.index(below, 0).data(THEME)
                return isinstance(row, Theme) and row.depth == 0
        return True

    def _paint_theme(self, painter: QPainter, place: QRect, row: Theme) -> None:
        left = place.left() + 8 + row.depth * _INDENT
        middle = place.center().y()
        if row.has_below:
            arrow = "chevron-right" if self._view.is_folded(row.key) else "chevron-down"
            draw_icon(painter, arrow, QRectF(left, middle - 7, 14, 14), tokens().ink3)
        draw_mark(painter, self._bridge.look_of_key(row.key) or NO_LOOK, left + 17, middle - 8)
        font = fonts.font(fonts.CONTROL, fonts.MEDIUM if row.depth == 0 else fonts.REGULAR)
        painter.setFont(font)
        painter.setPen(QColor(tokens().ink))
        paint_name(painter, QRect(left + 42, place.top(), place.right() - left - 48, place.height()), row.name)

    def _paint_cell(self, painter: QPainter, place: QRect, cell: Cell, row: Theme, group: Group) -> None:
        x = place.left() + 9.0
        top, height = place.top(), place.height()
        weight = fonts.SEMIBOLD if row.depth == 0 else fonts.MEDIUM
        painter.setFont(fonts.font(fonts.CONTROL, weight if cell.n else fonts.REGULAR, tabular=True))
        painter.setPen(QColor(tokens().ink if cell.n else tokens().ink3))
        painter.drawText(QRectF(x, top, self._n_width, height), RIGHT, str(cell.n))
        x += self._n_width
        painter.setFont(fonts.font(fonts.CONTROL, tabular=True))
        painter.setPen(QColor(tokens().ink2 if cell.n else tokens().ink3))
        if cell.base:
            painter.drawText(QRectF(x + 1, top, self._base_width + 2, height), MIDDLE, f"/{cell.base}")
        x += self._base_width + 8
        if cell.per_cent is not None:
            painter.drawText(QRectF(x, top, self._share_width, height), RIGHT, f"{cell.per_cent} %")
        x += self._share_width + 9
        if cell.low is not None and cell.high is not None and cell.base:
            ink = tokens().ink2
            if group.name != ALL_GROUPS:
                ink = (self._bridge.look_of_key(row.key) or NO_LOOK).colour
            share = 100 * cell.n / cell.base
            paint_interval(
                painter, QPointF(x, place.center().y() + 0.5), share, cell.low, cell.high, ink, length=self._glyph
            )
