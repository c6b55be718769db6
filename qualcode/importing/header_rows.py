"""Doubts about the row that names the columns: it may be missing, or come again further down."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from qualcode.errors import Problem
from qualcode.i18n import _, collapsed, folded, ngettext

_COUNTED = re.compile(r"\d{1,9}")
_LEAST_COUNTED = 3  # rows whose numbers go on from the first row's
_LEAST_ROWS = 2
_ROWS_JUDGED = 500
_NAMES_OF_COLUMNS = frozenset(
    "id nr nummer number no respondent deltaker deltakar deltager participant rolle role gruppe group stilling yrke "
    "dato date tid tidspunkt time timestamp starttid sluttid kommentar kommentarer comment comments spørsmål question "
    "svar answer answers navn namn name alder age kjønn gender språk language kommune avdeling team by sted stad epost "
    "email text tekst merknad".split()
)
Numbered = Sequence[tuple[int, tuple[str, ...]]]


def without_repeated_header(header: Sequence[str], numbered: Numbered, where: str, problems: list[Problem]) -> Numbered:
    """The records without those that are the header once more, as in exports that were put one below the other."""
    names = tuple(map(collapsed, header))
    if sum(map(bool, names)) < 2:
        return numbered
    first = names[0].split()
    again = [number for number, record in numbered if record[0].split() == first and _is_same(record, names)]
    if not again:
        return numbered
    what = ngettext(
        "Row {rows} repeats the header and was left out.",
        "Rows {rows} repeat the header and were left out.",
        len(again),
    ).format(rows=", ".join(map(str, again[:5])) + (", …" if len(again) > 5 else ""))
    problems.append(Problem(where, what, "", "warning"))
    left_out = set(again)
    return [each for each in numbered if each[0] not in left_out]


def _is_same(record: Sequence[str], names: Sequence[str]) -> bool:
    width = max(len(record), len(names))
    cells = [collapsed(cell) for cell in record]
    return [*cells, *[""] * (width - len(cells))] == [*names, *[""] * (width - len(names))]


def check_there_is_header(
    header: Sequence[str], header_row: int, numbered: Numbered, where: str, problems: list[Problem]
) -> None:
    """Say so if the header looks like the answers below it: then a respondent is taken for the names of columns."""
    if len(numbered) < _LEAST_ROWS or any(map(_names_column, header)):
        return
    rows = [record for _number, record in numbered[:_ROWS_JUDGED]]
    columns = [[record[at] if at < len(record) else "" for record in rows] for at in range(len(header))]
    if any(_goes_on(name, column) or _recurs(name, column) for name, column in zip(header, columns, strict=True)):
        what = _("Row {row} was taken for the names of the columns, but looks like a respondent's answers.")
        hint = _("Put a row above it that names the columns, or say which row does (--header-row, header_row).")
        problems.append(Problem(where, what.format(row=header_row), hint, "warning"))


def _names_column(name: str) -> bool:
    """Whether a cell is one that stands above answers and hardly among them."""
    words = folded(name).split()
    return name.strip().endswith(("?", ":")) or (len(words) < 3 and bool(_NAMES_OF_COLUMNS.intersection(words)))


def _goes_on(name: str, column: Sequence[str]) -> bool:
    """Whether the rows are counted, and the header is one of them: 1, then 2, 3, 4."""
    if len(column) < _LEAST_COUNTED or not _COUNTED.fullmatch(name.strip()):
        return False
    following = [str(int(name) + n) for n in range(1, _LEAST_COUNTED + 1)]
    return [cell.strip() for cell in column[:_LEAST_COUNTED]] == following


def _recurs(name: str, column: Sequence[str]) -> bool:
    """Whether the header is one of the few values that recur below it; alone, it is what was ticked."""
    counts = Counter(folded(cell) for cell in column if cell.strip())
    return bool(folded(name)) and 1 < len(counts) <= max(2, len(column) // 2) and folded(name) in counts
