"""OpenDocument spreadsheets and SPSS files."""

from __future__ import annotations

import datetime
import struct
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest

from qualcode.errors import ImportingError
from qualcode.importing.columns import propose_roles
from qualcode.importing.tables import read_tables

_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
TYPE = "application/vnd.oasis.opendocument.spreadsheet"
FILL = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/>'


def cell(content: str | float | None, extra: str = "") -> str:
    if content is None:
        return f"<table:table-cell {extra}/>"
    if isinstance(content, str):
        lines = "".join(f"<text:p>{line}</text:p>" for line in content.split("\n"))
        return f'<table:table-cell office:value-type="string" {extra}>{lines}</table:table-cell>'
    value = f'office:value-type="float" office:value="{content}"'
    return f"<table:table-cell {value} {extra}><text:p>x</text:p></table:table-cell>"


def row(*cells: str | float | None, extra: str = "") -> str:
    return f"<table:table-row {extra}>{''.join(map(cell, cells))}</table:table-row>"


def ods(path: Path, *rows: str, manifest: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", TYPE)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{TYPE}">{manifest}'
            "</manifest:file-entry></manifest:manifest>",
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content {_SPACES}><office:body><office:spreadsheet>"
            f'<table:table table:name="Svar">{"".join(rows)}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def test_cells_of_a_spreadsheet(tmp_path: Path) -> None:
    rows = (row("ID", "Hva er\nviktig?", "Skala"), row("a", "Tid\nog rom på øya", 7.0), row(None, None, None))
    path = ods(tmp_path / "svar.ods", *rows, row("b", None, 7.5), FILL + "</table:table-row>")
    (table,) = read_tables(path).tables
    assert table.header == ("ID", "Hva er viktig?", "Skala")
    assert table.rows == (("a", "Tid\nog rom på øya", "7"), ("b", "", "7.5"))
    assert (table.sheet, table.row_numbers) == ("Svar", (2, 4))


@pytest.mark.parametrize(
    "bomb",
    [
        row("x", extra='table:number-rows-repeated="9000000"'),
        "<table:table-row>" + cell("x", 'table:number-columns-repeated="90000000"') + "</table:table-row>",
        row(None, extra='table:number-rows-repeated="30000000"') + row("x"),
    ],
)
def test_cells_that_are_repeated_without_end_are_refused(tmp_path: Path, bomb: str) -> None:
    path = ods(tmp_path / "svar.ods", row("ID", "a", "b", "c"), bomb)
    with pytest.raises(ImportingError, match="million cells") as caught:
        read_tables(path)
    assert caught.value.hint


def test_locked_and_foreign_spreadsheets_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportingError, match="password"):
        read_tables(ods(tmp_path / "a.ods", row("a"), manifest="<manifest:encryption-data/>"))
    for raw in (b"", b"ID;Svar", b"PK\x03\x04xx"):
        (tmp_path / "b.ods").write_bytes(raw)
        with pytest.raises(ImportingError):
            read_tables(tmp_path / "b.ods")


def sav(path: Path, columns: dict[str, list[object]], **about: Any) -> Path:
    pyreadstat.write_sav(pd.DataFrame(columns), str(path), **about)
    return path


def test_labels_stand_in_place_of_codes(tmp_path: Path) -> None:
    columns: dict[str, list[object]] = {
        "id": ["a", "b", "c"],
        "rolle": [1.0, 2.0, None],
        "q1": ["Tid på øya", "", "x" * 600],
        "dato": [datetime.date(2026, 3, 5)] * 3,
        "skala": [7.0, 7.5, None],
    }
    path = sav(
        tmp_path / "svar.sav",
        columns,
        column_labels={"rolle": "Hva er din rolle?", "q1": "Hva er\nviktigst?"},
        variable_value_labels={"rolle": {1: "Leder", 2: "Veileder"}},
    )
    file = read_tables(path)
    (table,) = file.tables
    assert table.header == ("id", "Hva er din rolle?", "Hva er viktigst?", "dato", "skala")
    assert table.rows == (
        ("a", "Leder", "Tid på øya", "2026-03-05", "7"),
        ("b", "Veileder", "", "2026-03-05", "7.5"),
        ("c", "", "x" * 600, "2026-03-05", ""),
    )
    assert (file.encoding, file.problems) == ("utf-8", ())


