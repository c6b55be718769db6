"""How much a sentence resembles the sentences that a codebook gives for each code in its words and letters.

Kernel ridge regression over words, their beginnings, pairs of words and pieces of three to five letters, weighed by
how rare they are. It is linear, so that each word's part in the result can be named. The same sentences always give the
same result; nothing is downloaded and nothing learnt from the material.

Source: Saunders, Gammerman and Vovk (1998), Ridge Regression Learning Algorithm in Dual Variables.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.autocoding.reading import FEW, divided, in_context
from qualcode.autocoding.ridge import feature_weights
from qualcode.autocoding.stopping import look_for_stop
from qualcode.autocoding.wording import Features, Items, Lexicon, Said, ends_of, places_among
from qualcode.autocoding.words import WORD
from qualcode.model.progress import Cancelled

if TYPE_CHECKING:
    from qualcode.autocoding.known_wording import KnownWording, Placed

_PENALTY = 0.3
_OF_A_PIECE = 0.7
"""How much a piece of a word counts beside words, their beginnings and pairs of them, as many say much the same."""

_MOST_KNOWN = 200_000
_USUAL_WORDS = 20  # of a sentence
_MOST_LOOKED_INTO = 2_000  # sentences
_MOST_NUMBERS = 500_000  # in one step: words x codes
_MOST_KEPT = 40_000_000  # features x codes, 160 MB; words that were met x codes are half as many
_MOST_WORDS_SHOWN = 4
_SHARE_SHOWN = 0.6

_Spans = Sequence[tuple[int, int]]
_Asked = tuple[str, int, int]
"""A sentence: the text that it stands in, its first code point, and one past its last."""

_ByWords = tuple[_Spans, Any, float]
"""The words of a sentence, what each of them adds to each column, and the sentence's size."""


class Likeness(NamedTuple):
    """How much a sentence resembles those given for a code.

    Attributes:
        degree: about 0 for no resemblance, about 1 for one of the given sentences.
        words: where the words stand that speak most for it.
    """

    degree: float
    words: tuple[tuple[int, int], ...]


