"""`qualcode count` and `qualcode compare`: themes by group, and groups beside each other."""

from __future__ import annotations

import argparse
import math
import shutil
import sys
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualcode.analysis.filtering import Filter
from qualcode.analysis.intervals import percent_half_up
from qualcode.cli.reading_tables import Column, names_column, print_table, reading_console
from qualcode.cli.terminal import Footnotes, print_json, records
from qualcode.cli.theme_table import print_theme_table
from qualcode.errors import AnalysisError
from qualcode.exporting.csv_tables import csv_text
from qualcode.exporting.report_numbers import whole
from qualcode.i18n import _, decimal, folded, ngettext
from qualcode.model.case import NO_GROUP
from qualcode.model.segment import Unit
from qualcode.project.comparisons import InWords, compare_groups_of, compare_same_people, in_words
from qualcode.project.counting import Base, count_table
from qualcode.project.project import Project
from qualcode.project.selection import ROW_FIELDS

if TYPE_CHECKING:
    import pandas as pd


def count(options: argparse.Namespace) -> int:
    """Print the theme table."""
    unit = Unit(options.unit) if options.unit else None
    with Project.open(options.project, read_only=True) as project:
        table = count_table(
            project,
            by=project.filters.grouping(options.by),
            unit=unit,
            where=project.filters.parse(options.filter),
            base=Base(options.base),
            depth=options.depth,
            told_apart=options.singles,
        )
        suggested = project.reports.only_suggested(table)
    if not _printed_whole(table, options):
        print_theme_table(table, suggested=suggested)
    return 0


def compare(options: argparse.Namespace) -> int:
    """Print two groups side by side, or several, or the same people in two places."""
    _check(options)
    words: InWords | None = None
    advice: list[str] = []
    with Project.open(options.project, read_only=True) as project:
        by, where = project.filters.grouping(options.by), project.filters.parse(options.filter)
        if not project.codebook.current().codes:  # before a group is missed that stands in no row
            raise AnalysisError(_("The codebook has no codes yet."))
        a, b = str(options.groups[0]), str(options.groups[1])
        if options.paired:
            by = "question" if by == "group" else by
            table = compare_same_people(project, a, b, by=by, where=where, correction=options.correction)
        elif len(options.groups) > 2:
            table = compare_groups_of(
                project,
                options.groups,
                by=by,
                where=where,
                correction=options.correction,
                by_session=options.by_session,
            )
        else:
            table = project.reports.compare(
                a, b, by=by, where=where, by_session=options.by_session, correction=options.correction
            )
            words = in_words(project, a, b, by=by, where=where)
            a, b = words.groups
            advice = _advice(project, a, b, by, where)
    if options.mirrored and words is not None:
        table = words.mirrored
    if not _printed_whole(table, options):
        if options.mirrored:
            mirrored = words.mirrored["sentence"].tolist() if words else []
            nothing = _("No theme has a counterpart yet. Name in the codebook which theme mirrors which (counterpart).")
            _print_lines(mirrored or [nothing])
        elif len(options.groups) > 2:
            _print_several(table)
        else:
            _print_comparison(table, a, b, paired=options.paired)
            _print_lines([*advice, *(words.sentences if words else ())])
    return 0


def _advice(project: Project, a: str, b: str, by: str, where: Filter) -> list[str]:
    """What else can be asked of the same people in two places."""
    known = [*project.reports.groups(by), NO_GROUP]
    if folded(by) in ROW_FIELDS and project.reports.same_people(
        [project.reports.group_named(each, known) for each in (a, b)], by=by, where=where
    ):
        return [_("Those who answered in both can be compared with themselves: add --paired.")]
    return []


