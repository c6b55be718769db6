"""Rows of a workbook by the names of their columns, and what is wrong with them, with sheet, row and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qualcode.errors import Problem
from qualcode.files.findings import Findings
from qualcode.i18n import _, folded
from qualcode.importing.report import Table
from qualcode.importing.tables import place_of_sheet


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet by the names of its columns; blank cells are left out."""

    sheet: str
    number: int
    cells: dict[str, str]


def rows_of(table: Table) -> Iterator[SheetRow]:
    names = [folded(name) for name in table.header]
    for number, row in zip(table.row_numbers, table.rows, strict=True):
        cells = {name: cell.strip() for name, cell in zip(names, row, strict=True) if cell.strip()}
        yield SheetRow(table.sheet, number, cells)


class SheetFindings(Findings):
    """What is wrong with a workbook; the numbers of its lines are numbers of places that were noted before."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self._places: list[str] = []

    def place(self, sheet: str, row: int = 0, column: str = "", line: int = 0) -> int:
        """Note a place and give its number; what is 0 or "" is not told."""
        where = place_of_sheet(self.file, sheet)
        if row:
            where = _("{place}, row {row}").format(place=where, row=row)
        if column:
            where = _("{place}, column {column}").format(place=where, column=column)
        if line:
            where = _("{place}, line {line}").format(place=where, line=line)
        self._places.append(where)
        return len(self._places)

    def add(self, line: int, what: str, hint: str = "", *, severity: str = "error") -> None:
        """Note a problem at a place; 0 is the file as a whole."""
        self._found.append((line, Problem(self._places[line - 1] if line else self.file, what, hint, severity)))


class CellFindings(Findings):
    """Passes on what is wrong with the YAML in one cell, under the cell's place."""

    def __init__(self, whole: SheetFindings, row: SheetRow, column: str) -> None:
        super().__init__(whole.file)
        self._whole, self._row, self._column = whole, row, column
        self._several = "\n" in row.cells[column]

    def add(self, line: int, what: str, hint: str = "", *, severity: str = "error") -> None:
        super().add(line, what, hint, severity=severity)
        at = self._whole.place(self._row.sheet, self._row.number, self._column, line if self._several else 0)
        self._whole.add(at, what, hint, severity=severity)
