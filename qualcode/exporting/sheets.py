"""Sheets of a workbook as they are handed in: one calm style, text that stays text, pages that print."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet._writer import ALL_TEMP_FILES, WorksheetWriter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties

from qualcode.exporting.wording import Say

Row = list[Any]

_INK, _INK2, _LINE, _BLOCK, _RULE, _GROUND = "1D2024", "52575D", "E5E4E0", "D2D1CC", "8B8F94", "F2F2EF"
# What XML cannot hold, and lone surrogates.
_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENCODED_SIGN = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
CELL_LIMIT = 32_767  # characters in a cell, set by the file format
_LINE_HEIGHT = 13.5  # points, for 10 point text
_TALLEST = 409.0  # points, set by the file format
_A4 = 9
_WIDEST_PAGE = 225  # characters; more would print too small to read
_WIDEST_TEXT = 130  # characters; more is hard to read, and cut at the edge of a window
_SCALE_OF_PARTS = 58  # per cent: that many characters on A4, landscape


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks; equal looks share one style in the file."""

    bold: bool = False
    size: float = 10
    colour: str = _INK
    align: str = "left"
    indent: int = 0
    wrap: bool = False
    number: str = "General"
    fill: bool = False
    line: str = ""  # rule below the cell: "", "thin" or "strong"
    left_line: bool = False  # a rule that sets a block of columns apart
    top: bool = True


TITLE = Look(bold=True, size=14)
CAPTION = Look(colour=_INK2, wrap=True)
WARNING = Look(bold=True, size=11)
HEADER = Look(bold=True, wrap=True, fill=True, line="strong", top=False)
TEXT = Look(line="thin", wrap=True)
COUNT = Look(line="thin", align="right", number="#,##0")
SHARE = Look(line="thin", align="right", number="0 %")
RATE = Look(line="thin", align="right", number="0.0")
FOOTNOTE = Look(size=9, colour=_INK2, wrap=True)


