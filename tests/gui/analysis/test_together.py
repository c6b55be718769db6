"""Themes that stand together, in the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qualcode.gui.analysis.pages import TOGETHER
from qualcode.gui.analysis.screen import TablesScreen
from qualcode.gui.analysis.together_page import TogetherPage
from qualcode.gui.bridge import ProjectBridge


@pytest.fixture
def screen(qtbot: QtBot, bridge: ProjectBridge) -> TablesScreen:
    bridge.project.review.accept_all()
    made = TablesScreen(bridge)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    made.show_page(TOGETHER)
    return made


@pytest.fixture
def page(screen: TablesScreen) -> TogetherPage:
    assert isinstance(screen.page, TogetherPage)
    return screen.page


def test_the_square_holds_the_pairs_of_the_command(
    page: TogetherPage, bridge: ProjectBridge, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(page.model)  # type: ignore[no-untyped-call]
    assert page.model.cell("hindrances", "secrecy") is None, "one is above the other"
    for row in bridge.project.reports.cooccurrence().to_dict("records"):
        for pair in ((row["theme_a"], row["theme_b"]), (row["theme_b"], row["theme_a"])):
            cell = page.model.cell(*pair)
            assert cell is not None
            assert cell.both == row["units_both"]
    room = page.model.cell("room", "room")
    assert room is not None
    assert room.is_alone
    assert room.both == 2


def test_a_cell_opens_what_stands_together(screen: TablesScreen, page: TogetherPage) -> None:
    page.unit_choice.choose("turn", report=True)
    keys = [each.key for each in page.model.themes]
    index = page.model.index(keys.index("secrecy"), keys.index("room"))
    page.table_view.setCurrentIndex(index)
    QTest.keyClick(page.table_view, Qt.Key.Key_Return)
    cell = page.model.cell("secrecy", "room")
    assert cell is not None
    assert cell.both == 1
    listed = screen.panel.list_view.model()
    assert screen.panel.isVisible()
    assert {str(listed.index(row, 0).data()).split(",")[0] for row in range(listed.rowCount())} == {"Baker 1"}
    QTest.keyClick(page.table_view, Qt.Key.Key_Down)
    assert page.keep_cell() is not None
    assert page.keep_cell().code_key == keys[keys.index("secrecy") + 1]  # type: ignore[union-attr]


def test_fewer_themes_and_a_copy(screen: TablesScreen, page: TogetherPage) -> None:
    page.themes.choose("top", report=True)
    assert [each.key for each in page.model.themes] == ["hindrances", "room"]
    screen.leaving.copy()
    first = QGuiApplication.clipboard().text().split("\n")[0].split("\t")
    assert first == ["Theme", "Hindringer", "Rom", "Hindringer, Jaccard", "Rom, Jaccard"]
    page.grab()


def test_what_a_hidden_coder_coded_is_not_counted(screen: TablesScreen, page: TogetherPage) -> None:
    screen._bridge.set_blind(True)
    room = page.model.cell("room", "room")
    assert room is None or room.both == 0, "all was accepted by the rules"
    assert "others are hidden" in screen._hidden.text()
    assert "coder!=" in str(screen.scope().where)
    screen._bridge.set_blind(False)
    room = page.model.cell("room", "room")
    assert room is not None
    assert room.both == 2
