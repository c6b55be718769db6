"""The right side of the tables: the quotations behind a cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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

from qualcode.errors import QualcodeError
from qualcode.gui.analysis.page import OpenedCell
from qualcode.gui.analysis.painting import LINE_HEIGHT, laid_out
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.codebook.definition import MarkWidget
from qualcode.gui.coding.blocks import clock
from qualcode.gui.documents.reading import without_ending
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK, draw_mark
from qualcode.gui.resources.group_marks import UNKNOWN_GROUP, draw_group
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import theme, tokens
from qualcode.gui.widgets.controls import icon_button, label
from qualcode.i18n import _, in_quotes, ngettext

if TYPE_CHECKING:
    from qualcode.project.reports import Quotation

QUOTATION = Qt.ItemDataRole.UserRole + 1
CHOSEN = Qt.ItemDataRole.UserRole + 2
OPEN, REPORT = "open", "report"
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
        self._chosen: Mapping[tuple[int, int, int, int], int] = {}

    def show_quotations(self, quotations: Sequence[Quotation]) -> None:
        """Shows others."""
        self.beginResetModel()
        self._quotations = list(quotations)
        self.endResetModel()

    def show_chosen(self, chosen: Mapping[tuple[int, int, int, int], int]) -> None:
        """Tells which segments were chosen for the report, by document, start, end and code."""
        self._chosen = chosen
        if self._quotations:
            self.dataChanged.emit(self.index(0), self.index(len(self._quotations) - 1), [CHOSEN])

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
        if role == CHOSEN:
            return [self._chosen[place] for place in _places(quotation) if place in self._chosen]
        if role == Qt.ItemDataRole.DisplayRole:
            text = f"{quotation.respondent}, {source_of(quotation)}: {quotation.text}"
            return ". ".join([_("For the report"), text]) if self.data(index, CHOSEN) else text
        return None


def _places(quotation: Quotation) -> list[tuple[int, int, int, int]]:
    return [(quotation.document_id, quotation.start, quotation.end, code_id) for code_id in quotation.code_ids]


def source_of(quotation: Quotation) -> str:
    """Where a quotation comes from: its session, else its question, else its document."""
    return quotation.session or quotation.question or without_ending(quotation.document)


class QuotationsPanel(QWidget):
    """Shows the quotations of a cell, and chooses them for the report.

    Signals:
        quotation_opened: one that is to be shown in its text.
        closed: the panel is to be closed.
        chosen: one was chosen or left out, in a sentence.
        failed: an error that the user can act on.
    """

    quotation_opened = Signal(object)
    closed = Signal()
    chosen = Signal(str)
    failed = Signal(Exception)

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
        self._list.chosen.connect(self._on_chosen)
        bridge.changed.connect(self._on_changed)

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
        self._list.can_choose = not opened.suggested and not self._bridge.project.db.read_only
        self._model.show_quotations(quotations)
        self._model.show_chosen({} if opened.suggested else self._bridge.project.quotations.chosen_places())
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

    def _on_chosen(self, index: QModelIndex, wanted: bool) -> None:
        quotation, chosen = index.data(QUOTATION), index.data(CHOSEN)
        if quotation is None or wanted == bool(chosen):
            return
        quotations = self._bridge.project.quotations
        try:
            if wanted:
                quotations.choose([quotation.segment_id])
            else:
                quotations.leave_out(chosen)
        except QualcodeError as error:
            self.failed.emit(error)
            return
        sentence = ngettext("{n} quotation chosen.", "{n} quotations chosen.", 1)
        if not wanted:
            sentence = ngettext("{n} quotation left out.", "{n} quotations left out.", 1)
        self.chosen.emit(sentence.format(n=1))

    def _on_changed(self, tables: frozenset[str]) -> None:
        if "chosen_quotation" in tables and self._list.can_choose:
            self._model.show_chosen(self._bridge.project.quotations.chosen_places())


class _QuotationList(QListView):
    """Cards below each other; Enter and a double click open one, Y and N choose it for the report or leave it out."""

    opened = Signal(QModelIndex)
    chosen = Signal(QModelIndex, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("onWindow")
        self.can_choose = False
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
        right = place.right() - 12 - _PAD
        if pointer.y() <= place.bottom() - _GAP - fonts.px(32):
            return
        for what, _text, left, width in foot_links(right, index.data(CHOSEN), can_choose=self.can_choose):
            if left - 6 <= pointer.x() <= left + width + 6:
                if what == OPEN:
                    self.opened.emit(index)
                else:
                    self.chosen.emit(index, not index.data(CHOSEN))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens on every platform."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
            return
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Y, Qt.Key.Key_N) and is_plain and self.can_choose:
            self.chosen.emit(self.currentIndex(), event.key() == Qt.Key.Key_Y)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


def foot_links(right: int, chosen: object, *, can_choose: bool) -> list[tuple[str, str, int, int]]:
    """What can be clicked at the foot of the selected card, from the right: what it does, words, left edge, width."""
    metrics = QFontMetricsF(fonts.font(fonts.SMALL, fonts.MEDIUM))
    asked = [(OPEN, _("Open in text"))]
    if can_choose:
        asked.append((REPORT, _("Leave out") if chosen else _("For the report")))
    found = []
    for what, text in asked:
        width = round(metrics.horizontalAdvance(text)) + 1
        found.append((what, text, right - width, width))
        right -= width + 14
    return found


class _CardDelegate(QStyledItemDelegate):
    """Who, where, when; the words; the codes on them."""

    def __init__(self, bridge: ProjectBridge, view: _QuotationList) -> None:
        super().__init__(view)
        self._bridge = bridge
        self._view = view

    def _words(self, quotation: Quotation) -> str:
        return in_quotes(quotation.text.strip())

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
        self._paint_foot(painter, foot, quotation, index.data(CHOSEN), is_selected=is_selected)
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

    def _paint_foot(
        self, painter: QPainter, place: QRect, quotation: Quotation, chosen: object, *, is_selected: bool
    ) -> None:
        right = place.right()
        painter.setFont(fonts.font(fonts.SMALL, fonts.MEDIUM))
        if is_selected:
            painter.setPen(QColor(tokens().accent_text))
            for _what, text, left, wide in foot_links(right, chosen, can_choose=self._view.can_choose):
                painter.drawText(QRect(left, place.top(), wide + 2, place.height()), _MIDDLE, text)
                right = left - 12
        if chosen:
            right = self._paint_chosen(painter, place, right, with_words=not is_selected)
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

    def _paint_chosen(self, painter: QPainter, place: QRect, right: int, *, with_words: bool) -> int:
        """The sign of what was chosen for the report; returns how far there is room left of it."""
        text = _("For the report") if with_words else ""
        width = round(QFontMetricsF(painter.font()).horizontalAdvance(text)) + (1 if text else -4)
        painter.setPen(QColor(tokens().good))
        painter.drawText(QRect(right - width, place.top(), width + 2, place.height()), _MIDDLE, text)
        draw_icon(painter, "check", QRectF(right - width - 18, place.center().y() - 7, 14, 14), tokens().good)
        return right - width - 18 - 8
