"""The documents as a tree: kinds, sessions of several transcripts, transcripts; survey files with their questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from qualcode.gui.analysis.counting import Counting
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.documents.reading import (
    Reading,
    answers_counted,
    coded_counted,
    kind_title,
    readings,
    with_kinds,
    without_ending,
)
from qualcode.gui.resources.group_marks import group_title
from qualcode.gui.widgets.tree_model import AnyIndex, Row, RowTreeModel
from qualcode.i18n import _
from qualcode.model.document import DocumentKind
from qualcode.model.memo import SubjectKind
from qualcode.project.coded_documents import CodedDocuments, coded_by_document

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.store.answers import AnswerKinds

    _Counted = tuple[dict[int, tuple[int, int]], dict[tuple[str, str], AnswerKinds] | None]

READING = Qt.ItemDataRole.UserRole + 1
COUNT = Qt.ItemDataRole.UserRole + 2
KEY = Qt.ItemDataRole.UserRole + 3
IS_NOTED = Qt.ItemDataRole.UserRole + 4
CODED = Qt.ItemDataRole.UserRole + 5
"""(how many turns or answers hold coded words, how many there are); None until they are counted, or for none."""

_TABLES = frozenset({"document", "case", "session", "question", "survey", "speaker", "respondent_group"})
_READ_FROM_FILES = _TABLES - {"document"} | {"survey_file", "setting"}


class DocumentsModel(RowTreeModel):
    """Shows what can be read in the open project."""

    def __init__(self, bridge: ProjectBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._readings: list[Reading] = []
        self._speaking: dict[int, list[tuple[str, int]]] | None = None
        self._needle = ""
        self._is_counted = False
        self._kinds: dict[tuple[str, str], AnswerKinds] = {}
        self._lacks_kinds = True
        self._coded = CodedDocuments(bridge.project)
        self._counting = Counting(bridge, self)
        self._read()
        bridge.changed.connect(self._on_changed)

    @property
    def readings(self) -> list[Reading]:
        """All readings, whatever the filter."""
        return self._readings

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row says; read out or pointed at, a reading also says who speaks in it, a head how much is below it.

        Groups that have no room in the row are told there only.
        """
        if role not in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return super().data(index, role)
        reading, parts = super().data(index, READING), [super().data(index)]
        if isinstance(reading, Reading):
            parts += [f"{group_title(group)} {n}" for group, n in self.groups_of(reading)]
            parts.append(coded_counted(reading, super().data(index, CODED)))
        else:
            parts.append(super().data(index, COUNT))
        return ", ".join(str(part) for part in parts if part)

    def groups_of(self, reading: Reading) -> Sequence[tuple[str, int]]:
        """How many respondents of which group a reading holds; found out for all when it is first asked for."""
        if reading.kind is DocumentKind.ANSWER:
            return reading.groups
        if self._speaking is None:
            self._speaking = self._bridge.project.documents.groups_speaking()
        return self._speaking.get(reading.documents[0].id, ())

    def reading_keyed(self, key: str) -> Reading | None:
        """The reading of that key, None if it is gone."""
        return next((reading for reading in self._readings if reading.key == key), None)

    def reading_of_document(self, document_id: int) -> Reading | None:
        """The reading that a document belongs to."""
        for reading in self._readings:
            if document_id in reading.document_ids:
                return reading
        return None

    def filter(self, needle: str) -> None:
        """Shows only what has a text in its title or session."""
        self._needle = needle.casefold().strip()
        self.set_root(self._tree())

    def _on_changed(self, tables: frozenset[str]) -> None:
        if "memo" in tables:
            self._mark_noted()
        is_correction = "superseded_text" in tables and not tables & _READ_FROM_FILES
        if tables & _TABLES and not is_correction:  # other words in a text don't change what can be read
            self._read()
        elif is_correction:
            self._count()
        elif "segment" in tables:
            self._coded.note()
            self._count_again()

    def _read(self) -> None:
        project = self._bridge.project
        self._speaking = None
        self._readings = [with_kinds(each, self._kinds) for each in readings(project)]
        self._is_counted, self._lacks_kinds = False, True
        self.set_root(self._tree())
        self._count()

    def _count(self) -> None:
        """Counts how far everything is coded, and what the answers are, on another thread where that takes long."""
        hidden, lacks_kinds = self._bridge.hidden_coders, self._lacks_kinds
        self._coded.expect(hidden)
        self._is_counted = False

        def work(project: Project) -> _Counted:
            kinds = project.documents.answer_kinds() if lacks_kinds else None
            return coded_by_document(project, hidden), kinds

        self._counting.run(work, self._on_counted)

    def _on_counted(self, found: _Counted) -> None:
        counted, kinds = found
        if kinds is not None:
            self._take_kinds(kinds)
        self._coded.adopt(counted)
        self._is_counted = True
        self._coded.renew()
        self._say_coded(self._readings)

    def _take_kinds(self, kinds: dict[tuple[str, str], AnswerKinds]) -> None:
        """Says of answers how many they are, of which groups, in which languages."""
        self._lacks_kinds, self._kinds = False, kinds
        self._readings = [with_kinds(each, kinds) for each in self._readings]
        answers = [each for each in self._readings if each.kind is DocumentKind.ANSWER]
        for each in answers:
            row = self.find(KEY, _key(each))
            if row is not None:
                self.update_roles(row, {READING: each})
        for file in dict.fromkeys(each.source for each in answers):
            head = self.find(KEY, f"file {file}")
            if head is not None:
                n = sum(row.roles[READING].n_answers for row in head.children)
                self.update_roles(head, {COUNT: answers_counted(n)})
        self._bridge.counted.emit()

    def _count_again(self) -> None:
        """Counts what the last step touched, unless everything is counted just now."""
        if self._coded.is_lost(self._bridge.hidden_coders):
            self._count()
        elif self._is_counted:
            changed = self._coded.renew()
            self._say_coded([each for each in self._readings if not changed.isdisjoint(each.document_ids)])

    def _say_coded(self, some: Sequence[Reading]) -> None:
        for each in some:
            row = self.find(KEY, _key(each))
            if row is not None:
                self.update_roles(row, self._coded_roles(each))

    def _coded_roles(self, reading: Reading) -> dict[int, object]:
        """How far a reading is coded; a row is drawn and read out without it until that is known."""
        coded = None
        if self._is_counted:
            n_coded, n = self._coded.of(reading.document_ids)
            n = reading.n_answers if reading.kind is DocumentKind.ANSWER else n
            coded = (n_coded, n) if n else None
        said = coded_counted(reading, coded)
        return {CODED: coded, Qt.ItemDataRole.ToolTipRole: "\n".join(filter(None, (reading.title, said)))}

    def _mark_noted(self) -> None:
        noted = self._bridge.project.memos.subjects(SubjectKind.DOCUMENT)
        for each in self._readings:
            row = self.find(KEY, _key(each))
            if row is not None:
                self.update_roles(row, _noted_roles(each, noted))

    def _tree(self) -> Row:
        root = Row({})
        noted = self._bridge.project.memos.subjects(SubjectKind.DOCUMENT)
        shown = [each for each in self._readings if self._needle in f"{each.title} {each.source}".casefold()]
        for kind in (DocumentKind.FOCUS_GROUP, DocumentKind.INTERVIEW, DocumentKind.NOTES):
            of_kind = [each for each in shown if each.kind is kind]
            if of_kind:
                title = kind_title(kind)
                head = root.add(_head_roles(title, str(len(of_kind)), kind.value), is_selectable=False)
                self._add_sessions(head, of_kind, noted)
        by_file: dict[str, list[Reading]] = defaultdict(list)
        for each in shown:
            if each.kind is DocumentKind.ANSWER:
                by_file[each.source].append(each)
        for file, questions in by_file.items():
            known = [each.n_answers for each in questions if (each.source, each.title) in self._kinds]
            count = answers_counted(sum(known)) if known else ""
            head = root.add(_head_roles(without_ending(file), count, f"file {file}"), is_selectable=False)
            for each in questions:
                head.add(self._reading_roles(each, noted))
        return root

    def _add_sessions(self, head: Row, of_kind: list[Reading], noted: frozenset[int]) -> None:
        by_session: dict[str, list[Reading]] = defaultdict(list)
        for each in of_kind:
            by_session[each.source or each.key].append(each)
        for session, transcripts in by_session.items():
            above = head
            if len(transcripts) > 1:
                roles = _head_roles(session, str(len(transcripts)), f"session {session}")
                above = head.add(roles, is_selectable=False)
            for each in transcripts:
                above.add(self._reading_roles(each, noted))

    def _reading_roles(self, reading: Reading, noted: frozenset[int]) -> dict[int, object]:
        return {
            Qt.ItemDataRole.DisplayRole: reading.title,
            READING: reading,
            KEY: _key(reading),
            **self._coded_roles(reading),
            **_noted_roles(reading, noted),
        }


def _head_roles(title: str, count: str, key: str) -> dict[int, object]:
    return {Qt.ItemDataRole.DisplayRole: title, COUNT: count, KEY: key}


def _key(reading: Reading) -> str:
    return f"reading {reading.key}"


def _noted_roles(reading: Reading, noted: frozenset[int]) -> dict[int, object]:
    """Whether a memo is on a transcript, or on one of the answers."""
    is_noted = not noted.isdisjoint(reading.document_ids)
    return {IS_NOTED: is_noted, Qt.ItemDataRole.AccessibleDescriptionRole: _("with a memo") if is_noted else ""}
