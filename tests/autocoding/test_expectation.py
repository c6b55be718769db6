"""Better than the rules is said only where chance does not explain it."""

from __future__ import annotations

import math
import random

import pytest

from qualcode.autocoding.expectation import CodeExpectation, Expectation, Hits, interval_of_gain


def _expected(learned: Hits, rules: Hits, gain: tuple[float, float]) -> Expectation:
    return Expectation(50, 0, (CodeExpectation("a", 25, 25, learned, rules, True),), gain)


def test_more_hits_are_better_only_if_the_interval_is_above_nothing() -> None:
    model, rules = Hits(both=9, only_coded=1), Hits(both=8, only_coded=2)
    assert _expected(model, rules, (0.01, 0.1)).is_better
    assert not _expected(model, rules, (-0.02, 0.1)).is_better
    assert not _expected(rules, model, (-0.1, -0.01)).is_better
    assert _expected(model, rules, (math.nan, math.nan)).is_better


def test_rules_that_propose_nothing_are_no_comparison() -> None:
    assert not _expected(Hits(both=1), Hits(only_coded=1), (0.1, 0.2)).has_rules
    assert _expected(Hits(both=1), Hits(only_proposed=1, only_coded=1), (0.1, 0.2)).has_rules


def test_the_interval_holds_the_difference_and_narrows_with_more_passages() -> None:
    # The model finds 9 of 10 codings, the rules 6: F1 18/19 = 0.947 and 12/16 = 0.75.
    ten = [(Hits(both=1), Hits(both=1))] * 6 + [(Hits(both=1), Hits(only_coded=1))] * 3
    ten += [(Hits(only_coded=1), Hits(only_coded=1))]
    low, high = interval_of_gain(ten)
    assert low <= 18 / 19 - 12 / 16 <= high
    narrow_low, narrow_high = interval_of_gain(ten * 20)
    assert low < narrow_low < 18 / 19 - 12 / 16 < narrow_high < high
    assert interval_of_gain(ten) == (low, high)


def test_the_interval_is_the_bootstrap_written_out() -> None:
    chance = random.Random(4)
    passages = [
        (Hits(chance.randrange(3), chance.randrange(2), chance.randrange(2)), Hits(chance.randrange(2), 1, 1))
        for _n in range(40)
    ]
    drawn = []
    for _n in range(4000):
        some = chance.choices(passages, k=40)
        drawn.append(sum((m for m, _r in some), Hits()).f1 - sum((r for _m, r in some), Hits()).f1)
    drawn.sort()
    assert interval_of_gain(passages) == pytest.approx((drawn[100], drawn[3900]), abs=0.03)


def test_few_passages_have_no_interval() -> None:
    assert all(math.isnan(end) for end in interval_of_gain([(Hits(both=1), Hits())] * 9))
