"""Memos in the workbook: a sheet of them where there are any."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from qualcode.model.memo import PROJECT, Subject, SubjectKind
from qualcode.project.report_files import export_file
from tests.builders import add_session, code_words, make_project


def test_memos_have_a_sheet_where_there_are_any(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        add_session(project, "Shift A", [("Ann", "The price is high.")], {"Ann": "Baker"})
        segment = code_words(project, "Shift A.txt", "price is high", "price")
        export_file(project, tmp_path / "none.xlsx")
        project.memos.add(PROJECT, "=1+1", title="Day 1")
        project.memos.add(Subject(SubjectKind.SEGMENT, segment), "x" * 40_000)
        export_file(project, tmp_path / "two.xlsx")
    assert "Memoer" not in load_workbook(tmp_path / "none.xlsx").sheetnames
    sheet = load_workbook(tmp_path / "two.xlsx")["Memoer"]
    rows = list(sheet.iter_rows(min_row=5, values_only=True))
    assert [row[0] for row in rows] == ["Journal", "Sitat"]
    assert rows[0][4:6] == ("Day 1", "=1+1") and sheet["F5"].data_type == "s"
    assert rows[1][1:4] == ("price is high", "Shift A.txt", "price")
    assert len(str(rows[1][5])) > 32_000
