"""The framework matrix in the window: summaries are steps, cells open their quotations."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qualcode.errors import StoreError
from qualcode.gui.analysis.framework_page import FrameworkPage
from qualcode.gui.analysis.leaving import annotated
from qualcode.gui.analysis.near_page import FollowsPage
from qualcode.gui.analysis.pages import FOLLOWS, FRAMEWORK
from qualcode.gui.analysis.screen import TablesScreen
from qualcode.gui.bridge import ProjectBridge


@pytest.fixture
def screen(qtbot: QtBot, bridge: ProjectBridge) -> TablesScreen:
    bridge.project.review.accept_all()
    made = TablesScreen(bridge)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    made.show_page(FRAMEWORK)
    made.focus()
    return made


@pytest.fixture
def page(screen: TablesScreen) -> FrameworkPage:
    assert isinstance(screen.page, FrameworkPage)
    return screen.page


def settle() -> None:
    for _turn in range(3):
        QApplication.processEvents()


def field() -> QPlainTextEdit:
    found = QApplication.focusWidget()
    assert isinstance(found, QPlainTextEdit)
    return found


def test_rows_are_who_said_something_and_columns_themes(page: FrameworkPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.model)  # type: ignore[no-untyped-call]
    assert [page.model.row(at).name for at in range(page.model.rowCount())] == [
        "Baker 1",
        "Baker 2",
        "1",
        "4",
        "Kelner 2",
        "2",
    ]
    assert [page.model.theme(at) for at in range(page.model.columnCount())] == ["hindrances", "room"]
    assert [page.model.cell(0, column).n_quotations for column in (0, 1)] == [1, 1]
    page.rows_choice.choose("people", report=True)
    assert page.model.rowCount() == 7
    page.rows_choice.choose("sessions", report=True)
    assert [page.model.row(at).name for at in range(page.model.rowCount())] == ["Skift A"]
    page.themes.choose("all", report=True)
    assert page.model.columnCount() == 4
    page.grab()


def test_a_summary_is_written_when_its_field_is_left(page: FrameworkPage, bridge: ProjectBridge) -> None:
    view = page.table_view
    view.setCurrentIndex(page.model.index(0, 1))
    QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClicks(field(), "Trangt.")
    QTest.keyClick(field(), Qt.Key.Key_Return)
    QTest.keyClicks(field(), "Mye folk.")
    view.setCurrentIndex(page.model.index(1, 0))
    view.setFocus()
    settle()
    assert page.model.cell(0, 1).summary == "Trangt.\nMye folk."
    assert bridge.project.undo_name == "Write summary"
    code = bridge.code_keyed("room")
    assert code is not None
    kept = bridge.project.framework.summary(page.kind, page.model.row(0).id, code.id)
    assert kept is not None
    assert kept.content == "Trangt.\nMye folk."
    assert list(page.rows()["summary"])[1] == "Trangt.\nMye folk."
    bridge.project.undo()
    assert page.model.cell(0, 1).summary == ""
    assert view.currentIndex().row() == 1, "the keyboard stays where it was"


def test_a_summary_that_cannot_be_written_is_tried_again(
    page: FrameworkPage, bridge: ProjectBridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise StoreError("The disk is full.")

    code = bridge.code_keyed("room")
    assert code is not None
    place = (page.model.kind, page.model.row(0).id, code.id)
    with monkeypatch.context() as patch:
        patch.setattr(bridge.project.db, "_check_there", full)
        page.model.setData(page.model.index(0, 1), "Trangt.")
        settle()
        bridge.unwritten.try_again()
        assert bridge.unwritten.waits and bridge.project.framework.summary(*place) is None
    bridge.unwritten.try_again()
    kept = bridge.project.framework.summary(*place)
    assert kept is not None and kept.content == "Trangt." and not bridge.unwritten.waits


def test_escape_leaves_a_cell_as_it_was(page: FrameworkPage, bridge: ProjectBridge) -> None:
    before = bridge.project.undo_name
    page.table_view.setCurrentIndex(page.model.index(0, 0))
    QTest.keyClick(page.table_view, Qt.Key.Key_F2)
    QTest.keyClicks(field(), "No")
    QTest.keyClick(field(), Qt.Key.Key_Escape)
    settle()
    assert page.model.cell(0, 0).summary == ""
    QTest.keyClick(page.table_view, Qt.Key.Key_Return)
    QTest.keyClick(field(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert bridge.project.undo_name == before, "nothing written is no step"


def test_a_cell_opens_its_quotations(screen: TablesScreen, page: FrameworkPage) -> None:
    page.table_view.setCurrentIndex(page.model.index(0, 0))
    QTest.keyClick(page.table_view, Qt.Key.Key_Space)
    assert screen.panel.isVisible()
    listed = screen.panel.list_view.model()
    assert listed.rowCount() == page.model.cell(0, 0).n_quotations
    assert str(listed.index(0, 0).data()).startswith("Baker 1")
    QTest.keyClick(page.table_view, Qt.Key.Key_Down)
    assert str(listed.index(0, 0).data()).startswith("Baker 2")
    assert annotated(screen.page, screen._bridge).rows[0][0] == "Baker 1"


def test_blind_coders_neither_see_nor_write_over_others(page: FrameworkPage, bridge: ProjectBridge) -> None:
    project = bridge.project
    code = bridge.code_keyed("room")
    assert code is not None
    me, project.coder_name = project.coder_name, "Somebody Else"
    project.framework.set_summary(page.kind, page.model.row(0).id, code.id, "Secret.")
    project.coder_name = me
    page.rows_choice.choose("people", report=True)
    assert page.model.cell(0, 1).summary == "Secret."
    bridge.set_blind(True)
    cell = page.model.cell(0, 1)
    assert (cell.summary, cell.is_hidden) == ("", True)
    assert not page.model.flags(page.model.index(0, 1)) & Qt.ItemFlag.ItemIsEditable
    assert not page.model.setData(page.model.index(0, 1), "Mine.")


def test_nothing_coded_says_what_to_do(qtbot: QtBot, bridge: ProjectBridge) -> None:
    tables = TablesScreen(bridge)
    qtbot.addWidget(tables)
    tables.show()
    for key in (FRAMEWORK, FOLLOWS):
        tables.show_page(key)
        page = tables.page
        assert isinstance(page, FrameworkPage | FollowsPage)
        assert page.empty.isVisible() and not page.table_view.isVisible()
    tables.show_page(FRAMEWORK)
    assert isinstance(tables.page, FrameworkPage)
    tables.page.rows_choice.choose("people", report=True)
    assert tables.page.table_view.isVisible() and not tables.page.empty.isVisible()
