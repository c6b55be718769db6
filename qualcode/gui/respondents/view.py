"""The table of respondents: drawn in calm rows, sorted by its headers, written in place."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qualcode.gui.actions import command_of
from qualcode.gui.analysis.painting import MIDDLE, RIGHT, paint_rule
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.resources.group_marks import UNKNOWN_GROUP, draw_group, draw_moderator
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import theme, tokens
from qualcode.gui.respondents.model import PERSON, Kind, PeopleModel, Person
from qualcode.gui.widgets.calm_views import make_calm_table, make_rows, pick_rows
from qualcode.gui.widgets.row_tree import NOTED, paint_noted
from qualcode.i18n import _

AnyIndex = QModelIndex | QPersistentModelIndex
_ROW = 36
_HEADER = 38
_LEFT = 24
_SAMPLE = 300
_LEAST, _MOST = 84, 240


class PeopleView(QTableView):
    """Whole rows are picked, cells are written.

    Signals:
        picked: other rows are selected.
        key_pressed: "merge", "move", "memo" or "clear" is wanted by key.
    """

    picked = Signal()
    key_pressed = Signal(str)

    def __init__(self, bridge: ProjectBridge, model: PeopleModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = model
        make_calm_table(self, _("Respondents"))
        make_rows(self, _ROW, least=20)
        pick_rows(self, many=True)
        self._is_read_only = bridge.is_read_only
        if not self._is_read_only:
            triggers = QAbstractItemView.EditTrigger
            self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        header = _PeopleHeader(model, self)
        header.sectionClicked.connect(model.sort_by)
        self.setHorizontalHeader(header)
        self.setModel(model)
        self.setItemDelegate(_PersonDelegate(bridge, self))
        model.modelReset.connect(self.share_width)
        self.selectionModel().selectionChanged.connect(lambda _on, _off: self.picked.emit())

    @property
    def people(self) -> PeopleModel:
        """What is shown."""
        return self._table

    def picked_people(self) -> list[Person]:
        """Who is selected, from above."""
        ranges = self.selectionModel().selection().toList()
        rows = sorted({row for each in ranges for row in range(each.top(), each.bottom() + 1)})
        return [self._table.person(row) for row in rows]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter writes the cell; M, Ctrl+M, G and Escape are commands."""
        wanted = command_of(event, "respondents")
        if wanted:
            self.key_pressed.emit(wanted)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            if self._is_read_only:
                self.key_pressed.emit("write")
            elif self.state() != QAbstractItemView.State.EditingState:
                self.edit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the width."""
        super().resizeEvent(event)
        self.share_width()

    def share_width(self) -> None:
        """Columns are as wide as their words need, within bounds; what is left goes to the source."""
        metrics = QFontMetricsF(fonts.font(fonts.CONTROL, fonts.MEDIUM))
        rows = range(min(_SAMPLE, self._table.rowCount()))
        widths = []
        for column in self._table.columns:
            words = [self._table.text(self._table.person(row), column) for row in rows]
            need = max((metrics.horizontalAdvance(text) for text in words), default=0.0)
            need = max(need, metrics.horizontalAdvance(self._table.heading(column)) + 16) + 28
            need += {Kind.LABEL: _LEFT, Kind.GROUP: 20}.get(column.kind, 0)
            widths.append(min(fonts.px(_MOST), max(fonts.px(_LEAST), round(need))))
        rest = self.viewport().width() - sum(widths)
        if widths and rest > 0:
            widths[-2] += rest
        for number, width in enumerate(widths):
            self.setColumnWidth(number, width)


class _PeopleHeader(QHeaderView):
    def __init__(self, model: PeopleModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._table = model
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setFixedHeight(fonts.px(_HEADER))
        theme().changed.connect(self.viewport().update)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """The heading, and an arrow where rows are sorted by it."""
        column = self._table.columns[logicalIndex]
        painter.save()
        painter.fillRect(rect, QColor(tokens().window))
        painter.setPen(QPen(QColor(tokens().border), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        place = rect.adjusted(_LEFT if column.kind is Kind.LABEL else 8, 0, -8, 0)
        font = fonts.font(fonts.SMALL)
        painter.setFont(font)
        painter.setPen(QColor(tokens().ink2))
        sorted_by, is_descending = self._table.sorting
        is_sorted = sorted_by == column
        room = place.width() - (18 if is_sorted else 0)
        text = QFontMetricsF(font).elidedText(self._table.heading(column), Qt.TextElideMode.ElideRight, room)
        painter.drawText(place, RIGHT if column.kind is Kind.WORDS else MIDDLE, text)
        if is_sorted:
            x = place.left() + QFontMetricsF(font).horizontalAdvance(text) + 4
            if column.kind is Kind.WORDS:
                x = place.right() - QFontMetricsF(font).horizontalAdvance(text) - 18
            arrow = "chevron-down" if is_descending else "chevron-up"
            draw_icon(painter, arrow, QRectF(x, place.center().y() - 6, 14, 14), tokens().ink2)
        painter.restore()


class _PersonDelegate(QStyledItemDelegate):
    """Draws a cell; the editor is a plain field."""

    def __init__(self, bridge: ProjectBridge, view: PeopleView) -> None:
        super().__init__(view)
        self._bridge = bridge
        self._view = view

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        """A field in the cell."""
        made = QLineEdit(parent)
        made.setFont(fonts.font())
        heading = str(index.model().headerData(index.column(), Qt.Orientation.Horizontal))
        made.setAccessibleName(heading)
        return made

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """As high as the row."""
        editor.setGeometry(option.rect.adjusted(2, 2, -2, -3))

    def setModelData(self, editor: QWidget, model: QObject, index: AnyIndex) -> None:
        """Hands over what was written."""
        if isinstance(editor, QLineEdit):
            index.model().setData(index, editor.text())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draws it."""
        person: Person = index.data(PERSON)
        column = self._view.model().columns[index.column()]  # type: ignore[attr-defined]
        place = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected:
            painter.fillRect(place, QColor(tokens().select))
            if index.column() == 0:
                painter.fillRect(QRect(place.left(), place.top(), 3, place.height()), QColor(tokens().accent))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(place, QColor(tokens().hover))
        paint_rule(painter, place, strong=False)
        inside = place.adjusted(_LEFT if column.kind is Kind.LABEL else 8, 0, -8, 0)
        if column.kind is Kind.GROUP:
            y = place.center().y() - 4.5
            if person.is_respondent:
                draw_group(painter, self._bridge.groups.get(person.group, UNKNOWN_GROUP), inside.left(), y)
            else:
                draw_moderator(painter, inside.left(), y)
            inside = inside.adjusted(18, 0, 0, 0)
        is_name = column.kind is Kind.LABEL
        font = fonts.font(fonts.CONTROL, fonts.MEDIUM if is_name else fonts.REGULAR, tabular=not is_name)
        painter.setFont(font)
        rank = tokens().ink if person.is_respondent and column.kind is not Kind.KEY else tokens().ink2
        painter.setPen(QColor(rank))
        if is_name and self._view.people.is_noted(person):
            paint_noted(painter, inside.adjusted(0, 0, 4, 0), inside.height() - 8)
            inside = inside.adjusted(0, 0, -NOTED - 4, 0)
        text = QFontMetricsF(font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, RIGHT if column.kind is Kind.WORDS else MIDDLE, text)
        if self._view.hasFocus() and index == self._view.currentIndex():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens().accent), 1.5))
            painter.drawRoundedRect(QRectF(place).adjusted(1.5, 1.5, -1.5, -2.5), 5, 5)
        painter.restore()
