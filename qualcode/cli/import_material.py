"""`qualcode new` and `qualcode import`: material into a project."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from qualcode.cli.main import EXIT_USAGE
from qualcode.cli.terminal import Progress, print_json, print_warnings, what_there_is
from qualcode.errors import Problem, StoreError
from qualcode.files.study_file import read_study
from qualcode.i18n import _
from qualcode.model.document import DocumentKind
from qualcode.project.import_summary import ImportSummary, SurveyWave
from qualcode.project.project import Project
from qualcode.project.project_import import can_be_imported
from qualcode.store.file_errors import ENDING


def new(options: argparse.Namespace) -> int:
    """Make a project from a study file; a study that cannot be read leaves none."""
    study = read_study(options.study)
    path: Path = options.project
    if path.suffix.casefold() != ENDING:
        raise StoreError(
            _("A project is a file that ends in {ending}.").format(ending=ENDING),
            hint=_("Call it {name}.").format(name=f"{path.stem}{ENDING}"),
        )
    project = Project.create(path, study.title)
    progress = Progress()
    try:
        summary = project.documents.import_study(study, progress=progress.step(_("Importing")))
    except BaseException:
        project.discard()
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
    foreign = [path for path in options.files if can_be_imported(path)]
    if foreign:
        from qualcode.cli.import_projects import import_with_projects  # which tells by the functions below

        return import_with_projects(options, foreign)
    with Project.open(options.project) as project:
        progress = Progress()
        told = progress.step(_("Importing"))
        try:
            if options.study:
                summary = project.documents.import_study(read_study(options.study), progress=told)
            else:
                summary = project.documents.import_files(
                    options.files,
                    kind=DocumentKind(options.kind),
                    group=options.group,
                    encoding=options.encoding,
                    sheet=options.sheet,
                    header_row=options.header_row,
                    progress=told,
                )
        finally:
            progress.end()
    return _tell(summary, as_json=options.json)


def _tell(summary: ImportSummary, *, as_json: bool) -> int:
    if as_json:
        print_json(summary_as_json(summary))
    else:
        print_warnings(summary.problems)
        print_summary(summary)
    return int(any(problem.severity == "error" for problem in summary.problems))


def print_summary(summary: ImportSummary) -> None:
    """What came in, in sentences."""
    for sentence in summary.sentences():
        print(sentence)
    print(what_there_is(summary.n_documents, summary.n_respondents, summary.n_answers))


def summary_as_json(summary: ImportSummary) -> dict[str, Any]:
    """What came in, for `--json`."""
    return {
        "documents": summary.n_documents,
        "respondents": summary.n_respondents,
        "answers": summary.n_answers,
        "versions": [{"document": each.document, **asdict(each.quotations)} for each in summary.versions],
        "surveys": [_as_json(each) for each in summary.waves],
        "problems": [problem_as_json(each) for each in summary.problems],
    }


def problem_as_json(problem: Problem) -> dict[str, str]:
    """One thing that is wrong or doubtful."""
    return {"where": problem.where, "what": problem.what, "hint": problem.hint, "severity": problem.severity}


def _as_json(wave: SurveyWave) -> dict[str, object]:
    return {
        "survey": wave.name,
        "new_respondents": wave.n_new,
        "known_respondents": wave.n_known,
        "missing_respondents": wave.n_missing,
        "new_answers": wave.n_new_answers,
        "changed_answers": wave.n_changed,
        "withdrawn_answers": wave.n_withdrawn,
        "changed_closed_answers": wave.n_closed,
        **asdict(wave.quotations),
    }
