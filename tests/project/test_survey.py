"""A survey is read as rows and coded by whole answers, many of them in one step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import QualcodeError
from qualcode.model.case import NO_GROUP
from qualcode.model.codebook import MatchRule
from qualcode.model.segment import Span
from qualcode.project.project import Project
from qualcode.project.survey import NO_DOCUMENT
from qualcode.store.schema import document
from tests.builders import add_session, add_survey, code_words, make_code, make_codebook, make_project

ROWS = [
    ("1", "Leaders", {"Why?": "No time, no room.", "More?": "Room"}),
    ("2", "Staff", {"Why?": "no", "More?": ""}),
    ("3", "", {"Why?": "", "More?": "The TIME of day"}),
    ("4", "Staff", {"Why?": "time 😀", "More?": "no"}),
]
FACTS = [{"Age": "40"}, {}, {"Age": "7"}, {"Age": "35", "Place": "North"}]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    rules = {key: [MatchRule(any=(key,))] for key in ("time", "room")}
    codebook = make_codebook(*(make_code(key, rules=rule) for key, rule in rules.items()))
    with make_project(tmp_path, codebook) as project:
        add_session(project, "Team", [("A", "There is no time.")], {"A": "Leaders"})
        add_survey(project, ROWS, FACTS)
        yield project


def answers_to(project: Project, question: str) -> dict[str, int]:
    """Document ids by the respondents' ids; blank answers are left out."""
    (asked,) = (each for each in project.survey.questions() if each.text == question)
    rows = project.survey.rows(asked.id)
    return {ident: id for ident, id in zip(rows.idents, rows.document_ids, strict=True) if id != NO_DOCUMENT}


def code_id(project: Project, key: str) -> int:
    return project.codebook.by_key_or_name(key).id


def test_rows_hold_all_who_were_asked_and_nobody_else(project: Project) -> None:
    why, more = project.survey.questions()
    assert [(why.text, why.n_asked), (more.text, more.n_asked)] == [("Why?", 4), ("More?", 4)]
    rows = project.survey.rows(why.id)
    assert len(rows) == 4
    assert rows.idents == ["1", "2", "3", "4"]
    assert rows.groups == ["Leaders", "Staff", NO_GROUP, "Staff"]
    assert rows.counts == [True, False, False, True]
    assert rows.lengths == [17, 2, 0, 6]
    texts = project.documents.texts([each for each in rows.document_ids if each])
    assert [texts.get(each, "") for each in rows.document_ids] == ["No time, no room.", "no", "", "time 😀"]


def test_answers_to_each_question_of_a_file_come_together_with_groups_and_languages(project: Project) -> None:
    with project.step("Say that one answer is in Bokmål"):
        table = document.update().where(document.c.id == answers_to(project, "Why?")["2"])
        project.db.connection.execute(table.values(language="nb"))
    why, more = project.documents.by_question()
    of_why, of_more = project.documents.answer_kinds().values()
    assert (why.file, why.question, more.file, more.question) == ("survey.csv", "Why?", "survey.csv", "More?")
    assert why.document_ids == tuple(answers_to(project, "Why?").values())
    assert more.document_ids == tuple(answers_to(project, "More?").values())
    assert of_why.languages == {"en": 2, "nb": 1}
    assert list(of_why.groups.items()) == [("Leaders", 1), ("Staff", 1)]  # "no" answers nothing
    assert list(of_more.groups.items()) == [("Leaders", 1), (NO_GROUP, 1)]


def test_closed_answers_come_by_column(project: Project) -> None:
    assert project.survey.closed_names() == ["Age", "Place"]
    rows = project.survey.rows(project.survey.questions()[0].id)
    ages = project.survey.closed_values("Age")
    assert [ages.get(case) for case in rows.case_ids] == ["40", None, "7", "35"]


def test_words_are_found_in_capitals_or_not(project: Project) -> None:
    why, more = project.survey.questions()
    assert project.survey.find(more.id, "time") == {answers_to(project, "More?")["3"]}
    assert project.survey.find(why.id, "ROOM") == {answers_to(project, "Why?")["1"]}


def test_many_answers_are_coded_in_one_step_and_what_is_none_is_passed_over(project: Project) -> None:
    why = answers_to(project, "Why?")
    time = code_id(project, "time")
    code_words(project, "survey.csv#!2:Why?", "time", "time")
    steps = len(project.history())
    assert project.survey.code([*why.values()], time) == 1, "the first has it already, the second is no answer"
    assert len(project.history()) == steps + 1
    (made,) = project.segments.of_document(why["4"])
    assert made.span == Span(0, 6)
    assert project.undo() == "Code 1 quotation"
    assert project.segments.of_document(why["4"]) == []


