"""The right side: the codebook with counts, and what the picked code means."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.codebook.code_bar import CodeBar
from qualcode.gui.codebook.definition import CodeDefinition
from qualcode.gui.codebook.definition_card import DefinitionCard
from qualcode.gui.codebook.delegate import CodebookDelegate
from qualcode.gui.codebook.editing import CodebookEditing
from qualcode.gui.codebook.model import CODE_ID, CodebookModel
from qualcode.gui.codebook.tree import CodebookTree
from qualcode.gui.coding.picker import CodePicker
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import ElidedLabel, icon_button, label
from qualcode.gui.widgets.panes import make_pane
from qualcode.gui.widgets.read_only import dim_for_reading, refusal
from qualcode.gui.widgets.search_field import SearchField
from qualcode.i18n import _
from qualcode.model.codebook import Code
from qualcode.model.memo import Subject, SubjectKind

_DEFINITION_FROM = 640  # height of the panel from which the definition has room
_DEFINITION_FROM_WIDTH = 1320  # width of the window

_TOLD_TABLES = frozenset({"code", "segment", "suggestion"})
"""With these, what the bar says of deleting or merging may be otherwise."""

_READS = frozenset({"rules", "memo", "quotations", "define"})
"""What can be asked of a code without changing anything."""


class CodebookPanel(QWidget):
    """Lists the codes, changes them, and reports which one the coder picked, and which one is to be applied.

    Signals:
        code_picked: the code that is current now.
        code_applied: the code that the selection of the text is to get.
        rules_wanted: the rules of a code are to be changed.
        quotations_wanted: the quotations of a code are to be shown.
        memo_wanted: a memo is to be written: what on (a `Subject`), beside what (global), and how that is called.
        failed: an error that the user can act on.
        done: what was done, of a step that is larger than one coding.
    """

    code_picked = Signal(int)
    code_applied = Signal(int)
    rules_wanted = Signal(int)
    quotations_wanted = Signal(int)
    memo_wanted = Signal(object, QRect, str)
    failed = Signal(Exception)
    done = Signal(str)

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        make_pane(self, at_least=max(240, fonts.px(195)))
        self._bridge = bridge
        self._model = CodebookModel(bridge, self)
        self._tree = CodebookTree(_("Codebook"), self)
        self._tree.setModel(self._model)
        self._tree.setItemDelegate(CodebookDelegate(bridge, self))
        self._filter = SearchField(_("Find a code"), "Ctrl K")
        self._version = ElidedLabel(fonts.SMALL, rank=3)
        self._definition = CodeDefinition(self)
        self._bar = CodeBar(self)
        self._editing = CodebookEditing(bridge, self)
        self._picker = CodePicker(bridge, self)
        no_codes = _("The codebook has no codes yet.")
        first = _("Select words in a text and type a name: that makes a code and its first quotation.")
        self._no_codes = label(f"{no_codes} {first}", rank=2, wrap=True)
        self._no_codes.setContentsMargins(16, 4, 16, 4)
        self.definition_card = DefinitionCard(bridge, self)
        self._merging: int | None = None
        self._kept: int | None = None  # the current code, over a reset
        self._folded: set[int] = set()
        self._lay_out()
        self._connect_editing()
        self._tree.expandAll()
        self._show_version()
        self._tree.selectionModel().currentChanged.connect(self._on_current_changed)
        self._tree.activated.connect(self._on_activated)
        self._filter.textChanged.connect(self._model.filter)
        self._filter.returnPressed.connect(self._on_filter_entered)
        self._model.modelAboutToBeReset.connect(self._on_about_to_reset)
        self._model.modelReset.connect(self._on_reset)

    def working_keys(self) -> list[tuple[str, str]]:
        """The keys that do something in the tree, for the status bar; none while the keyboard is elsewhere."""
        if not self._tree.hasFocus() or self._tree.current_code is None:
            return []
        keys = [("Q", _("its quotations"))]
        if not self._bridge.is_read_only:
            keys += [("F2", _("rename")), ("Ctrl M", _("merge")), ("Del", _("delete"))]
        return keys

    @property
    def tree(self) -> CodebookTree:
        """The view, for the keyboard's sake."""
        return self._tree

    @property
    def model(self) -> CodebookModel:
        """What is listed."""
        return self._model

    @property
    def bar(self) -> CodeBar:
        """What asks before something is done."""
        return self._bar

    @property
    def picker(self) -> CodePicker:
        """Where the code is picked into which another is merged."""
        return self._picker

    def ask(self, wanted: str) -> None:
        """Begins what a key or the menu asks for.

        Args:
            wanted: "add" or "add_below"; or for the current code "quotations", "rules", "memo", "define", "rename",
                "colour", "merge", "delete", "up", "down", "in", "out".
        """
        code_id = self._tree.current_code
        code = self._bridge.code(code_id) if code_id is not None else None
        if self._bridge.is_read_only and wanted not in _READS:
            self.failed.emit(refusal())
        elif wanted == "add" or (wanted == "add_below" and code is None):
            above = self._bridge.code_keyed(code.parent) if code is not None and code.parent else None
            self._ask_name(above)
        elif code is None:
            return
        elif wanted == "add_below":
            self._ask_name(code)
        elif wanted == "rules":
            self.rules_wanted.emit(code.id)
        elif wanted == "quotations":
            self.quotations_wanted.emit(code.id)
        elif wanted == "memo":
            self.memo_wanted.emit(Subject(SubjectKind.CODE, code.id), self._row_place(), self._bridge.names[code.id])
        elif wanted == "define":
            self.definition_card.open_at(self._row_place(), code)
        elif wanted == "rename":
            self._tree.edit(self._tree.currentIndex())
        elif wanted == "colour":
            title = _("Colour of “{code}”").format(code=self._bridge.names[code.id])
            look = self._bridge.looks[code.id]
            self._bar.ask_colour(title, look, code.colour, lambda chosen: self._editing.recolour(code.id, chosen))
        elif wanted == "merge":
            self._pick_target(code)
        elif wanted == "delete":
            title = _("Delete “{code}”?").format(code=self._bridge.names[code.id])
            self._bar.confirm(title, self._editing.deleting(code.id), _("Delete"), lambda _text: self._delete(code))
        else:
            self._editing.move(code.id, wanted)

    def _ask_name(self, above: Code | None) -> None:
        title = _("New theme")
        if above is not None:
            title = _("New code in “{theme}”").format(theme=self._bridge.names[above.id])
        above_id = above.id if above is not None else None
        self._bar.ask_name(title, _("Add"), lambda name: self._editing.add(name, above_id))

    def _pick_target(self, code: Code) -> None:
        self._merging = code.id
        book = self._bridge.codebook
        below = {book.code(key).id for key in book.subtree(code.key)}
        self._picker.open_at(self._row_place(), "", 0, _("merge into"), without=below)

    def _row_place(self) -> QRect:
        """Where the current code stands, in global coordinates."""
        place = self._tree.visualRect(self._tree.currentIndex())
        return QRect(self._tree.viewport().mapToGlobal(place.topLeft()), place.size())

    def _on_target_picked(self, target_id: int) -> None:
        source_id, self._merging = self._merging, None
        if source_id is None or source_id not in self._bridge.names:
            return
        names = self._bridge.names
        title = _("Merge “{code}” into “{target}”?").format(code=names[source_id], target=names[target_id])
        sentence = self._editing.merging(source_id, target_id)
        self._bar.confirm(title, sentence, _("Merge"), lambda _text: self._merge(source_id, target_id))

    def _merge(self, source_id: int, target_id: int) -> None:
        self._editing.merge(source_id, target_id, lambda: self.show_code(target_id))

    def _delete(self, code: Code) -> None:
        siblings = [each.id for each in self._bridge.codebook.children(code.parent)]
        at = siblings.index(code.id)
        above = self._bridge.code_keyed(code.parent) if code.parent else None
        following = [*siblings[at + 1 :], *reversed(siblings[:at]), *([above.id] if above is not None else [])]
        self._editing.delete(code.id, lambda: self.show_code(following[0]) if following else None)

    def _connect_editing(self) -> None:
        editing = self._editing
        editing.failed.connect(self.failed)
        editing.done.connect(self.done)
        editing.code_made.connect(self._on_code_made)
        self.definition_card.failed.connect(self.failed)
        self._bridge.changed.connect(lambda tables: self._bar.outdate() if tables & _TOLD_TABLES else None)
        # an editor must have closed before its row is made anew
        self._model.renamed.connect(editing.rename, Qt.ConnectionType.QueuedConnection)
        self._model.failed.connect(self.failed)
        self._tree.asked.connect(self.ask)
        self._tree.collapsed.connect(lambda index: self._on_folded(index, is_folded=True))
        self._tree.expanded.connect(lambda index: self._on_folded(index, is_folded=False))
        self._tree.code_dropped.connect(editing.drop)
        self._tree.passage_dropped.connect(self.code_applied)
        self._tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._tree.customContextMenuRequested.connect(self._on_menu)
        self._bar.closed.connect(lambda: self._tree.setFocus(Qt.FocusReason.OtherFocusReason))
        self._picker.code_picked.connect(self._on_target_picked)

    def _on_code_made(self, code_id: int) -> None:
        self._filter.clear()
        self.show_code(code_id)

    def _on_menu(self, point: QPoint) -> None:
        index = self._tree.indexAt(point)
        if index.isValid():
            self._tree.setCurrentIndex(index)
        self._fill_menu()
        self._menu.popup(self._tree.viewport().mapToGlobal(point))

    def _fill_menu(self) -> None:
        self._menu.clear()
        has_code = self._tree.current_code is not None
        for wanted, text, key in menu_entries():
            if not wanted:
                self._menu.addSeparator()
                continue
            action = self._menu.addAction(f"{text}\t{key}" if key else text)
            action.setEnabled(has_code or wanted == "add")
            action.triggered.connect(lambda _checked=False, wanted=wanted: self.ask(wanted))
            if wanted not in _READS:
                dim_for_reading(self._bridge.is_read_only, action)

    def find_code(self) -> None:
        """Puts the keyboard into the field that finds a code."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def show_code(self, code_id: int) -> None:
        """Marks a code as the current one."""
        row = self._model.row_of_code(code_id)
        if row is not None:
            self._tree.setCurrentIndex(self._model.index_of(row))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 7, 12, 12)
        head.setSpacing(8)
        title = QHBoxLayout()
        title.setSpacing(8)
        title.addWidget(label(_("Codebook"), weight=fonts.SEMIBOLD))
        self._version.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # the name goes before
        title.addWidget(self._version, 1)
        add = icon_button("plus", _("New code (Ctrl+N)"))
        add.clicked.connect(lambda: self.ask("add"))
        title.addWidget(add)
        dim_for_reading(self._bridge.is_read_only, add)
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(self._bridge.is_read_only)
        self._menu.aboutToShow.connect(self._fill_menu)
        more = icon_button("ellipsis", _("What can be done with the code"))
        more.setMenu(self._menu)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        title.addWidget(more)
        head.addLayout(title)
        head.addWidget(self._filter)
        column.addLayout(head)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 0, 12, 6)
        bar.addWidget(self._bar)
        column.addLayout(bar)
        column.addWidget(self._no_codes)
        column.addWidget(self._tree, 1)
        column.addWidget(self._definition)

    def _show_version(self) -> None:
        version = self._bridge.codebook.version
        self._version.setText(_("version {version}").format(version=version) if version else "")
        self._no_codes.setVisible(not self._bridge.codebook.codes)

    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        code_id = current.data(CODE_ID)
        if not isinstance(code_id, int):
            return
        code = self._bridge.code(code_id)
        if code is not None:
            self._definition.show_code(code, self._bridge.names[code_id], self._bridge.looks[code_id], self._language)
        self.code_picked.emit(code_id)

    @property
    def _language(self) -> str:
        return self._bridge.language

    def _on_activated(self, index: QModelIndex) -> None:
        code_id = index.data(CODE_ID)
        if isinstance(code_id, int):
            self.code_applied.emit(code_id)

    def _on_filter_entered(self) -> None:
        found = self._model.first_match()
        if found is not None:
            self.show_code(found)
            self._tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_about_to_reset(self) -> None:
        self._kept = self._tree.current_code

    def _on_folded(self, index: QModelIndex, *, is_folded: bool) -> None:
        code_id = index.data(CODE_ID)
        if is_folded:
            self._folded.add(code_id)
        else:
            self._folded.discard(code_id)

    def _on_reset(self) -> None:
        folded, current = set(self._folded), self._kept
        self._tree.expandAll()
        for code_id in folded:
            row = self._model.row_of_code(code_id)
            if row is not None:
                self._tree.collapse(self._model.index_of(row))
        if current is not None:
            self.show_code(current)
        self._show_version()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks at the counts."""
        super().hideEvent(event)
        self._model.watch(False)

    def showEvent(self, event: QShowEvent) -> None:
        """Counts what changed meanwhile."""
        super().showEvent(event)
        self._model.watch(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The definition gives way when there is little height."""
        super().resizeEvent(event)
        is_wide = self.window().width() >= _DEFINITION_FROM_WIDTH
        self._definition.set_allowed(is_wide and event.size().height() >= _DEFINITION_FROM)


def menu_entries() -> list[tuple[str, str, str]]:
    """What can be done with codes, as the menu shows it: what `ask` takes, text, key; all blank for a line."""
    return [
        ("add", _("New code"), "Ctrl+N"),
        ("add_below", _("New code below this one"), "Ctrl+Shift+N"),
        ("", "", ""),
        ("quotations", _("Its quotations…"), "Q"),
        ("rules", _("Rules…"), "Ctrl+E"),
        ("memo", _("Memo…"), "M"),
        ("define", _("Definition…"), "D"),
        ("rename", _("Rename"), "F2"),
        ("colour", _("Colour"), ""),
        ("up", _("Move up"), "Alt+↑"),
        ("down", _("Move down"), "Alt+↓"),
        ("in", _("Move below the one above"), "Alt+→"),
        ("out", _("Move out"), "Alt+←"),
        ("", "", ""),
        ("merge", _("Merge into…"), "Ctrl+M"),
        ("delete", _("Delete"), "Del"),
    ]
