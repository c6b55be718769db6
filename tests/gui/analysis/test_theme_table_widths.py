"""A theme table with many groups shows the last heading whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qualcode.gui.analysis.theme_table_view import ThemeTableView
from qualcode.gui.main_window import MainWindow
from tests.builders import add_survey, code_words, make_code, make_codebook, make_project

GROUPS = ("Baker", "Waiter", "Cook", "Guest", "Driver", "Owner", "Cleaner")


@pytest.mark.parametrize("n_groups", [2, 7])
def test_all_columns_fit_into_a_window_of_1440(window: MainWindow, tmp_path: Path, qtbot: QtBot, n_groups: int) -> None:
    with make_project(tmp_path, make_codebook(make_code("rent"), make_code("the_time_that_is_left"))) as project:
        answers = {"What is hard?": "The rent is high"}
        add_survey(project, [(f"{n}", GROUPS[n % n_groups], answers) for n in range(30 * n_groups)])
        code_words(project, "survey.csv#!2:What is hard?", "The rent", "rent")
        path = project.path
    window.resize(1440, 900)
    window.open_path(path)
    bench = window.workbench
    assert bench is not None
    bench.show_screen("tables")
    qtbot.waitUntil(lambda: bool(bench.tables.findChildren(ThemeTableView)))
    view = bench.tables.findChildren(ThemeTableView)[0]
    qtbot.waitUntil(lambda: view.columnWidth(0) > 0 and view.model().columnCount() == n_groups + 2)
    total = sum(view.columnWidth(at) for at in range(view.model().columnCount()))
    assert total <= view.viewport().width()
    assert view.horizontalScrollBar().maximum() == 0
