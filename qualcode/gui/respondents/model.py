"""Everybody in the project as Qt reads it: a row a respondent, then the labels that count as nobody's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from qualcode.gui.resources.group_marks import group_title
from qualcode.i18n import _, folded
from qualcode.model.case import NO_GROUP
from qualcode.model.document import SpeakerRole

if TYPE_CHECKING:
    from qualcode.project.respondents import People, Respondent
    from qualcode.store.respondents import Spoken

PERSON = Qt.ItemDataRole.UserRole + 1

AnyIndex = QModelIndex | QPersistentModelIndex


class Kind(Enum):
    """What a column shows."""

    LABEL = "label"
    GROUP = "group"
    SESSION = "session"
    WORDS = "words"
    ANSWERS = "answers"
    ATTRIBUTE = "attribute"
    SOURCE = "source"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class PersonColumn:
    """A column; `attribute` names the attribute that it shows."""

    kind: Kind
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A row.

    Attributes:
        case_id: 0 for a label that counts as nobody's.
        speaker_id: of such a label; 0 for a respondent.
        group: NO_GROUP for none.
        answers: whether they are in the N of the tables.
    """

    case_id: int
    speaker_id: int
    role: SpeakerRole
    label: str
    group: str
    session: str
    source: str
    words: int
    answered: bool
    spoke: bool
    key: str
    attributes: dict[str, str]

    @property
    def is_respondent(self) -> bool:
        """Whether it is somebody who can be counted."""
        return self.role is SpeakerRole.RESPONDENT


@dataclass(frozen=True, slots=True)
class PeopleRows:
    """Everybody as rows; made on a worker thread where there are many.

    Attributes:
        found: by row, what it can be found by.
    """

    people: list[Person]
    found: list[str]


def rows_of(people: People) -> PeopleRows:
    """A row a respondent, then a row a label that counts as nobody's."""
    rows = [_of_case(each) for each in people.respondents] + [_of_label(each) for each in people.others]
    found = [
        folded(" ".join((each.label, each.key, each.session, each.source, *each.attributes.values()))) for each in rows
    ]
    return PeopleRows(rows, found)


def role_title(role: SpeakerRole) -> str:
    """What stands in place of a group."""
    return {
        SpeakerRole.RESPONDENT: _("Respondent"),
        SpeakerRole.MODERATOR: _("Moderator, counts nowhere"),
        SpeakerRole.SEVERAL: _("Several, speech of nobody"),
    }[role]


