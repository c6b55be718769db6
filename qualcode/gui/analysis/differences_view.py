"""Draws two groups side by side: shares with their intervals, differences around a zero line, p-values."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qualcode.gui.analysis.differences_model import (
    ALPHA,
    DIFFERENCE,
    SHARE,
    Column,
    Difference,
    DifferencesModel,
    Share,
    signed,
)
from qualcode.gui.analysis.painting import CENTRE, MIDDLE, RIGHT, paint_ground, paint_rule, paint_theme
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.resources.group_marks import UNKNOWN_GROUP, GroupLook, draw_group
from qualcode.gui.resources.theme import colour, tokens
from qualcode.gui.widgets.calm_views import make_calm_table
from qualcode.i18n import _

AnyIndex = QModelIndex | QPersistentModelIndex
_ROW = 36
_HEADER = 72
_LEFT = 24
_NEAR = 14  # from the line between the two groups to the middle of each
_TEXT = 104  # right of the scale of shares, for n/N
_P = 84


class DifferencesView(QTableView):
    """Reports which group of which theme is to be opened."""

    share_picked = Signal(object, object)
    share_opened = Signal(object, object)

    def __init__(self, bridge: ProjectBridge, model: DifferencesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        make_calm_table(self, _("Differences between two groups"))
        self._table = model
        self.looks: tuple[GroupLook, GroupLook] = (UNKNOWN_GROUP, UNKNOWN_GROUP)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalHeader(_AxisHeader(self, model))
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(20)
        self.setModel(model)
        self.setItemDelegate(_DifferenceDelegate(bridge, self, model))
        model.modelReset.connect(self._on_reset)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def scale(self, column: int) -> tuple[float, float]:
        """From where to where the scale of a column reaches, from the column's left edge."""
        width = self.columnWidth(column)
        if column == Column.SHARE:
            return 10.0, max(60.0, width - fonts.px(_TEXT) - 8.0)
        return 24.0, max(60.0, width - 24.0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a group's share opens its quotations."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.column() == Column.SHARE and event.button() == Qt.MouseButton.LeftButton:
            self._open(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a share; anywhere else in the row, the first group's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the width."""
        super().resizeEvent(event)
        self._share_width()

    def _open(self, index: AnyIndex) -> None:
        found, share = index.data(DIFFERENCE), index.data(SHARE)
        if isinstance(found, Difference) and isinstance(share, Share):
            self.share_opened.emit(found, share)

    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        found, share = current.data(DIFFERENCE), current.data(SHARE)
        if isinstance(found, Difference) and isinstance(share, Share):
            self.share_picked.emit(found, share)

    def _on_reset(self) -> None:
        self.clearSpans()
        for row in range(self._table.rowCount()):
            self.setRowHeight(row, fonts.px(_ROW))
            if row % 2 == 0:
                for column in range(self._table.columnCount()):
                    if column != Column.SHARE:
                        self.setSpan(row, column, 2, 1)
        self._share_width()

    def _share_width(self) -> None:
        if not self._table.columnCount():
            return
        width = self.viewport().width()
        metrics = QFontMetricsF(fonts.font(fonts.CONTROL, fonts.MEDIUM))
        names = [metrics.horizontalAdvance(row.name) + 20 * row.depth for row in self._table.differences]
        first = min(max(fonts.px(150), round(max(names, default=0)) + _LEFT + 40), max(fonts.px(150), width // 5))
        tests = fonts.px(_P) + fonts.px(_P + 22) if self._table.is_tested else 0
        least = fonts.px(220)
        rest = max(width - first - tests, fonts.px(220) + least)
        difference = max(least, round(rest * 0.42))
        self.setColumnWidth(Column.THEME, first)
        self.setColumnWidth(Column.SHARE, rest - difference)
        self.setColumnWidth(Column.DIFFERENCE, difference)
        if self._table.is_tested:
            self.setColumnWidth(Column.P, fonts.px(_P))
            self.setColumnWidth(Column.P_CORRECTED, fonts.px(_P + 22))


class _AxisHeader(QHeaderView):
    """Over each column its title; over the two scales their numbers, and which way is which."""

    def __init__(self, view: DifferencesView, model: DifferencesModel) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._view = view
        self._table = model
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFixedHeight(fonts.px(_HEADER))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draws one column's head."""
        painter.save()
        painter.fillRect(rect, QColor(tokens().surface))
        painter.setPen(QPen(QColor(tokens().border), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        title = str(self._table.headerData(logicalIndex, Qt.Orientation.Horizontal))
        third = (rect.height() - 12) // 3
        line = QRect(rect.left(), rect.top() + 6, rect.width(), third)
        painter.setFont(fonts.font(fonts.SMALL))
        painter.setPen(QColor(tokens().ink2))
        if logicalIndex in (Column.P, Column.P_CORRECTED):
            painter.drawText(line.adjusted(0, 0, -16, 0), RIGHT, title)
        else:
            line = line.adjusted(_LEFT if logicalIndex == Column.THEME else 10, 0, 0, 0)
            if QFontMetricsF(painter.font()).horizontalAdvance(title) > line.width():
                title = _("Difference, points") if logicalIndex == Column.DIFFERENCE else _("Share")
            painter.drawText(line, MIDDLE, title)
        begin, end = self._view.scale(logicalIndex)
        ticks = QRectF(rect.left(), rect.top() + 6 + 2 * third, rect.width(), third)
        if logicalIndex == Column.SHARE:
            self._paint_ticks(painter, ticks, begin, end, [f"{tick} %" for tick in (0, 25, 50, 75, 100)])
        if logicalIndex == Column.DIFFERENCE:
            reach = self._table.reach
            self._paint_ticks(painter, ticks, begin, end, [signed(reach * part / 2) for part in range(-2, 3)])
            self._paint_ways(painter, QRectF(line.translated(0, third)), begin, end)
        painter.restore()

    def _paint_ticks(self, painter: QPainter, place: QRectF, begin: float, end: float, texts: list[str]) -> None:
        painter.setFont(fonts.font(fonts.HINT, tabular=True))
        painter.setPen(QColor(tokens().ink3))
        step = 1 if end - begin >= fonts.px(220) else 2
        for number, text in enumerate(texts):
            if number % step:
                continue
            x = place.left() + begin + (end - begin) * number / (len(texts) - 1)
            painter.drawText(QRectF(x - 30, place.top(), 60, place.height()), CENTRE, text)

    def _paint_ways(self, painter: QPainter, place: QRectF, begin: float, end: float) -> None:
        if not self._table.differences:
            return
        first = self._table.differences[0]
        font = fonts.font(fonts.HINT)
        painter.setFont(font)
        painter.setPen(QColor(tokens().ink3))
        half = QRectF(place.left() + 8, place.top(), (begin + end) / 2 - 14, place.height())
        metrics = QFontMetricsF(font)
        left = _("← more {group}").format(group=first.b.group)
        painter.drawText(half, MIDDLE, metrics.elidedText(left, Qt.TextElideMode.ElideRight, half.width()))
        right = _("more {group} →").format(group=first.a.group)
        half.moveRight(min(place.left() + end + 16, place.right() - 6))  # not cut off by the edge of a narrow window
        painter.drawText(half, RIGHT, metrics.elidedText(right, Qt.TextElideMode.ElideLeft, half.width()))


class _DifferenceDelegate(QStyledItemDelegate):
    """Draws names, shares, differences and p-values."""

    def __init__(self, bridge: ProjectBridge, view: DifferencesView, model: DifferencesModel) -> None:
        super().__init__(view)
        self._bridge = bridge
        self._view = view
        self._table = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draws a cell."""
        found = index.data(DIFFERENCE)
        if not isinstance(found, Difference):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place, column = option.rect, Column(index.column())
        if column is not Column.SHARE or index.row() % 2:
            paint_rule(painter, place, strong=False)
        paint_ground(painter, place, option, self._view)
        match column:
            case Column.THEME:
                inside = place.adjusted(_LEFT + 20 * found.depth, 0, -8, 0)
                paint_theme(painter, inside, self._bridge, found.key, found.name, found.depth)
            case Column.SHARE:
                self._paint_share(painter, place, index)
            case Column.DIFFERENCE:
                self._paint_difference(painter, place, found)
            case Column.P | Column.P_CORRECTED:
                self._paint_p(painter, place, str(index.data()), found, column)
        painter.restore()

    def _paint_grid(self, painter: QPainter, place: QRect, column: Column, *, zero: bool) -> tuple[float, float]:
        begin, end = (place.left() + edge for edge in self._view.scale(column))
        for number in range(5):
            x = begin + (end - begin) * number / 4
            is_zero = zero and number == 2
            painter.setPen(QPen(QColor(tokens().border2 if is_zero else tokens().line), 1))
            painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom() + 1))
        return begin, end

    def _paint_share(self, painter: QPainter, place: QRect, index: AnyIndex) -> None:
        share: Share = index.data(SHARE)
        is_second = bool(index.row() % 2)
        look = self._view.looks[is_second]
        begin, end = self._paint_grid(painter, place, Column.SHARE, zero=False)
        y = place.top() + fonts.px(_NEAR) if is_second else place.bottom() + 1 - fonts.px(_NEAR)
        x = end + 12
        if share.per_cent is not None and share.low is not None and share.high is not None:
            wide = (end - begin) / 100
            at = begin + wide * 100 * share.n / share.base
            painter.setPen(QPen(colour(look.colour, 0.6), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPointF(begin + wide * share.low, y), QPointF(begin + wide * share.high, y))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens().surface))
            painter.drawEllipse(QPointF(at, y), 8, 8)
            draw_group(painter, look, at - 6, y - 6, 12)
        else:
            draw_group(painter, look, begin + 4, y - 6, 12)
        bold = fonts.font(fonts.SMALL, fonts.SEMIBOLD, tabular=True)
        painter.setFont(bold)
        painter.setPen(QColor(tokens().ink))
        per_cent = f"{share.per_cent} %" if share.per_cent is not None else ""
        room = QFontMetricsF(bold).horizontalAdvance("100 %")
        painter.drawText(QRectF(x, y - 10, room, 20), RIGHT, per_cent)
        painter.setFont(fonts.font(fonts.SMALL, tabular=True))
        painter.setPen(QColor(tokens().ink2))
        painter.drawText(QRectF(x + room + 8, y - 10, 80, 20), MIDDLE, f"{share.n}/{share.base}")

    def _paint_difference(self, painter: QPainter, place: QRect, found: Difference) -> None:
        begin, end = self._paint_grid(painter, place, Column.DIFFERENCE, zero=True)
        if found.points is None or found.low is None or found.high is None:
            painter.setFont(fonts.font(fonts.SMALL))
            painter.setPen(QColor(tokens().ink3))
            painter.drawText(place.adjusted(12, 0, -12, 0), CENTRE | Qt.TextFlag.TextWordWrap, found.note)
            return
        middle, wide = (begin + end) / 2, (end - begin) / (2 * self._table.reach)
        low, at, high = (middle + wide * points for points in (found.low, found.points, found.high))
        y = place.center().y() + 9.0
        painter.setPen(QPen(QColor(tokens().ink), 2))
        painter.drawLine(QPointF(low, y), QPointF(high, y))
        for bound in (low, high):
            painter.drawLine(QPointF(bound, y - 5), QPointF(bound, y + 5))
        painter.setPen(QPen(QColor(tokens().surface), 2))
        painter.setBrush(QColor(tokens().ink))
        painter.drawEllipse(QPointF(at, y), 6, 6)
        font = fonts.font(fonts.SMALL, fonts.MEDIUM, tabular=True)
        width = QFontMetricsF(font).horizontalAdvance(found.text) + 8
        left = min(max(at - width / 2, place.left() + 4.0), place.right() - width - 2.0)
        painter.setFont(font)
        painter.setPen(QColor(tokens().ink))
        painter.drawText(QRectF(left, y - 28, width, 18), CENTRE, found.text)

    def _paint_p(self, painter: QPainter, place: QRect, text: str, found: Difference, column: Column) -> None:
        holds = column is Column.P_CORRECTED and found.p_corrected is not None and found.p_corrected < ALPHA
        is_main = column is Column.P_CORRECTED
        painter.setFont(fonts.font(fonts.CONTROL, fonts.SEMIBOLD if holds else fonts.REGULAR, tabular=True))
        painter.setPen(QColor(tokens().ink if is_main else tokens().ink2))
        painter.drawText(place.adjusted(0, 0, -16, 0), RIGHT, text or "–")
