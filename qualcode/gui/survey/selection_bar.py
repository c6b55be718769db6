"""The bar that rises when rows are selected: how many, a code for all of them, their suggestions."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import KeyCap, add_shadow, button, icon_button, label
from qualcode.gui.widgets.read_only import dim_for_reading
from qualcode.i18n import _, ngettext


class SelectionBar(QFrame):
    """Reports what is to be done: "code", "accept", "reject", "open" or "clear"."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(_("Selected answers"))
        add_shadow(self)
        self._text = label(weight=fonts.SEMIBOLD)
        self._passed = label(size=fonts.SMALL, rank=2)
        self._buttons = {
            "code": self._button("code", _("Type a code…"), "Enter", ""),
            "accept": self._button("accept", _("Accept suggestions"), "A", "quiet"),
            "reject": self._button("reject", _("Reject"), "R", "quiet"),
            "open": self._button("open", _("Open in the text"), "O", "quiet"),
        }
        close = icon_button("x", _("Clear the selection (Esc)"))
        close.clicked.connect(lambda: self.wanted.emit("clear"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._text)
        row.addWidget(self._passed)
        row.addSpacing(6)
        for each in self._buttons.values():
            row.addWidget(each)
        row.addWidget(close)
        self.hide()

    def dim_for_reading(self, is_read_only: bool) -> None:
        """Dims what would change a project that is open for reading only."""
        dim_for_reading(is_read_only, *(made for key, made in self._buttons.items() if key != "open"))

    @property
    def sentence(self) -> str:
        """What it says of the selection."""
        return f"{self._text.text()} {self._passed.text()}".strip()

    def show_selection(self, n_rows: int, n_answers: int, *, has_waiting: bool) -> None:
        """Shows what can be done with so many rows, of which so many are answers that count."""
        self._text.setText(ngettext("{n} row selected", "{n} rows selected", n_rows).format(n=n_rows))
        if n_answers == n_rows:
            self._text.setText(ngettext("{n} answer selected", "{n} answers selected", n_rows).format(n=n_rows))
        passed = n_rows - n_answers
        self._passed.setVisible(passed > 0)
        self._passed.setText(ngettext("{n} without an answer", "{n} without an answer", passed).format(n=passed))
        self._buttons["code"].setEnabled(n_answers > 0)
        self._buttons["accept"].setVisible(has_waiting)
        self._buttons["reject"].setVisible(has_waiting)
        self._buttons["open"].setVisible(n_rows == 1)
        self.show()

    def _button(self, key: str, text: str, cap: str, kind: str) -> QPushButton:
        made = button(text, kind=kind)
        made.setToolTip(f"{text} ({cap})")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: self.wanted.emit(key))
        shown = KeyCap(cap)
        inside = QHBoxLayout(made)
        inside.setContentsMargins(0, 0, 7, 0)
        inside.addStretch(1)
        inside.addWidget(shown)
        words = made.fontMetrics().horizontalAdvance(text) + 2 * 12 + shown.sizeHint().width() + 10
        made.setMinimumWidth(max(words, fonts.px(190) if key == "code" else 0))
        made.setProperty("capped", "true")
        return made
