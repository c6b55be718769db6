"""Segments are read for many documents at once, and get other extents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import QualcodeError
from qualcode.model.codebook import MatchRule
from qualcode.model.memo import Subject, SubjectKind
from qualcode.model.segment import Span
from qualcode.project.project import Project
from tests.builders import add_session, add_survey, code_words, make_code, make_codebook, make_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    codebook = make_codebook(make_code("time", rules=[MatchRule(any=("time",))]), make_code("money"))
    with make_project(tmp_path, codebook) as project:
        add_session(project, "Team", [("A", "There is no time. The rent is high.")], {"A": "Leaders"})
        add_survey(project, [(str(n), "Staff", {"Why?": f"{n} time"}) for n in range(1200)])
        yield project


def test_many_documents_are_read_at_once(project: Project) -> None:
    ids = [document.id for document in project.documents.all()]
    code_words(project, "Team.txt", "rent", "money")
    code_words(project, "survey.csv#!1201:Why?", "time", "time")
    texts = project.documents.texts(ids)
    assert texts == {each: project.documents.text(each) for each in ids}
    assert project.documents.texts(ids[:2]).keys() == set(ids[:2])
    singly = [segment for each in ids for segment in project.segments.of_document(each)]
    assert project.segments.of_documents(ids) == singly
    assert len(singly) == 2
    assert project.segments.of_documents([ids[1]]) == []
    project.review.suggest()
    waiting = [suggestion for each in ids for suggestion in project.review.of_document(each)]
    assert project.review.of_documents(ids) == waiting
    assert len(waiting) > 1000
    project.review.reject([waiting[0].id])
    assert project.review.of_documents(ids) == waiting[1:]


def test_a_segment_is_widened_and_undone(project: Project) -> None:
    segment_id = code_words(project, "Team.txt", "time", "time")
    made = project.segments.resize(segment_id, Span(9, 16))
    assert (made.id, made.span) == (segment_id, Span(9, 16))
    assert [segment.span for segment in project.segments.of_document(1)] == [Span(9, 16)]
    assert project.undo_name == "Change extent"
    project.undo()
    assert [segment.span for segment in project.segments.of_document(1)] == [Span(12, 16)]


def test_a_segment_that_grows_into_its_double_becomes_one_with_it(project: Project) -> None:
    small = code_words(project, "Team.txt", "time", "time")
    large = code_words(project, "Team.txt", "no time", "time")
    others = code_words(project, "Team.txt", "no time", "time", coder="Ola")
    assert project.segments.resize(small, Span(9, 16)).id == large
    assert {segment.id for segment in project.segments.of_document(1)} == {large, others}


def test_an_extent_that_stays_is_no_step(project: Project) -> None:
    segment_id = code_words(project, "Team.txt", "time", "time")
    before = len(project.history())
    assert project.segments.resize(segment_id, Span(12, 16)).id == segment_id
    assert len(project.history()) == before


def test_an_extent_outside_the_text_and_a_segment_that_is_gone_are_refused(project: Project) -> None:
    segment_id = code_words(project, "Team.txt", "time", "time")
    with pytest.raises(QualcodeError):
        project.segments.resize(segment_id, Span(12, 9999))
    with pytest.raises(QualcodeError):
        project.segments.resize(999, Span(1, 2))


def quoted(project: Project) -> list[str]:
    text = project.documents.text(1)
    return [text[each.span.start : each.span.end] for each in project.segments.of_document(1)]


def test_a_quotation_is_cut_in_two_and_its_memo_stays_with_the_first(project: Project) -> None:
    segment_id = code_words(project, "Team.txt", "no time. The rent", "time")
    project.memos.add(Subject(SubjectKind.SEGMENT, segment_id), content="Why?")
    first, second = project.segments.split(segment_id, project.documents.text(1).index("The rent"))
    assert quoted(project) == ["no time.", "The rent"]
    assert (first.id, second.origin, second.code_id) == (segment_id, first.origin, first.code_id)
    assert [memo.subject.id for memo in project.memos.all()] == [segment_id]
    assert project.undo_name == "Split quotation"
    project.undo()
    assert quoted(project) == ["no time. The rent"]


def test_a_cut_inside_a_word_is_made_at_its_nearer_end(project: Project) -> None:
    segment_id = code_words(project, "Team.txt", "no time. The rent", "time")
    text = project.documents.text(1)
    for inside, parts in (("e rent", ["no time. The", "rent"]), ("he rent", ["no time.", "The rent"])):
        project.segments.split(segment_id, text.index(inside))
        assert quoted(project) == parts
        project.undo()


def test_there_must_be_words_on_both_sides_of_a_cut(project: Project) -> None:
    segment_id = code_words(project, "Team.txt", "time. ", "time")
    steps = project.history()
    for position in (0, 12, 17, 18, 30):
        with pytest.raises(QualcodeError, match="no words to split off"):
            project.segments.split(segment_id, position)
    assert project.history() == steps


def test_two_quotations_of_one_code_that_stand_together_become_one(project: Project) -> None:
    second = code_words(project, "Team.txt", "The rent", "time")
    first = code_words(project, "Team.txt", "no time", "time")
    for id in (first, second):
        project.memos.add(Subject(SubjectKind.SEGMENT, id), content=str(id))
    neighbour = project.segments.neighbour(first)
    assert neighbour is not None
    assert neighbour.id == second
    merged = project.segments.merge(second, first)
    assert quoted(project) == ["no time. The rent"]
    assert [memo.subject.id for memo in project.memos.all()] == [merged.id] * 2
    assert project.undo_name == "Join quotations"
    project.undo()
    assert quoted(project) == ["no time", "The rent"]


def test_a_quotation_that_overlaps_is_joined_before_the_next_one(project: Project) -> None:
    around = code_words(project, "Team.txt", "no time", "time")
    inside = code_words(project, "Team.txt", "time", "time")
    code_words(project, "Team.txt", "The rent", "time")
    neighbour = project.segments.neighbour(inside)
    assert neighbour is not None and neighbour.id == around


def test_quotations_with_words_between_or_of_others_are_not_joined(project: Project) -> None:
    one = code_words(project, "Team.txt", "no", "time")
    for words, code, coder in (("The rent", "time", "Kari"), ("time", "money", "Kari"), ("time", "time", "Ola")):
        other = code_words(project, "Team.txt", words, code, coder)
        assert project.segments.neighbour(one) is None
        with pytest.raises(QualcodeError, match="side by side"):
            project.segments.merge(one, other)


def test_joined_quotations_that_fill_a_third_one_are_one_with_it(project: Project) -> None:
    whole = code_words(project, "Team.txt", "no time. The rent", "time")
    first, second = (
        code_words(project, "Team.txt", "no time", "time"),
        code_words(project, "Team.txt", "The rent", "time"),
    )
    assert project.segments.merge(first, second).id == whole
    assert quoted(project) == ["no time. The rent"]


def test_who_opens_a_project_in_other_letters_is_the_same_coder(tmp_path: Path) -> None:
    with make_project(tmp_path, make_codebook(make_code("time"))) as project:
        add_session(project, "Team", [("A", "There is no time.")], {"A": "Leaders"})
        project.segments.add(1, Span(0, 5), project.codebook.current().codes[0].id)
        own = project.coder
    with Project.open(tmp_path / "test.qualcode", coder="KARI") as project:
        assert project.coder == own
    with Project.open(tmp_path / "test.qualcode", coder="Karin") as project:
        assert project.coder.id == 0
