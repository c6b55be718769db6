"""A project that somebody else has, one that disappears, and dated copies: what the window says and offers."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qualcode.gui.main_window import MainWindow
from qualcode.model.memo import PROJECT
from qualcode.project.project import Project
from qualcode.settings import BACKUPS, Settings
from qualcode.store.backups import backups_of


def test_a_project_in_use_is_offered_for_reading_and_later_for_writing(window: MainWindow, project_path: Path) -> None:
    with Project.open(project_path):
        window.open_path(project_path)
        assert window.workbench is None
        message = window.message_line.message
        assert message is not None and "is open already" in message.sentence
        assert window.message_line.action_button.text() == "Open for reading only"
        QTest.mouseClick(window.message_line.action_button, Qt.MouseButton.LeftButton)
        assert window.bridge is not None and window.bridge.project.db.read_only
        assert window.top_bar.read_only_button.isVisible()
        for key in ("undo", "new_code", "suggest"):
            assert not window.actions_table[key].isEnabled()
        assert window.actions_table["find"].isEnabled()
        QTest.mouseClick(window.top_bar.read_only_button, Qt.MouseButton.LeftButton)
        assert window.bridge.project.db.read_only  # still in use
        assert window.message_line.isVisible()
    QTest.mouseClick(window.top_bar.read_only_button, Qt.MouseButton.LeftButton)
    assert not window.bridge.project.db.read_only
    assert not window.top_bar.read_only_button.isVisible()
    assert window.actions_table["new_code"].isEnabled()


def test_coding_while_reading_only_is_told_in_a_sentence(window: MainWindow, project_path: Path) -> None:
    window.open_project(project_path, read_only=True)
    assert window.workbench is not None
    window.workbench.show_screen("memos")
    assert window.workbench.memos.pad.words.isReadOnly()
    window.workbench.show_screen("code")
    time = window.workbench.bridge.code_keyed("time")
    assert time is not None
    window.workbench.coding.view.select_all()
    window.workbench.coding.apply_code(time.id)
    message = window.message_line.message
    assert message is not None and "reading only" in message.sentence


def test_opening_what_is_open_already_shows_it(window: MainWindow, project_path: Path) -> None:
    window.open_path(project_path)
    bench = window.workbench
    window.open_path(project_path)
    assert window.workbench is bench and not window.message_line.isVisible()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
def test_a_project_that_disappears_is_written_again(window: MainWindow, project_path: Path) -> None:
    window.open_path(project_path)
    assert window.workbench is not None
    time = window.workbench.bridge.code_keyed("time")
    assert time is not None
    project_path.unlink()
    window.workbench.coding.view.select_all()
    window.workbench.coding.apply_code(time.id)
    message = window.message_line.message
    assert message is not None and "no longer there" in message.sentence
    QTest.mouseClick(window.message_line.action_button, Qt.MouseButton.LeftButton)
    window.workbench.coding.apply_code(time.id)
    window.close_project()
    with Project.open(project_path) as again:
        assert again.segments.count() == 1


def test_a_dated_copy_is_made_on_opening_if_anything_changed(
    qtbot: QtBot, window: MainWindow, project_path: Path, settings: Settings
) -> None:
    settings.set(BACKUPS, 3)
    window.open_path(project_path)
    qtbot.waitUntil(lambda: len(backups_of(project_path)) == 1, timeout=30_000)
    window.close_project()
    window.open_path(project_path)
    assert window.bridge is not None
    assert window.opened.wait_for_backup(30)
    assert len(backups_of(project_path)) == 1
    window.bridge.project.memos.add(PROJECT, "x")
    assert window.message_line.message is None
