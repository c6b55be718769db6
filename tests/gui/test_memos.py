"""Memos in the window: written beside what they are on, kept after a pause, listed, found, opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QListView, QTextEdit
from pytestqt.qtbot import QtBot

from qualcode.errors import StoreError
from qualcode.gui.codebook.model import IS_NOTED
from qualcode.gui.documents.model import IS_NOTED as IN_LIST
from qualcode.gui.documents.model import KEY
from qualcode.gui.main_window import MainWindow
from qualcode.gui.memos.card import MemoCard
from qualcode.gui.memos.long_lines import LONGEST, broken
from qualcode.gui.memos.pad import MemoPad
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.popover import Popover
from qualcode.gui.widgets.value_picker import VALUE
from qualcode.gui.workbench import Workbench
from qualcode.model.memo import PROJECT, Subject, SubjectKind
from qualcode.model.segment import Segment, Span


@pytest.fixture
def bench(window: MainWindow, project_path: Path) -> Workbench:
    window.open_path(project_path)
    assert window.workbench is not None
    return window.workbench


@pytest.fixture
def segment(bench: Workbench) -> Segment:
    """The first words of the second turn, coded and picked."""
    time = bench.bridge.code_keyed("time")
    assert time is not None
    block = bench.coding.shown.blocks[1]
    made = bench.bridge.project.segments.add(block.document_id, Span(block.start, block.start + 8), time.id)
    bench.coding.pick((False, made.id))
    return made


def typed(qtbot: QtBot, pad: MemoPad, words: str) -> None:
    """Types into a pad and waits until it is on disk."""
    with qtbot.waitSignal(pad.written):
        QTest.keyClicks(pad.words, words)


def test_m_writes_on_the_picked_quotation_and_marks_it(qtbot: QtBot, bench: Workbench, segment: Segment) -> None:
    project = bench.bridge.project
    before = len(project.history())
    QTest.keyClick(bench.coding.view, Qt.Key.Key_M)
    card = bench.memo_card
    assert card.isVisible()
    typed(qtbot, card.pad, "Viktig")
    typed(qtbot, card.pad, " sitat")
    (memo,) = project.memos.of(Subject(SubjectKind.SEGMENT, segment.id))
    assert (memo.content, memo.coder) == ("Viktig sitat", "Ingrid Haugen")
    assert len(project.history()) == before + 1
    QTest.keyClick(card.pad.words, Qt.Key.Key_Escape)
    assert not card.isVisible()
    assert [mark.has_memo for mark in bench.coding.view.marks_in_view() if mark.key == (False, segment.id)] == [True]
    project.undo()
    assert [mark.has_memo for mark in bench.coding.view.marks_in_view() if mark.key == (False, segment.id)] == [False]


def test_what_is_typed_is_kept_when_the_card_closes_at_once(bench: Workbench, segment: Segment) -> None:
    QTest.keyClick(bench.coding.view, Qt.Key.Key_M)
    QTest.keyClicks(bench.memo_card.pad.words, "straks")
    QTest.keyClick(bench.memo_card.pad.words, Qt.Key.Key_Escape)
    assert [memo.content for memo in bench.bridge.project.memos.all()] == ["straks"]


def test_m_without_a_quotation_is_about_the_document(qtbot: QtBot, bench: Workbench) -> None:
    QTest.keyClick(bench.coding.view, Qt.Key.Key_M)
    typed(qtbot, bench.memo_card.pad, "x")
    (memo,) = bench.bridge.project.memos.all()
    assert memo.subject.kind is SubjectKind.DOCUMENT


def test_the_button_beside_the_document_is_about_it_whatever_is_picked(
    qtbot: QtBot, bench: Workbench, segment: Segment
) -> None:
    button = bench.coding.findChild(QAbstractButton, "documentMemo")
    assert button is not None and bench.coding.card.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    typed(qtbot, bench.memo_card.pad, "x")
    (memo,) = bench.bridge.project.memos.all()
    assert memo.subject == Subject(SubjectKind.DOCUMENT, segment.document_id)


def test_a_memo_that_is_opened_again_is_written_on_from_its_end(
    qtbot: QtBot, bench: Workbench, segment: Segment
) -> None:
    bench.bridge.project.memos.add(Subject(SubjectKind.SEGMENT, segment.id), "Viktig")
    QTest.keyClick(bench.coding.view, Qt.Key.Key_M)
    typed(qtbot, bench.memo_card.pad, " sitat")
    assert [memo.content for memo in bench.bridge.project.memos.all()] == ["Viktig sitat"]


def test_a_document_with_a_memo_is_marked_in_the_list(bench: Workbench) -> None:
    project, model = bench.bridge.project, bench.documents.model
    first, *answers = project.documents.all()
    keys = [f"reading {each.key}" for each in model.readings]
    rows = [model.find(KEY, key) for key in keys]
    assert [row.roles[IN_LIST] for row in rows if row] == [False, False]
    project.memos.add(Subject(SubjectKind.DOCUMENT, first.id), "x")
    assert [row.roles[IN_LIST] for row in rows if row] == [True, False]
    project.memos.add(Subject(SubjectKind.DOCUMENT, answers[1].id), "x")
    bench.documents.tree.grab()
    assert [row.roles[IN_LIST] for row in rows if row] == [True, True]
    project.undo()
    assert [row.roles[IN_LIST] for row in rows if row] == [True, False]


def test_m_in_the_survey_is_about_the_answer_and_marks_its_row(qtbot: QtBot, bench: Workbench) -> None:
    bench.show_screen("survey")
    grid, model = bench.survey.grid, bench.survey.model
    grid.pick(1)
    QTest.keyClick(grid, Qt.Key.Key_M)
    typed(qtbot, bench.memo_card.pad, "x")
    (memo,) = bench.bridge.project.memos.all()
    assert memo.subject == model.subject_at(1) and memo.subject.kind is SubjectKind.DOCUMENT
    assert [model.is_noted(model.row_at(place)) for place in range(3)] == [False, True, False]
    assert "memo" in model.index(1, 0).data()
    grid.grab()


def test_m_among_the_respondents_is_about_the_respondent(qtbot: QtBot, bench: Workbench) -> None:
    bench.show_screen("respondents")
    view, model = bench.respondents.view, bench.respondents.model
    qtbot.waitUntil(lambda: model.rowCount() > 0)
    view.setCurrentIndex(model.index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_M)
    typed(qtbot, bench.memo_card.pad, "x")
    (memo,) = bench.bridge.project.memos.all()
    assert memo.subject == Subject(SubjectKind.RESPONDENT, model.person(0).case_id)
    assert model.is_noted(model.person(0)) and not model.is_noted(model.person(1))
    view.grab()


def test_a_card_turns_from_memo_to_memo_and_takes_one_away(qtbot: QtBot, bench: Workbench, segment: Segment) -> None:
    project, subject = bench.bridge.project, Subject(SubjectKind.SEGMENT, segment.id)
    for content in ("one", "two"):
        project.memos.add(subject, content)
    QTest.keyClick(bench.coding.view, Qt.Key.Key_M)
    card: MemoCard = bench.memo_card
    assert card.pad.words.toPlainText() == "two"
    QTest.mouseClick(card._before, Qt.MouseButton.LeftButton)
    assert card.pad.words.toPlainText() == "one"
    QTest.mouseClick(card.new_button, Qt.MouseButton.LeftButton)
    typed(qtbot, card.pad, "three")
    assert [memo.content for memo in project.memos.of(subject)] == ["one", "two", "three"]
    QTest.mouseClick(card.remove_button, Qt.MouseButton.LeftButton)
    assert [memo.content for memo in project.memos.of(subject)] == ["one", "two"]


def test_a_memo_on_a_code_shows_in_the_tree(qtbot: QtBot, bench: Workbench) -> None:
    time = bench.bridge.code_keyed("time")
    assert time is not None
    bench.codebook.show_code(time.id)
    bench.codebook.ask("memo")
    typed(qtbot, bench.memo_card.pad, "x")
    row = bench.codebook._model.row_of_code(time.id)
    assert row is not None and row.roles[IS_NOTED]
    bench.bridge.project.undo()
    assert not row.roles[IS_NOTED]


def test_the_screen_lists_finds_and_opens_memos(bench: Workbench, segment: Segment) -> None:
    project = bench.bridge.project
    project.memos.add(PROJECT, "Dagbok om kjøkkenet", title="Dag 1")
    project.memos.add(Subject(SubjectKind.SEGMENT, segment.id), "om sitatet")
    bench.show_screen("memos")
    screen = bench.memos
    QAbstractItemModelTester(screen.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert screen.model.rowCount() == 2
    screen.field.setText("dagbok")
    assert screen.model.rowCount() == 1 and screen.pad.title.text() == "Dag 1"
    screen.field.clear()
    screen.kinds.choose(SubjectKind.SEGMENT.value, report=True)
    assert screen.model.rowCount() == 1 and screen.pad.words.toPlainText() == "om sitatet"
    QTest.keyClick(screen.view, Qt.Key.Key_O)
    assert bench.screen_name == "code"
    assert bench.coding.view.selected_span() == (segment.document_id, segment.span)


def test_a_new_entry_of_the_journal_and_a_memo_on_a_code(qtbot: QtBot, bench: Workbench) -> None:
    bench.show_screen("memos")
    screen = bench.memos
    for picks in (("project",), ("code", "#")):
        QTest.keyClick(screen.view, Qt.Key.Key_N)
        for pick in picks:
            view = screen.picker.findChild(QListView)
            assert view is not None and screen.picker.isVisible()
            values = [view.model().index(row, 0).data(VALUE) for row in range(view.model().rowCount())]
            row = next(row for row, value in enumerate(values) if value.startswith(pick))
            view.setCurrentIndex(view.model().index(row, 0))
            QTest.keyClick(view, Qt.Key.Key_Return)
        typed(qtbot, screen.pad, f"ny {picks[0]}")
    kinds = [memo.subject.kind for memo in bench.bridge.project.memos.all()]
    assert kinds == [SubjectKind.PROJECT, SubjectKind.CODE]
    assert screen.model.rowCount() == 2
    QTest.keyClick(screen.view, Qt.Key.Key_Delete)
    assert len(bench.bridge.project.memos.all()) == 1


def test_undo_shows_in_the_pad_what_is_on_disk(qtbot: QtBot, bench: Workbench) -> None:
    memo = bench.bridge.project.memos.add(PROJECT, "gammel")
    bench.show_screen("memos")
    bench.memos.show_memo(memo.id)
    typed(qtbot, bench.memos.pad, "ny ")
    assert bench.memos.pad.words.toPlainText() == "ny gammel"
    bench.bridge.project.undo()
    assert bench.memos.pad.words.toPlainText() == "gammel"


def test_a_paste_of_a_million_letters_is_broken_into_lines_and_kept(qtbot: QtBot, bench: Workbench) -> None:
    bench.show_screen("memos")
    bench.memos.write_new(PROJECT)
    QGuiApplication.clipboard().setText("x" * 1_000_000)
    with qtbot.waitSignal(bench.memos.pad.written):
        bench.memos.pad.words.paste()
    (memo,) = bench.bridge.project.memos.all()
    assert memo.content.replace("\n", "") == "x" * 1_000_000


def test_overlong_lines_are_broken_at_spaces_and_others_left_alone() -> None:
    text = "kort\n" + "ord " * 2_000 + "\nslutt"
    assert max(map(len, broken(text).split("\n"))) <= LONGEST
    assert broken(text).split() == text.split()
    assert broken("kort linje  ") == "kort linje  "


@pytest.fixture
def full_disk(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Nothing can be written until it is undone."""

    def full() -> None:
        raise StoreError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(bench.bridge.project.db, "_check_there", full)
        yield patch


