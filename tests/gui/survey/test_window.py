"""The survey in the window: offered where there is one, and on to the text and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qualcode.gui.codebook.delegate import CodebookDelegate
from qualcode.gui.importing import piecewise
from qualcode.gui.importing.piecewise import PiecewiseJob
from qualcode.gui.main_window import MainWindow
from qualcode.gui.survey.screen import SurveyScreen
from qualcode.gui.workbench import Workbench
from qualcode.project import segments, survey
from tests.builders import add_session, make_project
from tests.gui.test_screenshots import picture


@pytest.fixture
def bench(window: MainWindow, project_path: Path) -> Workbench:
    window.open_project(project_path)
    assert window.workbench is not None
    return window.workbench


def test_it_is_made_when_it_is_looked_at(window: MainWindow, bench: Workbench) -> None:
    assert bench.findChildren(SurveyScreen) == []
    assert window.actions_table["show_survey"].isEnabled()
    window.actions_table["show_survey"].trigger()
    assert bench.screen_name == "survey"
    assert window.top_bar.screens.buttons["survey"].isChecked()
    assert bench.survey.model.rowCount() == 4
    assert ("U", "next uncoded") in bench.working_keys()


def test_an_answer_leads_to_its_text(window: MainWindow, bench: Workbench) -> None:
    window.actions_table["show_survey"].trigger()
    bench.survey.grid.pick(3)
    QTest.keyClick(bench.survey.grid, Qt.Key.Key_O)
    assert bench.screen_name == "code"
    assert bench.coding.view.selected_text() == "Det trange kjøkkenet"


def test_very_many_answers_are_coded_and_decided_in_pieces_that_can_be_stopped(
    window: MainWindow, bench: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name, value in ((piecewise, "AT_ONCE", 0), (piecewise, "_SLICE", 0.0), (survey, "_PIECE", 1)):
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr(segments, "_PIECE", 1)
    screen, project = bench.survey, bench.bridge.project
    window.actions_table["show_survey"].trigger()
    room = bench.bridge.code_keyed("room")
    assert room is not None
    screen.grid.selectAll()
    screen.code_selected(room.id)
    assert isinstance(window.job, PiecewiseJob) and project.segments.count() == 0
    window.job.progressed.connect(lambda done, _total: window.work.cancel() if done == 2 else None)
    qtbot.waitUntil(lambda: window.job is None)
    assert project.segments.count() == 0 and window.actions_table["undo"].text() != "Undo: Code 3 quotations"
    screen.grid.selectAll()
    screen.code_selected(room.id)
    qtbot.waitUntil(lambda: window.job is None)
    assert project.segments.count() == 3 and bench.undo_line.sentence == "Coded 3 answers: Rom"
    screen.do("accept")
    qtbot.waitUntil(lambda: window.job is None)
    assert (project.segments.count(), bench.undo_line.sentence) == (5, "Accepted 3 suggestions")
    window.actions_table["undo"].trigger()
    assert project.segments.count() == 3
    screen._uncode(screen.model.documents_at([0, 1, 2, 3]), room.id)
    qtbot.waitUntil(lambda: window.job is None)
    assert project.segments.count() == 0 and project.undo_name == "Uncode"


def test_many_answers_are_coded_with_a_line_that_takes_it_back(
    window: MainWindow, bench: Workbench, qtbot: QtBot
) -> None:
    window.actions_table["show_survey"].trigger()
    bench.survey.grid.selectAll()
    room = bench.bridge.code_keyed("room")
    assert room is not None
    bench.survey.code_selected(room.id)
    assert bench.undo_line.sentence == "Coded 3 answers: Rom"
    bar = bench.survey.selection_bar
    qtbot.waitUntil(bar.isVisible)  # what is selected is looked at once the hand rests
    assert not bench.undo_line.geometry().intersects(QRect(bar.mapTo(bench, QPoint(0, 0)), bar.size()))
    assert window.actions_table["undo"].text() == "Undo: Code 3 quotations"
    window.actions_table["undo"].trigger()
    assert bench.bridge.project.segments.count() == 0


def test_the_tree_gives_way_in_a_narrow_window(window: MainWindow, bench: Workbench) -> None:
    window.actions_table["show_survey"].trigger()
    assert bench.survey.codebook.isVisible()
    window.resize(960, 700)
    assert window.width() == 960
    assert not bench.survey.codebook.isVisible()


def test_a_project_without_a_survey_does_not_offer_one(window: MainWindow, tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        add_session(project, "Team", [("A", "There is no time.")], {"A": "Leaders"})
        path = project.path
    window.open_project(path)
    assert window.workbench is not None
    assert window.top_bar.screens.buttons["survey"].isHidden()
    assert not window.actions_table["show_survey"].isEnabled()
    window.workbench.show_screen("survey")
    assert window.workbench.screen_name == "code"


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1440, 900)])
@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_pictures(window: MainWindow, bench: Workbench, width: int, height: int, appearance: str) -> None:
    window.set_appearance(appearance)
    window.resize(width, height)
    bench = window.workbench or bench
    window.actions_table["show_survey"].trigger()
    bench.survey.grid.pick(0)
    image = picture(window, f"survey-{width}x{height}-{appearance}", 1.0).toImage()
    assert (image.width(), image.height()) == (width, height), "the window is not wider than asked"


def test_names_of_codes_are_not_cut_beside_the_answers(window: MainWindow, bench: Workbench) -> None:
    project = bench.bridge.project
    hindrances = bench.bridge.code_keyed("hindrances")
    assert hindrances is not None
    names = ["Gjennomstrømningsarbeid og venting", "Samarbeidsutvalget for alle"]
    for name in names:
        project.codebook.add(name, parent_id=hindrances.id)
    window.resize(1280, 800)
    window.actions_table["show_survey"].trigger()
    tree = bench.survey.codebook.tree
    delegate = tree.itemDelegate()
    assert isinstance(delegate, CodebookDelegate)
    rows = [tree.model().index(row, 0, tree.model().index(0, 0)) for row in range(4)]
    shown = {" ".join(delegate._name_lines(row, tree.viewport().width() - 16)) for row in rows}
    assert shown.issuperset(names)
