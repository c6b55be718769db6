"""The workbook read back: numbers, order, text that stays text, and what a printed page needs."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from qualcode.errors import ExportError
from qualcode.exporting.workbook import ThemeReport, write_workbook
from qualcode.model.case import NO_GROUP
from tests.exporting.builders import CODEBOOK, GROUPS, quotations, theme_table

HEADER_ROW = 6


def report(**changes: Any) -> ThemeReport:
    made = ThemeReport(
        title="Samarbeid & arbeid (oppdiktet)",
        by="group",
        unit="segment",
        language="nb",
        small_cell=5,
        themes=theme_table(GROUPS),
        quotations=quotations([{"code": "inclusion"}, {"code": "formal_barriers"}]),
        codebook=CODEBOOK,
        about=[("Studie", "Oppdiktet"), ("", "og fortsatt oppdiktet")],
        notes=["5 respondenter svarte ikke."],
    )
    return replace(made, **changes)


def written(tmp_path: Path, **changes: Any) -> Any:
    path = tmp_path / "theme_tables.xlsx"
    write_workbook(path, report(**changes))
    return load_workbook(path)


def rows_by_name(sheet: Any) -> dict[str, list[Any]]:
    return {row[0].value: [cell.value for cell in row[1:]] for row in sheet.iter_rows(min_row=HEADER_ROW)}


def test_sheets_are_named_in_the_language_of_the_report(tmp_path: Path) -> None:
    assert written(tmp_path).sheetnames == [
        *("Temaer etter gruppe", "Segmenter etter gruppe", "Sitater", "Kodebok", "Om tallene"),
    ]
    assert written(tmp_path, language="en").sheetnames == [
        *("Themes by group", "Segments by group", "Quotations", "Codebook", "About these numbers"),
    ]


def test_theme_sheet_has_counts_and_full_shares(tmp_path: Path) -> None:
    sheet = written(tmp_path).worksheets[0]
    barriers = rows_by_name(sheet)["Formelle hindre"]
    assert barriers[0:2] == [23, 0.5]
    assert barriers[4:6] == pytest.approx([8, 8 / 33], rel=1e-14)  # not 24.2 %
    assert barriers[2:4] == pytest.approx([0.361, 0.639])
    assert sheet["C7"].number_format == "0 %"
    groups = [cell.value for cell in sheet[HEADER_ROW - 1] if cell.value]
    assert groups[0] == "Metodeveileder\nN = 46 som svarte, av 48"
    assert groups[-1] == "Alle grupper\nN = 82 som svarte, av 87"  # first in the table, last on the sheet


def test_no_group_without_anybody_stands_beside_segments_only(tmp_path: Path) -> None:
    said_by_several = theme_table([*GROUPS[:1], (NO_GROUP, 0, 0, {}), *GROUPS[1:]])
    book = written(tmp_path, themes=said_by_several)
    headings = [[str(cell.value) for cell in sheet[HEADER_ROW - 1]] for sheet in book.worksheets[:2]]
    assert [any("Uten oppgitt gruppe" in cell for cell in cells) for cells in headings] == [False, True]
    themes = theme_table([*GROUPS[:1], (NO_GROUP, 0, 1, {}), *GROUPS[1:]])
    assert any(
        "Uten oppgitt gruppe" in str(cell.value)
        for cell in written(tmp_path, themes=themes).worksheets[0][HEADER_ROW - 1]
    )


def test_small_groups_have_counts_only_and_say_so(tmp_path: Path) -> None:
    sheet = written(tmp_path).worksheets[0]
    assert rows_by_name(sheet)["Inkludering i behandlingsteamet"][8:12] == [1, None, None, None]
    assert "bare antall" in sheet["J5"].value
    assert any("færre enn 5" in str(row[0].value) for row in sheet.iter_rows())


def test_sub_codes_are_indented_below_their_theme(tmp_path: Path) -> None:
    sheet = written(tmp_path).worksheets[0]
    assert [sheet[f"A{row}"].alignment.indent for row in (7, 8, 9)] == [0, 1, 0]
    assert [sheet[f"A{row}"].font.bold for row in (7, 8, 9)] == [True, False, True]


def test_segment_sheet_has_shares_of_codings_and_rates(tmp_path: Path) -> None:
    barriers = rows_by_name(written(tmp_path).worksheets[1])["Formelle hindre"]
    assert barriers[0:4] == [46, 46 / 82, 46, 46 * 1000 / 1840]


def test_quotations_stand_by_theme_and_group(tmp_path: Path) -> None:
    rows = [
        {"code": "inclusion", "group": "Teamleder i distriktspsykiatrisk senter", "text": "d"},
        {"code": "records_access", "group": "Metodeveileder", "text": "b"},
        {"code": "inclusion", "group": "Metodeveileder", "text": "c", "session": "Team A", "question": ""},
        {"code": "formal_barriers", "group": "Metodeveileder", "text": "a"},
        {"code": "inclusion", "group": "Metodeveileder", "text": "c2"},
    ]
    sheet = written(tmp_path, quotations=quotations(rows)).worksheets[2]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert [row[3] for row in cells] == ["a", "b", "c", "c2", "d"]
    assert cells[1][0:3] == ["Tilgang til journal og til hverandres kalendere", "Formelle hindre", "Metodeveileder"]
    assert [cells[2][5], cells[3][5]] == ["Team A", "Hva er viktigst?"]
    assert cells[0][6] == "survey.xlsx#Svar!2"  # its question stands in the column before
    assert cells[0][8] == "for hånd"
    assert sheet.auto_filter.ref == "A4:I9"


@pytest.mark.parametrize("text", ["=1+1", "=cmd|'/C calc'!A0", "+1", "-1", "@x", "#N/A", "#REF!", "1e5", "TRUE"])
def test_text_from_outside_stays_text(tmp_path: Path, text: str) -> None:
    rows = [{"text": text, "group": text, "respondent": text, "document": text, "session": text, "coder": text}]
    book = written(tmp_path, quotations=quotations(rows), title=text, about=[(text, text)], notes=[text], by=text)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == text]
    assert len(cells) >= 12
    assert {cell.data_type for cell in cells} == {"s"}
    with zipfile.ZipFile(tmp_path / "theme_tables.xlsx") as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_what_a_cell_cannot_hold_is_cleaned(tmp_path: Path) -> None:
    rows = [{"text": "før\x00\x0b\x1f\ud800\ufffe etter\r\nny linje\t😀"}, {"text": "x" * 40_000}]
    sheet = written(tmp_path, quotations=quotations(rows)).worksheets[2]
    assert sheet["D5"].value == "før etter\nny linje\t😀"
    assert len(sheet["D6"].value) == 32_767
    assert sheet["D6"].value.endswith("…")


def test_long_quotations_get_a_row_that_shows_them(tmp_path: Path) -> None:
    short_row = {"text": "kort", "document": "a.txt", "question": "?", "code": "formal_barriers"}
    rows = [short_row, {"text": "Et langt sitat med mange ord. " * 20}]
    sheet = written(tmp_path, quotations=quotations(rows)).worksheets[2]
    short, tall = sheet.row_dimensions[5].height, sheet.row_dimensions[6].height
    assert short < 20
    assert 8 * 13 < tall < 12 * 14
    assert sheet["D6"].alignment.wrap_text


def test_pages_print_with_their_headers(tmp_path: Path) -> None:
    book = written(tmp_path)
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows
        assert not sheet.sheet_view.showGridLines
    assert [sheet.freeze_panes for sheet in book] == ["B7", "B7", "A5", "A5", "A2"]
    assert book.worksheets[0].print_title_cols == "$A:$A"


def test_many_groups_are_parted_between_pages_at_whole_groups(tmp_path: Path) -> None:
    many = [(f"Gruppe {i}", 20, 20, {"inclusion": i}) for i in range(12)]
    sheet = written(tmp_path, themes=theme_table(many)).worksheets[0]
    breaks = [each.id for each in sheet.col_breaks.brk]
    assert breaks
    assert all((each - 1) % 4 == 0 for each in breaks)
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet["A1"].value is None  # column A is repeated on each page, where a title would be cut
    assert sheet["B1"].value


def test_suggestions_are_headed_as_such(tmp_path: Path) -> None:
    book = written(tmp_path, suggested=True)
    for sheet in book.worksheets[:2]:
        assert sheet["A2"].value == "Foreslått, ikke gjennomgått"
    cells = rows_by_name(book.worksheets[0])
    # The table has no intervals of suggestions, so there are no columns for them.
    assert cells["Formelle hindre"][0:4] == pytest.approx([23, 0.5, 8, 8 / 33], rel=1e-14)
    assert rows_by_name(book.worksheets[1])["Formelle hindre"][0] == 69


def test_codebook_and_notes_are_there(tmp_path: Path) -> None:
    book = written(tmp_path)
    first = [cell.value for cell in book.worksheets[3][5]]
    assert first[0:3] == ["formal_barriers", "Formelle hindre", "Rammer som hemmer flyten i arbeidet."]
    assert first[3] == "• Taushetsplikt som hindrer deling\n• Ingen tilgang til journal eller kalender"
    about = [[cell.value for cell in row] for row in book.worksheets[4].iter_rows(min_row=4)]
    assert about == [
        ["Studie", "Oppdiktet"],
        [None, "og fortsatt oppdiktet"],
        ["Merknader", "5 respondenter svarte ikke."],
    ]


def test_a_study_without_codings_still_gives_a_workbook(tmp_path: Path) -> None:
    book = written(tmp_path, themes=theme_table([("(all)", 0, 0, {})]), quotations=quotations([{}]).iloc[:0])
    assert rows_by_name(book.worksheets[0])["Formelle hindre"][:2] == [0, None]
    assert book.worksheets[2].max_row == 4


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="answering"):
        written(tmp_path, themes=theme_table(GROUPS).drop(columns="answering"))
    with pytest.raises(ExportError, match="theme_name"):
        written(tmp_path, quotations=quotations([{}]).drop(columns="theme_name"))


def test_a_workbook_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"x\.xlsx"):
        write_workbook(tmp_path / "missing" / "x.xlsx", report())
    assert not list(tmp_path.iterdir())


def test_nothing_is_left_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("openpyxl.writer.excel.ExcelWriter.write_worksheet", full)
    with pytest.raises(ExportError, match="The disk is full"):
        written(tmp_path)
    assert not list(tmp_path.iterdir())


def test_words_of_respondents_stay_in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "no such folder"))
    written(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["theme_tables.xlsx"]
