"""Rules are tried on the project's own text before they are used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import CodebookError
from qualcode.model.codebook import MatchRule
from qualcode.project.project import Project
from qualcode.project.rule_trial import Standing, try_rules
from tests.builders import add_session, make_code, make_codebook, make_project

SAID = [("A", "There is no time. The rent is high. Wages are low."), ("B", "We have time and money.")]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    codebook = make_codebook(
        make_code("time", rules=[MatchRule(any=("time",))]),
        make_code("money", rules=[MatchRule(any=("rent", "money"))]),
    )
    with make_project(tmp_path, codebook) as project:
        add_session(project, "Team", SAID, {"A": "Leaders", "B": "Staff"})
        project.review.suggest()
        yield project


def test_what_comes_in_goes_and_stays_is_told_apart(project: Project) -> None:
    trial = try_rules(project.review.rule_run(whole=True), "money", "- any: [rent, wage]\n")
    assert [(hit.standing, hit.text) for hit in trial.hits] == [
        (Standing.NEW, "Wages are low."),
        (Standing.GONE, "We have time and money."),
        (Standing.KEPT, "The rent is high."),
    ]
    assert (trial.n(Standing.NEW), trial.n(Standing.GONE), trial.n_documents) == (1, 1, 1)
    text = project.documents.text(1)
    assert [text[word.start : word.end] for word in trial.hits[0].words] == ["Wages"]
    assert project.codebook.by_key_or_name("money").rules[0].any == ("rent", "money")


@pytest.mark.parametrize("text", ["- any: [rent\n", "- regex: '(a+)+b'\n", "- any: ['@nobody']\n"])
def test_what_cannot_be_looked_for_is_a_problem_and_finds_nothing(project: Project, text: str) -> None:
    trial = try_rules(project.review.rule_run(whole=True), "money", text)
    assert not trial.is_usable
    assert trial.problems[0].what
    assert trial.hits == ()


def test_no_rules_at_all_is_a_choice(project: Project) -> None:
    trial = try_rules(project.review.rule_run(whole=True), "money", "")
    assert trial.is_usable
    assert trial.n(Standing.GONE) == len(trial.hits) == 2


def test_rules_are_used_in_one_step_and_run_for_their_code_alone(project: Project) -> None:
    code = project.codebook.by_key_or_name("money")
    trial = try_rules(project.review.rule_run(whole=True), "money", "- any: [rent, wage]\n")
    project.codebook.change_rules(code.id, trial.rules)
    assert project.undo_name == "Change rules"
    assert project.review.rule_run().codes == frozenset({"money"})
    project.review.suggest()
    found = {each.start for each in project.review.waiting() if each.code_id == code.id}
    assert found == {hit.span.start for hit in trial.hits if hit.standing is not Standing.GONE}
    project.undo()
    project.undo()
    assert project.codebook.by_key_or_name("money").rules == code.rules


def test_rules_and_word_lists_that_cannot_be_looked_for_are_refused(project: Project) -> None:
    code = project.codebook.by_key_or_name("money")
    with pytest.raises(CodebookError):
        project.codebook.change_rules(code.id, [MatchRule(any=("@nobody",))])
    project.codebook.change_concepts({"income": ["wage", "salary"]})
    project.codebook.change_rules(code.id, [MatchRule(any=("@income",))])
    with pytest.raises(CodebookError):
        project.codebook.change_concepts({})
    project.review.suggest()
    found = [each for each in project.review.waiting() if each.code_id == code.id]
    assert [project.documents.text(1)[each.start : each.end] for each in found] == ["Wages are low."]
