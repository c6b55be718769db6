"""A quotation of a table's cell is chosen for the report where it stands."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qualcode.gui.analysis.quotations_panel import CHOSEN, OPEN, QUOTATION, REPORT, foot_links
from qualcode.gui.analysis.screen import TablesScreen
from qualcode.gui.bridge import ProjectBridge


@pytest.fixture
def screen(qtbot: QtBot, bridge: ProjectBridge) -> TablesScreen:
    """The quotations of all groups on a theme, decided."""
    bridge.project.review.accept_all()
    made = TablesScreen(bridge)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    made.refresh()
    made.open_cell(made.model.themes[1], made.model.groups[-1])
    return made


def test_keys_choose_and_leave_out_and_the_card_says_so(
    screen: TablesScreen, bridge: ProjectBridge, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    view = screen.panel.list_view
    index = view.model().index(1, 0)
    view.setCurrentIndex(index)
    with qtbot.waitSignal(screen.chosen):
        QTest.keyClick(view, Qt.Key.Key_Y)
    segment = index.data(QUOTATION).segment_id
    assert set(bridge.project.quotations.chosen()) == {segment}
    assert index.data(CHOSEN) == [segment]
    assert index.data().startswith("For the report. ")
    assert view.model().index(0, 0).data(CHOSEN) == []
    qtmodeltester.check(view.model())  # type: ignore[no-untyped-call]
    screen.panel.grab()
    QTest.keyClick(view, Qt.Key.Key_N)
    assert not bridge.project.quotations.chosen()
    assert index.data(CHOSEN) == []
    bridge.project.undo()
    assert index.data(CHOSEN) == [segment]


def test_the_words_on_the_card_can_be_clicked(
    screen: TablesScreen, bridge: ProjectBridge, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = screen.panel.list_view
    place = view.visualRect(view.model().index(0, 0))
    links = {what: (left, width) for what, _t, left, width in foot_links(place.right() - 24, [], can_choose=True)}
    assert set(links) == {OPEN, REPORT}
    left, width = links[REPORT]
    at = QPoint(left + width // 2, place.bottom() - 24)
    monkeypatch.setattr(QCursor, "pos", lambda *_given: view.viewport().mapToGlobal(at))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert len(bridge.project.quotations.chosen()) == 1


def test_the_numbers_are_not_counted_anew(screen: TablesScreen, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(screen.themes, "count", lambda: asked.append(1))
    view = screen.panel.list_view
    view.setCurrentIndex(view.model().index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Y)
    assert not asked


def test_suggestions_cannot_be_chosen(qtbot: QtBot, bridge: ProjectBridge) -> None:
    made = TablesScreen(bridge)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    made.refresh()
    made.open_cell(made.model.themes[1], made.model.groups[-1])
    view = made.panel.list_view
    assert view.model().rowCount()
    view.setCurrentIndex(view.model().index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Y)
    assert not bridge.project.quotations.chosen()
