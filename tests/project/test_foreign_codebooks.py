"""Codebooks of other tools: sheets with paths, levels or parents, and exchange files in their variants."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from qualcode.cli.main import run
from qualcode.errors import CodebookError
from qualcode.model.codebook import Codebook
from qualcode.project.codebook_files import check_codebook_file, read_codebook_file

TREE = [("Barriers", ""), ("Law", "barriers"), ("Time", ""), ("Law", "time")]


def sheet(path: Path, *rows: Sequence[object], title: str = "Codebook") -> Path:
    book = Workbook()
    page = book.worksheets[0]
    page.title = title
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def tree(book: Codebook) -> list[tuple[str, str]]:
    return [(code.name.plain, code.parent) for code in book.codes]


@pytest.mark.parametrize(
    "rows",
    [
        [("Code", "Memo"), ("Barriers", "wide"), ("Barriers > Law", "x"), ("Time", ""), ("Time > Law", "")],
        [
            ("Name", "Description", "Files", "References"),
            ("Nodes\\Barriers", "wide", 1, 2),
            ("Nodes\\Barriers\\Law", "x"),
            ("Nodes\\Time\\Law", ""),
        ],
        [("Parent code", "Code", "Code memo"), ("", "Barriers", "wide"), ("Barriers", "Law", "x"), ("Time", "Law", "")],
        [("Level 1", "Level 2", "Comment"), ("Barriers", None, "wide"), ("Barriers", "Law", "x"), ("Time", "Law", "")],
        [("Name", "Description"), ("Barriers", "wide"), ("  Law", "x"), ("Time", ""), ("  Law", "")],
    ],
)
def test_a_sheet_of_another_tool_gives_the_tree(tmp_path: Path, rows: list[Sequence[object]]) -> None:
    path = sheet(tmp_path / "Code system.xlsx", *rows)
    book = read_codebook_file(path)
    assert book.key == "code_system"
    assert tree(book) == TREE
    assert [code.key for code in book.codes] == ["barriers", "law", "time", "law_2"]
    assert [code.definition.plain for code in book.codes] == ["wide", "x", "", ""]
    assert [problem.severity for problem in check_codebook_file(path)] == ["warning"]


def test_it_becomes_a_codebook_file(tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.xlsx", ("Farge", "Kode", "Beskrivelse"), ("rgb(0, 128, 255)", "Tid", "Det som tar tid"))
    assert run(["codebook", "convert", str(path), str(tmp_path / "a.yaml")]) == 0
    (code,) = read_codebook_file(tmp_path / "a.yaml").codes
    assert (code.name.plain, code.definition.plain, code.colour) == ("Tid", "Det som tar tid", "#0080ff")


@pytest.mark.parametrize("rows", [[("Code", "Frequency"), ("Law", 3)], [("Name", "Age"), ("Kari", 30)], [("Code",)]])
def test_other_sheets_are_no_codebooks(tmp_path: Path, rows: list[Sequence[object]]) -> None:
    with pytest.raises(CodebookError):
        read_codebook_file(sheet(tmp_path / "a.xlsx", *rows))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("version", ["1.0", "1:0", "0:4"])
def test_exchange_files_come_in_several_variants(tmp_path: Path, encoding: str, version: str) -> None:
    path = tmp_path / "a.qdc"
    about = 'guid="{A}" name="Law" isCodable="1" color="#80FFAA00"'
    path.write_text(
        f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}" standalone="no"?>'
        f'<CodeBook xmlns="urn:QDA-XML:codebook:{version}"><Codes><Code {about}>'
        "<Description>Fish &amp; <![CDATA[chips & peas]]></Description></Code></Codes></CodeBook>",
        encoding=encoding,
    )
    (code,) = read_codebook_file(path).codes
    assert (code.colour, code.definition.plain) == ("#FFAA00", "Fish & chips & peas")


def test_signs_that_a_tool_forgot_to_write_as_xml_wants_them_are_mended(tmp_path: Path) -> None:
    path = tmp_path / "a.qdc"
    path.write_text('<CodeBook><Codes><Code guid="a" name="R&D < 5 &lt;"/></Codes></CodeBook>', encoding="utf-8")
    assert read_codebook_file(path).codes[0].name.plain == "R&D < 5 <"
    assert "2 signs" in check_codebook_file(path)[0].what
