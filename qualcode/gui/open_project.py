"""The project that the window has open: taken, shown, copied while work begins, let go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from qualcode.errors import QualcodeError
from qualcode.gui.background import Cancelled, Job, Progress
from qualcode.gui.messages import Message, message_of
from qualcode.gui.resources.theme import theme
from qualcode.i18n import _
from qualcode.settings import BACKUPS, BLIND, CODER, PANEL_WIDTHS, TRANSCRIPT_SIZE, Settings

if TYPE_CHECKING:
    from qualcode.gui.bridge import ProjectBridge
    from qualcode.gui.log_keeping import LogKeeping
    from qualcode.gui.workbench import Workbench
    from qualcode.project.project import Project


QUICK_ROWS = 1_000
"""Up to so many rows are undone or done again within a twentieth of a second."""


class OpenProject(QObject):
    """At most one project with its screens.

    Signals:
        closing: it is about to be let go, while everything of it is there.
        told: a message.
        work_wanted: a `Job` that changes the project.
    """

    closing = Signal()
    told = Signal(object)
    work_wanted = Signal(object)

    def __init__(self, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._bridge: ProjectBridge | None = None
        self._log: LogKeeping | None = None
        self._workbench: Workbench | None = None
        self.place: QWidget | None = None  # where it will be shown: what is made there is styled once only
        self._backup: Job | None = None
        self._told_unwritten = ""
        self._refused: Path | None = None  # a project that somebody else has open

    @property
    def bridge(self) -> ProjectBridge | None:
        """The project."""
        return self._bridge

    @property
    def workbench(self) -> Workbench | None:
        """Its screens."""
        return self._workbench

    @property
    def path(self) -> Path | None:
        """The file of the project."""
        return self._bridge.path if self._bridge is not None else None

    @property
    def is_read_only(self) -> bool:
        """Whether it is open for reading only."""
        return self._bridge is not None and self._bridge.project.db.read_only

    @property
    def refused(self) -> Path | None:
        """The last project that could not be opened; where somebody else has it, it can be read."""
        return self._refused

    def is_at(self, path: Path) -> bool:
        """Whether the project of a file is the one that is open."""
        return self._bridge is not None and self._bridge.path.absolute() == path.absolute()

    def open(self, path: Path, *, read_only: bool = False) -> bool:
        """Opens a project in place of the one that is open.

        Args:
            path: the project's file.
            read_only: whether nothing is to be changed in it.

        Returns:
            whether it is open; if not, why was told.
        """
        from qualcode.project.project import Project  # this loads what an empty window does not need

        if self.is_at(path):
            if not read_only and self._is_in_use(path):
                return False
            self.close()
        try:
            project = Project.open(path, coder=self._settings.get(CODER), read_only=read_only)
        except QualcodeError as error:
            self._refuse(path, error)
            return False
        self.close()
        self._show(project)
        self._settings.remember_project(path.absolute())
        return True

    def close(self) -> None:
        """Lets the project go, if there is one."""
        if self._bridge is None:
            return
        finish_typing()
        self.closing.emit()
        self._rescue(self._bridge)
        if self._workbench is not None:
            self._settings.set(PANEL_WIDTHS, self._workbench.panel_widths())
            self._remember_place(self._workbench)
            self._workbench.deleteLater()
            self._workbench = None
        if self._log is not None:
            self._log.end()
            self._log = None  # it goes with the bridge
        self._bridge.close()
        self._bridge.deleteLater()
        self._bridge = None

    def hand_over(self, name: str) -> None:
        """Somebody else codes from now on, and when the next project is opened.

        Args:
            name: as it was typed; blank for the user of this machine.
        """
        if self._bridge is None or self._workbench is None:
            return
        try:
            self._bridge.hand_over(name)
        except QualcodeError as error:
            self.told.emit(message_of(error))
            return
        self._settings.set(CODER, name.strip() and self._bridge.project.coder_name)
        sentence = _("The coder is {name} now.").format(name=self._bridge.project.coder_name)
        self._workbench.undo_line.tell(sentence, can_undo=False)

    def holds_back(self) -> bool:
        """Whether the window should stay open: something cannot be written, and nobody was told that it would be lost.

        The clipboard that it goes to may be gone with the program.
        """
        if self._bridge is None:
            return False
        words = self._unwritten(self._bridge)
        if not words or words == self._told_unwritten:
            return False
        self._told_unwritten = words
        self._rescue_words(self._bridge, words, _("Paste it somewhere, then close the window again."))
        return True

    def _rescue(self, bridge: ProjectBridge) -> None:
        """What still cannot be written when the project is let go must not be lost with it."""
        words = self._unwritten(bridge)
        if words:
            self._rescue_words(bridge, words, _("Paste it somewhere before anything else is copied."))

    def _unwritten(self, bridge: ProjectBridge) -> str:
        bridge.unwritten.try_again()
        return "\n\n".join(each for each in bridge.unwritten.words() if each.strip())

    def _rescue_words(self, bridge: ProjectBridge, words: str, hint: str) -> None:
        QGuiApplication.clipboard().setText(words)
        sentence = _("What was typed last could not be written to {name}; it is on the clipboard.")
        message = Message(sentence.format(name=bridge.path.name), hint, "warning")
        QTimer.singleShot(0, self, lambda: self.told.emit(message))  # what is shown then dismisses what was told

    def back_up(self) -> None:
        """Makes a dated copy, if anything has changed since the last one, while work begins."""
        if self._bridge is None or self.is_read_only:
            return
        path, kept = self._bridge.path, self._settings.get(BACKUPS)

        def work(*, progress: Progress, cancelled: Cancelled) -> object:
            from qualcode.store.backups import make_backup

            return make_backup(path, kept)

        self._backup = Job(_("Copying"), work)
        self._backup.failed.connect(lambda error: self.told.emit(replace(message_of(error), severity="warning")))
        self._backup.start()

    def wait_for_backup(self, seconds: float) -> bool:
        """Waits for the copy, at most so long; whether it is made."""
        return self._backup is None or self._backup.wait(seconds)

    def write_again(self) -> None:
        """Puts the project's file back that was deleted or moved by somebody else."""
        if self._bridge is None:
            return
        try:
            self._bridge.project.db.write_again()
        except QualcodeError as error:
            self.told.emit(message_of(error))
            return
        self._bridge.changed.emit(frozenset())
        self.told.emit(Message(_("Written: {name}").format(name=self._bridge.path.name), severity="done"))

    def step(self, *, back: bool) -> None:
        """Takes the last step back, or forward again."""
        if self._bridge is None:
            return
        project = self._bridge.project
        step_id = project.last_step_id if back else project.following_step_id
        if step_id is None:
            return
        name = project.undo_name if back else project.redo_name
        sentence = (_("Undone: {step}") if back else _("Done again: {step}")).format(step=name)
        self._move_to(step_id - back, lambda is_long: self._show_moved(sentence, is_long=is_long))

    def go_to(self, step_id: int, sentence: str = "") -> None:
        """Undoes or does again all steps between now and a step: at once, or a piece at a time if one could feel it.

        Args:
            step_id: after which the project stands then; 0 for before the first.
            sentence: what is said when it does; "" for nothing.
        """
        self._move_to(step_id, lambda _is_long: self._say_moved(sentence))

    def _move_to(self, step_id: int, then: Callable[[bool], None]) -> None:
        """Goes to a step; `then` is told whether that took long, unless it failed or was stopped."""
        if self._bridge is None:
            return
        project = self._bridge.project
        if project.n_rows_to(step_id) > QUICK_ROWS:
            self._go_in_pieces(project, step_id, then)
            return
        try:
            project.go_to(step_id)
        except QualcodeError as error:
            self.told.emit(message_of(error))
            return
        then(False)

    def _go_in_pieces(self, project: Project, step_id: int, then: Callable[[bool], None]) -> None:
        from qualcode.gui.importing.piecewise import PiecewiseJob

        is_back = step_id < (project.last_step_id or 0)
        job = PiecewiseJob(_("Undoing") if is_back else _("Doing again"), project.going_to(step_id))
        job.succeeded.connect(lambda _name: then(True))
        self.work_wanted.emit(job)

    def _show_moved(self, sentence: str, *, is_long: bool) -> None:
        """Leads to what was undone or done again; says it where nothing that is seen tells it, or after a wait."""
        if self._workbench is None:
            return
        is_seen = self._workbench.coding.show_changed() or self._workbench.screen_name != "code"
        if is_long or not is_seen:
            self._say_moved(sentence)

    def _say_moved(self, sentence: str) -> None:
        if sentence and self._workbench is not None:
            self._workbench.undo_line.tell(sentence, can_undo=False)

    def change_text_size(self, by: int) -> None:
        """Larger or smaller texts, from now on."""
        size = self._settings.get(TRANSCRIPT_SIZE) + by
        if TRANSCRIPT_SIZE.accepts(size):
            self._settings.set(TRANSCRIPT_SIZE, size)
            self._set_text_size()

    def _show(self, project: Project) -> None:
        from qualcode.gui.bridge import ProjectBridge
        from qualcode.gui.log_keeping import LogKeeping
        from qualcode.gui.workbench import Workbench

        theme().refine()
        self._bridge = ProjectBridge(project, self)
        self._log = LogKeeping(self._bridge)
        self._bridge.set_blind(self._settings.get(BLIND))
        self._bridge.changed.connect(self._keep_blind)
        self._bridge.change_wanted.connect(self.work_wanted)
        self._workbench = Workbench(self._bridge, self.place)
        self._workbench.set_panel_widths(self._settings.get(PANEL_WIDTHS))
        self._set_text_size()

    def _remember_place(self, bench: Workbench) -> None:
        """A search and rules that were being edited are not there the next time; their text is."""
        screen = bench.screen_name if bench.screen_name not in ("find", "rules") else "code"
        reading = bench.coding.reading
        if self.path is not None:
            document_id = reading.document_ids[0] if reading is not None else 0
            places = bench.coding.places.of_all()
            self._settings.remember_place(self.path.absolute(), screen, document_id, places)

    def return_to_last_place(self) -> None:
        """Shows the screen and the place in the text where one was when the project was closed, if they are there."""
        from qualcode.gui.coding.reading_places import ReadingPlace

        if self._workbench is None or self.path is None:
            return
        screen, document_id = self._settings.last_place(self.path.absolute())
        places = self._settings.reading_places(self.path.absolute())
        self._workbench.coding.places.restore([ReadingPlace(*place) for place in places])
        reading = self._workbench.documents.model.reading_of_document(document_id)
        if reading is not None:
            self._workbench.documents.pick(reading.key)
        self._workbench.show_screen(screen or "code")

    def _set_text_size(self) -> None:
        if self._workbench is not None:
            self._workbench.set_text_size(self._settings.get(TRANSCRIPT_SIZE))

    def _keep_blind(self) -> None:
        if self._bridge is not None:
            self._settings.set(BLIND, self._bridge.is_blind)

    def _is_in_use(self, path: Path) -> bool:
        """Whether somebody else has the project; says who."""
        from qualcode.store.locks import ProjectLock

        try:
            ProjectLock.take(path).release()
        except QualcodeError as error:
            self._refuse(path, error)
            return True
        return False

    def _refuse(self, path: Path, error: QualcodeError) -> None:
        self._refused = path
        self.told.emit(message_of(error))


def finish_typing() -> None:
    """Writes what is being typed, while there still is a project that it can be written into."""
    focused = QApplication.focusWidget()
    if focused is None:
        return
    focused.clearFocus()
    # What is typed into the cell of a table is written in the next turn of the event loop, when its field is gone.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
