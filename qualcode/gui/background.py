"""Long work away from the window's thread: progress, cancel, and an end that always comes."""

from __future__ import annotations

import gc
from threading import Event
from typing import ClassVar, Protocol

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

_SWEEP_MS = 250  # so often that what has come together since is looked through in a frame


class Progress(Protocol):
    """Tells how far the work is: done, of how many."""

    def __call__(self, done: int, total: int, /) -> None: ...


class Cancelled(Protocol):
    """Asks whether the user wants the work stopped."""

    def __call__(self) -> bool: ...


class Work(Protocol):
    """What a job does; runs on a worker thread, so it touches no widget and no project that the window has open."""

    def __call__(self, *, progress: Progress, cancelled: Cancelled) -> object: ...


class Job(QObject):
    """One piece of long work.

    While one runs, Python collects its garbage on the window's thread alone: on the worker's it would delete widgets
    that wait to be collected, and Qt does not bear that.

    Signals:
        progressed: done, of how many.
        succeeded: what the work gave.
        failed: the error that it raised.
        ended: after `succeeded` or `failed`.
    """

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(Exception)
    ended = Signal()

    _running: ClassVar[set[Job]] = set()  # a job that dies while its worker reports would take the program along
    _left: ClassVar[list[Job]] = []  # jobs that workers are done with: they die on the window's thread
    _holds_collecting: ClassVar[bool] = False  # where no window has taken that over already

    def __init__(self, name: str, work: Work) -> None:
        super().__init__()
        self.name = name
        self._work = work
        self._stop = Event()
        self._over = Event()
        self.ended.connect(self._on_ended)
        self._sweeping = QTimer(self, interval=_SWEEP_MS)
        self._sweeping.timeout.connect(_sweep)

    def start(self) -> None:
        """Begins as soon as a worker thread is free."""
        self._left.clear()
        self._begin()
        held = [self]
        QThreadPool.globalInstance().start(QRunnable.create(lambda: _run(held)))

    def cancel(self) -> None:
        """Asks the work to stop; it ends with `failed` when it has."""
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Waits until the work is over; whether it is."""
        return self._over.wait(seconds)

    def _do(self) -> None:
        try:
            result = self._work(progress=self._tell, cancelled=self._stop.is_set)
        except Exception as error:  # told to the user on the window's thread
            self.failed.emit(error)
        else:
            self.succeeded.emit(result)
        self.ended.emit()
        self._over.set()

    def _begin(self) -> None:
        self._running.add(self)
        if gc.isenabled():
            gc.disable()
            Job._holds_collecting = True
        if Job._holds_collecting:
            self._sweeping.start()

    def _on_ended(self) -> None:
        """On the window's thread, when the worker has reported all."""
        self._left.clear()
        self._sweeping.stop()
        self._running.discard(self)
        if not self._running and Job._holds_collecting:
            Job._holds_collecting = False
            gc.enable()

    def _tell(self, done: int, total: int, /) -> None:
        self.progressed.emit(done, total)


def _run(held: list[Job]) -> None:
    """Does the work of a job on a worker thread, and leaves the job to the window's.

    Whoever lets go of a job last deletes it with its timer, and Qt does not bear that on a worker's thread. So nothing
    here has a name of its own for the job, and the only hold on it is handed over in one step.
    """
    held[0]._do()
    Job._left.append(held.pop())


def _sweep() -> None:
    """Collects what is young: a whole collection would be felt."""
    gc.collect(1)
