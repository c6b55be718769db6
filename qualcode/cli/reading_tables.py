"""Tables for reading in a terminal: one that is too wide is told in parts, and no word or number is cut off."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.cli.terminal import PIPED_WIDTH
from qualcode.i18n import _
from qualcode.model.case import ALL_GROUPS, NO_GROUP

if TYPE_CHECKING:
    from rich.console import Console

_WIDEST_HEADING = 16
"""A heading that is wider than its column's cells is broken from here on."""
_LONGEST_WORD = 20
"""Words of cells up to so many characters stay whole."""
_BETWEEN, _AROUND = 3, 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        heading: may have several lines.
        right: set at the right, as numbers are.
        wraps: cells are broken where the terminal is narrow, down to `least` characters; others never are.
        leads: stands in each part, at the left.
    """

    heading: str
    right: bool = False
    wraps: bool = False
    leads: bool = False
    least: int = 18


def names_column(heading: str) -> Column:
    """The first column of a table, which says what a line is about."""
    return Column(heading, wraps=True, leads=True)


def group_heading(name: str) -> str:
    """A group of a table in the reader's language; `(none)` and `(all)` are names in files, and the same in each."""
    return {NO_GROUP: _("(none)"), ALL_GROUPS: _("(all)")}.get(name, name)


def reading_console() -> Console:
    """As wide as the terminal, or as a file can be."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else PIPED_WIDTH, highlight=False, markup=False)


def print_table(
    console: Console,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    title: str = "",
    bold: Collection[int] = (),
) -> None:
    """Print a table, in parts below each other where it is wider than the console.

    Args:
        rows: a cell a column each; a cell may have several lines.
        title: stands above the first part.
        bold: numbers of the rows that stand out.
    """
    from rich import box
    from rich.table import Table

    for part, widths in _parts(columns, rows, console.width):
        shown = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
        title = ""
        for number, width in zip(part, widths, strict=True):
            column = columns[number]
            shown.add_column(
                _broken(column.heading, width),
                justify="right" if column.right else "left",
                width=width,
                overflow="fold",
            )
        for place, row in enumerate(rows):
            shown.add_row(*(row[number] for number in part), style="bold" if place in bold else None)
        console.print(shown)


def fits(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether a table needs no parts."""
    return len(_parts(columns, rows, width)) == 1


def _parts(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[tuple[list[int], list[int]]]:
    """The columns of each part, and how wide they are there."""
    widest = [_widest(column, [row[number] for row in rows]) for number, column in enumerate(columns)]
    least = [
        min(wide, _least(column, [row[number] for row in rows])) if column.wraps else wide
        for number, (column, wide) in enumerate(zip(columns, widest, strict=True))
    ]
    leading = [number for number, column in enumerate(columns) if column.leads]
    parts: list[list[int]] = [[*leading]]
    for number in (number for number, column in enumerate(columns) if not column.leads):
        if len(parts[-1]) > len(leading) and _total(least, [*parts[-1], number]) > width:
            parts.append([*leading])
        parts[-1].append(number)
    return [(part, _stretched(part, columns, least, widest, width)) for part in parts]


def _stretched(
    part: list[int], columns: Sequence[Column], least: list[int], widest: list[int], width: int
) -> list[int]:
    """What a part's columns get of the width: what is left over goes to those that are broken, then to headings."""
    given = {number: least[number] for number in part}
    spare = width - _total(least, part)
    of_headings = [max((len(line) for line in columns[number].heading.split("\n")), default=0) for number in part]
    wanted = [*((number, widest[number]) for number in part), *zip(part, of_headings, strict=True)]
    for number, wish in wanted:
        more = min(max(wish - given[number], 0), max(spare, 0))
        given[number] += more
        spare -= more
    return list(given.values())


def _total(widths: Sequence[int], part: Sequence[int]) -> int:
    return sum(widths[number] for number in part) + _BETWEEN * (len(part) - 1) + _AROUND


def _widest(column: Column, cells: Sequence[str]) -> int:
    from rich.cells import cell_len

    content = max((cell_len(line) for cell in cells for line in cell.split("\n")), default=0)
    heading = max((len(line) for line in column.heading.split("\n")), default=0) if column.wraps else 0
    return max(content, heading, min(_longest_word(column.heading), _WIDEST_HEADING), 1)


def _least(column: Column, cells: Sequence[str]) -> int:
    word = max((_longest_word(cell) for cell in cells), default=0)
    return max(column.least, _longest_word(column.heading), min(word, _LONGEST_WORD))


def _longest_word(text: str) -> int:
    return max((len(word) for word in text.split()), default=0)


def _broken(heading: str, width: int) -> str:
    return "\n".join("\n".join(textwrap.wrap(line, width)) for line in heading.split("\n"))
