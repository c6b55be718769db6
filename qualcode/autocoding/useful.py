"""Which sentences teach most when a coder decides on them next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, zip_longest
from typing import Any

from qualcode.autocoding.learning import Chances, LearningUnit
from qualcode.autocoding.text_features import TextFeatures

_CANDIDATES = 400  # the most uncertain, among which the order looks for variety
_MOST_COVERED = 1_500  # sentences among which the most typical ones are looked for
_NEAR_CERTAIN = 1e-6


def most_useful(
    units: Sequence[LearningUnit],
    chances: Chances,
    features: TextFeatures,
    *,
    n: int,
    n_with: Mapping[str, int],
) -> list[int]:
    """Which undecided sentences teach most when they are decided next: in turn uncertain ones and typical ones.

    What is uncertain lies at the edge of what was learned, which with few decisions and many codes lies anywhere; what
    is typical speaks for many. A sentence's uncertainty is the sum of the binary entropies of its codes, each divided
    by the square root of how often the code was given so far, plus one. Of the most uncertain ones those are taken, one
    after the other, whose uncertainty times distance (1 - the highest cosine to one that was taken) is the highest.

    Args:
        chances: of the units.
        n: how many are wanted.
        n_with: how many sentences carry each code so far.

    Returns:
        places in `units`, the most useful first.
    """
    typical = most_typical(units, chances, features, n=n)
    uncertain = _most_uncertain(units, chances, features, n=n, n_with=n_with)
    in_turn = chain.from_iterable(zip_longest(uncertain, typical))
    return [place for place in dict.fromkeys(in_turn) if place is not None][:n]


def _most_uncertain(
    units: Sequence[LearningUnit], chances: Chances, features: TextFeatures, *, n: int, n_with: Mapping[str, int]
) -> list[int]:
    import numpy as np

    worth = _uncertainty(chances, n_with)
    worth[[unit.is_decided for unit in units]] = 0.0
    order = np.argsort(-worth, kind="stable")[: max(_CANDIDATES, 2 * n)]
    order = order[worth[order] > 0]
    if len(order) <= 1:
        return [int(place) for place in order[:n]]
    near = features.likeness([units[place].text for place in order])
    worth, nearest = worth[order], np.zeros(len(order))
    is_left = np.ones(len(order), dtype=bool)
    chosen: list[int] = []
    while is_left.any() and len(chosen) < n:
        best = int(np.argmax(np.where(is_left, worth * (1 - nearest), -1.0)))
        is_left[best] = False
        chosen.append(int(order[best]))
        nearest = np.maximum(nearest, near[best])
    return chosen


def most_typical(units: Sequence[LearningUnit], chances: Chances, features: TextFeatures, *, n: int) -> list[int]:
    """Which undecided sentences to begin with, while nothing is learned: together they are like as many as possible.

    Each in turn adds most to the sum, over all sentences, of the squared cosine to the nearest one that was taken or
    decided on (facility location, taken greedily); one of which the rules are unsure counts more, up to twice.

    Source: Nemhauser, G. L., Wolsey, L. A. & Fisher, M. L. (1978), An analysis of approximations for maximizing
    submodular set functions, Mathematical Programming 14:265-294.

    Args:
        chances: of the units, by the rules alone.

    Returns:
        places in `units`, the most typical first.
    """
    import numpy as np

    free = [place for place, unit in enumerate(units) if not unit.is_decided and unit.text.strip()]
    if not free:
        return []
    free = free[:: max(1, -(-len(free) // _MOST_COVERED))]
    known = [place for place, unit in enumerate(units) if unit.is_decided][-_MOST_COVERED:]
    near = features.likeness([units[place].text for place in [*free, *known]])[: len(free)] ** 2
    covered = near[:, len(free) :].max(axis=1, initial=0.0)
    near = near[:, : len(free)]
    unsure = _uncertainty(chances, {})[free]
    factor = 1 + np.minimum(1.0, unsure)
    chosen: list[int] = []
    for _step in range(min(n, len(free))):
        gains = np.maximum(near - covered, 0).sum(axis=1) * factor
        gains[chosen] = -1.0
        best = int(np.argmax(gains))
        chosen.append(best)
        covered = np.maximum(covered, near[best])
    return [free[place] for place in chosen]


def _uncertainty(chances: Chances, n_with: Mapping[str, int]) -> Any:
    """Sums of entropies in bits, each divided by the square root of how often the code was given, plus one."""
    import numpy as np

    p = np.asarray(chances.values, dtype=float)
    inside = np.clip(p, _NEAR_CERTAIN, 1 - _NEAR_CERTAIN)
    bits = -(inside * np.log2(inside) + (1 - inside) * np.log2(1 - inside))
    bits[(p <= _NEAR_CERTAIN) | (p >= 1 - _NEAR_CERTAIN)] = 0.0
    return bits @ np.array([1 / np.sqrt(n_with.get(key, 0) + 1) for key in chances.keys])
