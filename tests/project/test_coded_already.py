"""What is coded on the words of a suggestion already, as its coder is told before deciding."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qualcode.model.segment import Span
from qualcode.model.suggestion import Suggestion
from qualcode.project.project import Project
from tests.builders import add_session, make_project

WORDS = "There is no time. The room is cold."


@pytest.fixture
def document_id(tmp_path: Path) -> int:
    with make_project(tmp_path) as project:
        add_session(project, "Team", [("A", WORDS)], {"A": "Leaders"})
        return project.documents.all()[0].id


def opened(folder: Path, coder: str) -> Project:
    (path,) = folder.glob("*.qualcode")
    return Project.open(path, coder=coder)


def test_own_quotations_of_the_code_come_by_how_near_they_are(tmp_path: Path, document_id: int) -> None:
    with opened(tmp_path, "Ingrid") as project:
        time, cold = project.codebook.add("Time"), project.codebook.add("Cold")
        suggestion = Suggestion(1, document_id, time.id, Span(0, 17), "time", "time", 0.9)
        review = project.review
        assert not review.coded_already(suggestion)
        project.segments.add(document_id, Span(17, 30), time.id)
        assert not review.coded_already(suggestion), "it begins where the suggestion ends"
        project.segments.add(document_id, Span(12, 30), cold.id)
        assert review.coded_already(suggestion).other_codes == (cold.id,)
        part = project.segments.add(document_id, Span(12, 16), time.id)
        turn = project.segments.add(document_id, Span(0, 35), time.id)
        already = review.coded_already(suggestion)
        assert (already.own, already.is_same) == (turn, False)
        project.segments.remove(turn.id)
        assert review.coded_already(suggestion).own == part
        same = project.segments.add(document_id, Span(0, 17), time.id)
        already = review.coded_already(suggestion)
        assert (already.own, already.is_same, already.other_codes) == (same, True, (cold.id,))
        assert review.coded_already(replace(suggestion, span=Span(30, 35))).own is None


def test_others_are_named_unless_they_are_hidden(tmp_path: Path, document_id: int) -> None:
    with opened(tmp_path, "Kari") as project:
        time, cold = project.codebook.add("Time"), project.codebook.add("Cold")
        for code in (time, cold):
            project.segments.add(document_id, Span(3, 17), code.id)
        kari = project.coder.id
    with opened(tmp_path, "Ingrid") as project:
        suggestion = Suggestion(1, document_id, time.id, Span(0, 17), "time", "time", 0.9)
        already = project.review.coded_already(suggestion)
        assert (already.own, already.others, already.other_codes) == (None, ("Kari",), ())
        assert not project.review.coded_already(suggestion, hidden_coders=[kari])
