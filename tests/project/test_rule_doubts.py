"""Rules that tell nothing apart, and rules that find nothing, are told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.model.codebook import MatchRule
from qualcode.project.project import Project
from qualcode.project.rule_doubts import rule_doubts
from tests.builders import add_session, make_code, make_codebook, make_project

SAID = [("A", "We have time. " * 30), ("B", "There is no money. " * 30)]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    codebook = make_codebook(
        make_code("everything", rules=[MatchRule(regex="[a-z]")]),
        make_code("half", rules=[MatchRule(any=("time",))]),
        make_code("less", rules=[MatchRule(any=("money",), groups=("Nobody",))]),
        make_code("no_rules"),
        make_code("theme", rules=[MatchRule(any=("plan",))]),
        make_code("below_it", parent="theme", rules=[MatchRule(any=("money",))]),
    )
    with make_project(tmp_path, codebook) as project:
        add_session(project, "One", [(who, words.strip()) for who, words in SAID], {"A": "Leaders", "B": "Staff"})
        yield project


def _doubts(project: Project) -> list[str]:
    run = project.review.rule_run()
    found = run.find()
    project.review.store(run, found)
    return [str(each) for each in rule_doubts(run, found)]


def test_rules_that_find_something_in_half_of_all_sentences_or_nowhere_are_told(project: Project) -> None:
    everything, half, _below_it, nowhere = _doubts(project)
    assert everything.startswith("code everything: Its rules find something in 60 of 60 sentences")
    assert half.startswith("code half: Its rules find something in 30 of 60 sentences")
    assert nowhere.startswith("The rules of 1 code find nothing here: less. Their words stand here")


def test_rules_that_did_not_run_again_are_not_doubted_again(project: Project) -> None:
    _doubts(project)
    assert _doubts(project) == []


def test_of_very_many_codes_that_find_nothing_the_first_are_named(tmp_path: Path) -> None:
    codes = [make_code(f"c{n}", rules=[MatchRule(any=("nowhere",))]) for n in range(2000)]
    with make_project(tmp_path, make_codebook(*codes)) as project:
        add_session(project, "One", SAID, {"A": "Leaders", "B": "Staff"})
        (told,) = _doubts(project)
    assert "c0, c1, " in told and "c19, and 1980 more." in told and "c20" not in told


def test_a_project_without_texts_gives_no_doubt(tmp_path: Path) -> None:
    with make_project(tmp_path, make_codebook(make_code("a", rules=[MatchRule(any=("x",))]))) as project:
        assert _doubts(project) == []


def test_what_stops_rules_that_find_nothing_is_told_apart(tmp_path: Path) -> None:
    codebook = make_codebook(
        make_code("denied", rules=[MatchRule(any=("time",), lacking=True)]),
        make_code("apart", rules=[MatchRule(near=(("time",), ("every",)), words=2)]),
        make_code("other", rules=[MatchRule(any=("plan",), lacking=True)]),
        make_code("unlike", rules=[MatchRule(like=("The bread was burnt again this morning.",))]),
    )
    with make_project(tmp_path, codebook) as project:
        add_session(project, "One", [("A", "We have time for the guests every day.")], {"A": "Staff"})
        other, stopped, unlike = _doubts(project)
    assert other.startswith("The rules of 1 code find nothing here: other. If the theme is spoken of, add the words")
    assert stopped.startswith("The rules of 2 codes find nothing here: denied, apart. Their words stand here")
    assert unlike.startswith("The rules of 1 code find nothing here: unlike. No sentence here resembles")
