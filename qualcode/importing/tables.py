"""Reads tables of any known format, and finds the sheet that holds the data."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from qualcode.errors import ImportingError, Problem
from qualcode.i18n import _, collapsed, did_you_mean, folded, ngettext
from qualcode.importing.header_rows import check_there_is_header, without_repeated_header
from qualcode.importing.normal_form import doubtful_characters
from qualcode.importing.readers import TABLE_READERS, reader_for
from qualcode.importing.report import OpenChoice, Table, TableFile
from qualcode.importing.sheets import RawSheet, column_letters
from qualcode.importing.survey_exports import rows_below_header, with_questions

_TAGS = (
    r"</?(?:p|br|b|i|u|em|strong|span|div|font|h[1-6]|ul|ol|li|a|sup|sub|small|label|img|o:p)(?:[\s/][^<>]{0,2000})?>"
)
_MARKUP = re.compile(_TAGS, re.IGNORECASE)
_MARKUP_SIGN = re.compile(rf"{_TAGS}|&(?:[a-zA-Z]{{2,8}}|#\d{{1,6}});", re.IGNORECASE)
_TOTALS = frozenset(
    "sum total totalt totals gjennomsnitt snitt average mean median antall n summert totalsum i\u00a0alt".split(" ")
)
_NOTE = re.compile(
    r"\s*(?:\*|©|(?:kilde|kjelde|source|note|notes|merk|merknad|eksportert|exported|generert|generated)\b)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"[-+−]?\d[\d\s.,]*%?")
_NUMBER = re.compile(r"^[-+−]?\d[\d.,]*$")
_LEAST_RECORDS = 2
_MOST_TOLD = 5  # columns without a header
_MOST_TOTALS = 3
_LEAST_BELOW_TITLE = 2  # columns that a title above a table leaves without a name
_TIMED_TEXT = frozenset(("start", "end", "text"))  # the columns of Whisper's .tsv
_BESIDE_TIMED_TEXT = frozenset(("speaker", "id", "confidence"))
_ROWS_JUDGED = 10  # rows that the place of the header row is judged by


def read_tables(
    path: Path, *, encoding: str | None = None, separator: str | None = None, header_row: int = 1
) -> TableFile:
    """All tables of a file.

    Args:
        path: a file with one of the endings in `readers.TABLE_READERS`.
        encoding: of separated values; None to find it out.
        separator: of separated values; None to find it out.
        header_row: the number of the row that names the columns; what stands above it is left out.

    Raises:
        ImportingError: nothing usable, or no sheet that reaches down to the header row.
    """
    if header_row < 1:
        raise ImportingError(
            _("The header row cannot be {n}.").format(n=header_row), hint=_("Rows are counted from 1.")
        )
    reader = reader_for(path, TABLE_READERS)
    raw = reader(path, encoding, separator)
    if header_row == 1:
        raw = with_questions(path, raw, lambda other: reader(other, encoding, separator))
    if not any(_is_filled(record) for sheet in raw.sheets for record in sheet.records):
        raise ImportingError(
            _("{file} holds no table.").format(file=path.name), hint=_("Check that it was saved whole.")
        )
    longest = max(len(sheet.records) for sheet in raw.sheets)
    if longest < header_row:
        raise ImportingError(
            _("{file}: the header row {n} lies beyond the end (row {last}).").format(
                file=path.name, n=header_row, last=longest
            ),
            hint=_("Give the number of the row that names the columns (--header-row, study key: header_row)."),
        )
    problems = list(raw.problems)
    tables = []
    for sheet in raw.sheets:
        where = place_of_sheet(path.name, sheet.name)
        tables.append(_table(sheet, header_row, where, problems))
        if set(map(folded, tables[-1].header)) - _BESIDE_TIMED_TEXT == _TIMED_TEXT:
            what = _("Its columns are those of a transcript with times, not of a survey.")
            hint = _("Import what the program wrote beside it: .vtt, .srt, .json or .txt.")
            problems.append(Problem(where, what, hint, "warning"))
    sheets = tuple(sheet.name for sheet in raw.sheets if sheet.name and _holds_rows(sheet))
    return TableFile(path.name, raw.encoding, tuple(tables), tuple(problems), sheets)


def sheet_with_data(file: TableFile, sheet: str | None = None) -> Table:
    """The sheet that is named, else the only one with a header, a record and two columns with names or a title above.

    Raises:
        ImportingError: no such sheet, none with data, or several.
    """
    if sheet is not None:
        return _named(file, sheet)
    filled = [table for table in file.tables if table.header and table.rows]
    candidates = [table for table in filled if len(table.header) - table.n_unnamed > 1 or _is_below_title(table)]
    if not candidates:  # perhaps a title stands above the header
        candidates = [table for table in filled if len(table.header) > 1]
    if len(candidates) == 1:
        return candidates[0]
    if len(candidates) > 1:
        names = ", ".join(repr(table.sheet) for table in candidates)
        raise ImportingError(
            _("{file} has several sheets with data: {names}.").format(file=file.file, names=names),
            hint=_("Say which one: --sheet, or the study key sheet."),
        )
    if len(file.tables) == 1 and filled:  # a list of answers
        return filled[0]
    raise ImportingError(
        _("{file} has no sheet with a header and at least one row below it.").format(file=file.file),
        hint=_("If the header stands further down, say --header-row (study key: header_row)."),
    )


def _is_below_title(table: Table) -> bool:
    """Whether a title seems to stand above a table: it may hold the answers, and another sheet only their codes."""
    return table.n_unnamed >= _LEAST_BELOW_TITLE and len(table.rows) > _LEAST_RECORDS


def problems_about(file: TableFile, table: Table) -> tuple[Problem, ...]:
    """The problems of a file without those of sheets that are not used, such as one that describes the survey."""
    unused = {place_of_sheet(file.file, each.sheet) for each in file.tables if each is not table and each.sheet}
    return tuple(problem for problem in file.problems if problem.where not in unused)


def place_of_sheet(file: str, sheet: str) -> str:
    """How a problem names a sheet; separated values have none."""
    return _("{file}, sheet {sheet}").format(file=file, sheet=sheet) if sheet else file


def _named(file: TableFile, sheet: str) -> Table:
    for same in (collapsed, folded):
        for table in file.tables:
            if same(table.sheet) == same(sheet):
                if not table.rows:
                    raise ImportingError(
                        _("{file}, sheet {sheet}: there is no row below the header.").format(
                            file=file.file, sheet=table.sheet
                        ),
                        hint=_("Check the sheet and the header row (--header-row, study key: header_row)."),
                    )
                return table
    names = [table.sheet for table in file.tables if table.sheet]
    hint = did_you_mean(sheet, names) or _("Files of separated values have no sheets; leave the sheet out.")
    raise ImportingError(_("{file} has no sheet {sheet!r}.").format(file=file.file, sheet=sheet), hint=hint)


def _holds_rows(sheet: RawSheet) -> bool:
    """Whether there is more in a sheet than one row."""
    return sum(1 for _record in islice(filter(_is_filled, sheet.records), 2)) > 1


def _is_filled(record: Sequence[str]) -> bool:
    return any(cell and not cell.isspace() for cell in record)


def _table(sheet: RawSheet, header_row: int, where: str, problems: list[Problem]) -> Table:
    records = sheet.records
    if len(records) < header_row:
        return Table(sheet.name, (), (), ())
    header = records[header_row - 1]
    header = _without_markup(header, where, problems)
    n_explaining = rows_below_header(records, header_row)
    first = header_row + n_explaining
    numbered = [
        (number, record) for number, record in enumerate(records[first:], start=first + 1) if _is_filled(record)
    ]
    numbered = list(without_repeated_header(header, numbered, where, problems))
    numbered = _without_totals(numbered, where, problems)
    if n_explaining:
        problems.append(_about_explaining_rows(header_row, n_explaining, where))
    else:
        _check_header(records, header_row, where, problems)
        check_there_is_header(header, header_row, numbered, where, problems)
    width = max([len(header), *(len(record) for _number, record in numbered)])
    _check_widths(header, numbered, where, problems)
    named = [column for column in range(width) if column < len(header) and header[column].strip()]
    unnamed = set(range(width)).difference(named)
    if unnamed:  # a column that neither a header nor a cell fills is none
        unnamed = {
            column
            for column in unnamed
            if any(column < len(record) and record[column].strip() for _number, record in numbered)
        }
    kept = sorted([*named, *unnamed])
    if unnamed:
        letters = ", ".join(column_letters(column + sheet.first_column) for column in sorted(unnamed)[:_MOST_TOLD])
        letters += ", …" if len(unnamed) > _MOST_TOLD else ""
        what = ngettext(
            "A column with cells has no header: {letters}.",
            "Columns with cells have no header: {letters}.",
            len(unnamed),
        ).format(letters=letters)
        problems.append(Problem(where, what, _("They are named after their letter."), "warning"))
    names = _unique(
        [
            collapsed(header[column])
            if column not in unnamed
            else _("(column {letters})").format(letters=column_letters(column + sheet.first_column))
            for column in kept
        ]
    )
    plain = kept == list(range(width))
    rows = tuple(
        record
        if plain and len(record) == width
        else tuple(record[column] if column < len(record) else "" for column in kept)
        for _number, record in numbered
    )
    problems.extend(doubtful_characters((cell for row in rows for cell in row), where))
    known = {name: sheet.known[column] for name, column in zip(names, kept, strict=True) if column in sheet.known}
    return Table(sheet.name, names, rows, tuple(number for number, _record in numbered), len(unnamed), known)


def _about_explaining_rows(header_row: int, n: int, where: str) -> Problem:
    what = ngettext(
        "An export of Qualtrics: the row below the header explains it and is no answer; it was left out.",
        "An export of Qualtrics: the {n} rows below the header explain it and are no answers; they were left out.",
        n,
    ).format(n=n)
    hint = _("To name the columns after their questions, say --header-row {row} (study key: header_row).")
    return Problem(where, what, hint.format(row=header_row + 1) if n > 1 else "", "warning")


def _without_markup(header: Sequence[str], where: str, problems: list[Problem]) -> tuple[str, ...]:
    """Headers without tags and entities of HTML, which some survey services leave in the questions."""
    plain = tuple(html.unescape(_MARKUP.sub(" ", cell)) if _MARKUP_SIGN.search(cell) else cell for cell in header)
    n = sum(one != other for one, other in zip(header, plain, strict=True))
    if n:
        what = ngettext("Markup was taken out of {n} header.", "Markup was taken out of {n} headers.", n).format(n=n)
        problems.append(Problem(where, what, _("Write the headers without it in the study file."), "warning"))
    return plain


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """Names, of which a second equal one ends in " (2)"."""
    given: list[str] = []
    taken = set(names)
    seen: set[str] = set()
    for name in names:
        unique, n = name, 1
        while unique in seen or (n > 1 and unique in taken):
            n += 1
            unique = f"{name} ({n})"
        seen.add(unique)
        given.append(unique)
    return tuple(given)


def _check_header(records: Sequence[Sequence[str]], header_row: int, where: str, problems: list[Problem]) -> None:
    """Say so if a later row looks more like the header: this one holds hardly anything, the next ones much more."""
    n_named = sum(bool(cell.strip()) for cell in records[header_row - 1])
    fullest, at = n_named, header_row
    for number, record in enumerate(records[header_row : header_row + _ROWS_JUDGED], start=header_row + 1):
        n_filled = sum(bool(cell.strip()) for cell in record)
        if n_filled > fullest:
            fullest, at = n_filled, number
    second = _not_merged(records[header_row], records[header_row - 1]) if header_row < len(records) else ()
    named_below = 1 < n_named <= fullest // 2 and _names_columns(second, fullest)
    named_below |= _names_what_is_open(records[header_row - 1], second, records[header_row + 1 :])
    if fullest > 1 and (n_named <= max(1, fullest // 3) or named_below) and at > header_row:
        what = ngettext(
            "Row {row} names {n} column, but row {other} fills {m}: is that one the header?",
            "Row {row} names {n} columns, but row {other} fills {m}: is that one the header?",
            n_named,
        )
        hint = _("Say --header-row {other} (study key: header_row) if it is.").format(other=at)
        text = what.format(row=header_row, n=n_named, other=at, m=fullest)
        problems.append(OpenChoice(where, text, hint, "warning"))


def _not_merged(record: Sequence[str], above: Sequence[str]) -> Sequence[str]:
    """A record without what cells that are merged with those above them brought into it."""
    return ["" if at < len(above) and cell == above[at] and cell.strip() else cell for at, cell in enumerate(record)]


def _names_columns(record: Sequence[str], width: int) -> bool:
    """Whether a record below a header with gaps, as merged cells leave them, looks like the header proper."""
    cells = [folded(cell) for cell in record if cell.strip()]
    return len(cells) == width and len(set(cells)) == width and not any(_NUMBER.search(cell) for cell in cells)


def _names_what_is_open(header: Sequence[str], second: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a second row names the columns that the header leaves open, and hardly anything else: a matrix."""

    def filled(record: Sequence[str]) -> set[int]:
        return {column for column, cell in enumerate(record) if cell.strip()}

    used = set().union(*(filled(record) for record in below[:_ROWS_JUDGED]))
    named, more = filled(header), filled(second)
    has_numbers = any(_NUMBER.search(second[column].strip()) for column in more)
    return bool(used - named) and used - named <= more and bool((named & used) - more) and not has_numbers


