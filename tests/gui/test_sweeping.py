"""Python's garbage: the young in passing, all of it only while nobody is at work."""

from __future__ import annotations

import gc
import time
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qualcode.gui import sweeping as module
from qualcode.gui.background import Cancelled, Job, Progress
from qualcode.gui.sweeping import Sweeping


class Ring:
    """Refers to itself: only a collection finds that nobody needs it."""

    def __init__(self) -> None:
        self.own = self


def old_ring() -> tuple[list[Ring], weakref.ref[Ring]]:
    """A ring that has survived as much as it has to, and what tells whether it is still there."""
    ring = Ring()
    gc.collect(1)
    gc.collect(1)
    return [ring], weakref.ref(ring)


@pytest.fixture
def sweeping(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sweeping]:
    monkeypatch.setattr(module, "_WORTH", 0)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    made = Sweeping(window)
    made.begin()
    yield made
    made.end()
    gc.unfreeze()


def test_what_is_old_is_looked_through_only_when_nobody_is_at_work(
    qtbot: QtBot, sweeping: Sweeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, still_there = old_ring()
    held.clear()
    filler: list[list[int]] = [[] for _number in range(module._YOUNG + 1)]
    qtbot.waitUntil(lambda: gc.get_count()[0] < module._YOUNG)  # swept
    del filler
    qtbot.wait(3 * module._SWEEP_MS)
    assert still_there() is not None
    monkeypatch.setattr(module, "_REST", -1.0)
    qtbot.waitUntil(lambda: still_there() is None)


def test_a_key_tells_that_somebody_is_at_work(qtbot: QtBot, sweeping: Sweeping) -> None:
    sweeping._last_input = 0.0
    window = sweeping._window
    assert isinstance(window, QWidget)
    before = time.monotonic()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    assert sweeping._last_input >= before


def test_what_was_set_aside_is_looked_through_again_after_a_project(
    qtbot: QtBot, sweeping: Sweeping, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_REST", -1.0)
    held, still_there = old_ring()
    qtbot.waitUntil(lambda: gc.get_freeze_count() > 0)
    monkeypatch.setattr(module, "_WORTH", 1_000)
    held.clear()
    qtbot.wait(2 * module._SWEEP_MS)
    assert still_there() is not None
    sweeping.let_go()
    qtbot.waitUntil(lambda: still_there() is None)


def test_another_program_in_front_is_a_rest(qtbot: QtBot, sweeping: Sweeping) -> None:
    held, still_there = old_ring()
    held.clear()
    sweeping._on_state(Qt.ApplicationState.ApplicationInactive)
    assert still_there() is None


def test_jobs_leave_collecting_to_the_window(qtbot: QtBot, sweeping: Sweeping) -> None:
    def work(*, progress: Progress, cancelled: Cancelled) -> object:
        return gc.isenabled()

    job = Job("one", work)
    with qtbot.waitSignal(job.ended):
        job.start()
    qtbot.waitUntil(lambda: not Job._running)
    assert not gc.isenabled()
    sweeping.end()
    assert gc.isenabled()
