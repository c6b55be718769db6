"""The report in the window: facts, quotations chosen by key, files written away from the window's thread."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qualcode.analysis.filtering import parse_filter
from qualcode.analysis.quotation_choice import Detail
from qualcode.gui.main_window import MainWindow
from qualcode.gui.report.cards import told_of
from qualcode.gui.report.screen import PICTURES, ReportScreen
from qualcode.gui.report.theme_list import CODE, DEPTH, ThemeListModel
from qualcode.project.project import Project
from qualcode.project.report_preview import CodeQuotations, Quotable
from tests.gui.test_screenshots import picture

PATIENCE = 30_000


def open_report(window: MainWindow, path: Path, qtbot: QtBot) -> ReportScreen:
    """The report of a project, read."""
    window.resize(1280, 800)
    window.open_project(path)
    window.actions_table["show_report"].trigger()
    assert window.workbench is not None
    made = window.workbench.report
    qtbot.waitUntil(lambda: bool(made.facts) and made.write_button.isEnabled(), timeout=PATIENCE)
    return made


@pytest.fixture(scope="module")
def decided_project(made_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small study with all suggestions accepted; to be copied."""
    path = Path(shutil.copy(made_project, tmp_path_factory.mktemp("decided") / "decided.qualcode"))
    with Project.open(path, coder="Kari") as project:
        project.review.accept(project.review.waiting_ids())
    return path


@pytest.fixture
def decided_path(decided_project: Path, tmp_path: Path) -> Path:
    """One of one's own."""
    return Path(shutil.copy(decided_project, tmp_path / "decided.qualcode"))


@pytest.fixture
def screen(window: MainWindow, decided_path: Path, qtbot: QtBot) -> ReportScreen:
    """The report of what is decided."""
    return open_report(window, decided_path, qtbot)


def the_project(window: MainWindow) -> Project:
    assert window.bridge is not None
    return window.bridge.project


def card_of(screen: ReportScreen, row: int) -> int:
    """Selects a card; its segment."""
    page = screen.quotations
    page.view.setCurrentIndex(page.cards.index(row))
    page.view.setFocus()
    return page.cards.passages[row].segment


def chosen(window: MainWindow) -> dict[int, tuple[bool, str]]:
    return {key: (each.is_negative, each.note) for key, each in the_project(window).quotations.chosen().items()}


def test_the_facts_are_those_of_the_project(
    screen: ReportScreen, window: MainWindow, qtmodeltester: ModelTester
) -> None:
    themes = the_project(window).reports.theme_table()
    everybody = themes[themes["group"] == "(all)"].iloc[0]
    assert f"{everybody['answering']} of {everybody['group_n']} respondents answered or spoke" in screen.facts
    assert "Kari (" in screen.facts
    assert "Only one person has coded" in screen.left_to_do
    assert screen.warning == ""
    qtmodeltester.check(screen.quotations.themes)  # type: ignore[no-untyped-call]
    qtmodeltester.check(screen.quotations.cards)  # type: ignore[no-untyped-call]
    picture(window, "report-1280x800-light", 1.0)


def test_a_passage_is_chosen_and_left_out_by_a_key_each_in_one_step(
    screen: ReportScreen, window: MainWindow, qtbot: QtBot
) -> None:
    page, project = screen.quotations, the_project(window)
    page.look_at("secrecy")
    assert len(page.cards.passages) == 3
    segment = card_of(screen, 1)
    QTest.keyClick(page.view, Qt.Key.Key_Y)
    assert chosen(window) == {segment: (False, "")}
    qtbot.waitUntil(lambda: page.state == "The report quotes the 1 passage chosen here, of 3.", timeout=PATIENCE)
    assert [each.is_in_report for each in page.cards.passages] == [False, True, False]  # no card has moved
    assert page.view.selected[0].segment == segment
    QTest.keyClick(page.view, Qt.Key.Key_N)
    assert chosen(window) == {}
    qtbot.waitUntil(lambda: page.state.startswith("The program proposes 3"), timeout=PATIENCE)
    project.undo()
    assert chosen(window) == {segment: (False, "")}
    project.undo()
    assert chosen(window) == {}


def test_of_what_is_proposed_one_is_left_out_and_the_others_stay(screen: ReportScreen, window: MainWindow) -> None:
    page = screen.quotations
    page.look_at("secrecy")
    others = {each.segment for each in page.cards.passages}
    others.discard(card_of(screen, 0))
    page.leave_button.click()
    assert set(chosen(window)) == others
    the_project(window).undo()
    assert chosen(window) == {}


