"""Codes that stand together, against worked pairs and against a second way of counting."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis import cooccurrence as module
from qualcode.analysis.cooccurrence import COLUMNS, cooccurrence_table
from qualcode.analysis.filtering import parse_filter
from qualcode.analysis.units import Counted
from qualcode.cli.main import run
from qualcode.model.codebook import Code, Wording
from qualcode.model.segment import Unit
from qualcode.project.project import Project
from tests.builders import add_session, add_survey, code_words, make_code, make_codebook, make_project

CODEBOOK = make_codebook(
    make_code("barriers"), make_code("secrecy", "barriers", 1), make_code("rooms", "barriers", 1), make_code("trust")
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A session and a survey; "trust" lies inside and across other codings."""
    with make_project(tmp_path, CODEBOOK) as project:
        said = [("Anna", "Secrecy is hard. No rooms here. I trust."), ("Bo", "Trust needs rooms. Rooms need trust.")]
        add_session(project, "Team", said, {"Anna": "Leaders", "Bo": "Staff"})
        add_survey(
            project,
            [
                ("1", "Leaders", {"Hard?": "Secrecy and trust."}),
                ("2", "Staff", {"Hard?": "Rooms."}),
                ("3", "Staff", {"Hard?": "nei"}),
            ],
        )
        code_words(project, "Team.txt", "Secrecy is hard. No rooms here.", "secrecy")
        code_words(project, "Team.txt", "No rooms here.", "rooms")
        code_words(project, "Team.txt", "rooms here. I trust.", "trust")  # overlaps both
        code_words(project, "Team.txt", "Trust needs rooms.", "trust")
        code_words(project, "Team.txt", "Trust needs rooms.", "rooms")  # the same span
        code_words(project, "Team.txt", "Trust needs rooms.", "rooms", coder="Ola")  # agrees: the same coding
        code_words(project, "Team.txt", "Rooms need trust.", "rooms")
        code_words(project, "survey.csv#!2:Hard?", "Secrecy", "secrecy")
        code_words(project, "survey.csv#!2:Hard?", "trust", "trust")  # the same answer, another span
        code_words(project, "survey.csv#!3:Hard?", "Rooms.", "rooms")
        yield project


def pair(table: pd.DataFrame, a: str, b: str) -> dict[str, Any]:
    (row,) = table[(table["theme_a"] == a) & (table["theme_b"] == b)].to_dict("records")
    return {str(name): value for name, value in row.items()}


def test_spans_stand_together_where_they_overlap(project: Project) -> None:
    table = project.reports.cooccurrence(unit=Unit.SEGMENT)
    assert list(table.columns) == list(COLUMNS)
    row = pair(table, "rooms", "trust")
    assert (row["units_a"], row["units_b"], row["units"]) == (4, 3, 8)
    assert row["units_both"] == 3  # "No rooms here." with "rooms here. I trust.", and the span that carries both
    assert (row["equal_spans"], row["overlapping_pairs"]) == (1, 2)
    assert row["jaccard"] == 3 / 6  # four and three spans, one of them the same
    assert math.isnan(row["lift"])
    assert (row["respondents_a"], row["respondents_b"], row["respondents_both"], row["answering"]) == (3, 3, 2, 4)
    # neither has the five that small_cell asks for
    assert math.isnan(row["jaccard_respondents"])
    assert math.isnan(row["lift_respondents"])


def test_a_theme_and_one_above_it_are_no_pair(project: Project) -> None:
    table = project.reports.cooccurrence()
    pairs = list(zip(table["theme_a"], table["theme_b"], strict=True))
    assert pairs == [("barriers", "trust"), ("secrecy", "rooms"), ("secrecy", "trust"), ("rooms", "trust")]


def test_a_parent_stands_where_a_code_below_it_does(project: Project) -> None:
    row = pair(project.reports.cooccurrence(unit=Unit.TURN), "barriers", "trust")
    # turns: Anna's, Bo's, two answers that answer; "nei" is none
    assert (row["units_a"], row["units_b"], row["units_both"], row["units"]) == (4, 3, 3, 4)


def test_a_lift_says_how_much_more_than_by_chance(tmp_path: Path) -> None:
    with make_project(tmp_path, CODEBOOK) as project:
        rows = [(str(number), "Staff", {"Why?": f"Text number {number}."}) for number in range(8)]
        add_survey(project, rows)
        for code, answers in {"secrecy": (0, 1, 2, 3), "trust": (2, 3)}.items():
            for number in answers:
                code_words(project, f"survey.csv#!{number + 2}:Why?", "Text", code)
        row = pair(project.reports.cooccurrence(unit=Unit.ANSWER), "secrecy", "trust")
        assert (row["units_a"], row["units_b"], row["units_both"], row["units"]) == (4, 2, 2, 8)
        assert row["lift"] == row["lift_respondents"] == 2.0  # 2/8 together; 4/8 times 2/8 by chance
        assert math.isnan(row["jaccard"])  # four answers have either, and small_cell is 5
        nobody = pair(project.reports.cooccurrence(unit=Unit.ANSWER), "rooms", "trust")
        assert math.isnan(nobody["lift"])
        few = project.reports.cooccurrence(unit=Unit.ANSWER, where=parse_filter(["respondent=0|1|2|3"]))
        assert math.isnan(pair(few, "secrecy", "trust")["lift"])


