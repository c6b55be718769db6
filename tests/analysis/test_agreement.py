"""Agreement: published examples, and formulas checked a second way."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.agreement import Agreement, cohen_kappa, macro, micro, pooled_kappa
from qualcode.analysis.intervals import wilson
from qualcode.errors import AnalysisError

COUNTS = st.integers(0, 40)


def test_kappa_equals_the_example_of_cohen() -> None:
    table = ((88, 14, 18), (10, 40, 10), (2, 6, 12))  # Cohen (1960): p_o 0.70, p_e 0.41, kappa 0.492, n 200
    assert cohen_kappa(table).value == pytest.approx(0.492, abs=0.0005)


def test_standard_error_equals_the_example_of_fleiss() -> None:
    # Fleiss, Statistical Methods for Rates and Proportions, on interrater agreement: 100 diagnoses by two raters
    kappa = cohen_kappa(((75, 1, 4), (5, 4, 1), (0, 0, 10)))
    assert kappa.value == pytest.approx(0.68, abs=0.005)
    assert kappa.standard_error == pytest.approx(0.087, abs=0.001)


def simple_kappa(p: list[float]) -> float:
    a, b, c, d = p
    expected = (a + b) * (a + c) + (c + d) * (b + d)
    return (a + d - expected) / (1 - expected)


@given(st.lists(st.integers(1, 60), min_size=4, max_size=4))
def test_standard_error_is_that_of_the_delta_method(counts: list[int]) -> None:
    n = sum(counts)
    p = [count / n for count in counts]
    step = 1e-6
    slopes = []
    for position in range(4):
        up, down = p.copy(), p.copy()
        up[position] += step
        down[position] -= step
        slopes.append(
            (simple_kappa([x / sum(up) for x in up]) - simple_kappa([x / sum(down) for x in down])) / 2 / step
        )
    mean = sum(slope * share for slope, share in zip(slopes, p, strict=True))
    variance = sum(slope**2 * share for slope, share in zip(slopes, p, strict=True)) - mean**2
    found = cohen_kappa((counts[:2], counts[2:]))
    assert found.value == pytest.approx(simple_kappa(p))
    assert found.standard_error == pytest.approx(math.sqrt(variance / n), rel=1e-4, abs=1e-6)


def test_perfect_agreement_has_no_interval_and_one_category_no_kappa() -> None:
    perfect = cohen_kappa(((10, 0), (0, 20)))
    assert perfect.value == 1
    assert all(math.isnan(bound) for bound in perfect.interval)
    for table in (((30, 0), (0, 0)), ((0, 0), (0, 0))):
        assert math.isnan(cohen_kappa(table).value)


def test_a_coder_who_never_varies_agrees_as_by_chance() -> None:
    never = cohen_kappa(((0, 0), (7, 23)))
    assert never.value == pytest.approx(0)
    assert never.standard_error == 0


def test_the_interval_stays_within_minus_one_and_one() -> None:
    low, high = cohen_kappa(((3, 0), (1, 3))).interval
    assert 0 < low < high == 1


def test_kappa_refuses_what_is_no_square_table() -> None:
    for table in (((1, 2, 3), (4, 5, 6)), ((1, -1), (2, 3))):
        with pytest.raises(AnalysisError, match="square"):
            cohen_kappa(table)


def test_precision_recall_and_f1() -> None:
    found = Agreement(both=6, only_rules=2, only_file=4, neither=88)
    assert (found.n, found.precision, found.recall) == (100, 0.75, 0.6)
    assert found.f1 == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))


def test_what_has_no_base_does_not_exist() -> None:
    never, only_file = Agreement(0, 0, 0, 9), Agreement(0, 0, 3, 6)
    assert all(math.isnan(value) for value in (never.precision, never.recall, never.f1, *never.f1_interval))
    assert math.isnan(only_file.precision)
    assert (only_file.recall, only_file.f1) == (0, 0)


@given(COUNTS, COUNTS, COUNTS)
def test_the_interval_of_f1_holds_the_shares_that_wilson_holds(both: int, only_rules: int, only_file: int) -> None:
    found = Agreement(both, only_rules, only_file, 10)
    if found.either == 0:
        return
    low, high = found.f1_interval
    assert 0 <= low <= found.f1 <= high <= 1
    shares = [bound / (2 - bound) for bound in (low, high)]  # back from F1 to both / either
    assert shares == pytest.approx(list(wilson(both, found.either)))


def test_micro_adds_and_macro_leaves_out_what_does_not_exist() -> None:
    first, second = Agreement(6, 2, 4, 88), Agreement(0, 3, 0, 97)
    assert micro([first, second]) == Agreement(6, 5, 4, 185)
    assert macro([0.5, math.nan, 1.0]) == 0.75
    assert math.isnan(macro([math.nan]))


def test_pooled_kappa_is_kappa_for_one_code_and_of_the_means_for_several() -> None:
    first, second = Agreement(6, 2, 4, 88), Agreement(10, 20, 0, 70)
    assert pooled_kappa([first]) == pytest.approx(first.kappa.value)
    observed = (0.94 + 0.80) / 2
    expected = ((0.08 * 0.10 + 0.92 * 0.90) + (0.30 * 0.10 + 0.70 * 0.90)) / 2
    assert pooled_kappa([first, second]) == pytest.approx((observed - expected) / (1 - expected))
    assert math.isnan(pooled_kappa([]))
    assert math.isnan(pooled_kappa([Agreement(0, 0, 0, 5)]))
