"""What to decide next: typical of many; once something is learned, in turn with what is uncertain, rare and varied."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qualcode.autocoding.learning import Chances, LearningUnit
from qualcode.autocoding.text_features import TextFeatures
from qualcode.autocoding.useful import most_typical, most_useful


def _units(said: Sequence[str], *decided: int) -> list[LearningUnit]:
    return [
        LearningUnit(1, 100 * n, 100 * n + len(text), text, n, {}, {"a": True} if n in decided else {})
        for n, text in enumerate(said)
    ]


def _features(units: Sequence[LearningUnit]) -> TextFeatures:
    return TextFeatures([unit.text for unit in units])


def test_the_most_useful_are_in_turn_uncertain_and_typical() -> None:
    buses = ["the bus is late", "the bus was late", "our bus is so late"]
    units = _units([*buses, "the rent is due", "a zebra", "decided"], 5)
    chances = Chances(("a",), np.array([[0.0], [0.0], [0.0], [0.5], [0.4], [0.5]]))
    chosen = most_useful(units, chances, _features(units), n=10, n_with={})
    assert chosen[0] == 3, "as uncertain as can be"
    assert set(chosen[:4]) > {3, 4} and set(chosen[:4]) & {0, 1, 2}, "what is not quite, and one that speaks for three"
    assert sorted(chosen) == [0, 1, 2, 3, 4], "each once, and nothing that was decided on"


def test_of_two_that_say_the_same_the_uncertain_one_comes_once() -> None:
    units = _units(["the bus is late", "the bus is late", "the rent is due"])
    chances = Chances(("a",), np.array([[0.5], [0.5], [0.4]]))
    assert set(most_useful(units, chances, _features(units), n=2, n_with={})) in ({0, 2}, {1, 2})


def test_rare_codes_come_first_where_all_is_equally_uncertain() -> None:
    units = _units(["one thing", "another matter"])
    chances = Chances(("often", "rare"), np.array([[0.5, 0.0], [0.0, 0.5]]))
    assert most_useful(units, chances, _features(units), n=1, n_with={"often": 40, "rare": 1}) == [1]


def test_without_anything_learned_the_typical_come_first_and_then_what_is_unlike_them() -> None:
    buses = ["the bus is late", "the bus was late", "our bus is so late", "late again, the bus"]
    units = _units(["zebra", *buses, "the rent is due", "the rent is too high", "my rent is due"])
    nothing = Chances((), np.zeros((len(units), 0)))
    first, second, *_others = most_typical(units, nothing, _features(units), n=8)
    assert "bus" in units[first].text
    assert "rent" in units[second].text


def test_what_was_decided_need_not_be_asked_again() -> None:
    buses = ["the bus is late", "the bus was late", "our bus is so late"]
    units = _units([*buses, "the rent is due", "the rent is too high"], 0)
    nothing = Chances((), np.zeros((len(units), 0)))
    chosen = most_typical(units, nothing, _features(units), n=5)
    assert "rent" in units[chosen[0]].text
    assert 0 not in chosen


def test_where_the_rules_are_unsure_comes_before_where_they_are_silent() -> None:
    units = _units(["the rent is due", "the bus is late"])
    by_rules = Chances(("a",), np.array([[0.0], [0.5]]))
    assert most_typical(units, by_rules, _features(units), n=1) == [1]
    assert most_typical(_units([]), by_rules, _features(units), n=3) == []
