"""Filters as chips: picked, changed, taken away, saved under a name, by mouse and keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListView, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from qualcode.analysis.filtering import Filter, parse_filter
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.widgets.filter_chips import FilterChips
from qualcode.gui.widgets.value_picker import VALUE


@pytest.fixture
def chips(qtbot: QtBot, bridge: ProjectBridge) -> Iterator[FilterChips]:
    window = QWidget()
    qtbot.addWidget(window)
    made = FilterChips(bridge)
    column = QVBoxLayout(window)
    column.addWidget(made)
    column.addStretch(1)
    window.resize(900, 600)
    window.show()
    yield made
    window.close()


def button(chips: FilterChips, name: str) -> QPushButton:
    return next(each for each in chips.findChildren(QPushButton) if each.accessibleName() == name)


def pick(chips: FilterChips, *values: str) -> None:
    """Picks values in the list that popped up, by keys."""
    view = chips.picker.findChild(QListView)
    assert view is not None and chips.picker.isVisible()
    for value in values:
        rows = {view.model().index(row, 0).data(VALUE): row for row in range(view.model().rowCount())}
        view.setCurrentIndex(view.model().index(rows[value], 0))
        QTest.keyClick(view, Qt.Key.Key_Space)


def test_enter_ticks_a_value_and_ends_the_list_on_one_that_is_ticked(chips: FilterChips) -> None:
    for ticks in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        QTest.mouseClick(button(chips, "Add a filter"), Qt.MouseButton.LeftButton)
        pick(chips, "group")
        view = chips.picker.findChild(QListView)
        assert view is not None
        QTest.keyClick(view, ticks)
        assert chips.picker.isVisible() and len(chips.chips) == 1
        QTest.keyClick(view, Qt.Key.Key_Return)
        assert not chips.picker.isVisible() and len(chips.chips) == 1
        chips.clear()


def test_the_list_goes_with_the_screen_that_it_belongs_to(qtbot: QtBot, bridge: ProjectBridge) -> None:
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    screen = QWidget()
    made = FilterChips(bridge)
    QVBoxLayout(screen).addWidget(made)
    stack.addWidget(screen)
    stack.addWidget(QWidget())
    stack.resize(900, 600)
    stack.show()
    QTest.mouseClick(button(made, "Add a filter"), Qt.MouseButton.LeftButton)
    assert made.picker.isVisible()
    stack.setCurrentIndex(1)
    assert not made.picker.isVisible()
    stack.setCurrentIndex(0)
    assert not made.picker.isVisible()


def test_a_filter_is_made_by_keys_and_reported(qtbot: QtBot, chips: FilterChips) -> None:
    QTest.mouseClick(button(chips, "Add a filter"), Qt.MouseButton.LeftButton)
    pick(chips, "group")
    with qtbot.waitSignal(chips.changed) as told:
        pick(chips, "Baker")
    assert told.args == [parse_filter(["group=Baker"])]
    pick(chips, "Kelner")
    assert chips.where == parse_filter(["group=Baker|Kelner"])
    assert [chip.text() for chip in chips.chips] == ["Group: Baker, Kelner"]
    QTest.mouseClick(button(chips.picker, "Which: is not"), Qt.MouseButton.LeftButton)  # type: ignore[arg-type]
    assert chips.where == parse_filter(["group!=Baker|Kelner"])
    QTest.keyClick(chips.picker, Qt.Key.Key_Escape)
    assert not chips.picker.isVisible()


def test_a_chip_is_changed_and_taken_away(chips: FilterChips) -> None:
    chips.set_where(parse_filter(["code=secrecy", "session=Skift A"]))
    assert [chip.text() for chip in chips.chips] == ["Theme: Taushet", "Session: Skift A"]
    QTest.mouseClick(chips.chips[0], Qt.MouseButton.LeftButton)
    pick(chips, "secrecy", "time")
    assert chips.where == parse_filter(["session=Skift A", "code=time"])
    chips.clear()
    assert chips.where == Filter() and chips.chips == []


def test_one_of_several_conditions_may_be_enough(qtbot: QtBot, chips: FilterChips) -> None:
    chips.set_where(parse_filter(["code=secrecy", "session=Skift A"]))
    QTest.mouseClick(button(chips, "Filters that hold: One of them"), Qt.MouseButton.LeftButton)
    assert chips.where == parse_filter(["code=secrecy or session=Skift A"])
    chips.set_where(chips.where)
    assert len(chips.chips) == 2 and chips.where == parse_filter(["code=secrecy or session=Skift A"])


def test_a_filter_is_saved_and_used_by_its_name(bridge: ProjectBridge, chips: FilterChips) -> None:
    chips.set_where(parse_filter(["group=Baker"]))
    QTest.mouseClick(button(chips, "Save filter"), Qt.MouseButton.LeftButton)
    field = next(each for each in chips.findChildren(QLineEdit) if each.accessibleName() == "Name of the filter")
    QTest.keyClicks(field, "Bakers")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert bridge.project.undo_name == "Save filter"
    chips.clear()
    QTest.mouseClick(button(chips, "Add a filter"), Qt.MouseButton.LeftButton)
    pick(chips, "@Bakers")
    assert chips.where == parse_filter(["group=Baker"])


def test_a_filter_that_was_typed_is_one_chip(chips: FilterChips) -> None:
    chips.set_where(parse_filter(["group=Baker or code=time", "session=Skift A"]))
    assert [chip.text() for chip in chips.chips] == ["Group: Baker or Theme: Tid", "Session: Skift A"]
    assert chips.where == parse_filter(["group=Baker or code=time", "session=Skift A"])


def test_chips_go_on_in_the_next_line(chips: FilterChips) -> None:
    one_line = chips.height()
    chips.window().resize(420, 600)
    chips.set_where(parse_filter(["group=Baker", "session=Skift A", "code=time|room", "document=samtale.txt"]))
    assert chips.height() > one_line
    assert all(chip.mapTo(chips, chip.rect().topRight()).x() <= chips.width() for chip in chips.chips)


def test_who_codes_blind_cannot_filter_by_what_others_coded(bridge: ProjectBridge, chips: FilterChips) -> None:
    bridge.project.filters.save("timely", parse_filter(["code=time"]))
    chips.set_where(parse_filter(["code=time", "group=Baker"]))
    bridge.set_blind(True)
    assert chips.where == parse_filter(["group=Baker"])
    QTest.mouseClick(button(chips, "Add a filter"), Qt.MouseButton.LeftButton)
    view = chips.picker.findChild(QListView)
    assert view is not None
    model = view.model()
    offered = {model.index(row, 0).data(VALUE) for row in range(model.rowCount())}
    assert "group" in offered and not offered & {"code", "coder", "origin", "@timely"}


def test_the_keyboard_stays_among_the_chips_when_one_is_made_anew_or_goes(chips: FilterChips, qtbot: QtBot) -> None:
    chips.window().activateWindow()
    chips.set_where(parse_filter(["group=Baker"]))
    chip = chips.chips[0]
    chip.setFocus()
    qtbot.waitUntil(chip.hasFocus)
    QTest.keyClick(chip, Qt.Key.Key_Space)
    pick(chips, "Kelner")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not isValid(chip)
    view = chips.picker.findChild(QListView)
    assert view is not None
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not chips.picker.isVisible()
    assert chips.chips[0].hasFocus()
    remove = chips._chips[0].remove_button
    remove.setFocus()
    QTest.keyClick(remove, Qt.Key.Key_Space)
    assert chips.chips == [] and button(chips, "Add a filter").hasFocus()
