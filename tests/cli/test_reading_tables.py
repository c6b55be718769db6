"""Tables in a terminal: nothing is cut off, and what is too wide comes in parts."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from qualcode.cli.reading_tables import Column, fits, names_column, print_table

COLUMNS = [names_column("Theme"), *(Column(f"Group {each}\nN = 10 of 12", right=True) for each in "ABCDEF")]
ROWS = [["Formal barriers", *(f"{n}/10  {n}0 % [{n}]" for n in range(6))], ["  Secrecy", *["0/10   0 % [0]"] * 6]]


def printed(width: int, columns: list[Column], rows: list[list[str]], title: str = "") -> list[str]:
    out = StringIO()
    print_table(Console(file=out, width=width, highlight=False, markup=False), columns, rows, title=title)
    return out.getvalue().splitlines()


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
def test_every_cell_stands_whole_at_any_width(width: int) -> None:
    shown = "\n".join(printed(width, COLUMNS, ROWS))
    assert "…" not in shown
    assert all(cell in shown for row in ROWS for cell in row)
    assert all(f"Group {each}" in shown for each in "ABCDEF")
    assert max(len(line) for line in shown.splitlines()) <= width


def test_parts_repeat_the_first_column_and_only_the_first_has_the_title() -> None:
    assert fits(COLUMNS, ROWS, 200) and not fits(COLUMNS, ROWS, 80)
    shown = printed(80, COLUMNS, ROWS, title="Who speaks of it")
    assert sum("Formal barriers" in line for line in shown) == 2
    assert sum("Who speaks of it" in line for line in shown) == 1
    assert sum("Formal barriers" in line for line in printed(200, COLUMNS, ROWS)) == 1


def test_long_names_are_broken_before_a_table_is_put_in_parts() -> None:
    rows = [["A theme with a name of very many words that goes on and on", "1/10"], ["Unbreakable" * 4, "2/10"]]
    columns = [names_column("Theme"), Column("A", right=True)]
    shown = printed(40, columns, rows)
    assert sum(line.endswith("1/10 ") for line in shown) == 1
    assert sum(line.count("U") for line in shown) == sum(line.count("k") for line in shown) == 4
    assert max(len(line) for line in shown) <= 40


def test_a_table_without_rows_is_its_headings() -> None:
    assert any("Group A" in line for line in printed(80, COLUMNS, []))
