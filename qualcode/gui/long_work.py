"""The one piece of long work that goes on in a window: begun, shown, cancelled, and what becomes of its result."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from qualcode.errors import CancelledError
from qualcode.gui.background import Job
from qualcode.gui.messages import Message, message_of
from qualcode.i18n import _


class LongWork(QObject):
    """Runs one job at a time; another one has to wait, and the user is told so.

    Signals:
        begun: the name of the work.
        progressed: done, of how many.
        ended: it is over, before anything is made of its result.
        told: a message.
    """

    begun = Signal(str)
    progressed = Signal(int, int)
    ended = Signal()
    told = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._then: Callable[[object], object] | None = None
        self._is_of_project = False

    @property
    def job(self) -> Job | None:
        """The work that goes on."""
        return self._job

    def is_free(self) -> bool:
        """Whether nothing goes on; says so to the user if something does."""
        if self._job is not None:
            self.told.emit(
                Message(_("Other work is still going on."), _("Wait for it, or cancel it below."), "warning")
            )
        return self._job is None

    def start(self, job: Job, then: Callable[[object], object] | None = None, *, of_project: bool = False) -> None:
        """Begins a job, unless other work goes on.

        Args:
            job: the work.
            then: what is called with its result, on the window's thread.
            of_project: whether the result has no place when the open project is closed.
        """
        if not self.is_free():
            return
        self._job, self._then, self._is_of_project = job, then, of_project
        self.begun.emit(job.name)
        job.progressed.connect(self.progressed)
        job.succeeded.connect(self._on_succeeded)
        job.failed.connect(self._on_failed)
        job.start()

    def cancel(self) -> None:
        """Asks the work to stop."""
        if self._job is not None:
            self._job.cancel()

    def cancel_of_project(self) -> None:
        """Asks work to stop whose result has no place any longer."""
        if self._is_of_project:
            self.cancel()

    def stop(self, seconds: float) -> None:
        """Cancels the work and waits for its end, at most so long."""
        if self._job is None:
            return
        self._job.cancel()
        deadline = time.monotonic() + seconds
        while not self._job.wait(0.05) and time.monotonic() < deadline:
            QApplication.processEvents()
        self._end()

    def _end(self) -> None:
        self._job, self._then, self._is_of_project = None, None, False
        self.ended.emit()

    def _on_succeeded(self, result: object) -> None:
        then = self._then
        self._end()
        if then is not None:
            then(result)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if isinstance(error, CancelledError):
            self.told.emit(Message(_("Stopped; nothing was changed."), severity="done"))
        else:
            self.told.emit(message_of(error))
