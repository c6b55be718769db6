"""Whose quotations are shown: a button with a menu of coders, only there when others have coded too."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.resources.icons import icon
from qualcode.i18n import _, ngettext
from qualcode.model.segment import Coder


class CodersButton(QPushButton):
    """Shows and hides coders' quotations, one by one or all but one's own."""

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._others: list[Coder] = []
        self.setFont(fonts.font(fonts.CONTROL, fonts.MEDIUM))
        self.setProperty("quiet", "true")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(True)  # Enter opens it
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        bridge.changed.connect(self._on_changed)
        self._show()

    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables & {"segment", "coder"}:
            self._show()

    def _show(self) -> None:
        self._others = self._bridge.other_coders()
        hidden = self._bridge.hidden_coders
        n_hidden = sum(coder.id in hidden for coder in self._others)
        if self._bridge.is_blind:
            text = _("Others hidden")
        elif n_hidden:
            text = ngettext("{n} coder hidden", "{n} coders hidden", n_hidden).format(n=n_hidden)
        else:
            text = _("Coders")
        self.setIcon(icon("eye-off" if n_hidden or self._bridge.is_blind else "users"))
        self.setText(f"\u2002{text}")
        self.setAccessibleName(text)
        self.setToolTip(_("Whose quotations are shown"))
        self.setVisible(bool(self._others) or self._bridge.is_blind)

    def _fill(self) -> None:
        menu = self._menu
        menu.clear()
        hidden = self._bridge.hidden_coders
        for coder in self._others:
            name = coder.name if coder.is_person else _("{name} (rules)").format(name=coder.name)
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(coder.id not in hidden)
            action.setEnabled(not self._bridge.is_blind)
            action.toggled.connect(lambda on, coder=coder: self._bridge.show_coder(coder.id, on))
        menu.addSeparator()
        blind = menu.addAction(_("Code blind: hide all but mine"))
        blind.setCheckable(True)
        blind.setChecked(self._bridge.is_blind)
        blind.toggled.connect(self._bridge.set_blind)
