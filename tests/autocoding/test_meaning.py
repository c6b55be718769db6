"""Sentences that say the same lie near each other, whatever is around them and whatever the machine lacks."""

from __future__ import annotations

import importlib.util
import pickle
from collections.abc import Iterator

import numpy as np
import pytest

from qualcode.autocoding import meaning
from qualcode.autocoding.meaning import N_NUMBERS, Meanings
from qualcode.errors import CancelledError

pytestmark = [
    pytest.mark.meaning,
    pytest.mark.skipif(not meaning.is_available(), reason="no meanings on this machine"),
]

SAID = [
    "Bussen var full igjen i dag.",
    "Bussen var full att i dag.",
    "Lunsjen koster for mye.",
    "Lunch is too expensive.",
]


def test_the_same_said_in_another_language_lies_nearer_than_something_else() -> None:
    bus_nb, bus_nn, lunch_nb, lunch_en = Meanings().of(SAID)
    assert bus_nb @ bus_nn > bus_nb @ lunch_nb
    assert lunch_nb @ lunch_en > bus_nb @ lunch_en


def test_a_meaning_does_not_depend_on_what_is_looked_at_with_it() -> None:
    together, alone = Meanings().of(SAID), Meanings().of(SAID[2:3])
    assert together.shape == (4, N_NUMBERS)
    assert np.array_equal(together[2], alone[0])
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=0.001)


@pytest.mark.parametrize("text", ["", " ", "Ja\0nei", "\ud83d alone", "ord " * 3_000])
def test_whatever_was_typed_has_a_meaning(text: str) -> None:
    assert np.isfinite(Meanings().of([text])).all()


def test_what_was_told_stays_known_when_it_is_stopped_and_goes_along_to_another_process() -> None:
    many = [f"Nummer {n} av alle." for n in range(40)]
    told = Meanings()
    steps: list[tuple[int, int]] = []
    with pytest.raises(CancelledError):
        told.look_at(many, progress=lambda done, total: steps.append((done, total)), cancelled=lambda: bool(steps))
    assert steps == [(32, 40)]
    assert told.n_unknown(many) == 8
    there = pickle.loads(pickle.dumps(told))
    assert there.n_unknown(many) == 8


@pytest.fixture
def anew() -> Iterator[None]:
    """Has the machine looked at again, before and after."""
    meaning.is_available.cache_clear()
    yield
    meaning.is_available.cache_clear()


@pytest.mark.usefixtures("anew")
def test_without_the_library_there_are_no_meanings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert not meaning.is_available()
