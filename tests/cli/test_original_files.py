"""Imported files are listed and given back byte for byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcode.cli.main import run
from qualcode.errors import CancelledError, ExportError
from qualcode.project.project import Project
from qualcode.store import documents
from tests.builders import make_project

FILES = [
    ("one/talk.txt", b"\xff\x00 A"),
    ("two/talk.txt", b"B\r\n"),
    ("talk.txt", b"C"),
    ("Talk.TXT", b"D"),
    ("../../../etc/talk.txt", b"E"),
    ("/srv/talk.txt", b"F"),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project with files of hostile and equal names."""
    with make_project(tmp_path) as project, project.step("Keep"):
        for name, content in FILES:
            documents.keep_original(project.db, name, content)
    return tmp_path / "test.qualcode"


def test_every_file_comes_back_as_it_was(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "back"
    assert run(["originals", str(path), "--out", str(out), "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    names = ["one/talk.txt", "two/talk.txt", "talk.txt", "Talk (2).TXT", "etc/talk.txt", "srv/talk.txt"]
    assert [each["name"] for each in listed] == names
    assert [each["bytes"] for each in listed] == [len(content) for _name, content in FILES]
    assert [(out / name).read_bytes() for name in names] == [content for _name, content in FILES]
    assert sorted(p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()) == sorted(names)


def test_a_list_is_printed_and_nothing_written(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(tmp_path.iterdir())
    assert run(["originals", str(path)]) == 0
    assert "one/talk.txt" in capsys.readouterr().out
    assert sorted(tmp_path.iterdir()) == before


def test_no_file_is_written_over(path: Path, tmp_path: Path) -> None:
    (tmp_path / "back").mkdir()
    (tmp_path / "back" / "talk.txt").write_text("mine", encoding="utf-8")
    with Project.open(path) as project, pytest.raises(ExportError, match="talk"):
        project.documents.give_back(tmp_path / "back")
    assert [each.name for each in (tmp_path / "back").iterdir()] == ["talk.txt"]


def test_nothing_is_left_behind_when_it_is_stopped(path: Path, tmp_path: Path) -> None:
    told: list[int] = []
    with Project.open(path) as project, pytest.raises(CancelledError):
        project.documents.give_back(
            tmp_path / "back", progress=lambda done, _total: told.append(done), cancelled=lambda: len(told) == 3
        )
    assert told == [1, 2, 3]
    assert not [each for each in (tmp_path / "back").rglob("*") if each.is_file()]
