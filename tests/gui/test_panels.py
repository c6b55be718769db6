"""The panels at the sides: documents and codebook."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qualcode.gui.analysis import counting
from qualcode.gui.background import Job
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.codebook.model import CODE_ID, COUNT, SUGGESTED, CodebookModel
from qualcode.gui.codebook.panel import CodebookPanel
from qualcode.gui.documents import delegate
from qualcode.gui.documents.delegate import n_fitting, paint_coded
from qualcode.gui.documents.model import CODED, KEY, READING, DocumentsModel
from qualcode.gui.documents.model import COUNT as IN_HEAD
from qualcode.gui.documents.panel import DocumentsPanel
from qualcode.gui.widgets import row_tree
from qualcode.gui.widgets.tree_model import Row
from qualcode.model.case import NO_GROUP
from qualcode.model.memo import Subject, SubjectKind
from qualcode.model.segment import Span


def names(model: DocumentsModel | CodebookModel) -> list[tuple[int, str]]:
    """All rows as (depth, text)."""
    found: list[tuple[int, str]] = []

    def walk(row: Row) -> None:
        for child in row.children:
            found.append((child.depth, child.roles[Qt.ItemDataRole.DisplayRole]))
            walk(child)

    walk(model._root)
    return found


def test_documents_stand_under_their_kind_and_questions_under_their_file(
    bridge: ProjectBridge, qtmodeltester: ModelTester
) -> None:
    model = DocumentsModel(bridge)
    assert names(model) == [(0, "Focus groups"), (1, "samtale"), (0, "svar"), (1, "Hva er vanskelig?")]
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_a_filter_keeps_what_fits(bridge: ProjectBridge) -> None:
    model = DocumentsModel(bridge)
    model.filter("vansk")
    assert names(model) == [(0, "svar"), (1, "Hva er vanskelig?")]
    model.filter("skift")
    assert [text for _depth, text in names(model)] == ["Focus groups", "samtale"]


def test_picking_a_document_is_reported_once(qtbot: QtBot, bridge: ProjectBridge) -> None:
    panel = DocumentsPanel(bridge)
    qtbot.addWidget(panel)
    panel.resize(256, 600)
    panel.show()
    picked: list[str] = []
    panel.reading_picked.connect(lambda reading: picked.append(reading.title))
    panel.pick_first()
    panel.pick_first()
    panel.pick(panel.model.readings[1].key)
    assert picked == ["samtale", "Hva er vanskelig?"]
    panel.tree.viewport().grab()


def test_a_click_on_the_arrow_folds_and_does_not_pick(qtbot: QtBot, bridge: ProjectBridge) -> None:
    panel = DocumentsPanel(bridge)
    qtbot.addWidget(panel)
    panel.resize(256, 600)
    panel.show()
    head = panel.model.index(0, 0)
    place = panel.tree.visualRect(head)
    QTest.mouseClick(panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=place.topLeft() + QPoint(14, 16))
    assert not panel.tree.isExpanded(head)
    assert panel.tree.currentIndex().data(READING) is None


def test_codes_stand_in_their_tree_with_counts_of_all_below(bridge: ProjectBridge, qtmodeltester: ModelTester) -> None:
    model = CodebookModel(bridge)
    assert names(model) == [(0, "Hindringer"), (1, "Taushet"), (1, "Tid"), (0, "Rom")]
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    document = bridge.project.documents.all()[0]
    secrecy, time, top = (bridge.code_keyed(key) for key in ("secrecy", "time", "hindrances"))
    assert secrecy and time and top
    suggested = model._rows[top.id].roles[SUGGESTED]
    assert suggested == model._rows[secrecy.id].roles[SUGGESTED] + model._rows[time.id].roles[SUGGESTED]
    bridge.project.segments.add(document.id, Span(0, 5), secrecy.id)
    bridge.project.segments.add(document.id, Span(6, 9), time.id)
    assert [model._rows[code.id].roles[COUNT] for code in (top, secrecy, time)] == [2, 1, 1]
    bridge.project.undo()
    assert [model._rows[code.id].roles[COUNT] for code in (top, secrecy, time)] == [1, 1, 0]


def counts(model: CodebookModel) -> list[object]:
    return [row.roles[COUNT] for row in model._rows.values()]


def test_counts_of_a_large_project_come_later_and_take_in_what_was_done_meanwhile(
    qtbot: QtBot, bridge: ProjectBridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "QUICK_ROWS", 0)
    document = bridge.project.documents.all()[0]
    time = bridge.code_keyed("time")
    assert time is not None
    bridge.project.segments.add(document.id, Span(0, 5), time.id)
    model = CodebookModel(bridge)
    assert counts(model) == [None] * 4, "no number is shown before it is known"
    bridge.project.segments.add(document.id, Span(6, 9), time.id)
    bridge.project.segments.add(document.id, Span(10, 12), time.id)
    bridge.project.undo()
    qtbot.waitUntil(lambda: counts(model) == [2, 0, 2, 0])
    bridge.project.undo()
    assert counts(model) == [1, 0, 1, 0], "what a step touched is counted at once"


def test_what_very_many_answers_are_is_said_when_it_is_known(
    qtbot: QtBot, bridge: ProjectBridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "QUICK_ROWS", 0)
    model = DocumentsModel(bridge)
    assert not Job._running, "what is there is painted before a worker begins"
    answers = model.readings[-1]
    assert (answers.title, len(answers.documents), answers.subtitle) == ("Hva er vanskelig?", 4, "svar.csv")
    heads = [str(row.roles.get(IN_HEAD, "")) for row in model._root.children]
    assert heads == ["1", ""], "no number is shown before it is known"
    with qtbot.waitSignal(bridge.counted):
        pass
    assert model.readings[-1].subtitle == "3 answers  ·  svar.csv  ·  Bokmål"
    assert [str(row.roles.get(IN_HEAD, "")) for row in model._root.children] == ["1", "3 answers"]
    row = model.find(KEY, f"reading {answers.key}")
    assert row is not None and row.roles[READING] is model.readings[-1]
    people = [case.id for case in bridge.project.respondents.all() if case.group == "Baker"]
    bridge.project.respondents.move(people, "Kelner")
    assert dict(model.readings[-1].groups)["Baker"] == 2, "what was known stands until it is counted again"
    qtbot.waitUntil(lambda: dict(model.readings[-1].groups) == {"Kelner": 3})


def test_what_was_done_while_nobody_looked_is_counted_when_somebody_does(bridge: ProjectBridge) -> None:
    model = CodebookModel(bridge)
    first, second = (document.id for document in bridge.project.documents.all()[:2])
    room = bridge.code_keyed("room")
    assert room is not None
    model.watch(False)
    bridge.project.segments.add(first, Span(0, 5), room.id)
    bridge.project.segments.add(second, Span(0, 3), room.id)
    bridge.project.segments.add(second, Span(4, 6), room.id)
    bridge.project.undo()
    assert counts(model) == [0, 0, 0, 0]
    model.watch(True)
    assert counts(model) == [0, 0, 0, 2]


def test_a_new_code_appears_in_the_tree(bridge: ProjectBridge) -> None:
    model = CodebookModel(bridge)
    bridge.project.codebook.add("Lukt")
    assert "Lukt" in [text for _depth, text in names(model)]
    assert len({look.letter + look.light for look in bridge.looks.values()}) == 5


def test_codes_are_found_by_alias_with_those_above(qtbot: QtBot, bridge: ProjectBridge) -> None:
    panel = CodebookPanel(bridge)
    qtbot.addWidget(panel)
    panel.resize(300, 800)
    panel.show()
    panel.find_code()
    QTest.keyClicks(panel._filter, "confid")
    assert names(panel.model) == [(0, "Hindringer"), (1, "Taushet")]
    with qtbot.waitSignal(panel.code_picked) as signal:
        QTest.keyClick(panel._filter, Qt.Key.Key_Return)
    secrecy = bridge.code_keyed("secrecy")
    assert secrecy is not None
    assert signal.args == [secrecy.id]
    QTest.keyClick(panel._filter, Qt.Key.Key_Escape)
    assert len(names(panel.model)) == 4


def test_enter_on_a_code_applies_it(qtbot: QtBot, bridge: ProjectBridge) -> None:
    panel = CodebookPanel(bridge)
    qtbot.addWidget(panel)
    panel.resize(300, 800)
    panel.show()
    room = bridge.code_keyed("room")
    assert room is not None
    panel.show_code(room.id)
    with qtbot.waitSignal(panel.code_applied) as signal:
        QTest.keyClick(panel.tree, Qt.Key.Key_Return)
    assert signal.args == [room.id]
    assert panel.tree.currentIndex().data(CODE_ID) == room.id


def coded(panel: DocumentsPanel, title: str) -> tuple[object, str]:
    """How far a row says that it is coded, and what is read out of it."""
    tree = panel.tree
    reading = next(each for each in panel.model.readings if each.title == title)
    index = panel.model.index_of(panel.model.find(KEY, f"reading {reading.key}") or Row({}))
    tree.scrollTo(index)
    return index.data(CODED), index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_list_tells_how_far_each_document_is_coded_and_follows_each_step(
    qtbot: QtBot, bridge: ProjectBridge
) -> None:
    panel = DocumentsPanel(bridge)
    qtbot.addWidget(panel)
    panel.resize(256, 600)
    panel.show()
    assert coded(panel, "samtale")[0] == (0, 4)
    assert coded(panel, "Hva er vanskelig?") == ((0, 3), "Hva er vanskelig?, Baker 2, Kelner 1, 0 of 3 answers coded")
    bare = panel.grab().toImage()
    project = bridge.project
    room = bridge.codebook.codes[0].id
    document = next(each for each in project.documents.all() if each.name == "samtale.txt")
    at = project.documents.text(document.id).index("trangt")
    project.segments.add(document.id, Span(at, at + 6), room)
    assert coded(panel, "samtale")[0] == (1, 4)
    assert "1 of 4 turns coded" in coded(panel, "samtale")[1]
    assert panel.grab().toImage() != bare
    answers = next(each for each in panel.model.readings if each.title == "Hva er vanskelig?").document_ids
    project.survey.code(list(answers), room)
    assert coded(panel, "Hva er vanskelig?")[0] == (3, 3)
    project.undo()
    project.undo()
    assert coded(panel, "samtale")[0] == (0, 4) and coded(panel, "Hva er vanskelig?")[0] == (0, 3)


def test_the_sign_of_a_memo_leaves_the_count_beside_it_readable(
    qtbot: QtBot, bridge: ProjectBridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[str, float, float]] = []

    def count(painter: QPainter, place: QRect, coded: tuple[int, int]) -> int:
        drawn.append(("count", place.left(), place.right()))
        return paint_coded(painter, place, coded)

    def sign(painter: QPainter, name: str, place: QRectF, token: str) -> None:
        if name == "message-square":
            drawn.append(("sign", place.left(), place.right()))

    monkeypatch.setattr(delegate, "paint_coded", count)
    monkeypatch.setattr(row_tree, "draw_icon", sign)
    document = bridge.project.documents.all()[0]
    bridge.project.memos.add(Subject(SubjectKind.DOCUMENT, document.id), "husk")
    panel = DocumentsPanel(bridge)
    qtbot.addWidget(panel)
    panel.resize(256, 600)
    panel.show()
    panel.grab()
    at = [what for what, _left, _right in drawn].index("sign")
    assert drawn[at - 1][0] == "count"
    assert drawn[at - 1][2] < drawn[at][1]


def test_a_large_project_is_counted_on_a_worker(
    qtbot: QtBot, bridge: ProjectBridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "QUICK_ROWS", 0)
    panel = DocumentsPanel(bridge)
    qtbot.addWidget(panel)
    assert coded(panel, "samtale") == (None, "samtale, Baker 2, Kelner 1")
    qtbot.waitUntil(lambda: coded(panel, "samtale")[0] == (0, 4), timeout=30_000)


def test_groups_that_have_no_room_are_told_by_a_sign_and_by_what_is_pointed_at(bridge: ProjectBridge) -> None:
    widths, more = [7.0, 7.0, 14.0], 9.0
    whole = 3 * 14 + 28 + 2 * 12
    assert n_fitting(widths, whole, more) == 3
    assert n_fitting(widths, whole - 1, more) == 2, "the sign stands where the third would"
    assert n_fitting(widths, 2 * (14 + 7 + 12) + more, more) == 2
    assert n_fitting(widths, 2 * (14 + 7 + 12) + more - 1, more) == 1
    assert n_fitting(widths, 20, more) == 0
    bridge.project.respondents.move([case.id for case in bridge.project.respondents.all()][:1], NO_GROUP)
    model = DocumentsModel(bridge)
    tip = model.index(0, 0, model.index(0, 0)).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "samtale, No group 1, Baker 1, Kelner 1, 0 of 4 turns coded"
