"""The same people twice against published examples and the equations that define the bounds."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from qualcode.analysis.paired import COLUMNS, Pairs, compare_paired, mcnemar_exact, paired_difference, paired_odds_ratio
from qualcode.errors import AnalysisError

# Fagerland, Lydersen & Laake (2014), Statistics in Medicine 33:2850-2875: airway hyper-responsiveness before and after
# stem cell transplantation (Bentur et al. 2009), complete response before and after consolidation therapy (Cavo et al.
# 2012).
AIRWAYS, RESPONSE = (1, 1, 7, 12), (59, 6, 16, 80)


def pairs(both: int, only_a: int, only_b: int, neither: int) -> Pairs:
    return Pairs("x", "X", both, only_a, only_b, neither)


@pytest.mark.parametrize(("cells", "published"), [(AIRWAYS, 0.0703), (RESPONSE, 0.0525)])
def test_mcnemar_as_published(cells: tuple[int, int, int, int], published: float) -> None:
    assert mcnemar_exact(cells[1], cells[2]) == pytest.approx(published, abs=0.0001)


def test_difference_as_published() -> None:
    assert paired_difference(pairs(*RESPONSE)) == pytest.approx((-0.0621, -0.1186, -0.0046), abs=0.00005)
    assert paired_difference(pairs(*AIRWAYS)) == pytest.approx((-0.2857, -0.507, -0.026), abs=0.0006)
    assert all(math.isnan(each) for each in paired_difference(pairs(0, 0, 0, 0)))


@given(only_a=st.integers(0, 40), only_b=st.integers(0, 40))
def test_mcnemar_is_the_binomial_test(only_a: int, only_b: int) -> None:
    n = only_a + only_b
    tail = binom.cdf(min(only_a, only_b), n, 0.5)
    assert mcnemar_exact(only_a, only_b) == pytest.approx(min(1.0, 2 * tail), rel=1e-9)
    assert mcnemar_exact(only_a, only_b) == mcnemar_exact(only_b, only_a)


def test_odds_ratio_solves_its_own_equations() -> None:
    ratio = paired_odds_ratio(6, 16)
    assert ratio.estimate == pytest.approx(6 / 16)
    assert binom.sf(5, 22, ratio.low / (1 + ratio.low)) == pytest.approx(0.025)
    assert binom.cdf(6, 22, ratio.high / (1 + ratio.high)) == pytest.approx(0.025)
    nobody, everybody = paired_odds_ratio(0, 9), paired_odds_ratio(9, 0)
    assert (nobody.estimate, nobody.low) == (0.0, 0.0) and nobody.high < 1
    assert (everybody.estimate, everybody.high) == (math.inf, math.inf) and everybody.low > 1
    assert math.isnan(paired_odds_ratio(0, 0).estimate)


@given(cells=st.tuples(*[st.integers(0, 15)] * 4).filter(any))
def test_bounds_hold_the_difference_and_turn_with_the_places(cells: tuple[int, int, int, int]) -> None:
    both, only_a, only_b, neither = cells
    difference, low, high = paired_difference(pairs(*cells))
    assert -1 <= low <= difference <= high <= 1
    turned = paired_difference(pairs(both, only_b, only_a, neither))
    assert turned == pytest.approx((-difference, -high, -low), abs=1e-12)


def test_the_table_has_pairs_p_and_reasons() -> None:
    table = compare_paired([pairs(*RESPONSE), pairs(3, 0, 0, 5), pairs(1, 2, 0, 4)])
    assert tuple(table.columns) == COLUMNS
    first = table.iloc[0]
    assert [first[each] for each in ("a_n", "a_N", "b_n", "b_N")] == [65, 161, 75, 161]
    assert [first[each] for each in ("both", "only_a", "only_b", "neither")] == list(RESPONSE)
    assert (first["p_holm"], first["n_tests"]) == (pytest.approx(3 * first["p"]), 3)
    alike, few = table.to_dict("records")[1:]
    assert alike["p"] == 1 and math.isnan(alike["odds_ratio"]) and "no odds ratio" in alike["note"]
    assert "p cannot be below 0.50" in few["note"]
    assert "Benjamini" in str(compare_paired([pairs(*RESPONSE)], method="bh").loc[0, "note"])
    with pytest.raises(AnalysisError, match="no pairs"):
        compare_paired([pairs(0, 0, 0, 0)])
