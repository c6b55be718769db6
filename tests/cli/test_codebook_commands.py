"""`qualcode codebook check` and `convert`, and what a study says about its codebook."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcode.cli.main import run
from qualcode.files.codebook_file import read_codebook

GOOD = (
    "key: garden\ncodes:\n- {key: soil, name: Soil, definition: What grows, examples: [Good], rules: [{any: [soil]}]}\n"
)
ENDLESS = "key: garden\ncodes:\n- key: soil\n  name: Soil\n  rules:\n  - regex: '(a+)+b'\n"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_check_says_that_nothing_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["codebook", "check", str(write(tmp_path / "garden.yaml", GOOD))]) == 0
    assert capsys.readouterr().out == "garden.yaml: nothing wrong.\n"


def test_check_tells_rules_that_suggesting_would_refuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "garden.yaml", ENDLESS)
    assert run(["codebook", "check", str(path)]) == 1
    assert "error: garden.yaml, line 6: The regular expression" in capsys.readouterr().out
    assert run(["codebook", "check", str(path), "--json"]) == 1
    told = [each for each in json.loads(capsys.readouterr().out) if each["severity"] == "error"]
    assert [each["where"] for each in told] == ["garden.yaml, line 6"]


def test_a_codebook_goes_through_a_workbook_and_is_checked_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, book, back = write(tmp_path / "garden.yaml", GOOD), tmp_path / "garden.xlsx", tmp_path / "back.yaml"
    assert run(["codebook", "convert", str(source), str(book)]) == 0
    assert run(["codebook", "check", str(book)]) == 0
    assert run(["codebook", "convert", str(book), str(back)]) == 0
    assert read_codebook(back) == read_codebook(source)
    capsys.readouterr()
    assert run(["codebook", "convert", str(source), str(book)]) == 1
    assert "exists already" in capsys.readouterr().err


def test_a_study_tells_wrong_rules_with_its_other_errors_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "garden.yaml", ENDLESS)
    write(tmp_path / "talk.docx", "no such thing")
    study = write(tmp_path / "study.yaml", "title: T\ncodebook: garden.yaml\ndocuments: [{files: talk.docx}]\n")
    assert run(["new", str(tmp_path / "t.qualcode"), "--study", str(study)]) == 1
    told = capsys.readouterr().err
    assert "garden.yaml, line 6: The regular expression" in told
    assert "talk.docx" in told
    assert not (tmp_path / "t.qualcode").exists()


def test_the_codebook_of_a_study_may_be_a_workbook(tmp_path: Path) -> None:
    source = write(tmp_path / "garden.yaml", GOOD)
    assert run(["codebook", "convert", str(source), str(tmp_path / "garden.xlsx")]) == 0
    write(tmp_path / "talk.txt", "Anna: The soil is good.\nBo: So it is.\nAnna: It is.\nBo: Yes.\n")
    study = write(tmp_path / "study.yaml", "title: T\ncodebook: garden.xlsx\ndocuments: [{files: talk.txt}]\n")
    assert run(["new", str(tmp_path / "t.qualcode"), "--study", str(study)]) == 0
