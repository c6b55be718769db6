"""The list of memos, drawn."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.memos.model import ENTRY, MemosModel
from qualcode.gui.memos.wording import when
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK, draw_mark
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.calm_views import make_calm_list
from qualcode.gui.widgets.row_tree import paint_row, row_place
from qualcode.i18n import _, in_quotes
from qualcode.model.memo import SubjectKind
from qualcode.project.memos import MemoEntry

_ROW_HEIGHT = 76
_LINE = 19
_LEFT = 34
_ICONS = {
    SubjectKind.PROJECT: "notebook-text",
    SubjectKind.DOCUMENT: "file-text",
    SubjectKind.RESPONDENT: "users",
    SubjectKind.SEGMENT: "message-square",
}
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_FIRST_LINE = 300  # letters of a memo from which its line in the list is made


class MemosView(QListView):
    """Reports which memo is picked, and which one's subject is to be opened.

    Signals:
        picked: a `MemoEntry`, or None.
        opened: a `MemoEntry`, by a double click.
        write_wanted: Enter was pressed on the picked memo.
    """

    picked = Signal(object)
    opened = Signal(object)
    write_wanted = Signal()

    def __init__(self, model: MemosModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("onWindow")
        make_calm_list(self, _("Memos"))
        self.setModel(model)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(ENTRY)))

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Reports the memo."""
        super().currentChanged(current, previous)
        self.picked.emit(current.data(ENTRY) if current.isValid() else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes into the memo; letters are for the screen around."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.write_wanted.emit()
        elif event.text().strip() or event.key() == Qt.Key.Key_Delete:
            event.ignore()
        else:
            super().keyPressEvent(event)


class MemoDelegate(QStyledItemDelegate):
    """What it is on and when, its title or first words."""

    def __init__(self, bridge: ProjectBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are equally high."""
        return QSize(200, fonts.px(_ROW_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws a row."""
        paint_row(painter, option)
        entry: MemoEntry = index.data(ENTRY)
        place = row_place(option)
        line = fonts.px(_LINE)
        left, right = place.left() + _LEFT, place.right() - 10
        top = place.top() + (place.height() - 3 * line) // 2
        self._paint_sign(painter, place.left() + 10, top + line / 2, entry)
        painter.setFont(fonts.font(fonts.HINT, tabular=True))
        painter.setPen(QColor(tokens().ink3))
        date = when(entry.memo.changed_at)
        painter.drawText(QRect(left, top, right - left, line), _RIGHT, date)
        room = right - left - QFontMetricsF(painter.font()).horizontalAdvance(date) - 10
        painter.setFont(fonts.font(fonts.SMALL))
        painter.setPen(QColor(tokens().ink2))
        _draw(painter, QRectF(left, top, room, line), subject_in_words(entry))
        first, *rest = [each for each in (entry.memo.title, _first_words(entry.memo.content)) if each] or [""]
        painter.setFont(fonts.font(fonts.CONTROL, fonts.MEDIUM if entry.memo.title else fonts.REGULAR))
        painter.setPen(QColor(tokens().ink))
        _draw(painter, QRectF(left, top + line, right - left, line), first)
        painter.setFont(fonts.font(fonts.SMALL))
        painter.setPen(QColor(tokens().ink2))
        below = QRectF(left, top + 2 * line, right - left, line)
        coder = entry.memo.coder
        _draw(painter, below, f"{rest[0]}  ·  {coder}" if rest else coder)

    def _paint_sign(self, painter: QPainter, x: float, middle: float, entry: MemoEntry) -> None:
        code = self._bridge.code_keyed(entry.code_key) if entry.code_key else None
        if code is not None:
            draw_mark(painter, self._bridge.looks.get(code.id, NO_LOOK), round(x), round(middle - 7), 14)
        else:
            name = _ICONS.get(entry.memo.subject.kind, "notebook-text")
            draw_icon(painter, name, QRectF(x, middle - 7, 14, 14), tokens().ink2)


def subject_in_words(entry: MemoEntry) -> str:
    """What a memo is on, as a reader knows it."""
    kinds = SubjectKind
    match entry.memo.subject.kind:
        case kinds.PROJECT:
            return _("Journal")
        case kinds.SEGMENT:
            return in_quotes(entry.subject)
        case _:
            return entry.subject


def _first_words(content: str) -> str:
    return " ".join(content[:_FIRST_LINE].split())


def _draw(painter: QPainter, place: QRectF, text: str) -> None:
    shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place.adjusted(0, 0, 2, 0), _MIDDLE, shown)
