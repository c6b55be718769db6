"""What was found, as one flat list: a heading for each transcript or question, the turns and answers below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.documents.reading import without_ending
from qualcode.gui.find.search_job import Found
from qualcode.gui.widgets.folding import FoldingModel, Heading
from qualcode.i18n import _
from qualcode.model.segment import Segment
from qualcode.project.search import Hit, Note

ENTRY = Qt.ItemDataRole.UserRole + 1
CODES = Qt.ItemDataRole.UserRole + 2

AnyIndex = QModelIndex | QPersistentModelIndex
_KEPT_DOCUMENTS = 500  # whose segments are remembered


@dataclass(eq=False, slots=True)
class Head(Heading):
    """A heading with what was found below it."""

    title: str
    entries: list[Hit | Note] = field(default_factory=list)
    is_folded: bool = False


class FoundModel(FoldingModel):
    """Shows what a search found. A row is a `Head`, a `Hit` or a `Note`."""

    def __init__(self, bridge: ProjectBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._heads: list[Head] = []
        self._segments: dict[int, list[Segment]] = {}
        bridge.changed.connect(self._on_changed)

    def show_found(self, found: Found | None) -> None:
        """Shows what another search found; nothing for None."""
        self._heads = list(self._headed(found)) if found is not None else []
        self._segments.clear()
        self._lay_rows()

    def hits(self) -> list[Hit]:
        """All turns and answers in the order of the list, folded ones too."""
        return [each for head in self._heads for each in head.entries if isinstance(each, Hit)]

    def entries(self) -> Sequence[Head | Hit | Note]:
        """What stands in the rows."""
        return self._rows

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The entry itself, or what a screen reader says of it."""
        if not index.isValid():
            return None
        entry: Head | Hit | Note = self._rows[index.row()]
        if role == ENTRY:
            return entry
        if role == CODES:
            return self._codes_on(entry)
        if role == Qt.ItemDataRole.DisplayRole:
            return _spoken(entry)
        return None

    def _lay_rows(self) -> None:
        self.beginResetModel()
        self._rows = []
        for head in self._heads:
            self._rows.append(head)
            if not head.is_folded:
                self._rows.extend(head.entries)
        self.endResetModel()

    def _codes_on(self, entry: Head | Hit | Note) -> tuple[int, ...]:
        """The codes on a turn or answer now, in the order of the text, as far as their coders are shown."""
        if not isinstance(entry, Hit):
            return ()
        known = self._segments.get(entry.document_id)
        if known is None:
            if len(self._segments) >= _KEPT_DOCUMENTS:
                self._segments.clear()
            known = self._bridge.project.segments.of_document(entry.document_id)
            self._segments[entry.document_id] = known
        hidden = self._bridge.hidden_coders
        on_it = (each for each in known if each.span.start < entry.end and entry.start < each.span.end)
        return tuple(dict.fromkeys(each.code_id for each in on_it if each.coder_id not in hidden))

    def _headed(self, found: Found) -> Iterator[Head]:
        heads: dict[tuple[bool, str], Head] = {}
        for hit in found.hits:
            key = (hit.source.is_survey, hit.source.question or hit.source.name)
            head = heads.get(key)
            if head is None:
                head = heads[key] = Head(hit.source.question or without_ending(hit.source.name))
            head.entries.append(hit)
        yield from heads.values()
        for kind, title in (("memo", _("In memos")), ("code", _("In the codebook"))):
            notes: list[Hit | Note] = [note for note in found.notes if note.kind == kind and self._may_see(note)]
            if notes:
                yield Head(title, notes)

    def _may_see(self, note: Note) -> bool:
        """Who codes blind sees no memo on another's quotation."""
        return not self._bridge.is_blind or note.quoter in ("", self._bridge.project.coder_name)

    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables & {"segment", "code"} and self._rows:
            self._segments.clear()
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0), [CODES])


def _spoken(entry: Head | Hit | Note) -> str:
    if isinstance(entry, Head):
        return f"{entry.title} ({len(entry.entries)})"
    if isinstance(entry, Hit):
        return f"{entry.speaker}: {entry.text}"
    return f"{entry.title}: {entry.text}"


def places_of(hits: Sequence[Hit]) -> list[tuple[Hit, int]]:
    """Each word found as (turn or answer, number of the word in it), in order."""
    return [(hit, number) for hit in hits for number in range(len(hit.words))]
