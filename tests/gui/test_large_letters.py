"""Large letters of the system: what has no room goes on below, nothing is cut, nothing grows twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from qualcode.gui.main_window import MainWindow
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import Segmented
from qualcode.gui.widgets.scrolling_foot import ScrollingFoot
from qualcode.i18n import use_language
from qualcode.project.draft_points import Step
from qualcode.settings import Settings
from tests.gui.conftest import TRANSCRIPT, write_study
from tests.gui.test_language import cut
from tests.gui.test_screenshots import picture


@pytest.mark.parametrize("language", ["en", "nb"])
def test_large_letters_are_not_cut(large_letters: None, qtbot: QtBot, settings: Settings, language: str) -> None:
    use_language(language)
    try:
        window = MainWindow(settings)
    finally:
        use_language("en")
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    QCoreApplication.processEvents()
    page = window.first_page
    assert cut(page) == []
    assert all(card.height() >= card.heightForWidth(card.width()) for card in page.cards)
    assert all(each.width() >= each.sizeHint().width() for each in page.findChildren(Segmented))
    scroll = page.findChild(QScrollArea)
    assert scroll is not None and scroll.horizontalScrollBar().maximum() == 0
    picture(window, f"first-page-large-{language}", 1.0)


def test_in_usual_letters_all_of_it_is_seen(window: MainWindow) -> None:
    window.resize(1280, 800)
    QCoreApplication.processEvents()
    scroll = window.first_page.findChild(QScrollArea)
    assert scroll is not None and scroll.verticalScrollBar().maximum() == 0


def test_the_transcript_grows_once(large_letters: None, window: MainWindow, project_path: Path) -> None:
    window.resize(1280, 800)
    window.open_project(project_path)
    assert window.workbench is not None
    view = window.workbench.coding.view
    assert view.text_size == 15
    assert view.line_height == round(22 * 1.67)
    assert fonts.font(view.text_size).pixelSize() == 22
    assert cut(window.workbench.codebook) == []


@pytest.mark.parametrize("language", ["en", "nb"])
def test_no_page_of_a_new_study_is_cut_in_letters_twice_as_large(
    looks: None,
    qtbot: QtBot,
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
) -> None:
    monkeypatch.setattr(fonts, "_scale", 2.0)
    fonts.font.cache_clear()
    use_language(language)
    try:
        window = MainWindow(settings)
        qtbot.addWidget(window)
        window.resize(1280, 800)
        window.show()
        write_study(tmp_path)
        (tmp_path / "samtale_2.txt").write_text(TRANSCRIPT, encoding="utf-8")
        window.open_paths([tmp_path / name for name in ("samtale.txt", "samtale_2.txt", "svar.csv")])
        wizard = window.arrivals.desk.wizard
        assert wizard is not None
        qtbot.waitUntil(lambda: not wizard.is_busy, timeout=60_000)
        for step in Step:
            wizard.show_step(step)
            for _turn in range(3):
                QCoreApplication.processEvents()
            assert cut(wizard.page) == [], step
            assert (window.width(), window.height()) == (1280, 800), step
        wizard.show_step(Step.SPEAKERS)
        QTest.keyClicks(wizard.speakers.table, "B")
        field = wizard.speakers.bar.field
        assert field.hasFocus() and field.visibleRegion().boundingRect().height() == field.height()
        buttons = wizard.speakers.bar.findChildren(QPushButton)
        assert all(each.geometry().right() <= wizard.speakers.bar.width() for each in buttons if each.isVisible())
    finally:
        use_language("en")
        fonts.font.cache_clear()


def test_a_table_keeps_rows_beside_quotations(
    large_letters: None, window: MainWindow, project_path: Path, qtbot: QtBot
) -> None:
    window.resize(1280, 800)
    window.open_project(project_path)
    bench = window.workbench
    assert bench is not None
    project = bench.bridge.project
    project.review.accept(project.review.waiting_ids())
    bench.show_quotations(bench.bridge.codebook.codes[0].id)
    tables = bench.tables
    QCoreApplication.processEvents()
    assert tables._panel.isVisible()
    rows = range(tables.themes.model.rowCount())
    view, model = tables.themes.table_view, tables.themes.model
    whole = [row for row in rows if view.viewport().rect().contains(view.visualRect(model.index(row, 0)))]
    assert len(whole) == len(rows) == 4
    foot = tables.findChild(ScrollingFoot)
    assert foot is not None and foot.focusPolicy() == Qt.FocusPolicy.TabFocus, "what has no room is reached by keys"
    export = tables.leaving.export_button
    assert export.parentWidget() is tables.filter.parentWidget(), "the choices need the width"
    tables.close_quotations()
    qtbot.waitUntil(lambda: foot.focusPolicy() == Qt.FocusPolicy.NoFocus)
    assert export.parentWidget() is not tables.filter.parentWidget() and foot.verticalScrollBar().maximum() == 0
