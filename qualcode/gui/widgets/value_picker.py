"""A list that pops up below a button: one of many to pick, or several to tick, with a field to find them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import CodeLook, draw_mark
from qualcode.gui.resources.group_marks import GroupLook, draw_group
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.controls import Segmented, label
from qualcode.gui.widgets.panes import popover_card
from qualcode.gui.widgets.popover import Popover
from qualcode.gui.widgets.row_tree import paint_row, row_place
from qualcode.gui.widgets.search_field import SearchField
from qualcode.i18n import _, folded

VALUE = Qt.ItemDataRole.UserRole + 1
_OPTION = Qt.ItemDataRole.UserRole + 2
_MOST_ROWS = 9
_MOST_SHOWN = 500  # of very many values, such as ids, the first; the field finds the others
_FIELD_FROM = 8
_ROW = 30
_WIDTH = 300
_ABOVE, _SIDE, _BELOW = 16, 26, 40
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class Option:
    """One row: what it stands for, what it says, and what is drawn before it."""

    value: str
    text: str
    look: CodeLook | GroupLook | None = None
    depth: int = 0


class ValuePicker(Popover):
    """Reports what was picked, or what is ticked now.

    Signals:
        picked: a value, where one is picked.
        ticked: the ticked values and whether they are wanted, where several can be.
    """

    picked = Signal(str)
    ticked = Signal(list, bool)

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._options: Sequence[Option] = ()
        self._chosen: set[str] = set()
        self._is_many = False
        self._is_wanted = True
        self._title = label(weight=fonts.SEMIBOLD)
        self._wanted = Segmented(_("Which"), (("is", _("is")), ("not", _("is not"))), "is")
        self._field = SearchField(_("Find"))
        self._model = QStandardItemModel(self)
        self._list = QListView()
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setModel(self._model)
        self._list.setMouseTracking(True)
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate = _OptionDelegate(self._list)
        self._list.setItemDelegate(self._delegate)
        self._lay_out()
        self._wanted.picked.connect(self._on_wanted)
        self._field.textChanged.connect(lambda _text: self._fill())
        self._field.installEventFilter(self)
        self._list.installEventFilter(self)
        self._list.clicked.connect(lambda _index: self._choose())

    def offer_one(self, title: str, options: Sequence[Option], chosen: str | None = None) -> None:
        """Offers values of which one is picked, and is the choice until then."""
        self._offer(title, options, () if chosen is None else (chosen,), is_many=False, is_wanted=True)

    def offer_many(self, title: str, options: Sequence[Option], chosen: Collection[str], *, is_wanted: bool) -> None:
        """Offers values of which several can be ticked."""
        self._offer(title, options, chosen, is_many=True, is_wanted=is_wanted)

    def open_below(self, anchor: QWidget) -> None:
        """Opens below a widget, or above it when there is no room below."""
        if self.isVisible():  # what was picked opens the next list
            self.adjustSize()
            window = self._owner.window()
        else:
            window = self.lift()
        corner = window.mapFromGlobal(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))
        top = corner.y() - _ABOVE
        if top + self.height() - _BELOW > window.height():
            top = max(-_ABOVE, corner.y() - anchor.height() - 8 - self.height() + _BELOW)
        left = min(corner.x() - _SIDE, window.width() - self.width() + _SIDE - 8)
        self.move(max(-_SIDE + 8, left), top)
        self.show()
        at = self._field if self._field.isVisible() else self._list
        at.setFocus(Qt.FocusReason.PopupFocusReason)

    def _offer(
        self, title: str, options: Sequence[Option], chosen: Collection[str], *, is_many: bool, is_wanted: bool
    ) -> None:
        self._options, self._chosen = options, set(chosen)
        self._is_many, self._is_wanted = is_many, is_wanted
        self._delegate.is_many = is_many
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self.setAccessibleName(title or _("Filter"))
        self._list.setAccessibleName(title or _("Filter"))
        self._wanted.setVisible(is_many)
        self._wanted.choose("is" if is_wanted else "not")
        self._field.setVisible(len(options) > _FIELD_FROM)
        self._field.blockSignals(True)
        self._field.clear()
        self._field.blockSignals(False)
        self._fill()
        rows = max(1, min(_MOST_ROWS, self._model.rowCount()))
        self._list.setFixedHeight(rows * fonts.px(_ROW) + 8)
        if self.isVisible():
            self.adjustSize()

    def _fill(self) -> None:
        needle = folded(self._field.text())
        self._model.clear()
        fitting = [each for each in self._options if needle in folded(each.text)][:_MOST_SHOWN]
        for each in fitting:
            item = QStandardItem(each.text)
            item.setEditable(False)
            item.setData(each.value, VALUE)
            item.setData(each, _OPTION)
            if self._is_many or each.value in self._chosen:
                item.setData(self._state_of(each.value), Qt.ItemDataRole.CheckStateRole)
            self._model.appendRow(item)
        if fitting:
            values = [each.value for each in fitting]
            chosen = next(iter(self._chosen), None) if not self._is_many and not needle else None
            self._list.setCurrentIndex(self._model.index(values.index(chosen) if chosen in values else 0, 0))

    def _state_of(self, value: str) -> Qt.CheckState:
        return Qt.CheckState.Checked if value in self._chosen else Qt.CheckState.Unchecked

    def _choose(self) -> None:
        index = self._list.currentIndex()
        value = index.data(VALUE)
        if not isinstance(value, str):
            return
        if not self._is_many:
            self.picked.emit(value)
            return
        self._chosen ^= {value}
        self._model.setData(index, self._state_of(value), Qt.ItemDataRole.CheckStateRole)
        self._report()

    def _enter(self) -> None:
        """Takes the value under the keyboard; of several, what is ticked already is taken: that was all."""
        if self._is_many and self._list.currentIndex().data(VALUE) in self._chosen:
            self.close_up()
        else:
            self._choose()

    def _on_wanted(self, key: str) -> None:
        self._is_wanted = key == "is"
        self._report()

    def _report(self) -> None:
        in_order = [each.value for each in self._options if each.value in self._chosen]
        self.ticked.emit(in_order, self._is_wanted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter work in the list wherever the keyboard is; Space ticks, and unticks, in the list."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and watched in (self._field, self._list)
        ):
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._enter()
                return True
            if key == Qt.Key.Key_Space and watched is self._list:
                self._choose()
                return True
            if watched is self._field and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                step = 1 if key == Qt.Key.Key_Down else -1
                row = min(max(0, self._list.currentIndex().row() + step), self._model.rowCount() - 1)
                self._list.setCurrentIndex(self._model.index(row, 0))
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        column = popover_card(self, (_SIDE, _ABOVE, _SIDE, _BELOW))
        column.setContentsMargins(4, 10, 4, 6)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 8, 0)
        head.addWidget(self._title, 1)
        head.addWidget(self._wanted)
        column.addLayout(head)
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 8, 0)
        row.addWidget(self._field)
        column.addLayout(row)
        column.addWidget(self._list)
        self.setFixedWidth(fonts.px(_WIDTH) + 2 * _SIDE)


class _OptionDelegate(QStyledItemDelegate):
    """A tick, a mark, the words."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.is_many = False

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are equally high."""
        return QSize(100, fonts.px(_ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws a row."""
        paint_row(painter, option)
        place = row_place(option)
        shown: Option = index.data(_OPTION)
        x = place.left() + 8
        middle = place.center().y() + 0.5
        if self.is_many:
            self._paint_tick(painter, x, middle, bool(Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)).value))
            x += 24
        x += shown.depth * 14
        if isinstance(shown.look, CodeLook):
            draw_mark(painter, shown.look, x, middle - 7, 14)
            x += 20
        elif shown.look is not None:
            draw_group(painter, shown.look, x, middle - 4.5, 9)
            x += 16
        room = place.right() - 8 - x
        if not self.is_many and index.data(Qt.ItemDataRole.CheckStateRole) is not None:
            draw_icon(painter, "check", QRectF(place.right() - 22, middle - 7, 14, 14), tokens().accent)
            room -= 22
        painter.setFont(fonts.font(fonts.CONTROL))
        painter.setPen(QColor(tokens().ink))
        text = QFontMetricsF(painter.font()).elidedText(shown.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(x, place.top(), room + 2, place.height()), _MIDDLE, text)

    def _paint_tick(self, painter: QPainter, x: float, middle: float, is_on: bool) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(x + 0.5, middle - 7.5, 15, 15)
        painter.setPen(QPen(QColor(tokens().accent if is_on else tokens().border2), 1))
        painter.setBrush(QColor(tokens().accent if is_on else tokens().surface))
        painter.drawRoundedRect(box, 4, 4)
        if is_on:
            draw_icon(painter, "check", box.adjusted(2, 2, -2, -2), tokens().on_accent)
        painter.restore()
