"""`qualcode agreement`: table, samples, disagreements out and back in."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from qualcode.cli.main import run
from qualcode.project.project import Project
from tests.builders import add_session, code_words, make_project


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with make_project(tmp_path) as project:
        said = [("A", "The price is high. We lack time."), ("B", "=It costs. All is well.")]
        add_session(project, "Team", said, {"A": "Leaders", "B": "Staff"})
        for words, code, coder in (
            ("price is high", "price", "Kari"),
            ("price is high", "cost", "Ola"),
            ("lack time", "time", "Kari"),
            ("lack time", "time", "Ola"),
            ("=It costs", "cost", "Ola"),
        ):
            code_words(project, "Team.txt", words, code, coder)
        return project.path


def test_the_table_is_printed_for_people_and_for_programs(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["agreement", str(path)]) == 0
    shown = capsys.readouterr()
    assert "Kari and Ola" in shown.out and "3 disagreements are open" in shown.out
    assert "Intervals come from drawing units" in shown.err
    assert run(["agreement", str(path), "--coders", "Ola", "Kari", "--unit", "turn", "--csv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("theme,name,parent,depth,units,coders,given_by,all_give,some_give,none_give,prevalence")
    assert len(lines) == 1 + 3 + 4
    assert run(["agreement", str(path), "--json", "--universe", "coded"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["units"], told["disagreements"], told["universe"]) == (3, 3, "coded")
    price = told["themes"][0]
    assert (price["agreement"], price["note"]) == (pytest.approx(2 / 3), "too little for an interval of kappa")
    assert run(["agreement", str(path), "--coders", "Kari"]) == 1
    assert "two coders or more" in capsys.readouterr().err


def test_disagreements_go_out_and_come_back_settled(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "d.csv"
    assert run(["agreement", str(path), "--disagreements", str(table)]) == 0
    assert run(["agreement", str(path), "--disagreements", str(path)]) == 1
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["applies"] for row in rows] == ["", "", ""]
    rows[0] |= {"applies": "1", "note": "both meant it"}
    rows[2] |= {"applies": "0"}
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    capsys.readouterr()
    assert run(["agreement", "settle", str(path), str(table)]) == 0
    assert "2 disagreements settled" in capsys.readouterr().out
    with Project.open(path) as project:
        assert [(each.applies, each.note) for each in project.agreement.settlements()] == [
            (True, "both meant it"),
            (False, ""),
        ]
        assert len(project.agreement.measure().open) == 1
    table.write_text(table.read_text(encoding="utf-8").replace("both meant it,", "both,").replace(",1,", ",perhaps,"))
    assert run(["agreement", "settle", str(path), str(table)]) == 1
    assert "neither 1 nor 0" in capsys.readouterr().err


def test_a_sample_is_drawn_listed_and_used(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["agreement", "sample", str(path), "--share", "0.5", "--unit", "sentence", "--seed", "4"]
    assert run([*command, "--name", "pilot"]) == 0
    shown = capsys.readouterr().out
    assert "2 units" in shown and "Leaders: 1/2" in shown
    assert run([*command, "--name", "listed", "--csv"]) == 0
    assert capsys.readouterr().out.startswith("document,respondent,group,session,question,start,end,text")
    assert run([*command, "--name", "told", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["drawn"] == {"Leaders": [1, 2], "Staff": [1, 2]}
    assert run([*command, "--name", "pilot"]) == 1
    assert run(["agreement", str(path), "--sample", "pilot", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["units"] == 2
    assert run(["agreement", "sample", str(path)]) == 2
