"""Ridge regression over few of many features gives what solving its equations as they are written gives."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import csr_array

from qualcode.autocoding.ridge import feature_weights

PENALTY = 0.3
Floats = NDArray[np.float64]


def plainly(counts: Floats, of_cases: Floats, of_features: Floats, wanted: Floats) -> Floats:
    values = counts * of_cases[:, None] * of_features
    kernel = values @ values.T + PENALTY * np.eye(len(values))
    found: Floats = values.T @ np.linalg.solve(kernel, wanted)
    return found


def made_up(n_cases: int, n_features: int, *, seed: int = 1) -> tuple[Floats, Floats, Floats, Floats]:
    """Cases with few features, some of them twice, of which many stand in the same cases."""
    random = np.random.default_rng(seed)
    counts = random.binomial(2, 5 / np.arange(5, 5 + n_features), size=(n_cases, n_features)).astype(float)
    counts = np.hstack([counts, counts[:, ::3], np.eye(n_cases)])
    wanted = (random.random((n_cases, 3)) < 0.2).astype(float)
    of_features = random.uniform(1, 3, counts.shape[1:])
    return counts, random.uniform(0.05, 0.2, (n_cases,)), of_features, wanted - wanted.mean(axis=0)


def weights(counts: Floats, *others: Floats) -> NDArray[np.float32]:
    of_cases, of_features, wanted = (each.astype(np.float32) for each in others)
    found: NDArray[np.float32] = feature_weights(
        csr_array(counts.astype(np.float32)), of_cases, of_features, wanted, PENALTY
    )
    return found


@pytest.mark.parametrize(("n_cases", "n_features"), [(3, 2), (40, 90), (400, 700)])
def test_the_weights_solve_the_equations(n_cases: int, n_features: int) -> None:
    counts, of_cases, of_features, wanted = made_up(n_cases, n_features)
    found = weights(counts, of_cases, of_features, wanted)
    assert found == pytest.approx(plainly(counts, of_cases, of_features, wanted), abs=5e-6)


def test_the_same_cases_give_the_same_weights_to_the_last_digit() -> None:
    cases = made_up(60, 80)
    assert weights(*cases).tobytes() == weights(*cases).tobytes()


def test_a_feature_that_no_case_has_and_a_column_of_nothing_weigh_nothing() -> None:
    counts = csr_array(np.array([[1, 0], [2, 0]], dtype=np.float32))
    ones = np.ones(2, dtype=np.float32)
    found = feature_weights(counts, ones, ones, np.array([[1, 0], [-1, 0]], dtype=np.float32), PENALTY)
    assert found[1].tolist() == [0.0, 0.0]
    assert found[:, 1].tolist() == [0.0, 0.0]
    assert found[0, 0] < 0


def test_cases_without_features_have_no_weights() -> None:
    nothing = csr_array((2, 0), dtype=np.float32)
    ones = np.ones(2, dtype=np.float32)
    assert feature_weights(nothing, ones, np.ones(0, dtype=np.float32), np.ones((2, 1)), PENALTY).shape == (0, 1)


def test_columns_that_say_the_same_and_many_columns_get_what_each_gets_alone() -> None:
    counts, of_cases, of_features, wanted = made_up(60, 80)
    same = np.hstack([wanted, wanted[:, :1], wanted[:, :2].sum(axis=1, keepdims=True), np.zeros((60, 1))])
    many = np.hstack([same, np.eye(60)[:, :40], -np.eye(60)])
    for columns in (same, many):
        found = weights(counts, of_cases, of_features, columns)
        assert found == pytest.approx(plainly(counts, of_cases, of_features, columns), abs=1e-5)
