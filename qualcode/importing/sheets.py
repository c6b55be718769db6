"""What readers of tables give before a header row is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qualcode.errors import Problem
from qualcode.importing.report import KnownColumn


@dataclass(frozen=True, slots=True)
class RawSheet:
    """All records of a sheet from its first row on, blank ones too; each has its own number of cells, as text.

    Attributes:
        first_column: how many blank columns at the left were left out.
        known: what the file itself says of a column, by its place.
    """

    name: str
    records: list[tuple[str, ...]]
    first_column: int = 0
    known: Mapping[int, KnownColumn] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RawTableFile:
    """The sheets of a file."""

    encoding: str
    sheets: tuple[RawSheet, ...]
    problems: tuple[Problem, ...] = ()


def column_letters(index: int) -> str:
    """The name that spreadsheets give to a column: 0 -> "A", 26 -> "AA"."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
