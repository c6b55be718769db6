"""Somebody else takes over while the project stays open."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from qualcode.errors import StoreError
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.coder_card import CoderCard
from qualcode.gui.main_window import MainWindow
from qualcode.gui.workbench import Workbench
from qualcode.model.memo import PROJECT
from qualcode.model.segment import Span
from qualcode.project.project import Project
from qualcode.settings import CODER, Settings
from qualcode.store import segments

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def bench(qtbot: QtBot, window: MainWindow, project_path: Path) -> Workbench:
    window.open_project(project_path)
    qtbot.waitExposed(window)
    assert window.workbench is not None
    return window.workbench


def card_of(window: MainWindow) -> CoderCard:
    return next(card for card in window.findChildren(CoderCard) if card.isVisible())


def take_over(window: MainWindow, name: str) -> None:
    """Presses the initials, types a name, presses Enter."""
    QTest.mouseClick(window.top_bar.coder_button, Qt.MouseButton.LeftButton)
    card = card_of(window)
    QTest.keyClick(card.name, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(card.name, name) if name else QTest.keyClick(card.name, Qt.Key.Key_Delete)
    QTest.keyClick(card.name, Qt.Key.Key_Return)


def code_a_turn(bench: Workbench, letters: str) -> None:
    view = bench.coding.view
    QTest.keyClick(view, Qt.Key.Key_T)
    QTest.keyClicks(bench.coding.picker._field, letters)
    QTest.keyClick(bench.coding.picker._field, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_Escape)


def coders_of(bridge: ProjectBridge, key: str) -> list[str]:
    code = bridge.code_keyed(key)
    assert code is not None
    names = {coder.id: coder.name for coder in bridge.project.coders()}
    return [names[each.coder_id] for each in bridge.project.segments.of_code(code.id)]


def test_what_is_coded_afterwards_is_the_new_coders(window: MainWindow, bench: Workbench, settings: Settings) -> None:
    bridge = bench.bridge
    code_a_turn(bench, "rom")
    take_over(window, "Kari Moe")
    assert window.bridge is bridge, "the project was not opened anew"
    assert not any(card.isVisible() for card in window.findChildren(CoderCard))
    assert QApplication.focusWidget() is bench.coding.view, "one goes on where one was"
    assert window.top_bar.coder_button.accessibleDescription() == "Kari Moe"
    assert bench.undo_line.sentence == "The coder is Kari Moe now."
    code_a_turn(bench, "rom")
    assert coders_of(bridge, "room") == ["Ingrid Haugen", "Kari Moe"]
    assert bridge.project.history()[-1].coder == "Kari Moe"
    assert settings.get(CODER) == "Kari Moe"
    window.actions_table["undo"].trigger()
    window.actions_table["undo"].trigger()
    assert coders_of(bridge, "room") == [], "what the coder before did can be undone too"
    window.close_project()
    assert window.first_page.coder_field.text() == "Kari Moe"


def test_a_key_opens_the_card_with_the_name_to_type_over(window: MainWindow, bench: Workbench) -> None:
    QTest.keyClick(bench.coding.view, Qt.Key.Key_K, CONTROL_SHIFT)
    card = card_of(window)
    assert card.name.hasFocus() and card.name.selectedText() == "Ingrid Haugen"
    assert card.others == [], "nobody else has coded"
    QTest.keyClick(card.name, Qt.Key.Key_Escape)
    assert bench.bridge.project.coder_name == "Ingrid Haugen"
    assert QApplication.focusWidget() is bench.coding.view


def test_no_word_of_the_card_is_cut_in_norwegian(window: MainWindow, bench: Workbench) -> None:
    window.set_language("nb")
    QApplication.processEvents()
    window.actions_table["coder"].trigger()
    card = card_of(window)
    long = [each for each in card.findChildren(QLabel) if each.wordWrap()]
    assert long and all(each.height() >= each.heightForWidth(each.width()) for each in long)
    window.set_language("en")


def test_who_has_coded_here_is_picked_with_one_click(window: MainWindow, bench: Workbench) -> None:
    take_over(window, "Kari Moe")
    code_a_turn(bench, "rom")
    take_over(window, "Ola Lie")
    QTest.mouseClick(window.top_bar.coder_button, Qt.MouseButton.LeftButton)
    card = card_of(window)
    assert [each.text() for each in card.others] == ["Kari Moe"]
    QTest.mouseClick(card.others[0], Qt.MouseButton.LeftButton)
    assert bench.bridge.project.coder_name == "Kari Moe"


def test_a_known_name_is_spelled_as_it_is_known(window: MainWindow, bench: Workbench) -> None:
    code_a_turn(bench, "rom")
    take_over(window, "Kari Moe")
    take_over(window, "  ingrid   haugen ")
    assert bench.bridge.project.coder_name == "Ingrid Haugen"
    assert bench.bridge.other_coders() == []


def test_a_blank_name_is_the_user_of_the_machine(
    window: MainWindow, bench: Workbench, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "imh")
    take_over(window, "")
    assert bench.bridge.project.coder_name == "imh"
    assert settings.get(CODER) == ""


def test_nobody_codes_under_the_name_of_a_set_of_rules(
    window: MainWindow, bench: Workbench, settings: Settings
) -> None:
    project = bench.bridge.project
    with project.step("Accept all"):
        segments.coder_for(project.db, "auto", is_person=False)
    take_over(window, "Auto")
    assert project.coder_name == settings.get(CODER) == "Ingrid Haugen"
    assert window.message_line.message is not None
    assert window.message_line.message.sentence == "auto is what a set of rules is called here."
    QTest.mouseClick(window.top_bar.coder_button, Qt.MouseButton.LeftButton)
    assert card_of(window).others == []


def test_who_codes_blind_sees_only_what_is_ones_own_after_a_change(window: MainWindow, bench: Workbench) -> None:
    code_a_turn(bench, "rom")
    bench.bridge.set_blind(True)
    assert len([mark for mark in bench.coding.shown.marks.values() if not mark.is_suggestion]) == 1
    take_over(window, "Kari Moe")
    assert bench.bridge.is_blind
    assert not [mark for mark in bench.coding.shown.marks.values() if not mark.is_suggestion]
    assert window.status_bar._counts.text().startswith("0 quotations")
    take_over(window, "Ingrid Haugen")
    assert len([mark for mark in bench.coding.shown.marks.values() if not mark.is_suggestion]) == 1


def test_ones_own_quotations_are_shown_though_they_were_hidden_before(window: MainWindow, bench: Workbench) -> None:
    code_a_turn(bench, "rom")
    take_over(window, "Kari Moe")
    (ingrid,) = bench.bridge.other_coders()
    bench.bridge.show_coder(ingrid.id, False)
    assert not [mark for mark in bench.coding.shown.marks.values() if not mark.is_suggestion]
    take_over(window, "Ingrid Haugen")
    assert len([mark for mark in bench.coding.shown.marks.values() if not mark.is_suggestion]) == 1


def test_recent_codes_are_those_of_who_codes(window: MainWindow, bench: Workbench) -> None:
    code_a_turn(bench, "rom")
    room = bench.bridge.code_keyed("room")
    assert room is not None and bench.bridge.recent_codes == [room.id]
    take_over(window, "Kari Moe")
    assert bench.bridge.recent_codes == []


def test_what_was_typed_last_is_the_memo_of_who_typed_it(window: MainWindow, bench: Workbench) -> None:
    bench.show_screen("memos")
    bench.memos.write_new(PROJECT)
    QTest.keyClicks(bench.memos.pad.words, "viktig")
    take_over(window, "Kari Moe")
    assert [(memo.coder, memo.content) for memo in bench.bridge.project.memos.all()] == [("Ingrid Haugen", "viktig")]


def test_nobody_takes_over_before_everything_is_saved(window: MainWindow, bench: Workbench) -> None:
    bridge = bench.bridge

    def full() -> None:
        raise StoreError("The disk is full.")

    bridge.unwritten.keep("memo", full, "viktig")
    take_over(window, "Kari Moe")
    assert bridge.project.coder_name == "Ingrid Haugen"
    assert window.message_line.message is not None
    assert window.message_line.message.sentence == "What Ingrid Haugen typed is not saved yet."
    bridge.unwritten.take("memo")
    take_over(window, "Kari Moe")
    assert bridge.project.coder_name == "Kari Moe"


def test_nobody_takes_over_while_long_work_goes_on(window: MainWindow, bench: Workbench) -> None:
    window.actions_table.let_wait(True)
    QTest.mouseClick(window.top_bar.coder_button, Qt.MouseButton.LeftButton)
    assert not any(card.isVisible() for card in window.findChildren(CoderCard))
    window.actions_table.let_wait(False)
    QTest.mouseClick(window.top_bar.coder_button, Qt.MouseButton.LeftButton)
    assert card_of(window).isVisible()


def test_a_project_tells_two_coders_apart(project: Project) -> None:
    code = project.codebook.current().codes[0]
    project.segments.add(1, Span(0, 4), code.id)
    assert project.code_as("Kari Moe") == "Kari Moe"
    project.segments.add(1, Span(0, 4), code.id)
    names = {coder.id: coder.name for coder in project.coders()}
    found = [names[each.coder_id] for each in project.segments.of_code(code.id)]
    assert found == ["Ingrid Haugen", "Kari Moe"]
