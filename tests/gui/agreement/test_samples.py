"""Samples drawn and walked through in the agreement screen; suggestions and a file by group, and what is confused."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qualcode.analysis.filtering import parse_filter
from qualcode.gui.agreement.choice_row import CODERS, SAMPLES
from qualcode.gui.agreement.samples_page import SamplesPage
from qualcode.gui.agreement.screen import AgreementScreen
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.main_window import MainWindow
from qualcode.model.segment import Span
from qualcode.project.project import Project
from tests.gui.agreement.test_screen import PATIENCE, answered, coded_path, screen, shown

__all__ = ["answered", "coded_path", "screen"]


def project_of(window: MainWindow) -> Project:
    assert window.workbench is not None
    return window.workbench.bridge.project


@pytest.fixture
def page(screen: AgreementScreen) -> SamplesPage:
    screen.sides.choose(SAMPLES)
    screen.sides.picked.emit(SAMPLES)
    return screen.samples


def test_numbers_that_come_late_do_not_cover_the_samples(
    screen: AgreementScreen, page: SamplesPage, qtbot: QtBot, answered: list[int]
) -> None:
    n_answered = len(answered)
    screen.sides.picked.emit(CODERS)  # is counted in the background
    screen.sides.picked.emit(SAMPLES)
    qtbot.waitUntil(lambda: len(answered) > n_answered, timeout=PATIENCE)
    assert page.isVisible()


@pytest.mark.parametrize("typed", ["+", "1,000", ""])
def test_whatever_is_typed_as_a_seed_a_sample_can_be_drawn(page: SamplesPage, qtbot: QtBot, typed: str) -> None:
    page.seed.clear()
    QTest.keyClicks(page.seed, typed)
    page.name.setText("Half")
    with qtbot.waitSignal(page.done):
        page.draw()


def test_a_sample_is_drawn_walked_through_and_measured(
    screen: AgreementScreen, page: SamplesPage, window: MainWindow, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    assert "at random" in page.said
    assert not page.measure_button.isVisible()
    page.share.choose("50")
    page.unit.choose("turn")
    whole = screen.sentence
    page.name.setText("Half")
    with qtbot.waitSignal(screen.done):
        QTest.keyClick(page.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.units_model.rowCount() > 0, timeout=PATIENCE)
    qtmodeltester.check(page.model)  # type: ignore[no-untyped-call]
    qtmodeltester.check(page.units_model)  # type: ignore[no-untyped-call]
    (sample,) = project_of(window).agreement.samples()
    assert page.units_model.rowCount() == sample.n_units
    drawn = page.model.cell("Half", "drawn")
    assert drawn is not None
    assert "Baker" in drawn.text
    page.units_view.setCurrentIndex(page.units_model.index(0))
    assert page.grab().toImage().width() > 300
    with qtbot.waitSignal(screen.place_opened):
        QTest.keyClick(page.units_view, Qt.Key.Key_Return)
    window.actions_table["show_agreement"].trigger()
    page.measure_button.click()
    assert screen.sides_key == CODERS
    assert screen.choices.sample.key == "Half"
    qtbot.waitUntil(lambda: screen.is_empty or screen.sentence != whole, timeout=PATIENCE)


def test_units_tell_what_one_has_coded(page: SamplesPage, window: MainWindow, qtbot: QtBot) -> None:
    project = project_of(window)
    project.agreement.draw_sample("All", 1.0)
    units = project.agreement.sample_units("All", "Kari")
    assert {code for unit in units for code in unit.codes} == {"room", "time", "secrecy"}
    assert [unit.codes for unit in project.agreement.sample_units("All")] == [()] * len(units)
    page.refresh()
    qtbot.waitUntil(lambda: page.units_model.rowCount() == len(units), timeout=PATIENCE)
    mine = page.model.cell("All", "mine")
    assert mine is not None
    assert mine.shares[0].text == f"0/{len(units)}"


def test_a_sample_is_written_removed_and_undone(
    screen: AgreementScreen,
    page: SamplesPage,
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page.draw()
    page.draw()
    assert [row.key for row in page.model.rows] == ["Sample 1", "Sample 2"]
    target = tmp_path / "sample.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    with qtbot.waitSignal(screen.done):
        page.write_button.click()
    assert next(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))["text"]
    page.remove_button.click()
    assert [row.key for row in page.model.rows] == ["Sample 1"]
    project_of(window).undo()
    assert [row.key for row in page.model.rows] == ["Sample 1", "Sample 2"]
    page.name.setText("Sample 2")
    with qtbot.waitSignal(screen.failed):
        page.draw()


def test_numbers_stand_by_language_and_codes_that_are_confused_open_their_places(
    screen: AgreementScreen, qtbot: QtBot, tmp_path: Path, qtmodeltester: ModelTester
) -> None:
    file = tmp_path / "gold.csv"
    rows = "samtale.txt,0,30,room\nsamtale.txt,36,60,secrecy\n"
    file.write_text(f"document,start,end,code\n{rows}", encoding="utf-8")
    screen.compare_with(file)
    qtbot.waitUntil(lambda: "gold.csv" in screen.sentence, timeout=PATIENCE)
    assert not screen.choices.measure.isVisible()
    screen.choices.by.choose("group", report=True)
    qtbot.waitUntil(
        lambda: [each.heading for each in screen.model.columns] == ["All", "Baker", "Kelner"], timeout=PATIENCE
    )
    assert screen.choices.measure.isVisible()
    before = shown(screen)["Rom"]
    screen.choices.measure.choose("recall", report=True)
    assert shown(screen)["Rom"] != before
    screen.choices.shown.choose("confusion")
    screen.choices.shown.picked.emit("confusion")
    assert screen.confusion.isVisible()
    qtmodeltester.check(screen.confusion_model)  # type: ignore[no-untyped-call]
    keys = [each.key for each in screen.confusion_model.themes]
    assert keys[-1] == "(none)"
    pairs = [
        (row, column)
        for row, a in enumerate(keys)
        for column, b in enumerate(keys)
        if a != b and (cell := screen.confusion_model.cell(a, b)) is not None and cell.both
    ]
    assert pairs
    for row, column in pairs:
        screen.confusion.setCurrentIndex(screen.confusion_model.index(row, column))
        assert screen.differing.rowCount() > 0, (keys[row], keys[column])
    assert screen.confusion.grab().toImage().width() > 100


def test_a_filter_and_what_counts_as_read_change_what_is_measured(screen: AgreementScreen, qtbot: QtBot) -> None:
    before = screen.sentence
    screen.choices.unread.choose("read", report=True)
    qtbot.waitUntil(lambda: screen.sentence != before, timeout=PATIENCE)
    read = screen.sentence
    screen.filter.set_where(parse_filter(["group=Baker"]), report=True)
    qtbot.waitUntil(lambda: screen.sentence != read, timeout=PATIENCE)
    assert screen.grab().toImage().width() > 300


def test_coders_settle_by_mouse_and_say_why(screen: AgreementScreen, window: MainWindow, qtbot: QtBot) -> None:
    panel = screen.panel
    assert not panel.has_it.isEnabled(), "nothing is selected"
    screen.disagreements.setCurrentIndex(screen.differing.index(0))
    panel.note.setText("read together")
    with qtbot.waitSignal(screen.done):
        panel.has_it_not.click()
    (settled,) = project_of(window).agreement.settlements()
    assert (settled.applies, settled.note) == (False, "read together")
    qtbot.waitUntil(lambda: screen.heading == "1 disagreement, 1 settled", timeout=PATIENCE)
    screen.disagreements.setCurrentIndex(screen.differing.index(1))
    assert "read together" in str(screen.differing.index(1).data())
    panel.reopen.click()
    qtbot.waitUntil(lambda: screen.heading == "2 disagreements", timeout=PATIENCE)


def test_the_table_is_copied_and_written(
    screen: AgreementScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    screen.copy_table.click()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:5] == ["Theme", "Units", "Agreement", "from", "to"]
    assert "Kari" in QGuiApplication.clipboard().text()
    target = tmp_path / "agreement.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    with qtbot.waitSignal(screen.done):
        screen.write_table.click()
    assert "Theme" in [cell for row in load_workbook(target).worksheets[0].values for cell in row]


def test_the_sample_that_coders_kept_to_is_chosen_at_first(project_path: Path, looks: None, qtbot: QtBot) -> None:
    with Project.open(project_path, coder="Kari") as project:
        project.agreement.draw_sample("Half", 0.5)
        units = project.agreement.sample_units("Half")
        code = project.codebook.current().codes[0].id
    for coder in ("Kari", "Ola"):
        with Project.open(project_path, coder=coder) as project:
            for each in units:
                project.segments.add(each.document_id, Span(each.start, each.end), code)
    with Project.open(project_path, coder="Kari") as project:
        bridge = ProjectBridge(project)
        made = AgreementScreen(bridge)
        qtbot.addWidget(made)
        made.show()
        made.refresh()
        qtbot.waitUntil(lambda: bool(made.sentence), timeout=PATIENCE)
        assert made.choices.sample.key == project.agreement.sample_coded() == "Half"
        found = project.agreement.measure(sample="Half")
        assert found.sentence == made.sentence
        made.choices.sample.choose("", report=True)
        project.segments.add(units[0].document_id, Span(units[0].start, units[0].start + 2), code)
        made.refresh()
        assert made.choices.sample.key == "", "what one chose stays"


def test_who_reads_only_draws_and_settles_nothing(project_path: Path, looks: None, qtbot: QtBot) -> None:
    with Project.open(project_path, coder="Kari") as project:
        project.agreement.draw_sample("All", 1.0)
    with Project.open(project_path, coder="Kari", read_only=True) as project:
        bridge = ProjectBridge(project)
        made = AgreementScreen(bridge)
        qtbot.addWidget(made)
        made.show()
        made.sides.choose(SAMPLES)
        made.sides.picked.emit(SAMPLES)
        qtbot.waitUntil(lambda: made.samples.units_model.rowCount() > 0, timeout=PATIENCE)
        assert not made.samples.draw_button.isEnabled()
        assert not made.samples.remove_button.isEnabled()
        assert made.samples.write_button.isEnabled()
        assert not made.panel.note.isEnabled()
        failures: list[Exception] = []
        made.failed.connect(failures.append)
        made.samples.draw()
        assert failures
        bridge.deleteLater()


@pytest.mark.parametrize("what", ["units", "table"])
def test_the_project_is_not_replaced_by_a_table(
    screen: AgreementScreen, coded_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, what: str
) -> None:
    if what == "units":
        screen.sides.picked.emit(SAMPLES)
        screen.samples.draw()
        assert screen.samples.shown
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(coded_path), ""))
    signal = screen.samples.failed if what == "units" else screen.failed
    with qtbot.waitSignal(signal, timeout=3_000):
        (screen.samples.write_button if what == "units" else screen.write_table).click()
    assert coded_path.read_bytes().startswith(b"SQLite format 3")
