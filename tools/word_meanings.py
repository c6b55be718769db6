"""Makes `qualcode/autocoding/word_meanings.npz`, what words mean as numbers.

`python -m tools.word_meanings list FILE` writes the words with their language: the most frequent ones of Bokmål and
English after wordfreq (Speer 2022), and Nynorsk forms after simplemma (Barbaresi 2023) of words that are also frequent
in Bokmål. The two libraries are needed for this alone and are no part of the program; only which words there are, and
which come first, is taken from them. `python -m tools.word_meanings make FILE` looks up what they mean with the
language model that `qualcode/autocoding/meaning.py` describes; a quarter of an hour.

What the model gives for a word alone tells much of its language and endings. So words are also thrown together by
chance, the frequent ones more often, and what they mean alone is turned (ridge regression) to where it comes near to
what the model gives for several at once. No text and no codebook has a part in it: the numbers belong to no subject.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from qualcode.autocoding.meaning import Meanings
from qualcode.autocoding.spellings import standard
from qualcode.autocoding.word_meanings import FILE
from qualcode.autocoding.wording import whole_words
from qualcode.autocoding.words import WORD

N_NUMBERS = 96
N_MIXTURES, _SEED = 8_000, 20_261_124
_PENALTY = 0.01  # a share of the mean strength of a number
_FREQUENT = {"nb": 30_000, "en": 20_000}
_LIKE_BOKMAL = (("ar", "er"), ("a", "e"), ("leg", "lig"))
"""Endings of Nynorsk words, and of the same in Bokmål."""


def listed() -> dict[str, str]:
    """Words and their language, by language and with the most frequent ones first."""
    import wordfreq  # type: ignore[import-not-found]
    from simplemma.strategies.dictionaries import dictionary_factory  # type: ignore[import-not-found]

    frequent = {language: wordfreq.top_n_list(language, n) for language, n in _FREQUENT.items()}
    known = {*frequent["nb"]}
    nynorsk = dictionary_factory.DefaultDictionaryFactory().get_dictionary("nn").items()
    frequent["nn"] = [form for form, lemma in nynorsk if form.isalpha() and known & {lemma, *_in_bokmal(lemma)}]
    found: dict[str, str] = {}
    for language, words in frequent.items():
        for word in words:
            if WORD.fullmatch(word) and not any(letter.isdigit() for letter in word):
                found.setdefault(standard(word.lower()), language)
    return found


def mixtures(languages: Mapping[str, str]) -> list[list[str]]:
    """Words thrown together: three to twelve of one language, in a third of the Norwegian ones some in Nynorsk."""
    random = Random(_SEED)
    by_language = {key: [word for word in languages if languages[word] == key] for key in ("nb", "en", "nn")}
    weights = {key: [1 / (place + 20) for place in range(len(words))] for key, words in by_language.items()}
    found = []
    for number in range(N_MIXTURES):
        language = "en" if number % 2 else "nb"
        words = random.choices(by_language[language], weights[language], k=random.randint(3, 12))
        if number % 6 == 0:
            words = [word if random.random() < 0.6 else random.choice(by_language["nn"]) for word in words]
        found.append(list(dict.fromkeys(words)))
    return found


def made(words: Sequence[str], alone: Any, mixed: Sequence[Sequence[str]], together: Any) -> dict[str, Any]:
    """The arrays of the file.

    Args:
        alone: what the model gives for the words: words x its numbers; `together`, for the mixtures of them.
    """
    alone = alone - alone.mean(axis=0)
    together = together - together.mean(axis=0)
    _left, _strengths, directions = np.linalg.svd(together, full_matrices=False)
    wanted = together @ directions[:N_NUMBERS].T
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    places = {word: place for place, word in enumerate(words)}
    sums = np.array([alone[[places[word] for word in each]].sum(axis=0) / np.sqrt(len(each) + 1) for each in mixed])
    sums -= sums.mean(axis=0)
    products = sums.T @ sums
    products[np.diag_indices_from(products)] += _PENALTY * products.trace() / len(products)
    vectors = alone @ np.linalg.solve(products, sums.T @ wanted)
    numbers = whole_words(words)
    in_order = np.argsort(numbers)
    scales = np.abs(vectors).max(axis=0) / 127
    return {
        "words": numbers[in_order],
        "vectors": np.round(vectors[in_order] / scales).astype(np.int8),
        "scales": scales.astype(np.float32),
    }


def main(arguments: Sequence[str]) -> None:
    """Writes the list, or makes the file of it."""
    what, path = arguments
    if what == "list":
        lines = [f"{language} {word}\n" for word, language in listed().items()]
        Path(path).write_text("".join(lines), encoding="utf-8")
        return
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    languages = {word: language for language, word in (line.split() for line in lines)}
    words, mixed = sorted(languages), mixtures(languages)
    texts = [" ".join(each) for each in mixed]
    looked_up = Meanings()
    looked_up.look_at(sorted([*words, *texts], key=len), progress=lambda done, of: print(done, of, end="\r"))
    np.savez(FILE, **made(words, looked_up.of(words), mixed, looked_up.of(texts)))


def _in_bokmal(lemma: str) -> Iterable[str]:
    return (lemma.removesuffix(own) + other for own, other in _LIKE_BOKMAL if lemma.endswith(own))


if __name__ == "__main__":
    main(sys.argv[1:])
