"""Draws the framework matrix: who at the left, themes above, summaries that are written in place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qualcode.gui.analysis.framework_model import FRAMEWORK_CELL, FrameworkCell, FrameworkModel
from qualcode.gui.analysis.painting import MIDDLE, laid_out, paint_ground, paint_theme
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.resources.group_marks import UNKNOWN_GROUP, draw_group
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.calm_views import make_calm_table
from qualcode.i18n import _, in_quotes
from qualcode.model.framework import FrameworkRows

AnyIndex = QModelIndex | QPersistentModelIndex
_ROW = 98
_COLUMN = 236
_WHO = 200
_HEADER = 44
_LEFT = 24
_PAD = 10
_FOOT = 22
_LINES = 4


class FrameworkView(QTableView):
    """A press opens the quotations of a cell; Enter, F2 or a double click write into it."""

    cell_picked = Signal(object)
    cell_opened = Signal(object)

    def __init__(self, bridge: ProjectBridge, model: FrameworkModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        make_calm_table(self, _("Framework matrix"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.NoEditTriggers if bridge.is_read_only else triggers.DoubleClicked | triggers.EditKeyPressed
        )
        self.setHorizontalHeader(_ThemeHeader(bridge, model, self))
        self.setVerticalHeader(_WhoHeader(bridge, model, self))
        self.setModel(model)
        self.setItemDelegate(_CellDelegate(self))
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press opens the quotations behind a cell."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._open(self.indexAt(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter writes, Space opens the quotations."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            can_write = self.editTriggers() != QAbstractItemView.EditTrigger.NoEditTriggers
            if can_write and self.state() != QAbstractItemView.State.EditingState:
                self.edit(index)
            return
        if event.key() == Qt.Key.Key_Space:
            self._open(index)
            return
        super().keyPressEvent(event)

    def _open(self, index: AnyIndex) -> None:
        cell = index.data(FRAMEWORK_CELL)
        if isinstance(cell, FrameworkCell):
            self.cell_opened.emit(cell)

    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        cell = current.data(FRAMEWORK_CELL)
        if isinstance(cell, FrameworkCell):
            self.cell_picked.emit(cell)


class _ThemeHeader(QHeaderView):
    def __init__(self, bridge: ProjectBridge, model: FrameworkModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._bridge = bridge
        self._table = model
        self.setSectionsClickable(False)
        self.setDefaultSectionSize(fonts.px(_COLUMN))
        self.setMinimumSectionSize(fonts.px(120))
        self.setFixedHeight(fonts.px(_HEADER))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """A theme."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, QColor(tokens().window))
        painter.setPen(QPen(QColor(tokens().border), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        key = self._table.theme(logicalIndex)
        code = self._bridge.code_keyed(key)
        name = str(self._table.headerData(logicalIndex, Qt.Orientation.Horizontal))
        depth = code.depth if code is not None else 0
        paint_theme(painter, rect.adjusted(_PAD, 0, -6, 0), self._bridge, key, name, depth)
        painter.restore()


class _WhoHeader(QHeaderView):
    def __init__(self, bridge: ProjectBridge, model: FrameworkModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._bridge = bridge
        self._table = model
        self.setSectionsClickable(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(fonts.px(60))
        self.setDefaultSectionSize(fonts.px(_ROW))
        self.setFixedWidth(fonts.px(_WHO))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """A respondent with group and session, or a session."""
        row = self._table.row(logicalIndex)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, QColor(tokens().window))
        painter.setPen(QPen(QColor(tokens().border), 1))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setPen(QPen(QColor(tokens().line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inside = rect.adjusted(_LEFT, 12, -8, -8)
        bold = fonts.font(fonts.CONTROL, fonts.MEDIUM)
        line = QRect(inside.left(), inside.top(), inside.width(), fonts.px(20))
        is_person = self._table.kind is FrameworkRows.RESPONDENT
        painter.setFont(bold)
        painter.setPen(QColor(tokens().ink))
        painter.drawText(line, MIDDLE, _cut(row.name, bold, line.width()))
        small = fonts.font(fonts.SMALL)
        painter.setFont(small)
        if is_person:
            line = line.translated(0, fonts.px(20))
            draw_group(painter, self._bridge.groups.get(row.group, UNKNOWN_GROUP), line.left(), line.center().y() - 4.5)
            painter.setPen(QColor(tokens().ink2))
            words = line.adjusted(16, 0, 0, 0)
            painter.drawText(words, MIDDLE, _cut(row.group, small, words.width()))
            line = line.translated(0, fonts.px(20))
            painter.drawText(line, MIDDLE, _cut(row.session, small, line.width()))
        painter.restore()


class _CellDelegate(QStyledItemDelegate):
    """Draws summary and count; the editor is a field over the cell, written when it is left."""

    def __init__(self, view: FrameworkView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draws a cell."""
        cell: FrameworkCell = index.data(FRAMEWORK_CELL)
        place = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().line), 1))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        painter.drawLine(place.topRight(), place.bottomRight())
        paint_ground(painter, place, option, self._view)
        text, rank = cell.summary, tokens().ink
        if cell.is_hidden:
            text, rank = _("hidden while you code blind"), tokens().ink3
        elif not text and cell.first:
            text, rank = in_quotes(cell.first), tokens().ink3
        painter.setPen(QColor(rank))
        font = fonts.font(fonts.SMALL, italic=not cell.summary)
        laid_out(text, font, place.width() - 2 * _PAD, _LINES).draw(
            painter, QPointF(place.left() + _PAD, place.top() + 8)
        )
        foot = QRect(place.left() + _PAD, place.bottom() - _FOOT + 1, place.width() - 2 * _PAD, _FOOT - 4)
        painter.setFont(fonts.font(fonts.HINT, tabular=True))
        painter.setPen(QColor(tokens().ink2 if cell.n_quotations else tokens().ink3))
        painter.drawText(foot, MIDDLE, cell.count or "–")
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        """A field of several lines."""
        cell: FrameworkCell = index.data(FRAMEWORK_CELL)
        made = QPlainTextEdit(parent)
        made.setObjectName("wordEditor")
        made.setFont(fonts.font(fonts.SMALL))
        made.setTabChangesFocus(True)
        made.setFrameShape(QFrame.Shape.NoFrame)
        made.setPlaceholderText(_("Summary"))
        made.setAccessibleName(_("Summary: {row}, {theme}").format(row=cell.row.name, theme=cell.name))
        return made

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Begins with what stands there."""
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.moveCursor(editor.textCursor().MoveOperation.End)

    def setModelData(self, editor: QWidget, model: QObject, index: AnyIndex) -> None:
        """Hands over what was written."""
        if isinstance(editor, QPlainTextEdit):
            self._view.model().setData(self._view.model().index(index.row(), index.column()), editor.toPlainText())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Larger than the cell, inside the table."""
        room = self._view.viewport().rect()
        place = QRect(option.rect.topLeft(), option.rect.size())
        place.setWidth(min(max(place.width(), fonts.px(280)), room.width()))
        place.setHeight(min(max(place.height(), fonts.px(140)), room.height()))
        place.moveRight(min(place.right(), room.right()))
        place.moveBottom(min(place.bottom(), room.bottom()))
        editor.setGeometry(place)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Escape leaves the cell as it was; Ctrl+Enter and leaving the field write it; Enter is a new line."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, QWidget):
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor)
                return True
            if is_enter:
                return False
        return super().eventFilter(editor, event)


def _cut(text: str, font: object, width: int) -> str:
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)  # type: ignore[call-overload, no-any-return]
