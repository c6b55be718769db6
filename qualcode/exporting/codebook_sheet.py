"""A codebook as a workbook that a person edits in a spreadsheet: sheets of texts, one row a code, rule or concept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qualcode.errors import ExportError
from qualcode.exporting import wording
from qualcode.exporting.sheets import (
    CELL_LIMIT,
    COUNT,
    HEADER,
    TEXT,
    Book,
    Row,
    Sheet,
    as_written,
    height_for,
)
from qualcode.exporting.writing_errors import cannot_be_written
from qualcode.i18n import _

# Cells are formatted as text, so that whoever edits "=lov" or "@access" does not end up with a formula.
_TEXT = replace(TEXT, number="@")
_NUMBER = replace(COUNT, align="left")
_HEADER = replace(HEADER, number="@")
_WIDTHS = {
    "key": 24,
    "code": 24,
    "concept": 20,
    "field": 14,
    "parent": 22,
    "depth": 7,
    "name": 24,
    "aliases": 22,
    "definition": 44,
    "include": 44,
    "exclude": 44,
    "examples": 52,
    "origin": 10,
    "level": 13,
    "valence": 12,
    "counterpart": 20,
    "colour": 10,
    "rule": 110,
    "terms": 110,
    "value": 90,
}
_USUAL_WIDTH = 24
_SPACE_FOR_ALL = 225  # characters; a sheet that is wider keeps its first column in sight


@dataclass(frozen=True, slots=True)
class TextTable:
    """A sheet: its title, the names of the columns, and the rows; whole numbers are counts.

    Attributes:
        depths: for each row how deep it stands in a tree, 0 at the top; empty if there is no tree.
    """

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str | int]]
    depths: Sequence[int] = ()


def write_codebook_workbook(path: Path, title: str, tables: Sequence[TextTable]) -> None:
    """Write the sheets; the file is there whole or not at all.

    Args:
        path: ends in .xlsx; an existing file is replaced.
        title: of the codebook.
        tables: in the order of the sheets.

    Raises:
        ExportError: a text is too long for a cell, or the file cannot be written.
    """
    for table in tables:
        _check_lengths(table)
    try:
        with Book(path, title) as book:
            for table in tables:
                _write_table(book, table)
            book.save()
    except OSError as error:
        raise cannot_be_written(path, error) from error


def _check_lengths(table: TextTable) -> None:
    for row in table.rows:
        for column, value in zip(table.header, row, strict=True):
            if isinstance(value, str) and len(as_written(value)) > CELL_LIMIT:
                raise ExportError(
                    _("{column!r} of {key} has {n} characters; a cell of a workbook holds {limit}.").format(
                        column=column, key=row[0], n=len(value), limit=CELL_LIMIT
                    ),
                    hint=_("Keep this codebook as YAML, or part the text."),
                )


def _write_table(book: Book, table: TextTable) -> None:
    widths = [_width(column) for column in table.header]
    sheet = Sheet(book, table.title, widths)
    wide = sum(widths) > _SPACE_FOR_ALL
    sheet.set_up(wording.in_language("en"), header=(1, 1), filtered=True, block=1 if wide else 0)
    sheet.add([sheet.text(column, _HEADER) for column in table.header], height=20)
    for number, row in enumerate(table.rows):
        depth = table.depths[number] if table.depths else -1
        height = height_for([(text, width) for text, width in zip(row, widths, strict=True) if isinstance(text, str)])
        sheet.add(_cells(sheet, table.header, row, depth), height=height)
    sheet.fill_out_filter()


def _cells(sheet: Sheet, header: Sequence[str], row: Sequence[str | int], depth: int) -> Row:
    """The cells of a row; in a tree, keys are indented and the keys and names of themes are bold."""
    theme = replace(_TEXT, bold=depth == 0)
    first = replace(theme, indent=max(0, depth))
    cells = []
    for column, value in zip(header, row, strict=True):
        look = theme if column.startswith("name") else _TEXT
        if isinstance(value, int):
            cells.append(sheet.number(value, _NUMBER))
        else:
            cells.append(sheet.text(value, look if cells else first))
    return cells


def _width(column: str) -> float:
    """The width of a column in characters; `name nb` is as wide as `name`."""
    return _WIDTHS.get(column.split(" ")[0], _USUAL_WIDTH)
