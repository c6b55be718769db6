"""The sentences that rules find, those that come in and go told apart by a sign and a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qualcode.gui.find.snippet import draw_excerpt, excerpt
from qualcode.gui.resources import fonts
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.calm_views import make_calm_list
from qualcode.gui.widgets.row_tree import paint_arrow
from qualcode.i18n import _, decimal, grouped, ngettext

if TYPE_CHECKING:
    from qualcode.project.rule_trial import Standing, TrialHit

HIT = Qt.ItemDataRole.UserRole + 1
IS_OPEN = Qt.ItemDataRole.UserRole + 2
"""Whether the places of equal sentences are shown below the row; None where there is one place."""
_HEIGHT = 74
_LINE = 20
_LEFT = 84
_PLACES = 3  # that are named of equal sentences
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
AnyIndex = QModelIndex | QPersistentModelIndex


def standing_word(standing: Standing) -> str:
    """How a sentence stands to the rules in use, in a word with a sign."""
    return {"new": _("+ new"), "gone": _("− gone"), "kept": _("stays")}[standing.value]


class _Row(NamedTuple):
    """Equal sentences by their number, or one of them."""

    number: int
    member: int | None = None


class HitsModel(QAbstractListModel):
    """What a trial found; equal sentences that stand alike are one row, which says how many they are and unfolds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[tuple[TrialHit, ...], ...] = ()
        self._rows: list[_Row] = []
        self._names: Mapping[int, str] = {}
        self._codes: Mapping[str, str] = {}

    def show_hits(self, hits: Sequence[TrialHit], names: Mapping[int, str], codes: Mapping[str, str]) -> None:
        """Shows others.

        Args:
            names: what documents are called, by id.
            codes: what codes are called, by key.
        """
        self.beginResetModel()
        self._hits, self._names, self._codes = _equal_ones(hits), names, codes
        self._rows = [_Row(number) for number in range(len(self._hits))]
        self.endResetModel()

    def unfold(self, index: AnyIndex, *, is_open: bool) -> bool:
        """Shows the places of equal sentences below their row, or hides them; whether anything changed."""
        if not index.isValid() or index.data(IS_OPEN) in (None, is_open):
            return False
        first, number = index.row() + 1, self._rows[index.row()].number
        n = len(self._hits[number])
        if is_open:
            self.beginInsertRows(QModelIndex(), first, first + n - 1)
            self._rows[first:first] = [_Row(number, member) for member in range(n)]
            self.endInsertRows()
        else:
            self.beginRemoveRows(QModelIndex(), first, first + n - 1)
            del self._rows[first : first + n]
            self.endRemoveRows()
        self.dataChanged.emit(index, index, [IS_OPEN])
        return True

    def row_above(self, index: AnyIndex) -> QModelIndex:
        """The row of equal sentences to which one of them belongs; itself, if it belongs to none."""
        row = self._rows[index.row()]
        return self.index(self._rows.index(_Row(row.number)), 0)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """One row for each sentence that is unlike the others, and for those that were unfolded."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The first of its hits, how many they are, or what a screen reader says."""
        if not index.isValid():
            return None
        number, member = self._rows[index.row()]
        equal = self._hits[number]
        if role == HIT:
            return equal[member or 0]
        if role == IS_OPEN:
            below = index.row() + 1
            return self._rows[below : below + 1] == [_Row(number, 0)] if member is None and len(equal) > 1 else None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{standing_word(equal[0].standing)}: {equal[member or 0].text} ({self.place_of(index)})"
        return None

    def place_of(self, index: AnyIndex) -> str:
        """Where a sentence stands; before it whose rules found it, where those of several codes were tried.

        Behind it stands how often the same is said, or which of them it is.
        """
        number, member = self._rows[index.row()]
        equal = self._hits[number]
        n = len(equal)
        if member is not None:
            place = _("{n} of {total}").format(n=member + 1, total=n)
            return f"{place}  ·  {self._names.get(equal[member].document_id, '')}"
        often = ngettext("the same {n} time", "the same {n} times", n).format(n=grouped(n)) if n > 1 else ""
        places = list(dict.fromkeys(self._names.get(hit.document_id, "") for hit in equal))
        where = ", ".join(places[:_PLACES]) + (" …" if len(places) > _PLACES else "")
        parts = (self._codes.get(equal[0].code_key, ""), often, where)
        return "  ·  ".join(part for part in parts if part)


