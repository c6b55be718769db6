"""The table of an agreement: a row a theme, numbers with their intervals, a dash and a reason where there is none."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from qualcode.gui.analysis.painting import RIGHT, paint_ground, paint_rule, paint_theme
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.calm_views import make_calm_table, make_rows, pick_rows
from qualcode.i18n import _, decimal

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.exporting.one_table import OneTable

_ROW = 44
_HEADER = 36
_NAME_WIDTH = 230
_NUMBER_WIDTH = 92
_WIDEST = 170
_DEPTH = 14
NO_NUMBER = "–"
AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class NumberColumn:
    """One column of numbers.

    Attributes:
        key: of the table; `key_low` and `key_high` hold its interval where it has one.
        heading: what stands over it.
        meaning: what it is, for the tooltip.
        is_count: a whole number; else a proportion or a coefficient.
    """

    key: str
    heading: str
    meaning: str
    is_count: bool = False


class CoefficientsModel(QAbstractTableModel):
    """Holds the rows of a table; those that sum up have no theme of the codebook."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: Sequence[NumberColumn] = ()
        self._rows: list[Mapping[str, Any]] = []

    @property
    def columns(self) -> Sequence[NumberColumn]:
        """The columns of numbers; before them stands the theme."""
        return self._columns

    def show_table(self, table: pd.DataFrame, columns: Sequence[NumberColumn]) -> None:
        """Shows another table; themes that nobody gave are left out."""
        self.show_rows([{str(key): value for key, value in row.items()} for row in table.to_dict("records")], columns)

    def show_rows(self, rows: Sequence[Mapping[str, Any]], columns: Sequence[NumberColumn]) -> None:
        """Likewise, row by row."""
        self.beginResetModel()
        self._columns = columns
        self._rows = [row for row in rows if is_sum(row) or _is_given(row)]
        self.endResetModel()

    def row_of(self, theme: str) -> int | None:
        """Where the theme of a key is."""
        at = (number for number, row in enumerate(self._rows) if not is_sum(row) and str(row["theme"]) == theme)
        return next(at, None)

    def row(self, number: int) -> Mapping[str, Any]:
        """One row as the table has it."""
        return self._rows[number]

    def as_table(self, title: str, notes: Sequence[str]) -> OneTable:
        """For the clipboard and a workbook: each number and the ends of its interval in columns of their own."""
        from qualcode.exporting.one_table import OneTable

        with_interval = {each.key for each in self._columns if any(interval_text(row, each) for row in self._rows)}
        headings = [_("Theme")]
        for each in self._columns:
            headings += [each.heading, *((_("from"), _("to")) if each.key in with_interval else ())]
        rows: list[list[str | int | float | None]] = []
        for row in self._rows:
            values: list[str | int | float | None] = [str(row["name"])]
            for each in self._columns:
                ends = ("", "_low", "_high") if each.key in with_interval else ("",)
                for end in ends:
                    value = row.get(f"{each.key}{end}")
                    values.append(None if _missing(value) else round(float(str(value)), 3))
            rows.append(values)
        depths = [0 if is_sum(row) else int(row["depth"]) for row in self._rows]
        return OneTable(title, headings, rows, [note for note in notes if note], depths)

    def longest_name(self) -> int:
        """How wide the names are with their marks, in pixels."""
        metrics = QFontMetricsF(fonts.font(fonts.CONTROL, fonts.MEDIUM))
        widths = [
            metrics.horizontalAdvance(str(row["name"]))
            + (0 if is_sum(row) else fonts.px(_DEPTH) * int(row["depth"]) + 26)
            for row in self._rows
        ]
        return round(max(widths, default=0.0)) + 40

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """A row a theme."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """The theme and its numbers."""
        return 0 if parent.isValid() else 1 + len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The headings, with what they mean."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section <= len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section - 1].heading if section else _("Theme")
        if role == Qt.ItemDataRole.ToolTipRole and section:
            return self._columns[section - 1].meaning
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A number as it is read, its interval and why there is none as a tooltip."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if index.column() == 0:
            return str(row["name"]) if role == Qt.ItemDataRole.DisplayRole else None
        column = self._columns[index.column() - 1]
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(part for part in (number_text(row, column), interval_text(row, column)) if part)
        if role == Qt.ItemDataRole.ToolTipRole and number_text(row, column) == NO_NUMBER:
            return str(row.get("note") or "") or None
        return None


def is_sum(row: Mapping[str, Any]) -> bool:
    """Whether a row sums up over themes."""
    return _missing(row["depth"])


def number_text(row: Mapping[str, Any], column: NumberColumn) -> str:
    """A number as it is read; a dash where it does not exist."""
    value = row[column.key]
    if _missing(value):
        return NO_NUMBER
    return str(int(value)) if column.is_count else _two(value)


def interval_text(row: Mapping[str, Any], column: NumberColumn) -> str:
    """The 95 % interval of a number, "" where there is none."""
    low, high = row.get(f"{column.key}_low"), row.get(f"{column.key}_high")
    if column.is_count or low is None or high is None or _missing(low) or _missing(high):
        return ""
    return f"{_two(low)} – {_two(high)}"


def _two(value: Any) -> str:
    return decimal(round(float(value), 2) + 0.0, 2)  # + 0.0: no -0.00


def _missing(value: Any) -> bool:
    """None, NaN, or pandas's NA."""
    return value is None or str(value) == "<NA>" or (isinstance(value, float) and math.isnan(value))


