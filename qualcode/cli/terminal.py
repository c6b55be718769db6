"""What a person sees in a terminal: tables, warnings, progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.errors import Problem, put_together
from qualcode.i18n import ngettext

if TYPE_CHECKING:
    import pandas as pd

PIPED_WIDTH = 160
"""Columns of a table that goes to a file or a pipe."""


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """A table as JSON values: a record a row, null where a number does not exist."""
    rows: list[dict[str, Any]] = json.loads(table.to_json(orient="records", force_ascii=False, double_precision=15))
    return rows


class Progress:
    """A line on standard error that says what is going on; nothing where that is no terminal."""

    def __init__(self) -> None:
        self._on = sys.stderr.isatty()
        self._last = ""

    def __call__(self, what: str, done: int, total: int) -> None:
        if not self._on:
            return
        line = f"{what} … {100 * done // total} %" if total else f"{what} …"
        if line != self._last:
            print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)
            self._last = line

    def step(self, what: str) -> Callable[[int, int], None]:
        """Progress of one kind of work."""
        return lambda done, total: self(what, done, total)

    def end(self) -> None:
        """Take the line away."""
        if self._on and self._last:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def print_warnings(problems: Sequence[Problem], heading: str = "") -> None:
    """Tell what was left out, mended or is doubtful, on standard error.

    Args:
        heading: default: that it is about the import.
    """
    problems = put_together(problems)
    if not problems:
        return
    of_import = ngettext("{n} thing to know about the import:", "{n} things to know about the import:", len(problems))
    print(heading or of_import.format(n=len(problems)), file=sys.stderr)
    for problem in problems:
        print(f"  {problem}", file=sys.stderr)


class Footnotes:
    """Notes of a table's lines, each told once below it and referred to by number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def mark(self, note: str) -> str:
        """The numbers of the parts of a note, which are joined by `; `."""
        parts = [part for part in note.split("; ") if part]
        return " ".join(str(self._numbers.setdefault(part, len(self._numbers) + 1)) for part in parts)

    def lines(self) -> list[str]:
        """The notes in the order of their numbers."""
        return [f"  {number}  {note}" for note, number in self._numbers.items()]


def what_there_is(n_transcripts: int, n_respondents: int, n_answers: int, n_suggestions: int | None = None) -> str:
    """How much of each came in, in a sentence."""
    parts = [
        ngettext("{n} transcript", "{n} transcripts", n_transcripts).format(n=n_transcripts),
        ngettext("{n} respondent", "{n} respondents", n_respondents).format(n=n_respondents),
        ngettext("{n} open answer", "{n} open answers", n_answers).format(n=n_answers),
    ]
    if n_suggestions is not None:
        parts.append(ngettext("{n} suggestion", "{n} suggestions", n_suggestions).format(n=n_suggestions))
    return ", ".join(parts) + "."
