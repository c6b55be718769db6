"""Closed questions by group, from the import to the table and the command."""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.closed import COLUMNS, ClosedAnswers, closed_table, read_number
from qualcode.cli.main import run
from qualcode.errors import AnalysisError
from qualcode.files.study_file import read_study
from qualcode.project.project import Project
from tests.builders import add_session

STUDY = """\
title: T
codebook: codebook.yaml
surveys:
  - file: one.csv
    respondent: ID
    group: Role
    open: [Why]
    closed:
      - {column: Score, kind: scale, min: 0, max: 10}
      - {column: Place, kind: category}
      - {column: Means, kind: multiple}
analysis: {language: en, small_cell: 3}
"""
ROWS = """\
ID,Role,Why,Score,Place,Means
1,Leader,a b,7,Oslo,bus; train
2,Leader,a b,"7,5",oslo,train
3,Leader,a b,11,Bergen,
4,Leader,a b,,Oslo,Bus;car
5,Leader,a b,many,,bus
6,Leader,a b,2,Bergen,bus;bus
7,Staff,a b,3,Oslo,car
8,,a b,0,Oslo,
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    (tmp_path / "codebook.yaml").write_text("key: small\ncodes: [{key: time, name: Time}]\n", encoding="utf-8")
    (tmp_path / "one.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "study.yaml").write_text(STUDY, encoding="utf-8")
    with Project.create(tmp_path / "test.qualcode") as project:
        project.documents.import_study(read_study(tmp_path / "study.yaml"))
        yield project


def row(project: Project, question: str, group: str, value: str = "", by: str = "group") -> dict[str, Any]:
    table = project.reports.closed_table(by=by)
    mask = (table["question"] == question) & (table["group"] == group) & (table["value"] == value)
    (found,) = table[mask].to_dict("records")
    return {str(name): each for name, each in found.items()}


def test_a_scale_is_described_by_what_can_be_used(project: Project) -> None:
    leaders = row(project, "Score", "Leader")
    assert (leaders["asked"], leaders["n"], leaders["missing"], leaders["unusable"]) == (6, 3, 1, 2)
    assert leaders["pct_answered"] == 50.0
    assert leaders["mean"] == pytest.approx(5.5)  # 7, 7.5 and 2; not the 11, not the word
    assert leaders["sd"] == pytest.approx(statistics.stdev([7, 7.5, 2]))
    assert (leaders["median"], leaders["q1"], leaders["q3"]) == (7, 4.5, 7.25)
    assert (leaders["lowest"], leaders["highest"]) == (2, 7.5)
    assert leaders["note"] == "2 answers do not fit the scale"


def test_who_does_not_know_is_missing_and_not_wrong(project: Project, tmp_path: Path) -> None:
    cells = ("4", "Vet ikke", "vet  ikke", "ikke aktuelt", "-", "", "11", "ofte", "2")
    lines = [f"{n},Leader,c d,{cell}" for n, cell in enumerate(cells)]
    (tmp_path / "two.csv").write_text("\n".join(["ID,Role,Why,Trust", *lines]), encoding="utf-8")
    head, tail = STUDY.split("      - {column: Score")[0], STUDY[STUDY.index("analysis") :]
    question = "      - {column: Trust, kind: scale, min: 1, max: 5}\n"
    (tmp_path / "two.yaml").write_text(head.replace("one.csv", "two.csv") + question + tail, encoding="utf-8")
    summary = project.documents.import_study(read_study(tmp_path / "two.yaml"))
    told = [problem.what for problem in summary.problems if "scale" in problem.what]
    assert told == ["2 answers in 'Trust' do not fit their scale (the first in row 8)."]
    found = row(project, "Trust", "Leader")
    assert (found["asked"], found["n"], found["missing"], found["no_answer"], found["unusable"]) == (9, 2, 5, 4, 2)
    assert found["mean"] == 3
    words = "4 without a value of the scale: vet ikke, -, ikke aktuelt"
    assert found["note"] == f"{words}; 2 answers do not fit the scale"


def test_a_word_of_the_list_that_fits_the_scale_is_a_value() -> None:
    everyone = frozenset(range(3))
    question = ClosedAnswers("Q", "scale", 0.0, 10.0, everyone, {0: "0", 1: "99", 2: "no"}, ("0", "99"))
    found = closed_table([question], [("all", everyone)], small_cell=1).iloc[0]
    assert (found["n"], found["no_answer"], found["unusable"], found["mean"]) == (1, 1, 1, 0)


def test_one_answer_has_no_spread(project: Project) -> None:
    staff = row(project, "Score", "Staff")
    assert (staff["n"], staff["mean"], staff["note"]) == (1, 3, "no spread: one answer")
    assert math.isnan(staff["sd"])
    assert math.isnan(staff["pct_answered"])  # one was asked, and small_cell is 3


def test_categories_are_counted_without_case(project: Project) -> None:
    oslo = row(project, "Place", "Leader", "Oslo")
    assert (oslo["n"], oslo["count"], oslo["pct_of_n"]) == (5, 3, 60.0)
    assert row(project, "Place", "Staff", "Bergen")["count"] == 0
    assert row(project, "Place", "(all)", "Oslo")["count"] == 5
    assert row(project, "Place", "(none)", "Oslo")["asked"] == 1
    assert math.isnan(row(project, "Place", "Leader")["mean"])


def test_several_choices_have_the_respondents_as_their_base(project: Project) -> None:
    bus = row(project, "Means", "Leader", "bus")
    assert (bus["asked"], bus["n"], bus["missing"], bus["count"], bus["pct_of_n"]) == (6, 5, 1, 4, 80.0)
    assert row(project, "Means", "Leader", "train")["count"] == 2


def test_another_attribute_can_group(project: Project) -> None:
    assert row(project, "Score", "Bergen", by="Place")["n"] == 1
    with pytest.raises(AnalysisError, match="not by question"):
        project.reports.closed_table(by="question")


def test_people_who_were_not_asked_are_in_no_base(project: Project) -> None:
    add_session(project, "Team", [("Anna", "Well.")], {"Anna": "Leader"})
    assert row(project, "Score", "Leader")["asked"] == 6


def test_undo_takes_the_kinds_back_with_the_import(project: Project) -> None:
    project.undo()
    assert project.reports.closed_table().empty


def test_a_second_survey_adds_those_it_asked_and_the_first_kind_counts(project: Project, tmp_path: Path) -> None:
    (tmp_path / "two.csv").write_text("ID,Role,Why,Score\n1,Leader,c d,9\n2,Leader,c d,1\n", encoding="utf-8")
    study = STUDY.replace("one.csv", "two.csv").replace("max: 10", "max: 5")
    study = "\n".join(line for line in study.splitlines() if "Place" not in line and "Means" not in line)
    (tmp_path / "two.yaml").write_text(study, encoding="utf-8")
    summary = project.documents.import_study(read_study(tmp_path / "two.yaml"))
    assert any("another kind or scale" in problem.what for problem in summary.problems)
    leaders = row(project, "Score", "Leader")
    assert (leaders["asked"], leaders["n"]) == (8, 5)
    assert row(project, "Place", "Leader")["asked"] == 6


@given(st.lists(st.integers(0, 10), min_size=2, max_size=30))
def test_any_scale_agrees_with_the_standard_library(values: list[int]) -> None:
    everyone = frozenset(range(len(values)))
    question = ClosedAnswers("Q", "scale", 0.0, 10.0, everyone, {n: str(value) for n, value in enumerate(values)})
    table = closed_table([question], [("all", everyone)], small_cell=1)
    found = table.iloc[0]
    q1, median, q3 = statistics.quantiles(values, n=4, method="inclusive")
    assert [found["q1"], found["median"], found["q3"]] == pytest.approx([q1, median, q3])
    assert [found["mean"], found["sd"]] == pytest.approx([statistics.mean(values), statistics.stdev(values)])
    steps = table[table["value"] != ""]
    assert steps["value"].tolist() == [str(step) for step in range(11)]
    assert steps["count"].tolist() == [values.count(step) for step in range(11)]


@pytest.mark.parametrize(("text", "number"), [("7", 7.0), (" 7,5 ", 7.5), ("-1", None), ("11", None), ("nan", None)])
def test_numbers_are_read_as_people_write_them(text: str, number: float | None) -> None:
    found = read_number(text, 0, 10)
    assert math.isnan(found) if number is None else found == number


def test_the_command_prints_all_questions(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(project.path)
    assert run(["closed", path]) == 0
    printed = capsys.readouterr().out
    assert "Score" in printed and "5.50" in printed and "60.0 %" in printed
    assert run(["closed", path, "--csv"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == ",".join(COLUMNS)
    assert run(["closed", path, "--json"]) == 0
    (first, *_rest) = json.loads(capsys.readouterr().out)
    assert (first["question"], first["mean"], first["count"]) == ("Score", 5.5, None)


def test_a_project_without_closed_questions_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Project.create(tmp_path / "empty.qualcode") as project:
        assert project.reports.closed_table().empty
    assert run(["closed", str(tmp_path / "empty.qualcode")]) == 0
    assert "No closed questions." in capsys.readouterr().out
