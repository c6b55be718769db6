"""Which groups are set beside each other: two of them, or any number."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.i18n import _
from qualcode.model.case import ALL_GROUPS, NO_GROUP

TOP, ALL = "top", "all"


def offer_by(bridge: ProjectBridge, by: ChoiceButton) -> list[str]:
    """Offers what people can be grouped by, and returns the groups of what is chosen."""
    project = bridge.project
    attributes = project.respondents.attribute_names()
    choices = [Choice("group", _("Group")), *(Choice(name, name) for name in attributes)]
    by.offer(choices, by.key if by.key in {each.key for each in choices} else "group")
    by.setVisible(len(choices) > 1)
    known = list(bridge.groups) if by.key == "group" else project.reports.groups(by.key)
    return [name for name in known if name not in (ALL_GROUPS, NO_GROUP)]


def offer_two(names: Sequence[str], first: ChoiceButton, second: ChoiceButton) -> None:
    """Offers two of these; what was chosen stays where it can."""
    one = first.key if first.key in names else ""
    other = second.key if second.key in names else ""
    free = [name for name in names if name not in (one, other)]
    one = one or (free.pop(0) if free else "")
    other = other or (free.pop(0) if free else "")
    if one == other and free:
        other = free[0]
    for choice, chosen in ((first, one), (second, other)):
        choice.offer([Choice(name, name) for name in names], chosen)


def offer_themes(themes: ChoiceButton) -> None:
    """Offers the themes at the top, or all codes."""
    if not themes.key:
        themes.offer([Choice(TOP, _("at the top")), Choice(ALL, _("all"))], TOP)


class SeveralChoice(ChoiceButton):
    """A button that says which groups are chosen, and opens a menu in which each can be ticked.

    Signals:
        picked: other groups are chosen.
    """

    picked = Signal()

    def __init__(self, name: str, widest: int = 150) -> None:
        super().__init__(name, widest)
        self._menu = _StayingMenu(self)
        self.setMenu(self._menu)
        self._names: list[str] = []
        self._left_out: set[str] = set()

    @property
    def names(self) -> list[str]:
        """The groups that are ticked, in order."""
        return [name for name in self._names if name not in self._left_out]

    def offer_names(self, names: Sequence[str]) -> None:
        """Offers these; a group that was left out stays so."""
        self._names = list(names)
        self._menu.clear()
        for name in names:
            action = self._menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name not in self._left_out)
            action.triggered.connect(lambda checked=False, name=name: self.tick(name, is_in=checked))
        self._say()

    def tick(self, name: str, *, is_in: bool) -> None:
        """Takes a group in, or leaves it out."""
        self._left_out = self._left_out - {name} if is_in else self._left_out | {name}
        self._say()
        self.picked.emit()

    def _say(self) -> None:
        shown = self.names
        text = _("all ({n})").format(n=len(shown)) if len(shown) == len(self._names) else ", ".join(shown) or _("none")
        self._shown.setText(text)
        self.setAccessibleName(f"{self._name}: {text}")
        self.updateGeometry()


class _StayingMenu(QMenu):
    """A menu that stays open while one ticks."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press ticks."""
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable():  # type: ignore[redundant-expr]  # the stubs leave None out
            action.trigger()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """So do Space and Enter."""
        action = self.activeAction()
        keys = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if action is not None and event.key() in keys:  # type: ignore[redundant-expr]  # as above
            action.trigger()
            return
        super().keyPressEvent(event)
