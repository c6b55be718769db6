"""The main job from a study file to its results, on a small study made here."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from qualcode.cli.main import run
from qualcode.project.project import Project
from qualcode.project.study_run import RESULTS

CODEBOOK = """\
key: small
codes:
  - key: money
    name: Money
    rules: [{any: [costs, expensive]}]
    codes:
      - {key: rent, name: Rent, rules: [{any: [rent]}]}
  - {key: time, name: Time, rules: [{any: [time]}]}
"""
STUDY = """\
title: A small study
codebook: codebook.yaml
documents:
  - {files: team.txt, session: Team A, speakers: {L*: leader, S*: staff, M: moderator}}
surveys:
  - file: survey.xlsx
    respondent: ID
    group: Role
    open: ["What is hard?"]
    closed: [{column: Score, kind: scale, min: 0, max: 10}]
groups: {Leaders: [leader, boss], Staff: [staff]}
analysis: {language: en, small_cell: 1}
"""
TRANSCRIPT = """\
M: Does time matter, and what it costs?

L1: The rent is expensive. I have no time.

S1: It costs a lot.

L1: True.

S2: Nothing to add here.
"""


def make_study(folder: Path) -> Path:
    """A study of one focus group and one survey; returns the study file."""
    folder.mkdir(exist_ok=True)
    (folder / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    (folder / "team.txt").write_text(TRANSCRIPT, encoding="utf-8")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["ID", "Role", "Score", "What is hard?"],
        [1, "boss", 7, "The rent"],
        [2, "Leader", 3, None],
        [1, "staff", 5, "don't know"],
        [None, None, None, None],
        [4, "STAFF ", 11, "The rent costs too much"],
    ):
        sheet.append(row)
    book.save(folder / "survey.xlsx")
    study = folder / "study.yaml"
    study.write_text(STUDY, encoding="utf-8")
    return study


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of one run, suggestions accepted."""
    folder = tmp_path_factory.mktemp("run")
    assert run(["run", str(make_study(folder / "study")), "--out", str(folder / "out"), "--accept-suggestions"]) == 0
    return folder / "out"


def test_a_run_writes_all_its_results_and_nothing_else(results: Path) -> None:
    assert sorted(path.name for path in results.iterdir()) == sorted(RESULTS)
    assert all(path.stat().st_size > 0 for path in results.iterdir())
    assert [path.name for path in results.parent.iterdir() if path.name.startswith(".")] == []


def test_the_theme_table_holds_the_right_cells(results: Path) -> None:
    table = {(row["group"], row["theme"]): row for row in read(results / "theme_table.csv")}
    assert list(dict.fromkeys(group for group, _theme in table)) == ["Leaders", "Staff", "(all)"]
    leaders = table["Leaders", "money"]
    assert leaders["respondents"] == "2"  # L1, and id 1; id 2 left it blank
    assert (leaders["answering"], leaders["group_n"]) == ("2", "3")
    assert (leaders["pct_of_answering"], leaders["pct_of_group"]) == ("100.0", "66.7")
    assert leaders["codings"] == "2"  # one sentence with two codes below one theme is one
    assert leaders["codings_in_group"] == "4"  # money and rent, time, and rent in the survey
    assert leaders["units_in_group"] == "3"
    staff = table["Staff", "rent"]
    assert (staff["respondents"], staff["answering"], staff["group_n"]) == ("1", "3", "4")
    assert staff["pct_of_answering"] == "33.3"
    assert (table["(all)", "time"]["codings"], table["(all)", "time"]["sessions"]) == ("1", "1")
    assert {row["suggested"] for row in table.values()} == {"0"}


def test_codings_say_where_they_come_from(results: Path) -> None:
    rows = read(results / "codings.csv")
    (row,) = [row for row in rows if row["document"] == "survey.xlsx#Sheet!6:What is hard?" and row["code"] == "rent"]
    assert (row["respondent"], row["group"], row["session"], row["question"]) == ("4", "Staff", "", "What is hard?")
    assert (row["origin"], row["coder"], row["evidence"]) == ("rule", "auto", "rent")
    assert row["text"] == "The rent costs too much"
    assert not any("Does time matter" in row["text"] for row in rows)
    assert {row["status"] for row in read(results / "suggestions.csv")} == {"accepted"}


