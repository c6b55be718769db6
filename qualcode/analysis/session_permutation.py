"""Two groups compared where people share sessions: whole sessions change places, not the people in them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from qualcode.analysis.units import Integers

ON_THEIR_OWN = -1
"""In place of a session: somebody who shares one with nobody, as in a survey."""

MOST_ENUMERATED = 20_000
N_DRAWN = 9_999
_CLOSE = 1e-9  # differences that are equal but for rounding

Booleans = NDArray[np.bool_]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SessionTest:
    """One theme's test.

    Attributes:
        p: two-sided, between 0 and 1.
        least: the smallest p that the sessions allow for as many mentions.
        n_arrangements: how many arrangements there are, or how many of those of the sessions were drawn.
        drawn: whether they were drawn at random, because there are too many to go through.
    """

    p: float
    least: float
    n_arrangements: int
    drawn: bool


def session_permutation_tests(
    in_a: Booleans, session: Integers, mentions: Booleans, *, seed: int = 1
) -> list[SessionTest]:
    """Test for each theme whether the share of one group differs from that of another, keeping sessions together.

    Sessions with people of one group change places with each other, as wholes. In a session with people of both, these
    change places inside it, and so do people on their own among themselves. Each group keeps its number of each kind.

    Args:
        in_a: by person, whether of the first group (else of the second); both groups have somebody.
        session: by person, the session, or ON_THEIR_OWN.
        mentions: themes by persons, whether the person speaks of the theme.
        seed: of the draws that are made where whole sessions have more than MOST_ENUMERATED arrangements.

    Returns:
        One test a theme. The statistic is the difference of the shares without its sign; p is the share of the
        arrangements in which it is at least as large as observed, the observed one included. People on their own and
        in mixed sessions are never drawn: their part is exact.

    Source: Good (2005), Permutation, Parametric and Bootstrap Tests of Hypotheses, 3rd ed., section 3 and 6 (blocks);
        Phipson & Smyth (2010), Stat. Appl. Genet. Mol. Biol. 9:39 (draws). See docs/methods.md, "Comparing two groups".
    """
    whole, inside = _whole_and_inside(in_a, session)
    arrangements, drawn = _arrangements([bool(in_a[people[0]]) for people in whole], seed)
    n_inside = math.prod(math.comb(len(people), int(in_a[people].sum())) for people in inside)
    n_arrangements = len(arrangements) - drawn if drawn else len(arrangements) * n_inside
    sizes = np.array([len(people) for people in whole], dtype=np.int64)
    a_sizes = arrangements @ sizes + sum(int(in_a[people].sum()) for people in inside)
    tests = []
    for mentioned in mentions:
        per_session = np.array([mentioned[people].sum() for people in whole], dtype=np.int64)
        begin, chances = _mentions_inside(inside, in_a, mentioned)
        places, n_times = np.unique(np.stack([a_sizes, arrangements @ per_session + begin]), axis=1, return_counts=True)
        differences, weights = _differences(places, n_times, chances, int(mentioned.sum()), len(in_a))
        observed = abs(mentioned[in_a].mean() - mentioned[~in_a].mean())
        p = float(weights[differences >= observed - _CLOSE].sum())
        least = float(weights[differences >= differences[weights > 0].max() - _CLOSE].sum())
        tests.append(SessionTest(min(p, 1.0), min(least, 1.0), n_arrangements, drawn))
    return tests


def people_together(person: Integers, session: Integers, *, nobody: int) -> dict[int, int]:
    """A number for those who share a session, or share one with somebody who does, by person.

    Args:
        person: one for each session that a person was in.
        session: that session; `nobody` where it is none, and such a person is left out of the result if in no other.
    """
    number_of: dict[int, int] = {}
    root: dict[int, int] = {}

    def first_of(each: int) -> int:
        while root.setdefault(each, each) != each:
            each = root[each]
        return each

    for who, where in zip(person.tolist(), session.tolist(), strict=True):
        if where != nobody:
            place = first_of(where)
            number_of.setdefault(who, place)
            root[place] = first_of(number_of[who])
    return {who: first_of(place) for who, place in number_of.items()}


def _whole_and_inside(in_a: Booleans, session: Integers) -> tuple[list[Integers], list[Integers]]:
    """People by session where all are of one group; people who change places with each other."""
    whole: list[Integers] = []
    inside: list[Integers] = []
    for each in np.unique(session):
        people = np.flatnonzero(session == each)
        mixed = each == ON_THEIR_OWN or in_a[people].any() != in_a[people].all()
        (inside if mixed else whole).append(people)
    return whole, inside


def _arrangements(of_a: list[bool], seed: int) -> tuple[Integers, bool]:
    """Arrangements (rows) of whole sessions (columns), 1 where a session is the first group's; the observed is one."""
    n, k = len(of_a), sum(of_a)
    if math.comb(n, k) <= MOST_ENUMERATED:
        chosen = list(combinations(range(n), k))
        table = np.zeros((len(chosen), n), dtype=np.int64)
        for row, sessions in enumerate(chosen):
            table[row, list(sessions)] = 1
        return table, False
    observed = np.array(of_a, dtype=np.int64)
    draws = np.random.default_rng(seed).permuted(np.tile(observed, (N_DRAWN, 1)), axis=1)
    return np.concatenate([observed[None, :], draws]), True


def _mentions_inside(inside: list[Integers], in_a: Booleans, mentioned: Booleans) -> tuple[int, Numbers]:
    """How many of the first group mention it among those who change places: the fewest, and each number's chance."""
    begin, chances = 0, np.ones(1)
    for people in inside:
        fewest, each = _hypergeometric(len(people), int(mentioned[people].sum()), int(in_a[people].sum()))
        begin, chances = begin + fewest, np.convolve(chances, each)
    return begin, chances


@lru_cache(maxsize=4096)
def _hypergeometric(n: int, mentions: int, drawn: int) -> tuple[int, Numbers]:
    from scipy.stats import hypergeom

    fewest, most = max(0, mentions + drawn - n), min(mentions, drawn)
    return fewest, hypergeom.pmf(np.arange(fewest, most + 1), n, mentions, drawn)


def _differences(
    places: Integers, n_times: Integers, chances: Numbers, mentions: int, n_people: int
) -> tuple[Numbers, Numbers]:
    """Differences of the shares without their sign, and how probable each is.

    Args:
        places: how many people the first group has, and how many at least mention it, for each different arrangement.
        n_times: how often each of these occurs.
        chances: of 0, 1, ... mentions more.
    """
    a_N = places[0][:, None]
    a_n = places[1][:, None] + np.arange(len(chances))[None, :]
    differences = np.abs(a_n / a_N - (mentions - a_n) / (n_people - a_N))
    weights = n_times[:, None] * chances[None, :] / n_times.sum()
    return differences.ravel(), weights.ravel()
