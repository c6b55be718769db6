"""Comparing groups whose people share sessions: from a project to the table and the command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.analysis.session_permutation import people_together
from qualcode.cli.main import run
from qualcode.errors import AnalysisError
from qualcode.project.comparisons import compare_groups_of
from qualcode.project.project import Project
from tests.builders import add_session, add_survey, code_words, make_code, make_codebook, make_project

CODEBOOK = make_codebook(make_code("barriers"), make_code("rooms", "barriers", 1), make_code("trust"))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Six sessions of two people; leaders in the first three, all of whom speak of rooms."""
    with make_project(tmp_path, CODEBOOK) as project:
        for number in range(6):
            group = "Leaders" if number < 3 else "Staff"
            said = [("Anna", "No rooms."), ("Bo", "Rooms again.")]
            add_session(project, f"Team {number}", said, {"Anna": group, "Bo": group})
            if number < 3:
                code_words(project, f"Team {number}.txt", "No rooms", "rooms")
                code_words(project, f"Team {number}.txt", "Rooms", "rooms")
        code_words(project, "Team 0.txt", "again", "trust")
        yield project


def test_whole_sessions_are_tested_when_asked(project: Project) -> None:
    plain = project.reports.compare("Leaders", "Staff")
    assert plain["p"].isna().all()
    table = project.reports.compare("Leaders", "Staff", by_session=True).set_index("theme")
    assert table.loc["rooms", "p"] == pytest.approx(2 / 20)  # three sessions of six, and the other way round
    assert table.loc["barriers", "p"] == pytest.approx(2 / 20)  # the union of what is below
    assert table.loc["trust", "p"] == pytest.approx(1)
    assert table.loc["rooms", "p_holm"] == pytest.approx(6 / 20)
    assert set(table["n_tests"]) == {3}
    assert table["odds_ratio"].isna().all()
    assert table.loc["rooms", "note"] == "by session: exact, 20 arrangements; so few that p cannot be below 0.10"
    assert table["rd"].tolist() == plain["rd"].tolist()


def test_benjamini_and_hochberg_can_be_chosen(project: Project) -> None:
    table = project.reports.compare("Leaders", "Staff", by_session=True, correction="bh").set_index("theme")
    assert table.loc["rooms", "p_holm"] == pytest.approx(2 / 20 * 3 / 2)
    assert "Benjamini" in str(table.loc["rooms", "note"])


def test_a_survey_needs_no_sessions(tmp_path: Path) -> None:
    with make_project(tmp_path, CODEBOOK) as project:
        rows = [(str(n), "A" if n < 4 else "B", {"Why?": f"Rooms {n}."}) for n in range(8)]
        add_survey(project, rows)
        for number in (0, 1, 2, 4):
            code_words(project, f"survey.csv#!{number + 2}:Why?", "Rooms", "rooms")
        fisher = project.reports.compare("A", "B")
        table = project.reports.compare("A", "B", by_session=True)
        assert table["p"].tolist() == pytest.approx(fisher["p"].tolist())  # groups of one size: the same test
        assert table["p"].tolist() == pytest.approx([34 / 70, 34 / 70, 1])


def test_a_group_that_nobody_answers_in_is_not_tested(project: Project) -> None:
    add_survey(project, [("1", "Silent", {"Why?": "nei"})])
    table = project.reports.compare("Leaders", "Silent", by_session=True)
    assert table["p"].isna().all()
    assert set(table["note"]) == {"nobody answered in Silent"}


def test_groups_that_are_not_of_people_cannot_be_compared_by_session(project: Project) -> None:
    with pytest.raises(AnalysisError, match="not by session"):
        project.reports.compare("Team 0", "Team 1", by="session", by_session=True)


def test_people_of_several_sessions_tie_these_together() -> None:
    import numpy as np

    person, session = np.array([1, 2, 2, 3, 4, 5]), np.array([10, 10, 11, 11, 12, -1])
    together = people_together(person, session, nobody=-1)
    assert together[1] == together[2] == together[3] != together[4]
    assert 5 not in together


def test_three_groups_are_tested_by_session_when_asked(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    for number in (6, 7):
        said = [("Anna", "No rooms."), ("Bo", "Rooms again.")]
        add_session(project, f"Team {number}", said, {"Anna": "Users", "Bo": "Users"})
    three = ["Leaders", "Staff", "Users"]
    assert compare_groups_of(project, three)["p"].isna().all()
    table = compare_groups_of(project, three, by_session=True).set_index("theme")
    # Three of eight sessions speak of it, wholly. Of 8!/(3!3!2!) = 560 arrangements the most uneven are those in which
    # one of the groups of three has them all: 2 * 5!/(3!2!) = 20.
    assert table.loc["rooms", "p"] == pytest.approx(20 / 560)
    assert table.loc["rooms", "note"] == "by session: exact, 560 arrangements"
    assert set(table["n_tests"]) == {3} and set(table["resamples"]) == {0}
    add_survey(project, [("1", "Silent", {"Why?": "nei"})])
    with_silent = compare_groups_of(project, [*three, "Silent"], by_session=True).set_index("theme")
    assert with_silent.loc["rooms", "p"] == pytest.approx(20 / 560)
    assert "nobody answered in Silent" in str(with_silent.loc["rooms", "note"])
    assert run(["compare", str(project.path), *three, "--by-session"]) == 0
    assert "by session: exact" in capsys.readouterr().out


def test_the_command_tests_sessions(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", str(project.path), "Leaders", "Staff", "--by-session", "--correction", "bh", "--csv"]) == 0
    header, barriers, *_rest = capsys.readouterr().out.splitlines()
    assert header.split(",")[12:14] == ["p", "p_holm"]
    assert float(barriers.split(",")[12]) == pytest.approx(0.1)
