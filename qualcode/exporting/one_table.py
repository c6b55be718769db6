"""One table of the window as it leaves it: for the clipboard, as a small workbook, as CSV."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.exporting.csv_tables import guard
from qualcode.exporting.writing_errors import cannot_be_written
from qualcode.i18n import _, decimal

if TYPE_CHECKING:
    import pandas as pd

Value = str | int | float | None
"""Of a cell; None and NaN are numbers that do not exist."""

_LONGEST_FIGURE = 24  # of a text such as "9 of 14" or "+13 (−9 to +33)"
_FIGURE = frozenset("0123456789+-−–<")  # what it begins with
_TEXT_CELL = "mso-number-format:'\\@'"
"""Tells Excel to leave a pasted text as it is: 3/12 is no date."""
_LOOKS = (
    "p,td,th{font-family:Calibri,Arial,sans-serif;font-size:9pt} "
    "td,th{padding:1.5pt 4pt;vertical-align:top;border-bottom:.5pt solid #bbb} "
    "th{vertical-align:bottom;border-top:1pt solid #666;border-bottom:1pt solid #666}"
)
"""Small type and lines between the rows only, as in a report: a table of several groups has room on a page."""


@dataclass(frozen=True, slots=True)
class OneTable:
    """A table as one sees it.

    Attributes:
        title: what it shows, and of which study.
        headings: over the columns.
        rows: as many values each as there are headings.
        notes: base, unit, filter and version, a sentence each.
        depths: by row, how far its first cell is moved in; all 0 if empty.
    """

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]
    notes: Sequence[str] = ()
    depths: Sequence[int] = ()

    def depth(self, row: int) -> int:
        """How far a row's first cell is moved in."""
        return self.depths[row] if self.depths else 0


def tab_text(table: OneTable) -> str:
    """The table with tabs between cells, headings first, notes last."""
    lines = ["\t".join(_one_line(guard(each)) for each in table.headings)]
    for number, row in enumerate(table.rows):
        lines.append("\t".join([_indented(row[0], table.depth(number)), *(_shown(value) for value in row[1:])]))
    lines += ["", _one_line(guard(table.title)), *(_one_line(guard(note)) for note in table.notes)]
    return "\n".join(lines)


def html_text(table: OneTable) -> str:
    """The table as HTML that Word and Excel take for a table."""
    sides = _sides(table)
    headings = zip(table.headings, sides, strict=True)
    cells = "".join(f'<th style="text-align:{side}">{html.escape(each)}</th>' for each, side in headings)
    lines = [
        f'<html><head><meta charset="utf-8"><style>{_LOOKS}</style></head><body>',
        f"<p><b>{html.escape(table.title)}</b></p>",
        '<table style="border-collapse:collapse;width:100%">',
        f"<tr>{cells}</tr>",
    ]
    for number, row in enumerate(table.rows):
        indent = "&#160;" * 4 * table.depth(number)
        line = [
            _html_cell(value, side, indent if not at else "")
            for at, (value, side) in enumerate(zip(row, sides, strict=True))
        ]
        lines.append("<tr>" + "".join(line))
        lines[-1] += "</tr>"
    lines.append("</table>")
    lines += [f"<p>{html.escape(note)}</p>" for note in table.notes]
    return "\n".join([*lines, "</body></html>"])


def write_one_table(path: Path, table: OneTable) -> None:
    """Write the table as a workbook of one sheet; the file is there whole or not at all.

    Raises:
        ExportError: the file cannot be written.
    """
    from qualcode.exporting.sheets import COUNT, FOOTNOTE, HEADER, TEXT, TITLE, Book, Look, Sheet, below, height_for
    from qualcode.exporting.wording import in_language
    from qualcode.i18n import language_in_use

    fraction = Look(line="thin", align="right")
    widths = [_width(table, column) for column in range(len(table.headings))]
    try:
        with Book(path, table.title) as book:
            sheet = Sheet(book, _("Table"), widths)
            sheet.set_up(in_language(language_in_use()), header=(2, 2))
            sheet.add_across(table.title, TITLE)
            sides = _sides(table)
            headings = zip(table.headings, sides, strict=True)
            sheet.add([sheet.text(each, replace(HEADER, align=side)) for each, side in headings])
            for number, row in enumerate(table.rows):
                cells = [sheet.text(row[0] or "", below(TEXT, table.depth(number)))]
                for value, side in zip(row[1:], sides[1:], strict=True):
                    if isinstance(value, str):
                        cells.append(sheet.text(value, replace(TEXT, align=side)))
                    else:
                        look = COUNT if isinstance(value, int) else fraction
                        cells.append(sheet.number(None if _is_missing(value) else value, look))
                texts = [(value, width) for value, width in zip(row, widths, strict=True) if isinstance(value, str)]
                sheet.add(cells, height=height_for(texts))
            sheet.add([])
            for note in table.notes:
                sheet.add_across(note, FOOTNOTE)
            book.save()
    except OSError as error:
        raise cannot_be_written(path, error) from error


def with_context(frame: pd.DataFrame, context: Sequence[tuple[str, str]]) -> pd.DataFrame:
    """The rows with what they were counted by in further columns, the same in each row.

    Args:
        context: (column, value): by, unit, base, filter and program.
    """
    return frame.assign(**{column: value for column, value in context if column not in frame.columns})


def _width(table: OneTable, column: int) -> float:
    """In characters: as wide as the longest cell, within reason."""
    texts = [str(table.headings[column]), *(_shown(row[column]) for row in table.rows)]
    most = 44 if column == 0 else 30
    return float(min(most, max(8, *(len(text) + 2 for text in texts))))


def _is_missing(value: Value) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def _shown(value: Value) -> str:
    if isinstance(value, str):
        return _one_line(guard(value))
    if value is None or _is_missing(value):
        return ""
    if isinstance(value, int):
        return str(value)
    digits = len(f"{value:.4g}".partition(".")[2]) if abs(value) >= 0.0001 else 1
    return decimal(value, max(1, digits))


def _indented(value: Value, depth: int) -> str:
    return "  " * depth + _shown(value)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _html_cell(value: Value, side: str, indent: str) -> str:
    if isinstance(value, str):
        words = "<br>".join(html.escape(line) for line in value.split("\n"))
        words = words.replace(" ", "&#160;") if side == "right" else words  # a figure stays in one line
        return f'<td style="{_TEXT_CELL};text-align:{side}">{indent}{words}</td>'
    return f'<td style="text-align:{side}">{indent}{html.escape(_shown(value))}</td>'


def _sides(table: OneTable) -> list[str]:
    """To which side each column stands: the first to the left, columns of figures to the right."""
    columns = [[row[at] for row in table.rows] for at in range(len(table.headings))]
    return ["right" if at and all(map(_is_figure, column)) else "left" for at, column in enumerate(columns)]


def _is_figure(value: Value) -> bool:
    """Whether a value is a number, none, or a short text that begins like one."""
    return not isinstance(value, str) or (len(value) <= _LONGEST_FIGURE and value[:1] in {"", *_FIGURE})
