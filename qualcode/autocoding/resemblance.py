"""How much a sentence resembles the sentences that a codebook gives for each code: words and letters, nothing else.

Kernel ridge regression over words, their beginnings, pairs of words and pieces of three to five letters, weighed by
how rare they are. It is linear, so that each word's part in the result can be named. The same sentences always give the
same result; nothing is downloaded and nothing learnt from the material.

Source: Saunders, Gammerman and Vovk (1998), Ridge Regression Learning Algorithm in Dual Variables.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import chain, count, pairwise
from threading import Lock
from typing import Any, NamedTuple

from qualcode.autocoding.ridge import feature_weights
from qualcode.autocoding.spellings import standard
from qualcode.autocoding.words import WORD

_PENALTY = 0.3
_STEM = 5
_PIECES = (3, 4, 5)
_OF_A_PIECE = 0.7
"""How much a piece of a word counts beside words, their beginnings and pairs of them, as many say much the same."""

_NO_PIECE = "=-"  # the first signs of a whole word and of its beginning
_MEETING = 3  # letters on either side where two words meet
_FEW = 900.0
"""Is added to the square of a sentence's size: one or two common words resemble nothing much."""

_MOST_KNOWN = 200_000
_MOST_WORDS_SHOWN = 4
_SHARE_SHOWN = 0.6

_LEAST_ALONE = 0.1
"""Resemblance that a sentence needs by itself, that one beside it may add to it."""


class Likeness(NamedTuple):
    """How much a sentence resembles those given for a code.

    Attributes:
        degree: about 0 for no resemblance, about 1 for one of the given sentences.
        words: where the words stand that speak most for it.
    """

    degree: float
    words: tuple[tuple[int, int], ...]


