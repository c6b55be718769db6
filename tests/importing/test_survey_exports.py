"""Exports of survey services: what is a question, what an answer, what neither."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from qualcode.errors import ImportingError
from qualcode.importing.columns import Role, propose_roles
from qualcode.importing.inspect import inspect_file
from qualcode.importing.survey_exports import companion_files
from qualcode.importing.tables import read_tables, sheet_with_data

DATASET = [
    ["respnokk", "s_1", "s_2_1", "s_2_2", "a_3", "ukjent"],
    ["k1", "1", "1", "1", "For lite tid på øya.", "9"],
    ["k2", "2", "0", "1", "", "8"],
    ["k3", "", "", "", "", ""],
]
STRUCTURE = [
    ["questionName", "variableName", "questionType", "subType", "questionText", "choiceValue", "choiceText"],
    ["s_1", "s_1", "Closed", "Single", "Hva er din rolle? ", "", ""],
    ["s_2", "s_2_1", "Closed", "Multiple", "Hvor møtes dere?", "1", "På møter "],
    ["s_2", "s_2_2", "Closed", "Multiple", "Hvor møtes dere?", "2", "I gangen"],
    ["a_3", "a_3", "Open", "String", "Hva er vanskelig?", "", ""],
]
LABELS = [
    ["s_1", "1", "Leder "],
    ["s_1", "2", "Veileder"],
    ["s_2_1", "0", "Ikke valgt"],
    ["s_2_1", "1", "Valgt"],
    ["s_2_2", "0", "Ikke valgt"],
    ["s_2_2", "1", "Valgt"],
]
HEADER = (
    "respnokk",
    "Hva er din rolle?",
    "Hvor møtes dere? - På møter",
    "Hvor møtes dere? - I gangen",
    "Hva er vanskelig?",
    "ukjent",
    "Hvor møtes dere?",
)
ROWS = (
    ("k1", "Leder", "Valgt", "Valgt", "For lite tid på øya.", "9", "På møter; I gangen"),
    ("k2", "Veileder", "Ikke valgt", "Valgt", "", "8", "I gangen"),
    ("k3", "", "", "", "", "", ""),
)


def three_files(folder: Path, separator: str, encoding: str) -> Path:
    for name, rows in (("dataset", DATASET), ("structure", STRUCTURE), ("labels", LABELS)):
        text = "\r\n".join(separator.join(row) for row in rows)
        (folder / f"{name}.csv").write_bytes(text.encode(encoding))
    return folder / "dataset.csv"


@pytest.mark.parametrize(("separator", "encoding"), [(";", "cp1252"), (",", "cp1252"), ("\t", "utf-16")])
def test_three_files_of_surveyxact(tmp_path: Path, separator: str, encoding: str) -> None:
    file = read_tables(three_files(tmp_path, separator, encoding))
    (table,) = file.tables
    assert (table.header, table.rows) == (HEADER, ROWS)
    assert ["SurveyXact" in problem.what and "structure.csv" in problem.what for problem in file.problems] == [True]


def test_the_explaining_files_are_refused_beside_their_dataset(tmp_path: Path) -> None:
    three_files(tmp_path, ";", "cp1252")
    for name in ("structure", "labels"):
        with pytest.raises(ImportingError, match="no answers") as caught:
            read_tables(tmp_path / f"{name}.csv")
        assert "dataset.csv" in caught.value.hint


def test_a_dataset_alone_keeps_its_codes(tmp_path: Path) -> None:
    path = three_files(tmp_path, ";", "cp1252")
    (tmp_path / "labels.csv").unlink()
    (table,) = read_tables(path).tables
    assert table.header == tuple(DATASET[0])


def test_sheets_of_surveyxact_and_a_dataset_in_two_parts(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    parts = ([row[:3] for row in DATASET], [row[3:] for row in DATASET])
    sheets = {"Dataset(1)": parts[0], "Dataset(2)": parts[1], "Structure": STRUCTURE, "Labels": LABELS}
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    path = tmp_path / "export.xlsx"
    book.save(path)
    table = sheet_with_data(read_tables(path))
    assert (table.header, table.rows) == (HEADER, ROWS)


QUALTRICS = (
    "StartDate,ResponseId,Progress,RecipientEmail,Q1,Q2\n"
    'Start Date,Response ID,Progress,Recipient Email,"Hva er vanskelig?","Noe mer?"\n'
    '"{""ImportId"":""startDate"",""timeZone"":""Europe/Oslo""}","{""ImportId"":""_recordId""}",'
    '"{""ImportId"":""progress""}","{""ImportId"":""recipientEmail""}","{""ImportId"":""QID1_TEXT""}",'
    '"{""ImportId"":""QID2_TEXT""}"\n'
    "2026-03-05 10:12:33,R_1aB,100,,Vi har ikke tid,nei\n"
    "2026-03-05 11:12:33,R_2aB,100,,Det er for få rom,\n"
    "2026-03-06 11:12:33,R_3aB,100,,Ingen vet hva jeg gjør,\n"
)


def test_three_header_rows_of_qualtrics(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text(QUALTRICS, encoding="utf-8")
    file = read_tables(path)
    (table,) = file.tables
    assert (table.header[4], table.rows[0][4]) == ("Q1", "Vi har ikke tid")
    assert table.row_numbers == (4, 5, 6)
    assert ["--header-row 2" in problem.hint for problem in file.problems] == [True]
    assert [column.role.value for column in propose_roles(table)] == ["date", "id", "ignore", "ignore", "open", "open"]
    (asked,) = read_tables(path, header_row=2).tables
    assert (asked.header[4], asked.row_numbers) == ("Hva er vanskelig?", (4, 5, 6))


ANSWERS = ("Vi har ikke tid til møtene.", "Det er for få rom.", "Ingen vet hva jeg gjør.", "Jeg vet ikke om det går.")


@pytest.mark.parametrize(
    ("headers", "cells", "roles"),
    [
        (  # Google Forms
            ("Tidsmerke", "E-postadresse", "Hva er vanskelig?", "Hvor møtes dere?"),
            ("2026/03/0{n} 10:12:33 am CET", "r{n}@eksempel.example", "{answer}", "På møter, I gangen"),
            ["date", "ignore", "open", "multiple choice"],
        ),
        (  # Microsoft Forms
            ("ID", "Start time", "Completion time", "Email", "Name", "Hva er vanskelig?", "Hvor møtes dere?"),
            ("{n}", "3/{n}/26 10:12:33", "3/{n}/26 10:15:00", "anonymous", "", "{answer}", "På møter;I gangen;"),
            ["id", "date", "date", "ignore", "ignore", "open", "multiple choice"],
        ),
        (  # Nettskjema as it was
            ("$submission_id", "$created", "Hva er vanskelig?", "$answer_time_ms"),
            ("3071{n}", "2026-03-0{n}T10:12:33.123+01:00", "{answer}", "1234{n}"),
            ["id", "date", "open", "ignore"],
        ),
        (  # Nettskjema as it is
            ("Svar-ID", "Opprettet", "Hva er vanskelig?", "Svartid (ms)"),
            ("3071{n}", "0{n}.03.2026 10:12", "{answer}", "1234{n}"),
            ["id", "date", "open", "ignore"],
        ),
    ],
)
def test_columns_that_services_add_are_no_answers(
    tmp_path: Path, headers: tuple[str, ...], cells: tuple[str, ...], roles: list[str]
) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(headers)
    for n, answer in enumerate(ANSWERS, start=1):
        book.worksheets[0].append([cell.format(n=n, answer=answer) or None for cell in cells])
    path = tmp_path / "svar.xlsx"
    book.save(path)
    (table,) = read_tables(path).tables
    proposals = propose_roles(table)
    assert [column.role.value for column in proposals] == roles
    assert all(column.reason for column in proposals)


def test_markup_and_line_breaks_in_headers(tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    headers = 'ID;"<p>Hva er <b>vanskelig</b>&nbsp;på\nøya?</p>";"Er 2 < 3 & 4 > 1?";"Kaffe &amp; te"'
    path.write_text(f"{headers}\na;b;c;d\n", encoding="utf-8")
    file = read_tables(path)
    assert file.tables[0].header == ("ID", "Hva er vanskelig på øya?", "Er 2 < 3 & 4 > 1?", "Kaffe & te")
    assert ["2 headers" in problem.what for problem in file.problems] == [True]


def test_decimal_commas_are_numbers(tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    path.write_text(
        "ID;Tilfreds (0-10);Svar\na;1,5;Ja, det går.\nb;2,5;Nei, aldri.\nc;10;Tja, kanskje.\n", encoding="utf-8"
    )
    report = inspect_file(path)
    roles = [column["role"] for column in report["tables"][0]["columns"]]  # type: ignore[index]
    assert (report["outcome"], roles) == ("import", ["id", "closed scale", "open"])


CODED = "id;q1;q2;q3\na;1;2;Tid\nb;2;1;Rom\nc;1;9;\n"
CODE_BOOK = (
    "Elementkode;Spørsmålstekst;Svarkode;Svaralternativ\nq1;Hva er din rolle?;1;Leder\n;;2;Veileder\n"
    "q2;Hvor ofte?;1;Ofte\n;;2;Sjelden\nq3;Hva er vanskelig?;;\n"
)


@pytest.mark.parametrize("name", ["svar_kodebok.csv", "svar-codebook.csv"])
def test_a_code_book_beside_a_survey_gives_questions_and_answers(tmp_path: Path, name: str) -> None:
    path = tmp_path / "svar.csv"
    path.write_text(CODED, "utf-8")
    (tmp_path / name).write_text(CODE_BOOK, "utf-8")
    file = read_tables(path)
    table = file.tables[0]
    assert table.header == ("id", "Hva er din rolle?", "Hvor ofte?", "Hva er vanskelig?")
    assert table.rows == (
        ("a", "Leder", "Sjelden", "Tid"),
        ("b", "Veileder", "Ofte", "Rom"),
        ("c", "Leder", "9", ""),
    )
    assert [name in problem.what for problem in file.problems] == [True]
    assert [each.role.value for each in propose_roles(table)] == ["id", "group", "closed category", "open"]
    assert [each.name for each in companion_files(path)] == [name]


def test_a_code_book_on_a_sheet_of_its_own(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Svar"
    for sheet, text in ((book.worksheets[0], CODED), (book.create_sheet("Kodebok"), CODE_BOOK)):
        for line in text.split("\n")[:-1]:
            sheet.append([cell or None for cell in line.split(";")])
    book.save(tmp_path / "a.xlsx")
    file = read_tables(tmp_path / "a.xlsx")
    assert [table.sheet for table in file.tables] == ["Svar"]
    assert file.tables[0].rows[0] == ("a", "Leder", "Sjelden", "Tid")


def test_a_code_book_of_another_survey_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    path.write_text(CODED, "utf-8")
    (tmp_path / "svar_kodebok.csv").write_text(CODE_BOOK.replace("q", "z"), "utf-8")
    file = read_tables(path)
    assert file.tables[0].header == ("id", "q1", "q2", "q3")
    assert file.problems == ()


def test_a_scale_stays_one_where_some_do_not_know(tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    cells = [str(1 + n % 5) for n in range(20)] + ["Vet ikke"] * 8
    lines = ["nr;Hvor enig er du? (1-5)", *(f"r{n};{cell}" for n, cell in enumerate(cells))]
    path.write_text("\n".join(lines), "utf-8")
    (table,) = read_tables(path).tables
    proposal = propose_roles(table)[1]
    assert (proposal.role, proposal.minimum, proposal.maximum) == (Role.SCALE, 1.0, 5.0)


def test_a_question_that_most_answer_in_words_is_no_scale(tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    cells = ["Tre ganger i uka", "To", "Ofte nok for oss", "Sjelden", "2", "Ikke ofte, men det går", "vet ikke"]
    path.write_text("\n".join(["nr;Hvor ofte?", *(f"r{n};{cell}" for n, cell in enumerate(cells))]), "utf-8")
    (table,) = read_tables(path).tables
    assert propose_roles(table)[1].role is Role.OPEN
