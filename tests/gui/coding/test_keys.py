"""Coding by keys and by dragging: turns, sentences, extents, jumps from place to place."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcode.gui.actions import local_keys
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.codebook.tree import mime_of_code
from qualcode.gui.coding.screen import CodingScreen
from qualcode.gui.documents.model import DocumentsModel
from qualcode.gui.main_window import MainWindow
from qualcode.model.codebook import Codebook, MatchRule
from qualcode.model.segment import Segment, Span
from qualcode.project.project import Project
from qualcode.store import settings as store_settings
from tests.builders import add_session, code_words, make_project

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def screen(qtbot: QtBot, bridge: ProjectBridge) -> CodingScreen:
    made = CodingScreen(bridge)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.show_reading(DocumentsModel(bridge).readings[0])
    qtbot.waitExposed(made)
    return made


def code_id(bridge: ProjectBridge, key: str) -> int:
    code = bridge.code_keyed(key)
    assert code is not None
    return code.id


def words_of(bridge: ProjectBridge, key: str) -> list[str]:
    project = bridge.project
    return [
        project.documents.text(segment.document_id)[segment.span.start : segment.span.end]
        for segment in project.segments.of_code(code_id(bridge, key))
    ]


def picked_words(screen: CodingScreen, bridge: ProjectBridge) -> str:
    mark = screen.shown.marks[screen.view.selected_mark or (False, 0)]
    return bridge.project.documents.text(mark.document_id)[mark.span.start : mark.span.end]


def pick_in_picker(screen: CodingScreen, typed: str) -> None:
    assert screen.picker.isVisible()
    QTest.keyClicks(screen.picker._field, typed)
    QTest.keyClick(screen.picker._field, Qt.Key.Key_Return)


def test_a_whole_turn_is_coded_by_one_key(screen: CodingScreen, bridge: ProjectBridge) -> None:
    screen.view.put_cursor(1)
    QTest.keyClick(screen.view, Qt.Key.Key_T)
    pick_in_picker(screen, "rom")
    assert words_of(bridge, "room") == [screen.shown.blocks[1].text]
    screen.decide("close")
    screen.view.put_cursor(2)
    QTest.keyClick(screen.view, Qt.Key.Key_T, SHIFT)
    assert not screen.picker.isVisible()
    assert words_of(bridge, "room") == [screen.shown.blocks[1].text, screen.shown.blocks[2].text]


def test_selected_words_become_a_code_by_one_key(screen: CodingScreen, bridge: ProjectBridge) -> None:
    QTest.keyClick(screen.view, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert not bridge.project.segments.of_code(code_id(bridge, "room")), "nothing is selected"
    block = screen.shown.blocks[1]
    start = block.start + block.text.index("Kjøkkenet er")
    screen.view.show_span(block.document_id, Span(start, start + len("Kjøkkenet er trangt,")))
    QTest.keyClick(screen.view, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert not screen.picker.isVisible()
    code = bridge.codebook.codes[-1]
    assert bridge.name_of(code) == "Kjøkkenet er trangt"
    assert words_of(bridge, code.key) == ["Kjøkkenet er trangt,"]
    bridge.project.undo()
    assert bridge.code_keyed(code.key) is None


def test_sentences_are_coded_one_after_the_other(screen: CodingScreen, bridge: ProjectBridge) -> None:
    screen.view.put_cursor(2)
    QTest.keyClick(screen.view, Qt.Key.Key_S)
    pick_in_picker(screen, "tid")
    QTest.keyClick(screen.view, Qt.Key.Key_S)
    pick_in_picker(screen, "")  # the code that was given last comes first
    assert words_of(bridge, "time") == [
        "Jeg får ikke se oppskriftene 😀 før de er ferdige.",
        "Det er alltid dårlig tid.",
    ]


def test_the_next_uncoded_turn_is_a_respondents(screen: CodingScreen, bridge: ProjectBridge) -> None:
    seen: list[int] = []
    for _step in range(4):
        QTest.keyClick(screen.view, Qt.Key.Key_U)
        place = screen.view.cursor_place
        assert place is not None
        seen.append(place[0])
        screen.walk.select_unit("turn")
        screen.apply_code(code_id(bridge, "room"))
        screen.decide("close")
    assert seen == [1, 2, 3, 4], "the moderator's turn is passed over"
    hints: list[str] = []
    screen.hinted.connect(hints.append)
    QTest.keyClick(screen.view, Qt.Key.Key_U)
    assert hints == ["Every turn here is coded."]


def test_a_quotation_is_widened_and_narrowed_by_word(screen: CodingScreen, bridge: ProjectBridge) -> None:
    block = screen.shown.blocks[1]
    start = block.start + block.text.index("kjøkken")
    screen.show_span(block.document_id, Span(start, start + len("kjøkken")))
    screen.apply_code(code_id(bridge, "room"))
    for key, held, expected in (
        (Qt.Key.Key_Right, ALT, "kjøkken med"),
        (Qt.Key.Key_Left, ALT | SHIFT, "deler kjøkken med"),
        (Qt.Key.Key_Left, ALT, "deler kjøkken"),
        (Qt.Key.Key_Right, ALT | SHIFT, "kjøkken"),
        (Qt.Key.Key_Left, ALT, "kjøkken"),
    ):
        QTest.keyClick(screen.view, key, held)
        assert picked_words(screen, bridge) == expected
    assert bridge.project.undo_name == "Change extent"
    bridge.project.undo()
    assert words_of(bridge, "room") == ["deler kjøkken"]


def test_keys_go_through_the_quotations_of_a_code(screen: CodingScreen, bridge: ProjectBridge) -> None:
    screen.segment_wanted.connect(screen.show_segment)
    room = code_id(bridge, "room")
    for number in (1, 3, 4):
        block = screen.shown.blocks[number]
        bridge.project.segments.add(block.document_id, Span(block.start, block.end), room)
    hints: list[str] = []
    screen.hinted.connect(hints.append)
    QTest.keyClick(screen.view, Qt.Key.Key_J)
    assert len(hints) == 1, "no code is picked yet"
    screen.set_code_in_focus(room)
    seen = []
    for key in (Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_K, Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_J):
        QTest.keyClick(screen.view, key)
        seen.append(picked_words(screen, bridge))
    texts = [screen.shown.blocks[number].text for number in (1, 3, 4)]
    assert seen == [texts[0], texts[1], texts[0], texts[1], texts[2], texts[0]]


def test_the_next_quotation_may_be_in_another_text(window: MainWindow, project_path: object) -> None:
    window.open_path(project_path)  # type: ignore[arg-type]
    bench, bridge = window.workbench, window.bridge
    assert bench is not None and bridge is not None
    answers = bench.documents.model.readings[1].documents
    made: Segment = bridge.project.segments.add(answers[1].id, Span(0, 4), code_id(bridge, "room"))
    bench.codebook.show_code(code_id(bridge, "room"))
    bench.coding.view.setFocus()
    QTest.keyClick(bench.coding.view, Qt.Key.Key_J)
    assert bench.coding.reading is not None and bench.coding.reading.title == "Hva er vanskelig?"
    assert bench.coding.view.selected_mark == (False, made.id)


def test_enter_offers_recent_codes_first(screen: CodingScreen, bridge: ProjectBridge) -> None:
    screen.show_span(1, Span(0, 9))
    screen.apply_code(code_id(bridge, "time"))
    screen.show_span(1, Span(0, 12))
    QTest.keyClick(screen.view, Qt.Key.Key_Return)
    assert screen.picker.isVisible()
    assert screen.picker._model.index(0, 0).data() == "Tid"
    bridge.project.codebook.delete(code_id(bridge, "time"))
    assert bridge.recent_codes == []


def test_codes_given_last_are_offered_first_on_another_day_too(screen: CodingScreen, bridge: ProjectBridge) -> None:
    project = bridge.project
    code_words(project, "samtale.txt", "Jeg får", "secrecy", coder="Somebody else")
    for position, key in enumerate(("time", "room", "time")):
        project.segments.add(1, Span(position, 9), code_id(bridge, key))
    project.review.accept([project.review.waiting()[0].id])
    opened = ProjectBridge(project)
    assert opened.recent_codes == [code_id(bridge, "time"), code_id(bridge, "room")]
    opened.deleteLater()


def test_a_code_that_is_dropped_on_the_selection_codes_it(screen: CodingScreen, bridge: ProjectBridge) -> None:
    view = screen.view
    mime = mime_of_code(code_id(bridge, "time"))
    inside = QPointF(view.point_of(1, 3))
    action = Qt.DropAction.CopyAction
    moved = QDragMoveEvent(inside.toPoint(), action, mime, LEFT, NONE)
    view.dragMoveEvent(moved)
    assert not moved.isAccepted(), "nothing is selected"
    block = screen.shown.blocks[1]
    screen.show_span(block.document_id, Span(block.start, block.start + 9))
    outside = QDragMoveEvent(view.point_of(2, 5), action, mime, LEFT, NONE)
    view.dragMoveEvent(outside)
    assert not outside.isAccepted()
    inside = QPointF(view.point_of(1, 3))
    moved = QDragMoveEvent(inside.toPoint(), action, mime, LEFT, NONE)
    view.dragMoveEvent(moved)
    assert moved.isAccepted()
    view.dropEvent(QDropEvent(inside, action, mime, LEFT, NONE))
    assert words_of(bridge, "time") == ["Vi deler"], "the blank behind the words is no part of the quotation"


def test_a_code_that_is_dropped_on_a_quotation_codes_the_same_words(
    qtbot: QtBot, screen: CodingScreen, bridge: ProjectBridge
) -> None:
    view = screen.view
    block = screen.shown.blocks[1]
    span = Span(block.start, block.start + 8)
    there = bridge.project.segments.add(block.document_id, span, code_id(bridge, "secrecy"))
    mime = mime_of_code(code_id(bridge, "time"))
    action = Qt.DropAction.CopyAction
    inside = view.point_of(1, 3)
    entered = QDragEnterEvent(inside, action, mime, LEFT, NONE)
    QApplication.sendEvent(view.viewport(), entered)
    moved = QDragMoveEvent(inside, action, mime, LEFT, NONE)
    QApplication.sendEvent(view.viewport(), moved)
    assert entered.isAccepted() and moved.isAccepted()
    QApplication.sendEvent(view.viewport(), QDropEvent(QPointF(inside), action, mime, LEFT, NONE))
    (made,) = bridge.project.segments.of_code(code_id(bridge, "time"))
    assert (made.document_id, made.span) == (block.document_id, span)
    assert there in bridge.project.segments.of_code(code_id(bridge, "secrecy"))
    assert view.selected_mark == (False, made.id)
    bridge.project.undo()
    assert bridge.project.segments.of_code(code_id(bridge, "time")) == []


def test_the_selection_can_be_dragged_and_a_click_on_it_lets_it_go(
    screen: CodingScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = screen.view
    block = screen.shown.blocks[3]
    screen.show_span(block.document_id, Span(block.start, block.end))
    dragged: list[bool] = []
    monkeypatch.setattr(view, "_drag_selection", lambda: dragged.append(True))
    place = view.point_of(3, 1)
    QTest.mousePress(view.viewport(), LEFT, pos=place)
    QTest.mouseMove(view.viewport(), place + QPoint(3, 0))
    assert not dragged and view.has_selection()
    QTest.mouseMove(view.viewport(), place + QPoint(40, 20))
    assert dragged
    QTest.mouseRelease(view.viewport(), LEFT, pos=place)
    assert not view.has_selection()


def test_every_key_of_the_text_is_answered(screen: CodingScreen, bridge: ProjectBridge) -> None:
    for each in local_keys():
        if each.place == "text" and each.command:
            screen.decide(each.command)
            screen.picker.close_up()
            screen.view.clear_selection()


def test_no_text_answers_no_key(screen: CodingScreen) -> None:
    screen.show_nothing()
    test_every_key_of_the_text_is_answered(screen, screen._bridge)


def test_enter_picks_one_after_the_other_what_is_coded_at_the_cursor(
    screen: CodingScreen, bridge: ProjectBridge
) -> None:
    block = screen.shown.blocks[1]
    ids = [
        bridge.project.segments.add(block.document_id, Span(block.start, block.start + end), code_id(bridge, key)).id
        for key, end in (("room", 20), ("time", 9))
    ]
    screen.view.put_caret(block.document_id, block.start + 3)
    seen = []
    for _step in range(3):
        QTest.keyClick(screen.view, Qt.Key.Key_Return)
        seen.append(screen.view.selected_mark)
    assert seen == [(False, ids[1]), (False, ids[0]), (False, ids[1])], "the shortest first, then round again"
    assert not screen.picker.isVisible()
    QTest.keyClick(screen.view, Qt.Key.Key_Delete)
    assert words_of(bridge, "time") == []
    hints: list[str] = []
    screen.hinted.connect(hints.append)
    screen.view.put_cursor(0)
    QTest.keyClick(screen.view, Qt.Key.Key_Return)
    assert hints == ["Nothing is coded at the cursor."]


def test_after_a_code_from_the_tree_keys_are_for_the_quotation(window: MainWindow, project_path: object) -> None:
    window.open_path(project_path)  # type: ignore[arg-type]
    bench, bridge = window.workbench, window.bridge
    assert bench is not None and bridge is not None
    order = [code.key for code in bridge.codebook.codes]
    block = bench.coding.shown.blocks[1]
    bench.coding.show_span(block.document_id, Span(block.start, block.start + 8))
    bench.codebook.show_code(code_id(bridge, "room"))
    bench.codebook.tree.setFocus()
    QTest.keyClick(bench.codebook.tree, Qt.Key.Key_Return)
    assert words_of(bridge, "room") == ["Vi deler"]
    assert bench.coding.view.hasFocus()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Right, ALT)
    assert words_of(bridge, "room") == ["Vi deler kjøkken"]
    assert [code.key for code in bridge.codebook.codes] == order, "the code stays where it is in the tree"


def long_talk(folder: Path) -> Path:
    """A project with a talk that is higher than any screen, a suggestion in every tenth turn."""
    with make_project(folder, Codebook("kitchen", ())) as project:
        turns = [
            ("A", "Det er trangt her. " + "Vi baker brød. " * 20 if n % 10 == 5 else f"Svar {n}.") for n in range(80)
        ]
        add_session(project, "Team", turns, {"A": "Leaders"})
        room = project.codebook.add("Room")
        project.codebook.change_rules(room.id, [MatchRule(any=("trang",))])
        project.review.suggest()
        return project.path


@pytest.fixture
def long_screen(window: MainWindow, tmp_path: Path) -> CodingScreen:
    window.open_project(long_talk(tmp_path))
    assert window.workbench is not None
    return window.workbench.coding


def seen(screen: CodingScreen, place: tuple[int, int] | None) -> bool:
    return place is not None and place[0] in screen.view.blocks_seen()


def test_the_next_suggestion_is_the_one_behind_where_one_reads(long_screen: CodingScreen) -> None:
    view, order = long_screen.view, long_screen.shown.suggestion_keys()
    view.put_cursor(30)
    QTest.keyClick(view, Qt.Key.Key_N)
    assert view.selected_mark == order[3]
    QTest.keyClick(view, Qt.Key.Key_Escape)
    view.put_cursor(30)
    QTest.keyClick(view, Qt.Key.Key_P)
    assert view.selected_mark == order[2]
    QTest.keyClick(view, Qt.Key.Key_Escape)
    view.verticalScrollBar().setValue(0)
    QTest.keyClick(view, Qt.Key.Key_N)
    assert view.selected_mark == order[0], "the caret was scrolled away: one reads what is seen"
    QTest.keyClick(view, Qt.Key.Key_Escape)
    view.put_cursor(79)
    QTest.keyClick(view, Qt.Key.Key_N)
    assert view.selected_mark == order[0], "after the last comes the first"


def test_the_next_uncoded_turn_is_one_that_is_seen(long_screen: CodingScreen) -> None:
    view = long_screen.view
    view.put_cursor(2)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    shown = view.blocks_seen()
    assert 2 not in shown
    QTest.keyClick(view, Qt.Key.Key_U)
    assert view.cursor_place is not None and view.cursor_place[0] == shown[0]
    QTest.keyClick(view, Qt.Key.Key_U)
    assert view.cursor_place[0] == shown[1]


def test_undo_leads_to_what_it_took_back(window: MainWindow, long_screen: CodingScreen) -> None:
    screen, view = long_screen, long_screen.view
    undo, redo = window.actions_table["undo"], window.actions_table["redo"]
    first, second = screen.shown.suggestion_keys()[:2]
    QTest.keyClick(view, Qt.Key.Key_N)
    QTest.keyClick(view, Qt.Key.Key_R)
    assert view.selected_mark == second
    undo.trigger()
    assert view.selected_mark == first, "it waits again, and can be decided otherwise"
    assert screen.card.isVisible()
    redo.trigger()
    undo.trigger()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    view.put_cursor(60)
    view.select_turn()
    (room,) = screen._bridge.codebook.codes
    screen.apply_code(room.id)
    view.verticalScrollBar().setValue(0)
    assert not seen(screen, (60, 0))
    undo.trigger()
    assert seen(screen, (60, 0)), "one sees that the quotation is gone"
    assert not screen.card.isVisible()
    view.verticalScrollBar().setValue(0)
    redo.trigger()
    assert seen(screen, (60, 0))
    assert screen.picked is not None and screen.picked.code_id == room.id


def test_undo_on_another_screen_moves_nothing_in_the_text(window: MainWindow, long_screen: CodingScreen) -> None:
    view = long_screen.view
    QTest.keyClick(view, Qt.Key.Key_N)
    QTest.keyClick(view, Qt.Key.Key_A)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    before = view.verticalScrollBar().value()
    window.show_screen("tables")
    window.actions_table["undo"].trigger()
    window.show_screen("code")
    assert view.verticalScrollBar().value() == before
    assert view.selected_mark is None


def test_each_text_is_shown_where_one_was_in_it(window: MainWindow, tmp_path: Path) -> None:
    with Project.open(long_talk(tmp_path)) as project:
        add_session(project, "Night", [("B", "Natt. " * 30)] * 40, {"B": "Bakers"})
        path = project.path
    window.open_project(path)
    bench = window.workbench
    assert bench is not None
    view, bar = bench.coding.view, bench.coding.view.verticalScrollBar()
    first, second = (reading.key for reading in bench.documents.model.readings)
    view.put_cursor(41)
    bar.setValue(bar.value() + 37)
    before, caret = view.point_of(41, 0), view.cursor_place
    bench.documents.pick(second)
    assert bar.value() == 0, "one was not here yet"
    bar.setValue(333)
    bench.documents.pick(first)
    assert (view.point_of(41, 0), view.cursor_place) == (before, caret)
    bench.documents.pick(second)
    assert bar.value() == 333
    bench.documents.pick(first)
    bench._on_place_opened(bench.coding.shown.blocks[5].document_id, Span(0, 5))
    assert view.cursor_place is not None and view.cursor_place[0] == 0, "a place that is asked for goes before"
    bench.documents.pick(second)
    window.actions_table["undo"].trigger()
    assert bench.coding.reading is not None and bench.coding.reading.key == first


def test_the_line_that_offers_undo_stays_above_the_card(window: MainWindow, project_path: Path, qtbot: QtBot) -> None:
    window.open_project(project_path)
    bench = window.workbench
    assert bench is not None
    card, line = bench.coding.card, bench.undo_line
    bench.coding.view.select_turn()
    bench.coding.giving.apply_new_code("Kitchens")

    def overlap() -> bool:
        return line.geometry().intersects(QRect(card.mapTo(bench, QPoint(0, 0)), card.size()))

    assert line.isVisible() and card.isVisible() and not overlap()
    low = card.height()
    bench.coding.decide("next")
    assert card.height() > low, "why it is suggested takes room"
    assert line.isVisible() and not overlap()
    above = line.geometry().top()
    bench.coding.decide("close")
    assert line.geometry().top() > above


def test_undo_of_what_is_not_seen_is_told(window: MainWindow, tmp_path: Path) -> None:
    with Project.open(long_talk(tmp_path)) as project:
        add_session(project, "Night", [("B", "Natt.")], {"B": "Bakers"})
        path = project.path
    window.open_project(path)
    bench = window.workbench
    assert bench is not None
    view, line = bench.coding.view, bench.undo_line
    (room,) = bench.bridge.codebook.codes
    view.select_turn()
    bench.coding.apply_code(room.id)
    first, second = (reading.key for reading in bench.documents.model.readings)
    bench.documents.pick(second)
    window.actions_table["undo"].trigger()
    assert (line.isVisible(), line.sentence) == (True, "Undone: Code")
    assert not line.undo_button.isVisible()
    window.actions_table["redo"].trigger()
    assert line.sentence == "Done again: Code"
    bench.documents.pick(first)
    window.actions_table["undo"].trigger()
    assert not line.isVisible(), "one sees it"
    view.select_turn()
    bench.coding.apply_code(room.id)
    with bench.bridge.project.step("Note the language"):
        store_settings.write(bench.bridge.project.db, "noted", "nb")
    QTest.keyClick(view, Qt.Key.Key_Escape)
    window.actions_table["undo"].trigger()
    assert view.selected_mark is None, "what was coded before has nothing to do with it"
    assert line.sentence == "Undone: Note the language"


def test_the_next_uncoded_turn_is_seen_to_its_end(window: MainWindow, tmp_path: Path) -> None:
    with make_project(tmp_path, Codebook("kitchen", ())) as project:
        turns = [("A", f"Svar {n}. " + "Vi sitter trangt her. " * 20) for n in range(30)]
        add_session(project, "Team", turns, {"A": "Leaders"})
        path = project.path
    window.open_project(path)
    assert window.workbench is not None
    view = window.workbench.coding.view
    view.put_cursor(14)
    first_line = view.point_of(15, 0).y()
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + first_line - view.viewport().height() + 80)
    QTest.keyClick(view, Qt.Key.Key_U)
    assert view.cursor_place is not None and view.cursor_place[0] == 15
    end = view.point_of(15, len(window.workbench.coding.shown.blocks[15].text)).y()
    assert view.point_of(15, 0).y() > 0 and end < view.viewport().height()


def test_next_says_that_no_suggestion_waits(qtbot: QtBot, bridge: ProjectBridge, screen: CodingScreen) -> None:
    bridge.project.review.reject([suggestion for _is, suggestion in screen.shown.suggestion_keys()])
    assert not screen.shown.n_waiting
    with qtbot.waitSignal(screen.hinted) as hinted:
        QTest.keyClick(screen.view, Qt.Key.Key_N)
    assert hinted.args == ["No suggestion waits in this text."]


def test_the_bar_names_the_keys_of_the_tree_while_the_keyboard_is_there(
    window: MainWindow, long_screen: CodingScreen
) -> None:
    assert window.workbench is not None
    tree = window.workbench.codebook.tree
    long_screen.view.setFocus()
    assert ("F2", "rename") not in window.status_bar._shown_keys
    tree.setFocus()
    tree.setCurrentIndex(tree.model().index(0, 0))
    window.bars.show_keys()
    assert ("F2", "rename") in window.status_bar._shown_keys
    QTest.keyClick(tree, Qt.Key.Key_Tab)
    assert ("F2", "rename") not in window.status_bar._shown_keys


def test_how_much_is_coded_is_read_whole_where_room_is_short(long_screen: CodingScreen) -> None:
    facts = long_screen._header._subtitle
    long_screen._counted.timeout.emit()
    assert facts.text().endswith(" turns coded") and "  ·  " in facts.text()
    whole = facts.text()
    facts.resize(facts.sizeHint().width() - 10, facts.height())
    assert facts.text() != whole and facts.text().endswith(" turns coded")
    assert facts.sizeHint().width() <= facts.width() + 2
    facts.resize(1000, facts.height())
    assert facts.text() == whole
