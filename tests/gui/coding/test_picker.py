"""The picker finds codes by beginnings, inner parts and aliases, in any language."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.coding.picker import CodePicker, matches
from qualcode.model.codebook import Code, Wording

CODES = (
    Code("barriers", Wording({"en": "Formal barriers", "nb": "Formelle hindre"})),
    Code("secrecy", Wording({"en": "Confidentiality", "nb": "Taushetsplikt"}), parent="barriers", depth=1),
    Code("deciding", Wording({"en": "Who decides", "nb": "Hvem bestemmer"}), aliases=("makt",)),
    Code("form", Wording({"en": "Shape", "nb": "Form"})),
)


def keys(typed: str, language: str = "nb") -> list[str]:
    return [match.code.key for match in matches(CODES, typed, language)]


def test_beginnings_come_before_inner_parts_and_aliases() -> None:
    assert keys("for") == ["barriers", "form"]
    assert keys("be") == ["deciding"]
    assert keys("plikt") == ["secrecy"]
    assert keys("hindre") == ["barriers"]


def test_aliases_and_other_languages_are_found_and_said() -> None:
    (match,) = matches(CODES, "makt", "nb")
    assert (match.code.key, match.beside) == ("deciding", "alias: makt")
    assert keys("confid") == ["secrecy"]


def test_nothing_typed_gives_all_in_tree_order() -> None:
    assert keys("") == ["barriers", "secrecy", "deciding", "form"]
    assert keys("xyz") == []


def test_enter_picks_and_the_last_pick_comes_first_next_time(qtbot: QtBot, bridge: ProjectBridge) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    picker = CodePicker(bridge, owner)
    time = bridge.code_keyed("time")
    assert time is not None
    picker.open_at(QRect(100, 100, 50, 20), "tid", 12)
    with qtbot.waitSignal(picker.code_picked) as signal:
        QTest.keyClick(picker._field, Qt.Key.Key_Return)
    assert signal.args == [time.id]
    assert not picker.isVisible()
    picker.open_at(QRect(100, 100, 50, 20), "", 12)
    assert picker._list.currentIndex().data() == "Tid"
    QTest.keyClick(picker._field, Qt.Key.Key_Down)
    assert picker._list.currentIndex().row() == 1
    picker.hide()


def test_it_never_covers_the_selection(qtbot: QtBot, bridge: ProjectBridge) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    picker = CodePicker(bridge, owner)
    owner.resize(900, 700)
    for y in (40, 300, 640):
        place = QRect(200, y, 300, 40)
        picker.open_at(QRect(owner.mapToGlobal(place.topLeft()), place.size()), "", 5)
        card = picker.geometry().adjusted(24, 10, -24, -40)
        assert not card.intersects(place), y
        assert owner.rect().contains(card), y
        picker.hide()


def test_a_name_that_no_code_has_makes_one_by_enter(qtbot: QtBot, bridge: ProjectBridge) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    picker = CodePicker(bridge, owner, makes_codes=True)
    picker.open_at(QRect(100, 100, 50, 20), "Opening hours", 12)
    picker.grab()
    with qtbot.waitSignal(picker.name_picked) as signal:
        QTest.keyClick(picker._field, Qt.Key.Key_Return)
    assert signal.args == ["Opening hours"]
    assert not picker.isVisible()


def test_a_picker_that_makes_no_codes_says_that_none_fits(qtbot: QtBot, bridge: ProjectBridge) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    picker = CodePicker(bridge, owner)
    picker.open_at(QRect(100, 100, 50, 20), "xyz", 12)
    picker.grab()
    with qtbot.assertNotEmitted(picker.name_picked), qtbot.assertNotEmitted(picker.code_picked):
        QTest.keyClick(picker._field, Qt.Key.Key_Return)
    assert picker.isVisible()
    assert picker._model.index(0, 0).data() == "No code fits."
    picker.hide()


def test_the_very_name_comes_first_then_what_was_given_last() -> None:
    codes = tuple(replace(code, id=number) for number, code in enumerate(CODES, start=1))
    found = [match.code.key for match in matches(codes, "FORM ", "nb")]
    assert found == ["form", "barriers"]
    assert [match.code.key for match in matches(codes, "fo", "nb")] == ["barriers", "form"]
    assert [match.code.key for match in matches(codes, "fo", "nb", recent=[4])] == ["form", "barriers"]
    assert [match.code.key for match in matches(codes, "", "nb", recent=[3, 2])][:2] == ["deciding", "secrecy"]


def test_an_alias_written_out_counts_as_a_name() -> None:
    codes = (Code("power", Wording({"nb": "Maktkamp"})), *CODES)
    assert [match.code.key for match in matches(codes, "makt", "nb")] == ["deciding", "power"]


def test_letters_that_an_input_method_composed_are_found(qtbot: QtBot, bridge: ProjectBridge) -> None:
    codes = (Code("office", Wording({"nb": "Årsmøte"})),)
    assert len(matches(codes, "a\N{COMBINING RING ABOVE}rs", "nb")) == 1
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.show()
    picker = CodePicker(bridge, owner)
    picker.open_at(QRect(100, 100, 50, 20), "t", 12)
    QApplication.sendEvent(picker._field, QInputMethodEvent("´", []))
    assert picker._field.text() == "t", "what is being composed is not looked for yet"
    composed = QInputMethodEvent()
    composed.setCommitString("id")
    QApplication.sendEvent(picker._field, composed)
    with qtbot.waitSignal(picker.code_picked) as signal:
        QTest.keyClick(picker._field, Qt.Key.Key_Return)
    time = bridge.code_keyed("time")
    assert time is not None and signal.args == [time.id]
