"""The grid: rows as high as their words need, worked out for those in sight and, in idle time, for those around."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.resources.theme import tokens
from qualcode.gui.survey.chips import Chip, chip_at
from qualcode.gui.survey.grid_header import GridHeader
from qualcode.gui.survey.model import AnswersModel, Kind, group_shown
from qualcode.gui.survey.row_delegate import LEFT, LINE, ONE_LINE, SIDE, RowDelegate, text_width
from qualcode.gui.survey.row_heights import RowHeights
from qualcode.gui.widgets.calm_views import make_calm_table, make_rows, pick_rows
from qualcode.i18n import _

_CLOSED_LEAST = 112
_CLOSED_MOST = 190
_ANSWER_LEAST = 300
_CODES_LEAST = 230
_IDLE_ROWS = 40  # measured in one go
_IDLE_PAUSE = 15  # milliseconds
_IDLE_SCREENS = 400  # rows before and after those in sight that are measured in idle time
_SAMPLE = 300


class GridView(QTableView):
    """Reports what is done with rows.

    A table, because its rows keep their heights in Qt itself and screen readers know it.

    Signals:
        picked: other rows are selected.
        opened: a row (its place) is to be shown in the text.
        sorted_by: a column's head was pressed (its number).
        crossed_out: a code is to be taken off a row: place, code id.
    """

    picked = Signal()
    opened = Signal(int)
    sorted_by = Signal(int)
    crossed_out = Signal(int, int)

    def __init__(self, bridge: ProjectBridge, model: AnswersModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._answers = model
        self._covered = 0
        self._heights = RowHeights()
        self._measured_for: tuple[object, int, int] = (None, 0, 0)  # the sheet and widths of answer and codes
        self._idle_at = 0
        self._anchor = 0
        self._is_settling = False
        make_calm_table(self, _("Answers"))
        make_rows(self, ONE_LINE + LINE)
        pick_rows(self, many=True)
        self.setDragEnabled(False)
        header = GridHeader(model, self)
        header.sectionClicked.connect(self.sorted_by)
        self.setHorizontalHeader(header)
        self.setModel(model)
        self._delegate = RowDelegate(bridge, model, self)
        self.setItemDelegate(self._delegate)
        self._idle = QTimer(self)
        self._idle.setInterval(_IDLE_PAUSE)
        self._idle.timeout.connect(self._measure_idly)
        model.modelAboutToBeReset.connect(self._on_about_to_reset)
        model.modelReset.connect(self._on_reset)
        self.verticalScrollBar().valueChanged.connect(self._settle)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))

    @property
    def delegate(self) -> RowDelegate:
        """What measures and draws rows."""
        return self._delegate

    # Which rows are picked

    def picked_places(self) -> list[int]:
        """The places of the selected rows, from above."""
        ranges = self.selectionModel().selection().toList()
        return sorted({place for each in ranges for place in range(each.top(), each.bottom() + 1)})

    def n_picked(self) -> int:
        """How many rows are selected."""
        return sum(each.bottom() - each.top() + 1 for each in self.selectionModel().selection().toList())

    def pick(self, place: int) -> None:
        """Selects one row and scrolls to it."""
        self.setCurrentIndex(self._answers.index(place, self._answer_column()))
        self.selectRow(place)
        self.scrollTo(self.currentIndex())

    def set_covered(self, height: int) -> None:
        """So much of the lower end is covered by something: the last row can be scrolled above it."""
        if height != self._covered:
            self._covered = height
            self.updateGeometries()
            if height and self.currentIndex().isValid():
                self.scrollTo(self.currentIndex())

    def codes_changed(self, document_ids: Collection[int] | None = None) -> None:
        """The chips of these answers, or of any, may need other lines."""
        sheet = self._answers.sheet
        if sheet is not None:
            self._heights.doubt(sheet.rows_of(document_ids) if document_ids is not None else None)
            self._settle()

    # Widths

    def fitting_closed(self) -> int:
        """How many closed answers have room beside the text."""
        room = self.viewport().width() - sum(self._fixed_widths()[:2])
        room -= fonts.px(_ANSWER_LEAST + 40) + fonts.px(_CODES_LEAST)
        return max(0, min(3, room // fonts.px(150)))

    def _fixed_widths(self) -> list[int]:
        """Widths of all columns but the answer and the codes: as their words need, within bounds."""
        sheet = self._answers.sheet
        metrics = QFontMetricsF(fonts.font(fonts.CONTROL, tabular=True))
        idents = sheet.rows.idents[:_SAMPLE] if sheet is not None else []
        ident = max((metrics.horizontalAdvance(each) for each in idents), default=20.0)
        groups = {group_shown(each) for each in sheet.groups} if sheet is not None else set()
        group = max((metrics.horizontalAdvance(each) for each in groups), default=40.0)
        widths = [LEFT + round(min(ident, 110)) + 14, SIDE + 18 + round(min(group, 160)) + 14]
        header = self.horizontalHeader()
        for number, column in enumerate(self._answers.columns):
            if column.kind is Kind.CLOSED and isinstance(header, GridHeader):
                need = header.needed_width(number)
                widths.append(min(fonts.px(_CLOSED_MOST), max(fonts.px(_CLOSED_LEAST), need)))
        return widths

    def share_width(self) -> None:
        """The answer and the codes share what is left."""
        widths = self._fixed_widths()
        room = self.viewport().width() - sum(widths)
        codes = max(fonts.px(_CODES_LEAST), min(fonts.px(420), round(room * 0.4)))
        answer = max(fonts.px(_ANSWER_LEAST), room - codes)
        header = self.horizontalHeader()
        for number, width in enumerate([*widths, answer, codes]):
            header.resizeSection(number, width)

    def _answer_widths(self) -> tuple[int, int]:
        n = len(self._answers.columns)
        return self.columnWidth(n - 2), self.columnWidth(n - 1)

    def _answer_column(self) -> int:
        return len(self._answers.columns) - 2

    # Heights

    def _give_heights(self) -> None:
        """Every row gets its height if it is known, else an estimate; those in sight are measured."""
        sheet = self._answers.sheet
        if sheet is None:
            return
        needed = (sheet, *self._answer_widths())
        if needed != self._measured_for:
            self._measured_for = needed
            self._heights.estimate(sheet, *self._answer_widths())
        rows = self.verticalHeader()
        blocked = rows.blockSignals(True)
        rows.setUpdatesEnabled(False)  # else each call would find the places of all rows anew
        heights, resize = self._heights.by_row, rows.resizeSection
        for place, row in enumerate(self._answers.order):
            resize(place, heights[row])
        rows.setUpdatesEnabled(True)
        rows.blockSignals(blocked)
        self.updateGeometries()
        self._settle()

    def _settle(self) -> None:
        """Measures the rows in sight; the row that was on top stays where it is."""
        if self._is_settling or self._answers.rowCount() == 0:
            return
        self._is_settling = True
        bar = self.verticalScrollBar()
        for _round in range(3):
            first = max(0, self.rowAt(0))
            anchor = self._anchor if 0 <= self.rowViewportPosition(self._anchor) < self.viewport().height() else first
            before = self.rowViewportPosition(anchor)
            if not self._measure_from(first, self.viewport().height() + 200):
                break
            self.updateGeometries()
            moved = self.rowViewportPosition(anchor) - before
            if moved:
                bar.setValue(bar.value() + moved)
        self._anchor = max(0, self.rowAt(0))
        self._idle_at = 0
        if not self._idle.isActive():
            self._idle.start()
        self._is_settling = False
        self.viewport().update()

    def _measure_from(self, first: int, room: int) -> bool:
        """Measures rows from one on until they fill so many pixels; whether any was not as high as thought."""
        n, y, places = self._answers.rowCount(), self.rowViewportPosition(first), []
        widths = self._answer_widths()
        place = first
        while place < n and y < room:
            places.append(place)
            y += self._measured(place, widths)
            place += 1
        return self._resize(places)

    def _measured(self, place: int, widths: tuple[int, int]) -> int:
        row = self._answers.row_at(place)
        if not self._heights.is_measured(row):
            self._heights.put(row, self._delegate.height(place, *widths))
        return self._heights[row]

    def _resize(self, places: Iterable[int]) -> bool:
        rows = self.verticalHeader()
        changed = False
        rows.setUpdatesEnabled(False)
        blocked = rows.blockSignals(True)
        for place in places:
            height = self._heights[self._answers.row_at(place)]
            if rows.sectionSize(place) != height:
                rows.resizeSection(place, height)
                changed = True
        rows.blockSignals(blocked)
        rows.setUpdatesEnabled(True)
        return changed

    def _measure_idly(self) -> None:
        """Measures some of the rows around those in sight; they keep their place on the screen."""
        if not self.isVisible() or self._idle_at >= _IDLE_SCREENS:
            self._idle.stop()
            return
        n = self._answers.rowCount()
        top = max(0, self.rowAt(0))
        bottom = self.rowAt(self.viewport().height() - 1)
        bottom = n - 1 if bottom < 0 else bottom
        reach = range(self._idle_at, self._idle_at + _IDLE_ROWS // 2)
        around = [place for step in reach for place in (bottom + 1 + step, top - 1 - step) if 0 <= place < n]
        self._idle_at += _IDLE_ROWS // 2
        widths = self._answer_widths()
        for place in around:
            self._measured(place, widths)
        before = self.rowViewportPosition(top)
        if self._resize(around):
            self._is_settling = True
            self.updateGeometries()
            moved = self.rowViewportPosition(top) - before
            if moved:
                self.verticalScrollBar().setValue(self.verticalScrollBar().value() + moved)
            self._is_settling = False
            self.viewport().update()

    def _on_about_to_reset(self) -> None:
        self._idle.stop()

    def _on_reset(self) -> None:
        self._anchor = 0
        self.share_width()
        self._give_heights()
        self.scrollToTop()
        self.picked.emit()

    # Qt's events

    def updateGeometries(self) -> None:
        """Room below the last row for what covers the lower end."""
        super().updateGeometries()
        bar = self.verticalScrollBar()
        room = self.verticalHeader().length() - self.viewport().height()
        bar.setMaximum(max(0, room + self._covered) if room + self._covered > 0 else 0)

    def scrollTo(
        self,
        index: QModelIndex,  # type: ignore[override]
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Not under what covers the lower end."""
        super().scrollTo(index, hint)
        self._settle()
        bottom = self.rowViewportPosition(index.row()) + self.rowHeight(index.row())
        over = bottom - (self.viewport().height() - self._covered)
        if self._covered and over > 0:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + over)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Answers are wrapped anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.share_width()
            if self._measured_for[1:] != self._answer_widths():
                self._give_heights()
        else:
            self._settle()

    def selectionChanged(self, selected: object, deselected: object) -> None:
        """Reports that other rows are selected."""
        super().selectionChanged(selected, deselected)  # type: ignore[arg-type]
        self.viewport().update()
        self.picked.emit()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:  # the columns are one thing: Home and End are for the rows
        """Home and End go to the first and the last row."""
        ends = {QAbstractItemView.CursorAction.MoveHome: 0, QAbstractItemView.CursorAction.MoveEnd: -1}
        n = self._answers.rowCount()
        if action in ends and n:
            return self._answers.index(ends[action] % n, self._answer_column())
        return super().moveCursor(action, modifiers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End move and extend; letters, Enter and Escape are for the screen around."""
        key = event.key()
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier)
        for_screen = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        if key in for_screen or (event.text().strip() and not held):
            event.ignore()
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row and the chip that are pointed at."""
        super().mouseMoveEvent(event)
        self._point_at(event.position().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        super().leaveEvent(event)
        self._point_at(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a chip's cross takes the code off; any other selects."""
        found = self._chip_under(event.position().toPoint())
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            place, chip, inside = found
            if not chip.is_suggestion and chip.cross.contains(inside):
                self.crossed_out.emit(place, chip.code_id)
                return
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws a bar at the left of selected rows, and the ring where the keyboard is."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = self.viewport().width(), self.viewport().height()
        accent = QColor(tokens().accent)
        for each in self.selectionModel().selection().toList():
            top = self.rowViewportPosition(max(each.top(), max(0, self.rowAt(0))))
            bottom = self.rowViewportPosition(each.bottom()) + self.rowHeight(each.bottom())
            if bottom > 0 and top < height:
                painter.fillRect(QRect(0, max(-10, top), 3, min(bottom, height + 10) - max(-10, top) - 1), accent)
        current = self.currentIndex()
        if self.hasFocus() and current.isValid():
            top = self.rowViewportPosition(current.row())
            place = QRectF(0, top, width, self.rowHeight(current.row()) - 1).adjusted(0.75, 0.75, -0.75, -0.75)
            painter.setPen(QPen(accent, 1.5))
            painter.drawRoundedRect(place, 2, 2)
        painter.end()

    def _point_at(self, point: QPoint | None) -> None:
        row = self.rowAt(point.y()) if point is not None else -1
        found = self._chip_under(point) if point is not None else None
        chip = (found[0], found[1].code_id) if found is not None and not found[1].is_suggestion else None
        if (row, chip) != (self._delegate.hovered_row, self._delegate.hovered_chip):
            self._delegate.hovered_row, self._delegate.hovered_chip = row, chip
            self.viewport().update()
        if point is not None:
            self.viewport().setToolTip(self._bridge.names.get(found[1].code_id, "") if found is not None else "")

    def _chip_under(self, point: QPoint) -> tuple[int, Chip, QPointF] | None:
        """The chip at a point of the viewport: the row's place, the chip, and the point as chips count."""
        index = self.indexAt(point)
        if not index.isValid() or self._answers.columns[index.column()].kind is not Kind.CODES:
            return None
        top = self.rowViewportPosition(index.row()) + (fonts.px(ONE_LINE) - fonts.px(22)) / 2
        inside = QPointF(point.x() - self.columnViewportPosition(index.column()) - SIDE, point.y() - top)
        width = text_width(self.columnWidth(index.column()))
        chip = chip_at(self._delegate.chips_of(index.row(), width), inside)
        return (index.row(), chip, inside) if chip is not None else None
