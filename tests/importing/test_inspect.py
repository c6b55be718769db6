"""What `inspect` says of a file."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any, cast

import openpyxl
import pytest

from qualcode.importing.inspect import inspect_file
from tests.builders import make_project
from tests.importing.foreign_projects import TALK, Mark, mark, simple_qdpx

KEYS = ["file", "outcome", "kind", "encoding", "language", "turns", "tables", "problems"]


def roles(report: dict[str, object]) -> dict[str, str]:
    tables = cast(list[dict[str, Any]], report["tables"])
    assert len(tables) == 1
    return {column["header"]: column["role"] for column in tables[0]["columns"]}


def survey(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(
        ["ID", "Rolle", "Tidspunkt", "E-post", "Tilfreds (0-10)", "Region", "Kanaler", "Tom", "Hva er vanskelig?"]
    )
    answers = (
        "Vi har ikke tid til møtene.",
        "vet ikke",
        "Det er for få rom, og noen må dele.",
        None,
        "nei",
        "Ingen vet hva jeg gjør.",
        "nei",
        "Vi hadde ikke fått beskjed.",
    )
    for n, answer in enumerate(answers):
        row = [f"R{n}", ("leder", "veileder")[n % 2], f"0{n + 1}.03.2026", f"r{n}@eksempel.example", n % 6]
        sheet.append([*row, ("Nord", "Sør")[n % 2], ("e-post;møte", "møte")[n % 2], None, answer])
    book.save(path)
    return path


def test_roles_of_a_survey(tmp_path: Path) -> None:
    report = inspect_file(survey(tmp_path / "svar.xlsx"))
    assert list(report) == KEYS
    assert (report["outcome"], report["kind"], report["language"]) == ("import", "survey", "nb")
    assert roles(report) == {
        "ID": "id",
        "Rolle": "group",
        "Tidspunkt": "date",
        "E-post": "ignore",
        "Tilfreds (0-10)": "closed scale",
        "Region": "closed category",
        "Kanaler": "multiple choice",
        "Tom": "ignore",
        "Hva er vanskelig?": "open",
    }
    columns = {column["header"]: column for column in report["tables"][0]["columns"]}  # type: ignore[index]
    assert (columns["Tilfreds (0-10)"]["min"], columns["Tilfreds (0-10)"]["max"]) == (0, 10)
    assert (columns["Hva er vanskelig?"]["blank"], columns["Hva er vanskelig?"]["answers"]) == (1, 4)
    assert all(column["reason"] for column in columns.values())
    json.dumps(report)


def test_turns_of_a_transcript(tmp_path: Path) -> None:
    path = tmp_path / "samtale.txt"
    path.write_bytes("Anna: Jeg vet ikke.\r\nBo: Hva sier du nå?\r\nAnna: Nei.\r\n".encode("cp1252"))
    report = inspect_file(path)
    assert report == {
        "file": str(path),
        "outcome": "import",
        "kind": "transcript",
        "encoding": "cp1252",
        "language": "nb",
        "turns": [["Anna", "Jeg vet ikke."], ["Bo", "Hva sier du nå?"], ["Anna", "Nei."]],
        "tables": [],
        "problems": [],
    }


def test_what_was_left_out_makes_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "samtale.txt"
    path.write_text("Samtale\n\nAnna: Hei.\nBo: Ja.\nAnna: Nei.", encoding="utf-8")
    assert inspect_file(path)["outcome"] == "warn"


def test_two_sheets_with_data_and_two_encodings_are_asked_about(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for sheet in (book.worksheets[0], book.create_sheet("Mer")):
        sheet.append(["ID", "Svar"])
        sheet.append(["a", "Jeg vet ikke."])
    book.save(tmp_path / "svar.xlsx")
    report = inspect_file(tmp_path / "svar.xlsx")
    assert report["outcome"] == "ask"
    assert "sheet" in report["problems"][0]["hint"]  # type: ignore[index]
    old = tmp_path / "gammel.txt"
    old.write_bytes("Vi får det på Ås.".encode("cp865"))
    assert inspect_file(old)["outcome"] == "ask"


def test_a_sheet_of_mere_text_is_not_asked_about(tmp_path: Path) -> None:
    path = survey(tmp_path / "svar.xlsx")
    book = openpyxl.load_workbook(path)
    about = book.create_sheet("Om")
    for row in (["Om undersøkelsen"], [], ["Kontakt"]):
        about.append(row)
    about.append([None, "x", "y", "z"])
    book.save(path)
    report = inspect_file(path)
    assert (report["outcome"], report["problems"]) == ("import", [])


def test_codings_are_known_by_their_columns(tmp_path: Path) -> None:
    path = tmp_path / "kodinger.csv"
    path.write_text("document,start,end,code,text\na.txt,0,5,tid,Hei\n", encoding="utf-8")
    report = inspect_file(path)
    assert (report["kind"], report["outcome"]) == ("codings", "import")


def test_projects_and_codebooks_are_known_by_their_content(tmp_path: Path) -> None:
    project = tmp_path / "a.qualcode"
    database = sqlite3.connect(project)
    database.execute("create table t (x)")
    database.commit()
    database.close()
    assert (inspect_file(project)["kind"], inspect_file(project)["outcome"]) == ("project", "import")
    (tmp_path / "b.qualcode").write_text("ikke det", encoding="utf-8")
    assert inspect_file(tmp_path / "b.qualcode")["outcome"] == "refuse"
    codebook = tmp_path / "a.yaml"
    codebook.write_text("key: prove\ncodes:\n  - key: tid\n    name: Tid\n", encoding="utf-8")
    assert (inspect_file(codebook)["kind"], inspect_file(codebook)["outcome"]) == ("codebook", "import")
    study = tmp_path / "study.yaml"
    study.write_text("title: x\ncodebook: a.yaml\ndocuments: []\n", encoding="utf-8")
    assert inspect_file(study)["outcome"] == "refuse"


@pytest.mark.parametrize("name", ["borte.txt", "borte.xyz", "borte", "borte.xlsx", "borte.qualcode", "borte.yaml"])
def test_what_is_not_there_is_refused_with_a_remedy(tmp_path: Path, name: str) -> None:
    report = inspect_file(tmp_path / name)
    assert report["outcome"] == "refuse"
    problems = cast(list[dict[str, str]], report["problems"])
    assert [bool(problem["what"] and problem["hint"]) for problem in problems] == [True]


def test_unknown_endings_are_refused_with_what_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "samtale.pages"
    path.write_bytes(b"x")
    report = inspect_file(path)
    assert (report["outcome"], report["kind"]) == ("refuse", None)
    assert ".docx" in str(report["problems"])


def test_a_project_in_a_tool_s_own_format_says_how_it_comes_here(tmp_path: Path) -> None:
    path = tmp_path / "study.nvpx"
    path.write_bytes(b"x")
    assert "REFI-QDA" in str(inspect_file(path)["problems"])


def test_a_survey_without_rows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    path.write_text("ID;Svar\n", encoding="utf-8")
    assert inspect_file(path)["outcome"] == "refuse"


def test_projects_of_other_tools_are_inspected(tmp_path: Path) -> None:
    path = simple_qdpx(tmp_path / "a.qdpx", [mark(TALK, "å lese."), Mark(5000, 5001)])
    found = inspect_file(path)
    assert (found["kind"], found["outcome"]) == ("project", "warn")
    facts = found["project"]
    assert isinstance(facts, dict)
    assert facts["codings"] == {"in_file": 2, "verified": 1, "found": 0, "unverified": 0, "not_placed": 1}
    assert facts["documents"] == [{"name": "Gruppe A", "characters": 73, "turns": 3, "speakers": ["Anna", "Bo"]}]
    folder = tmp_path / "b.qda"
    folder.mkdir()
    assert inspect_file(folder)["outcome"] == "refuse"


@pytest.mark.parametrize(
    ("sheet", "header", "kind"),
    [
        ("Codes", ["key", "parent", "name en"], "codebook"),
        ("Ark1", ["Kode", "Overkode", "Beskrivelse", "Farge"], "codebook"),
        ("Ark1", ["Kode", "Overkode", "Beskrivelse", "Hva mener du?"], "survey"),
        ("Ark1", ["Kode", "Kommentar"], "survey"),
    ],
)
def test_a_codebook_in_a_workbook_is_no_survey(tmp_path: Path, sheet: str, header: list[str], kind: str) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = sheet
    for row in (header, [f"a{n}" for n in range(len(header))], [f"b{n} og mer" for n in range(len(header))]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "ark.xlsx")
    assert inspect_file(tmp_path / "ark.xlsx")["kind"] == kind


def test_a_project_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        whole = project.path
    assert inspect_file(whole)["outcome"] == "import"
    cut = tmp_path / "cut.qualcode"
    cut.write_bytes(whole.read_bytes()[:5000])
    report = inspect_file(cut)
    assert report["outcome"] == "refuse" and "cut off" in report["problems"][0]["what"]  # type: ignore[index]


def test_more_columns_without_a_header_than_are_named_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["Sak", "Hva mener du?"],
        ["1", "Det går bra nå", *"abcdef"],
        ["2", "Vi har ikke tid til noe", *"abcdef"],
    ):
        book.worksheets[0].append(row)
    book.save(tmp_path / "svar.xlsx")
    told = [each["what"] for each in inspect_file(tmp_path / "svar.xlsx")["problems"]]  # type: ignore[attr-defined]
    assert any("no header: C, D, E, F, G, …." in each for each in told)