def _equal_ones(hits: Sequence[TrialHit]) -> tuple[tuple[TrialHit, ...], ...]:
    """Hits whose sentence, standing and code are the same, in the order of the first of them."""
    found: dict[tuple[Standing, str, str], list[TrialHit]] = {}
    for hit in hits:
        found.setdefault((hit.standing, hit.code_key, hit.text.strip().casefold()), []).append(hit)
    return tuple(tuple(equal) for equal in found.values())


class HitsView(QListView):
    """Reports which sentence is to be opened in its text; arrows and a click at the left unfold equal ones."""

    opened = Signal(object)

    def __init__(self, model: HitsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hits = model
        self.setObjectName("onSurface")
        make_calm_list(self, _("Sentences that the rules find"))
        self.setModel(model)
        self.setItemDelegate(_HitDelegate(model, self))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(HIT)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the arrow of equal sentences unfolds or folds them."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        is_open = index.data(IS_OPEN)
        if is_open is None or place.x() >= fonts.px(_LEFT):
            super().mousePressEvent(event)
            return
        self.setCurrentIndex(index)
        self._hits.unfold(index, is_open=not is_open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; the arrows sideways unfold and fold equal sentences."""
        current = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current.isValid():
            self.opened.emit(current.data(HIT))
        elif event.key() == Qt.Key.Key_Right and current.isValid():
            self._hits.unfold(current, is_open=True)
        elif event.key() == Qt.Key.Key_Left and current.isValid():
            above = self._hits.row_above(current)
            self.setCurrentIndex(above)
            self._hits.unfold(above, is_open=False)
        else:
            super().keyPressEvent(event)


class _HitDelegate(QStyledItemDelegate):
    def __init__(self, model: HitsModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Two lines of words and one that says where."""
        return QSize(200, fonts.px(_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draws the standing, the sentence with what matched, and where it stands."""
        hit: TrialHit = index.data(HIT)
        rect = QRectF(option.rect)
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens().select))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(tokens().hover))
        line, left = fonts.px(_LINE), fonts.px(_LEFT)
        top = rect.top() + 8
        painter.setFont(fonts.font(fonts.SMALL, fonts.MEDIUM))
        painter.setPen(QColor(getattr(tokens(), {"new": "good", "gone": "bad", "kept": "ink2"}[hit.standing.value])))
        painter.drawText(QRectF(rect.left() + 16, top, left - 22, line), _MIDDLE, standing_word(hit.standing))
        if index.data(IS_OPEN) is not None:
            below_word = QRect(round(rect.left()) + 16, round(top) + 2 * line, left - 22, line)
            paint_arrow(painter, below_word, is_open=bool(index.data(IS_OPEN)))
        text, found = excerpt(hit.text, hit.words, hit.span.start)
        place = QRectF(rect.left() + left, top, rect.width() - left - 16, 2 * line)
        draw_excerpt(painter, place, text, found, line)
        painter.setFont(fonts.font(fonts.SMALL))
        painter.setPen(QColor(tokens().ink2))
        below = QRectF(place.left(), place.bottom(), place.width(), line)
        metrics = QFontMetricsF(painter.font())
        score = decimal(hit.score, 2, short=True)
        painter.drawText(below, _RIGHT, score)
        where = metrics.elidedText(self._model.place_of(index), Qt.TextElideMode.ElideRight, below.width() - 60)
        painter.drawText(below, _MIDDLE, where)
        painter.setPen(QPen(QColor(tokens().line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()
