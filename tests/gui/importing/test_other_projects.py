"""Projects of other tools in the window: shown, brought in as one step, kept out, or made into a new project."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qualcode.gui.importing.piecewise import PiecewiseJob
from qualcode.gui.importing.project_page import ProjectPage
from qualcode.gui.main_window import MainWindow
from qualcode.model.document import DocumentKind
from qualcode.project.import_record import imports_said
from qualcode.project.project import Project
from tests.importing.foreign_projects import (
    TAGUETTE_TABLES,
    TALK,
    Mark,
    highlight,
    mark,
    refi_xml,
    simple_qdpx,
    text_source,
    write_database,
    write_qdpx,
)


def drop(on: QWidget, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    none = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    on.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, *none))


@pytest.fixture
def qdpx(tmp_path: Path) -> Path:
    return simple_qdpx(tmp_path / "study.qdpx", [mark(TALK, "å lese."), mark(TALK, "Taushetsplikten stopper oss.")])


def opened(window: MainWindow, path: Path) -> Project:
    window.open_path(path)
    assert window.bridge is not None, window.message_line.message
    return window.bridge.project


def bring_in(window: MainWindow, qtbot: QtBot, page: ProjectPage) -> None:
    """Import is pressed, and all is written."""
    page.go.click()
    qtbot.waitUntil(lambda: not isinstance(window.job, PiecewiseJob), timeout=60_000)


def page_of(window: MainWindow, qtbot: QtBot, file: str) -> ProjectPage:
    qtbot.waitUntil(lambda: window.job is None, timeout=60_000)
    page = window.arrivals.others.page
    assert page is not None, window.message_line.message
    assert dict(page.facts())["File"] == file
    assert page.isVisible()
    return page


def said(window: MainWindow) -> str:
    message = window.message_line.message
    return message.sentence if message is not None else ""


def test_a_dropped_project_is_shown_then_comes_in_as_one_step(
    window: MainWindow, project_path: Path, qdpx: Path, qtbot: QtBot
) -> None:
    project = opened(window, project_path)
    n_steps, before = len(project.history()), [each.name for each in project.documents.all()]
    drop(window, qdpx)
    page = page_of(window, qtbot, "study.qdpx")
    facts = dict(page.facts())
    assert (facts["Documents"], facts["Codes"], facts["Codings"], facts["Coders"]) == ("1", "3", "2", "Kari")
    assert len(project.history()) == n_steps
    assert [each.name for each in project.documents.all()] == before
    assert page.go.hasFocus()
    next(each for each in page.findChildren(QAbstractButton) if each.text() == "Interview").click()
    page.go.setFocus()
    QTest.keyClick(page.go, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.job is None, timeout=60_000)
    assert len(project.history()) == n_steps + 1
    assert [each.name for each in project.documents.all()] == [*before, "Gruppe A"]
    assert project.documents.all()[-1].kind is DocumentKind.INTERVIEW
    assert said(window).startswith("Study. New: 1 document, 3 codes, 2 codings")
    assert window.arrivals.others.page is None
    assert window.workbench is not None and window.workbench.isVisible()
    assert window.workbench.isAncestorOf(window.focusWidget())
    note = imports_said(project)[0]
    assert note.name == "Import project Study"
    assert any("study.qdpx" in sentence for sentence in note.sentences)
    project.undo()
    assert [each.name for each in project.documents.all()] == before
    assert imports_said(project)[0] == note  # what was said stays


def test_escape_leaves_it_out(window: MainWindow, project_path: Path, qdpx: Path, qtbot: QtBot) -> None:
    project = opened(window, project_path)
    n_steps = len(project.history())
    window.arrivals.bring_in([qdpx])
    page = page_of(window, qtbot, "study.qdpx")
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert window.arrivals.others.page is None
    assert window.workbench is not None and window.workbench.isVisible()
    assert len(project.history()) == n_steps


def test_what_has_no_place_is_listed_before(
    window: MainWindow, project_path: Path, tmp_path: Path, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    opened(window, project_path)
    sources = text_source("internal://d1.txt", [Mark(500, 501)]) + '<VideoSource guid="x" name="f.mp4"/>'
    window.arrivals.bring_in([write_qdpx(tmp_path / "a.qdpx", refi_xml(sources), {"d1.txt": TALK.encode()})])
    page = page_of(window, qtbot, "a.qdpx")
    model = page.table.model()
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    cells = [model.index(row, 1).data(Qt.ItemDataRole.DisplayRole) for row in range(model.rowCount())]
    assert "sound recordings and films: 1" in cells
    assert any("500 to 501" in cell for cell in cells)
    assert page.places() == "Codings: 1 could not be placed."
    page.table.pick([1])
    assert any("500 to 501" in each.text() for each in page.findChildren(QLabel))


def test_several_come_one_after_the_other_texts_first(
    window: MainWindow, project_path: Path, qdpx: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    project = opened(window, project_path)
    highlights = tmp_path / "all_tags.csv"
    highlights.write_text("id,document,tag,content\n1,Gruppe A,law.secrecy,Taushetsplikten stopper oss.\n")
    talk = tmp_path / "more.txt"
    talk.write_text("Moderator: Hei.\nBaker 1: Hei.\n")
    window.arrivals.bring_in([highlights, qdpx, talk])
    bring_in(window, qtbot, page_of(window, qtbot, "study.qdpx"))
    page = page_of(window, qtbot, "all_tags.csv")  # read after its texts were there
    assert dict(page.facts())["Codings"] == "1"
    before = project.segments.count()
    bring_in(window, qtbot, page)
    assert project.segments.count() == before + 1
    wizard = window.arrivals.desk.wizard  # of the transcript that came with them
    assert wizard is not None
    qtbot.waitUntil(lambda: not wizard.is_busy, timeout=60_000)
    assert [file.path.name for file in wizard.draft.files] == ["more.txt"]


def test_codings_are_looked_up_again_where_the_project_changed_meanwhile(
    window: MainWindow, project_path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    project = opened(window, project_path)
    document = next(each for each in project.documents.all() if each.name.startswith("samtale"))
    words = "Kjøkkenet er trangt"
    start = project.documents.text(document.id).index(words)
    codings = tmp_path / "codings.csv"
    codings.write_text(f"document,start,end,code,text\n{document.name},{start},{start + len(words)},room,{words}\n")
    window.arrivals.bring_in([codings])
    page = page_of(window, qtbot, "codings.csv")
    assert dict(page.facts())["Codings"] == "1"
    project.codebook.delete(project.codebook.by_key_or_name("room").id)
    bring_in(window, qtbot, page)
    qtbot.waitUntil(lambda: window.job is None, timeout=60_000)
    assert "codings.csv" in said(window)
    assert window.arrivals.others.page is None
    assert "room" not in {code.key for code in project.codebook.current().codes}


def test_one_that_is_broken_is_told_and_changes_nothing(
    window: MainWindow, project_path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    project = opened(window, project_path)
    n_steps = len(project.history())
    broken = tmp_path / "broken.qdpx"
    broken.write_bytes(b"PK\x03\x04 and no more")
    window.arrivals.bring_in([broken])
    qtbot.waitUntil(lambda: window.job is None, timeout=60_000)
    assert "broken.qdpx" in said(window)
    assert window.arrivals.others.page is None
    assert len(project.history()) == n_steps


def test_on_the_files_page_a_project_goes_its_own_way(
    window: MainWindow, project_path: Path, qdpx: Path, qtbot: QtBot
) -> None:
    project = opened(window, project_path)
    window.arrivals.bring_in()
    assert window.arrivals.desk.wizard is not None
    drop(window.arrivals.desk.wizard.files, qdpx)
    bring_in(window, qtbot, page_of(window, qtbot, "study.qdpx"))
    assert "Gruppe A" in [each.name for each in project.documents.all()]


def test_on_the_first_page_it_becomes_a_new_project(
    window: MainWindow, qdpx: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(_parent: QWidget, _title: str, suggested: str, _kinds: str) -> tuple[str, str]:
        asked.append(suggested)
        return str(tmp_path / "mine"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    drop(window, qdpx)
    qtbot.waitUntil(lambda: window.job is None, timeout=60_000)
    assert asked == [str(tmp_path / "study.qualcode")]
    assert window.bridge is not None, said(window)
    assert window.bridge.path == tmp_path / "mine.qualcode"
    assert window.windowTitle() == "Study – Qualcode"
    assert said(window).startswith("Study. New: 1 document")
    assert [note.name for note in imports_said(window.bridge.project)] == ["Import project Study"]
    assert sorted(each.name for each in tmp_path.iterdir() if "partial" in each.name) == []


def test_on_the_first_page_nothing_is_made_of_a_broken_one(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.qdpx"
    broken.write_bytes(b"PK\x03\x04 and no more")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_each: (str(tmp_path / "mine.qualcode"), ""))
    window.open_paths([broken])
    qtbot.waitUntil(lambda: window.job is None, timeout=60_000)
    assert "broken.qdpx" in said(window)
    assert [each.name for each in tmp_path.iterdir()] == ["broken.qdpx"]
    assert window.bridge is None


def test_a_project_goes_out_for_other_tools_and_comes_in_again(
    window: MainWindow, project_path: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(window, project_path)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_each: (str(tmp_path / "out"), ""))
    window.actions_table["for_other_tools"].trigger()
    qtbot.waitUntil(lambda: window.job is None, timeout=60_000)
    assert "out.qdpx" in said(window)
    window.arrivals.bring_in([tmp_path / "out.qdpx"])
    assert dict(page_of(window, qtbot, "out.qdpx").facts())["Tool"].startswith("Qualcode")


def test_a_group_for_all_speakers_and_labels_left_in_the_texts(
    window: MainWindow, project_path: Path, qdpx: Path, qtbot: QtBot
) -> None:
    project = opened(window, project_path)
    window.arrivals.bring_in([qdpx])
    page = page_of(window, qtbot, "study.qdpx")
    assert dict(page.facts())["Speakers"] == "2"
    page.decisions.group.setFocus()
    QTest.keyClicks(page.decisions.group, "Nurses ")
    page.decisions.labels.setFocus()
    QTest.keyClick(page.decisions.labels, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.arrivals.others.page is not page, timeout=60_000)
    again = page_of(window, qtbot, "study.qdpx")
    assert "Speakers" not in dict(again.facts())
    assert again.decisions.labels.isChecked() and again.decisions.labels.hasFocus()
    assert again.decisions.group.text() == "Nurses"
    again.decisions.labels.click()
    qtbot.waitUntil(lambda: window.arrivals.others.page is not again, timeout=60_000)
    bring_in(window, qtbot, page_of(window, qtbot, "study.qdpx"))
    groups = {case.ident: case.group for case in project.respondents.all()}
    assert (groups["Anna"], groups["Bo"]) == ("Nurses", "Nurses")
    assert project.documents.all()[-1].name == "Gruppe A"


@pytest.fixture
def two_projects(tmp_path: Path) -> Path:
    page = "<p>Anna: Vi venter.</p>"
    rows: dict[str, list[dict[str, object]]] = {
        "projects": [{"id": 1, "name": "Study"}, {"id": 2, "name": "Study"}],
        "tags": [{"id": 1, "project_id": 1, "path": "time"}, {"id": 2, "project_id": 2, "path": "law"}],
        "documents": [
            {"id": number, "name": f"Talk {number}", "project_id": number, "contents": page} for number in (1, 2)
        ],
        "highlights": [highlight(1, 1, page, "Vi venter."), highlight(2, 2, page, "Vi")],
        "highlight_tags": [{"highlight_id": 1, "tag_id": 1}, {"highlight_id": 2, "tag_id": 2}],
    }
    return write_database(tmp_path / "all.sqlite3", TAGUETTE_TABLES, rows)


def test_one_of_several_projects_in_a_file_is_chosen(
    window: MainWindow, project_path: Path, two_projects: Path, qtbot: QtBot
) -> None:
    project = opened(window, project_path)
    window.arrivals.bring_in([two_projects])
    page = page_of(window, qtbot, "all.sqlite3")
    assert page.decisions.part.isVisible() and page.decisions.part.hasFocus()
    assert [choice.key for choice in page.decisions.part.choices] == ["Study", "Study (2)"]
    menu = page.decisions.part.menu()
    assert menu is not None
    menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: window.arrivals.others.page is not page, timeout=60_000)
    chosen = page_of(window, qtbot, "all.sqlite3")
    assert chosen.decisions.part.key == "Study (2)"
    bring_in(window, qtbot, chosen)
    assert project.documents.all()[-1].name == "Talk 2"


def test_on_the_first_page_one_of_several_projects_is_chosen_too(
    window: MainWindow, two_projects: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_each: (str(tmp_path / "mine.qualcode"), ""))
    window.open_paths([two_projects])
    qtbot.waitUntil(lambda: window.bridge is not None, timeout=60_000)
    bring_in(window, qtbot, page_of(window, qtbot, "all.sqlite3"))
    assert window.bridge is not None
    assert [each.name for each in window.bridge.project.documents.all()] == ["Talk 1"]
    assert window.bridge.project.title == "Study"


def test_a_project_whose_writing_is_stopped_leaves_nothing_and_can_be_imported_again(
    window: MainWindow, project_path: Path, qdpx: Path, qtbot: QtBot
) -> None:
    project = opened(window, project_path)
    n_steps, before = len(project.history()), [each.name for each in project.documents.all()]
    drop(window, qdpx)
    page = page_of(window, qtbot, "study.qdpx")
    asked: list[bool] = []

    def stop(_done: int, _total: int) -> None:
        if isinstance(window.job, PiecewiseJob) and not asked:
            asked.append(True)
            window.work.cancel()

    window.work.progressed.connect(stop)
    bring_in(window, qtbot, page)
    assert asked and said(window) == "Stopped; nothing was changed."
    assert len(project.history()) == n_steps and [each.name for each in project.documents.all()] == before
    bring_in(window, qtbot, page)
    assert len(project.history()) == n_steps + 1
