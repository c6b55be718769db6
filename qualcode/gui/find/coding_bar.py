"""The bar that rises when what was found is selected: a code for all of it, in one step."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.coding.picker import CodePicker
from qualcode.gui.find.model import FoundModel
from qualcode.gui.find.view import FoundView
from qualcode.gui.importing.piecewise import change_many
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import KeyCap, add_shadow, button, icon_button, label
from qualcode.gui.widgets.read_only import dim_for_reading, refusal
from qualcode.i18n import _, grouped, ngettext
from qualcode.project.search import Hit


class CodingBar(QFrame):
    """Codes the turns and answers that are selected in the list.

    Signals:
        failed: an error that the user can act on.
        done: what was done, in words.
    """

    failed = Signal(Exception)
    done = Signal(str)

    def __init__(self, bridge: ProjectBridge, view: FoundView, model: FoundModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        add_shadow(self)
        self._bridge, self._view, self._model, self._room = bridge, view, model, parent
        self.picker = CodePicker(bridge, parent, makes_codes=False)
        self._selected = label(weight=fonts.MEDIUM)
        code = button(_("Code …"), kind="main")
        code.clicked.connect(self.ask_code)
        dim_for_reading(bridge.is_read_only, code)
        close = icon_button("x", _("Clear the selection"))
        close.clicked.connect(view.clearSelection)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 9, 10, 9)
        row.setSpacing(12)
        row.addWidget(self._selected)
        row.addWidget(code)
        row.addWidget(KeyCap("C"))
        row.addWidget(close)
        self.hide()
        view.code_wanted.connect(self.ask_code)
        view.selectionModel().selectionChanged.connect(lambda *_changes: self.show_selection())
        self.picker.code_picked.connect(self._code_selected)

    def selected_hits(self) -> list[Hit]:
        """The turns and answers that are selected, in the order of the list; a moderator's never."""
        entries = self._model.entries()
        ranges = sorted((each.top(), each.bottom()) for each in self._view.selectionModel().selection().toList())
        selected = (each for first, last in ranges for each in entries[first : last + 1])
        return [each for each in selected if isinstance(each, Hit) and not each.is_moderator]

    def ask_code(self) -> None:
        """Asks which code the selected turns and answers get; with none selected, the one that the keyboard is on."""
        if not self._view.selectionModel().hasSelection() and self._view.currentIndex().isValid():
            self._view.selectRow(self._view.currentIndex().row())
        n = len(self.selected_hits())
        if n and self._bridge.is_read_only:
            self.failed.emit(refusal())
            return
        if not n:
            return
        action = ngettext("code {n} turn", "code {n} turns", n).format(n=n)
        self.picker.open_at(QRect(self.mapToGlobal(QPoint(0, 0)), self.size()), "", 0, action)

    def place(self) -> None:
        """Stands in the middle below what was found."""
        self.adjustSize()
        self.move((self._room.width() - self.width()) // 2, self._room.height() - self.height() - 20)
        self.raise_()

    def _code_selected(self, code_id: int) -> None:
        places = [(hit.document_id, hit.span) for hit in self.selected_hits()]
        coding = self._bridge.project.segments.adding_many(places, code_id)
        change_many(
            self._bridge, _("Coding"), len(places), coding, lambda n: self._on_coded(n, code_id), self.failed.emit
        )

    def _on_coded(self, n: int, code_id: int) -> None:
        self._bridge.remember_code(code_id)
        name = self._bridge.names.get(code_id, "")
        sentence = ngettext("Coded {n} turn with “{code}”", "Coded {n} turns with “{code}”", n)
        self.done.emit(sentence.format(n=n, code=name))
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_selection(self) -> None:
        """Rises with how much is selected, or goes."""
        n = len(self.selected_hits())
        self.setVisible(n > 1 or (n == 1 and self._view.hasFocus()))
        text = ngettext("{n} turn or answer selected", "{n} turns and answers selected", n).format(n=grouped(n))
        self._selected.setText(text)
        self.place()
