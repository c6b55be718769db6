"""How far two or more coders agree: per cent, kappa, alpha, AC1 and PABAK, with intervals by resampling.

Every coefficient is worked out from sums over units, so that codes can be pooled, and material resampled, by adding.
docs/methods.md, "Agreement of coders", gives the sources.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

CHANCE_CORRECTED = ("kappa", "alpha", "ac1", "pabak")
MEASURES = ("agreement", *CHANCE_CORRECTED, "positive")
NO, YES = 0, 1
"""The two categories of a unit: it does not have the theme, it has."""

N_RESAMPLES = 1000
MOST_UNDEFINED = 0.05
"""An interval is not given where a coefficient does not exist in more than this share of the resamples."""

_RESAMPLES_AT_ONCE = 100
_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over units of what coders gave them; tallies of different units are added by adding `sums`.

    Each coder who is not missing gives a unit one of q categories. For a unit with r coders of whom a_c give category
    c, and with weight w (1; of a stretch of text, its characters), the sums are over

    - units with two coders or more: w; the share of pairs of coders who agree, Σ a_c (a_c - 1) / (r (r - 1));
    - units with a coder: w; for each category a_c / r;
    - units with two or more: for each category a_c, and a_c (a_c - 1) / (r - 1);
    - for each coder and category: units to which the coder gives it.

    Attributes:
        sums: any shape, the last axis as above.
        n_coders: how many coders there are, missing or not.
        n_categories: q.
    """

    sums: Numbers
    n_coders: int
    n_categories: int = 2

    @staticmethod
    def length(n_coders: int, n_categories: int = 2) -> int:
        """How long the last axis is."""
        return 3 + n_categories * (3 + n_coders)

    @property
    def units(self) -> Numbers:
        """Units (or characters) that two coders or more have judged."""
        return self._at(0)

    @property
    def observed(self) -> Numbers:
        """Share of pairs of coders who agree about a unit, each unit with the same weight; NaN without units."""
        return _ratio(self._at(1), self.units)

    @property
    def prevalence(self) -> Numbers:
        """Share of all judgements that give each category (last axis); NaN without units."""
        pairable = self._by_category(1)
        return _ratio(pairable, pairable.sum(axis=-1, keepdims=True))

    @property
    def specific(self) -> Numbers:
        """For each category (last axis): given that one coder gives it, how often another does; NaN if nobody does."""
        return _ratio(self._by_category(2), self._by_category(1))

    def by_coder(self) -> Numbers:
        """Units to which each coder (second last axis) gives each category (last axis)."""
        q = self.n_categories
        return self.sums[..., 3 + 3 * q :].reshape(*self.sums.shape[:-1], self.n_coders, q)

    def observed_and_expected(self, measure: str) -> tuple[Numbers, Numbers]:
        """Agreement that there is, and that chance would give, after the definition of one of `CHANCE_CORRECTED`.

        Sources: kappa: Cohen (1960), for more than two coders Conger (1980), Psychological Bulletin 88:322-328, with
            missing judgements as in Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed. alpha: Krippendorff
            (2011), Computing Krippendorff's Alpha-Reliability, section C. ac1: Gwet (2008), British Journal of
            Mathematical and Statistical Psychology 61:29-48. pabak: Byrt, Bishop and Carlin (1993), Journal of
            Clinical Epidemiology 46:423-429; for q categories Brennan and Prediger (1981).
        """
        match measure:
            case "kappa":
                return self.observed, self._expected_by_coders()
            case "alpha":
                return self._coincidences()
            case "ac1":
                share = _ratio(self._by_category(0), self.sums[..., 2:3])
                return self.observed, (share * (1 - share)).sum(axis=-1) / (self.n_categories - 1)
            case "pabak":
                return self.observed, np.full_like(self.observed, 1 / self.n_categories)
        raise ValueError(measure)

    def coefficient(self, measure: str) -> Numbers:
        """One of `MEASURES`; NaN where it does not exist. `positive` is the specific agreement on the last category."""
        if measure == "agreement":
            return self.observed
        if measure == "positive":
            return self.specific[..., -1]
        return corrected(*self.observed_and_expected(measure))

    def _expected_by_coders(self) -> Numbers:
        """Chance agreement of pairs of coders, each with their own shares of the categories."""
        given = self.by_coder()
        judged = given.sum(axis=-1, keepdims=True)
        here = judged > 0
        share = np.where(here, given / np.where(here, judged, 1.0), 0.0)
        n = here.sum(axis=-2).astype(np.float64)
        # Over all pairs of two different coders: (Σ_g p_g)² less Σ_g p_g², of n (n - 1) pairs.
        pairs = share.sum(axis=-2) ** 2 - (share**2).sum(axis=-2)
        return _ratio(pairs.sum(axis=-1), (n * (n - 1))[..., 0])

    def _coincidences(self) -> tuple[Numbers, Numbers]:
        pairable = self._by_category(1)
        n = pairable.sum(axis=-1)
        return (
            _ratio(self._by_category(2).sum(axis=-1), n),
            _ratio((pairable**2).sum(axis=-1) - n, n * (n - 1)),
        )

    def _at(self, place: int) -> Numbers:
        return self.sums[..., place]

    def _by_category(self, which: int) -> Numbers:
        first = 3 + which * self.n_categories
        return self.sums[..., first : first + self.n_categories]


