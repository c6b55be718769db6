"""`qualcode cooccurrence`: which themes stand together."""

from __future__ import annotations

import argparse
import math
import sys
from typing import TYPE_CHECKING

from qualcode.cli.reading_tables import Column, names_column, print_table, reading_console
from qualcode.cli.terminal import print_json, records
from qualcode.exporting.csv_tables import csv_text
from qualcode.i18n import _, decimal, ngettext
from qualcode.model.segment import Unit
from qualcode.project.project import Project

if TYPE_CHECKING:
    import pandas as pd

MOST_SHOWN = 30
"""Pairs that a terminal shows; the others are in the CSV."""


def cooccurrence(options: argparse.Namespace) -> int:
    """Print how often two themes stand together."""
    with Project.open(options.project, read_only=True) as project:
        where = project.filters.parse(options.filter)
        unit = Unit(options.unit) if options.unit else project.settings.unit
        table = project.reports.cooccurrence(unit=unit, where=where)
        coded = project.reports.theme_table(where=where)
        suggested = project.reports.only_suggested(coded)
        if suggested and not (options.json or options.csv):
            table = project.reports.cooccurrence(unit=unit, where=where, suggested=True)
    if options.json:
        print_json(records(table))
    elif options.csv:
        sys.stdout.write(csv_text(table))
    else:
        _print_pairs(table, unit, suggested=suggested)
    return 0


def _print_pairs(table: pd.DataFrame, unit: Unit, *, suggested: bool) -> None:
    console = reading_console()
    together = table[(table["units_both"] > 0) | (table["respondents_both"] > 0)]
    if together.empty:
        console.print(_("No two themes stand together."))
        return
    order = ["units_both", "respondents_both"]
    shown_rows = together.sort_values(order, ascending=False, kind="stable").head(MOST_SHOWN)
    headings = (_unit_heading(unit), "Jaccard", _("Lift"), _("Respondents: both (a, b)"), "Jaccard", _("Lift"))
    columns = [names_column(_("Theme")), names_column(_("with")), *(Column(each, right=True) for each in headings)]
    lines = [
        [
            row["name_a"],
            row["name_b"],
            f"{row['units_both']} ({row['units_a']}, {row['units_b']})",
            _number(row["jaccard"]),
            _number(row["lift"]),
            f"{row['respondents_both']} ({row['respondents_a']}, {row['respondents_b']})",
            _number(row["jaccard_respondents"]),
            _number(row["lift_respondents"]),
        ]
        for row in shown_rows.to_dict("records")
    ]
    if suggested:
        console.print(_("Suggested, not reviewed"), style="bold")
    print_table(console, columns, lines)
    n_left = len(together) - len(shown_rows)
    if n_left:
        sentence = ngettext("{n} pair more; --csv prints all.", "{n} pairs more; --csv prints all.", n_left)
        console.print(sentence.format(n=n_left))
    console.print(
        _(
            "Jaccard: both, of those with either. Lift: how many times as often together as by chance. "
            "Pairs of a theme and one above it are left out."
        )
    )


def _unit_heading(unit: Unit) -> str:
    if unit == Unit.SEGMENT:
        return _("Spans that overlap (a, b)")
    return _("Units with both (a, b)")


def _number(value: float) -> str:
    return "" if math.isnan(value) else decimal(value)
