"""Quotations for the report as cards: what stands below each there, and whether it will be in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qualcode.analysis.quotation_choice import Detail
from qualcode.gui.analysis.painting import LINE_HEIGHT, MIDDLE, RIGHT, laid_out
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.resources.group_marks import UNKNOWN_GROUP, draw_group
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import theme, tokens
from qualcode.i18n import _, in_quotes

if TYPE_CHECKING:
    from qualcode.project.report_preview import Quotable

QUOTABLE = Qt.ItemDataRole.UserRole + 1
_PAD, _GAP, _SIDE, _LINE = 14, 8, 16, 20
_AT_ONCE = 100
AnyIndex = QModelIndex | QPersistentModelIndex


class CardsModel(QAbstractListModel):
    """What can be quoted of one code."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._passages: list[Quotable] = []

    @property
    def passages(self) -> Sequence[Quotable]:
        """The passages, in order."""
        return self._passages

    def show_passages(self, passages: Sequence[Quotable]) -> None:
        """Shows others; the same ones in the same order only change their state."""
        kept = [each.segment for each in passages] == [each.segment for each in self._passages]
        if kept and self._passages:
            self._passages = list(passages)
            self.dataChanged.emit(self.index(0), self.index(len(passages) - 1))
            return
        self.beginResetModel()
        self._passages = list(passages)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """One row each."""
        return 0 if parent.isValid() else len(self._passages)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The passage itself, or what a screen reader says."""
        if not index.isValid():
            return None
        each = self._passages[index.row()]
        if role == QUOTABLE:
            return each
        if role == Qt.ItemDataRole.DisplayRole:
            return ". ".join(filter(None, (state_of(each), each.attribution, each.text, told_of(each), each.note)))
        return None


def state_of(each: Quotable) -> str:
    """Whether a passage will be in the report."""
    if each.by_hand:
        return _("Chosen")
    return _("Proposed") if each.is_proposed else ""


def told_of(each: Quotable) -> str:
    """What does not stand beside a passage because it could point to a person; "" if nothing is held back."""
    if not each.is_coarser:
        return ""
    return {
        Detail.SESSION: "",
        Detail.SOURCE: _("Few people of the group spoke in this session, so it is not named."),
        Detail.GROUP: _("Few people share group and source, so only the group is named."),
        Detail.SOURCE_ONLY: _("The group is small, so it is not named."),
        Detail.NOTHING: _("Few people share group or source, so neither is named."),
    }[each.detail]


class CardsView(QListView):
    """Cards below each other.

    Signals:
        opened: a passage that is to be shown in its text.
        pressed_key: "choose", "leave_out", "negative" or "note", for what is selected.
    """

    opened = QtSignal(object)
    pressed_key = QtSignal(str)

    def __init__(self, bridge: ProjectBridge, model: CardsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("onWindow")
        self.setAccessibleName(_("Quotations for the report"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setBatchSize(_AT_ONCE)
        self.setModel(model)
        self.setItemDelegate(_CardDelegate(bridge, self))
        model.modelAboutToBeReset.connect(self._expect)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(QUOTABLE)))
        theme().changed.connect(self.viewport().update)

    @property
    def selected(self) -> list[Quotable]:
        """What is selected, from top to bottom."""
        return [index.data(QUOTABLE) for index in sorted(self.selectedIndexes(), key=lambda index: index.row())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Y, N, S and M ask for a change."""
        asked = {
            Qt.Key.Key_Y: "choose",
            Qt.Key.Key_N: "leave_out",
            Qt.Key.Key_Delete: "leave_out",
            Qt.Key.Key_S: "negative",
            Qt.Key.Key_M: "note",
        }
        key = Qt.Key(event.key())
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().data(QUOTABLE))
        elif key in asked and is_plain:
            self.pressed_key.emit(asked[key])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def expect(self, n: int) -> None:
        """Many cards are laid out a few at a time, so that the window stays usable meanwhile."""
        is_long = n > _AT_ONCE
        self.setLayoutMode(QListView.LayoutMode.Batched if is_long else QListView.LayoutMode.SinglePass)

    def _expect(self) -> None:
        self.clearSelection()


