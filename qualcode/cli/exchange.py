"""`qualcode export`, `codings` and `codebook`: files in and out."""

from __future__ import annotations

import argparse
import sys

from qualcode.cli.main import EXIT_USAGE
from qualcode.cli.terminal import print_json
from qualcode.cli.writing_places import look_at_place
from qualcode.errors import CodebookError, ExportError
from qualcode.i18n import _, ngettext
from qualcode.model.segment import Unit
from qualcode.project.codebook_files import check_codebook_file, convert_codebook_file
from qualcode.project.project import Project


def export(options: argparse.Namespace) -> int:
    """Write a file by its ending; one that holds something is replaced with --overwrite only."""
    from qualcode.project.report_files import export_file

    look_at_place(options.file, overwrite=options.overwrite)
    compares = options.figure == "differences" or options.file.suffix.casefold() in (".docx", ".html")
    if options.groups and not compares:
        print(_("qualcode export: --groups goes with a report or --figure differences."), file=sys.stderr)
        return EXIT_USAGE
    with Project.open(options.project, read_only=True) as project:
        export_file(
            project,
            options.file,
            figure=options.figure,
            by=project.filters.grouping(options.by),
            where=project.filters.parse(options.filter),
            unit=Unit(options.unit) if options.unit else None,
            groups=options.groups,
        )
    print(_("Written: {file}").format(file=options.file))
    return 0


def export_codings(options: argparse.Namespace) -> int:
    """Write all codings as CSV."""
    from qualcode.exporting.csv_tables import write_csv

    if options.file.suffix.casefold() != ".csv":
        raise ExportError(
            _("{name}: nothing is exported to a file of that ending.").format(name=options.file.name),
            hint=_("Give it the ending .csv, or see `qualcode export`."),
        )
    look_at_place(options.file, overwrite=options.overwrite)
    with Project.open(options.project, read_only=True) as project:
        table = project.exports.codings_table()
        write_csv(table, options.file)
    if options.json:
        print_json({"rows": len(table)})
    else:
        print(ngettext("{n} row written.", "{n} rows written.", len(table)).format(n=len(table)))
    return 0


def import_codings(options: argparse.Namespace) -> int:
    """Add the codings of a table, all rows or none."""
    from qualcode.project.codings_import import summary_sentence

    with Project.open(options.project) as project:
        imported = project.segments.import_codings(options.file)
    if options.json:
        print_json({"rows": imported.n_rows, "new_segments": imported.n_new})
    else:
        print(summary_sentence(imported))
    return 0


def check_codebook(options: argparse.Namespace) -> int:
    """Say all that is wrong or doubtful; exit 1 where anything is wrong."""
    problems = check_codebook_file(options.file)
    errors = [problem for problem in problems if problem.severity == "error"]
    if options.json:
        print_json([{"where": p.where, "what": p.what, "hint": p.hint, "severity": p.severity} for p in problems])
    else:
        for problem in problems:
            print(f"{problem.severity}: {problem}")
        if not problems:
            print(_("{file}: nothing wrong.").format(file=options.file.name))
    if errors:
        sentence = ngettext("The codebook {file} has {n} error.", "The codebook {file} has {n} errors.", len(errors))
        told = sentence.format(file=options.file.name, n=len(errors))
        print(_("Error: {message}").format(message=told), file=sys.stderr)
    return int(bool(errors))


def convert_codebook(options: argparse.Namespace) -> int:
    """Write a codebook in another format."""
    if options.target.exists():
        raise CodebookError(
            _("{path} exists already.").format(path=options.target), hint=_("Choose another name or move it away.")
        )
    for warning in convert_codebook_file(options.source, options.target):
        print(_("Note: {warning}").format(warning=warning))
    print(_("Written: {file}").format(file=options.target))
    return 0
