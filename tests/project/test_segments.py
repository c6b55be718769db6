"""Segments are read for many documents at once, and get other extents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import QualcodeError
from qualcode.model.codebook import MatchRule
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
