"""The menu of the text: what can be done with the selected words, the picked quotation, the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from qualcode.gui.widgets.read_only import dim_for_reading
from qualcode.i18n import _

_READS = frozenset({"copy", "versions"})
"""What changes nothing."""


@dataclass(frozen=True, slots=True)
class MenuState:
    """What the menu is about.

    Attributes:
        has_selection: whether words are selected.
        mark: "segment", "suggestion", "others" (another coder's), or "" where none is picked.
        has_neighbour: whether a quotation of the same code stands beside the picked one.
        has_versions: whether the text was corrected or read again.
        is_read_only: whether nothing can be changed.
    """

    has_selection: bool
    mark: str = ""
    has_neighbour: bool = False
    has_versions: bool = False
    is_read_only: bool = False


def _extents() -> tuple[tuple[str, str, str], ...]:
    return (
        ("end_out", _("End one word further"), "Alt+Right"),
        ("end_in", _("End one word back"), "Alt+Left"),
        ("start_out", _("Start one word back"), "Alt+Shift+Left"),
        ("start_in", _("Start one word further"), "Alt+Shift+Right"),
    )


def text_menu(parent: QWidget, state: MenuState, act: Callable[[str], object]) -> QMenu:
    """Makes the menu; each entry shows its key. It is gone when it closes.

    Args:
        parent: what the menu belongs to.
        state: what it is about.
        act: is told what was picked: "code", "copy", "versions", or a command of the text's keys.
    """
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.setAccessibleName(_("Text"))
    menu.setToolTipsVisible(state.is_read_only)

    def add(command: str, text: str, key: str = "", *, enabled: bool = True, below: QMenu = menu) -> None:
        action = below.addAction(text)
        action.setObjectName(command)
        if key:
            action.setShortcut(QKeySequence(key))
            action.setShortcutVisibleInContextMenu(True)
        action.setEnabled(enabled)
        action.triggered.connect(lambda _checked=False: act(command))
        if command not in _READS:
            dim_for_reading(state.is_read_only, action)

    if state.has_selection:
        add("code", _("Code the selection…"), "Return")
        add("in_vivo", _("Code in vivo"), "Ctrl+I")
        add("copy", _("Copy"), "Ctrl+C")
    else:
        add("turn", _("Code the turn…"), "T")
        add("sentence", _("Code the sentence…"), "S")
    menu.addSeparator()
    if state.mark == "segment":
        add("recode", _("Another code…"), "C")
        extent = menu.addMenu(_("Extent"))
        dim_for_reading(state.is_read_only, extent.menuAction())
        for command, text, key in _extents():
            add(command, text, key, below=extent)
        add("split", _("Split the quotation here"), "X", enabled=not state.has_selection)
        add("join", _("Join with the one beside it"), "Shift+X", enabled=state.has_neighbour)
        add("memo", _("Memo…"), "M")
        add("remove", _("Uncode"), "Del")
        menu.addSeparator()
    elif state.mark == "suggestion":
        add("accept", _("Accept"), "A")
        add("recode", _("Another code…"), "C")
        add("reject", _("Reject"), "R")
        menu.addSeparator()
    add("correct", _("Correct the text…"), "F4")
    if state.has_versions:
        add("versions", _("Versions of this text…"))
    return menu
