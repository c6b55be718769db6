"""The theme table for reading in a terminal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from qualcode.analysis.intervals import percent_half_up
from qualcode.cli.reading_tables import Column, group_heading, names_column, print_table, reading_console
from qualcode.exporting.theme_rows import groups_shown
from qualcode.i18n import _

if TYPE_CHECKING:
    import pandas as pd


def print_theme_table(table: pd.DataFrame, *, suggested: bool) -> None:
    """The theme table for reading: n of the base and per cent by group, codings beside them.

    Args:
        table: as `project.counting.count_table` gives it.
        suggested: show what is suggested, for nothing is decided yet.
    """
    if table.empty:
        reading_console().print(_("The codebook has no codes yet."))
        return
    n_column, base_column, percent, codings = (
        ("suggested_respondents", "answering", "suggested_pct_of_answering", "suggested")
        if suggested
        else ("base_n", "base_N", "base_pct", "codings")
    )
    groups = groups_shown({str(name): value for name, value in row.items()} for row in table.to_dict("records"))
    columns = [names_column(_("Theme"))]
    for group in groups:
        first = table[table["group"] == group].iloc[0]
        name = group_heading(group)
        heading = _("{group}\nN = {answering} of {n}").format(
            group=name, answering=first[base_column], n=first["group_n"]
        )
        if str(first["base"]) in ("units", "segments"):
            heading = _("{group}\nN = {n}").format(group=name, n=first[base_column])
        columns.append(Column(heading, right=True))
    lines: list[list[str]] = []
    bold = []
    for _theme, rows in table.groupby("theme", sort=False):
        cells = {row["group"]: row for row in rows.to_dict("records")}
        depth = int(rows["depth"].iloc[0])
        name = "  " * depth + str(rows["name"].iloc[0])
        if depth == 0:
            bold.append(len(lines))
        lines.append([name, *(_cell(cells[group], n_column, base_column, percent, codings) for group in groups)])
    console = reading_console()
    if suggested:
        console.print(_("Suggested, not reviewed"), style="bold")
    print_table(console, columns, lines, bold=bold)
    about = table.iloc[0]
    console.print(_BASES["answering" if suggested else str(about["base"])]())
    if "single_units" in table.columns:
        console.print(_("Below: units with no other theme + with others."))
    console.print(_("Unit: {unit}. Filter: {filter}.").format(unit=about["unit"], filter=about["filter"] or _("none")))


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


def _cell(row: dict[Any, Any], n_column: str, base_column: str, percent: str, codings: str) -> str:
    n, base = int(row[n_column]), int(row[base_column])
    text = "" if math.isnan(row[percent]) else f"{percent_half_up(n, base, decimals=0):.0f} %"
    cell = f"{n}/{base} {text:>5} [{row[codings]}]"
    return cell if "single_units" not in row else f"{cell}\n{row['single_units']} + {row['several_units']}"
