"""The step in which files are added and looked at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout

from qualcode.errors import CancelledError
from qualcode.gui.background import Cancelled, Job, Progress
from qualcode.gui.importing.drop_area import DropArea
from qualcode.gui.importing.file_card import FileCard
from qualcode.gui.importing.page import ImportPage
from qualcode.gui.importing.reading import FilesRead, other_projects_among, read_file_again, read_files
from qualcode.gui.importing.rows import Cell, Column, RowsModel, RowTable
from qualcode.gui.importing.two_parts import TwoParts
from qualcode.gui.importing.words import facts, icon_of, outcome_words
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import button, label
from qualcode.i18n import _
from qualcode.importing.inspect import HowToRead
from qualcode.importing.other_projects import PROJECT_ENDINGS
from qualcode.project.draft_points import Step
from qualcode.project.import_preview import FileDraft, readable_endings
from qualcode.project.study_draft import CodebookFrom, StudyDraft

_CARD, _CARD_HEIGHT = 352, 320
_LEAST, _LEAST_HEIGHT = 366, 180  # of the table: names and states of files
_PATIENCE = 500  # milliseconds; reading that is over sooner shows nothing


class FilesPage(ImportPage):
    """Files by button or by drop; each is read as the import will read it.

    Signals:
        failed: an error in the program itself.
        busy_changed: files are being read, or no longer.
        projects_found: projects of other tools, which do not come in as files: a list of paths.
    """

    failed = Signal(Exception)
    busy_changed = Signal(bool)
    projects_found = Signal(object)

    def __init__(self, draft: StudyDraft, *, is_new_study: bool = True) -> None:
        super().__init__(
            Step.FILES,
            draft,
            _("Which files belong to it?"),
            _("Transcripts and surveys, in any order. Each is read as the import will read it; nothing is changed."),
        )
        self.setAcceptDrops(True)
        self._is_new_study = is_new_study
        self._jobs: list[Job] = []  # the first one runs: readers are made for one thread at a time
        self._model = RowsModel(
            [Column(_("File"), 3, 190), Column(_("What it gives"), 6, 200, gives_way=1), Column(_("State"), 0, 176)],
            self,
        )
        self.table = RowTable(_("Files"), self._model)
        self.card = FileCard()
        self._add = button(_("Add files…"), icon_name="plus")
        self._remove = button(_("Take out"), kind="quiet")
        self._work = label(size=fonts.SMALL, rank=2)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(fonts.px(120))
        self._bar.setAccessibleName(_("Progress"))
        self._stop = button(_("Cancel"), kind="link")
        self.drop = DropArea()
        self._stack = QStackedWidget()
        self._lay_out()
        self._add.clicked.connect(self._on_add)
        self.drop.clicked.connect(self._on_add)
        self._remove.clicked.connect(self._on_remove)
        self.table.delete_pressed.connect(self._on_remove)
        self.table.picked.connect(self._show_card)
        self.card.read_wanted.connect(self._on_read_wanted)
        self.card.settled.connect(self._on_settled)
        self.card.about_changed.connect(self.changed)
        self._stop.clicked.connect(self.stop)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(lambda: self._show_work(True))
        self._show_work(False)
        self.show_draft()

    def focus_first(self) -> None:
        """The table, or the button that fills it."""
        (self.table if self.draft.files else self._add).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_draft(self) -> None:
        """Shows the files."""
        rows = []
        for file in self.draft.files:
            word, icon_name, token = outcome_words(file.outcome)
            rows.append(
                (
                    Cell(file.path.name, is_strong=True, icon_name=icon_of(file)),
                    Cell(facts(file) or (file.problems[0].what if file.problems else ""), rank=2),
                    Cell(word, icon_name=icon_name, icon_token=token),
                )
            )
        self._model.show_rows(rows)
        self._stack.setCurrentIndex(1 if rows else 0)
        self._remove.setEnabled(bool(rows))
        self._show_card()

    @property
    def is_busy(self) -> bool:
        """Whether files are being read."""
        return bool(self._jobs)

    def add(self, paths: Sequence[Path]) -> None:
        """Reads files in the background and adds them; projects of other tools go where they belong."""
        projects = other_projects_among(paths, is_new_study=self._is_new_study)
        chosen = [path for path in paths if path not in projects]
        if projects:
            self.projects_found.emit(projects)
        if not chosen:
            return

        def work(*, progress: Progress, cancelled: Cancelled) -> object:
            return read_files(chosen, progress=progress, cancelled=cancelled)

        self._start(Job(_("Reading the files"), work))

    def stop(self) -> None:
        """Stops the reading; what was read before stays."""
        del self._jobs[1:]
        for job in self._jobs:
            job.cancel()

    def wait(self, seconds: float) -> bool:
        """Waits until nothing is read any longer; whether it is so."""
        return all(job.wait(seconds) for job in self._jobs)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes files and folders."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.drop.show_target(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self.drop.show_target(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Adds what was dropped."""
        self.drop.show_target(False)
        self.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def _lay_out(self) -> None:
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.card)
        card.setMinimumHeight(fonts.px(_CARD_HEIGHT))
        self.table.setMinimumHeight(fonts.px(_LEAST_HEIGHT))
        both = TwoParts(self.table, card, width=_CARD, least=_LEAST, gap=20)
        self._stack.addWidget(self.drop)
        self._stack.addWidget(both)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self._add)
        tools.addWidget(self._remove)
        tools.addStretch(1)
        for shown in (self._work, self._bar, self._stop):
            tools.addWidget(shown)
        self.column.addLayout(tools)
        self.column.addSpacing(12)
        self.column.addWidget(self._stack, 1)

    def _show_card(self) -> None:
        picked = self.table.picked_rows
        self.card.show_file(self.draft.files[picked[0]] if picked and picked[0] < len(self.draft.files) else None)

    def _on_add(self) -> None:
        endings = " ".join(f"*{ending}" for ending in readable_endings())
        foreign = " ".join(f"*{ending}" for ending in PROJECT_ENDINGS)
        kinds = {_("Transcripts and surveys"): endings, _("Projects of other tools"): foreign, _("All files"): "*"}
        offered = ";;".join(f"{kind} ({patterns})" for kind, patterns in kinds.items())
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Add files"), self._folder(), offered)
        if chosen:
            self.add([Path(each) for each in chosen])

    def _folder(self) -> str:
        """Where files are looked for first: beside those that are there, else beside the study file."""
        beside = self.draft.files[-1].path if self.draft.files else self.draft.study_path
        return str(beside.parent) if beside is not None else ""

    def _on_remove(self) -> None:
        rows = self.table.picked_rows
        self.draft.remove({self.draft.files[row].path for row in rows})
        self.show_draft()
        left = len(self.draft.files)
        if rows and left:
            self.table.pick([min(rows[0], left - 1)])
        self.focus_first()
        self.changed.emit()

    def _on_read_wanted(self, file: FileDraft, how: HowToRead) -> None:
        def work(*, progress: Progress, cancelled: Cancelled) -> object:
            return read_file_again(file, how)

        self._start(Job(_("Reading {name}").format(name=file.path.name), work))

    def _on_settled(self, file: FileDraft) -> None:
        file.is_settled = True
        self.draft.propose()
        self.card.show_file(None)
        self.show_draft()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    # Reading

    def _start(self, job: Job) -> None:
        job.progressed.connect(self._on_progress)
        job.succeeded.connect(self._on_read)
        job.failed.connect(self._on_failed)
        job.ended.connect(self._on_ended)
        self._jobs.append(job)
        if len(self._jobs) == 1:
            self._begin(job)

    def _begin(self, job: Job) -> None:
        self._work.setText(job.name)
        self._bar.setRange(0, 0)
        self._patience.start()
        job.start()
        self.busy_changed.emit(True)

    def _on_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _on_read(self, read: FilesRead) -> None:
        picked = self.table.picked_rows
        n_before = len(self.draft.files)
        codebooks = [file for file in read.files if file.found.kind == "codebook" and not file.found.problems]
        if codebooks and not self.draft.has_codebook:
            self.draft.codebook_from, self.draft.codebook = CodebookFrom.FILE, codebooks[0].path
            read.files.remove(codebooks[0])
        self.draft.put(*read.files)
        self.show_draft()
        if len(self.draft.files) > n_before:
            asked = [n for n, file in enumerate(self.draft.files) if n >= n_before and not file.is_usable]
            self.table.pick([asked[0] if asked else n_before])
            if self.isVisible():
                self.focus_first()
        elif picked:
            self.table.pick(picked)
            if self.isVisible():  # what had the keyboard in the card is gone
                self.focus_first()
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, CancelledError):
            self.failed.emit(error)

    def _on_ended(self) -> None:
        del self._jobs[:1]
        if self._jobs:
            self._begin(self._jobs[0])
            return
        self._patience.stop()
        self._show_work(False)
        self.busy_changed.emit(False)

    def _show_work(self, is_shown: bool) -> None:
        for shown in (self._work, self._bar, self._stop):
            shown.setVisible(is_shown)
