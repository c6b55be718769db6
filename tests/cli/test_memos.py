"""`qualcode memos` from outside."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from qualcode.cli.main import run
from qualcode.model.memo import PROJECT, Subject, SubjectKind
from tests.builders import add_session, code_words, make_project


def test_memos_are_printed_with_what_they_are_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with make_project(tmp_path) as project:
        add_session(project, "Shift A", [("Ann", "The price is high.")], {"Ann": "Baker"})
        path = str(project.path)
        assert run(["memos", path]) == 0
        assert "There are no memos." in capsys.readouterr().out
        segment = code_words(project, "Shift A.txt", "price is high", "price")
        project.memos.add(PROJECT, "=begin", title="Day 1")
        project.memos.add(Subject(SubjectKind.SEGMENT, segment), "Again [money].")
    assert run(["memos", path]) == 0
    shown = capsys.readouterr().out
    assert "Day 1" in shown and "Quotation “price is high”" in shown and "Again [money]." in shown
    assert run(["memos", path, "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["on"], row["start"], row["content"]) for row in rows] == [
        ("project", "", "'=begin"),
        ("segment", "4", "Again [money]."),
    ]
    assert run(["memos", path, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[1]["code"] == "price"