def corrected(observed: Numbers, expected: Numbers) -> Numbers:
    """(observed - expected) / (1 - expected); NaN where chance alone would give full agreement."""
    return _ratio(observed - expected, 1 - expected)


def pooled(tally: Tally, measure: str) -> Numbers:
    """One coefficient over several codes (second last axis of the sums) on the same units: from the means of observed
    and expected agreement, not the mean of coefficients.

    Returns:
        NaN where chance is undefined, or there is no code.

    Source: De Vries, Elliott, Kanouse and Teleki (2008), Field Methods 20:272-282, for kappa; the others likewise.
    """
    if tally.sums.shape[-2] == 0:
        return np.full(tally.sums.shape[:-2], np.nan)
    if measure == "agreement":
        return _mean(tally.observed)
    if measure == "positive":
        return Tally(tally.sums.sum(axis=-2), tally.n_coders).coefficient("positive")
    observed, expected = tally.observed_and_expected(measure)
    return corrected(_mean(observed), _mean(expected))


@dataclass(frozen=True, slots=True)
class Judged:
    """What coders gave the same units.

    Attributes:
        weight: by unit: 1, or how many characters it holds.
        present: units by coders, whether the coder judged that unit at all.
        given: unit, theme, coder in three columns, each row once: the coder gives the unit that theme.
    """

    weight: Numbers
    present: Booleans
    given: Integers

    @property
    def n_coders(self) -> int:
        return int(self.present.shape[1])

    def kept(self, keep: Booleans) -> Judged:
        """The same with some of the units, numbered anew."""
        number = np.cumsum(keep) - 1
        given = self.given[keep[self.given[:, 0]]].copy()
        given[:, 0] = number[given[:, 0]]
        return Judged(self.weight[keep], self.present[keep], given)

    def counts(self, n_themes: int) -> tuple[Integers, Integers, Integers]:
        """(unit, theme, how many coders who are present give it) for each unit and theme that somebody gives."""
        unit, theme, coder = self.given.T
        here = self.present[unit, coder]
        keys, n = np.unique(unit[here] * n_themes + theme[here], return_counts=True)
        return keys // n_themes, keys % n_themes, n.astype(np.int64)


def tally_by_cluster(judged: Judged, n_themes: int, cluster: Integers, n_clusters: int) -> Tally:
    """Add up units by cluster and theme.

    Args:
        cluster: by unit.

    Returns:
        Sums of shape clusters x themes x `Tally.length`, two categories: `NO` and `YES`.
    """
    k = judged.n_coders
    sums = np.zeros((n_clusters, n_themes, Tally.length(k)))
    r = judged.present.sum(axis=1).astype(np.float64)
    w, pairs = judged.weight, r >= 2
    # As if nobody gave anything; then what the given ones change.
    of_all = [w * pairs, w * pairs, w * (r > 0), w * (r > 0), np.zeros_like(w), w * r * pairs, np.zeros_like(w)]
    of_all += [w * r * pairs, np.zeros_like(w)]
    for coder in range(k):
        of_all += [w * judged.present[:, coder], np.zeros_like(w)]
    for place, values in enumerate(of_all):
        sums[:, :, place] = np.bincount(cluster, values, minlength=n_clusters)[:, None]
    unit, theme, n = judged.counts(n_themes)
    a, r, w, pairs = n.astype(np.float64), r[unit], w[unit], pairs[unit]
    b, others = r - a, np.maximum(r - 1, 1)
    cell = cluster[unit] * n_themes + theme
    flat = sums.reshape(n_clusters * n_themes, -1)
    changes = {
        1: w * pairs * ((a * (a - 1) + b * (b - 1)) / (r * others) - 1),
        3: -w * a / r,
        4: w * a / r,
        5: -w * pairs * a,
        6: w * pairs * a,
        7: w * pairs * (b * (b - 1) / others - r),
        8: w * pairs * a * (a - 1) / others,
    }
    for place, values in changes.items():
        flat[:, place] += np.bincount(cell, values, minlength=len(flat))
    unit, theme, coder = judged.given.T
    here = judged.present[unit, coder]
    cell, w = (cluster[unit] * n_themes + theme)[here], judged.weight[unit][here]
    for each in range(k):
        changed = np.bincount(cell, w * (coder[here] == each), minlength=len(flat))
        flat[:, 9 + 2 * each] -= changed
        flat[:, 10 + 2 * each] += changed
    return Tally(sums, k)


