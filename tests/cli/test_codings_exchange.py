"""Codings leave and come back through the command line, all rows or none."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from qualcode.cli.main import run
from qualcode.model.codebook import Code, Wording
from qualcode.project.project import Project
from tests.builders import add_session, add_survey, code_words, make_codebook, make_project

GROUPS = {"A": "Leaders", "B": "Staff"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project with a focus group and a survey, and one coding."""
    with make_project(tmp_path) as project:
        add_session(project, "Team", [("A", "It costs 😀 too much."), ("B", "=1+1 takes time.")], GROUPS)
        add_survey(project, [("1", "Leaders", {"Why?": "Price,\nand time"}), ("2", "Staff", {"Why?": "-"})])
        code_words(project, "Team.txt", "=1+1 takes", "time")
        code_words(project, "survey.csv#!2:Why?", "Price,\nand time", "price")
        code_words(project, "Team.txt", "much.\n=1+1", "cost")
    return tmp_path / "test.qualcode"


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def n_segments(path: Path) -> int:
    with Project.open(path) as project:
        return project.segments.count()


def test_exported_codings_come_back_and_change_nothing(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "codings.csv"
    assert run(["codings", "export", str(path), str(table)]) == 0
    rows = read(table)
    assert len(rows) == 4  # one span reaches into the words of two people
    assert "'=1+1 takes" in {row["text"] for row in rows}
    capsys.readouterr()
    assert run(["codings", "import", str(path), str(table), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"rows": 4, "new_segments": 0}


def test_codings_of_another_project_come_in_once(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "codings.csv"
    run(["codings", "export", str(path), str(table)])
    with Project.open(path) as project:
        for code in project.codebook.current().codes:
            for segment in project.segments.of_code(code.id):
                project.segments.remove(segment.id)
    capsys.readouterr()
    assert run(["codings", "import", str(path), str(table), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"rows": 4, "new_segments": 3}
    again = tmp_path / "again.csv"
    run(["codings", "export", str(path), str(again)])
    keep = ("document", "respondent_key", "start", "end", "text", "code", "coder", "origin")
    first, second = ([{name: row[name] for name in keep} for row in read(each)] for each in (table, again))
    assert first == second


def test_four_columns_are_enough(path: Path, tmp_path: Path) -> None:
    table = write(tmp_path / "few.csv", [{"document": "Team.txt", "start": 3, "end": 8, "code": "price"}])
    assert run(["codings", "import", str(path), str(table)]) == 0
    with Project.open(path) as project:
        (segment,) = [s for s in project.segments.of_document(project.documents.all()[0].id) if s.span.start == 3]
        assert segment.origin == "imported"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": "It cost"}, "differs"),
        ({"document": "Taem.txt"}, "Did you mean 'Team.txt'?"),
        ({"code": "prize"}, "Did you mean 'price'?"),
        ({"code": " "}, "No code is named"),
        ({"score": "high"}, "score is not a number"),
        ({"end": 999}, "do not lie in the text"),
        ({"start": 8, "end": 8}, "do not lie in the text"),
        ({"start": "three"}, "not a whole number"),
        ({"origin": "manuel"}, "Did you mean 'manual'?"),
    ],
)
def test_one_wrong_row_keeps_all_out_and_is_named(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: dict[str, object], said: str
) -> None:
    good: dict[str, object] = {
        "document": "Team.txt",
        "start": 3,
        "end": 8,
        "code": "price",
        "text": "costs",
        "origin": "",
        "score": "",
    }
    table = write(tmp_path / "rows.csv", [good, {**good, **wrong}])
    assert run(["codings", "import", str(path), str(table)]) == 1
    told = capsys.readouterr().err
    assert said in told
    assert "row 3" in told
    assert n_segments(path) == 3


def test_a_missing_column_is_named(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = write(tmp_path / "rows.csv", [{"dokument": "Team.txt", "start": 3, "end": 8, "code": "price"}])
    assert run(["codings", "import", str(path), str(table)]) == 1
    told = capsys.readouterr().err
    assert "'document'" in told
    assert "'dokument'" in told


def test_undo_takes_a_whole_import_back(path: Path, tmp_path: Path) -> None:
    table = write(
        tmp_path / "rows.csv",
        [{"document": "Team.txt", "start": 3, "end": end, "code": "price", "coder": "Ola"} for end in (5, 6, 7)],
    )
    run(["codings", "import", str(path), str(table)])
    with Project.open(path) as project:
        assert project.undo() == "Import codings"
        assert project.segments.count() == 3


def test_a_missing_code_is_refused_also_where_a_code_has_names_by_language(path: Path, tmp_path: Path) -> None:
    with Project.open(path) as project:
        code = Code("named", Wording({"en": "Named"}), aliases=("",))
        project.codebook.load(make_codebook(code))
    table = write(tmp_path / "rows.csv", [{"document": "Team.txt", "start": 3, "end": 8, "code": ""}])
    assert run(["codings", "import", str(path), str(table)]) == 1
    assert n_segments(path) == 3


def test_rule_evidence_and_score_come_along(path: Path, tmp_path: Path) -> None:
    row = {"document": "Team.txt", "start": 3, "end": 8, "code": "price", "coder": "auto", "origin": "rule"}
    table = write(tmp_path / "rows.csv", [{**row, "rule": "costs / price", "evidence": "costs", "score": 0.7}])
    assert run(["codings", "import", str(path), str(table)]) == 0
    run(["codings", "export", str(path), str(tmp_path / "out.csv")])
    (found,) = [each for each in read(tmp_path / "out.csv") if each["coder"] == "auto"]
    assert (found["rule"], found["evidence"], found["score"]) == ("costs / price", "costs", "0.7")
    with Project.open(path) as project:
        assert project.review.n_pending() == 0


def test_a_table_without_rows_is_no_error(path: Path, tmp_path: Path) -> None:
    table = tmp_path / "none.csv"
    table.write_text("document,start,end,code\n", encoding="utf-8")
    assert run(["codings", "import", str(path), str(table)]) == 0
    assert n_segments(path) == 3


def test_white_space_in_a_header_is_collapsed(path: Path, tmp_path: Path) -> None:
    row = {"document": "survey.csv#!2: Why? ", "start": 0, "end": 5, "code": "time"}
    assert run(["codings", "import", str(path), str(write(tmp_path / "rows.csv", [row]))]) == 1
    row["document"] = "survey.csv#!2:Why?  "
    assert run(["codings", "import", str(path), str(write(tmp_path / "rows.csv", [row]))]) == 0


def test_wrong_usage_and_unwritable_output_have_their_own_codes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(["import", str(path)]) == 2
    assert run(["count", str(path), "--csv", "--json"]) == 2
    if Path("/dev/full").exists():
        with Path("/dev/full").open("w") as full:
            monkeypatch.setattr("sys.stdout", full)
            assert run(["count", str(path), "--csv"]) == 1
            monkeypatch.undo()
