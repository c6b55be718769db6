"""Two groups compared in the window: the numbers, the words, and that nobody is tested unasked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qualcode.gui.analysis.differences_model import Column, Difference, Share, p_text, signed
from qualcode.gui.analysis.differences_page import DifferencesPage
from qualcode.gui.analysis.leaving import annotated
from qualcode.gui.analysis.pages import DIFFERENCES
from qualcode.gui.analysis.screen import TablesScreen
from qualcode.gui.analysis.verdict import overlap, verdict
from qualcode.gui.bridge import ProjectBridge


@pytest.fixture
def screen(qtbot: QtBot, bridge: ProjectBridge) -> TablesScreen:
    bridge.project.review.accept_all()
    made = TablesScreen(bridge)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    made.show_page(DIFFERENCES)
    return made


@pytest.fixture
def page(screen: TablesScreen) -> DifferencesPage:
    assert isinstance(screen.page, DifferencesPage)
    return screen.page


def row(key: str, a: int, b: int, points: float, p_corrected: float | None = None) -> Difference:
    share = (Share("Cooks", a, 40, None, None, None), Share("Waiters", b, 30, None, None, None))
    return Difference(key, key.title(), 0, *share, points, points - 20, points + 20, p_corrected, p_corrected, "")


def test_the_numbers_are_those_of_the_command(
    page: DifferencesPage, bridge: ProjectBridge, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(page.model)  # type: ignore[no-untyped-call]
    table = bridge.project.reports.compare("Baker", "Kelner", top_only=True).set_index("theme")
    assert {each.key for each in page.model.differences} == {"hindrances", "room"} == set(table.index)
    for each in page.model.differences:
        wanted = table.loc[each.key]
        assert (each.a.n, each.a.base, each.b.n, each.b.base) == tuple(wanted[["a_n", "a_N", "b_n", "b_N"]])
        assert each.points == pytest.approx(100 * wanted["rd"])


@pytest.mark.parametrize(("points", "reach"), [(5.0, 40), (-50.0, 80), (79.0, 100)])
def test_the_scale_halves_in_whole_points(page: DifferencesPage, points: float, reach: int) -> None:
    page.model._rows = [row("rent", 20, 5, points)]
    assert page.model.reach == reach


def test_nothing_is_tested_before_it_is_asked_for(page: DifferencesPage, screen: TablesScreen) -> None:
    assert page.model.columnCount() == Column.P
    assert "share a session" in page.warning
    page.test.choose("each", report=True)
    assert page.model.n_tests == 0, "bakers and waiters sit in one session"
    assert page.warning.startswith("Not tested")
    screen.material.choose("survey", report=True)
    assert page.warning == ""
    assert page.model.n_tests == 2
    assert "Fisher" in page.footnote()
    assert str(page.model.headerData(Column.P_CORRECTED, Qt.Orientation.Horizontal)) == "p, Holm of 2"


def test_whole_sessions_are_tested_in_the_background(page: DifferencesPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.said, timeout=20_000):
        page.test.choose("sessions", report=True)
    qtbot.waitUntil(lambda: page.model.is_tested, timeout=20_000)
    assert page.model.n_tests == 2
    assert "Whole sessions" in page.footnote()


def test_a_share_opens_its_quotations_and_the_keyboard_moves_on(screen: TablesScreen, page: DifferencesPage) -> None:
    view = page.table_view
    place = next(n for n, each in enumerate(page.model.differences) if each.key == "hindrances")
    index = page.model.index(2 * place, Column.SHARE)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    assert screen.panel.isVisible()
    listed = screen.panel.list_view.model()
    texts = [str(listed.index(n, 0).data()) for n in range(listed.rowCount())]
    assert texts
    assert all("Baker" in text or text.startswith(("1,", "4,")) for text in texts)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert [str(listed.index(n, 0).data()) for n in range(listed.rowCount())] != texts
    screen.close_quotations()
    assert page.keep_cell() is None


def test_groups_can_be_swapped(page: DifferencesPage) -> None:
    before = {each.key: each.points for each in page.model.differences}
    QTest.mouseClick(page.swap, Qt.MouseButton.LeftButton)
    assert (page.first.key, page.second.key) == ("Kelner", "Baker")
    for each in page.model.differences:
        assert each.points == pytest.approx(-(before[each.key] or 0.0))


def test_the_result_in_words() -> None:
    rows = [row("price", 27, 11, 27.6), row("time", 4, 0, 10.0), row("room", 0, 0, 0.0)]
    assert verdict(rows, "Cooks", "Waiters", tested=False) == "The widest gap is in Price: 28 points more in Cooks."
    assert overlap(rows, "Cooks", "Waiters") == "Both groups speak of 1 theme. Only Cooks: Time. Neither: Room."
    tested = [row("price", 27, 11, 27.6, 0.19), row("time", 4, 0, -10.0, 1.0)]
    assert verdict(tested, "Cooks", "Waiters", tested=True).startswith(
        "No difference holds up after correction for 2 tests. The widest gap is in Price"
    )
    held = [row("price", 27, 11, 27.6, 0.01), row("time", 4, 0, -10.0, 1.0)]
    assert verdict(held, "Cooks", "Waiters", tested=True).startswith(
        "One difference holds up after correction for 2 tests: Price."
    )
    same = [row("price", 4, 3, 0.0)]
    assert verdict(same, "Cooks", "Waiters", tested=False) == "The two groups speak of each theme equally often."
    none = [row("room", 0, 0, 0.0)]
    assert verdict(none, "Cooks", "Waiters", tested=False) == "Neither group speaks of any of these themes."
    assert overlap(none, "Cooks", "Waiters") == ""


def test_numbers_have_signs_and_small_p_a_limit() -> None:
    assert [signed(value) for value in (27.5, -0.4, -12.5, 0.0)] == ["+28", "0", "\N{MINUS SIGN}13", "0"]
    assert [p_text(value, 2) for value in (None, 0.004, 0.19, 1.0)] == ["", "<0.01", "0.19", "1.00"]


def test_the_table_that_is_copied_says_how_it_was_made(screen: TablesScreen, page: DifferencesPage) -> None:
    table = annotated(screen.page, screen._bridge)
    assert table.headings[:3] == ["Theme", "Baker: n of N", "%"]
    assert all(len(each) == len(table.headings) for each in table.rows)
    assert any("Newcombe" in note for note in table.notes)
    assert any(note.startswith("Filter: none") for note in table.notes)


def test_it_is_drawn(page: DifferencesPage) -> None:
    image = page.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert len(colours) > 20