class _CardDelegate(QStyledItemDelegate):
    """State and who; the words; what stands below them in the report; warning and note."""

    def __init__(self, bridge: ProjectBridge, view: CardsView) -> None:
        super().__init__(view)
        self._bridge = bridge
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """As high as the words need."""
        each: Quotable = index.data(QUOTABLE)
        width = self._view.viewport().width()
        inner = width - 2 * _SIDE - 2 * _PAD
        height = fonts.px(_LINE) + 4 + _height(_words(each), fonts.CONTROL, inner) + 4 + fonts.px(_LINE)
        for line in _remarks(each):
            height += _height(line, fonts.SMALL, inner - 20) + 2
        return QSize(width, height + 20 + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draws a card."""
        each: Quotable = index.data(QUOTABLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        has_focus = is_selected and self._view.hasFocus()
        card = QRectF(option.rect).adjusted(_SIDE + 0.5, 0.5, -_SIDE - 0.5, -_GAP - 0.5)
        painter.setBrush(QColor(tokens().select if is_selected else tokens().raised))
        edge = tokens().accent if has_focus else tokens().border2 if is_selected else tokens().border
        painter.setPen(QPen(QColor(edge), 1.5 if has_focus else 1))
        painter.drawRoundedRect(card, 8, 8)
        place = card.adjusted(_PAD, 10, -_PAD, -10)
        line = fonts.px(_LINE)
        self._paint_head(painter, QRectF(place.left(), place.top(), place.width(), line), each)
        y = place.top() + line + 4
        y += self._paint_text(painter, place, y, _words(each), fonts.CONTROL, tokens().ink) + 4
        self._paint_attribution(painter, QRectF(place.left(), y, place.width(), line), each)
        y += line
        self._paint_remarks(painter, place, y, each)
        painter.restore()

    def _paint_head(self, painter: QPainter, place: QRectF, each: Quotable) -> None:
        state, x = state_of(each), place.left()
        if state:
            colour = tokens().good if each.by_hand else tokens().ink2
            draw_icon(
                painter, "check" if each.by_hand else "sparkles", QRectF(x, place.center().y() - 7, 14, 14), colour
            )
            painter.setPen(QColor(colour))
        else:
            state = _("Not in the report")
            painter.setPen(QColor(tokens().ink3))
            x -= 20
        font = fonts.font(fonts.SMALL, fonts.MEDIUM)
        painter.setFont(font)
        painter.drawText(place.adjusted(x - place.left() + 20, 0, 0, 0), MIDDLE, state)
        x += 20 + QFontMetricsF(font).horizontalAdvance(state) + 12
        if each.is_negative:
            painter.setPen(QColor(tokens().ink))
            draw_icon(painter, "arrow-left-right", QRectF(x, place.center().y() - 7, 14, 14), tokens().ink2)
            painter.drawText(place.adjusted(x - place.left() + 20, 0, 0, 0), MIDDLE, _("Speaks against the theme"))
        who = each.respondent or _("several or unknown")
        if each.is_new:
            who = _("{respondent}, never quoted").format(respondent=who)
        painter.setFont(fonts.font(fonts.SMALL))
        painter.setPen(QColor(tokens().ink2))
        painter.drawText(place.adjusted(0, 0, -18, 0), RIGHT, who)
        look = self._bridge.groups.get(each.group, UNKNOWN_GROUP)
        draw_group(painter, look, place.right() - 10, place.center().y() - 5)

    def _paint_attribution(self, painter: QPainter, place: QRectF, each: Quotable) -> None:
        font = fonts.font(fonts.SMALL)
        painter.setFont(font)
        painter.setPen(QColor(tokens().ink2))
        shown = QFontMetricsF(font).elidedText(f"– {each.attribution}", Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, MIDDLE, shown)

    def _paint_remarks(self, painter: QPainter, place: QRectF, y: float, each: Quotable) -> None:
        beside = place.adjusted(20, 0, 0, 0)
        told = told_of(each)
        if told:
            is_small = each.detail is not Detail.SOURCE  # the group itself is small, or hardly there
            sign, colour = ("triangle-alert", tokens().warn) if is_small else ("info", tokens().ink2)
            draw_icon(painter, sign, QRectF(place.left(), y + 1, 14, 14), colour)
            y += self._paint_text(painter, beside, y, told, fonts.SMALL, colour) + 2
        if each.note:
            draw_icon(painter, "message-square", QRectF(place.left(), y + 2, 14, 14), tokens().ink2)
            self._paint_text(painter, beside, y, each.note, fonts.SMALL, tokens().ink2)

    def _paint_text(self, painter: QPainter, place: QRectF, y: float, text: str, size: int, colour: str) -> int:
        """Wrapped text; returns its height."""
        painter.setPen(QColor(colour))
        laid_out(text, fonts.font(size), place.width()).draw(painter, QPointF(place.left(), y))
        return _height(text, size, place.width())


def _words(each: Quotable) -> str:
    return in_quotes(each.text)


def _remarks(each: Quotable) -> list[str]:
    return [line for line in (told_of(each), each.note) if line]


def _height(text: str, size: int, width: float) -> int:
    font = fonts.font(size)
    lines = laid_out(text, font, width).lineCount()
    return round(lines * QFontMetricsF(font).lineSpacing() * LINE_HEIGHT) + 2
