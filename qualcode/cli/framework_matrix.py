"""`qualcode framework`, `sequence` and `proximity`: the matrix with its summaries, and codes in their order."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from qualcode.cli.reading_tables import Column, fits, names_column, print_table, reading_console
from qualcode.cli.terminal import print_json, records
from qualcode.cli.writing_places import look_at_place
from qualcode.exporting.csv_tables import csv_text
from qualcode.i18n import _, decimal, ngettext
from qualcode.model.framework import FrameworkRows
from qualcode.project.framework import BETWEEN_QUOTATIONS
from qualcode.project.project import Project
from qualcode.project.sequences import code_sequence, proximity, transitions

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

MOST_SHOWN = 30


def framework(options: argparse.Namespace) -> int:
    """Print or write the framework matrix."""
    if options.out:
        look_at_place(options.out, overwrite=options.overwrite)
    with Project.open(options.project, read_only=True) as project:
        matrix = project.framework.matrix(
            FrameworkRows(options.rows),
            themes=options.themes,
            where=project.filters.parse(options.filter),
            empty_rows=not options.filled,
        )
        if options.out:
            project.framework.export(options.out, matrix, quoted=not options.no_quotations)
        table = project.framework.table(matrix)
    if options.json:
        rows = records(table)
        for row in rows:
            row["quotations"] = row["quotations"].split(BETWEEN_QUOTATIONS) if row["quotations"] else []
        print_json(rows)
    elif options.csv:
        sys.stdout.write(csv_text(table))
    elif options.out:
        print(_("Written: {file}").format(file=options.out))
    else:
        _print_matrix(table)
    return 0


def summary(options: argparse.Namespace) -> int:
    """Write into a cell of the matrix, or say what stands there."""
    rows = FrameworkRows(options.rows)
    with Project.open(options.project, read_only=options.text is None) as project:
        row = project.framework.row_named(rows, options.row)
        code = project.codebook.by_key_or_name(options.theme)
        if options.text is not None:
            project.framework.set_summary(rows, row.id, code.id, options.text)
        found = project.framework.summary(rows, row.id, code.id)
    content = found.content if found else ""
    if options.json:
        coder, changed = (found.coder, found.changed_at) if found else ("", "")
        print_json({"row": row.key, "theme": code.key, "summary": content, "coder": coder, "changed_at": changed})
    else:
        print(content or _("No summary."))
    return 0


def sequence(options: argparse.Namespace) -> int:
    """Print the codes of a session in order, or which follows which."""
    with Project.open(options.project, read_only=True) as project:
        where = project.filters.parse(options.filter)
        table = (
            code_sequence(project, options.session, where=where)
            if options.session
            else transitions(project, where=where)
        )
    if not _printed_whole(table, options):
        for_machines = ("session", "code", "next_code", "start", "end", "n_to", "n_all")
        shown = [each for each in table.columns if each not in for_machines]
        if options.session and table["begins"].isna().all():  # a transcript without times
            shown.remove("begins")
        _print_table(table[shown] if options.session else table[shown].head(MOST_SHOWN))
        _say_rest(table, options.session)
    return 0


def near(options: argparse.Namespace) -> int:
    """Print which themes stand near each other."""
    with Project.open(options.project, read_only=True) as project:
        table = proximity(project, within=options.within, where=project.filters.parse(options.filter))
    if not _printed_whole(table, options):
        found = table[table["near"] > 0].sort_values("near", ascending=False, kind="stable")
        columns = ["name_a", "name_b", "sentences_a", "sentences_b", "near", "jaccard", "lift_a", "lift_b"]
        _print_table(found[columns].head(MOST_SHOWN))
        _say_rest(found, "")
    return 0


def _printed_whole(table: pd.DataFrame, options: argparse.Namespace) -> bool:
    if options.json:
        print_json(records(table))
    elif options.csv:
        sys.stdout.write(csv_text(table))
    return bool(options.json or options.csv)


def _say_rest(table: pd.DataFrame, session: str) -> None:
    left = 0 if session else len(table) - MOST_SHOWN
    if left > 0:
        print(ngettext("{n} pair more; --csv prints all.", "{n} pairs more; --csv prints all.", left).format(n=left))


def _print_table(table: pd.DataFrame) -> None:
    headings = _headings()
    columns = []
    for column in table.columns:
        is_number = table[column].dtype.kind in "if"
        least = 40 if column == "text" else 14
        columns.append(Column(headings.get(column, column), right=is_number, wraps=not is_number, least=least))
    print_table(reading_console(), columns, [[_cell(value) for value in row.values()] for row in records(table)])


def _headings() -> dict[str, str]:
    """Columns of the tables of order in words; a column without an entry keeps its name, as `--csv` prints it."""
    return {
        "name": _("Theme"),
        "next_name": _("Next"),
        "share": _("Share"),
        "lift": _("Lift"),
        "document": _("Document"),
        "respondent": _("Respondent"),
        "group": _("Group"),
        "text": _("Text"),
        "name_a": _("Theme"),
        "name_b": _("with"),
        "jaccard": "Jaccard",
        "position": _("Position"),
        "begins": _("Begins, seconds"),
        "n": _("How often"),
        "n_from": _("Of all after the code"),
        "sentences_a": _("Sentences"),
        "sentences_b": _("Sentences of the other"),
        "near": _("Near each other"),
        "lift_a": _("Lift") + " (a)",
        "lift_b": _("Lift") + " (b)",
    }


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return decimal(value) if isinstance(value, float) else str(value)


def _print_matrix(table: pd.DataFrame) -> None:
    """The matrix, or where it is wider than the terminal what each row has cells for."""
    console = reading_console()
    names = list(dict.fromkeys(table["name"]))
    columns = [names_column(_("Row")), *(Column(name, wraps=True, least=12) for name in names)]
    lines = []
    for key, cells in table.groupby("row_key", sort=False):
        by_name = {row["name"]: row for row in cells.to_dict("records")}
        lines.append([str(key), *(_short(by_name[name]) for name in names)])
    if fits(columns, lines, console.width):
        print_table(console, columns, lines)
    else:
        for key, rows in table.groupby("row_key", sort=False):
            _print_row(console, str(key), rows.to_dict("records"))
    console.print(
        _("Summaries; in brackets how many quotations. The whole, with its quotations: --out FILE.xlsx, or --csv.")
    )


def _print_row(console: Console, key: str, cells: list[dict[Any, Any]]) -> None:
    console.print(key, style="bold")
    for cell in cells:
        if cell["summary"]:
            console.print(f"  {cell['name']}: {_short(cell)}")
    bare = [f"{cell['name']} {_short(cell)}" for cell in cells if cell["n_quotations"] and not cell["summary"]]
    if bare:
        console.print("  " + "; ".join(bare))


def _short(cell: dict[Any, Any]) -> str:
    n = f"({cell['n_quotations']})" if cell["n_quotations"] else ""
    return f"{cell['summary']} {n}".strip()
