"""What a person sees in a terminal: tables, warnings, progress."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.analysis.intervals import percent_half_up
from qualcode.errors import Problem
from qualcode.i18n import _, ngettext

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
    if not problems:
        return
    of_import = ngettext("{n} thing to know about the import:", "{n} things to know about the import:", len(problems))
    print(heading or of_import.format(n=len(problems)), file=sys.stderr)
    for problem in problems:
        print(f"  {problem}", file=sys.stderr)


def print_theme_table(table: pd.DataFrame, *, suggested: bool) -> None:
    """The theme table for reading: n of the base and per cent by group, codings beside them.

    Args:
        table: as `project.counting.count_table` gives it.
        suggested: show what is suggested, for nothing is decided yet.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table

    n_column, base_column, percent, codings = (
        ("suggested_respondents", "answering", "suggested_pct_of_answering", "suggested")
        if suggested
        else ("base_n", "base_N", "base_pct", "codings")
    )
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    shown.add_column(_("Theme"), no_wrap=False, min_width=18)
    groups = list(dict.fromkeys(table["group"]))
    for group in groups:
        first = table[table["group"] == group].iloc[0]
        heading = _("{group}\nN = {answering} of {n}").format(
            group=group, answering=first[base_column], n=first["group_n"]
        )
        if str(first["base"]) in ("units", "segments"):
            heading = _("{group}\nN = {n}").format(group=group, n=first[base_column])
        shown.add_column(heading, justify="right")
    by_theme = table.groupby("theme", sort=False)
    for _theme, rows in by_theme:
        cells = {row["group"]: row for _index, row in rows.iterrows()}
        name = "  " * int(rows["depth"].iloc[0]) + str(rows["name"].iloc[0])
        values = [_cell(cells[group], n_column, base_column, percent, codings) for group in groups]
        shown.add_row(name, *values, style="bold" if rows["depth"].iloc[0] == 0 else None)
    console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH, highlight=False)
    if suggested:
        console.print(_("Suggested, not reviewed"), style="bold")
    console.print(shown)
    about = table.iloc[0]
    console.print(_BASES["answering" if suggested else str(about["base"])](), markup=False)
    if "single_units" in table.columns:
        console.print(_("Below: units with no other theme + with others."), markup=False)
    console.print(
        _("Unit: {unit}. Filter: {filter}.").format(unit=about["unit"], filter=about["filter"] or _("none")),
        markup=False,
    )


_BASES = {
    "answering": lambda: _(
        "n/N and per cent: respondents with the theme, of those answering. [codings]. N = answering, of all in the "
        "group. Moderators count nowhere; groups that are too small have no per cents."
    ),
    "group": lambda: _("n/N and per cent: respondents with the theme, of all in the group. [codings]."),
    "asked": lambda: _("n/N and per cent: respondents of surveys with the theme, of those who were asked. [codings]."),
    "units": lambda: _("n/N and per cent: units with the theme, of all units of the group. [codings]."),
    "segments": lambda: _("n/N and per cent: codings with the theme, of all codings of the group. [codings]."),
}


def _cell(row: pd.Series[Any], n_column: str, base_column: str, percent: str, codings: str) -> str:
    n, base = int(row[n_column]), int(row[base_column])
    text = "" if math.isnan(row[percent]) else f"{percent_half_up(n, base, decimals=0):.0f} %"
    # rich takes [..] for markup unless it is escaped
    cell = f"{n}/{base} {text:>5} {chr(92)}[{row[codings]}]"
    return cell if "single_units" not in row else f"{cell}\n{row['single_units']} + {row['several_units']}"


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
