"""`qualcode closed`: the answers to closed questions by group."""

from __future__ import annotations

import argparse
import math
import sys
from typing import TYPE_CHECKING, Any

from qualcode.cli.reading_tables import Column, group_heading, names_column, print_table, reading_console
from qualcode.cli.terminal import Footnotes, print_json, records
from qualcode.exporting.csv_tables import csv_text
from qualcode.i18n import _, decimal
from qualcode.project.project import Project

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console


def closed(options: argparse.Namespace) -> int:
    """Print what each group answered to each closed question."""
    with Project.open(options.project, read_only=True) as project:
        by, where = project.filters.grouping(options.by), project.filters.parse(options.filter)
        table = project.reports.closed_table(by=by, where=where)
    if options.json:
        print_json(records(table))
    elif options.csv:
        sys.stdout.write(csv_text(table))
    else:
        _print_questions(table)
    return 0


def _print_questions(table: pd.DataFrame) -> None:
    console = reading_console()
    if table.empty:
        console.print(_("No closed questions."))
        return
    for question, rows in table.groupby("question", sort=False):
        console.print(str(question), style="bold")
        if rows["kind"].iloc[0] == "scale":
            _print_scale(console, rows)
        else:
            _print_choices(console, rows)
    console.print(
        _(
            "n: answers that can be used, of those asked. SD: standard deviation. Per cents of n; of a question with "
            "several choices they add up to more than 100."
        )
    )


def _print_scale(console: Console, rows: pd.DataFrame) -> None:
    headings = ("n", _("Mean"), _("SD"), _("Median"), _("Quartiles"), _("Lowest to highest"))
    columns = [names_column(_("Group")), *(Column(heading, right=True) for heading in headings)]
    columns.append(Column(_("Note")))
    notes = Footnotes()
    lines = []
    for row in rows[rows["value"] == ""].to_dict("records"):
        numbers = [_number(row[name], 2) for name in ("mean", "sd")]
        spread = [_range(row[low], row[high]) for low, high in (("q1", "q3"), ("lowest", "highest"))]
        of_asked = f"{row['n']}/{row['asked']}"
        lines.append(
            [
                group_heading(row["group"]),
                of_asked,
                *numbers,
                _number(row["median"], 1),
                *spread,
                notes.mark(row["note"]),
            ]
        )
    print_table(console, columns, lines)
    for line in notes.lines():
        console.print(line)


def _print_choices(console: Console, rows: pd.DataFrame) -> None:
    totals = rows[rows["value"] == ""].set_index("group")
    columns = [names_column(_("Value"))]
    columns += [
        Column(f"{group_heading(str(group))}\nn = {total['n']}/{total['asked']}", right=True)
        for group, total in totals.iterrows()
    ]
    lines = []
    for value, cells in rows[rows["value"] != ""].groupby("value", sort=False):
        by_group = cells.set_index("group")
        lines.append([str(value), *(_count(by_group.loc[group]) for group in totals.index)])
    print_table(console, columns, lines)


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
