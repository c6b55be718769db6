"""What stands near what, what follows what, and codes in their order, in the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qualcode.gui.analysis.near_page import FollowsPage, NearPage
from qualcode.gui.analysis.order_page import OrderPage
from qualcode.gui.analysis.pages import FOLLOWS, NEAR, ORDER, PAGES, tab_groups
from qualcode.gui.analysis.quotations_panel import QUOTATION
from qualcode.gui.analysis.screen import TablesScreen
from qualcode.gui.bridge import ProjectBridge
from qualcode.project import sequences


def opened(tables: TablesScreen) -> list[str]:
    """The quotations that are shown."""
    listed = tables.panel.list_view.model()
    return [listed.index(row, 0).data(QUOTATION).text for row in range(listed.rowCount())]


def test_every_page_has_its_place_in_the_switch() -> None:
    assert [key for group in tab_groups() for key, _title in group.pages] == list(PAGES)


def test_nearness_has_the_numbers_of_the_command(
    tables: TablesScreen, mixed: ProjectBridge, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    tables.show_page(NEAR)
    page = tables.page
    assert isinstance(page, NearPage)
    qtbot.waitUntil(lambda: page.model.rowCount() == 4, timeout=20_000)
    qtmodeltester.check(page.model)  # type: ignore[no-untyped-call]
    for row in sequences.proximity(mixed.project).to_dict("records"):
        for pair in ((row["theme_a"], row["theme_b"]), (row["theme_b"], row["theme_a"])):
            cell = page.model.cell(*pair)
            assert cell is not None
            assert cell.both == row["near"]
    assert page.model.cell("room", "air") is None, "one is above the other"
    keys = [each.key for each in page.model.themes]
    page.table_view.setCurrentIndex(page.model.index(keys.index("secrecy"), keys.index("time")))
    QTest.keyClick(page.table_view, Qt.Key.Key_Return)
    assert opened(tables) == ["Det er taushetsplikt om oppskriftene.", "Og dårlig tid."]
    page.within.choose("0", report=True)
    qtbot.waitUntil(lambda: page.model.cell("secrecy", "time").both == 0, timeout=20_000)  # type: ignore[union-attr]
    tables.leaving.copy()
    assert QGuiApplication.clipboard().text().split("\t")[:2] == ["Theme", "Other theme"]
    assert page.grab().toImage().width() > 300


def test_what_follows_what_opens_both(tables: TablesScreen, mixed: ProjectBridge, qtmodeltester: ModelTester) -> None:
    tables.show_page(FOLLOWS)
    page = tables.page
    assert isinstance(page, FollowsPage)
    qtmodeltester.check(page.model)  # type: ignore[no-untyped-call]
    for row in sequences.transitions(mixed.project).to_dict("records"):
        cell = page.model.cell(row["code"], row["next_code"])
        assert cell is not None
        assert cell.both == row["n"]
        assert page.quotations(mixed.project, cell), "every count has its quotations"
    never = page.model.cell("room", "time")
    assert never is not None
    assert (never.both, never.sentence) == (0, "never comes next")
    keys = [each.key for each in page.model.themes]
    page.table_view.setCurrentIndex(page.model.index(keys.index("secrecy"), keys.index("time")))
    QTest.keyClick(page.table_view, Qt.Key.Key_Return)
    assert opened(tables) == ["Det er taushetsplikt om oppskriftene.", "Og dårlig tid."]
    assert page.grab().toImage().width() > 300


def test_a_conversation_is_a_line_of_marks(tables: TablesScreen, qtmodeltester: ModelTester) -> None:
    tables.show_page(ORDER)
    page = tables.page
    assert isinstance(page, OrderPage)
    qtmodeltester.check(page.model)  # type: ignore[no-untyped-call]
    first, second = (page.model.cell(row.key, "order") for row in page.model.rows)
    assert first is not None
    assert second is not None
    assert first.picture is not None
    assert first.sentence == "4 codings: Taushet, Tid, Plass, Taushet"
    page.themes.choose("top", report=True)
    second = page.model.cell("Kveld", "order")
    assert second is not None
    assert second.sentence == "2 codings: Tid, Plass"
    page.table_view.go_to("Kveld", "order")
    QTest.keyClick(page.table_view, Qt.Key.Key_Return)
    assert opened(tables) == ["Det er dårlig tid.", "Ventilasjonen er dårlig."]
    tables.leaving.copy()
    assert "Dag\t1\tTaushet" in QGuiApplication.clipboard().text()
    page.table_view.resize(180, 300)
    assert page.table_view.rowHeight(0) >= 60
    assert page.grab().toImage().width() > 100


@pytest.mark.parametrize("key", [key for key in PAGES if key != "framework"])
def test_an_empty_project_leads_on(qtbot: QtBot, bridge: ProjectBridge, key: str) -> None:
    """Nothing is coded: each table stands there with noughts, or says what is missing."""
    made = TablesScreen(bridge)
    qtbot.addWidget(made)
    made.show()
    failures: list[Exception] = []
    made.failed.connect(failures.append)
    made.show_page(key)
    qtbot.wait(50)
    assert made.footnote
    assert made.grab().toImage().width() > 100
    assert not failures
