"""Reads all files of a study and gathers all that is wrong with them, before anything is written."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import CancelledError, Problem, QualcodeError
from qualcode.files.study_file import DocumentSource, SurveySource
from qualcode.files.text_files import nearest_file
from qualcode.i18n import _, collapsed, did_you_mean, folded
from qualcode.importing.language import doubtful_language
from qualcode.importing.report import Table, Transcript
from qualcode.importing.survey_exports import companion_files
from qualcode.importing.tables import problems_about, read_tables, sheet_with_data
from qualcode.importing.transcripts import read_transcript
from qualcode.model.progress import Cancelled, Progress
from qualcode.model.words import is_answer
from qualcode.store import documents, survey_waves
from qualcode.store.documents import KnownTranscript
from qualcode.store.survey_waves import KnownSurvey

if TYPE_CHECKING:
    from qualcode.project.project import Project


@dataclass(frozen=True, slots=True)
class Sources:
    """What to bring in, and how its names and cells are understood."""

    documents: Sequence[DocumentSource]
    surveys: Sequence[SurveySource]
    study_name: str
    language: str
    not_an_answer: tuple[str, ...]
    group_name: Callable[[str], str] = collapsed
    groups: Sequence[str] = ()

    def paths(self) -> list[Path]:
        in_documents = [path for source in self.documents for path in source.files]
        return in_documents + [path for survey in self.surveys for path in survey.files]


@dataclass(frozen=True, slots=True)
class ReadTranscript:
    """A transcript that was read.

    Attributes:
        number: the place of its source in the study file.
        known: the document that it is a new version of, None for a new one.
    """

    source: DocumentSource
    number: int
    name: str
    content: bytes
    transcript: Transcript
    known: KnownTranscript | None = None


@dataclass(frozen=True, slots=True)
class OpenColumn:
    """A column of open answers.

    Attributes:
        languages: of each row.
        is_answer: whether what stands in each row answers the question.
    """

    position: int
    header: str
    languages: Sequence[str]
    is_answer: Sequence[bool]


@dataclass(frozen=True, slots=True)
class ReadSurvey:
    """A survey sheet that was read and has all its columns.

    Attributes:
        open: its open questions.
        companions: (name, content) of files that explain it.
        known: the survey that it is a new wave of, None for a new one.
    """

    source: SurveySource
    name: str
    content: bytes
    table: Table
    open: tuple[OpenColumn, ...]
    companions: tuple[tuple[str, bytes], ...] = ()
    known: int | None = None


@dataclass(slots=True)
class Reading:
    """All that was read, and all that is wrong with it."""

    transcripts: list[ReadTranscript] = field(default_factory=list)
    surveys: list[ReadSurvey] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "error"]


def sha256(content: bytes) -> str:
    """The fingerprint by which a file is known again."""
    return hashlib.sha256(content).hexdigest()


def stopped() -> CancelledError:
    """What is told when the user wants no more of an import."""
    return CancelledError(_("The import was stopped; nothing was changed."))


def read_sources(project: Project, sources: Sources, progress: Progress | None, cancelled: Cancelled | None) -> Reading:
    """Read all files; what is wrong with one costs only that one, and is told with the rest."""
    reading = Reading()
    names = distinct_names(sources.paths())
    total, done = len(sources.paths()), 0
    known_documents = documents.known_transcripts(project.db)
    known_surveys = survey_waves.known_surveys(project.db)

    def each_file() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, total)
        if cancelled is not None and cancelled():
            raise stopped()

    for number, source in enumerate(sources.documents):
        n_before = len(reading.transcripts)
        for path in source.files:
            try:
                content = path.read_bytes()
                name = _name_in_project(path, names[path], content, known_documents)
                known = known_documents.get(name)
                if known is not None and known.sha256 == sha256(content):
                    reading.problems.append(_unchanged(name))
                    continue
                transcript = read_transcript(path, encoding=source.encoding)
                reading.problems.extend(transcript.problems)
                reading.transcripts.append(ReadTranscript(source, number, name, content, transcript, known))
            except (QualcodeError, OSError) as error:
                reading.problems.extend(_problems_of(error, path, _place_in_study(sources, source.line)))
            each_file()
        reading.problems.extend(_unknown_spellings(source, reading.transcripts[n_before:], sources.study_name))
    for survey in sources.surveys:
        for path in survey.files:
            try:
                reading.surveys.extend(_read_survey(survey, path, names[path], sources, known_surveys, reading))
            except (QualcodeError, OSError) as error:
                reading.problems.extend(_problems_of(error, path, _place_in_study(sources, survey.line)))
            each_file()
    return reading


def _unknown_spellings(
    source: DocumentSource, transcripts: Sequence[ReadTranscript], study_name: str
) -> Iterable[Problem]:
    """Warnings for spellings of `same_speaker` that none of the files has, if all of them were read."""
    if len(transcripts) < len(source.files):
        return
    labels = {speech.label: None for read in transcripts for speech in read.transcript.speeches if speech.label}
    known = set(map(folded, labels))
    where = _("{study}, line {line}").format(study=study_name, line=source.line) if source.line else study_name
    for spelling in (each for spellings in source.same_speaker.values() for each in spellings):
        if folded(spelling) not in known:
            what = _("No file of this entry has a speaker {label!r} (same_speaker).").format(label=spelling)
            yield Problem(where, what, did_you_mean(spelling, list(labels)), "warning")


def _read_survey(
    survey: SurveySource,
    path: Path,
    name: str,
    sources: Sources,
    known_surveys: Mapping[str, KnownSurvey],
    reading: Reading,
) -> list[ReadSurvey]:
    file = read_tables(path, encoding=survey.encoding, separator=survey.separator, header_row=survey.header_row or 1)
    table = sheet_with_data(file, survey.sheet)
    reading.problems.extend(problems_about(file, table))
    content = path.read_bytes()
    companions = tuple((each.name, each.read_bytes()) for each in companion_files(path, survey.header_row or 1))
    known = known_surveys.get(survey_name(name, table))
    if known is not None and known.sha256s >= {sha256(content), *(sha256(each) for _name, each in companions)}:
        reading.problems.append(_unchanged(name))
        return []
    problems = _column_problems(survey, table, sources, name)
    if not problems and not _has_answers(survey, table):
        problems.append(
            Problem(
                sheet_place(name, table),
                _("There are no answers in the open questions: every cell is blank."),
                _("Check `open` and `header_row` in the study file."),
            )
        )
    reading.problems.extend(problems)
    if problems:
        return []
    columns = tuple(_open_column(table, header, sources) for header in map(collapsed, survey.open))
    answers = "\n".join(row[column.position] for row in table.rows for column in columns)
    reading.problems.extend(doubtful_language(answers, sheet_place(name, table)))
    return [ReadSurvey(survey, name, content, table, columns, companions, known.id if known is not None else None)]


def _open_column(table: Table, header: str, sources: Sources) -> OpenColumn:
    """What the cells of an open question tell."""
    from qualcode.importing.language import detect_languages

    position = table.header.index(header)
    cells = [row[position] for row in table.rows]
    languages = [found or sources.language for found in detect_languages(cells)]
    return OpenColumn(position, header, languages, [is_answer(cell, sources.not_an_answer) for cell in cells])


def _name_in_project(path: Path, name: str, content: bytes, known: Mapping[str, KnownTranscript]) -> str:
    """What a file is called in the project, if it is there under another end of its path than now tells it apart."""
    if name in known:
        return name
    tails = ["/".join(path.parts[-length:]) for length in range(len(path.parts), 1, -1)]
    found = next((tail for tail in tails if tail in known), None)
    if found is not None:
        return found
    bare = known.get(path.name)
    return path.name if bare is not None and bare.sha256 == sha256(content) else name


def _unchanged(name: str) -> Problem:
    what = _("This file is in the project already and has not changed; it was left as it is.")
    return Problem(name, what, "", "warning")


def _place_in_study(sources: Sources, line: int) -> str:
    """Where a file is named; "" if no study file names it."""
    return _("{study}, line {line}").format(study=sources.study_name, line=line) if line else ""


def _problems_of(error: QualcodeError | OSError, path: Path, where: str) -> Sequence[Problem]:
    if isinstance(error, FileNotFoundError):
        return [Problem("", _("There is no file {file}.").format(file=path), nearest_file(path))]
    if isinstance(error, OSError):
        return [Problem(path.name, _("The file cannot be read."), _("Check that it exists and that you may read it."))]
    return error.problems or [Problem(where, error.message, error.hint)]


def sheet_place(name: str, table: Table) -> str:
    """File and sheet as a user finds them."""
    return _("{file}, sheet {sheet}").format(file=name, sheet=table.sheet) if table.sheet else name


def survey_name(name: str, table: Table) -> str:
    """What a survey sheet is called in the project; the names of its answers begin with it."""
    return f"{name}#{table.sheet}"


def _column_problems(survey: SurveySource, table: Table, sources: Sources, name: str) -> list[Problem]:
    wanted = [survey.respondent, survey.group, *survey.open, *(each.column for each in survey.closed)]
    problems = []
    for column in wanted:
        if not column or collapsed(column) in table.header:
            continue
        line = survey.column_lines.get(column)
        where = _("{study}, line {line}").format(study=sources.study_name, line=line) if line else sources.study_name
        problems.append(
            Problem(
                where,
                _("{place} has no column {column!r}.").format(place=sheet_place(name, table), column=column),
                did_you_mean(column, table.header),
            )
        )
    return problems


def _has_answers(survey: SurveySource, table: Table) -> bool:
    positions = [table.header.index(collapsed(column)) for column in survey.open]
    return any(row[position].strip() for row in table.rows for position in positions)


def distinct_names(paths: Iterable[Path]) -> dict[Path, str]:
    """What each file is called: its name, or the shortest end of its path that tells equal names apart."""
    unique = list(dict.fromkeys(paths))
    length = dict.fromkeys(unique, 1)
    while True:
        names = {path: "/".join(path.parts[-length[path] :]) for path in unique}
        times = Counter(names.values())
        longer = [path for path in unique if times[names[path]] > 1 and length[path] < len(path.parts)]
        if not longer:
            return names
        for path in longer:
            length[path] += 1
