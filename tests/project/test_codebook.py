"""Codes are moved, split and counted, each as one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qualcode.errors import CodebookError
from qualcode.model.codebook import Wording
from qualcode.model.document import SpeakerRole
from qualcode.project.codebook import Holdings, Meaning, meaning_of
from qualcode.project.project import Project
from tests.builders import add_session, code_words, make_code, make_codebook, make_project

SAID = [("M", "How much?"), ("A", "The rent is high. The bread is dear.")]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    codebook = make_codebook(
        make_code("price"), make_code("rent", "price", 1), make_code("bread", "price", 1), make_code("time")
    )
    with make_project(tmp_path, codebook) as project:
        add_session(project, "Team", SAID, {"M": SpeakerRole.MODERATOR, "A": "Leaders"})
        yield project


def ids(project: Project) -> dict[str, int]:
    return {code.key: code.id for code in project.codebook.current().codes}


def tree(project: Project) -> list[tuple[int, str]]:
    return [(code.depth, code.key) for code in project.codebook.current().codes]


def test_a_code_moves_among_its_siblings_and_back(project: Project) -> None:
    before = tree(project)
    known = ids(project)
    project.codebook.move(known["bread"], known["price"], 0)
    assert tree(project) == [(0, "price"), (1, "bread"), (1, "rent"), (0, "time")]
    project.undo()
    assert tree(project) == before


def marks(project: Project) -> dict[str, int | None]:
    return {code.key: code.mark for code in project.codebook.current().codes if not code.parent}


def test_nothing_that_is_done_to_a_theme_changes_the_mark_of_another(project: Project) -> None:
    known = ids(project)
    assert marks(project) == {"price": 0, "time": 1}
    news = project.codebook.add("News").id
    project.codebook.add("Walls")
    project.codebook.move(known["rent"], None, 0)
    assert marks(project) == {"rent": 4, "price": 0, "time": 1, "news": 2, "walls": 3}
    project.codebook.move(known["time"], known["price"], 0)
    project.codebook.delete(news)
    assert marks(project) == {"rent": 4, "price": 0, "walls": 3}
    project.codebook.move(known["time"], None, 0)
    assert marks(project)["time"] == 1, "what it had before"
    project.codebook.move(known["bread"], None, 0)
    assert marks(project) == {"bread": 2, "rent": 4, "price": 0, "walls": 3, "time": 1}, "the first that is free"
    project.codebook.merge(known["price"], known["bread"])
    project.codebook.load(project.codebook.current())
    assert marks(project) == {"bread": 2, "rent": 4, "walls": 3, "time": 1}


def test_a_theme_whose_mark_was_given_away_takes_another(project: Project) -> None:
    known = ids(project)
    project.codebook.move(known["time"], known["price"], 0)
    project.codebook.add("News")
    project.codebook.move(known["time"], None, 0)
    assert marks(project) == {"price": 0, "news": 1, "time": 2}


def test_what_was_read_before_a_step_is_not_given_after_it(project: Project) -> None:
    documents, people, codes = project.documents.all(), project.respondents.all(), tree(project)
    with project.step("Several"):
        project.codebook.add("News")
        assert (0, "news") in tree(project)
        add_session(project, "Another", SAID, {"M": SpeakerRole.MODERATOR, "A": "Leaders"})
        assert len(project.documents.all()) == len(documents) + 1
    assert (0, "news") in tree(project)
    assert len(project.documents.all()) == len(documents) + 1
    assert len(project.respondents.all()) == len(people) + 1
    project.undo()
    assert (project.documents.all(), project.respondents.all(), tree(project)) == (documents, people, codes)


def test_a_code_moves_under_another_with_all_below_it(project: Project) -> None:
    known = ids(project)
    project.codebook.move(known["price"], known["time"], 5)
    assert tree(project) == [(0, "time"), (1, "price"), (2, "rent"), (2, "bread")]
    project.codebook.move(known["rent"], None, 0)
    assert tree(project) == [(0, "rent"), (0, "time"), (1, "price"), (2, "bread")]


def test_a_code_cannot_lie_below_itself(project: Project) -> None:
    known = ids(project)
    for target in ("price", "rent"):
        with pytest.raises(CodebookError):
            project.codebook.move(known["price"], known[target], 0)
    with pytest.raises(CodebookError):
        project.codebook.move(known["price"], 999, 0)


def test_what_lies_under_a_code_is_counted_with_and_without_those_below(project: Project) -> None:
    known = ids(project)
    code_words(project, "Team.txt", "rent", "rent")
    code_words(project, "Team.txt", "rent", "rent", coder="Ola")
    code_words(project, "Team.txt", "high", "price")
    assert project.codebook.holdings(known["price"]) == Holdings(3, 2, 2, 0)
    assert project.codebook.holdings(known["price"], with_below=False) == Holdings(1, 1, 2, 0)
    assert project.codebook.holdings(known["time"]) == Holdings(0, 0, 0, 0)


def test_quotations_split_off_to_a_code_right_behind(project: Project) -> None:
    known = ids(project)
    first = code_words(project, "Team.txt", "rent", "rent")
    code_words(project, "Team.txt", "high", "rent")
    made = project.codebook.split(known["rent"], [first], "Lease")
    assert tree(project) == [(0, "price"), (1, "rent"), (1, "lease"), (1, "bread"), (0, "time")]
    assert [segment.id for segment in project.segments.of_code(made.id)] == [first]
    assert len(project.segments.of_code(known["rent"])) == 1
    assert project.undo_name == "Split code"
    project.undo()
    assert len(project.segments.of_code(known["rent"])) == 2
    assert "lease" not in ids(project)


def test_nothing_is_split_off_without_a_quotation_or_a_name(project: Project) -> None:
    known = ids(project)
    first = code_words(project, "Team.txt", "rent", "rent")
    with pytest.raises(CodebookError):
        project.codebook.split(known["time"], [first], "Lease")
    with pytest.raises(CodebookError):
        project.codebook.split(known["rent"], [first], "  ")
    assert "lease" not in ids(project)


def test_hidden_coders_are_not_counted(project: Project) -> None:
    known = ids(project)
    code_words(project, "Team.txt", "rent", "rent")
    code_words(project, "Team.txt", "high", "rent", coder="Ola")
    coders = {coder.name: coder.id for coder in project.coders()}
    assert list(coders) == ["Kari", "Ola"]
    assert project.codebook.n_segments()[known["price"]] == 2
    assert project.codebook.n_segments(hidden_coders={coders["Ola"]})[known["price"]] == 1


def test_a_code_is_defined_in_one_step_however_often_it_is_written(project: Project) -> None:
    code_id = next(iter(ids(project).values()))
    first = Meaning("What stands in the way.", ("walls",), ("doors: use Ways",), ("The wall is high.",), ("obstacles",))
    step = project.codebook.describe(code_id, first)
    second = replace(first, definition="What stands in the way of work.")
    assert project.codebook.describe(code_id, second, step) == step
    assert project.codebook.describe(code_id, second, step) == step
    code = next(each for each in project.codebook.current().codes if each.id == code_id)
    assert meaning_of(code, "nb") == second
    assert project.undo() == "Define code"
    code = next(each for each in project.codebook.current().codes if each.id == code_id)
    assert meaning_of(code, "nb") == Meaning()
    project.redo()
    code = next(each for each in project.codebook.current().codes if each.id == code_id)
    assert meaning_of(code, "nb") == second


def test_a_definition_in_another_language_stays(tmp_path: Path) -> None:
    walls = replace(make_code("walls"), definition=Wording({"en": "What is in the way.", "nn": "Det i vegen."}))
    with make_project(tmp_path, make_codebook(walls)) as project:
        (code,) = project.codebook.current().codes
        shown = meaning_of(code, "nb")
        project.codebook.describe(code.id, replace(shown, include=("walls",)))
        (now,) = project.codebook.current().codes
        assert now.definition == walls.definition, "what stands in for another language is not copied"
        project.codebook.describe(code.id, replace(shown, definition="Det som er i veien."))
        (now,) = project.codebook.current().codes
        assert now.definition.by_language == {**walls.definition.by_language, "nb": "Det som er i veien."}
        project.codebook.rename(code.id, "Vegger")
        (now,) = project.codebook.current().codes
        assert now.name.in_language("nb") == "Vegger"


def test_a_code_below_one_that_is_gone_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        theme = project.codebook.add("Theme")
        project.undo()
        with pytest.raises(CodebookError, match="gone"):
            project.codebook.add("Below", theme.id)
