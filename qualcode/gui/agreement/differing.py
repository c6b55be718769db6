"""Where two sides differ: the words, who gives the code and who does not, and what was settled about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qualcode.gui.analysis.painting import MIDDLE, RIGHT, paint_ground, paint_rule, paint_theme
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.documents.reading import without_ending
from qualcode.gui.resources import fonts
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.calm_views import make_calm_list, pick_rows
from qualcode.i18n import _
from qualcode.model.segment import Span

if TYPE_CHECKING:
    from qualcode.project.coder_comparison import Disagreement
    from qualcode.project.evaluation import Evaluation

DIFFERING = Qt.ItemDataRole.UserRole + 1
_LINE = 20
_PAD = 12
_MOST_LINES = 4
_WRAPPED = int(Qt.TextFlag.TextWordWrap)
AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Differing:
    """A unit and a code that one side gives and another does not.

    Attributes:
        for_it: who or what gives the code; `against_it` who or what does not.
        source: where it stands, for people.
        settled: what was settled, "" for nothing.
        behind: the disagreement of coders that it shows, None for one with a file.
        file_codes: keys of what a file gives the unit; of coders nothing.
        rules_codes: likewise, of what the rules give it.
    """

    document_id: int
    span: Span
    text: str
    code_key: str
    code_name: str
    for_it: str
    against_it: str
    source: str
    settled: str = ""
    behind: Disagreement | None = None
    file_codes: frozenset[str] = frozenset()
    rules_codes: frozenset[str] = frozenset()

    def is_between(self, file_code: str, rules_code: str) -> bool:
        """Whether the file gives the unit the one code and the rules the other; "(none)" for no code at all."""
        given = ((file_code, self.file_codes), (rules_code, self.rules_codes))
        return self.code_key in (file_code, rules_code) and all(
            code in codes if code != "(none)" else not codes for code, codes in given
        )


def of_coders(found: Sequence[Disagreement]) -> list[Differing]:
    """The disagreements of coders."""
    shown = []
    for each in found:
        settled = ""
        if each.settlement is not None:
            settled = _("settled: has the code") if each.settlement.applies else _("settled: has it not")
            settled += f" ({each.settlement.note})" if each.settlement.note else ""
        shown.append(
            Differing(
                each.document_id,
                Span(each.start, each.end),
                each.text,
                each.code,
                each.name,
                ", ".join(each.given_by),
                ", ".join(each.not_given_by),
                each.session or each.question or without_ending(each.document),
                settled,
                each,
            )
        )
    return shown


def of_evaluation(evaluation: Evaluation, documents: dict[str, int], names: dict[str, str]) -> list[Differing]:
    """The disagreements of suggestions and a file.

    Args:
        documents: ids by name.
        names: what codes are called, by key.
    """
    if evaluation.disagreements is None:
        return []
    shown = []
    for row in evaluation.disagreements.to_dict("records"):
        by_rules = row["side"] == "only_rules"
        evidence = str(row["evidence"] or "") if by_rules else ""
        rules = _("rules ({words})").format(words=evidence) if evidence else _("rules")
        file = _("people")
        source = str(row["session"] or row["question"] or without_ending(str(row["document"])))
        code = str(row["code"])
        shown.append(
            Differing(
                documents[str(row["document"])],
                Span(int(row["start"]), int(row["end"])),
                str(row["text"]),
                code,
                names.get(code, code),
                rules if by_rules else file,
                file if by_rules else rules,
                source,
                file_codes=_keys(row["file_codes"]),
                rules_codes=_keys(row["rules_codes"]),
            )
        )
    return shown


def _keys(codes: object) -> frozenset[str]:
    return frozenset(key for key in str(codes or "").split("; ") if key)


class DifferingModel(QAbstractListModel):
    """The disagreements of one theme, or all."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Differing] = []

    def show_rows(self, rows: Sequence[Differing]) -> None:
        """Shows others."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """One row each."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The disagreement itself, or what a screen reader says."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == DIFFERING:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return ". ".join(part for part in (row.code_name, row.text, sides(row), row.settled) if part)
        return None


