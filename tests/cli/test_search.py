"""`qualcode search` from outside."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from qualcode.analysis.filtering import parse_filter
from qualcode.cli.main import run
from tests.builders import add_session, make_project


@pytest.fixture
def path(tmp_path: Path) -> str:
    with make_project(tmp_path) as project:
        said = [("Ann", "=The price is high."), ("Bo", "word " * 60 + "prices " + "word " * 60)]
        add_session(project, "Shift A", said, {"Ann": "Baker", "Bo": "Waiter"})
        project.filters.save("bakers", parse_filter(["group=Baker"]))
        return str(project.path)


def test_places_are_printed_as_csv_and_json(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", path, "price", "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["document"], row["group"], row["start"], row["end"], row["text"]) for row in rows] == [
        ("Shift A.txt", "Baker", "5", "10", "price"),
        ("Shift A.txt", "Waiter", "320", "326", "prices"),
    ]
    assert rows[0]["unit_text"] == "'=The price is high."  # no formula in a sheet
    assert run(["search", path, "price", "--filter", "@Bakers", "--json"]) == 0
    (only,) = json.loads(capsys.readouterr().out)
    assert only["respondent_key"] == "Shift A:Ann" and only["text"] == "price"


def test_a_person_sees_who_and_what_stands_around(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", path, "price"]) == 0
    shown = capsys.readouterr().out
    assert "Ann: =The price is high." in shown and "… " in shown and "2 places in 2 turns or answers." in shown


def test_what_cannot_be_searched_for_is_an_error(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["search", path, "(a+)+b", "--mode", "regex"]) == 1
    assert run(["search", path, "price", "--filter", "@nobody"]) == 1
    assert "bakers" in capsys.readouterr().err
