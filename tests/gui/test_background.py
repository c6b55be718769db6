"""Long work: progress, success, failure and cancelling."""

from __future__ import annotations

import gc
import sys
import threading
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcode.errors import CancelledError
from qualcode.gui.background import Cancelled, Job, Progress


def test_progress_and_result_arrive(qtbot: QtBot) -> None:
    def work(*, progress: Progress, cancelled: Cancelled) -> object:
        for done in range(3):
            progress(done, 3)
        return "result"

    job = Job("count", work)
    seen: list[tuple[int, int]] = []
    job.progressed.connect(lambda done, total: seen.append((done, total)))
    with qtbot.waitSignal(job.succeeded) as signal:
        job.start()
    assert signal.args == ["result"]
    qtbot.waitUntil(lambda: seen == [(0, 3), (1, 3), (2, 3)])


def test_an_error_arrives_as_itself(qtbot: QtBot) -> None:
    def work(*, progress: Progress, cancelled: Cancelled) -> object:
        raise ZeroDivisionError

    job = Job("divide", work)
    with qtbot.waitSignal(job.failed) as signal:
        job.start()
    assert signal.args is not None
    assert isinstance(signal.args[0], ZeroDivisionError)


def test_cancelled_work_ends_with_an_error_of_its_own(qtbot: QtBot) -> None:
    begun = Event()

    def work(*, progress: Progress, cancelled: Cancelled) -> object:
        begun.set()
        while not cancelled():
            progress(0, 0)
        raise CancelledError("Stopped.")

    job = Job("wait", work)
    with qtbot.waitSignal(job.failed) as signal:
        job.start()
        assert begun.wait(10)
        job.cancel()
    assert signal.args is not None
    assert isinstance(signal.args[0], CancelledError)
    assert job.wait(10)


@pytest.mark.parametrize("fails", [True, False])
def test_the_end_always_comes(qtbot: QtBot, fails: bool) -> None:
    def work(*, progress: Progress, cancelled: Cancelled) -> object:
        if fails:
            raise ValueError
        return None

    job = Job("end", work)
    with qtbot.waitSignal(job.ended):
        job.start()


def test_garbage_is_not_collected_on_a_worker(qtbot: QtBot) -> None:
    def work(*, progress: Progress, cancelled: Cancelled) -> object:
        return gc.isenabled()

    first, second = Job("one", work), Job("two", work)
    seen: list[object] = []
    for job in (first, second):
        job.succeeded.connect(seen.append)
        job.start()
    qtbot.waitUntil(lambda: len(seen) == 2 and not Job._running)
    assert seen == [False, False]
    assert gc.isenabled()


def test_no_job_dies_on_a_worker_s_thread(qtbot: QtBot) -> None:
    died: list[bool] = []
    window = threading.get_ident()

    class Mortal(Job):
        def __del__(self) -> None:
            died.append(threading.get_ident() == window)

    def nothing(*, progress: Progress, cancelled: Cancelled) -> None:
        """Ends at once, so that worker and window let go of the job together."""

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _round in range(200):
            for _job in range(20):
                Mortal("", nothing).start()
            QApplication.processEvents()
        qtbot.waitUntil(lambda: not Job._running)
    finally:
        sys.setswitchinterval(before)
    assert len(died) > 1_000
    assert all(died)
