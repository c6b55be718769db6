"""What words mean: near each other across forms and languages; sentences of such words resemble the same codes."""

from __future__ import annotations

import numpy as np
import pytest

from qualcode.autocoding.by_meaning import ByMeaning
from qualcode.autocoding.by_words import ByWords
from qualcode.autocoding.spellings import standard
from qualcode.autocoding.word_meanings import WordMeanings, word_meanings

TAUGHT = [  # what nobody had in mind who made the numbers
    "The dog barks at the cat all night.",
    "Our cat sleeps on the sofa.",
    "The puppy chewed my shoes.",
    "We bought a new car last week.",
    "The train was late again.",
    "The bus stops outside the station.",
]
ABOUT = ["animals"] * 3 + ["transport"] * 3


def near(one: str, other: str) -> float:
    """The cosine of what two sentences mean."""
    meanings = word_meanings()
    places = [meanings.places([standard(word) for word in text.lower().split()]) for text in (one, other)]
    known = [each[each < len(meanings)] for each in places]
    first, second = meanings.together(np.concatenate(known), np.cumsum([0, *map(len, known)]))
    return float(first @ second / np.sqrt(first @ first) / np.sqrt(second @ second))


@pytest.mark.parametrize(
    ("word", "like", "unlike"),
    [
        ("lunch", "lunsj", "lege"),
        ("manager", "leder", "ferie"),
        ("dog", "hund", "bus"),
        ("kitten", "cat", "table"),
        ("sykkel", "bicycle", "teacher"),
        ("skogane", "skogene", "penger"),
    ],
)
def test_words_of_like_meaning_lie_nearer(word: str, like: str, unlike: str) -> None:
    assert near(word, like) > near(word, unlike) + 0.2


def test_a_sentence_in_another_language_resembles_what_means_the_same() -> None:
    given = np.array([[about == "animals", about == "transport"] for about in ABOUT], dtype=np.float32)
    given -= given.mean(axis=0)
    made, words = ByMeaning(TAUGHT, given), ByWords(TAUGHT, given)
    for text, column in (("Hunden jager katten i hagen.", 0), ("Toget og bussen er forsinket.", 1)):
        whole = [(text, [(0, len(text))])]
        (degrees,), (by_words,) = made.degrees_in_passages(whole), words.degrees_in_passages(whole)
        assert degrees[column] > 0.01 > -0.01 > degrees[1 - column]
        assert abs(by_words[column]) < 0.005, "they have hardly a letter in common"


def test_words_that_nobody_knows_mean_nothing() -> None:
    made = ByMeaning(TAUGHT, np.array([[1.0], [1], [1], [-1], [-1], [-1]], dtype=np.float32))
    text = "Xqzt vrrbl. ?!"
    spans = [(0, 11), (12, 14)]
    assert not made.degrees_in_passages([(text, spans)]).any()
    assert made.degrees_in_passages([]).shape == made.degrees_in_passages([(text, [])]).shape == (0, 1)


def test_given_sentences_without_a_known_word_are_no_hindrance() -> None:
    made = ByMeaning(["Xqzt.", "Vrrbl!"], np.zeros((2, 3), dtype=np.float32))
    assert made.degrees_in_passages([("The cat.", [(0, 8)])]).tolist() == [[0, 0, 0]]
    assert ByMeaning([], np.zeros((0, 2), dtype=np.float32)).degrees_in_passages([("A cat.", [(0, 6)])]).shape == (1, 2)


def test_sentences_get_something_of_those_beside_them_in_their_passage() -> None:
    made = ByMeaning(TAUGHT, np.array([[1.0], [1], [1], [-1], [-1], [-1]], dtype=np.float32))
    text = "The dog barks. Xqzt. The cat sleeps."
    spans = [(0, 14), (15, 20), (21, 36)]
    first, between, last = made.degrees_in_passages([(text, spans)])[:, 0].tolist()
    assert between == pytest.approx(0.15 * (first + last))
    apart = made.degrees_in_passages([(text, [each]) for each in spans])[:, 0].tolist()
    assert apart == pytest.approx([first, 0, last])


def test_the_order_of_the_given_sentences_is_no_matter() -> None:
    given = np.array([[1.0], [1], [1], [-1], [-1], [-1]], dtype=np.float32)
    text = "Hunden jager katten i hagen."
    ways = [ByMeaning(TAUGHT, given), ByMeaning(TAUGHT[::-1], given[::-1])]
    one, other = (each.degrees_in_passages([(text, [(0, len(text))])]) for each in ways)
    assert one == pytest.approx(other, abs=1e-6)


def test_a_sentence_is_what_its_words_mean_together() -> None:
    vectors = np.array([[127, 0], [0, 127], [0, 0]], dtype=np.int8)
    made = WordMeanings(np.arange(3, dtype=np.uint64), vectors, np.full(2, 1 / 127))
    found = made.together(np.array([0, 1, 0]), np.array([0, 2, 2, 3]))
    assert found == pytest.approx(np.array([[1 / 3**0.5, 1 / 3**0.5], [0, 0], [1 / 2**0.5, 0]]), abs=1e-6)


def test_the_numbers_that_come_with_the_program_are_whole() -> None:
    stored = word_meanings()
    assert len(stored) > 60_000
    assert (stored._words[1:] > stored._words[:-1]).all(), "they are searched by halves"
    assert stored._vectors.shape == (len(stored), len(stored._scales)) and stored._vectors.dtype == np.int8
    assert np.abs(stored._vectors.astype(int)).max(axis=0).min() == 127
