"""The right side of the tables: the quotations behind a cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
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
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qualcode.gui.analysis.page import OpenedCell
from qualcode.gui.analysis.painting import LINE_HEIGHT, laid_out
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.codebook.panel import MarkWidget
from qualcode.gui.coding.blocks import clock
from qualcode.gui.documents.reading import without_ending
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK, draw_mark
from qualcode.gui.resources.group_marks import UNKNOWN_GROUP, draw_group
from qualcode.gui.resources.theme import theme, tokens
from qualcode.gui.widgets.controls import icon_button, label
from qualcode.i18n import _, ngettext

if TYPE_CHECKING:
    from qualcode.project.reports import Quotation

QUOTATION = Qt.ItemDataRole.UserRole + 1
_PAD = 12
_GAP = 8
_AT_ONCE = 100
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
AnyIndex = QModelIndex | QPersistentModelIndex


class QuotationsModel(QAbstractListModel):
    """The quotations of one cell."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._quotations: list[Quotation] = []

    def show_quotations(self, quotations: Sequence[Quotation]) -> None:
        """Shows others."""
        self.beginResetModel()
        self._quotations = list(quotations)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """One row each."""
        return 0 if parent.isValid() else len(self._quotations)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The quotation itself, or its words for a screen reader."""
        if not index.isValid():
            return None
        quotation = self._quotations[index.row()]
        if role == QUOTATION:
            return quotation
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{quotation.respondent}, {source_of(quotation)}: {quotation.text}"
        return None


def source_of(quotation: Quotation) -> str:
    """Where a quotation comes from: its session, else its question, else its document."""
    return quotation.session or quotation.question or without_ending(quotation.document)


class QuotationsPanel(QWidget):
    """Shows the quotations of a cell; reports which one is to be opened in its text, and that it is to be closed."""

    quotation_opened = Signal(object)
    closed = Signal()

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(280)
        self._bridge = bridge
        self._model = QuotationsModel(self)
        self._list = _QuotationList(self)
        self._list.setAccessibleName(_("Quotations"))
        self._list.setModel(self._model)
        self._list.setItemDelegate(_CardDelegate(bridge, self._list))
        self._mark = MarkWidget(self)
        self._theme = label(size=fonts.TITLE, weight=fonts.SEMIBOLD, wrap=True)
        self._group = label(size=fonts.SMALL, rank=2)
        self._numbers = label(size=fonts.SMALL, rank=2, wrap=True)
        self._how_many = label(size=fonts.SMALL, rank=2, wrap=True)
        self._lay_out()
        self._list.opened.connect(self._on_opened)

    @property
    def list_view(self) -> QListView:
        """The cards, for the keyboard's sake."""
        return self._list

    def show_cell(self, opened: OpenedCell, quotations: Sequence[Quotation]) -> None:
        """Shows another cell."""
        self._mark.show_look(self._bridge.look_of_key(opened.code_key))
        self._theme.setText(opened.title)
        self._group.setText(opened.beside)
        self._numbers.setText(opened.numbers)
        n = len(quotations)
        text = ngettext("{n} quotation", "{n} quotations", n)
        if opened.suggested:
            text = ngettext("{n} suggestion, not reviewed", "{n} suggestions, not reviewed", n)
        sessions = len({each.session for each in quotations if each.session})
        text = text.format(n=n)
        if sessions:
            text += " " + ngettext("in {n} session", "in {n} sessions", sessions).format(n=sessions)
        self._how_many.setText(text)
        self._list.expect(n)
        self._model.show_quotations(quotations)
        self._list.scrollToTop()
        if quotations:
            self._list.setCurrentIndex(self._model.index(0, 0))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 10, 10)
        head.setSpacing(3)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self._theme, 1)
        close = icon_button("x", _("Close the quotations"))
        close.clicked.connect(self.closed)
        first.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(first)
        head.addWidget(self._group)
        head.addSpacing(4)
        head.addWidget(self._numbers)
        head.addWidget(self._how_many)
        column.addLayout(head)
        column.addWidget(self._list, 1)

    def _on_opened(self, index: QModelIndex) -> None:
        quotation = index.data(QUOTATION)
        if quotation is not None:
            self.quotation_opened.emit(quotation)


