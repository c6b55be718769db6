"""Several groups, the same people and mirrored themes in the window."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qualcode.gui.analysis.mirrored_page import MirroredPage
from qualcode.gui.analysis.pages import MIRRORED, SAME_PEOPLE, SEVERAL
from qualcode.gui.analysis.quotations_panel import QUOTATION
from qualcode.gui.analysis.same_people_page import SamePeoplePage
from qualcode.gui.analysis.screen import TablesScreen
from qualcode.gui.analysis.several_page import SeveralPage
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.study_opening import make_project
from qualcode.project.project import Project

CODEBOOK = """key: kitchen
title: Kitchen
version: 1
codes:
  - {key: cramped, name: Cramped, valence: hindering, counterpart: roomy, rules: [{any: [trang]}]}
  - {key: roomy, name: Roomy, valence: promoting, counterpart: cramped, rules: [{any: [romslig]}]}
"""
SURVEY = """ID;Rolle;Nå;Før
1;Baker;Det er trangt.;Det var romslig.
2;Baker;Trangt.;Trangt.
3;Kelner;Romslig.;Trangt.
4;Kelner;Romslig nok.;
"""
STUDY = """title: Før og nå
codebook: codebook.yaml
surveys:
  - {file: svar.csv, respondent: ID, group: Rolle, open: [Nå, Før]}
