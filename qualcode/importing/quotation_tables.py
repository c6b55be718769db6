"""Reads tables of coded passages as other tools export them (coded segments, quotations, excerpts): names and words."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcode.errors import ImportingError
from qualcode.i18n import _, collapsed, folded
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.project_parts import (
    UNKNOWN_CODER,
    ForeignCode,
    ForeignCoding,
    ForeignMemo,
    ForeignProject,
    Quoted,
    Subject,
)
from qualcode.importing.report import Table
from qualcode.importing.tables import read_tables

_DOCUMENT = (
    "document name, document, document title, dokumentname, dokument, dokumentnavn, media title, resource title, "
    "file name, filename, filnavn, file, fil, source name, source"
).split(", ")
_CODE = "code, codes, code name, codename, codes applied combined, kode, koder, tag, tags, node".split(", ")
_WORDS = (
    "segment, coded segment, excerpt copy, excerpt, quotation content, quotation text, text content, coded text, "
    "kodet segment, kodet tekst, codiertes segment, sitat, zitat, quotation, seltext"
).split(", ")
_CODER = "created by, coder, excerpt creator, coded by, author, autor, opprettet av, erstellt von".split(", ")
_COMMENT = "comment, kommentar, comments, memo".split(", ")
_PLACE = "beginning, begin, start, anfang, excerpt range, pos0, start position, reference".split(", ")
_SEPARATORS = {"codes": ";", "tags": ";", "koder": ";", "codes applied combined": ","}
"""Of codes in one cell, where each does not stand on a line of its own."""
_APPLIED = re.compile(r"code: (?P<path>.+) applied", re.IGNORECASE)
_LEVELS = re.compile(r"\s+>\s+|\s*\\+\s*")
_TREES = frozenset(("codes", "nodes", "code system", "codesystem", "themes"))
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_ENDINGS = (".csv", ".tsv", ".xlsx")
_LOOKED_AT = 65_536  # bytes
_SHARED_WORDS = re.compile(rb"<t(?:\s[^<>]{0,99})?>([^<]{1,60})</t>")
_HIGHEST_HEADER = 6  # rows; a title and a blank line may stand above the header
_UNREADABLE = (
    *(OSError, ValueError, KeyError, zipfile.BadZipFile, zlib.error),
    *(EOFError, NotImplementedError, RuntimeError),
)
_YES = frozenset(("true", "1", "yes", "ja", "wahr", "sann", "x"))


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where what stands, by numbers of columns.

    Attributes:
        flags: columns for one code each.
        separator: of the codes in one cell; "" where it holds one.
    """

    document: int
    words: int
    code: int | None
    flags: tuple[tuple[int, str], ...]
    coder: int | None
    comment: int | None
    place: int | None
    separator: str


def is_quotation_table(path: Path) -> bool:
    """Whether a file is a table of coded passages, by the names of its columns; False if it cannot be read."""
    suffix = path.suffix.lower()
    if suffix not in _ENDINGS:
        return False
    try:
        if suffix == ".xlsx":  # only a workbook that has the words somewhere is read to see whether they are its header
            return _columns_of(sorted(_words_of_workbook(path))) is not None and _table_in(path) is not None
        with path.open("rb") as opened:
            head = opened.read(_LOOKED_AT).decode("utf-8-sig", "replace")
    except (*_UNREADABLE, ImportingError):
        return False
    line = head.lstrip("\ufeff").partition("\n")[0]
    return _columns_of([cell.strip(' "\r') for cell in re.split("[,;\t]", line)]) is not None


def _words_of_workbook(path: Path) -> set[str]:
    """The first cells with words; names of columns are among them."""
    found: set[str] = set()
    with zipfile.ZipFile(path) as archive:
        names = ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")
        for name in (each for each in names if each in archive.namelist()):
            with archive.open(name) as part:
                raw = part.read(_LOOKED_AT)
            found |= {match[1].decode("utf-8", "replace") for match in _SHARED_WORDS.finditer(raw)}
    return found


def read_quotation_table(path: Path) -> ForeignProject:
    """The codes and codings of a table; the codings name documents, whose texts are not in it.

    Raises:
        ImportingError: it cannot be used.
    """
    found = _table_in(path)
    if found is None:
        raise ImportingError(
            _("{file} holds no coded passages.").format(file=path.name),
            hint=_("It needs columns for the document, the code and the words."),
        )
    table, columns = found
    return _Reader(path, columns).read(table)


