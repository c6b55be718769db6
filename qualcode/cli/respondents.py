"""`qualcode respondents`: who is in a project, and a sheet of attributes brought in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.cli.reading_tables import Column, group_heading, names_column, print_table, reading_console
from qualcode.cli.terminal import print_json, records
from qualcode.exporting.csv_tables import csv_text
from qualcode.i18n import _, ngettext
from qualcode.project.attribute_sheet import SheetMatch
from qualcode.project.project import Project

if TYPE_CHECKING:
    import pandas as pd

_MOST_TOLD = 10


def respondents(options: argparse.Namespace) -> int:
    """Print all respondents, or import attributes: `[import] PROJECT [FILE]`."""
    words = options.words
    if words[0] == "import" and len(words) == 3:
        return _import_sheet(Path(words[1]), Path(words[2]), options)
    if len(words) == 1:
        return _list(Path(words[0]), options)
    print(_("Write: qualcode respondents PROJECT, or: qualcode respondents import PROJECT FILE"), file=sys.stderr)
    return 2


def _list(project_path: Path, options: argparse.Namespace) -> int:
    with Project.open(project_path, read_only=True) as project:
        table = project.exports.respondents_with_attributes()
        sizes = project.respondents.people().sizes()
    if options.json:
        print_json(records(table))
    elif options.csv:
        sys.stdout.write(csv_text(table))
    else:
        _print(table, sizes)
    return 0


def _print(table: pd.DataFrame, sizes: dict[str, int]) -> None:
    console = reading_console()
    columns = [names_column(_("Key"))]
    columns += [Column(each, wraps=True, least=12) for each in (_("Respondent"), _("Group"), _("Session"), _("Source"))]
    columns += [Column(_("Words"), right=True), Column(_("Answers"))]
    lines = []
    for row in records(table):
        answers = _("yes") if row["answered"] or row["spoke"] else _("no")
        names = [str(row[name]) for name in ("respondent_key", "respondent", "group", "session", "source")]
        lines.append([*names, str(row["words"]), answers])
    print_table(console, columns, lines)
    console.print("; ".join(f"{group_heading(group)}: N {n}" for group, n in sizes.items()))


def _import_sheet(project_path: Path, path: Path, options: argparse.Namespace) -> int:
    with Project.open(project_path, read_only=options.preview) as project:
        match = project.respondents.match_sheet(
            path, sheet=options.sheet, ident=options.id or "", group=options.group or ""
        )
        if not options.preview:
            project.respondents.import_sheet(match)
    if options.json:
        print_json(
            {
                "file": match.file,
                "id": match.ident,
                "group": match.group,
                "session": match.place,
                "attributes": list(match.attributes),
                "matched": len(match.matched),
                "unmatched": [{"row": row, "name": name} for name, row in match.unmatched],
                "doubled": [{"row": row, "name": name} for name, row in match.doubled],
                "without": match.without,
                "written": not options.preview,
            }
        )
    else:
        _tell(match, written=not options.preview)
    return 0


def _tell(match: SheetMatch, *, written: bool) -> None:
    print(_("{file}: respondents are named in column {column!r}.").format(file=match.file, column=match.ident))
    print(match.sentence)
    if match.place:
        print(_("{column} tells equal names apart.").format(column=match.place))
    for heading, rows in ((_("Fit nobody:"), match.unmatched), (_("Doubled, left out:"), match.doubled)):
        if rows:
            names = [_("{name} (row {row})").format(name=name, row=row) for name, row in rows[:_MOST_TOLD]]
            rest = len(rows) - len(names)
            if rest:
                names.append(ngettext("{n} more", "{n} more", rest).format(n=rest))
            print(heading, ", ".join(names))
    if match.fixed:
        print(_("Left out, because respondents answered them:"), ", ".join(match.fixed))
    for problem in match.problems:
        print(problem, file=sys.stderr)
    columns = ", ".join([*match.attributes, *([match.group] if match.group else [])])
    print((_("Written: {names}.") if written else _("Would be written: {names}.")).format(names=columns or "–"))