def test_a_project_without_codings_has_pairs_of_zeros(tmp_path: Path) -> None:
    with make_project(tmp_path, CODEBOOK) as project:
        for unit in Unit:
            table = project.reports.cooccurrence(unit=unit)
            assert table["units_both"].tolist() == [0, 0, 0, 0]
            assert table["jaccard"].isna().all()


SPANS = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 12), st.integers(1, 6), st.integers(1, 4), st.integers(-1, 3)),
    max_size=40,
)


@settings(deadline=None)
@given(SPANS, st.booleans(), st.sampled_from([1, 1 << 22]), st.sampled_from([1, 3, 1 << 16]))
def test_any_material_gives_what_plain_sets_give(
    drawn: list[tuple[int, int, int, int, int]], as_table: bool, pairs_at_once: int, rows_at_once: int
) -> None:
    parent = {"b": "a"}
    codes = [
        Code(key, Wording(plain=key), parent.get(key, ""), int(key in parent), id=n + 1) for n, key in enumerate("abcd")
    ]
    frame = pd.DataFrame(drawn, columns=["document", "start", "length", "code", "case"], dtype="int64")
    frame = frame.assign(end=frame["start"] + frame["length"], utterance=0, session=-1, question=-1)
    said = pd.DataFrame({"case": [0, 1, 2, 3], "session": -1, "question": -1})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_AS_A_TABLE", 1 << 24 if as_table else -1)
        patch.setattr(module, "_PAIRS_AT_ONCE", pairs_at_once)
        patch.setattr(module, "_ROWS_AT_ONCE", rows_at_once)
        table = cooccurrence_table(
            Counted(said, frame, frame.iloc[:0], said), codes, unit=Unit.SEGMENT, small_cell=0, language="en"
        )
    spans: dict[str, set[tuple[int, int, int]]] = {key: set() for key in "abcd"}
    people: dict[str, set[int]] = {key: set() for key in "abcd"}
    for document, start, length, code, case in drawn:
        for key in {"abcd"[code - 1], parent.get("abcd"[code - 1], "abcd"[code - 1])}:
            spans[key].add((document, start, start + length))
            people[key] |= {case} - {-1}
    for row in table.to_dict("records"):
        a, b = row["theme_a"], row["theme_b"]
        met = [(x, y) for x in spans[a] for y in spans[b] if x[0] == y[0] and x[1] < y[2] and y[1] < x[2]]
        both = {each for pair in met for each in pair}
        assert (row["units_a"], row["units_b"]) == (len(spans[a]), len(spans[b]))
        assert (row["overlapping_pairs"], row["units_both"]) == (len(met), len(both))
        assert row["equal_spans"] == len(spans[a] & spans[b])
        either = spans[a] | spans[b]
        assert math.isnan(row["jaccard"]) if not either else row["jaccard"] == len(both) / len(either)
        assert row["respondents_both"] == len(people[a] & people[b])
        if people[a] and people[b]:
            by_chance = len(people[a]) * len(people[b]) / 4
            assert row["lift_respondents"] == pytest.approx(len(people[a] & people[b]) / by_chance)
    assert set(table["units"]) == {len(set().union(*spans.values()))}


def test_documents_that_need_too_much_room_on_one_line_are_moved_together() -> None:
    frame = pd.DataFrame({"document": [1, 2**40, 2**40], "start": [0, 5, 7], "end": [9, 9, 2**30], "code": [1, 1, 2]})
    frame = frame.assign(document=[1, 2_000_000, 2_000_000], utterance=0, case=-1, session=-1, question=-1)
    codes = [Code(key, Wording(plain=key), id=n + 1) for n, key in enumerate("ab")]
    said = pd.DataFrame({"case": [0], "session": -1, "question": -1})
    material = Counted(said, frame, frame.iloc[:0], said)
    table = cooccurrence_table(material, codes, unit=Unit.SEGMENT, small_cell=0, language="en")
    assert pair(table, "a", "b")["overlapping_pairs"] == 1
    assert pair(table, "a", "b")["units_a"] == 2


def test_the_command_prints_pairs_for_reading_and_all_of_them_as_csv(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(project.path)
    assert run(["cooccurrence", path, "--unit", "turn"]) == 0
    printed = capsys.readouterr().out
    assert "Barriers" in printed and "3 (4, 3)" in printed
    assert run(["cooccurrence", path, "--csv"]) == 0
    header, *rows = capsys.readouterr().out.splitlines()
    assert header == ",".join(COLUMNS)
    assert len(rows) == 4
    assert run(["cooccurrence", path, "--json", "--filter", "group=Staff"]) == 0
    (first, *_rest) = json.loads(capsys.readouterr().out)
    assert (first["respondents_both"], first["answering"], first["lift"]) == (1, 2, None)
