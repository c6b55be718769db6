"""Several coders: whose quotations are shown, and that one cannot change another's."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.codebook.model import COUNT, CodebookModel
from qualcode.gui.coding.blocks import Mark
from qualcode.gui.coding.content import blocks_of
from qualcode.gui.coding.mark_reading import MarkReading
from qualcode.gui.coding.screen import CodingScreen
from qualcode.gui.documents.model import DocumentsModel
from qualcode.gui.main_window import MainWindow
from qualcode.model.segment import Origin, Span
from qualcode.settings import BLIND, Settings
from qualcode.store import segments


def code_as(bridge: ProjectBridge, coder: str, span: Span, key: str, *, is_person: bool = True) -> int:
    code = bridge.code_keyed(key)
    assert code is not None
    db = bridge.project.db
    with bridge.project.step("Code"):
        coder_id = segments.coder_for(db, coder, is_person=is_person).id
        return segments.add(db, 1, span, code.id, coder_id, Origin.MANUAL).id


def coded_marks(bridge: ProjectBridge) -> list[Mark]:
    reading = DocumentsModel(bridge).readings[0]
    blocks = blocks_of(bridge.project, reading)
    found = MarkReading(bridge.project).read(reading, blocks, bridge.hidden_coders)
    return [mark for mark in found if not mark.is_suggestion]


@pytest.fixture
def screen(qtbot: QtBot, bridge: ProjectBridge) -> CodingScreen:
    made = CodingScreen(bridge)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.show_reading(DocumentsModel(bridge).readings[0])
    qtbot.waitExposed(made)
    return made


def entries(screen: CodingScreen) -> dict[str, QAction]:
    screen.coders._fill()
    return {action.text(): action for action in screen.coders._menu.actions() if action.text()}


def test_who_agrees_is_named_on_ones_own_mark_and_rules_are_nobody(bridge: ProjectBridge) -> None:
    span = Span(0, 9)
    code_as(bridge, "Kari Solberg", span, "time")
    own = code_as(bridge, "Ingrid Haugen", span, "time")
    code_as(bridge, "auto", span, "time", is_person=False)
    code_as(bridge, "auto", span, "room", is_person=False)
    others = code_as(bridge, "Kari Solberg", span, "secrecy")
    by_code = {bridge.names[mark.code_id]: mark for mark in coded_marks(bridge)}
    assert (by_code["Tid"].id, by_code["Tid"].coder, by_code["Tid"].also) == (own, "", ("Kari Solberg",))
    assert (by_code["Rom"].coder, by_code["Rom"].also) == ("", ())
    assert (by_code["Taushet"].id, by_code["Taushet"].coder) == (others, "Kari Solberg")


def test_a_coder_is_hidden_and_shown_with_the_counts(screen: CodingScreen, bridge: ProjectBridge) -> None:
    assert not screen.coders.isVisibleTo(screen)
    code_as(bridge, "Kari Solberg", Span(0, 9), "time")
    assert screen.coders.isVisibleTo(screen)
    model = CodebookModel(bridge)
    time = bridge.code_keyed("time")
    assert time is not None
    row = model.row_of_code(time.id)
    assert row is not None and row.roles[COUNT] == 1
    entries(screen)["Kari Solberg"].trigger()
    assert coded_marks(bridge) == []
    assert row.roles[COUNT] == 0
    assert screen.coders.accessibleName() == "1 coder hidden"
    entries(screen)["Kari Solberg"].trigger()
    assert len(coded_marks(bridge)) == 1


def test_blind_hides_all_others_also_those_who_come_later(screen: CodingScreen, bridge: ProjectBridge) -> None:
    code_as(bridge, "Ingrid Haugen", Span(0, 4), "time")
    code_as(bridge, "Kari Solberg", Span(0, 9), "time")
    entries(screen)["Code blind: hide all but mine"].trigger()
    code_as(bridge, "Ola Lie", Span(0, 7), "time")
    assert [mark.span for mark in coded_marks(bridge)] == [Span(0, 4)]
    assert not entries(screen)["Ola Lie"].isEnabled()
    entries(screen)["Code blind: hide all but mine"].trigger()
    assert len(coded_marks(bridge)) == 3


def test_anothers_quotation_cannot_be_changed(screen: CodingScreen, bridge: ProjectBridge) -> None:
    others = code_as(bridge, "Kari Solberg", Span(0, 9), "time")
    screen.pick((False, others))
    assert "Kari Solberg" in screen.card._people.text()
    assert not screen.card._buttons["remove"].isVisible()
    before = bridge.project.segments.count()
    QTest.keyClick(screen.view, Qt.Key.Key_Delete)
    QTest.keyClick(screen.view, Qt.Key.Key_C)
    assert not screen.picker.isVisible()
    assert bridge.project.segments.count() == before


def test_blind_coding_is_remembered(window: MainWindow, project_path: Path, settings: Settings) -> None:
    window.open_project(project_path)
    assert window.bridge is not None
    window.bridge.set_blind(True)
    assert settings.get(BLIND) is True
    window.close_project()
    window.open_project(project_path)
    assert window.bridge.is_blind


def test_who_codes_blind_is_told_no_count_of_others(window: MainWindow, project_path: Path) -> None:
    window.open_path(project_path)
    bridge, bench = window.bridge, window.workbench
    assert bridge is not None and bench is not None
    code_as(bridge, "Kari Solberg", Span(0, 9), "room")
    code_as(bridge, "Kari Solberg", Span(12, 20), "room")
    code_as(bridge, bridge.project.coder_name, Span(0, 9), "room")
    room = bridge.code_keyed("room")
    assert room is not None
    assert "3 quotations" in window.status_bar._counts.text()
    bridge.set_blind(True)
    assert (
        "1 quotation" in window.status_bar._counts.text() and "3" not in window.status_bar._counts.text().split(",")[0]
    )
    row = bench.codebook.model.row_of_code(room.id)
    assert row is not None and row.roles[COUNT] == 1
    sentence = bench.codebook._editing.deleting(room.id)
    assert sentence.startswith("1 quotation of yours and any by other coders will be gone.")
    told: list[str] = []
    bench.coding.changes.done.connect(told.append)
    bench.coding.show_span(1, Span(12, 20))
    bench.coding.changes.correct()
    bench.coding.changes._on_corrected("")
    assert told == ["Text corrected"], "what others coded there is not told, nor that it is lost"
    bridge.set_blind(False)
    assert "3" not in window.status_bar._counts.text().split(",")[0]
