"""Choosing quotations for the report: a step like any other, and the same rules for hand and program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.analysis.filtering import parse_filter
from qualcode.cli.main import run
from qualcode.errors import AnalysisError
from qualcode.project.project import Project
from qualcode.project.quotations import COLUMNS, PER_THEME
from qualcode.project.report_preview import report_facts, report_quotations
from qualcode.store.chosen_quotations import ChosenQuotation
from tests.builders import add_survey, code_words, make_code, make_codebook, make_project

SAID = "we never have enough time to sit down and talk about it, says number {n}"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path, make_codebook(make_code("time"), make_code("money"))) as project:
        rows = [(f"{n}", "Leaders" if n % 2 else "Staff", {"Why?": SAID.format(n=n)}) for n in range(12)]
        add_survey(project, rows)
        for n in range(8):
            code_words(project, f"survey.csv#!{n + 2}:Why?", SAID.format(n=n), "time")
        yield project


def picked(project: Project, code: str = "time") -> list[int]:
    return [each.passage.segment for each in project.quotations.choice().picked.get(code, [])]


def test_the_program_picks_until_somebody_chooses(project: Project) -> None:
    assert len(picked(project)) == PER_THEME
    project.quotations.choose([8, 2])
    assert picked(project) == [2, 8]  # in the order of the material
    project.quotations.leave_out([8])
    assert picked(project) == [2]
    project.undo()
    assert picked(project) == [2, 8]
    project.undo()
    assert len(picked(project)) == PER_THEME


def test_a_choice_goes_with_its_segment_and_comes_back_with_it(project: Project) -> None:
    project.quotations.choose([2], is_negative=True, note="does not fit")
    project.segments.remove(2)
    assert len(picked(project)) == PER_THEME
    project.undo()
    [only] = project.quotations.choice().picked["time"]
    assert only.by_hand and only.quoted.is_negative
    row = project.quotations.table().set_index("segment_id").loc[2]
    assert (row["chosen"], row["negative"], row["note"]) == ("hand", 1, "does not fit")


def test_of_two_coders_on_one_span_the_chosen_segment_stands_for_both(project: Project) -> None:
    second = code_words(project, "survey.csv#!3:Why?", SAID.format(n=1), "time", coder="Nils")
    assert project.quotations.table()["segment_id"].tolist() == list(range(1, 9))
    project.quotations.choose([second])
    assert picked(project) == [second]
    assert len(project.quotations.table()) == 8


def test_who_is_never_quoted_are_those_who_answered(project: Project) -> None:
    choice = project.quotations.choice()
    assert len(choice.answering()) == 12
    assert len(choice.never_quoted()) == 12 - PER_THEME
    part = project.quotations.choice(parse_filter(["group=Leaders"]))
    assert len(part.answering()) == 6 and len(part.never_quoted()) == 2


def test_what_does_not_exist_cannot_be_chosen(project: Project) -> None:
    with pytest.raises(AnalysisError, match="99"):
        project.quotations.choose([1, 99])
    assert len(picked(project)) == PER_THEME  # the first was not chosen either


def test_the_command_line_chooses_lists_and_leaves_out(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(project.path)
    project.close()
    assert run(["quotations", path]) == 0
    shown = capsys.readouterr().out
    assert "Time (5 of 8, picked by the program)" in shown
    assert "Never quoted: 7 of 12 who answered." in shown
    assert run(["quotations", path, "--choose", "3", "--negative"]) == 0
    assert run(["quotations", path]) == 0
    assert "[group and source; speaks against the theme]" in capsys.readouterr().out
    assert run(["quotations", path, "--csv"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == ",".join(COLUMNS)
    assert run(["quotations", path, "--leave-out", "3"]) == 0
    assert run(["quotations", path, "--choose", "77"]) == 1
    assert "There is no quotation 77." in capsys.readouterr().err


def test_each_passage_keeps_its_own_mark_and_note_in_one_step(project: Project) -> None:
    project.quotations.keep([ChosenQuotation(2, True, "does not fit"), ChosenQuotation(5, False, "")])
    assert project.quotations.chosen() == {
        2: ChosenQuotation(2, True, "does not fit"),
        5: ChosenQuotation(5, False, ""),
    }
    project.undo()
    assert not project.quotations.chosen()
    with pytest.raises(AnalysisError, match="99"):
        project.quotations.keep([ChosenQuotation(2, False, ""), ChosenQuotation(99, False, "")])
    assert not project.quotations.chosen()


def test_a_preview_has_what_will_be_quoted_first_and_who_is_not(project: Project) -> None:
    project.quotations.choose([7, 3], is_negative=True, note="both")
    found = report_quotations(project)
    assert not found.suggested
    [code] = found.codes
    assert [(each.segment, each.is_in_report) for each in code.passages[:3]] == [(3, True), (7, True), (1, False)]
    assert code.by_hand and code.in_report[0].note == "both"
    assert code.in_report[0].attribution == "Staff, spørreundersøkelse; taler mot temaet"
    assert {group.name: (len(group.answering), len(group.never)) for group in found.groups} == {
        "Leaders": (6, 6),
        "Staff": (6, 4),
    }
    assert [each.is_new for each in code.passages[:3]] == [False, False, True]
    facts = report_facts(project)
    assert [(group.name, group.answering) for group in facts.groups] == [("Staff", 6), ("Leaders", 6), ("(all)", 12)]
    assert facts.n_open == facts.n_unread == 0