def _table_in(path: Path) -> tuple[Table, _Columns] | None:
    """The table of a file, with what stands where; None if none has such columns and a row.

    Raises:
        ImportingError: the file cannot be read.
    """
    for header_row in range(1, _HIGHEST_HEADER + 1):
        try:
            tables = read_tables(path, header_row=header_row).tables
        except ImportingError:
            if header_row == 1:
                raise
            return None
        for table in tables:
            columns = _columns_of(table.header)
            if columns is not None and table.rows:
                return table, columns
    return None


def _columns_of(header: Sequence[str]) -> _Columns | None:
    names = [folded(name) for name in header]

    def place_of(wanted: Iterable[str]) -> int | None:
        return next((names.index(name) for name in wanted if name in names), None)

    document, words, code = place_of(_DOCUMENT), place_of(_WORDS), place_of(_CODE)
    flags = tuple((n, match["path"]) for n, name in enumerate(header) if (match := _APPLIED.fullmatch(collapsed(name))))
    if document is None or words is None or (code is None and not flags):
        return None
    separator = _SEPARATORS.get(names[code], "") if code is not None else ""
    return _Columns(document, words, code, flags, place_of(_CODER), place_of(_COMMENT), place_of(_PLACE), separator)


class _Reader:
    def __init__(self, path: Path, columns: _Columns) -> None:
        self._columns = columns
        self._project = ForeignProject(_("a table of codings"), path.stem, path.name, of_documents_here=True)
        self._paths: dict[tuple[str, ...], str] = {}

    def read(self, table: Table) -> ForeignProject:
        for number, row in enumerate(table.rows, start=1):
            self._read_row(row, number)
        self._project.coders = list(dict.fromkeys(coding.coder for coding in self._project.codings))
        return self._project

    def _read_row(self, row: Sequence[str], number: int) -> None:
        document, words = collapsed(row[self._columns.document]), in_normal_form(row[self._columns.words])
        if not document:
            if words.strip():
                self._project.left_out[_("rows without a document")] += 1
            return
        codes = self._codes(row)
        if not codes:
            self._project.left_out[_("marked passages without a code")] += 1
        coder = self._cell(row, self._columns.coder) or UNKNOWN_CODER
        place = _NUMBER.search(self._cell(row, self._columns.place))
        quoted = (Quoted(words),) if words.strip() else ()
        for path in codes:
            ident = f"coding {len(self._project.codings) + 1}"
            self._project.codings.append(
                ForeignCoding(
                    ident,
                    document,
                    self._code(path),
                    coder,
                    quoted=quoted,
                    selection=str(number),
                    order=float(place[0].replace(",", ".")) if place else None,
                )
            )
            comment = self._comment(row)
            if comment and path == codes[0]:
                self._project.memos.append(ForeignMemo(Subject.CODING, ident, "", comment, coder))

    def _cell(self, row: Sequence[str], column: int | None) -> str:
        return "" if column is None else collapsed(row[column])

    def _comment(self, row: Sequence[str]) -> str:
        column = self._columns.comment
        return "" if column is None else in_normal_form(row[column]).strip()

    def _codes(self, row: Sequence[str]) -> list[tuple[str, ...]]:
        """The codes of a row, each once, as paths from the top."""
        if self._columns.flags:
            written = [path for column, path in self._columns.flags if folded(row[column]) in _YES]
        else:
            cell = row[self._columns.code] if self._columns.code is not None else ""
            written = self._separate(cell) if self._columns.separator else [cell]
        paths = dict.fromkeys(map(code_path, written))
        return [path for path in paths if path]

    def _separate(self, cell: str) -> list[str]:
        lines = [line.strip().rstrip(self._columns.separator) for line in cell.split("\n")]
        return lines if len(lines) > 1 else cell.split(self._columns.separator)

    def _code(self, path: tuple[str, ...]) -> str:
        """The ident of a code, made with all that is above it when it is new."""
        if path not in self._paths:
            above = self._code(path[:-1]) if len(path) > 1 else ""
            self._paths[path] = " > ".join(path)
            self._project.codes.append(ForeignCode(self._paths[path], path[-1], above))
        return self._paths[path]


def code_path(written: str) -> tuple[str, ...]:
    """The levels of a code such as `Barriers > Law` or `Nodes\\Barriers\\Law`; none for a blank one."""
    levels = tuple(level for each in _LEVELS.split(written) if (level := collapsed(each)))
    return levels[1:] if len(levels) > 1 and folded(levels[0]) in _TREES else levels
