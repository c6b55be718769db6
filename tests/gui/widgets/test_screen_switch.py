"""Every screen can be reached from the bar, in a wide window and in a narrow one."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qualcode.gui.main_window import MainWindow
from qualcode.gui.widgets.screen_switch import ScreenSwitch

SCREENS = ["code", "review", "survey", "tables", "respondents", "agreement", "memos", "report"]


def opened(window: MainWindow, path: Path, width: int) -> ScreenSwitch:
    window.resize(width, 800)
    window.open_project(path)
    QApplication.processEvents()
    assert window.width() == width
    return window.top_bar.screens


def below(switch: ScreenSwitch) -> list[str]:
    return [action.text().split("\t")[0] for action in switch.more.menu().actions() if action.isVisible()]


@pytest.mark.parametrize("width", [1280, 2560])
def test_each_screen_is_a_click_away(window: MainWindow, project_path: Path, width: int) -> None:
    switch = opened(window, project_path, width)
    assert window.workbench is not None
    assert not switch.more.isVisible() and list(switch.buttons) == SCREENS
    for name, shown in switch.buttons.items():
        QTest.mouseClick(shown, Qt.MouseButton.LeftButton)
        assert window.workbench.screen_name == name
        assert [key for key, each in switch.buttons.items() if each.isChecked()] == [name]


def test_what_has_no_room_stands_below_more_which_is_called_after_it(window: MainWindow, project_path: Path) -> None:
    switch = opened(window, project_path, 960)
    assert window.workbench is not None
    beside = [each.text() for each in switch.buttons.values() if each.isVisible()]
    assert 3 < len(beside) < 8 and below(switch)[-1] == "Report"
    assert beside + below(switch) == [each.text() for each in switch.buttons.values()]
    entry = next(each for each in switch.more.menu().actions() if each.text().startswith("Report"))
    entry.trigger()
    assert window.workbench.screen_name == "report" and entry.isChecked()
    assert switch.more.isChecked() and switch.more.text() == "Report"
    window.show_screen("code")
    assert switch.more.text() == "More" and not switch.more.isChecked()


def test_nothing_in_the_bar_covers_its_neighbour(window: MainWindow, project_path: Path) -> None:
    for width in (960, 1100, 1280, 1440):
        switch = opened(window, project_path, width)
        switch.show_screen("report")
        shown = [each for each in (*switch.buttons.values(), switch.more) if each.isVisible()]
        for left, right in pairwise(shown):
            assert left.geometry().right() < right.x()
            assert left.width() >= left.sizeHint().width()
        assert shown[-1].geometry().right() < switch.width()
        bar = window.top_bar
        assert bar._search.mapTo(bar, QPoint(bar._search.width(), 0)).x() <= width
        assert bar._title.width() > 60


def test_a_window_grows_narrow_at_once(window: MainWindow, project_path: Path) -> None:
    switch = opened(window, project_path, 2560)
    assert not switch.more.isVisible()
    opened(window, project_path, 960)
    assert switch.more.isVisible()


def test_a_screen_says_its_key(window: MainWindow, project_path: Path) -> None:
    switch = opened(window, project_path, 1440)
    assert switch.buttons["agreement"].toolTip() == "Agreement (Ctrl+6)"