class ByWords:
    """The sentences of a codebook, made ready to be compared with those of a text.

    Args:
        sentences: those that are given.
        given: what each sentence carries: sentences x columns, float32.
    """

    def __init__(self, sentences: Sequence[str], given: Any) -> None:
        import numpy as np

        self._n_columns = given.shape[1]
        self._features, counts, are_pieces = _most_common(*_counted(sentences), _MOST_KEPT // self._n_columns)
        weights, rarity = _learnt(counts, are_pieces, given)
        # one more row, of zeros, for all features that no given sentence has
        self._vectors = np.zeros((len(weights) + 1, self._n_columns), dtype=np.float32)
        np.multiply(weights, rarity[:, None], out=self._vectors[:-1])
        self._squares = np.concatenate((rarity.astype(np.float64) ** 2, np.zeros(1)))
        self._alone = Lock()  # rules are tried on one thread while they run on another
        self._said: dict[_Asked, _ByWords] = {}
        self._lexicon = Lexicon()
        self._of_words = np.zeros((0, self._n_columns), dtype=np.float32)
        self._squares_of_words = np.zeros(0)

    def degrees(self, text: str, sentences: _Spans) -> Any:
        """How much sentences of a text resemble the given ones: a row for each, with the columns of these."""
        total, squares = self._sums([(text, sentences)])
        return divided(total, squares)

    def degrees_in_passages(self, passages: Sequence[tuple[str, _Spans]]) -> Any:
        """Like `degrees`, for all sentences of some passages in order, read as part of what is said around them.

        What a sentence means is often said by those before and behind it: see `reading.in_context`.

        Args:
            passages: texts, and where the sentences of a passage stand in each.
        """
        import numpy as np

        total, squares = self._sums(passages)
        of_passage = np.repeat(np.arange(len(passages)), [len(sentences) for _text, sentences in passages])
        return in_context(total, squares, of_passage).astype(np.float32)

    def degrees_of(self, wording: KnownWording, cancelled: Cancelled | None = None) -> Any:
        """What `degrees_in_passages` gives for the sentences of some texts whose wording is known.

        Raises:
            CancelledError: the user stopped it.
        """
        import numpy as np

        kinds = (
            (wording.words, *self._added_up(wording.of_words)),
            (wording.meetings, *self._added_up(wording.of_meetings)),
        )
        known_pairs = places_among(self._features, wording.different_pairs)
        passages = wording.passages
        found = np.zeros((passages[-1], self._n_columns), dtype=np.float32)
        at_once = max(_MOST_NUMBERS // self._n_columns // _USUAL_WORDS, 1)
        first = 0
        while first < len(passages) - 1:
            look_for_stop(cancelled)
            last = max(int(np.searchsorted(passages, passages[first] + at_once, side="right")) - 1, first + 1)
            start, end = passages[first], passages[last]
            total = np.zeros((end - start, self._n_columns), dtype=np.float32)
            squares = np.full(end - start, FEW)
            for placed, vectors, its_squares in kinds:
                places, ends = _some(placed, start, end)
                _add_up(places, ends, vectors, its_squares, total, squares)
            places, ends = _some(wording.pairs, start, end)
            places = known_pairs[places]
            are_known = places < len(self._features)
            ends = np.concatenate(([0], np.cumsum(are_known)))[ends]
            _add_up(places[are_known], ends, self._vectors, self._squares, total, squares)
            of_passage = np.repeat(np.arange(last - first), np.diff(passages[first : last + 1]))
            found[start:end] = in_context(total, squares, of_passage)
            first = last
        return found

    def likeness(self, column: int, text: str, start: int, end: int) -> Likeness:
        """How much text[start:end] resembles the sentences of one column, and by which words."""
        asked = (text, start, end)
        said = self._said.get(asked)  # of one sentence several codes are asked for
        if said is None:
            (said,) = self._by_words([asked])
            self._remember({asked: said})
        places, weights, size = said
        parts = weights[:, column].tolist()
        return Likeness(sum(parts) / size, _telling(dict(zip(places, parts, strict=True))))

    def look_into(self, sentences: Sequence[_Asked]) -> None:
        """Find out at once what the words of sentences add whose likeness is asked for next."""
        new = [each for each in sentences if each not in self._said][:_MOST_LOOKED_INTO]
        self._remember(dict(zip(new, self._by_words(new), strict=True)))

    def _remember(self, said: dict[_Asked, _ByWords]) -> None:
        if len(self._said) + len(said) > _MOST_LOOKED_INTO:
            self._said = {}
        self._said.update(said)

    def _sums(self, passages: Sequence[tuple[str, _Spans]]) -> tuple[Any, Any]:
        """For each sentence what its words add to each code, and the square of its size."""
        import numpy as np

        n_sentences = sum(len(sentences) for _text, sentences in passages)
        total = np.zeros((n_sentences, self._n_columns), dtype=np.float32)
        squares = np.full(n_sentences, FEW)
        with self._alone:
            for first, said in self._parts(passages):
                last = first + len(said.sizes)
                for items, vectors, its_squares in self._adding(said):
                    ends = ends_of(items.sentences, last - first)
                    _add_up(np.arange(ends[-1]), ends, vectors, its_squares, total[first:last], squares[first:last])
        return total, squares

    def _parts(self, passages: Sequence[tuple[str, _Spans]]) -> Iterator[tuple[int, Said]]:
        """What is said in passages, a step at a time, and the number of its first sentence."""
        most = max(_MOST_NUMBERS // self._n_columns, 1)
        most_known = min(_MOST_KNOWN, _MOST_KEPT // 2 // self._n_columns)
        words: list[int] = []
        sizes: list[int] = []
        first = 0
        for text, sentences in passages:
            numbers, lengths = self._lexicon.said(text, sentences)
            words += numbers
            sizes += lengths
            if len(words) >= most:
                yield first, _as_said(words, sizes)
                first += len(sizes)
                words, sizes = [], []
                if self._lexicon.n_written >= most_known:
                    self._forget()
        if sizes:
            yield first, _as_said(words, sizes)

    def _adding(self, said: Said) -> Iterator[tuple[Items, Any, Any]]:
        """The items of sentences, what each adds to each code, and to the square of a sentence's size."""
        import numpy as np

        words = self._lexicon.words_in(said)
        self._know_words()
        numbers = words.keys.astype(np.intp)
        yield words, self._of_words[numbers], self._squares_of_words[numbers]
        meetings, pairs = self._lexicon.neighbours_in(said)
        _keys, firsts, places = np.unique(meetings.keys, return_index=True, return_inverse=True)
        vectors, squares = self._added_up(self._lexicon.of_meetings(said, meetings.firsts[firsts]))
        yield meetings, vectors[places], squares[places]
        known = places_among(self._features, pairs.keys)
        are_known = known < len(self._features)
        pairs = Items(*(each[are_known] for each in pairs))
        yield pairs, self._vectors[known[are_known]], self._squares[known[are_known]]

    def _know_words(self) -> None:
        """Add up the features of words that are new."""
        import numpy as np

        n_known = len(self._squares_of_words)
        if n_known < len(self._lexicon):
            vectors, squares = self._added_up(self._lexicon.of_words(n_known))
            self._of_words = np.concatenate((self._of_words, vectors))
            self._squares_of_words = np.concatenate((self._squares_of_words, squares))

    def _added_up(self, features: Features) -> tuple[Any, Any]:
        """What items add by their features: to each code, and to the square of a sentence's size."""
        import numpy as np

        total = np.zeros((len(features.sizes), self._n_columns), dtype=np.float32)
        squares = np.zeros(len(features.sizes))
        places = places_among(self._features, features.numbers)
        are_known = places < len(self._features)
        ends = np.concatenate(([0], np.cumsum(are_known)))[np.concatenate(([0], np.cumsum(features.sizes)))]
        _add_up(places[are_known], ends, self._vectors, self._squares, total, squares)
        return total, squares

    def _forget(self) -> None:
        """Words that were met; texts repeat theirs, but there may be any number of texts."""
        self._lexicon = Lexicon()
        self._of_words, self._squares_of_words = self._of_words[:0], self._squares_of_words[:0]

    def _by_words(self, sentences: Sequence[_Asked]) -> list[_ByWords]:
        import numpy as np

        found: list[_ByWords] = []
        at_once = max(_MOST_NUMBERS // self._n_columns // _USUAL_WORDS, 1)
        for first in range(0, len(sentences), at_once):
            some = sentences[first : first + at_once]
            with self._alone:
                said = self._lexicon.said_in((text, [(start, end)]) for text, start, end in some)
                words, *joined = self._adding(said)
            weights = np.zeros((len(said.words), self._n_columns))
            weights[words[0].firsts] = words[1]
            for items, vectors, _squares in joined:
                weights[items.firsts] += vectors / 2
                weights[items.firsts + 1] += vectors / 2
            squares = np.full(len(some), FEW)
            for items, _vectors, its_squares in (words, *joined):
                squares += np.bincount(items.sentences, its_squares, minlength=len(some))
            ends = np.cumsum(said.sizes)
            for (text, start, end), last, size, square in zip(
                some, ends.tolist(), said.sizes.tolist(), squares.tolist(), strict=True
            ):
                places = [word.span() for word in WORD.finditer(text, start, end)]
                found.append((places, weights[last - size : last], math.sqrt(square)))
        return found


def _learnt(counts: Any, are_pieces: Any, given: Any) -> tuple[Any, Any]:
    """The weight of each feature for each column, and how rare the feature is.

    Args:
        counts: how often each sentence has each feature (sparse).
        given: what each sentence carries.
    """
    import numpy as np

    n_with = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = (np.log((1 + counts.shape[0]) / (1 + n_with)) + 1).astype(np.float32)
    rarity[are_pieces] *= _OF_A_PIECE
    squares = counts @ rarity**2
    weights = feature_weights(counts, 1 / np.sqrt(squares + FEW, dtype=np.float32), rarity, given, _PENALTY)
    return weights, rarity


def _counted(sentences: Sequence[str]) -> tuple[Any, Any, Any]:
    """The features of sentences in order, how often each sentence has each (sparse), and which are pieces of words."""
    import numpy as np
    from scipy.sparse import csr_array

    lexicon = Lexicon()
    said = lexicon.said_in((sentence, [(0, len(sentence))]) for sentence in sentences)
    items = lexicon.words_in(said), *lexicon.neighbours_in(said)
    _keys, firsts, meetings = np.unique(items[1].keys, return_index=True, return_inverse=True)
    pairs, place_of_pair = np.unique(items[2].keys, return_inverse=True)
    of_items = (
        lexicon.of_words(0),
        lexicon.of_meetings(said, items[1].firsts[firsts]),
        Features(pairs, np.ones(len(pairs), dtype=np.int64), np.zeros(len(pairs), dtype=np.bool_)),
    )
    begins = np.cumsum([0, *(len(each.sizes) for each in of_items)])
    of_sentence = np.concatenate([each.sentences for each in items])
    item = np.concatenate((items[0].keys.astype(np.int64), meetings + begins[1], place_of_pair + begins[2]))
    having = csr_array((np.ones(len(item), dtype=np.float32), (of_sentence, item)), shape=(len(sentences), begins[-1]))
    features, first, places = np.unique(
        np.concatenate([each.numbers for each in of_items]), return_index=True, return_inverse=True
    )
    ends = np.cumsum([0, *np.concatenate([each.sizes for each in of_items])])
    holding = csr_array((np.ones(len(places), dtype=np.float32), places, ends), shape=(begins[-1], len(features)))
    return features, csr_array(having @ holding), np.concatenate([each.are_pieces for each in of_items])[first]


def _most_common(features: Any, counts: Any, are_pieces: Any, most: int) -> tuple[Any, Any, Any]:
    """Features, counts and which are pieces, without the rarest features where thousands of codes have sentences."""
    import numpy as np

    if len(features) <= most:
        return features, counts, are_pieces
    n_with = np.bincount(counts.indices, minlength=len(features))
    chosen = np.sort(np.argsort(-n_with, kind="stable")[:most])
    return features[chosen], counts[:, chosen], are_pieces[chosen]


def _as_said(words: Sequence[int], sizes: Sequence[int]) -> Said:
    import numpy as np

    return Said(np.array(words, dtype=np.int32), np.array(sizes, dtype=np.int64))


def _some(placed: Placed, first: int, last: int) -> tuple[Any, Any]:
    """The items of sentences first to last (not included), and one past the last of each sentence, after a 0."""
    ends = placed.ends[first : last + 1]
    return placed.numbers[ends[0] : ends[-1]], ends - ends[0]


def _add_up(places: Any, ends: Any, vectors: Any, squares: Any, total: Any, total_squares: Any) -> None:
    """Add vectors and squares to rows, one after the other, so that the sum is the same whatever else is added up.

    Args:
        places: of the vectors and squares that belong to each row, in order.
        ends: one past the last of each row, after a 0.
    """
    import numpy as np
    from scipy.sparse import csr_array

    shape = (len(total), len(vectors))
    total += csr_array((np.ones(len(places), dtype=np.float32), places, ends), shape=shape) @ vectors
    rows = np.repeat(np.arange(len(total)), np.diff(ends))
    total_squares += np.bincount(rows, squares[places], minlength=len(total))


def _telling(parts: Mapping[tuple[int, int], float]) -> tuple[tuple[int, int], ...]:
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
