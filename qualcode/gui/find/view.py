"""The list of what was found: headings that fold, turns and answers with the words found set off."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QKeySequence, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.documents.reading import without_ending
from qualcode.gui.find.model import CODES, ENTRY, FoundModel, Head
from qualcode.gui.find.snippet import draw_excerpt, excerpt
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK, draw_mark
from qualcode.gui.resources.group_marks import UNKNOWN_GROUP, draw_group, draw_moderator
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.calm_views import pick_rows
from qualcode.gui.widgets.folding import FoldingView
from qualcode.gui.widgets.row_tree import paint_arrow, paint_row
from qualcode.i18n import _
from qualcode.project.search import Hit, Note

_HEAD_HEIGHT = 38
_ROW_HEIGHT = 78
_SHORT_HEIGHT = 58
_SHORT = 125  # letters that have room on one line
_LINE = 20
_LEFT = 26
_WIDEST = 980
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class FoundView(FoldingView):
    """Reports what is opened.

    Signals:
        opened: a `Hit` or a `Note`, by Enter or a click.
        code_wanted: the selected turns are to be coded.
    """

    opened = Signal(object)
    code_wanted = Signal()

    def __init__(self, model: FoundModel, parent: QWidget | None = None) -> None:
        super().__init__(model, _("What was found"), _ROW_HEIGHT, parent)
        self._found = model
        self._pressed = QModelIndex()
        self.setObjectName("onSurface")
        pick_rows(self, many=True)
        self.doubleClicked.connect(self._open)

    def heights(self) -> Iterator[tuple[int, int]]:
        """As high as what stands in them."""
        heights = Heights()
        return ((row, heights.of(entry)) for row, entry in enumerate(self._found.entries()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click picks; one on a heading folds it."""
        before = self.currentIndex()
        at = self.indexAt(event.position().toPoint())
        self._pressed = at if at == before else QModelIndex()  # the first click picks, what it says comes up then
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the words that say so opens the place in the text."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        link = open_place(row_place_of(self.visualRect(index)))
        is_there = index.isValid() and index == self._pressed
        if is_there and link.contains(event.position()) and not event.modifiers():
            self._open(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, C codes, arrows sideways fold a heading."""
        key = Qt.Key(event.key())
        if self.folds(event):
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        if key == Qt.Key.Key_C and not event.modifiers():
            self.code_wanted.emit()
            return
        if event.matches(QKeySequence.StandardKey.Copy) or (event.text().strip() and not event.modifiers()):
            event.ignore()
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY) if index.isValid() else None
        if entry is not None and not isinstance(entry, Head):
            self.opened.emit(entry)


class Heights:
    """How high rows are: a heading, or a line or two of words below who said them."""

    def __init__(self) -> None:
        self._head, self._short, self._row = map(fonts.px, (_HEAD_HEIGHT, _SHORT_HEIGHT, _ROW_HEIGHT))

    def of(self, entry: Head | Hit | Note) -> int:
        """In pixels of the screen."""
        if isinstance(entry, Head):
            return self._head
        return self._short if len(entry.text) <= _SHORT else self._row


def row_place_of(place: QRect) -> QRect:
    """Where the content of a row stands: as wide as is pleasant to read."""
    inner = place.adjusted(16, 1, -16, -1)
    inner.setWidth(min(inner.width(), fonts.px(_WIDEST)))
    return inner


def open_place(place: QRect) -> QRectF:
    """Where a selected row says that it can be opened."""
    width = QFontMetricsF(fonts.font(fonts.SMALL, fonts.MEDIUM)).horizontalAdvance(_("Open in text"))
    return QRectF(place.right() - width - 12, place.top() + 6, width + 8, fonts.px(_LINE))


class FoundDelegate(QStyledItemDelegate):
    """Draws headings, turns and answers, memos and codes."""

    def __init__(self, bridge: ProjectBridge, view: FoundView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The heights that the view has set."""
        return QSize(200, Heights().of(index.data(ENTRY)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws a row."""
        entry = index.data(ENTRY)
        place = row_place_of(option.rect)
        if isinstance(entry, Head):
            if option.state & QStyle.StateFlag.State_HasFocus:
                paint_row(painter, option)
            self._paint_head(painter, place, entry)
            return
        option.rect = QRect(
            option.rect.left(), option.rect.top(), place.right() - option.rect.left() + 8, option.rect.height()
        )
        paint_row(painter, option)
        is_picked = bool(option.state & QStyle.StateFlag.State_Selected) and index == self._view.currentIndex()

        right = place.right() - 8
        if is_picked:
            painter.setFont(fonts.font(fonts.SMALL, fonts.MEDIUM))
            painter.setPen(QColor(tokens().accent_text))
            link = open_place(place)
            text = _("Open in text") if isinstance(entry, Hit) else _("Open")
            painter.drawText(link.adjusted(0, 0, -4, 0), _RIGHT, text)
            right = int(link.left()) - 8
        top = QRect(place.left() + _LEFT, place.top() + 6, right - place.left() - _LEFT, fonts.px(_LINE))
        n_lines = 1 if len(entry.text) <= _SHORT else 2
        below = QRectF(place.left() + _LEFT, top.bottom() + 3, place.width() - _LEFT - 10, n_lines * fonts.px(_LINE))
        if isinstance(entry, Hit):
            self._paint_speaker(painter, top, entry, index.data(CODES) or ())
            text, found = excerpt(entry.text, entry.words, entry.start)
        else:
            self._paint_note(painter, top, entry)
            text, found = excerpt(entry.text, entry.words)
        draw_excerpt(painter, below, text, found, fonts.px(_LINE))

    def _paint_head(self, painter: QPainter, place: QRect, head: Head) -> None:
        inner = place.adjusted(2, 6, -8, 0)
        paint_arrow(painter, inner, is_open=not head.is_folded)
        painter.setFont(fonts.font(fonts.CONTROL, fonts.SEMIBOLD))
        painter.setPen(QColor(tokens().ink))
        count = str(len(head.entries))
        room = inner.width() - 24 - 60
        title = QFontMetricsF(painter.font()).elidedText(head.title, Qt.TextElideMode.ElideRight, room)
        width = QFontMetricsF(painter.font()).horizontalAdvance(title)
        painter.drawText(inner.adjusted(24, 0, 0, 0), _MIDDLE, title)
        painter.setFont(fonts.font(fonts.SMALL, tabular=True))
        painter.setPen(QColor(tokens().ink3))
        painter.drawText(inner.adjusted(24 + round(width) + 10, 0, 0, 0), _MIDDLE, count)

    def _paint_speaker(self, painter: QPainter, place: QRect, hit: Hit, codes: tuple[int, ...]) -> None:
        middle = place.center().y() + 0.5
        if hit.is_moderator:
            draw_moderator(painter, place.left() - 17, middle - 5)
        else:
            draw_group(painter, self._bridge.groups.get(hit.group, UNKNOWN_GROUP), place.left() - 17, middle - 4.5, 9)
        font = fonts.font(fonts.SMALL, fonts.MEDIUM)
        painter.setFont(font)
        painter.setPen(QColor(tokens().ink2 if hit.is_moderator else tokens().ink))
        name = hit.speaker or _("several or unknown")
        x = place.left() + QFontMetricsF(font).horizontalAdvance(name) + 10
        painter.drawText(place, _MIDDLE, name)
        painter.setFont(fonts.font(fonts.SMALL))
        painter.setPen(QColor(tokens().ink3))
        beside = hit.source.session if not hit.source.is_survey else without_ending(hit.source.name.split("#", 1)[0])
        width = QFontMetricsF(painter.font()).horizontalAdvance(beside)
        if beside and x + width < place.right() - 40:
            painter.drawText(QRectF(x, place.top(), width + 4, place.height()), _MIDDLE, beside)
            x += width + 14
        for code_id in codes:
            if x + 18 > place.right():
                break
            draw_mark(painter, self._bridge.looks.get(code_id, NO_LOOK), round(x), round(middle - 7), 14)
            x += 18

    def _paint_note(self, painter: QPainter, place: QRect, note: Note) -> None:
        middle = place.center().y() + 0.5
        left = place.left() - 20
        if note.kind == "code":
            draw_mark(painter, self._bridge.looks.get(note.id, NO_LOOK), left, round(middle - 7), 14)
        else:
            draw_icon(painter, "notebook-text", QRectF(left, middle - 7, 14, 14), tokens().ink2)
        painter.setFont(fonts.font(fonts.SMALL, fonts.MEDIUM))
        painter.setPen(QColor(tokens().ink))
        title = note.title or _("Journal")
        painter.drawText(
            place, _MIDDLE, QFontMetricsF(painter.font()).elidedText(title, Qt.TextElideMode.ElideRight, place.width())
        )
