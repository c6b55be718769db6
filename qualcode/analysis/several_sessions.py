"""Three or more groups compared where people share sessions: whole sessions change places, not the people in them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from qualcode.analysis.intervals import NAN
from qualcode.analysis.session_permutation import MOST_ENUMERATED, N_DRAWN, ON_THEIR_OWN, SessionTest
from qualcode.analysis.units import Integers

Booleans = NDArray[np.bool_]
_CLOSE = 1e-9  # statistics that are equal but for rounding
_MOST_PERMUTED = 400
"""Up to so many people change places one by one; of more, only how many of each group mention a theme is drawn."""


def several_session_tests(
    group: Integers, session: Integers, mentions: Booleans, *, seed: int = 1
) -> list[SessionTest]:
    """Test for each theme whether the share depends on the group, keeping sessions together.

    Sessions with people of one group change places with each other, as wholes. In a session with people of several,
    these change places inside it, and so do people on their own among themselves. Each group keeps its number of each
    kind.

    Args:
        group: by person, from 0; each group has somebody.
        session: by person, the session, or ON_THEIR_OWN.
        mentions: themes by persons, whether the person speaks of the theme.
        seed: of the draws that are made where there are more than MOST_ENUMERATED arrangements.

    Returns:
        One test a theme. The statistic is Pearson's chi-squared but for a factor that is the same in all arrangements:
        the sum over groups of their mentions, squared, by their size. p is the share of the arrangements in which it is
        at least as large as observed, the observed one included. `least` is NaN where arrangements were drawn.

    Source: Good (2005), Permutation, Parametric and Bootstrap Tests of Hypotheses, 3rd ed. (blocks); Phipson & Smyth
        (2010), Stat. Appl. Genet. Mol. Biol. 9:39 (draws). See docs/methods.md, "Three or more groups".
    """
    n_groups = int(group.max()) + 1
    whole, inside = _whole_and_inside(group, session)
    of_wholes = np.array([group[people[0]] for people in whole], dtype=np.int64)
    n_arrangements = math.prod(_n_orders(each) for each in [of_wholes, *(group[people] for people in inside)])
    sizes = np.array([len(people) for people in whole], dtype=np.int64)
    heard = np.array([mentions[:, people].sum(axis=1) for people in whole], dtype=np.int64).reshape(
        len(whole), len(mentions)
    )
    loads = np.concatenate([sizes[:, None], heard], axis=1)  # of each session, its people and its mentions by theme
    drawn = n_arrangements > MOST_ENUMERATED
    rng = np.random.default_rng(seed)
    arranged = _drawn(of_wholes, loads, n_groups, rng) if drawn else _all(of_wholes, loads, n_groups)
    for people in inside:
        ones = np.ones((len(people), 1), dtype=np.int64)
        own = np.concatenate([ones, mentions[:, people].T.astype(np.int64)], axis=1)
        if not drawn:
            each = _all(group[people], own, n_groups)
            arranged = (arranged[:, None] + each[None, :]).reshape(-1, *arranged.shape[1:])
        elif len(people) <= _MOST_PERMUTED:
            arranged = arranged + _drawn(group[people], own, n_groups, rng)
        else:
            arranged = arranged + _drawn_counts(group[people], own, n_groups, rng)
    people_of, mentions_of = arranged[:, :, 0], arranged[:, :, 1:]
    statistics = (mentions_of**2 / people_of[:, :, None]).sum(axis=1)
    observed = sum(mentions[:, group == each].sum(axis=1) ** 2 / (group == each).sum() for each in range(n_groups))
    tests = []
    for theme, each in enumerate(statistics.T):
        p = float((each >= observed[theme] - _CLOSE).mean())
        least = NAN if drawn else float((each >= each.max() - _CLOSE).mean())
        tests.append(SessionTest(p, least, N_DRAWN if drawn else n_arrangements, drawn))
    return tests


def _whole_and_inside(group: Integers, session: Integers) -> tuple[list[Integers], list[Integers]]:
    """People by session where all are of one group; people who change places with each other."""
    whole: list[Integers] = []
    inside: list[Integers] = []
    for each in np.unique(session):
        people = np.flatnonzero(session == each)
        mixed = each == ON_THEIR_OWN or len(np.unique(group[people])) > 1
        (inside if mixed else whole).append(people)
    return whole, inside


def _n_orders(labels: Integers) -> int:
    """In how many ways the labels can be dealt out."""
    left, ways = len(labels), 1
    for n in np.bincount(labels).tolist() if left else []:
        ways *= math.comb(left, n)
        left -= n
    return ways


def _all(labels: Integers, loads: Integers, n_groups: int) -> Integers:
    """Arrangements by groups by loads: what each group holds, in every way to deal the labels out."""
    orders = list(_orders(np.bincount(labels, minlength=n_groups).tolist(), len(labels)))
    return _held(np.array(orders, dtype=np.int64).reshape(len(orders), len(labels)), loads, n_groups)


def _orders(counts: Sequence[int], n: int) -> Iterator[list[int]]:
    """Every order of labels of which each number occurs as often as said."""

    def place(label: int, free: tuple[int, ...], so_far: list[int]) -> Iterator[list[int]]:
        if label == len(counts):
            yield list(so_far)
            return
        for chosen in combinations(free, counts[label]):
            for each in chosen:
                so_far[each] = label
            yield from place(label + 1, tuple(each for each in free if each not in chosen), so_far)

    return place(0, tuple(range(n)), [0] * n)


def _drawn(labels: Integers, loads: Integers, n_groups: int, rng: np.random.Generator) -> Integers:
    """As `_all`, for the observed arrangement and N_DRAWN at random."""
    draws = rng.permuted(np.tile(labels, (N_DRAWN, 1)), axis=1)
    return _held(np.concatenate([labels[None, :], draws]), loads, n_groups)


def _held(orders: Integers, loads: Integers, n_groups: int) -> Integers:
    """Orders by groups by loads: what each group holds."""
    held = [(orders == each).astype(np.float64) @ loads for each in range(n_groups)]  # floats multiply much faster
    result: Integers = np.stack(held, axis=1).round().astype(np.int64)
    return result


def _drawn_counts(labels: Integers, loads: Integers, n_groups: int, rng: np.random.Generator) -> Integers:
    """As `_drawn`, for people of whom only the number in each group matters; themes are drawn one by one."""
    sizes = np.bincount(labels, minlength=n_groups)
    result = np.empty((N_DRAWN + 1, n_groups, loads.shape[1]), dtype=np.int64)
    result[:1] = _held(labels[None, :], loads, n_groups)
    for column, n in enumerate(loads.sum(axis=0).tolist()):
        result[1:, :, column] = rng.multivariate_hypergeometric(sizes, n, size=N_DRAWN, method="marginals")
    return result
