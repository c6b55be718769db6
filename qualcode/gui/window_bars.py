"""The bars of the window, and what they, the menu and the title say of the open project."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from qualcode.gui.actions import Actions
from qualcode.gui.keeping import Keeping
from qualcode.gui.messages import Message
from qualcode.gui.open_project import OpenProject
from qualcode.gui.widgets.message_line import MessageLine
from qualcode.gui.widgets.status_bar import StatusBar
from qualcode.gui.widgets.top_bar import TopBar
from qualcode.i18n import _, ngettext


class WindowBars(QObject):
    """Makes each bar when it is first shown; the first page does without.

    Args:
        window: gets the title.
        centre: holds the bars and the pages.
        pages: what the window shows between the bars.
        opened: the open project, if there is one.
        actions: the commands.

    Signals:
        screen_picked: a screen by its name.
        writing_wanted: a project that is open for reading is to be opened for writing.
        acted: the key of what a message's button does.
        cancelled: the work that goes on is to be stopped.
    """

    screen_picked = Signal(str)
    writing_wanted = Signal()
    acted = Signal(str)
    cancelled = Signal()

    def __init__(
        self, window: QMainWindow, centre: QWidget, pages: QWidget, opened: OpenProject, actions: Actions
    ) -> None:
        super().__init__(centre)
        self._window = window
        self._opened = opened
        self._actions = actions
        self._pages = pages
        self._centre = centre
        self._column = QVBoxLayout(centre)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(pages, 1)
        self._top_bar: TopBar | None = None
        self._message_line: MessageLine | None = None
        self._status_bar: StatusBar | None = None
        self._screen = ""

    @property
    def top_bar(self) -> TopBar:
        """The menu, the project's name, its screens."""
        if self._top_bar is None:
            self._top_bar = TopBar(self._actions, self._centre)
            self._top_bar.screen_picked.connect(self.screen_picked)
            self._top_bar.writing_wanted.connect(self.writing_wanted)
            self._top_bar.hide()
            self._column.insertWidget(0, self._top_bar)
        return self._top_bar

    @property
    def message_line(self) -> MessageLine:
        """What went wrong or was done, over the screen."""
        if self._message_line is None:
            self._message_line = MessageLine(self._centre)
            self._message_line.acted.connect(self.acted)
            self._column.insertWidget(self._column.indexOf(self._pages), self._message_line)
        return self._message_line

    @property
    def status_bar(self) -> StatusBar:
        """What is saved, how far work is, which keys work."""
        if self._status_bar is None:
            self._status_bar = StatusBar(self._centre)
            self._status_bar.cancelled.connect(self.cancelled)
            self._status_bar.hide()
            self._column.addWidget(self._status_bar)
        return self._status_bar

    @property
    def has_menu(self) -> bool:
        """Whether the bar is shown that the menu opens from."""
        return self._top_bar is not None and self._top_bar.isVisible()

    @property
    def tells(self) -> bool:
        """Whether a message is shown."""
        return self._message_line is not None and self._message_line.isVisible()

    def tell(self, message: Message) -> None:
        """Shows a message."""
        self.message_line.tell(message)
        if message.is_while_gone:
            self.show_keeping()

    def dismiss(self) -> None:
        """The message that is shown, if there is one, is of no use any longer."""
        if self._message_line is not None:
            self._message_line.dismiss()

    def set_visible(self, is_visible: bool) -> None:
        """Shows the bars above and below, or leaves the window to a page."""
        if is_visible:
            self.top_bar.show()
            self.status_bar.show()
            return
        for bar in (self._top_bar, self._status_bar):
            if bar is not None:
                bar.hide()

    def begin_work(self, name: str) -> None:
        """Long work begins."""
        self.status_bar.show()
        self.status_bar.begin_work(name)

    def end_work(self) -> None:
        """Long work is over."""
        self.status_bar.end_work()
        self.status_bar.setVisible(self._opened.workbench is not None)

    def show_none(self) -> None:
        """No project is open."""
        self.set_visible(False)
        self.dismiss()
        self._window.setWindowTitle("Qualcode")
        self._actions.set_project_open(False)
        self._actions.name_steps(None, None)

    def show_state(self) -> None:
        """Says what is open, what is done and waits in it, and what can be done; what was told of it before may go."""
        shown = self._message_line.message if self._message_line is not None else None
        if shown is not None and (shown.is_of_now or shown.is_done_with):
            self.dismiss()
        bridge, bench = self._opened.bridge, self._opened.workbench
        if bridge is None or bench is None:
            return
        project, is_read_only = bridge.project, self._opened.is_read_only
        n = project.segments.count(bridge.hidden_coders)
        pending = project.review.n_pending()
        counts = ngettext("{n} quotation", "{n} quotations", n).format(n=n)
        if pending:
            counts += ", " + ngettext("{n} suggestion waits", "{n} suggestions wait", pending).format(n=pending)
        self._window.setWindowTitle(f"{project.title} – Qualcode")  # an import into an empty project may name it
        self.top_bar.show_project(project.title, project.coder.name, is_read_only=is_read_only)
        self.top_bar.show_waiting(pending)
        self.top_bar.offer_survey(bench.has_survey)
        self.status_bar.show_counts(counts)
        self.show_keeping()
        names = (None, None) if is_read_only else (project.undo_name, project.redo_name)
        self._actions.name_steps(*names)
        self._actions["show_survey"].setEnabled(bench.has_survey)
        self._actions["show_survey"].setVisible(bench.has_survey)

    def show_keeping(self) -> None:
        """Says whether all is on disk; that the file is gone is told no longer once it is back."""
        if self._opened.bridge is None:
            return
        keeping = self._opened.bridge.keeping
        shown = self._message_line.message if self._message_line is not None else None
        if shown is not None and shown.is_while_gone and keeping is not Keeping.GONE:
            self.dismiss()
        saved = {
            Keeping.READ_ONLY: _("Read only"),
            Keeping.KEPT: _("Everything saved"),
            Keeping.WAITING: _("Not everything saved"),
            Keeping.GONE: _("The project's file is gone"),
        }
        self.status_bar.show_keeping(saved[keeping], is_fine=keeping in (Keeping.KEPT, Keeping.READ_ONLY))

    def show_screen(self, name: str) -> None:
        """Says which screen is shown, and its keys; on another screen nobody needs to read that something went well."""
        shown = self._message_line.message if self._message_line is not None else None
        if name != self._screen and shown is not None and shown.is_done_with:
            self.dismiss()
        self._screen = name
        self.top_bar.show_screen(name)
        self.show_keys()

    def show_keys(self, keys: list[tuple[str, str]] | None = None) -> None:
        """Says which keys work now: those of a page, or of the screen that is shown."""
        bench = self._opened.workbench
        if keys is None:
            keys = bench.working_keys() if bench is not None else []
        self.status_bar.show_keys([*keys, ("F1", _("all shortcuts"))])