def test_a_mark_and_a_note_keep_what_was_proposed_beside_them(
    screen: ReportScreen, window: MainWindow, qtbot: QtBot
) -> None:
    page = screen.quotations
    page.look_at("secrecy")
    segment = card_of(screen, 2)
    QTest.keyClick(page.view, Qt.Key.Key_S)
    assert len(chosen(window)) == 3
    assert chosen(window)[segment] == (True, "")
    qtbot.waitUntil(lambda: page.state.startswith("The report quotes the 3"), timeout=PATIENCE)
    at = next(row for row, each in enumerate(page.cards.passages) if each.segment == segment)
    assert page.cards.passages[at].attribution.endswith("taler mot temaet")
    card_of(screen, at)
    QTest.keyClick(page.view, Qt.Key.Key_M)
    assert page.note.isVisible()
    QTest.keyClicks(page.note, "Strengest")
    QTest.keyClick(page.note, Qt.Key.Key_Return)
    assert chosen(window)[segment] == (True, "Strengest")
    assert not page.note.isVisible()


def test_who_is_never_quoted_is_told_by_group(screen: ReportScreen, window: MainWindow, qtbot: QtBot) -> None:
    page = screen.quotations
    page.look_at("secrecy")
    card_of(screen, 0)
    QTest.keyClick(page.view, Qt.Key.Key_Y)
    project = the_project(window)
    never = project.quotations.choice().heard_by_group()
    expected = " · ".join(
        f"{group} {len(silent)} of {len(answering)}"
        for group, (answering, silent) in sorted(
            never.items(), key=lambda item: project.respondents.groups().index(item[0])
        )
    )
    qtbot.waitUntil(lambda: page.never_quoted == f"Never quoted: {expected}", timeout=PATIENCE)
    assert page.names == ""


def test_enter_opens_the_passage_in_its_text(screen: ReportScreen, window: MainWindow, qtbot: QtBot) -> None:
    screen.quotations.look_at("room")
    card_of(screen, 0)
    with qtbot.waitSignal(screen.place_opened):
        QTest.keyClick(screen.quotations.view, Qt.Key.Key_Return)
    assert window.workbench is not None
    assert window.workbench.screen_name == "code"


def test_a_filter_makes_the_report_about_a_part(screen: ReportScreen, window: MainWindow, qtbot: QtBot) -> None:
    screen.filter.set_where(parse_filter(["group=Kelner"]), report=True)
    qtbot.waitUntil(lambda: "Baker" not in screen.quotations.never_quoted, timeout=PATIENCE)
    shown = {each.group for code in range(screen.quotations.themes.rowCount()) for each in passages_of(screen, code)}
    assert shown == {"Kelner"}
    assert str(screen.scope().where) == "group=Kelner"


def passages_of(screen: ReportScreen, row: int) -> list[Quotable]:
    return list(screen.quotations.themes.index(row).data(CODE).passages)


