"""What a screen reader is told on each screen: names of all that takes the keyboard, and what rows and cells say."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget
from pytestqt.qtbot import QtBot

from qualcode.gui.main_window import MainWindow
from qualcode.project.draft_points import Step

SCREENS = ("code", "review", "survey", "tables", "respondents", "agreement", "memos", "report", "find")
NAME, ROLE = QAccessible.Text.Name, QAccessible.Role
ITEMS = (ROLE.TreeItem, ROLE.ListItem, ROLE.Cell)


def interface(widget: QWidget) -> QAccessibleInterface:
    """What Qt tells of a widget."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None, widget
    return found


def nameless(root: QWidget) -> list[str]:
    """What takes the keyboard and does not say what it is."""
    return [
        f"{type(each).__name__} in {type(each.parentWidget()).__name__}"
        for each in root.findChildren(QWidget)
        if each.isVisible() and each.focusPolicy() != Qt.FocusPolicy.NoFocus and not interface(each).text(NAME).strip()
    ]


def items(view: QAbstractItemView) -> list[str]:
    """What the rows or cells of a view are called."""
    whole = interface(view)
    children = filter(None, (whole.child(number) for number in range(whole.childCount())))
    return [each.text(NAME) for each in children if each.role() in ITEMS]


def views(root: QWidget) -> list[QAbstractItemView]:
    """The lists, trees and tables that are seen."""
    found = root.findChildren(QAbstractItemView)
    return [each for each in found if each.isVisible() and not isinstance(each, QHeaderView)]


@pytest.mark.parametrize("screen", SCREENS)
def test_what_takes_the_keyboard_has_a_name_and_rows_say_what_they_hold(
    window: MainWindow, project_path: Path, qtbot: QtBot, screen: str
) -> None:
    window.open_project(project_path)
    window.show_screen(screen)
    report = window.workbench.report if screen == "report" and window.workbench is not None else None
    if report is not None:
        qtbot.waitUntil(lambda: bool(report.facts), timeout=30_000)
    assert nameless(window) == []
    for view in views(window):
        assert interface(view).text(NAME), type(view)
        for number, said in enumerate(items(view)):
            is_answer_or_number = view.accessibleName() in ("Answers", "Respondents")  # a cell may be blank
            assert said.strip() or is_answer_or_number, f"{view.accessibleName()}, item {number}"


def test_trees_say_counts_and_no_column_numbers(window: MainWindow, project_path: Path) -> None:
    window.open_project(project_path)
    bench = window.workbench
    assert bench is not None
    code = bench.bridge.codebook.codes[1]
    bench.bridge.project.review.accept(bench.bridge.project.review.waiting_ids()[:1])
    assert items(bench.codebook.tree)[1] == f"{bench.bridge.names[code.id]}, 1 quotation, 2 suggested"
    documents = items(bench.documents.tree)
    assert documents[0] == "Focus groups, 1"
    assert documents[1] == "samtale, Baker 2, Kelner 1, 1 of 4 turns coded"
    for tree in (bench.codebook.tree, bench.documents.tree):
        whole = interface(tree)
        heads = [whole.child(n) for n in range(whole.childCount()) if whole.child(n).role() == ROLE.ColumnHeader]
        assert [each.text(NAME) for each in heads] in ([], [""])


def test_the_steps_of_a_new_study_have_names_too(window: MainWindow, study_path: Path, qtbot: QtBot) -> None:
    window.open_paths([study_path.with_name("samtale.txt"), study_path.with_name("svar.csv")])
    wizard = window.arrivals.desk.wizard
    assert wizard is not None
    qtbot.waitUntil(lambda: not wizard.is_busy, timeout=60_000)
    for step in Step:
        wizard.show_step(step)
        assert nameless(wizard) == [], step
        for view in views(wizard.page):
            assert interface(view).text(NAME), step
