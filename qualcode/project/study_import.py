"""From files to respondents, documents and answers: reads everything first, then writes it in one step."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import CancelledError, ImportingError, Problem, QualcodeError
from qualcode.files.codebook_file import read_codebook
from qualcode.files.study_file import ClosedQuestion, DocumentSource, Study, SurveySource
from qualcode.i18n import _, collapsed, did_you_mean, folded, ngettext
from qualcode.importing.report import Table, Transcript
from qualcode.importing.tables import problems_about, read_tables, sheet_with_data
from qualcode.importing.transcripts import read_transcript
from qualcode.model.case import NO_GROUP
from qualcode.model.document import DocumentKind, SpeakerRole, joined
from qualcode.model.words import is_answer
from qualcode.project.documents import Cancelled, ImportSummary, Progress
from qualcode.store import cases, codes, documents, settings
from qualcode.store.documents import NewAnswer

if TYPE_CHECKING:
    from qualcode.project.project import Project


@dataclass(frozen=True, slots=True)
class _Sources:
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
class _ReadTranscript:
    source: DocumentSource
    number: int
    name: str
    content: bytes
    transcript: Transcript


@dataclass(frozen=True, slots=True)
class _ReadSurvey:
    source: SurveySource
    name: str
    content: bytes
    table: Table


@dataclass(slots=True)
class _Reading:
    """All that was read, and all that is wrong with it."""

    transcripts: list[_ReadTranscript] = field(default_factory=list)
    surveys: list[_ReadSurvey] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "error"]


def import_study(
    project: Project, study: Study, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> ImportSummary:
    """See `DocumentActions.import_study`."""
    codebook = read_codebook(study.codebook)
    sources = _Sources(
        study.documents,
        study.surveys,
        study.path.name,
        study.language,
        study.not_an_answer,
        study.group_name,
        tuple(study.groups),
    )
    reading = _read(project, sources, progress, cancelled)
    if reading.errors():
        raise ImportingError.from_problems(
            _("{study} cannot be imported; nothing was changed.").format(study=study.path.name), reading.errors()
        )
    with project.step(_("Import {title}").format(title=study.title)):
        analysis = {
            "language": study.language,
            "unit": study.unit.value,
            "small_cell": study.small_cell,
            "not_an_answer": list(study.not_an_answer),
        }
        settings.write(project.db, "analysis", {**settings.read(project.db, "analysis", {}), **analysis})
        settings.write(project.db, "study_file", {"name": study.path.name, "sha256": _sha256(study.path.read_bytes())})
        codes.load(project.db, codebook)
        return _Writer(project, sources).write(reading)


def import_files(
    project: Project,
    paths: Sequence[Path],
    *,
    kind: DocumentKind,
    group: str,
    encoding: str | None,
    sheet: str | None,
    header_row: int,
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
    sources = _Sources(transcripts, surveys, "", analysis.language, analysis.not_an_answer)
    reading = _read(project, sources, None, None)
    with project.step(ngettext("Import {n} file", "Import {n} files", len(paths)).format(n=len(paths))):
        summary = _Writer(project, sources).write(reading)
    return ImportSummary(summary.n_documents, summary.n_respondents, summary.n_answers, (*problems, *summary.problems))


def _proposed_survey(path: Path, group: str, encoding: str | None, sheet: str | None, header_row: int) -> SurveySource:
    """A survey read as its columns look; what they are taken for is what `qualcode inspect` says."""
    from qualcode.importing.columns import Role, propose_roles

    table = sheet_with_data(read_tables(path, encoding=encoding, header_row=header_row), sheet)
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


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# -- reading ----------------------------------------------------------------------------------------------------------


def _read(project: Project, sources: _Sources, progress: Progress | None, cancelled: Cancelled | None) -> _Reading:
    reading = _Reading()
    names = distinct_names(sources.paths())
    total, done = len(sources.paths()), 0
    known_documents = documents.hashes_by_name(project.db)
    known_surveys = cases.survey_hashes(project.db)

    def each_file() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, total)
        if cancelled is not None and cancelled():
            raise CancelledError(_("The import was stopped; nothing was changed."))

    for number, source in enumerate(sources.documents):
        for path in source.files:
            name = names[path]
            try:
                content = path.read_bytes()
                if _is_known(name, content, known_documents.get(name), reading):
                    continue
                transcript = read_transcript(path, encoding=source.encoding)
                reading.problems.extend(transcript.problems)
                reading.transcripts.append(_ReadTranscript(source, number, name, content, transcript))
            except (QualcodeError, OSError) as error:
                reading.problems.extend(_problems_of(error, path))
            each_file()
    for survey in sources.surveys:
        for path in survey.files:
            try:
                reading.surveys.extend(_read_survey(survey, path, names[path], sources, known_surveys, reading))
            except (QualcodeError, OSError) as error:
                reading.problems.extend(_problems_of(error, path))
            each_file()
    return reading


def _read_survey(
    survey: SurveySource,
    path: Path,
    name: str,
    sources: _Sources,
    known: Mapping[str, str],
    reading: _Reading,
) -> list[_ReadSurvey]:
    file = read_tables(path, encoding=survey.encoding, separator=survey.separator, header_row=survey.header_row or 1)
    table = sheet_with_data(file, survey.sheet)
    reading.problems.extend(problems_about(file, table))
    content = path.read_bytes()
    if _is_known(name, content, known.get(_survey_name(name, table)), reading):
        return []
    problems = _column_problems(survey, table, sources, name)
    if not problems and not _has_answers(survey, table):
        problems.append(
            Problem(
                _sheet_place(name, table),
                _("There are no answers in the open questions: every cell is blank."),
                _("Check `open` and `header_row` in the study file."),
            )
        )
    reading.problems.extend(problems)
    return [] if problems else [_ReadSurvey(survey, name, content, table)]


def _is_known(name: str, content: bytes, known_hash: str | None, reading: _Reading) -> bool:
    """Whether a file is in the project already; another file of that name is an error."""
    if known_hash is None:
        return False
    if known_hash == _sha256(content):
        reading.problems.append(
            Problem(
                name, _("This file is in the project already and has not changed; it was left as it is."), "", "warning"
            )
        )
    else:
        reading.problems.append(
            Problem(
                name,
                _("A different file of this name is in the project already."),
                _("Give the file another name to import it beside the first one."),
            )
        )
    return True


def _problems_of(error: QualcodeError | OSError, path: Path) -> Sequence[Problem]:
    if isinstance(error, OSError):
        return [Problem(path.name, _("The file cannot be read."), _("Check that it exists and that you may read it."))]
    return error.problems or [Problem("", error.message, error.hint)]


def _sheet_place(name: str, table: Table) -> str:
    return _("{file}, sheet {sheet}").format(file=name, sheet=table.sheet) if table.sheet else name


def _survey_name(name: str, table: Table) -> str:
    return f"{name}#{table.sheet}"


def _column_problems(survey: SurveySource, table: Table, sources: _Sources, name: str) -> list[Problem]:
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
                _("{place} has no column {column!r}.").format(place=_sheet_place(name, table), column=column),
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


# -- writing ----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Person:
    """A speaker on the way into the project: found in one file or more."""

    key: str
    ident: str
    group: str
    source: str


class _Writer:
    """Puts what was read into the project; runs inside a step."""

    def __init__(self, project: Project, sources: _Sources) -> None:
        self._project = project
        self._db = project.db
        self._sources = sources
        self._problems: list[Problem] = []
        self._group_ids: dict[str, int | None] = {}

    def write(self, reading: _Reading) -> ImportSummary:
        self._make_groups(reading)
        n_speakers = self._write_transcripts(reading.transcripts)
        n_rows = n_answers = 0
        for survey in reading.surveys:
            rows, answers = self._write_survey(survey)
            n_rows += rows
            n_answers += answers
        problems = (*reading.problems, *self._problems)
        return ImportSummary(len(reading.transcripts), n_speakers + n_rows, n_answers, problems)

    def _warn(self, where: str, what: str, hint: str = "") -> None:
        self._problems.append(Problem(where, what, hint, "warning"))

    # groups: made in the order of the study file, then as they occur

    def _make_groups(self, reading: _Reading) -> None:
        used = dict.fromkeys(self._groups_in(reading))
        listed = [name for name in self._sources.groups if name in used]
        for name in (*listed, *used):
            if name not in self._group_ids:
                self._group_ids[name] = cases.group_id(self._db, name)

    def _groups_in(self, reading: _Reading) -> Iterable[str]:
        for read in reading.transcripts:
            for label in _labels(read.transcript):
                role, group = self._role_and_group(read.source, label)
                if role == SpeakerRole.RESPONDENT:
                    yield group
        for survey in reading.surveys:
            for row in survey.table.rows:
                yield self._group_of_row(survey, row)

    def _role_and_group(self, source: DocumentSource, label: str | None) -> tuple[SpeakerRole, str]:
        """How a label counts; turns that name nobody are speech of nobody unless the study says `"*"` for all."""
        if label is None:
            if "*" not in source.speakers:
                return SpeakerRole.SEVERAL, NO_GROUP
            label = ""
        role, group = source.role_and_group(label)
        return role, self._sources.group_name(group)

    def _group_of_row(self, survey: _ReadSurvey, row: tuple[str, ...]) -> str:
        source = survey.source
        if source.group_is:
            return self._sources.group_name(source.group_is)
        if not source.group:
            return NO_GROUP
        return self._sources.group_name(row[survey.table.header.index(collapsed(source.group))])

    # transcripts

    def _write_transcripts(self, transcripts: Sequence[_ReadTranscript]) -> int:
        people: dict[tuple[str, ...], _Person] = {}
        who: list[list[tuple[str | None, SpeakerRole, tuple[str, ...] | None]]] = []
        for read in transcripts:
            session = collapsed(read.source.session) or read.name
            speakers: list[tuple[str | None, SpeakerRole, tuple[str, ...] | None]] = []
            for label in _labels(read.transcript):
                role, group = self._role_and_group(read.source, label)
                identity = None
                if role == SpeakerRole.RESPONDENT:
                    identity = self._identity(read, session, label)
                    self._meet(people, identity, session, label or read.name, group, read)
                speakers.append((label, role, identity))
            self._warn_of_labels(read)
            who.append(speakers)
        keys = list(people)
        rows = [
            (person.key, person.ident, self._group_ids[person.group], None, person.source) for person in people.values()
        ]
        ids = dict(zip(keys, cases.add_cases(self._db, rows, [{}] * len(rows)), strict=True))
        for read, speakers in zip(transcripts, who, strict=True):
            self._write_transcript(read, [(label, role, ids[key] if key else None) for label, role, key in speakers])
        return len(people)

    def _identity(self, read: _ReadTranscript, session: str, label: str | None) -> tuple[str, ...]:
        if read.source.same_people:
            return ("people", str(read.number), folded(label or ""))
        return ("session", folded(session), folded(label or read.name))

    def _meet(
        self,
        people: dict[tuple[str, ...], _Person],
        identity: tuple[str, ...],
        session: str,
        label: str,
        group: str,
        read: _ReadTranscript,
    ) -> None:
        known = people.get(identity)
        if known is None:
            shown = collapsed(label)
            key = shown if read.source.same_people else f"{session}:{shown}"
            people[identity] = _Person(key, shown, group, session)
        elif known.group != group:
            self._warn(
                read.name,
                _(
                    "The speaker {label!r} was in group {known!r} before and is in {group!r} here; the first counts."
                ).format(label=label, known=known.group, group=group),
                _("Give one of them another label, or list both labels under one group."),
            )

    def _warn_of_labels(self, read: _ReadTranscript) -> None:
        labels = _labels(read.transcript)
        unlisted = [label for label in labels if label is not None and not read.source.lists(label)]
        if unlisted:
            self._warn(
                read.name,
                ngettext(
                    "The speaker {labels} is not listed and counts in group {none}.",
                    "The speakers {labels} are not listed and count in group {none}.",
                    len(unlisted),
                ).format(labels=", ".join(repr(label) for label in unlisted), none=NO_GROUP),
                _("List labels under `speakers` in the study file."),
            )
        if None in labels and "*" not in read.source.speakers:
            self._warn(
                read.name,
                _("No speakers are named; what is said counts as speech, not as a respondent."),
                _('Write "*": GROUP under `speakers` if the whole file is one person.'),
            )

    def _write_transcript(
        self, read: _ReadTranscript, speakers: Sequence[tuple[str | None, SpeakerRole, int | None]]
    ) -> None:
        text, turns = joined(read.transcript.speeches)
        kind = read.source.kind
        session = collapsed(read.source.session) or ("" if kind == DocumentKind.NOTES else read.name)
        documents.add_transcript(
            self._db,
            read.name,
            kind,
            text,
            turns,
            session_id=cases.session_id(self._db, session) if session else None,
            original_id=documents.keep_original(self._db, read.name, read.content),
            language=read.transcript.language,
            notes=read.transcript.notes,
            speakers=speakers,
        )

    # surveys

    def _write_survey(self, survey: _ReadSurvey) -> tuple[int, int]:
        table, source, db = survey.table, survey.source, self._db
        original_id = documents.keep_original(db, survey.name, survey.content)
        questions = [cases.question_id(db, collapsed(column)) for column in source.open]
        survey_id = cases.add_survey(db, _survey_name(survey.name, table), original_id, questions)
        idents = self._idents(survey)
        rows = [
            (f"{survey.name}:{ident}", ident, self._group_ids[self._group_of_row(survey, row)], survey_id, survey.name)
            for ident, row in zip(idents, table.rows, strict=True)
        ]
        case_ids = cases.add_cases(db, rows, self._facts(survey))
        n_without = sum(self._group_of_row(survey, row) == NO_GROUP for row in table.rows)
        if n_without:
            self._warn(
                _sheet_place(survey.name, table),
                ngettext(
                    "{n} respondent has no group and counts in {none}.",
                    "{n} respondents have no group and count in {none}.",
                    n_without,
                ).format(n=n_without, none=NO_GROUP),
            )
        answers = list(self._answers(survey, case_ids, questions, original_id))
        documents.add_answers(db, answers)
        return len(rows), len(answers)

    def _idents(self, survey: _ReadSurvey) -> list[str]:
        """The id of each row as the source has it, the row's number where it has none."""
        table, source = survey.table, survey.source
        if not source.respondent:
            return [_("row {number}").format(number=number) for number in table.row_numbers]
        position = table.header.index(collapsed(source.respondent))
        idents = [
            collapsed(row[position]) or _("row {number}").format(number=number)
            for row, number in zip(table.rows, table.row_numbers, strict=True)
        ]
        rows_of: dict[str, list[int]] = {}
        for ident, number in zip(idents, table.row_numbers, strict=True):
            rows_of.setdefault(ident, []).append(number)
        for ident, numbers in rows_of.items():
            if len(numbers) > 1:
                self._warn(
                    _sheet_place(survey.name, table),
                    _("The id {ident!r} occurs in rows {rows}; each row counts as a respondent.").format(
                        ident=ident, rows=", ".join(str(number) for number in numbers)
                    ),
                    _("Correct the id in the source if they are one person."),
                )
        return idents

    def _facts(self, survey: _ReadSurvey) -> list[dict[str, str]]:
        """Closed answers of each row by column; values that don't fit their scale are kept and told."""
        table = survey.table
        closed = [(table.header.index(collapsed(each.column)), each) for each in survey.source.closed]
        strange: dict[str, list[int]] = {}
        facts = []
        for row, number in zip(table.rows, table.row_numbers, strict=True):
            values = {}
            for position, question in closed:
                value = collapsed(row[position])
                if value:
                    values[collapsed(question.column)] = value
                    if not _fits(value, question):
                        strange.setdefault(question.column, []).append(number)
            facts.append(values)
        for column, numbers in strange.items():
            self._warn(
                _sheet_place(survey.name, table),
                ngettext(
                    "{n} answer in {column!r} does not fit its scale (row {row}).",
                    "{n} answers in {column!r} do not fit their scale (the first in row {row}).",
                    len(numbers),
                ).format(n=len(numbers), column=column, row=numbers[0]),
                _("Check `min` and `max` in the study file."),
            )
        return facts

    def _answers(
        self, survey: _ReadSurvey, case_ids: Sequence[int], questions: Sequence[int], original_id: int
    ) -> Iterable[NewAnswer]:
        from qualcode.importing.language import detect_language

        table = survey.table
        columns = [(table.header.index(collapsed(each)), collapsed(each)) for each in survey.source.open]
        prefix = _survey_name(survey.name, table)
        for row, number, case_id in zip(table.rows, table.row_numbers, case_ids, strict=True):
            for (position, header), question_id in zip(columns, questions, strict=True):
                content = row[position]
                if content.strip():
                    yield NewAnswer(
                        name=f"{prefix}!{number}:{header}",
                        content=content,
                        case_id=case_id,
                        question_id=question_id,
                        original_id=original_id,
                        language=detect_language(content) or self._sources.language,
                        is_answer=is_answer(content, self._sources.not_an_answer),
                    )


def _labels(transcript: Transcript) -> list[str | None]:
    """Each label once, in order of first words."""
    return list(dict.fromkeys(speech.label for speech in transcript.speeches))


def _fits(value: str, question: ClosedQuestion) -> bool:
    if question.kind != "scale":
        return True
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        return False
    low = question.minimum is None or number >= question.minimum
    return low and (question.maximum is None or number <= question.maximum)