def test_a_memo_that_cannot_be_written_stays_in_the_pad(
    qtbot: QtBot, window: MainWindow, bench: Workbench, full_disk: pytest.MonkeyPatch
) -> None:
    bench.show_screen("memos")
    bench.memos.write_new(PROJECT)
    pad, project = bench.memos.pad, bench.bridge.project
    told: list[Exception] = []
    pad.failed.connect(told.append)
    with qtbot.waitSignal(pad.failed):
        QTest.keyClicks(pad.words, "viktig")
    assert window.status_bar._state.text() == "Not everything saved"
    bench.show_screen("code")
    bench.show_screen("memos")
    assert pad.words.isVisible() and pad.words.toPlainText() == "viktig" and pad.is_changed
    assert len(told) == 1, "it is tried again without a word"
    full_disk.undo()
    pad._again.setInterval(1)
    qtbot.waitUntil(lambda: [memo.content for memo in project.memos.all()] == ["viktig"])
    assert window.status_bar._state.text() == "Everything saved"


def test_what_cannot_be_written_is_on_the_clipboard_when_the_project_is_closed(
    qtbot: QtBot, window: MainWindow, bench: Workbench, segment: Segment, full_disk: pytest.MonkeyPatch
) -> None:
    bench.write_memo(Subject(SubjectKind.SEGMENT, segment.id), QRect(300, 300, 10, 10), "x")
    QTest.keyClicks(bench.memo_card.pad.words, "en")
    bench.memo_card.close_up()
    bench.show_screen("memos")
    bench.memos.write_new(PROJECT)
    QTest.keyClicks(bench.memos.pad.words, "to")
    window.close_project()
    assert sorted(QGuiApplication.clipboard().text().split()) == ["en", "to"]
    qtbot.waitUntil(lambda: window.message_line.message is not None)
    message = window.message_line.message
    assert message is not None and message.sentence.endswith("it is on the clipboard.")


