"""The framework matrix as Qt reads it: a row a respondent or session, a column a theme, a cell a summary."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from qualcode.i18n import _, ngettext
from qualcode.model.framework import FrameworkRows, Summary

if TYPE_CHECKING:
    from qualcode.project.framework import Framework, FrameworkRow

FRAMEWORK_CELL = Qt.ItemDataRole.UserRole + 1

AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class FrameworkCell:
    """A cell.

    Attributes:
        row: the respondent or session.
        theme: its key.
        name: of the theme.
        summary: what was written, "" for nothing.
        n_quotations: how many quotations there are behind it.
        first: the words of the first of them, shown while there is no summary.
        is_hidden: somebody else wrote it, and one codes blind.
    """

    row: FrameworkRow
    theme: str
    name: str
    summary: str
    n_quotations: int
    first: str = ""
    is_hidden: bool = False

    @property
    def count(self) -> str:
        """How many quotations, in words; "" for none."""
        if not self.n_quotations:
            return ""
        return ngettext("{n} quotation", "{n} quotations", self.n_quotations).format(n=self.n_quotations)


class FrameworkModel(QAbstractTableModel):
    """Shows a matrix; what is written into a cell is reported.

    Signals:
        written: a cell and the text that stands in it now.
    """

    written = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._matrix: Framework | None = None
        self._summaries: dict[tuple[int, str], str] = {}
        self._hidden: frozenset[tuple[int, str]] = frozenset()

    def show_matrix(self, matrix: Framework | None, *, only_by: str = "") -> None:
        """Shows another matrix.

        Args:
            matrix: None for nothing.
            only_by: the coder whose summaries are shown, "" for everybody's.
        """
        self.beginResetModel()
        self._matrix = matrix
        written = matrix.summaries if matrix is not None else {}
        self._summaries = {place: each.content for place, each in written.items()}
        self._hidden = frozenset(place for place, each in written.items() if only_by and each.coder != only_by)
        self.endResetModel()

    @property
    def matrix(self) -> Framework | None:
        """What is shown."""
        return self._matrix

    def keep(self, cell: FrameworkCell, summary: Summary | None) -> None:
        """What was written stands in the project now."""
        if self._matrix is None:
            return
        written = dict(self._matrix.summaries)
        written.pop((cell.row.id, cell.theme), None)
        if summary is not None:
            written[cell.row.id, cell.theme] = summary
        self._matrix = replace(self._matrix, summaries=written)

    @property
    def kind(self) -> FrameworkRows:
        """What the rows are."""
        return self._matrix.kind if self._matrix is not None else FrameworkRows.RESPONDENT

    def row(self, at: int) -> FrameworkRow:
        """A respondent or session."""
        assert self._matrix is not None
        return self._matrix.rows[at]

    def theme(self, at: int) -> str:
        """The key of a column's theme."""
        assert self._matrix is not None
        return self._matrix.themes[at]

    def cell(self, row: int, column: int) -> FrameworkCell:
        """A cell."""
        assert self._matrix is not None
        who, theme = self._matrix.rows[row], self._matrix.themes[column]
        place = (who.id, theme)
        hidden = place in self._hidden
        summary = "" if hidden else self._summaries.get(place, "")
        quotations = self._matrix.quotations.get(place, ())
        first = " ".join(quotations[0].text.split()) if quotations else ""
        return FrameworkCell(who, theme, self._matrix.names[theme], summary, len(quotations), first, hidden)

    def place_of(self, row_id: int, theme: str) -> tuple[int, int] | None:
        """Where a cell stands now."""
        if self._matrix is None or theme not in self._matrix.themes:
            return None
        row = next((at for at, each in enumerate(self._matrix.rows) if each.id == row_id), None)
        return None if row is None else (row, self._matrix.themes.index(theme))

    # Qt's questions

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """A row a respondent or session."""
        return 0 if parent.isValid() or self._matrix is None else len(self._matrix.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """A column a theme."""
        return 0 if parent.isValid() or self._matrix is None else len(self._matrix.themes)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell, or its words."""
        if not index.isValid():
            return None
        cell = self.cell(index.row(), index.column())
        if role == FRAMEWORK_CELL:
            return cell
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return cell.summary
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (f"{cell.row.name}, {cell.name}", cell.summary or _("no summary"), cell.count)
            return ": ".join(part for part in parts if part)
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Shows what was written at once, and reports it."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        cell, text = self.cell(index.row(), index.column()), str(value).strip()
        if cell.is_hidden or text == cell.summary:
            return False
        self._summaries[cell.row.id, cell.theme] = text
        self.dataChanged.emit(index, index)
        self.written.emit(cell, text)
        return True

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """All cells can be written, but those that one must not see."""
        flags = super().flags(index)
        if index.isValid() and not self.cell(index.row(), index.column()).is_hidden:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The theme's name, or the respondent's or session's."""
        if self._matrix is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Horizontal:
            themes = self._matrix.themes
            return self._matrix.names[themes[section]] if section < len(themes) else None
        return self._matrix.rows[section].name if section < len(self._matrix.rows) else None
