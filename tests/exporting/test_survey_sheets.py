"""The sheets of closed questions, themes beside them and sessions, read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from qualcode.analysis.closed import ClosedAnswers, closed_table
from qualcode.analysis.saturation import saturation_table
from qualcode.exporting.sheets import Book
from qualcode.exporting.survey_sheets import BesideThemes, write_beside_themes
from qualcode.exporting.wording import in_language

ANSWERS = {1: "7", 2: "8,5", 3: "2", 4: "4", 5: "11", 6: "6"}
LEADERS = frozenset({1, 2, 3, 4, 5, 7})
STAFF = frozenset({6})


@pytest.fixture
def closed() -> pd.DataFrame:
    scale = ClosedAnswers("Barriers (0-10)", "scale", 0, 10, LEADERS | STAFF, ANSWERS)
    several = ClosedAnswers(
        "Means",
        "multiple",
        None,
        None,
        LEADERS | STAFF,
        {1: "=Mail; Phone", 2: "Phone", 3: "Phone", 4: "=Mail", 5: "Phone"},
    )
    groups = [("(all)", LEADERS | STAFF), ("Leaders", LEADERS), ("Staff", STAFF)]
    return closed_table([scale, several], groups, small_cell=3)


def written(tmp_path: Path, language: str = "en", **beside: Any) -> Any:
    path = tmp_path / "tables.xlsx"
    with Book(path, "Study") as book:
        book.new_sheet("first")
        write_beside_themes(book, BesideThemes(**beside), in_language(language), "Study", 3)
        book.save()
    return load_workbook(path)


def rows_of(sheet: Any, first: int = 5) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]


def test_scales_have_a_line_for_each_group_and_small_groups_no_mean(tmp_path: Path, closed: pd.DataFrame) -> None:
    rows = rows_of(written(tmp_path, closed=closed)["Closed questions"])
    leaders = next(row for row in rows if row[1] == "Leaders")
    assert leaders[2:6] == [6, 4, 1, 1]  # asked, answers, blank, unusable: 11 is no step of the scale
    assert leaders[6] == 5.375
    assert leaders[8:] == [5.5, 3.5, 7.375, 2, 8.5]
    staff = next(row for row in rows if row[1] == "Staff")
    assert staff[2:6] == [1, 1, 0, 0]
    assert staff[6:] == [None] * 7


def test_values_stand_below_their_question_with_the_groups_side_by_side(tmp_path: Path, closed: pd.DataFrame) -> None:
    sheet = written(tmp_path, closed=closed)["Answers chosen"]
    assert [cell.value for cell in sheet[4] if cell.value] == ["Leaders", "Staff", "All groups"]
    rows = {row[0]: row[1:] for row in rows_of(sheet, 6)}
    assert rows["Means"] == [5, None, 0, None, 5, None]
    assert rows["Phone"] == [4, 0.8, 0, None, 4, 0.8]
    assert rows["=Mail"] == [2, 0.4, 0, None, 2, 0.4]
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def test_sessions_tell_what_they_add(tmp_path: Path) -> None:
    table = saturation_table([("Team A", ["price", "time"]), ("Team B", ["time", "trust"])])
    book = written(tmp_path, "nb", saturation=table)
    assert book.sheetnames == ["first", "Nye koder per samtale"]
    assert rows_of(book.worksheets[1])[:2] == [
        ["Team A", 2, 2, 2, pytest.approx(2 / 3), 2, "price; time"],
        ["Team B", 2, 1, 3, 1, 3, "trust"],
    ]


def test_a_study_without_closed_questions_has_no_such_sheets(tmp_path: Path) -> None:
    assert written(tmp_path, closed=closed_table([], [], small_cell=5)).sheetnames == ["first"]
