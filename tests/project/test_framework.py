"""The framework matrix with its summaries, codes in their order, and what stands near what; tables and commands."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from qualcode.analysis.filtering import parse_filter
from qualcode.cli.main import run
from qualcode.errors import AnalysisError, ExportError
from qualcode.model.document import SpeakerRole
from qualcode.model.framework import FrameworkRows
from qualcode.project.framework import COLUMNS
from qualcode.project.project import Project
from qualcode.project.sequences import SEQUENCE_COLUMNS, code_sequence, proximity, transitions
from tests.builders import add_session, add_survey, code_words, make_project

GROUPS: dict[str, str | SpeakerRole] = {"A": "Leaders", "B": "Staff", "M": SpeakerRole.MODERATOR}
SESSION, RESPONDENT = FrameworkRows.SESSION, FrameworkRows.RESPONDENT


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path) as project:
        said = [
            ("M", "Well?"),
            ("A", "The price is high. It costs. All is well."),
            ("B", "=We lack time. They ask a lot. So it is. The price again."),
        ]
        add_session(project, "Team", said, GROUPS)
        add_survey(project, [("1", "Staff", {"Why?": "No time."}), ("2", "Leaders", {"Why?": "Nothing."})])
        for document, words, code, coder in (
            ("Team.txt", "price is high", "price", "Kari"),
            ("Team.txt", "price is high", "price", "Ola"),
            ("Team.txt", "price is high", "cost", "Ola"),
            ("Team.txt", "It costs", "cost", "Kari"),
            ("Team.txt", "=We lack time", "time", "Kari"),
            ("Team.txt", "price again", "price", "Kari"),
            ("survey.csv#!2:Why?", "time", "time", "Kari"),
        ):
            code_words(project, document, words, code, coder)
        yield project


def test_a_cell_holds_each_span_once_with_the_codes_below_the_theme(project: Project) -> None:
    matrix = project.framework.matrix()
    assert matrix.themes == ("price", "time")
    assert [(row.name, row.group, row.session) for row in matrix.rows] == [
        ("A", "Leaders", "Team"),
        ("2", "Leaders", ""),
        ("B", "Staff", "Team"),
        ("1", "Staff", ""),
    ]
    of_a = matrix.quotations[matrix.rows[0].id, "price"]
    assert [(each.text, each.codes) for each in of_a] == [("price is high", ("price", "cost")), ("It costs", ("cost",))]
    assert (matrix.rows[1].id, "price") not in matrix.quotations
    by_session = project.framework.matrix(SESSION, themes=["cost"])
    assert [row.name for row in by_session.rows] == ["Team"]
    assert len(by_session.quotations[by_session.rows[0].id, "cost"]) == 2
    assert [row.name for row in project.framework.matrix(empty_rows=False).rows] == ["A", "B", "1"]
    leaders = project.framework.matrix(where=parse_filter(["group=Leaders"]))
    assert [row.name for row in leaders.rows] == ["A", "2"]


def test_summaries_of_a_merged_code_go_to_the_other(project: Project) -> None:
    a, b = (project.framework.row_named(RESPONDENT, f"Team:{name}").id for name in "AB")
    team = project.framework.row_named(SESSION, "Team").id
    price, time = (project.codebook.by_key_or_name(key).id for key in ("price", "time"))
    for rows, row, code, content in (
        (RESPONDENT, a, price, "Finds it dear."),
        (RESPONDENT, a, time, "Has time."),
        (RESPONDENT, b, price, "Asks again."),
        (SESSION, team, price, "Dear to all."),
    ):
        project.framework.set_summary(rows, row, code, content)
    assert project.codebook.holdings(price).n_summaries == 3
    project.codebook.merge(price, time)

    def summaries() -> list[str]:
        places = ((RESPONDENT, a), (RESPONDENT, b), (SESSION, team))
        found = (project.framework.summary(rows, row, time) for rows, row in places)
        return [each.content if each is not None else "" for each in found]

    assert summaries() == ["Has time.\nFinds it dear.", "Asks again.", "Dear to all."]
    project.undo()
    assert summaries() == ["Has time.", "", ""]
    found = project.framework.summary(RESPONDENT, a, price)
    assert found is not None and found.content == "Finds it dear."


def test_summaries_are_written_changed_taken_away_and_undone(project: Project) -> None:
    row = project.framework.row_named(RESPONDENT, "Team:A")
    code = project.codebook.by_key_or_name("price")
    project.framework.set_summary(RESPONDENT, row.id, code.id, " Finds it dear. ")
    found = project.framework.summary(RESPONDENT, row.id, code.id)
    assert found is not None and (found.content, found.coder) == ("Finds it dear.", "Kari")
    assert project.framework.summary(SESSION, row.id, code.id) is None
    project.framework.set_summary(RESPONDENT, row.id, code.id, "Dear.")
    matrix = project.framework.matrix()
    assert matrix.summaries[row.id, "price"].content == "Dear."
    project.undo()
    assert project.framework.matrix().summaries[row.id, "price"].content == "Finds it dear."
    project.framework.set_summary(RESPONDENT, row.id, code.id, "  ")
    assert project.framework.summary(RESPONDENT, row.id, code.id) is None
    project.undo()
    assert project.framework.summary(RESPONDENT, row.id, code.id) is not None
    with pytest.raises(AnalysisError, match="no respondent 'C'"):
        project.framework.row_named(RESPONDENT, "C")


def test_the_matrix_leaves_as_workbook_and_csv(project: Project, tmp_path: Path) -> None:
    row = project.framework.row_named(RESPONDENT, "B")
    time = project.codebook.by_key_or_name("time")
    project.framework.set_summary(RESPONDENT, row.id, time.id, "=Busy.")
    matrix = project.framework.matrix()
    project.framework.export(tmp_path / "m.xlsx", matrix)
    sheet = openpyxl.load_workbook(tmp_path / "m.xlsx").active
    assert sheet is not None
    values = [[cell for cell in line if cell is not None] for line in sheet.iter_rows(values_only=True)]
    assert ["Respondent", "Group", "Session", "Price", "Time"] in values
    cells = [cell for line in sheet.iter_rows() for cell in line if "Busy" in str(cell.value)]
    assert [str(cell.value) for cell in cells] == ["=Busy.\n“=We lack time”"]
    assert cells[0].data_type == "s"  # a text, no formula
    project.framework.export(tmp_path / "m.csv", matrix)
    with (tmp_path / "m.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert tuple(lines[0]) == COLUMNS and len(lines) == 4 * 2
    assert {line["summary"] for line in lines} == {"", "'=Busy."}
    for wrong in (tmp_path / "m.txt", project.path):
        with pytest.raises(ExportError):
            project.framework.export(wrong, matrix)


def test_codes_in_the_order_of_a_session(project: Project) -> None:
    table = code_sequence(project, "team")
    assert tuple(table.columns) == SEQUENCE_COLUMNS
    assert list(zip(table["position"], table["code"], table["respondent"], strict=True)) == [
        (1, "price", "A"),
        (1, "cost", "A"),
        (2, "cost", "A"),
        (3, "time", "B"),
        (4, "price", "B"),
    ]
    assert table["begins"].isna().all()
    after = transitions(project)
    assert {(row["code"], row["next_code"]): row["n"] for row in after.to_dict("records")} == {
        ("price", "cost"): 1,
        ("cost", "cost"): 1,
        ("cost", "time"): 1,
        ("time", "price"): 1,
    }
    with pytest.raises(AnalysisError, match="no session 'Tame'"):
        code_sequence(project, "Tame")


def test_what_stands_near_what(project: Project) -> None:
    def pair(within: int) -> tuple[int, int, int]:
        table = proximity(project, within=within)
        (row,) = table[(table["theme_a"] == "price") & (table["theme_b"] == "time")].to_dict("records")
        return row["sentences"], row["a_near_b"], row["b_near_a"]

    assert pair(0) == (9, 0, 0)  # seven of the session, two answers
    assert pair(1) == (9, 0, 0)
    assert pair(2) == (9, 1, 1)  # «It costs. All is well. We lack time.»
    assert pair(3) == (9, 3, 1)
    with pytest.raises(AnalysisError, match="makes no sense"):
        proximity(project, within=-1)


def test_a_matrix_that_is_wider_than_the_terminal_is_a_list(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    project.framework.set_summary(SESSION, 1, project.codebook.by_key_or_name("time").id, "Never enough of it.")
    monkeypatch.setattr("qualcode.cli.reading_tables.PIPED_WIDTH", 24)
    path = str(project.path)
    project.close()
    assert run(["framework", path, "--rows", "session"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0] == "Team"
    assert "Time: Never enough of" in shown[1] and any("Price (3)" in line for line in shown)


def test_the_commands(project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(project.path)
    project.close()
    command = ["framework", "summary", path, "--row", "Team", "--rows", "session", "--theme", "price"]
    assert run([*command, "--text", "Much about money."]) == 0
    assert run([*command, "--json"]) == 0
    assert '"summary": "Much about money."' in capsys.readouterr().out
    assert run(["framework", path, "--rows", "session"]) == 0
    assert "Much about money. (3)" in capsys.readouterr().out
    assert run(["framework", path, "--rows", "session", "--json", "--themes", "price"]) == 0
    (cell,) = json.loads(capsys.readouterr().out)
    assert (cell["n_quotations"], cell["quotations"][0]) == (3, "price is high")
    assert run(["framework", path, "--out", str(tmp_path / "m.xlsx"), "--filled"]) == 0
    assert (tmp_path / "m.xlsx").exists()
    assert run(["sequence", path]) == 0
    assert run(["sequence", path, "--session", "Team"]) == 0
    assert "We lack time" in capsys.readouterr().out
    assert run(["sequence", path, "--session", "Team", "--csv"]) == 0
    assert tuple(next(csv.reader(capsys.readouterr().out.splitlines()))) == SEQUENCE_COLUMNS
    assert run(["proximity", path, "--within", "2"]) == 0
    capsys.readouterr()
    assert run(["proximity", path, "--within", "2", "--json"]) == 0
    assert {row["within"] for row in json.loads(capsys.readouterr().out)} == {2}
