"""A card below the coder's initials: somebody else takes over, without the project being closed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import button, label, rule
from qualcode.gui.widgets.panes import closing_head, popover_card
from qualcode.gui.widgets.popover import Popover
from qualcode.i18n import _

_ABOVE, _SIDE, _BELOW = 16, 26, 40
_ROOM = (_SIDE, _ABOVE, _SIDE, _BELOW)
_WIDTH = 320
_ROW = 32
_MOST_ROWS = 6
_LONGEST_NAME = 80


class CoderCard(Popover):
    """Asks who codes from now on: a name that is typed, or one of those who have coded here.

    Signals:
        picked: a name, typed or one of those who have coded here.
    """

    picked = Signal(str)

    def __init__(self, bridge: ProjectBridge, owner: QWidget) -> None:
        super().__init__(owner)
        self.setAccessibleName(_("Who codes?"))
        self.name = QLineEdit(bridge.project.coder_name)
        self.name.setMaxLength(_LONGEST_NAME)
        self.name.setPlaceholderText(_("As the system calls you"))
        self.name.setAccessibleName(_("Your name as coder"))
        self.name.returnPressed.connect(lambda: self._take(self.name.text()))
        self.go_button = button(_("Change"), kind="main")
        self.go_button.clicked.connect(lambda: self._take(self.name.text()))
        self.others = [self._other(coder.name) for coder in bridge.other_coders() if coder.is_person]
        self._lay_out()

    def open_at(self, anchor: QWidget) -> None:
        """Opens below a widget."""
        self.lift_beside(QRect(anchor.mapToGlobal(QPoint(0, 0)), anchor.size()), _ROOM)
        self.show()
        self.name.setFocus(Qt.FocusReason.PopupFocusReason)
        self.name.selectAll()

    def hideEvent(self, event: QHideEvent) -> None:
        """It is made anew each time."""
        super().hideEvent(event)
        self.deleteLater()

    def _take(self, name: str) -> None:
        self.close_up()  # what is behind gets the keyboard first: it may have to write what was typed by whom
        self.picked.emit(name)

    def _other(self, name: str) -> QPushButton:
        made = button(name.replace("&", "&&"), kind="quiet", name=_("Code as {name}").format(name=name))
        made.setProperty("capped", "true")  # the words stand at the left
        made.clicked.connect(lambda: self._take(name))
        return made

    def _lay_out(self) -> None:
        column = popover_card(self, _ROOM)
        column.setContentsMargins(16, 10, 12, 14)
        column.setSpacing(8)
        column.addLayout(closing_head(label(_("Who codes?"), weight=fonts.SEMIBOLD), self.close_up))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.name, 1)
        row.addWidget(self.go_button)
        column.addLayout(row)
        words = _("What is done from now on is done under this name; what was done before stays as it is.")
        column.addWidget(label(words, fonts.SMALL, rank=2, wrap=True))
        if self.others:
            column.addWidget(rule())
            column.addWidget(label(_("Have coded here"), fonts.SMALL, rank=2))
            column.addWidget(self._list_of_others())
        self.setFixedWidth(fonts.px(_WIDTH) + 2 * _SIDE)

    def _list_of_others(self) -> QScrollArea:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for each in self.others:
            rows.addWidget(each)
        made = QScrollArea()
        made.setObjectName("onCard")
        made.setWidgetResizable(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setWidget(inside)
        made.setAccessibleName(_("Have coded here"))
        made.setFixedHeight(min(len(self.others), _MOST_ROWS) * fonts.px(_ROW) + 2)
        return made
