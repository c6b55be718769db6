"""What the bars, the menu and the title say of the open project."""

from __future__ import annotations

from PySide6.QtWidgets import QMainWindow

from qualcode.gui.actions import Actions
from qualcode.gui.open_project import OpenProject
from qualcode.gui.widgets.status_bar import StatusBar
from qualcode.gui.widgets.top_bar import TopBar
from qualcode.i18n import _, ngettext


class ProjectState:
    """Says it anew after each change."""

    def __init__(
        self, window: QMainWindow, opened: OpenProject, actions: Actions, top_bar: TopBar, status_bar: StatusBar
    ) -> None:
        self._window = window
        self._opened = opened
        self._actions = actions
        self._top_bar = top_bar
        self._status_bar = status_bar

    def show_none(self) -> None:
        """No project is open."""
        self.set_bars_visible(False)
        self._window.setWindowTitle("Qualcode")
        self._actions.set_project_open(False)
        self._actions.name_steps(None, None)

    def show(self) -> None:
        """Says what is open, what is done and waits in it, and what can be done."""
        bridge, bench = self._opened.bridge, self._opened.workbench
        if bridge is None or bench is None:
            return
        project, is_read_only = bridge.project, self._opened.is_read_only
        n = project.segments.count()
        pending = project.review.n_pending()
        counts = ngettext("{n} quotation", "{n} quotations", n).format(n=n)
        if pending:
            counts += ", " + ngettext("{n} suggestion waits", "{n} suggestions wait", pending).format(n=pending)
        self._window.setWindowTitle(f"{project.title} – Qualcode")  # an import into an empty project may name it
        self._top_bar.show_project(project.title, project.coder.name, is_read_only=is_read_only)
        self._top_bar.show_waiting(pending)
        self._top_bar.offer_survey(bench.has_survey)
        self._status_bar.show_state(_("Read only") if is_read_only else _("Everything saved"), counts)
        names = (None, None) if is_read_only else (project.undo_name, project.redo_name)
        self._actions.name_steps(*names)
        self._actions["show_survey"].setEnabled(bench.has_survey)
        self._actions["show_survey"].setVisible(bench.has_survey)

    def show_screen(self, name: str) -> None:
        """Says which screen is shown, and its keys."""
        self._top_bar.show_screen(name)
        self.show_keys()

    def show_keys(self, keys: list[tuple[str, str]] | None = None) -> None:
        """Says which keys work now: those of a page, or of the screen that is shown."""
        bench = self._opened.workbench
        if keys is None:
            keys = bench.working_keys() if bench is not None else []
        self._status_bar.show_keys([*keys, ("F1", _("all shortcuts"))])

    def set_bars_visible(self, is_visible: bool) -> None:
        """Shows the bars above and below, or leaves the window to a page."""
        self._top_bar.setVisible(is_visible)
        self._status_bar.setVisible(is_visible)