@pytest.mark.parametrize("ending", [".docx", ".html"])
def test_the_report_is_written_in_the_background_and_said(
    screen: ReportScreen, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    target = tmp_path / f"chapter{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    screen.write_button.click()
    assert window.job is not None
    qtbot.waitUntil(lambda: window.job is None, timeout=PATIENCE)
    assert target.stat().st_size > 5_000
    message = window.message_line.message
    assert message is not None
    assert message.sentence == f"Written: chapter{ending}"
    opened: list[Path] = []
    monkeypatch.setattr("qualcode.gui.project_work.open_written", opened.append)
    window.message_line.action_button.click()
    assert opened == [target]


def test_a_report_that_is_stopped_touches_no_file(
    screen: ReportScreen, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "chapter.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    screen.write_button.click()
    assert window.job is not None
    window.job.cancel()
    qtbot.waitUntil(lambda: window.job is None, timeout=PATIENCE)
    assert not target.exists()


def test_a_picture_is_looked_at_and_written(
    screen: ReportScreen, window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.show_page(PICTURES)
    qtbot.waitUntil(lambda: screen.pictures.is_drawn, timeout=PATIENCE)
    window.set_appearance("dark")
    picture(window, "report-pictures-1280x800-dark", 1.0)
    target = tmp_path / "bars.svg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(target), ""))
    screen.pictures.write_button.click()
    qtbot.waitUntil(lambda: target.exists() and window.job is None, timeout=PATIENCE)
    assert target.read_text(encoding="utf-8").lstrip().startswith("<?xml")


def test_where_nothing_is_decided_it_says_so_and_offers_no_choice(
    window: MainWindow, project_path: Path, qtbot: QtBot
) -> None:
    screen = open_report(window, project_path, qtbot)
    assert screen.warning.startswith("Suggested, not reviewed")
    assert screen.quotations.cards.rowCount() > 0
    card_of(screen, 0)
    QTest.keyClick(screen.quotations.view, Qt.Key.Key_Y)
    assert not screen.quotations.choose_button.isEnabled()
    assert chosen(window) == {}
    screen.show_page(PICTURES)
    screen.pictures.figures.choose("differences")
    screen.pictures.figures.picked.emit("differences")
    qtbot.waitUntil(lambda: screen.pictures.said != "", timeout=PATIENCE)
    assert not screen.pictures.write_button.isEnabled()


def test_who_codes_blind_sees_no_report(screen: ReportScreen, window: MainWindow) -> None:
    assert window.bridge is not None
    window.bridge.set_blind(True)
    assert screen.is_empty


def test_two_groups_are_chosen_and_forgotten_with_other_groups(
    screen: ReportScreen, window: MainWindow, qtbot: QtBot
) -> None:
    assert [each.text for each in screen.pair.choices] == ["the two largest", "Baker and Kelner"]
    assert screen.scope().groups == ()
    screen.pair.choose("Baker\nKelner", report=True)
    assert screen.scope().groups == ("Baker", "Kelner")
    screen.by.choose("group", report=True)
    assert screen.scope().groups == ()


def test_what_is_held_back_is_told(screen: ReportScreen) -> None:
    page = screen.quotations
    page.look_at("secrecy")
    spoken = [each for each in page.cards.passages if each.is_coarser]
    assert spoken  # two bakers share the session
    assert all("Skift A" not in each.attribution for each in spoken)
    assert {each.detail for each in spoken} <= set(Detail) - {Detail.SESSION}
    for row, each in enumerate(page.cards.passages):
        assert bool(told_of(each)) == each.is_coarser
        assert told_of(each) in page.cards.index(row).data()


def test_controls_have_names_and_are_reached_by_tab(screen: ReportScreen) -> None:
    reached = [
        each
        for each in screen.findChildren(QWidget)
        if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert {screen.quotations.view, screen.quotations.theme_view, screen.write_button, screen.by} <= set(reached)
    assert all(each.accessibleName() for each in reached)


def test_a_code_whose_theme_is_not_quoted_stands_below_no_other_theme() -> None:
    model = ThemeListModel()
    parents = {"secrecy": "hindrances", "room": "hindrances", "hindrances": "", "trust": "understanding"}
    shown = [CodeQuotations(key, key, ()) for key in ("hindrances", "secrecy", "room", "trust")]
    model.show_codes(shown, parents)
    assert [model.index(row).data(DEPTH) for row in range(4)] == [0, 1, 1, 0]
    model.show_codes(shown[1:], parents)
    assert [model.index(row).data(DEPTH) for row in range(3)] == [0, 0, 0]


def begin_note(screen: ReportScreen, *rows: int) -> list[int]:
    """Opens the field for a note on cards of the theme; their segments."""
    page = screen.quotations
    page.look_at("secrecy")
    segments = [card_of(screen, row) for row in rows]
    for row in rows:
        page.view.selectionModel().select(page.cards.index(row), QItemSelectionModel.SelectionFlag.Select)
    QTest.keyClick(page.view, Qt.Key.Key_M)
    assert page.note.isVisible()
    return segments


def test_a_note_stays_with_the_passage_that_it_was_begun_on(screen: ReportScreen, window: MainWindow) -> None:
    (first,) = begin_note(screen, 0)
    QTest.keyClicks(screen.quotations.note, "Strengest")
    other = card_of(screen, 1)
    assert not screen.quotations.note.isVisible()
    assert chosen(window)[first] == (False, "Strengest")
    assert chosen(window)[other] == (False, "")


def test_a_note_is_kept_when_another_theme_is_looked_at(screen: ReportScreen, window: MainWindow) -> None:
    (first,) = begin_note(screen, 0)
    QTest.keyClicks(screen.quotations.note, "Strengest")
    screen.quotations.look_at("time")
    assert screen.quotations._key != "secrecy"
    assert chosen(window)[first] == (False, "Strengest")


def test_escape_leaves_a_note_as_it_was(screen: ReportScreen, window: MainWindow) -> None:
    begin_note(screen, 0)
    QTest.keyClicks(screen.quotations.note, "Strengest")
    QTest.keyClick(screen.quotations.note, Qt.Key.Key_Escape)
    assert not screen.quotations.note.isVisible()
    assert chosen(window) == {}


def test_nothing_typed_on_several_passages_leaves_their_notes(screen: ReportScreen, window: MainWindow) -> None:
    segments = begin_note(screen, 0, 1)
    QTest.keyClicks(screen.quotations.note, "Begge")
    QTest.keyClick(screen.quotations.note, Qt.Key.Key_Return)
    assert {chosen(window)[each] for each in segments} == {(False, "Begge")}
    begin_note(screen, 0, 1)
    assert screen.quotations.note.text() == ""
    QTest.keyClick(screen.quotations.note, Qt.Key.Key_Return)
    assert not screen.quotations.note.isVisible()
    assert {chosen(window)[each] for each in segments} == {(False, "Begge")}
