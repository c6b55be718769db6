"""All memos and the journal: listed, found, written, and opened at what they are on."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qualcode.errors import QualcodeError
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.memos.model import ENTRY, MemosModel
from qualcode.gui.memos.pad import MemoPad
from qualcode.gui.memos.view import MemoDelegate, MemosView, subject_in_words
from qualcode.gui.memos.wording import kind_title, when
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.gui.widgets.controls import button, icon_button, label, rule
from qualcode.gui.widgets.empty import Empty
from qualcode.gui.widgets.panes import beside, column_of, make_pane
from qualcode.gui.widgets.read_only import dim_for_reading
from qualcode.gui.widgets.search_field import SearchField
from qualcode.gui.widgets.value_picker import Option, ValuePicker
from qualcode.i18n import _
from qualcode.model.memo import PROJECT, Memo, Subject, SubjectKind
from qualcode.project.memos import MemoEntry

_LIST_WIDTH = 420
_ALL = "all"
_SHOWN_TABLES = frozenset({"memo", "segment", "code", "document", "case", "setting"})


class MemosScreen(QWidget):
    """The memos at the left, the picked one at the right.

    Signals:
        failed: an error that the user can act on.
        subject_opened: what a memo is on is to be shown (a `MemoEntry`).
        done: what was done, with a way back.
        keys_changed: other keys work now.
    """

    failed = Signal(Exception)
    subject_opened = Signal(object)
    done = Signal(str)
    keys_changed = Signal()

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self._entry: MemoEntry | None = None
        self._is_showing = False
        self.model = MemosModel(bridge, self)
        self.view = MemosView(self.model)
        self.view.setItemDelegate(MemoDelegate(bridge, self))
        self.field = SearchField(_("Find in memos"))
        self.new_button = button(_("New memo"), icon_name="plus")
        self.kinds = ChoiceButton(_("Show"))
        self._kind: SubjectKind | None = None
        self._picker = ValuePicker(self)
        self._new_kind = SubjectKind.PROJECT
        self.pad = MemoPad(bridge)
        self._on = label(size=fonts.SMALL, rank=2, wrap=True)
        self._who = label(size=fonts.SMALL, rank=3)
        self.open_button = button(_("Open"), kind="link")
        self.remove_button = icon_button("trash-2", _("Remove the memo"))
        self._empty = Empty("notebook-text", "", "")
        dim_for_reading(bridge.is_read_only, self.new_button, self._empty.button)
        self._lay_out()
        self._connect()
        self._show_kind()

    @property
    def picker(self) -> ValuePicker:
        """Where it is picked what a new memo is on."""
        return self._picker

    def working_keys(self) -> list[tuple[str, str]]:
        """The keys that do something here now."""
        return [("N", _("new memo")), ("Enter", _("write")), ("O", _("open what it is on"))]

    def refresh(self) -> None:
        """Takes over what stands in the project now; the picked memo stays picked."""
        picked = self._entry.memo.id if self._entry is not None else None
        self._is_showing = True
        self.model.read()
        row = self.model.row_of(picked) if picked is not None else None
        if row is None and self.model.rowCount() and not self.pad.is_changed:
            row = 0
        self.view.setCurrentIndex(self.model.index(row, 0) if row is not None else self.model.index(-1, 0))
        self._is_showing = False
        self._show(self.view.currentIndex().data(ENTRY) if row is not None else None)
        self._show_kind()

    def focus(self) -> None:
        """Puts the keyboard into the list."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_memo(self, memo_id: int) -> None:
        """Picks a memo."""
        self.field.clear()
        self._pick_kind(_ALL)
        row = self.model.row_of(memo_id)
        if row is not None:
            self.view.setCurrentIndex(self.model.index(row, 0))
            self.view.scrollTo(self.model.index(row, 0))

    def write_new(self, subject: Subject) -> None:
        """Opens an empty page for a memo on something."""
        self.view.setCurrentIndex(self.model.index(-1, 0))
        self._entry = None
        self.pad.show_memo(subject, None)
        self._on.setText(_("New entry in the journal") if subject == PROJECT else _("New memo"))
        self._who.clear()
        self.open_button.hide()
        self.remove_button.hide()
        self._show_pad(True)
        self.pad.go_on_writing()

    # A new memo

    def _on_new(self) -> None:
        offered = [Option(kind.value, _one_of(kind)) for kind in SubjectKind if kind is not SubjectKind.SEGMENT]
        self._picker.offer_one(_("New memo on"), offered)
        self._picker.open_below(self.new_button)

    def _on_picked(self, value: str) -> None:
        project, kinds = self._bridge.project, SubjectKind
        if value in set(kinds):
            self._new_kind = kinds(value)
            options: list[Option] = []
            if self._new_kind is kinds.DOCUMENT:
                options = [Option(f"#{each.id}", each.name) for each in project.documents.all(answers=False)]
            elif self._new_kind is kinds.RESPONDENT:
                options = [Option(f"#{each.id}", each.key) for each in project.respondents.all()]
            elif self._new_kind is kinds.CODE:
                codes = self._bridge.codebook.codes
                names, looks = self._bridge.names, self._bridge.looks
                options = [Option(f"#{each.id}", names[each.id], looks[each.id], each.depth) for each in codes]
            if options:
                self._picker.offer_one(_one_of(self._new_kind), options)
                self._picker.open_below(self.new_button)
                return
        self._picker.hide()
        self.write_new(Subject(self._new_kind, int(value[1:])) if value.startswith("#") else PROJECT)

    # What is shown

    def _on_current(self, entry: object) -> None:
        if not self._is_showing:
            self._show(entry if isinstance(entry, MemoEntry) else None)

    def _show(self, entry: MemoEntry | None) -> None:
        known = self._entry.memo.id if self._entry is not None else None
        self._entry = entry
        if entry is None:
            if self.pad.memo is not None or not self.pad.is_changed:
                self.pad.show_memo(None, None)
            self._show_pad(self.pad.is_changed)  # what could not be written yet stays in sight
            return
        if entry.memo.id != known or self.pad.memo is None:
            self.pad.show_memo(entry.memo.subject, entry.memo)
        else:
            self.pad.show_again()
        self._on.setText(subject_in_words(entry))
        self._who.setText(_("{coder}, {when}").format(coder=entry.memo.coder, when=when(entry.memo.changed_at)))
        self.open_button.setVisible(entry.memo.subject.kind not in (SubjectKind.PROJECT, SubjectKind.RESPONDENT))
        self.remove_button.setVisible(not self._bridge.project.db.read_only)
        self._show_pad(True)

    def _show_pad(self, is_there: bool) -> None:
        self._page.setVisible(is_there)
        self._empty.setVisible(not is_there)
        if self._finds_none:
            show_all = "" if self._bridge.is_read_only else _("Show all")  # the button is dimmed there
            self._empty.say(_("No memo fits"), _("None has these words, or is of the kind that is shown."), show_all)
        elif self.model.n_of(None):
            self._empty.say(_("No memo is picked"), _("Pick one at the left, or write a new one."))
        else:
            to_do = _("Press M on a quotation, or write the first entry of the journal here.")
            self._empty.say(_("No memos yet"), to_do, self.new_button.text().strip())
        self.keys_changed.emit()

    @property
    def _finds_none(self) -> bool:
        """Whether there are memos, and the search or the kind leaves out all of them."""
        return self.model.n_of(None) > 0 and self.model.rowCount() == 0

    def _on_empty_pressed(self) -> None:
        if self._finds_none:
            self.field.clear()
            self._pick_kind(_ALL)
            self.focus()
        else:
            self._on_new()

    def _show_kind(self) -> None:
        everything = _("All memos")
        choices = [Choice(_ALL, f"{everything}  {self.model.n_of(None)}")]
        choices += [Choice(kind.value, f"{kind_title(kind)}  {self.model.n_of(kind)}") for kind in SubjectKind]
        self.kinds.offer(choices, _ALL if self._kind is None else self._kind.value)

    def _pick_kind(self, value: str) -> None:
        self._kind = None if value == _ALL else SubjectKind(value)
        self._narrow()

    def _narrow(self) -> None:
        self.model.show_only(self._kind, self.field.text())
        self.refresh()

    # What is done

    def _on_written(self, memo: object) -> None:
        if isinstance(memo, Memo):
            self._entry = MemoEntry(memo, "")
            self.refresh()
        else:  # emptied: the page stays, maybe something else is written on it
            self._entry = None
            self._is_showing = True
            self.model.read()
            self._is_showing = False

    def remove(self) -> None:
        """Takes the picked memo away."""
        if self._entry is None:
            return
        memo_id = self._entry.memo.id
        self._entry = None
        self.pad.show_memo(None, None)
        try:
            self._bridge.project.memos.remove(memo_id)
        except QualcodeError as error:
            self.failed.emit(error)
            return
        self.done.emit(_("Removed the memo"))

    def _open(self) -> None:
        if self._entry is not None and self.open_button.isVisibleTo(self):
            self.subject_opened.emit(self._entry)

    def _on_changed(self, tables: frozenset[str]) -> None:
        if self.isVisible() and tables & _SHOWN_TABLES and not self.pad.is_saving:
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Takes over what changed meanwhile."""
        super().showEvent(event)
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """N writes a new memo, O opens what the picked one is on, Delete takes it away."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_N:
            self._on_new()
        elif event.key() == Qt.Key.Key_O:
            self._open()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.view.picked.connect(self._on_current)
        self.view.opened.connect(lambda _entry: self._open())
        self.view.write_wanted.connect(lambda: self.pad.go_on_writing())
        self.field.textChanged.connect(lambda _text: self._narrow())
        self.new_button.clicked.connect(self._on_new)
        self._empty.pressed.connect(self._on_empty_pressed)
        self._picker.picked.connect(self._on_picked)
        self.kinds.chosen.connect(self._pick_kind)
        self.pad.failed.connect(self.failed)
        self.pad.written.connect(self._on_written)
        self.pad.left.connect(self.focus)
        self.open_button.clicked.connect(self._open)
        self.remove_button.clicked.connect(self.remove)
        self._bridge.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        left = QWidget()
        make_pane(left, at_least=fonts.px(300))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.addWidget(self.kinds)
        head.addStretch(1)
        head.addWidget(self.new_button)
        column.addLayout(head)
        find = QHBoxLayout()
        find.setContentsMargins(16, 0, 16, 4)
        find.addWidget(self.field)
        column.addLayout(find)
        column.addWidget(self.view, 1)
        self._page = QWidget()
        page = QVBoxLayout(self._page)
        page.setContentsMargins(28, 16, 28, 20)
        page.setSpacing(8)
        above = QHBoxLayout()
        above.addWidget(self._on, 1)
        above.addWidget(self.open_button)
        above.addWidget(self.remove_button)
        page.addLayout(above)
        page.addWidget(rule())
        page.addWidget(self.pad, 1)
        page.addWidget(self._who)
        self._page.setMaximumWidth(fonts.px(820))
        right = QWidget()
        row = QHBoxLayout(right)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._page, 1)
        row.addWidget(self._empty, 1)
        column_of(self).addWidget(beside(left, right, widths=(fonts.px(_LIST_WIDTH), 0), stretched=1))
        order = (self.field, self.open_button, self.remove_button, self.pad.title, self.pad.words, self.view)
        for before, after in pairwise(order):
            self.setTabOrder(before, after)  # behind the words of a memo comes the next memo, not the window's menu


def _one_of(kind: SubjectKind) -> str:
    return {
        SubjectKind.PROJECT: _("the project (journal)"),
        SubjectKind.DOCUMENT: _("a document"),
        SubjectKind.RESPONDENT: _("a respondent"),
        SubjectKind.CODE: _("a code"),
        SubjectKind.SEGMENT: _("a quotation"),
    }[kind]
