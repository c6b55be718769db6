"""The grid by its keys and its mouse: selecting, coding, deciding, filtering, sorting, opening."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qualcode.gui.analysis import counting
from qualcode.gui.background import Job
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.survey.model import Kind
from qualcode.gui.survey.row_delegate import SIDE, text_width, wrapped
from qualcode.gui.survey.screen import SurveyScreen
from qualcode.model.segment import Span


def shown(screen: SurveyScreen) -> list[str]:
    sheet = screen.model.sheet
    assert sheet is not None
    return [sheet.rows.idents[row] for row in screen.model.order]


def picked(screen: SurveyScreen) -> list[str]:
    return [shown(screen)[place] for place in screen.grid.picked_places()]


def cell(screen: SurveyScreen, place: int, kind: Kind) -> str:
    column = next(number for number, each in enumerate(screen.model.columns) if each.kind is kind)
    return str(screen.model.index(place, column).data())


def press(screen: SurveyScreen, key: Qt.Key, *, shift: bool = False) -> None:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(screen.grid, key, held)
    screen._picking.stop()
    screen._show_selection()


def test_the_model_holds_what_qt_asks(screen: SurveyScreen, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(screen.model)  # type: ignore[no-untyped-call]


def test_every_row_says_what_it_holds(screen: SurveyScreen) -> None:
    assert shown(screen) == ["10", "9", "100", "2", "30", "31", "32", "33"]
    assert [column.closed for column in screen.model.columns if column.closed] == ["Trivsel (0-10)", "Skift"]
    assert cell(screen, 2, Kind.ANSWER) == "vet ikke, not counted as an answer"
    assert cell(screen, 5, Kind.ANSWER) == "No answer"
    assert cell(screen, 6, Kind.CODES) == "Taushet, suggested; Tid, suggested"
    assert cell(screen, 2, Kind.CLOSED) == "no answer"
    assert screen.filters.show_which.accessibleName() == "Show"
    assert screen.filters.show_which._buttons["uncoded"].text() == "Uncoded 6"


def test_blank_rows_are_short_and_long_answers_have_three_lines(screen: SurveyScreen) -> None:
    heights = [screen.grid.rowHeight(place) for place in range(8)]
    assert heights[5] < heights[7] < heights[4]
    width = text_width(screen.grid.columnWidth(len(screen.model.columns) - 2))
    lines = screen.grid.delegate.lines(4, width)
    assert len(lines) == 3 and lines[-1].endswith("…")


def test_lines_of_an_answer_stay_lines_and_are_cut_after_the_third(looks: None) -> None:
    assert wrapped("- tid\n\n- rom", 300) == ("- tid", "- rom")
    assert wrapped("a\nb\nc\nd", 300) == ("a", "b", "c…")
    assert wrapped("😀😀 to", 300) == ("😀😀 to",)
    narrow = wrapped("taushetsplikt " * 30, 120)
    assert len(narrow) == 3 and narrow[0].strip() == "taushetsplikt"


def test_rows_are_selected_and_coded_by_keys_in_one_step(screen: SurveyScreen, bridge: ProjectBridge) -> None:
    project = bridge.project
    steps = len(project.history())
    press(screen, Qt.Key.Key_Home)
    for _time in range(2):
        press(screen, Qt.Key.Key_Down, shift=True)
    assert picked(screen) == ["10", "9", "100"]
    assert screen.selection_bar.isVisible()
    assert screen.selection_bar.sentence == "3 rows selected 1 without an answer"
    press(screen, Qt.Key.Key_Return)
    assert screen.picker.isVisible()
    assert screen.picker._length.text() == "code 2 answers"
    field = screen.picker._field
    QTest.keyClicks(field, "rom")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert len(project.history()) == steps + 1
    assert [segment.span for segment in project.segments.of_document(1)] == [Span(0, 30)]
    assert cell(screen, 0, Kind.CODES) == "Rom; Taushet, suggested"
    assert cell(screen, 2, Kind.CODES) == ""
    assert picked(screen) == ["10", "9", "100"], "they stay, for another code"
    project.undo()
    assert cell(screen, 0, Kind.CODES) == "Taushet, suggested"


def test_letters_over_rows_begin_a_code_and_commands_act_on_one_row(screen: SurveyScreen) -> None:
    press(screen, Qt.Key.Key_Home)
    QTest.keyClicks(screen.grid, "t")
    assert screen.picker.isVisible() and screen.picker._field.text() == "t"
    QTest.keyClick(screen.picker._field, Qt.Key.Key_Escape)
    for _time in range(2):
        press(screen, Qt.Key.Key_Down, shift=True)
    for letter in "umoc":
        QTest.keyClicks(screen.grid, letter)
        assert screen.picker.isVisible() and screen.picker._field.text() == letter
        assert screen.picker._length.text() == "code 2 answers"
        QTest.keyClick(screen.picker._field, Qt.Key.Key_Escape)
        assert picked(screen) == ["10", "9", "100"]
    before = screen._bridge.project.review.n_pending()
    QTest.keyClicks(screen.grid, "a")
    assert not screen.picker.isVisible() and screen._bridge.project.review.n_pending() < before
    QTest.keyClicks(screen.grid, "a")
    assert screen.picker.isVisible(), "nothing waits any more"


def test_rows_without_an_answer_are_not_coded(screen: SurveyScreen, bridge: ProjectBridge) -> None:
    screen.grid.pick(2)
    press(screen, Qt.Key.Key_Return)
    assert not screen.picker.isVisible()
    room = bridge.code_keyed("room")
    assert room is not None
    screen.code_selected(room.id)
    assert bridge.project.segments.count() == 0


def test_a_lot_done_is_told(screen: SurveyScreen, bridge: ProjectBridge, qtbot: QtBot) -> None:
    screen.grid.selectAll()
    room = bridge.code_keyed("room")
    assert room is not None
    with qtbot.waitSignal(screen.done) as told:
        screen.code_selected(room.id)
    assert told.args == ["Coded 6 answers: Rom"]
    assert screen.filters.show_which._buttons["uncoded"].text() == "Uncoded 0"


def test_suggestions_of_the_selected_rows_are_accepted_and_rejected(
    screen: SurveyScreen, bridge: ProjectBridge
) -> None:
    before = bridge.project.review.n_pending()
    press(screen, Qt.Key.Key_End)
    press(screen, Qt.Key.Key_Up)
    assert picked(screen) == ["32"]
    press(screen, Qt.Key.Key_A)
    assert bridge.project.review.n_pending() == before - 2
    assert cell(screen, 6, Kind.CODES) == "Taushet; Tid"
    press(screen, Qt.Key.Key_Home)
    press(screen, Qt.Key.Key_R)
    assert bridge.project.review.n_pending() == before - 3
    assert cell(screen, 0, Kind.CODES) == ""


def test_a_code_is_taken_off_by_its_cross_and_by_a_key(screen: SurveyScreen, bridge: ProjectBridge) -> None:
    room = bridge.code_keyed("room")
    assert room is not None
    screen.grid.pick(7)
    screen.code_selected(room.id)
    grid = screen.grid
    column = len(screen.model.columns) - 1
    (chip,) = grid.delegate.chips_of(7, text_width(grid.columnWidth(column)))
    inside = chip.cross.center()
    at = QPoint(
        grid.columnViewportPosition(column) + SIDE + round(inside.x()),
        grid.rowViewportPosition(7) + 9 + round(inside.y()),
    )
    QTest.mouseMove(grid.viewport(), at)
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert bridge.project.segments.count() == 0
    screen.grid.pick(7)
    screen.code_selected(room.id)
    press(screen, Qt.Key.Key_Delete)
    assert screen.picker._model.rowCount() == 1, "a code that is not on the answer is not offered"
    QTest.keyClick(screen.picker._field, Qt.Key.Key_Return)
    assert bridge.project.segments.count() == 0


def test_taking_off_a_code_where_there_is_none_is_told(screen: SurveyScreen, qtbot: QtBot) -> None:
    screen.grid.pick(7)
    with qtbot.waitSignal(screen.done) as told:
        press(screen, Qt.Key.Key_Delete)
    assert told.args == ["The selected answer has no code."]
    assert not screen.picker.isVisible()


def test_shift_with_home_and_end_selects_to_the_first_and_the_last_row(screen: SurveyScreen) -> None:
    screen.grid.pick(5)
    press(screen, Qt.Key.Key_End, shift=True)
    assert picked(screen) == ["31", "32", "33"]
    press(screen, Qt.Key.Key_Home, shift=True)
    assert picked(screen) == ["10", "9", "100", "2", "30", "31"]


def test_a_code_to_filter_by_is_typed(screen: SurveyScreen) -> None:
    code = screen.filters.code
    code.setFocus()
    QTest.keyClick(code, Qt.Key.Key_Space)
    assert code.picker is not None and code.picker.isVisible()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, "rom")
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert not code.picker.isVisible() and code.hasFocus()
    assert code.key == "room" and code.accessibleName() == "Codes: Rom"
    QTest.mouseClick(code, Qt.MouseButton.LeftButton)
    assert code.picker._list.currentIndex().data() == "Rom", "what is chosen is where the keyboard begins"


def test_the_status_bar_names_no_letters_while_words_are_typed(screen: SurveyScreen, qtbot: QtBot) -> None:
    with qtbot.waitSignal(screen.keys_changed):
        screen.filters.words.setFocus()
    assert screen.working_keys() == [("Enter", "to the answers")]
    QTest.keyClick(screen.filters.words, Qt.Key.Key_Return)
    assert screen.grid.hasFocus() and picked(screen) == ["10"]
    assert ("U", "next uncoded") in screen.working_keys()


def test_next_uncoded_goes_round_and_passes_over_what_is_no_answer(screen: SurveyScreen, bridge: ProjectBridge) -> None:
    found = []
    for _time in range(7):
        press(screen, Qt.Key.Key_U)
        found += picked(screen)
    assert found == ["10", "9", "2", "30", "32", "33", "10"]


def test_filters_and_search(screen: SurveyScreen, qtbot: QtBot) -> None:
    bar = screen.filters
    QTest.mouseClick(bar.show_which._buttons["blank"], Qt.MouseButton.LeftButton)
    assert shown(screen) == ["100", "31"]
    QTest.mouseClick(bar.show_which._buttons["all"], Qt.MouseButton.LeftButton)
    bar.group.choose("Kelner", report=True)
    assert shown(screen) == ["9", "100", "33"]
    bar.code.choose("hindrances", report=True)
    assert shown(screen) == ["9"], "a theme takes in the codes below it"
    with qtbot.waitSignal(bar.wanted_changed):
        QTest.keyClicks(bar.words, "krokodille")
    assert shown(screen) == []
    assert screen._empty.isVisible()
    QTest.mouseClick(screen._empty.button, Qt.MouseButton.LeftButton)
    assert len(shown(screen)) == 8
    assert not screen._empty.isVisible()
    assert bar.group.accessibleName() == "Group: All"


def test_rows_that_are_coded_stay_until_they_are_filtered_again(screen: SurveyScreen, bridge: ProjectBridge) -> None:
    time = bridge.code_keyed("time")
    assert time is not None
    bar = screen.filters
    QTest.mouseClick(bar.show_which._buttons["uncoded"], Qt.MouseButton.LeftButton)
    screen.grid.pick(0)
    screen.code_selected(time.id)
    assert "10" in shown(screen)
    QTest.mouseClick(bar.show_which._buttons["uncoded"], Qt.MouseButton.LeftButton)
    assert "10" not in shown(screen)


def test_a_head_sorts_up_then_down_then_as_imported(screen: SurveyScreen) -> None:
    header = screen.grid.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(0) + 10, header.height() // 2)
    orders = []
    for _time in range(3):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
        orders.append(shown(screen)[:2])
    assert orders == [["2", "9"], ["100", "33"], ["10", "9"]]
    screen.filters.sort.choose("-closed:Trivsel (0-10)", report=True)
    assert shown(screen)[:2] == ["9", "10"]


def test_the_picked_row_stays_picked_when_it_is_sorted(screen: SurveyScreen) -> None:
    screen.grid.pick(3)
    screen.filters.sort.choose("-ident", report=True)
    assert picked(screen) == ["2"]


def test_another_question_is_shown(screen: SurveyScreen) -> None:
    screen.filters.question.choose(screen.filters.question.choices[1].key, report=True)
    assert cell(screen, 1, Kind.ANSWER) == "Mer tid"
    assert screen.filters.show_which._buttons["blank"].text() == "Blank 5"


def test_closed_answers_are_hidden_and_shown(screen: SurveyScreen) -> None:
    menu = screen.filters.columns.menu()
    assert menu is not None
    menu.actions()[0].trigger()
    assert [column.closed for column in screen.model.columns if column.closed] == ["Skift"]
    menu.actions()[-1].trigger()
    assert len([column for column in screen.model.columns if column.closed]) == 2


def test_an_answer_opens_in_the_text(screen: SurveyScreen, qtbot: QtBot) -> None:
    screen.grid.pick(0)
    with qtbot.waitSignal(screen.place_opened) as opened:
        press(screen, Qt.Key.Key_O)
    assert opened.args == [1, Span(0, 30)]
    screen.grid.pick(5)
    with qtbot.assertNotEmitted(screen.place_opened):
        press(screen, Qt.Key.Key_O)


def test_escape_lets_the_selection_go(screen: SurveyScreen) -> None:
    press(screen, Qt.Key.Key_Home)
    assert screen.selection_bar.isVisible()
    press(screen, Qt.Key.Key_Escape)
    assert not screen.selection_bar.isVisible()
    assert picked(screen) == []


def test_others_are_hidden_while_coding_blind(screen: SurveyScreen, bridge: ProjectBridge) -> None:
    project = bridge.project
    room = bridge.code_keyed("room")
    assert room is not None
    project.coder_name = "Ola"
    screen.grid.pick(7)
    screen.code_selected(room.id)
    project.coder_name = "Ingrid Haugen"
    assert cell(screen, 7, Kind.CODES) == "Rom"
    bridge.set_blind(True)
    assert cell(screen, 7, Kind.CODES) == ""


def test_very_many_answers_are_read_away_from_the_window(
    screen: SurveyScreen, bridge: ProjectBridge, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "QUICK_ROWS", 0)
    before, (first, second) = screen.model.sheet, screen._questions
    time = bridge.code_keyed("time")
    assert before is not None and time is not None
    screen.show_question(second.id)
    assert screen.model.sheet is before, "the rows that were there stay until the others come"
    helped = [each.id for each in bridge.project.documents.all() if each.question == second.text]
    bridge.project.survey.code(helped, time.id)
    qtbot.waitUntil(lambda: screen.model.sheet is not before)
    now = screen.model.sheet
    assert now.asked == second
    assert cell(screen, 1, Kind.CODES) == "Tid", "what was coded meanwhile is there"
    assert cell(screen, 1, Kind.ANSWER) == "Mer tid", "words are read from the open project"
    screen.show_question(first.id)
    screen.show_question(second.id)
    screen.show_question(first.id)
    qtbot.waitUntil(lambda: screen.model.sheet is not now)
    assert screen.model.sheet.asked == first, "the last wish holds"
    qtbot.waitUntil(lambda: not Job._running)
    assert screen.model.sheet.asked == first


def test_what_covers_the_last_row_can_be_scrolled_away(screen: SurveyScreen) -> None:
    screen.resize(1000, 330)
    press(screen, Qt.Key.Key_End)
    grid = screen.grid
    bottom = grid.rowViewportPosition(7) + grid.rowHeight(7)
    top_of_bar = screen.selection_bar.mapTo(screen, QPoint()).y() - grid.viewport().mapTo(screen, QPoint()).y()
    assert bottom <= top_of_bar


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_it_is_drawn(screen: SurveyScreen, appearance: str) -> None:
    from qualcode.gui.resources.theme import theme, tokens

    theme().follow(appearance)
    screen.grid.pick(1)
    image = screen.grab().toImage()
    points = {(x, y) for x in range(0, image.width(), 5) for y in range(0, image.height(), 5)}
    colours = {image.pixelColor(x, y).name().upper() for x, y in points}
    assert {tokens().select, tokens().surface, tokens().window} <= colours
