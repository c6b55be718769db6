"""`qualcode agreement`: how far coders agree, samples to code twice, and what was settled."""

from __future__ import annotations

import argparse
import math
import sys
from typing import TYPE_CHECKING, Any

from qualcode.cli.reading_tables import Column, names_column, print_table, reading_console
from qualcode.cli.terminal import Footnotes, print_json, records
from qualcode.cli.writing_places import look_at_place
from qualcode.exporting.csv_tables import csv_text
from qualcode.i18n import _, decimal, ngettext
from qualcode.model.double_coding import JudgedUnit, Universe
from qualcode.project.agreement import disagreements_table, write_disagreements
from qualcode.project.project import Project

if TYPE_CHECKING:
    from qualcode.project.coder_comparison import CoderAgreement

_WITH_INTERVAL, _WITHOUT = ("kappa", "alpha"), ("ac1", "pabak", "positive")


def agreement(options: argparse.Namespace) -> int:
    """Print how far coders agree."""
    if options.disagreements:
        look_at_place(options.disagreements, overwrite=options.overwrite)
    with Project.open(options.project, read_only=True) as project:
        found = project.agreement.measure(
            options.coders,
            unit=JudgedUnit(options.unit),
            universe=Universe(options.universe),
            where=project.filters.parse(options.filter),
            sample=options.sample,
            all_read=options.all_read,
        )
    if options.disagreements:
        write_disagreements(found, options.disagreements, keep=options.project)
    if options.json:
        print_json(_as_json(found))
        return 0
    for note in found.notes:
        print(_("Note: {warning}").format(warning=note), file=sys.stderr)
    if options.csv:
        sys.stdout.write(csv_text(found.table))
    else:
        _print(found)
    return 0


def sample(options: argparse.Namespace) -> int:
    """Draw a sample and say how many of each group are in it."""
    with Project.open(options.project) as project:
        drawn = project.agreement.draw_sample(
            options.name,
            options.share,
            unit=JudgedUnit(options.unit),
            by=project.filters.grouping(options.by),
            seed=options.seed,
            where=project.filters.parse(options.filter),
        )
        table = project.agreement.sample_table(drawn.name)
    if options.json:
        print_json({"name": drawn.name, "units": drawn.n_units, **drawn.details})
    elif options.csv:
        sys.stdout.write(csv_text(table))
    else:
        print(
            ngettext(
                "Sample {name!r}: {n} unit ({unit}), seed {seed}.",
                "Sample {name!r}: {n} units ({unit}), seed {seed}.",
                drawn.n_units,
            ).format(name=drawn.name, n=drawn.n_units, unit=options.unit, seed=options.seed)
        )
        counts: Any = drawn.details["drawn"]
        for group, (n, total) in counts.items():
            print(f"  {group}: {n}/{total}")
        print(_("When two have coded it: qualcode agreement PROJECT --sample {name!r}").format(name=drawn.name))
    return 0


def settle(options: argparse.Namespace) -> int:
    """Record what a table of disagreements says was settled."""
    from qualcode.project.settlement_file import settle_from_file

    with Project.open(options.project) as project:
        n = settle_from_file(project, options.file)
    if options.json:
        print_json({"settled": n})
    else:
        print(ngettext("{n} disagreement settled.", "{n} disagreements settled.", n).format(n=n))
    return 0


def _as_json(found: CoderAgreement) -> dict[str, Any]:
    return {
        "coders": list(found.coders),
        "unit": found.unit.value,
        "universe": found.universe.value,
        "filter": found.where,
        "sample": found.sample,
        "units": found.n_units,
        "documents": found.n_documents,
        "themes": records(found.table),
        "resampled": found.resampled,
        "disagreements": len(found.open),
        "settled": len(found.settled),
        "open": records(disagreements_table(found.open)),
        "notes": list(found.notes),
        "sentence": found.sentence,
    }


def _print(found: CoderAgreement) -> None:
    console = reading_console()
    headings = (_("All / some / none"), _("Agreement"), _("Prevalence"), _("Kappa"), _("Alpha"), "AC1", "PABAK")
    columns = [names_column(_("Theme")), *(Column(each, right=True) for each in (*headings, _("Positive")))]
    columns.append(Column(_("Note")))
    notes = Footnotes()
    lines: list[list[str]] = []
    bold = []
    for row in records(found.table):
        is_theme = row["depth"] is not None
        if is_theme and row["prevalence"] == 0:
            continue
        if row["depth"] in (0, None):
            bold.append(len(lines))
        lines.append(
            [
                "  " * (row["depth"] or 0) + str(row["name"]),
                f"{row['all_give']} / {row['some_give']} / {row['none_give']}" if is_theme else str(row["units"]),
                *(_percent(row[name]) for name in ("agreement", "prevalence")),
                *(_with_interval(row, name) for name in _WITH_INTERVAL),
                *("" if row[name] is None else _two(row[name]) for name in _WITHOUT),
                notes.mark(row["note"]),
            ]
        )
    print_table(console, columns, lines, bold=bold)
    for line in notes.lines():
        console.print(line)
    console.print(_("--csv has the intervals of all measures, and who gave what."))
    console.print(found.sentence)
    console.print(
        ngettext(
            "{n} disagreement is open; --disagreements FILE.csv writes it with its words.",
            "{n} disagreements are open; --disagreements FILE.csv writes them with their words.",
            len(found.open),
        ).format(n=len(found.open))
    )


def _percent(value: float | None) -> str:
    return "" if value is None else f"{decimal(100 * value, 1)} %"


def _with_interval(row: dict[str, Any], name: str) -> str:
    """0.75 [0.60, 0.86], as much of it as exists."""
    value, low, high = (row[each] for each in (name, f"{name}_low", f"{name}_high"))
    if value is None or math.isnan(value):
        return ""
    return _two(value) if low is None else f"{_two(value)} [{_two(low)}, {_two(high)}]"


def _two(value: float) -> str:
    return decimal(round(value, 2) + 0.0)  # + 0.0: no -0.00
