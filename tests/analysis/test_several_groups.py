"""Fisher's test of several groups against enumeration, Fisher's test of two, and published figures."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis import several_groups
from qualcode.analysis.comparison import fisher_exact, smallest_attainable_p
from qualcode.analysis.intervals import wilson
from qualcode.analysis.several_groups import compare_several, fisher_of_several
from qualcode.errors import AnalysisError


def enumerated(n: list[int], N: list[int]) -> float:
    """The sum over all tables, in whole numbers."""
    weights = {
        each: math.prod(math.comb(size, k) for size, k in zip(N, each, strict=True))
        for each in itertools.product(*(range(size + 1) for size in N))
        if sum(each) == sum(n)
    }
    return float(Fraction(sum(w for w in weights.values() if w <= weights[tuple(n)]), sum(weights.values())))


GROUPS = st.lists(st.integers(0, 6).flatmap(lambda N: st.tuples(st.integers(0, N), st.just(N))), min_size=2, max_size=4)


@given(groups=GROUPS)
def test_p_is_the_sum_of_all_tables_not_above_the_observed(groups: list[tuple[int, int]]) -> None:
    n, N = [each for each, _size in groups], [size for _each, size in groups]
    assert fisher_of_several(n, N).p == pytest.approx(enumerated(n, N), rel=1e-9)


@given(groups=GROUPS.filter(lambda groups: len(groups) == 2))
def test_of_two_groups_it_is_fishers_test(groups: list[tuple[int, int]]) -> None:
    (a_n, a_N), (b_n, b_N) = groups
    found = fisher_of_several([a_n, b_n], [a_N, b_N])
    if a_N and b_N:
        assert found.p == pytest.approx(fisher_exact(a_n, a_N, b_n, b_N), rel=1e-9)
        assert found.least == pytest.approx(smallest_attainable_p(a_n + b_n, a_N, b_N), rel=1e-9)


def test_draws_come_near_the_exact_p_and_are_repeatable(monkeypatch: pytest.MonkeyPatch) -> None:
    n, N = [5, 9, 2], [25, 20, 9]
    exact = fisher_of_several(n, N)
    assert (exact.n_resamples, exact.n_tables > 50) == (0, True)
    monkeypatch.setattr(several_groups, "MOST_TABLES", 1)
    drawn = fisher_of_several(n, N)
    assert (drawn.n_resamples, drawn.n_tables) == (9_999, 0)
    assert drawn.p == pytest.approx(exact.p, abs=0.015)  # three standard errors of a share of 9,999
    assert drawn.p == fisher_of_several(n, N).p
    assert fisher_of_several([0, 0, 0], N).p == 1


def table(*rows: tuple[str, str, int, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["group", "theme", "respondents", "answering"])
    return frame.assign(name=frame["theme"].str.capitalize())


ROWS = [
    ("A", "x", 8, 20), ("B", "x", 1, 15), ("C", "x", 3, 4), ("D", "x", 0, 0),
    ("A", "y", 0, 20), ("B", "y", 0, 15), ("C", "y", 0, 4), ("D", "y", 0, 0),
]  # fmt: skip


def test_each_theme_has_its_groups_and_one_p() -> None:
    found = compare_several(table(*ROWS), ["A", "B", "C"], test=True, small_cell=5)
    x, y = found.to_dict("records")
    assert (x["n A"], x["N A"], x["pct A"]) == (8, 20, 40.0)
    assert (x["ci_low A"], x["ci_high A"]) == pytest.approx([100 * each for each in wilson(8, 20)])
    assert math.isnan(x["pct C"]) and math.isnan(x["ci_low C"])  # four are fewer than small_cell
    assert (x["least_pct"], x["most_pct"]) == (6.7, 40.0)
    assert x["p"] == pytest.approx(enumerated([8, 1, 3], [20, 15, 4]))
    assert (x["n_tests"], x["resamples"], x["p_holm"]) == (2, 0, pytest.approx(2 * x["p"]))
    assert "exact" in x["note"]
    assert (y["p"], y["note"]) == (1.0, "no difference: nobody in any group")


def test_reasons_are_told() -> None:
    empty = compare_several(table(*ROWS), ["A", "B", "D"], test=True).iloc[0]
    assert "nobody answered in D" in empty["note"] and not math.isnan(empty["p"])
    untested = compare_several(table(*ROWS), ["A", "B", "C"], test=False)
    assert untested["p"].isna().all() and "session" in str(untested.loc[0, "note"])
    assert (untested["n_tests"] == 0).all()
    tiny = compare_several(table(("A", "x", 1, 1), ("B", "x", 0, 1), ("C", "x", 0, 1)), ["A", "B", "C"], test=True)
    assert "p cannot be below 1.00" in str(tiny.loc[0, "note"])
    assert "Benjamini" in str(compare_several(table(*ROWS), ["A", "B", "C"], test=True, method="bh").loc[0, "note"])
    with pytest.raises(AnalysisError, match="'E'"):
        compare_several(table(*ROWS), ["A", "E"], test=True)
    with pytest.raises(AnalysisError, match="with itself"):
        compare_several(table(*ROWS), ["A", "B", "A"], test=True)
