"""A card beside a quotation, code or document: the memos on it, one at a time, and a page for a new one."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.memos.pad import MemoPad
from qualcode.gui.memos.wording import when
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import ElidedLabel, icon_button, label, rule
from qualcode.gui.widgets.panes import popover_card
from qualcode.gui.widgets.popover import Popover
from qualcode.i18n import _
from qualcode.model.memo import Memo, Subject, SubjectKind

_WIDTH, _HEIGHT = 380, 250
_ABOVE, _SIDE, _BELOW = 16, 26, 40
_ROOM = (_SIDE, _ABOVE, _SIDE, _BELOW)
_SHOWN_TABLES = frozenset({"memo", "segment"})


class MemoCard(Popover):
    """Pops up beside what a memo is on; Escape or a click elsewhere writes and closes it.

    Signals:
        failed: the memo cannot be written.
    """

    failed = Signal(Exception)

    def __init__(self, bridge: ProjectBridge, owner: QWidget) -> None:
        super().__init__(owner)
        self._bridge = bridge
        self._subject = Subject()
        self._memos: list[Memo] = []
        self._at = 0
        self.pad = MemoPad(bridge)
        self._on = ElidedLabel(fonts.SMALL, rank=2)
        self._which = label(size=fonts.SMALL, rank=3)
        self._who = label(size=fonts.HINT, rank=3)
        self._before = icon_button("chevron-up", _("Memo before"))
        self._after = icon_button("chevron-down", _("Memo after"))
        self.new_button = icon_button("plus", _("Another memo"))
        self.remove_button = icon_button("trash-2", _("Remove the memo"))
        self._lay_out()
        self.pad.left.connect(self.close_up)
        self.pad.failed.connect(self.failed)
        self.pad.written.connect(self._on_written)
        self._before.clicked.connect(lambda: self._show_at(self._at - 1))
        self._after.clicked.connect(lambda: self._show_at(self._at + 1))
        self.new_button.clicked.connect(self._on_new)
        self.remove_button.clicked.connect(self._on_remove)
        bridge.changed.connect(self._on_changed)

    def open_at(self, place: QRect, subject: Subject, name: str) -> None:
        """Opens below a place, or above it when there is no room below.

        Args:
            place: what must not be covered, in global coordinates.
            subject: what the memo is on.
            name: what that is called.
        """
        self._subject = subject
        self._on.setText(name)
        self.setAccessibleName(_("Memo on {name}").format(name=name))
        self._memos = self._seen()
        self._show_at(len(self._memos) - 1)
        self.lift_beside(place, _ROOM)
        self.show()
        self.pad.go_on_writing(Qt.FocusReason.PopupFocusReason)

    def _seen(self) -> list[Memo]:
        """The memos on it; who codes blind sees none of others on a quotation."""
        memos, own = self._bridge.project.memos.of(self._subject), self._bridge.project.coder_name
        return [each for each in memos if each.coder == own or not self._is_hidden]

    @property
    def _is_hidden(self) -> bool:
        """Whether what others wrote here is not to be seen."""
        return self._bridge.is_blind and self._subject.kind is SubjectKind.SEGMENT

    def _show_at(self, at: int) -> None:
        self._at = max(0, at)
        memo = self._memos[self._at] if self._memos else None
        self.pad.show_memo(self._subject, memo)
        self._show_state()

    def _show_state(self) -> None:
        memo, n = self.pad.memo, len(self._memos)
        is_new = memo is None
        self._which.setText(_("{number} of {n}").format(number=self._at + 1, n=n) if n > 1 else "")
        self._before.setVisible(n > 1)
        self._after.setVisible(n > 1)
        self._before.setEnabled(self._at > 0)
        self._after.setEnabled(self._at + 1 < n)
        self.new_button.setVisible(not is_new and not self._bridge.project.db.read_only)
        self.remove_button.setVisible(not is_new and not self._bridge.project.db.read_only)
        self._who.setText("" if memo is None else f"{memo.coder}, {when(memo.changed_at)}")

    def _on_new(self) -> None:
        self.pad.save()
        self._memos = self._seen()
        self._at = len(self._memos)
        self.pad.show_memo(self._subject, None)
        self._show_state()
        self.pad.go_on_writing()

    def _on_remove(self) -> None:
        memo = self.pad.memo
        if memo is not None:
            self.pad.show_memo(None, None)
            self._bridge.project.memos.remove(memo.id)
        self.close_up()

    def _on_written(self, _memo: object) -> None:
        self._memos = self._seen()
        self._say_which()

    def _say_which(self) -> None:
        memo = self.pad.memo
        self._at = next((at for at, each in enumerate(self._memos) if memo is not None and each.id == memo.id), 0)
        self._show_state()

    def _on_changed(self, tables: frozenset[str]) -> None:
        """What the memo is on may be gone, another state of it is back, or somebody else codes who must not see it."""
        if not self.isVisible() or not tables & _SHOWN_TABLES or self.pad.is_saving:
            return
        memo = self.pad.memo
        self._memos = self._seen()
        if memo is not None and self._is_hidden and memo.coder != self._bridge.project.coder_name:
            self._show_at(len(self._memos) - 1)
        else:
            self.pad.show_again()
            self._say_which()

    def _lay_out(self) -> None:
        column = popover_card(self, _ROOM)
        column.setContentsMargins(16, 8, 8, 10)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._on, 1)
        for each in (self._which, self._before, self._after, self.new_button, self.remove_button):
            head.addWidget(each)
        close = icon_button("x", _("Close"))
        close.clicked.connect(self.close_up)
        head.addWidget(close)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self.pad, 1)
        column.addWidget(self._who)
        self.setFixedSize(fonts.px(_WIDTH) + 2 * _SIDE, fonts.px(_HEIGHT) + _ABOVE + _BELOW)
