"""Rules suggest, coders decide, and a decision is remembered."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import CancelledError, QualcodeError, StoreError
from qualcode.model.codebook import MatchRule
from qualcode.model.document import SpeakerRole
from qualcode.model.segment import Origin, Span
from qualcode.model.suggestion import Status
from qualcode.project.project import Project
from qualcode.project.report_files import export_file
from qualcode.project.review import Tally, rules_of
from qualcode.store import proposals
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
    table = project.exports.codings_table()
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
    assert set(project.exports.codings_table()["coder"]) == {"auto"}
    assert project.undo() == "Accept all suggestions"
    assert project.segments.count() == 0
    assert project.exports.codings_table().empty


def test_a_cancelled_run_of_the_rules_changes_nothing(project: Project) -> None:
    with pytest.raises(CancelledError):
        project.review.suggest(cancelled=lambda: True)
    assert project.review.n_pending() == 0


def test_merging_codes_keeps_their_suggestions_and_their_reasons(project: Project) -> None:
    project.review.suggest()
    project.review.accept([each.id for each in project.review.of_document(1)])
    time, money = (project.codebook.by_key_or_name(key).id for key in ("time", "money"))
    project.codebook.merge(money, time)
    table = project.exports.codings_table()
    assert set(table["code"]) == {"time"}
    assert len(table) == 3  # the sentence that had both has one now
    assert "rent" in set(table["evidence"])


def test_the_record_of_a_rule_counts_what_people_decided(project: Project) -> None:
    project.review.suggest()
    time, money = (project.codebook.by_key_or_name(key) for key in ("time", "money"))
    of_time = [each for each in project.review.of_document(1) if each.code_id == time.id]
    project.review.accept([of_time[0].id])
    project.review.accept_as(of_time[1].id, code_id=money.id)
    record = project.review.record_of_code(time.id)
    assert record.whole == record.by_rule["time"] == Tally(accepted=1, changed=1)
    assert record.whole.precision == 50
    assert record.whole.interval == pytest.approx((0.0945, 0.9055), abs=0.0005)  # wilson(1, 2)
    assert project.review.tally() == Tally(accepted=1, changed=1)
    assert [verdict for _each, verdict in project.review.last_decisions(9)] == [Status.CHANGED, Status.ACCEPTED]
    project.undo()
    assert project.review.record_of_code(time.id).whole == Tally(accepted=1)


def test_what_was_accepted_unread_says_nothing_of_a_rule(project: Project) -> None:
    project.review.suggest()
    project.review.accept_all()
    time = project.codebook.by_key_or_name("time")
    assert project.review.record_of_code(time.id).whole.decided == 0
    assert math.isnan(project.review.tally().precision)
    assert project.review.last_decisions(3) == []


def test_a_suggestion_of_two_rules_counts_for_both_and_once_for_the_code(tmp_path: Path) -> None:
    rules = [MatchRule(any=("rent",), name="rent"), MatchRule(any=("high",), name="height")]
    with make_project(tmp_path, make_codebook(make_code("money", rules=rules))) as project:
        add_session(project, "Team", SAID, {"M": SpeakerRole.MODERATOR, "A": "Leaders", "B": "Staff"})
        project.review.suggest()
        (suggestion,) = project.review.of_document(1)
        assert sorted(rules_of(suggestion)) == ["height", "rent"]
        project.review.reject([suggestion.id])
        record = project.review.record_of_code(suggestion.code_id)
        assert record.whole == Tally(rejected=1)
        assert record.by_rule == {"rent": Tally(rejected=1), "height": Tally(rejected=1)}


def test_the_queue_holds_what_waits(project: Project) -> None:
    project.review.suggest()
    queue = project.review.waiting()
    assert len(queue) == project.review.n_pending() == 5
    whole = project.review.get(queue[0].id)
    assert whole is not None
    assert (whole.span.start, whole.code_id, whole.score) == (queue[0].start, queue[0].code_id, queue[0].score)
    project.review.accept([queue[0].id])
    assert [each.id for each in project.review.waiting()] == [each.id for each in queue[1:]]
    assert (project.review.n_pending(), project.review.n_all()) == (4, 5)
    assert project.review.get(999) is None


def test_what_was_found_for_a_code_that_is_gone_is_left_out(project: Project) -> None:
    run = project.review.rule_run()
    found = run.find()
    project.codebook.delete(project.codebook.by_key_or_name("money").id)
    assert project.review.store(run, found) == 3
    assert project.review.n_pending() == 3


def test_accepting_what_is_coded_already_keeps_one_segment(project: Project) -> None:
    project.review.suggest()
    first = project.review.of_document(1)[0]
    by_hand = project.segments.add(1, first.span, first.code_id)
    project.review.accept([first.id])
    assert [each.id for each in project.segments.of_document(1)] == [by_hand.id]
    assert project.review.decisions()[0].segment_id == by_hand.id


def test_imported_codings_settle_the_suggestions_that_they_equal(project: Project, tmp_path: Path) -> None:
    project.review.suggest()
    project.review.accept_all()
    export_file(project, tmp_path / "codings.csv")
    project.undo()
    assert project.review.n_pending() == 5
    project.segments.import_codings(tmp_path / "codings.csv")
    assert project.review.n_pending() == 0
    table = project.exports.codings_table()
    assert sorted(table["evidence"]) == ["money", "rent", "time", "time", "time"]
    assert int(project.reports.theme_table()["suggested"].sum()) == 0


def test_what_was_found_is_stored_in_pieces_as_one_step(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    n = project.review.suggest()
    run = project.review.rule_run(whole=True)
    found = run.find()
    before, steps = project.review.waiting(), len(project.history())
    monkeypatch.setattr(proposals, "_PORTION", 1)
    stopped = project.review.storing(run, found)
    for _piece in range(n + 1):  # all that waited is gone, and one of those found is there
        next(stopped)
    with pytest.raises(StoreError, match="still going on"):
        project.undo()
    stopped.close()
    assert project.review.waiting() == before
    points = list(project.review.storing(run, found))
    assert points == [(at, 2 * n) for at in range(2 * n)]
    assert project.review.n_pending() == n and len(project.history()) == steps + 1
