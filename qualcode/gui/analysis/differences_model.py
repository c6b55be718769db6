"""Two groups side by side as the window shows them: two rows a theme, one for each group."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qualcode.gui.analysis.cell_numbers import number
from qualcode.gui.analysis.theme_cells import whole_per_cent
from qualcode.i18n import _, decimal, ngettext

DIFFERENCE = Qt.ItemDataRole.UserRole + 1
SHARE = Qt.ItemDataRole.UserRole + 2
MINUS = "\N{MINUS SIGN}"
ALPHA = 0.05

AnyIndex = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """What stands in a column."""

    THEME = 0
    SHARE = 1
    DIFFERENCE = 2
    P = 3
    P_CORRECTED = 4


@dataclass(frozen=True, slots=True)
class Share:
    """One group in one theme.

    Attributes:
        n: respondents who speak of it.
        base: respondents who answered.
        per_cent: whole per cents; None where the base is too small.
        low: lower end of the 95 % interval in per cent; None where there is none.
        high: its upper end.
    """

    group: str
    n: int
    base: int
    per_cent: int | None
    low: float | None
    high: float | None

    @property
    def text(self) -> str:
        """n/N and per cent."""
        count = f"{self.n}/{self.base}"
        return f"{self.per_cent} %  {count}" if self.per_cent is not None else count


@dataclass(frozen=True, slots=True)
class Difference:
    """One theme in two groups; differences in percentage points, the first group minus the second; None: no number."""

    key: str
    name: str
    depth: int
    a: Share
    b: Share
    points: float | None
    low: float | None
    high: float | None
    p: float | None
    p_corrected: float | None
    note: str

    @property
    def whole_points(self) -> int | None:
        """Whole points, halves away from zero."""
        if self.points is None:
            return None
        return int(math.copysign(math.floor(abs(self.points) + 0.5), self.points))

    @property
    def text(self) -> str:
        """The difference with its interval: +28 (+4 to +47)."""
        if self.points is None or self.low is None or self.high is None:
            return ""
        low, high = signed(self.low), signed(self.high)
        return _("{points} ({low} to {high})").format(points=signed(self.points), low=low, high=high)

    @property
    def sentence(self) -> str:
        """The difference in words."""
        points = self.whole_points
        if points is None:
            return self.note
        if points == 0:
            return _("equally often in both groups")
        more = self.a.group if points > 0 else self.b.group
        text = ngettext("{n} point more in {group}", "{n} points more in {group}", abs(points))
        return text.format(n=abs(points), group=more)


def signed(points: float) -> str:
    """Whole points with their sign."""
    whole = math.floor(abs(points) + 0.5)
    if not whole:
        return "0"
    return f"+{whole}" if points > 0 else f"{MINUS}{whole}"


def p_text(p: float | None, digits: int) -> str:
    """A p-value as one prints it; "" for none."""
    if p is None:
        return ""
    least = 10.0**-digits
    if p < least:
        return "<" + decimal(least, digits)
    return decimal(p, digits)


def differences(
    compared: Sequence[Mapping[str, Any]],
    counted: Sequence[Mapping[str, Any]],
    a: str,
    b: str,
    *,
    by_size: bool = False,
) -> list[Difference]:
    """The rows of two tables put together, in the order of the codebook.

    Args:
        compared: rows in the columns of `qualcode compare`.
        counted: rows of `theme_table.csv`, for the intervals of the shares and the depths.
        a: the first group.
        b: the second.
        by_size: the largest difference in favour of the first group first, what nobody speaks of last.
    """
    by_place = {(str(row["theme"]), str(row["group"])): row for row in counted}
    found = []
    for row in compared:
        key = str(row["theme"])
        first, second = by_place[key, a], by_place[key, b]
        shares = _share(first, a), _share(second, b)
        points, low, high = (_points(row[name]) for name in ("rd", "rd_low", "rd_high"))
        p, corrected = (number(row[name]) for name in ("p", "p_holm"))
        depth, name, note = int(first["depth"]), str(row["name"]), str(row["note"])
        found.append(Difference(key, name, depth, *shares, points, low, high, p, corrected, note))
    if by_size:
        found.sort(key=lambda row: (not (row.a.n or row.b.n), -(row.points or 0.0)))
    return found


def _share(row: Mapping[str, Any], group: str) -> Share:
    n, base = int(row["respondents"]), int(row["answering"])
    per_cent = whole_per_cent(n, base) if base and number(row["pct_of_answering"]) is not None else None
    return Share(group, n, base, per_cent, number(row["ci_low"]), number(row["ci_high"]))


def _points(value: Any) -> float | None:
    share = number(value)
    return None if share is None else 100 * share


class DifferencesModel(QAbstractTableModel):
    """Two rows a theme: the first group's, the second group's; what is said of both stands in the first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Difference] = []
        self._tested = False

    def show_differences(self, rows: Sequence[Difference], *, tested: bool) -> None:
        """Shows others; with the columns of p-values only where there are some."""
        self.beginResetModel()
        self._rows = list(rows)
        self._tested = tested
        self.endResetModel()

    @property
    def differences(self) -> list[Difference]:
        """A row a theme."""
        return self._rows

    @property
    def is_tested(self) -> bool:
        """Whether there are p-values."""
        return self._tested

    @property
    def n_tests(self) -> int:
        """How many themes were tested."""
        return sum(row.p is not None for row in self._rows)

    @property
    def reach(self) -> int:
        """How far the scale of differences reaches to both sides, in points: 20, 40, 60, 80 or 100, which halve."""
        bounds = [abs(bound) for row in self._rows for bound in (row.low, row.high) if bound is not None]
        return min(100, 20 * max(1, math.ceil(max(bounds, default=0) / 20)))

    def share(self, row: int) -> Share:
        """The group of a row."""
        found = self._rows[row // 2]
        return found.b if row % 2 else found.a

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Two rows a theme."""
        return 0 if parent.isValid() else 2 * len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Theme, share, difference, and two p-values if they were asked for."""
        return 0 if parent.isValid() else len(Column) if self._tested else Column.P

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        if not index.isValid():
            return None
        found = self._rows[index.row() // 2]
        if role == DIFFERENCE:
            return found
        if role == SHARE:
            return self.share(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(found, index)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._sentence(found, index)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands over a column."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            Column.THEME: _("Theme"),
            Column.SHARE: _("Share of those who answered"),
            Column.DIFFERENCE: _("Difference in percentage points, 95 % interval"),
            Column.P: _("p"),
            Column.P_CORRECTED: _("p, Holm of {n}").format(n=self.n_tests),
        }[Column(section)]

    def _text(self, found: Difference, index: AnyIndex) -> str:
        match Column(index.column()):
            case Column.THEME:
                return found.name
            case Column.SHARE:
                return self.share(index.row()).text
            case Column.DIFFERENCE:
                return found.text
            case Column.P:
                return p_text(found.p, 3)
        return p_text(found.p_corrected, 2)

    def _sentence(self, found: Difference, index: AnyIndex) -> str:
        column = Column(index.column())
        if column is Column.SHARE:
            share = self.share(index.row())
            text = _("{n} of {base} who spoke or answered").format(n=share.n, base=share.base)
            if share.per_cent is not None:
                text += f", {share.per_cent} %"
            return f"{found.name}, {share.group}: {text}"
        if column in (Column.P, Column.P_CORRECTED) and found.note:
            return found.note
        return f"{found.name}: {found.sentence} {found.text}".strip()