def test_the_window_stays_open_once_for_what_cannot_be_written(
    qtbot: QtBot, window: MainWindow, bench: Workbench, full_disk: pytest.MonkeyPatch
) -> None:
    bench.show_screen("memos")
    bench.memos.write_new(PROJECT)
    QTest.keyClicks(bench.memos.pad.words, "viktig")
    window.close()
    assert window.isVisible() and QGuiApplication.clipboard().text() == "viktig"
    qtbot.waitUntil(lambda: "close the window again" in getattr(window.message_line.message, "hint", ""))
    bench.memos.pad.words.append("mer")
    window.close()
    assert window.isVisible(), "this was not told yet"
    window.close()
    assert not window.isVisible()


@pytest.mark.parametrize("is_shown", [True, False])
def test_a_title_alone_that_cannot_be_written_is_not_lost(
    window: MainWindow, bench: Workbench, segment: Segment, full_disk: pytest.MonkeyPatch, is_shown: bool
) -> None:
    QGuiApplication.clipboard().clear()
    bench.write_memo(Subject(SubjectKind.SEGMENT, segment.id), QRect(300, 300, 10, 10), "x")
    QTest.keyClicks(bench.memo_card.pad.title, "Viktig")
    bench.memo_card.close_up()
    if not is_shown:
        bench.write_memo(PROJECT, QRect(300, 300, 10, 10), "x")
    window.close_project()
    assert QGuiApplication.clipboard().text() == "Viktig"


