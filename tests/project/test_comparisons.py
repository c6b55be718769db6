"""Several groups, the same people in two places, and two groups in words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qualcode.analysis.filtering import parse_filter
from qualcode.analysis.paired import mcnemar_exact
from qualcode.errors import AnalysisError
from qualcode.model.codebook import Valence
from qualcode.project.comparisons import compare_groups_of, compare_same_people, in_words
from qualcode.project.project import Project
from tests.analysis.test_several_groups import enumerated
from tests.builders import add_session, add_survey, code_words, make_code, make_codebook, make_project

CODEBOOK = make_codebook(
    replace(make_code("price"), valence=Valence.HINDERING),
    make_code("cost", "price", 1),
    replace(make_code("gain"), valence=Valence.PROMOTING, counterpart="price"),
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Three groups of four in a survey of two questions, and one of them, "1", in a session too."""
    with make_project(tmp_path, CODEBOOK) as project:
        groups = ["Leaders"] * 4 + ["Staff"] * 4 + ["Users"] * 4
        answers = {"Why?": "It costs. It gains.", "How?": "Costs and gains."}
        rows = [(str(n), group, answers if n != 12 else {"Why?": "Costs."}) for n, group in enumerate(groups, start=1)]
        add_survey(project, rows)
        for row in range(2, 6):  # all leaders: costs, asked why
            code_words(project, f"survey.csv#!{row}:Why?", "costs", "cost")
        code_words(project, "survey.csv#!2:How?", "gains", "gain")
        for row in (6, 7, 8):  # most of the staff: gains
            code_words(project, f"survey.csv#!{row}:How?", "gains", "gain")
        yield project


def test_several_groups_have_one_p_for_each_theme(project: Project) -> None:
    table = compare_groups_of(project, ["leaders", "Staff", "Users"]).set_index("theme")
    assert [table.loc["price", f"n {group}"] for group in ("Leaders", "Staff", "Users")] == [4, 0, 0]
    assert table["p"].to_dict() == pytest.approx(
        {
            "price": enumerated([4, 0, 0], [4, 4, 4]),
            "cost": enumerated([4, 0, 0], [4, 4, 4]),
            "gain": enumerated([1, 3, 0], [4, 4, 4]),
        }
    )
    by_question = compare_groups_of(project, ["Why?", "How?"], by="question")
    assert by_question["N Why?"].tolist() == [12] * 3
    with pytest.raises(AnalysisError, match="no group 'Usres'"):
        compare_groups_of(project, ["Leaders", "Staff", "Usres"])


def test_people_who_share_a_session_are_not_tested(project: Project) -> None:
    add_session(project, "Team", [("A", "Well."), ("B", "Yes.")], {"A": "Leaders", "B": "Staff"})
    table = compare_groups_of(project, ["Leaders", "Staff", "Users"])
    assert table["p"].isna().all() and "session" in str(table.loc[0, "note"])


def test_the_same_people_in_two_questions(project: Project) -> None:
    table = compare_same_people(project, "why?", "How?").set_index("theme")
    price = table.loc["price"]
    assert [price[each] for each in ("a_n", "a_N", "b_n", "b_N")] == [4, 11, 0, 11]  # one was not asked how
    assert [price[each] for each in ("both", "only_a", "only_b", "neither")] == [0, 4, 0, 7]
    assert price["p"] == mcnemar_exact(4, 0)
    leaders = compare_same_people(project, "Why?", "How?", where=parse_filter(["group=Leaders"]))
    assert set(leaders["a_N"]) == {4}
    with pytest.raises(AnalysisError, match="cannot be compared with itself"):
        compare_same_people(project, "Why?", "Why?")
    with pytest.raises(AnalysisError, match="no question 'Who"):
        compare_same_people(project, "Why?", "Who?")
    with pytest.raises(AnalysisError, match="by group"):
        compare_same_people(project, "Leaders", "Staff", by="group")


def test_the_same_people_in_two_sources_have_the_same_id(project: Project) -> None:
    add_session(project, "Team", [("1", "It costs."), ("9", "No."), ("X", "Yes.")], dict.fromkeys("19X", "Leaders"))
    code_words(project, "Team.txt", "costs", "price")
    table = compare_same_people(project, "survey.csv", "Team", by="source").set_index("theme")
    price = table.loc["price"]
    assert (price["a_N"], price["both"], price["neither"]) == (2, 1, 1)  # 1 and 9 are in both, X is not
    with pytest.raises(AnalysisError, match="no pairs"):
        compare_same_people(project, "survey.csv", "Team", by="source", where=parse_filter(["group=Staff|Users"]))


def test_two_groups_in_words(project: Project) -> None:
    words = in_words(project, "Leaders", "Staff")
    assert words.sentences == ("Both groups (Leaders, Staff): Gain (1/4, 3/4).", "Only Leaders: Price (4/4, 0/4).")
    (row,) = words.mirrored.to_dict("records")
    assert (row["theme"], row["counterpart"], row["pattern"]) == ("price", "gain", "mirrored")
    assert math.isclose(row["a_theme"] / row["a_N"], 1)
