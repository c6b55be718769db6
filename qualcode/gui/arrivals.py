"""What comes in: files into the open project or into a new study, other tools' projects, and what imports said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from qualcode.gui.background import Cancelled, Job, Progress
from qualcode.gui.importing.desk import ImportDesk
from qualcode.gui.importing.other_projects import OtherProjects, ReadOther
from qualcode.gui.importing.reading import ReadForProject, other_projects_among, read_for_project
from qualcode.gui.long_work import LongWork
from qualcode.gui.messages import Message, message_of, message_of_problems
from qualcode.gui.open_project import OpenProject
from qualcode.gui.resources.theme import theme
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.gui.importing.said_page import SaidPage
    from qualcode.project.study_draft import StudyDraft


class Arrivals(QObject):
    """Shows what comes in before it does, reads it in the background, and writes it as one step.

    Args:
        stack: where the window shows its pages.
        opened: the open project, if there is one.
        work: the window's long work.
        draft: a new study that was begun before.

    Signals:
        told: a message.
        shown: a page is seen: its keys for the status bar, and whether it has the window for itself.
        outdated: what was told before does not concern what is seen now.
        left: back to what was there before.
        came_in: files are in the open project: the message about them.
        study_written: a study file of which a project is to be made: study file, project.
        other_picked: another tool's project of which a new one is to be made, and the files that came with it.
    """

    told = Signal(object)
    shown = Signal(object, bool)
    outdated = Signal()
    left = Signal()
    came_in = Signal(object)
    study_written = Signal(object, object)
    other_picked = Signal(object, object)

    def __init__(
        self, stack: QStackedWidget, opened: OpenProject, work: LongWork, draft: StudyDraft | None = None
    ) -> None:
        super().__init__(stack)
        theme().refine()
        self._stack = stack
        self._opened = opened
        self._work = work
        self.said: SaidPage | None = None
        self.desk = ImportDesk(stack, draft)
        self.others = OtherProjects(stack)
        self.desk.study_written.connect(self.study_written)
        self.desk.files_decided.connect(self._on_files_decided)
        self.desk.left.connect(self.left)
        self.desk.failed.connect(lambda error: self.told.emit(message_of(error)))
        self.desk.shown.connect(self._on_wizard_shown)
        self.desk.projects_found.connect(self._on_projects_found)
        self.others.job_wanted.connect(self._on_job_wanted)
        self.others.told.connect(self.told)
        self.others.shown.connect(lambda: self.shown.emit([("Enter", _("import")), ("Esc", _("cancel"))], False))
        self.others.over.connect(self._on_others_over)

    def bring_in(self, paths: Sequence[Path] = ()) -> None:
        """Shows files before they come into the open project, or into a new study where none is open."""
        bridge = self._opened.bridge
        if not self._work.is_free():
            return
        projects = other_projects_among(paths, is_new_study=bridge is None)
        if bridge is None:
            if projects:
                self.other_picked.emit(projects[0], [path for path in paths if path != projects[0]])
            else:
                self.desk.open_study(paths)
        elif self._opened.is_read_only:
            self.told.emit(Message(_("This project is open for reading only.")))
        elif projects:
            self.others.take(bridge, projects, [path for path in paths if path not in projects])
        else:
            self.desk.open_files(bridge, paths)

    def show_imports_said(self) -> None:
        """Shows what each import into the open project said."""
        from qualcode.gui.importing.said_page import SaidPage
        from qualcode.project.import_record import imports_said

        if self._opened.bridge is None:
            return
        self.left.emit()
        self.said = SaidPage(imports_said(self._opened.bridge.project))
        self.said.left.connect(self.left)
        self._stack.addWidget(self.said)
        self._stack.setCurrentWidget(self.said)
        self.said.focus_first()
        self.outdated.emit()
        self.shown.emit([("Esc", _("back"))], False)

    def take_away_pages(self) -> None:
        """The window shows something else."""
        self.others.close()
        if self.said is not None:
            self._stack.removeWidget(self.said)
            self.said.deleteLater()
            self.said = None

    def close_of_project(self) -> None:
        """The open project is let go, and what was to come into it is forgotten."""
        self.others.close()
        self.desk.close_files()

    def close_study_of(self, project: Path) -> None:
        """The project is there that was to be made of the new study."""
        draft = self.desk.study_draft
        if draft is not None and draft.project_path == project:
            self.desk.close_study()

    def set_enabled(self, is_enabled: bool) -> None:
        """Other work goes on, or is over."""
        self.desk.set_enabled(is_enabled)
        self.others.set_enabled(is_enabled)

    def _on_wizard_shown(self) -> None:
        """A new study has the window for itself; files for the open project stay below its bar."""
        is_new = self.desk.wizard is not None and self.desk.wizard.is_new_study
        self.outdated.emit()
        self.shown.emit([("Alt →", _("continue")), ("Alt ←", _("back"))], is_new or self._opened.workbench is None)

    def _on_projects_found(self, paths: list[Path]) -> None:
        """Projects of other tools that were among files: into the open project, or into a new one."""
        if not self._work.is_free():
            return
        if self.desk.wizard is not None and self.desk.wizard.is_new_study:
            self.other_picked.emit(paths[0], paths[1:])
        elif self._opened.bridge is not None:
            self.others.take(self._opened.bridge, paths)

    def _on_job_wanted(self, job: Job) -> None:
        """Another tool's project is to be read, or to be written into the open one."""
        from qualcode.gui.importing.piecewise import PiecewiseJob

        self._work.start(job, self._on_other_done, of_project=isinstance(job, PiecewiseJob))

    def _on_other_done(self, made: object) -> None:
        from qualcode.project.project_import import ProjectReport

        if isinstance(made, ReadOther):
            self.others.on_read(made)
        elif isinstance(made, ProjectReport):
            self.others.on_written(made)

    def _on_others_over(self, files: list[Path]) -> None:
        """Back to what was there before: the files, or the screens of the project."""
        if self._opened.bridge is not None and (files or self.desk.has_files):
            self.desk.open_files(self._opened.bridge, files)
        else:
            self.left.emit()

    def _on_files_decided(self, draft: StudyDraft) -> None:
        """Reads the files on another thread; this one writes them."""
        if self._opened.bridge is None:
            return
        path = self._opened.bridge.path

        def work(*, progress: Progress, cancelled: Cancelled) -> object:
            return read_for_project(path, draft, progress=progress, cancelled=cancelled)

        self._work.start(Job(_("Reading the files"), work), self._write)

    def _write(self, made: object) -> None:
        """Writes what was read, a piece at a time: only this thread may."""
        from qualcode.gui.importing.piecewise import PiecewiseJob
        from qualcode.project.draft_import import importing_read

        bridge = self._opened.bridge
        if not isinstance(made, ReadForProject) or bridge is None or bridge.path != made.read.project:
            return
        pieces = importing_read(bridge.project, made.read)
        self._work.start(PiecewiseJob(_("Bringing the files in"), pieces), self._on_written, of_project=True)

    def _on_written(self, made: object) -> None:
        from qualcode.project.import_record import sentence_of
        from qualcode.project.import_summary import ImportSummary

        if not isinstance(made, ImportSummary):
            return
        self.desk.close_files()
        sentence = " ".join([sentence_of(made), *made.sentences()])
        hint = _("Suggest codes looks through what is new. What was said stays in File, What the imports said.")
        self.came_in.emit(replace(message_of_problems(sentence, made.problems), hint=hint))
