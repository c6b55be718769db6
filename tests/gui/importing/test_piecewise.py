"""Long work on the window's thread: a piece at a time, and nothing but its end is taken meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from qualcode.errors import CancelledError
from qualcode.gui.importing.piecewise import PiecewiseJob
from qualcode.gui.widgets.status_bar import StatusBar
from qualcode.model.progress import Pieces


class Work:
    """Counts its pieces, and how it ended."""

    def __init__(self, n: int, *, fails: bool = False) -> None:
        self.n, self.fails = n, fails
        self.done = 0
        self.taken_back = False

    def pieces(self) -> Pieces[object]:
        try:
            while self.done < self.n or self.fails:
                if self.fails and self.done == 3:
                    raise ZeroDivisionError
                self.done += 1
                yield self.done, self.n
        except GeneratorExit:
            self.taken_back = True
            raise
        return "all"


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    column = QVBoxLayout(made)
    column.addWidget(QPushButton("Delete", made))
    column.addWidget(StatusBar(made))
    made.show()
    yield made


def test_pieces_are_done_and_told(qtbot: QtBot) -> None:
    work = Work(5)
    job = PiecewiseJob("count", work.pieces())
    told: list[tuple[int, int]] = []
    job.progressed.connect(lambda *point: told.append(point))
    made: list[object] = []
    job.succeeded.connect(made.append)
    with qtbot.waitSignal(job.ended):
        job.start()
        assert work.done == 0  # the window shows first what goes on
    assert made == ["all"]
    assert told == [(n, 5) for n in range(1, 6)]
    assert job.wait(0)


def test_an_error_ends_it(qtbot: QtBot) -> None:
    job = PiecewiseJob("count", Work(5, fails=True).pieces())
    errors: list[object] = []
    job.failed.connect(errors.append)
    with qtbot.waitSignal(job.ended):
        job.start()
    assert isinstance(errors[0], ZeroDivisionError)


def test_cancelled_work_is_taken_back_at_once(qtbot: QtBot) -> None:
    work = Work(10**6)
    job = PiecewiseJob("count", work.pieces())
    job.progressed.connect(lambda done, _total: job.cancel() if done == 7 else None)
    errors: list[object] = []
    job.failed.connect(errors.append)
    with qtbot.waitSignal(job.ended):
        job.start()
    assert isinstance(errors[0], CancelledError)
    assert work.taken_back and work.done == 7


def test_work_that_has_not_begun_can_be_cancelled(qtbot: QtBot) -> None:
    work = Work(5)
    job = PiecewiseJob("count", work.pieces())
    with qtbot.waitSignal(job.failed):
        job.start()
        job.cancel()
        assert job.wait(0)
    assert work.done == 0


def test_only_the_bar_with_cancel_is_heard_meanwhile(qtbot: QtBot, window: QWidget) -> None:
    button = window.findChild(QPushButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
    bar = window.findChild(StatusBar)
    assert button is not None and bar is not None
    pressed: list[str] = []
    button.clicked.connect(lambda: pressed.append("delete"))
    bar.cancelled.connect(lambda: pressed.append("cancel"))
    bar._show_work(True)
    job = PiecewiseJob("count", Work(10**6).pieces())
    with qtbot.waitSignal(job.failed):
        job.start()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        assert pressed == []
        QTest.mouseClick(bar._cancel, Qt.MouseButton.LeftButton)
        assert pressed == ["cancel"]
        job.cancel()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == ["cancel", "delete"]
