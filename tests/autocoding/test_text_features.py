"""Sentences as numbers: parts of length one, counted by way of the words."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from qualcode.autocoding import text_features
from qualcode.autocoding.text_features import TextFeatures

SAID = [
    "The bus is late, the bus!",
    "My rent was due on 3 May",
    "Bussen er sein",
    "",
    "the rent, the bus and 44 cars",
] * 3


def test_letters_and_words_are_weighed_as_scikit_learn_does() -> None:
    features = TextFeatures(SAID[:5])
    assert features.n_topics == 0
    plain = ["".join(" " if not c.isalnum() else "0" if c.isdigit() else c for c in s.lower()) for s in SAID[:5]]
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True).fit([*plain, "", ""])
    words = TfidfVectorizer(token_pattern=r"\w+", ngram_range=(1, 2), sublinear_tf=True).fit([*plain, "", ""])
    of_letters, of_words = letters.transform(plain).toarray(), words.transform(plain).toarray()
    expected = 0.64 * of_letters @ of_letters.T + 0.36 * of_words @ of_words.T
    assert features.likeness(SAID[:5]) == pytest.approx(expected, abs=1e-5)


def test_topics_have_length_one_and_tell_like_from_unlike() -> None:
    features = TextFeatures([*SAID, *SAID])
    assert features.n_topics == 3
    topics = features.rows(["a late bus", "the bus", "my rent", ""]).toarray()[:, -3:]
    assert np.linalg.norm(topics, axis=1) == pytest.approx([1, 1, 1, 0], abs=1e-5)
    likeness = topics @ topics.T
    assert likeness[0, 1] > likeness[0, 2]


def test_what_stands_in_one_text_of_many_is_left_out() -> None:
    many = [f"the bus is late {'today' if n % 2 else 'again'}" for n in range(300)]
    features = TextFeatures([*many, "quixotic"])
    assert not features.rows(["quixotic"]).toarray().any()
    assert features.rows(["late"]).toarray().any()


def test_texts_without_a_word_are_nothing_but_no_error() -> None:
    for said in (["", "…"], ["…"] * 300):
        assert not TextFeatures(said).rows(["", "word", "?!"]).toarray().any()


@pytest.mark.parametrize("times", [1, 6])  # without topics, and with them
def test_weighing_at_once_is_the_product_with_the_rows(times: int) -> None:
    features = TextFeatures(SAID[:5] * times)
    assert bool(features.n_topics) == (times > 1)
    rows = features.rows(SAID[:5])
    weights = np.random.default_rng(1).normal(size=(rows.shape[1], 3))
    assert features.weighed(SAID[:5], weights) == pytest.approx(rows @ weights, abs=1e-4)


def test_what_was_asked_before_changes_no_digit(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = np.random.default_rng(1).standard_normal((TextFeatures(SAID * 9).rows(SAID).shape[1], 3))
    fresh = [TextFeatures(SAID * 9).weighed([text], weights).tolist() for text in SAID]
    features = TextFeatures(SAID * 9)
    features.weighed(["Noe helt annet", *reversed(SAID)], weights)
    assert [features.weighed([text], weights).tolist() for text in SAID] == fresh
    monkeypatch.setattr(text_features, "_MOST_KNOWN_WORDS", 3)  # forgotten again and again
    assert [features.weighed([text], weights).tolist() for text in SAID] == fresh