def _without_totals(
    numbered: Sequence[tuple[int, tuple[str, ...]]], where: str, problems: list[Problem]
) -> list[tuple[int, tuple[str, ...]]]:
    """The records without rows at the end that sum the others up, and without a note below them, which is told."""
    kept = list(numbered)
    if len(kept) > _LEAST_RECORDS and kept[-1][0] - kept[-2][0] > 1 and _is_note(kept[-1][1]):
        what = _("Row {row} stands apart below the table and was left out.").format(row=kept[-1][0])
        problems.append(Problem(where, what, _("If it is a respondent, delete the blank row above it."), "warning"))
        numbered = kept[:-1]
        kept = list(numbered)
    while len(kept) > _LEAST_RECORDS and _is_total(kept[-1][1]) and len(numbered) - len(kept) < _MOST_TOTALS:
        kept.pop()
    rows = ", ".join(str(number) for number, _record in numbered[len(kept) :])
    if rows:
        what = ngettext(
            "Row {rows} sums the others up and was left out.",
            "Rows {rows} sum the others up and were left out.",
            len(numbered) - len(kept),
        )
        hint = _("If it is a respondent, write something else than a total in its first cell.")
        problems.append(Problem(where, what.format(rows=rows), hint, "warning"))
    return kept


def _is_note(record: Sequence[str]) -> bool:
    """Whether a record says in its first cell, and there only, where a table comes from or what is to be noted."""
    return len(record) > 1 and bool(_NOTE.match(record[0])) and not any(cell.strip() for cell in record[1:])


def _is_total(record: Sequence[str]) -> bool:
    cells = [cell.strip() for cell in record if cell.strip()]
    return len(cells) > 1 and folded(cells[0]).rstrip(":") in _TOTALS and all(map(_AMOUNT.fullmatch, cells[1:]))


def _check_widths(
    header: Sequence[str], numbered: Sequence[tuple[int, Sequence[str]]], where: str, problems: list[Problem]
) -> None:
    """Say which records have fewer or more cells than the header; only separated values can."""
    width = len(header)
    odd = [number for number, record in numbered if len(record) != width and _differs(record, width)]
    if not odd:
        return
    shown = ", ".join(map(str, odd[:5])) + (", …" if len(odd) > 5 else "")
    what = ngettext(
        "{n} record has more or fewer cells than the header: {numbers}.",
        "{n} records have more or fewer cells than the header: {numbers}.",
        len(odd),
    ).format(n=len(odd), numbers=shown)
    hint = _("Look for a separator or a line break that stands in a text without quotation marks.")
    problems.append(Problem(where, what, hint, "warning"))


def _differs(record: Sequence[str], width: int) -> bool:
    return len(record) < width or any(cell.strip() for cell in record[width:])
