"""How much room the sheets of an .ods would take: its XML may repeat one cell a million times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from zipfile import ZipFile

from qualcode.errors import ImportingError
from qualcode.i18n import _
from qualcode.importing.archives import encrypted, hostile
from qualcode.importing.office_xml import DEEPEST

LARGEST_CONTENT = 600_000_000  # bytes of XML
_PIECE = 1 << 20

_TAG = re.compile(
    rb"<(?P<end>/)?(?:\w+:)?(?P<kind>table|table-row|table-cell|covered-table-cell)(?P<inner>\s[^<>]*?)?(?P<empty>/)?>"
)
_ROWS = re.compile(rb'number-rows-repeated="(\d{1,12})"')
_COLUMNS = re.compile(rb'number-columns-repeated="(\d{1,12})"')


@dataclass(slots=True)
class _Sheet:
    """Where the filled cells of a sheet end."""

    rows: int = 0  # rows so far, with repetitions
    last_row: int = 0
    last_column: int = 0
    column: int = 0
    repeated: int = 1
    row_is_filled: bool = False


def most_cells_of_ods(archive: ZipFile, file: str) -> int:
    """The cells in the rectangle around all filled cells, of the largest sheet.

    Raises:
        ImportingError: encrypted, or no OpenDocument spreadsheet.
    """
    names = set(archive.namelist())
    if "encrypted-package" in names or _is_encrypted(archive, names):
        raise encrypted(file)
    if "content.xml" not in names or archive.getinfo("content.xml").file_size > LARGEST_CONTENT:
        raise ImportingError(
            _("{file} is no OpenDocument spreadsheet (.ods), or too large a one.").format(file=file),
            hint=_("Give it the ending that belongs to its content, or save it as .xlsx."),
        )
    _check_xml(archive, file)
    most, sheet = 0, _Sheet()
    for tag in _tags(archive):
        kind = tag["kind"]
        if kind == b"table":
            most = max(most, sheet.last_row * sheet.last_column)
            sheet = _Sheet()
        elif kind == b"table-row":
            _row(sheet, tag)
        elif not tag["end"]:
            _cell(sheet, tag)
    return max(most, sheet.last_row * sheet.last_column)


def _check_xml(archive: ZipFile, file: str) -> None:
    """ImportingError unless the content is whole: the library that reads it never ends on XML that is cut off."""
    from xml.parsers import expat

    def refuse(*_about: object) -> None:
        raise hostile(file, _("its XML declares entities"))

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    try:
        with archive.open("content.xml") as member:
            while piece := member.read(_PIECE):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ImportingError(
            _("{file} is damaged: its part {part} cannot be read.").format(file=file, part="content.xml"),
            hint=_("Open it in the program that made it and save it anew."),
        ) from error


def _is_encrypted(archive: ZipFile, names: set[str]) -> bool:
    name = "META-INF/manifest.xml"
    if name not in names or archive.getinfo(name).file_size > 1_000_000 * DEEPEST:
        return False
    return b"encryption-data" in archive.read(name)


def _row(sheet: _Sheet, tag: re.Match[bytes]) -> None:
    if not tag["end"]:
        found = _ROWS.search(tag["inner"] or b"")
        sheet.repeated = int(found[1]) if found else 1
        sheet.column, sheet.row_is_filled = 0, False
    if tag["end"] or tag["empty"]:
        sheet.rows += sheet.repeated
        if sheet.row_is_filled:
            sheet.last_row = sheet.rows


def _cell(sheet: _Sheet, tag: re.Match[bytes]) -> None:
    inner = tag["inner"] or b""
    found = _COLUMNS.search(inner)
    sheet.column += int(found[1]) if found else 1
    if not tag["empty"] or b"value" in inner:
        sheet.row_is_filled = True
        sheet.last_column = max(sheet.last_column, sheet.column)


def _tags(archive: ZipFile) -> Iterator[re.Match[bytes]]:
    rest = b""
    with archive.open("content.xml") as member:
        while read := member.read(_PIECE):
            piece = rest + read
            end = piece.rfind(b">") + 1
            yield from _TAG.finditer(piece[:end])
            rest = piece[end:][-10_000_000:]
