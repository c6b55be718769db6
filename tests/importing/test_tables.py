"""Workbooks and separated values become tables whose cells are what stands there."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import ImportingError
from qualcode.importing.columns import propose_roles
from qualcode.importing.report import OpenChoice, TableFile
from qualcode.importing.sheets import column_letters
from qualcode.importing.tables import read_tables, sheet_with_data

Cell = object


def workbook(path: Path, **sheets: list[list[Cell]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def separated(folder: Path, text: str, name: str = "svar.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


ROWS: list[list[Cell]] = [
    ["ID", " Hva  er\nviktig? ", "Dato", "Skala"],
    ["A1", "  - tid\r\n- rom ", datetime.datetime(2026, 3, 5), 7.0],
    [None, None, None, None],
    ["A2", "=1+1 er ikke en formel", datetime.datetime(2026, 3, 5, 14, 30), 7.5],
    ["A3", None, None, 0],
]


def test_cells_of_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "svar.xlsx"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in ROWS:
        sheet.append(row)
    sheet["B4"].data_type = "s"
    book.save(path)
    (table,) = read_tables(path).tables
    assert table.header == ("ID", "Hva er viktig?", "Dato", "Skala")
    assert table.rows == (
        ("A1", "  - tid\n- rom ", "2026-03-05", "7"),
        ("A2", "=1+1 er ikke en formel", "2026-03-05T14:30:00", "7.5"),
        ("A3", "", "", "0"),
    )
    assert table.row_numbers == (2, 4, 5)


def test_a_table_that_begins_further_in_keeps_its_row_numbers(tmp_path: Path) -> None:
    path = workbook(tmp_path / "svar.xlsx", Svar=[[], [], [None, "ID", "Svar"], [None, "a", "x"], [None, "b", "y"]])
    (table,) = read_tables(path, header_row=3).tables
    assert (table.header, table.rows, table.row_numbers) == (("ID", "Svar"), (("a", "x"), ("b", "y")), (4, 5))


def test_a_row_that_looks_more_like_a_header_is_asked_about(tmp_path: Path) -> None:
    path = workbook(tmp_path / "svar.xlsx", Svar=[["Undersøkelse 2026"], ["ID", "Rolle", "Svar"], ["a", "b", "c"]])
    choices = [problem for problem in read_tables(path).problems if isinstance(problem, OpenChoice)]
    assert ["--header-row 2" in problem.hint for problem in choices] == [True]
    assert not [each for each in read_tables(path, header_row=2).problems if isinstance(each, OpenChoice)]


def test_equal_and_missing_headers_get_names(tmp_path: Path) -> None:
    path = workbook(tmp_path / "svar.xlsx", Svar=[["Svar", "Svar", None, "svar", None], ["a", "b", "c", "d", None]])
    file = read_tables(path)
    assert file.tables[0].header == ("Svar", "Svar (2)", "(column C)", "svar")
    assert file.tables[0].rows == (("a", "b", "c", "d"),)
    assert len(file.problems) == 1


def test_formulas_without_a_stored_value_and_errors_and_hidden_sheets_are_told(tmp_path: Path) -> None:
    path = tmp_path / "svar.xlsx"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["ID", "Sum"], ["a", "=1+1"], ["b", "#N/A"]):
        sheet.append(row)
    hidden = book.create_sheet("Gjemt")
    hidden.append(["x", "y"])
    hidden.sheet_state = "hidden"
    book.save(path)
    file = read_tables(path)
    assert file.tables[0].rows == (("a", ""), ("b", ""))
    assert [table.sheet for table in file.tables] == ["Sheet", "Gjemt"]
    assert len(file.problems) == 3
    assert sheet_with_data(file).sheet == "Sheet"


def test_the_sheet_with_data_is_found_or_asked_for(tmp_path: Path) -> None:
    data: list[list[Cell]] = [["ID", "Svar"], ["a", "x"]]
    one = read_tables(workbook(tmp_path / "a.xlsx", Om=[["Bare"], ["litt"], ["tekst"]], Svar=data, Tom=[]))
    assert sheet_with_data(one).sheet == "Svar"
    assert sheet_with_data(one, " svar ").sheet == "Svar"
    two = read_tables(workbook(tmp_path / "b.xlsx", Svar=data, Flere=data))
    with pytest.raises(ImportingError, match="'Svar', 'Flere'") as caught:
        sheet_with_data(two)
    assert "sheet" in caught.value.hint
    with pytest.raises(ImportingError) as caught:
        sheet_with_data(two, "Svra")
    assert "'Svar'" in caught.value.hint
    none = read_tables(workbook(tmp_path / "c.xlsx", Svar=[["ID", "Svar"]]))
    with pytest.raises(ImportingError):
        sheet_with_data(none)
    with pytest.raises(ImportingError):
        sheet_with_data(none, "Svar")


def test_answers_below_a_title_are_not_passed_over_for_a_list_of_codes(tmp_path: Path) -> None:
    answers: list[list[Cell]] = [["Undersøkelse om lunsj", None, None], ["Nr", "Rolle", "Hva er vanskelig?"]]
    answers += [[n, "Kokk", f"Tid {n}"] for n in range(3)]
    codes: list[list[Cell]] = [["Kode", "Betyr"], [1, "Misfornøyd"]]
    file = read_tables(workbook(tmp_path / "a.xlsx", Svar=answers, Kodeliste=codes))
    with pytest.raises(ImportingError, match="'Svar', 'Kodeliste'"):
        sheet_with_data(file)
    about: list[list[Cell]] = [["Om undersøkelsen", None]]
    about += [[f"Felt {n}", "Innhold"] for n in range(5)]
    file = read_tables(workbook(tmp_path / "b.xlsx", Om=about, Svar=answers[1:]))
    assert sheet_with_data(file).sheet == "Svar"


def test_a_header_row_beyond_the_end_is_refused_with_its_place(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", Svar=[["ID"], ["a"]])
    with pytest.raises(ImportingError, match=r"row 9 .*\(row 2\)"):
        read_tables(path, header_row=9)
    with pytest.raises(ImportingError):
        read_tables(path, header_row=0)


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportingError, match="no table"):
        read_tables(workbook(tmp_path / "a.xlsx", Svar=[], Mer=[]))


def test_cells_far_apart_are_refused_before_they_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "ID"
    sheet["XFD1048576"] = "x"
    book.save(path)
    with pytest.raises(ImportingError, match="far apart"):
        read_tables(path)


def test_bombs_and_damage_and_foreign_files_are_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/sharedStrings.xml", b" " * 60_000_000)
    whole = workbook(tmp_path / "whole.xlsx", Svar=[["ID", "Svar"], ["a", "x"]]).read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(whole[:-200])
    (tmp_path / "text.xlsx").write_text("ID;Svar\na;x\n", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "word.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    for name in ("bomb", "cut", "text", "word"):
        with pytest.raises(ImportingError) as caught:
            read_tables(tmp_path / f"{name}.xlsx")
        assert caught.value.hint


def test_flipped_bytes_never_crash(tmp_path: Path) -> None:
    whole = bytearray(workbook(tmp_path / "whole.xlsx", Svar=[["ID", "Svar"], ["a", "x"]]).read_bytes())
    path = tmp_path / "rot.xlsx"
    for position in range(0, len(whole), 23):
        rotten = whole.copy()
        rotten[position] ^= 0x5A
        path.write_bytes(rotten)
        try:
            read_tables(path)
        except ImportingError as error:
            assert error.hint


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_separated_values_in_any_form(tmp_path: Path, separator: str, encoding: str, ends: str) -> None:
    buffer = io.StringIO()
    rows = [
        ["ID", "Hva er vanskelig, og hvorfor?"],
        ["A1", 'Tid; rom, "plass" | og\nså videre '],
        ["", ""],
        ["A2", "På Ås"],
    ]
    csv.writer(buffer, delimiter=separator, lineterminator="\n").writerows(rows)
    path = separated(tmp_path, buffer.getvalue().replace("\n", ends), encoding=encoding)
    file = read_tables(path)
    (table,) = file.tables
    assert table.header == ("ID", "Hva er vanskelig, og hvorfor?")
    assert table.rows == (("A1", 'Tid; rom, "plass" | og\nså videre '), ("A2", "På Ås"))
    assert table.row_numbers == (2, 4)
    assert table.sheet == ""
    assert file.problems == ()


def test_separator_can_be_said(tmp_path: Path) -> None:
    path = separated(tmp_path, "a;b,c\n1;2,3\n")
    assert read_tables(path, separator=",").tables[0].header == ("a;b", "c")
    assert read_tables(path, separator=";").tables[0].header == ("a", "b,c")
    assert [type(problem) for problem in read_tables(path).problems] == [OpenChoice]
    with pytest.raises(ImportingError):
        read_tables(path, separator=";;")
    tabs = separated(tmp_path, "a\tb\n1\t2\n", "svar.tsv")
    assert read_tables(tabs, separator="tab").tables[0].rows == (("1", "2"),)


def test_excels_own_line_about_the_separator_is_obeyed(tmp_path: Path) -> None:
    (table,) = read_tables(separated(tmp_path, "sep=|\na|b,c;d\n1|2\n")).tables
    assert table.header == ("a", "b,c;d")


def test_one_column_of_answers_is_a_table(tmp_path: Path) -> None:
    file = read_tables(separated(tmp_path, "Svar\nTid, rom; plass\nIngenting\n"))
    assert sheet_with_data(file).rows == (("Tid, rom; plass",), ("Ingenting",))


def test_records_of_another_width_are_told(tmp_path: Path) -> None:
    file = read_tables(separated(tmp_path, "a;b\n1;2\n1;2;3\n1\n5;6\n7;8\n"))
    assert file.tables[0].rows == (("1", "2", ""), ("1", "2", "3"), ("1", "", ""), ("5", "6", ""), ("7", "8", ""))
    assert any("3, 4" in problem.what for problem in file.problems)


def test_a_quote_that_is_never_closed_is_told_with_its_place(tmp_path: Path) -> None:
    file = read_tables(separated(tmp_path, 'a;b\n1;2\n3;"åpen\n4;5\n6;7\n'))
    assert any("record 3" in problem.where for problem in file.problems)


@given(
    rows=st.lists(
        st.tuples(
            st.text(alphabet="abcæøå1;,\t|\"' \n=-", max_size=12), st.text(alphabet="abcæøå1;,\t|\"' \n=-", max_size=12)
        ),
        min_size=1,
        max_size=8,
    )
)
def test_quoted_values_survive(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]) -> None:
    path = tmp_path_factory.mktemp("svar") / "svar.csv"
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows([("ID", "Svar"), *rows])
    path.write_bytes(buffer.getvalue().encode("utf-8"))
    (table,) = read_tables(path, separator=";").tables
    filled = [(number, row) for number, row in enumerate(rows, start=2) if any(cell.strip() for cell in row)]
    assert list(zip(table.row_numbers, table.rows, strict=True)) == filled


def test_many_rows_keep_their_order(tmp_path: Path) -> None:
    path = separated(tmp_path, "ID;Svar\n" + "".join(f"{n};svar {n}\n" for n in range(20_000)))
    file: TableFile = read_tables(path)
    assert file.tables[0].rows[-1] == ("19999", "svar 19999")
    assert file.tables[0].row_numbers[-1] == 20_001


def test_column_letters() -> None:
    assert [column_letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_macros_are_left_alone_and_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "svar.xlsm", Svar=[["ID", "Svar"], ["a", "b"]])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert ["Macros" in problem.what for problem in read_tables(path).problems] == [True]


def test_rows_that_sum_the_others_up_are_left_out_and_told(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["ID", "Svar", "Skala"], ["a", "Tid", 3], ["b", "Rom", 5], ["c", "Folk", 4], []]
    path = workbook(tmp_path / "a.xlsx", Svar=[*rows, ["Sum", None, 12], ["Gjennomsnitt:", None, 4.0]])
    file = read_tables(path)
    assert file.tables[0].row_numbers == (2, 3, 4)
    assert ["6, 7" in problem.what for problem in file.problems] == [True]


def test_a_last_row_that_says_something_is_no_sum(tmp_path: Path) -> None:
    path = separated(tmp_path, "Gruppe;Svar\nA;Tid\nB;Rom\nC;Folk\nTotal;Vi mangler alt\n")
    assert len(read_tables(path).tables[0].rows) == 4


def test_a_second_row_that_names_what_the_first_leaves_open_is_asked_about(tmp_path: Path) -> None:
    above: list[list[Cell]] = [["Bakgrunn", None, "Spørsmål", None], ["ID", "Rolle", "Hva?", "Skala"]]
    file = read_tables(workbook(tmp_path / "a.xlsx", Svar=[*above, ["a", "Leder", "Tid", 3], ["b", "Leder", "Rom", 4]]))
    (choice,) = [problem for problem in file.problems if isinstance(problem, OpenChoice)]
    assert "--header-row 2" in choice.hint


def test_columns_of_a_transcript_with_times_are_told(tmp_path: Path) -> None:
    file = read_tables(separated(tmp_path, "start\tend\ttext\n0\t10\tHei.\n10\t20\tJa.\n", "a.tsv"))
    assert ["transcript" in problem.what for problem in file.problems] == [True]


def test_other_line_ends_inside_a_cell_do_not_end_its_record(tmp_path: Path) -> None:
    file = read_tables(separated(tmp_path, "ID;Svar\na;Tid\u2028og rom\nb;Ja\x85\n"))
    assert file.tables[0].rows == (("a", "Tid\nog rom"), ("b", "Ja\n"))


def test_merged_cells_count_for_each_of_their_rows_and_that_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for cells in (("Rolle", "ID", "Svar"), ("Leder", 1, "Tid"), (None, 2, "Rom"), (None, 3, "Folk"), (None, 4, "Ro")):
        sheet.append(cells)
    sheet.merge_cells("A2:A4")
    book.save(tmp_path / "a.xlsx")
    file = read_tables(tmp_path / "a.xlsx")
    assert [row[0] for row in file.tables[0].rows] == ["Leder", "Leder", "Leder", ""]
    assert ["2 further rows" in problem.what for problem in file.problems] == [True]


def test_a_second_row_below_a_matrix_is_asked_about(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["ID", "Hvor ofte?", None, "Hva?"], [None, "Møter", "Telefon", None], [1, 2, 3, "Tid"]]
    file = read_tables(workbook(tmp_path / "a.xlsx", Svar=[*rows, [2, 3, 4, "Rom"], [3, 1, 1, "Folk"]]))
    assert any(isinstance(problem, OpenChoice) for problem in file.problems)


def test_a_note_below_the_table_is_no_respondent(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["ID", "Svar"], [1, "Tid"], [2, "Rom"], [3, "Folk"], [], ["Kilde: egne tall"]]
    file = read_tables(workbook(tmp_path / "a.xlsx", Svar=rows))
    assert file.tables[0].row_numbers == (2, 3, 4)
    assert ["Row 6" in problem.what for problem in file.problems] == [True]


@pytest.mark.parametrize("separator", [";", "|", "\n"])
def test_choices_with_any_sign_between_them_are_choices(tmp_path: Path, separator: str) -> None:
    chosen = [("Møter", "Telefon"), ("Møter",), ("Telefon", "E-post"), ("E-post", "Møter"), ("Telefon",)]
    rows: list[list[Cell]] = [["ID", "Hvilke?", "Telefon"]]
    rows += [[f"a{number}", separator.join(each), number % 4] for number, each in enumerate(chosen)]
    table = read_tables(workbook(tmp_path / "a.xlsx", Svar=rows)).tables[0]
    assert [each.role.value for each in propose_roles(table)] == ["id", "multiple choice", "closed scale"]


def test_short_answers_with_commas_are_no_list_of_choices_where_some_words_come_once(tmp_path: Path) -> None:
    said = ["Tid, penger, folk", "tid, folk, rom", "Penger, tid, journal", "rom, tid, penger", "tid, møter, folk"]
    chosen = ["Telefon, E-post", "Telefon, Møte", "E-post, Møte", "Telefon, E-post, Møte", "Telefon, E-post, Møte"]
    rows = [f'R{n};"{one}";"{other}"' for n, (one, other) in enumerate(zip(said * 2, chosen * 2, strict=True))]
    rows[0] = rows[0].replace("folk", "ro")
    path = tmp_path / "svar.csv"
    path.write_text("ID;Hva hemmer;Kanaler\n" + "\n".join(rows) + "\n", encoding="utf-8")
    assert [each.role.value for each in propose_roles(read_tables(path).tables[0])] == [
        "id",
        "multiple choice",
        "multiple choice",
    ]
    rows[1] = rows[1].replace("rom", "prat").replace("folk", "vilje")
    rows[2] = rows[2].replace("journal", "tillit").replace("Penger", "lønn")
    path.write_text("ID;Hva hemmer;Kanaler\n" + "\n".join(rows) + "\n", encoding="utf-8")
    assert [each.role.value for each in propose_roles(read_tables(path).tables[0])] == ["id", "open", "multiple choice"]


@pytest.mark.parametrize(
    "text",
    [
        "1;Leder;Vi mangler tid\n2;Leder;Rommet er for lite\n3;Behandler;Ingen svarer\n4;Behandler;Det er bra\n",
        "Leder;Vi mangler tid\nLeder;Rommet er for lite\nBehandler;Ingen svarer\nBehandler;Det er bra\n",
        "17;Vi mangler tid\n18;Rommet er for lite\n19;Ingen svarer\n20;Det er bra\n",
    ],
)
def test_a_table_without_a_header_is_told_with_a_remedy(tmp_path: Path, text: str) -> None:
    (problem,) = read_tables(separated(tmp_path, text)).problems
    assert "Row 1" in problem.what and "respondent" in problem.what and "names the columns" in problem.hint


@pytest.mark.parametrize(
    "text",
    [
        "ID;Leder\n1;Leder\n2;Ikke leder\n3;Leder\n",  # the other header says what it is
        "E-post;Telefon;Annet\nE-post;;\n;Telefon;Brev\nE-post;Telefon;\n",  # ticked: the header is the answer
        "1;2;3\n4;5;1\n2;5;3\n1;1;2\n",  # questions by number, answers on a scale
        "2023;2024;2025\n2024;1;7\n2;3;3\n1;1;2\n",
        "Leder;Hva hindrer dere?\nLeder;Tid\nBehandler;Rom\nLeder;Folk\n",
    ],
)
def test_headers_that_look_like_answers_are_headers(tmp_path: Path, text: str) -> None:
    assert not any(
        "respondent's answers" in problem.what for problem in read_tables(separated(tmp_path, text)).problems
    )


def test_a_header_that_comes_again_is_no_respondent(tmp_path: Path) -> None:
    text = "ID;Rolle;Hva er viktig?\n1;Leder;Tid\nID;Rolle; Hva er  viktig?;\n2;Leder;Rom\nID;Leder;\n"
    file = read_tables(separated(tmp_path, text))
    assert file.tables[0].row_numbers == (2, 4, 5)
    assert [problem.what for problem in file.problems] == ["Row 3 repeats the header and was left out."]


def test_cells_of_the_header_that_reach_over_two_rows_hide_no_second_header(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for cells in (("ID", "Bakgrunn", None, "Hva?"), (None, "Alder", "Rolle", None), (1, 30, "Leder", "Tid")):
        sheet.append(cells)
    sheet.append((2, 31, "Leder", "Rom"))
    for area in ("A1:A2", "B1:C1", "D1:D2"):
        sheet.merge_cells(area)
    book.save(tmp_path / "a.xlsx")
    (choice,) = [each for each in read_tables(tmp_path / "a.xlsx").problems if isinstance(each, OpenChoice)]
    assert "--header-row 2" in choice.hint
    assert read_tables(tmp_path / "a.xlsx", header_row=2).tables[0].header == ("ID", "Alder", "Rolle", "Hva?")


def test_long_ids_stay_apart_and_durations_are_written_as_a_clock(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["ID", "Varighet", "Svar"]]
    rows += [[float(10**15 + n), datetime.timedelta(hours=25 + n, seconds=7), "Tid"] for n in range(2)]
    (table,) = read_tables(workbook(tmp_path / "a.xlsx", Svar=rows)).tables
    assert table.rows == (("1000000000000000", "25:00:07", "Tid"), ("1000000000000001", "26:00:07", "Tid"))
