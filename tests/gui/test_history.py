"""The history: steps by name, coder and time, and a way back to each in one go."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from qualcode.gui import open_project
from qualcode.gui.documents.reading import without_ending
from qualcode.gui.history.card import HistoryCard
from qualcode.gui.history.model import STEP, SUBJECT
from qualcode.gui.importing import piecewise
from qualcode.gui.importing.piecewise import PiecewiseJob
from qualcode.gui.main_window import MainWindow
from qualcode.model.memo import PROJECT
from qualcode.model.segment import Span
from qualcode.project.project import Project
from qualcode.project.steps import Changes


@pytest.fixture
def card(window: MainWindow, project_path: Path) -> HistoryCard:
    window.open_path(project_path)
    assert window.workbench is not None
    project = window.workbench.bridge.project
    for content in ("one", "two", "three"):
        project.memos.add(PROJECT, content)
    window.actions_table["history"].trigger()
    assert window.workbench.history.isVisible()
    return window.workbench.history


def names(card: HistoryCard) -> list[str]:
    return [str(card.model.index(row, 0).data()) for row in range(card.model.rowCount())]


def test_steps_are_listed_with_who_and_when_the_last_first(card: HistoryCard) -> None:
    QAbstractItemModelTester(card.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert names(card)[0].startswith("Write memo, Ingrid Haugen, ") and names(card)[0].endswith("now")
    assert names(card)[-1] == "Before the first step"
    assert not card.go_button.isEnabled()


def test_a_step_says_which_code_and_transcript_it_was_about(card: HistoryCard, window: MainWindow) -> None:
    assert window.workbench is not None
    project = window.workbench.bridge.project
    time, room = (project.codebook.by_key_or_name(key).id for key in ("time", "room"))
    segment = project.segments.add(1, Span(0, 12), time)
    project.segments.recode(segment.id, room)
    project.codebook.rename(room, "Plass")
    gone = project.codebook.add("Nytt")
    project.codebook.delete(gone.id)
    title = without_ending(project.documents.some([1])[0].name)
    told = [card.model.index(row, 0).data(SUBJECT) for row in range(5)]
    assert told == ["Nytt", "Nytt", "Rom → Plass", f"Tid → Plass  ·  {title}", f"Tid  ·  {title}"]
    assert f"Tid → Plass  ·  {title}" in names(card)[3]
    assert card.model.index(card.model.rowCount() - 1, 0).data(SUBJECT) == ""
    project.undo()
    project.undo()
    assert card.model.index(1, 0).data(SUBJECT) == "Nytt", "what was undone is told too"
    for _time in range(2):
        project.undo()
    project.redo()
    before = [each.replace("Plass", "Rom") for each in told[3:]]  # the name that the code has again
    assert [card.model.index(row, 0).data(SUBJECT) for row in range(3, 5)] == before
    project.segments.remove(segment.id)
    assert card.model.index(1, 0).data(SUBJECT) == before[0], "what is gone by now was there then"


def test_who_codes_blind_is_not_told_what_others_did(card: HistoryCard, window: MainWindow) -> None:
    assert window.workbench is not None
    bridge = window.workbench.bridge
    project = bridge.project
    own = project.coder_name
    for coder, content in (("Kari Moe", "four"), ("Kari Moe", "five"), (own, "six")):
        project.coder_name = coder
        project.memos.add(PROJECT, content)
    assert sum("Kari Moe" in name for name in names(card)) == 2
    bridge.set_blind(True)
    listed = names(card)
    assert not any("Kari Moe" in name for name in listed)
    assert listed[1] == "Steps of other coders"
    assert [name.split(",")[0] for name in listed[:4]] == ["Write memo", listed[1], "Write memo", "Write memo"]
    card.view.setCurrentIndex(card.model.index(2, 0))
    assert card.sentence == "Undoes all that stands above, steps of other coders too."
    card.go()
    assert [memo.content for memo in project.memos.all()] == ["one", "two", "three"]
    card.view.setCurrentIndex(card.model.index(1, 0))
    assert card.sentence == "Does again what was undone, steps of other coders too."
    card.view.grab()
    bridge.set_blind(False)
    assert sum("Kari Moe" in name for name in names(card)) == 2


def test_back_to_here_undoes_several_steps_and_says_so(qtbot: QtBot, card: HistoryCard, window: MainWindow) -> None:
    assert window.workbench is not None
    project = window.workbench.bridge.project
    heard: list[Changes] = []
    project.on_change(heard.append)
    card.view.setCurrentIndex(card.model.index(2, 0))
    assert card.sentence == "Undoes the 2 steps above."
    with qtbot.waitSignal(card.go_wanted) as told:
        QTest.mouseClick(card.go_button, Qt.MouseButton.LeftButton)
    assert told.args is not None and told.args[1] == window.workbench.undo_line.sentence == "Undid 2 steps."
    assert [memo.content for memo in project.memos.all()] == ["one"]
    assert len(heard) == 1
    assert [name.split(", ")[-1] for name in names(card)[:3]] == ["undone", "undone", "now"]
    card.view.setCurrentIndex(card.model.index(0, 0))
    assert card.go_button.text() == "Forth to here"
    QTest.keyClick(card.view, Qt.Key.Key_Return)
    assert [memo.content for memo in project.memos.all()] == ["one", "two", "three"]
    QTest.keyClick(card.view, Qt.Key.Key_Escape)
    assert not card.isVisible()


def test_the_beginning_can_be_reached_and_left(card: HistoryCard, project_path: Path) -> None:
    project: Project = card._bridge.project
    last = card.model.index(0, 0).data(STEP).id
    card.view.setCurrentIndex(card.model.index(card.model.rowCount() - 1, 0))
    card.go()
    assert project.undo_name is None and project.documents.all() == []
    project.go_to(last)
    assert len(project.memos.all()) == 3 and project.redo_name is None


def test_what_is_long_is_undone_in_pieces_and_can_be_stopped(
    qtbot: QtBot, card: HistoryCard, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.workbench is not None
    monkeypatch.setattr(open_project, "QUICK_ROWS", 0)
    monkeypatch.setattr(piecewise, "_SLICE", 0.0)  # a look at what the user wants after each piece
    project = window.workbench.bridge.project
    card.view.setCurrentIndex(card.model.index(3, 0))
    card.go()
    assert isinstance(window.job, PiecewiseJob)
    assert len(project.memos.all()) == 3
    job = window.job
    left: list[int] = []

    def stop_half_way(_done: int, _total: int) -> None:
        left.append(len(project.memos.all()))
        if len(left) == 2:
            job.cancel()

    job.progressed.connect(stop_half_way)
    qtbot.waitUntil(lambda: window.job is None)
    assert left == [3, 2]
    assert len(project.memos.all()) == 3 and project.undo_name == "Write memo"
    card.go()
    qtbot.waitUntil(lambda: window.job is None)
    assert project.memos.all() == []
    line = window.workbench.undo_line
    assert line.sentence == "Undid 3 steps."
    window.actions_table["redo"].trigger()
    line.hide()
    qtbot.waitUntil(lambda: window.job is None)
    assert line.isVisible() and line.sentence == "Done again: Write memo", "after a wait one is told what came of it"
    window.actions_table["undo"].trigger()
    window.actions_table["redo"].trigger()  # waits its turn: one thing at a time
    qtbot.waitUntil(lambda: window.job is None)
    assert project.memos.all() == []
