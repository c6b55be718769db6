"""The joint display in the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qualcode.gui.analysis.joint_page import JointPage
from qualcode.gui.analysis.pages import JOINT
from qualcode.gui.analysis.screen import TablesScreen
from qualcode.gui.bridge import ProjectBridge

SCALE = "Plass (0-10)"


@pytest.fixture
def page(tables: TablesScreen, qtbot: QtBot) -> JointPage:
    tables.show_page(JOINT)
    page = tables.page
    assert isinstance(page, JointPage)
    qtbot.waitUntil(lambda: page.model.rowCount() > 0, timeout=20_000)
    return page


def test_theme_question_and_quotations_stand_side_by_side(page: JointPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.model)  # type: ignore[no-untyped-call]
    assert [row.key for row in page.model.rows] == ["room"]
    assert SCALE in page.model.rows[0].second
    cell = page.model.cell("room", "Kelner")
    assert cell is not None
    assert cell.shares[0].text == "2/4  50 %"
    assert "Mean 2.5   SD 0.7   n 2" in cell.text
    assert "with the theme 3.0 (1), without 2.0 (1)" in cell.text
    assert "“Kjøkkenet er trangt.”" in cell.text or "“Det er trangt.”" in cell.text
    assert page.grab().toImage().width() > 300


def test_the_question_of_a_theme_is_chosen_there_and_can_be_undone(
    page: JointPage, mixed: ProjectBridge, qtbot: QtBot
) -> None:
    page.themes.choose("top", report=True)
    qtbot.waitUntil(lambda: page.model.rowCount() == 3, timeout=20_000)
    page.table_view.go_to("time", "Baker")
    assert page.question.key == ""
    page.question.choose(SCALE, report=True)
    qtbot.waitUntil(lambda: page.model.rows[1].second == SCALE, timeout=20_000)
    assert [each.theme for each in mixed.project.joint.matches()] == ["time"], "it went with another by its name"
    mixed.project.undo()
    qtbot.waitUntil(lambda: page.model.rows[1].second != SCALE, timeout=20_000)
    assert page.question.key == ""


def test_a_cell_opens_its_quotations_and_the_table_is_copied(tables: TablesScreen, page: JointPage) -> None:
    page.table_view.go_to("room", "Kelner")
    QTest.keyClick(page.table_view, Qt.Key.Key_Return)
    assert tables.panel.isVisible()
    assert tables.panel.list_view.model().rowCount() == 2
    tables.leaving.copy()
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert lines[0][:4] == ["Theme", "Closed question", "Group", "n of N"]
    assert lines[1][:3] == ["Plass", SCALE, "Baker"]


def test_without_a_scale_it_says_what_to_do(qtbot: QtBot, bridge: ProjectBridge) -> None:
    made = TablesScreen(bridge)
    qtbot.addWidget(made)
    made.show()
    made.show_page(JOINT)
    page = made.page
    assert isinstance(page, JointPage)
    assert page.is_empty
    assert "scales" in page.empty.accessibleName()


def test_themes_without_a_question_say_so_once(page: JointPage, mixed: ProjectBridge, qtbot: QtBot) -> None:
    assert page.themes.key == "matched"
    mixed.project.joint.match("room", "")
    qtbot.waitUntil(lambda: page.model.rowCount() == 3, timeout=20_000)
    assert page.themes.key == "top", "the choice names what is shown"
    cell = page.model.cell("room", "Kelner")
    assert cell is not None
    assert "closed question" in page.model.rows[0].second
    assert "closed question" not in cell.text