def test_values_declared_as_missing_are_blank_and_told(tmp_path: Path) -> None:
    path = sav(
        tmp_path / "svar.sav",
        {"id": ["a", "b", "c"], "svar": [1.0, 9.0, 98.0]},
        variable_value_labels={"svar": {1: "Ja", 9: "Ikke svart"}},
        missing_ranges={"svar": [9, {"lo": 97, "hi": 99}]},
    )
    file = read_tables(path)
    assert [cells[1] for cells in file.tables[0].rows] == ["Ja", "", ""]
    assert ["2 cells" in problem.what for problem in file.problems] == [True]


def test_other_files_are_refused(tmp_path: Path) -> None:
    whole = sav(tmp_path / "a.sav", {"id": ["a"], "svar": [1.0]}).read_bytes()
    for raw in (b"", b"ID;Svar", b"$FL2", whole[:100], whole[:-20] + b"\0", b"$FL2" + bytes(600)):
        (tmp_path / "b.sav").write_bytes(raw)
        try:
            read_tables(tmp_path / "b.sav")
        except ImportingError as error:
            assert error.hint


def test_a_spreadsheet_whose_xml_is_cut_off_or_declares_entities_is_refused(tmp_path: Path) -> None:
    whole = ods(tmp_path / "whole.ods", row("ID", "Svar"), row("a", "b"))
    with zipfile.ZipFile(whole) as archive:
        content = archive.read("content.xml")
    for changed, said in ((content[:500], "damaged"), (b'<!DOCTYPE a [<!ENTITY x "y">]>' + content, "entities")):
        path = tmp_path / "a.ods"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", TYPE)
            archive.writestr("content.xml", changed)
        with pytest.raises(ImportingError, match=said):
            read_tables(path)


def test_a_set_of_multiple_answers_is_added_as_a_column(tmp_path: Path) -> None:
    path = sav(
        tmp_path / "svar.sav",
        {"id": ["a", "b", "c"], "k1": [1.0, 0.0, None], "k2": [1.0, 1.0, None]},
        column_labels={"k1": "E-post", "k2": "Møte"},
        variable_value_labels={"k1": {0: "Ikke valgt", 1: "Valgt"}},
    )
    about = b"$kanaler=D1 1 7 Kanaler k1 k2\n"
    end_of_dictionary = struct.pack("<ii", 999, 0)
    record = struct.pack("<iiii", 7, 7, 1, len(about)) + about
    path.write_bytes(path.read_bytes().replace(end_of_dictionary, record + end_of_dictionary, 1))
    file = read_tables(path)
    assert file.tables[0].header == ("id", "E-post", "Møte", "Kanaler")
    assert [cells[3] for cells in file.tables[0].rows] == ["E-post; Møte", "Møte", ""]
    assert ["1 set" in problem.what for problem in file.problems] == [True]


def test_labels_tell_categories_and_the_ends_of_scales(tmp_path: Path) -> None:
    path = sav(
        tmp_path / "svar.sav",
        {"valg": [1.0, 2.0, 9.0], "enig": [1.0, 3.0, 5.0], "annet": ["x", "y", "z"]},
        variable_value_labels={
            "valg": {1: "Ofte", 2: "Sjelden", 9: "Ikke svart"},
            "enig": {1: "Helt uenig", 5: "Helt enig"},
        },
        missing_ranges={"valg": [9]},
    )
    (table,) = read_tables(path).tables
    assert [cells[:2] for cells in table.rows] == [("Ofte", "1"), ("Sjelden", "3"), ("", "5")]
    roles = propose_roles(table)
    assert [(each.role.value, each.minimum, each.maximum) for each in roles[:2]] == [
        ("closed category", None, None),
        ("closed scale", 1.0, 5.0),
    ]
