"""Reviewing: single keys answer, the next one is shown, undo brings the last one back."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.codebook.model import SPOKEN_COUNTS
from qualcode.gui.documents.model import DocumentsModel
from qualcode.gui.main_window import MainWindow
from qualcode.gui.review.decision_card import Mode
from qualcode.gui.review.queue_model import Order
from qualcode.gui.review.rule_job import FoundSuggestions, find_suggestions
from qualcode.gui.review.screen import ReviewScreen
from qualcode.i18n import use_language
from qualcode.model.codebook import MatchRule
from qualcode.model.segment import Span
from qualcode.model.suggestion import Evidence, Proposal, Status, Suggestion
from qualcode.project import rule_run
from qualcode.project.project import Project

SUGGESTIONS = 7  # of the invented study
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


def press(screen: ReviewScreen, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(screen.panel.view, key, modifier)


def current(screen: ReviewScreen) -> Suggestion:
    assert screen.current is not None
    return screen.current


def words(bridge: ProjectBridge, suggestion: Suggestion) -> str:
    return bridge.project.documents.text(suggestion.document_id)[suggestion.span.start : suggestion.span.end]


def test_the_shadow_is_drawn_anew_where_the_card_moves_to(screen: ReviewScreen, qtbot: QtBot) -> None:
    card, drawn = screen.card, []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if isinstance(event, QPaintEvent):
                drawn.append(event.region())
            return super().eventFilter(watched, event)

    QApplication.processEvents()
    pane, watch = screen.card.parentWidget(), Watch()
    assert pane is not None
    pane.installEventFilter(watch)
    card.move(card.x() + 40, card.y())
    around = card.geometry().adjusted(0, 0, 8, 8).intersected(pane.rect())
    qtbot.waitUntil(lambda: any(QRegion(around).subtracted(each).isEmpty() for each in drawn))


def test_the_first_suggestion_is_shown_with_its_rule(screen: ReviewScreen, bridge: ProjectBridge) -> None:
    shown = current(screen)
    assert shown.id == bridge.project.review.waiting()[0].id
    assert screen.text.span == shown.span
    assert words(bridge, shown) in screen.text.accessibleDescription()
    assert "taushetsplikt" in screen.card._rule.text()
    assert screen.panel.progress_text == "7 left of 7"
    assert screen.record.sentence == "No suggestion of this rule has been decided yet."


def test_ctrl_e_leads_to_the_rules_of_the_code_and_back(window: MainWindow, project_path: Path) -> None:
    window.open_project(project_path)
    assert window.workbench is not None
    bench = window.workbench
    bench.show_screen("review")
    under_review = current(bench.review)
    press(bench.review, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert bench.screen_name == "rules"
    assert "taushetsplikt" in bench.rules.editor.toPlainText()
    bench.rules.closed.emit()
    assert bench.screen_name == "review"
    assert current(bench.review).id == under_review.id
    bench.review.record.rules_button.click()
    assert bench.screen_name == "rules"


def test_a_accepts_and_shows_the_next(screen: ReviewScreen, bridge: ProjectBridge) -> None:
    first, second = bridge.project.review.waiting()[:2]
    press(screen, Qt.Key.Key_A)
    (segment,) = bridge.project.segments.of_document(first.document_id)
    assert (segment.suggestion_id, segment.code_id) == (first.id, first.code_id)
    assert current(screen).id == second.id
    row = screen.panel.view.currentIndex().row()
    assert screen.model.id_at(row) == second.id
    assert screen.panel.progress_text == "6 left of 7"


def test_undo_brings_the_suggestion_back_and_shows_it(screen: ReviewScreen, bridge: ProjectBridge) -> None:
    first = current(screen).id
    press(screen, Qt.Key.Key_A)
    press(screen, Qt.Key.Key_R)
    bridge.project.undo()
    bridge.project.undo()
    assert current(screen).id == first
    assert screen.panel.progress_text == "7 left of 7"
    assert bridge.project.segments.count() == 0
    following = screen.model.after(first)
    bridge.project.redo()
    assert current(screen).id == following
    assert screen.panel.progress_text == "6 left of 7"


def test_r_rejects_without_a_reason(screen: ReviewScreen, bridge: ProjectBridge) -> None:
    first = current(screen).id
    press(screen, Qt.Key.Key_R)
    (decision,) = bridge.project.review.decisions()
    assert (decision.suggestion_id, decision.verdict, decision.reason) == (first, Status.REJECTED, "")


def test_shift_r_asks_for_the_reason(screen: ReviewScreen, bridge: ProjectBridge) -> None:
    first = current(screen).id
    press(screen, Qt.Key.Key_R, SHIFT)
    assert screen.card.offers(Mode.REASON)
    QTest.keyClicks(screen.card.reason_field, "åpenbart ras")  # letters that would be commands elsewhere
    assert bridge.project.review.decisions() == []
    QTest.keyClick(screen.card.reason_field, Qt.Key.Key_Return)
    (decision,) = bridge.project.review.decisions()
    assert (decision.suggestion_id, decision.reason) == (first, "åpenbart ras")
    assert screen.card.offers(Mode.ANSWERS)
    assert current(screen).id != first


def test_escape_leaves_the_reason(screen: ReviewScreen, bridge: ProjectBridge) -> None:
    press(screen, Qt.Key.Key_R, SHIFT)
    QTest.keyClick(screen.card.reason_field, Qt.Key.Key_Escape)
    assert screen.card.offers(Mode.ANSWERS)
    assert bridge.project.review.n_pending() == SUGGESTIONS
    press(screen, Qt.Key.Key_A)
    assert bridge.project.review.n_pending() == SUGGESTIONS - 1


def test_c_accepts_as_another_code(screen: ReviewScreen, bridge: ProjectBridge) -> None:
    first = current(screen)
    press(screen, Qt.Key.Key_C)
    assert screen.picker.isVisible()
    QTest.keyClicks(screen.picker._field, "tid")
    QTest.keyClick(screen.picker._field, Qt.Key.Key_Return)
    time = bridge.code_keyed("time")
    assert time is not None and time.id != first.code_id
    (segment,) = bridge.project.segments.of_code(time.id)
    assert segment.span == first.span
    assert bridge.project.review.decisions()[0].verdict is Status.CHANGED


def test_the_picker_does_not_cover_the_sentence(screen: ReviewScreen) -> None:
    for _time in range(SUGGESTIONS):
        QTest.qWait(1)
        press(screen, Qt.Key.Key_C)
        assert screen.picker.isVisible()
        sentence = screen.text.sentence_place().toAlignedRect()
        corner = screen.text.viewport().mapTo(screen, sentence.topLeft())
        assert not screen.picker.geometry().adjusted(24, 10, -24, -40).intersects(QRect(corner, sentence.size()))
        screen.picker.close_up()
        press(screen, Qt.Key.Key_J)


def test_picking_the_same_code_is_accepting(screen: ReviewScreen, bridge: ProjectBridge) -> None:
    screen._on_code_picked(current(screen).code_id)
    assert bridge.project.review.decisions()[0].verdict is Status.ACCEPTED


def test_e_changes_the_extent_by_words(screen: ReviewScreen, bridge: ProjectBridge) -> None:
    first = current(screen)
    assert words(bridge, first).startswith("Kjøkkenet er trangt, og det")
    press(screen, Qt.Key.Key_E)
    assert screen.text.is_changing
    for _time in range(6):
        press(screen, Qt.Key.Key_Left)
    press(screen, Qt.Key.Key_Left, ALT)
    press(screen, Qt.Key.Key_Right)
    press(screen, Qt.Key.Key_Return)
    (segment,) = bridge.project.segments.of_document(first.document_id)
    text = bridge.project.documents.text(first.document_id)[segment.span.start : segment.span.end]
    assert text == "andre. Kjøkkenet er trangt, og"
    assert bridge.project.review.decisions()[0].verdict is Status.CHANGED


def test_an_extent_that_stayed_is_accepted_as_it_was(screen: ReviewScreen, bridge: ProjectBridge) -> None:
    press(screen, Qt.Key.Key_E)
    press(screen, Qt.Key.Key_Left)
    press(screen, Qt.Key.Key_Right)
    press(screen, Qt.Key.Key_Return)
    assert bridge.project.review.decisions()[0].verdict is Status.ACCEPTED


def test_escape_leaves_the_extent_as_it_was(screen: ReviewScreen, bridge: ProjectBridge) -> None:
    first = current(screen)
    press(screen, Qt.Key.Key_E)
    press(screen, Qt.Key.Key_Left)
    assert screen.text.span != first.span
    press(screen, Qt.Key.Key_Escape)
    assert screen.text.span == first.span
    assert not screen.text.is_changing
    assert bridge.project.review.n_pending() == SUGGESTIONS


def test_dragging_over_words_changes_the_extent(screen: ReviewScreen, bridge: ProjectBridge) -> None:
    first = current(screen)
    place = screen.text.sentence_place()
    viewport = screen.text.viewport()
    middle = round(place.top()) + 12
    left = round(place.left())
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=QPoint(left, middle))
    QTest.mouseMove(viewport, QPoint(left + 60, middle))
    QTest.mouseMove(viewport, QPoint(left + 120, middle))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=QPoint(left + 120, middle))
    assert screen.card.offers(Mode.EXTENT)
    assert screen.text.span != first.span
    dragged = screen.text.span
    press(screen, Qt.Key.Key_Return)
    (segment,) = bridge.project.segments.of_document(first.document_id)
    assert segment.span == dragged


def test_s_sets_aside_and_comes_back_at_the_end(screen: ReviewScreen, bridge: ProjectBridge) -> None:
    first = current(screen).id
    press(screen, Qt.Key.Key_S)
    assert current(screen).id != first
    assert bridge.project.review.n_pending() == SUGGESTIONS
    for _time in range(SUGGESTIONS - 1):
        press(screen, Qt.Key.Key_A)
    assert current(screen).id == first


def test_j_and_k_go_back_and_forth(screen: ReviewScreen) -> None:
    first = current(screen).id
    press(screen, Qt.Key.Key_J)
    second = current(screen).id
    assert second != first
    press(screen, Qt.Key.Key_K)
    assert current(screen).id == first
    press(screen, Qt.Key.Key_K)
    assert current(screen).id == first


def test_arrows_and_clicks_pick_a_suggestion(screen: ReviewScreen) -> None:
    press(screen, Qt.Key.Key_Down)
    assert screen.model.id_at(2) == current(screen).id
    view = screen.panel.view
    place = view.visualRect(screen.model.index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert screen.model.id_at(1) == current(screen).id


def test_a_click_on_a_head_folds_it(screen: ReviewScreen) -> None:
    view = screen.panel.view
    before, shown = screen.model.rowCount(), current(screen).id
    place = view.visualRect(screen.model.index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert screen.model.rowCount() < before
    assert current(screen).id == shown
    press(screen, Qt.Key.Key_Right)
    assert screen.model.rowCount() == before


def test_an_order_from_best_to_worst_begins_with_the_best(screen: ReviewScreen) -> None:
    shown = [each.id for each in screen._bridge.project.review.waiting()][-1]
    screen._show(shown)
    for order in (Order.CODE, Order.DOCUMENT):
        screen._on_order_picked(order)
        assert current(screen).id == shown, "the place that is read stays"
    screen._on_order_picked(Order.SCORE)
    best = current(screen)
    assert best.id == screen.model.first() != shown
    assert best.score == max(each.score for each in screen._bridge.project.review.waiting())
    screen._show(shown)
    screen._on_order_picked(Order.USEFUL)
    assert current(screen).id == screen.model.first()


@pytest.mark.parametrize("order", list(Order))
def test_rows_have_their_heights_in_each_order(screen: ReviewScreen, order: Order) -> None:
    screen._on_order_picked(Order.SCORE)
    screen._on_order_picked(order)
    press(screen, Qt.Key.Key_A)
    header = screen.panel.view.verticalHeader()
    heads = {row for row, _head in screen.model.heads()}
    heights = {row: header.sectionSize(row) for row in range(screen.model.rowCount())}
    assert {heights[row] for row in heads} in ({34}, set())
    assert {height for row, height in heights.items() if row not in heads} == {64}


def test_the_record_grows_with_each_decision(screen: ReviewScreen, bridge: ProjectBridge) -> None:
    screen._on_order_picked(Order.CODE)
    secrecy = bridge.code_keyed("secrecy")
    assert secrecy is not None
    first = next(each.id for each in bridge.project.review.waiting() if each.code_id == secrecy.id)
    screen._show(first)
    press(screen, Qt.Key.Key_A)
    assert current(screen).code_id == secrecy.id
    assert screen.record.sentence == "1 of 1 decided was accepted"
    press(screen, Qt.Key.Key_R)
    assert screen.record.sentence == "1 of 2 decided were accepted"


def test_an_empty_queue_says_so_and_where_to_go(screen: ReviewScreen, bridge: ProjectBridge, qtbot: QtBot) -> None:
    for _time in range(SUGGESTIONS):
        press(screen, Qt.Key.Key_R)
    assert screen.current is None
    assert screen.empty.isVisible() and screen.empty.sentence == "All reviewed"
    assert not screen.card.isVisible()
    with qtbot.waitSignal(screen.tables_wanted):
        QTest.mouseClick(screen.empty._tables, Qt.MouseButton.LeftButton)
    press(screen, Qt.Key.Key_A)  # nothing to answer, nothing happens
    bridge.project.undo()
    assert screen.current is not None
    assert screen.card.isVisible() and not screen.empty.isVisible()


def test_what_another_screen_decides_is_taken_over_when_it_is_shown(
    screen: ReviewScreen, bridge: ProjectBridge
) -> None:
    first = current(screen).id
    screen.hide()
    bridge.project.review.accept([first])
    screen.show()
    assert current(screen).id != first
    assert screen.panel.progress_text == "6 left of 7"


def test_a_code_that_is_deleted_takes_its_suggestions_along(screen: ReviewScreen, bridge: ProjectBridge) -> None:
    code_id = current(screen).code_id
    bridge.project.codebook.delete(code_id)
    assert current(screen).code_id != code_id
    assert screen.model.n_waiting == bridge.project.review.n_pending()


def test_a_suggestion_that_is_gone_is_told_and_the_queue_mended(
    screen: ReviewScreen, bridge: ProjectBridge, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = current(screen).id
    with monkeypatch.context() as patch:
        patch.setattr(screen, "_on_changed", lambda _tables: None)
        bridge.changed.disconnect()  # as if the notice had not come
        bridge.project.review.reject([first])
    with qtbot.waitSignal(screen.failed):
        press(screen, Qt.Key.Key_A)
    assert screen.model.waiting(first) is None
    assert current(screen).id != first


def test_the_answers_stay_in_their_place(screen: ReviewScreen, qtbot: QtBot) -> None:
    seen = set()
    for _time in range(5):
        QTest.qWait(1)
        button = screen.card.answer_button("accept")
        corner = button.mapTo(screen, QPoint(0, 0))
        seen.add((corner.x(), corner.y()))
        press(screen, Qt.Key.Key_J)
    assert len(seen) == 1


def test_the_sentence_stays_in_its_place(screen: ReviewScreen) -> None:
    seen = set()
    for _time in range(SUGGESTIONS):
        QTest.qWait(1)
        seen.add(round(screen.text.sentence_place().center().y()))
        press(screen, Qt.Key.Key_J)
    assert max(seen) - min(seen) <= 1


def test_the_sentence_is_in_sight(screen: ReviewScreen) -> None:
    screen.resize(1100, 620)
    for _time in range(6):
        QTest.qWait(1)
        place = screen.text.sentence_place()
        assert place.height() > 0
        assert place.top() >= 0 and place.bottom() <= screen.text.viewport().height()
        press(screen, Qt.Key.Key_J)


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("width", [960, 1024, 1280])
def test_no_answer_is_cut(qtbot: QtBot, bridge: ProjectBridge, language: str, width: int) -> None:
    use_language(language)
    try:
        documents = DocumentsModel(bridge)
        screen = ReviewScreen(bridge, lambda: documents.readings)
        qtbot.addWidget(screen)
        screen.resize(width, 700)
        screen.show()
        qtbot.waitExposed(screen)
        shown = current(screen)
        bridge.project.segments.add(shown.document_id, Span(shown.span.start, shown.span.end + 3), shown.code_id)
        QTest.qWait(1)
        assert screen.width() == width
        keep = screen.card.answer_button("keep")
        row = keep.parentWidget()
        assert keep.isVisible() and row is not None and row.rect().contains(keep.geometry())
        buttons = [screen.card.answer_button(key) for key in ("accept", "recode", "extent", "reject", "skip")]
        for button in buttons:
            assert button.width() >= button.minimumWidth()
            assert screen.card.rect().contains(QRect(button.mapTo(screen.card, QPoint(0, 0)), button.size()))
        for left, right in pairwise(buttons):
            assert left.geometry().right() < right.geometry().left()
        assert screen.rect().contains(QRect(screen.card.mapTo(screen, QPoint(0, 0)), screen.card.size()))
        assert screen.record.isVisible() is (width == 1280)
        if not screen.record.isVisible():
            assert screen.card._score.toolTip() == screen.record.sentence
    finally:
        use_language("en")


def test_every_control_has_a_name(screen: ReviewScreen) -> None:
    nameless = [
        widget
        for widget in screen.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and isinstance(widget, QAbstractButton | QLineEdit | QAbstractItemView)
        and not widget.accessibleName()
    ]
    assert nameless == []


def test_the_keys_that_are_shown_are_those_that_work(screen: ReviewScreen) -> None:
    assert [key for key, _text in screen.working_keys()] == ["J", "K", "O", "Ctrl E"]
    press(screen, Qt.Key.Key_E)
    assert [key for key, _text in screen.working_keys()] == ["← →", "Alt ← →", "Enter", "Esc"]


# What the words have already, and what they resemble


def coded(screen: ReviewScreen) -> list[tuple[str, str]]:
    return [(each.name, each.whose) for each in screen.card._given._codes] if screen.card._given.isVisible() else []


def test_the_card_says_what_is_coded_already_and_what_accepting_does(
    screen: ReviewScreen, bridge: ProjectBridge
) -> None:
    shown, segments = current(screen), bridge.project.segments
    assert coded(screen) == []
    room = bridge.code_keyed("room")
    assert room is not None and room.id != shown.code_id
    segments.add(shown.document_id, shown.span, room.id)
    assert coded(screen) == [("Rom", "")]
    assert "Shift R" in screen.card._hint.text()
    assert not screen.card.answer_button("keep").isVisible()
    segments.add(shown.document_id, shown.span, shown.code_id)
    assert coded(screen) == [("Taushet", "yours, on these words"), ("Rom", "")]
    assert "adds none" in screen.card._hint.text()
    press(screen, Qt.Key.Key_A)
    assert len(segments.of_code(shown.code_id)) == 1


def test_h_lets_the_coders_own_quotation_stand_for_the_suggestion(screen: ReviewScreen, bridge: ProjectBridge) -> None:
    shown, review = current(screen), bridge.project.review
    press(screen, Qt.Key.Key_H)
    assert current(screen).id == shown.id, "there is none that could stand for it"
    wider = Span(shown.span.start, shown.span.end + 3)
    own = bridge.project.segments.add(shown.document_id, wider, shown.code_id)
    assert screen.card.answer_button("keep").isVisible()
    assert "adds a second one" in screen.card._hint.text()
    press(screen, Qt.Key.Key_H)
    assert current(screen).id != shown.id
    assert bridge.project.segments.of_code(shown.code_id) == [own]
    (decision,) = review.decisions()
    assert (decision.verdict, decision.segment_id) == (Status.CHANGED, own.id)
    bridge.project.undo()
    assert current(screen).id == shown.id
    QTest.mouseClick(screen.card.answer_button("keep"), Qt.MouseButton.LeftButton)
    assert bridge.project.segments.of_code(shown.code_id) == [own]
    assert review.n_pending() == SUGGESTIONS - 1


def test_what_was_coded_while_another_screen_was_shown_is_said(screen: ReviewScreen, bridge: ProjectBridge) -> None:
    shown = current(screen)
    screen.hide()
    bridge.project.segments.add(shown.document_id, shown.span, shown.code_id)
    screen.show()
    assert coded(screen) == [("Taushet", "yours, on these words")]


def test_the_nearest_sentence_of_the_codebook_is_shown_with_its_degree(
    screen: ReviewScreen, bridge: ProjectBridge, qtbot: QtBot
) -> None:
    card, project = screen.card, bridge.project
    assert not card._nearest.isVisible(), "no rule goes by sentences"
    shown = current(screen)
    far, near = "Somebody else has the key.", words(bridge, shown)
    rule = MatchRule(like=(far, near), name="alike")
    project.codebook.change_rules(shown.code_id, [rule])
    with project.step("As a rule of sentences finds it"):
        proposal = Proposal(shown.span, "secrecy", "alike", Evidence((shown.span,), (near,)), 0.8)
        project.review.replace_pending([(shown.document_id, proposal)])
    assert current(screen).rule == "alike"
    qtbot.waitUntil(lambda: near in card._nearest.text())
    assert card._nearest.isVisible()
    assert card._nearest.text() == f"“{near}”  1.00"


# In the window


def opened(window: MainWindow, path: Path) -> ReviewScreen:
    window.open_project(path)
    assert window.workbench is not None
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.workbench.screen_name == "review"
    return window.workbench.review


def test_the_badge_counts_what_is_left_and_hides_at_none(window: MainWindow, project_path: Path) -> None:
    screen = opened(window, project_path)
    badge = window.top_bar.screens._waiting
    assert badge.isVisible() and badge._text == "7"
    press(screen, Qt.Key.Key_A)
    assert badge._text == "6"
    for _time in range(6):
        press(screen, Qt.Key.Key_A)
    assert not badge.isVisible()


def test_control_z_takes_a_decision_back(window: MainWindow, project_path: Path) -> None:
    screen = opened(window, project_path)
    first = current(screen).id
    press(screen, Qt.Key.Key_A)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert current(screen).id == first
    press(screen, Qt.Key.Key_R)
    screen.record.undo_button.click()  # type: ignore[attr-defined]
    assert current(screen).id == first


def test_o_opens_the_place_in_the_text(window: MainWindow, project_path: Path) -> None:
    screen = opened(window, project_path)
    shown = current(screen)
    press(screen, Qt.Key.Key_O)
    bench = window.workbench
    assert bench is not None and bench.screen_name == "code"
    assert bench.coding.view.selected_span() == (shown.document_id, shown.span)


def test_what_was_reviewed_is_seen_in_text_and_codebook(window: MainWindow, project_path: Path) -> None:
    screen = opened(window, project_path)
    shown = current(screen)
    press(screen, Qt.Key.Key_A)
    window.actions_table["show_code"].trigger()
    bench = window.workbench
    assert bench is not None
    segments = [mark for mark in bench.coding.view.marks_in_view() if not mark.is_suggestion]
    assert [(mark.span, mark.code_id) for mark in segments] == [(shown.span, shown.code_id)]
    row = bench.codebook.model.row_of_code(shown.code_id)
    assert row is not None
    assert "1 quotation" in str(row.roles[SPOKEN_COUNTS])


def test_rules_run_in_the_background_and_rejected_ones_stay_away(
    window: MainWindow, project_path: Path, qtbot: QtBot
) -> None:
    screen = opened(window, project_path)
    rejected = current(screen)
    press(screen, Qt.Key.Key_R)
    assert window.bridge is not None
    with window.bridge.project.step("As with another version of the program"):
        rule_run.forget(window.bridge.project.db)
    window.actions_table["suggest"].trigger()
    qtbot.waitUntil(lambda: window.job is None, timeout=60_000)
    message = window.message_line.message
    assert message is not None and message.sentence == "6 suggestions wait for a decision."
    bridge = window.bridge
    assert bridge is not None
    places = {(each.start, each.code_id) for each in bridge.project.review.waiting() if each.document_id == 1}
    assert (rejected.span.start, rejected.code_id) not in places
    assert bridge.project.undo_name == "Suggest codes"


def test_rules_that_run_again_use_what_the_last_run_worked_out_until_the_project_closes(
    window: MainWindow, project_path: Path, qtbot: QtBot
) -> None:
    opened(window, project_path)
    work = window.project_work
    runs = []
    for _time in range(2):
        window.actions_table["suggest"].trigger()
        qtbot.waitUntil(lambda: window.job is None, timeout=60_000)
        assert work._last is not None and work._last.found == []
        runs.append(work._last.run)
    assert runs[1].texts is runs[0].texts and runs[1].index is runs[0].index and runs[1].finds is runs[0].finds
    window.close_project()
    assert work._last is None


def test_rules_run_again_where_a_run_was_undone_beside_them(
    window: MainWindow, project_path: Path, qtbot: QtBot
) -> None:
    opened(window, project_path)
    assert window.bridge is not None
    project = window.bridge.project
    time = project.codebook.by_key_or_name("time")
    project.codebook.change_rules(time.id, (MatchRule(any=("kjøkken*",)),))
    project.review.suggest()
    wanted = [(each.document_id, each.start, each.code_id) for each in project.review.waiting()]
    found = find_suggestions(project_path, progress=lambda _done, _total: None, cancelled=lambda: False)
    project.undo()
    assert [(each.document_id, each.start, each.code_id) for each in project.review.waiting()] != wanted
    window.project_work.store_found(found)
    qtbot.waitUntil(lambda: window.job is None, timeout=60_000)
    assert [(each.document_id, each.start, each.code_id) for each in project.review.waiting()] == wanted


def test_closing_the_project_stops_the_rules(window: MainWindow, project_path: Path, qtbot: QtBot) -> None:
    opened(window, project_path)
    assert window.bridge is not None
    steps = window.bridge.project.history()
    window.actions_table["suggest"].trigger()
    window.close_project()
    qtbot.waitUntil(lambda: window.job is None, timeout=60_000)
    assert window.workbench is None
    with Project.open(project_path) as project:
        assert project.history() == steps


def test_what_was_found_for_another_project_is_dropped(window: MainWindow, project_path: Path, tmp_path: Path) -> None:
    opened(window, project_path)
    assert window.bridge is not None
    window.project_work.store_found(
        FoundSuggestions(tmp_path / "other.qualcode", window.bridge.project.review.rule_run(), [])
    )
    assert window.bridge.project.review.n_pending() == SUGGESTIONS


def test_the_size_of_the_text_is_the_one_of_the_coding_screen(window: MainWindow, project_path: Path) -> None:
    screen = opened(window, project_path)
    before = screen.text.sentence_place().height()
    for _time in range(4):
        window.actions_table["larger"].trigger()
    assert screen.text.sentence_place().height() > before


def test_an_answer_is_shown_with_its_question(screen: ReviewScreen, bridge: ProjectBridge) -> None:
    answer = next(each for each in bridge.project.review.waiting() if each.document_id != 1)
    screen._show(answer.id)
    assert screen.text._around_question == "Hva er vanskelig?"
    assert screen.text.span == Span(answer.start, answer.end)
