"""Puts surveys that were read into the project: new ones whole, of a further wave only what is new in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from qualcode.files.study_file import ClosedQuestion
from qualcode.i18n import _, collapsed, folded, ngettext
from qualcode.model.alignment import align
from qualcode.model.carrying import Tally
from qualcode.model.case import NO_GROUP
from qualcode.model.words import is_answer
from qualcode.project.import_context import ImportContext
from qualcode.project.import_summary import SurveyWave
from qualcode.project.study_reading import OpenColumn, ReadSurvey, sheet_place, survey_name
from qualcode.project.survey_matching import RowContent, matched
from qualcode.store import cases, documents, settings, survey_waves, text_versions
from qualcode.store.documents import NewAnswer
from qualcode.store.survey_waves import KnownRespondent

_ROW_IN_NAME = re.compile(r"!(\d+):")
_ROWS_AT_ONCE = 500  # of a survey, in one piece of work


class _Column(NamedTuple):
    """A column of open answers, as the project knows its question."""

    position: int
    header: str
    question_id: int
    languages: Sequence[str]
    is_answer: Sequence[bool]

    @classmethod
    def of(cls, column: OpenColumn, question_id: int) -> _Column:
        return cls(column.position, column.header, question_id, column.languages, column.is_answer)


@dataclass(slots=True)
class _Wave:
    """What a further wave brings."""

    answers: list[NewAnswer] = field(default_factory=list)
    facts: dict[int, dict[str, str]] = field(default_factory=dict)
    n_changed: int = 0
    n_withdrawn: int = 0
    n_other_group: int = 0
    quotations: Tally = field(default_factory=Tally)


class SurveyWriter:
    """Writes surveys; runs inside a step."""

    def __init__(self, context: ImportContext) -> None:
        self._context = context
        self._db = context.db
        self._files_of_ident: dict[tuple[int, str], str] = {}
        self.n_respondents = 0
        self.n_answers = 0
        self.waves: list[SurveyWave] = []

    def write(self, survey: ReadSurvey) -> Iterator[None]:
        """Write one survey, in as many pieces as `n_pieces` says."""
        db = self._db
        original_id = documents.keep_original(db, survey.name, survey.content)
        questions = [_Column.of(each, cases.question_id(db, each.header)) for each in survey.open]
        idents = self._idents(survey)
        if survey.known is None:
            name = survey_name(survey.name, survey.table)
            survey_id = cases.add_survey(db, name, original_id, [each.question_id for each in questions])
        else:
            survey_id = survey.known
            survey_waves.add_file(db, survey_id, original_id)
            survey_waves.add_questions(db, survey_id, [each.question_id for each in questions])
        for name, content in survey.companions:
            survey_waves.add_file(db, survey_id, documents.keep_original(db, name, content))
        self._keep_closed(survey, survey_id)
        facts = self._facts(survey)
        if survey.known is None:
            every = range(len(survey.table.rows))
            yield from self._add(survey, survey_id, questions, original_id, every, idents, facts)
        else:
            yield from self._write_wave(survey, survey_id, questions, original_id, idents, facts)

    def _add(
        self,
        survey: ReadSurvey,
        survey_id: int,
        questions: Sequence[_Column],
        original_id: int,
        numbers: Sequence[int],
        idents: Sequence[str],
        facts: Sequence[Mapping[str, str]],
    ) -> Iterator[None]:
        """Add some rows as new respondents, with their answers."""
        context = self._context
        groups = context.groups_of_rows(survey)
        taken = cases.keys(self._db)
        for first in range(0, len(numbers), _ROWS_AT_ONCE):
            some = numbers[first : first + _ROWS_AT_ONCE]
            rows = [
                (f"{survey.name}:{idents[at]}", idents[at], context.group_id(groups[at]), survey_id, survey.name)
                for at in some
            ]
            case_ids = cases.add_cases(self._db, rows, [facts[at] for at in some], taken)
            answers = [
                answer
                for at, case_id in zip(some, case_ids, strict=True)
                for answer in self._answers(survey, at, case_id, questions, original_id)
            ]
            self._add_answers(answers, may_be_taken=survey.known is not None)
            self.n_respondents += len(case_ids)
            yield
        context.warn_of_missing_groups(survey, survey.table, sum(groups[at] == NO_GROUP for at in numbers))

    def _add_answers(self, answers: Sequence[NewAnswer], *, may_be_taken: bool) -> None:
        if may_be_taken:  # rows may stand in another order than in the wave before
            names = survey_waves.free_names(self._db, [each.name for each in answers])
            answers = [each._replace(name=name) for each, name in zip(answers, names, strict=True)]
        documents.add_answers(self._db, answers)
        self.n_answers += sum(each.is_answer for each in answers)

    # a survey that is there already

    def _write_wave(
        self,
        survey: ReadSurvey,
        survey_id: int,
        questions: Sequence[_Column],
        original_id: int,
        idents: Sequence[str],
        facts: Sequence[Mapping[str, str]],
    ) -> Iterator[None]:
        table = survey.table
        known = survey_waves.respondents(self._db, survey_id)
        places = self._match(survey, questions, idents, facts, known)
        wave = _Wave()
        groups = self._context.groups_of_rows(survey)
        for at, place in enumerate(places):
            if at % _ROWS_AT_ONCE == _ROWS_AT_ONCE - 1:
                yield
            if place is None:
                continue
            wave.n_other_group += folded(groups[at]) not in (folded(known[place].group), folded(NO_GROUP))
            self._compare(survey, at, known[place], questions, original_id, wave)
            changed = {name: value for name, value in facts[at].items() if known[place].facts.get(name) != value}
            if changed:
                wave.facts[known[place].id] = changed
        survey_waves.set_facts(self._db, wave.facts)
        n_before, n_answers = self.n_respondents, self.n_answers
        self._add_answers(wave.answers, may_be_taken=True)
        new = [at for at, place in enumerate(places) if place is None]
        n_new_answers = self.n_answers - n_answers
        yield from self._add(survey, survey_id, questions, original_id, new, idents, facts)
        n_known = len(table.rows) - len(new)
        self._warn_of_groups(survey, wave.n_other_group)
        self.waves.append(
            SurveyWave(
                survey.name,
                n_new=self.n_respondents - n_before,
                n_known=n_known,
                n_missing=len(known) - n_known,
                n_new_answers=n_new_answers,
                n_changed=wave.n_changed,
                n_withdrawn=wave.n_withdrawn,
                n_closed=sum(map(len, wave.facts.values())),
                quotations=wave.quotations,
            )
        )

    def _match(
        self,
        survey: ReadSurvey,
        questions: Sequence[_Column],
        idents: Sequence[str],
        facts: Sequence[Mapping[str, str]],
        known: Sequence[KnownRespondent],
    ) -> list[int | None]:
        """Which known respondent each row is. Only questions that were asked before can tell."""
        table = survey.table
        id_column = table.header.index(collapsed(survey.source.respondent)) if survey.source.respondent else None
        asked = {question_id for each in known for question_id in each.answers}
        named = {name for each in known for name in each.facts}
        columns = [(each.position, each.question_id) for each in questions if each.question_id in asked]
        closed = {collapsed(each.column) for each in survey.source.closed} & named
        rows = [
            RowContent(
                ident if id_column is not None and row[id_column].strip() else "",
                True,
                number,
                {question_id: row[position] for position, question_id in columns if row[position].strip()},
                {name: value for name, value in values.items() if name in closed},
            )
            for ident, number, row, values in zip(idents, table.row_numbers, table.rows, facts, strict=True)
        ]
        wanted = {question_id for _position, question_id in columns}
        before = [
            RowContent(
                each.ident,
                not each.ident.endswith(f" {_row_number(each)}"),
                _row_number(each),
                {question_id: answer.in_file for question_id, answer in each.answers.items() if question_id in wanted},
                {name: value for name, value in each.facts.items() if name in closed},
            )
            for each in known
        ]
        return matched(rows, before, by_ident=id_column is not None)

    def _compare(
        self,
        survey: ReadSurvey,
        at: int,
        known: KnownRespondent,
        questions: Sequence[_Column],
        original_id: int,
        wave: _Wave,
    ) -> None:
        """Take over what a known respondent answers otherwise in the new file, or answers for the first time."""
        given = {answer.question_id: answer for answer in self._answers(survey, at, known.id, questions, original_id)}
        for question_id in (each.question_id for each in questions):
            before, answer = known.answers.get(question_id), given.get(question_id)
            if before is None and answer is not None:
                wave.answers.append(answer)
            elif before is not None and answer is None:
                wave.n_withdrawn += 1
            elif before is not None and answer is not None and answer.content not in (before.in_file, before.content):
                alignment = align(before.content, answer.content)
                tally = text_versions.replace_text(
                    self._db,
                    before.document_id,
                    alignment,
                    (),
                    coder_id=self._context.coder_id,
                    original_id=original_id,
                )
                text_versions.set_is_answer(self._db, before.document_id, answer.is_answer)
                text_versions.set_reading(self._db, before.document_id, answer.language, ())
                wave.n_changed += 1
                wave.quotations += tally

    def _warn_of_groups(self, survey: ReadSurvey, n: int) -> None:
        if n:
            self._context.warn(
                sheet_place(survey.name, survey.table),
                ngettext(
                    "{n} respondent stands in another group here than in the project; the project's group counts.",
                    "{n} respondents stand in another group here than in the project; the project's groups count.",
                    n,
                ).format(n=n),
            )

    # what stands in a table

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
                self._context.warn(
                    sheet_place(survey.name, survey.table),
                    _(
                        "The closed question {column!r} is of another kind or scale than before; the first counts."
                    ).format(column=column),
                    _("Say the same `kind`, `min` and `max` for it in each survey."),
                )
            if survey_id not in known[column]["surveys"]:
                known[column]["surveys"].append(survey_id)
        if kept:
            settings.write(self._db, "closed_questions", kept)

    def _idents(self, survey: ReadSurvey) -> list[str]:
        """The id of each row as the source has it, the row's number where it has none."""
        from qualcode.exporting.wording import in_language

        table, source = survey.table, survey.source
        row_name = in_language(self._context.sources.language)("row {number}")  # stands beside quotations in the report
        if not source.respondent:
            return [row_name.format(number=number) for number in table.row_numbers]
        position = table.header.index(collapsed(source.respondent))
        idents = [
            collapsed(row[position]) or row_name.format(number=number)
            for row, number in zip(table.rows, table.row_numbers, strict=True)
        ]
        rows_of: dict[str, list[int]] = {}
        for ident, number in zip(idents, table.row_numbers, strict=True):
            rows_of.setdefault(ident, []).append(number)
        for ident, numbers in rows_of.items():
            earlier = self._files_of_ident.setdefault((id(source), ident), survey.name)
            if earlier != survey.name:
                self._context.warn(
                    survey.name,
                    _("The id {ident!r} occurs in {file} too; each row counts as a respondent.").format(
                        ident=ident, file=earlier
                    ),
                    _("Correct the id in the source if they are one person."),
                )
            if len(numbers) > 1:
                self._context.warn(
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
                    if not _fits(value, question) and is_answer(value, self._context.sources.not_an_answer):
                        strange.setdefault(question.column, []).append(number)
            facts.append(values)
        for column, numbers in strange.items():
            self._context.warn(
                sheet_place(survey.name, table),
                ngettext(
                    "{n} answer in {column!r} does not fit its scale (row {row}).",
                    "{n} answers in {column!r} do not fit their scale (the first in row {row}).",
                    len(numbers),
                ).format(n=len(numbers), column=column, row=numbers[0]),
                _("Check `min` and `max` in the study file."),
            )
        return facts

    @staticmethod
    def _answers(
        survey: ReadSurvey, at: int, case_id: int, questions: Sequence[_Column], original_id: int
    ) -> Iterable[NewAnswer]:
        """The open answers in a row, blank ones left out."""
        table = survey.table
        row, place = table.rows[at], f"{survey_name(survey.name, table)}!{table.row_numbers[at]}"
        for position, header, question_id, languages, counts in questions:
            content = row[position]
            if content and not content.isspace():
                name = f"{place}:{header}"
                yield NewAnswer(name, content, case_id, question_id, original_id, languages[at], counts[at])


def n_pieces(survey: ReadSurvey) -> int:
    """In about how many pieces a survey is written."""
    return 1 + (len(survey.table.rows) - 1) // _ROWS_AT_ONCE


def _row_number(known: KnownRespondent) -> int | None:
    """The row in which a respondent stood, as the names of the answers say."""
    found = (_ROW_IN_NAME.search(answer.name) for answer in known.answers.values())
    return next((int(each.group(1)) for each in found if each is not None), None)


def _fits(value: str, question: ClosedQuestion) -> bool:
    if question.kind != "scale":
        return True
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        return False
    low = question.minimum is None or number >= question.minimum
    return low and (question.maximum is None or number <= question.maximum)
