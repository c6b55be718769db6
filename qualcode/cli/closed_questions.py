"""`qualcode closed`: the answers to closed questions by group."""

from __future__ import annotations

import argparse
import math
import sys
from typing import TYPE_CHECKING, Any

from qualcode.cli.terminal import PIPED_WIDTH, print_json, records
from qualcode.exporting.csv_tables import csv_text
from qualcode.i18n import _, decimal
from qualcode.project.project import Project

if TYPE_CHECKING:
    import pandas as pd


def closed(options: argparse.Namespace) -> int:
    """Print what each group answered to each closed question."""
    with Project.open(options.project, read_only=True) as project:
        table = project.reports.closed_table(by=options.by, where=project.filters.parse(options.filter))
    if options.json:
        print_json(records(table))
    elif options.csv:
        sys.stdout.write(csv_text(table))
    else:
        _print_questions(table)
    return 0


def _print_questions(table: pd.DataFrame) -> None:
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH, highlight=False)
    if table.empty:
        console.print(_("No closed questions."))
        return
    for question, rows in table.groupby("question", sort=False):
        console.print(str(question), style="bold", markup=False)
        if rows["kind"].iloc[0] == "scale":
            _print_scale(console, rows)
        else:
            _print_choices(console, rows)
    console.print(
        _(
            "n: answers that can be used, of those asked. SD: standard deviation. Per cents of n; of a question with "
            "several choices they add up to more than 100."
        ),
        markup=False,
    )


def _print_scale(console: Any, rows: pd.DataFrame) -> None:
    shown = _table(_("Group"))
    headings = ("n", _("Mean"), _("SD"), _("Median"), _("Quartiles"), _("Lowest to highest"))
    for heading in headings:
        shown.add_column(heading, justify="right")
    shown.add_column(_("Note"))
    for row in rows[rows["value"] == ""].to_dict("records"):
        numbers = [_number(row[name], 2) for name in ("mean", "sd")]
        spread = [_range(row[low], row[high]) for low, high in (("q1", "q3"), ("lowest", "highest"))]
        shown.add_row(
            row["group"], f"{row['n']}/{row['asked']}", *numbers, _number(row["median"], 1), *spread, row["note"]
        )
    console.print(shown)


def _print_choices(console: Any, rows: pd.DataFrame) -> None:
    shown = _table(_("Value"))
    totals = rows[rows["value"] == ""].set_index("group")
    for group, total in totals.iterrows():
        shown.add_column(f"{group}\nn = {total['n']}/{total['asked']}", justify="right")
    for value, cells in rows[rows["value"] != ""].groupby("value", sort=False):
        by_group = cells.set_index("group")
        shown.add_row(str(value), *(_count(by_group.loc[group]) for group in totals.index))
    console.print(shown)


def _table(first: str) -> Any:
    from rich import box
    from rich.table import Table

    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    shown.add_column(first)
    return shown


def _count(cell: pd.Series[Any]) -> str:
    share = "" if math.isnan(cell["pct_of_n"]) else f"{decimal(float(cell['pct_of_n']), 1)} %"
    return f"{cell['count']} {share:>7}"


def _number(value: float, decimals: int) -> str:
    return "" if math.isnan(value) else decimal(value, decimals)


def _range(low: float, high: float) -> str:
    return "" if math.isnan(low) else f"{_short(low)} – {_short(high)}"


def _short(value: float) -> str:
    """Whole numbers without decimals."""
    return decimal(value, 0 if value.is_integer() else 2)