def test_a_card_is_gone_with_the_project(
    qtbot: QtBot, window: MainWindow, bench: Workbench, segment: Segment, full_disk: pytest.MonkeyPatch
) -> None:
    bench.write_memo(Subject(SubjectKind.SEGMENT, segment.id), QRect(300, 300, 10, 10), "x")
    card = bench.memo_card
    QTest.keyClicks(card.pad.words, "en")
    card.close_up()
    with qtbot.waitSignal(card.destroyed):
        window.close_project()
        card.pad.save()  # as it does from time to time: a project that is closed cannot be written
    assert window.findChildren(Popover) == []


def test_what_could_not_be_written_outlives_the_pad(
    qtbot: QtBot, bench: Workbench, segment: Segment, full_disk: pytest.MonkeyPatch
) -> None:
    project, unwritten = bench.bridge.project, bench.bridge.unwritten
    card, here = bench.memo_card, QRect(300, 300, 10, 10)
    first, second = Subject(SubjectKind.SEGMENT, segment.id), Subject(SubjectKind.DOCUMENT, segment.document_id)
    for subject, words in ((first, "en"), (second, "to")):
        bench.write_memo(subject, here, "x")
        QTest.keyClicks(card.pad.words, words)
        card.close_up()
    bench.write_memo(first, here, "x")
    assert card.pad.words.toPlainText() == "en", "it is shown again where one comes back to it"
    card.close_up()
    unwritten.try_again()
    assert unwritten.waits and project.memos.all() == []
    full_disk.undo()
    card.pad.save()
    unwritten.try_again()
    assert sorted(memo.content for memo in project.memos.all()) == ["en", "to"]
    assert not unwritten.waits