def _check(options: argparse.Namespace) -> None:
    several = len(options.groups) > 2
    if len(options.groups) < 2:
        raise AnalysisError(_("A comparison needs two groups or more."), hint=_("Name them: compare PROJECT A B."))
    for name, given in (("paired", options.paired), ("mirrored", options.mirrored)):
        if several and given:
            raise AnalysisError(_("--{name} is for two groups.").format(name=name), hint=_("Leave it out."))
    if options.paired and (options.by_session or options.mirrored):
        raise AnalysisError(
            _("--paired stands alone: it compares people with themselves."), hint=_("Leave the rest out.")
        )


def _print_lines(lines: Sequence[str]) -> None:
    """Sentences, on a terminal broken between words; in a file each is a line."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in lines:
        print(textwrap.fill(line, width) if width else line)


def _print_several(table: pd.DataFrame) -> None:
    named = [name.removeprefix("n ") for name in table.columns if name.startswith("n ")]
    columns = [names_column(_("Theme"))]
    columns += [Column(heading, right=True) for heading in (*named, "p", _("p, corrected"))]
    columns.append(Column(_("Note")))
    notes = Footnotes()
    lines = []
    for row in table.to_dict("records"):
        cells = [_share(row[f"n {each}"], row[f"N {each}"], with_percent=row[f"pct {each}"] >= 0) for each in named]
        lines.append([row["name"], *cells, _p_value(row["p"]), _p_value(row["p_holm"]), notes.mark(row["note"])])
    print_table(reading_console(), columns, lines)
    _print_lines([*notes.lines(), _n_tests(table)])
    print(_("Respondents with the theme of those answering; one test of all groups for each theme."))


def _printed_whole(table: pd.DataFrame, options: argparse.Namespace) -> bool:
    if options.json:
        print_json(records(table))
    elif options.csv:
        sys.stdout.write(csv_text(table))
    else:
        return False
    return True


def _print_comparison(table: pd.DataFrame, a: str, b: str, *, paired: bool) -> None:
    headings = (a, b, _("Difference, 95 % interval"), _("Odds ratio"), "p", _("p, corrected"))
    columns = [names_column(_("Theme")), *(Column(heading, right=True) for heading in headings), Column(_("Note"))]
    notes = Footnotes()
    lines = [
        [
            row["name"],
            f"{row['a_n']}/{row['a_N']}",
            f"{row['b_n']}/{row['b_N']}",
            _difference(row["rd"], row["rd_low"], row["rd_high"]),
            _number(row["odds_ratio"], 2),
            _p_value(row["p"]),
            _p_value(row["p_holm"]),
            notes.mark(row["note"]),
        ]
        for row in table.to_dict("records")
    ]
    print_table(reading_console(), columns, lines)
    _print_lines([*notes.lines(), _n_tests(table)])
    if paired:
        print(_("The same respondents in both places; differences in percentage points."))
    else:
        print(_("Respondents with the theme of those answering; differences in percentage points."))


def _n_tests(table: pd.DataFrame) -> str:
    n = int(table["n_tests"].iloc[0]) if len(table) else 0
    return (
        ngettext("p is corrected for {n} test.", "p is corrected for {n} tests.", n).format(n=n)
        if n
        else _("No tests.")
    )


def _share(n: int, base: int, *, with_percent: bool) -> str:
    return f"{n}/{base}" + (f"  {percent_half_up(n, base, decimals=0):.0f} %" if with_percent else "")


def _difference(*values: float) -> str:
    """A difference and its interval in whole percentage points, halves away from zero."""
    if any(math.isnan(value) for value in values):
        return ""
    difference, low, high = (_points(value) for value in values)
    return _("{difference} ({low} to {high})").format(difference=difference, low=low, high=high)


def _points(difference: float) -> str:
    """Percentage points with their sign, +14, −7, 0; what they are stands below the table."""
    points = whole(100 * difference)
    return f"{points:+d}" if points else "0"


def _number(value: float, digits: int) -> str:
    if math.isnan(value):
        return ""
    return "∞" if math.isinf(value) else decimal(value, digits)


def _p_value(p: float) -> str:
    return f"<{decimal(0.001, 3)}" if p < 0.001 else _number(p, 3)
