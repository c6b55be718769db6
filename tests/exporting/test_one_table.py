"""One table on its way to Word, Excel and a file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from qualcode.exporting.one_table import OneTable, html_text, tab_text, with_context, write_one_table
from qualcode.i18n import use_language

TABLE = OneTable(
    "Study: themes",
    ["Theme", "n of N", "%", "p"],
    [["Price", "9 of 14", 64, 0.0011], ["=cmd|x", "1 of 3", None, float("nan")], ["A\tB\n<C>", "0 of 3", 0, 1.0]],
    ["Base: those who answered."],
    [0, 1, 0],
)


def test_tabs_stand_between_cells_and_nothing_is_run() -> None:
    lines = tab_text(TABLE).split("\n")
    assert lines[0] == "Theme\tn of N\t%\tp"
    assert lines[1] == "Price\t9 of 14\t64\t0.0011"
    assert lines[2] == "  '=cmd|x\t1 of 3\t\t"
    assert lines[3] == "A B <C>\t0 of 3\t0\t1.0"
    assert lines[-1] == "Base: those who answered."


def test_html_is_escaped_and_text_stays_text() -> None:
    html = html_text(TABLE)
    assert html.count("<tr>") == 4
    assert "A\tB<br>&lt;C&gt;" in html
    assert "mso-number-format:'\\@'" in html
    assert "9&#160;of&#160;14" in html, "a figure is not broken in a narrow column"


def test_numbers_are_written_as_the_language_does() -> None:
    use_language("nb")
    try:
        assert tab_text(TABLE).split("\n")[1].endswith("\t0,0011")
    finally:
        use_language("en")


def test_the_workbook_holds_numbers_and_notes(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    write_one_table(path, TABLE)
    sheet = load_workbook(path).worksheets[0]
    rows = list(sheet.values)
    assert rows[1] == ("Theme", "n of N", "%", "p")
    assert list(rows[2]) == ["Price", "9 of 14", 64, pytest.approx(0.0011)]
    assert str(rows[3][0]) == "=cmd|x"
    assert sheet["A4"].data_type == "s", "text, no formula"
    assert rows[-1][0] == "Base: those who answered."
    assert list(tmp_path.iterdir()) == [path]


def test_figures_stand_to_the_right_and_words_to_the_left(tmp_path: Path) -> None:
    rows: list[list[str | int | None]] = [
        ["Price", "9 of 14", 64, "twice"],
        ["Time", "", None, "9 lives, or so somebody said"],
    ]
    table = OneTable("Study", ["Theme", "n of N", "%", "Words"], rows)
    path = tmp_path / "table.xlsx"
    write_one_table(path, table)
    sheet = load_workbook(path).worksheets[0]
    for row in (2, 3):
        assert [sheet.cell(row, column).alignment.horizontal for column in range(1, 5)] == [
            "left",
            "right",
            "right",
            "left",
        ]
    assert [each.count("text-align:right") for each in html_text(table).split("\n") if "<tr>" in each] == [2, 2, 2]


def test_facts_are_added_but_never_over_a_column() -> None:
    frame = with_context(pd.DataFrame({"theme": ["a"], "unit": ["turn"]}), [("unit", "segment"), ("filter", "")])
    assert frame.to_dict("records") == [{"theme": "a", "unit": "turn", "filter": ""}]
