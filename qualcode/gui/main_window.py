"""The window: first page or workbench, with the bars above and below."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from qualcode.gui.actions import Actions
from qualcode.gui.background import Job
from qualcode.gui.first_page.page import FirstPage
from qualcode.gui.language import speak
from qualcode.gui.long_work import LongWork
from qualcode.gui.messages import Message, message_of
from qualcode.gui.open_project import OpenProject, finish_typing
from qualcode.gui.resources.theme import theme
from qualcode.gui.sample import sample_study
from qualcode.gui.window_bars import WindowBars
from qualcode.gui.window_commands import fill_recent, open_any, open_one, slots_of
from qualcode.settings import APPEARANCE, LANGUAGE, WINDOW_GEOMETRY, Settings

if TYPE_CHECKING:
    from qualcode.gui.arrivals import Arrivals
    from qualcode.gui.bridge import ProjectBridge
    from qualcode.gui.new_projects import NewProjects
    from qualcode.gui.project_work import ProjectWork
    from qualcode.gui.widgets.message_line import MessageLine
    from qualcode.gui.widgets.status_bar import StatusBar
    from qualcode.gui.widgets.top_bar import TopBar
    from qualcode.gui.workbench import Workbench
    from qualcode.project.study_draft import StudyDraft

_PATIENCE = 20.0  # seconds that a closing window waits for work to stop


class MainWindow(QMainWindow):
    """Shows what is open, and tells what went wrong."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("Qualcode")
        self.setMinimumSize(960, 600)
        self.setAcceptDrops(True)
        self._settings = settings
        self._arrivals: Arrivals | None = None
        self._new_projects: NewProjects | None = None
        self._project_work: ProjectWork | None = None
        self._draft: StudyDraft | None = None
        self._alt_alone = False
        self.opened = OpenProject(settings, self)
        self.work = LongWork(self)
        self._build()
        self.opened.told.connect(self.tell)
        self.opened.work_wanted.connect(lambda job: self.work.start(job, of_project=True))
        self.opened.closing.connect(self._on_closing)
        self.work.told.connect(self.tell)
        self.work.begun.connect(self._on_work_begun)
        self.work.progressed.connect(lambda done, total: self.bars.status_bar.show_progress(done, total))
        self.work.ended.connect(self._on_work_ended)
        self._restore()

    # What can be asked of the window

    @property
    def workbench(self) -> Workbench | None:
        """The open project's screens."""
        return self.opened.workbench

    @property
    def bridge(self) -> ProjectBridge | None:
        """The open project."""
        return self.opened.bridge

    @property
    def job(self) -> Job | None:
        """The long work that goes on."""
        return self.work.job

    @property
    def top_bar(self) -> TopBar:
        """The bar above."""
        return self.bars.top_bar

    @property
    def message_line(self) -> MessageLine:
        """Where messages are told."""
        return self.bars.message_line

    @property
    def status_bar(self) -> StatusBar:
        """The bar below."""
        return self.bars.status_bar

    @property
    def arrivals(self) -> Arrivals:
        """What comes in; made when something first does."""
        if self._arrivals is None:
            from qualcode.gui.arrivals import Arrivals

            made = self._arrivals = Arrivals(self._stack, self.opened, self.work, self._draft)
            made.told.connect(self.tell)
            made.shown.connect(self._on_arrivals_shown)
            made.outdated.connect(self.bars.dismiss)
            made.left.connect(self._show_project)
            made.came_in.connect(self._on_came_in)
            made.study_written.connect(self.open_study)
            made.other_picked.connect(lambda source, rest: self.new_projects.of_other(source, rest))
        return self._arrivals

    @property
    def new_projects(self) -> NewProjects:
        """Projects that are made of something; made itself when the first one is."""
        if self._new_projects is None:
            from qualcode.gui.new_projects import NewProjects

            made = self._new_projects = NewProjects(self, self.work)
            made.replacing.connect(self._on_replacing)
            made.made.connect(self._on_made)
            made.found.connect(self.open_project)
        return self._new_projects

    @property
    def project_work(self) -> ProjectWork:
        """Long work on the open project; made when the first is wanted."""
        if self._project_work is None:
            from qualcode.gui.project_work import ProjectWork

            self._project_work = ProjectWork(self, self.opened, self.work)
            self._project_work.told.connect(self.tell)
        return self._project_work

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Opens a project or study file; anything else comes into the open project, or into a new study."""
        open_any(self, paths)

    def open_path(self, path: Path) -> None:
        """Opens a project, or makes one from a study file after asking where."""
        open_one(self, path)

    def open_project(self, path: Path, *, read_only: bool = False) -> None:
        """Opens a project in place of the one that is open; one that is open already is shown."""
        if self.opened.is_at(path) and self.opened.is_read_only == read_only:
            self.show_screen("code")
        elif self.opened.open(path, read_only=read_only):
            self._show_opened()

    def open_study(self, study_path: Path, target: Path | None = None) -> None:
        """Makes a project from a study file and opens it; `target` is where it goes, asked for if None."""
        self.new_projects.of_study(study_path, target)

    def close_project(self) -> None:
        """Goes back to the first page."""
        self.opened.close()
        self._show_first_page()

    def show_screen(self, name: str) -> None:
        """Shows a screen of the open project."""
        if self.workbench is not None:
            if self._stack.currentWidget() is not self.workbench:
                self._show_project()
            self.workbench.show_screen(name)

    def tell(self, message: Message) -> None:
        """Shows a message over the screen."""
        self.bars.tell(message)

    def set_appearance(self, appearance: str) -> None:
        """Light, dark or as the system, from now on."""
        self._settings.set(APPEARANCE, appearance)
        theme().follow(appearance)
        self.actions_table[f"appearance_{appearance}"].setChecked(True)
        self.first_page.show_appearance(appearance)

    def set_language(self, choice: str) -> None:
        """Speaks English, Bokmål or as the system, from now on: all that stands in the window is made anew."""
        before = self._settings.get(LANGUAGE)
        application = QApplication.instance()
        if choice == before or application is None or not self.work.is_free():
            self.actions_table[f"language_{before}"].setChecked(True)
            self.first_page.show_language(before)
            return
        self._settings.set(LANGUAGE, choice)
        speak(application, choice)
        path, read_only = self.opened.path, self.opened.is_read_only
        screen = self.workbench.screen_name if self.workbench is not None else ""
        self.opened.close()
        self.actions_table.remove(self)
        self._forget_parts()
        self._build()
        if path is not None:
            self.open_project(path, read_only=read_only)
            self.show_screen(screen)
        else:
            self.first_page.focus_language()

    # Notices of the parts

    def _on_acted(self, key: str) -> None:
        """Does what the button of a message offers."""
        self.bars.dismiss()
        if key == "open_read_only" and self.opened.refused is not None:
            self.open_project(self.opened.refused, read_only=True)
        elif key == "open_written":
            self.project_work.open_written()
        elif key == "write_again":
            self.opened.write_again()

    def _on_writing_wanted(self) -> None:
        if self.opened.path is not None:
            self.open_project(self.opened.path)

    def _on_arrivals_shown(self, keys: list[tuple[str, str]], has_window: bool) -> None:
        self.bars.set_visible(not has_window)
        self.bars.show_keys(keys)

    def _on_came_in(self, message: Message) -> None:
        self._show_project()
        self.show_screen("code")
        self.tell(message)

    def _on_replacing(self, path: Path) -> None:
        if self.opened.path == path:
            self.close_project()

    def _on_made(self, path: Path, rest: Sequence[Path], message: Message) -> None:
        self.open_project(path)
        self.arrivals.close_study_of(path)
        if rest:
            self.arrivals.bring_in(rest)
        self.tell(message)

    def _on_work_begun(self, name: str) -> None:
        self.bars.begin_work(name)
        self._set_ways_in_enabled(False)

    def _on_work_ended(self) -> None:
        self.bars.end_work()
        self._set_ways_in_enabled(True)

    def _set_ways_in_enabled(self, is_enabled: bool) -> None:
        self.first_page.let_wait(not is_enabled)
        self.actions_table.let_wait(not is_enabled)
        if self._arrivals is not None:
            self._arrivals.set_enabled(is_enabled)

    def _on_cancelled(self) -> None:
        if self.work.job is not None:
            self.bars.status_bar.cancel_pressed()
            self.work.cancel()

    def _on_closing(self) -> None:
        """What belongs to the project that is let go has no place any longer."""
        self.work.cancel_of_project()
        if self._arrivals is not None:
            self._arrivals.close_of_project()
        if self.workbench is not None:
            self._stack.removeWidget(self.workbench)

    # What is shown

    def _build(self) -> None:
        """Makes the parts, in the language in use; what stood here before is gone with the old centre."""
        self.actions_table = Actions(self, slots_of(self, self._settings))
        actions = self.actions_table
        centre = QWidget(self)  # outermost first: what moves to another parent has its style worked out anew
        centre.setObjectName("window")
        self.setCentralWidget(centre)
        self._stack = QStackedWidget(centre)
        self.opened.place = self._stack
        self.first_page = FirstPage(self._settings, has_sample=sample_study() is not None, parent=self._stack)
        self._stack.addWidget(self.first_page)
        self.bars = WindowBars(self, centre, self._stack, self.opened, actions)
        self._connect()
        self._show_first_page()
        for setting in (APPEARANCE, LANGUAGE):
            actions[f"{setting.key}_{self._settings.get(setting)}"].setChecked(True)

    def _forget_parts(self) -> None:
        """The parts are made anew when they are wanted; a new study that was begun is kept."""
        if self._arrivals is not None:
            self._draft = self._arrivals.desk.study_draft
        for part in (self._new_projects, self._project_work, self.bars):
            if part is not None:
                part.deleteLater()  # arrivals go with the stack
        self._arrivals = self._new_projects = self._project_work = None

    def _connect(self) -> None:
        self.bars.screen_picked.connect(self.show_screen)
        self.bars.writing_wanted.connect(self._on_writing_wanted)
        self.bars.acted.connect(self._on_acted)
        self.bars.cancelled.connect(self._on_cancelled)
        page = self.first_page
        page.sample_wanted.connect(lambda: self.new_projects.of_sample())
        page.study_wanted.connect(self.actions_table["open_study"].trigger)
        page.new_study_wanted.connect(self.actions_table["new_study"].trigger)
        page.project_wanted.connect(self.actions_table["open_project"].trigger)
        page.recent_picked.connect(lambda path: self.open_project(Path(path)))
        page.appearance_picked.connect(self.set_appearance)
        page.language_picked.connect(self.set_language)
        recent = self.actions_table.recent
        recent.aboutToShow.connect(lambda: fill_recent(recent, self._settings, self.open_project))

    def _show_first_page(self) -> None:
        begun = self._arrivals.desk.has_begun if self._arrivals is not None else self._draft is not None
        self.first_page.show_recent()
        self.first_page.show_coder()
        self.first_page.show_begun(begun)
        self._stack.setCurrentWidget(self.first_page)
        self.bars.show_none()

    def _show_opened(self) -> None:
        """Shows the project that was opened just now."""
        bench, bridge = self.workbench, self.bridge
        if bench is None or bridge is None:
            return
        bench.failed.connect(lambda error: self.tell(message_of(error)))
        bench.screen_shown.connect(self.bars.show_screen)
        bench.exported.connect(lambda path: self.project_work.tell_written(Path(path)))
        bench.keys_changed.connect(lambda: self.bars.show_keys())
        bench.rules_wanted.connect(self.project_work.suggest)
        bench.undo_wanted.connect(lambda: self.opened.step(back=True))
        bench.step_wanted.connect(self.opened.go_to)
        bench.work_wanted.connect(self.project_work.write)
        bench.change_wanted.connect(self.opened.work_wanted)
        bench.import_wanted.connect(self.actions_table["import_files"].trigger)
        bridge.changed.connect(lambda _tables: self.bars.show_state())
        self._stack.addWidget(bench)
        self._stack.setCurrentWidget(bench)
        self.bars.set_visible(True)
        self.bars.dismiss()
        self.actions_table.set_project_open(True, is_read_only=self.opened.is_read_only)
        self.bars.show_state()
        self.opened.back_up()
        self.opened.return_to_last_place()

    def _show_project(self) -> None:
        """Back to the screens of the project, or to the first page."""
        if self._arrivals is not None:
            self._arrivals.take_away_pages()
        if self.workbench is None:
            self._show_first_page()
            return
        self._stack.setCurrentWidget(self.workbench)
        self.bars.set_visible(True)
        self.workbench.show_again()

    # Qt's events

    def _restore(self) -> None:
        geometry = self._settings.get(WINDOW_GEOMETRY)
        if not geometry or not self.restoreGeometry(
            QByteArray.fromBase64(QByteArray(geometry.encode("ascii", "ignore")))
        ):
            self.resize(QSize(1440, 900).boundedTo(self.screen().availableSize()))

    def changeEvent(self, event: QEvent) -> None:
        """Whoever comes back to the window may have moved the project's file meanwhile."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self.bars.show_keeping()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Alt alone opens the menu, as it does in other programs."""
        if event.key() == Qt.Key.Key_Alt and self._alt_alone and self.bars.has_menu:
            QTimer.singleShot(0, self, self.top_bar.open_menu)
        self._alt_alone = False
        super().keyReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """On the first page 1, 2 and 3 take the ways in; Escape closes a message."""
        self._alt_alone = event.key() == Qt.Key.Key_Alt
        if self._stack.currentWidget() is self.first_page and event.text().isdigit() and not event.modifiers():
            self.first_page.press(int(event.text()))
        elif event.key() == Qt.Key.Key_Escape and self.bars.tells:
            self.bars.dismiss()
        elif event.text() == "?":
            self.actions_table["shortcuts"].trigger()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes projects, study files, and what is to be brought in."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens what was dropped, or looks at it before it is brought in."""
        self.open_paths([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stops the work, closes the project, remembers where the window stood."""
        finish_typing()
        if self.opened.holds_back():
            event.ignore()
            return
        self.work.stop(_PATIENCE)
        if self._arrivals is not None:
            self._arrivals.desk.stop(_PATIENCE)
        self.opened.wait_for_backup(_PATIENCE)
        self._settings.set(WINDOW_GEOMETRY, bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        self.opened.close()
        super().closeEvent(event)
