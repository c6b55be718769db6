"""Long work on the whole open project: its rules run, its files given back, itself written for other tools."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from qualcode.gui.background import Cancelled, Job, Progress
from qualcode.gui.long_work import LongWork
from qualcode.gui.messages import Message, message_of_problems
from qualcode.gui.open_project import OpenProject
from qualcode.gui.original_files import GivenBack, give_back
from qualcode.gui.review.rule_job import FoundSuggestions, find_suggestions
from qualcode.gui.written_file import WrittenFile, open_written, writing_job
from qualcode.i18n import _, ngettext

_EXCHANGE = ".qdpx"


class ProjectWork(QObject):
    """Begins such work and says what came of it.

    Args:
        window: over it the user is asked where files go.
        opened: the open project.
        work: the window's long work.

    Signals:
        told: a message.
    """

    told = Signal(object)

    def __init__(self, window: QWidget, opened: OpenProject, work: LongWork) -> None:
        super().__init__(window)
        self._window = window
        self._opened = opened
        self._work = work
        self._written: Path | None = None
        self._last: FoundSuggestions | None = None  # without what was found: its run makes the next one quicker
        opened.closing.connect(self._on_closing)

    def suggest(self) -> None:
        """Runs the rules on another thread; this one stores what they found."""
        path = self._begin()
        if path is None:
            return

        before = self._last.run if self._last is not None and self._last.project == path else None

        def work(*, progress: Progress, cancelled: Cancelled) -> object:
            return find_suggestions(path, before, progress=progress, cancelled=cancelled)

        self._work.start(Job(_("Looking for suggestions"), work), self.store_found, of_project=True)

    def store_found(self, found: object) -> None:
        """Puts what the rules found into the project, if that is still the one that is open.

        What does not fit any longer, because a run was undone meanwhile, is looked for again.
        """
        bridge = self._opened.bridge
        if not isinstance(found, FoundSuggestions) or bridge is None or bridge.path != found.project:
            return
        from qualcode.gui.importing.piecewise import PiecewiseJob

        self._last = replace(found, found=[])
        if bridge.project.review.is_outdated(found.run):
            self.suggest()
            return
        storing = PiecewiseJob(_("Putting suggestions in"), bridge.project.review.storing(found.run, found.found))
        self._work.start(storing, lambda n: self._on_stored(found, n), of_project=True)

    def _on_stored(self, found: FoundSuggestions, n: object) -> None:
        if not isinstance(n, int):
            return
        if not any(code.rules for code in found.run.codebook.codes):
            self.told.emit(Message(_("No code has rules yet. Write them with Rules… in the menu of a code (Ctrl+E).")))
            return
        sentence = ngettext("{n} suggestion waits for a decision.", "{n} suggestions wait for a decision.", n)
        self.told.emit(replace(message_of_problems(sentence.format(n=n), found.doubts), is_of_now=True))

    def give_originals_back(self) -> None:
        """Writes the imported files into a folder, byte for byte."""
        path = self._begin()
        if path is None:
            return
        chosen = QFileDialog.getExistingDirectory(self._window, _("Where shall the files go?"))
        if not chosen:
            return
        folder = Path(chosen)

        def work(*, progress: Progress, cancelled: Cancelled) -> object:
            return give_back(path, folder, progress=progress, cancelled=cancelled)

        self._work.start(Job(_("Giving files back"), work), self._on_given_back)

    def export_for_other_tools(self) -> None:
        """Writes the whole project in the exchange format."""
        from qualcode.project.report_files import export_file

        path = self._begin()
        if path is None:
            return
        suggested, kinds = str(path.with_suffix(_EXCHANGE)), _("Project for other tools (*.qdpx)")
        chosen, _kind = QFileDialog.getSaveFileName(self._window, _("Export for other tools"), suggested, kinds)
        if not chosen:
            return
        target = Path(chosen)
        if target.suffix.lower() != _EXCHANGE:
            target = target.with_name(target.name + _EXCHANGE)
        self.write(writing_job(path, target, export_file))

    def write(self, job: Job) -> None:
        """Runs work that gives a `WrittenFile`."""
        self._work.start(job, self._on_written)

    def tell_written(self, path: Path) -> None:
        """Says that a file was written, and offers to open it."""
        self._written = path
        sentence = _("Written: {name}").format(name=path.name)
        self.told.emit(Message(sentence, severity="done", action=("open_written", _("Open"))))

    def open_written(self) -> None:
        """Opens the file that was written last."""
        if self._written is not None:
            open_written(self._written)

    def _begin(self) -> Path | None:
        """The file of the open project, unless other work goes on."""
        if self._opened.bridge is None or not self._work.is_free():
            return None
        return self._opened.bridge.path

    def _on_closing(self) -> None:
        self._last = None

    def _on_given_back(self, made: object) -> None:
        if isinstance(made, GivenBack):
            sentence = ngettext("{n} file written to {folder}.", "{n} files written to {folder}.", made.n)
            self.told.emit(Message(sentence.format(n=made.n, folder=made.folder), severity="done"))

    def _on_written(self, made: object) -> None:
        if isinstance(made, WrittenFile):
            self.tell_written(made.path)