class Resemblance:
    """The sentences of a codebook, made ready to be compared with those of a text.

    Args:
        sentences: for each sentence the codes that it was given for; none for one that carries no code.
        codes: the codes that are asked for, in the order of the results.
    """

    def __init__(self, sentences: Sequence[tuple[str, frozenset[str]]], codes: Sequence[str]) -> None:
        import numpy as np

        self._codes = tuple(codes)
        self._features: dict[str, int] = {}
        weights, rarity = self._learnt(sentences)
        self._parts = _Parts(weights * rarity[:, None], rarity.astype(np.float64) ** 2)
        self._pairs = _Table(self._parts)
        for feature, number in self._features.items():
            if " " in feature:
                self._pairs.add(feature, [number])
        self._alone = Lock()  # rules are tried on one thread while they run on another
        self._said: tuple[tuple[str, int, int], Sequence[tuple[int, int]], Any, float] | None = None
        self._forget()

    def degrees(self, text: str, sentences: Sequence[tuple[int, int]]) -> Any:
        """How much sentences of a text resemble those of each code: a row for each, in the order of the codes."""
        import numpy as np

        total, squares = self._sums(text, sentences)
        return total / np.sqrt(squares)[:, None]

    def degrees_in_passage(self, text: str, sentences: Sequence[tuple[int, int]]) -> Any:
        """Like `degrees`, for all sentences of a passage in order: half by each alone, half with one beside it.

        What a sentence means is often said by the one before or behind it. Of the two the one is taken that, read
        together with the sentence, resembles a code more. A sentence that resembles the code hardly at all by itself
        gets nothing from its neighbours: it is what people say in between.
        """
        import numpy as np

        total, squares = self._sums(text, sentences)
        alone = total / np.sqrt(squares)[:, None]
        if len(sentences) < 2:
            return alone.astype(np.float32)
        both = (total[:-1] + total[1:]) / np.sqrt(squares[:-1] + squares[1:] - _FEW)[:, None]
        beside = np.concatenate((both, both[-1:]))
        beside[1:-1] = np.maximum(both[:-1], both[1:])
        mean = (alone + beside) / 2
        return np.where(alone < _LEAST_ALONE, np.minimum(mean, alone), mean).astype(np.float32)

    def _sums(self, text: str, sentences: Sequence[tuple[int, int]]) -> tuple[Any, Any]:
        """For each sentence what its words add to each code, and the square of its size."""
        import numpy as np

        total = np.zeros((len(sentences), len(self._codes)), dtype=np.float32)
        squares = np.full(len(sentences), _FEW)
        with self._alone:
            numbers = [self._numbers(text, start, end) for start, end in sentences]
            self._table.add_up([words for words, _pairs in numbers], total, squares)
            self._pairs.add_up([pairs for _words, pairs in numbers], total, squares)
            if len(self._table.places) >= _MOST_KNOWN:
                self._forget()
        return total, squares

    def _forget(self) -> None:
        """Words and meetings that were met; texts repeat theirs, but there may be any number of texts."""
        self._table = _Table(self._parts)
        self._words: dict[str, tuple[int, str, str, str]] = {}

    def _numbers(self, text: str, start: int, end: int) -> tuple[Collection[int], Collection[int]]:
        """The places of a sentence's words and meetings in one table and of its pairs in the other, each once."""
        words: dict[int, None] = {}
        pairs: dict[int, None] = {}
        places_of_pairs, places = self._pairs.places, self._table.places
        stem_before = tail_before = ""
        for written in WORD.findall(text, start, end):
            known = self._words.get(written)
            number, stem, head, tail = self._word(written) if known is None else known
            words[number] = None
            if stem_before:
                pair = places_of_pairs.get(f"{stem_before} {stem}")
                if pair is not None:
                    pairs[pair] = None
                meeting = f"{tail_before}_{head}"
                met = places.get(meeting)
                words[self._place(meeting) if met is None else met] = None
            stem_before, tail_before = stem, tail
        return words, pairs

    def _word(self, written: str) -> tuple[int, str, str, str]:
        small = standard(written.lower())
        known = self._words[written] = (self._place(small), small[:_STEM], small[:_MEETING], small[-_MEETING:])
        return known

    def _place(self, item: str) -> int:
        known = self._table.places.get(item)
        if known is not None:
            return known
        numbers = map(self._features.get, _features(item))
        return self._table.add(item, [number for number in numbers if number is not None])

    def likeness(self, code: str, text: str, start: int, end: int) -> Likeness:
        """How much text[start:end] resembles the sentences of one code, and by which words."""
        asked = (text, start, end)
        with self._alone:
            if self._said is None or self._said[0] != asked:  # of one sentence several codes are asked for
                self._said = asked, *self._by_words(text, start, end)
            _asked, places, weights, size = self._said
        parts = weights[:, self._codes.index(code)].tolist()
        return Likeness(sum(parts) / size, _telling(dict(zip(places, parts, strict=True))))

    def _by_words(self, text: str, start: int, end: int) -> tuple[Sequence[tuple[int, int]], Any, float]:
        """The words of a sentence, what each of them adds to each code (words x codes), and the sentence's size."""
        import numpy as np

        items = _items(text, start, end)
        found = (
            (self._table, [(self._place(item), places) for item, places in items if " " not in item]),
            (self._pairs, [(self._pairs.places[item], places) for item, places in items if item in self._pairs.places]),
        )
        words = {
            place: number for number, place in enumerate(dict.fromkeys(each for _i, all_ in items for each in all_))
        }
        weights = np.zeros((len(words), len(self._codes)))
        square = _FEW
        for table, numbered in found:
            numbers = [number for number, places in numbered for _place in places]
            shares = np.array([1 / len(places) for _number, places in numbered for _place in places])
            at = np.array([words[place] for _number, places in numbered for place in places], dtype=np.intp)
            np.add.at(weights, at, table.vectors(numbers) * shares[:, None])
            square += float(table.squares([number for number, _places in numbered]).sum())
        return list(words), weights, math.sqrt(square)

    def _learnt(self, sentences: Sequence[tuple[str, frozenset[str]]]) -> tuple[Any, Any]:
        """The weight of each feature for each code, and how rare it is."""
        import numpy as np
        from scipy.sparse import csr_array

        of_item: defaultdict[str, int] = defaultdict(count().__next__)
        of_feature: defaultdict[str, int] = defaultdict(count().__next__)
        items = [list(map(of_item.__getitem__, _names(sentence))) for sentence, _codes in sentences]
        features = [list(map(of_feature.__getitem__, _features(item))) for item in of_item]
        self._features = dict(of_feature)
        counts = csr_array(_ones(items, len(of_item)) @ _ones(features, len(of_feature)))
        rarity = (np.log((1 + len(sentences)) / (1 + np.diff(counts.tocsc().indptr))) + 1).astype(np.float32)
        rarity[[each[0] not in _NO_PIECE and " " not in each for each in self._features]] *= _OF_A_PIECE
        squares = counts @ rarity**2
        given = np.array([[code in codes for code in self._codes] for _s, codes in sentences], dtype=np.float32)
        weights = feature_weights(
            counts, 1 / np.sqrt(squares + _FEW, dtype=np.float32), rarity, given - given.mean(axis=0), _PENALTY
        )
        return weights, rarity


class _Parts(NamedTuple):
    """What each feature adds to each code (features x codes), and to the square of a sentence's size."""

    vectors: Any
    squares: Any


