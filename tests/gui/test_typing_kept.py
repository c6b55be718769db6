"""What is being typed into a cell is written when the project, or the window, is closed over it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from qualcode.gui.analysis.framework_page import FrameworkPage
from qualcode.gui.analysis.pages import FRAMEWORK
from qualcode.gui.main_window import MainWindow
from qualcode.gui.respondents.model import Kind, PersonColumn
from qualcode.gui.workbench import Workbench
from qualcode.model.framework import FrameworkRows
from qualcode.project.project import Project


def summaries(project: Project) -> list[str]:
    return [each.content for each in project.framework.matrix(FrameworkRows.RESPONDENT).summaries.values()]


def shifts(project: Project) -> list[str]:
    return sorted(filter(None, (each.attributes.get("Shift") for each in project.respondents.all())))


def names(project: Project) -> list[str]:
    return [code.name.in_language("nb") for code in project.codebook.current().codes if code.key == "time"]


def open_summary(workbench: Workbench, qtbot: QtBot) -> None:
    workbench.tables.show_page(FRAMEWORK)
    page = workbench.tables.page
    assert isinstance(page, FrameworkPage)
    qtbot.waitUntil(lambda: page.model.rowCount() > 0)
    workbench.tables.focus()
    page.table_view.setCurrentIndex(page.model.index(0, 1))
    QTest.keyClick(page.table_view, Qt.Key.Key_Return)


def open_attribute(workbench: Workbench, _qtbot: QtBot) -> None:
    screen = workbench.respondents
    column = screen.model.columns.index(PersonColumn(Kind.ATTRIBUTE, "Shift"))
    screen.view.setFocus()
    screen.view.setCurrentIndex(screen.model.index(1, column))
    QTest.keyClick(screen.view, Qt.Key.Key_Return)


def open_name(workbench: Workbench, _qtbot: QtBot) -> None:
    code = workbench.bridge.code_keyed("time")
    assert code is not None
    workbench.codebook.show_code(code.id)
    workbench.codebook.tree.setFocus()
    QTest.keyClick(workbench.codebook.tree, Qt.Key.Key_F2)


@pytest.mark.parametrize("how", ["window", "project"])
@pytest.mark.parametrize(
    ("action", "begin", "written", "after"),
    [
        ("show_tables", open_summary, summaries, ["Trangt."]),
        ("show_respondents", open_attribute, shifts, ["Trangt.", "early"]),
        ("show_code", open_name, names, ["Trangt."]),
    ],
    ids=["summary", "attribute", "name"],
)
def test_what_is_being_typed_is_kept(
    window: MainWindow,
    project_path: Path,
    qtbot: QtBot,
    how: str,
    action: str,
    begin: Callable[[Workbench, QtBot], None],
    written: Callable[[Project], list[str]],
    after: list[str],
) -> None:
    with Project.open(project_path) as project:
        project.review.accept_all()
        project.respondents.set_attribute([project.respondents.all()[0].id], "Shift", "early")
    window.open_project(project_path)
    window.actions_table[action].trigger()
    assert window.workbench is not None
    begin(window.workbench, qtbot)
    field: QWidget | None = QApplication.focusWidget()
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    field.selectAll()
    QTest.keyClicks(field, "Trangt.")
    if how == "window":
        window.close()
    else:
        window.close_project()
    with Project.open(project_path) as project:
        assert written(project) == after
