"""`qualcode import` with projects of other tools: into a project, or into a new one."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from qualcode.cli.import_material import print_summary, problem_as_json, summary_as_json
from qualcode.cli.terminal import print_json, print_warnings
from qualcode.errors import Problem, QualcodeError
from qualcode.model.document import DocumentKind
from qualcode.project.import_summary import ImportSummary
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
        others = [each for each in options.files if each not in foreign]
        summary = _ordinary(project, options, others) if others else None
        problems = list(summary.problems) if summary else []
        reports: list[ProjectReport] = []
        for each in foreign:
            try:
                reports.append(_one(project, options, each))
            except QualcodeError as error:
                problems.extend(error.problems or [Problem(each.name, error.message, error.hint)])
    except BaseException:
        if is_new:
            project.discard()
        else:
            project.close()
        raise
    is_empty = not project.documents.all() and not project.codebook.current().codes
    if is_new and is_empty:
        project.discard()
    else:
        project.close()
    _tell(options, summary, reports, problems)
    return int(any(problem.severity == "error" for problem in problems))


def _ordinary(project: Project, options: argparse.Namespace, files: Sequence[Path]) -> ImportSummary:
    return project.documents.import_files(
        files,
        kind=DocumentKind(options.kind),
        group=options.group,
        encoding=options.encoding,
        sheet=options.sheet,
        header_row=options.header_row,
    )


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
    options: argparse.Namespace,
    summary: ImportSummary | None,
    reports: Sequence[ProjectReport],
    problems: Sequence[Problem],
) -> None:
    told = [*problems, *(each for report in reports for each in (*report.problems, *report.unplaced))]
    if options.json:
        totals = summary_as_json(summary or ImportSummary(0, 0, 0, ()))
        totals["documents"] += sum(report.written.n_documents for report in reports)
        totals["respondents"] += sum(report.written.n_respondents for report in reports)
        totals["projects"] = [report.as_json() for report in reports]
        totals["problems"] = [problem_as_json(each) for each in told]
        print_json(totals)
        return
    print_warnings(told)
    for report in reports:
        for line in report_lines(report):
            print(line)
    if summary is not None:
        print_summary(summary)
