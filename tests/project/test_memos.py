"""Memos: on what, by whom, one step a session, and kept when codes are merged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import QualcodeError, StoreError
from qualcode.model.memo import PROJECT, Subject, SubjectKind
from qualcode.model.segment import Span
from qualcode.project.project import Project
from qualcode.store import segments
from tests.builders import add_session, code_words, make_project

SAID = "The price is high. Time is short."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path) as made:
        add_session(made, "Shift A", [("Ann", SAID)], {"Ann": "Baker"})
        yield made


def code_id(project: Project, key: str) -> int:
    return next(code.id for code in project.codebook.current().codes if code.key == key)


def test_a_memo_is_on_each_kind_of_thing_and_says_which(project: Project) -> None:
    segment = code_words(project, "Shift A.txt", "price is high", "price")
    document = project.documents.all()[0].id
    ann = project.respondents.all()[0]
    subjects = {
        PROJECT: "",
        Subject(SubjectKind.DOCUMENT, document): "Shift A.txt",
        Subject(SubjectKind.RESPONDENT, ann.id): ann.key,
        Subject(SubjectKind.CODE, code_id(project, "time")): "Time",
        Subject(SubjectKind.SEGMENT, segment): "price is high",
    }
    for number, subject in enumerate(subjects):
        memo = project.memos.add(subject, f"note {number}", title="T")
        assert (memo.coder, memo.subject, memo.title) == ("Kari", subject, "T")
        assert project.memos.of(subject) == [memo]
    assert [entry.subject for entry in project.memos.entries()] == list(subjects.values())
    assert project.memos.journal() == [project.memos.all()[0]]
    assert project.memos.subjects(SubjectKind.SEGMENT) == {segment}
    last = project.memos.rows()[-1]
    assert (last["on"], last["document"], last["start"], last["end"], last["code"]) == (
        "segment",
        "Shift A.txt",
        4,
        17,
        "price",
    )
    assert project.undo_name == "Write memo"


def test_what_is_gone_or_blank_gets_no_memo(project: Project) -> None:
    with pytest.raises(QualcodeError):
        project.memos.add(PROJECT, "  ")
    for kind in SubjectKind:
        if kind is not SubjectKind.PROJECT:
            with pytest.raises(QualcodeError):
                project.memos.add(Subject(kind, 999), "x")
    with pytest.raises(QualcodeError):
        project.memos.change(5, "x")


def test_all_that_is_typed_in_one_session_is_one_step(project: Project) -> None:
    before = len(project.history())
    session = project.memos.session(PROJECT)
    for typed in ("W", "Wh", "Why", "Why?"):
        session.write(typed, "")
    assert [memo.content for memo in project.memos.all()] == ["Why?"]
    assert len(project.history()) == before + 1
    project.undo()
    assert project.memos.all() == []
    project.redo()
    assert [memo.content for memo in project.memos.all()] == ["Why?"]


def test_a_session_on_an_older_memo_goes_back_to_its_old_words(project: Project) -> None:
    memo = project.memos.add(PROJECT, "old", title="T")
    session = project.memos.session(PROJECT, memo)
    session.write("new", "T")
    session.write("newer", "U")
    assert project.undo() == "Change memo"
    assert project.memos.all() == [memo]
    project.redo()
    assert [(each.content, each.title) for each in project.memos.all()] == [("newer", "U")]


def test_what_the_next_coder_types_in_a_session_is_a_step_of_theirs(project: Project) -> None:
    session = project.memos.session(PROJECT)
    project.code_as("Ingrid")
    session.write("one", "")
    first = project.last_step_id
    project.code_as("Ola")
    session.write("one two", "")
    assert project.last_step_id != first
    session.write("one two three", "")
    project.undo()
    assert [memo.content for memo in project.memos.all()] == ["one"]


def test_coders_whose_names_differ_in_case_alone_are_told_apart(project: Project) -> None:
    for name in ("kari", "Kari"):
        with project.step("Code"):
            segments.coder_for(project.db, name)
    with project.step("Code"):
        segments.coder_for(project.db, "auto", is_person=False)
        segments.coder_for(project.db, "Auto")
    assert [project.code_as(name) for name in ("Kari", "kari", "Auto")] == ["Kari", "kari", "Auto"]
    assert project.code_as("AUTO") == "Auto"


def test_another_step_in_between_makes_a_new_one(project: Project) -> None:
    session = project.memos.session(PROJECT)
    session.write("one", "")
    project.segments.add(project.documents.all()[0].id, Span(0, 3), code_id(project, "time"))
    session.write("two", "")
    assert project.undo() == "Change memo"
    assert [memo.content for memo in project.memos.all()] == ["one"]
    session = project.memos.session(PROJECT, project.memos.all()[0])
    session.write("three", "")  # while "two" could be done again
    assert project.redo_name is None and project.undo_name == "Change memo"


def test_a_memo_that_is_emptied_is_taken_away_and_comes_back(project: Project) -> None:
    session = project.memos.session(PROJECT)
    assert session.write(" ", "") is None and project.undo_name != "Write memo"
    session.write("a", "")
    session.write("", "")
    assert project.memos.all() == []
    assert project.undo() == "Remove memo"
    assert [memo.content for memo in project.memos.all()] == ["a"]


def test_a_million_characters_are_kept(project: Project) -> None:
    text = "ord 😀 " * 160_000
    session = project.memos.session(PROJECT)
    session.write(text, "")
    session.write(text + "!", "")
    assert project.memos.all()[0].content == text + "!"
    project.undo()
    project.redo()
    assert project.memos.all()[0].content == text + "!"


def test_merging_codes_keeps_the_memos_of_both_and_of_quotations_that_become_one(project: Project) -> None:
    source, target = code_id(project, "cost"), code_id(project, "time")
    one = code_words(project, "Shift A.txt", "price is high", "cost")
    other = code_words(project, "Shift A.txt", "price is high", "time")
    project.memos.add(Subject(SubjectKind.CODE, source), "on the code")
    project.memos.add(Subject(SubjectKind.SEGMENT, one), "on the quotation")
    assert project.codebook.holdings(source).n_memos == 2
    before = project.memos.all()
    project.codebook.merge(source, target)
    assert [memo.subject for memo in project.memos.all()] == [
        Subject(SubjectKind.CODE, target),
        Subject(SubjectKind.SEGMENT, other),
    ]
    project.undo()
    assert project.memos.all() == before


def test_recoding_onto_a_quotation_that_is_there_keeps_the_memo(project: Project) -> None:
    one = code_words(project, "Shift A.txt", "price is high", "cost")
    other = code_words(project, "Shift A.txt", "price is high", "time")
    project.memos.add(Subject(SubjectKind.SEGMENT, one), "kept")
    project.segments.recode(one, code_id(project, "time"))
    assert [memo.subject.id for memo in project.memos.all()] == [other]


def test_deleting_a_code_takes_its_memos_along_and_undo_brings_them_back(project: Project) -> None:
    segment = code_words(project, "Shift A.txt", "price is high", "cost")
    project.memos.add(Subject(SubjectKind.CODE, code_id(project, "cost")), "a")
    project.memos.add(Subject(SubjectKind.SEGMENT, segment), "b")
    before = project.memos.all()
    project.codebook.delete(code_id(project, "cost"))
    assert project.memos.all() == []
    project.undo()
    assert project.memos.all() == before


def test_a_memo_that_is_typed_while_steps_are_undone_in_pieces_waits(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        writing = project.memos.session(PROJECT)
        writing.write("First.", "")
        pieces = project.going_to(0)
        next(pieces)
        with pytest.raises(StoreError, match="Other work"):
            writing.write("First. Second.", "")
        pieces.close()
        writing.write("First. Second.", "")
        assert [each.content for each in project.memos.all()] == ["First. Second."]