class _QuotationList(QListView):
    """Cards below each other; Enter and a double click open one."""

    opened = Signal(QModelIndex)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("onWindow")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.doubleClicked.connect(self.opened)
        self.clicked.connect(self._on_clicked)
        theme().changed.connect(self.viewport().update)

    def expect(self, n: int) -> None:
        """Many cards are laid out a few at a time, so that the window stays usable meanwhile."""
        is_long = n > _AT_ONCE
        self.setLayoutMode(QListView.LayoutMode.Batched if is_long else QListView.LayoutMode.SinglePass)
        self.setBatchSize(_AT_ONCE)

    def _on_clicked(self, index: QModelIndex) -> None:
        place = self.visualRect(index)
        pointer = self.viewport().mapFromGlobal(self.cursor().pos())
        if pointer.y() > place.bottom() - _GAP - fonts.px(32) and pointer.x() > place.center().x():
            self.opened.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens on every platform."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _CardDelegate(QStyledItemDelegate):
    """Who, where, when; the words; the codes on them."""

    def __init__(self, bridge: ProjectBridge, view: QListView) -> None:
        super().__init__(view)
        self._bridge = bridge
        self._view = view

    def _words(self, quotation: Quotation) -> str:
        return _("“{text}”").format(text=quotation.text.strip())

    def _text_height(self, quotation: Quotation, width: int) -> int:
        font = fonts.font(fonts.CONTROL)
        layout = laid_out(self._words(quotation), font, width)
        return round(layout.lineCount() * QFontMetricsF(font).lineSpacing() * LINE_HEIGHT) + 2

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """As high as the words need."""
        width = self._view.viewport().width()
        quotation = index.data(QUOTATION)
        inner = width - 24 - 2 * _PAD
        height = self._text_height(quotation, inner) + fonts.px(20) + fonts.px(24) + 2 * 10 + 6 + _GAP
        return QSize(width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draws a card."""
        quotation: Quotation = index.data(QUOTATION)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        card = QRectF(option.rect).adjusted(12.5, 0.5, -12.5, -_GAP - 0.5)
        painter.setBrush(QColor(tokens().raised))
        has_focus = is_selected and self._view.hasFocus()
        edge = tokens().accent if has_focus else tokens().border2 if is_selected else tokens().border
        painter.setPen(QPen(QColor(edge), 1.5 if has_focus else 1))
        painter.drawRoundedRect(card, 8, 8)
        place = card.toRect().adjusted(_PAD, 10, -_PAD, -10)
        self._paint_head(painter, QRect(place.left(), place.top(), place.width(), fonts.px(20)), quotation)
        painter.setFont(fonts.font(fonts.CONTROL))
        painter.setPen(QColor(tokens().ink))
        words = place.adjusted(0, fonts.px(20) + 3, 0, -fonts.px(24))
        laid_out(self._words(quotation), fonts.font(fonts.CONTROL), words.width()).draw(
            painter, QPointF(words.topLeft())
        )
        foot = QRect(place.left(), place.bottom() - fonts.px(20) + 1, place.width(), fonts.px(20))
        self._paint_foot(painter, foot, quotation, is_selected=is_selected)
        painter.restore()

    def _paint_head(self, painter: QPainter, place: QRect, quotation: Quotation) -> None:
        draw_group(
            painter, self._bridge.groups.get(quotation.group, UNKNOWN_GROUP), place.left(), place.center().y() - 4.5
        )
        time = clock(quotation.begins)
        small = fonts.font(fonts.HINT, tabular=True)
        painter.setFont(small)
        painter.setPen(QColor(tokens().ink3))
        painter.drawText(place, _RIGHT, time)
        right = place.right() - (QFontMetricsF(small).horizontalAdvance(time) + 10 if time else 0)
        name = quotation.respondent or _("several or unknown")
        font = fonts.font(fonts.SMALL, fonts.MEDIUM)
        painter.setFont(font)
        painter.setPen(QColor(tokens().ink))
        x = place.left() + 16
        width = min(QFontMetricsF(font).horizontalAdvance(name), right - x)
        painter.drawText(QRectF(x, place.top(), width + 2, place.height()), _MIDDLE, name)
        x += round(width) + 8
        beside = fonts.font(fonts.SMALL)
        painter.setFont(beside)
        painter.setPen(QColor(tokens().ink2))
        source = QFontMetricsF(beside).elidedText(source_of(quotation), Qt.TextElideMode.ElideRight, right - x)
        painter.drawText(QRectF(x, place.top(), right - x, place.height()), _MIDDLE, source)

    def _paint_foot(self, painter: QPainter, place: QRect, quotation: Quotation, *, is_selected: bool) -> None:
        right = place.right()
        if is_selected:
            link = fonts.font(fonts.SMALL, fonts.MEDIUM)
            painter.setFont(link)
            painter.setPen(QColor(tokens().accent_text))
            text = _("Open in text")
            painter.drawText(place, _RIGHT, text)
            right -= round(QFontMetricsF(link).horizontalAdvance(text)) + 12
        font = fonts.font(fonts.SMALL)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        x = float(place.left())
        for code_id in quotation.code_ids:
            name = self._bridge.names.get(code_id, "")
            width = metrics.horizontalAdvance(name)
            if x + 22 > right:
                break
            draw_mark(painter, self._bridge.looks.get(code_id, NO_LOOK), x, place.center().y() - 6.5, 14)
            painter.setPen(QColor(tokens().ink2))
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, max(0.0, right - x - 20))
            painter.drawText(QRectF(x + 20, place.top(), right - x - 18, place.height()), _MIDDLE, shown)
            x += 20 + width + 14
