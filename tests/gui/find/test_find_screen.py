"""Finding in the window: typed, filtered, opened in the text, walked through, coded in one step."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from qualcode.analysis.filtering import parse_filter
from qualcode.gui.find.model import ENTRY, Head
from qualcode.gui.find.screen import FindScreen
from qualcode.gui.find.snippet import excerpt
from qualcode.gui.main_window import MainWindow
from qualcode.gui.workbench import Workbench
from qualcode.model.memo import PROJECT
from qualcode.model.segment import Span
from qualcode.project.search import Hit

_PATIENCE = 30_000  # milliseconds: libraries are loaded by the first search, on a busy machine slowly


@pytest.fixture
def bench(window: MainWindow, project_path: Path) -> Workbench:
    window.open_path(project_path)
    assert window.workbench is not None
    window.actions_table["find"].trigger()
    assert window.workbench.screen_name == "find"
    return window.workbench


def looked_for(qtbot: QtBot, screen: FindScreen, words: str) -> list[str]:
    """Types words and waits; the rows of the list as text."""
    screen.field.clear()
    QTest.keyClicks(screen.field, words)
    QTest.keyClick(screen.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not screen.is_searching, timeout=_PATIENCE)
    return [str(screen.model.index(row, 0).data()) for row in range(screen.model.rowCount())]


def test_what_is_typed_is_found_everywhere(qtbot: QtBot, bench: Workbench) -> None:
    screen = bench.search
    assert bench.window().focusWidget() is screen.field
    bench.bridge.project.memos.add(PROJECT, "Taushetsplikten kommer igjen.", title="Første dag")
    rows = looked_for(qtbot, screen, "taushetsplikt")
    assert [row for row in rows if row.endswith(")")] == [
        "samtale (2)",
        "Hva er vanskelig? (1)",
        "In memos (1)",
    ]
    assert screen.count_text == "3 turns and answers  ·  3 places"
    QAbstractItemModelTester(screen.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert looked_for(qtbot, screen, "room") == ["In the codebook (1)", "Rom: Room"]


def test_a_pause_in_typing_begins_the_search(qtbot: QtBot, bench: Workbench) -> None:
    QTest.keyClicks(bench.search.field, "kjøkken")
    qtbot.waitUntil(lambda: bench.search.found is not None, timeout=_PATIENCE)
    assert bench.search.model.rowCount() > 1


def test_enter_searches_and_goes_into_the_list(qtbot: QtBot, window: MainWindow, bench: Workbench) -> None:
    window.activateWindow()
    qtbot.waitUntil(lambda: bench.search.field.hasFocus())
    looked_for(qtbot, bench.search, "taushetsplikt")
    assert window.focusWidget() is bench.search.view
    QTest.keyClick(bench.search.view, Qt.Key.Key_Return)
    assert bench.screen_name == "code"


def test_filters_narrow_and_mode_changes_what_is_found(qtbot: QtBot, bench: Workbench) -> None:
    screen = bench.search
    looked_for(qtbot, screen, "tid")
    assert screen.found is not None and len(screen.found.hits) == 2
    screen.chips.set_where(parse_filter(["session=Skift A"]), report=True)
    qtbot.waitUntil(lambda: not screen.is_searching, timeout=_PATIENCE)
    assert [hit.speaker for hit in screen.found.hits] == ["Kelner 2"]
    screen.chips.clear()
    screen.mode.choose("regex")
    assert looked_for(qtbot, screen, "(a+)+b") == []
    assert "without end" in screen._empty.accessibleName()


def test_enter_opens_the_place_and_f3_walks_through_all(qtbot: QtBot, window: MainWindow, bench: Workbench) -> None:
    screen = bench.search
    looked_for(qtbot, screen, "taushetsplikt")
    if window.focusWidget() is screen.field:  # nobody typed into a window that is not active
        QTest.keyClick(screen.field, Qt.Key.Key_Return)
    assert window.focusWidget() is screen.view
    QTest.keyClick(screen.view, Qt.Key.Key_Return)
    assert bench.screen_name == "code"
    assert bench.coding.view.selected_text() == "taushetsplikt"
    assert len(bench.coding.view.text.found) == 2
    window.actions_table["find_next"].trigger()
    assert bench.coding.view.selected_text() == "Taushetsplikten"
    window.actions_table["find_next"].trigger()
    reading = bench.coding.reading
    assert reading is not None and reading.title == "Hva er vanskelig?"
    window.actions_table["find_previous"].trigger()
    assert bench.coding.view.selected_text() == "Taushetsplikten"
    QTest.keyClick(bench.coding.view, Qt.Key.Key_Escape)
    QTest.keyClick(bench.coding.view, Qt.Key.Key_Escape)
    assert bench.coding.view.text.found == {}


def test_all_that_is_selected_is_coded_in_one_step(qtbot: QtBot, bench: Workbench) -> None:
    screen, project = bench.search, bench.bridge.project
    looked_for(qtbot, screen, "er")
    n = len([hit for hit in screen.model.hits() if not hit.is_moderator])
    QTest.keyClick(screen.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(screen.coding.selected_hits()) == n > 1
    QTest.keyClick(screen.view, Qt.Key.Key_C)
    field = screen.coding.picker.findChild(QLineEdit)
    assert field is not None and screen.coding.picker.isVisible()
    QTest.keyClicks(field, "tid")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert project.segments.count() == n
    time = bench.bridge.code_keyed("time")
    assert time is not None
    coded = {(each.document_id, each.span) for each in project.segments.of_code(time.id)}
    assert coded == {(hit.document_id, hit.span) for hit in screen.model.hits() if not hit.is_moderator}
    project.undo()
    assert project.segments.count() == 0


def test_headings_fold_by_key_and_mouse(qtbot: QtBot, bench: Workbench) -> None:
    screen = bench.search
    rows = len(looked_for(qtbot, screen, "taushetsplikt"))
    head = screen.model.index(0, 0)
    assert isinstance(head.data(ENTRY), Head)
    screen.view.setCurrentIndex(head)
    QTest.keyClick(screen.view, Qt.Key.Key_Left)
    assert screen.model.rowCount() == rows - 2
    place = screen.view.visualRect(screen.model.index(0, 0)).center()
    QTest.mouseClick(screen.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert screen.model.rowCount() == rows


def test_what_changes_is_searched_for_again(qtbot: QtBot, bench: Workbench) -> None:
    screen, project = bench.search, bench.bridge.project
    screen.chips.set_where(parse_filter(["code=time"]))
    assert looked_for(qtbot, screen, "tid") == []
    hit = project.search.find("tid")[0]
    time = bench.bridge.code_keyed("time")
    assert time is not None
    project.segments.add(hit.document_id, hit.span, time.id)
    qtbot.waitUntil(lambda: screen.found is not None and len(screen.found.hits) == 1, timeout=_PATIENCE)
    bench.show_screen("code")
    project.undo()
    bench.show_screen("find")
    qtbot.waitUntil(lambda: screen.found is not None and not screen.found.hits, timeout=_PATIENCE)


def test_an_excerpt_keeps_the_words_found_in_sight() -> None:
    text = "ord " * 100 + "😀 funnet her\nog mer " + "ord " * 200
    at = text.index("funnet")
    shown, found = excerpt(text, [Span(1000 + at, 1000 + at + 6)], 1000)
    assert [shown[start:end] for start, end in found] == ["funnet"]
    assert shown.startswith("…") and shown.endswith("…") and "\n" not in shown


def test_the_list_says_who_speaks(qtbot: QtBot, bench: Workbench) -> None:
    rows = looked_for(qtbot, bench.search, "kjøkken")
    assert rows[1].startswith("Baker 1: ")
    hit = bench.search.model.index(1, 0).data(ENTRY)
    assert isinstance(hit, Hit) and hit.group == "Baker"


def test_a_search_that_fails_says_so_and_ends(qtbot: QtBot, bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise ValueError("a bug")

    monkeypatch.setattr("qualcode.gui.find.screen.search", broken)
    with qtbot.waitSignal(bench.search.failed):
        bench.search.look_for("tid")
    assert not bench.search.is_searching and bench.search.count_text == ""


def test_c_without_a_selection_codes_the_row_of_the_keyboard(qtbot: QtBot, bench: Workbench) -> None:
    screen = bench.search
    looked_for(qtbot, screen, "taushetsplikt")
    assert screen.coding.selected_hits() == []
    QTest.keyClick(screen.view, Qt.Key.Key_C)
    assert screen.coding.picker.isVisible() and [hit.speaker for hit in screen.coding.selected_hits()] == ["Baker 1"]