def clean(text: str) -> str:
    """A text as a cell can hold it: line feeds only, no control characters."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_IN_XML.sub("", text)


def height_for(texts: Sequence[tuple[str, float]], *, line: float = _LINE_HEIGHT) -> float:
    """Height in points of a row in which each wrapped text is seen whole; the widths are in characters.

    Words are not broken, so each line loses about four characters at its end.
    """
    lines = 1
    for text, width in texts:
        if len(text) <= width and "\n" not in text:
            continue
        usable = max(1.0, 1.2 * width - 4)  # letters of 10 points in columns measured in digits of 11 points
        lines = max(lines, sum(max(1, -int(-len(part) // usable)) for part in text.split("\n")))
    return min(_TALLEST, lines * line + 3)


class Styles:
    """The looks of one workbook, each made once."""

    def __init__(self) -> None:
        self._made: dict[Look, Any] = {}

    def apply(self, cell: Any, look: Look) -> None:
        """Give a cell a look."""
        style = self._made.get(look)
        if style is None:
            cell.font = Font(name="Calibri", size=look.size, bold=look.bold, color=look.colour)
            vertical = "top" if look.top else "bottom"
            cell.alignment = Alignment(
                horizontal=look.align, vertical=vertical, wrap_text=look.wrap or None, indent=look.indent
            )
            cell.number_format = look.number
            if look.fill:
                cell.fill = PatternFill("solid", start_color=_GROUND)
            bottom = {"thin": Side("thin", _LINE), "strong": Side("thin", _RULE)}.get(look.line)
            cell.border = Border(bottom=bottom, left=Side("thin", _BLOCK) if look.left_line else None)
            self._made[look] = copy(cell._style)
        else:
            # Assigning font, border and the rest for each of 400,000 cells would take most of the time.
            cell._style = style


class _StyledRows(WriteOnlyWorksheet):
    """A write-only sheet whose rows are cells already."""

    folder: Path | None = None
    _writer: Any

    def _get_writer(self) -> None:
        if self._writer is None:
            # openpyxl would put what respondents said into the system's folder for temporary files.
            with NamedTemporaryFile(dir=self.folder, suffix=".partial", delete=False) as file:
                ALL_TEMP_FILES.append(file.name)  # removed at exit, should all else fail
            writer: Any = WorksheetWriter(self, out=file.name)
            writer.write_top()
            self._writer = writer

    def _values_to_row(self, values: Sequence[Any], row_idx: int) -> Iterator[Any]:
        # openpyxl tries each cell as a value first, and the failure costs more than writing it.
        for column, cell in enumerate(values, start=1):
            if cell is not None:
                cell.row, cell.column = row_idx, column
                yield cell


class Book:
    """A workbook in the making; as a context manager it leaves no unfinished file behind.

    Args:
        path: where it will stand; an existing file is replaced when all is written.
        title: in the file's properties.
    """

    def __init__(self, path: Path, title: str) -> None:
        self.path = path
        self.styles = Styles()
        self._unfinished = path.with_name(path.name + ".partial")
        self._workbook: Any = Workbook(write_only=True)
        self._workbook.properties.title = clean(title)
        self._workbook.properties.creator = "Qualcode"

    def __enter__(self) -> Book:
        self._unfinished.touch()  # a folder that cannot be written to is better found before the work than after it
        return self

    def new_sheet(self, title: str) -> Any:
        """An empty sheet; Any, because openpyxl's types leave out what write-only sheets inherit."""
        sheet = _StyledRows(self._workbook, re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
        sheet.folder = self.path.parent
        self._workbook._add_sheet(sheet)
        return sheet

    def save(self) -> None:
        """Write the file."""
        self._workbook.save(self._unfinished)
        self._unfinished.replace(self.path)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        self._unfinished.unlink(missing_ok=True)
        for sheet in self._workbook.worksheets:
            with suppress(OSError, kind or OSError):  # a sheet that could not be written cannot be ended either
                if not sheet.closed:
                    sheet.close()
            with suppress(OSError):
                Path(sheet._writer.out).unlink(missing_ok=True)
        if kind is not None and kind.__name__ == "SerialisationError":  # so lxml, below openpyxl, says it cannot write
            code = errno.ENOSPC if "ENOSPC" in str(error) else errno.EIO
            raise OSError(code, os.strerror(code)) from error


class Sheet:
    """One sheet that is written row by row, from the top.

    Args:
        book: where it belongs.
        title: on the tab.
        widths: of the columns, in characters.
    """

    def __init__(self, book: Book, title: str, widths: Sequence[float]) -> None:
        self.widths = list(widths)
        self._styles = book.styles
        self._n_rows = 0
        self._first_of_text = 1
        self._ws = book.new_sheet(title)
        for i, width in enumerate(self.widths, start=1):
            # Excel takes five pixels of each column for itself.
            self._ws.column_dimensions[get_column_letter(i)].width = width + 0.71

    @property
    def n_rows(self) -> int:
        """How many rows are written."""
        return self._n_rows

    def text(self, value: object, look: Look = TEXT) -> Any:
        """A cell that stays text, whatever it begins with."""
        cell = WriteOnlyCell(self._ws)
        self._styles.apply(cell, look)
        _set_text(cell, str(value))
        return cell

    def number(self, value: float | None, look: Look = COUNT) -> Any:
        """A cell with a number, or an empty one."""
        cell = WriteOnlyCell(self._ws, value)
        self._styles.apply(cell, look)
        return cell

    def add(self, cells: Row, *, height: float | None = None) -> None:
        """Write the next row; heights are in points."""
        self._n_rows += 1
        if height is not None:
            self._ws.row_dimensions[self._n_rows].height = height
        self._ws.append(cells)

    def add_across(self, text: str, look: Look) -> None:
        """Write a text across the sheet, as wide as it can be read."""
        first = self._first_of_text
        last = first
        while last < len(self.widths) and sum(self.widths[first - 1 : last]) < _WIDEST_TEXT:
            last += 1
        width = sum(self.widths[first - 1 : last]) * 10 / look.size * (0.93 if look.bold else 1)
        cells = [None] * (first - 1) + [self.text(text, look)]
        self.add(cells, height=height_for([(text, width)], line=_LINE_HEIGHT * look.size / 10))
        self.merge(first, last)

    def add_texts(self, rows: Iterable[tuple[Sequence[str], float]], look: Look = TEXT) -> None:
        """Write many rows of texts of one look, each with its height in points."""
        # A row is written out when it is appended, so one set of cells serves all; 50,000 rows need no more memory
        # than one, and half the time.
        cells = [self.text("", look) for _width in self.widths]
        for texts, height in rows:
            for cell, text in zip(cells, texts, strict=True):
                _set_text(cell, text)
            self.add(cells, height=height)

    def merge(self, first: int, last: int) -> None:
        """Make one cell of the columns of the row just written (numbered from 1)."""
        if last > first:
            self._ws.merged_cells.add(
                CellRange(min_row=self._n_rows, max_row=self._n_rows, min_col=first, max_col=last)
            )

    def set_up(self, say: Say, *, header: tuple[int, int], filtered: bool = False, block: int = 0) -> None:
        """Freeze and repeat the header, and make pages that print; before the first row.

        Args:
            say: the words of the report's language.
            header: first and last row of the header.
            filtered: put filter buttons on the last header row.
            block: how many columns belong together; then the first column is frozen and repeated, and a sheet too wide
                for one page is parted between blocks.
        """
        ws, (first, last) = self._ws, header
        ws.freeze_panes = f"{'B' if block else 'A'}{last + 1}"
        ws.sheet_view.showGridLines = False
        ws.print_title_rows = f"{first}:{last}"
        if block:
            ws.print_title_cols = "A:A"
        if filtered:
            ws.auto_filter.ref = f"A{last}:{get_column_letter(len(self.widths))}{last}"
        ws.page_setup.orientation = "landscape"
        ws.page_setup.paperSize = _A4
        if block and sum(self.widths) > _WIDEST_PAGE:
            self._part_pages(block)
        else:
            ws.page_setup.fitToWidth = 1
            ws.page_setup.fitToHeight = 0
            ws.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        margins = ws.page_margins
        margins.left = margins.right = 0.5
        margins.top, margins.bottom = 0.6, 0.7
        ws.oddFooter.right.text = say("Page {page} of {pages}").format(page="&P", pages="&N")
        ws.oddFooter.right.size = 8

    def _part_pages(self, block: int) -> None:
        """Break pages between blocks of columns, as many blocks on each as can be read."""
        self._ws.page_setup.scale = _SCALE_OF_PARTS
        self._first_of_text = 2  # the first column is repeated on each page, and a title in it would be cut there
        room = _WIDEST_PAGE - self.widths[0]
        blocks_a_page = max(1, int(room // sum(self.widths[1 : 1 + block])))
        for column in range(1 + block * blocks_a_page, len(self.widths), block * blocks_a_page):
            self._ws.col_breaks.append(Break(id=column))

    def fill_out_filter(self) -> None:
        """Let the filter reach down to the last row written."""
        if self._ws.auto_filter.ref:
            start = self._ws.auto_filter.ref.split(":")[0]
            self._ws.auto_filter.ref = f"{start}:{get_column_letter(len(self.widths))}{max(self._n_rows, 1)}"


def as_written(text: str) -> str:
    """A text as the file format wants it: there `_x0041_` would mean the letter A."""
    return _ENCODED_SIGN.sub("_x005F_", clean(text))


def _set_text(cell: Any, text: str) -> None:
    text = as_written(text)
    if len(text) > CELL_LIMIT:
        text = text[: CELL_LIMIT - 2] + " …"
    cell.value = text
    cell.data_type = "s"  # "=1+1" would be a formula, "#N/A" an error


def below(look: Look, depth: int) -> Look:
    """The look of a theme's row at a depth: themes stand out, sub-codes are indented."""
    return replace(look, indent=depth) if depth else replace(look, bold=True)
