"""The codebook's workbook: text that stays text, and a sheet that reads well."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from qualcode.errors import ExportError
from qualcode.exporting.codebook_sheet import TextTable, write_codebook_workbook
from qualcode.exporting.sheets import CELL_LIMIT

CODES = TextTable(
    "Codes",
    ("key", "depth", "name nb", "definition nb"),
    [("soil", 0, "Jord", "=1+1"), ("dung", 1, "Møkk", "@soil"), ("worm", 2, "_x0041_", "-\x01-")],
    depths=[0, 1, 2],
)


def written(folder: Path, *tables: TextTable) -> Any:
    write_codebook_workbook(folder / "book.xlsx", "Hagen", tables)
    return load_workbook(folder / "book.xlsx")


def test_cells_are_text_whatever_they_begin_with_and_stay_so_when_edited(tmp_path: Path) -> None:
    sheet = written(tmp_path, CODES)["Codes"]
    assert [cell.value for cell in sheet["D"]][1:] == ["=1+1", "@soil", "--"]
    assert {cell.data_type for cell in sheet["D"]} == {"s"}
    assert {cell.number_format for row in sheet["A1:D4"] for cell in row if cell.column != 2} == {"@"}
    assert [cell.value for cell in sheet["B"]][1:] == [0, 1, 2]


def test_what_looks_like_an_encoded_sign_is_not_one(tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    written(tmp_path, CODES)
    rows = CalamineWorkbook.from_path(tmp_path / "book.xlsx").get_sheet_by_name("Codes").to_python()
    assert rows[3][2] == "_x0041_"


def test_themes_stand_out_and_codes_are_indented(tmp_path: Path) -> None:
    sheet = written(tmp_path, CODES)["Codes"]
    assert [(cell.font.bold, cell.alignment.indent) for cell in sheet["A"]][1:] == [(True, 0), (False, 1), (False, 2)]
    assert [cell.font.bold for cell in sheet["C"]][1:] == [True, False, False]
    assert not any(cell.font.bold for cell in sheet["D"][1:])


def test_the_header_stays_in_sight_and_the_filter_reaches_the_last_row(tmp_path: Path) -> None:
    columns = ("key", *(f"definition {n}" for n in range(9)))
    book = written(tmp_path, CODES, TextTable("Wide", columns, [["x"] * 10]), TextTable("Empty", ("code", "rule"), []))
    assert book.sheetnames == ["Codes", "Wide", "Empty"]
    assert [sheet.freeze_panes for sheet in book] == ["A2", "B2", "A2"]
    assert [sheet.auto_filter.ref for sheet in book] == ["A1:D4", "A1:J2", "A1:B1"]


def test_rows_are_high_enough_for_their_longest_text(tmp_path: Path) -> None:
    table = TextTable(
        "Rules", ("code", "rule"), [("soil", "any: [soil]"), ("soil", "any: [soil]\nlacking: true\n" * 3)]
    )
    sheet = written(tmp_path, table)["Rules"]
    assert sheet.row_dimensions[3].height > 6 * 10 > sheet.row_dimensions[2].height


def test_a_text_too_long_for_a_cell_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    table = TextTable("Rules", ("code", "rule"), [("soil", "x" * CELL_LIMIT), ("dung", "x" * (CELL_LIMIT + 1))])
    with pytest.raises(ExportError, match="'rule' of dung"):
        write_codebook_workbook(tmp_path / "book.xlsx", "", [table])
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"book\.xlsx"):
        write_codebook_workbook(tmp_path / "gone" / "book.xlsx", "", [CODES])
