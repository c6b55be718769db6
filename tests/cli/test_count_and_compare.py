"""`qualcode count` and `compare` with all their options."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from qualcode.cli.main import run
from qualcode.model.codebook import Codebook, Valence
from qualcode.project.comparisons import compare_groups_of
from qualcode.project.project import Project
from tests.builders import add_survey, code_words, make_code, make_codebook, make_project


@pytest.fixture
def path(tmp_path: Path) -> str:
    codebook = make_codebook(
        replace(make_code("price"), valence=Valence.HINDERING, counterpart="gain"),
        make_code("cost", "price", 1),
        make_code("gain"),
    )
    with make_project(tmp_path, codebook) as project:
        rows = [
            (str(n), group, {"Why?": "It costs.", "How?": "Gains."})
            for n, group in enumerate(("Leaders", "Staff", "Users") * 5)
        ]
        add_survey(project, rows, [{"Region": "East" if n % 2 else "West"} for n in range(15)])
        for row in (2, 5, 8):
            code_words(project, f"survey.csv#!{row}:Why?", "costs", "cost")
        code_words(project, "survey.csv#!3:How?", "Gains", "gain")
        return str(project.path)


def test_counting_options(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["count", path, "--by", "group+Region", "--depth", "0", "--base", "asked", "--singles", "--csv"]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert {row["theme"] for row in rows} == {"price", "gain"}
    first = rows[0]
    assert (first["group"], first["base"], first["base_n"], first["base_N"]) == ("Leaders × East", "asked", "1", "2")
    assert (first["base_pct"], first["base_note"], first["unit"]) == ("", "below_small_cell", "segment")
    assert (first["single_units"], first["several_units"]) == ("1", "0")
    for base in ("answering", "group", "asked", "units", "segments"):
        assert run(["count", path, "--base", base, "--filter", "question=Why?"]) == 0
        assert "Unit: segment. Filter: question=Why?." in capsys.readouterr().out
    assert run(["count", path, "--by", "coder", "--json"]) == 0
    assert {row["group"] for row in json.loads(capsys.readouterr().out)} == {"Kari", "(all)"}
    assert run(["count", path, "--by", "coder"]) == 0


def test_three_groups(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", path, "Leaders", "Staff", "Users"]) == 0
    assert "one test of all groups" in capsys.readouterr().out
    assert run(["compare", path, "Leaders", "Staff", "Users", "--csv", "--correction", "bh"]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert (rows[0]["n Leaders"], rows[0]["N Leaders"], rows[0]["n_tests"]) == ("3", "5", "3")
    assert "exact" in rows[0]["note"] and "Benjamini" in rows[0]["note"]
    assert run(["compare", path, "Leaders", "Staff", "Users", "--paired"]) == 1
    assert run(["compare", path, "Leaders"]) == 1
    assert "two groups or more" in capsys.readouterr().err


def test_groups_are_headed_as_they_are_called(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    for typed in (["leaders", " STAFF"], ["leaders", "STAFF", "users "]):
        assert run(["compare", path, *typed]) == 0
        heading = next(line for line in capsys.readouterr().out.splitlines() if "Theme" in line)
        assert "Leaders" in heading and "Staff" in heading and typed[1] not in heading


def test_the_same_people_in_two_questions_are_not_tested_as_if_they_were_others(
    path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["compare", path, "Why?", "How?", "--by", "question", "--csv"]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert {row["p"] for row in rows} == {row["odds_ratio"] for row in rows} == {""}
    assert rows[0]["rd"] == "0.2" and "same people" in rows[0]["note"]
    assert run(["compare", path, "Why?", "How?", "--by", "question"]) == 0
    assert "--paired" in capsys.readouterr().out
    with Project.open(Path(path)) as project:
        both = compare_groups_of(project, ["Why?", "How?"], by="question")
        assert both["p"].isna().all() and "same people" in str(both.loc[0, "note"])


def test_halves_are_rounded_up_in_print(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with make_project(tmp_path) as project:
        rows = [(str(n), "ABC"[n // 8], {"Why?": "It costs."}) for n in range(24)]
        add_survey(project, rows)
        for row in range(2, 7):
            code_words(project, f"survey.csv#!{row}:Why?", "costs", "price")  # 5 of the 8 in A
    path = str(project.path)
    assert run(["compare", path, "A", "B", "C"]) == 0
    assert "5/8  63 %" in capsys.readouterr().out
    assert run(["compare", path, "A", "B"]) == 0
    assert "+63 (+17 to +86)" in capsys.readouterr().out


def test_numbers_are_written_as_the_reader_writes_them(
    path: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualcode.i18n._language", "nb")
    monkeypatch.setattr("qualcode.cli.main.use_language", lambda _language: None)
    assert run(["compare", path, "Leaders", "Staff"]) == 0
    shown = capsys.readouterr().out
    assert "1,000" in shown
    assert "1.000" not in shown


def test_fields_are_known_by_their_norwegian_names_and_in_any_case(
    path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for typed, meant in (
        (["--filter", "gruppe=leaders", "--by", "Spørsmål"], ["--filter", "group=Leaders", "--by", "question"]),
        (["--by", "Gruppe+SPØRSMÅL"], ["--by", "group+question"]),
    ):
        shown = []
        for options in (typed, meant):
            assert run(["count", path, "--json", *options]) == 0
            shown.append([{**row, "filter": ""} for row in json.loads(capsys.readouterr().out)])
        assert shown[0] == shown[1]
        assert shown[0]


def test_a_group_without_anybody_has_no_column_for_reading(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["count", path, "--filter", "group=Leaders"]) == 0
    assert "N = 0 of 0" not in capsys.readouterr().out
    assert run(["count", path, "--filter", "group=Leaders", "--csv"]) == 0
    assert "\nStaff," in capsys.readouterr().out


def test_units_that_carry_one_theme_are_told_from_others(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    with Project.open(Path(path)) as project:
        code_words(project, "survey.csv#!2:Why?", "costs", "gain")
    assert run(["count", path, "--singles", "--depth", "0"]) == 0
    shown = capsys.readouterr().out
    price = next(place for place, line in enumerate(shown.splitlines()) if line.startswith(" Price"))
    assert "2 + 1" in shown.splitlines()[price + 1]
    assert "with no other theme + with others" in shown


def test_a_codebook_without_counterparts_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with make_project(tmp_path, make_codebook(make_code("price"))) as project:
        add_survey(project, [("1", "A", {"Why?": "It costs."}), ("2", "B", {"Why?": "It costs."})])
    assert run(["compare", str(project.path), "A", "B", "--mirrored"]) == 0
    assert "No theme has a counterpart yet." in capsys.readouterr().out


def test_two_groups_in_words(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", path, "Leaders", "Staff"]) == 0
    shown = capsys.readouterr().out
    assert "Only Leaders: Price (3/5, 0/5)." in shown and "Only Staff: Gain (0/5, 1/5)." in shown
    assert run(["compare", path, "Leaders", "Staff", "--mirrored"]) == 0
    assert "Leaders speaks more of Price" in capsys.readouterr().out
    assert run(["compare", path, "Leaders", "Staff", "--mirrored", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["pattern"] == "mirrored"
    assert run(["compare", path, "Leaders", "Staff", "--csv"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        "theme,name,a_n,a_N,b_n,b_N,rd,rd_low,rd_high,odds_ratio,or_low,or_high,p,p_holm,n_tests,note"
    )


def test_the_same_people(path: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", path, "Why?", "How?", "--paired", "--csv"]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert [(row["theme"], row["only_a"], row["p"]) for row in rows] == [
        ("price", "3", "0.25"),
        ("cost", "3", "0.25"),
        ("gain", "0", "1"),
    ]
    assert run(["compare", path, "Why?", "How?", "--paired"]) == 0
    assert "The same respondents" in capsys.readouterr().out
    assert run(["compare", path, "Why?", "How?", "--paired", "--mirrored"]) == 1


@pytest.fixture
def without_codes(tmp_path: Path) -> str:
    with make_project(tmp_path, Codebook("test", ())) as project:
        add_survey(project, [("1", "Leaders", {"Why?": "It costs."}), ("2", "Staff", {"Why?": "No time."})])
        return str(project.path)


def test_a_codebook_without_codes_can_be_counted(without_codes: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["count", without_codes]) == 0
    assert "The codebook has no codes yet." in capsys.readouterr().out
    assert run(["cooccurrence", without_codes]) == 0


def test_groups_are_not_compared_without_codes(without_codes: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", without_codes, "Leaders", "Staff"]) == 1
    assert "The codebook has no codes yet." in capsys.readouterr().err


def test_a_codebook_without_codes_gives_a_workbook(without_codes: str, tmp_path: Path) -> None:
    assert run(["export", without_codes, str(tmp_path / "tables.xlsx")]) == 0
    assert (tmp_path / "tables.xlsx").exists()


@pytest.mark.parametrize("figure", ["network", "shares", "model"])
def test_a_codebook_without_codes_gives_no_picture_and_says_why(
    without_codes: str, tmp_path: Path, figure: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", without_codes, str(tmp_path / "picture.svg"), "--figure", figure]) == 1
    assert "The codebook has no codes yet." in capsys.readouterr().err
