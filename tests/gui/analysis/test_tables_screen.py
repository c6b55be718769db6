"""The theme table and the quotations behind its cells."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QTableView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qualcode.analysis.filtering import parse_filter
from qualcode.errors import CancelledError
from qualcode.gui.analysis import counting
from qualcode.gui.analysis.pages import CLOSED, DIFFERENCES, FRAMEWORK, PLACES, SEVERAL, THEMES, TOGETHER
from qualcode.gui.analysis.quotations_panel import QUOTATION
from qualcode.gui.analysis.screen import TablesScreen
from qualcode.gui.analysis.several_page import SeveralPage
from qualcode.gui.analysis.theme_cells import Cell, Counted, cell_sentence, cell_text, whole_per_cent
from qualcode.gui.analysis.theme_page import ThemePage
from qualcode.gui.analysis.theme_table_model import ThemeTableModel
from qualcode.gui.analysis.theme_table_view import ThemeTableView
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.written_file import WrittenFile
from qualcode.model.case import ALL_GROUPS
from qualcode.model.segment import Unit


@pytest.fixture
def screen(qtbot: QtBot, bridge: ProjectBridge) -> TablesScreen:
    bridge.project.review.accept_all()
    made = TablesScreen(bridge)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    made.refresh()
    return made


def written(qtbot: QtBot, screen: TablesScreen, export: Callable[[], None]) -> Path:
    """The file that an export wrote, in the job that it asked for."""
    with qtbot.waitSignal(screen.work_wanted) as wanted:
        export()
    job = wanted.args[0]
    with qtbot.waitSignal(job.succeeded, timeout=30_000) as done:
        job.start()
    assert isinstance(done.args[0], WrittenFile)
    return done.args[0].path


@pytest.mark.parametrize(("n", "base", "wanted"), [(5, 8, 63), (1, 3, 33), (0, 7, 0), (7, 7, 100), (6245, 10000, 62)])
def test_halves_are_rounded_up_from_the_integers(n: int, base: int, wanted: int) -> None:
    assert whole_per_cent(n, base) == wanted


def test_the_table_holds_the_numbers_of_the_report(
    screen: TablesScreen, bridge: ProjectBridge, qtmodeltester: ModelTester
) -> None:
    model = screen.model
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    assert [theme.key for theme in model.themes] == ["hindrances", "secrecy", "time", "room"]
    assert [group.name for group in model.groups] == ["Baker", "Kelner", ALL_GROUPS]
    for row in bridge.project.reports.theme_table().to_dict("records"):
        cell = model.cell(row["theme"], row["group"])
        if row["group"] in ("Baker", "Kelner", ALL_GROUPS):
            assert cell is not None
            assert (cell.n, cell.base) == (row["respondents"], row["answering"])


def test_a_cell_reads_as_a_sentence() -> None:
    cell = Cell(9, 14, 64, 38.8, 83.7, 17, 4)
    assert cell_text(cell) == "9/14  64 %"
    sentence = cell_sentence(cell, Counted.RESPONDENTS)
    assert sentence == "9 of 14 who spoke or answered, 64 % (95 % interval 39 to 84)"
    assert cell_sentence(Cell(1, 3, None, None, None, 1, 1), Counted.RESPONDENTS) == "1 of 3 who spoke or answered"


def test_a_base_under_the_small_cell_has_no_per_cent() -> None:
    row = {
        "theme": "a", "name": "A", "parent": "", "depth": 0, "group": "few", "answering": 3, "group_n": 3,
        "codings": 2, "codings_in_group": 2, "sessions": 1, "respondents": 1, "pct_of_answering": float("nan"),
        "pct_of_codings": float("nan"), "ci_low": 6.1, "ci_high": 79.2, "suggested": 0, "suggested_respondents": 0,
        "suggested_pct_of_answering": float("nan"),
    }  # fmt: skip
    model = ThemeTableModel()
    model.set_table([row])
    cell = model.cell("a", "few")
    assert cell is not None
    assert (cell.n, cell.base, cell.per_cent, cell.low) == (1, 3, None, None)


def test_a_click_opens_the_quotations_and_arrows_move_on(screen: TablesScreen, qtbot: QtBot) -> None:
    view = screen.view
    index = screen.model.index(1, 1)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    assert screen.panel.isVisible()
    cell = screen.model.cell("secrecy", "Baker")
    assert cell is not None
    listed = screen.panel.list_view.model()
    assert listed.rowCount() == cell.quotations > 0
    assert "taushetsplikt" in listed.index(0, 0).data(QUOTATION).text.casefold()
    screen.panel.grab()
    QTest.keyClick(view, Qt.Key.Key_Right)
    other = screen.model.cell("secrecy", "Kelner")
    assert other is not None
    assert listed.rowCount() == other.quotations
    screen.close_quotations()
    assert not screen.panel.isVisible()
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert not screen.panel.isVisible()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert screen.panel.isVisible()


def test_every_cell_opens_to_as_many_quotations_as_it_counts(screen: TablesScreen, bridge: ProjectBridge) -> None:
    screen.model.count(Counted.QUOTATIONS, suggested=False)
    for theme in screen.model.themes:
        for group in screen.model.groups:
            cell = screen.model.cell(theme.key, group.name)
            found = bridge.project.reports.quotations(theme.key, group.name)
            assert cell is not None
            assert sum(len(each.code_ids) for each in found) == cell.n


def test_enter_on_a_quotation_opens_it_in_the_text(screen: TablesScreen, qtbot: QtBot) -> None:
    screen.open_cell(screen.model.themes[0], screen.model.groups[-1])
    with qtbot.waitSignal(screen.quotation_opened) as signal:
        QTest.keyClick(screen.panel.list_view, Qt.Key.Key_Return)
    assert signal.args is not None
    assert signal.args[0].text


def test_a_table_by_document_says_that_the_survey_is_not_in_it(screen: TablesScreen) -> None:
    assert "survey" not in screen.footnote
    screen.show_page(PLACES)
    page = screen.page
    assert isinstance(page, ThemePage)
    assert "choose Question" in screen.footnote
    page.by.choose("question", report=True)
    assert "choose Question" not in screen.footnote


def test_folding_a_theme_hides_what_is_below(screen: TablesScreen) -> None:
    view = screen.view
    view.setCurrentIndex(screen.model.index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert [view.isRowHidden(row) for row in range(4)] == [False, True, True, False]
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert not view.isRowHidden(1)


def test_what_is_only_suggested_is_shown_as_such(qtbot: QtBot, bridge: ProjectBridge) -> None:
    made = TablesScreen(bridge)
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    assert made.model.shows_suggested
    assert "not reviewed" in made.footnote
    bridge.project.review.accept_all()
    assert not made.model.shows_suggested
    assert made.model.has_coded()
    bridge.project.undo()
    assert not made.model.has_coded()


def test_the_table_is_copied_for_word_and_excel(screen: TablesScreen, qtbot: QtBot) -> None:
    screen.themes.view().setFocus()
    with qtbot.waitSignal(screen.done):
        QTest.keyClick(screen.themes.view(), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "Theme\tBaker: n of N\t%\tKelner: n of N\t%\tAll: n of N\t%"
    assert lines[2].startswith("  Taushet\t3 of 4\t75\t")
    assert any("of those who spoke or answered" in line for line in lines[5:])
    assert any(line.startswith("Qualcode ") for line in lines)
    html = QGuiApplication.clipboard().mimeData().html()
    assert html.count("<tr>") == 5
    assert "mso-number-format" in html, "3 of 4 must not become a date"


def test_export_writes_the_file_and_says_so(
    screen: TablesScreen, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "codings.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    assert written(qtbot, screen, screen.leaving.write_all) == target
    assert target.is_file()


def test_writing_everything_tells_how_far_it_is_and_leaves_no_half_file(
    screen: TablesScreen, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ending in (".xlsx", ".csv"):
        target = tmp_path / f"all{ending}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, target=target: (str(target), ""))
        with qtbot.waitSignal(screen.work_wanted) as wanted:
            screen.leaving.write_all()
        job = wanted.args[0]
        told: list[tuple[int, int]] = []
        job.progressed.connect(lambda done, total, told=told: told.append((done, total)))
        with qtbot.waitSignal(job.succeeded):
            job.start()
        assert told[0][0] == 0
        assert told[-1][0] == told[-1][1] > 0
        target.write_text("as it was", encoding="utf-8")
        with qtbot.waitSignal(screen.work_wanted) as wanted:
            screen.leaving.write_all()
        job = wanted.args[0]
        job.cancel()
        with qtbot.waitSignal(job.failed) as failed:
            job.start()
        assert isinstance(failed.args[0], CancelledError)
        assert target.read_text(encoding="utf-8") == "as it was"
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith("all")) == ["all.csv", "all.xlsx"]


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_the_table_that_is_shown_leaves_with_its_facts(
    screen: TablesScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    screen.material.choose("survey", report=True)
    for key in (THEMES, PLACES, TOGETHER, FRAMEWORK, DIFFERENCES):
        screen.show_page(key)
        target = tmp_path / f"{key}{ending}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, target=target: (str(target), ""))
        screen.leaving.write_table()
        if ending == ".csv":
            lines = target.read_text(encoding="utf-8").splitlines()
            assert {"by", "unit", "base", "filter", "program"} <= set(lines[0].split(","))
            assert all("question=Hva er vanskelig?" in line and "Qualcode " in line for line in lines[1:])
        else:
            sheet = load_workbook(target).worksheets[0]
            cells = [str(cell) for row in sheet.values for cell in row if cell is not None]
            assert any(cell.startswith("Filter: question=Hva er vanskelig?") for cell in cells)
            assert any(cell.startswith("Unit of counting: ") for cell in cells)
            assert any(cell.startswith("Qualcode ") for cell in cells)


@pytest.mark.parametrize(
    ("key", "pictures"),
    [
        (THEMES, ["bars", "heatmap", "shares", "model"]),
        (PLACES, ["heatmap"]),
        (FRAMEWORK, ["model"]),
        (DIFFERENCES, ["differences"]),
        (TOGETHER, ["network"]),
    ],
)
def test_pictures_are_drawn_where_there_are_some(
    screen: TablesScreen,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    key: str,
    pictures: list[str],
) -> None:
    screen.show_page(key)
    screen.leaving.menu.aboutToShow.emit()
    assert [name for name, _title in screen.page.pictures()] == pictures
    assert len(screen.leaving.pictures_menu.actions()) == len(pictures)
    beginnings = {".svg": b"<?xml", ".pdf": b"%PDF", ".png": b"\x89PNG"}
    for name, ending in zip(pictures, (".svg", ".pdf", ".png", ".svg"), strict=False):
        target = tmp_path / f"{key}_{name}{ending}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, target=target: (str(target), ""))
        assert written(qtbot, screen, partial(screen.leaving.draw_table, name)) == target
        assert target.read_bytes().startswith(beginnings[ending])


def test_units_and_bases_can_be_chosen(screen: TablesScreen, bridge: ProjectBridge) -> None:
    page = screen.themes
    page.base.choose("group", report=True)
    cell = screen.model.cell("hindrances", "Kelner")
    assert cell is not None
    assert (cell.n, cell.base, cell.low) == (2, 3, None)
    assert "everybody in the group" in screen.footnote
    page.counted.picked.emit("quotations")
    page.unit_choice.choose("sentence", report=True)
    table = bridge.project.reports.theme_table(unit=Unit.SENTENCE)
    cell = screen.model.cell("hindrances", "Kelner")
    assert cell is not None
    wanted = table[(table["theme"] == "hindrances") & (table["group"] == "Kelner")]
    assert [(cell.n, cell.base)] == list(zip(wanted["units"], wanted["units_in_group"], strict=True))


def test_by_document_the_survey_stays_out(screen: TablesScreen) -> None:
    screen.show_page("places")
    page = screen.page
    assert isinstance(page, ThemePage)
    assert [group.name for group in page.model.groups] == ["samtale.txt", ALL_GROUPS]
    page.by.choose("question", report=True)
    assert [group.title for group in page.model.groups] == ["Hva er vanskelig?", "All", "Transcripts"]
    page.open_cell(page.model.themes[0], page.model.groups[0])
    assert screen.panel.list_view.model().rowCount() == page.model.cell("hindrances", "Hva er vanskelig?").n  # type: ignore[union-attr]


def test_names_stay_while_many_columns_scroll_by(screen: TablesScreen, bridge: ProjectBridge, qtbot: QtBot) -> None:
    view = ThemeTableView(bridge, screen.model)
    qtbot.addWidget(view)
    view.resize(420, 300)
    view.show()
    rows: list[Any] = bridge.project.reports.theme_table().to_dict("records")
    screen.model.set_table(rows)
    bar = view.horizontalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    frozen = view.findChild(QTableView, "frozenNames")
    assert frozen is not None
    assert frozen.isVisible()
    assert [frozen.isColumnHidden(column) for column in range(4)] == [False, True, True, True]
    place = frozen.visualRect(screen.model.index(0, 0)).center()
    QTest.mouseClick(frozen.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.isRowHidden(1)
    assert frozen.isRowHidden(1)
    view.setCurrentIndex(screen.model.index(0, 1))
    assert view.visualRect(screen.model.index(0, 1)).left() >= view.columnWidth(0) or bar.value() == 0


def test_arrows_move_between_the_tables(screen: TablesScreen) -> None:
    tabs = screen.tabs
    tabs.button("themes").setFocus()
    QTest.keyClick(tabs.button("themes"), Qt.Key.Key_Right)
    assert screen.page_key == "places"
    QTest.keyClick(tabs.button("places"), Qt.Key.Key_Left)
    assert screen.page_key == "themes"
    tabs.tab("count").setFocus()
    QTest.keyClick(tabs.tab("count"), Qt.Key.Key_Right)
    assert screen.page_key == "differences"
    screen.show_page("places")
    tabs.tab("compare").click()
    assert tabs.button("differences").isVisible()
    assert not tabs.button("places").isVisible()
    tabs.tab("count").click()
    assert screen.page_key == "places", "a group remembers its table"
    assert tabs.grab().toImage().width() > 300


def test_a_large_project_is_counted_in_the_background(
    qtbot: QtBot, bridge: ProjectBridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "QUICK_ROWS", 0)
    bridge.project.review.accept_all()
    made = TablesScreen(bridge)
    qtbot.addWidget(made)
    made.show()
    made.refresh()
    assert not made.model.themes, "not on the window's thread"
    qtbot.waitUntil(lambda: len(made.model.themes) == 4, timeout=20_000)
    assert bridge.project.reports.material_read() is not None, "what the worker read serves the next one"
    made.open_cell(made.model.themes[0], made.model.groups[0])
    qtbot.waitUntil(lambda: made.panel.list_view.model().rowCount() > 0, timeout=20_000)
    bridge.project.undo()
    qtbot.waitUntil(lambda: not made.model.has_coded(), timeout=20_000)


def test_an_answer_that_comes_too_late_is_forgotten(
    qtbot: QtBot, bridge: ProjectBridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "QUICK_ROWS", 0)
    asked = counting.Counting(bridge)
    got: list[str] = []
    asked.run(lambda _project: "first", got.append)
    asked.run(lambda _project: "second", got.append)
    qtbot.waitUntil(lambda: bool(got), timeout=20_000)
    qtbot.wait(50)
    assert got == ["second"]


def test_blind_coders_cannot_export_what_everybody_coded(screen: TablesScreen, bridge: ProjectBridge) -> None:
    bridge.set_blind(True)
    screen.leaving.menu.aboutToShow.emit()
    assert [action.isEnabled() for action in screen.leaving.menu.actions() if action.text()] == [True, True, False]


def test_a_filter_narrows_every_table(screen: TablesScreen) -> None:
    screen.filter.set_where(parse_filter(["group=Baker"]), report=True)
    assert [group.name for group in screen.model.groups] == ["Baker", ALL_GROUPS]
    assert "group=Baker" in str(screen.scope().where)


def test_an_ending_that_means_nothing_is_told(
    screen: TablesScreen, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "a.doc"), ""))
    with qtbot.waitSignal(screen.work_wanted) as wanted:
        screen.leaving.write_all()
    with qtbot.waitSignal(wanted.args[0].failed):
        wanted.args[0].start()
    with qtbot.waitSignal(screen.failed):
        screen.leaving.write_table()


def test_numbers_are_painted_in_every_column(screen: TablesScreen) -> None:
    image = screen.view.viewport().grab().toImage()
    for column in range(1, 4):
        place = screen.view.visualRect(screen.model.index(0, column)).adjusted(4, 4, -4, -4)
        colours = {
            image.pixelColor(x, y).name()
            for x in range(place.left(), min(place.right(), image.width()))
            for y in range(place.top(), place.bottom())
        }
        assert len(colours) > 3, column


def test_without_codes_the_tables_say_what_is_to_be_done(screen: TablesScreen, bridge: ProjectBridge) -> None:
    with bridge.project.step("Delete all"):
        for code in reversed(bridge.codebook.codes):
            bridge.project.codebook.delete(code.id)
    screen.refresh()
    for key in (THEMES, DIFFERENCES, TOGETHER):
        screen.show_page(key)
        assert screen._no_codes.isVisible() and not screen._empty.isVisible(), key
        assert not screen.page.isVisible(), key
        assert screen._no_codes.width() > screen.width() / 2, key
    screen.show_page(CLOSED)
    assert not screen._no_codes.isVisible() and screen.page.isVisible()
    bridge.project.undo()
    screen.show_page(THEMES)
    assert not screen._no_codes.isVisible() and screen.page.isVisible()
    assert screen.themes.model.themes


def test_quotations_close_with_the_last_code(screen: TablesScreen, bridge: ProjectBridge) -> None:
    screen.show_page(THEMES)
    screen.open_cell(screen.model.themes[0], screen.model.groups[0])
    assert screen.panel.isVisible()
    with bridge.project.step("Delete all"):
        for code in reversed(bridge.codebook.codes):
            bridge.project.codebook.delete(code.id)
    assert not screen.panel.isVisible()


def test_a_table_that_is_still_counted_is_not_taken_along(screen: TablesScreen, qtbot: QtBot) -> None:
    screen.show_page(SEVERAL)
    page = screen.page
    assert isinstance(page, SeveralPage)
    left_out = page.groups.names[0]
    page.groups.tick(left_out, is_in=False)
    page.test.choose("all", report=True)
    qtbot.waitUntil(lambda: not page.counting.is_busy)
    page.groups.tick(left_out, is_in=True)
    assert page.counting.is_busy
    with qtbot.waitSignal(screen.done) as told:
        screen.leaving.copy()
    assert "still being counted" in told.args[0]
    qtbot.waitUntil(lambda: not page.counting.is_busy)
    with qtbot.waitSignal(screen.done) as told:
        screen.leaving.copy()
    assert told.args[0] == "The table was copied."


def test_counting_is_said_of_the_table_that_is_shown(screen: TablesScreen, qtbot: QtBot) -> None:
    screen.show_page(SEVERAL)
    page = screen.page
    assert isinstance(page, SeveralPage)
    page.test.choose("all", report=True)
    assert screen._busy.isVisible()
    screen.show_page(THEMES)
    assert page.counting.is_busy, "it goes on behind"
    assert not screen._busy.isVisible()
    screen.show_page(SEVERAL)
    assert screen._busy.isVisible()
    screen.show_page(THEMES)
    qtbot.waitUntil(lambda: not page.counting.is_busy)
    assert not screen._busy.isVisible()
