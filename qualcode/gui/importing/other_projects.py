"""Projects of other tools in the window: read in the background, shown, then written; or made into a new project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from qualcode.errors import CancelledError, QualcodeError
from qualcode.gui.background import Cancelled, Job, Progress
from qualcode.gui.messages import Message, message_of, message_of_problems
from qualcode.i18n import _
from qualcode.model.case import NO_GROUP

if TYPE_CHECKING:
    from qualcode.gui.bridge import ProjectBridge
    from qualcode.gui.importing.project_choices import Choices
    from qualcode.gui.importing.project_page import ProjectPage
    from qualcode.project.project_import import ProjectReport, ReadProject


@dataclass(frozen=True, slots=True)
class ReadOther:
    """What came of reading one: it, or why it cannot be used.

    Attributes:
        choices: how it was read.
        parts: the names of the projects in the file, if it can hold several.
    """

    project: Path
    read: ReadProject | None
    error: QualcodeError | None = None
    choices: Choices | None = None
    parts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class MadeOfOther:
    """A new project that was made of another tool's, and the files that came with it.

    Attributes:
        report: what came in; None if the file holds several projects, and one is to be chosen first.
    """

    path: Path
    report: ProjectReport | None
    rest: tuple[Path, ...]


class OtherProjects(QObject):
    """Takes them one after the other; each is shown before it comes in, and comes in as one step.

    Args:
        stack: where the window shows its pages.

    Signals:
        job_wanted: reading that the window starts.
        told: a message.
        shown: a page is seen.
        over: none is left; the files that came with them: a list of paths.
    """

    job_wanted = Signal(object)
    told = Signal(object)
    shown = Signal()
    over = Signal(object)

    def __init__(self, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._stack = stack
        self._bridge: ProjectBridge | None = None
        self._waiting: list[Path] = []
        self._files: list[Path] = []
        self._read: ReadProject | None = None
        self._is_stale = False
        self._control = ""
        self.page: ProjectPage | None = None

    def take(self, bridge: ProjectBridge, projects: Sequence[Path], files: Sequence[Path] = ()) -> None:
        """Begins with the first project; those that bring texts come before codings of texts.

        Args:
            bridge: the open project.
            projects: what comes in.
            files: what came with them and is no project; `over` gives it back.
        """
        from qualcode.importing.other_projects import is_whole_project

        self.close()
        self._bridge = bridge
        bridge.changed.connect(self._on_project_changed)
        self._waiting = sorted(projects, key=lambda path: not is_whole_project(path))
        self._files = list(files)
        self._go_on()

    def close(self) -> None:
        """What waits is forgotten, and the page is gone."""
        if self._bridge is not None:
            self._bridge.changed.disconnect(self._on_project_changed)
        self._bridge = self._read = None
        self._waiting, self._files = [], []
        self._close_page()

    def set_enabled(self, is_enabled: bool) -> None:
        """Other work goes on, or is over."""
        if self.page is not None:
            self.page.setEnabled(is_enabled)

    def on_read(self, made: ReadOther) -> None:
        """Shows what was read, unless another project is open by now."""
        if self._bridge is None or self._bridge.path != made.project:
            return
        if made.read is None:
            self._go_on()
            if made.error is not None:
                self.told.emit(message_of(made.error))
            return
        from qualcode.gui.importing.project_page import ProjectPage

        self._close_page()
        self._read, self._is_stale = made.read, False
        self.page = ProjectPage(made.read, made.choices, made.parts, _group_names(self._bridge))
        self.page.import_wanted.connect(self._on_import)
        self.page.read_again_wanted.connect(self._read_again)
        self.page.left.connect(self._go_on)
        self._stack.addWidget(self.page)
        self._stack.setCurrentWidget(self.page)
        self.page.focus_first(self._control)
        self._control = ""
        self.shown.emit()

    def _go_on(self) -> None:
        if self._waiting:
            self._begin(self._waiting.pop(0))
            return
        files = self._files
        self.close()
        self.over.emit(files)

    def _begin(self, path: Path, choices: Choices | None = None) -> None:
        if self._bridge is None:
            return
        project = self._bridge.path

        def work(*, progress: Progress, cancelled: Cancelled) -> object:
            return read_other(project, path, choices, cancelled=cancelled)

        self.job_wanted.emit(Job(_("Reading {name}").format(name=path.name), work))

    def _read_again(self) -> None:
        """Another of the file's projects is wanted, or its texts with their labels."""
        if self._read is not None and self.page is not None:
            self._control = self.page.decisions.focused
            self._begin(self._read.path, self.page.decisions.choices)

    def _on_project_changed(self, _tables: object) -> None:
        self._is_stale = True

    def _on_import(self) -> None:
        from qualcode.gui.importing.piecewise import PiecewiseJob
        from qualcode.project.project_import import writing_project

        if self._bridge is None or self._read is None or self.page is None:
            return
        read, choices = self._read, self.page.decisions.choices
        if self._is_stale and read.is_of_documents_here:  # its places are those of the texts as they were
            self._begin(read.path, choices)
            return
        pieces = writing_project(self._bridge.project, read, choices.kind, choices.group)
        self.job_wanted.emit(PiecewiseJob(_("Bringing the project in"), pieces))

    def on_written(self, report: ProjectReport) -> None:
        """One is in the project: says what came, and goes on with the next."""
        self._close_page()
        self._read = None
        self._go_on()
        self.told.emit(message_of_report(report))

    def _close_page(self) -> None:
        if self.page is not None:
            self._stack.removeWidget(self.page)
            self.page.deleteLater()
            self.page = None


