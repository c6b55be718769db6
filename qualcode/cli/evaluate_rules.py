"""`qualcode evaluate`: the suggestions beside codings that people made."""

from __future__ import annotations

import argparse
import math
import sys
from typing import TYPE_CHECKING, Any

from qualcode.cli.reading_tables import Column, group_heading, names_column, print_table, reading_console
from qualcode.cli.terminal import print_json, records
from qualcode.cli.writing_places import look_at_place
from qualcode.exporting.csv_tables import csv_text
from qualcode.i18n import _, ngettext
from qualcode.model.segment import Unit
from qualcode.project.evaluation import Evaluation, evaluate, write_disagreements
from qualcode.project.project import Project

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

_MOST_CONFUSED = 10


def evaluate_rules(options: argparse.Namespace) -> int:
    """Print how far the suggestions and the codings of a file agree."""
    if options.disagreements:
        look_at_place(options.disagreements, overwrite=options.overwrite)
    with Project.open(options.project, read_only=True) as project:
        evaluation = evaluate(
            project,
            options.against,
            unit=Unit(options.unit),
            by=project.filters.grouping(options.by),
            where=project.filters.parse(options.filter),
            quoted=options.disagreements is not None,
        )
    if options.disagreements:
        write_disagreements(evaluation, options.disagreements, keep=(options.project, options.against))
    if options.json:
        print_json(_as_json(evaluation))
        return 0
    for note in evaluation.notes:
        print(_("Note: {warning}").format(warning=note), file=sys.stderr)
    if options.csv:
        sys.stdout.write(csv_text(evaluation.table))
    else:
        _print_evaluation(evaluation)
    return 0


def _as_json(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "file": evaluation.file,
        "unit": evaluation.unit.value,
        "units": evaluation.n_units,
        "codings": evaluation.n_codings,
        "themes": records(evaluation.table),
        "confusion": records(evaluation.confusion),
        "disagreements": evaluation.n_disagreements,
        "notes": list(evaluation.notes),
    }


def _print_evaluation(evaluation: Evaluation) -> None:
    console = reading_console()
    for group, rows in evaluation.table.groupby("group", sort=False):
        _print_agreement(console, str(group), rows)
    units = ngettext("{n} unit", "{n} units", evaluation.n_units).format(n=evaluation.n_units)
    codings = ngettext("{n} coding", "{n} codings", evaluation.n_codings).format(n=evaluation.n_codings)
    console.print(
        _(
            "{units} ({unit}), {codings} in {file}. Both: units that the rules and the file give the code. "
            "Intervals are 95 %; units of one person are not independent, so they are too narrow."
        ).format(units=units, unit=evaluation.unit.value, codings=codings, file=evaluation.file)
    )
    confused = evaluation.confusion[evaluation.confusion["file_code"] != evaluation.confusion["rules_code"]]
    if len(confused):
        _print_confusion(console, confused.sort_values("units", ascending=False, kind="stable"))
    n = evaluation.n_disagreements
    console.print(
        ngettext(
            "{n} disagreement; --disagreements FILE.csv writes it with its words.",
            "{n} disagreements; --disagreements FILE.csv writes them with their words.",
            n,
        ).format(n=n)
    )


def _print_agreement(console: Console, group: str, rows: pd.DataFrame) -> None:
    headings = (_("Both"), _("Only rules"), _("Only file"), _("Precision"), _("Recall"), "F1", _("Kappa"))
    columns = [names_column(_("Theme")), *(Column(heading, right=True) for heading in headings)]
    lines: list[list[str]] = []
    bold = []
    for row in records(rows):
        is_theme = row["depth"] is not None
        if is_theme and not (row["both"] or row["only_rules"] or row["only_file"]):
            continue
        if row["depth"] in (0, None):
            bold.append(len(lines))
        lines.append(
            [
                "  " * (row["depth"] or 0) + str(row["name"]),
                *("" if row[name] is None else str(row[name]) for name in ("both", "only_rules", "only_file")),
                *(_with_interval(row, name) for name in ("precision", "recall", "f1", "kappa")),
            ]
        )
    print_table(console, columns, lines, title=group_heading(group), bold=bold)


def _with_interval(row: dict[str, Any], name: str) -> str:
    """0.75 (0.60-0.86), as much of it as exists."""
    value, low, high = (row[each] for each in (name, f"{name}_low", f"{name}_high"))
    if value is None or math.isnan(value):
        return ""
    return _two(value) if low is None else f"{_two(value)} ({_two(low)} – {_two(high)})"


def _two(value: float) -> str:
    return f"{round(value, 2) + 0.0:.2f}"  # + 0.0: no -0.00


def _print_confusion(console: Console, confused: pd.DataFrame) -> None:
    columns = [names_column(_("In the file")), names_column(_("By the rules")), Column(_("Units"), right=True)]
    rows = records(confused.head(_MOST_CONFUSED))
    lines = [[row["file_code"], row["rules_code"], str(row["units"])] for row in rows]
    print_table(console, columns, lines, title=_("Most often confused"))
