"""The rows of the grid as Qt reads them; a row's identity is its place among all who were asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.survey.answer_sheet import AnswerSheet, Closed, Sorting, Wanted
from qualcode.i18n import _
from qualcode.model.case import NO_GROUP
from qualcode.model.memo import Subject, SubjectKind

ROW = Qt.ItemDataRole.UserRole + 1

AnyIndex = QModelIndex | QPersistentModelIndex
_NEAR = 60  # rows before and after a row whose words are read with it


class Kind(Enum):
    """What a column shows."""

    IDENT = "ident"
    GROUP = "group"
    CLOSED = "closed"
    ANSWER = "answer"
    CODES = "codes"


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column; `closed` is the closed question it shows, "" for any other column."""

    kind: Kind
    closed: str = ""


class AnswersModel(QAbstractTableModel):
    """Shows one question; filtered, sorted, with some of the closed answers."""

    def __init__(self, bridge: ProjectBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._sheet: AnswerSheet | None = None
        self._wanted, self._sorting = Wanted(), Sorting()
        self._order: list[int] = []
        self._noted: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())  # answers, respondents
        self._columns = _columns(())

    @property
    def sheet(self) -> AnswerSheet | None:
        """The question that is shown."""
        return self._sheet

    @property
    def wanted(self) -> Wanted:
        """The filter."""
        return self._wanted

    @property
    def sorting(self) -> Sorting:
        """How it is sorted."""
        return self._sorting

    @property
    def order(self) -> Sequence[int]:
        """The rows of the sheet that are shown."""
        return self._order

    @property
    def columns(self) -> Sequence[GridColumn]:
        """What the columns are."""
        return self._columns

    def show(self, sheet: AnswerSheet | None, closed: Sequence[str], wanted: Wanted, sorting: Sorting) -> None:
        """Shows a question with some closed answers, filtered and sorted."""
        order = sheet.order(wanted, sorting) if sheet is not None else []
        self._noted = self._read_noted()
        self.beginResetModel()
        self._sheet, self._columns, self._order = sheet, _columns(closed), order
        self._wanted, self._sorting = wanted, sorting
        self.endResetModel()

    def read_codes(self, document_ids: Collection[int] | None = None) -> None:
        """Answers are coded otherwise: these, or any. Rows stay where they are until they are filtered again."""
        if self._sheet is None:
            return
        self._sheet.read_codes(document_ids, self._bridge.hidden_coders)
        if self._order:
            last = len(self._columns) - 1
            self.dataChanged.emit(self.index(0, last), self.index(len(self._order) - 1, last))

    def read_memos(self) -> None:
        """Other answers or respondents have memos."""
        self._noted = self._read_noted()
        if self._order:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._order) - 1, 0))

    def is_noted(self, row: int) -> bool:
        """Whether a memo is on the answer or on who gave it."""
        if self._sheet is None:
            return False
        rows, (answers, people) = self._sheet.rows, self._noted
        return rows.document_ids[row] in answers or rows.case_ids[row] in people

    def subject_at(self, place: int) -> Subject | None:
        """What a memo on a row is on: the answer; who was asked, where there is none."""
        if self._sheet is None or not 0 <= place < len(self._order):
            return None
        rows, row = self._sheet.rows, self._order[place]
        if rows.document_ids[row]:
            return Subject(SubjectKind.DOCUMENT, rows.document_ids[row])
        return Subject(SubjectKind.RESPONDENT, rows.case_ids[row])

    def _read_noted(self) -> tuple[frozenset[int], frozenset[int]]:
        memos = self._bridge.project.memos
        return memos.subjects(SubjectKind.DOCUMENT), memos.subjects(SubjectKind.RESPONDENT)

    # Finding one's way

    def row_at(self, place: int) -> int:
        """The row of the sheet that stands at a place of the grid."""
        return self._order[place]

    def text_at(self, place: int) -> str:
        """The words of an answer."""
        if self._sheet is None:
            return ""
        return self._sheet.text(self._order[place], self._order[max(0, place - _NEAR) : place + _NEAR])

    def closed_at(self, column: int) -> Closed | None:
        """The closed question of a column."""
        name = self._columns[column].closed
        return self._sheet.closed(name) if name and self._sheet is not None else None

    def documents_at(self, places: Collection[int]) -> list[int]:
        """The answers at some places; blank ones have none."""
        if self._sheet is None:
            return []
        ids = self._sheet.rows.document_ids
        return [ids[self._order[place]] for place in places if ids[self._order[place]]]

    def next_uncoded(self, place: int) -> int | None:
        """The place of the next answer without a code, from the top again after the last; None if all are coded."""
        if self._sheet is None:
            return None
        for span in (range(place + 1, len(self._order)), range(min(place + 1, len(self._order)))):
            for each in span:
                if self._sheet.is_uncoded(self._order[each]):
                    return each
        return None

    # What Qt asks

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """All that the filter keeps."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Respondent, group, closed answers, answer, codes."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands over a column."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        if not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        titles = {Kind.IDENT: _("ID"), Kind.GROUP: _("Group"), Kind.ANSWER: _("Answer"), Kind.CODES: _("Codes")}
        return titles.get(column.kind, column.closed)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row of the sheet, or what a screen reader says of a cell."""
        if not index.isValid() or self._sheet is None:
            return None
        row = self._order[index.row()]
        if role == ROW:
            return row
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        column = self._columns[index.column()]
        if column.kind is Kind.IDENT:
            ident = self._sheet.rows.idents[row]
            return ", ".join([ident, _("with a memo")]) if self.is_noted(row) else ident
        if column.kind is Kind.GROUP:
            return group_shown(self._sheet.rows.groups[row])
        if column.kind is Kind.CLOSED:
            return self._sheet.closed(column.closed).values.get(self._sheet.rows.case_ids[row], _("no answer"))
        if column.kind is Kind.ANSWER:
            return self._spoken_answer(index.row(), row)
        return self._spoken_codes(row)

    def _spoken_answer(self, place: int, row: int) -> str:
        assert self._sheet is not None
        text = self.text_at(place)
        if not text:
            return _("No answer")
        return text if self._sheet.rows.counts[row] else ", ".join([text, _("not counted as an answer")])

    def _spoken_codes(self, row: int) -> str:
        assert self._sheet is not None
        names = self._bridge.names
        spoken = [names.get(each, "") for each in self._sheet.coded(row)]
        spoken += [_("{code}, suggested").format(code=names.get(each, "")) for each in self._sheet.waiting(row)]
        return "; ".join(spoken)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Rows can be picked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


def _columns(closed: Sequence[str]) -> tuple[GridColumn, ...]:
    return (
        GridColumn(Kind.IDENT),
        GridColumn(Kind.GROUP),
        *(GridColumn(Kind.CLOSED, name) for name in closed),
        GridColumn(Kind.ANSWER),
        GridColumn(Kind.CODES),
    )


def group_shown(group: str) -> str:
    """A group's name as the grid shows it."""
    return _("no group") if group == NO_GROUP else group