def test_a_span_that_is_coded_so_already_is_not_added_twice(project: Project) -> None:
    document = answers_to(project, "Why?")["1"]
    time = code_id(project, "time")
    places = [(document, Span(0, 2)), (document, Span(3, 7)), (document, Span(0, 2))]
    project.segments.add(document, Span(3, 7), time)
    assert project.segments.add_many(places, time) == 1
    assert [each.span for each in project.segments.of_document(document)] == [Span(0, 2), Span(3, 7)]


def test_codes_stand_beside_their_answers(project: Project) -> None:
    why = project.survey.questions()[0]
    ids = answers_to(project, "Why?")
    project.review.suggest()
    time, room = code_id(project, "time"), code_id(project, "room")
    project.survey.code([ids["1"]], room)
    code_words(project, "survey.csv#!2:Why?", "room", "room", coder="Ola")
    codes = project.survey.codes(why.id)
    assert codes.coded == {ids["1"]: str(room)}
    assert {document: set(found.split(",")) for document, found in codes.waiting.items()} == {
        ids["1"]: {str(time), str(room)},
        ids["4"]: {str(time)},
    }
    own = [coder.id for coder in project.coders() if coder.name == project.coder_name]
    assert project.survey.codes(why.id, hidden_coders=own).coded == {ids["1"]: str(room)}, "Ola coded it too"
    others = [coder.id for coder in project.coders()]
    assert project.survey.codes_of([ids["1"]], hidden_coders=others).coded == {}
    some = project.survey.codes_of([ids["4"]])
    assert (some.coded, some.waiting) == ({}, {ids["4"]: str(time)})


def test_suggestions_of_several_answers_are_decided_in_one_step(project: Project) -> None:
    ids = answers_to(project, "Why?")
    project.review.suggest()
    before = project.review.n_pending()
    assert project.survey.accept([ids["1"], ids["4"]]) == 3
    assert project.review.n_pending() == before - 3
    project.undo()
    assert project.review.n_pending() == before
    assert project.survey.reject([ids["4"]]) == 1
    assert project.survey.accept([ids["4"], ids["2"]]) == 0
    assert project.segments.count() == 0


def test_a_code_is_taken_off_but_not_from_under_another_coder(project: Project) -> None:
    ids = answers_to(project, "Why?")
    time = code_id(project, "time")
    code_words(project, "survey.csv#!2:Why?", "time", "time", coder="Ola")
    with pytest.raises(QualcodeError, match="Another coder"):
        project.survey.uncode([ids["1"]], time)
    project.survey.code([ids["1"], ids["4"]], time)
    assert project.survey.uncode([ids["1"], ids["4"]], time) == 2
    assert project.segments.count() == 1
    project.undo()
    assert project.segments.count() == 3


def test_what_the_rules_coded_unread_can_be_taken_off(project: Project) -> None:
    ids = answers_to(project, "Why?")
    project.review.suggest()
    project.review.accept_all()
    assert project.survey.uncode([ids["4"]], code_id(project, "time")) == 1


def test_five_hundred_and_more_at_once(project: Project) -> None:
    add_survey_of(project, 1300)
    ids = [each.id for each in project.documents.all() if each.question == "Long?"]
    assert project.survey.code(ids, code_id(project, "time")) == 1300
    project.undo()
    assert project.segments.count() == 0


def test_reading_rows_takes_no_look_at_each_answer_for_each_respondent(project: Project) -> None:
    add_survey_of(project, 1300)
    (long,) = (each for each in project.survey.questions() if each.text == "Long?")
    connection = project.db.connection.connection.dbapi_connection
    assert connection is not None
    hundreds_of_steps: list[None] = []
    connection.set_progress_handler(lambda: hundreds_of_steps.append(None), 100)
    assert len(project.survey.rows(long.id)) == 1300
    connection.set_progress_handler(None, 0)
    assert len(hundreds_of_steps) < 1300  # a hundred steps of SQLite a respondent; thirteen thousand, the other way


def add_survey_of(project: Project, n: int) -> None:
    """A second survey with many answers."""
    from qualcode.store import cases, documents
    from qualcode.store.documents import NewAnswer

    db = project.db
    with project.step("Add survey"):
        original = documents.keep_original(db, "long.csv", b"long")
        question = cases.question_id(db, "Long?")
        survey = cases.add_survey(db, "long.csv#", original, [question])
        rows = [(f"long:{number}", str(number), None, survey, "long.csv") for number in range(n)]
        ids = cases.add_cases(db, rows, [{}] * n)
        documents.add_answers(
            db, [NewAnswer(f"long.csv#!{each}:Long?", "time", each, question, original, "en", True) for each in ids]
        )
