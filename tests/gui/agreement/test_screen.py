"""Agreement: numbers with intervals, a dash where one does not exist, disagreements that can be settled."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qualcode.gui.agreement.choice_row import ANOTHER_FILE, FILE, MADE_HERE
from qualcode.gui.agreement.screen import AgreementScreen
from qualcode.gui.analysis.counting import Counting
from qualcode.gui.main_window import MainWindow
from qualcode.gui.resources.theme import tokens
from qualcode.model.segment import Span
from qualcode.project.project import Project
from tests.gui.test_screenshots import picture

PATIENCE = 30_000


def code_as(path: Path, coder: str, codes: list[tuple[str, str]]) -> None:
    """Code sentences that begin with some words as somebody."""
    with Project.open(path, coder=coder) as project:
        text = project.documents.text(1)
        for words, key in codes:
            start = text.index(words)
            project.segments.add(1, Span(start, start + len(words)), project.codebook.by_key_or_name(key).id)


@pytest.fixture
def coded_path(project_path: Path) -> Path:
    """The small study, coded by two who differ in one sentence."""
    kari = [("Vi deler kjøkken med de andre.", "room"), ("Det er alltid dårlig tid.", "time")]
    code_as(project_path, "Kari", [*kari, ("Taushetsplikten er streng her.", "secrecy")])
    code_as(project_path, "Ola", [*kari, ("Taushetsplikten er streng her.", "time")])
    return project_path


@pytest.fixture
def screen(window: MainWindow, coded_path: Path, qtbot: QtBot) -> AgreementScreen:
    """The agreement of the two, measured."""
    window.resize(1280, 800)
    window.open_project(coded_path)
    window.actions_table["show_agreement"].trigger()
    assert window.workbench is not None
    made = window.workbench.agreement
    qtbot.waitUntil(lambda: made.model.rowCount() > 0, timeout=PATIENCE)
    return made


def shown(screen: AgreementScreen) -> dict[str, list[str]]:
    model = screen.model
    return {
        str(model.index(row, 0).data()): [str(model.index(row, at).data()) for at in range(1, model.columnCount())]
        for row in range(model.rowCount())
    }


def test_the_numbers_are_those_of_the_project(
    screen: AgreementScreen, window: MainWindow, qtmodeltester: ModelTester
) -> None:
    rows = shown(screen)
    assert window.workbench is not None
    found = window.workbench.bridge.project.agreement.measure()
    secrecy = found.table.set_index("theme").loc["secrecy"]
    assert rows["Taushet"][0] == str(secrecy["units"])
    assert rows["Taushet"][1].startswith(f"{secrecy['agreement']:.2f}")
    assert rows["Rom"][3].startswith("1.00")
    assert screen.heading == "2 disagreements"
    assert "Kari" in screen.sentence
    qtmodeltester.check(screen.model)  # type: ignore[no-untyped-call]
    qtmodeltester.check(screen.differing)  # type: ignore[no-untyped-call]
    picture(window, "agreement-1280x800-light", 1.0)


def test_a_theme_shows_its_own_disagreements(screen: AgreementScreen) -> None:
    names = list(shown(screen))
    screen.view.setCurrentIndex(screen.model.index(names.index("Tid"), 0))
    assert screen.heading == "Tid: 1 disagreement"
    screen.view.setCurrentIndex(screen.model.index(names.index("Hindringer"), 0))
    assert screen.heading == "Hindringer: 2 disagreements"
    QTest.keyClick(screen.view, Qt.Key.Key_Escape)
    assert screen.heading == "2 disagreements"


def test_a_disagreement_is_settled_by_a_key_and_opened_again(
    screen: AgreementScreen, window: MainWindow, qtbot: QtBot
) -> None:
    assert window.workbench is not None
    project = window.workbench.bridge.project
    screen.disagreements.setCurrentIndex(screen.differing.index(0))
    with qtbot.waitSignal(screen.done):
        QTest.keyClick(screen.disagreements, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: screen.heading == "1 disagreement, 1 settled", timeout=PATIENCE)
    assert [each.applies for each in project.agreement.settlements()] == [True]
    assert window.focusWidget() is screen.disagreements
    assert screen.disagreements.currentIndex().row() == 0, "on to the next"
    assert len(screen.disagreements.selected) == 1 and not screen.disagreements.selected[0].settled
    picture(window, "agreement-settled-1280x800-light", 1.0)
    project.undo()
    qtbot.waitUntil(lambda: screen.heading == "2 disagreements", timeout=PATIENCE)


def test_enter_opens_the_place_in_the_text(screen: AgreementScreen, window: MainWindow, qtbot: QtBot) -> None:
    screen.disagreements.setCurrentIndex(screen.differing.index(0))
    with qtbot.waitSignal(screen.place_opened):
        QTest.keyClick(screen.disagreements, Qt.Key.Key_Return)
    assert window.workbench is not None
    assert window.workbench.screen_name == "code"


def test_one_coder_alone_is_told_what_is_missing(window: MainWindow, project_path: Path, qtbot: QtBot) -> None:
    window.open_project(project_path)
    window.actions_table["show_agreement"].trigger()
    assert window.workbench is not None
    agreement = window.workbench.agreement
    assert agreement.is_empty
    assert any("initials at the upper right" in each.text() for each in agreement.findChildren(QLabel))


def test_who_codes_blind_sees_nothing_of_the_others(screen: AgreementScreen, window: MainWindow) -> None:
    assert window.workbench is not None
    window.workbench.bridge.set_blind(True)
    assert screen.is_empty
    window.workbench.bridge.set_blind(False)


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one with each answer that comes from a worker, wanted or not."""
    came: list[int] = []
    monkeypatch.setattr(Counting, "keep", lambda _self, _material, version: came.append(version))
    return came