def sides(row: Differing) -> str:
    """Who gives the code and who does not."""
    return _("given by {some}, not by {others}").format(some=row.for_it, others=row.against_it)


class DifferingView(QListView):
    """Reports what is opened in its text, and what is settled.

    Signals:
        opened: a `Differing`, by Enter or a double click.
        settled: the selected ones, and whether the code applies.
        reopened: the selected ones are open again.
    """

    opened = Signal(object)
    settled = Signal(list, bool)
    reopened = Signal(list)

    def __init__(self, bridge: ProjectBridge, model: DifferingModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        make_calm_list(self, _("Disagreements"), wraps=True)
        pick_rows(self, many=True)
        self.setModel(model)
        self.setItemDelegate(_DifferingDelegate(bridge, self))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(DIFFERING)))

    @property
    def selected(self) -> list[Differing]:
        """What is selected, from top to bottom."""
        return [index.data(DIFFERING) for index in sorted(self.selectedIndexes(), key=lambda index: index.row())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Y and N settle, R opens the disagreement again."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().data(DIFFERING))
        elif key in (Qt.Key.Key_Y, Qt.Key.Key_N) and self.selected:
            self.settled.emit(self.selected, key == Qt.Key.Key_Y)
        elif key == Qt.Key.Key_R and self.selected:
            self.reopened.emit(self.selected)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _DifferingDelegate(QStyledItemDelegate):
    def __init__(self, bridge: ProjectBridge, view: DifferingView) -> None:
        super().__init__(view)
        self._bridge, self._view = bridge, view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """The theme, the words, who differs."""
        row: Differing = index.data(DIFFERING)
        width = self._view.viewport().width() - 2 * _PAD - 8
        height = fonts.px(_LINE) + self._height(row.text, fonts.CONTROL, width) + self._sides_height(row, width)
        return QSize(width, height + fonts.px(_LINE) + 2 * _PAD)

    def _height(self, text: str, size: int, width: int) -> int:
        metrics = QFontMetrics(fonts.font(size))
        bounds = metrics.boundingRect(QRect(0, 0, width, 10_000), _WRAPPED, text)
        return min(bounds.height(), _MOST_LINES * metrics.lineSpacing())

    def _sides_height(self, row: Differing, width: int) -> int:
        return self._height(sides(row), fonts.SMALL, width)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draws them below each other."""
        row: Differing = index.data(DIFFERING)
        place = option.rect
        painter.save()
        paint_ground(painter, place, option, self._view)
        inner = place.adjusted(_PAD, _PAD - 2, -_PAD, -_PAD)
        line = fonts.px(_LINE)
        paint_theme(
            painter, QRect(inner.left(), inner.top(), inner.width(), line), self._bridge, row.code_key, row.code_name, 0
        )
        painter.setFont(fonts.font(fonts.CONTROL))
        painter.setPen(QColor(tokens().ink))
        height = self._height(row.text, fonts.CONTROL, inner.width())
        words = QRect(inner.left(), inner.top() + line + 2, inner.width(), height)
        painter.drawText(words, _WRAPPED, row.text)
        painter.setFont(fonts.font(fonts.SMALL))
        painter.setPen(QColor(tokens().ink2))
        who = QRect(inner.left(), words.bottom() + 4, inner.width(), self._sides_height(row, inner.width()))
        painter.drawText(who, _WRAPPED, sides(row))
        last = QRect(inner.left(), who.bottom() + 1, inner.width(), line)
        metrics = QFontMetrics(painter.font())
        part = inner.width() * 2 // 5 if row.settled else inner.width()
        source = metrics.elidedText(row.source, Qt.TextElideMode.ElideRight, part)
        painter.drawText(last, RIGHT if row.settled else MIDDLE, source)
        if row.settled:
            painter.setPen(QColor(tokens().good))
            rest = inner.width() - metrics.horizontalAdvance(source) - 12
            painter.drawText(last, MIDDLE, metrics.elidedText(row.settled, Qt.TextElideMode.ElideRight, rest))
        paint_rule(painter, place, strong=False)
        painter.restore()
