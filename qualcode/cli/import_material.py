"""`qualcode new` and `qualcode import`: material into a project."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from qualcode.cli.import_projects import import_with_projects
from qualcode.cli.main import EXIT_USAGE
from qualcode.cli.terminal import Progress, print_json, print_warnings
from qualcode.files.study_file import read_study
from qualcode.i18n import _
from qualcode.importing.other_projects import is_other_project
from qualcode.model.document import DocumentKind
from qualcode.project.documents import ImportSummary
from qualcode.project.project import Project


def new(options: argparse.Namespace) -> int:
    """Make a project from a study file; a study that cannot be read leaves none."""
    study = read_study(options.study)
    path: Path = options.project
    project = Project.create(path, study.title)
    progress = Progress()
    try:
        summary = project.documents.import_study(study, progress=progress.step(_("Importing")))
    except BaseException:
        project.close()
        path.unlink(missing_ok=True)
        raise
    finally:
        progress.end()
    project.close()
    return _tell(summary, as_json=options.json)


def import_material(options: argparse.Namespace) -> int:
    """Bring a study or files into a project; files that cannot be used are told and cost only themselves."""
    if bool(options.files) == bool(options.study):
        print(_("qualcode import: give either FILE... or --study STUDY.yaml."), file=sys.stderr)
        return EXIT_USAGE
    foreign = [path for path in options.files if is_other_project(path)]
    if foreign:
        return import_with_projects(options, foreign)
    with Project.open(options.project) as project:
        if options.study:
            return _tell(project.documents.import_study(read_study(options.study)), as_json=options.json)
        summary = project.documents.import_files(
            options.files,
            kind=DocumentKind(options.kind),
            group=options.group,
            encoding=options.encoding,
            sheet=options.sheet,
            header_row=options.header_row,
        )
    return _tell(summary, as_json=options.json)


def _tell(summary: ImportSummary, *, as_json: bool) -> int:
    if as_json:
        print_json(
            {
                "documents": summary.n_documents,
                "respondents": summary.n_respondents,
                "answers": summary.n_answers,
                "problems": [
                    {"where": each.where, "what": each.what, "hint": each.hint, "severity": each.severity}
                    for each in summary.problems
                ],
            }
        )
    else:
        print_warnings(summary.problems)
        print(
            _("{documents} transcripts, {respondents} respondents, {answers} open answers.").format(
                documents=summary.n_documents, respondents=summary.n_respondents, answers=summary.n_answers
            )
        )
    return int(any(problem.severity == "error" for problem in summary.problems))
