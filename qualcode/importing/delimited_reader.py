"""Reads separated values (.csv, .tsv): finds encoding and separator, keeps line breaks inside quotes."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from qualcode.errors import ImportingError, Problem
from qualcode.i18n import _
from qualcode.importing.encodings import read_decoded
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.report import OpenChoice
from qualcode.importing.sheets import RawSheet, RawTableFile

LONGEST_CELL = 50_000_000  # characters
_SEPARATORS = (";", ",", "\t", "|")
_NAMES = {"tab": "\t", "\\t": "\t", "semicolon": ";", "comma": ",", "pipe": "|"}
_SAMPLE = 100_000  # characters that the separator is judged by
_TITLE_ABOVE = 0.6  # share of records of one width from which a first record of one cell may be a title
_NO_SEPARATOR = "\x1f"  # for a file of one column: a character that no text holds


def read_delimited(path: Path, encoding: str | None = None, separator: str | None = None) -> RawTableFile:
    """The records of a file of separated values.

    Args:
        path: the file.
        encoding: None to find it out.
        separator: one character, or "tab"; None to find it out.

    Raises:
        ImportingError: not text, or a separator of more than one character.
    """
    read = read_decoded(path, encoding)
    text = read.text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").replace("\ufeff", "")
    problems = list(read.problems)
    first, _end, after = text.partition("\n")
    if first.lower().startswith("sep=") and len(first) == 5:  # a line for Excel only
        text, separator = after, separator or first[4]
    if separator is None:
        separator, rivals = _found_separator(text, path)
        if rivals:
            what = _("It can be read with {one!r} as separator, but with {other!r} too.")
            hint = _("If the columns are wrong, say which in the study file (key separator).")
            problems.append(OpenChoice(path.name, what.format(one=separator, other=rivals[0]), hint, "warning"))
    else:
        separator = _NAMES.get(separator.lower(), separator)
        if len(separator) != 1 or separator in '"\n':
            raise ImportingError(
                _("{separator!r} cannot be a separator.").format(separator=separator),
                hint=_("Give one character, such as ; or , or the word tab."),
            )
    try:
        records = [tuple(map(_cell, record)) for record in _records(text, separator)]
    except csv.Error as error:
        raise ImportingError(
            _("{file} cannot be read as separated values.").format(file=path.name),
            hint=_("Save it anew as .csv or .xlsx."),
        ) from error
    if text.count('"') % 2:
        longest = max(range(len(records)), key=lambda number: sum(cell.count("\n") for cell in records[number]))
        where = _("{file}, record {n}").format(file=path.name, n=longest + 1)
        what = _("A quotation mark is opened and never closed; several records may have become one here.")
        problems.append(Problem(where, what, _("Mend it in the source, or save the table as .xlsx."), "warning"))
    return RawTableFile(read.encoding, (RawSheet("", records),), tuple(problems))


def _cell(cell: str) -> str:
    """A cell in normal form; before it was one, other line ends than a line feed would have ended its record."""
    return cell if cell.isascii() else in_normal_form(cell)


def _records(text: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _found_separator(text: str, path: Path) -> tuple[str, list[str]]:
    """The separator that gives most records the header's number of columns, and others that do as well."""
    sample = text if len(text) <= _SAMPLE else text[:_SAMPLE].rpartition("\n")[0]
    fits: dict[str, tuple[float, int]] = {}
    for separator in _SEPARATORS:
        try:
            widths = [len(record) for record in _records(sample, separator) if any(cell.strip() for cell in record)]
        except csv.Error:
            continue
        if not widths:
            continue
        usual = widths[0] if widths[0] > 1 else Counter(widths).most_common(1)[0][0]
        share = sum(width == usual for width in widths) / len(widths)
        if usual > 1 and (widths[0] > 1 or share > _TITLE_ABOVE):
            fits[separator] = (share, usual)
    if path.suffix.lower() == ".tsv" and "\t" in fits:
        return "\t", []
    if not fits:
        return ("," if "," in text.partition("\n")[0] else _NO_SEPARATOR), []
    best = max(fits, key=lambda separator: (fits[separator], -_SEPARATORS.index(separator)))
    rivals = [each for each in fits if each != best and fits[each][0] >= fits[best][0]]
    return best, rivals
