"""The window: first page or workbench, with the bars above and below."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from qualcode import __version__
from qualcode.errors import CancelledError, QualcodeError, StoreError
from qualcode.gui.actions import Actions, all_shortcuts
from qualcode.gui.background import Cancelled, Job, Progress
from qualcode.gui.exchange_file import ENDING as EXCHANGE_ENDING
from qualcode.gui.exchange_file import exchange_job
from qualcode.gui.first_page.page import FirstPage
from qualcode.gui.importing.desk import ImportDesk
from qualcode.gui.importing.other_projects import (
    MadeOfOther,
    OtherProjects,
    ReadOther,
    make_of_other,
    message_of_report,
)
from qualcode.gui.importing.reading import ReadForProject, other_projects_among, read_for_project
from qualcode.gui.language import speak
from qualcode.gui.messages import Message, message_of, message_of_problems
from qualcode.gui.original_files import GivenBack, give_back
from qualcode.gui.resources.theme import theme
from qualcode.gui.review.rule_job import FoundSuggestions, find_suggestions
from qualcode.gui.study_opening import MadeProject, make_project, sample_project, sample_study
from qualcode.gui.widgets.message_line import MessageLine
from qualcode.gui.widgets.sheet import Sheet
from qualcode.gui.widgets.status_bar import StatusBar
from qualcode.gui.widgets.top_bar import TopBar
from qualcode.gui.written_file import WrittenFile, open_written
from qualcode.i18n import _, ngettext
from qualcode.settings import (
    APPEARANCE,
    BACKUPS,
    BLIND,
    CODER,
    LANGUAGE,
    PANEL_WIDTHS,
    RECENT_PROJECTS,
    TRANSCRIPT_SIZE,
    WINDOW_GEOMETRY,
    Settings,
)

if TYPE_CHECKING:
    from qualcode.gui.bridge import ProjectBridge
    from qualcode.gui.importing.said_page import SaidPage
    from qualcode.gui.workbench import Workbench
    from qualcode.project.draft_import import ReadDraft
    from qualcode.project.study_draft import StudyDraft

_PATIENCE = 20.0  # seconds that a closing window waits for work to stop
_STUDY_ENDINGS = {".yaml", ".yml"}
_PROJECT_ENDING = ".qualcode"
_OPENED = {*_STUDY_ENDINGS, _PROJECT_ENDING}


class MainWindow(QMainWindow):
    """Opens and closes projects, and tells what went wrong."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("Qualcode")
        self.setMinimumSize(960, 600)
        self.setAcceptDrops(True)
        self._settings = settings
        self._bridge: ProjectBridge | None = None
        self._workbench: Workbench | None = None
        self._job: Job | None = None
        self._backup: Job | None = None
        self._written: Path | None = None  # a report or picture that may be looked at
        self._refused: Path | None = None  # a project that somebody else has open
        self._is_suggesting = False
        self._alt_alone = False
        self._said: SaidPage | None = None
        self._build()
        self._restore()

    # What can be asked of the window

    @property
    def workbench(self) -> Workbench | None:
        """The open project's screens."""
        return self._workbench

    @property
    def bridge(self) -> ProjectBridge | None:
        """The open project."""
        return self._bridge

    @property
    def job(self) -> Job | None:
        """The long work that goes on."""
        return self._job

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Opens a project or study file; anything else comes into the open project, or into a new study."""
        material = [path for path in paths if path.suffix.lower() not in _OPENED and path.exists()]
        projects = [path for path in paths if path.suffix.lower() == _PROJECT_ENDING]
        if projects or not material:
            for path in [*projects, *paths][:1]:
                self.open_path(path)
        else:
            self.bring_in(paths)  # a .yaml among transcripts is their codebook

    def bring_in(self, paths: Sequence[Path] = ()) -> None:
        """Shows files before they come into the open project, or into a new study where none is open."""
        if self._job is not None:
            self._tell_of_other_work()
        elif self._bridge is not None:
            if self._bridge.project.db.read_only:
                self.tell(Message(_("This project is open for reading only.")))
                return
            projects = other_projects_among(paths, is_new_study=False)
            files = [path for path in paths if path not in projects]
            if projects:
                self.others.take(self._bridge, projects, files)
            else:
                self.desk.open_files(self._bridge, files)
        else:
            projects = other_projects_among(paths, is_new_study=True)
            if projects:
                self._make_of_other(projects[0], [path for path in paths if path != projects[0]])
            else:
                self.desk.open_study(paths)

    def open_path(self, path: Path) -> None:
        """Opens a project, or makes one from a study file after asking where."""
        if path.suffix.lower() in _STUDY_ENDINGS:
            self.open_study(path)
        elif path.suffix.lower() == _PROJECT_ENDING:
            self.open_project(path)
        else:
            self.tell(
                Message(
                    _("{name} is neither a project nor a study file.").format(name=path.name),
                    _("Open a file that ends in .qualcode or .yaml."),
                )
            )

    def open_project(self, path: Path, *, read_only: bool = False) -> None:
        """Opens a project in place of the one that is open; one that is open already is shown."""
        from qualcode.gui.bridge import ProjectBridge
        from qualcode.gui.workbench import Workbench
        from qualcode.project.project import Project  # these load what an empty window does not need

        known = self._bridge.project if self._bridge is not None else None
        if known is not None and known.path.absolute() == path.absolute():
            if known.db.read_only == read_only:
                self._show_screen("code")
                return
            if not read_only and self._is_in_use(path):
                return
            self._close_workbench()
        try:
            project = Project.open(path, coder=self._settings.get(CODER), read_only=read_only)
        except QualcodeError as error:
            self._refused = path
            self.tell(message_of(error))
            return
        self._close_workbench()
        self._bridge = ProjectBridge(project, self)
        self._bridge.set_blind(self._settings.get(BLIND))
        self._workbench = Workbench(self._bridge)
        self._workbench.set_panel_widths(self._settings.get(PANEL_WIDTHS))
        self._workbench.coding.view.set_text_size(self._settings.get(TRANSCRIPT_SIZE))
        self._workbench.review.text.set_text_size(self._settings.get(TRANSCRIPT_SIZE))
        self._workbench.failed.connect(lambda error: self.tell(message_of(error)))
        self._workbench.screen_shown.connect(self._on_screen_shown)
        self._workbench.exported.connect(self._on_exported)
        self._workbench.keys_changed.connect(self._show_keys)
        self._workbench.rules_wanted.connect(self._on_suggest)
        self._workbench.undo_wanted.connect(lambda: self._step(back=True))
        self._workbench.work_wanted.connect(self._start)
        self._bridge.changed.connect(lambda _tables: self._show_state())
        self._stack.addWidget(self._workbench)
        self._stack.setCurrentWidget(self._workbench)
        self.top_bar.show()
        self.status_bar.show()
        self.message_line.dismiss()
        self._settings.remember_project(path.absolute())
        self.actions_table.set_project_open(True, is_read_only=read_only)
        self._show_state()
        if not read_only:
            self._back_up(path)
        self._workbench.show_screen("code")

    def _is_in_use(self, path: Path) -> bool:
        """Whether somebody else has the project; says who."""
        from qualcode.store.locks import ProjectLock

        try:
            ProjectLock.take(path).release()
        except QualcodeError as error:
            self._refused = path
            self.tell(message_of(error))
            return True
        return False

    def _on_acted(self, key: str) -> None:
        """Does what the button of a message offers."""
        self.message_line.dismiss()
        if key == "open_read_only" and self._refused is not None:
            self.open_project(self._refused, read_only=True)
        elif key == "open_written" and self._written is not None:
            open_written(self._written)
        elif key == "write_again" and self._bridge is not None:
            try:
                self._bridge.project.db.write_again()
            except QualcodeError as error:
                self.tell(message_of(error))
                return
            self.tell(Message(_("Written: {name}").format(name=self._bridge.path.name), severity="done"))

    def _on_writing_wanted(self) -> None:
        if self._bridge is not None:
            self.open_project(self._bridge.path)

    def _back_up(self, path: Path) -> None:
        """Makes a dated copy, if anything has changed since the last one, while work begins."""
        kept = self._settings.get(BACKUPS)

        def work(*, progress: Progress, cancelled: Cancelled) -> object:
            from qualcode.store.backups import make_backup

            return make_backup(path, kept)

        self._backup = Job(_("Copying"), work)
        self._backup.failed.connect(self._on_backup_failed)
        self._backup.start()

    def _on_backup_failed(self, error: Exception) -> None:
        self.tell(replace(message_of(error), severity="warning"))

    def open_study(self, study_path: Path, target: Path | None = None) -> None:
        """Makes a project from a study file and opens it.

        Args:
            study_path: the study file.
            target: where the project goes; asked for if None.
        """
        path = target or self._ask_target(study_path)
        if path is None:
            return
        if self._bridge is not None and path == self._bridge.path:
            self.close_project()

        def work(*, progress: object, cancelled: object) -> object:
            return make_project(study_path, path, progress=progress, cancelled=cancelled)  # type: ignore[arg-type]

        self._start(Job(_("Reading {name}").format(name=study_path.name), work))

    def _ask_target(self, source: Path) -> Path | None:
        """Asks where the project goes that is made of something; None if nowhere."""
        suggested = str(source.with_suffix(_PROJECT_ENDING))
        title = _("Where shall the project be?")
        chosen, _kind = QFileDialog.getSaveFileName(self, title, suggested, _("Project (*.qualcode)"))
        if not chosen:
            return None
        target = Path(chosen)
        return target if target.suffix.lower() == _PROJECT_ENDING else target.with_name(target.name + _PROJECT_ENDING)

    def _make_of_other(self, source: Path, rest: Sequence[Path]) -> None:
        """Makes a project of another tool's and opens it; the rest comes in afterwards."""
        path = self._ask_target(source)
        if path is None:
            return
        if self._bridge is not None and path == self._bridge.path:
            self.close_project()

        def work(*, progress: Progress, cancelled: Cancelled) -> object:
            return make_of_other(source, path, rest, cancelled=cancelled)

        self._start(Job(_("Reading {name}").format(name=source.name), work))

    def close_project(self) -> None:
        """Goes back to the first page."""
        self._close_workbench()
        self._show_first_page()

    def tell(self, message: Message) -> None:
        """Shows a message over the screen."""
        self.message_line.tell(message)

    # Commands

    def _slots(self) -> dict[str, Callable[[], object]]:
        return {
            "new_study": self._on_new_study,
            "open_study": self._on_open_study,
            "open_project": self._on_open_project,
            "import_files": self.bring_in,
            "imports_said": self._on_imports_said,
            "originals": self._on_originals,
            "show_report": lambda: self._show_screen("report"),
            "for_other_tools": self._on_for_other_tools,
            "close_project": self.close_project,
            "quit": self.close,
            "undo": lambda: self._step(back=True),
            "redo": lambda: self._step(back=False),
            "history": self._on_history,
            "show_code": lambda: self._show_screen("code"),
            "suggest": self._on_suggest,
            "show_review": lambda: self._show_screen("review"),
            "show_survey": lambda: self._show_screen("survey"),
            "show_tables": lambda: self._show_screen("tables"),
            "show_respondents": lambda: self._show_screen("respondents"),
            "show_agreement": lambda: self._show_screen("agreement"),
            "show_memos": lambda: self._show_screen("memos"),
            "find": lambda: self._show_screen("find"),
            "find_next": lambda: self._go_to_found(back=False),
            "find_previous": lambda: self._go_to_found(back=True),
            "find_code": self._on_find_code,
            "new_code": lambda: self._ask_codebook("add"),
            "new_code_below": lambda: self._ask_codebook("add_below"),
            "larger": lambda: self._change_text_size(+1),
            "smaller": lambda: self._change_text_size(-1),
            "language_system": lambda: self.set_language("system"),
            "language_en": lambda: self.set_language("en"),
            "language_nb": lambda: self.set_language("nb"),
            "appearance_system": lambda: self.set_appearance("system"),
            "appearance_light": lambda: self.set_appearance("light"),
            "appearance_dark": lambda: self.set_appearance("dark"),
            "shortcuts": self.show_shortcuts,
            "about": self.show_about,
        }

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
        if choice == before or application is None or self._job is not None:
            self._tell_of_other_work()
            self.actions_table[f"language_{before}"].setChecked(True)
            self.first_page.show_language(before)
            return
        self._settings.set(LANGUAGE, choice)
        speak(application, choice)
        path = self._bridge.path if self._bridge is not None else None
        read_only = self._bridge is not None and self._bridge.project.db.read_only
        screen = self._workbench.screen_name if self._workbench is not None else ""
        self._close_workbench()
        self.actions_table.remove(self)
        self._build(self.desk.study_draft)
        if path is not None:
            self.open_project(path, read_only=read_only)
            self._show_screen(screen)
        else:
            self.first_page.focus_language()

    def show_shortcuts(self) -> None:
        """Shows all keys."""
        sheet = Sheet(_("All shortcuts"), self)
        sheet.add_keys(all_shortcuts())
        sheet.pop_up()

    def show_about(self) -> None:
        """Says what the program is and under which licences its parts are."""
        sheet = Sheet(_("About Qualcode"), self)
        sheet.add_text(_("Version {version}, Python {python}").format(version=__version__, python=_python()))
        sheet.add_text(_("Template analysis of focus groups and open survey answers, on your own machine."))
        sheet.add_text(_("Typeface: Inter (SIL Open Font License). Icons: Lucide (ISC). Window: Qt (LGPL)."), rank=3)
        sheet.pop_up()

    def _on_new_study(self) -> None:
        self._tell_of_other_work()
        if self._job is None:
            self.desk.open_study()

    def _on_wizard_shown(self) -> None:
        """A new study has the window for itself; files for the open project stay below its bar."""
        is_new = self.desk.wizard is not None and self.desk.wizard.is_new_study
        self.top_bar.setVisible(self._workbench is not None and not is_new)
        self.status_bar.setVisible(self._workbench is not None and not is_new)
        self.message_line.dismiss()
        self.status_bar.show_keys([("Alt →", _("continue")), ("Alt ←", _("back")), ("F1", _("all shortcuts"))])

    def _on_projects_found(self, paths: list[Path]) -> None:
        """Projects of other tools that were among files: into the open project, or into a new one."""
        if self._job is not None:
            self._tell_of_other_work()
        elif self.desk.wizard is not None and self.desk.wizard.is_new_study:
            self._make_of_other(paths[0], paths[1:])
        elif self._bridge is not None:
            self.others.take(self._bridge, paths)

    def _on_other_shown(self) -> None:
        self.top_bar.show()
        self.status_bar.show()
        self.status_bar.show_keys([("Enter", _("import")), ("Esc", _("cancel")), ("F1", _("all shortcuts"))])

    def _on_others_over(self, files: list[Path]) -> None:
        """Back to what was there before: the files, or the screens of the project."""
        if self._bridge is not None and (files or self.desk.has_files):
            self.desk.open_files(self._bridge, files)
        elif self._workbench is not None:
            self._show_project()
            self._workbench.show_screen(self._workbench.screen_name)  # the keyboard goes there too

    def _show_project(self) -> None:
        """Back to the screens of the project, or to the first page."""
        self.others.close()
        if self._said is not None:
            self._stack.removeWidget(self._said)
            self._said.deleteLater()
            self._said = None
        if self._workbench is None:
            self._show_first_page()
            return
        self._stack.setCurrentWidget(self._workbench)
        self.top_bar.show()
        self.status_bar.show()
        self._show_keys()

    def _on_files_decided(self, draft: StudyDraft) -> None:
        """Reads the files on another thread; this one writes them."""
        if self._bridge is None:
            return
        path = self._bridge.path

        def work(*, progress: Progress, cancelled: Cancelled) -> object:
            return read_for_project(path, draft, progress=progress, cancelled=cancelled)

        self._start(Job(_("Reading the files"), work))

    def _write_read(self, read: ReadDraft) -> None:
        from qualcode.project.draft_import import import_read
        from qualcode.project.import_record import sentence_of

        if self._bridge is None or self._bridge.path != read.project:
            return
        try:
            summary = import_read(self._bridge.project, read)
        except QualcodeError as error:
            self.tell(message_of(error))
            return
        self.desk.close_files()
        self._show_project()
        self._show_screen("code")
        sentence = " ".join([sentence_of(summary), *summary.sentences()])
        hint = _("Suggest codes looks through what is new. What was said stays in File, What the imports said.")
        self.tell(replace(message_of_problems(sentence, summary.problems), hint=hint))

    def _on_originals(self) -> None:
        """Writes the imported files into a folder, byte for byte."""
        if self._bridge is None or self._job is not None:
            self._tell_of_other_work()
            return
        chosen = QFileDialog.getExistingDirectory(self, _("Where shall the files go?"))
        if not chosen:
            return
        path, folder = self._bridge.path, Path(chosen)

        def work(*, progress: Progress, cancelled: Cancelled) -> object:
            return give_back(path, folder, progress=progress, cancelled=cancelled)

        self._start(Job(_("Giving files back"), work))

    def _on_for_other_tools(self) -> None:
        """Writes the whole project in the exchange format."""
        if self._bridge is None or self._job is not None:
            self._tell_of_other_work()
            return
        suggested = str(self._bridge.path.with_suffix(EXCHANGE_ENDING))
        kinds = _("Project for other tools (*.qdpx)")
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Export for other tools"), suggested, kinds)
        if not chosen:
            return
        target = Path(chosen)
        if target.suffix.lower() != EXCHANGE_ENDING:
            target = target.with_name(target.name + EXCHANGE_ENDING)
        self._start(exchange_job(self._bridge.path, target))

    def _on_imports_said(self) -> None:
        from qualcode.gui.importing.said_page import SaidPage
        from qualcode.project.import_record import imports_said

        if self._bridge is None:
            return
        self._show_project()
        self._said = SaidPage(imports_said(self._bridge.project))
        self._said.left.connect(self._show_project)
        self._stack.addWidget(self._said)
        self._stack.setCurrentWidget(self._said)
        self._said.focus_first()
        self.message_line.dismiss()
        self.status_bar.show_keys([("Esc", _("back")), ("F1", _("all shortcuts"))])

    def _on_open_study(self) -> None:
        kinds = _("Study file (*.yaml *.yml)")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Open study file"), "", kinds)
        if chosen:
            self.open_study(Path(chosen))

    def _on_open_project(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Open project"), "", _("Project (*.qualcode)"))
        if chosen:
            self.open_project(Path(chosen))

    def _on_sample_wanted(self) -> None:
        path, study = sample_project(), sample_study()
        if path.is_file():
            self.open_project(path)
        elif study is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.open_study(study, path)

    def _on_find_code(self) -> None:
        if self._workbench is not None:
            self._workbench.show_screen("code")
            self._workbench.codebook.find_code()

    def _on_history(self) -> None:
        if self._workbench is not None:
            self._workbench.history.pop_up()

    def _go_to_found(self, *, back: bool) -> None:
        if self._workbench is not None:
            self._workbench.go_to_found(back=back)

    def _ask_codebook(self, wanted: str) -> None:
        if self._workbench is not None:
            self._workbench.show_screen("code")
            self._workbench.codebook.ask(wanted)

    def _on_suggest(self) -> None:
        """Runs the rules on another thread; this one stores what they found."""
        if self._bridge is None or self._job is not None:
            self._tell_of_other_work()
            return
        path = self._bridge.path

        def work(*, progress: Progress, cancelled: Cancelled) -> object:
            return find_suggestions(path, progress=progress, cancelled=cancelled)

        self._start(Job(_("Looking for suggestions"), work))
        self._is_suggesting = True

    def _store_found(self, found: FoundSuggestions) -> None:
        if self._bridge is None or self._bridge.path != found.project:
            return
        try:
            n = self._bridge.project.review.store(found.run, found.found)
        except QualcodeError as error:
            self.tell(message_of(error))
            return
        sentence = ngettext("{n} suggestion waits for a decision.", "{n} suggestions wait for a decision.", n)
        self.tell(Message(sentence.format(n=n), severity="done"))

    def _show_screen(self, name: str) -> None:
        if self._workbench is not None:
            if self._stack.currentWidget() is not self._workbench:
                self._show_project()
            self._workbench.show_screen(name)

    def _change_text_size(self, by: int) -> None:
        size = self._settings.get(TRANSCRIPT_SIZE) + by
        if not TRANSCRIPT_SIZE.accepts(size):
            return
        self._settings.set(TRANSCRIPT_SIZE, size)
        if self._workbench is not None:
            self._workbench.coding.view.set_text_size(size)
            self._workbench.review.text.set_text_size(size)

    def _step(self, *, back: bool) -> None:
        if self._bridge is None:
            return
        try:
            if back:
                self._bridge.project.undo()
            else:
                self._bridge.project.redo()
        except StoreError as error:
            self.tell(message_of(error))

    # Long work

    def _start(self, job: Job) -> None:
        if self._job is not None:
            self._tell_of_other_work()
            return
        self._job = job
        self.status_bar.show()
        self.status_bar.begin_work(job.name)
        self.first_page.setEnabled(False)
        self.desk.set_enabled(False)
        self.others.set_enabled(False)
        job.progressed.connect(self.status_bar.show_progress)
        job.succeeded.connect(self._on_made)
        job.failed.connect(self._on_failed)
        job.start()

    def _tell_of_other_work(self) -> None:
        if self._job is not None:
            self.tell(Message(_("Other work is still going on."), _("Wait for it, or cancel it below."), "warning"))

    def _end_job(self) -> None:
        self._is_suggesting = False
        self._job = None
        self.status_bar.end_work()
        self.first_page.setEnabled(True)
        self.desk.set_enabled(True)
        self.others.set_enabled(True)
        self.status_bar.setVisible(self._workbench is not None)

    def _on_made(self, made: object) -> None:
        self._end_job()
        if isinstance(made, FoundSuggestions):
            self._store_found(made)
        if isinstance(made, ReadForProject):
            self._write_read(made.read)
        if isinstance(made, WrittenFile):
            self._written = made.path
            sentence = _("Written: {name}").format(name=made.path.name)
            self.tell(Message(sentence, severity="done", action=("open_written", _("Open"))))
        if isinstance(made, GivenBack):
            sentence = ngettext("{n} file written to {folder}.", "{n} files written to {folder}.", made.n)
            self.tell(Message(sentence.format(n=made.n, folder=made.folder), severity="done"))
        if isinstance(made, ReadOther):
            self.others.on_read(made)
        if isinstance(made, MadeOfOther):
            self._open_made(made)
        if not isinstance(made, MadeProject):
            return
        self.open_project(made.path)
        if self.desk.study_draft is not None and self.desk.study_draft.project_path == made.path:
            self.desk.close_study()
        transcripts = ngettext("{n} transcript", "{n} transcripts", made.n_documents).format(n=made.n_documents)
        answers = ngettext("{n} answer", "{n} answers", made.n_answers).format(n=made.n_answers)
        found = ngettext("{n} suggestion", "{n} suggestions", made.n_suggestions).format(n=made.n_suggestions)
        sentence = _("Read {transcripts} and {answers}; the rules made {suggestions}.").format(
            transcripts=transcripts, answers=answers, suggestions=found
        )
        self.tell(message_of_problems(sentence, made.problems))

    def _open_made(self, made: MadeOfOther) -> None:
        self.open_project(made.path)
        if made.rest:
            self.bring_in(made.rest)
        self.tell(message_of_report(made.report))

    def _on_failed(self, error: Exception) -> None:
        self._end_job()
        if isinstance(error, CancelledError):
            self.tell(Message(_("Stopped; nothing was changed."), severity="done"))
        else:
            self.tell(message_of(error))

    def _on_cancelled(self) -> None:
        if self._job is not None:
            self.status_bar.cancel_pressed()
            self._job.cancel()

    # What is shown

    def _build(self, draft: StudyDraft | None = None) -> None:
        """Makes the parts, in the language in use; what stood here before is gone with the old centre.

        Args:
            draft: a new study that was begun before.
        """
        self.actions_table = Actions(self, self._slots())
        actions = self.actions_table
        self.top_bar = TopBar(actions.menu, actions["undo"], actions["redo"])
        self.first_page = FirstPage(self._settings, has_sample=sample_study() is not None)
        self.message_line = MessageLine()
        self.status_bar = StatusBar()
        self._stack = QStackedWidget()
        self._said = None
        self.desk = ImportDesk(self._stack, draft)
        self.others = OtherProjects(self._stack)
        self._lay_out()
        self._connect()
        self._show_first_page()
        for setting in (APPEARANCE, LANGUAGE):
            actions[f"{setting.key}_{self._settings.get(setting)}"].setChecked(True)

    def _lay_out(self) -> None:
        centre = QWidget()
        centre.setObjectName("window")
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self.message_line)
        column.addWidget(self._stack, 1)
        column.addWidget(self.status_bar)
        self._stack.addWidget(self.first_page)
        self.setCentralWidget(centre)

    def _connect(self) -> None:
        self.top_bar.screen_picked.connect(self._show_screen)
        self.top_bar.writing_wanted.connect(self._on_writing_wanted)
        self.message_line.acted.connect(self._on_acted)
        self.status_bar.cancelled.connect(self._on_cancelled)
        page = self.first_page
        page.sample_wanted.connect(self._on_sample_wanted)
        page.study_wanted.connect(self._on_open_study)
        page.new_study_wanted.connect(self._on_new_study)
        page.project_wanted.connect(self._on_open_project)
        page.recent_picked.connect(lambda path: self.open_project(Path(path)))
        page.appearance_picked.connect(self.set_appearance)
        page.language_picked.connect(self.set_language)
        self.desk.study_written.connect(self.open_study)
        self.desk.files_decided.connect(self._on_files_decided)
        self.desk.left.connect(self._show_project)
        self.desk.failed.connect(lambda error: self.tell(message_of(error)))
        self.desk.shown.connect(self._on_wizard_shown)
        self.desk.projects_found.connect(self._on_projects_found)
        self.others.job_wanted.connect(self._start)
        self.others.told.connect(self.tell)
        self.others.shown.connect(self._on_other_shown)
        self.others.over.connect(self._on_others_over)
        self.actions_table.recent.aboutToShow.connect(self._fill_recent)

    def _fill_recent(self) -> None:
        menu = self.actions_table.recent
        menu.clear()
        for name in self._settings.get(RECENT_PROJECTS):
            path = Path(name)
            if path.is_file():
                menu.addAction(path.stem).triggered.connect(lambda _checked=False, path=path: self.open_project(path))
        if menu.isEmpty():
            menu.addAction(_("None yet")).setEnabled(False)

    def _show_first_page(self) -> None:
        self.first_page.show_recent()
        self.first_page.show_begun(self.desk.has_begun)
        self._stack.setCurrentWidget(self.first_page)
        self.top_bar.hide()
        self.status_bar.hide()
        self.message_line.dismiss()
        self.setWindowTitle("Qualcode")
        self.actions_table.set_project_open(False)
        self.actions_table.name_steps(None, None)

    def _close_workbench(self) -> None:
        if self._is_suggesting and self._job is not None:
            self._job.cancel()  # what it would find has no place any longer
        self.others.close()
        self.desk.close_files()
        if self._workbench is not None:
            self._settings.set(PANEL_WIDTHS, self._workbench.panel_widths())
            self._stack.removeWidget(self._workbench)
            self._workbench.deleteLater()
            self._workbench = None
        if self._bridge is not None:
            self._bridge.close()
            self._bridge.deleteLater()
            self._bridge = None

    def _show_state(self) -> None:
        if self._bridge is None:
            return
        project = self._bridge.project
        self._settings.set(BLIND, self._bridge.is_blind)
        n = project.segments.count()
        pending = project.review.n_pending()
        counts = ngettext("{n} quotation", "{n} quotations", n).format(n=n)
        if pending:
            counts += ", " + ngettext("{n} suggestion waits", "{n} suggestions wait", pending).format(n=pending)
        is_read_only = project.db.read_only
        self.top_bar.show_project(project.title, project.coder.name, is_read_only=is_read_only)
        self.setWindowTitle(f"{project.title} – Qualcode")  # an import into an empty project may name it
        self.status_bar.show_state(_("Read only") if is_read_only else _("Everything saved"), counts)
        self.top_bar.show_waiting(pending)
        names = (None, None) if is_read_only else (project.undo_name, project.redo_name)
        self.actions_table.name_steps(*names)
        has_survey = self._workbench is not None and self._workbench.has_survey
        self.top_bar.offer_survey(has_survey)
        self.actions_table["show_survey"].setEnabled(has_survey)
        self.actions_table["show_survey"].setVisible(has_survey)

    def _on_screen_shown(self, name: str) -> None:
        self.top_bar.show_screen(name)
        self._show_keys()

    def _show_keys(self) -> None:
        if self._workbench is not None:
            self.status_bar.show_keys([*self._workbench.working_keys(), ("F1", _("all shortcuts"))])

    def _on_exported(self, path: str) -> None:
        self.tell(Message(_("Written: {name}").format(name=Path(path).name), severity="done"))

    # Qt's events

    def _restore(self) -> None:
        geometry = self._settings.get(WINDOW_GEOMETRY)
        if not geometry or not self.restoreGeometry(
            QByteArray.fromBase64(QByteArray(geometry.encode("ascii", "ignore")))
        ):
            self.resize(QSize(1440, 900).boundedTo(self.screen().availableSize()))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Alt alone opens the menu, as it does in other programs."""
        if event.key() == Qt.Key.Key_Alt and self._alt_alone and self.top_bar.isVisible():
            QTimer.singleShot(0, self, self.top_bar.open_menu)
        self._alt_alone = False
        super().keyReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """On the first page 1, 2 and 3 take the ways in; Escape closes a message."""
        self._alt_alone = event.key() == Qt.Key.Key_Alt
        if self._stack.currentWidget() is self.first_page and event.text().isdigit() and not event.modifiers():
            self.first_page.press(int(event.text()))
            return
        if event.key() == Qt.Key.Key_Escape and self.message_line.isVisible():
            self.message_line.dismiss()
            return
        if event.text() == "?":
            self.show_shortcuts()
            return
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
        if self._job is not None:
            self._job.cancel()
            deadline = time.monotonic() + _PATIENCE
            while not self._job.wait(0.05) and time.monotonic() < deadline:
                QApplication.processEvents()
            self._end_job()
        self.desk.stop(_PATIENCE)
        if self._backup is not None:
            self._backup.wait(_PATIENCE)
        self._settings.set(WINDOW_GEOMETRY, bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        self._close_workbench()
        super().closeEvent(event)


def _python() -> str:
    return platform.python_version()
