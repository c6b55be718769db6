"""From files to respondents, documents and answers: everything is read first, then written in one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import ImportingError, Problem, QualcodeError
from qualcode.files.study_file import ClosedQuestion, DocumentSource, Study, SurveySource
from qualcode.i18n import _, ngettext
from qualcode.importing.tables import read_tables, sheet_with_data
from qualcode.model.codebook import Codebook
from qualcode.model.document import DocumentKind
from qualcode.model.progress import Cancelled, Pieces, Progress, in_one_go
from qualcode.project.codebook_files import codebook_reading
from qualcode.project.import_context import ImportContext
from qualcode.project.import_summary import ImportSummary
from qualcode.project.study_reading import Reading, Sources, read_sources, sha256, stopped
from qualcode.project.survey_writing import SurveyWriter, n_pieces
from qualcode.project.transcript_writing import TranscriptWriter
from qualcode.store import codes, settings

if TYPE_CHECKING:
    from qualcode.project.project import Project


def import_study(
    project: Project, study: Study, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> ImportSummary:
    """See `DocumentActions.import_study`."""
    template = codebook_reading(study.codebook)
    sources = Sources(
        study.documents,
        study.surveys,
        study.path.name,
        study.language,
        study.not_an_answer,
        study.group_name,
        tuple(study.groups),
    )
    reading = read_sources(project, sources, progress, cancelled)
    wrong = [*template.errors(), *reading.errors()]
    if template.codebook is None or wrong:
        raise ImportingError.from_problems(
            _("{study} cannot be imported; nothing was changed.").format(study=study.path.name), wrong
        )
    with project.step(_("Import {title}").format(title=study.title)):
        _take_over(project, study, template.codebook)
        return in_one_go(writing(project, sources, reading), progress, cancelled, stopped)


def _take_over(project: Project, study: Study, template: Codebook) -> None:
    """Put codebook and analysis settings of a study file into the project.

    Those of a file that has not changed since the last time stay as they are in the project, where they may have been
    changed by hand.
    """
    before = settings.read(project.db, "study_file", {})
    file = {
        "name": study.path.name,
        "sha256": sha256(study.path.read_bytes()),
        "codebook_sha256": sha256(study.codebook.read_bytes()),
    }
    if before.get("sha256") != file["sha256"]:
        analysis = {
            "language": study.language,
            "unit": study.unit.value,
            "small_cell": study.small_cell,
            "not_an_answer": list(study.not_an_answer),
        }
        settings.write(project.db, "analysis", {**settings.read(project.db, "analysis", {}), **analysis})
    if before.get("codebook_sha256") != file["codebook_sha256"]:
        codes.load(project.db, template)
    settings.write(project.db, "study_file", file)


def import_files(
    project: Project,
    paths: Sequence[Path],
    *,
    kind: DocumentKind,
    group: str,
    encoding: str | None,
    sheet: str | None,
    header_row: int,
    progress: Progress | None = None,
) -> ImportSummary:
    """See `DocumentActions.import_files`."""
    from qualcode.importing.readers import TABLE_READERS

    transcripts: list[DocumentSource] = []
    surveys: list[SurveySource] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            if path.suffix.casefold() in TABLE_READERS:
                surveys.append(_proposed_survey(path, group, encoding, sheet, header_row))
            else:
                speakers = {"*": group} if group else {}
                transcripts.append(DocumentSource((path,), kind, "", False, encoding, speakers, 0))
        except QualcodeError as error:
            problems.extend(error.problems or [Problem(path.name, error.message, error.hint)])
    analysis = project.settings
    sources = Sources(transcripts, surveys, "", analysis.language, analysis.not_an_answer)
    reading = read_sources(project, sources, progress, None)
    with project.step(ngettext("Import {n} file", "Import {n} files", len(paths)).format(n=len(paths))):
        summary = in_one_go(writing(project, sources, reading), progress, None, stopped)
    return replace(summary, problems=(*problems, *summary.problems))


def _proposed_survey(path: Path, group: str, encoding: str | None, sheet: str | None, header_row: int) -> SurveySource:
    """A survey read as its columns look; what they are taken for is what `qualcode inspect` says."""
    from qualcode.importing.code_sheets import is_codebook
    from qualcode.importing.columns import Role, propose_roles

    file = read_tables(path, encoding=encoding, header_row=header_row)
    if sheet is None and any(map(is_codebook, file.tables)):
        raise ImportingError(
            _("{file} holds a codebook, not answers.").format(file=path.name),
            hint=_("Name it in a study file, under codebook, or choose it as the codebook of a new study."),
        )
    table = sheet_with_data(file, sheet)
    roles = {column.header: column.role for column in propose_roles(table)}
    first = {role: header for header, role in reversed(roles.items())}
    open_columns = tuple(header for header, role in roles.items() if role == Role.OPEN)
    if not open_columns:
        raise ImportingError(
            _("{file}: no column looks like an open question.").format(file=path.name),
            hint=_("Name the columns in a study file (surveys: open) and import with --study."),
        )
    kinds = {Role.SCALE: "scale", Role.CATEGORY: "category", Role.MULTIPLE: "multiple"}
    closed = tuple(ClosedQuestion(header, kinds[role]) for header, role in roles.items() if role in kinds)
    return SurveySource(
        files=(path,),
        sheet=table.sheet or None,
        header_row=header_row,
        encoding=encoding,
        separator=None,
        respondent=first.get(Role.ID),
        group=None if group else first.get(Role.GROUP),
        group_is=group or None,
        open=open_columns,
        closed=closed,
        line=0,
        column_lines={},
    )


def writing(project: Project, sources: Sources, reading: Reading) -> Pieces[ImportSummary]:
    """Put what was read into the project, piece by piece; inside a step."""
    context = ImportContext(project, sources)
    context.make_groups(reading)
    transcripts, surveys = TranscriptWriter(context), SurveyWriter(context)
    pieces = chain(transcripts.write(reading.transcripts), *map(surveys.write, reading.surveys))
    total = len(reading.transcripts) + sum(map(n_pieces, reading.surveys))
    for done, _piece in enumerate(pieces, start=1):
        yield min(done, total), total
    return ImportSummary(
        transcripts.n_new,
        transcripts.n_respondents + surveys.n_respondents,
        surveys.n_answers,
        (*reading.problems, *context.problems),
        tuple(transcripts.versions),
        tuple(surveys.waves),
    )
