"""The steps of an import in one page: the rail at the left, one step at a time, back and forward below."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from qualcode.gui.importing.codebook_page import CodebookPage
from qualcode.gui.importing.files_page import FilesPage
from qualcode.gui.importing.page import ImportPage
from qualcode.gui.importing.rail import StepRail, StepState
from qualcode.gui.importing.speakers_page import SpeakersPage
from qualcode.gui.importing.study_page import StudyPage
from qualcode.gui.importing.summary_page import SummaryPage
from qualcode.gui.importing.survey_page import SurveyPage
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import button, label, rule
from qualcode.i18n import _, ngettext
from qualcode.project.draft_points import OpenPoint, Step
from qualcode.project.import_choices import Choices
from qualcode.project.study_draft import CodebookFrom, StudyDraft

_FOOT = 56


class ImportWizard(QWidget):
    """Reports when all is decided; what was decided stays until then, whichever way one goes.

    Args:
        draft: what is decided so far.
        is_new_study: whether a study is made; else files come into the project that is open.

    Signals:
        finished: all is decided, and the study or the import is to be made: the draft.
        left: the user goes elsewhere; what was decided is kept.
        begun_anew: all that was decided is to be forgotten.
        failed: an error.
        step_shown: another step is seen.
        projects_found: projects of other tools were among the files: a list of paths.
    """

    finished = Signal(object)
    left = Signal()
    begun_anew = Signal()
    failed = Signal(Exception)
    step_shown = Signal(str)
    projects_found = Signal(object)

    def __init__(self, draft: StudyDraft, *, is_new_study: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.draft = draft
        self.is_new_study = is_new_study
        self.study = StudyPage(draft, _documents_folder()) if is_new_study else None
        self.files = FilesPage(draft, is_new_study=is_new_study)
        self.speakers = SpeakersPage(draft)
        self.surveys = SurveyPage(draft, is_new_study=is_new_study)
        self.codebook = CodebookPage(draft) if is_new_study else None
        self.summary = self._make_summary()
        pages = (self.study, self.files, self.speakers, self.surveys, self.codebook, self.summary)
        self._pages: list[ImportPage] = [page for page in pages if page is not None]
        self.summary.asked = tuple(page.step for page in self._pages)
        names = _step_names()
        title = _("New study") if is_new_study else _("Import files")
        self.rail = StepRail(title, [(page.step.value, names[page.step]) for page in self._pages])
        self._seen: set[Step] = set()
        self._at = 0
        self._stack = QStackedWidget()
        self._told = label(size=fonts.SMALL, rank=2, wrap=True)
        self.back = button(_("Back"))
        self.forward = button(_("Continue"), kind="main")
        self._leave = button(_("Continue later"), kind="quiet")
        self._anew = button(_("Start over"), kind="quiet")
        for made in (self._leave, self._anew):
            made.setProperty("capped", "true")
        self._lay_out()
        self._connect()
        self.show_step(self._pages[0].step)

    @property
    def page(self) -> ImportPage:
        """The step that is seen."""
        return self._pages[self._at]

    @property
    def is_busy(self) -> bool:
        """Whether files are being read."""
        return self.files.is_busy or (self.codebook is not None and self.codebook.is_busy)

    def add_files(self, paths: Sequence[Path]) -> None:
        """Adds files, and shows them."""
        if self.study is not None and paths and not self.draft.title:
            self.study.suggest_folder(paths[0] if paths[0].is_dir() else paths[0].parent)
        self.show_step(Step.FILES)
        self.files.add(paths)

    def show_step(self, step: Step | str) -> None:
        """Shows a step."""
        wanted = Step(step)
        self._at = next((number for number, page in enumerate(self._pages) if page.step is wanted), self._at)
        self._seen.add(self.page.step)
        self.page.show_draft()
        self._stack.setCurrentWidget(self.page)
        self.page.focus_first()
        self._say()
        self.step_shown.emit(self.page.step.value)

    def stop(self, seconds: float) -> bool:
        """Stops the reading of files and waits for it; whether it is over."""
        self.files.stop()
        if self.codebook is not None:
            self.codebook.stop()
        waits = [self.files.wait(seconds), self.codebook is None or self.codebook.wait(seconds)]
        return all(waits)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files can be dropped on each step."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Adds what was dropped."""
        self.add_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def go_on(self) -> None:
        """The next step that has something to decide, or the end."""
        if self.page is self.summary:
            self._finish()
            return
        following = [page for page in self._pages[self._at + 1 :] if not self._is_needless(page.step)]
        self.show_step(following[0].step)

    def go_back(self) -> None:
        """The step before."""
        before = [page for page in self._pages[: self._at] if not self._is_needless(page.step)]
        if before:
            self.show_step(before[-1].step)

    def _make_summary(self) -> SummaryPage:
        if self.is_new_study:
            about = _("The study file and the project are written, all is imported, and the rules are run once.")
            return SummaryPage(self.draft, _("This is what will be made"), about)
        about = _("All of it comes in as one step, which can be undone.")
        return SummaryPage(self.draft, _("This is what comes in"), about)

    def _lay_out(self) -> None:
        for page in self._pages:
            self._stack.addWidget(page)
        foot = QWidget()
        foot.setObjectName("surface")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        foot.setMinimumHeight(fonts.px(_FOOT))
        row = QHBoxLayout(foot)
        row.setContentsMargins(32, 10, 32, 12)
        row.setSpacing(8)
        row.addWidget(self._told, 1)
        row.addWidget(self.back)
        row.addWidget(self.forward)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._stack, 1)
        right.addWidget(rule())
        right.addWidget(foot)
        line = QFrame()
        line.setObjectName("between")
        line.setFixedWidth(1)
        below = self.rail.column
        below.addWidget(self._anew)
        below.addWidget(self._leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(line)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        self.rail.picked.connect(self.show_step)
        self.back.clicked.connect(self.go_back)
        self.forward.clicked.connect(self.go_on)
        self._leave.clicked.connect(self.left)
        self._anew.clicked.connect(self.begun_anew)
        self.summary.step_wanted.connect(self.show_step)
        self.files.failed.connect(self.failed)
        self.files.projects_found.connect(self.projects_found)
        if self.codebook is not None:
            self.codebook.failed.connect(self.failed)
        self.files.busy_changed.connect(lambda _busy: self._say())
        for page in self._pages:
            page.changed.connect(self._say)
        for keys, slot in (("Alt+Left", self.go_back), ("Alt+Right", self.go_on), ("Ctrl+Return", self.go_on)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    # What is open

    def _stopping(self) -> list[OpenPoint]:
        return [point for point in self.draft.open_points(self.summary.asked) if point.stops]

    def _is_needless(self, step: Step) -> bool:
        if step is Step.SPEAKERS:
            return not self.draft.transcripts
        return step is Step.SURVEYS and not self.draft.surveys

    def _say(self) -> None:
        """Shows how each step stands, and what is open in this one."""
        open_points = self.draft.open_points(self.summary.asked)
        stopping = [point for point in open_points if point.stops]
        for page in self._pages:
            points = [point for point in open_points if point.step is page.step]
            self.rail.show_state(page.step.value, self._state(page.step, points))
        self.rail.show_step(self.page.step.value)
        is_last = self.page is self.summary
        here = stopping if is_last else [point for point in open_points if point.step is self.page.step]
        point = here[0] if here else None
        self._told.setText(f"{point.what} {point.hint}".strip() if point is not None else "")
        self.back.setEnabled(self._at > 0)
        last = _("Make the study") if self.is_new_study else _("Import")
        self.forward.setText(last if is_last else _("Continue"))
        self.forward.setAccessibleName(self.forward.text())
        self.forward.setEnabled(not (is_last and (stopping or self.is_busy)))

    def _state(self, step: Step, points: Sequence[OpenPoint]) -> StepState:
        stops = any(point.stops for point in points)
        is_seen = step in self._seen and step is not Step.SUMMARY
        is_needless = self._is_needless(step)
        said = self._said(step)
        if is_seen and stops and step is not self.page.step:
            said = points[0].what
        return StepState(said, is_seen and not stops and not is_needless, is_seen and stops, is_needless)

    def _said(self, step: Step) -> str:
        draft = self.draft
        if step is Step.STUDY:
            return draft.title
        if step is Step.FILES and draft.files:
            n = len(draft.files)
            return ngettext("{n} file", "{n} files", n).format(n=n)
        if step is Step.SPEAKERS and draft.files:
            n = len({key for file in draft.transcripts for key in ((file.path, each.key) for each in file.speakers)})
            return ngettext("{n} speaker", "{n} speakers", n).format(n=n) if n else _("no transcripts")
        if step is Step.SURVEYS and draft.files:
            n = sum(len(file.columns) for file in draft.surveys)
            return ngettext("{n} column", "{n} columns", n).format(n=n) if n else _("no survey")
        if step is Step.CODEBOOK and draft.codebook_from is CodebookFrom.EMPTY:
            return _("an empty one")
        if step is Step.CODEBOOK and draft.codebook is not None:
            return draft.codebook.stem
        return ""

    def _finish(self) -> None:
        if not self._stopping() and not self.is_busy:
            self.finished.emit(self.draft)


def files_wizard(remembered: Choices, language: str, groups: Sequence[str] = ()) -> ImportWizard:
    """A wizard for files that come into an open project, with the choices of the files before and its groups."""
    draft = StudyDraft(remembered=remembered, language=language, known_groups=tuple(groups))
    return ImportWizard(draft, is_new_study=False)


def _step_names() -> dict[Step, str]:
    return {
        Step.STUDY: _("Study"),
        Step.FILES: _("Files"),
        Step.SPEAKERS: _("Speakers"),
        Step.SURVEYS: _("Survey columns"),
        Step.CODEBOOK: _("Codebook"),
        Step.SUMMARY: _("Summary"),
    }


def _documents_folder() -> Path:
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(found) if found else Path.home()
    return folder if folder.is_dir() else Path.home()
