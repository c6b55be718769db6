"""Closed questions in the window."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qualcode.analysis.filtering import parse_filter
from qualcode.gui.analysis.closed_page import ClosedPage
from qualcode.gui.analysis.pages import CLOSED
from qualcode.gui.analysis.quotations_panel import QUOTATION
from qualcode.gui.analysis.screen import TablesScreen

SCALE = "Plass (0-10)"


@pytest.fixture
def page(tables: TablesScreen, qtbot: QtBot) -> ClosedPage:
    tables.show_page(CLOSED)
    page = tables.page
    assert isinstance(page, ClosedPage)
    qtbot.waitUntil(lambda: page.model.rowCount() > 0, timeout=20_000)
    return page


def test_scales_have_their_spread_and_choices_their_counts(page: ClosedPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.model)  # type: ignore[no-untyped-call]
    bakers = page.model.cell(SCALE, "Baker")
    assert bakers is not None
    assert "Mean 8.0\nSD 1.4, from 7 to 9" in bakers.text
    assert "median 8, Q1 to Q3 7.5–8.5" in bakers.text
    assert "n 2 of 2" in bakers.text
    waiters = page.model.cell(SCALE, "Kelner")
    assert waiters is not None
    assert "n 2 of 3, 1 not usable" in waiters.text
    hosts = page.model.cell(SCALE, "Vert")
    assert hosts is not None
    assert "no spread: one answer" in hosts.text
    assert "1 missing" in hosts.text
    day = page.model.cell("Vakt\nDag", "Kelner")
    assert day is not None
    assert day.shares[0].text == "2/3  67 %"
    trays = page.model.cell("Verktøy\nbrett", "(all)")
    assert trays is not None
    assert trays.shares[0].text == "3/6  50 %"
    assert page.grab().toImage().width() > 300


def test_a_cell_opens_what_those_say_of_the_theme_that_goes_with_it(tables: TablesScreen, page: ClosedPage) -> None:
    view, columns = page.table_view, [column.key for column in page.model.columns]
    view.setCurrentIndex(page.model.index(0, columns.index("Kelner")))
    QTest.keyClick(view, Qt.Key.Key_Return)
    listed = tables.panel.list_view.model()
    assert [listed.index(row, 0).data(QUOTATION).respondent for row in range(listed.rowCount())] == ["4"]
    view.go_to("Vakt\nKveld", "Vert")
    texts = {listed.index(row, 0).data(QUOTATION).text for row in range(listed.rowCount())}
    assert len(texts) == 2, "no theme goes with the shift: all that they say"


def test_who_is_filtered_out_is_left_out(tables: TablesScreen, page: ClosedPage, qtbot: QtBot) -> None:
    tables.filter.set_where(parse_filter(["Vakt=Dag"]), report=True)
    qtbot.waitUntil(lambda: "n 3 of 4" in str(page.model.index(0, 2).data()), timeout=20_000)
    assert [column.key for column in page.model.columns] == ["Baker", "Kelner", "(all)"]
    page.by.choose("Vakt", report=True)
    qtbot.waitUntil(lambda: [column.key for column in page.model.columns] == ["Dag", "(all)"], timeout=20_000)


def test_it_is_copied_and_written(
    tables: TablesScreen, page: ClosedPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables.leaving.copy()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:5] == ["Question", "Choice", "Group", "Asked", "n"]
    assert f"{SCALE}\t\tBaker\t2\t2\t0\t0\t8" in lines[1]
    target = tmp_path / "closed.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    tables.leaving.write_table()
    rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    assert rows[0]["question"] == SCALE
    assert float(rows[0]["mean"]) == 8
    assert rows[0]["by"] == "group"
