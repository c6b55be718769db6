"""The right side of the agreement screen: where the sides differ, and how coders settle it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from qualcode.gui.agreement.differing import Differing, DifferingModel, DifferingView
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import button, label, rule
from qualcode.gui.widgets.panes import column_of, make_pane
from qualcode.gui.widgets.read_only import dim_for_reading
from qualcode.i18n import _


class DifferingPanel(QWidget):
    """A heading, the buttons that settle, the disagreements.

    Signals:
        opened: a `Differing` that is to be shown in its text.
        settled: the selected ones, whether the code applies, and why.
        reopened: the selected ones are open again.
    """

    opened = Signal(object)
    settled = Signal(list, bool, str)
    reopened = Signal(list)

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        make_pane(self, at_least=300)
        self.model = DifferingModel(self)
        self.list = DifferingView(bridge, self.model)
        self._goes_on_at: int | None = None  # the row where one that is settled stands
        self._heading = label(weight=fonts.SEMIBOLD, wrap=True)
        self.note = QLineEdit()
        self.note.setFont(fonts.font())
        self.note.setPlaceholderText(_("Why (kept with what you settle)"))
        self.note.setAccessibleName(_("Why"))
        self.has_it = button(_("Has the code"))
        self.has_it_not = button(_("Has it not"))
        self.reopen = button(_("Open again"))
        for made, key in ((self.has_it, "Y"), (self.has_it_not, "N"), (self.reopen, "R")):
            made.setToolTip(f"{made.text().strip()} ({key})")
        self._settling = QWidget()
        self._lay_out()
        self.list.opened.connect(self.opened)
        self.list.settled.connect(self._on_settled)
        self.list.reopened.connect(self.reopened)
        self.has_it.clicked.connect(lambda: self._on_settled(self.list.selected, True))
        self.has_it_not.clicked.connect(lambda: self._on_settled(self.list.selected, False))
        self.reopen.clicked.connect(lambda: self.reopened.emit(self.list.selected))
        self.list.selectionModel().selectionChanged.connect(lambda _new, _old: self._dim())
        self.model.modelReset.connect(self._dim)
        self._dim()
        dim_for_reading(bridge.is_read_only, self.has_it, self.has_it_not, self.reopen, self.note)

    @property
    def heading(self) -> str:
        """How much the sides differ in."""
        return self._heading.text()

    def show_rows(self, heading: str, rows: Sequence[Differing]) -> None:
        """Shows others."""
        self._heading.setText(heading)
        self.model.show_rows(rows)
        if self._goes_on_at is not None and rows:
            self.list.setCurrentIndex(self.model.index(min(self._goes_on_at, len(rows) - 1)))
        self._goes_on_at = None

    def show_settling(self, can_settle: bool) -> None:
        """Only what coders differ in can be settled."""
        self._settling.setVisible(can_settle)

    def _on_settled(self, chosen: list[Differing], applies: bool) -> None:
        if chosen:
            self._goes_on_at = min(index.row() for index in self.list.selectedIndexes())
            self.settled.emit(chosen, applies, self.note.text().strip())
            self.note.clear()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _dim(self) -> None:
        chosen = self.list.selected
        for made in (self.has_it, self.has_it_not):
            made.setEnabled(bool(chosen))
        self.reopen.setEnabled(any(each.settled for each in chosen))

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 10)
        head.setSpacing(8)
        head.addWidget(self._heading)
        inside = column_of(self._settling)
        inside.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(6)
        for made in (self.has_it, self.has_it_not, self.reopen):
            row.addWidget(made)
        row.addStretch(1)
        inside.addLayout(row)
        inside.addWidget(self.note)
        head.addWidget(self._settling)
        column = column_of(self)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self.list, 1)
