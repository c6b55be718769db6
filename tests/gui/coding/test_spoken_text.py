"""What a screen reader is told of the text: words, caret and selection both ways, speakers and codes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.coding.screen import CodingScreen
from qualcode.gui.coding.spoken_text import SpokenText
from qualcode.gui.documents.model import DocumentsModel
from qualcode.model.segment import Span


@pytest.fixture
def screen(qtbot: QtBot, bridge: ProjectBridge) -> Iterator[CodingScreen]:
    QAccessible.setActive(True)
    made = CodingScreen(bridge)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.show_reading(DocumentsModel(bridge).readings[0])
    qtbot.waitExposed(made)
    yield made
    QAccessible.setActive(False)


@pytest.fixture
def heard(screen: CodingScreen) -> list[str]:
    found: list[str] = []
    spoken = screen.view.findChild(SpokenText)
    assert spoken is not None
    spoken.said.connect(found.append)
    return found


def interface(screen: CodingScreen) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(screen.view)
    assert found is not None
    return found


def text_of(screen: CodingScreen) -> str:
    return "\n".join(block.text for block in screen.shown.blocks)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_it_is_a_text_that_can_be_read_and_not_written(screen: CodingScreen) -> None:
    found = interface(screen)
    assert found.role() == QAccessible.Role.EditableText
    assert found.state().readOnly and found.state().multiLine
    assert found.text(QAccessible.Text.Name) == "samtale"
    assert found.valueInterface() is None
    assert found.actionInterface() is None


def test_all_words_are_there(screen: CodingScreen) -> None:
    spoken, text = interface(screen).textInterface(), text_of(screen)
    assert "😀" in text
    assert spoken.characterCount() == units(text)
    assert spoken.text(0, units(text)) == text


def test_the_caret_is_where_the_keys_take_it(screen: CodingScreen) -> None:
    spoken = interface(screen).textInterface()
    screen.view.setFocus()
    screen.view.put_cursor(1)
    first = units(screen.shown.blocks[0].text) + 1
    assert spoken.cursorPosition() == first
    QTest.keyClick(screen.view, Qt.Key.Key_Right)
    assert spoken.cursorPosition() == first + 1
    assert spoken.selectionCount() == 0
    QTest.keyClick(screen.view, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert spoken.selectionCount() == 1


def test_a_caret_before_the_first_question_is_known_too(screen: CodingScreen) -> None:
    screen.view.put_cursor(2)
    before = sum(units(block.text) + 1 for block in screen.shown.blocks[:2])
    assert interface(screen).textInterface().cursorPosition() == before


def test_a_screen_reader_moves_the_caret_and_selects(screen: CodingScreen) -> None:
    spoken, text = interface(screen).textInterface(), text_of(screen)
    at = text.index("før")  # behind a smiley, which takes two units
    spoken.setCursorPosition(units(text[:at]))
    assert screen.view.cursor_place is not None
    assert screen.view.cursor_place[1] == at
    spoken.addSelection(units(text[:at]), units(text[: at + 3]))
    assert screen.view.selected_text() == "før"
    assert screen.view.selected_span() == (screen.shown.blocks[2].document_id, Span(at, at + 3))


def test_the_rectangle_of_the_caret_is_that_of_the_view(screen: CodingScreen) -> None:
    spoken = interface(screen).textInterface()
    screen.view.put_caret(screen.shown.blocks[3].document_id, screen.shown.blocks[3].start + 2)
    there = spoken.characterRect(spoken.cursorPosition())
    shown = screen.view.viewport().mapToGlobal(screen.view.caret_rectangle().topLeft())
    assert abs(there.left() - shown.x()) <= 3
    assert abs(there.top() - shown.y()) <= 6


def test_another_turn_is_told_with_speaker_and_codes(
    screen: CodingScreen, bridge: ProjectBridge, heard: list[str]
) -> None:
    block = screen.shown.blocks[1]
    room = bridge.code_keyed("room")
    assert room is not None
    bridge.project.segments.add(block.document_id, Span(block.start + 3, block.start + 14), room.id)
    screen.view.put_cursor(1)
    screen.view.put_caret(block.document_id, block.start + 5)
    screen.view.put_caret(block.document_id, block.start + 6)
    screen.view.put_caret(block.document_id, block.start + 16)
    assert heard == ["Baker 1, Baker", "Rom", "not coded"]
    assert interface(screen).text(QAccessible.Text.Description) == "Baker 1, Baker"


def test_a_text_that_is_changed_or_left_is_told_anew(screen: CodingScreen, bridge: ProjectBridge) -> None:
    spoken = interface(screen).textInterface()
    spoken.characterCount()
    bridge.project.documents.correct(screen.shown.blocks[0].document_id, Span(0, 7), "Når og hvordan")
    assert interface(screen).textInterface().text(0, 14) == "Når og hvordan"
    screen.show_reading(DocumentsModel(bridge).readings[1])
    assert interface(screen).textInterface().text(0, 12) == "Taushetsplik"
    screen.show_nothing()
    assert interface(screen).textInterface().characterCount() <= 1
    assert interface(screen).text(QAccessible.Text.Description) == ""


def test_nothing_is_worked_out_while_nobody_listens(qtbot: QtBot, bridge: ProjectBridge) -> None:
    QAccessible.setActive(False)
    made = CodingScreen(bridge)
    qtbot.addWidget(made)
    made.show_reading(DocumentsModel(bridge).readings[0])
    spoken = made.view.findChild(SpokenText)
    assert spoken is not None
    heard: list[str] = []
    spoken.said.connect(heard.append)
    made.view.put_cursor(1)
    assert heard == []
    assert spoken._echo is None


def test_a_quotation_is_told_when_it_is_made_and_when_one_comes_to_it(
    screen: CodingScreen, bridge: ProjectBridge, heard: list[str]
) -> None:
    room = bridge.code_keyed("room")
    assert room is not None
    block = screen.shown.blocks[1]
    screen.show_span(block.document_id, Span(block.start + 3, block.start + 16))
    heard.clear()
    screen.apply_code(room.id)
    assert heard[-1] == "Rom: deler kjøkken"
    screen.decide("next")
    assert heard[-1].startswith("Taushet, suggested (score 0.")
