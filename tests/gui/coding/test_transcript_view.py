"""The text view: laid out when seen, selected by mouse and keyboard, painted with its marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QInputMethodEvent, QInputMethodQueryEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame
from pytestqt.qtbot import QtBot

from qualcode.gui.coding.blocks import Block, Mark, clock
from qualcode.gui.coding.transcript_view import TranscriptView
from qualcode.gui.resources.code_marks import CodeLook
from qualcode.gui.resources.theme import theme
from qualcode.gui.resources.tokens import CODE_COLOURS, LIGHT
from qualcode.model.document import SpeakerRole
from qualcode.model.segment import Span

TEXTS = [
    "Hvem snakker først her?",
    "Det gjør jeg 😀, tror jeg. Vi har taushetsplikt, og den andre har ikke tilgang til hele journalen. " * 3,
    "Ja.",
]


def blocks(texts: list[str], document_id: int = 1) -> list[Block]:
    """Turns of one document."""
    found, start = [], 0
    for number, text in enumerate(texts):
        role = SpeakerRole.MODERATOR if number == 0 else SpeakerRole.RESPONDENT
        found.append(Block(document_id, start, text, f"Speaker {number}", role, "Bakers", 10.0 * number))
        start += len(text) + 1
    return found


@pytest.fixture
def view(qtbot: QtBot, looks: None) -> TranscriptView:
    made = TranscriptView()
    made.setFrameShape(QFrame.Shape.NoFrame)
    qtbot.addWidget(made)
    colour = CODE_COLOURS[0]
    made.set_looks({7: CodeLook(colour.light, colour.dark, colour.shape, "S")}, {7: "Secrecy"}, {})
    made.resize(900, 500)
    made.show()
    qtbot.waitExposed(made)
    return made


def press(view: TranscriptView, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(view, key, held)


def picture(view: TranscriptView) -> QImage:
    return view.viewport().grab().toImage()


NONE = Qt.KeyboardModifier.NoModifier
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def drag(view: TranscriptView, start: QPoint, end: QPoint, held: Qt.KeyboardModifier) -> None:
    left, kinds = Qt.MouseButton.LeftButton, QEvent.Type
    for kind, place in ((kinds.MouseButtonPress, start), (kinds.MouseMove, end), (kinds.MouseButtonRelease, end)):
        down = left if kind != kinds.MouseButtonRelease else Qt.MouseButton.NoButton
        button = Qt.MouseButton.NoButton if kind == kinds.MouseMove else left
        there = view.viewport().mapToGlobal(QPointF(place))
        QApplication.sendEvent(view.viewport(), QMouseEvent(kind, QPointF(place), there, button, down, held))


def test_a_selection_by_mouse_is_given_in_code_points(view: TranscriptView) -> None:
    view.set_blocks(blocks(TEXTS))
    start, end = view.point_of(1, 4), view.point_of(1, 16)  # the smiley takes two units
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view.viewport(), end)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    selected = view.selected_span()
    assert selected is not None
    document_id, span = selected
    text = "\n".join(TEXTS)
    assert document_id == 1
    assert text[span.start : span.end] == view.selected_text() == "gjør jeg 😀,"


@pytest.mark.parametrize(
    ("start", "end", "held", "wanted"),
    [
        (6, 14, NONE, "gjør jeg 😀"),  # from the middle of one word into another, or just behind one
        (14, 6, NONE, "gjør jeg 😀"),
        (5, 7, NONE, "gjør"),
        (6, 11, Qt.KeyboardModifier.AltModifier, "ør je"),
    ],
)
def test_dragging_takes_whole_words_unless_alt_is_held(
    view: TranscriptView, start: int, end: int, held: Qt.KeyboardModifier, wanted: str
) -> None:
    view.set_blocks(blocks(TEXTS))
    places = [view.point_of(1, each) for each in (start, end)]
    drag(view, places[0], places[1], held)
    assert view.selected_text() == wanted
    backwards = view._caret.place < view._caret.anchor
    assert backwards is (end < start)


def test_a_trembling_click_selects_no_word(view: TranscriptView) -> None:
    view.set_blocks(blocks(TEXTS))
    place = view.point_of(1, 6)
    drag(view, place, place + QPoint(2, 1), NONE)
    assert view.selected_text() in ("", TEXTS[1][6], TEXTS[1][5])


def test_a_selection_over_turns_is_one_span_of_the_document(view: TranscriptView) -> None:
    view.set_blocks(blocks(TEXTS))
    press(view, Qt.Key.Key_End, CONTROL)
    press(view, Qt.Key.Key_Home, CONTROL, SHIFT)
    selected = view.selected_span()
    assert selected == (1, Span(0, len("\n".join(TEXTS))))
    assert view.selected_text() == "\n".join(TEXTS)


def test_a_selection_never_leaves_its_document(view: TranscriptView) -> None:
    view.set_blocks([*blocks(["Første svar"], 1), *blocks(["Andre svar"], 2)])
    press(view, Qt.Key.Key_End, CONTROL, SHIFT)
    assert view.selected_span() == (1, Span(0, len("Første svar")))


def test_keys_move_by_letter_word_line_and_turn(view: TranscriptView) -> None:
    view.set_blocks(blocks(TEXTS))
    press(view, Qt.Key.Key_Right, CONTROL, SHIFT)
    assert view.selected_text() == "Hvem "
    press(view, Qt.Key.Key_Left, SHIFT)
    assert view.selected_text() == "Hvem"
    press(view, Qt.Key.Key_End, SHIFT)
    assert view.selected_text() == TEXTS[0]
    press(view, Qt.Key.Key_Right)
    assert not view.has_selection()
    press(view, Qt.Key.Key_Right, SHIFT)
    assert view.selected_text() == "D" or view.selected_text() == ""
    press(view, Qt.Key.Key_Down, SHIFT)
    assert len(view.selected_text()) > 30


def test_a_smiley_is_one_step_of_the_caret(view: TranscriptView) -> None:
    view.set_blocks(blocks(["a😀b"]))
    for _step in range(2):
        press(view, Qt.Key.Key_Right, SHIFT)
    assert view.selected_span() == (1, Span(0, 2))


def test_a_double_click_selects_a_word(view: TranscriptView) -> None:
    view.set_blocks(blocks(TEXTS))
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.point_of(0, 7))
    assert view.selected_text() == "snakker"


@pytest.mark.parametrize("sign", ["😀", "👍🏽", "👩\u200d🚀", "«"])
def test_a_double_click_on_a_sign_selects_all_of_it(view: TranscriptView, sign: str) -> None:
    text = f"Ja {sign} takk"
    view.set_blocks(blocks([text]))
    place = view.point_of(0, 3)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place + QPoint(3, 0))
    assert view.selected_span() == (1, Span(3, 3 + len(sign)))


def test_a_letter_of_two_signs_belongs_to_its_word(view: TranscriptView) -> None:
    view.set_blocks(blocks(["Ja, hm\u0304mm ja"]))
    assert view._text.block(0).word_at(9) == (4, 9)


@pytest.mark.parametrize(
    ("at", "word"), [(0, "Vi"), (2, "Vi"), (10, "tid"), (11, "tid"), (12, "Elevene"), (21, "Elevene")]
)
def test_a_double_click_behind_a_word_selects_no_blank(view: TranscriptView, at: int, word: str) -> None:
    text = "Vi har tid. Elevene. "
    view.set_blocks(blocks([text]))
    start, end = view._text.block(0).word_at(at)
    assert text[start:end] == word


def test_copy_puts_the_words_on_the_clipboard(view: TranscriptView) -> None:
    view.set_blocks(blocks(TEXTS))
    press(view, Qt.Key.Key_A, CONTROL)
    press(view, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "\n".join(TEXTS)


def test_letters_are_reported_only_over_a_selection(view: TranscriptView, qtbot: QtBot) -> None:
    view.set_blocks(blocks(TEXTS))
    typed: list[str] = []
    view.typed.connect(typed.append)
    QTest.keyClicks(view, "x")
    press(view, Qt.Key.Key_Right, CONTROL, SHIFT)
    QTest.keyClicks(view, "å")
    assert typed == ["å"]


def test_a_segment_is_tinted_and_bracketed_in_its_colour(view: TranscriptView) -> None:
    view.set_blocks(blocks(TEXTS))
    before = picture(view)
    view.change_marks([], [Mark(1, 1, Span(24, 40), 7)])
    after = picture(view)
    point = view.point_of(1, 3)
    assert before.pixelColor(point.x(), point.y() - 9) == QColor(LIGHT.surface)
    tint = after.pixelColor(point.x(), point.y() - 9)
    assert tint.red() > tint.green() + 10
    ink = QColor(CODE_COLOURS[0].light)
    assert any(after.pixelColor(x, point.y()) == ink for x in range(view.viewport().width() - 220, after.width()))


def test_a_suggestion_is_not_tinted_but_dashed(view: TranscriptView) -> None:
    view.set_blocks(blocks(TEXTS))
    view.change_marks([], [Mark(1, 1, Span(24, 40), 7, is_suggestion=True, score=0.7, evidence=(Span(28, 32),))])
    image = picture(view)
    point = view.point_of(1, 2)
    assert image.pixelColor(point.x(), point.y() - 7) == QColor(LIGHT.surface)
    row = [image.pixelColor(x, point.y() + y) for y in range(-12, 13) for x in range(point.x(), point.x() + 60)]
    assert QColor(CODE_COLOURS[0].light) in row


def test_marks_are_found_under_the_pointer_in_text_and_margin(view: TranscriptView) -> None:
    view.set_blocks(blocks(TEXTS))
    view.change_marks([], [Mark(1, 1, Span(24, 60), 7), Mark(2, 1, Span(28, 40), 7)])
    picture(view)
    short = view.mark_at(QPointF(view.point_of(1, 6)))
    long = view.mark_at(QPointF(view.point_of(1, 1)))
    assert short is not None and short.id == 2
    assert long is not None and long.id == 1
    y = view.point_of(1, 1).y()
    in_margin = {mark.id for x in range(560, 900) if (mark := view.mark_at(QPointF(x, y))) is not None}
    assert 1 in in_margin


def test_a_click_on_a_mark_is_reported_and_escape_lets_it_go(view: TranscriptView, qtbot: QtBot) -> None:
    view.set_blocks(blocks(TEXTS))
    view.change_marks([], [Mark(5, 1, Span(24, 60), 7)])
    with qtbot.waitSignal(view.mark_clicked) as signal:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.point_of(1, 3))
    assert signal.args == [(False, 5)]
    assert view.selected_mark == (False, 5)
    press(view, Qt.Key.Key_Escape)
    assert view.selected_mark is None


def test_only_what_is_seen_is_laid_out(view: TranscriptView) -> None:
    view.set_blocks(blocks([TEXTS[1]] * 3000))
    picture(view)
    assert 0 < view.text.n_laid_out < 30
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    picture(view)
    assert view.text.n_laid_out < 60


def test_what_is_read_stays_where_it_is_when_more_is_laid_out(view: TranscriptView) -> None:
    """Heights above are guesses until seen: scrolling up a little moves the text by just that little."""
    texts = [TEXTS[1] if number % 3 else "Kort. " * 120 for number in range(400)]
    view.set_blocks(blocks(texts))
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    picture(view)
    number = view.visible()[0] + 2
    for _step in range(40):
        before = view.point_of(number, 0).y()
        bar.setValue(bar.value() - 30)
        picture(view)
        if not -200 < view.point_of(number, 0).y() < 700:
            number = view.visible()[0]
            continue
        assert view.point_of(number, 0).y() - before == 30


def test_showing_a_span_scrolls_to_it(view: TranscriptView) -> None:
    view.set_blocks(blocks([TEXTS[1]] * 500))
    start = 400 * (len(TEXTS[1]) + 1)
    view.show_span(1, Span(start, start + 10))
    assert 0 <= view.point_of(400, 0).y() <= view.viewport().height()
    assert view.selected_span() == (1, Span(start, start + 10))


def test_many_codes_on_one_sentence_keep_their_labels_apart(view: TranscriptView) -> None:
    view.set_blocks(blocks(["Kort svar.", "Neste."]))
    view.change_marks([], [Mark(number, 1, Span(0, 10), 7) for number in range(6)])
    picture(view)
    places = [placed.label_place for placed in view.text.block(0).placed]
    for upper, lower in pairwise(places):
        assert upper.bottom() <= lower.top() + 0.01
    assert places[-1].bottom() <= view.text.heights[0]


def test_a_narrow_view_shows_marks_without_names(view: TranscriptView) -> None:
    view.set_blocks(blocks(TEXTS), [Mark(1, 1, Span(24, 60), 7)])
    assert view.text.setting.columns.shows_names
    view.resize(700, 500)
    assert not view.text.setting.columns.shows_names
    picture(view)


def test_text_size_and_theme_change_what_is_painted(view: TranscriptView) -> None:
    view.set_blocks(blocks(TEXTS))
    small = view.text.heights.total()
    view.set_text_size(20)
    assert view.text.heights.total() > small
    light = picture(view)
    theme().follow("dark")
    assert picture(view).pixelColor(2, 2) != light.pixelColor(2, 2)


def test_an_empty_view_takes_keys_and_clicks(view: TranscriptView) -> None:
    view.set_blocks([])
    press(view, Qt.Key.Key_Down)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton)
    assert view.selected_span() is None
    picture(view)


def test_an_empty_turn_can_be_passed(view: TranscriptView) -> None:
    view.set_blocks(blocks(["En", "", "To"]))
    for _step in range(6):
        press(view, Qt.Key.Key_Right, SHIFT)
    assert view.selected_span() is not None
    picture(view)


def test_times_are_written_as_clock_times() -> None:
    assert clock(3725.9) == "01:02:05"
    assert clock(None) == ""


def test_found_words_are_framed_in_their_block_only(view: TranscriptView) -> None:
    view.set_blocks(blocks(TEXTS))
    start = len(TEXTS[0]) + 1 + TEXTS[1].index("jeg. ")  # behind the smiley, which takes two units
    before = picture(view)
    view.set_found({1: [Span(start, start + 3)], 2: [Span(0, 2)]})
    assert picture(view) != before
    units = TEXTS[1].index("jeg. ") + 1
    assert [view.text.found_in(number) for number in range(3)] == [[], [(units, units + 3)], []]
    view.set_found({})
    assert picture(view) == before


def test_letters_of_several_keys_are_composed_over_a_selection_only(view: TranscriptView) -> None:
    view.set_blocks(blocks(TEXTS))
    typed: list[str] = []
    view.typed.connect(typed.append)
    assert not view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled), "letters are commands here"
    press(view, Qt.Key.Key_Right, CONTROL, SHIFT)
    assert view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    event = QInputMethodEvent("´", [])
    QApplication.sendEvent(view, event)
    assert typed == []
    event = QInputMethodEvent()
    event.setCommitString("é")
    QApplication.sendEvent(view, event)
    assert typed == ["é"]


def test_an_input_method_learns_where_the_caret_is_and_what_is_around_it(view: TranscriptView) -> None:
    view.set_blocks(blocks(TEXTS))
    view.show_span(1, Span(24, 38))  # up to the smiley, which takes two units
    wanted = Qt.InputMethodQuery
    asked = QInputMethodQueryEvent(wanted.ImQueryInput | wanted.ImCurrentSelection | wanted.ImEnabled)
    QApplication.sendEvent(view, asked)
    assert asked.value(wanted.ImEnabled) is True
    assert asked.value(wanted.ImSurroundingText) == TEXTS[1]
    assert asked.value(wanted.ImCursorPosition) == 15
    assert asked.value(wanted.ImAnchorPosition) == 0
    assert asked.value(wanted.ImCurrentSelection) == TEXTS[1][:14]
    place = asked.value(wanted.ImCursorRectangle)
    assert abs(place.center().x() - view.point_of(1, 15).x()) <= 2
    assert abs(place.center().y() - view.point_of(1, 15).y()) <= 2


def test_a_third_click_selects_the_turn(view: TranscriptView) -> None:
    view.set_blocks(blocks(TEXTS))
    place = view.point_of(0, 7)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.selected_text() == TEXTS[0]


def test_after_a_double_click_one_selects_by_words(view: TranscriptView) -> None:
    view.set_blocks(blocks(TEXTS))
    words = "taushetsplikt"
    at = TEXTS[1].index(words) + 1  # behind the smiley
    kinds = QEvent.Type
    places = [view.point_of(1, at + 3), view.point_of(1, at + 17), view.point_of(1, at - 3), view.point_of(1, at - 3)]
    seen = []
    events = (kinds.MouseButtonDblClick, kinds.MouseMove, kinds.MouseMove, kinds.MouseButtonRelease)
    for kind, place in zip(events, places, strict=True):
        left = Qt.MouseButton.LeftButton
        held = left if kind != kinds.MouseButtonRelease else Qt.MouseButton.NoButton
        made = QMouseEvent(kind, QPointF(place), view.viewport().mapToGlobal(QPointF(place)), left, held, NONE)
        QApplication.sendEvent(view.viewport(), made)
        seen.append(view.selected_text())
    assert seen[0] == words
    assert seen[1] == "taushetsplikt, og"
    assert seen[2] == seen[3] == "har taushetsplikt"


def test_a_selection_goes_on_while_the_pointer_is_held_below_the_view(view: TranscriptView) -> None:
    view.set_blocks(blocks([TEXTS[1]] * 60))
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=view.point_of(0, 3))
    QTest.mouseMove(view.viewport(), QPoint(300, view.viewport().height() + 40))
    assert view._pull.isActive()
    before = view.verticalScrollBar().value(), len(view.selected_text())
    for _step in range(20):
        view._on_pulled()
    assert view.verticalScrollBar().value() > before[0] + 200
    assert len(view.selected_text()) > before[1] + 500
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert not view._pull.isActive()


def test_many_codes_on_each_other_leave_the_text_readable(view: TranscriptView) -> None:
    view.set_blocks(blocks(TEXTS))
    view.change_marks([], [Mark(number, 1, Span(24, 60), 7) for number in range(12)])
    point = view.point_of(1, 3)
    assert picture(view).pixelColor(point.x(), point.y() - 9).lightnessF() > 0.6


def line_starts(view: TranscriptView, number: int) -> list[int]:
    layout = view.text.block(number).layout
    return [layout.lineAt(line).textStart() for line in range(layout.lineCount())]


@pytest.mark.parametrize("width", [840, 900, 980, 1200, 1600])
def test_a_new_code_with_a_long_name_moves_no_line(view: TranscriptView, width: int) -> None:
    view.resize(width, 500)
    view.set_blocks(blocks([TEXTS[1]] * 60), [Mark(1, 1, Span(24, 60), 7)])
    view.verticalScrollBar().setValue(777)
    picture(view)
    columns, number = view.text.setting.columns, view.visible()[0]
    before = line_starts(view, number)
    at = view.point_of(number + 1, 0)
    look = CodeLook(CODE_COLOURS[1].light, CODE_COLOURS[1].dark, CODE_COLOURS[1].shape, "L")
    long = "A name that somebody took from the very words of a respondent"
    view.set_looks({**view._looks, 8: look}, {**view._names, 8: long}, {})
    view.change_marks([], [Mark(2, 1, Span(30, 50), 8)])
    picture(view)
    assert view.text.setting.columns == columns
    assert line_starts(view, number) == before
    assert view.point_of(number + 1, 0) == at
    view.set_looks(view._looks, {**view._names, 7: "Another name"}, {})
    assert view.point_of(number + 1, 0) == at, "a code that is renamed does not scroll"


def edge_of(view: TranscriptView, position: int) -> QPoint:
    """The middle of the line, at a Qt position of the second block."""
    return view.point_of(1, position)


def test_the_edges_of_the_picked_quotation_are_pulled_to_other_words(view: TranscriptView) -> None:
    start = len(TEXTS[0]) + 1
    said = TEXTS[1]
    words = Span(start + said.index("Vi har"), start + said.index(", og"))
    mark = Mark(3, 1, words, 7)
    view.set_blocks(blocks(TEXTS), [mark])
    pulled: list[tuple[Mark, Span]] = []
    view.edge_pulled.connect(lambda *told: pulled.append(told))
    unit = said.index("Vi har") + 1  # the smiley takes two units
    end, into = said.index(", og") + 1, said.index("tilgang") + 4
    drag(view, edge_of(view, end), edge_of(view, into), NONE)
    assert not pulled and view.has_selection(), "not picked: words are selected"
    view.clear_selection()
    view.select_mark(mark.key)
    drag(view, edge_of(view, end), edge_of(view, into), NONE)
    assert not pulled, "nothing can be changed"
    view.can_pull_edges = True
    view.clear_selection()
    view.select_mark(mark.key)
    drag(view, edge_of(view, end), edge_of(view, into), NONE)
    assert not view.has_selection() and view.selected_mark == mark.key
    drag(view, edge_of(view, unit), edge_of(view, 6), NONE)
    drag(view, edge_of(view, end), edge_of(view, unit + 5), Qt.KeyboardModifier.AltModifier)
    assert [told[0] for told in pulled] == [mark] * 3
    assert [view.text.words(1, told[1]) for told in pulled] == [
        "Vi har taushetsplikt, og den andre har ikke tilgang",
        "gjør jeg 😀, tror jeg. Vi har taushetsplikt",
        "Vi ha",
    ]


def test_an_edge_that_is_pulled_over_the_other_or_let_go_by_escape_changes_nothing(view: TranscriptView) -> None:
    start = len(TEXTS[0]) + 1
    said = TEXTS[1]
    mine = Mark(3, 1, Span(start + said.index("Vi har"), start + said.index(", og")), 7)
    others = Mark(4, 1, Span(start, start + said.index("Vi har") - 1), 7, coder="Ola")
    view.set_blocks(blocks(TEXTS), [others, mine])
    view.can_pull_edges = True
    pulled: list[object] = []
    view.edge_pulled.connect(lambda *told: pulled.append(told))
    view.select_mark(mine.key)
    end = said.index(", og") + 1
    drag(view, edge_of(view, end), edge_of(view, 2), NONE)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=edge_of(view, end))
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(view.viewport(), left, pos=edge_of(view, end))
    QTest.mouseMove(view.viewport(), edge_of(view, end + 30))
    press(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view.viewport(), left, pos=edge_of(view, end + 30))
    assert not pulled and view.selected_mark == mine.key and not view.has_selection()
    view.select_mark(others.key)
    drag(view, edge_of(view, said.index("Vi har")), edge_of(view, end + 30), NONE)
    assert not pulled, "it is another coder's"
