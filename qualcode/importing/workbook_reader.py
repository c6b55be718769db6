"""Reads workbooks (.xlsx, .ods): stored values, never formulas."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from qualcode.errors import ImportingError, Problem
from qualcode.i18n import _, ngettext
from qualcode.importing.archives import opened_archive
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.ods_bounds import most_cells_of_ods
from qualcode.importing.sheets import RawSheet, RawTableFile

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MOST_CELLS = 25_000_000  # in the rectangle around all cells with a value: about 32 bytes each
_MOST_MERGED = 100_000
_LARGEST_WHOLE = 2**53  # up to here a number of a cell is exact: long ids stay apart
_PIECE = 1 << 20  # bytes of XML looked at in one go

_FILLED_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,9})(\d{1,12})"[^>]*(?<!/)>')
_FORMULA_CELL = re.compile(rb"<(?:\w+:)?c ([^>]*)><f[^>]*>(?:[^<]*</f>)?\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_FAR_CELL = re.compile(rb'r="(?:[B-Z][A-Z]|[A-Z]{3}|[A-Z]+\d{6})')  # begins with plain signs: they are found fast
"""Right of column AZ or below row 99,999; a sheet without one spans a fifth of `MOST_CELLS` at most."""
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c [^>]*\bt="e"')


@dataclass(slots=True)
class _Scan:
    """What the XML of a workbook shows before it is opened in earnest."""

    most_cells: int = 0
    n_without_value: int = 0
    n_errors: int = 0


def read_workbook(path: Path, encoding: str | None = None, separator: str | None = None) -> RawTableFile:
    """All work sheets of a workbook, hidden ones too.

    Args:
        path: the file.
        encoding: of no use here; XML says its own.
        separator: of no use here.

    Raises:
        ImportingError: not a workbook, damaged, encrypted or beyond the bounds.
    """
    has_macros = False
    with opened_archive(path) as archive:
        if path.suffix.lower() == ".ods":
            scan = _Scan(most_cells=most_cells_of_ods(archive, path.name))
        elif any(name.endswith("workbook.xml") for name in archive.namelist()):
            scan = _scanned(archive)
            has_macros = any(name.endswith("vbaProject.bin") for name in archive.namelist())
        else:
            raise ImportingError(
                _("{file} is no Excel workbook (.xlsx).").format(file=path.name),
                hint=_("Give it the ending that belongs to its content, or save it in Excel as .xlsx."),
            )
    if scan.most_cells > MOST_CELLS:
        raise ImportingError(
            _("{file} has a sheet with cells so far apart that they span {n} million cells.").format(
                file=path.name, n=scan.most_cells // 1_000_000
            ),
            hint=_("Delete the stray cells at the far end of the sheet, or save the sheet as .csv."),
        )
    sheets, problems = _sheets(path)
    if scan.n_without_value:
        what = ngettext(
            "{n} formula has no stored value and was read as blank.",
            "{n} formulas have no stored value and were read as blank.",
            scan.n_without_value,
        ).format(n=scan.n_without_value)
        problems.append(Problem(path.name, what, _("Open the workbook in Excel and save it."), "warning"))
    if scan.n_errors:
        what = ngettext(
            "{n} cell holds an error (such as #N/A) and was read as blank.",
            "{n} cells hold errors (such as #N/A) and were read as blank.",
            scan.n_errors,
        ).format(n=scan.n_errors)
        problems.append(Problem(path.name, what, _("Mend them in Excel if they matter."), "warning"))
    if has_macros:
        problems.append(Problem(path.name, _("Macros in it were left alone."), "", "warning"))
    return RawTableFile("utf-8", tuple(sheets), tuple(problems))


def _scanned(archive: ZipFile) -> _Scan:
    """Bounds of the sheets, from their XML: the library would make room for every cell between two far ones."""
    scan = _Scan()
    for name in archive.namelist():
        if name.startswith("xl/media/") or name.endswith("/"):
            continue
        is_wide = False
        for piece in _pieces(archive, name):
            is_wide = is_wide or _FAR_CELL.search(piece) is not None
            if b"<f" in piece:
                scan.n_without_value += sum(b't="str"' not in found for found in _FORMULA_CELL.findall(piece))
            if b't="e"' in piece:
                scan.n_errors += len(_ERROR_CELL.findall(piece))
        if is_wide:
            scan.most_cells = max(scan.most_cells, _n_spanned(archive, name))
    return scan


def _n_spanned(archive: ZipFile, name: str) -> int:
    """Cells in the rectangle around all filled ones of a sheet."""
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    for piece in _pieces(archive, name):
        for column, row in _FILLED_CELL.findall(piece):
            columns.add(column)
            rows.add(row)
    if not columns:
        return 0
    across, down = list(map(_column_number, columns)), list(map(int, rows))
    return (max(across) - min(across) + 1) * (max(down) - min(down) + 1)


def _pieces(archive: ZipFile, name: str) -> Iterator[bytes]:
    """A member in pieces that end where a cell or a row ends, unless one is longer than a piece."""
    rest = b""
    with archive.open(name) as member:
        while read := member.read(_PIECE):
            piece = rest + read
            end = piece.rfind(b"</c>") + 4
            if end < 4:
                end = max(0, len(piece) - 256)
            yield piece[:end]
            rest = piece[end:]
    yield rest


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheets(path: Path) -> tuple[list[RawSheet], list[Problem]]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    sheets: list[RawSheet] = []
    problems: list[Problem] = []
    try:
        workbook = CalamineWorkbook.from_path(path)
        for about in workbook.sheets_metadata:
            if about.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet, n_filled = _sheet(workbook, about.name)
            sheets.append(sheet)
            if n_filled:
                where = _("{file}, sheet {sheet}").format(file=path.name, sheet=about.name)
                what = ngettext(
                    "The value of merged cells was read in {n} further row.",
                    "The value of merged cells was read in {n} further rows.",
                    n_filled,
                )
                problems.append(Problem(where, what.format(n=n_filled), "", "warning"))
            if about.visible is not SheetVisibleEnum.Visible and sheets[-1].records:
                where = _("{file}, sheet {sheet}").format(file=path.name, sheet=about.name)
                problems.append(Problem(where, _("The sheet is hidden; it was read too."), "", "warning"))
    except (CalamineError, OSError, ValueError, KeyError) as error:
        raise _damaged(path) from error
    except BaseException as error:  # the library is written in Rust, whose panics are no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(path) from error
    return sheets, problems


def _damaged(path: Path) -> ImportingError:
    return ImportingError(
        _("{file} is damaged, or is not of the kind that its ending says.").format(file=path.name),
        hint=_("Open it in Excel and save it anew."),
    )


def _sheet(workbook: CalamineWorkbook, name: str) -> tuple[RawSheet, int]:
    """A sheet, and how many cells below merged ones got the value that a reader sees beside their rows."""
    sheet = workbook.get_sheet_by_name(name)
    if sheet.start is None:
        return RawSheet(name, []), 0
    records = [tuple(map(cell_text, row)) for row in sheet.iter_rows()]
    n_filled = _fill_down(records, sheet.merged_cell_ranges or (), sheet.start[1])
    return RawSheet(name, records, sheet.start[1]), n_filled


def _fill_down(
    records: list[tuple[str, ...]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]], first_column: int
) -> int:
    n_filled = 0
    for (first, column), (last, _last_column) in merged[:_MOST_MERGED]:
        at = column - first_column
        if first >= len(records) or not 0 <= at < len(records[first]) or not records[first][at].strip():
            continue
        for number in range(first + 1, min(last, len(records) - 1) + 1):
            record = records[number]
            if at < len(record) and not record[at] and any(cell.strip() for cell in record):
                records[number] = (*record[:at], records[first][at], *record[at + 1 :])
                n_filled += 1
    return n_filled


def cell_text(value: object) -> str:
    """A cell as a person would copy it: numbers without needless decimals, dates as in ISO 8601."""
    if type(value) is str:
        return value if value.isascii() and "\r" not in value and "\0" not in value else in_normal_form(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _LARGEST_WHOLE else format(value, ".15g")
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(timespec="seconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return str(value)