def test_who_codes_blind_sees_no_memo_on_anothers_quotation(qtbot: QtBot, bench: Workbench, segment: Segment) -> None:
    project = bench.bridge.project
    project.memos.add(Subject(SubjectKind.SEGMENT, segment.id), "hemmelig")
    project.coder_name = "Per"
    project.memos.add(PROJECT, "ikke hemmelig")
    bench.show_screen("memos")
    assert bench.memos.model.rowCount() == 2
    bench.bridge.set_blind(True)
    assert bench.memos.model.rowCount() == 1 and bench.memos.model.n_of(None) == 1
    hidden = bench.bridge.hidden_coders
    assert project.codebook.holdings(segment.code_id).n_memos == 1
    assert project.codebook.holdings(segment.code_id, hidden_coders=hidden).n_memos == 0
    bench.write_memo(Subject(SubjectKind.SEGMENT, segment.id), QRect(), "a quotation")
    assert bench.memo_card.pad.memo is None
    bench.search.look_for("hemmelig")
    qtbot.waitUntil(lambda: not bench.search.is_searching, timeout=30_000)
    assert [str(bench.search.model.index(row, 0).data()) for row in range(2)] == ["In memos (1)", ": ikke hemmelig"]


def test_tab_leaves_the_words_for_the_list_and_back(bench: Workbench) -> None:
    bench.show_screen("memos")
    bench.memos.write_new(PROJECT)
    pad = bench.memos.pad
    QTest.keyClicks(pad.words, "viktig")
    QTest.keyClick(pad.words, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is bench.memos.view
    QTest.keyClick(bench.memos.view, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is pad.words
    assert pad.words.toPlainText() == "viktig"


def test_the_lines_of_a_memo_stand_as_far_apart_as_those_of_other_text(qtbot: QtBot, bench: Workbench) -> None:
    bench.show_screen("memos")
    bench.memos.write_new(PROJECT)
    words = bench.memos.pad.words
    QTest.keyClicks(words, "en")
    QTest.keyClick(words, Qt.Key.Key_Return)
    typed(qtbot, bench.memos.pad, "to")
    assert lines_apart(words) == fonts.px(20)
    bench.show_screen("code")
    bench.show_screen("memos")
    assert words.toPlainText() == "en\nto"
    assert lines_apart(words) == fonts.px(20)
    words.undo()
    assert lines_apart(words) == fonts.px(20), "the setting is nothing that a user did"


def lines_apart(words: QTextEdit) -> float:
    """From the top of the first line of a memo to that of the last one."""
    layout, document = words.document().documentLayout(), words.document()
    return layout.blockBoundingRect(document.lastBlock()).top() - layout.blockBoundingRect(document.firstBlock()).top()


def test_an_open_memo_is_hidden_from_the_next_coder_who_codes_blind(
    qtbot: QtBot, bench: Workbench, segment: Segment
) -> None:
    QTest.keyClick(bench.coding.view, Qt.Key.Key_M)
    card = bench.memo_card
    typed(qtbot, card.pad, "Ingrids tanke")
    bench.bridge.hand_over("Kari Moe")
    assert card.pad.words.toPlainText() == "Ingrids tanke", "who does not code blind sees it"
    bench.bridge.set_blind(True)
    assert card.pad.words.toPlainText() == "" and card.pad.memo is None
    typed(qtbot, card.pad, "Karis tanke")
    written = {(memo.coder, memo.content) for memo in bench.bridge.project.memos.all()}
    assert written == {("Ingrid Haugen", "Ingrids tanke"), ("Kari Moe", "Karis tanke")}
    bench.bridge.hand_over("Ingrid Haugen")
    assert card.pad.words.toPlainText() == "Ingrids tanke"


def test_a_search_that_finds_no_memo_says_so_and_can_be_taken_back(qtbot: QtBot, bench: Workbench) -> None:
    bench.show_screen("memos")
    bench.memos.write_new(PROJECT)
    typed(qtbot, bench.memos.pad, "viktig")
    QTest.keyClicks(bench.memos.field, "uviktig")
    (shown,) = (each for each in bench.memos.findChildren(QAbstractButton) if each.text().strip() == "Show all")
    assert shown.isVisible() and not bench.memos.pad.isVisible()
    QTest.mouseClick(shown, Qt.MouseButton.LeftButton)
    assert bench.memos.field.text() == ""
    assert bench.memos.pad.isVisible() and bench.memos.pad.words.toPlainText() == "viktig"
