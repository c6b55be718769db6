"""Rules are edited as text; what they find is seen while they are typed, and nothing is used before it is wanted."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qualcode.gui.main_window import MainWindow
from qualcode.gui.rules.hits import HIT, HitsModel, HitsView
from qualcode.gui.rules.screen import RulesScreen
from qualcode.model.segment import Span
from qualcode.project.rule_trial import Standing, TrialHit
from tests.gui.test_screenshots import picture

PATIENCE = 30_000
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(window: MainWindow, project_path: Path, qtbot: QtBot) -> RulesScreen:
    """The rules of the code for time, tried."""
    window.resize(1280, 800)
    window.open_project(project_path)
    assert window.workbench is not None
    code = window.workbench.bridge.project.codebook.by_key_or_name("time")
    window.workbench.edit_rules(code.id)
    made = window.workbench.rules
    wait(made, qtbot)
    return made


def wait(screen: RulesScreen, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: screen.trial is not None, timeout=PATIENCE)


def type_at_end(screen: RulesScreen, text: str) -> None:
    screen.editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(screen.editor, text)


def standings(screen: RulesScreen) -> list[Standing]:
    return [screen.model.index(row).data(HIT).standing for row in range(screen.model.rowCount())]


def test_the_rules_stand_there_as_a_codebook_has_them(screen: RulesScreen, window: MainWindow) -> None:
    assert screen.editor.toPlainText() == "- any: [dårlig tid, lite tid]\n"
    assert standings(screen) == [Standing.KEPT] * 2
    assert screen.sums_text == "2 sentences in 2 documents"
    assert not screen.use_button.isEnabled()
    assert window.workbench is not None
    assert window.workbench.screen_name == "rules"


def test_what_is_typed_is_tried_while_one_types(
    screen: RulesScreen, window: MainWindow, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    assert window.workbench is not None
    project = window.workbench.bridge.project
    steps = len(project.history())
    type_at_end(screen, "- any: [kjøkken]")
    wait(screen, qtbot)
    assert screen.sums_text == "5 sentences in 3 documents · 3 new, 0 gone"
    assert standings(screen)[:3] == [Standing.NEW] * 3
    assert screen.use_button.isEnabled()
    assert len(project.history()) == steps
    qtmodeltester.check(screen.model)  # type: ignore[no-untyped-call]
    picture(window, "rules-1280x800-light", 1.0)


def test_ctrl_enter_uses_them_and_the_rules_run(screen: RulesScreen, window: MainWindow, qtbot: QtBot) -> None:
    assert window.workbench is not None
    project = window.workbench.bridge.project
    before = project.review.n_pending()
    type_at_end(screen, "- any: [kjøkken]")
    wait(screen, qtbot)
    with qtbot.waitSignal(screen.used):
        QTest.keyClick(screen.editor, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: window.job is None, timeout=PATIENCE)
    assert project.review.n_pending() == before + 3
    assert [step.name for step in project.history()][-2:] == ["Change rules", "Suggest codes"]
    assert screen.editor.toPlainText() == "- any: [dårlig tid, lite tid]\n- any: [kjøkken]\n"


def test_what_cannot_be_read_is_said_with_its_line_and_not_used(
    screen: RulesScreen, window: MainWindow, qtbot: QtBot
) -> None:
    type_at_end(screen, "- anny: [kjøkken]")
    wait(screen, qtbot)
    assert screen.problems_text.startswith("line 2: ")
    assert "any" in screen.problems_text
    assert screen.editor.marked_lines == {2}
    assert not screen.use_button.isEnabled()
    assert standings(screen) == [Standing.KEPT] * 2  # of the last rules that could be read
    picture(window, "rules-wrong-1280x800-light", 1.0)


def test_enter_opens_a_sentence_in_its_text(screen: RulesScreen, window: MainWindow, qtbot: QtBot) -> None:
    screen.view.setCurrentIndex(screen.model.index(0))
    with qtbot.waitSignal(screen.place_opened):
        QTest.keyClick(screen.view, Qt.Key.Key_Return)
    assert window.workbench is not None
    assert window.workbench.screen_name == "code"


def test_escape_goes_back_to_the_text(screen: RulesScreen, window: MainWindow) -> None:
    QTest.keyClick(screen.editor, Qt.Key.Key_Escape)
    assert window.workbench is not None
    assert window.workbench.screen_name == "code"


def test_undo_shows_the_rules_as_they_were(screen: RulesScreen, window: MainWindow, qtbot: QtBot) -> None:
    assert window.workbench is not None
    project = window.workbench.bridge.project
    project.codebook.change_rules(screen.code_id, [])
    assert screen.editor.toPlainText() == ""
    project.undo()
    assert screen.editor.toPlainText() == "- any: [dårlig tid, lite tid]\n"


def test_what_was_typed_is_there_when_one_comes_back(screen: RulesScreen, window: MainWindow, qtbot: QtBot) -> None:
    assert window.workbench is not None
    type_at_end(screen, "- any: [kjøkken]")
    typed = screen.editor.toPlainText()
    wait(screen, qtbot)
    QTest.keyClick(screen.editor, Qt.Key.Key_Escape)
    window.workbench.edit_rules(screen.code_id)
    wait(screen, qtbot)
    assert screen.editor.toPlainText() == typed
    assert screen.use_button.isEnabled()
    QTest.keyClick(screen.editor, Qt.Key.Key_Return, CTRL)
    wait(screen, qtbot)
    assert not screen.use_button.isEnabled()


@pytest.mark.parametrize("is_tried", [True, False])
def test_what_is_typed_is_held_against_the_rules_that_are_in_use_now(
    screen: RulesScreen, window: MainWindow, qtbot: QtBot, is_tried: bool
) -> None:
    assert window.workbench is not None
    project = window.workbench.bridge.project
    type_at_end(screen, "- any: [kjøkken]")
    if is_tried:
        wait(screen, qtbot)
    else:
        screen._try()
    project.codebook.change_rules(screen.code_id, ())
    wait(screen, qtbot)
    assert standings(screen) == [Standing.NEW] * 5
    window.workbench.show_screen("code")
    project.undo()
    window.workbench.edit_rules(screen.code_id)
    wait(screen, qtbot)
    assert standings(screen) == [Standing.NEW] * 3 + [Standing.KEPT] * 2


def test_what_was_found_when_the_project_closes_has_no_place(
    screen: RulesScreen, window: MainWindow, qtbot: QtBot
) -> None:
    type_at_end(screen, "- any: [kjøkken]")
    screen._try()
    job = screen._job
    assert job is not None and job.wait(30)
    window.close_project()
    with qtbot.captureExceptions() as raised:
        qtbot.wait(50)
    assert raised == []


def test_tab_indents_and_enter_keeps_the_indentation(screen: RulesScreen) -> None:
    type_at_end(screen, "- any: [a]")
    QTest.keyClick(screen.editor, Qt.Key.Key_Return)
    type_at_end(screen, "weight: 1")
    assert screen.editor.toPlainText().endswith("- any: [a]\n  weight: 1")


def test_it_is_drawn_in_the_dark(screen: RulesScreen, window: MainWindow) -> None:
    window.set_appearance("dark")
    image = picture(window, "rules-1280x800-dark", 1.0).toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, 1280, 8) for y in range(0, 800, 8)}
    assert len(colours) > 5


def test_rules_that_find_something_nearly_everywhere_are_doubted_while_one_types(
    screen: RulesScreen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualcode.project.rule_doubts._FEW", 3)
    assert screen.problems_text == ""
    screen.editor.setPlainText("- regex: '[a-z]'\n")
    wait(screen, qtbot)
    assert "so they tell little apart" in screen.problems_text
    assert screen.use_button.isEnabled(), "a doubt is no error"


def test_rules_that_find_nothing_are_told_after_they_ran(screen: RulesScreen, window: MainWindow, qtbot: QtBot) -> None:
    screen.editor.setPlainText("- any: [giraff]\n")
    wait(screen, qtbot)
    QTest.keyClick(screen.editor, Qt.Key.Key_Return, CTRL)  # uses them, and runs them
    qtbot.waitUntil(lambda: window.job is None and window.message_line.isVisible(), timeout=PATIENCE)
    told = window.message_line.message
    assert told is not None and told.severity == "warning"
    assert any("find nothing here: time" in line for line in told.details)


def test_equal_sentences_are_one_row_that_says_how_many_they_are(qtmodeltester: ModelTester) -> None:
    def hit(document_id: int, text: str, standing: Standing) -> TrialHit:
        return TrialHit(document_id, Span(0, len(text)), text, (), "time", 0.7, standing)

    model = HitsModel()
    hits = [hit(n, "Lite tid.", Standing.NEW) for n in (1, 2, 3, 4, 4)]
    hits += [hit(5, "lite tid. ", Standing.NEW), hit(1, "Lite tid.", Standing.KEPT), hit(2, "Ja.", Standing.NEW)]
    model.show_hits(hits, {1: "Q1", 2: "Q1", 3: "Q2", 4: "Q3", 5: "Q4"}, {})
    assert [model.data(model.index(row)) for row in range(model.rowCount())] == [
        "+ new: Lite tid. (the same 6 times  ·  Q1, Q2, Q3 …)",
        "stays: Lite tid. (Q1)",
        "+ new: Ja. (Q1)",
    ]
    assert model.index(0).data(HIT) is hits[0]
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_each_of_equal_sentences_can_be_opened(looks: None, qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model = HitsModel()
    text = "Lite tid."
    hits = [TrialHit(n, Span(n, n + 9), text, (), "time", 0.7, Standing.NEW) for n in (1, 2, 2)]
    hits += [TrialHit(3, Span(0, 3), "Ja.", (), "time", 0.7, Standing.NEW)]
    model.show_hits(hits, {1: "Q1", 2: "Q2", 3: "Q3"}, {})
    view = HitsView(model)
    qtbot.addWidget(view)
    view.resize(500, 600)
    view.show()
    opened: list[object] = []
    view.opened.connect(opened.append)
    view.setCurrentIndex(model.index(0))
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert [model.place_of(model.index(row)) for row in range(model.rowCount())] == [
        "the same 3 times  ·  Q1, Q2", "1 of 3  ·  Q1", "2 of 3  ·  Q2", "3 of 3  ·  Q2", "Q3",
    ]  # fmt: skip
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    for _time in range(3):
        QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened == [hits[2]]
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert (model.rowCount(), view.currentIndex().row()) == (2, 0)
    arrow = view.visualRect(model.index(0)).bottomLeft() + QPoint(22, -16)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=arrow)
    assert model.rowCount() == 5
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=arrow)
    assert model.rowCount() == 2
    view.setCurrentIndex(model.index(1))
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert model.rowCount() == 2, "it is said once"


def test_a_code_without_rules_says_how_to_begin(screen: RulesScreen, window: MainWindow, qtbot: QtBot) -> None:
    assert window.workbench is not None
    made = window.workbench.bridge.project.codebook.add("Noise")
    window.workbench.edit_rules(made.id)
    wait(screen, qtbot)
    assert screen.sums_text == "No rules yet"
    type_at_end(screen, "kjøkken")
    wait(screen, qtbot)
    assert screen.sums_text == "3 sentences in 2 documents · 3 new, 0 gone"