def test_respondents_with_one_id_in_two_groups_stay_two(results: Path) -> None:
    rows = {row["respondent_key"]: row for row in read(results / "respondents.csv")}
    assert len(rows) == 7
    ones = [row for row in rows.values() if row["respondent"] == "1"]
    assert [row["group"] for row in ones] == ["Leaders", "Staff"]
    assert [(row["asked"], row["answered"]) for row in ones] == [("1", "1"), ("1", "0")]


def test_run_json_records_versions_inputs_counts_and_warnings(results: Path) -> None:
    record = json.loads((results / "run.json").read_text(encoding="utf-8"))
    assert set(record["inputs_sha256"]) == {"study.yaml", "codebook.yaml", "team.txt", "survey.xlsx"}
    assert record["counts"]["respondents"] == 7
    assert record["suggestions_accepted"] is True
    assert any("'1'" in warning and "2, 4" in warning for warning in record["warnings"])
    assert any("Score" in warning for warning in record["warnings"])
    assert {"import", "suggest", "count", "export"} <= set(record["seconds"])


def test_the_project_in_the_results_can_be_undone_to_the_import(results: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.qualcode"
    copy.write_bytes((results / "project.qualcode").read_bytes())
    with Project.open(copy) as project:
        assert [step.name for step in project.history()] == [
            "Import A small study",
            "Suggest codes",
            "Accept all suggestions",
        ]
        project.undo()
        assert project.review.n_pending() == 7
        project.undo()
        project.undo()
        assert project.documents.all() == []


def test_without_acceptance_suggestions_are_counted_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["run", str(make_study(tmp_path / "study")), "--out", str(tmp_path / "out")]) == 0
    assert "Suggested, not reviewed" in capsys.readouterr().out
    table = {(row["group"], row["theme"]): row for row in read(tmp_path / "out" / "theme_table.csv")}
    row = table["Leaders", "money"]
    assert (row["codings"], row["suggested"], row["suggested_respondents"]) == ("0", "2", "2")
    assert row["suggested_pct_of_answering"] == "100.0"
    assert read(tmp_path / "out" / "codings.csv") == []


