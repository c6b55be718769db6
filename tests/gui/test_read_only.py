"""A project that somebody else has, one that disappears, and dated copies: what the window says and offers."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from qualcode.gui.coding.screen import CodingScreen
from qualcode.gui.main_window import MainWindow
from qualcode.gui.report.quotations_page import QuotationsPage
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


def buttons_that_change(window: MainWindow) -> dict[str, bool]:
    """What can be seen on the screen that is shown and would change the project: by name, whether it can be pressed."""
    changing = {
        "New code (Ctrl+N)", "Accept", "Another code…", "Reject", "Change extent", "Uncode", "Type a code…",
        "Accept suggestions", "Merge…", "Move to group", "Mark as", "Set attribute…", "New memo", "Use these rules",
        "Code …", "Suggest codes",
    }  # fmt: skip
    assert window.workbench is not None
    return {
        made.accessibleName() or made.text(): made.isEnabled()
        for made in window.workbench.findChildren(QAbstractButton)
        if made.isVisible() and {made.accessibleName(), made.text()} & changing
    }


def test_what_would_change_a_project_that_is_only_read_is_dimmed_and_says_why(
    qtbot: QtBot, window: MainWindow, project_path: Path
) -> None:
    for read_only in (True, False):
        window.open_project(project_path, read_only=read_only)
        bench = window.workbench
        assert bench is not None
        seen: dict[str, bool] = {}
        bench.coding.decide("next")
        seen |= buttons_that_change(window)
        bench.show_screen("review")
        seen |= buttons_that_change(window)
        bench.review.making.pop_up()
        qtbot.waitUntil(bench.review.making._busy.isHidden, timeout=30_000)
        assert bench.review.making.threshold_slider.isEnabled() is not read_only
        bench.review.making.close_up()
        bench.show_screen("survey")
        bench.survey.grid.pick(0)
        qtbot.waitUntil(bench.survey._selection.isVisible)
        seen |= buttons_that_change(window)
        bench.show_screen("memos")
        seen |= buttons_that_change(window)
        bench.show_screen("respondents")
        bench.respondents.view.selectAll()
        seen |= buttons_that_change(window)
        assert {"New code (Ctrl+N)", "Accept", "Change extent", "Type a code…", "New memo"} <= seen.keys()
        assert set(seen.values()) == {not read_only}, seen
        bench.show_screen("code")
    assert bench is not None and bench.coding.card._buttons["accept"].toolTip() == "Accept (A)"


def test_a_dimmed_control_stays_dimmed_and_says_why(window: MainWindow, project_path: Path) -> None:
    window.open_project(project_path, read_only=True)
    assert window.workbench is not None
    window.workbench.coding.decide("next")
    accept = window.workbench.coding.card._buttons["accept"]
    accept.setEnabled(True)
    assert not accept.isEnabled()
    assert "reading only" in accept.toolTip() and "reading only" in accept.accessibleDescription()


@pytest.mark.parametrize("key", [Qt.Key.Key_T, Qt.Key.Key_S, Qt.Key.Key_F4, Qt.Key.Key_A, Qt.Key.Key_Delete])
def test_a_key_that_would_change_says_why_it_does_not(window: MainWindow, project_path: Path, key: Qt.Key) -> None:
    window.open_project(project_path, read_only=True)
    assert window.workbench is not None
    coding = window.workbench.coding
    coding.decide("next")
    coding.view.setFocus()
    QTest.keyClick(coding.view, key)
    message = window.message_line.message
    assert message is not None and "reading only" in message.sentence
    assert not coding.picker.isVisible() and not coding.changes.is_correcting
    window.message_line.dismiss()
    QTest.keyClick(coding.view, Qt.Key.Key_N)
    assert not window.message_line.isVisible(), "going on is no change"


def test_letters_over_a_selection_and_keys_on_a_code_say_why(window: MainWindow, project_path: Path) -> None:
    window.open_project(project_path, read_only=True)
    bench = window.workbench
    assert bench is not None
    bench.coding.view.select_all()
    QTest.keyClicks(bench.coding.view, "t")
    assert window.message_line.isVisible() and not bench.coding.picker.isVisible()
    window.message_line.dismiss()
    bench.codebook.show_code(bench.bridge.codebook.codes[0].id)
    QTest.keyClick(bench.codebook.tree, Qt.Key.Key_F2)
    assert window.message_line.isVisible()


def test_opening_what_is_open_already_shows_it(window: MainWindow, project_path: Path) -> None:
    window.open_path(project_path)
    bench = window.workbench
    window.open_path(project_path)
    assert window.workbench is bench and not window.message_line.isVisible()


def opened_to_code(window: MainWindow, path: Path) -> tuple[CodingScreen, int]:
    """The text of a project that was opened, and a code to give."""
    window.open_path(path)
    assert window.workbench is not None
    time = window.workbench.bridge.code_keyed("time")
    assert time is not None
    return window.workbench.coding, time.id


def test_nobody_takes_over_where_nothing_can_be_done(window: MainWindow, project_path: Path) -> None:
    window.open_project(project_path, read_only=True)
    assert not window.actions_table["coder"].isEnabled()
    assert not window.top_bar.coder_button.isEnabled()
    window.open_project(project_path)
    assert window.actions_table["coder"].isEnabled()


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
def test_a_project_that_disappears_is_written_again(window: MainWindow, project_path: Path) -> None:
    coding, time = opened_to_code(window, project_path)
    project_path.unlink()
    coding.view.select_all()
    coding.apply_code(time)
    message = window.message_line.message
    assert message is not None and "no longer there" in message.sentence
    assert window.status_bar._state.text() == "The project's file is gone"
    QTest.mouseClick(window.message_line.action_button, Qt.MouseButton.LeftButton)
    assert window.status_bar._state.text() == "Everything saved"
    coding.apply_code(time)
    window.close_project()
    with Project.open(project_path) as again:
        assert again.segments.count() == 1


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there")
def test_who_comes_back_to_the_window_reads_that_the_file_is_gone(window: MainWindow, project_path: Path) -> None:
    opened_to_code(window, project_path)
    assert window.status_bar._state.text() == "Everything saved"
    elsewhere = project_path.rename(project_path.with_name("elsewhere.qualcode"))
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    assert window.status_bar._state.text() == "The project's file is gone"
    elsewhere.rename(project_path)
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    assert window.status_bar._state.text() == "Everything saved"


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there")
def test_a_project_that_is_put_back_is_no_longer_told_to_be_gone(window: MainWindow, project_path: Path) -> None:
    coding, time = opened_to_code(window, project_path)
    elsewhere = project_path.rename(project_path.with_name("elsewhere.qualcode"))
    coding.view.select_all()
    coding.apply_code(time)
    assert window.message_line.isVisible()
    window.bars.show_state()
    assert window.message_line.isVisible()
    elsewhere.rename(project_path)
    coding.apply_code(time)
    assert window.bridge is not None and window.bridge.project.segments.count() == 1
    assert not window.message_line.isVisible()


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


def test_quotations_are_not_chosen_and_attributes_not_brought_in_where_one_only_reads(
    window: MainWindow, project_path: Path
) -> None:
    for read_only in (True, False):
        window.open_project(project_path, read_only=read_only)
        bench = window.workbench
        assert bench is not None
        bench.show_screen("respondents")
        assert bench.respondents.import_button.isEnabled() is not read_only
        bench.show_screen("report")
        page = bench.report.findChildren(QuotationsPage)[0]
        for each in (page.choose_button, page.leave_button, page.negative_button, page.note_button):
            each.setEnabled(True)
            assert each.isEnabled() is not read_only
            assert ("reading only" in each.accessibleDescription()) is read_only


def test_a_search_without_a_memo_offers_no_dimmed_button(window: MainWindow, project_path: Path) -> None:
    with Project.open(project_path) as project:
        project.memos.session(PROJECT, None).write("viktig", "")
    window.open_project(project_path, read_only=True)
    assert window.workbench is not None
    window.workbench.show_screen("memos")
    memos = window.workbench.memos
    memos.field.setText("uviktig")
    assert memos._empty.isVisible() and not memos._empty.button.isVisible()
