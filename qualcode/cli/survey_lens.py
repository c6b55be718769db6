"""`qualcode lens` and `qualcode saturation`: the survey's themes over the conversations, and what each session adds."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from qualcode.analysis.intervals import percent_half_up
from qualcode.cli.reading_tables import Column, group_heading, names_column, print_table, reading_console
from qualcode.cli.terminal import Footnotes, print_json, records
from qualcode.exporting.csv_tables import csv_text
from qualcode.i18n import _, decimal, in_quotes
from qualcode.model.case import ALL_GROUPS
from qualcode.project.lens import Lens, look_through, saturation_of
from qualcode.project.project import Project

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console


def lens(options: argparse.Namespace) -> int:
    """Print what the conversations say under the themes that carry the survey."""
    with Project.open(options.project, read_only=True) as project:
        found = look_through(
            project,
            themes=options.themes,
            share=options.share,
            group=options.group,
            by=project.filters.grouping(options.by),
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
        language = project.settings.language
        names = {code.key: code.name.in_language(language) or code.key for code in project.codebook.current().codes}
    if options.json:
        print_json(records(table))
    elif options.csv:
        sys.stdout.write(csv_text(table))
    else:
        _print_saturation(reading_console(), table, names)
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


def _print(found: Lens) -> None:
    console = reading_console()
    columns = [names_column(_("Theme"))]
    groups = list(dict.fromkeys(found.table["group"]))
    headings = [_("{group}\nsurvey; conversations").format(group=group_heading(group)) for group in groups]
    columns += [Column(heading, right=True) for heading in headings]
    lines = []
    for theme in found.themes:
        rows = found.table[found.table["theme"] == theme].set_index("group")
        cells = [
            f"{row['survey_n']}/{row['survey_N']}; {row['talk_n']}/{row['talk_N']}"
            for row in (rows.loc[group] for group in groups)
        ]
        lines.append([rows["name"].iloc[0], *cells])
    print_table(console, columns, lines)
    names = found.table.drop_duplicates("theme").set_index("theme")["name"]
    for (theme, group), quotations in found.quotations.items():
        if group != ALL_GROUPS:
            console.print(f"{names[theme]} – {group_heading(group)}", style="bold")
        for each in quotations:
            console.print(f"  {in_quotes(' '.join(each.text.split()))} ({each.session})")
    _print_saturation(console, found.saturation, dict(names))
    for sentence in found.sentences:
        console.print(sentence)


def _print_saturation(console: Console, table: pd.DataFrame, names: Mapping[str, str]) -> None:
    headings = (_("Codes"), _("New"), _("All so far"), _("Mean over all orders"), _("New in the run, of the base"))
    columns = [
        Column("#", leads=True),
        names_column(_("Session")),
        *(Column(heading, right=True) for heading in headings),
    ]
    columns.append(Column(_("Note")))
    notes = Footnotes()
    lines, added = [], []
    for row in records(table):
        run = "" if row["run_share"] is None else _of_base(row["run_new"], row["base_codes"])
        counts = [str(row[name]) for name in ("codes", "new", "cumulative")]
        lines.append(
            [str(row["position"]), row["session"], *counts, decimal(row["expected"], 1), run, notes.mark(row["note"])]
        )
        codes = [names.get(key, key) for key in row["new_codes"].split("; ") if key]
        added.append(_("{session}: {codes}").format(session=row["session"], codes="; ".join(codes) or _("none")))
    print_table(console, columns, lines, title=_("Saturation by session"))
    for line in notes.lines():
        console.print(line)
    console.print(_("New codes"), style="bold")
    for line in added:
        console.print(f"  {line}")


def _of_base(n: int, base: int) -> str:
    return f"{n}/{base} ({percent_half_up(n, base, decimals=0):.0f} %)"
