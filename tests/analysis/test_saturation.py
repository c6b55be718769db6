"""Saturation against its definition and against all orders of the sessions."""

from __future__ import annotations

import itertools
import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.saturation import COLUMNS, saturated_at, saturation_table

SESSIONS = [
    ("one", ["a", "b", "c", "d"]),
    ("two", ["a", "e", "f"]),
    ("three", []),
    ("four", ["b", "g", "h", "i", "j"]),
    ("five", ["k", "a"]),
    ("six", ["k", "l", "b"]),
    ("seven", ["a"]),
    ("eight", ["l"]),
]


def test_each_session_adds_what_no_session_before_it_has() -> None:
    table = saturation_table(SESSIONS)
    assert tuple(table.columns) == COLUMNS
    assert table["new"].tolist() == [4, 2, 0, 4, 1, 1, 0, 0]
    assert table["cumulative"].tolist() == [4, 6, 6, 10, 11, 12, 12, 12]
    assert table.loc[3, "new_codes"] == "g; h; i; j"
    assert table["share"].tolist()[-3:] == [1, 1, 1]


def test_new_codes_in_a_run_are_of_those_in_the_base() -> None:
    # Guest, Namey & Chen (2020): new codes in the last two sessions, of all in the first four.
    table = saturation_table(SESSIONS)
    assert table["base_codes"].dropna().tolist() == [10] * 5
    assert table["run_new"].dropna().tolist() == [2, 1, 0]
    assert table["run_share"].dropna().tolist() == [0.2, 0.1, 0.0]
    assert (saturated_at(table), saturated_at(table, 0.1)) == (8, 7)
    assert saturated_at(table.iloc[:6]) is None
    assert "needs 6 sessions" in str(table.loc[4, "note"]) and table.loc[5, "note"] == ""
    shorter = saturation_table(SESSIONS, base_size=2, run_length=3)
    assert shorter["run_new"].dropna().tolist() == [5, 6, 2, 1]


SETS = st.lists(st.sets(st.sampled_from("abcdef")), min_size=1, max_size=5)


@given(sets=SETS)
def test_the_mean_over_orders_is_that_of_all_orders(sets: list[set[str]]) -> None:
    table = saturation_table([(str(n), sorted(each)) for n, each in enumerate(sets)])
    for n, expected in enumerate(table["expected"].tolist(), start=1):
        sizes = [len(set().union(*order[:n])) for order in itertools.permutations(sets)]
        assert expected == pytest.approx(statistics.mean(sizes))
    assert table["cumulative"].iloc[-1] == len(set().union(*sets))


def test_nothing_coded_has_no_share() -> None:
    table = saturation_table([(str(n), []) for n in range(6)])
    assert all(math.isnan(each) for each in table["share"])
    assert table["run_share"].isna().all() and table.loc[5, "note"] == "no code in the sessions of the base"
    assert saturation_table([]).empty
