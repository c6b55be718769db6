"""Permutation of whole sessions, against all arrangements gone through one by one."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis import session_permutation as module
from qualcode.analysis.session_permutation import ON_THEIR_OWN, session_permutation_tests


def by_going_through_all(in_a: list[bool], session: list[int], mentioned: list[bool]) -> tuple[float, float, int]:
    """p, the smallest p and the number of arrangements, by listing every arrangement of labels."""
    everyone = range(len(in_a))
    blocks = [[i for i in everyone if session[i] == each] for each in sorted(set(session))]
    whole = [b for b in blocks if session[b[0]] != ON_THEIR_OWN and len({in_a[i] for i in b}) == 1]
    inside = [b for b in blocks if b not in whole]
    of_wholes = set(permutations([in_a[b[0]] for b in whole]))
    of_insides = [set(permutations([in_a[i] for i in b])) for b in inside]
    differences = []
    for wholes, *insides in product(of_wholes, *of_insides):
        label = {i: given for b, given in zip(whole, wholes, strict=True) for i in b}
        label |= {i: given for b, each in zip(inside, insides, strict=True) for i, given in zip(b, each, strict=True)}
        a, b = ([mentioned[i] for i in everyone if label[i] is side] for side in (True, False))
        differences.append(abs(sum(a) / len(a) - sum(b) / len(b)))
    a, b = ([mentioned[i] for i in everyone if in_a[i] is side] for side in (True, False))
    observed = abs(sum(a) / len(a) - sum(b) / len(b))
    n = len(differences)
    most = max(differences)
    return sum(d >= observed - 1e-9 for d in differences) / n, sum(d >= most - 1e-9 for d in differences) / n, n


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.booleans(), st.integers(-1, 4), st.booleans()), min_size=2, max_size=8))
def test_p_is_the_share_of_all_arrangements(people: list[tuple[bool, int, bool]]) -> None:
    in_a, session, mentioned = ([each[k] for each in people] for k in range(3))
    if len(set(in_a)) == 1:
        return
    (test,) = session_permutation_tests(np.array(in_a), np.array(session), np.array([mentioned]))
    p, least, n = by_going_through_all([bool(x) for x in in_a], [int(x) for x in session], [bool(x) for x in mentioned])
    assert [test.p, test.least] == pytest.approx([p, least])
    assert (test.n_arrangements, test.drawn) == (n, False)


def test_people_on_their_own_give_fishers_tea_tasting() -> None:
    in_a = np.repeat([True, False], 4)
    mentions = np.array([[True, True, True, False, True, False, False, False]])
    (test,) = session_permutation_tests(in_a, np.full(8, ON_THEIR_OWN), mentions)
    assert test.p == pytest.approx(34 / 70)  # Fisher (1935); two-sided as in Agresti
    assert test.least == pytest.approx(2 / 70)
    assert test.n_arrangements == 70


def test_six_people_in_two_sessions_are_two_not_six() -> None:
    in_a, session = np.repeat([True, False], 3), np.repeat([0, 1], 3)
    (test,) = session_permutation_tests(in_a, session, in_a[None, :])  # everybody in one, nobody in the other
    assert (test.p, test.least, test.n_arrangements) == (1.0, 1.0, 2)


def test_four_sessions_a_side_can_be_tested() -> None:
    in_a, session = np.repeat([True, False], 12), np.repeat(np.arange(8), 3)
    (test,) = session_permutation_tests(in_a, session, in_a[None, :])
    assert test.p == pytest.approx(2 / 70)


def test_draws_are_close_to_all_arrangements_and_the_same_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(5)
    session = np.repeat(np.arange(12), 4)
    in_a, mentions = session < 6, random.random((3, 48)) < np.where(session < 6, 0.6, 0.3)
    exact = session_permutation_tests(in_a, session, mentions)
    monkeypatch.setattr(module, "MOST_ENUMERATED", 10)
    drawn = session_permutation_tests(in_a, session, mentions)
    assert [test.p for test in drawn] == pytest.approx([test.p for test in exact], abs=0.02)
    assert drawn == session_permutation_tests(in_a, session, mentions)
    assert drawn != session_permutation_tests(in_a, session, mentions, seed=2)
    assert all(test.drawn and test.n_arrangements == module.N_DRAWN for test in drawn)
    assert all(test.p >= 1 / (module.N_DRAWN + 1) for test in drawn)
