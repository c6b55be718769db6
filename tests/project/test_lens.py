"""From survey to conversations: which themes carry the survey, what the conversations hold of them, what is new."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qualcode.analysis.filtering import parse_filter
from qualcode.cli.main import run
from qualcode.errors import AnalysisError
from qualcode.project.lens import COLUMNS, Lens, look_through, saturation_of
from qualcode.project.project import Project
from tests.builders import add_session, add_survey, code_words, make_code, make_codebook, make_project

CODEBOOK = make_codebook(
    make_code("price"), make_code("cost", "price", 1), make_code("time"), make_code("trust"), make_code("room")
)
GROUPS = {"A": "Leaders", "B": "Users"}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Four leaders and four staff in a survey, leaders and users in two sessions."""
    with make_project(tmp_path, CODEBOOK) as project:
        groups = ["Leaders"] * 4 + ["Staff"] * 4
        add_survey(project, [(str(n), group, {"Why?": "Cost and time."}) for n, group in enumerate(groups)])
        add_session(project, "Team A", [("A", "The price is high. We trust them."), ("B", "No time.")], GROUPS)
        add_session(project, "Team B", [("A", "It costs."), ("B", "It costs us time.")], GROUPS)
        for row in (2, 6):
            code_words(project, f"survey.csv#!{row}:Why?", "Cost", "cost")
        for row in (2, 3, 4):
            code_words(project, f"survey.csv#!{row}:Why?", "time", "time")
        code_words(project, "survey.csv#!6:Why?", "time", "room")
        for document, words, code in (
            ("Team A.txt", "price", "price"),
            ("Team A.txt", "trust", "trust"),
            ("Team B.txt", "It costs.", "cost"),
            ("Team B.txt", "It costs us", "cost"),
        ):
            code_words(project, document, words, code)
        yield project


def line(found: Lens, theme: str, group: str) -> dict[str, Any]:
    rows = found.table[(found.table["theme"] == theme) & (found.table["group"] == group)].to_dict("records")
    assert len(rows) == 1
    return {str(name): value for name, value in rows[0].items()}


def test_themes_that_carry_the_survey_are_chosen_by_share_and_group(project: Project) -> None:
    found = look_through(project, share=0.5)
    assert found.themes == ("time",)
    assert look_through(project, share=0.25).themes == ("price", "time", "room")
    assert look_through(project, share=0.25, group="staff").themes == ("price", "room")
    assert look_through(project, share=0.25, depth=None).themes == ("price", "cost", "time", "room")
    assert look_through(project, themes=["Trust"]).themes == ("trust",)
    assert "50 % of a group" in found.sentences[0]
    for wrong, message in (
        ({"share": 0.9}, "No theme reaches"),
        ({"share": 0.0}, "not a share"),
        ({"group": "X"}, "'X'"),
    ):
        with pytest.raises(AnalysisError, match=message):
            look_through(project, **wrong)


def test_survey_and_conversations_stand_side_by_side(project: Project) -> None:
    found = look_through(project)
    assert tuple(found.table.columns) == COLUMNS
    leaders = line(found, "price", "Leaders")
    assert [leaders[each] for each in ("survey_n", "survey_N", "talk_n", "talk_N")] == [1, 4, 2, 2]
    assert (leaders["talk_codings"], leaders["talk_sessions"], leaders["in_lens"]) == (2, 2, 1)
    users = line(found, "price", "Users")
    assert [users[each] for each in ("survey_n", "survey_N", "talk_n", "talk_N")] == [0, 0, 1, 2]
    everybody = {theme: line(found, theme, "(all)")["found"] for theme in ("price", "cost", "time", "trust", "room")}
    assert everybody == {"price": "both", "cost": "both", "time": "only_survey", "trust": "new", "room": "only_survey"}
    assert found.new == ("price", "trust")  # codes as they stand: the parent itself is not in the survey
    assert "New in the conversations: Price, Trust." in found.sentences


def test_quotations_are_of_the_conversations(project: Project) -> None:
    found = look_through(project)
    assert set(found.quotations) == {("price", "Leaders"), ("price", "Users")}
    assert {each.text for each in found.quotations["price", "Leaders"]} == {"price", "It costs."}


def test_saturation_follows_the_order_that_is_asked_for(project: Project) -> None:
    assert saturation_of(project)["new"].tolist() == [2, 1]
    turned = saturation_of(project, order=["team b"])
    assert (turned["session"].tolist(), turned["new"].tolist()) == (["Team B", "Team A"], [1, 2])
    assert saturation_of(project, where=parse_filter(["session=Team B"]))["session"].tolist() == ["Team B"]
    with pytest.raises(AnalysisError, match="no session 'Team C'"):
        saturation_of(project, order=["Team C"])


def test_a_lens_needs_both(tmp_path: Path) -> None:
    with make_project(tmp_path, CODEBOOK) as project:
        add_session(project, "Team A", [("A", "Well.")], GROUPS)
        with pytest.raises(AnalysisError, match="no survey"):
            look_through(project)


def test_the_commands(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(project.path)
    project.close()
    assert run(["lens", path, "--share", "0.25", "--group", "Leaders"]) == 0
    shown = capsys.readouterr().out
    assert "Price – Leaders" in shown and "“It costs.” (Team B)" in shown and "Saturation by session" in shown
    assert run(["lens", path, "--themes", "trust", "--csv"]) == 0
    assert tuple(next(csv.reader(capsys.readouterr().out.splitlines()))) == COLUMNS
    assert run(["lens", path, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["new"] == ["price", "trust"] and {each["theme"] for each in told["quotations"]} == {"price"}
    assert run(["saturation", path]) == 0
    assert "  Team A: Price; Trust\n" in capsys.readouterr().out  # names, not keys
    assert run(["saturation", path, "--order", "Team B", "--csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("1,Team B,1,cost,1,1")
    assert run(["saturation", path, "--base-size", "1", "--run-length", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[1]["run_share"] == 0.5
