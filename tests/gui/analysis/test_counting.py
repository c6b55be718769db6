"""Counting on another thread."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from qualcode.gui.analysis.counting import Counting
from qualcode.gui.bridge import ProjectBridge
from qualcode.project.project import Project


class Asker(QObject):
    """Asks, and is held until the answer comes; then by what brings it alone."""

    held: ClassVar[list[Asker]] = []

    def __init__(self, bridge: ProjectBridge, answers: list[object]) -> None:
        super().__init__()
        self._answers = answers
        self.held.append(self)
        self.counting = Counting(bridge, self)

    def ask(self) -> None:
        """For the number of documents."""
        self.counting.run(lambda project: len(project.documents.all()), self._take, is_slow=True)

    def _take(self, answer: object) -> None:
        self._answers.append(answer)
        self.held.clear()


def test_who_asked_may_die_with_the_answer(qtbot: QtBot, bridge: ProjectBridge) -> None:
    n = len(bridge.project.documents.all())
    answers: list[object] = []
    for asked in range(1, 21):
        Asker(bridge, answers).ask()
        qtbot.waitUntil(lambda asked=asked: len(answers) == asked)  # type: ignore[misc]
    assert answers == [n] * 20


def test_a_question_that_was_answered_or_failed_is_no_longer_held(qtbot: QtBot, bridge: ProjectBridge) -> None:
    counting = Counting(bridge)
    answers: list[object] = []
    errors: list[object] = []
    counting.failed.connect(errors.append)

    def fail(_project: Project) -> object:
        raise ZeroDivisionError

    counting.run(lambda _project: 1, answers.append, is_slow=True)
    qtbot.waitUntil(lambda: bool(answers))
    counting.run(fail, answers.append, is_slow=True)
    qtbot.waitUntil(lambda: bool(errors))
    gc.collect()
    assert isValid(counting)
    assert counting.children() == []
    assert answers == [1]


def test_a_quick_question_ends_the_waiting_for_a_slow_one(qtbot: QtBot, bridge: ProjectBridge) -> None:
    counting = Counting(bridge)
    told: list[bool] = []
    answers: list[object] = []
    counting.busy.connect(told.append)
    counting.run(lambda _project: "slow", answers.append, is_slow=True)
    counting.run(lambda _project: "quick", answers.append)
    assert answers == ["quick"]
    assert told == [True, False]
    qtbot.waitUntil(lambda: not counting.children())
    assert (answers, told) == (["quick"], [True, False])


def test_another_file_in_the_place_of_the_project_is_not_counted(
    qtbot: QtBot, bridge: ProjectBridge, tmp_path: Path
) -> None:
    with Project.create(tmp_path / "other.qualcode"):
        pass
    n = len(bridge.project.documents.all())
    counting = Counting(bridge)
    answers: list[object] = []
    bridge.path.unlink()
    (tmp_path / "other.qualcode").rename(bridge.path)
    counting.run(lambda project: len(project.documents.all()), answers.append, is_slow=True)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [n]