def test_numbers_that_come_late_are_not_shown_to_who_codes_blind(
    screen: AgreementScreen, window: MainWindow, qtbot: QtBot, answered: list[int]
) -> None:
    assert window.workbench is not None
    n_answered = len(answered)
    screen.choices.unit.choose("turn", report=True)  # is counted in the background
    window.workbench.bridge.set_blind(True)
    qtbot.waitUntil(lambda: len(answered) > n_answered, timeout=PATIENCE)
    assert screen.is_empty


def test_an_attribute_that_is_new_can_be_measured_by(screen: AgreementScreen, window: MainWindow) -> None:
    assert window.workbench is not None
    window.workbench.bridge.project.respondents.set_attribute([1], "Shift", "night")
    assert "Shift" in {each.key for each in screen.choices.by.choices}


def test_who_codes_blind_cannot_copy_what_was_measured_before(
    screen: AgreementScreen, window: MainWindow, qtbot: QtBot
) -> None:
    assert window.workbench is not None
    assert screen.copy_table.isVisible()
    window.workbench.bridge.set_blind(True)
    assert not screen.copy_table.isVisible()
    assert not screen.write_table.isVisible()
    window.workbench.bridge.set_blind(False)
    qtbot.waitUntil(screen.copy_table.isVisible, timeout=PATIENCE)


def test_suggestions_stand_beside_a_file(
    screen: AgreementScreen, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "gold.csv"
    file.write_text("document,start,end,code\nsamtale.txt,0,30,room\n", encoding="utf-8")
    screen.compare_with(file)
    assert screen.sides_key == FILE
    qtbot.waitUntil(lambda: "gold.csv" in screen.sentence, timeout=PATIENCE)
    rows = shown(screen)
    assert {"Rom", "Tid", "Taushet"} <= rows.keys()
    assert screen.differing.rowCount() > 0
    picture(window, "agreement-file-1280x800-light", 1.0)


def test_suggestions_stand_beside_what_was_coded_here(
    screen: AgreementScreen, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.sides.picked.emit(FILE)
    qtbot.waitUntil(lambda: "6 codings in this project" in screen.sentence, timeout=PATIENCE)
    assert screen.choices.against.key == MADE_HERE
    assert screen.differing.rowCount() > 0
    picture(window, "agreement-own-1280x800-light", 1.0)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: ("", ""))
    screen.choices.against.choose(ANOTHER_FILE, report=True)
    assert screen.choices.against.key == MADE_HERE  # no file was chosen
    file = tmp_path / "gold.csv"
    file.write_text("document,start,end,code\nsamtale.txt,0,30,room\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(file), ""))
    screen.choices.against.choose(ANOTHER_FILE, report=True)
    qtbot.waitUntil(lambda: "gold.csv" in screen.sentence, timeout=PATIENCE)
    screen.choices.against.choose(MADE_HERE, report=True)
    qtbot.waitUntil(lambda: "6 codings in this project" in screen.sentence, timeout=PATIENCE)
    assert window.workbench is not None
    window.workbench.bridge.set_blind(True)  # whoever codes blind now has coded nothing
    qtbot.waitUntil(lambda: screen.is_empty, timeout=PATIENCE)
    window.workbench.bridge.set_blind(False)


def test_a_file_that_cannot_be_compared_says_why(screen: AgreementScreen, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("document,start\nnobody.txt,0\n", encoding="utf-8")
    screen.compare_with(file)
    qtbot.waitUntil(lambda: screen.is_empty, timeout=PATIENCE)


def test_a_picked_theme_is_one_band_and_not_a_box_for_each_number(screen: AgreementScreen) -> None:
    view = screen.view
    view.setFocus()
    view.setCurrentIndex(screen.model.index(0, 0))
    drawn = view.viewport().grab().toImage()
    middle = view.visualRect(screen.model.index(0, 0)).center().y()
    edges = [view.columnViewportPosition(column) for column in range(1, screen.model.columnCount())]
    between = {drawn.pixelColor(edge + by, middle).name() for edge in edges for by in (-1, 0) if edge < drawn.width()}
    assert between == {QColor(tokens().select).name()}


def test_a_picked_theme_stays_picked_when_it_is_measured_again(screen: AgreementScreen, qtbot: QtBot) -> None:
    everything = screen.heading
    row = list(shown(screen)).index("Taushet")
    screen.view.setCurrentIndex(screen.model.index(row, 0))
    screen.disagreements.setCurrentIndex(screen.differing.index(0))
    QTest.keyClick(screen.disagreements, Qt.Key.Key_Y)
    qtbot.waitUntil(lambda: "settled" in screen.heading, timeout=PATIENCE)
    assert screen.heading.startswith("Taushet: ")
    assert screen.view.currentIndex().row() == row
    assert screen.disagreements.currentIndex().row() == 0  # where one goes on
    QTest.keyClick(screen.view, Qt.Key.Key_Escape)
    assert not screen.heading.startswith("Taushet: ") and screen.heading != everything


def test_after_a_change_no_answer_of_before_is_waited_for(
    screen: AgreementScreen, window: MainWindow, qtbot: QtBot
) -> None:
    screen.sides.picked.emit(FILE)
    assert screen._counting.is_busy
    window.actions_table["show_code"].trigger()
    assert window.workbench is not None
    project = window.workbench.bridge.project
    project.segments.add(1, Span(0, 9), project.codebook.by_key_or_name("room").id)
    assert not screen._counting.is_busy
    window.actions_table["show_agreement"].trigger()
    qtbot.waitUntil(lambda: not screen._counting.is_busy, timeout=PATIENCE)
