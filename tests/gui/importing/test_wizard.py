"""A new study from the window, step by step, by mouse and by keyboard; files into an open project."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QFileDialog, QLineEdit, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qualcode.files.study_file import read_study
from qualcode.gui.importing.piecewise import PiecewiseJob
from qualcode.gui.importing.wizard import ImportWizard
from qualcode.gui.main_window import MainWindow
from qualcode.gui.widgets.choice_button import ChoiceButton
from qualcode.i18n import language_in_use
from qualcode.importing.columns import Role
from qualcode.importing.report import Outcome
from qualcode.model.document import SpeakerRole
from qualcode.project.draft_points import Step
from qualcode.project.project import Project
from qualcode.project.study_draft import CodebookFrom

TALK = """Moderator: Hvordan går det på kjøkkenet?
Baker 1: Vi deler kjøkken med de andre.
Kelner 2: Jeg får ikke se oppskriftene før de er ferdige.
Baker 1: Ja.
Baker 2: Det er strengt her.
Lærling: Jeg vet ikke helt.
"""
SURVEY = "ID;Rolle;Tilfreds (0-10);Hva er vanskelig?\n" + "".join(
    f"{n};{role};{n % 10};{answer}\n"
    for n, (role, answer) in enumerate(
        [
            ("Baker", "Det er for varmt ved ovnen."),
            ("Bakere", "Lite tid til å snakke"),
            ("Kelner", "Trange rom og mange bord"),
            ("Kelner", "Mye støy fra gata"),
            ("Baker", "Ingen spør oss om noe"),
            ("Kelner", "Oppskriftene er hemmelige for oss"),
        ]
    )
)
CODEBOOK = "key: kitchen\ncodes:\n  - {key: time, name: Tid, rules: [{any: [tid]}]}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "prat.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "svar.csv").write_text(SURVEY, encoding="utf-8")
    (tmp_path / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    return tmp_path


def wizard_of(window: MainWindow) -> ImportWizard:
    assert window.arrivals.desk.wizard is not None, window.message_line.message
    return window.arrivals.desk.wizard


def begin(window: MainWindow, qtbot: QtBot, paths: list[Path]) -> ImportWizard:
    window.open_paths(paths)
    wizard = wizard_of(window)
    qtbot.waitUntil(lambda: not wizard.is_busy, timeout=60_000)
    return wizard


def seen(wizard: ImportWizard) -> Step:
    return wizard.page.step


def role_at(wizard: ImportWizard, column: int) -> Role:
    return wizard.draft.surveys[0].columns[column].role


def pick(wizard: ImportWizard, *labels: str) -> None:
    rows = [row.label for row in wizard.speakers._rows]
    wizard.speakers.table.pick([rows.index(label) for label in labels])


def role_of(wizard: ImportWizard, label: str) -> str | None:
    return next(row.role for row in wizard.draft.speaker_rows() if row.label == label)


def test_a_study_is_made_from_dropped_files_to_the_open_project(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder / name)) for name in ("prat.txt", "svar.csv")])
    drop = QDropEvent(
        QPointF(300, 300),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(drop)
    wizard = wizard_of(window)
    qtbot.waitUntil(lambda: not wizard.is_busy, timeout=60_000)
    assert [file.outcome for file in wizard.draft.files] == [Outcome.IMPORT, Outcome.IMPORT]
    assert seen(wizard) is Step.FILES
    wizard.show_step(Step.STUDY)
    assert wizard.study is not None and wizard.codebook is not None
    assert wizard.draft.language == language_in_use()
    QTest.keyClicks(wizard.study._title, "Kjokkenet")
    assert wizard.draft.study_path == folder / "Kjokkenet.yaml"
    wizard.go_on()
    wizard.go_on()
    pick(wizard, "Lærling")
    QTest.keyClick(wizard.speakers.table, Qt.Key.Key_B)  # a letter goes to the field
    field = wizard.speakers.bar.field
    assert field.hasFocus() and field.text() == "b"
    QTest.keyClicks(field, "aker")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert role_of(wizard, "Lærling") == "Baker"  # the group that is there, as it is written
    assert wizard.speakers.table.hasFocus()
    wizard.go_on()
    assert seen(wizard) is Step.SURVEYS
    wizard.go_on()
    wizard.codebook.choose(CodebookFrom.FILE, folder / "codebook.yaml")
    wizard.go_on()
    assert seen(wizard) is Step.SUMMARY and wizard.forward.text() == "Make the study"
    qtbot.waitUntil(wizard.forward.isEnabled, timeout=60_000)
    QTest.mouseClick(wizard.forward, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.job is None and window.workbench is not None, timeout=60_000)
    assert window.bridge is not None
    assert window.bridge.path == folder / "Kjokkenet.qualcode"
    assert {case.group for case in window.bridge.project.respondents.all()} == {"Baker", "Kelner"}
    study = read_study(folder / "Kjokkenet.yaml")
    assert study.documents[0].role_and_group("Baker 9") == (SpeakerRole.RESPONDENT, "Baker")
    assert window.arrivals.desk.study_draft is None


def test_going_back_and_forward_and_aside_loses_nothing(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    QTest.keyClick(window, Qt.Key.Key_2)  # the second way in
    wizard = wizard_of(window)
    assert wizard.study is not None
    wizard.study._title.setText("Kjøkkenet")
    wizard.add_files([folder])
    qtbot.waitUntil(lambda: not wizard.is_busy, timeout=60_000)
    wizard.show_step(Step.SPEAKERS)
    pick(wizard, "Lærling")
    wizard.speakers.bar.named.emit("Naboer")
    wizard.go_back()
    wizard.go_back()
    assert seen(wizard) is Step.STUDY and wizard.study._title.text() == "Kjøkkenet"
    wizard.left.emit()
    assert window.first_page.isVisible()
    assert window.first_page.cards[1].accessibleName() == "Go on with the new study"
    window.first_page.press(2)
    assert wizard_of(window) is wizard
    assert role_of(wizard, "Lærling") == "Naboer"
    wizard.begun_anew.emit()
    assert wizard_of(window) is not wizard and not wizard_of(window).draft.files


def test_the_steps_say_what_is_open_and_the_last_waits(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    wizard = begin(window, qtbot, [folder / "svar.csv"])
    assert wizard.rail.state("speakers").is_needless
    wizard.show_step(Step.SUMMARY)
    assert not wizard.forward.isEnabled()
    wizard.show_step(Step.STUDY)
    wizard.show_step(Step.FILES)
    assert wizard.rail.state("study").is_open
    assert not wizard.rail.state("speakers").is_done
    wizard.go_on()  # there are no speakers to ask about
    assert seen(wizard) is Step.SURVEYS
    wizard.surveys.table.pick([3])
    QTest.keyClick(wizard.surveys.table, Qt.Key.Key_8)
    assert role_at(wizard, 3) is Role.IGNORE
    assert wizard.rail.state("surveys").is_open
    QTest.keyClick(wizard.surveys.table, Qt.Key.Key_1)
    assert role_at(wizard, 3) is Role.OPEN
    assert not wizard.rail.state("surveys").is_open


def test_what_exists_is_named_and_never_replaced_silently(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    (folder / "Alt.yaml").write_text("mine")
    wizard = begin(window, qtbot, [folder / "prat.txt"])
    wizard.show_step(Step.STUDY)
    assert wizard.study is not None
    wizard.study._title.setText("Alt")
    assert wizard.study._replace.isVisible() and "Alt.yaml" in wizard.study._told.text()
    assert any(point.stops for point in wizard.draft.open_points((Step.STUDY,)))
    wizard.study._replace.click()
    assert not any(point.stops for point in wizard.draft.open_points((Step.STUDY,)))
    wizard.study._study.setFocus()
    QTest.keyClick(wizard.study._study, Qt.Key.Key_Backspace)  # another place asks again
    assert not wizard.draft.may_replace


def test_a_doubtful_file_is_settled_beside_it(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    (folder / "gammel.txt").write_bytes(TALK.encode("cp865"))
    wizard = begin(window, qtbot, [folder / "prat.txt", folder / "gammel.txt"])
    assert wizard.files.table.picked_rows == [1]  # what is asked about is shown first
    encoding = next(
        each for each in wizard.files.card.findChildren(ChoiceButton) if "Encoding" in each.accessibleName()
    )
    told = {choice.key: choice.text for choice in encoding.choices}
    assert "Hvordan går" in told["cp865"] and "går" not in told["cp1252"]
    encoding.choose("cp865", report=True)
    qtbot.waitUntil(lambda: not wizard.is_busy, timeout=60_000)
    assert wizard.draft.files[1].is_usable and wizard.draft.files[1].how.encoding == "cp865"


def test_sheet_and_header_row_can_be_chosen_otherwise_whatever_was_chosen(
    window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for title, n_rows in (("Vår", 5), ("Høst", 3)):
        sheet = book.create_sheet(title)
        for number in range(n_rows):
            sheet.append(["ID", "Hva er vanskelig?"] if not number else [number, f"Det er vanskelig nummer {number}."])
    book.save(folder / "bok.xlsx")
    wizard = begin(window, qtbot, [folder / "bok.xlsx"])

    def choose(name: str, key: str) -> None:
        found = [each for each in wizard.files.card.findChildren(ChoiceButton) if name in each.accessibleName()]
        assert len(found) == 1, name
        found[0].choose(key, report=True)
        qtbot.waitUntil(lambda: not wizard.is_busy, timeout=60_000)

    choose("Sheet", "Vår")
    for row in ("4", "5"):
        choose("Header in row", row)
    assert not wizard.draft.files[0].is_usable, "no row is below it"
    choose("Header in row", "1")
    assert wizard.draft.files[0].is_usable
    choose("Header in row", "4")
    choose("Sheet", "Høst")
    assert wizard.draft.files[0].is_usable


def test_a_file_can_be_said_to_be_right_and_taken_out(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    (folder / "gammel.txt").write_bytes(TALK.encode("cp865"))
    (folder / "tom.docx").write_bytes(b"")
    wizard = begin(window, qtbot, [folder / "gammel.txt", folder / "tom.docx"])
    right = next(each for each in wizard.files.card.findChildren(QPushButton) if "right" in each.text())
    right.click()
    assert [file.outcome for file in wizard.draft.files] == [Outcome.WARN, Outcome.REFUSE]
    wizard.files.table.pick([1])
    QTest.keyClick(wizard.files.table, Qt.Key.Key_Delete)
    assert [file.path.name for file in wizard.draft.files] == ["gammel.txt"]


def test_spellings_are_merged_in_the_panel(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    wizard = begin(window, qtbot, [folder / "svar.csv"])
    wizard.show_step(Step.SURVEYS)
    groups = wizard.surveys.groups
    assert {row.spelling: row.name for row in groups._rows} == {"Kelner": "Kelner", "Baker": "Baker", "Bakere": "Baker"}
    groups.table.pick([[row.spelling for row in groups._rows].index("Kelner")])
    QTest.keyClick(groups.table, Qt.Key.Key_Return)
    QTest.keyClicks(groups.bar.field, "Servering")
    QTest.keyClick(groups.bar.field, Qt.Key.Key_Return)
    assert {row.name for row in groups._rows} == {"Servering", "Baker"}


def test_a_name_that_is_typed_is_completed_and_new_ones_come_last(
    window: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    wizard = begin(window, qtbot, [folder / "prat.txt", folder / "svar.csv"])
    wizard.show_step(Step.SPEAKERS)
    bar = wizard.speakers.bar
    before = [each.accessibleName() for each in bar.buttons]
    pick(wizard, "Lærling")
    QTest.keyClick(wizard.speakers.table, Qt.Key.Key_B)  # the keyboard goes to the field
    QTest.keyClicks(bar.field, "a")
    assert bar.field.text() == "baker"
    assert bar.field.selectedText() == "ker"
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert role_of(wizard, "Lærling") == "Baker"
    pick(wizard, "Lærling")
    bar.field.setFocus()
    QTest.keyClicks(bar.field, "Aaa")
    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    after = [each.accessibleName() for each in bar.buttons]
    assert after == [*(each for each in before if each in after), "Aaa"]


def test_one_group_can_stand_for_all_rows(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    wizard = begin(window, qtbot, [folder / "svar.csv"])
    wizard.show_step(Step.SURVEYS)
    QTest.keyClicks(wizard.surveys._group_is, "Alle kelnere")
    file = wizard.draft.surveys[0]
    assert file.group_is == "Alle kelnere" and not file.columns_with(Role.GROUP)
    wizard.surveys.table.pick([1])
    wizard.surveys.set_role(Role.GROUP)
    assert file.group_is == ""


def test_a_wrong_codebook_is_told_with_its_lines(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    (folder / "wrong.yaml").write_text("key: k\ncodes:\n  - {name: Tid}\n", encoding="utf-8")
    wizard = begin(window, qtbot, [folder / "prat.txt"])
    wizard.show_step(Step.CODEBOOK)
    assert wizard.codebook is not None
    wizard.codebook.choose(CodebookFrom.FILE, folder / "wrong.yaml")
    qtbot.waitUntil(lambda: not wizard.is_busy, timeout=60_000)
    assert wizard.rail.state("codebook").is_open
    wizard.codebook.choose(CodebookFrom.EMPTY, None)
    assert not wizard.rail.state("codebook").is_open


def test_a_codebook_is_looked_for_beside_the_study_or_its_files(
    window: MainWindow, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(_parent: object, _title: str, place: str, _kinds: str) -> tuple[str, str]:
        asked.append(place)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    wizard = begin(window, qtbot, [folder / "prat.txt"])
    wizard.show_step(Step.CODEBOOK)
    assert wizard.codebook is not None
    for place in (folder / "elsewhere" / "study.yaml", None):
        wizard.draft.study_path = place
        wizard.codebook.choose(CodebookFrom.FILE, None)
    wizard.draft.files.clear()
    wizard.codebook.choose(CodebookFrom.FILE, None)
    assert asked == [str(folder / "elsewhere"), str(folder), str(Path.home())]


def test_a_dropped_codebook_is_the_codebook(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    wizard = begin(window, qtbot, [folder / "prat.txt"])
    wizard.files.add([folder / "codebook.yaml"])
    qtbot.waitUntil(lambda: not wizard.is_busy, timeout=60_000)
    assert wizard.draft.codebook == folder / "codebook.yaml" and len(wizard.draft.files) == 1


def test_files_come_into_an_open_project_and_the_choices_are_remembered(
    window: MainWindow, project_path: Path, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.open_project(project_path)
    window.actions_table["import_files"].trigger()
    wizard = wizard_of(window)
    assert window.top_bar.isVisible() and wizard.study is None
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(folder / "prat.txt")], ""))
    wizard.files._add.click()
    qtbot.waitUntil(lambda: not wizard.is_busy, timeout=60_000)
    wizard.show_step(Step.SPEAKERS)
    pick(wizard, "Lærling")
    wizard.speakers.bar.named.emit("Naboer")
    assert window.bridge is not None
    there = {name: look for name, look in window.bridge.groups.items() if name != "(none)"}
    offered = {name.text: name.look for name in wizard.speakers.bar._names if name.look is not None}
    assert {name: offered[name] for name in there} == there  # the same marks as in the project
    wizard.show_step(Step.SUMMARY)
    assert wizard.forward.text() == "Import"
    wizard.forward.click()
    qtbot.waitUntil(lambda: window.job is None and window.arrivals.desk.wizard is None, timeout=60_000)
    assert window.bridge is not None
    assert {case.ident: case.group for case in window.bridge.project.respondents.all()}["Lærling"] == "Naboer"
    message = window.message_line.message
    assert message is not None and message.sentence.startswith("New: 1 transcript, 4 respondents")
    assert window.bridge.project.undo_name == "Import 1 file"
    (folder / "prat_2.txt").write_text("Lærling: Hei.\nGjest: Hei.\nLærling: Ja.\n", encoding="utf-8")
    again = begin(window, qtbot, [folder / "prat_2.txt"])
    assert role_of(again, "Lærling") == "Naboer" and role_of(again, "Gjest") == ""


@pytest.mark.parametrize("by", ["cancel", "closing the project"])
def test_writing_that_is_stopped_leaves_the_project_and_the_choices_as_they_were(
    window: MainWindow, project_path: Path, folder: Path, qtbot: QtBot, by: str
) -> None:
    window.open_project(project_path)
    assert window.bridge is not None
    before = [each.name for each in window.bridge.project.documents.all()]
    wizard = begin(window, qtbot, [folder / "prat.txt", folder / "svar.csv"])
    wizard.show_step(Step.SUMMARY)

    def stop(_done: int, _total: int) -> None:
        if isinstance(window.job, PiecewiseJob):
            window.work.cancel() if by == "cancel" else window.close_project()

    window.work.progressed.connect(stop)
    wizard.forward.click()
    qtbot.waitUntil(lambda: window.job is None, timeout=60_000)
    if by == "cancel":
        qtbot.waitUntil(lambda: window.message_line.message is not None)
        assert window.message_line.message is not None
        assert window.message_line.message.sentence == "Stopped; nothing was changed."
        assert wizard_of(window) is wizard and len(wizard.draft.files) == 2 and wizard.forward.isEnabled()
        window.close_project()
    with Project.open(project_path) as project:
        assert [each.name for each in project.documents.all()] == before


def test_the_screens_of_the_project_are_there_while_files_wait(
    window: MainWindow, project_path: Path, folder: Path, qtbot: QtBot
) -> None:
    window.open_project(project_path)
    wizard = begin(window, qtbot, [folder / "prat.txt"])
    window.actions_table["show_tables"].trigger()
    assert window.workbench is not None and window.workbench.isVisible() and window.workbench.screen_name == "tables"
    window.actions_table["import_files"].trigger()
    assert wizard_of(window) is wizard and len(wizard.draft.files) == 1
    window.close_project()
    assert window.arrivals.desk.wizard is None


def test_nothing_comes_into_a_project_that_is_open_for_reading_only(
    window: MainWindow, project_path: Path, folder: Path
) -> None:
    window.open_project(project_path, read_only=True)
    assert not window.actions_table["import_files"].isEnabled()
    window.open_paths([folder / "prat.txt"])
    message = window.message_line.message
    assert window.arrivals.desk.wizard is None and message is not None and "reading only" in message.sentence


def test_what_the_imports_said_can_be_read_again(window: MainWindow, project_path: Path, qtbot: QtBot) -> None:
    window.open_project(project_path)
    window.actions_table["imports_said"].trigger()
    page = window.arrivals.said
    assert page is not None and page.isVisible()
    assert page._model.rowCount() >= 1 and page._texts[0].splitlines()[1].startswith("New: 1 transcript")
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert window.workbench is not None and window.workbench.isVisible()


def test_the_language_can_change_while_a_study_is_put_aside(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    wizard = begin(window, qtbot, [folder / "prat.txt"])
    wizard.left.emit()
    window.set_language("nb")
    try:
        window.arrivals.desk.open_study()
        assert [file.path.name for file in wizard_of(window).draft.files] == ["prat.txt"]
    finally:
        window.set_language("en")


def test_each_control_has_a_name_and_each_model_is_sound(
    window: MainWindow, folder: Path, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    wizard = begin(window, qtbot, [folder / "prat.txt", folder / "svar.csv"])
    for step in Step:
        wizard.show_step(step)
        nameless = [
            each
            for each in wizard.findChildren(QWidget)
            if each.isVisible()
            and each.focusPolicy() != Qt.FocusPolicy.NoFocus
            and isinstance(each, QAbstractButton | QLineEdit | QAbstractItemView)
            and not (each.accessibleName() or (isinstance(each, QAbstractButton) and each.text()))
        ]
        assert nameless == [], step
    for table in (wizard.files.table, wizard.speakers.table, wizard.surveys.table, wizard.surveys.groups.table):
        qtmodeltester.check(table.model())  # type: ignore[no-untyped-call]


def test_two_labels_are_said_to_be_one_person(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    talk = "Anna: Hei.\nBo: Ja.\nAnna Ås: Mer.\nBo: Nei.\nAnna: Vel.\n"
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(talk, encoding="utf-8")
    wizard = begin(window, qtbot, [folder / "a.txt", folder / "b.txt"])
    wizard.show_step(Step.SPEAKERS)
    page = wizard.speakers
    assert not page.one_person.isEnabled() and not page.apart.isVisible()
    pick(wizard, "Anna", "Anna Ås")
    QTest.mouseClick(page.one_person, Qt.MouseButton.LeftButton)
    (row,) = [row for row in page._rows if row.label == "Anna"]
    assert (row.n_turns, row.spellings) == (6, ("Anna Ås",))
    assert page.table.hasFocus() and page._picked() == [row]
    assert "also Anna Ås" in page._model.index(page._rows.index(row), 0).data()
    QTest.mouseClick(page.apart, Qt.MouseButton.LeftButton)
    assert [row.label for row in page._picked()] == ["Anna", "Anna Ås"]
    page.same_people.findChildren(QPushButton)[1].click()
    assert all(source.same_people for source in wizard.draft.study().documents)


def test_a_label_is_mended_and_the_field_is_for_groups_again(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    (folder / "a.txt").write_text("Kairi: Hei.\nBo: Ja.\nKairi: Mer.\nBo: Nei.\n", encoding="utf-8")
    wizard = begin(window, qtbot, [folder / "a.txt"])
    wizard.show_step(Step.SPEAKERS)
    page = wizard.speakers
    pick(wizard, "Kairi")
    QTest.mouseClick(page.renamed, Qt.MouseButton.LeftButton)
    assert page.bar.field.hasFocus() and page.bar.field.text() == "Kairi"
    assert not any(each.isEnabled() for each in page.bar.buttons)
    QTest.keyClicks(page.bar.field, "Kari")
    QTest.keyClick(page.bar.field, Qt.Key.Key_Return)
    assert [(row.label, row.spellings) for row in page._picked()] == [("Kari", ("Kairi",))]
    (source,) = wizard.draft.study().documents
    assert source.same_speaker == {"Kari": ("Kairi",)}
    QTest.mouseClick(page.renamed, Qt.MouseButton.LeftButton)
    QTest.keyClick(page.bar.field, Qt.Key.Key_Escape)
    QTest.keyClicks(page.bar.field, "Leder")
    QTest.keyClick(page.bar.field, Qt.Key.Key_Return)
    assert role_of(wizard, "Kari") == "Leder"


def test_what_is_no_answer_can_be_said(window: MainWindow, folder: Path, qtbot: QtBot) -> None:
    wizard = begin(window, qtbot, [folder / "svar.csv"])
    wizard.show_step(Step.SURVEYS)
    field = wizard.surveys.no_answer
    assert "vet ikke" in field.text()
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "ukjent;  ingen  ting ; ukjent")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert wizard.draft.study().not_an_answer == ("ukjent", "ingen ting")
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "vet ikke" in field.text()  # the usual list again
