"""The codes in their tree, with counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from qualcode.gui.analysis.counting import Counting
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.widgets.tree_model import AnyIndex, Row, RowTreeModel
from qualcode.i18n import _, ngettext
from qualcode.model.codebook import Code
from qualcode.model.memo import SubjectKind
from qualcode.project.span_counts import SpanCounts, by_document

if TYPE_CHECKING:
    from qualcode.project.project import Project

CODE_ID = Qt.ItemDataRole.UserRole + 1
COUNT = Qt.ItemDataRole.UserRole + 2
SUGGESTED = Qt.ItemDataRole.UserRole + 3
DEPTH = Qt.ItemDataRole.UserRole + 4
IS_NOTED = Qt.ItemDataRole.UserRole + 5
SPOKEN_COUNTS = Qt.ItemDataRole.UserRole + 6

_Counted = tuple[dict[int, dict[int, int]], dict[int, dict[int, int]]]  # spans coded and suggested
_COUNTED = frozenset({"segment", "suggestion", "decision"})


class CodebookModel(RowTreeModel):
    """Shows the codes; a code's counts include those of the codes below it, and are None until they are known.

    Signals:
        renamed: a code and the name that was written over it.
        failed: an error that the user can act on.
    """

    renamed = Signal(int, str)
    failed = Signal(Exception)

    def __init__(self, bridge: ProjectBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._needle = ""
        self._rows: dict[int, Row] = {}
        self._is_watching = True
        self._is_outdated = False
        self._is_counting = False
        self._counting = Counting(bridge, self)
        self._counting.failed.connect(self.failed)
        self._coded_counts = SpanCounts(bridge.project, "segment")
        self._suggested_counts = SpanCounts(bridge.project, "suggestion")
        self._coded: dict[int, int] | None = None
        self._suggested: dict[int, int] = {}
        self._count()
        self.set_root(self._tree())
        bridge.changed.connect(self._on_changed)

    def filter(self, needle: str) -> None:
        """Shows only codes with a text in a name or an alias, with those above them."""
        self._needle = needle.casefold().strip()
        self.set_root(self._tree())

    def row_of_code(self, code_id: int) -> Row | None:
        """The row of a code, if it is shown."""
        return self._rows.get(code_id)

    def first_match(self) -> int | None:
        """The first code that the filter itself matches."""
        for code in self._bridge.codebook.codes:
            if self._matches(code):
                return code.id
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Names can be written over, codes can be dragged and dropped on."""
        made = super().flags(index)
        if index.isValid() and not self._bridge.is_read_only:
            made |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
        return made

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What is edited is the name; what is read out is the name and what lies under it."""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = super().data(index), super().data(index, SPOKEN_COUNTS)
            noted = _("with a memo") if super().data(index, IS_NOTED) else ""
            return ", ".join(str(part) for part in (*said, noted) if part)
        return super().data(index, Qt.ItemDataRole.DisplayRole if role == Qt.ItemDataRole.EditRole else role)

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Reports a new name; the row follows when the codebook has it."""
        code_id = self.data(index, CODE_ID)
        if role != Qt.ItemDataRole.EditRole or not isinstance(code_id, int) or not str(value).strip():
            return False
        self.renamed.emit(code_id, str(value).strip())
        return True

    def watch(self, is_watching: bool) -> None:
        """Whether to count after each step; while nobody looks it is only noted what steps touched."""
        self._is_watching = is_watching
        if is_watching and self._is_outdated:
            self._count_again()

    def _on_changed(self, tables: frozenset[str]) -> None:
        if "code" in tables:
            self._count()
            self.set_root(self._tree())
            return
        if "memo" in tables:
            noted = self._bridge.project.memos.subjects(SubjectKind.CODE)
            for code_id, row in self._rows.items():
                self.update_roles(row, {IS_NOTED: code_id in noted})
        if tables & _COUNTED:
            if "segment" in tables:
                self._coded_counts.note()
            if tables & {"suggestion", "decision"}:
                self._suggested_counts.note()
            self._count_again()

    def _count(self) -> None:
        """Counts everything, on another thread where that takes long."""
        hidden = self._bridge.hidden_coders
        self._coded_counts.expect(hidden)
        self._suggested_counts.expect()
        self._is_counting, self._is_outdated = True, False

        def work(project: Project) -> _Counted:
            return by_document(project, "segment", hidden), by_document(project, "suggestion")

        self._counting.run(work, self._on_counted)

    def _on_counted(self, found: _Counted) -> None:
        self._is_counting = False
        self._coded = self._coded_counts.adopt(found[0])
        self._suggested = self._suggested_counts.adopt(found[1])
        self._count_again()

    def _count_again(self) -> None:
        """Counts what steps touched; what touched very much lets everything be counted."""
        self._is_outdated = not self._is_watching or self._is_counting
        if self._is_outdated:
            return
        hidden = self._bridge.hidden_coders
        if self._coded_counts.is_lost(hidden) or self._suggested_counts.is_lost():
            self._count()
            return
        self._coded, self._suggested = self._coded_counts.renewed(), self._suggested_counts.renewed()
        for code_id, row in self._rows.items():
            self.update_roles(row, self._count_roles(code_id))

    def _count_roles(self, code_id: int) -> dict[int, object]:
        if self._coded is None:
            return {COUNT: None, SUGGESTED: 0, SPOKEN_COUNTS: ""}
        return _count_roles(self._coded.get(code_id, 0), self._suggested.get(code_id, 0))

    def _matches(self, code: Code) -> bool:
        names = (*code.name.by_language.values(), code.name.plain, *code.aliases)
        return any(self._needle in name.casefold() for name in names)

    def _shown(self) -> set[str]:
        book = self._bridge.codebook
        parents = {code.key: code.parent for code in book.codes}
        found: set[str] = set()
        for code in book.codes:
            if self._matches(code):
                key = code.key
                while key:
                    found.add(key)
                    key = parents.get(key, "")
        return found

    def _tree(self) -> Row:
        root = Row({})
        shown = self._shown()
        noted = self._bridge.project.memos.subjects(SubjectKind.CODE)
        rows: dict[str, Row] = {"": root}
        self._rows = {}
        for code in self._bridge.codebook.codes:
            if code.key not in shown:
                continue
            name = self._bridge.names[code.id]
            roles: dict[int, object] = {
                Qt.ItemDataRole.DisplayRole: name,
                Qt.ItemDataRole.ToolTipRole: _tooltip(name, code.definition.in_language(self._bridge.language)),
                CODE_ID: code.id,
                DEPTH: code.depth,
                **self._count_roles(code.id),
                IS_NOTED: code.id in noted,
            }
            row = rows.get(code.parent, root).add(roles)
            rows[code.key] = row
            self._rows[code.id] = row
        return root


def _tooltip(name: str, definition: str) -> str:
    return f"{name}\n{definition}" if definition else name


def _count_roles(count: int, suggested: int) -> dict[int, object]:
    spoken = ngettext("{n} quotation", "{n} quotations", count).format(n=count)
    if suggested:
        spoken += ", " + _("{n} suggested").format(n=suggested)
    return {COUNT: count, SUGGESTED: suggested, SPOKEN_COUNTS: spoken}