def test_the_single_commands_give_what_run_gives(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "steps.qualcode"
    assert run(["new", str(project), "--study", str(make_study(tmp_path / "study"))]) == 0
    assert run(["suggest", str(project)]) == 0
    with Project.open(project) as opened:
        opened.review.accept_all()
    capsys.readouterr()
    assert run(["count", str(project), "--csv"]) == 0
    assert capsys.readouterr().out == (results / "theme_table.csv").read_text(encoding="utf-8")
    assert run(["export", str(project), str(tmp_path / "tables.xlsx")]) == 0
    assert openpyxl.load_workbook(tmp_path / "tables.xlsx").sheetnames
    assert run(["compare", str(project), "Leaders", "staff", "--csv"]) == 0
    shown = capsys.readouterr().out
    rows = list(csv.DictReader(shown[shown.index("theme,") :].splitlines()))
    assert [(row["theme"], row["a_n"], row["a_N"], row["b_n"], row["b_N"]) for row in rows] == [
        ("money", "2", "2", "2", "3"),
        ("rent", "2", "2", "1", "3"),
        ("time", "1", "2", "0", "3"),
    ]
    assert {row["p"] for row in rows} == {""}  # people of both groups share a session


def test_an_earlier_result_is_not_overwritten_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study, out = make_study(tmp_path / "study"), tmp_path / "out"
    out.mkdir()
    (out / "theme_table.csv").write_text("mine", encoding="utf-8")
    (out / "notes.txt").write_text("mine too", encoding="utf-8")
    assert run(["run", str(study), "--out", str(out)]) == 1
    assert "--overwrite" in capsys.readouterr().err
    assert (out / "theme_table.csv").read_text(encoding="utf-8") == "mine"
    assert run(["run", str(study), "--out", str(out), "--overwrite"]) == 0
    assert (out / "theme_table.csv").read_text(encoding="utf-8") != "mine"
    assert (out / "notes.txt").read_text(encoding="utf-8") == "mine too"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("study.yaml", "group: Role", "group: Roll", ["'Roll'", "Did you mean 'Role'?", "study.yaml, line 8"]),
        ("study.yaml", "file: survey.xlsx", "file: servey.xlsx", ["'servey.xlsx'", "Did you mean 'survey.xlsx'?"]),
        ("study.yaml", "codebook:", "kodebook:", ["'kodebook'", "Did you mean 'codebook'?"]),
        ("codebook.yaml", "key: rent", "key: time", ["time", "line"]),
        ("codebook.yaml", "any: [rent]", "anny: [rent]", ["'anny'", "codebook.yaml, line 7"]),
        ("team.txt", TRANSCRIPT, "", ["team.txt"]),
    ],
)
def test_bad_input_gets_its_sentence_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, old: str, new: str, said: list[str]
) -> None:
    study = make_study(tmp_path / "study")
    path = tmp_path / "study" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert run(["run", str(study), "--out", str(tmp_path / "out")]) == 1
    told = capsys.readouterr().err
    assert all(each in told for each in said), told
    assert [each.name for each in tmp_path.iterdir()] == ["study"]
    assert run(["new", str(tmp_path / "new.qualcode"), "--study", str(study)]) == 1
    assert [each.name for each in tmp_path.iterdir()] == ["study"]


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = make_study(tmp_path / "study")
    text = study.read_text(encoding="utf-8")
    study.write_text(
        text.replace("respondent: ID", "respondent: Id").replace("What is hard?", "What?"), encoding="utf-8"
    )
    (tmp_path / "study" / "team.txt").write_text("", encoding="utf-8")
    (tmp_path / "study" / "codebook.yaml").write_text(CODEBOOK.replace("key: time", "kee: time"), encoding="utf-8")
    assert run(["run", str(study), "--out", str(tmp_path / "out")]) == 1
    told = capsys.readouterr().err
    assert all(each in told for each in ("'Id'", "'What?'", "team.txt", "codebook.yaml, line 8"))


def test_a_survey_without_answers_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = make_study(tmp_path / "study")
    book = openpyxl.load_workbook(tmp_path / "study" / "survey.xlsx")
    for row in range(2, 7):
        book["Sheet"].cell(row, 4).value = None
    book.save(tmp_path / "study" / "survey.xlsx")
    assert run(["run", str(study), "--out", str(tmp_path / "out")]) == 1
    assert "no answers" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="needs a signal that ends a process at once")
def test_a_run_that_is_killed_leaves_no_half_made_output(tmp_path: Path) -> None:
    study, out = make_study(tmp_path / "study"), tmp_path / "out"
    process = subprocess.Popen(
        [sys.executable, "-m", "qualcode", "run", str(study), "--out", str(out)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None and not list(tmp_path.glob(".out.unfinished-*/project.qualcode")):
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not out.exists()
    assert run(["run", str(study), "--out", str(out)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "study"]


def test_overwriting_never_mixes_two_projects(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study, out = make_study(tmp_path / "study"), tmp_path / "out"
    assert run(["run", str(study), "--out", str(out)]) == 0
    with Project.open(out / "project.qualcode") as project:
        project.codebook.add("Old")
        assert run(["run", str(study), "--out", str(out), "--overwrite"]) == 1
        assert "open in another" in capsys.readouterr().err
        left = {name: (out / name).read_bytes() for name in ("project.qualcode", "project.qualcode-wal")}
    for name, content in left.items():  # as a kill leaves it
        (out / name).write_bytes(content)
    assert run(["run", str(study), "--out", str(out), "--overwrite"]) == 0
    assert sorted(path.name for path in out.iterdir()) == sorted(RESULTS)
    with Project.open(out / "project.qualcode") as project:
        assert "Old" not in [code.name.plain for code in project.codebook.current().codes]
