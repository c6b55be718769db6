"""The nearest of the sentences that a codebook gives: by words and their parts, the same words first."""

from __future__ import annotations

import pytest

from qualcode.autocoding.nearest import GivenSentences

GIVEN = GivenSentences(
    (
        "The oven is always cold in the morning.",
        "Nobody tells us when the flour has come.",
        "We have no key to the storeroom.",
        "Vi har taushetsplikt om oppskriftene.",
    )
)


def test_the_same_words_are_nearest_whatever_their_case() -> None:
    found = GIVEN.nearest("nobody tells us when the FLOUR has come")
    assert found is not None
    assert found.sentence == "Nobody tells us when the flour has come."
    assert found.degree == pytest.approx(1.0)


def test_rare_words_say_more_than_common_ones() -> None:
    found = GIVEN.nearest("The key is in the oven of the baker.")
    assert found is not None and found.sentence in (GIVEN.sentences[0], GIVEN.sentences[2])
    assert 0 < found.degree < 1
    found = GIVEN.nearest("And the storeroom?")
    assert found is not None and found.sentence == GIVEN.sentences[2]


def test_parts_of_compounds_count() -> None:
    found = GIVEN.nearest("Taushetspliktreglene er strenge.")
    assert found is not None and found.sentence == GIVEN.sentences[3]


def test_what_has_nothing_in_common_is_near_none() -> None:
    assert GIVEN.nearest("Qzx!") is None
    assert GIVEN.nearest("…") is None
    assert GivenSentences(()).nearest("The oven.") is None