class _Table:
    """What items add to each code, and to the square of a sentence's size: a row for each item.

    Rows are made when they are first asked for, many at once.
    """

    def __init__(self, parts: _Parts) -> None:
        import numpy as np

        self.places: dict[str, int] = {}
        self._parts = parts
        self._new: list[Sequence[int]] = []
        self._vectors = np.zeros((1_000, parts.vectors.shape[1]), dtype=np.float32)
        self._squares = np.zeros(1_000)

    def add(self, item: str, features: Sequence[int]) -> int:
        """The place of a new item."""
        place = self.places[item] = len(self.places)
        self._new.append(features)
        return place

    def vectors(self, places: Sequence[int]) -> Any:
        """What items add to each code."""
        self._make()
        return self._vectors[list(places)]

    def squares(self, places: Sequence[int]) -> Any:
        """What items add to the square of a sentence's size."""
        self._make()
        return self._squares[places]

    def add_up(self, items: Sequence[Collection[int]], total: Any, squares: Any) -> None:
        """Add to each sentence's row what its items have."""
        self._make()
        _add_up(items, self._vectors, self._squares, total, squares)

    def _make(self) -> None:
        import numpy as np

        if not self._new:
            return
        last = len(self.places)
        first = last - len(self._new)
        if last > len(self._squares):
            more = max(last, 2 * len(self._squares)) - len(self._squares)
            self._vectors = np.concatenate((self._vectors, np.zeros((more, self._vectors.shape[1]), dtype=np.float32)))
            self._squares = np.concatenate((self._squares, np.zeros(more)))
        _add_up(self._new, *self._parts, self._vectors[first:last], self._squares[first:last])
        self._new = []


def _add_up(rows: Sequence[Collection[int]], vectors: Any, squares: Any, total: Any, total_squares: Any) -> None:
    """Add to each row the vectors, and the squares, of the numbers in it."""
    import numpy as np

    sizes = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
    filled = np.flatnonzero(sizes)
    if len(filled):
        places = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=int(sizes.sum()))
        starts = (np.cumsum(sizes) - sizes)[filled]
        total[filled] += np.add.reduceat(vectors[places], starts, axis=0)
        total_squares[filled] += np.add.reduceat(squares[places], starts)


def _ones(rows: Sequence[Sequence[int]], n_columns: int) -> Any:
    """A sparse matrix with a 1 for each number of each row."""
    import numpy as np
    from scipy.sparse import csr_array

    ends = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=int(ends[-1]))
    return csr_array((np.ones(len(columns), dtype=np.float32), columns, ends), shape=(len(rows), n_columns))


_Places = tuple[tuple[int, int], ...]


def _items(text: str, start: int, end: int) -> list[tuple[str, _Places]]:
    """The words of a sentence, pairs of neighbours and where two words meet, each once, and where they stand."""
    found: dict[str, _Places] = {}
    before, place_before = "", (start, start)
    for word in WORD.finditer(text, start, end):
        small, place = standard(word[0].lower()), word.span()
        found.setdefault(small, (place,))
        if before:
            found.setdefault(f"{before[:_STEM]} {small[:_STEM]}", (place_before, place))
            found.setdefault(f"{before[-_MEETING:]}_{small[:_MEETING]}", (place_before, place))
        before, place_before = small, place
    return list(found.items())


def _names(sentence: str) -> list[str]:
    """The items of a sentence without their places."""
    words = [standard(word.lower()) for word in WORD.findall(sentence)]
    found = words[:1]
    for before, word in pairwise(words):
        found += (word, f"{before[:_STEM]} {word[:_STEM]}", f"{before[-_MEETING:]}_{word[:_MEETING]}")
    return list(dict.fromkeys(found))


def _features(item: str) -> list[str]:
    """What two items may have in common: for a word its beginning and its letters, for a pair only itself."""
    if " " in item:
        return [item]
    if "_" in item:
        return _pieces_over(item)
    framed = f"_{item}_"
    pieces = (framed[at : at + size] for size in _PIECES for at in range(len(framed) - size + 1))
    return [f"={item}", f"-{item[:_STEM]}", *dict.fromkeys(pieces)]  # in one order always, for sums depend on it


_USUAL_PIECES = tuple(
    slice(at, at + size)
    for size in _PIECES
    for at in range(max(0, _MEETING + 2 - size), min(_MEETING, 2 * _MEETING + 2 - size))
)


def _pieces_over(meeting: str) -> list[str]:
    """Pieces that reach over the place where two words meet, on both sides."""
    middle = meeting.index("_")
    if middle == _MEETING and len(meeting) == 2 * _MEETING + 1:  # as most do
        return [meeting[piece] for piece in _USUAL_PIECES]
    return [
        meeting[at : at + size]
        for size in _PIECES
        for at in range(max(0, middle + 2 - size), min(middle, len(meeting) - size + 1))
    ]


def _telling(parts: Mapping[tuple[int, int], float]) -> _Places:
    """The places that make the better part of a resemblance, in order."""
    by_weight = sorted((each for each in parts.items() if each[1] > 0), key=lambda each: -each[1])
    whole = sum(weight for _place, weight in by_weight)
    chosen: list[tuple[int, int]] = []
    so_far = 0.0
    for place, weight in by_weight[:_MOST_WORDS_SHOWN]:
        chosen.append(place)
        so_far += weight
        if so_far >= _SHARE_SHOWN * whole:
            break
    return tuple(sorted(chosen))
