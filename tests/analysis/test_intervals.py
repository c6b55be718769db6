"""Intervals against published tables, and per cents against exact fractions."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from qualcode.analysis.intervals import newcombe, percent_half_up, wilson
from qualcode.errors import AnalysisError


@pytest.mark.parametrize(
    ("n", "N", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_equals_the_published_examples(n: int, N: int, low: float, high: float) -> None:
    # Newcombe (1998), Statistics in Medicine 17:857-872, table I, method 3.
    assert wilson(n, N) == pytest.approx((low, high), abs=0.00005)


@pytest.mark.parametrize("N", [1, 7, 48, 1000])
def test_wilson_bounds_are_where_the_score_test_just_rejects(N: int) -> None:
    for n in range(0, N + 1, max(1, N // 9)):
        for bound in wilson(n, N):
            if 0 < bound < 1:
                score = abs(n / N - bound) / math.sqrt(bound * (1 - bound) / N)
                assert score == pytest.approx(1.959964, abs=1e-5)


def test_wilson_is_exact_at_the_ends() -> None:
    for N in range(1, 300):
        assert wilson(0, N)[0] == 0.0
        assert wilson(N, N)[1] == 1.0


def test_wilson_is_wider_with_more_confidence() -> None:
    narrow, wide = wilson(20, 46, 0.90), wilson(20, 46, 0.99)
    assert wide[0] < narrow[0] < 20 / 46 < narrow[1] < wide[1]


def test_no_base_no_interval() -> None:
    assert all(math.isnan(each) for each in (*wilson(0, 0), *newcombe(0, 0, 3, 9), *newcombe(3, 9, 0, 0)))


@pytest.mark.parametrize(
    ("a_n", "a_N", "b_n", "b_N", "low", "high"),
    [
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (6, 7, 2, 7, 0.0582, 0.8062),
        (5, 56, 0, 29, -0.0381, 0.1926),
        (0, 10, 0, 20, -0.1611, 0.2775),
        (0, 10, 0, 10, -0.2775, 0.2775),
        (10, 10, 0, 20, 0.6791, 1.0),
        (10, 10, 0, 10, 0.6075, 1.0),
    ],
)
def test_newcombe_equals_the_published_examples(
    a_n: int, a_N: int, b_n: int, b_N: int, low: float, high: float
) -> None:
    # Newcombe (1998), Statistics in Medicine 17:873-890, table II, method 10.
    assert newcombe(a_n, a_N, b_n, b_N) == pytest.approx((a_n / a_N - b_n / b_N, low, high), abs=0.00005)


def test_newcombe_turns_round_with_the_groups() -> None:
    difference, low, high = newcombe(20, 46, 8, 33)
    assert newcombe(8, 33, 20, 46) == pytest.approx((-difference, -high, -low))


@pytest.mark.parametrize(("n", "N"), [(-1, 5), (6, 5), (1, 0)])
def test_more_than_the_base_is_refused(n: int, N: int) -> None:
    with pytest.raises(AnalysisError):
        wilson(n, N)
    with pytest.raises(AnalysisError):
        newcombe(n, N, 1, 2)
    with pytest.raises(AnalysisError):
        percent_half_up(n, N)


def test_confidence_outside_its_range_is_refused() -> None:
    with pytest.raises(AnalysisError):
        wilson(1, 2, 95)


def test_half_is_rounded_up() -> None:
    assert percent_half_up(5, 8, 0) == 63.0  # 62.5; Python's round() gives 62
    assert percent_half_up(1, 8, 0) == 13.0  # 12.5; round() gives 12
    assert percent_half_up(1, 16, 1) == 6.3  # 6.25; round() gives 6.2
    assert percent_half_up(3, 48, 1) == 6.3
    assert percent_half_up(23, 46) == 50.0
    assert math.isnan(percent_half_up(0, 0))


def test_every_small_share_is_rounded_as_its_exact_fraction() -> None:
    for N in range(1, 130):
        for n in range(N + 1):
            exact = Fraction(1000 * n, N)
            tenths = math.floor(exact + Fraction(1, 2))
            assert percent_half_up(n, N) == tenths / 10
            shown = Decimal(repr(percent_half_up(n, N))).quantize(Decimal("0.1"), ROUND_HALF_UP)
            assert shown == Decimal(tenths) / 10
