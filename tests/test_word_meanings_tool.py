"""The tool that makes the table of what words mean: what tells only the language goes, what is meant stays."""

from __future__ import annotations

import numpy as np

from qualcode.autocoding.word_meanings import WordMeanings
from tools.word_meanings import N_MIXTURES, made, mixtures

PAIRS = [(f"ord{number}", f"word{number}") for number in range(40)]
LANGUAGES = {word: language for pair in PAIRS for word, language in zip(pair, ("nb", "en"), strict=True)}


def cosine(one: np.ndarray, other: np.ndarray) -> float:
    return float(one @ other / np.sqrt((one @ one) * (other @ other)))


def test_mixtures_are_of_one_language_or_with_some_nynorsk_and_always_the_same() -> None:
    languages = {**LANGUAGES, "nynorskord": "nn"}
    mixed = mixtures(languages)
    assert mixed == mixtures(languages) and len(mixed) == N_MIXTURES
    kinds = {frozenset(languages[word] for word in each) for each in mixed}
    assert kinds == {frozenset({"nb"}), frozenset({"en"}), frozenset({"nb", "nn"}), frozenset({"nn"})}
    assert max(len(each) for each in mixed) <= 12
    n_first, n_last = (sum(word in each for each in mixed) for word in (PAIRS[0][0], PAIRS[-1][0]))
    assert n_first > 1.5 * n_last, "the first words are the frequent ones"


def test_words_of_like_meaning_lie_together_whatever_their_language() -> None:
    random = np.random.default_rng(3)
    meant = np.repeat(random.standard_normal((len(PAIRS), 100)), 2, axis=0)
    tells_language = np.zeros((2 * len(PAIRS), 100))
    tells_language[:, 0] = np.tile([40.0, -40.0], len(PAIRS))
    words = list(LANGUAGES)
    alone = (meant + tells_language).astype(np.float32)
    mixed = mixtures({**LANGUAGES, "nynorskord": "nn"})
    mixed = [each for each in mixed if "nynorskord" not in each][:1_000]
    together = np.array([meant[[words.index(word) for word in each]].sum(axis=0) for each in mixed], dtype=np.float32)
    arrays = made(words, alone, mixed, together)
    assert arrays["vectors"].dtype == np.int8 and (arrays["words"][1:] > arrays["words"][:-1]).all()
    table = WordMeanings(**arrays)
    found = table.together(table.places(words), np.arange(len(words) + 1))
    assert cosine(alone[0], alone[1]) < 0 < 0.9 < cosine(found[0], found[1])
    assert abs(cosine(found[0], found[2])) < 0.5
