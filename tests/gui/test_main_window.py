"""The window: ways in, screens, undo in the menu, errors as sentences, work that can be cancelled."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QFileDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qualcode.gui import log_keeping, new_projects
from qualcode.gui.actions import all_commands, all_shortcuts, local_keys
from qualcode.gui.background import Cancelled, Job, Progress
from qualcode.gui.main_window import MainWindow
from qualcode.gui.messages import Message
from qualcode.gui.sample import sample_study
from qualcode.gui.study_opening import make_project
from qualcode.gui.widgets.message_line import MessageLine
from qualcode.gui.widgets.sheet import Sheet
from qualcode.gui.widgets.status_bar import StatusBar
from qualcode.gui.widgets.top_bar import TopBar
from qualcode.model.memo import PROJECT
from qualcode.model.segment import Span
from qualcode.project.project import Project
from qualcode.settings import APPEARANCE, CODER, RECENT_PROJECTS, TRANSCRIPT_SIZE, Settings
from tests.gui.conftest import write_study


def opened(window: MainWindow, path: Path) -> MainWindow:
    window.open_path(path)
    assert window.workbench is not None, window.message_line.message
    return window


def test_a_project_opens_on_its_first_document(window: MainWindow, project_path: Path, settings: Settings) -> None:
    opened(window, project_path)
    assert window.workbench is not None
    assert window.workbench.coding.reading is not None
    assert window.workbench.coding.reading.title == "samtale"
    assert window.windowTitle() == "Kjøkkenet – Qualcode"
    assert settings.get(RECENT_PROJECTS) == [str(project_path)]
    assert window.bridge is not None
    assert window.bridge.project.coder.name == "Ingrid Haugen"


def test_a_project_without_material_offers_to_bring_some_in(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "empty.qualcode"
    Project.create(path, "Empty").close()
    (tmp_path / "talk.txt").write_text("Anna: Hei.\nKari: Hallo.\n", encoding="utf-8")
    window.open_project(path)
    bench = window.workbench
    assert bench is not None
    for screen in ("code", "tables", "respondents"):
        window.show_screen(screen)
        offered = [each for each in bench.findChildren(QPushButton) if each.isVisible()]
        (made,) = (each for each in offered if each.text() == "Import files…")
        QTest.mouseClick(made, Qt.MouseButton.LeftButton)
        assert not bench.isVisible(), "the page of files is shown"
    window.show_screen("code")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "talk.txt"))])
    place = bench.coding.mapTo(window, bench.coding.rect().center())
    under = window.childAt(place)
    while under is not None and not under.acceptDrops():
        under = under.parentWidget()
    assert under is window, "a file dropped on the empty page is the window's"
    left, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(place), Qt.DropAction.CopyAction, mime, left, keys))
    qtbot.waitUntil(lambda: not bench.isVisible(), timeout=20_000)  # what comes in is shown first


def test_projects_are_looked_for_beside_the_last_one(
    window: MainWindow, project_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(_parent: QWidget, _title: str, folder: str, _kinds: str) -> tuple[str, str]:
        asked.append(folder)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    window.actions_table["open_project"].trigger()
    opened(window, project_path)
    window.actions_table["open_project"].trigger()
    window.actions_table["close_project"].trigger()
    window.actions_table["open_study"].trigger()
    assert asked[1:] == [str(project_path.parent)] * 2
    assert asked[0] not in ("", str(project_path.parent))


def test_closing_goes_back_to_the_first_page_with_the_project_in_the_list(
    window: MainWindow, project_path: Path
) -> None:
    opened(window, project_path)
    window.close_project()
    assert window.workbench is None
    assert window.first_page.isVisible()
    assert not window.actions_table["undo"].isEnabled()
    (row,) = window.first_page.recent_rows
    row.click()
    assert window.workbench is not None


def test_only_a_project_that_is_open_is_let_go(window: MainWindow, project_path: Path) -> None:
    """What sweeps garbage looks through everything again after that."""
    let_go: list[Path | None] = []
    window.opened.closing.connect(lambda: let_go.append(window.opened.path))
    opened(window, project_path)
    assert let_go == []
    window.close_project()
    window.close_project()
    assert let_go == [project_path]


def test_what_is_written_is_folded_into_the_file_by_a_worker(
    window: MainWindow, project_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_keeping, "_REST_MS", 1)
    opened(window, project_path)
    assert window.bridge is not None
    window.bridge.project.memos.add(PROJECT, "kept")
    assert b"kept" not in project_path.read_bytes(), "it is in the log beside it"
    qtbot.waitUntil(lambda: b"kept" in project_path.read_bytes())


def test_undo_and_redo_name_their_step_and_work(window: MainWindow, project_path: Path) -> None:
    opened(window, project_path)
    bridge = window.bridge
    assert bridge is not None
    time = bridge.code_keyed("time")
    assert time is not None
    document = bridge.project.documents.all()[0]
    bridge.project.segments.add(document.id, Span(0, 4), time.id)
    undo, redo = window.actions_table["undo"], window.actions_table["redo"]
    assert undo.text() == "Undo: Code"
    assert not redo.isEnabled()
    undo.trigger()
    assert bridge.project.segments.count() == 0
    assert redo.isEnabled() and redo.text() == "Redo: Code"
    redo.trigger()
    assert bridge.project.segments.count() == 1


def test_the_first_page_does_without_bars(window: MainWindow, project_path: Path) -> None:
    bars = (TopBar, StatusBar, MessageLine)
    assert [window.findChildren(bar) for bar in bars] == [[], [], []]
    opened(window, project_path)
    assert window.workbench is not None and window.top_bar.isVisible() and window.status_bar.isVisible()
    window.tell(Message("Done."))
    QCoreApplication.processEvents()
    assert 0 == window.top_bar.y() < window.message_line.y() < window.status_bar.y()
    window.close_project()
    assert not window.top_bar.isVisible() and not window.status_bar.isVisible()


def test_a_project_that_is_none_is_told_in_a_sentence(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "letter.qualcode"
    path.write_text("Dear Sir")
    window.open_path(path)
    message = window.message_line.message
    assert message is not None and message.severity == "error" and not message.report
    assert window.message_line.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.message_line.isVisible()


def test_a_file_of_another_kind_is_refused(window: MainWindow, tmp_path: Path) -> None:
    window.open_path(tmp_path / "a.docx")
    message = window.message_line.message
    assert message is not None and ".qualcode" in message.hint


def test_a_study_becomes_a_project_and_opens(
    window: MainWindow, study_path: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "new"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    window.open_path(study_path)
    qtbot.waitUntil(lambda: window.job is None, timeout=60_000)
    assert window.workbench is not None, window.message_line.message
    assert target.with_suffix(".qualcode").is_file()
    message = window.message_line.message
    assert message is not None and "1 transcript" in message.sentence and "the rules made" in message.sentence
    assert sorted(path.name for path in tmp_path.iterdir() if "partial" in path.name) == []


def test_a_study_whose_codebook_is_still_empty_says_nothing_of_rules(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = write_study(tmp_path)
    (tmp_path / "codebook.yaml").write_text("key: ours\ntitle: Ours\nversion: 1\ncodes: []\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "new"), ""))
    window.open_path(study)
    qtbot.waitUntil(lambda: window.job is None, timeout=60_000)
    message = window.message_line.message
    assert message is not None and "1 transcript" in message.sentence
    assert "rules" not in message.sentence


def test_a_wrong_study_is_told_with_all_its_problems_and_leaves_nothing(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    study = tmp_path / "study.yaml"
    study.write_text("title: a\ncodebok: b.yaml\ndocuments: []\nsurveys: 7\n", encoding="utf-8")
    window.open_study(study, tmp_path / "a.qualcode")
    qtbot.waitUntil(lambda: window.job is None, timeout=60_000)
    message = window.message_line.message
    assert message is not None and message.severity == "error" and not message.report
    assert [path.name for path in tmp_path.iterdir()] == ["study.yaml"]
    assert window.first_page.isVisible()


def test_work_shows_progress_and_can_be_cancelled(window: MainWindow, qtbot: QtBot) -> None:
    def work(*, progress: Progress, cancelled: Cancelled) -> object:
        from qualcode.errors import CancelledError

        while not cancelled():
            progress(3, 10)
        raise CancelledError("Stopped.")

    window.work.start(Job("Reading", work))
    qtbot.waitUntil(window.status_bar.is_working)
    assert window.status_bar._bar.value() == 3
    QTest.mouseClick(window.status_bar._cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.job is None)
    message = window.message_line.message
    assert message is not None and message.severity == "done"
    assert not window.status_bar.is_working()


def test_what_has_to_wait_for_long_work_is_dimmed_and_says_why(
    window: MainWindow, project_path: Path, qtbot: QtBot
) -> None:
    def work(*, progress: Progress, cancelled: Cancelled) -> object:
        while not cancelled():
            pass
        return None

    opened(window, project_path)
    actions, page = window.actions_table, window.first_page
    waits = [actions[each.key] for each in all_commands() if each.waits]
    assert {"suggest", "import_files", "new_study", "language_nb"} <= {each.objectName() for each in waits}
    window.work.start(Job("Reading", work))
    assert not any(each.isEnabled() for each in waits)
    assert all(each.toolTip().startswith("Other work is still going on.") for each in waits)
    assert actions["undo"].toolTip() == actions["undo"].text() and actions["show_tables"].isEnabled()
    window.close_project()
    window.first_page.press(1)
    dimmed = [*page.cards, *page.recent_rows]
    assert len(page.recent_rows) == 1 and not any(each.isEnabled() for each in dimmed)
    assert all("cancel it below" in each.toolTip() + each.accessibleDescription() for each in dimmed)
    assert page.coder_field.isEnabled() and not page.coder_field.hasFocus(), "one's name can be written, if one likes"
    window.work.cancel()
    qtbot.waitUntil(lambda: window.job is None)
    assert all(each.isEnabled() for each in dimmed) and page.recent_rows[0].toolTip() == str(project_path)
    assert actions["new_study"].isEnabled() and not actions["suggest"].isEnabled(), "no project is open"


def test_a_bug_in_the_background_is_told_with_a_report(window: MainWindow, qtbot: QtBot) -> None:
    def work(*, progress: Progress, cancelled: Cancelled) -> object:
        raise RuntimeError("Kari said so")

    window.work.start(Job("Reading", work))
    qtbot.waitUntil(lambda: window.job is None)
    message = window.message_line.message
    assert message is not None
    assert "RuntimeError" in message.report and "Kari" not in message.report


def test_closing_the_window_stops_the_work(window: MainWindow) -> None:
    stopped: list[bool] = []

    def work(*, progress: Progress, cancelled: Cancelled) -> object:
        while not cancelled():
            pass
        stopped.append(True)
        return None

    window.work.start(Job("Reading", work))
    window.close()
    assert stopped == [True]


def test_the_sample_opens_from_the_first_card(
    window: MainWindow, study_path: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new_projects, "sample_study", lambda: study_path)
    monkeypatch.setattr(new_projects, "sample_project", lambda: tmp_path / "deep" / "sample.qualcode")
    assert sample_study() is not None
    QTest.keyClick(window, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: window.workbench is not None, timeout=60_000)
    window.close_project()
    QTest.keyClick(window, Qt.Key.Key_1)
    assert window.workbench is not None, "the second time it is there already"


def test_a_table_that_was_written_can_be_opened(
    window: MainWindow, project_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_project(project_path)
    window.show_screen("tables")
    bench = window.workbench
    assert bench is not None
    bench.tables.exported.emit(str(tmp_path / "themes.xlsx"))
    message = window.message_line.message
    assert message is not None and message.sentence == "Written: themes.xlsx"
    opened: list[Path] = []
    monkeypatch.setattr("qualcode.gui.project_work.open_written", opened.append)
    window.message_line.action_button.click()
    assert opened == [tmp_path / "themes.xlsx"]


def test_screens_switch_by_key_and_a_quotation_leads_back_to_its_text(
    window: MainWindow, project_path: Path, qtbot: QtBot
) -> None:
    opened(window, project_path)
    bench = window.workbench
    assert bench is not None
    window.actions_table["show_tables"].trigger()
    assert bench.screen_name == "tables"
    tables = bench.tables
    tables.open_cell(tables.model.themes[-1], tables.model.groups[-1])
    QTest.keyClick(tables.panel.list_view, Qt.Key.Key_Return)
    assert bench.screen_name == "code"
    selected = bench.coding.view.selected_span()
    assert selected is not None
    assert "trang" in bench.coding.view.selected_text().casefold()


def test_appearance_and_text_size_are_remembered(window: MainWindow, project_path: Path, settings: Settings) -> None:
    opened(window, project_path)
    window.actions_table["appearance_dark"].trigger()
    assert settings.get(APPEARANCE) == "dark"
    before = settings.get(TRANSCRIPT_SIZE)
    window.actions_table["larger"].trigger()
    assert settings.get(TRANSCRIPT_SIZE) == before + 1
    for _time in range(20):
        window.actions_table["larger"].trigger()
    assert settings.get(TRANSCRIPT_SIZE) == 22


def test_the_coders_name_is_kept(window: MainWindow, settings: Settings) -> None:
    window.first_page.coder_field.setText("Kari Nordmann ")
    assert settings.get(CODER) == "Kari Nordmann"


def test_the_field_for_the_name_is_as_wide_before_as_behind_the_first_letter(window: MainWindow) -> None:
    field = window.first_page.coder_field
    field.clear()
    QCoreApplication.processEvents()
    before = field.geometry()
    QTest.keyClicks(field, "Kari")
    QCoreApplication.processEvents()
    assert field.geometry() == before


def test_what_went_well_is_told_until_one_goes_on(window: MainWindow, project_path: Path) -> None:
    opened(window, project_path)
    bridge = window.bridge
    assert bridge is not None

    def shown(message: Message) -> bool:
        return window.message_line.isVisible() and window.message_line.message == message

    done, warning = Message("Written", severity="done"), Message("Doubtful", severity="warning")
    window.tell(done)
    window.show_screen("code")
    assert shown(done), "the screen is the same"
    window.show_screen("tables")
    assert not window.message_line.isVisible()
    window.tell(warning)
    window.show_screen("code")
    bridge.project.codebook.add("Another")
    assert shown(warning), "it is still to be read"
    window.tell(Message("7 wait", severity="warning", is_of_now=True))
    window.show_screen("review")
    assert window.message_line.isVisible(), "they still wait"
    bridge.project.review.accept([bridge.project.review.waiting_ids()[0]])
    assert not window.message_line.isVisible()


def test_a_dropped_project_opens(window: MainWindow, project_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(project_path))])
    place = QPointF(100, 100)
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(place.toPoint(), Qt.DropAction.CopyAction, mime, buttons, keys)
    window.dragEnterEvent(entered)
    assert entered.isAccepted()
    window.dropEvent(QDropEvent(place, Qt.DropAction.CopyAction, mime, buttons, keys))
    assert window.workbench is not None


def test_all_shortcuts_are_shown(window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_F1)
    sheets = window.findChildren(Sheet)
    assert len(sheets) == 1
    shown = [text for _title, keys in all_shortcuts() for _key, text in keys]
    assert {each.text for each in local_keys()} <= set(shown)
    assert {each.text for each in all_commands() if each.shortcut} <= set(shown)
    window.resize(960, 600)
    window.actions_table["shortcuts"].trigger()
    small = window.findChildren(Sheet)[-1]
    assert small.height() <= 600 and small.width() <= 960
    QTest.keyClick(small, Qt.Key.Key_Escape)
    QTest.keyClick(sheets[0], Qt.Key.Key_Escape)
    assert not sheets[0].isVisible()


def test_every_control_that_takes_the_keyboard_has_a_name(window: MainWindow, project_path: Path) -> None:
    opened(window, project_path)
    nameless = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and isinstance(widget, QAbstractButton | QLineEdit | QAbstractItemView)
        and not widget.accessibleName()
    ]
    assert nameless == []


def test_tab_reaches_text_panels_and_bars(window: MainWindow, project_path: Path) -> None:
    opened(window, project_path)
    bench = window.workbench
    assert bench is not None
    window.activateWindow()
    bench.documents.tree.setFocus()
    seen: set[str] = set()
    for _step in range(40):
        focused = window.focusWidget()
        if focused is not None:
            seen.add(focused.accessibleName())
        window.focusNextChild()
    assert {"Documents", "samtale", "Codebook", "Find a code", "Filter documents", "Code"} <= seen


def test_many_opens_and_closes_leave_one_project_open(window: MainWindow, project_path: Path) -> None:
    gone: list[bool] = []
    for _time in range(5):
        opened(window, project_path)
        assert window.workbench is not None
        window.workbench.destroyed.connect(lambda: gone.append(True))
        window.actions_table["show_tables"].trigger()
    window.close_project()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert len(gone) == 5
    project_path.unlink()  # on Windows this would fail were it still open


def test_undoing_the_import_empties_the_window_and_redo_fills_it(window: MainWindow, project_path: Path) -> None:
    opened(window, project_path)
    bench, bridge = window.workbench, window.bridge
    assert bench is not None and bridge is not None
    while window.actions_table["undo"].isEnabled():
        window.actions_table["undo"].trigger()
    assert bench.documents.model.readings == []
    assert bench.coding.reading is None
    window.actions_table["show_tables"].trigger()
    window.grab()
    while window.actions_table["redo"].isEnabled():
        window.actions_table["redo"].trigger()
    window.actions_table["show_code"].trigger()
    assert bench.coding.reading is not None
    assert bench.coding.reading.title == "samtale"
    assert bench.coding.working_keys() != []


def test_a_project_opens_where_it_was_left(window: MainWindow, project_path: Path) -> None:
    window.open_project(project_path)
    bench = window.workbench
    assert bench is not None and bench.screen_name == "code"
    second = bench.documents.model.readings[1]
    bench.documents.pick(second.key)
    window.show_screen("memos")
    window.close_project()
    window.open_project(project_path)
    bench = window.workbench
    assert bench is not None and bench.screen_name == "memos"
    assert bench.coding.reading is not None and bench.coding.reading.key == second.key
    window.show_screen("find")  # what was looked for is not kept: the text is shown in its stead
    window.close_project()
    window.open_project(project_path)
    assert window.workbench is not None and window.workbench.screen_name == "code"


def test_a_text_opens_where_one_stopped_reading(window: MainWindow, settings: Settings, tmp_path: Path) -> None:
    study, path = write_study(tmp_path), tmp_path / "long.qualcode"
    transcript = tmp_path / "samtale.txt"
    transcript.write_text(transcript.read_text(encoding="utf-8") * 40, encoding="utf-8")
    make_project(study, path, progress=lambda _done, _total: None, cancelled=lambda: False)
    window.open_project(path)
    bench = window.workbench
    assert bench is not None
    first, second = bench.documents.model.readings[:2]
    bench.coding.view.put_caret(first.document_ids[0], 900)
    bench.coding.view.verticalScrollBar().setValue(1_000)
    stopped = bench.coding.view.visible()[0], bench.coding.view.cursor_place
    assert stopped[0] > 10
    window.close_project()
    window.open_project(path)
    bench = window.workbench
    assert bench is not None and bench.coding.reading is not None and bench.coding.reading.key == first.key
    assert (bench.coding.view.visible()[0], bench.coding.view.cursor_place) == stopped
    bench.documents.pick(second.key)
    for _time in range(2):  # what is not read again is kept for the time after
        window.close_project()
        window.open_project(path)
    bench = window.workbench
    assert bench is not None and bench.coding.reading is not None and bench.coding.reading.key == second.key
    bench.documents.pick(first.key)
    assert (bench.coding.view.visible()[0], bench.coding.view.cursor_place) == stopped
    assert len(settings.reading_places(path.absolute())) == 2


def test_a_document_that_is_gone_is_not_returned_to(window: MainWindow, project_path: Path, settings: Settings) -> None:
    settings.remember_place(project_path.absolute(), "nowhere", 4711)
    window.open_project(project_path)
    bench = window.workbench
    assert bench is not None and bench.screen_name == "code"
    assert bench.coding.reading is not None
    settings.forget_projects()
    assert settings.last_place(project_path.absolute()) == ("", 0)
