"""Whole sessions of several groups, against all arrangements gone through one by one."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis import several_sessions as module
from qualcode.analysis.session_permutation import N_DRAWN, ON_THEIR_OWN, session_permutation_tests
from qualcode.analysis.several_groups import fisher_of_several
from qualcode.analysis.several_sessions import several_session_tests


def chi_squared(label: dict[int, int], mentioned: list[bool]) -> Fraction:
    """The sum of (observed - expected)² / expected of those who mention it and those who do not."""
    everyone, whole = len(label), sum(mentioned)
    statistic = Fraction(0)
    for group in set(label.values()):
        people = [i for i in label if label[i] == group]
        for yes, total in ((True, whole), (False, everyone - whole)):
            expected = Fraction(total * len(people), everyone)
            if expected:
                statistic += (sum(mentioned[i] is yes for i in people) - expected) ** 2 / expected
    return statistic


def by_going_through_all(group: list[int], session: list[int], mentioned: list[bool]) -> tuple[float, float, int]:
    """p, the smallest p and the number of arrangements, by listing every arrangement of labels."""
    everyone = range(len(group))
    blocks = [[i for i in everyone if session[i] == each] for each in sorted(set(session))]
    whole = [b for b in blocks if session[b[0]] != ON_THEIR_OWN and len({group[i] for i in b}) == 1]
    inside = [b for b in blocks if b not in whole]
    of_wholes = set(permutations([group[b[0]] for b in whole]))
    of_insides = [set(permutations([group[i] for i in b])) for b in inside]
    found = []
    for wholes, *insides in product(of_wholes, *of_insides):
        label = {i: given for b, given in zip(whole, wholes, strict=True) for i in b}
        label |= {i: given for b, each in zip(inside, insides, strict=True) for i, given in zip(b, each, strict=True)}
        found.append(chi_squared(label, mentioned))
    observed = chi_squared(dict(enumerate(group)), mentioned)
    n = len(found)
    return sum(each >= observed for each in found) / n, sum(each >= max(found) for each in found) / n, n


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(-1, 3), st.booleans()), min_size=2, max_size=7))
def test_p_is_the_share_of_all_arrangements(people: list[tuple[int, int, bool]]) -> None:
    there = sorted({group for group, *_rest in people})
    group, session, mentioned = (
        [there.index(each[0]) for each in people],
        [e[1] for e in people],
        [e[2] for e in people],
    )
    (test,) = several_session_tests(np.array(group), np.array(session), np.array([mentioned]))
    p, least, n = by_going_through_all(group, session, mentioned)
    assert [test.p, test.least] == pytest.approx([p, least])
    assert (test.n_arrangements, test.drawn) == (n, False)


def test_of_two_groups_of_equal_sessions_it_is_the_test_of_two() -> None:
    group, session = np.repeat([0, 1], 8), np.repeat(np.arange(8), 2)
    mentions = np.random.default_rng(3).random((5, 16)) < 0.4
    several = several_session_tests(group, session, mentions)
    two = session_permutation_tests(group == 0, session, mentions)
    assert [each.p for each in several] == pytest.approx([each.p for each in two])


def test_groups_that_sat_by_themselves_count_by_sessions_not_by_people() -> None:
    group, session = np.repeat([0, 1, 2], 6), np.repeat([0, 1, 2], 6)
    (test,) = several_session_tests(group, session, (group == 0)[None, :])  # all of one session, nobody else
    assert (test.p, test.least, test.n_arrangements) == (1, 1, 6)
    assert fisher_of_several([6, 0, 0], [6, 6, 6]).p < 0.001  # as if they were eighteen who never met


@pytest.mark.parametrize("most_permuted", [400, 0])
def test_draws_come_near_all_arrangements_and_are_the_same_each_time(
    monkeypatch: pytest.MonkeyPatch, most_permuted: int
) -> None:
    group = np.array([0, 0, 1, 1, 2, 2, 0, 1, 2, 0, 1, 2])
    session = np.array([0, 0, 1, 1, 2, 2, 3, 3, 3, ON_THEIR_OWN, ON_THEIR_OWN, ON_THEIR_OWN])
    mentions = np.array([[1, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0], [0, 1, 1, 0, 0, 1, 0, 1, 1, 1, 1, 0]], dtype=np.bool_)
    exact = several_session_tests(group, session, mentions)
    assert exact[0].n_arrangements == 6 * 6 * 6
    monkeypatch.setattr(module, "MOST_ENUMERATED", 10)
    monkeypatch.setattr(module, "_MOST_PERMUTED", most_permuted)
    drawn = several_session_tests(group, session, mentions)
    for one, other in zip(exact, drawn, strict=True):
        assert other.p == pytest.approx(one.p, abs=0.02) and other.drawn and other.n_arrangements == N_DRAWN
        assert np.isnan(other.least)
    assert [each.p for each in several_session_tests(group, session, mentions)] == [each.p for each in drawn]
