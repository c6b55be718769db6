"""What the command line says to people who mistype, and that it leaves nothing half-made."""

from __future__ import annotations

import argparse
import io
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from lxml.etree import SerialisationError

from qualcode.__main__ import main as start
from qualcode.cli import main
from qualcode.cli.main import run
from qualcode.errors import StoreError
from qualcode.exporting.sheets import Book
from qualcode.i18n import use_language
from qualcode.project.project import Project
from qualcode.store import originals
from qualcode.store.schema import metadata
from tests.builders import add_survey, code_words, make_code, make_codebook, make_project

STUDY = str(Path(__file__).parents[2] / "sample_transcripts" / "study.yaml")


@pytest.fixture
def path(tmp_path: Path) -> str:
    with make_project(tmp_path, make_codebook(make_code("price"))) as project:
        add_survey(project, [(str(n), "Staff", {"Why?": "It costs."}) for n in range(5)])
        code_words(project, "survey.csv#!2:Why?", "costs", "price")
    return str(project.path)


def test_options_may_stand_between_files(path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(f"Kari: This is {name}.\n", encoding="utf-8")
    assert run(["import", path, "--kind", "interview", str(tmp_path / "one.txt"), str(tmp_path / "two.txt")]) == 0
    assert "2 transcripts" in capsys.readouterr().out
    assert run(["inspect", str(tmp_path / "one.txt"), "--json", str(tmp_path / "two.txt")]) == 0
    assert capsys.readouterr().out.count('"outcome"') == 2


def test_a_file_whose_name_is_an_option_stands_behind_two_dashes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["inspect", "--", "--json"]) == 0
    assert "--json: refuse" in capsys.readouterr().out


