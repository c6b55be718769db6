"""The history: steps by name, coder and time, and a way back to each in one go."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from qualcode.gui.history.card import HistoryCard
from qualcode.gui.history.model import STEP
from qualcode.gui.main_window import MainWindow
from qualcode.model.memo import PROJECT
from qualcode.project.project import Changes, Project


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
    with qtbot.waitSignal(card.done) as told:
        QTest.mouseClick(card.go_button, Qt.MouseButton.LeftButton)
    assert told.args == ["Undid 2 steps."]
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
