"""Coding: a selection gets a code, suggestions are decided, everything can be undone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.coding.screen import CodingScreen
from qualcode.gui.documents.model import DocumentsModel
from qualcode.i18n import use_language
from qualcode.model.codebook import MatchRule
from qualcode.model.segment import Origin, Span
from qualcode.model.suggestion import Evidence, Proposal

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def screen(qtbot: QtBot, bridge: ProjectBridge) -> CodingScreen:
    made = CodingScreen(bridge)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.show_reading(DocumentsModel(bridge).readings[0])
    qtbot.waitExposed(made)
    return made


def code_id(bridge: ProjectBridge, key: str) -> int:
    code = bridge.code_keyed(key)
    assert code is not None
    return code.id


def test_a_selection_gets_the_code_that_is_applied(screen: CodingScreen, bridge: ProjectBridge) -> None:
    document = screen.reading.documents[0] if screen.reading else None
    assert document is not None
    screen.show_span(document.id, Span(0, 10))
    screen.apply_code(code_id(bridge, "time"))
    (segment,) = bridge.project.segments.of_code(code_id(bridge, "time"))
    assert (segment.span, segment.origin) == (Span(0, 10), Origin.MANUAL)
    assert screen.view.selected_mark == (False, segment.id)
    assert screen.card.isVisible()
    bridge.project.undo()
    assert bridge.project.segments.of_code(code_id(bridge, "time")) == []
    assert screen.view.selected_mark is None
    assert not screen.card.isVisible()


def test_nothing_selected_codes_nothing(screen: CodingScreen, bridge: ProjectBridge) -> None:
    before = bridge.project.segments.count()
    screen.apply_code(code_id(bridge, "time"))
    assert bridge.project.segments.count() == before


def test_typing_over_a_selection_opens_the_picker(screen: CodingScreen, bridge: ProjectBridge) -> None:
    QTest.keyClick(screen.view, Qt.Key.Key_Right, CONTROL_SHIFT)
    QTest.keyClicks(screen.view, "r")
    assert screen.picker.isVisible()
    QTest.keyClicks(screen.picker._field, "om")
    QTest.keyClick(screen.picker._field, Qt.Key.Key_Return)
    assert len(bridge.project.segments.of_code(code_id(bridge, "room"))) == 1


def test_accepting_makes_a_segment_and_shows_the_next(screen: CodingScreen, bridge: ProjectBridge) -> None:
    waiting = bridge.project.review.n_pending()
    QTest.keyClick(screen.view, Qt.Key.Key_N)
    first = screen.view.selected_mark
    assert first is not None and first[0]
    QTest.keyClick(screen.view, Qt.Key.Key_A)
    assert bridge.project.review.n_pending() == waiting - 1
    assert bridge.project.segments.count() == 1
    second = screen.view.selected_mark
    assert second is not None and second[0] and second != first
    bridge.project.undo()
    assert bridge.project.review.n_pending() == waiting
    assert bridge.project.segments.count() == 0


def test_rejecting_takes_the_suggestion_away(screen: CodingScreen, bridge: ProjectBridge) -> None:
    waiting = bridge.project.review.n_pending()
    QTest.keyClick(screen.view, Qt.Key.Key_N)
    QTest.keyClick(screen.view, Qt.Key.Key_R)
    assert bridge.project.review.n_pending() == waiting - 1
    assert bridge.project.segments.count() == 0


def test_a_suggestion_can_get_another_code(screen: CodingScreen, bridge: ProjectBridge) -> None:
    QTest.keyClick(screen.view, Qt.Key.Key_N)
    QTest.keyClick(screen.view, Qt.Key.Key_C)
    assert screen.picker.isVisible()
    screen.picker._field.setText("tid")
    QTest.keyClick(screen.picker._field, Qt.Key.Key_Return)
    assert len(bridge.project.segments.of_code(code_id(bridge, "time"))) == 1


def test_a_quotation_is_recoded_and_uncoded(screen: CodingScreen, bridge: ProjectBridge) -> None:
    document = screen.reading.documents[0] if screen.reading else None
    assert document is not None
    screen.show_span(document.id, Span(0, 10))
    screen.apply_code(code_id(bridge, "time"))
    QTest.keyClick(screen.view, Qt.Key.Key_C)
    screen.picker._field.setText("rom")
    QTest.keyClick(screen.picker._field, Qt.Key.Key_Return)
    assert len(bridge.project.segments.of_code(code_id(bridge, "room"))) == 1
    QTest.keyClick(screen.view, Qt.Key.Key_Delete)
    assert bridge.project.segments.count() == 0
    assert not screen.card.isVisible()


def test_words_made_a_code_leave_a_quotation_alone_that_was_to_get_another_code(
    screen: CodingScreen, bridge: ProjectBridge
) -> None:
    screen.show_span(1, Span(0, 10))
    screen.apply_code(code_id(bridge, "time"))
    QTest.keyClick(screen.view, Qt.Key.Key_C)
    QTest.keyClick(screen.picker._field, Qt.Key.Key_Escape)
    words = Span(11, 18)
    screen.show_span(1, words)
    QTest.keyClick(screen.view, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    (kept,) = bridge.project.segments.of_code(code_id(bridge, "time"))
    assert kept.span == Span(0, 10)
    made = next(code for code in bridge.codebook.codes if code.key not in ("hindrances", "secrecy", "time", "room"))
    assert [each.span for each in bridge.project.segments.of_code(made.id)] == [words]


def test_very_long_words_become_codes_of_their_own(screen: CodingScreen, bridge: ProjectBridge) -> None:
    long = ["kjøkken" * 8, "oppskrift" * 8]
    bridge.project.documents.correct(1, Span(0, 10), " og ".join(long))
    for word in long:
        start = bridge.project.documents.text(1).index(word)
        screen.show_span(1, Span(start, start + len(word)))
        screen.decide("in_vivo")
    assert [bridge.names[code.id][:5] for code in bridge.codebook.codes[-2:]] == ["kjøkk", "oppsk"]


def test_a_code_of_a_name_is_found_however_its_letters_are_put_together(
    screen: CodingScreen, bridge: ProjectBridge
) -> None:
    bridge.project.codebook.add("Kafé")
    screen.show_span(1, Span(0, 10))
    screen.giving.apply_new_code("Kafe\u0301")
    assert len(bridge.codebook.codes) == 5


def test_the_keys_that_are_shown_are_those_that_work(screen: CodingScreen) -> None:
    assert [key for key, _text in screen.working_keys()] == ["U", "T", "S", "N"]
    screen.decide("next")
    assert [key for key, _text in screen.working_keys()] == ["A", "R", "C", "Alt ←→", "N"]
    screen.decide("close")
    QTest.keyClick(screen.view, Qt.Key.Key_Right, CONTROL_SHIFT)
    assert [key for key, _text in screen.working_keys()] == ["letters", "Enter", "F4"]
    screen.walk.select_unit("turn")
    screen.giving._on_code_picked(next(iter(screen._bridge.names)))
    assert [key for key, _text in screen.working_keys()] == ["Alt ←→", "C", "Del", "J"]


def test_the_last_suggestion_leads_back_to_the_first(screen: CodingScreen) -> None:
    n = len(screen.shown.suggestion_keys())
    assert n > 1
    screen.decide("next")
    first = screen.view.selected_mark
    for _step in range(n):
        screen.decide("next")
    assert screen.view.selected_mark == first
    screen.decide("previous")
    assert screen.view.selected_mark == screen.shown.suggestion_keys()[-1]


def test_the_picked_sentence_is_never_under_the_card(screen: CodingScreen, qtbot: QtBot) -> None:
    screen.resize(900, 420)
    for key in screen.shown.suggestion_keys():
        screen.pick(key)
        mark = screen.shown.marks[key]
        number = screen.view.text.numbers_of(mark.document_id, mark.span)[0]
        point = screen.view.point_of(number, 0)
        assert screen.view.mapTo(screen, point).y() < screen.card.y()


def test_selected_words_become_a_code_in_one_step(screen: CodingScreen, bridge: ProjectBridge, qtbot: QtBot) -> None:
    screen.show_span(1, Span(0, 15))
    words = screen.view.selected_text().strip()
    before = len(bridge.codebook.codes)
    QTest.keyClicks(screen.view, "x")
    with qtbot.waitSignal(screen.done):
        QTest.keyClick(screen.picker._field, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    new = next(code for code in bridge.codebook.codes if bridge.names[code.id] == words)
    assert [segment.span for segment in bridge.project.segments.of_code(new.id)] == [Span(0, 15)]
    bridge.project.undo()
    assert (len(bridge.codebook.codes), bridge.project.segments.count()) == (before, 0)


def test_a_typed_name_becomes_a_code_and_a_known_name_is_taken(screen: CodingScreen, bridge: ProjectBridge) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    for name, n_codes in (("Lukt", 5), ("lukt", 5), ("Tid", 5)):
        screen.show_span(1, Span(0, 15 + len(bridge.project.history())))
        QTest.keyClicks(screen.view, name[0])
        screen.picker._field.setText(name)
        QTest.keyClick(screen.picker._field, Qt.Key.Key_N, control)
        assert len(bridge.codebook.codes) == n_codes
    assert bridge.project.segments.count() == 3


def test_a_quotation_splits_off_to_a_new_code_and_others_follow(
    screen: CodingScreen, bridge: ProjectBridge, qtbot: QtBot
) -> None:
    time = code_id(bridge, "time")
    for end in (9, 12):
        screen.show_span(1, Span(0, end))
        screen.apply_code(time)
    QTest.keyClick(screen.view, Qt.Key.Key_C)
    field = screen.picker._field
    QTest.keyClick(field, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert screen.picker.isVisible(), "nothing is selected to be a code"
    QTest.keyClicks(field, "Hast")
    with qtbot.waitSignal(screen.done):
        QTest.keyClick(field, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    names = [bridge.names[code.id] for code in bridge.codebook.codes]
    assert names == ["Hindringer", "Taushet", "Tid", "Hast", "Rom"]
    assert bridge.project.undo_name == "Split code"
    screen.pick((False, bridge.project.segments.of_code(time)[0].id))
    QTest.keyClick(screen.view, Qt.Key.Key_C)
    QTest.keyClick(field, Qt.Key.Key_Return)  # the code that was made last comes first
    assert bridge.project.segments.of_code(time) == []
    bridge.project.undo()
    bridge.project.undo()
    assert len(bridge.project.segments.of_code(time)) == 2
    assert len(bridge.codebook.codes) == 4


def test_a_quotation_whose_edge_is_pulled_has_those_words(screen: CodingScreen, bridge: ProjectBridge) -> None:
    screen.show_span(1, Span(0, 9))
    screen.apply_code(code_id(bridge, "time"))
    (segment,) = bridge.project.segments.of_code(code_id(bridge, "time"))
    view = screen.view
    whole = len(view.text.blocks[0].text)
    start, end = view.point_of(0, 9), view.point_of(0, whole)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view.viewport(), end)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    (pulled,) = bridge.project.segments.of_code(code_id(bridge, "time"))
    assert pulled.span == Span(0, whole) and view.selected_mark == (False, pulled.id)
    assert bridge.project.undo_name == "Change extent" and screen.card.isVisible()
    bridge.project.undo()
    assert bridge.project.segments.of_code(code_id(bridge, "time")) == [segment]


def test_a_suggestion_with_another_extent_is_accepted_with_it(screen: CodingScreen, bridge: ProjectBridge) -> None:
    screen.decide("next")
    suggested = screen.picked
    assert suggested is not None and suggested.is_suggestion
    screen.decide("start_in")
    made = screen.picked
    assert made is not None and not made.is_suggestion
    assert made.code_id == suggested.code_id
    assert made.span.end == suggested.span.end and made.span.start > suggested.span.start
    bridge.project.undo()
    assert suggested.key in screen.shown.marks


def test_the_card_says_how_the_rule_did_so_far(screen: CodingScreen, bridge: ProjectBridge) -> None:
    screen.resize(1200, 700)
    order = screen.shown.suggestion_keys()
    same = [key for key in order if screen.shown.marks[key].code_id == screen.shown.marks[order[0]].code_id]
    assert len(same) > 1
    screen.pick(same[0])
    assert screen.card._record.text() == "nothing decided yet"
    screen.decide("accept")
    screen.pick(same[1])
    assert screen.card._record.text() == "1 of 1 accepted"
    assert screen.card._evidence.accessibleName().startswith("Evidence: ")


def test_the_caret_comes_along_to_a_picked_mark(screen: CodingScreen) -> None:
    screen.view.put_cursor(0)
    screen.decide("next")
    picked = screen.picked
    assert picked is not None
    place = screen.view.cursor_place
    assert place is not None and place[1] == picked.span.start, "T, S and U go on from there"


def test_buttons_of_the_card_go_to_the_next_of_their_kind(screen: CodingScreen, bridge: ProjectBridge) -> None:
    screen.segment_wanted.connect(screen.show_segment)
    screen.decide("next")
    first = screen.view.selected_mark
    screen.card._forth.click()
    assert screen.view.selected_mark != first
    screen.card._back.click()
    assert screen.view.selected_mark == first
    room = bridge.code_keyed("room")
    assert room is not None
    spans = [Span(block.start, block.end) for block in screen.shown.blocks[1:3]]
    ids = [bridge.project.segments.add(1, span, room.id).id for span in spans]
    screen.pick((False, ids[0]))
    screen.card._forth.click()
    assert screen.view.selected_mark == (False, ids[1])


def test_the_picker_for_another_code_does_not_cover_the_words(screen: CodingScreen) -> None:
    screen.decide("next")
    picked = screen.picked
    assert picked is not None
    screen.decide("recode")
    assert screen.picker.isVisible()
    words = screen.view.span_place(picked.document_id, picked.span)
    words.moveTo(screen.view.viewport().mapToGlobal(words.topLeft()))
    shown = screen.picker._list.rect()
    shown.moveTo(screen.picker._list.mapToGlobal(shown.topLeft()))
    assert not shown.intersects(words)


def test_the_header_says_how_much_is_coded(screen: CodingScreen, bridge: ProjectBridge, qtbot: QtBot) -> None:
    header = screen._header
    assert header._subtitle.text().endswith("0 of 4 turns coded"), "the moderator's turn is not to be coded"
    room = bridge.code_keyed("room")
    assert room is not None
    for block in (screen.shown.blocks[1], screen.shown.blocks[1], screen.shown.blocks[2]):
        bridge.project.segments.add(block.document_id, Span(block.start, block.start + 5), room.id)
    qtbot.waitUntil(lambda: header._subtitle.text().endswith("2 of 4 turns coded"))
    screen.show_reading(DocumentsModel(bridge).readings[1])
    assert "coded" not in header._subtitle.text(), "which answers count, the survey knows"


def test_a_lower_screen_keeps_the_picked_words_above_the_card(screen: CodingScreen) -> None:
    screen.decide("next")
    picked = screen.picked
    assert picked is not None
    screen.resize(screen.width(), 420)
    place = screen.view.span_place(picked.document_id, picked.span)
    top = screen.view.viewport().mapTo(screen, place.topLeft()).y()
    assert top >= 0 and top + screen.view.line_height <= screen.card.y()


def test_the_coders_own_quotation_stands_for_a_suggestion(screen: CodingScreen, bridge: ProjectBridge) -> None:
    QTest.keyClick(screen.view, Qt.Key.Key_N)
    first, review = screen.picked, bridge.project.review
    assert first is not None
    keep = screen.card._buttons["keep"]
    assert not keep.isVisible()
    QTest.keyClick(screen.view, Qt.Key.Key_H)
    assert screen.picked == first, "there is no quotation that could"
    own = bridge.project.segments.add(first.document_id, Span(first.span.start, first.span.end + 3), first.code_id)
    screen.pick(first.key)
    assert screen.card._given.isVisible() and keep.isVisible()
    waiting = review.n_pending()
    QTest.keyClick(screen.view, Qt.Key.Key_H)
    assert review.n_pending() == waiting - 1
    assert bridge.project.segments.of_code(first.code_id) == [own]
    following = screen.shown.marks[screen.view.selected_mark or (False, 0)]
    assert following.is_suggestion and following != first, "the next one is shown"


@pytest.mark.parametrize("language", ["en", "nb"])
def test_no_answer_is_cut_in_a_narrow_window(qtbot: QtBot, bridge: ProjectBridge, language: str) -> None:
    use_language(language)
    try:
        made = CodingScreen(bridge)
        qtbot.addWidget(made)
        made.resize(518, 600)
        made.show()
        made.show_reading(DocumentsModel(bridge).readings[0])
        QTest.keyClick(made.view, Qt.Key.Key_N)
        mark = made.picked
        assert mark is not None
        bridge.project.segments.add(mark.document_id, Span(mark.span.start, mark.span.end + 3), mark.code_id)
        made.pick(mark.key)
        assert made.card.minimumSizeHint().width() <= made.card.width() <= made.width()
    finally:
        use_language("en")


def test_the_card_says_the_nearest_sentence_of_the_codebook(
    screen: CodingScreen, bridge: ProjectBridge, qtbot: QtBot
) -> None:
    card, project = screen.card, bridge.project
    shown = screen.shown.suggestion(next(mark for mark in screen.shown.marks.values() if mark.is_suggestion))
    assert shown is not None
    screen.pick((True, shown.id))
    assert card._nearest.isHidden(), "no rule goes by sentences"
    low = card.geometry().bottom()
    near = project.documents.text(shown.document_id)[shown.span.start : shown.span.end]
    code = bridge.code(shown.code_id)
    assert code is not None
    project.codebook.change_rules(shown.code_id, [MatchRule(like=("Somebody else has the key.", near), name="alike")])
    with project.step("As a rule of sentences finds it"):
        proposal = Proposal(shown.span, code.key, "alike", Evidence((shown.span,), (near,)), 0.8)
        project.review.replace_pending([(shown.document_id, proposal)])
    screen.pick(next(mark.key for mark in screen.shown.marks.values() if mark.is_suggestion))
    qtbot.waitUntil(lambda: near in card._sentence.text())
    assert not card._nearest.isHidden() and card._degree.text() == "1.00"
    assert card.geometry().bottom() == low
    screen.decide("close")
    screen.pick(screen.shown.suggestion_keys()[0])
    assert card._degree.text() == "1.00", "known already: said at once"
