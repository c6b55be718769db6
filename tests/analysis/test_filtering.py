"""Filters as one types them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.filtering import Condition, Filter, parse_filter
from qualcode.errors import AnalysisError


def test_semicolons_mean_all_or_means_any() -> None:
    read = parse_filter(["group=A|B; session!=Team A or Code=time", "origin=rule"])
    assert read == Filter(
        (
            (Condition("group", ("A", "B")),),
            (Condition("session", ("Team A",), wanted=False), Condition("code", ("time",))),
            (Condition("origin", ("rule",)),),
        )
    )


def test_or_inside_a_value_is_part_of_it() -> None:
    assert parse_filter(["group=Doctor or nurse"]).conditions == (Condition("group", ("Doctor or nurse",)),)
    assert parse_filter(["group=A or b or session"]).conditions == (Condition("group", ("A or b or session",)),)


def test_a_value_in_quotes_may_hold_the_signs() -> None:
    read = parse_filter(['question="Why; how | ""when""?"|Who? ; group=A'])
    assert read.clauses == (
        (Condition("question", ('Why; how | "when"?', "Who?")),),
        (Condition("group", ("A",)),),
    )


@pytest.mark.parametrize("typed", ["group", "=x", "group=", "group=A; session"])
def test_what_cannot_be_read_is_told(typed: str) -> None:
    with pytest.raises(AnalysisError):
        parse_filter([typed])


VALUES = st.text(alphabet='ab;|" or=!æ', min_size=1).map(str.strip).filter(lambda text: bool(text.strip()))
CONDITIONS = st.builds(
    Condition,
    st.sampled_from(["group", "session", "Team size"]),
    st.lists(VALUES, min_size=1, max_size=3).map(tuple),
    st.booleans(),
)


@given(st.lists(st.lists(CONDITIONS, min_size=1, max_size=3).map(tuple), max_size=3).map(tuple))
def test_what_a_filter_says_is_read_as_that_filter(clauses: tuple[tuple[Condition, ...], ...]) -> None:
    where = Filter(clauses)
    assert parse_filter([str(where)] if where else []) == where
