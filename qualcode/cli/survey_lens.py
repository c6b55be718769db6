"""`qualcode lens` and `qualcode saturation`: the survey's themes over the conversations, and what each session adds."""

from __future__ import annotations

import argparse
import math
import sys
from typing import TYPE_CHECKING, Any

from qualcode.cli.terminal import PIPED_WIDTH, Footnotes, print_json, records
from qualcode.exporting.csv_tables import csv_text
from qualcode.i18n import _, decimal
from qualcode.model.case import ALL_GROUPS
from qualcode.project.lens import Lens, look_through, saturation_of
from qualcode.project.project import Project

if TYPE_CHECKING:
    import pandas as pd


def lens(options: argparse.Namespace) -> int:
    """Print what the conversations say under the themes that carry the survey."""
    with Project.open(options.project, read_only=True) as project:
        found = look_through(
            project,
            themes=options.themes,
            share=options.share,
            group=options.group,
            by=options.by,
            where=project.filters.parse(options.filter),
            depth=options.depth,
            n_quotations=options.quotations,
            order=options.order,
        )
    if options.json:
        print_json(_as_json(found))
    elif options.csv:
        sys.stdout.write(csv_text(found.table))
    else:
        _print(found)
    return 0


def saturation(options: argparse.Namespace) -> int:
    """Print which codes each session adds."""
    with Project.open(options.project, read_only=True) as project:
        table = saturation_of(
            project,
            where=project.filters.parse(options.filter),
            order=options.order,
            base_size=options.base_size,
            run_length=options.run_length,
        )
    if options.json:
        print_json(records(table))
    elif options.csv:
        sys.stdout.write(csv_text(table))
    else:
        _print_saturation(_console(), table)
    return 0


def _as_json(found: Lens) -> dict[str, Any]:
    return {
        "themes": list(found.themes),
        "how": found.how,
        "table": records(found.table),
        "quotations": [
            {
                "theme": theme,
                "group": group,
                "session": each.session,
                "respondent": each.respondent,
                "document": each.document,
                "start": each.start,
                "end": each.end,
                "text": each.text,
            }
            for (theme, group), quotations in found.quotations.items()
            for each in quotations
        ],
        "new": list(found.new),
        "saturation": records(found.saturation),
        "sentences": list(found.sentences),
    }


def _console() -> Any:
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else PIPED_WIDTH, highlight=False, markup=False)


def _print(found: Lens) -> None:
    from rich import box
    from rich.table import Table

    console = _console()
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    shown.add_column(_("Theme"))
    groups = list(dict.fromkeys(found.table["group"]))
    for group in groups:
        shown.add_column(_("{group}\nsurvey; conversations").format(group=group), justify="right")
    for theme in found.themes:
        rows = found.table[found.table["theme"] == theme].set_index("group")
        cells = [
            f"{row['survey_n']}/{row['survey_N']}; {row['talk_n']}/{row['talk_N']}"
            for row in (rows.loc[group] for group in groups)
        ]
        shown.add_row(rows["name"].iloc[0], *cells)
    console.print(shown)
    names = found.table.drop_duplicates("theme").set_index("theme")["name"]
    for (theme, group), quotations in found.quotations.items():
        if group != ALL_GROUPS:
            console.print(f"{names[theme]} – {group}", style="bold")
        for each in quotations:
            console.print(f"  “{' '.join(each.text.split())}” ({each.session})")
    _print_saturation(console, found.saturation)
    for sentence in found.sentences:
        console.print(sentence)


def _print_saturation(console: Any, table: pd.DataFrame) -> None:
    from rich import box
    from rich.table import Table

    shown = Table(title=_("Saturation by session"), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("#", _("Session")):
        shown.add_column(heading)
    for heading in (_("Codes"), _("New"), _("Together"), _("Meant over all orders"), _("New in the run, of the base")):
        shown.add_column(heading, justify="right")
    shown.add_column(_("New codes"))
    shown.add_column(_("Note"))
    notes = Footnotes()
    for row in records(table):
        share = row["run_share"]
        run = (
            "" if share is None or math.isnan(share) else f"{row['run_new']}/{row['base_codes']} ({100 * share:.0f} %)"
        )
        shown.add_row(
            str(row["position"]),
            row["session"],
            *(str(row[name]) for name in ("codes", "new", "cumulative")),
            decimal(row["expected"], 1),
            run,
            row["new_codes"],
            notes.mark(row["note"]),
        )
    console.print(shown)
    for line in notes.lines():
        console.print(line)
