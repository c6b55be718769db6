"""`qualcode respondents`: the list, and a sheet of attributes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcode.cli.main import run
from qualcode.project.project import Project
from tests.builders import add_survey, make_project


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with make_project(tmp_path) as project:
        add_survey(project, [("1", "Cooks", {"Q": "Price."}), ("2", "Waiters", {"Q": "Time."})], [{"Age": "30"}, {}])
        return project.path


def test_the_list_has_attributes(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["respondents", str(path), "--csv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith(",words,units,Age")
    assert lines[1].endswith(",30")
    assert run(["respondents", str(path)]) == 0
    assert "Cooks: N 1; Waiters: N 1" in capsys.readouterr().out


def test_a_sheet_comes_in_after_a_preview(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "more.csv"
    sheet.write_text("ID;Town\n1;Oslo\n2;Bergen\n3;Moss\n", encoding="utf-8")
    assert run(["respondents", "import", str(path), str(sheet), "--preview", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["matched"], told["unmatched"], told["written"]) == (2, [{"row": 4, "name": "3"}], False)
    with Project.open(path) as project:
        assert project.respondents.attribute_names() == ["Age"]
    assert run(["respondents", "import", str(path), str(sheet)]) == 0
    assert "2 rows fit a respondent, 1 fits nobody, 0 are doubled." in capsys.readouterr().out
    with Project.open(path) as project:
        assert [case.attributes["Town"] for case in project.respondents.all()] == ["Oslo", "Bergen"]


def test_wrong_usage_and_wrong_files(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["respondents", str(path), "x", "y"]) == 2
    sheet = tmp_path / "other.csv"
    sheet.write_text("ID;Town\n8;Oslo\n9;Bergen\n", encoding="utf-8")
    assert run(["respondents", "import", str(path), str(sheet)]) == 1
    assert "no column names the respondents" in capsys.readouterr().err