def message_of_report(report: ProjectReport) -> Message:
    """The message after one came in."""
    from qualcode.project.project_import import sentence_of_report, told_of

    sentence = f"{report.name}. {sentence_of_report(report)}"
    hint = _("Suggest codes looks through what is new. What was said stays in File, What the imports said.")
    return replace(message_of_problems(sentence, told_of(report)), hint=hint)


def _group_names(bridge: ProjectBridge) -> list[str]:
    return sorted({case.group for case in bridge.project.respondents.all()} - {NO_GROUP})


def read_other(project: Path, path: Path, choices: Choices | None = None, *, cancelled: Cancelled) -> ReadOther:
    """Reads a project of another tool on an own view of the open one; changes nothing.

    Args:
        project: the open project.
        path: the other tool's file or folder.
        choices: how it is read; of several projects in a file the first if none is chosen.

    Raises:
        CancelledError: the user stopped it.
    """
    from qualcode.gui.importing.project_choices import Choices
    from qualcode.importing.other_projects import projects_in
    from qualcode.project.project import Project
    from qualcode.project.project_import import read_project

    parts = projects_in(path)
    chosen = choices or Choices()
    if len(parts) > 1 and not chosen.part:
        chosen = replace(chosen, part=parts[0])
    try:
        with Project.open(project, read_only=True) as view:
            read = read_project(view, path, part=chosen.part, with_speakers=chosen.with_speakers)
    except QualcodeError as error:
        return ReadOther(project, None, error)
    if cancelled():
        raise CancelledError(_("Stopped; nothing was changed."))
    return ReadOther(project, read, None, chosen, parts)


def make_of_other(source: Path, path: Path, rest: Sequence[Path], *, cancelled: Cancelled) -> MadeOfOther:
    """Makes a new project of another tool's, and puts it at `path` when all went well.

    Args:
        source: the other tool's file or folder.
        path: where the project goes; a file that stands there is replaced at the end.
        rest: files that are to come in afterwards.

    Raises:
        QualcodeError: it cannot be used, or the user stopped it; nothing is left behind.
    """
    from qualcode.gui.study_opening import unfinished_project
    from qualcode.importing.other_projects import projects_in
    from qualcode.project.project import Project
    from qualcode.project.project_import import import_other_project

    is_one = len(projects_in(source)) < 2
    with unfinished_project(path) as unfinished:
        with Project.create(unfinished, "" if is_one else path.stem) as project:
            report = import_other_project(project, source) if is_one else None
        if cancelled():
            raise CancelledError(_("Stopped; nothing was changed."))
    return MadeOfOther(path, report, tuple(rest) if is_one else (source, *rest))
