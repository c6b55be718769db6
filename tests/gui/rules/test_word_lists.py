"""Word lists are edited beside the rules that use them: with what they find, where they are used, and undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qualcode.files.codebook_file import read_codebook
from qualcode.gui.main_window import MainWindow
from qualcode.gui.rules.screen import RulesScreen
from qualcode.gui.rules.subjects import list_at
from qualcode.model.codebook import MatchRule
from qualcode.project.project import Project
from tests.gui.rules.test_screen import CTRL, PATIENCE, type_at_end, wait
from tests.gui.test_screenshots import picture


@pytest.fixture
def project(window: MainWindow, project_path: Path) -> Project:
    """With two word lists, one of which a rule uses."""
    window.resize(1280, 800)
    window.open_project(project_path)
    assert window.bridge is not None
    made = window.bridge.project
    made.codebook.change_concepts({"haste": ["dårlig tid"], "things": ["gryte"]})
    made.codebook.change_rules(made.codebook.by_key_or_name("time").id, [MatchRule(any=("@haste",))])
    return made


@pytest.fixture
def screen(window: MainWindow, project: Project, qtbot: QtBot) -> RulesScreen:
    """The word lists, tried."""
    assert window.workbench is not None
    window.workbench.edit_rules(project.codebook.by_key_or_name("time").id)
    made = window.workbench.rules
    QTest.mouseClick(made.choice._buttons["lists"], Qt.MouseButton.LeftButton)
    wait(made, qtbot)
    return made


def test_the_lists_stand_there_with_what_their_rules_find(screen: RulesScreen, window: MainWindow) -> None:
    assert screen.editor.toPlainText() == "haste: [dårlig tid]\nthings: [gryte]\n"
    assert screen.sums_text == "1 sentence in 1 document"
    assert screen.model.place_of(screen.model.index(0)) == "Tid  ·  samtale"
    assert not screen.use_button.isEnabled()
    assert window.workbench is not None
    assert ("Ctrl Enter", "use these lists") in window.workbench.working_keys()


def test_where_a_list_is_used_is_said_where_the_cursor_is(screen: RulesScreen) -> None:
    assert screen.uses_text == "@haste is used by: Tid (1 rule)"
    screen.editor.moveCursor(QTextCursor.MoveOperation.Down)
    assert screen.uses_text == "@things: no rule uses it yet. Write @things in a rule."


def test_a_list_that_is_typed_is_tried_and_used(
    screen: RulesScreen, project: Project, window: MainWindow, qtbot: QtBot
) -> None:
    screen.editor.setPlainText("haste: [dårlig tid, lite tid]\nthings: [gryte]\n")
    wait(screen, qtbot)
    assert screen.sums_text == "2 sentences in 2 documents · 1 new, 0 gone"
    picture(window, "word-lists-1280x800-light", 1.0)
    with qtbot.waitSignal(screen.used):
        QTest.keyClick(screen.editor, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: window.job is None, timeout=PATIENCE)
    assert project.codebook.current().concepts["haste"] == ("dårlig tid", "lite tid")
    time = project.codebook.by_key_or_name("time")
    assert project.codebook.n_suggestions()[time.id] == 2
    while project.codebook.current().concepts["haste"] != ("dårlig tid",):
        project.undo()
    assert screen.editor.toPlainText() == "haste: [dårlig tid]\nthings: [gryte]\n"


def test_a_list_that_a_rule_needs_cannot_go(screen: RulesScreen, qtbot: QtBot) -> None:
    screen.editor.setPlainText("things: [gryte]\n")
    wait(screen, qtbot)
    assert "haste" in screen.problems_text
    assert not screen.use_button.isEnabled()
    screen.editor.setPlainText("haste: [dårlig tid]\nthings: ['@haste']\n")
    wait(screen, qtbot)
    assert screen.problems_text.startswith("line 2: ")
    assert screen.editor.marked_lines == {2}


def test_what_is_typed_is_kept_while_one_looks_at_the_other(screen: RulesScreen, qtbot: QtBot) -> None:
    type_at_end(screen, "more: [mer]")
    QTest.mouseClick(screen.choice._buttons["rules"], Qt.MouseButton.LeftButton)
    assert screen.editor.toPlainText() == '- any: ["@haste"]\n'
    QTest.mouseClick(screen.choice._buttons["lists"], Qt.MouseButton.LeftButton)
    assert screen.editor.toPlainText().endswith("more: [mer]")
    wait(screen, qtbot)
    assert screen.use_button.isEnabled()


def test_a_line_belongs_to_the_list_above_it() -> None:
    lines = ["# all", "one:", "  - a", "two: [b]", ""]
    assert [list_at(lines, at) for at in range(5)] == ["", "one", "one", "two", "two"]


def test_the_example_says_where_its_lists_are_used() -> None:
    from qualcode.project.rule_trial import uses_of_lists

    book = read_codebook(Path(__file__).parents[3] / "codebooks" / "ips_integration.yaml")
    used = uses_of_lists(book)
    assert set(used) == set(book.concepts)
    assert all(n > 0 for uses in used.values() for _code, n in uses)