analysis: {small_cell: 2}
"""


@pytest.fixture
def twice(qtbot: QtBot, tmp_path: Path, looks: None) -> TablesScreen:
    """Two questions answered by the same people, with two themes that mirror each other."""
    for name, text in (("svar.csv", SURVEY), ("codebook.yaml", CODEBOOK), ("study.yaml", STUDY)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    path = tmp_path / "twice.qualcode"
    make_project(tmp_path / "study.yaml", path, progress=lambda _done, _total: None, cancelled=lambda: False)
    project = Project.open(Path(shutil.copy(path, tmp_path / "open.qualcode")), coder="Ingrid Haugen")
    project.review.accept_all()
    bridge = ProjectBridge(project)
    made = TablesScreen(bridge)
    qtbot.addWidget(made, before_close_func=lambda _widget: bridge.close())
    made.resize(1280, 800)
    made.show()
    return made


def test_several_groups_stand_side_by_side(tables: TablesScreen, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    tables.show_page(SEVERAL)
    page = tables.page
    assert isinstance(page, SeveralPage)
    qtmodeltester.check(page.model)  # type: ignore[no-untyped-call]
    assert [column.key for column in page.model.columns] == ["Baker", "Kelner", "Vert", "range"]
    cell = page.model.cell("secrecy", "Baker")
    assert cell is not None
    assert cell.shares[0].text == "2/4  50 %"
    assert "share a session" in page.heading.warning
    assert "furthest apart" in page.heading.result
    page.test.choose("all", report=True)
    qtbot.waitUntil(lambda: page.heading.warning.startswith("Not tested"), timeout=20_000)
    assert page.n_tests == 0
    assert page.heading.remedy.isVisible()
    page.heading.remedy.click()
    qtbot.waitUntil(lambda: page.heading.warning.startswith("The intervals"), timeout=20_000)
    assert "permuted" in page.footnote()
    page.test.choose("all", report=True)
    tables.material.choose("survey", report=True)
    qtbot.waitUntil(lambda: not page.heading.warning, timeout=20_000)
    assert page.n_tests == 3
    assert "Fisher" in page.footnote()
    assert "No difference holds up after correction for 3 tests." in page.heading.result
    assert [column.key for column in page.model.columns][-2:] == ["p", "p_holm"]
    page.table_view.go_to("room", "Kelner")
    QTest.keyClick(page.table_view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tables.panel.list_view.model().rowCount() == 1, timeout=20_000)
    assert page.grab().toImage().width() > 300


def test_groups_are_ticked_and_their_table_is_copied(tables: TablesScreen, mixed: ProjectBridge) -> None:
    tables.show_page(SEVERAL)
    page = tables.page
    assert isinstance(page, SeveralPage)
    page.groups.tick("Kelner", is_in=False)
    assert [column.key for column in page.model.columns] == ["Baker", "Vert", "range"]
    tables.leaving.copy()
    first = QGuiApplication.clipboard().text().split("\n")[0].split("\t")
    assert first[:5] == ["Theme", "Baker: n of N", "%", "from", "to"]
    page.groups.tick("Vert", is_in=False)
    assert page.is_empty
    assert "two" in page.empty.accessibleName()


def test_ticks_by_mouse_and_key(tables: TablesScreen) -> None:
    tables.show_page(SEVERAL)
    page = tables.page
    assert isinstance(page, SeveralPage)
    menu = page.groups.menu()
    menu.adjustSize()
    place = QPointF(menu.actionGeometry(menu.actions()[2]).center())
    button = Qt.MouseButton.LeftButton
    release = QMouseEvent(QEvent.Type.MouseButtonRelease, place, place, button, button, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(menu, release)
    assert page.groups.names == ["Baker", "Kelner"]
    menu.setActiveAction(menu.actions()[2])
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(menu, press)
    assert page.groups.names == ["Baker", "Kelner", "Vert"]


def test_the_same_people_in_two_questions(twice: TablesScreen, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    twice.show_page(SAME_PEOPLE)
    page = twice.page
    assert isinstance(page, SamePeoplePage)
    qtbot.waitUntil(lambda: page.model.rowCount() > 0, timeout=20_000)
    qtmodeltester.check(page.model)  # type: ignore[no-untyped-call]
    assert page.heading.result == "3 respondents answered in both."
    now, before = page.model.cell("cramped", "a"), page.model.cell("cramped", "b")
    assert now is not None
    assert before is not None
    assert (now.shares[0].text, before.shares[0].text) == ("2/3  67 %", "2/3  67 %")
    page.test.choose("mcnemar", report=True)
    qtbot.waitUntil(lambda: page.model.columnCount() == 7, timeout=20_000)
    assert "McNemar" in page.footnote()
    page.table_view.go_to("roomy", "a")
    QTest.keyClick(page.table_view, Qt.Key.Key_Return)
    listed = twice.panel.list_view.model()
    assert [listed.index(row, 0).data(QUOTATION).respondent for row in range(listed.rowCount())] == ["3"], (
        "4 did not answer the other question"
    )
    twice.leaving.copy()
    assert "p, Holm of 2" in QGuiApplication.clipboard().text()


def test_without_two_places_it_says_what_to_do(qtbot: QtBot, tables: TablesScreen) -> None:
    tables.show_page(SAME_PEOPLE)
    page = tables.page
    assert isinstance(page, SamePeoplePage)
    if page.by.key != "session":
        page.by.choose("session", report=True)
    qtbot.waitUntil(lambda: page.is_empty, timeout=20_000)  # another session is another person
    assert "two other places" in page.empty.accessibleName()


def test_mirrored_themes(twice: TablesScreen, tables: TablesScreen, qtmodeltester: ModelTester) -> None:
    twice.show_page(MIRRORED)
    page = twice.page
    assert isinstance(page, MirroredPage)
    qtmodeltester.check(page.model)  # type: ignore[no-untyped-call]
    assert page.heading.result == "1 of 1 pair mirrors each other."
    assert [row.title for row in page.model.rows] == ["Cramped", "Roomy"]
    words = page.model.cell("0 theme", "words")
    assert words is not None
    assert words.lines[0].text == "mirrored"
    page.table_view.go_to("0 counterpart", "Kelner")
    QTest.keyClick(page.table_view, Qt.Key.Key_Return)
    assert twice.panel.list_view.model().rowCount() == 2
    assert page.grab().toImage().width() > 300
    tables.show_page(MIRRORED)
    other = tables.page
    assert isinstance(other, MirroredPage)
    assert "counterpart" in other.empty.accessibleName()
