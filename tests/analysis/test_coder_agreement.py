"""Agreement of several coders against published examples and against the definitions, pair by pair."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis.agreement import Agreement, cohen_kappa, pooled_kappa
from qualcode.analysis.coder_agreement import (
    CHANCE_CORRECTED,
    MEASURES,
    Judged,
    Tally,
    distinct_clusters,
    percentile_interval,
    pooled,
    resampled,
    tally_by_cluster,
)

Label = int | None
# Krippendorff (2011), section C: 4 observers, 12 units, 5 categories, missing data. In Gwet's copy (cac.raw4raters
# of the package irrCAC) the lone judgement of unit 12 is the third rater's, which matters to kappa alone.
FOUR_OBSERVERS: list[list[Label]] = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, None],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]


def tally_of(observers: Sequence[Sequence[Label]], n_categories: int) -> Tally:
    """The sums from their definition, one unit after the other."""
    k, q = len(observers), n_categories
    sums = np.zeros(Tally.length(k, q))
    for labels in zip(*observers, strict=True):
        there = [label for label in labels if label is not None]
        a, r = np.bincount(there, minlength=q).astype(float), len(there)
        if r:
            sums[2] += 1
            sums[3 : 3 + q] += a / r
        if r >= 2:
            sums[0] += 1
            sums[1] += (a * (a - 1)).sum() / (r * (r - 1))
            sums[3 + q : 3 + 2 * q] += a
            sums[3 + 2 * q : 3 + 3 * q] += a * (a - 1) / (r - 1)
        for coder, label in enumerate(labels):
            if label is not None:
                sums[3 + 3 * q + coder * q + label] += 1
    return Tally(sums, k, q)


def four_observers() -> Tally:
    shifted = [[None if each is None else each - 1 for each in row] for row in FOUR_OBSERVERS]
    return tally_of(shifted, 5)


@pytest.mark.parametrize(
    ("measure", "published"),
    [("agreement", 0.8181818), ("kappa", 0.76282), ("alpha", 0.74342), ("ac1", 0.77544), ("pabak", 0.77273)],
)
def test_four_observers_with_missing_data_as_published(measure: str, published: float) -> None:
    # alpha 0.743: Krippendorff (2011), section C. All five: Gwet (2014) and irrCAC (pa, conger, krippen, gwet, bp).
    assert float(four_observers().coefficient(measure)) == pytest.approx(published, abs=5e-6)


def test_two_observers_of_two_categories_as_published() -> None:
    # Krippendorff (2011), section A: 10 articles, alpha 0.095.
    first, second = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert float(tally_of([first, second], 2).coefficient("alpha")) == pytest.approx(0.095, abs=0.0005)


def from_table(both: int, only_a: int, only_b: int, neither: int) -> Tally:
    a = [1] * (both + only_a) + [0] * (only_b + neither)
    b = [1] * both + [0] * only_a + [1] * only_b + [0] * neither
    return tally_of([a, b], 2)


def test_paradox_as_published() -> None:
    # Feinstein & Cicchetti (1990), J Clin Epidemiol 43:543-549: 85 % agreement, kappa 0.70 and 0.32;
    # Byrt, Bishop & Carlin (1993): PABAK 0.70 for both. Positive agreement: Cicchetti & Feinstein, ibid. 551-558.
    even, skewed = from_table(40, 9, 6, 45), from_table(80, 10, 5, 5)
    assert float(even.coefficient("kappa")) == pytest.approx(0.70, abs=0.005)
    assert float(skewed.coefficient("kappa")) == pytest.approx(0.32, abs=0.005)
    for each in (even, skewed):
        assert float(each.coefficient("agreement")) == pytest.approx(0.85)
        assert float(each.coefficient("pabak")) == pytest.approx(0.70)
    assert float(even.coefficient("positive")) == pytest.approx(80 / 95)
    assert float(skewed.coefficient("positive")) == pytest.approx(160 / 175)
    assert float(skewed.coefficient("ac1")) == pytest.approx((0.85 - 0.21875) / (1 - 0.21875))  # 2 * 0.875 * 0.125


RATINGS = st.integers(2, 4).flatmap(
    lambda k: st.lists(st.tuples(*[st.sampled_from([0, 1, 1, 0, None])] * k), min_size=1, max_size=12)
)


@given(units=RATINGS)
def test_coefficients_are_their_definitions(units: list[tuple[Label, ...]]) -> None:
    observers = list(zip(*units, strict=True))
    tally = tally_of(observers, 2)
    pairs = [[label for label in unit if label is not None] for unit in units]
    pairs = [unit for unit in pairs if len(unit) >= 2]
    if not pairs:
        assert all(math.isnan(float(tally.coefficient(each))) for each in MEASURES)
        return
    agreeing = [
        np.mean([x == y for x, y in itertools.permutations(unit, 2)]) for unit in pairs
    ]  # of the pairs of coders about each unit
    assert float(tally.coefficient("agreement")) == pytest.approx(float(np.mean(agreeing)))
    values = list(itertools.chain.from_iterable(pairs))
    different = sum(x != y for x, y in itertools.permutations(values, 2)) / (len(values) * (len(values) - 1))
    observed = sum(sum(x != y for x, y in itertools.permutations(unit, 2)) / (len(unit) - 1) for unit in pairs)
    if different == 0:
        assert math.isnan(float(tally.coefficient("alpha")))
    else:
        assert float(tally.coefficient("alpha")) == pytest.approx(1 - observed / len(values) / different)
    shares = [np.mean([each for each in row if each is not None]) for row in observers if set(row) != {None}]
    chance = np.mean([x * y + (1 - x) * (1 - y) for x, y in itertools.permutations(shares, 2)])
    if not math.isclose(chance, 1):
        expected = (np.mean(agreeing) - chance) / (1 - chance)
        assert float(tally.coefficient("kappa")) == pytest.approx(float(expected))
    assert float(tally.coefficient("pabak")) == pytest.approx(2 * float(np.mean(agreeing)) - 1)


@given(cells=st.tuples(*[st.integers(0, 9)] * 4).filter(any))
def test_two_coders_have_cohens_kappa(cells: tuple[int, int, int, int]) -> None:
    both, only_a, only_b, neither = cells
    expected = cohen_kappa(((both, only_a), (only_b, neither))).value
    assert float(from_table(*cells).coefficient("kappa")) == pytest.approx(expected, abs=1e-9, nan_ok=True)


def judged_of(units: Sequence[Sequence[Sequence[Label]]], weight: Sequence[float]) -> Judged:
    """Units of judgements by theme and coder; a coder is missing for all themes of a unit, or for none."""
    given = [
        (number, theme, coder)
        for number, themes in enumerate(units)
        for theme, labels in enumerate(themes)
        for coder, label in enumerate(labels)
        if label == 1
    ]
    present = np.array([[label is not None for label in themes[0]] for themes in units])
    return Judged(np.array(weight, dtype=float), present, np.array(given, dtype=np.int64).reshape(-1, 3))


@st.composite
def judgements(draw: st.DrawFn) -> tuple[list[list[list[Label]]], list[int], list[int]]:
    """Units by themes by coders; weights; clusters."""
    k, t, n = draw(st.integers(2, 4)), draw(st.integers(1, 3)), draw(st.integers(1, 8))
    units: list[list[list[Label]]] = []
    for _unit in range(n):
        here = draw(st.lists(st.booleans(), min_size=k, max_size=k))
        units.append([[draw(st.integers(0, 1)) if there else None for there in here] for _theme in range(t)])
    counts = st.lists(st.integers(1, 3), min_size=n, max_size=n)
    return units, draw(counts), draw(counts)


@settings(max_examples=60)
@given(material=judgements())
def test_sums_by_cluster_are_those_of_one_unit_after_the_other(
    material: tuple[list[list[list[Label]]], list[int], list[int]],
) -> None:
    units, weight, cluster = material
    n_themes = len(units[0])
    found = tally_by_cluster(judged_of(units, weight), n_themes, np.array(cluster), 4).sums
    for place in range(4):
        for theme in range(n_themes):
            copies = [
                unit[theme]
                for unit, w, where in zip(units, weight, cluster, strict=True)
                for _copy in range(w)  # a weight of three is three units that are equal
                if where == place
            ]
            observers = [[labels[coder] for labels in copies] for coder in range(len(units[0][0]))]
            assert found[place, theme] == pytest.approx(tally_of(observers, 2).sums, abs=1e-9)


def test_pooled_is_of_means_and_equals_the_pooled_kappa_of_two() -> None:
    cells = [(3, 1, 2, 14), (0, 0, 0, 20), (10, 4, 1, 5)]
    tally = Tally(np.stack([from_table(*each).sums for each in cells]), 2)
    expected = pooled_kappa([Agreement(*each) for each in cells])
    assert float(pooled(tally, "kappa")) == pytest.approx(expected)
    assert float(pooled(tally, "agreement")) == pytest.approx((17 + 20 + 15) / 60)
    assert float(pooled(tally, "positive")) == pytest.approx(26 / (26 + 8))
    single = Tally(tally.sums[:1], 2)
    assert all(float(pooled(single, each)) == pytest.approx(float(single.coefficient(each)[0])) for each in MEASURES)
    assert math.isnan(float(pooled(Tally(tally.sums[:0], 2), "kappa")))


def test_what_nobody_gives_has_no_chance_corrected_number() -> None:
    nobody = from_table(0, 0, 0, 7)
    assert math.isnan(float(nobody.coefficient("kappa"))) and math.isnan(float(nobody.coefficient("alpha")))
    assert math.isnan(float(nobody.coefficient("positive")))
    assert (float(nobody.coefficient("ac1")), float(nobody.coefficient("agreement"))) == (1.0, 1.0)


def test_resamples_add_up_are_repeatable_and_spread_as_the_standard_error() -> None:
    cells = (40, 9, 6, 45)
    units = [[[x, y]] for x, y, n in ((1, 1, 40), (1, 0, 9), (0, 1, 6), (0, 0, 45)) for _each in range(n)]
    judged = judged_of(units, [1.0] * 100)
    tally = tally_by_cluster(judged, 1, np.arange(100), 100)
    once = [part.coefficient("kappa") for part in resampled(tally, np.ones(100, dtype=np.int64))]
    again = [part.coefficient("kappa") for part in resampled(tally, np.ones(100, dtype=np.int64))]
    drawn = np.concatenate(once)
    assert drawn.shape == (1000, 1) and (drawn == np.concatenate(again)).all()
    # The spread is what Fleiss, Cohen and Everitt's formula gives for many units.
    formula = cohen_kappa(((40, 9), (6, 45))).standard_error
    assert float(drawn.std()) == pytest.approx(formula, rel=0.1)
    low, high = percentile_interval(drawn)
    assert low[0] < float(from_table(*cells).coefficient("kappa")) < high[0]
    # Clusters that are equal may be given once, with how often they occur: nothing but the draws differs.
    few = tally_by_cluster(judged, 1, np.repeat([0, 1, 2, 3], [40, 9, 6, 45]), 4)
    few.sums[:] /= np.array([40, 9, 6, 45])[:, None, None]
    other = np.concatenate([part.coefficient("kappa") for part in resampled(few, np.array([40, 9, 6, 45]))])
    assert float(other.std()) == pytest.approx(formula, rel=0.1)
    assert not resampled(tally, np.array([1] + [0] * 99))


def test_an_interval_of_what_never_varies_is_unknown() -> None:
    low, high = percentile_interval(np.array([[1.0, 0.2, np.nan], [1.0, 0.4, 0.5]]))
    assert np.isnan([low[0], high[0], low[2], high[2]]).all()
    assert (low[1], high[1]) == (pytest.approx(0.205), pytest.approx(0.395))


@given(units=RATINGS, order=st.randoms(use_true_random=False))
def test_order_of_units_and_coders_does_not_matter(units: list[tuple[Label, ...]], order: object) -> None:
    shuffled = list(units)
    order.shuffle(shuffled)  # type: ignore[attr-defined]  # random.Random, which hypothesis does not say
    one = tally_of(list(zip(*units, strict=True)), 2)
    other = tally_of(list(zip(*shuffled, strict=True))[::-1], 2)
    for measure in (*CHANCE_CORRECTED, "agreement", "positive"):
        assert float(one.coefficient(measure)) == pytest.approx(float(other.coefficient(measure)), nan_ok=True)


@settings(max_examples=60)
@given(material=judgements())
def test_equal_clusters_given_once_add_up_to_all(
    material: tuple[list[list[list[Label]]], list[int], list[int]],
) -> None:
    units, weight, cluster = material
    judged, n_themes = judged_of([*units, *units], [*weight, *weight]), len(units[0])
    every = np.array([*cluster, *(each + 4 for each in cluster)])
    some, kind, times = distinct_clusters(judged, every)
    assert times.sum() == len(set(every.tolist())) and (times >= 2).all()
    once = tally_by_cluster(some, n_themes, kind, len(times)).sums
    whole = tally_by_cluster(judged, n_themes, np.zeros(len(every), dtype=np.int64), 1).sums[0]
    assert np.tensordot(times, once, axes=1) == pytest.approx(whole, abs=1e-9)
