"""Poor material: groups of one, of none, all blank, themes that nobody mentions. What does not exist is never 0."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from qualcode.errors import AnalysisError
from qualcode.files.study_file import read_study
from qualcode.model.segment import Unit
from qualcode.project.comparisons import compare_groups_of, compare_same_people, in_words
from qualcode.project.counting import Base, count_table
from qualcode.project.lens import look_through, saturation_of
from qualcode.project.project import Project
from qualcode.project.sequences import proximity, transitions
from tests.builders import code_words

CODEBOOK = """\
key: small
codes:
  - {key: time, name: Time, valence: hindering, counterpart: calm}
  - {key: calm, name: Calm, valence: promoting}
"""
STUDY = """\
title: Poor
codebook: codebook.yaml
surveys:
  - file: one.csv
    respondent: ID
    group: Role
    open: [Why, How]
    closed:
      - {column: Time (0-10), kind: scale, min: 0, max: 10}
groups: {Nobody: [nemo]}
analysis: {language: en, small_cell: 3}
"""
ROWS = """\
ID,Role,Why,How,Time (0-10)
1,One,There is no time,,"3,5"
2,Blank,,-,
3,Blank,vet ikke,,11
4,Many,Nothing to say,Really not,a lot
5,Many,All is as it was,,4
6,Many,No time at all,No time,5
7,,Whatever it was,,6
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    for name, text in (("codebook.yaml", CODEBOOK), ("one.csv", ROWS), ("study.yaml", STUDY)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Project.create(tmp_path / "test.qualcode") as project:
        project.documents.import_study(read_study(tmp_path / "study.yaml"))
        code_words(project, "one.csv#!2:Why", "no time", "time")
        code_words(project, "one.csv#!7:Why", "No time", "time")
        yield project


def line(table: pd.DataFrame, **wanted: str) -> dict[str, Any]:
    mask = pd.Series(True, index=table.index)
    for column, value in wanted.items():
        mask &= table[column] == value
    (found,) = table[mask].to_dict("records")
    return {str(name): value for name, value in found.items()}


def test_counts_stay_counts_and_shares_have_reasons(project: Project) -> None:
    table = count_table(project)
    one, blank = line(table, group="One", theme="time"), line(table, group="Blank", theme="time")
    assert (one["base_n"], one["base_N"], one["base_note"]) == (1, 1, "below_small_cell")
    assert (blank["base_n"], blank["base_N"], blank["base_note"]) == (0, 0, "nobody_answered")
    for row in (one, blank):
        assert pd.isna(row["base_pct"]) and pd.isna(row["pct_of_answering"]) and pd.isna(row["ci_low"])
    asked = line(count_table(project, base=Base.ASKED), group="Blank", theme="time")
    assert (asked["base_n"], asked["base_N"]) == (0, 2)
    units = line(count_table(project, base=Base.UNITS, unit=Unit.SENTENCE), group="Blank", theme="time")
    assert (units["base_N"], units["base_note"]) == (0, "no_units")
    assert pd.isna(blank["per_1000_words"])


def test_a_theme_that_nobody_mentions_has_zeros_and_an_interval(project: Project) -> None:
    many = line(count_table(project), group="Many", theme="calm")
    assert (many["respondents"], many["answering"], many["pct_of_answering"], many["ci_low"]) == (0, 3, 0.0, 0.0)
    assert many["ci_high"] > 50


def test_comparisons_of_poor_groups_say_why(project: Project) -> None:
    two = line(project.reports.compare("One", "Blank"), theme="time")
    assert pd.isna(two["p"]) and pd.isna(two["rd"]) and "nobody answered in Blank" in two["note"]
    several = line(compare_groups_of(project, ["One", "Blank", "Many"]), theme="time")
    assert several["p"] == pytest.approx(1) and "nobody answered in Blank" in several["note"]  # 1/1 and 1/3
    assert pd.isna(several["pct One"]) and several["pct Many"] == 33.3
    alone = line(compare_groups_of(project, ["One", "Blank"]), theme="time")
    assert pd.isna(alone["p"]) and alone["n_tests"] == 0
    words = in_words(project, "One", "Blank")
    assert words.sentences == ("Only One: Time (1/1, 0/0).", "Neither: Calm (0/1, 0/0).")
    assert words.mirrored["pattern"].tolist() == ["one_sided"]
    paired = line(compare_same_people(project, "Why", "How"), theme="time")
    assert (paired["a_N"], paired["p"]) == (2, 1)  # two answered both
    assert pd.isna(line(compare_same_people(project, "Why", "How"), theme="calm")["odds_ratio"])
    with pytest.raises(AnalysisError, match="no group 'Nobody'"):
        project.reports.compare("Nobody", "Many")


def test_closed_answers_that_are_no_answers(project: Project) -> None:
    table = project.joint.table()
    one, blank, many = (line(table, group=group, theme="time") for group in ("One", "Blank", "Many"))
    assert (one["mean"], one["n"]) == (3.5, 1) and pd.isna(one["sd"]) and "no spread" in one["note"]
    assert pd.isna(blank["mean"]) and (blank["n"], blank["missing"], blank["unusable"]) == (0, 1, 1)
    assert blank["note"] == "no usable answer; 1 answer does not fit the scale"
    assert (many["mean"], many["unusable"], many["n_with"], many["n_without"]) == (4.5, 1, 1, 1)
    for row in (one, blank, many):
        assert row["asked"] == row["n"] + row["missing"] + row["unusable"]


def test_what_needs_conversations_says_so_or_is_empty(project: Project) -> None:
    with pytest.raises(AnalysisError, match="no transcript"):
        look_through(project)
    assert saturation_of(project).empty
    assert transitions(project).empty
    near = line(proximity(project, within=5), theme_a="time", theme_b="calm")
    assert (near["sentences_a"], near["near"]) == (2, 0) and pd.isna(near["lift_a"])


def test_nothing_at_all(tmp_path: Path) -> None:
    with Project.create(tmp_path / "empty.qualcode") as project:
        assert count_table(project).empty
        assert count_table(project, told_apart=True, by="coder").empty
        assert project.framework.table(project.framework.matrix()).empty
        assert saturation_of(project).empty and transitions(project).empty and proximity(project).empty
        with pytest.raises(AnalysisError, match="two coders"):
            project.agreement.measure()
        with pytest.raises(AnalysisError, match="nothing to draw"):
            project.agreement.draw_sample("pilot", 0.5)
        with pytest.raises(AnalysisError, match="No theme goes"):
            project.joint.table()
