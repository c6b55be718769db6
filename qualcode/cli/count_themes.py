"""`qualcode count` and `qualcode compare`: theme tables."""

from __future__ import annotations

import argparse
import math
import sys
from typing import TYPE_CHECKING

from qualcode.cli.terminal import PIPED_WIDTH, print_json, print_theme_table, records
from qualcode.exporting.csv_tables import csv_text
from qualcode.i18n import _
from qualcode.model.segment import Unit
from qualcode.project.project import Project

if TYPE_CHECKING:
    import pandas as pd


def count(options: argparse.Namespace) -> int:
    """Print the theme table."""
    unit = Unit(options.unit) if options.unit else None
    with Project.open(options.project, read_only=True) as project:
        table = project.reports.theme_table(by=options.by, unit=unit, where=project.filters.parse(options.filter))
        suggested = project.reports.only_suggested(table)
    if not _printed_whole(table, options):
        print_theme_table(table, suggested=suggested)
    return 0


def compare(options: argparse.Namespace) -> int:
    """Print two groups side by side."""
    with Project.open(options.project, read_only=True) as project:
        table = project.reports.compare(
            options.a,
            options.b,
            by=options.by,
            where=project.filters.parse(options.filter),
            by_session=options.by_session,
            correction=options.correction,
        )
    if not _printed_whole(table, options):
        _print_comparison(table, options.a, options.b)
    return 0


def _printed_whole(table: pd.DataFrame, options: argparse.Namespace) -> bool:
    if options.json:
        print_json(records(table))
    elif options.csv:
        sys.stdout.write(csv_text(table))
    else:
        return False
    return True


def _print_comparison(table: pd.DataFrame, a: str, b: str) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    shown.add_column(_("Theme"))
    for heading in (a, b, _("Difference, 95 % interval"), _("Odds ratio"), "p", _("p, corrected")):
        shown.add_column(heading, justify="right")
    shown.add_column(_("Note"))
    for row in table.to_dict("records"):
        shown.add_row(
            row["name"],
            f"{row['a_n']}/{row['a_N']}",
            f"{row['b_n']}/{row['b_N']}",
            _number("{:+.0%} ({:+.0%} to {:+.0%})", row["rd"], row["rd_low"], row["rd_high"]),
            _number("{:.2f}", row["odds_ratio"]),
            _number("{:.3f}", row["p"]),
            _number("{:.3f}", row["p_holm"]),
            row["note"] or "",
        )
    Console(width=None if sys.stdout.isatty() else PIPED_WIDTH, highlight=False).print(shown)
    print(_("Respondents with the theme of those answering; differences in percentage points."))


def _number(form: str, *values: float) -> str:
    if any(math.isnan(value) for value in values):
        return ""
    return "∞" if math.isinf(values[0]) else form.format(*values)