class PeopleModel(QAbstractTableModel):
    """Filtered and sorted here, so that 100,000 rows need no second model.

    Signals:
        edited: a cell was written in: the person, the column, the text.
    """

    edited = Signal(object, object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._people: list[Person] = []
        self._found: list[str] = []
        self._order: list[int] = []
        self._attributes: list[str] = []
        self._fixed: frozenset[str] = frozenset()
        self._noted: frozenset[int] = frozenset()
        self._words, self._group = "", ""
        self._sorted_by: PersonColumn | None = None
        self._is_descending = False

    # What is shown

    def show_people(self, rows: PeopleRows, attributes: Sequence[str], fixed: Sequence[str]) -> None:
        """Shows others.

        Args:
            rows: everybody.
            attributes: the columns behind the fixed ones.
            fixed: those of them that cannot be changed here.
        """
        self.beginResetModel()
        self._people, self._found = rows.people, rows.found
        self._attributes = list(attributes)
        self._fixed = frozenset(fixed)
        self._arrange()
        self.endResetModel()

    def mark_noted(self, case_ids: frozenset[int]) -> None:
        """These have memos."""
        self._noted = case_ids
        if self._order:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._order) - 1, 0))

    def is_noted(self, person: Person) -> bool:
        """Whether a memo is on a respondent."""
        return person.case_id in self._noted

    def filter(self, words: str, group: str) -> None:
        """Shows only those whose label, key, session, source or attributes hold some words, of one group or all."""
        self.beginResetModel()
        self._words, self._group = folded(words), group
        self._arrange()
        self.endResetModel()

    def sort_by(self, column: int) -> None:
        """Sorts by a column: up, then down, then as imported."""
        wanted = self.columns[column]
        self.beginResetModel()
        if self._sorted_by != wanted:
            self._sorted_by, self._is_descending = wanted, False
        elif not self._is_descending:
            self._is_descending = True
        else:
            self._sorted_by, self._is_descending = None, False
        self._arrange()
        self.endResetModel()

    @property
    def sorting(self) -> tuple[PersonColumn | None, bool]:
        """What rows are sorted by, and whether downwards."""
        return self._sorted_by, self._is_descending

    @property
    def columns(self) -> list[PersonColumn]:
        """The columns."""
        first = (Kind.LABEL, Kind.GROUP, Kind.SESSION, Kind.WORDS, Kind.ANSWERS)
        attributes = [PersonColumn(Kind.ATTRIBUTE, name) for name in self._attributes]
        return [*map(PersonColumn, first), *attributes, PersonColumn(Kind.SOURCE), PersonColumn(Kind.KEY)]

    @property
    def people(self) -> list[Person]:
        """Everybody, whatever the filter."""
        return self._people

    def person(self, row: int) -> Person:
        """Who stands in a row."""
        return self._people[self._order[row]]

    def text(self, person: Person, column: PersonColumn) -> str:
        """What a cell says."""
        match column.kind:
            case Kind.LABEL:
                return person.label
            case Kind.GROUP:
                return group_title(person.group) if person.is_respondent else role_title(person.role)
            case Kind.SESSION:
                return person.session
            case Kind.WORDS:
                return str(person.words)
            case Kind.ANSWERS:
                return _answers(person)
            case Kind.ATTRIBUTE:
                return person.attributes.get(column.attribute, "")
            case Kind.SOURCE:
                return person.source
            case Kind.KEY:
                return person.key

    def heading(self, column: PersonColumn) -> str:
        """What stands over a column."""
        return {
            Kind.LABEL: _("Respondent"),
            Kind.GROUP: _("Group"),
            Kind.SESSION: _("Session"),
            Kind.WORDS: _("Words"),
            Kind.ANSWERS: _("Counted"),
            Kind.ATTRIBUTE: column.attribute,
            Kind.SOURCE: _("Source"),
            Kind.KEY: _("Key"),
        }[column.kind]

    # Qt's questions

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """A row a person."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Fixed ones and a column an attribute."""
        return 0 if parent.isValid() else len(self._attributes) + 7

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says, or who stands in it."""
        if not index.isValid():
            return None
        person = self.person(index.row())
        if role == PERSON:
            return person
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return self.text(person, self.columns[index.column()])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            column = self.columns[index.column()]
            said = f"{person.label}, {self.heading(column)}: {self.text(person, column)}"
            return ", ".join([said, _("with a memo")]) if self.is_noted(person) else said
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Reports what was written; who listens writes it into the project."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        person, column = self.person(index.row()), self.columns[index.column()]
        if str(value).strip() == self.text(person, column):
            return False
        self.edited.emit(person, column, str(value))
        return True

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Labels and own attributes of respondents can be written."""
        flags = super().flags(index)
        if not index.isValid():
            return flags
        column = self.columns[index.column()]
        is_own = column.kind is Kind.ATTRIBUTE and column.attribute not in self._fixed
        if self.person(index.row()).is_respondent and (is_own or column.kind is Kind.LABEL):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands over a column."""
        is_text = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        if orientation != Qt.Orientation.Horizontal or not is_text or section >= self.columnCount():
            return None
        return self.heading(self.columns[section])

    def _arrange(self) -> None:
        words = self._words.split()
        people, found = self._people, self._found
        order = (
            list(range(len(people)))
            if not words and not self._group
            else [
                at
                for at, person in enumerate(people)
                if (not self._group or (person.is_respondent and person.group == self._group))
                and all(word in found[at] for word in words)
            ]
        )
        column = self._sorted_by
        if column is not None:
            key: Callable[[int], tuple[float, str]]
            if column.kind is Kind.WORDS:
                key = lambda at: (people[at].words, "")  # noqa: E731
            else:
                shown = column
                key = lambda at: _natural(self.text(people[at], shown))  # noqa: E731
            order.sort(key=key, reverse=self._is_descending)
        self._order = order


def _natural(text: str) -> tuple[float, str]:
    """Numbers by size, then words by letter."""
    if not text[:1].isdigit() and text[:1] not in "-+.,":
        return float("inf"), text.casefold()
    try:
        return float(text.replace(",", ".")), ""
    except ValueError:
        return float("inf"), folded(text)


def _answers(person: Person) -> str:
    if not person.is_respondent:
        return ""
    if person.answered and person.spoke:
        return _("answered, spoke")
    if person.answered:
        return _("answered")
    return _("spoke") if person.spoke else _("no answer")


def _of_case(each: Respondent) -> Person:
    return Person(
        case_id=each.id,
        speaker_id=0,
        role=SpeakerRole.RESPONDENT,
        label=each.ident,
        group=each.group,
        session=each.session,
        source=each.source,
        words=each.words,
        answered=each.answered,
        spoke=each.spoke,
        key=each.key,
        attributes=dict(each.attributes),
    )


def _of_label(each: Spoken) -> Person:
    return Person(
        case_id=0,
        speaker_id=each.id,
        role=each.role,
        label=each.label or _("turns that name nobody"),
        group=NO_GROUP,
        session=each.session,
        source=each.document,
        words=each.n_words,
        answered=False,
        spoke=False,
        key="",
        attributes={},
    )
