"""The joint display: counts, the closed question, who says which goes with which, quotations; table and command."""

from __future__ import annotations

import csv
import json
import math
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from qualcode.analysis.filtering import parse_filter
from qualcode.cli.main import run
from qualcode.errors import AnalysisError, CodebookError
from qualcode.files.study_file import read_study
from qualcode.project.joint_display import COLUMNS
from qualcode.project.project import Project
from qualcode.project.report_files import write_report
from tests.builders import add_session, code_words

STUDY = """\
title: T
codebook: codebook.yaml
surveys:
  - file: one.csv
    respondent: ID
    group: Role
    open: [Why]
    closed:
      - {column: Time pressure (0-10), kind: scale, min: 0, max: 10}
      - {column: Trust, kind: scale, min: 1, max: 5}
      - {column: Place, kind: category}
analysis: {language: en, small_cell: 3}
"""
ROWS = """\
ID,Role,Why,Time pressure (0-10),Trust,Place
1,Leader,We have no time for it,7,2,Oslo
2,Leader,Never any time at all,"8,5",2,Oslo
3,Leader,All is well with us,11,3,Bergen
4,Leader,We are content,2,,Oslo
5,Leader,,4,1,Oslo
6,Staff,It takes time,many,5,Oslo
"""
CODEBOOK = """\
key: small
codes:
  - {key: time, name: {en: Time pressure, nb: Tidspress}, codes: [{key: hours, name: Hours}]}
  - {key: faith, name: Faith}
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    for name, text in (("codebook.yaml", CODEBOOK), ("one.csv", ROWS), ("study.yaml", STUDY)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Project.create(tmp_path / "test.qualcode") as project:
        project.documents.import_study(read_study(tmp_path / "study.yaml"))
        for row, words, code in ((2, "no time for it", "time"), (3, "any time", "hours"), (7, "takes time", "time")):
            code_words(project, f"one.csv#!{row}:Why", words, code)
        yield project


def row(project: Project, theme: str, group: str, **options: Any) -> dict[str, Any]:
    table = project.joint.table(**options)
    (found,) = table[(table["theme"] == theme) & (table["group"] == group)].to_dict("records")
    return {str(name): value for name, value in found.items()}


def test_a_line_has_counts_the_closed_question_and_quotations(project: Project) -> None:
    assert tuple(project.joint.table().columns) == COLUMNS
    leaders = row(project, "time", "Leader")
    assert (leaders["question"], leaders["match"], leaders["likeness"]) == ("Time pressure (0-10)", "proposed", 1.0)
    assert (leaders["respondents"], leaders["answering"], leaders["pct_of_answering"]) == (2, 4, 50.0)
    closed = project.reports.closed_table()
    same = closed[(closed["question"] == "Time pressure (0-10)") & (closed["group"] == "Leader")].iloc[0]
    for name in ("asked", "n", "missing", "unusable", "mean", "sd", "median"):
        assert leaders[name] == pytest.approx(same[name])
    assert leaders["mean"] == pytest.approx(statistics.mean([7, 8.5, 2, 4]))
    assert (leaders["n_with"], leaders["mean_with"]) == (2, 7.75)  # a code below the theme is the theme
    assert (leaders["n_without"], leaders["mean_without"]) == (1, 2)  # the 11 is none, and one answered nothing openly
    assert leaders["note"] == "1 answer does not fit the scale"
    assert leaders["quotations"].split("\n") == ["“no time for it” (Leader, survey)", "“any time” (Leader, survey)"]


def test_what_does_not_exist_has_its_reason(project: Project) -> None:
    staff = row(project, "time", "Staff")
    assert math.isnan(staff["mean"]) and math.isnan(staff["sd"]) and math.isnan(staff["pct_of_answering"])
    assert staff["note"] == "no usable answer; 1 answer does not fit the scale"
    add_session(project, "Team", [("A", "Well.")], {"A": "Users"})
    users = row(project, "time", "Users")
    assert (users["asked"], users["note"]) == (0, "nobody was asked the closed question")
    faith = row(project, "faith", "Leader", themes=["faith"])
    assert math.isnan(faith["mean"]) and "no closed question goes" in faith["note"]


def test_who_does_not_know_is_missing_and_not_wrong(project: Project, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text(ROWS.replace(",11,", ",Don't know,").replace(",many,", ",,"), encoding="utf-8")
    with Project.create(tmp_path / "other.qualcode") as other:
        other.documents.import_study(read_study(tmp_path / "study.yaml"))
        leaders, staff = (row(other, "time", group) for group in ("Leader", "Staff"))
    assert (leaders["n"], leaders["missing"], leaders["no_answer"], leaders["unusable"]) == (4, 1, 1, 0)
    assert leaders["note"] == "1 without a value of the scale: don't know"
    assert (staff["missing"], staff["no_answer"], staff["note"]) == (1, 0, "no usable answer")


def test_people_choose_what_goes_with_what(project: Project) -> None:
    project.joint.match("Faith", "trust")
    assert [(each.theme, each.question, each.how) for each in project.joint.matches()] == [
        ("time", "Time pressure (0-10)", "proposed"),
        ("faith", "Trust", "chosen"),
    ]
    assert row(project, "faith", "Leader")["mean"] == 2
    project.joint.match("time", "")
    assert [each.theme for each in project.joint.matches()] == ["faith"]
    project.undo()
    project.undo()
    assert [each.how for each in project.joint.matches()] == ["proposed"]
    with pytest.raises(AnalysisError, match="no closed question 'Turst'") as error:
        project.joint.match("faith", "Turst")
    assert "Trust" in error.value.hint
    with pytest.raises(AnalysisError):
        project.joint.match("faith", "Place")  # a category has no mean
    with pytest.raises(CodebookError):
        project.joint.match("hope", "Trust")


def test_a_filter_narrows_both_sides(project: Project) -> None:
    oslo = row(project, "time", "(all)", where=parse_filter(["Place=Oslo"]))
    assert (oslo["answering"], oslo["asked"], oslo["n"]) == (4, 5, 4)
    assert list(dict.fromkeys(project.joint.table(by="Place")["group"])) == ["Bergen", "Oslo", "(all)"]
    with pytest.raises(AnalysisError, match="groups of people"):
        project.joint.table(by="question")


def test_the_report_has_the_display_and_no_mean_of_a_few(project: Project, tmp_path: Path) -> None:
    write_report(project, tmp_path / "r.docx")
    document = Document(str(tmp_path / "r.docx"))
    (table,) = (each for each in document.tables if each.cell(0, 0).text == "Theme, question and group")
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert rows[0][0] == "Time pressure (0-10)"  # the theme is in the question's name
    assert rows[1] == ["Leader", "2/4\n50\N{NO-BREAK SPACE}%", "4/5", "5.38 (2.93)", "5.5", "(2)", "(1)"]
    assert rows[2] == ["Staff", "1/1", "0/1", "", "", "(0)", "(0)"]
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Means of fewer than 3 answers are left out." in text and "qualcode joint test.qualcode --by group" in text
    assert "because their names are alike: 1." in text
    project.joint.match("time", "")
    write_report(project, tmp_path / "r.docx")
    assert "closed questions" not in "\n".join(each.text for each in Document(str(tmp_path / "r.docx")).paragraphs)


def test_the_command(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(project.path)
    project.close()
    assert run(["joint", path]) == 0
    shown = capsys.readouterr().out
    assert "Time pressure – Time pressure (0-10)" in shown and "proposed by name, likeness 1.00" in shown
    assert run(["joint", path, "--match", "faith=Trust", "--csv"]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert tuple(rows[0]) == COLUMNS
    assert run(["joint", path, "--theme", "faith", "--json", "--quotations", "1"]) == 0
    assert {(each["theme"], each["match"]) for each in json.loads(capsys.readouterr().out)} == {("faith", "chosen")}
    assert run(["joint", path, "--match", "faith"]) == 1
    assert run(["joint", path, "--match", "faith=", "--match", "time="]) == 1
    assert "No theme goes with a closed question" in capsys.readouterr().err
