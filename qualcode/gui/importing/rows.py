"""Tables of the import pages: plain rows whose cells say themselves what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qualcode.gui.resources import fonts
from qualcode.gui.resources.group_marks import GroupLook, draw_group, draw_moderator
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import theme, tokens

CELL = Qt.ItemDataRole.UserRole + 1
_ROW = 38
_HEADER = 32
_SIDE = 12
_INDENT = 22
_GLYPH = 20
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a table.

    Attributes:
        text: what it says.
        second: said after it in the second rank.
        rank: 1 ink, 2 second, 3 hint.
        is_strong: in a heavier weight.
        is_number: at the right, digits of equal width.
        look: the circle of a group before the text.
        is_moderator: the dash of a moderator before the text.
        icon_name: an icon before the text, in the colour of a token.
        depth: how far it is moved in.
    """

    text: str = ""
    second: str = ""
    rank: int = 1
    is_strong: bool = False
    is_number: bool = False
    look: GroupLook | None = None
    is_moderator: bool = False
    icon_name: str = ""
    icon_token: str = "ink2"
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        title: its heading.
        share: of the width that is left when all have what they need.
        least: what it needs, in pixels of the design.
        is_number: at the right.
        gives_way: left out where there is no room for all, the highest first; 0 for one that always stands there.
    """

    title: str
    share: int
    least: int
    is_number: bool = False
    gives_way: int = 0


class RowsModel(QAbstractTableModel):
    """Rows of cells, replaced as a whole."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self._rows: list[tuple[Cell, ...]] = []

    def show_rows(self, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Shows these rows; where their number stays, what is selected stays too."""
        if len(rows) != len(self._rows):
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
            return
        self._rows = list(rows)
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self.columns) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as Qt has it
        """Rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The cell, and its words for screen readers and tooltips."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        cell = self._rows[index.row()][index.column()]
        if role == CELL:
            return cell
        words = f"{cell.text} {cell.second}".strip()
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.ToolTipRole:
            return words if len(words) > 24 else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None


class RowTable(QTableView):
    """A table of whole rows, of which several can be selected.

    Signals:
        picked: other rows are selected.
        typed: a letter was typed, or Enter pressed (""): what is written goes elsewhere.
        delete_pressed: the key that removes.
    """

    picked = Signal()
    typed = Signal(str)
    delete_pressed = Signal()

    def __init__(self, name: str, model: RowsModel, *, many: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if many else mode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalHeader(_Heads(model, self))
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(20)
        self.verticalHeader().setDefaultSectionSize(fonts.px(_ROW))
        self._rows_model = model
        self._delegate = _CellDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setModel(model)
        self.selectionModel().selectionChanged.connect(lambda _new, _old: self.picked.emit())
        model.modelReset.connect(self._on_reset)
        theme().changed.connect(self.viewport().update)

    @property
    def picked_rows(self) -> list[int]:
        """The rows that are selected, from above."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def pick(self, rows: Sequence[int]) -> None:
        """Selects rows; the keyboard goes to the first."""
        flags = QItemSelectionModel.SelectionFlag
        selection = self.selectionModel()
        selection.clearSelection()
        for row in rows:
            selection.select(self._rows_model.index(row, 0), flags.Select | flags.Rows)
        if rows:
            selection.setCurrentIndex(self._rows_model.index(rows[0], 0), flags.NoUpdate)
            self.scrollTo(self._rows_model.index(rows[0], 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and Enter go to where the choice is made."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.typed.emit("")
            return
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_pressed.emit()
            return
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.text().strip() and event.text().isprintable() and not held:
            self.typed.emit(event.text())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns share the width."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        room, columns = self.viewport().width(), self._rows_model.columns
        shown = list(range(len(columns)))
        for number in sorted(shown, key=lambda each: -columns[each].gives_way):
            if columns[number].gives_way and sum(fonts.px(columns[each].least) for each in shown) > room:
                shown.remove(number)
        least = {number: fonts.px(columns[number].least) for number in shown}
        spare = max(0, room - sum(least.values()))
        shares = sum(columns[number].share for number in shown) or 1
        for number, column in enumerate(columns):
            self.setColumnHidden(number, number not in least)
            if number in least:
                self.setColumnWidth(number, least[number] + spare * column.share // shares)
        rest = room - sum(self.columnWidth(number) for number in shown[:-1])
        self.setColumnWidth(shown[-1], max(least[shown[-1]], rest))

    def _on_reset(self) -> None:
        if self._rows_model.rowCount():
            self.pick([0])
        self.picked.emit()


class _Heads(QHeaderView):
    def __init__(self, model: RowsModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = model.columns
        self.setFixedHeight(fonts.px(_HEADER))
        self.setSectionsClickable(False)
        self.setObjectName("heads")
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(10)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draws a heading and the line below."""
        column = self._columns[logicalIndex]
        painter.fillRect(rect, QColor(tokens().surface))
        painter.setFont(fonts.font(fonts.SMALL, fonts.MEDIUM))
        painter.setPen(QColor(tokens().ink2))
        words = rect.adjusted(_SIDE, 0, -_SIDE, 0)
        shown = QFontMetricsF(painter.font()).elidedText(column.title, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, _RIGHT if column.is_number else _LEFT, shown)
        painter.setPen(QPen(QColor(tokens().border), 1))
        painter.drawLine(QPointF(rect.left(), rect.bottom() + 0.5), QPointF(rect.right() + 1, rect.bottom() + 0.5))


class _CellDelegate(QStyledItemDelegate):
    def __init__(self, view: RowTable) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line."""
        return QSize(40, fonts.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draws the ground of the row and what the cell says."""
        cell = index.data(CELL)
        if not isinstance(cell, Cell):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place: QRect = option.rect
        self._paint_ground(painter, place, option, index)
        words = place.adjusted(_SIDE + cell.depth * _INDENT, 0, -_SIDE // 2, 0)
        middle = words.center().y() + 0.5
        if cell.icon_name:
            box = QRectF(words.left(), middle - 7, 14, 14)
            draw_icon(painter, cell.icon_name, box, getattr(tokens(), cell.icon_token))
        elif cell.look is not None:
            draw_group(painter, cell.look, words.left() + 1, middle - 5)
        elif cell.is_moderator:
            draw_moderator(painter, words.left() + 1, middle - 5)
        if cell.icon_name or cell.look is not None or cell.is_moderator:
            words.setLeft(words.left() + _GLYPH)
        self._paint_words(painter, words, cell)
        painter.restore()

    def _paint_words(self, painter: QPainter, words: QRect, cell: Cell) -> None:
        t = tokens()
        weight = fonts.MEDIUM if cell.is_strong else fonts.REGULAR
        painter.setFont(fonts.font(fonts.CONTROL, weight, tabular=cell.is_number))
        painter.setPen(QColor({1: t.ink, 2: t.ink2, 3: t.ink3}[cell.rank]))
        measure = QFontMetricsF(painter.font())
        shown = measure.elidedText(cell.text, Qt.TextElideMode.ElideRight, words.width())
        if cell.is_number:
            painter.drawText(words.adjusted(0, 0, -_SIDE // 2, 0), _RIGHT, shown)
            return
        painter.drawText(words, _LEFT, shown)
        left = measure.horizontalAdvance(shown) + 8
        if cell.second and left < words.width() - 24:
            small = fonts.font(fonts.SMALL)
            painter.setFont(small)
            painter.setPen(QColor(t.ink3))
            rest = words.adjusted(round(left), 0, 0, 0)
            painter.drawText(
                rest, _LEFT, QFontMetricsF(small).elidedText(cell.second, Qt.TextElideMode.ElideRight, rest.width())
            )

    def _paint_ground(self, painter: QPainter, place: QRect, option: QStyleOptionViewItem, index: Index) -> None:
        state: QStyle.StateFlag = option.state
        t = tokens()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place.adjusted(0, 0, 0, -1), QColor(t.select))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(place.adjusted(0, 0, 0, -1), QColor(t.hover))
        painter.setPen(QPen(QColor(t.line), 1))
        painter.drawLine(QPointF(place.left(), place.bottom() + 0.5), QPointF(place.right() + 1, place.bottom() + 0.5))
        if index.row() == self._view.currentIndex().row() and self._view.hasFocus():
            painter.setPen(QPen(QColor(t.accent), 1.5))
            top, bottom = place.top() + 0.75, place.bottom() - 0.75
            painter.drawLine(QPointF(place.left(), top), QPointF(place.right() + 1, top))
            painter.drawLine(QPointF(place.left(), bottom), QPointF(place.right() + 1, bottom))
            if index.column() == 0:
                painter.drawLine(QPointF(place.left() + 0.75, top), QPointF(place.left() + 0.75, bottom))
            if index.column() == index.model().columnCount() - 1:
                painter.drawLine(QPointF(place.right() + 0.25, top), QPointF(place.right() + 0.25, bottom))
