"""The codebook in hand: codes are added, renamed, coloured, moved, merged and deleted, each as one step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QRect, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qualcode.errors import StoreError
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.codebook.panel import CodebookPanel
from qualcode.gui.codebook.tree import PASSAGE_MIME, mime_of_code
from qualcode.gui.importing import piecewise
from qualcode.gui.importing.piecewise import PiecewiseJob
from qualcode.gui.main_window import MainWindow
from qualcode.gui.resources.tokens import CODE_COLOURS
from qualcode.model.segment import Span
from qualcode.project import codebook
from qualcode.project.codebook import Meaning

ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def panel(qtbot: QtBot, bridge: ProjectBridge) -> Iterator[CodebookPanel]:
    made = CodebookPanel(bridge)
    qtbot.addWidget(made)
    made.resize(312, 820)
    made.show()
    qtbot.waitExposed(made)
    yield made


def tree(bridge: ProjectBridge) -> list[tuple[int, str]]:
    return [(code.depth, bridge.names[code.id]) for code in bridge.codebook.codes]


def pick(panel: CodebookPanel, bridge: ProjectBridge, key: str) -> int:
    code = bridge.code_keyed(key)
    assert code is not None
    panel.show_code(code.id)
    panel.tree.setFocus()
    return code.id


def drop(panel: CodebookPanel, mime: QMimeData, code_id: int, part: float) -> None:
    row = panel.model.row_of_code(code_id)
    assert row is not None
    place = panel.tree.visualRect(panel.model.index_of(row))
    point = QPointF(place.center().x(), place.top() + part * place.height())
    left, move = Qt.MouseButton.LeftButton, Qt.DropAction.MoveAction
    panel.tree.dragEnterEvent(QDragEnterEvent(point.toPoint(), move, mime, left, NONE))
    moved = QDragMoveEvent(point.toPoint(), move, mime, left, NONE)
    panel.tree.dragMoveEvent(moved)
    assert moved.isAccepted()
    panel.tree.viewport().grab()
    panel.tree.dropEvent(QDropEvent(point, move, mime, left, NONE))


def test_a_code_is_added_beside_the_current_one_and_below_it(panel: CodebookPanel, bridge: ProjectBridge) -> None:
    pick(panel, bridge, "time")
    panel.ask("add")
    QTest.keyClicks(panel.bar.field, "Lukt")
    QTest.keyClick(panel.bar.field, Qt.Key.Key_Return)
    assert tree(bridge) == [(0, "Hindringer"), (1, "Taushet"), (1, "Tid"), (1, "Lukt"), (0, "Rom")]
    assert bridge.names[panel.tree.current_code or 0] == "Lukt"
    assert not panel.bar.isVisible()
    pick(panel, bridge, "room")
    panel.ask("add_below")
    QTest.keyClicks(panel.bar.field, "Vindu")
    panel.bar.go_button.click()
    assert tree(bridge)[-2:] == [(0, "Rom"), (1, "Vindu")]
    bridge.project.undo()
    assert tree(bridge)[-1] == (0, "Rom")


def test_escape_and_a_blank_name_add_nothing(panel: CodebookPanel, bridge: ProjectBridge) -> None:
    before = tree(bridge)
    panel.ask("add")
    QTest.keyClick(panel.bar.field, Qt.Key.Key_Return)
    assert panel.bar.isVisible()
    QTest.keyClick(panel.bar.field, Qt.Key.Key_Escape)
    assert not panel.bar.isVisible()
    assert tree(bridge) == before


def test_a_name_is_written_over_in_the_tree(panel: CodebookPanel, bridge: ProjectBridge, qtbot: QtBot) -> None:
    code_id = pick(panel, bridge, "time")
    QTest.keyClick(panel.tree, Qt.Key.Key_F2)
    editor = panel.tree.findChild(QLineEdit)
    assert editor is not None and editor.text() == "Tid"
    QTest.keyClicks(editor, "Klokka")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bridge.names[code_id] == "Klokka")
    assert panel.tree.current_code == code_id
    assert bridge.project.undo_name == "Rename code"
    QTest.keyClick(panel.tree, Qt.Key.Key_F2)
    editors = [each for each in panel.tree.findChildren(QLineEdit) if each.isVisible()]
    QTest.keyClicks(editors[0], "Nei")
    QTest.keyClick(editors[0], Qt.Key.Key_Escape)
    qtbot.wait(10)
    assert bridge.names[code_id] == "Klokka"


def test_letters_of_several_keys_are_composed_in_a_name(
    panel: CodebookPanel, bridge: ProjectBridge, qtbot: QtBot
) -> None:
    code_id = pick(panel, bridge, "time")
    QTest.keyClick(panel.tree, Qt.Key.Key_F2)
    editor = panel.tree.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "Kaf")
    QApplication.sendEvent(editor, QInputMethodEvent("´", []))
    assert (editor.text(), bridge.names[code_id]) == ("Kaf", "Tid"), "the letter is not whole yet"
    composed = QInputMethodEvent()
    composed.setCommitString("é")
    QApplication.sendEvent(editor, composed)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bridge.names[code_id] == "Kafé")


def test_no_line_of_the_old_name_peeps_out_below_the_field(panel: CodebookPanel, bridge: ProjectBridge) -> None:
    code_id = pick(panel, bridge, "time")
    bridge.project.codebook.rename(code_id, "A name that is too long for one line of the tree")
    pick(panel, bridge, "time")
    place = panel.tree.visualRect(panel.tree.currentIndex())
    below = QRect(place.left() + 60, place.bottom() - 14, 80, 10)

    def colours() -> int:
        drawn = panel.tree.viewport().grab(below).toImage()
        return len({drawn.pixel(x, y) for x in range(drawn.width()) for y in range(drawn.height())})

    assert colours() > 1, "the second line of the name"
    QTest.keyClick(panel.tree, Qt.Key.Key_F2)
    assert colours() == 1


def test_keys_move_a_code(panel: CodebookPanel, bridge: ProjectBridge) -> None:
    before = tree(bridge)
    code_id = pick(panel, bridge, "time")
    QTest.keyClick(panel.tree, Qt.Key.Key_Up, ALT)
    assert tree(bridge) == [(0, "Hindringer"), (1, "Tid"), (1, "Taushet"), (0, "Rom")]
    QTest.keyClick(panel.tree, Qt.Key.Key_Up, ALT)  # is the first already
    QTest.keyClick(panel.tree, Qt.Key.Key_Down, ALT)
    assert tree(bridge) == before
    QTest.keyClick(panel.tree, Qt.Key.Key_Left, ALT)
    assert tree(bridge) == [(0, "Hindringer"), (1, "Taushet"), (0, "Tid"), (0, "Rom")]
    QTest.keyClick(panel.tree, Qt.Key.Key_Right, ALT)
    assert tree(bridge) == before
    assert panel.tree.current_code == code_id
    for _step in range(4):
        bridge.project.undo()
    assert tree(bridge) == before


def test_a_code_is_dropped_onto_and_between_others(panel: CodebookPanel, bridge: ProjectBridge) -> None:
    room, time = pick(panel, bridge, "room"), pick(panel, bridge, "time")
    drop(panel, mime_of_code(time), room, 0.5)
    assert tree(bridge) == [(0, "Hindringer"), (1, "Taushet"), (0, "Rom"), (1, "Tid")]
    top = pick(panel, bridge, "hindrances")
    drop(panel, mime_of_code(room), top, 0.1)
    assert tree(bridge) == [(0, "Rom"), (1, "Tid"), (0, "Hindringer"), (1, "Taushet")]
    failures: list[Exception] = []
    panel.failed.connect(failures.append)
    drop(panel, mime_of_code(room), time, 0.5)
    assert len(failures) == 1, "a code below itself is refused with a sentence"


def test_a_passage_that_is_dropped_on_a_code_gets_it(panel: CodebookPanel, bridge: ProjectBridge, qtbot: QtBot) -> None:
    time = pick(panel, bridge, "time")
    mime = QMimeData()
    mime.setData(PASSAGE_MIME, b"1")
    with qtbot.waitSignal(panel.code_applied) as signal:
        drop(panel, mime, time, 0.1)
    assert signal.args == [time]


def test_a_colour_is_picked_by_key_and_the_dark_one_is_its_own(panel: CodebookPanel, bridge: ProjectBridge) -> None:
    code_id = pick(panel, bridge, "time")
    panel.ask("colour")
    assert len(panel.bar.swatches) == 12
    assert all(each.accessibleName() for each in panel.bar.swatches)
    chosen = next(each for each in panel.bar.swatches if each.isChecked())
    assert chosen.accessibleName() == "Crimson"
    QTest.keyClick(chosen, Qt.Key.Key_Right)
    QTest.keyClick(panel.bar.swatches[1], Qt.Key.Key_Return)
    look = bridge.looks[code_id]
    assert (look.light, look.dark) == (CODE_COLOURS[1].light, CODE_COLOURS[1].dark)
    panel.ask("colour")
    panel.bar.go_button.click()
    assert bridge.looks[code_id].light == CODE_COLOURS[0].light


def test_deleting_says_first_what_goes_and_can_be_undone(panel: CodebookPanel, bridge: ProjectBridge) -> None:
    code_id = pick(panel, bridge, "hindrances")
    time = bridge.code_keyed("time")
    assert time is not None
    bridge.project.segments.add(1, Span(0, 5), time.id)
    done: list[str] = []
    panel.done.connect(done.append)
    QTest.keyClick(panel.tree, Qt.Key.Key_Delete)
    assert "1 quotation by 1 coder" in panel.bar.sentence
    assert "2 codes below it go with it" in panel.bar.sentence
    assert "suggestions go too" in panel.bar.sentence
    assert bridge.code(code_id) is not None
    QTest.keyClick(panel.bar, Qt.Key.Key_Escape)
    assert bridge.code(code_id) is not None
    QTest.keyClick(panel.tree, Qt.Key.Key_Delete)
    QTest.keyClick(panel.bar.go_button, Qt.Key.Key_Return)
    assert tree(bridge) == [(0, "Rom")]
    assert done == ["Deleted “Hindringer”: 1 quotation by 1 coder"]
    assert bridge.names[panel.tree.current_code or 0] == "Rom"
    bridge.project.undo()
    assert len(tree(bridge)) == 4 and bridge.project.segments.count() == 1


def test_merging_says_first_where_the_quotations_go(panel: CodebookPanel, bridge: ProjectBridge) -> None:
    time, room = pick(panel, bridge, "time"), pick(panel, bridge, "room")
    pick(panel, bridge, "time")
    bridge.project.segments.add(1, Span(0, 5), time)
    done: list[str] = []
    panel.done.connect(done.append)
    QTest.keyClick(panel.tree, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert panel.picker.isVisible()
    offered = {panel.picker._model.index(row, 0).data() for row in range(panel.picker._model.rowCount())}
    assert offered == {"Hindringer", "Taushet", "Rom"}, "not into itself"
    panel.picker._field.setText("rom")
    QTest.keyClick(panel.picker._field, Qt.Key.Key_Return)
    assert "1 quotation by 1 coder will be “Rom”." in panel.bar.sentence
    assert bridge.project.segments.of_code(room) == []
    panel.bar.go_button.click()
    assert len(bridge.project.segments.of_code(room)) == 1
    assert bridge.code(time) is None
    assert panel.tree.current_code == room
    assert done == ["Merged “Tid” into “Rom”: 1 quotation by 1 coder"]


def test_codes_with_very_many_quotations_are_merged_and_deleted_in_pieces_that_can_be_stopped(
    window: MainWindow, project_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_project(project_path)
    bench = window.workbench
    assert bench is not None
    for module, name, value in ((piecewise, "AT_ONCE", 3), (piecewise, "_SLICE", 0.0), (codebook, "_PIECE", 2)):
        monkeypatch.setattr(module, name, value)
    project, panel = bench.bridge.project, bench.codebook
    time, room, other = (project.codebook.by_key_or_name(key).id for key in ("time", "room", "secrecy"))
    places = [(1, Span(at, at + 5)) for at in range(4)]
    project.segments.add_many(places, time)
    project.segments.add_many(places[:1], room)
    waiting = project.codebook.holdings(time).n_waiting, project.codebook.holdings(room).n_waiting

    panel._merge(time, room)
    assert isinstance(window.job, PiecewiseJob)
    points: list[tuple[int, int]] = []
    window.job.progressed.connect(lambda done, total: points.append((done, total)))
    window.job.progressed.connect(lambda done, _total: window.work.cancel() if done == 4 else None)
    qtbot.waitUntil(lambda: window.job is None)
    assert [total for _done, total in points] == [6] * len(points) and points[-1][0] == 4
    assert len(project.segments.of_code(time)) == 4 and project.undo_name != "Merge codes"
    panel._merge(time, room)
    qtbot.waitUntil(lambda: window.job is None)
    assert len(project.segments.of_code(room)) == 4 and bench.bridge.code(time) is None
    assert project.codebook.holdings(room).n_waiting == sum(waiting)
    assert panel.tree.current_code == room
    assert bench.undo_line.sentence == "Merged “Tid” into “Rom”: 4 quotations by 1 coder"

    code = bench.bridge.code(room)
    assert code is not None
    panel._delete(code)
    qtbot.waitUntil(lambda: window.job is None)
    assert project.segments.count() == 0 and bench.bridge.code(room) is None
    assert bench.undo_line.sentence == "Deleted “Rom”: 4 quotations by 1 coder"
    project.undo()
    project.undo()
    assert (len(project.segments.of_code(time)), len(project.segments.of_code(room))) == (4, 1)
    assert (project.codebook.holdings(time).n_waiting, project.codebook.holdings(room).n_waiting) == waiting
    assert bench.bridge.code(other) is not None


def test_folded_codes_stay_folded_when_the_codebook_changes(panel: CodebookPanel, bridge: ProjectBridge) -> None:
    pick(panel, bridge, "room")
    top = bridge.code_keyed("hindrances")
    assert top is not None
    row = panel.model.row_of_code(top.id)
    assert row is not None
    panel.tree.collapse(panel.model.index_of(row))
    bridge.project.codebook.add("Lukt")
    row = panel.model.row_of_code(top.id)
    assert row is not None
    assert not panel.tree.isExpanded(panel.model.index_of(row))


def test_the_menu_does_what_the_keys_do(panel: CodebookPanel, bridge: ProjectBridge) -> None:
    pick(panel, bridge, "time")
    panel._fill_menu()
    by_text = {action.text().partition("\t")[0]: action for action in panel._menu.actions()}
    by_text["Move up"].trigger()
    assert tree(bridge)[1] == (1, "Tid")


def test_the_model_keeps_qts_rules(panel: CodebookPanel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(panel.model)  # type: ignore[no-untyped-call]


def test_a_codebook_without_codes_says_how_one_is_made(panel: CodebookPanel, bridge: ProjectBridge) -> None:
    assert not panel._no_codes.isVisible()
    with bridge.project.step("Delete all"):
        for code in reversed(bridge.codebook.codes):
            bridge.project.codebook.delete(code.id)
    assert panel._no_codes.isVisible()
    assert panel._no_codes.heightForWidth(panel._no_codes.width()) <= panel._no_codes.height()


def test_what_a_code_means_is_written_beside_it(panel: CodebookPanel, bridge: ProjectBridge, qtbot: QtBot) -> None:
    code_id = pick(panel, bridge, "hindrances")
    QTest.keyClick(panel.tree, Qt.Key.Key_D)
    card = panel.definition_card
    assert card.isVisible() and card.definition.hasFocus()
    assert card.meaning == Meaning("Det som er i veien.", ("walls",), ("doors",))
    QTest.keyClick(card.definition, Qt.Key.Key_End)
    QTest.keyClicks(card.definition, " Ofte.")
    QTest.keyClick(card.definition, Qt.Key.Key_Tab)
    QTest.keyClick(card.include, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(card.include, Qt.Key.Key_Return)
    QTest.keyClicks(card.include, "fences")
    qtbot.waitUntil(lambda: bridge.project.undo_name == "Define code")
    QTest.keyClicks(card.aliases, "gjerder, hegn,")
    QTest.keyClick(card.aliases, Qt.Key.Key_Escape)
    assert not card.isVisible() and panel.tree.hasFocus() and panel.tree.current_code == code_id
    code = bridge.code(code_id)
    assert code is not None
    assert code.definition.by_language["nb"] == "Det som er i veien. Ofte."
    assert code.definition.by_language["en"] == "What stands in the way."
    assert (code.include, code.aliases) == (("walls", "fences"), ("gjerder", "hegn"))
    bridge.project.undo()
    code = bridge.code(code_id)
    assert code is not None and code.include == ("walls",) and code.aliases == (), "all of it in one step"


def test_undo_is_seen_in_the_open_definition_and_a_look_changes_nothing(
    panel: CodebookPanel, bridge: ProjectBridge
) -> None:
    code_id = pick(panel, bridge, "hindrances")
    panel.ask("define")
    panel.definition_card.close_up()
    assert bridge.project.undo_name != "Define code"
    panel.ask("define")
    card = panel.definition_card
    card.examples.setPlainText("Veggen er høy.\n\n")
    card.save()
    assert card.meaning.examples == ("Veggen er høy.",)
    bridge.project.undo()
    assert card.examples.toPlainText() == ""
    bridge.project.codebook.delete(code_id)
    assert not card.isVisible()


def test_a_definition_that_cannot_be_written_is_kept_and_tried_again(
    panel: CodebookPanel, bridge: ProjectBridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise StoreError("The disk is full.")

    code_id, card = pick(panel, bridge, "room"), panel.definition_card
    with monkeypatch.context() as patch:
        patch.setattr(bridge.project.db, "_check_there", full)
        panel.ask("define")
        card.definition.setPlainText("Hvor de arbeider.")
        card.include.setPlainText("plass")
        card.close_up()
        assert bridge.unwritten.words() == ["Hvor de arbeider.\nplass"]
        panel.ask("define")
        assert card.definition.toPlainText() == "Hvor de arbeider.", "it is shown where one comes back to it"
        assert bridge.unwritten.waits
    bridge.unwritten.try_again()
    code = bridge.code(code_id)
    assert code is not None and code.include == ("plass",) and not bridge.unwritten.waits
    bridge.project.undo()
    assert card.definition.toPlainText() == ""
    card.close_up()
    assert bridge.project.redo_name == "Define code", "what was undone is not written again"


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_tab_goes_round_in_a_card_that_popped_up(
    window: MainWindow, project_path: Path, qtbot: QtBot, key: Qt.Key
) -> None:
    window.open_project(project_path)
    window.activateWindow()
    bench = window.workbench
    assert bench is not None
    bench.codebook.show_code(bench.bridge.codebook.codes[0].id)
    bench.codebook.ask("define")
    card = bench.codebook.definition_card
    qtbot.waitUntil(card.definition.hasFocus)
    gone_through = []
    for _time in range(7):
        focused = QApplication.focusWidget()
        assert focused is not None and card.isAncestorOf(focused)
        gone_through.append(focused)
        QTest.keyClick(focused, key)
    assert len(set(gone_through)) == 6 and gone_through[0] is gone_through[6]
    QTest.keyClick(gone_through[0], Qt.Key.Key_Escape)
    assert not card.isVisible()


def test_what_is_asked_of_a_code_goes_when_the_code_is_another(panel: CodebookPanel, bridge: ProjectBridge) -> None:
    code_id = pick(panel, bridge, "room")
    panel.ask("delete")
    assert panel.bar.sentence == "It has no quotations. 2 suggestions go too."
    bridge.project.codebook.rename(code_id, "Rommet")
    assert not panel.bar.isVisible(), "it named the code as it was called before"
    panel.ask("add")
    bridge.project.codebook.rename(code_id, "Rom")
    assert panel.bar.isVisible(), "a name that is being typed is not lost"


def test_a_code_leads_to_its_quotations(window: MainWindow, project_path: Path, qtbot: QtBot) -> None:
    window.open_project(project_path)
    bench = window.workbench
    assert bench is not None
    bridge = bench.bridge
    bridge.project.review.accept_all("Kari")
    code_id = pick(bench.codebook, bridge, "secrecy")
    QTest.keyClick(bench.codebook.tree, Qt.Key.Key_Q)
    assert bench.screen_name == "tables"
    qtbot.waitUntil(bench.tables.panel.isVisible)
    n = len(bridge.project.reports.quotations("secrecy", "(all)"))
    assert n > 1 and bench.tables.panel.list_view.model().rowCount() == n
    bench.tables.close_quotations()
    bench.tables.view.fold("hindrances", folded=True)
    window.show_screen("survey")
    bench.survey.codebook.show_code(code_id)
    bench.survey.codebook.ask("quotations")
    qtbot.waitUntil(bench.tables.panel.isVisible)
    assert not bench.tables.view.is_folded("hindrances")


def test_rules_are_edited_from_the_tree_beside_the_answers_too(window: MainWindow, project_path: Path) -> None:
    window.open_project(project_path)
    bench = window.workbench
    assert bench is not None
    window.show_screen("survey")
    code_id = pick(bench.survey.codebook, bench.bridge, "secrecy")
    QTest.keyClick(bench.survey.codebook.tree, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert bench.screen_name == "rules" and bench.rules.code_id == code_id
    QTest.keyClick(bench.rules, Qt.Key.Key_Escape)
    assert bench.screen_name == "survey"
