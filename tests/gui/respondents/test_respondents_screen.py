"""The respondents screen: what is done to the rows, and what it changes in the counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.importing import piecewise
from qualcode.gui.main_window import MainWindow
from qualcode.gui.respondents.model import Kind, Person, PersonColumn
from qualcode.gui.respondents.screen import RespondentsScreen
from qualcode.project import respondents


@pytest.fixture
def screen(qtbot: QtBot, bridge: ProjectBridge) -> RespondentsScreen:
    made = RespondentsScreen(bridge)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    made.refresh()
    made.focus()
    return made


def labels(screen: RespondentsScreen) -> list[str]:
    return [screen.model.person(row).label for row in range(screen.model.rowCount())]


def pick(screen: RespondentsScreen, *names: str) -> None:
    rows = [labels(screen).index(name) for name in names]
    view = screen.view
    view.setCurrentIndex(screen.model.index(rows[0], 0))
    for row in rows:
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        view.selectionModel().select(screen.model.index(row, 0), flags)


def write(screen: RespondentsScreen, text: str) -> None:
    """Enter opens the cell under the keyboard, the text replaces what stands there."""
    QTest.keyClick(screen.view, Qt.Key.Key_Return)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    for _turn in range(3):  # the field hands over, closes, and then the project is written
        QApplication.processEvents()


def test_everybody_is_listed_with_what_is_counted(screen: RespondentsScreen, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(screen.model)  # type: ignore[no-untyped-call]
    assert labels(screen) == ["Baker 1", "Kelner 2", "Baker 2", "1", "2", "3", "4", "Moderator"]
    answers = [screen.model.text(each, PersonColumn(Kind.ANSWERS)) for each in screen.model.people]
    assert answers == ["spoke", "spoke", "spoke", "answered", "answered", "no answer", "answered", ""]
    assert screen._counts.text() == "7 respondents, 6 counted, 1 other label"
    screen.grab()


def test_two_spellings_are_merged_by_key(screen: RespondentsScreen, qtbot: QtBot) -> None:
    pick(screen, "Baker 1", "Baker 2")
    QTest.keyClick(screen.view, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert screen.bar.is_asking
    assert "Make 2 respondents one" in screen.bar.sentence
    with qtbot.waitSignal(screen.done) as signal:
        QTest.keyClick(screen.bar.go_button, Qt.Key.Key_Space)
    assert signal.args == ["2 respondents are Baker 1 now. Baker: N 4 → 3"]
    assert "Baker 2" not in labels(screen)
    assert screen.effect == "Baker: N 4 → 3"
    screen._bridge.project.undo()
    assert "Baker 2" in labels(screen)
    assert screen.effect == "Baker: N 3 → 4"


def test_enter_on_cancel_goes_back_and_keeps_the_focus_in_the_bar(screen: RespondentsScreen, qtbot: QtBot) -> None:
    pick(screen, "Baker 1", "Baker 2")
    screen.bar.ask_merge()
    cancel = next(each for each in screen.bar.findChildren(QPushButton) if each.text() == "Cancel")
    cancel.setFocus()
    qtbot.waitUntil(cancel.hasFocus)
    QTest.keyClick(cancel, Qt.Key.Key_Return)
    assert not screen.bar.is_asking
    assert screen.bar.merge_button.hasFocus()


def test_several_rows_move_to_another_group(screen: RespondentsScreen) -> None:
    pick(screen, "Baker 2", "4")
    actions = {action.text(): action for action in screen.bar.move_button.menu().actions()}
    actions["Kelner"].trigger()
    assert screen.effect == "Baker: N 4 → 2; Kelner: N 2 → 4"
    pick(screen, "Baker 1")
    screen.bar.ask_group()
    QTest.keyClicks(screen.bar.name_field, "Konditor")
    QTest.keyClick(screen.bar.name_field, Qt.Key.Key_Return)
    assert screen.effect == "Baker: N 2 → 1; Konditor: N 0 → 1"


def test_to_come_back_to_many_respondents_looks_at_each_row_once(
    screen: RespondentsScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.view.selectAll()
    ids = screen._picked_ids()
    looked: list[int] = []
    person = screen.model.person

    def look(row: int) -> Person:
        looked.append(row)
        return person(row)

    monkeypatch.setattr(screen.model, "person", look)
    screen._pick(ids[2:])
    assert labels(screen)[screen.view.currentIndex().row()] == "Baker 2"
    assert len(looked) <= 2 * screen.model.rowCount(), "nor more often where there are ten thousand"


def test_a_speaker_becomes_a_moderator_and_a_moderator_a_respondent(screen: RespondentsScreen) -> None:
    pick(screen, "Kelner 2")
    next(each for each in screen.bar.mark_button.menu().actions() if each.text() == "Moderator").trigger()
    assert labels(screen)[-2:] == ["Moderator", "Kelner 2"]
    pick(screen, "Moderator")
    assert not screen.bar.merge_button.isVisible()
    below = screen.bar.mark_button.menu().findChild(QMenu)
    assert below is not None
    next(each for each in below.actions() if each.text() == "Baker").trigger()
    assert "Baker: N 4 → 5" in screen.effect
    pick(screen, "1")
    assert not screen.bar.mark_button.isVisible(), "a row of a survey speaks nowhere"


def test_a_label_and_an_attribute_are_written_in_place(screen: RespondentsScreen) -> None:
    pick(screen, "Baker 2")
    write(screen, "Baker 3")
    assert "Baker 3" in labels(screen)
    pick(screen, "Baker 3", "Baker 1")
    screen.bar.ask_attribute("Shift")
    QTest.keyClicks(screen.bar.value_field, "early")
    QTest.keyClick(screen.bar.value_field, Qt.Key.Key_Return)
    assert screen._bridge.project.respondents.attribute_names() == ["Shift"]
    column = screen.model.columns.index(PersonColumn(Kind.ATTRIBUTE, "Shift"))
    screen.view.setCurrentIndex(screen.model.index(1, column))
    write(screen, "late")
    assert [each.attributes.get("Shift") for each in screen.model.people[:3]] == ["early", "late", "early"]
    assert screen._bridge.project.undo_name == "Set attribute"


def test_rows_are_found_and_sorted(screen: RespondentsScreen) -> None:
    QTest.keyClicks(screen.search, "baker")
    assert labels(screen) == ["Baker 1", "Baker 2"]
    screen.search.clear()
    screen.group.choose("Kelner", report=True)
    assert labels(screen) == ["Kelner 2", "2", "3"]
    screen.group.choose("", report=True)
    words = screen.model.columns.index(PersonColumn(Kind.WORDS))
    screen.view.horizontalHeader().sectionClicked.emit(words)
    numbers = [screen.model.person(row).words for row in range(screen.model.rowCount())]
    assert numbers == sorted(numbers)
    screen.model.sort_by(words)
    assert screen.model.person(0).words == max(numbers)
    screen.model.sort_by(words)
    assert labels(screen)[0] == "Baker 1"


def test_a_sheet_is_looked_at_before_it_comes_in(
    screen: RespondentsScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "more.csv"
    path.write_text("Who;Town;Team\nBaker 1;Oslo;Kelner\n1;Moss;\nX;Bodø;\n", encoding="utf-8")
    asked: list[str] = []

    def ask(_parent: QWidget, _title: str, folder: str, _kinds: str) -> tuple[str, str]:
        asked.append(folder)
        return str(path), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    QTest.mouseClick(screen.import_button, Qt.MouseButton.LeftButton)
    assert asked == [str(screen._bridge.path.parent)]
    assert screen.panel.isVisible()
    assert screen.panel.sentence == "2 rows fit a respondent, 1 fits nobody, 0 are doubled."
    assert screen.panel.list_view.item(0).text() == "Row 4: X, fits nobody"
    screen.panel.group.choose("Team", report=True)
    assert screen.panel.group.key == "Team"
    QTest.mouseClick(screen.panel.go_button, Qt.MouseButton.LeftButton)
    assert not screen.panel.isVisible()
    assert screen.effect == "Baker: N 4 → 3; Kelner: N 2 → 3"
    assert screen.model.people[0].attributes == {"Town": "Oslo"}
    screen._bridge.project.undo()
    assert screen.model.people[0].attributes == {}


def test_a_sheet_that_fits_nobody_is_told(screen: RespondentsScreen, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("Who;Town\nX;Oslo\nY;Moss\n", encoding="utf-8")
    with qtbot.waitSignal(screen.failed):
        screen.open_sheet(path)
    assert not screen.panel.isVisible()


def test_the_list_is_exported(
    screen: RespondentsScreen, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "who.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    with qtbot.waitSignal(screen.exported):
        screen.export_button.click()
    assert len(target.read_text(encoding="utf-8").splitlines()) == 8
    path = screen._bridge.path
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    before = path.read_bytes()
    with qtbot.waitSignal(screen.failed) as told:
        screen.export_button.click()
    assert "is the project" in str(told.args[0]) and path.read_bytes() == before


def test_the_window_shows_it_by_key_and_the_tables_follow(window: MainWindow, project_path: Path, qtbot: QtBot) -> None:
    window.open_project(project_path)
    window.actions_table["show_respondents"].trigger()
    bench = window.workbench
    assert bench is not None
    assert bench.screen_name == "respondents"
    pick(bench.respondents, "Baker 1", "Baker 2")
    bench.respondents.bar.ask_merge()
    bench.respondents.bar.go_button.click()
    assert "Baker: N 4 → 3" in bench.undo_line.sentence
    window.actions_table["show_tables"].trigger()
    cell = bench.tables.model.cell("secrecy", "Baker")
    assert cell is not None
    assert cell.base == 3


def test_very_many_are_moved_in_pieces_that_can_be_stopped(
    window: MainWindow, project_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name, value in ((piecewise, "AT_ONCE", 1), (piecewise, "_SLICE", 0.0), (respondents, "_PIECE", 1)):
        monkeypatch.setattr(module, name, value)
    window.open_project(project_path)
    window.show_screen("respondents")
    bench = window.workbench
    assert bench is not None
    screen, project = bench.respondents, bench.bridge.project
    bakers = ["Baker 1", "Baker 2"]
    pick(screen, *bakers)
    screen._on_move("Kelner")
    assert isinstance(window.job, piecewise.PiecewiseJob)
    window.job.progressed.connect(lambda done, _total: window.work.cancel() if done == 1 else None)
    qtbot.waitUntil(lambda: window.job is None)
    groups = {each.ident: each.group for each in project.respondents.all()}
    assert [groups[name] for name in bakers] == ["Baker", "Baker"], "stopping takes everything back"
    pick(screen, *bakers)
    screen._on_move("Kelner")
    qtbot.waitUntil(lambda: window.job is None)
    groups = {each.ident: each.group for each in project.respondents.all()}
    assert [groups[name] for name in bakers] == ["Kelner", "Kelner"]
    assert bench.undo_line.sentence.startswith("Moved 2 respondents to Kelner.")
    assert screen.model.person(screen.view.currentIndex().row()).label == "Baker 1"
