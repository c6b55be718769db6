"""`qualcode joint`: themes, closed questions and quotations in one table."""

from __future__ import annotations

import argparse
import math
import sys
from typing import TYPE_CHECKING, Any

from qualcode.analysis.intervals import percent_half_up
from qualcode.cli.reading_tables import Column, group_heading, names_column, print_table, reading_console
from qualcode.cli.terminal import Footnotes, print_json, records
from qualcode.errors import AnalysisError
from qualcode.exporting.csv_tables import csv_text
from qualcode.i18n import _, decimal
from qualcode.model.case import NO_GROUP
from qualcode.project.joint_display import BETWEEN_QUOTATIONS, match_sentences
from qualcode.project.project import Project

if TYPE_CHECKING:
    import pandas as pd


def joint(options: argparse.Namespace) -> int:
    """Print the joint display."""
    pairs = [_pair(each) for each in options.match]
    with Project.open(options.project, read_only=not pairs) as project:
        for theme, question in pairs:
            project.joint.match(theme, question)
        where = project.filters.parse(options.filter)
        by = project.filters.grouping(options.by)
        table = project.joint.table(by=by, where=where, themes=options.theme, n_quotations=options.quotations)
        names = {
            code.key: code.name.in_language(project.settings.language) for code in project.codebook.current().codes
        }
        matches = match_sentences(project.joint.matches(), names)
    if options.json:
        rows = records(table)
        for row in rows:
            row["quotations"] = row["quotations"].split(BETWEEN_QUOTATIONS) if row["quotations"] else []
        print_json(rows)
    elif options.csv:
        sys.stdout.write(csv_text(table))
    else:
        _print(table, matches)
    return 0


def _pair(text: str) -> tuple[str, str]:
    theme, sign, question = text.partition("=")
    if not sign or not theme.strip():
        raise AnalysisError(
            _("{text!r} does not say which theme goes with which question.").format(text=text),
            hint=_('Write THEME="QUESTION", or THEME= for none.'),
        )
    return theme.strip(), question.strip()


def _print(table: pd.DataFrame, matches: list[str]) -> None:
    console = reading_console()
    notes = Footnotes()
    headings = (_("Speak of it"), _("Mean"), "SD", "n", _("With / without the theme"))
    columns = [names_column(_("Group")), *(Column(heading, right=True) for heading in headings), Column(_("Note"))]
    for _theme, rows in table.groupby("theme", sort=False):
        first = rows.iloc[0]
        title = first["name"] if not first["question"] else f"{first['name']} – {first['question']}"
        lines = [
            [
                group_heading(row["group"]),
                _share(row),
                _number(row["mean"]),
                _number(row["sd"]),
                "" if math.isnan(row["asked"]) else f"{row['n']:.0f}/{row['asked']:.0f}",
                _beside(row),
                notes.mark(row["note"]),
            ]
            for row in rows.to_dict("records")
            if row["group"] != NO_GROUP or row["answering"] or row["asked"] > 0
        ]
        print_table(console, columns, lines, title=title)
        for row in rows.to_dict("records"):
            if row["quotations"]:
                console.print(group_heading(row["group"]), style="bold")
                for quotation in row["quotations"].splitlines():
                    console.print(f"  {quotation}")
        console.print()
    for line in notes.lines():
        console.print(line)
    console.print(
        _(
            "Speak of it: respondents with the theme, of those answering openly. Mean, SD, n: of the closed question, "
            "of those asked. With / without: means of those who answer openly and speak of the theme, and do not."
        )
    )
    for line in matches:
        console.print(line)


def _share(row: dict[Any, Any]) -> str:
    if math.isnan(row["pct_of_answering"]):
        share = ""
    else:  # of the counts, for the table's own per cent is rounded already
        share = f" {percent_half_up(row['respondents'], row['answering'], decimals=0):.0f} %"
    return f"{row['respondents']}/{row['answering']}{share}"


def _beside(row: dict[Any, Any]) -> str:
    if math.isnan(row["n_with"]) or not row["n_with"] + row["n_without"]:
        return ""
    with_theme, without = (_number(row[each]) or "–" for each in ("mean_with", "mean_without"))
    return f"{with_theme} ({row['n_with']:.0f}) / {without} ({row['n_without']:.0f})"


def _number(value: float) -> str:
    return "" if math.isnan(value) else decimal(value)
