"""All memos as a list: what each is on, who wrote it and when."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qualcode.gui.bridge import ProjectBridge
from qualcode.i18n import folded
from qualcode.model.memo import SubjectKind
from qualcode.project.memos import MemoEntry

ENTRY = Qt.ItemDataRole.UserRole + 1
AnyIndex = QModelIndex | QPersistentModelIndex


class MemosModel(QAbstractListModel):
    """Shows memos of one kind or of all, the one that was changed last first; the journal in the order of its days."""

    def __init__(self, bridge: ProjectBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._all: list[MemoEntry] = []
        self._shown: list[MemoEntry] = []
        self._kind: SubjectKind | None = None
        self._needle = ""

    def read(self) -> None:
        """Takes over the memos as they stand in the project now."""
        self._all = self._bridge.project.memos.entries()
        self._show()

    def show_only(self, kind: SubjectKind | None, needle: str) -> None:
        """Shows one kind, or all for None, as far as the words or the subject hold a text."""
        self._kind, self._needle = kind, folded(needle)
        self._show()

    def n_of(self, kind: SubjectKind | None) -> int:
        """How many memos of a kind there are, whatever is shown."""
        seen = filter(self._may_see, self._all)
        return sum(kind is None or each.memo.subject.kind is kind for each in seen)

    def row_of(self, memo_id: int) -> int | None:
        """The row of a memo; None if it is not shown."""
        return next((row for row, each in enumerate(self._shown) if each.memo.id == memo_id), None)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """One row each."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The entry itself, or what a screen reader says of it."""
        if not index.isValid():
            return None
        entry = self._shown[index.row()]
        if role == ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return ". ".join(each for each in (entry.subject, entry.memo.title, entry.memo.content[:400]) if each)
        return None

    def _may_see(self, entry: MemoEntry) -> bool:
        """Who codes blind sees no memo on another's quotation."""
        is_own = entry.memo.coder == self._bridge.project.coder_name
        return is_own or not self._bridge.is_blind or entry.memo.subject.kind is not SubjectKind.SEGMENT

    def _show(self) -> None:
        self.beginResetModel()
        self._shown = [
            each
            for each in self._all
            if self._may_see(each)
            and (self._kind is None or each.memo.subject.kind is self._kind)
            and self._needle in folded(f"{each.subject} {each.memo.title} {each.memo.content}")
        ]
        if self._kind is not SubjectKind.PROJECT:
            self._shown.sort(key=lambda each: (each.memo.changed_at, each.memo.id), reverse=True)
        self.endResetModel()
