"""Overlap and mirrored themes in words."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from qualcode.analysis.overlap import mirrored_table, overlap, overlap_sentences
from qualcode.model.codebook import Code, Valence
from tests.builders import make_code

CODES: list[Code] = [
    replace(make_code("apart"), valence=Valence.HINDERING),
    replace(make_code("together"), valence=Valence.PROMOTING, counterpart="apart"),
    replace(make_code("rules"), valence=Valence.HINDERING, counterpart="access"),
    replace(make_code("access"), valence=Valence.PROMOTING),
    replace(make_code("alone"), counterpart="gone"),
]


def table(a: list[int], b: list[int]) -> pd.DataFrame:
    rows = [("A", code.key, n, 10) for code, n in zip(CODES, a, strict=True)]
    rows += [("B", code.key, n, 20) for code, n in zip(CODES, b, strict=True)]
    return pd.DataFrame(rows, columns=["group", "theme", "respondents", "answering"])


def patterns(a: list[int], b: list[int]) -> list[str]:
    return list(mirrored_table(table(a, b), CODES, "A", "B", language="en")["pattern"])


def test_pairs_are_found_through_counterparts_with_what_hinders_first() -> None:
    found = mirrored_table(table([6, 1, 0, 0, 0], [2, 9, 4, 5, 0]), CODES, "A", "B", language="en")
    assert list(zip(found["theme"], found["counterpart"], strict=True)) == [("apart", "together"), ("rules", "access")]
    assert (found.loc[0, "valence"], found.loc[0, "counterpart_valence"]) == ("hindering", "promoting")
    assert list(found["pattern"]) == ["mirrored", "one_sided"]
    assert found.loc[0, "sentence"] == (
        "A speaks more of Apart (6/10, and 1/10 of Together); B more of Together (9/20, and 2/20 of Apart)."
    )
    assert found.loc[1, "sentence"] == "B speaks of Rules (4/20) and Access (5/20); A of neither."


def test_a_group_leans_by_its_share_not_by_its_count() -> None:
    assert patterns([6, 1, 1, 0, 0], [9, 2, 0, 1, 0]) == ["shared", "mirrored"]
    assert patterns([1, 1, 0, 0, 0], [9, 2, 0, 0, 0]) == ["shared", "silent"]  # even leans to neither side
    assert mirrored_table(table([0] * 5, [0] * 5), CODES[:1], "A", "B", language="en").empty


def test_themes_of_both_and_of_one() -> None:
    assert [overlap(1, 2), overlap(1, 0), overlap(0, 2), overlap(0, 0)] == ["both", "only_a", "only_b", "neither"]
    rows = [("Price", 3, 9, 1, 8), ("Time", 2, 9, 0, 8), ("Room", 0, 9, 0, 8), ("Cost", 1, 9, 2, 8)]
    told = overlap_sentences(pd.DataFrame(rows, columns=["name", "a_n", "a_N", "b_n", "b_N"]), "A", "B")
    assert told == [
        "Both groups (A, B): Price (3/9, 1/8); Cost (1/9, 2/8).",
        "Only A: Time (2/9, 0/8).",
        "Neither: Room (0/9, 0/8).",
    ]
