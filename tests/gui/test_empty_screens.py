"""What each screen says as long as there is nothing to show on it, and what its button does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, QEvent, QObject, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from qualcode.gui.main_window import MainWindow
from qualcode.gui.widgets.empty import Empty
from qualcode.gui.workbench import Workbench
from qualcode.project.project import Project
from tests.builders import add_session, make_project

SCREENS = ("code", "review", "tables", "respondents", "agreement", "memos", "report", "find")


@pytest.fixture
def bench(window: MainWindow, tmp_path: Path) -> Iterator[Workbench]:
    """A project with nothing in it."""
    window.resize(1280, 800)
    path = tmp_path / "new.qualcode"
    Project.create(path, "New").close()
    window.open_project(path)
    assert window.workbench is not None
    yield window.workbench


def shown(bench: Workbench, screen: str) -> Empty:
    bench.show_screen(screen)
    until = QDeadlineTimer(30_000)
    found: list[Empty] = []
    while len(found) != 1 and not until.hasExpired():  # some screens read on a worker first
        QApplication.processEvents()
        found = [each for each in bench.findChildren(Empty) if each.isVisible()]
    assert len(found) == 1, screen
    QApplication.processEvents()
    return found[0]


def press(empty: Empty) -> None:
    QTest.mouseClick(empty.button, Qt.MouseButton.LeftButton)


def test_each_screen_of_a_new_project_says_what_to_do_in_its_middle(bench: Workbench) -> None:
    for screen in SCREENS:
        if screen == "review":
            continue  # tests/gui/review
        empty = shown(bench, screen)
        place = QRect(empty.mapTo(bench, empty.rect().topLeft()), empty.size())
        assert place.height() > 300 and place.width() > 300, screen
        assert all(len(part) > 8 for part in empty.accessibleName().split(". ")), screen
        covered = [each for each in bench.findChildren(QAbstractItemView) if each.isVisible()]
        for view in covered:
            there = QRect(view.mapTo(bench, view.rect().topLeft()), view.size())
            assert screen == "find" or not there.intersects(place), screen


def test_tables_without_material_offer_neither_a_copy_nor_a_file(bench: Workbench) -> None:
    shown(bench, "tables")
    for made in (bench.tables.leaving.copy_button, bench.tables.leaving.export_button):
        assert not made.isVisible()


def test_a_new_memo_begins_with_the_button(bench: Workbench) -> None:
    press(shown(bench, "memos"))
    assert not [each for each in bench.findChildren(Empty) if each.isVisible()] or bench.memos.picker.isVisible()


def test_from_the_report_without_quotations_one_comes_to_the_texts(bench: Workbench) -> None:
    press(shown(bench, "report"))
    assert bench.screen_name == "code"


def test_one_coder_comes_to_samples_of_which_there_are_none_yet(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    with make_project(tmp_path) as project:
        add_session(
            project,
            "Team",
            [(name, f"{name} says this.") for name in "ABCDEFGHIJ"],
            dict.fromkeys("ABCDEFGHIJ", "Staff"),
        )
        path = project.path
    window.open_project(path)
    bench = window.workbench
    assert bench is not None
    bench.show_screen("agreement")
    qtbot.waitUntil(lambda: bench.agreement.is_empty)
    assert bench.agreement.working_keys() == [] and not bench.agreement.copy_table.isVisible()
    press(shown(bench, "agreement"))
    samples = bench.agreement.samples
    assert bench.agreement.sides_key == "samples" and bench.agreement.sides.chosen == "samples"
    empty = shown(bench, "agreement")
    assert not samples.table_view.isVisible() and not samples.units_view.isVisible()
    press(empty)
    assert not empty.isVisible() and samples.table_view.isVisible() and samples.units_view.isVisible()
    window.actions_table["undo"].trigger()
    assert empty.isVisible() and not samples.units_view.isVisible()


def test_without_texts_no_sample_can_be_drawn(bench: Workbench) -> None:
    press(shown(bench, "agreement"))
    empty = shown(bench, "agreement")
    assert not empty.button.isVisible() and not bench.agreement.samples.draw_button.isVisible()


def test_the_button_is_never_a_window_of_its_own(qtbot: QtBot) -> None:
    shown_alone: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QAbstractButton) and watched.isWindow():
                shown_alone.append(watched.text())
            return False

    application, watch = QApplication.instance(), Watch()
    assert application is not None
    application.installEventFilter(watch)
    empty = Empty("search", "Nothing", "Do something", does="Do it")
    qtbot.addWidget(empty)
    application.removeEventFilter(watch)
    assert shown_alone == []
    assert not empty.button.isHidden()
