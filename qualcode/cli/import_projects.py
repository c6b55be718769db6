"""`qualcode import` with projects of other tools: into a project, or into a new one."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qualcode.cli.terminal import print_json, print_warnings
from qualcode.errors import Problem, QualcodeError
from qualcode.i18n import _
from qualcode.model.document import DocumentKind
from qualcode.project.project import Project
from qualcode.project.project_import import ProjectReport, import_other_project, report_lines


def import_with_projects(options: argparse.Namespace, foreign: Sequence[Path]) -> int:
    """Bring in the ordinary files first, then the projects; a project file that does not exist yet is made.

    Args:
        options: of the command `import`.
        foreign: those of its files that are projects of other tools.
    """
    path: Path = options.project
    is_new = not path.exists()
    project = Project.create(path) if is_new else Project.open(path)
    try:
        counts, problems = _ordinary(project, options, [each for each in options.files if each not in foreign])
        reports: list[ProjectReport] = []
        for each in foreign:
            try:
                reports.append(_one(project, options, each))
            except QualcodeError as error:
                problems.extend(error.problems or [Problem(each.name, error.message, error.hint)])
        nothing = not reports and not any(counts.values())
    except BaseException:
        project.close()
        if is_new:
            path.unlink(missing_ok=True)
        raise
    project.close()
    if is_new and nothing:
        path.unlink(missing_ok=True)
    _tell(options, counts, reports, problems)
    return int(any(problem.severity == "error" for problem in problems))


def _ordinary(
    project: Project, options: argparse.Namespace, files: Sequence[Path]
) -> tuple[dict[str, int], list[Problem]]:
    if not files:
        return {"documents": 0, "respondents": 0, "answers": 0}, []
    summary = project.documents.import_files(
        files,
        kind=DocumentKind(options.kind),
        group=options.group,
        encoding=options.encoding,
        sheet=options.sheet,
        header_row=options.header_row,
    )
    counts = {
        "documents": summary.n_documents,
        "respondents": summary.n_respondents,
        "answers": summary.n_answers,
    }
    return counts, list(summary.problems)


def _one(project: Project, options: argparse.Namespace, path: Path) -> ProjectReport:
    return import_other_project(
        project,
        path,
        kind=DocumentKind(options.kind),
        group=options.group,
        part=options.sheet or "",
        with_speakers=not options.keep_labels,
    )


def _tell(
    options: argparse.Namespace, counts: dict[str, int], reports: Sequence[ProjectReport], problems: Sequence[Problem]
) -> None:
    told = [*problems, *(each for report in reports for each in (*report.problems, *report.unplaced))]
    if options.json:
        totals: dict[str, Any] = dict(counts)
        totals["documents"] += sum(report.written.n_documents for report in reports)
        totals["respondents"] += sum(report.written.n_respondents for report in reports)
        totals["projects"] = [report.as_json() for report in reports]
        totals["problems"] = [
            {"where": each.where, "what": each.what, "hint": each.hint, "severity": each.severity} for each in told
        ]
        print_json(totals)
        return
    print_warnings(told)
    for report in reports:
        for line in report_lines(report):
            print(line)
    if any(counts.values()):
        print(_("{documents} transcripts, {respondents} respondents, {answers} open answers.").format(**counts))
