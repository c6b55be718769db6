"""Words are corrected in place, versions read, quotations cut and joined, by real keys and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.coding.screen import CodingScreen
from qualcode.gui.coding.versions_sheet import VersionsSheet
from qualcode.gui.documents.model import DocumentsModel
from qualcode.gui.main_window import MainWindow
from qualcode.gui.workbench import Workbench
from qualcode.model.memo import Subject, SubjectKind
from qualcode.model.segment import Span
from tests.gui.coding.test_screen import code_id


@pytest.fixture
def workbench(qtbot: QtBot, bridge: ProjectBridge) -> Workbench:
    made = Workbench(bridge)
    qtbot.addWidget(made)
    made.resize(1280, 760)
    made.show()
    qtbot.waitExposed(made)
    made.show_screen("code")
    return made


@pytest.fixture
def screen(qtbot: QtBot, bridge: ProjectBridge) -> CodingScreen:
    made = CodingScreen(bridge)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.show_reading(DocumentsModel(bridge).readings[0])
    qtbot.waitExposed(made)
    made.view.setFocus()
    return made


def document_id(screen: CodingScreen) -> int:
    assert screen.reading is not None
    return screen.reading.documents[0].id


def select(screen: CodingScreen, words: str) -> Span:
    """Selects the first place of some words."""
    start = text(screen).index(words)
    span = Span(start, start + len(words))
    screen.show_span(document_id(screen), span)
    return span


def text(screen: CodingScreen) -> str:
    return screen._bridge.project.documents.text(document_id(screen))


def code(screen: CodingScreen, words: str, key: str) -> int:
    span = select(screen, words)
    segment = screen._bridge.project.segments.add(document_id(screen), span, code_id(screen._bridge, key))
    screen.view.clear_selection()
    return segment.id


def quoted(screen: CodingScreen) -> list[str]:
    words = text(screen)
    return [words[each.span.start : each.span.end] for each in screen._bridge.project.segments.of_document(1)]


def test_selected_words_are_corrected_where_they_stand(workbench: Workbench) -> None:
    screen = workbench.coding
    code(screen, "kjøkken med de andre", "room")
    code(screen, "dårlig tid", "time")
    select(screen, "kjøkken")
    top = screen.view.selection_place().top()
    QTest.keyClick(screen.view, Qt.Key.Key_F4)
    editor = screen.changes.editor
    assert editor.isVisible()
    assert editor.hasFocus()
    assert editor.toPlainText() == "kjøkken"
    assert top - 3 <= editor.geometry().top() <= top
    assert [key for key, _text in screen.working_keys()] == ["Enter", "Esc"]
    QTest.keyClicks(editor, "et stort kjøkken")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert not editor.isVisible()
    assert "Vi deler et stort kjøkken med de andre" in text(screen)
    assert quoted(screen) == ["et stort kjøkken med de andre", "dårlig tid"]
    assert workbench.undo_line.sentence == "Text corrected: 1 quotation kept, 1 changed, 0 lost"
    assert screen.view.hasFocus()
    assert [mark for mark in screen.view.marks_in_view() if not mark.is_suggestion]
    shown = "\n".join(block.text for block in screen.shown.blocks)
    assert shown == text(screen)
    workbench.bridge.project.undo()
    assert "Vi deler kjøkken med" in text(screen)
    assert "\n".join(block.text for block in screen.shown.blocks) == text(screen)
    assert quoted(screen) == ["kjøkken med de andre", "dårlig tid"]


def test_escape_leaves_the_text_as_it_is_and_so_does_a_click_beside(screen: CodingScreen) -> None:
    before = text(screen)
    select(screen, "kjøkken")
    QTest.keyClick(screen.view, Qt.Key.Key_F4)
    QTest.keyClicks(screen.changes.editor, "bakeri")
    QTest.keyClick(screen.changes.editor, Qt.Key.Key_Escape)
    assert not screen.changes.editor.isVisible()
    assert screen.view.hasFocus()
    QTest.keyClick(screen.view, Qt.Key.Key_F4)
    screen.view.setFocus()
    assert not screen.changes.editor.isVisible()
    assert text(screen) == before


def test_spaces_at_which_no_line_breaks_stay_in_a_correction(screen: CodingScreen) -> None:
    bridge = screen._bridge
    bridge.project.documents.correct(document_id(screen), select(screen, "trangt, og"), "10\u00a0000 kr, og")
    select(screen, "10\u00a0000 kr")
    QTest.keyClick(screen.view, Qt.Key.Key_F4)
    assert not screen.changes.editor.is_changed
    QTest.keyClick(screen.changes.editor, Qt.Key.Key_End)
    QTest.keyClicks(screen.changes.editor, "oner")
    QTest.keyClick(screen.changes.editor, Qt.Key.Key_Return)
    assert "10\u00a0000 kroner, og" in text(screen)


def test_without_a_selection_the_word_at_the_caret_is_corrected(screen: CodingScreen) -> None:
    screen.show_span(document_id(screen), Span(0, 4))
    screen.view.clear_selection()
    QTest.keyClick(screen.view, Qt.Key.Key_F4)
    assert (
        screen.changes.editor.toPlainText() == "møtes" or text(screen).split()[0] == screen.changes.editor.toPlainText()
    )
    QTest.keyClick(screen.changes.editor, Qt.Key.Key_Return)  # the same words: no new version
    assert screen._bridge.project.documents.n_versions() == {}


def test_words_of_two_turns_are_not_corrected_at_once(screen: CodingScreen, qtbot: QtBot) -> None:
    start = text(screen).index("\n")
    screen.show_span(document_id(screen), Span(start - 3, start + 3))
    with qtbot.waitSignal(screen.hinted):
        QTest.keyClick(screen.view, Qt.Key.Key_F4)
    assert not screen.changes.editor.isVisible()


def test_a_turn_is_not_emptied_and_the_editor_stays_open(screen: CodingScreen, qtbot: QtBot) -> None:
    select(screen, "Ja.")
    QTest.keyClick(screen.view, Qt.Key.Key_F4)
    with qtbot.waitSignal(screen.failed):
        QTest.keyClick(screen.changes.editor, Qt.Key.Key_Delete)
        QTest.keyClick(screen.changes.editor, Qt.Key.Key_Return)
    assert screen.changes.editor.isVisible()


def test_the_editor_grows_with_its_words_and_moves_with_the_text(screen: CodingScreen) -> None:
    screen.resize(900, 260)
    select(screen, "Taushetsplikten er streng")
    QTest.keyClick(screen.view, Qt.Key.Key_F4)
    editor = screen.changes.editor
    narrow, top = editor.width(), editor.geometry().top()
    QTest.keyClicks(editor, "Taushetsplikten er veldig, veldig streng og den gjelder for alle oppskriftene her")
    assert editor.width() > narrow
    QTest.keyClicks(editor, " og for alle som arbeider i huset, om natten også")
    left, width = screen.view.text_column
    assert editor.geometry().left() <= left
    assert editor.width() >= width
    assert editor.height() >= 2 * screen.view.fontMetrics().height()
    bar = screen.view.verticalScrollBar()
    bar.setValue(bar.value() - 20)
    assert editor.geometry().top() == top + 20


def test_a_lost_quotation_is_named_and_listed_with_the_versions(workbench: Workbench) -> None:
    screen = workbench.coding
    assert not screen.versions.isVisible()
    code(screen, "alltid dårlig tid", "time")
    select(screen, "alltid dårlig tid")
    QTest.keyClick(screen.view, Qt.Key.Key_F4)
    QTest.keyClicks(screen.changes.editor, "bra")
    QTest.keyClick(screen.changes.editor, Qt.Key.Key_Return)
    assert workbench.undo_line.sentence == (
        "Text corrected: 0 quotations kept, 0 changed, 1 lost. Lost: Tid “alltid dårlig tid”"
    )
    assert screen.versions.isVisible()
    assert screen.versions.accessibleName() == "2 versions"
    QTest.mouseClick(screen.versions, Qt.MouseButton.LeftButton)
    (sheet,) = workbench.findChildren(VersionsSheet)
    said = [each.text() for each in sheet.findChildren(QLabel)]
    assert "Version 2" in said
    assert "“alltid dårlig tid” → “bra”" in said
    assert "1 quotation lost with its words:" in said
    assert "Tid: “alltid dårlig tid” (Ingrid Haugen)" in said
    assert any("Ingrid Haugen  ·  corrected here" in each for each in said)
    assert any("read from samtale.txt" in each for each in said)
    first = next(each for each in sheet.findChildren(QPushButton) if each.accessibleName() == "Read version 1")
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    assert "alltid dårlig tid" in sheet.text.toPlainText()
    assert sheet.text.isVisible()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_an_answer_is_corrected_and_the_place_stays(workbench: Workbench) -> None:
    workbench.documents.pick(workbench.documents.model.readings[-1].key)
    screen = workbench.coding
    answer = next(each for each in screen.shown.blocks if each.text == "Lite tid.")
    screen.show_span(answer.document_id, Span(0, 4))
    QTest.keyClick(screen.view, Qt.Key.Key_F4)
    QTest.keyClicks(screen.changes.editor, "Svært lite")
    QTest.keyClick(screen.changes.editor, Qt.Key.Key_Return)
    assert [each.text for each in screen.shown.blocks if each.document_id == answer.document_id] == ["Svært lite tid."]
    place = screen.view.cursor_place
    assert place is not None
    assert (screen.shown.blocks[place[0]].document_id, place[1]) == (answer.document_id, 10)
    assert screen.versions.isVisible()
    screen.view.put_cursor(0)
    assert not screen.versions.isVisible()


def test_texts_that_changed_while_another_screen_was_shown_are_shown_on_return(workbench: Workbench) -> None:
    workbench.show_screen("tables")
    workbench.bridge.project.documents.correct(1, Span(0, 7), "Hvor ofte")
    workbench.show_screen("code")
    assert workbench.coding.shown.blocks[0].text.startswith("Hvor ofte")


def test_a_quotation_is_cut_at_the_caret_and_joined_again(screen: CodingScreen, qtbot: QtBot) -> None:
    segment_id = code(screen, "trangt, og det er taushetsplikt", "secrecy")
    place = text(screen).index("og det er taushetsplikt")
    screen.show_span(1, Span(place, place + 1))
    screen.view.put_caret(1, place)
    screen.view.select_mark((False, segment_id))
    with qtbot.waitSignal(screen.done) as told:
        QTest.keyClick(screen.view, Qt.Key.Key_X)
    assert told.args == ["Quotation split"]
    assert quoted(screen) == ["trangt,", "og det er taushetsplikt"]
    assert screen.view.selected_mark == (False, segment_id)
    QTest.keyClick(screen.view, Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
    assert quoted(screen) == ["trangt, og det er taushetsplikt"]
    assert screen._bridge.project.undo_name == "Join quotations"


def test_a_quotation_without_a_neighbour_says_so(screen: CodingScreen, qtbot: QtBot) -> None:
    segment_id = code(screen, "trangt", "room")
    screen.view.select_mark((False, segment_id))
    with qtbot.waitSignal(screen.hinted):
        QTest.keyClick(screen.view, Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)


def test_a_quotation_inside_another_of_its_code_is_told_and_made_one_with_it(screen: CodingScreen) -> None:
    hints: list[str] = []
    screen.hinted.connect(hints.append)
    for words, key, n_hints in (
        ("trangt, og det er taushetsplikt", "secrecy", 0),
        ("taushetsplikt", "room", 0),
        ("taushetsplikt", "secrecy", 1),
    ):
        select(screen, words)
        screen.apply_code(code_id(screen._bridge, key))
        assert len(hints) == n_hints
    assert "both count" in hints[0]
    QTest.keyClick(screen.view, Qt.Key.Key_X, Qt.KeyboardModifier.ShiftModifier)
    assert words_of_secrecy(screen) == ["trangt, og det er taushetsplikt"]


def words_of_secrecy(screen: CodingScreen) -> list[str]:
    secrecy = code_id(screen._bridge, "secrecy")
    segments = [each for each in screen._bridge.project.segments.of_document(1) if each.code_id == secrecy]
    return [text(screen)[each.span.start : each.span.end] for each in segments]


NO_KEYBOARD = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)


def menu_of(screen: CodingScreen, position: QPoint) -> QMenu:
    viewport = screen.view.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, position, viewport.mapToGlobal(position))
    QApplication.sendEvent(viewport, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_the_editor_is_as_high_as_its_lines_though_a_short_word_was_corrected_before(screen: CodingScreen) -> None:
    select(screen, "kjøkken")
    QTest.keyClick(screen.view, Qt.Key.Key_F4)
    editor = screen.changes.editor
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    screen.view.clear_selection()
    screen.view.select_turn()
    lines = screen.view.selection_place().height()
    assert lines > screen.view.line_height, "several lines"
    QTest.keyClick(screen.view, Qt.Key.Key_F4)
    assert editor.isVisible() and editor.height() <= lines + screen.view.line_height


@NO_KEYBOARD
def test_the_menu_of_a_selection_corrects_it(screen: CodingScreen) -> None:
    select(screen, "kjøkken")
    menu = menu_of(screen, screen.view.selection_place().topLeft() + QPoint(8, 8))
    assert [each.objectName() for each in menu.actions() if each.objectName()] == ["code", "in_vivo", "copy", "correct"]
    next(each for each in menu.actions() if each.objectName() == "correct").trigger()
    menu.close()
    assert screen.changes.editor.isVisible()
    assert screen.changes.editor.toPlainText() == "kjøkken"


@NO_KEYBOARD
def test_the_menu_over_a_quotation_picks_it_and_cuts_it_there(screen: CodingScreen) -> None:
    segment_id = code(screen, "trangt, og det er taushetsplikt", "secrecy")
    place = text(screen).index("og det er taushetsplikt")
    screen.view.put_caret(1, place)
    number, _position = screen.view.cursor_place or (0, 0)
    point = screen.view.point_of(number, place - screen.shown.blocks[number].start)
    menu = menu_of(screen, point)
    assert screen.view.selected_mark == (False, segment_id)
    names = [each.objectName() for each in menu.actions() if each.objectName()]
    assert names == ["turn", "sentence", "recode", "split", "join", "memo", "remove", "correct"]
    assert not next(each for each in menu.actions() if each.objectName() == "join").isEnabled()
    next(each for each in menu.actions() if each.objectName() == "split").trigger()
    menu.close()
    assert quoted(screen) == ["trangt,", "og det er taushetsplikt"]


@NO_KEYBOARD
def test_the_menu_over_a_quotation_widens_and_narrows_it(screen: CodingScreen) -> None:
    code(screen, "trangt, og det er taushetsplikt", "secrecy")
    place = text(screen).index("og det er taushetsplikt")
    for command, words in (
        ("end_in", "trangt, og det er"),
        ("start_in", "og det er"),
        ("start_out", "trangt, og det er"),
        ("end_out", "trangt, og det er taushetsplikt"),
    ):
        screen.view.put_caret(1, place)
        number, _position = screen.view.cursor_place or (0, 0)
        menu = menu_of(screen, screen.view.point_of(number, place - screen.shown.blocks[number].start))
        next(each for each in menu.findChildren(QAction) if each.objectName() == command).trigger()
        menu.close()
        assert quoted(screen) == [words]


@NO_KEYBOARD
def test_the_menu_over_a_quotation_asks_for_a_memo_on_it(screen: CodingScreen, qtbot: QtBot) -> None:
    segment_id = code(screen, "trangt, og det er taushetsplikt", "secrecy")
    place = text(screen).index("og det er taushetsplikt")
    screen.view.put_caret(1, place)
    number, _position = screen.view.cursor_place or (0, 0)
    menu = menu_of(screen, screen.view.point_of(number, place - screen.shown.blocks[number].start))
    with qtbot.waitSignal(screen.memo_wanted) as asked:
        next(each for each in menu.actions() if each.objectName() == "memo").trigger()
    menu.close()
    assert asked.args is not None and asked.args[0] == Subject(SubjectKind.SEGMENT, segment_id)


def test_a_correction_in_the_window_can_be_undone_by_its_line(window: MainWindow, project_path: object) -> None:
    window.open_project(project_path)  # type: ignore[arg-type]
    assert window.workbench is not None
    screen = window.workbench.coding
    before = text(screen)
    select(screen, "kjøkken")
    QTest.keyClick(screen.view, Qt.Key.Key_F4)
    QTest.keyClicks(screen.changes.editor, "bakeri")
    QTest.keyClick(screen.changes.editor, Qt.Key.Key_Return)
    assert text(screen) != before
    QTest.mouseClick(window.workbench.undo_line.undo_button, Qt.MouseButton.LeftButton)
    assert text(screen) == before


def test_the_documents_are_not_read_again_for_a_correction(bridge: ProjectBridge, qtbot: QtBot) -> None:
    model = DocumentsModel(bridge)
    before = model.readings
    bridge.project.documents.correct(1, Span(0, 7), "Hvor ofte")
    assert model.readings is before
    bridge.project.undo()
    assert model.readings is before
