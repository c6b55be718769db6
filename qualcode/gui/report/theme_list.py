"""The codes that can be quoted, with how many passages of each will be in the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qualcode.gui.analysis.painting import LINE_HEIGHT, RIGHT, laid_out, paint_ground
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK, draw_mark
from qualcode.gui.resources.theme import theme, tokens
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.project.report_preview import CodeQuotations

CODE = Qt.ItemDataRole.UserRole + 1
DEPTH = Qt.ItemDataRole.UserRole + 2
_ROW, _INDENT, _MARK = 34, 14, 25
_MOST_LINES = 2
AnyIndex = QModelIndex | QPersistentModelIndex


class ThemeListModel(QAbstractListModel):
    """One row a code, in the order of the template."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._codes: list[CodeQuotations] = []
        self._depths: list[int] = []

    def show_codes(self, codes: Sequence[CodeQuotations], parents: Mapping[str, str]) -> None:
        """Shows others; the same codes only change their numbers.

        Args:
            codes: those that can be quoted. One whose theme cannot stands as far left as a theme, not below another's.
            parents: keys of the codes above, by key.
        """
        shown = {each.key for each in codes}
        self._depths = [sum(above in shown for above in _above(each.key, parents)) for each in codes]
        if [each.key for each in codes] == [each.key for each in self._codes] and codes:
            self._codes = list(codes)
            self.dataChanged.emit(self.index(0), self.index(len(codes) - 1))
            return
        self.beginResetModel()
        self._codes = list(codes)
        self.endResetModel()

    def row_of(self, key: str) -> int | None:
        """Where a code is."""
        return next((row for row, each in enumerate(self._codes) if each.key == key), None)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """One row each."""
        return 0 if parent.isValid() else len(self._codes)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The code itself, or what a screen reader says."""
        if not index.isValid():
            return None
        each = self._codes[index.row()]
        if role == CODE:
            return each
        if role == DEPTH:
            return self._depths[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return f"{each.name}: {sentence_of(each)}"
        return None


def _above(key: str, parents: Mapping[str, str]) -> Iterator[str]:
    while key := parents.get(key, ""):
        yield key


def sentence_of(each: CodeQuotations) -> str:
    """How many are in the report, and who chose them."""
    n, all_of_it = len(each.in_report), len(each.passages)
    text = (
        _("{n} of {all} quoted, chosen by hand") if each.by_hand else _("{n} of {all} quoted, proposed by the program")
    )
    return text.format(n=n, all=all_of_it)


class ThemeListView(QListView):
    """Codes below each other; the current one is looked at."""

    def __init__(self, bridge: ProjectBridge, model: ThemeListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Themes of the report"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setModel(model)
        self.setItemDelegate(_ThemeDelegate(bridge, self))
        theme().changed.connect(self.viewport().update)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names wrap anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


def _numbers(each: CodeQuotations) -> str:
    text = f"{len(each.in_report)}/{len(each.passages)}"
    return f"✓ {text}" if each.by_hand else text


class _ThemeDelegate(QStyledItemDelegate):
    def __init__(self, bridge: ProjectBridge, view: ThemeListView) -> None:
        super().__init__(view)
        self._bridge, self._view = bridge, view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """One line, or two for a long name."""
        each: CodeQuotations = index.data(CODE)
        depth: int = index.data(DEPTH)
        lines = laid_out(each.name, self._font(depth), self._room(each, depth), _MOST_LINES).lineCount()
        spacing = QFontMetricsF(self._font(depth)).lineSpacing()
        return QSize(160, round(fonts.px(_ROW) + (lines - 1) * spacing * LINE_HEIGHT))

    def _font(self, depth: int) -> QFont:
        return fonts.font(fonts.CONTROL, fonts.REGULAR if depth else fonts.MEDIUM)

    def _room(self, each: CodeQuotations, depth: int) -> int:
        """Width of the name."""
        numbers = QFontMetricsF(fonts.font(fonts.SMALL, fonts.MEDIUM, tabular=True)).horizontalAdvance(_numbers(each))
        return max(60, self._view.viewport().width() - 2 * 16 - depth * _INDENT - _MARK - round(numbers) - 10)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Mark, name, how many are quoted of how many."""
        each: CodeQuotations = index.data(CODE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option.rect.adjusted(6, 0, -6, 0), option, self._view)
        place = option.rect.adjusted(16, 0, -16, 0)
        font = fonts.font(fonts.SMALL, fonts.MEDIUM if each.by_hand else fonts.REGULAR, tabular=True)
        painter.setFont(font)
        painter.setPen(QColor(tokens().good if each.by_hand else tokens().ink2))
        painter.drawText(place, RIGHT, _numbers(each))
        depth: int = index.data(DEPTH)
        x = place.left() + depth * _INDENT
        draw_mark(painter, self._bridge.look_of_key(each.key) or NO_LOOK, x, place.center().y() - 8)
        painter.setPen(QColor(tokens().ink))
        name = laid_out(each.name, self._font(depth), self._room(each, depth), _MOST_LINES)
        name.draw(painter, QPointF(x + _MARK, place.center().y() - name.boundingRect().height() / 2))
        painter.restore()