def test_usage_is_whole_in_each_language(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for language in ("en", "nb"):
        monkeypatch.setattr(main, "_language", lambda _arguments, _environment, language=language: language)
        assert run(["import"]) == 2
        assert ": qualcode import [-h]" in capsys.readouterr().err
    use_language("en")


@pytest.mark.parametrize(
    ("arguments", "near"),
    [(["cuont", "x"], "count"), (["count", "x", "--unit", "sentense"], "sentence"), (["codings", "imprt"], "import")],
)
def test_the_nearest_name_is_offered(arguments: list[str], near: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    assert f"Did you mean '{near}'?" in capsys.readouterr().err


@pytest.mark.parametrize(
    "options",
    [
        ["count", "--depth", "-1"],
        ["learn", "--next", "-3"],
        ["quotations", "--note", "why"],
        ["export", "new.png", "--groups", "A", "B"],
        ["agreement", "sample"],
    ],
)
def test_wrong_usage_is_2(options: list[str], path: str) -> None:
    words = options if options[0] == "agreement" else [options[0], path, *options[1:]]
    assert run(words) == 2


def test_what_is_no_project_is_told_with_what_to_do(
    path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "study.yaml").write_text("title: T\n" * 200, encoding="utf-8")
    sqlite3.connect(tmp_path / "x.qualcode").close()
    told = {
        str(tmp_path): f"Did you mean '{path}'?",
        str(tmp_path / "tset.qualcode"): "Did you mean 'test.qualcode'?",
        str(tmp_path / "study.yaml"): "A project is a file that ends in .qualcode",
        str(tmp_path / "x.qualcode"): "A project is a file that ends in .qualcode",
        str(tmp_path / "none" / "x.qualcode"): "Check the name.",
    }
    for name, hint in told.items():
        assert run(["count", name]) == 1
        assert f"Hint: {hint}" in capsys.readouterr().err


def test_what_is_no_study_is_told(path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.yaml").write_text("title: T\n", encoding="utf-8")
    for name, hint in ((path, "database"), (str(tmp_path), "mine.yaml"), (str(tmp_path / "main.yaml"), "mine.yaml")):
        assert run(["run", name, "--out", str(tmp_path / "out")]) == 1
        assert hint in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_wrong_sheet_is_told_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "codebook.yaml").write_text("key: k\ncodes: [{key: time, name: Time}]\n", encoding="utf-8")
    (tmp_path / "one.csv").write_text("ID,Why\n1,a b\n", encoding="utf-8")
    study = "title: T\ncodebook: codebook.yaml\nsurveys:\n  - file: one.csv\n    sheet: Svar\n    open: [Why]\n"
    (tmp_path / "study.yaml").write_text(study, encoding="utf-8")
    assert run(["run", str(tmp_path / "study.yaml"), "--out", str(tmp_path / "out")]) == 1
    assert "study.yaml, line 4: one.csv has no sheet 'Svar'" in capsys.readouterr().err


def test_codings_are_not_written_over_others(path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "codings.csv"
    assert run(["codings", "export", path, str(target)]) == 0
    target.write_text("by hand", encoding="utf-8")
    assert run(["codings", "export", path, str(target)]) == 1
    assert target.read_text(encoding="utf-8") == "by hand"
    assert "--overwrite" in capsys.readouterr().err
    assert run(["codings", "export", path, str(target), "--overwrite"]) == 0
    assert target.read_text(encoding="utf-8").startswith("segment_id,")
    assert run(["codings", "export", path, str(tmp_path / "codings.xlsx")]) == 1
    assert run(["export", path, str(tmp_path / "none" / "report.docx")]) == 1
    assert "There is no folder" in capsys.readouterr().err


def test_a_wrong_codebook_is_told_on_both_streams(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "wrong.yaml").write_text("key: k\ncodes: [{key: time}]\n", encoding="utf-8")
    assert run(["codebook", "check", str(tmp_path / "wrong.yaml")]) == 1
    told = capsys.readouterr()
    assert "line 2" in told.out and told.err == "Error: The codebook wrong.yaml has 1 error.\n"


@pytest.mark.skipif(os.name == "nt", reason="a closed pipe is told otherwise there")
def test_who_has_read_enough_ends_the_command_in_peace(path: str) -> None:
    code = "import sys; from qualcode.cli.main import run; sys.exit(run(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "count", path]
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_a_project_that_cannot_be_made_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_anything: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(metadata, "create_all", full)
    with pytest.raises(StoreError, match="disk is full"):
        Project.create(tmp_path / "new.qualcode", "T")
    assert list(tmp_path.iterdir()) == []


def test_a_study_that_is_stopped_on_its_way_in_leaves_no_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_anything: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("qualcode.project.documents.DocumentActions.import_study", stop)
    new = tmp_path / "new.qualcode"
    assert run(["new", str(new), "--study", STUDY]) == 130
    assert "Stopped." in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []

    def full(*_anything: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("qualcode.store.settings.write", full)
    assert run(["new", str(new), "--study", STUDY]) == 1
    assert "disk is full" in capsys.readouterr().err
    out = tmp_path / "results"
    assert run(["run", STUDY, "--out", str(out)]) == 1
    assert f"{out / 'project.qualcode'} has not been changed" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_under_a_workbook_is_an_error_of_writing(tmp_path: Path) -> None:
    def full() -> None:
        raise SerialisationError("IO_ENOSPC")

    with pytest.raises(OSError, match="No space"), Book(tmp_path / "tables.xlsx", "T") as book:
        sheet = book.new_sheet("Themes")
        sheet._get_writer()
        sheet.close = full
        full()
    assert list(tmp_path.iterdir()) == []


def test_originals_come_whole_or_not_at_all(
    path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"Kari: This is {name}.\n", encoding="utf-8")
    assert run(["import", path, str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]) == 0
    given: list[int] = []

    def content(_db: object, original_id: int) -> bytes:
        given.append(original_id)
        if len(given) > 1:
            raise OSError(28, "No space left on device")
        return b"a"

    monkeypatch.setattr(originals, "content", content)
    out = tmp_path / "out"
    assert run(["originals", path, "--out", str(out)]) == 1
    assert "The disk is full; out was not written" in capsys.readouterr().err
    assert [each for each in out.rglob("*") if each.is_file()] == []
    assert run(["originals", path, "--out", str(tmp_path / "a.txt")]) == 1
    assert "a.txt cannot be written" in capsys.readouterr().err


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_without_a_screen_the_window_is_refused_in_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "argv", ["qualcode"])
    assert start() == 1
    assert capsys.readouterr().err.startswith("Error: There is no screen here")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_a_terminal_that_is_closed_stops_the_command_and_nohup_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []

    def command(_options: argparse.Namespace) -> int:
        seen.append(signal.getsignal(signal.SIGHUP))
        return 0

    monkeypatch.setattr(main, "_lazily", lambda _module, _name: command)
    before = signal.getsignal(signal.SIGHUP)
    try:
        for handler in (signal.SIG_DFL, signal.SIG_IGN):
            signal.signal(signal.SIGHUP, handler)
            assert run(["suggest", "any.qualcode"]) == 0
    finally:
        signal.signal(signal.SIGHUP, before)
    assert seen[0] is main._stop_as_by_keyboard
    assert seen[1] is signal.SIG_IGN


def test_an_import_of_files_tells_how_far_it_is(
    path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(f"Kari: This is {name}.\n", encoding="utf-8")
    assert run(["import", path, str(tmp_path / "one.txt")]) == 0
    assert "Importing" not in capsys.readouterr().err  # which is no terminal
    shown = _Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    assert run(["import", path, str(tmp_path / "two.txt")]) == 0
    assert "Importing … 100 %" in shown.getvalue()


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_file_in_the_place_of_another_kind_is_told_as_what_it_is(
    path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    codebook = str(Path(STUDY).parents[1] / "codebooks" / "ips_integration.yaml")
    assert run(["run", codebook, "--out", str(tmp_path / "out")]) == 1
    assert "This is a codebook, not a study file" in capsys.readouterr().err
    assert run(["codebook", "check", STUDY]) == 1
    assert "This is a study file, not a codebook" in capsys.readouterr().out
    (tmp_path / "a.rtf").write_text("{\\rtf1 Hi}", encoding="utf-8")
    assert run(["codebook", "check", str(tmp_path / "a.rtf")]) == 1
    assert "not a text file" in capsys.readouterr().out
    assert run(["import", path, codebook]) == 1
    assert "a codebook is named in a study file" in capsys.readouterr().err
    sheet = tmp_path / "codes.xlsx"
    assert run(["codebook", "convert", codebook, str(sheet)]) == 0
    capsys.readouterr()
    assert run(["import", path, str(sheet)]) == 1
    assert "codes.xlsx holds a codebook, not answers." in capsys.readouterr().err


def test_names_that_would_lead_elsewhere_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["run", STUDY, "--out", ""]) == 2
    assert run(["new", "mine.docx", "--study", STUDY]) == 1
    assert "Call it mine.qualcode." in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_file_stands_once_before_what_is_wrong_with_it(
    path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.docx").touch()
    (tmp_path / "talk.txt").write_text("A: Yes.\n", encoding="utf-8")
    assert run(["import", path, str(tmp_path / "empty.docx"), str(tmp_path / "tall.txt")]) == 1
    told = capsys.readouterr().err
    assert told.count("empty.docx") == 1
    assert f"There is no file {tmp_path / 'tall.txt'}. Did you mean 'talk.txt'?" in told


def test_the_same_thing_in_several_files_is_told_once(
    path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [tmp_path / f"{n}.txt" for n in range(9)]
    for file in files:
        file.write_text(f"Kari: This is {file.name}.\n", encoding="utf-8")
    command = ["import", path, "--group", "Staff", *map(str, files)]
    assert run(command) == 0
    capsys.readouterr()
    assert run(command) == 0
    first, line = capsys.readouterr().err.splitlines()
    assert first == "1 thing to know about the import:"
    assert line.startswith("  0.txt; 1.txt; 2.txt; 3.txt; 4.txt; 5.txt and 3 more places: This file is in the project")


def test_what_somebody_filled_in_is_not_written_over(
    path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled, matrix = tmp_path / "filled.csv", tmp_path / "matrix.csv"
    command = ["framework", path, "--out", str(matrix)]
    assert run(command) == 0
    for target in (filled, matrix):
        target.write_text("filled in", encoding="utf-8")
    assert run(command) == 1
    assert run(["agreement", path, "--disagreements", str(filled)]) == 1
    assert run(["evaluate", path, "--against", str(matrix), "--disagreements", str(filled)]) == 1
    assert capsys.readouterr().err.count("--overwrite") == 3
    assert filled.read_text(encoding="utf-8") == matrix.read_text(encoding="utf-8") == "filled in"
    assert run([*command, "--overwrite"]) == 0
    assert matrix.read_text(encoding="utf-8") != "filled in"
