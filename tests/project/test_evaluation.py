"""Suggestions beside codings: units, groups, what counts, and what one is told."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest

from qualcode.analysis.filtering import parse_filter
from qualcode.cli.main import run
from qualcode.errors import AnalysisError, ExportError, ImportingError
from qualcode.i18n import use_language
from qualcode.model.codebook import MatchRule
from qualcode.model.document import SpeakerRole
from qualcode.model.segment import Span, Unit
from qualcode.project.evaluation import DISAGREEMENT_COLUMNS, Evaluation, evaluate, write_disagreements
from qualcode.project.project import Project
from qualcode.store import documents
from tests.builders import add_session, add_survey, make_code, make_codebook, make_project

SAID = [
    ("M", "Is the price a problem?"),
    ("A", "The price is high. We have no time. It rains."),
    ("B", "=Time is short. Price again."),
]
GROUPS: dict[str, str | SpeakerRole] = {"A": "Leaders", "B": "Staff", "M": SpeakerRole.MODERATOR}
ANSWER = "survey.csv#!2:Why?"
Coding = tuple[str, str, str]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    codes = (
        make_code("burden"),
        make_code("price", "burden", 1, [MatchRule(any=("price",))]),
        make_code("time", "burden", 1, [MatchRule(any=("time",))]),
        make_code("weather"),
    )
    project = make_project(tmp_path, make_codebook(*codes))
    add_session(project, "Team", SAID, GROUPS)
    add_survey(project, [("1", "Leaders", {"Why?": "The price. No time."}), ("2", "Staff", {"Why?": "-"})])
    assert project.review.suggest() == 6
    return project


def codings(project: Project, path: Path, rows: list[Coding], **more: str) -> Path:
    """Write (document, words, code) as a table of codings."""
    ids = documents.ids_by_name(project.db)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["document", "start", "end", "code", *more])
        for document, words, code in rows:
            start = documents.content_of(project.db, ids[document]).index(words)
            writer.writerow([document, start, start + len(words), code, *more.values()])
    return path


CODED: list[Coding] = [
    ("Team.txt", "The price is high.", "price"),
    ("Team.txt", "no time", "price"),  # the rules say time
    ("Team.txt", "It rains.", "weather"),  # the rules say nothing
    (ANSWER, "The price. No time.", "time"),
]


def row(evaluation: Evaluation, theme: str, group: str = "(all)") -> tuple[int, ...]:
    table = evaluation.table
    (found,) = table[(table["theme"] == theme) & (table["group"] == group)].to_dict("records")
    return tuple(int(found[name]) for name in ("both", "only_rules", "only_file", "neither"))


def test_sentences(project: Project, tmp_path: Path) -> None:
    found = evaluate(project, codings(project, tmp_path / "c.csv", CODED))
    assert (found.n_units, found.n_codings) == (7, 4)  # five in the session, two in the answer; no moderator's
    assert row(found, "price") == (1, 2, 1, 3)
    assert row(found, "time") == (1, 2, 1, 3)
    assert row(found, "burden") == (4, 2, 0, 1)  # price instead of time is no disagreement about the parent
    assert row(found, "weather") == (0, 0, 1, 6)


def test_turns_and_answers(project: Project, tmp_path: Path) -> None:
    path = codings(project, tmp_path / "c.csv", CODED)
    turns = evaluate(project, path, unit=Unit.TURN)
    assert turns.n_units == 3
    assert row(turns, "price") == (1, 2, 0, 0)
    answers = evaluate(project, path, unit=Unit.ANSWER)
    assert answers.n_units == 1
    assert (row(answers, "price"), row(answers, "time")) == ((0, 1, 0, 0), (1, 0, 0, 0))
    assert "3 codings lie on no answer" in answers.notes[0]
    with pytest.raises(AnalysisError, match="cannot be compared by respondent"):
        evaluate(project, path, unit=Unit.RESPONDENT)


def test_what_was_decided_since_changes_nothing(project: Project, tmp_path: Path) -> None:
    path = codings(project, tmp_path / "c.csv", CODED)
    before = evaluate(project, path).table
    first, second, third, *_rest = project.review.waiting_ids()
    project.review.accept([first])
    project.review.reject([second])
    project.review.accept_as(third, code_id=project.codebook.current().code("weather").id)
    pd.testing.assert_frame_equal(evaluate(project, path).table, before)


def test_nothing_is_written_into_the_project(project: Project, tmp_path: Path) -> None:
    path = codings(project, tmp_path / "c.csv", CODED)
    before = (project.segments.count(), project.review.n_pending(), len(project.history()))
    evaluate(project, path)
    assert (project.segments.count(), project.review.n_pending(), len(project.history())) == before
    assert [coder.name for coder in project.coders()] == []


def test_by_group_language_and_origin(project: Project, tmp_path: Path) -> None:
    path = codings(project, tmp_path / "c.csv", CODED, origin="manual")
    by_group = evaluate(project, path, by="group")
    assert list(by_group.table["group"].unique()) == ["Leaders", "Staff", "(all)"]
    assert row(by_group, "price", "Leaders") == (1, 1, 1, 2)
    assert row(by_group, "price", "Staff") == (0, 1, 0, 1)
    assert list(evaluate(project, path, by="language").table["group"].unique()) == ["en", "(all)"]
    by_origin = evaluate(project, path, by="origin").table
    assert list(by_origin["group"].unique()) == ["manual", "(all)"]
    price = by_origin[(by_origin["group"] == "manual") & (by_origin["theme"] == "price")].iloc[0]
    assert price["recall"] == 0.5
    assert pd.isna(price["precision"])
    with pytest.raises(AnalysisError, match="nothing called 'shoe'"):
        evaluate(project, path, by="shoe")


def test_a_filter_narrows_units_and_both_sides(project: Project, tmp_path: Path) -> None:
    path = codings(project, tmp_path / "c.csv", CODED, coder="Ola")
    staff = evaluate(project, path, where=parse_filter(["group=Staff"]))
    assert (staff.n_units, staff.n_codings) == (2, 0)
    assert evaluate(project, path, where=parse_filter(["coder=Ola"])).n_codings == 4
    with pytest.raises(AnalysisError, match="no coder 'Kari'"):  # of the file, not of the project
        evaluate(project, path, where=parse_filter(["coder=Kari"]))


def test_disagreements_as_quotations(project: Project, tmp_path: Path) -> None:
    path = codings(project, tmp_path / "c.csv", CODED, coder="Ola")
    found = evaluate(project, path, quoted=True)
    target = tmp_path / "d.csv"
    write_disagreements(found, target, keep=(project.path, path))
    with target.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert tuple(rows[0]) == DISAGREEMENT_COLUMNS
    told = {(each["text"], each["code"], each["side"]): each for each in rows}
    assert len(told) == len(rows) == found.n_disagreements == 7
    missed = told["We have no time.", "price", "only_file"]
    assert (missed["respondent"], missed["group"], missed["coder"], missed["rules_codes"]) == (
        "A",
        "Leaders",
        "Ola",
        "time",
    )
    extra = told["'=Time is short.", "time", "only_rules"]  # guarded from spreadsheets
    assert (extra["evidence"], extra["status"], extra["file_codes"], extra["coder"]) == ("Time", "suggested", "", "")


def test_what_is_evaluated_is_not_replaced(project: Project, tmp_path: Path) -> None:
    path = codings(project, tmp_path / "c.csv", CODED)
    found = evaluate(project, path)
    for target in (path, project.path):
        with pytest.raises(ExportError, match="would be replaced"):
            write_disagreements(found, target, keep=(project.path, path))


def test_notes_say_what_flatters_and_what_was_perhaps_not_read(project: Project, tmp_path: Path) -> None:
    add_session(project, "Other", [("A", "Nothing.")], GROUPS)
    path = codings(project, tmp_path / "c.csv", [CODED[0], ("Team.txt", "price a problem", "price")], origin="rule")
    notes = " ".join(evaluate(project, path).notes)
    assert "1 coding lies on no sentence" in notes  # the moderator's
    assert "1 of 1 codings is a suggestion" in notes
    assert "no coding in 1 of 2 transcripts" in notes
    assert "answers to 1 of 1 questions" in notes
    use_language("nb")
    try:
        assert "ligger ikke på noen setning" in " ".join(evaluate(project, path).notes)
    finally:
        use_language("en")


def test_what_was_coded_here_is_compared_where_anything_was_coded(project: Project) -> None:
    with pytest.raises(AnalysisError, match="Nothing is coded yet"):
        evaluate(project)
    add_session(project, "Other", [("A", "Nothing about price.")], GROUPS)
    project.review.suggest()
    ids = documents.ids_by_name(project.db)
    text = documents.content_of(project.db, ids["Team.txt"])
    keys = {code.key: code.id for code in project.codebook.current().codes}
    for words, key in (("The price is high.", "price"), ("It rains.", "weather")):
        start = text.index(words)
        project.segments.add(ids["Team.txt"], Span(start, start + len(words)), keys[key])
    found = evaluate(project)
    assert (found.file, found.n_codings, found.n_units) == ("", 2, 5)  # the other talk and the survey stay out
    assert row(found, "price") == (1, 1, 0, 3)
    assert row(found, "weather") == (0, 0, 1, 4)
    notes = " ".join(found.notes)
    assert "1 of 2 transcripts has no coding" in notes
    assert "1 of 1 questions have no coding" in notes


def test_what_cannot_be_compared_is_said(project: Project, tmp_path: Path) -> None:
    path = codings(project, tmp_path / "c.csv", CODED)
    with pytest.raises(AnalysisError, match="no codings"):
        evaluate(project, codings(project, tmp_path / "empty.csv", []))
    with pytest.raises(AnalysisError, match="no answer in this part"):
        evaluate(project, path, unit=Unit.ANSWER, where=parse_filter(["session=Team"]))
    path.write_text("document,start,end,code\nTeam.txt,0,3,prize\n", encoding="utf-8")
    with pytest.raises(ImportingError, match="no code 'prize'"):
        evaluate(project, path)
    project.undo()
    with pytest.raises(AnalysisError, match="Nothing is suggested"):
        evaluate(project, codings(project, path, CODED))


def test_the_command_prints_a_table_csv_and_json(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = codings(project, tmp_path / "c.csv", CODED)
    project.close()
    command = ["evaluate", str(project.path), "--against", str(path)]
    assert run(command) == 0
    shown = capsys.readouterr().out
    assert "Most often confused" in shown
    assert "7 disagreements" in shown
    assert run([*command, "--by", "origin"]) == 0
    by_origin = capsys.readouterr().out.partition("(all)")[0]
    assert "Weather" in by_origin
    assert run([*command, "--filter", "code=price", "--by", "origin"]) == 0
    assert "Weather" not in capsys.readouterr().out  # a theme without anything is left out
    assert run([*command, "--csv", "--disagreements", str(tmp_path / "d.csv")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("group,theme,name,parent,depth,units,both,only_rules,only_file,neither,precision")
    assert len(lines) == 1 + 4 + 4
    assert (tmp_path / "d.csv").exists()
    assert run([*command, "--json", "--by", "group"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["unit"], told["units"], told["disagreements"]) == ("sentence", 7, 7)
    assert {"file_code": "price", "rules_code": "time", "units": 1} in told["confusion"]
    assert run(["evaluate", str(project.path)]) == 2
    assert run([*command, "--disagreements", str(path)]) == 1
