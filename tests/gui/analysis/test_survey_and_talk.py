"""The survey as a lens over conversations, and saturation, in the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qualcode.analysis.filtering import parse_filter
from qualcode.gui.analysis.lens_page import LensPage
from qualcode.gui.analysis.pages import LENS, SATURATION
from qualcode.gui.analysis.quotations_panel import QUOTATION
from qualcode.gui.analysis.saturation_page import SaturationPage
from qualcode.gui.analysis.screen import TablesScreen


@pytest.fixture
def lens(tables: TablesScreen, qtbot: QtBot) -> LensPage:
    tables.show_page(LENS)
    page = tables.page
    assert isinstance(page, LensPage)
    qtbot.waitUntil(lambda: page.model.rowCount() > 0, timeout=20_000)
    return page


@pytest.fixture
def saturation(tables: TablesScreen, qtbot: QtBot) -> SaturationPage:
    tables.show_page(SATURATION)
    page = tables.page
    assert isinstance(page, SaturationPage)
    qtbot.waitUntil(lambda: page.model.rowCount() > 0, timeout=20_000)
    return page


def test_survey_and_conversations_stand_below_each_other(
    tables: TablesScreen, lens: LensPage, qtmodeltester: ModelTester, qtbot: QtBot
) -> None:
    qtmodeltester.check(lens.model)  # type: ignore[no-untyped-call]
    assert not tables.material.isVisible(), "a lens needs both"
    cell = lens.model.cell("secrecy", "Baker")
    assert cell is not None
    assert cell.text == "survey 1/2  50 %\nconversations 1/2  50 %"
    assert lens.heading.result.startswith("3 themes carry the survey. New in the conversations: Luft")
    lens.table_view.go_to("secrecy", "Baker")
    QTest.keyClick(lens.table_view, Qt.Key.Key_Return)
    listed = tables.panel.list_view.model()
    assert [listed.index(row, 0).data(QUOTATION).session for row in range(listed.rowCount())] == ["Dag"]
    lens.themes.choose("all", report=True)
    lens.shown.choose("every", report=True)
    qtbot.waitUntil(lambda: lens.model.rowCount() == 4, timeout=20_000)
    found = lens.model.cell("air", "found")
    assert found is not None
    assert found.text == "only in conversations"
    qtbot.waitUntil(lambda: not lens.counting.is_busy, timeout=20_000)
    tables.leaving.copy()
    assert "Survey: n of N" in QGuiApplication.clipboard().text().split("\n")[0]
    assert lens.grab().toImage().width() > 300


def test_a_share_that_no_theme_reaches_is_told(tables: TablesScreen, lens: LensPage, qtbot: QtBot) -> None:
    tables.filter.set_where(parse_filter(["code=air"]), report=True)
    qtbot.waitUntil(lambda: lens.is_empty, timeout=20_000)
    assert "lower share" in lens.empty.accessibleName()
    tables.filter.set_where(parse_filter([]), report=True)
    qtbot.waitUntil(lambda: not lens.is_empty, timeout=20_000)
    assert lens.heading.isVisible()


def test_each_session_says_what_it_adds(
    tables: TablesScreen, saturation: SaturationPage, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(saturation.model)  # type: ignore[no-untyped-call]
    assert [row.key for row in saturation.model.rows] == ["Dag", "Kveld"]
    new = saturation.model.cell("Kveld", "new")
    assert new is not None
    assert new.text == "1"
    assert saturation.curve.accessibleName() == "Codes after each session: Dag: 3, Kveld: 4"
    saturation.table_view.go_to("Kveld", "new")
    QTest.keyClick(saturation.table_view, Qt.Key.Key_Return)
    listed = tables.panel.list_view.model()
    assert [listed.index(row, 0).data(QUOTATION).text for row in range(listed.rowCount())] == [
        "Ventilasjonen er dårlig."
    ]
    saturation.table_view.go_to("Kveld", "codes")
    assert listed.rowCount() == 2
    assert saturation.grab().toImage().width() > 300


def test_another_order_gives_other_new_codes(tables: TablesScreen, saturation: SaturationPage, qtbot: QtBot) -> None:
    saturation.order.choose("backwards", report=True)
    qtbot.waitUntil(lambda: [row.key for row in saturation.model.rows] == ["Kveld", "Dag"], timeout=20_000)
    names = saturation.model.cell("Dag", "names")
    assert names is not None
    assert names.text == "Taushet, Plass"
    saturation.base.choose("3", report=True)
    qtbot.waitUntil(lambda: not saturation.counting.is_busy, timeout=20_000)
    tables.leaving.copy()
    assert "Session\tCodes\tNew\tNew codes" in QGuiApplication.clipboard().text()
    tables.filter.set_where(parse_filter(["group=Vert"]), report=True)
    qtbot.waitUntil(lambda: saturation.is_empty, timeout=20_000)
    assert not saturation.curve.isVisible()
