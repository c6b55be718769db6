"""The upper line: menu, project, screens, undo and redo, who codes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from qualcode.gui.actions import Actions
from qualcode.gui.resources import fonts
from qualcode.gui.resources.icons import icon
from qualcode.gui.widgets.controls import Badge, ElidedLabel, KeyCap, button, icon_button
from qualcode.gui.widgets.screen_switch import ScreenSwitch
from qualcode.i18n import _

_HEIGHT = 48
_TITLE_WIDEST = 440
_TITLE_ROOM = 140
_TITLE_ROOM_WITH_WORDS = 260
_NARROWEST = 600


class TopBar(QWidget):
    """Reports which screen was picked, and that a project is to be opened for writing."""

    screen_picked = Signal(str)
    writing_wanted = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(fonts.px(_HEIGHT))
        self._menu = actions.menu
        self._menu_button = icon_button("menu", _("Menu (Alt)"))
        self._menu_button.clicked.connect(self.open_menu)
        self._title = ElidedLabel(fonts.CONTROL, fonts.SEMIBOLD)
        self._title.setMaximumWidth(fonts.px(_TITLE_WIDEST))
        self._badge = Badge()
        self.coder_button = _action_button(actions["coder"], "users")
        self.coder_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)  # the initials are its icon
        inside = QHBoxLayout(self.coder_button)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._badge, alignment=Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 14, 0)
        row.setSpacing(4)
        row.addWidget(self._menu_button)
        row.addSpacing(2)
        row.addWidget(self._title)
        self.read_only_button = button(_("Read only"), kind="quiet", icon_name="lock")
        self.read_only_button.setToolTip(_("Nothing can be changed here. Click to open the project for writing."))
        self.read_only_button.clicked.connect(self.writing_wanted)
        self.read_only_button.hide()
        row.addWidget(self.read_only_button)
        row.addSpacing(28)
        self.screens = ScreenSwitch(actions, self)
        self.screens.picked.connect(self.screen_picked)
        row.addWidget(self.screens)
        row.addStretch(1)
        row.addWidget(_action_button(actions["undo"], "undo-2"))
        row.addWidget(_action_button(actions["redo"], "redo-2"))
        row.addSpacing(6)
        self._search = _SearchButton()
        self._search.clicked.connect(lambda: self.screen_picked.emit("find"))
        row.addWidget(self._search)
        row.addSpacing(10)
        row.addWidget(self.coder_button)

    def show_project(self, title: str, coder: str, *, is_read_only: bool = False) -> None:
        """Names the project and the coder, and says whether nothing can be changed."""
        self._title.setText(title)
        self.read_only_button.setVisible(is_read_only)
        self._badge.show_name(coder)
        self.coder_button.setAccessibleDescription(coder)

    def show_screen(self, key: str) -> None:
        """Marks the screen that is shown; the search is the field at the right."""
        self.screens.show_screen(key)

    def offer_survey(self, is_there: bool) -> None:
        """Offers the survey only to a project that has one."""
        self.screens.offer("survey", is_there)
        self._fit()

    def show_waiting(self, n: int) -> None:
        """Says beside "Review" how many suggestions wait; nothing when none does."""
        self.screens.show_waiting(n)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """It never keeps the window from getting narrower: what has no room gives way."""
        return QSize(fonts.px(_NARROWEST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the search is a glass only, and some screens stand below "More"."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The words of the search give way first, then screens, before the project's name does."""
        layout = self.layout()
        if layout is None:
            return
        self._search.show_words(True)
        self.screens.fit(self.screens.full_width)
        others = layout.totalMinimumSize().width() - self.screens.full_width
        room = self.width() - others
        if room < self.screens.full_width + fonts.px(_TITLE_ROOM_WITH_WORDS):
            room += self._search.width()
            self._search.show_words(False)
            room -= self._search.width()
        self.screens.fit(room - fonts.px(_TITLE_ROOM))

    def open_menu(self) -> None:
        """Opens the menu below its button."""
        self._menu.popup(self._menu_button.mapToGlobal(QPoint(0, self._menu_button.height() + 4)))


class _SearchButton(QPushButton):
    """Looks like the field that it leads to."""

    def __init__(self) -> None:
        super().__init__()
        self._words = _("Search everything")
        self.setFont(fonts.font(fonts.CONTROL))
        self.setObjectName("searchEverything")
        self.setAccessibleName(self._words)
        self.setToolTip(f"{self._words} (Ctrl+F)")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIcon(icon("search"))
        self.setIconSize(QSize(16, 16))
        self._cap = KeyCap("Ctrl F", self)
        self.show_words(True)

    def show_words(self, is_wide: bool) -> None:
        """Shows the words and the key, or the glass alone."""
        self.setText("\u2002" + self._words if is_wide else "")
        self._cap.setVisible(is_wide)
        text = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        room = text + self._cap.sizeHint().width() + 62 if is_wide else fonts.px(32)
        self.setFixedSize(round(room), fonts.px(32))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The key stays at the right."""
        super().resizeEvent(event)
        size = self._cap.sizeHint()
        self._cap.setGeometry(
            self.width() - size.width() - 8, (self.height() - size.height()) // 2, size.width(), size.height()
        )


def _action_button(action: QAction, icon_name: str) -> QToolButton:
    """A button for undo, redo or another coder: dimmed, named and explained as its menu entry is."""
    made = icon_button(icon_name, action.text())

    def follow() -> None:
        made.setEnabled(action.isEnabled())
        shortcut = action.shortcut().toString()
        named = f"{action.text()} ({shortcut})" if shortcut else action.text()
        made.setToolTip(str(action.property("why") or named))
        made.setAccessibleName(action.text())

    made.clicked.connect(action.trigger)
    action.changed.connect(follow)
    follow()
    return made