def distinct_clusters(judged: Judged, cluster: Integers) -> tuple[Judged, Integers, Integers]:
    """Clusters that are equal in all that coders gave, once.

    Args:
        cluster: by unit.

    Returns:
        The units of one cluster of each kind; the cluster of each, numbered from 0; how often each kind occurs.
    """
    random = np.random.default_rng(0)

    def numbers(shape: tuple[int, ...]) -> NDArray[np.uint64]:
        return random.integers(1, 1 << 63, shape, dtype=np.uint64) * np.uint64(2) + np.uint64(1)

    unit, theme, coder = judged.given.T
    k, n = judged.n_coders, len(judged.weight)
    what = numbers((int(theme.max()) + 1 if len(theme) else 1, k))
    of_unit = judged.weight.astype(np.uint64) * numbers((1,)) + judged.present @ numbers((k,))
    np.add.at(of_unit, unit, what[theme, coder])
    # Stirred, so that the sum over the units of a cluster tells which unit was given what.
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        of_unit = (of_unit ^ (of_unit >> np.uint64(shift))) * np.uint64(factor)
    names, number = np.unique(cluster, return_inverse=True)
    of_cluster = np.zeros(len(names), dtype=np.uint64)
    np.add.at(of_cluster, number, of_unit)
    _kinds, first, times = np.unique(of_cluster, return_index=True, return_counts=True)
    place = np.full(len(names), -1, dtype=np.int64)
    place[first] = np.arange(len(first))
    of_each = place[number] if n else np.zeros(0, dtype=np.int64)
    keep = of_each >= 0
    return judged.kept(keep), of_each[keep], times.astype(np.int64)


def resampled(tally: Tally, times: Integers, *, n_resamples: int = N_RESAMPLES, seed: int = 1) -> list[Tally]:
    """Draw as many clusters as there are, with replacement, again and again.

    Args:
        tally: of one occurrence of each cluster (first axis).
        times: how often each cluster occurs; clusters that are equal may be given once.

    Returns:
        Tallies whose first axis are resamples, in parts that fit into memory, `n_resamples` together; none of one
        cluster.

    Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap; of whole clusters: Davison and Hinkley
        (1997), Bootstrap Methods and their Application, section 3.8.
    """
    n = int(times.sum())
    if n < 2:
        return []
    random = np.random.default_rng(seed)
    flat = tally.sums.reshape(len(times), -1)
    parts = []
    for first in range(0, n_resamples, _RESAMPLES_AT_ONCE):
        drawn = random.multinomial(n, times / n, size=min(_RESAMPLES_AT_ONCE, n_resamples - first))
        sums = (drawn.astype(np.float64) @ flat).reshape(len(drawn), *tally.sums.shape[1:])
        parts.append(Tally(sums, tally.n_coders, tally.n_categories))
    return parts


def percentile_interval(values: Sequence[Numbers] | Numbers) -> tuple[Numbers, Numbers]:
    """The 2.5 and 97.5 percentiles over the first axis.

    Returns:
        NaN, NaN where too many values do not exist (`MOST_UNDEFINED`), or where all are equal: how wide the interval
        is cannot be known from material without any disagreement.
    """
    table = np.asarray(values, dtype=np.float64)
    low = np.full(table.shape[1:], np.nan)
    high = low.copy()
    if not len(table):
        return low, high
    missing = np.isnan(table)
    enough = missing.mean(axis=0) <= MOST_UNDEFINED
    filled = np.where(missing, np.inf, table)
    varies = np.where(missing, -np.inf, table).max(axis=0) - filled.min(axis=0) > 1e-9
    for place in np.argwhere(enough & varies):
        cell = table[(slice(None), *place)]
        low[tuple(place)], high[tuple(place)] = np.nanquantile(cell, [0.025, 0.975])
    return low, high


def _mean(values: Numbers) -> Numbers:
    result: Numbers = np.asarray(values.mean(axis=-1))
    return result


def _ratio(above: Numbers, below: Numbers) -> Numbers:
    """above / below; NaN where there is nothing to divide by."""
    above, below = np.broadcast_arrays(np.asarray(above, np.float64), np.asarray(below, np.float64))
    result = np.full(above.shape, np.nan)
    np.divide(above, below, out=result, where=np.abs(below) > _NOTHING)
    return result
