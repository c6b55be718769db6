"""Rules suggest, coders decide, and a decision is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import CancelledError, QualcodeError
from qualcode.model.codebook import MatchRule
from qualcode.model.document import SpeakerRole
from qualcode.model.segment import Origin, Span
from qualcode.model.suggestion import Status
from qualcode.project.project import Project
from tests.builders import add_session, add_survey, make_code, make_codebook, make_project

SAID = [
    ("M", "How much time is there?"),
    ("A", "There is no time. The rent is high."),
    ("B", "We have time and money."),
]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    codebook = make_codebook(
        make_code("time", rules=[MatchRule(any=("time",))]),
        make_code("money", rules=[MatchRule(any=("rent", "money"))]),
    )
    with make_project(tmp_path, codebook) as project:
        add_session(project, "Team", SAID, {"M": SpeakerRole.MODERATOR, "A": "Leaders", "B": "Staff"})
        add_survey(project, [("1", "Leaders", {"Why?": "time"}), ("2", "Staff", {"Why?": "nei"})])
        yield project


def texts(project: Project) -> list[str]:
    return [
        project.documents.text(document.id)[suggestion.span.start : suggestion.span.end]
        for document in project.documents.all()
        for suggestion in project.review.of_document(document.id)
    ]


def test_suggestions_are_sentences_of_respondents_and_no_codings(project: Project) -> None:
    assert project.review.suggest() == 5
    assert texts(project) == [
        "There is no time.",
        "The rent is high.",
        "We have time and money.",
        "We have time and money.",
        "time",
    ]
    assert project.segments.count() == 0
    first = project.review.of_document(1)[0]
    assert first.evidence == "time"
    assert [project.documents.text(1)[span.start : span.end] for span in first.evidence_spans] == ["time"]
    assert 0 < first.score <= 1


def test_accepted_suggestions_become_segments_that_say_so(project: Project) -> None:
    project.review.suggest()
    first = project.review.of_document(1)[0]
    project.review.accept([first.id])
    (segment,) = project.segments.of_document(1)
    assert (segment.origin, segment.suggestion_id, segment.span) == (Origin.RULE, first.id, first.span)
    (decision,) = project.review.decisions()
    assert (decision.verdict, decision.segment_id) == (Status.ACCEPTED, segment.id)
    project.undo()
    assert project.segments.count() == 0
    assert project.review.n_pending() == 5


def test_a_rejected_suggestion_does_not_come_back(project: Project) -> None:
    project.review.suggest()
    first = project.review.of_document(1)[0]
    project.review.reject([first.id], "said in passing")
    assert project.review.suggest() == 4
    assert first.span not in [each.span for each in project.review.of_document(1)]
    (kept,) = project.review.of_document(1, status=Status.REJECTED)
    assert kept.id == first.id
    assert project.review.decisions()[0].reason == "said in passing"


def test_a_suggestion_can_become_another_code_or_extent(project: Project) -> None:
    project.review.suggest()
    first = project.review.of_document(1)[0]
    money = project.codebook.by_key_or_name("money")
    segment = project.review.accept_as(first.id, code_id=money.id, span=Span(first.span.start, first.span.start + 8))
    assert (segment.code_id, segment.span.end - segment.span.start) == (money.id, 8)
    assert project.review.of_document(1, status=Status.CHANGED)[0].id == first.id
    table = project.reports.codings_table()
    assert list(table["evidence"]) == ["time"]


def test_what_was_decided_cannot_be_decided_again(project: Project) -> None:
    project.review.suggest()
    first = project.review.of_document(1)[0]
    project.review.reject([first.id])
    with pytest.raises(QualcodeError, match="decided already"):
        project.review.accept([first.id])


def test_accepting_all_is_one_step_in_the_name_of_the_rules(project: Project) -> None:
    project.review.suggest()
    assert project.review.accept_all() == 5
    assert set(project.reports.codings_table()["coder"]) == {"auto"}
    assert project.undo() == "Accept all suggestions"
    assert project.segments.count() == 0
    assert project.reports.codings_table().empty


def test_a_cancelled_run_of_the_rules_changes_nothing(project: Project) -> None:
    with pytest.raises(CancelledError):
        project.review.suggest(cancelled=lambda: True)
    assert project.review.n_pending() == 0


def test_merging_codes_keeps_their_suggestions_and_their_reasons(project: Project) -> None:
    project.review.suggest()
    project.review.accept([each.id for each in project.review.of_document(1)])
    time, money = (project.codebook.by_key_or_name(key).id for key in ("time", "money"))
    project.codebook.merge(money, time)
    table = project.reports.codings_table()
    assert set(table["code"]) == {"time"}
    assert len(table) == 3  # the sentence that had both has one now
    assert "rent" in set(table["evidence"])
