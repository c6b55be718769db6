"""From files to respondents, documents and answers: everything is read first, then written in one step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.errors import ImportingError, Problem, QualcodeError
from qualcode.files.study_file import ClosedQuestion, DocumentSource, Study, SurveySource
from qualcode.i18n import _, collapsed, folded, ngettext
from qualcode.importing.report import Transcript
from qualcode.importing.tables import read_tables, sheet_with_data
from qualcode.model.case import NO_GROUP
from qualcode.model.document import DocumentKind, SpeakerRole, joined
from qualcode.model.progress import Cancelled, Progress
from qualcode.model.words import is_answer
from qualcode.project.codebook_files import codebook_reading
from qualcode.project.documents import ImportSummary
from qualcode.project.study_reading import (
    Reading,
    ReadSurvey,
    ReadTranscript,
    Sources,
    read_sources,
    sha256,
    sheet_place,
    survey_name,
)
from qualcode.store import cases, codes, documents, settings
from qualcode.store.documents import NewAnswer

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
        analysis = {
            "language": study.language,
            "unit": study.unit.value,
            "small_cell": study.small_cell,
            "not_an_answer": list(study.not_an_answer),
        }
        settings.write(project.db, "analysis", {**settings.read(project.db, "analysis", {}), **analysis})
        settings.write(project.db, "study_file", {"name": study.path.name, "sha256": sha256(study.path.read_bytes())})
        codes.load(project.db, template.codebook)
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
    sources = Sources(transcripts, surveys, "", analysis.language, analysis.not_an_answer)
    reading = read_sources(project, sources, None, None)
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


@dataclass(slots=True)
class _Person:
    """A speaker on the way into the project: found in one file or more."""

    key: str
    ident: str
    group: str
    source: str


class _Writer:
    """Puts what was read into the project; runs inside a step."""

    def __init__(self, project: Project, sources: Sources) -> None:
        self._project = project
        self._db = project.db
        self._sources = sources
        self._problems: list[Problem] = []
        self._group_names: dict[str, str] = {}
        self._files_of_ident: dict[tuple[int, str], str] = {}
        self._group_ids: dict[str, int | None] = {}

    def write(self, reading: Reading) -> ImportSummary:
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

    def _make_groups(self, reading: Reading) -> None:
        used = dict.fromkeys(self._groups_in(reading))
        listed = [name for name in self._sources.groups if name in used]
        for name in (*listed, *used):
            if name not in self._group_ids:
                self._group_ids[name] = cases.group_id(self._db, name)

    def _groups_in(self, reading: Reading) -> Iterable[str]:
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

    def _group_of_row(self, survey: ReadSurvey, row: tuple[str, ...]) -> str:
        source = survey.source
        if source.group_is:
            return self._group_named(source.group_is)
        if not source.group:
            return NO_GROUP
        return self._group_named(row[survey.table.header.index(collapsed(source.group))])

    def _group_named(self, written: str) -> str:
        """The group that a spelling means; each spelling is looked up once."""
        if written not in self._group_names:
            self._group_names[written] = self._sources.group_name(written)
        return self._group_names[written]

    # transcripts

    def _write_transcripts(self, transcripts: Sequence[ReadTranscript]) -> int:
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

    def _identity(self, read: ReadTranscript, session: str, label: str | None) -> tuple[str, ...]:
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
        read: ReadTranscript,
    ) -> None:
        known = people.get(identity)
        if known is None:
            shown = collapsed(label)
            key = shown if read.source.same_people else f"{session}:{shown}"
            people[identity] = _Person(key, shown, group, read.name)
        elif known.group != group:
            self._warn(
                read.name,
                _(
                    "The speaker {label!r} was in group {known!r} before and is in {group!r} here; the first counts."
                ).format(label=label, known=known.group, group=group),
                _("Give one of them another label, or list both labels under one group."),
            )

    def _warn_of_labels(self, read: ReadTranscript) -> None:
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
        self, read: ReadTranscript, speakers: Sequence[tuple[str | None, SpeakerRole, int | None]]
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

    def _write_survey(self, survey: ReadSurvey) -> tuple[int, int]:
        table, source, db = survey.table, survey.source, self._db
        original_id = documents.keep_original(db, survey.name, survey.content)
        questions = [cases.question_id(db, collapsed(column)) for column in source.open]
        survey_id = cases.add_survey(db, survey_name(survey.name, table), original_id, questions)
        idents = self._idents(survey)
        self._keep_closed(survey, survey_id)
        rows = [
            (f"{survey.name}:{ident}", ident, self._group_ids[self._group_of_row(survey, row)], survey_id, survey.name)
            for ident, row in zip(idents, table.rows, strict=True)
        ]
        case_ids = cases.add_cases(db, rows, self._facts(survey))
        n_without = sum(self._group_of_row(survey, row) == NO_GROUP for row in table.rows)
        if n_without:
            self._warn(
                sheet_place(survey.name, table),
                ngettext(
                    "{n} respondent has no group and counts in {none}.",
                    "{n} respondents have no group and count in {none}.",
                    n_without,
                ).format(n=n_without, none=NO_GROUP),
            )
        answers = list(self._answers(survey, case_ids, questions, original_id))
        documents.add_answers(db, answers)
        return len(rows), len(answers)

    def _keep_closed(self, survey: ReadSurvey, survey_id: int) -> None:
        """Remember what kind each closed question is, and which surveys asked it; the first kind counts."""
        kept: list[dict[str, Any]] = settings.read(self._db, "closed_questions", [])
        known = {each["column"]: each for each in kept}
        for question in survey.source.closed:
            column = collapsed(question.column)
            about = {"column": column, "kind": question.kind, "min": question.minimum, "max": question.maximum}
            if column not in known:
                known[column] = {**about, "surveys": []}
                kept.append(known[column])
            elif any(known[column][name] != value for name, value in about.items()):
                self._warn(
                    sheet_place(survey.name, survey.table),
                    _(
                        "The closed question {column!r} is of another kind or scale than before; the first counts."
                    ).format(column=column),
                    _("Say the same `kind`, `min` and `max` for it in each survey."),
                )
            known[column]["surveys"].append(survey_id)
        if kept:
            settings.write(self._db, "closed_questions", kept)

    def _idents(self, survey: ReadSurvey) -> list[str]:
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
            earlier = self._files_of_ident.setdefault((id(source), ident), survey.name)
            if earlier != survey.name:
                self._warn(
                    survey.name,
                    _("The id {ident!r} occurs in {file} too; each row counts as a respondent.").format(
                        ident=ident, file=earlier
                    ),
                    _("Correct the id in the source if they are one person."),
                )
            if len(numbers) > 1:
                self._warn(
                    sheet_place(survey.name, table),
                    _("The id {ident!r} occurs in rows {rows}; each row counts as a respondent.").format(
                        ident=ident, rows=", ".join(str(number) for number in numbers)
                    ),
                    _("Correct the id in the source if they are one person."),
                )
        return idents

    def _facts(self, survey: ReadSurvey) -> list[dict[str, str]]:
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
                sheet_place(survey.name, table),
                ngettext(
                    "{n} answer in {column!r} does not fit its scale (row {row}).",
                    "{n} answers in {column!r} do not fit their scale (the first in row {row}).",
                    len(numbers),
                ).format(n=len(numbers), column=column, row=numbers[0]),
                _("Check `min` and `max` in the study file."),
            )
        return facts

    def _answers(
        self, survey: ReadSurvey, case_ids: Sequence[int], questions: Sequence[int], original_id: int
    ) -> Iterable[NewAnswer]:
        from qualcode.importing.language import detect_language

        table = survey.table
        columns = [(table.header.index(collapsed(each)), collapsed(each)) for each in survey.source.open]
        prefix = survey_name(survey.name, table)
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