def _is_given(row: Mapping[str, Any]) -> bool:
    counted = ("all_give", "some_give", "both", "only_rules", "only_file")
    return any(not _missing(row.get(key)) and int(row[key]) > 0 for key in counted if key in row)


class CoefficientsView(QTableView):
    """Reports which theme's disagreements are wanted; "" for all."""

    theme_picked = Signal(str)

    def __init__(self, bridge: ProjectBridge, model: CoefficientsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = model
        make_calm_table(self, _("Agreement by theme"))
        make_rows(self, _ROW)
        pick_rows(self, many=False)
        heads = _Heads(self)
        self.setHorizontalHeader(heads)
        self.setModel(model)
        self.setItemDelegate(_NumberDelegate(bridge, model, self))
        model.modelReset.connect(self._on_reset)
        self.selectionModel().currentRowChanged.connect(self._on_row)

    def pick_theme(self, theme: str) -> bool:
        """Picks a theme again; whether it still is there."""
        row = self._table.row_of(theme) if theme else None
        if row is not None:
            self.setCurrentIndex(self._table.index(row, 0))
        return row is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape shows the disagreements of all themes again."""
        if event.key() == Qt.Key.Key_Escape and self.currentIndex().isValid():
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The names take what the numbers leave."""
        super().resizeEvent(event)
        self._on_reset()

    def _on_reset(self) -> None:
        metrics = QFontMetricsF(fonts.font(fonts.SMALL, fonts.MEDIUM))
        for at, column in enumerate(self._table.columns, start=1):
            needed = min(metrics.horizontalAdvance(column.heading) + 24, fonts.px(_WIDEST))
            self.setColumnWidth(at, max(fonts.px(_NUMBER_WIDTH), round(needed)))
        numbers = sum(self.columnWidth(at) for at in range(1, self._table.columnCount()))
        longest = self._table.longest_name()
        room = max(fonts.px(_NAME_WIDTH), self.viewport().width() - numbers)
        self.setColumnWidth(0, max(fonts.px(_NAME_WIDTH), min(room, longest)))

    def _on_row(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not current.isValid():
            self.theme_picked.emit("")
            return
        row = self._table.row(current.row())
        self.theme_picked.emit("" if is_sum(row) else str(row["theme"]))


class _Heads(QHeaderView):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(40)
        self.setObjectName("heads")

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(super().sizeHint().width(), fonts.px(_HEADER))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """The heading in the second ink."""
        painter.save()
        painter.fillRect(rect, QColor(tokens().surface))
        painter.setFont(fonts.font(fonts.SMALL, fonts.MEDIUM))
        painter.setPen(QColor(tokens().ink2))
        text = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        side = rect.adjusted(24, 0, -14, 0) if logicalIndex == 0 else rect.adjusted(2, 0, -14, 0)
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, side.width())
        painter.drawText(side, left if logicalIndex == 0 else RIGHT, shown)
        paint_rule(painter, rect, strong=True)
        painter.restore()


class _NumberDelegate(QStyledItemDelegate):
    def __init__(self, bridge: ProjectBridge, model: CoefficientsModel, view: CoefficientsView) -> None:
        super().__init__(view)
        self._bridge, self._model, self._view = bridge, model, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """The theme with its mark, or a number with its interval below."""
        place, row = option.rect, self._model.row(index.row())
        painter.save()
        paint_ground(painter, place, option, self._view)
        if index.column() == 0:
            self._paint_name(painter, place, row)
        else:
            self._paint_number(painter, place, row, self._model.columns[index.column() - 1])
        paint_rule(painter, place, strong=False)
        painter.restore()

    def _paint_name(self, painter: QPainter, place: QRect, row: Mapping[str, Any]) -> None:
        if is_sum(row):
            painter.setFont(fonts.font(fonts.CONTROL, fonts.SEMIBOLD))
            painter.setPen(QColor(tokens().ink))
            left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(place.adjusted(24, 0, -6, 0), left, str(row["name"]))
            return
        depth = int(row["depth"])
        inner = place.adjusted(24 + fonts.px(_DEPTH) * depth, 0, -8, 0)
        paint_theme(painter, inner, self._bridge, str(row["theme"]), str(row["name"]), depth)

    def _paint_number(self, painter: QPainter, place: QRect, row: Mapping[str, Any], column: NumberColumn) -> None:
        text, interval = number_text(row, column), interval_text(row, column)
        weight = fonts.SEMIBOLD if is_sum(row) else fonts.REGULAR
        painter.setFont(fonts.font(fonts.CONTROL, weight, tabular=True))
        painter.setPen(QColor(tokens().ink3 if text == NO_NUMBER else tokens().ink))
        side = place.adjusted(2, 0, -14, 0)
        if not interval:
            painter.drawText(side, RIGHT, text)
            return
        half = place.height() // 2
        painter.drawText(side.adjusted(0, 5, 0, -half + 3), RIGHT, text)
        painter.setFont(fonts.font(fonts.HINT, tabular=True))
        painter.setPen(QColor(tokens().ink2))
        painter.drawText(side.adjusted(-4, half - 1, 0, -5), RIGHT, interval)
