"""The screens of a project side by side; those that a narrow window has no room for stand below "More"."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QButtonGroup, QMenu, QPushButton, QSizePolicy, QWidget

from qualcode.gui.actions import Actions
from qualcode.gui.resources import fonts
from qualcode.gui.resources.icons import icon
from qualcode.gui.widgets.controls import CountBadge, button
from qualcode.i18n import _, ngettext

_HEIGHT = 32
_GAP = 4


class ScreenSwitch(QWidget):
    """Reports which screen was picked.

    Args:
        actions: the commands, for the keys of those that show a screen.

    Signals:
        picked: a screen by its name.
    """

    picked = Signal(str)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Screens"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._offered: dict[str, bool] = {}
        self._room = 0
        for key, name in _names().items():
            self._add(key, name, actions[f"show_{key}"].shortcut())
        self._waiting = CountBadge(self._buttons["review"])
        self._below = QMenu(self)
        self._more = self._more_button()
        self._entries = {key: self._entry(key, actions[f"show_{key}"].shortcut()) for key in self._buttons}

    @property
    def buttons(self) -> Mapping[str, QPushButton]:
        """A button for each screen, by its name; hidden where there is no room."""
        return self._buttons

    @property
    def more(self) -> QPushButton:
        """Opens the menu of the screens that there is no room for."""
        return self._more

    def show_screen(self, key: str) -> None:
        """Marks the screen that is shown; none of them, if it has no place here."""
        self._group.setExclusive(False)
        for name, made in self._buttons.items():
            made.setChecked(name == key)
            self._entries[name].setChecked(name == key)
        self._group.setExclusive(True)
        self._place()

    def offer(self, key: str, is_offered: bool) -> None:
        """Offers a screen, or does not."""
        self._offered[key] = is_offered
        self._place()

    def show_waiting(self, n: int) -> None:
        """Says beside "Review" how many suggestions wait; nothing when none does."""
        self._waiting.show_count(n)
        spoken = ngettext("Review, {n} suggestion waits", "Review, {n} suggestions wait", n).format(n=n)
        self._buttons["review"].setAccessibleName(spoken if n else _("Review"))
        self._place()

    @property
    def full_width(self) -> int:
        """The room that all screens need side by side, in pixels."""
        return sum(self._width(key) + _GAP for key in self._shown_keys()) - _GAP

    def fit(self, room: int) -> None:
        """Shows as many screens as there is room for; the others stand below "More"."""
        self._room = room
        self._place()

    def _shown_keys(self) -> list[str]:
        return [key for key in self._buttons if self._offered.get(key, True)]

    def _width(self, key: str) -> int:
        made = self._buttons[key]
        return max(made.sizeHint().width(), made.minimumWidth())

    def _place(self) -> None:
        keys = self._shown_keys()
        n_beside = len(keys)
        if self.full_width > self._room:
            left = self._room - self._widest_more(keys)
            n_beside = 0
            while n_beside < len(keys) - 1 and left >= self._width(keys[n_beside]) + _GAP:
                left -= self._width(keys[n_beside]) + _GAP
                n_beside += 1
        x, height = 0, fonts.px(_HEIGHT)
        for key, made in self._buttons.items():
            is_beside = key in keys[:n_beside]
            made.setVisible(is_beside)
            self._entries[key].setVisible(key in keys[n_beside:])
            if is_beside:
                made.setGeometry(x, 0, self._width(key), height)
                x += self._width(key) + _GAP
        self._name_more(keys[n_beside:])
        if n_beside < len(keys):
            width = self._more.sizeHint().width()
            self._more.setGeometry(x, 0, width, height)
            x += width + _GAP
        self.setFixedSize(max(0, x - _GAP), height)

    def _name_more(self, below: list[str]) -> None:
        """The button is called as the screen that is shown, if that stands in its menu."""
        shown = next((key for key in below if self._buttons[key].isChecked()), "")
        self._more.setVisible(bool(below))
        self._more.setChecked(bool(shown))
        self._more.setText(self._buttons[shown].text() if shown else _("More"))
        named = _("More screens: {name}").format(name=self._more.text())
        self._more.setAccessibleName(named if shown else _("More screens"))

    def _widest_more(self, keys: list[str]) -> int:
        """The room for the button, whatever screen it is called after."""
        words = [_("More"), *(self._buttons[key].text() for key in keys)]
        metrics = self._more.fontMetrics()
        text = max(metrics.horizontalAdvance(word) for word in words)
        return text + self._more.sizeHint().width() - metrics.horizontalAdvance(self._more.text())

    def _add(self, key: str, name: str, shortcut: QKeySequence) -> None:
        made = button(name, kind="screen")
        made.setParent(self)
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setToolTip(f"{name} ({shortcut.toString()})")
        made.clicked.connect(lambda: self.picked.emit(key))
        self._group.addButton(made)
        self._buttons[key] = made

    def _more_button(self) -> QPushButton:
        made = button(_("More"), kind="screen", name=_("More screens"))
        made.setParent(self)
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow behind the word
        made.setIcon(icon("chevron-down"))
        made.setIconSize(QSize(16, 16))
        made.setMenu(self._below)
        return made

    def _entry(self, key: str, shortcut: QKeySequence) -> QAction:
        made = self._below.addAction(f"{self._buttons[key].text()}\t{shortcut.toString()}")
        made.setCheckable(True)
        made.triggered.connect(lambda: self.picked.emit(key))
        return made


def _names() -> dict[str, str]:
    """What the screens are called, in the order of a study."""
    return {
        "code": _("Code"),
        "review": _("Review"),
        "survey": _("Survey"),
        "tables": _("Tables"),
        "respondents": _("Respondents"),
        "agreement": _("Agreement"),
        "memos": _("Memos"),
        "report": _("Report"),
    }
