"""Which of the sentences given for a code another sentence is nearest to: the example that a coder sees as a reason."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from qualcode.autocoding.spellings import standard
from qualcode.autocoding.words import WORD

_STEM = 5
_PIECE = 4


class Nearest(NamedTuple):
    """A given sentence, and how near it is.

    Attributes:
        degree: 0 for no word or part of a word in common, 1 for the same words.
    """

    sentence: str
    degree: float


class GivenSentences:
    """Sentences, ready to be compared with any number of others.

    What two sentences have in common are words, their beginnings and runs of four letters (so that compounds count),
    each weighed by how rare it is among the given sentences; the degree is the cosine.

    Attributes:
        sentences: as they were given.

    Source: Salton and Buckley (1988), Term-weighting approaches in automatic text retrieval.
    """

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = tuple(sentences)
        self._with: defaultdict[str, list[int]] = defaultdict(list)
        for number, sentence in enumerate(self.sentences):
            for feature in _features(sentence):
                self._with[feature].append(number)
        sizes = [0.0] * len(self.sentences)
        for numbers in self._with.values():
            weight = self._weight(len(numbers))
            for number in numbers:
                sizes[number] += weight
        self._sizes = [math.sqrt(size) for size in sizes]

    def nearest(self, sentence: str) -> Nearest | None:
        """The nearest of them; None where none has anything in common with the sentence."""
        shared: defaultdict[int, float] = defaultdict(float)
        size = 0.0
        for feature in _features(sentence):
            numbers = self._with.get(feature, ())
            weight = self._weight(len(numbers))
            size += weight
            for number in numbers:
                shared[number] += weight
        if not shared:
            return None
        degrees = {number: weight / (self._sizes[number] * math.sqrt(size)) for number, weight in shared.items()}
        best = min(degrees, key=lambda number: (-round(degrees[number], 9), number))
        return Nearest(self.sentences[best], min(1.0, degrees[best]))

    def _weight(self, n_with: int) -> float:
        """The square of how rare a feature is."""
        return (math.log((1 + len(self.sentences)) / (1 + n_with)) + 1.0) ** 2


def _features(sentence: str) -> Iterator[str]:
    """Words, their beginnings and their pieces, each once."""
    words = dict.fromkeys(WORD.findall(sentence))
    return iter(dict.fromkeys(feature for word in words for feature in _of_word(word)))


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> tuple[str, ...]:
    small = standard(word.lower())
    framed = f"_{small}_"
    pieces = (framed[at : at + _PIECE] for at in range(len(framed) - _PIECE + 1))
    return (f"={small}", f"-{small[:_STEM]}", *pieces)
