"""What sentences may have in common, as numbers: words, their beginnings and pieces, pairs, and where two words meet.

A feature is known by a number of 64 bits that its letters make (a polynomial, modulo 2 to the 64th): no two of some
hundred thousand short strings have one number, and many are found at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from qualcode.autocoding.spellings import standard
from qualcode.autocoding.words import WORD

_STEM = 5
_PIECES = (3, 4, 5)
_MEETING = 3  # letters on either side where two words meet
_OVER = tuple((size - 1 - after, after) for size in _PIECES for after in range(1, size - 1))
"""How many letters a piece has before and behind the place where two words meet."""

_FRAME, _BETWEEN, _WHOLE, _BEGINNING = "_ =-"
"""What stands around a word, between two of a pair, and before a word and a beginning that are features themselves."""

_BASE = 0x9E37_79B9_7F4A_7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_MIXED = 0xC2B2_AE3D_27D4_EB4F


class Said(NamedTuple):
    """Sentences as their words' numbers in a lexicon.

    Attributes:
        words: of all sentences, in order; int32.
        sizes: how many words each sentence has.
    """

    words: Any
    sizes: Any


class Items(NamedTuple):
    """What stands in sentences, each once in a sentence, in the order in which it is said there.

    Attributes:
        keys: the number of a word in its lexicon, or what a meeting or a pair is known by.
        sentences: in which sentence each stands.
        firsts: which of the words that were said it is, or begins with.
    """

    keys: Any
    sentences: Any
    firsts: Any


class Features(NamedTuple):
    """The features of some items, one item after the other.

    Attributes:
        sizes: how many each item has.
        are_pieces: which of them are pieces of words; one with a hyphen in front may also be a beginning and is none.
    """

    numbers: Any
    sizes: Any
    are_pieces: Any


class _Numbers(dict[str, int]):
    """Numbers of words as they are written; those that differ in capitals or spelling have one number."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._known: dict[str, int] = {}

    def __missing__(self, written: str) -> int:
        small = standard(written.lower())
        number = self._known.setdefault(small, len(self.words))
        if number == len(self.words):
            self.words.append(small)
        self[written] = number
        return number


class Lexicon:
    """Numbers words as they come, and knows what their letters make."""

    def __init__(self) -> None:
        import numpy as np

        self._numbers = _Numbers()
        self._stems = np.zeros(0, dtype=np.uint64)
        self._stem_sizes = np.zeros(0, dtype=np.int64)
        self._firsts = np.zeros((0, _MEETING), dtype=np.uint64)
        self._lasts = np.zeros((0, _MEETING), dtype=np.uint64)
        self._ends = np.zeros(0, dtype=np.int64)
        self._powers = np.array([pow(_BASE, power, 1 << 64) for power in range(_STEM + 2)], dtype=np.uint64)

    def __len__(self) -> int:
        return len(self._numbers.words)

    @property
    def n_written(self) -> int:
        """How many words are remembered, differently written ones apart."""
        return len(self._numbers)

    def words(self, first: int) -> list[str]:
        """The words from a number on."""
        return self._numbers.words[first:]

    def said(self, text: str, sentences: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
        """The numbers of the words of a text's sentences, and how many each sentence has."""
        numbers: list[int] = []
        sizes: list[int] = []
        number_of = self._numbers.__getitem__
        for start, end in sentences:
            words = WORD.findall(text, start, end)
            numbers.extend(map(number_of, words))
            sizes.append(len(words))
        return numbers, sizes

    def said_in(self, passages: Iterable[tuple[str, Sequence[tuple[int, int]]]]) -> Said:
        """The words of the sentences of some passages: texts, and where the sentences stand in each."""
        import numpy as np

        numbers: list[int] = []
        sizes: list[int] = []
        for text, sentences in passages:
            its_numbers, its_sizes = self.said(text, sentences)
            numbers += its_numbers
            sizes += its_sizes
        return Said(np.array(numbers, dtype=np.int32), np.array(sizes, dtype=np.int64))

    def words_in(self, said: Said) -> Items:
        """The words of each sentence."""
        import numpy as np

        sentences = np.repeat(np.arange(len(said.sizes)), said.sizes)
        return _each_once(said.words.astype(np.uint64), sentences, np.arange(len(said.words)))

    def neighbours_in(self, said: Said) -> tuple[Items, Items]:
        """The places where two words of a sentence meet, and the pairs of neighbours."""
        import numpy as np

        self._look_at_new()
        sentences = np.repeat(np.arange(len(said.sizes)), said.sizes)
        at = np.flatnonzero(sentences[1:] == sentences[:-1])
        before, after = said.words[at], said.words[at + 1]
        joined = (
            (
                self._lasts[before, self._ends[before] - 1],
                self._ends[before],
                _FRAME,
                self._firsts[after, self._ends[after] - 1],
            ),
            (self._stems[before], self._stem_sizes[before], _BETWEEN, self._stems[after]),
        )
        meetings, pairs = (
            _each_once(
                left + self._powers[size] * np.uint64(ord(sign)) + self._powers[size + 1] * right, sentences[at], at
            )
            for left, size, sign, right in joined
        )
        return meetings, pairs

    def of_words(self, first: int) -> Features:
        """The features of the words from a number on: each whole, its beginning, and its pieces."""
        import numpy as np

        words = self._numbers.words[first:]
        letters = _Letters(words)
        sizes = letters.ends - letters.starts
        own = np.arange(len(words))
        base = np.uint64(_BASE)
        found = [
            (own, np.uint64(ord(_WHOLE)) + base * letters.whole),
            (own, np.uint64(ord(_BEGINNING)) + base * letters.stems),
        ]
        are_pieces = [np.zeros(len(words), dtype=np.bool_)] * 2
        for size in _PIECES:
            starts, of_word = letters.pieces(size)
            found.append((of_word, letters.hashes[size][starts]))
            are_pieces.append(letters.letters[starts] != ord(_BEGINNING))
        of_word = np.concatenate([each for each, _numbers in found])
        numbers = np.concatenate([each for _words, each in found])
        in_order = np.argsort(of_word, kind="stable")
        once = _each_once(numbers[in_order], of_word[in_order], in_order)
        return Features(
            once.keys, np.bincount(once.sentences, minlength=len(sizes)), np.concatenate(are_pieces)[once.firsts]
        )

    def of_meetings(self, said: Said, firsts: Any) -> Features:
        """The features of meetings: the pieces that reach over the place, with a letter or more on either side.

        Args:
            firsts: which of the words said are the first ones.
        """
        import numpy as np

        before, after = said.words[firsts], said.words[firsts + 1]
        n_before, n_after = np.array(_OVER).T
        left = self._lasts[before][:, n_before - 1]
        without = np.where(n_before > 1, self._lasts[before][:, n_before - 2], np.uint64(0))
        frame = self._powers[n_before] * np.uint64(ord(_FRAME))
        numbers = left + frame + self._powers[n_before + 1] * self._firsts[after][:, n_after - 1]
        are_pieces = left - self._powers[1:2] * without != ord(_BEGINNING)
        are_there = (self._ends[before, None] >= n_before) & (self._ends[after, None] >= n_after)
        return Features(numbers[are_there], are_there.sum(axis=1), are_pieces[are_there])

    def _look_at_new(self) -> None:
        """See what the words that came since the last time begin and end with."""
        import numpy as np

        new = self._numbers.words[len(self._stems) :]
        if not new:
            return
        letters = _Letters(new)
        sizes = letters.ends - letters.starts
        inside = np.minimum(sizes, _MEETING)
        firsts, lasts = np.zeros((2, len(new), _MEETING), dtype=np.uint64)
        for size in range(1, _MEETING + 1):
            long = sizes >= size
            firsts[long, size - 1] = letters.hashes[size][letters.starts[long]]
            lasts[long, size - 1] = letters.hashes[size][letters.ends[long] - size]
        self._stems = np.concatenate((self._stems, letters.stems))
        self._stem_sizes = np.concatenate((self._stem_sizes, np.minimum(sizes, _STEM)))
        self._firsts, self._lasts = np.concatenate((self._firsts, firsts)), np.concatenate((self._lasts, lasts))
        self._ends = np.concatenate((self._ends, inside))


def places_among(known: Any, asked: Any) -> Any:
    """Where numbers stand among known ones, which are in order; one past the last for others."""
    import numpy as np

    if not len(known):
        return np.zeros(len(asked), dtype=np.intp)
    places = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return np.where(known[places] == asked, places, len(known))


def ends_of(rows: Any, n_rows: int) -> Any:
    """One past the last of what belongs to each row, after a 0; `rows` are in order."""
    import numpy as np

    return np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=n_rows))))


def whole_words(words: Sequence[str]) -> Any:
    """The number that the letters of each word make; uint64."""
    return _Letters(words).whole


class _Letters:
    """Words with a sign around each, and the number that each piece of them makes.

    Attributes:
        hashes: by the length of a piece, for each place where it may begin.
        starts: where each word begins; `ends`, one past its last letter.
        whole: what each word makes; `stems`, its beginning.
    """

    def __init__(self, words: Sequence[str]) -> None:
        import numpy as np

        framed = f"{_FRAME}{_FRAME.join(words)}{_FRAME}" if words else ""
        self.letters = np.frombuffer(framed.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
        frames = np.flatnonzero(self.letters == ord(_FRAME))
        self.starts, self.ends = frames[:-1] + 1, frames[1:]
        padded = np.concatenate((self.letters, np.zeros(_STEM, dtype=np.uint64)))
        n = len(self.letters)
        self.hashes = [np.zeros(n, dtype=np.uint64)]
        for size in range(1, _STEM + 1):
            power = np.uint64(pow(_BASE, size - 1, 1 << 64))
            self.hashes.append(self.hashes[-1] + power * padded[size - 1 : size - 1 + n])
        self.stems = np.zeros(len(words), dtype=np.uint64)
        sizes = np.minimum(self.ends - self.starts, _STEM)
        for size in range(1, _STEM + 1):
            self.stems[sizes == size] = self.hashes[size][self.starts[sizes == size]]
        powers, inverses = (_powers(base, n) for base in (_BASE, _INVERSE))
        sums = np.concatenate((np.zeros(1, dtype=np.uint64), np.cumsum(self.letters * powers)))
        self.whole = (sums[self.ends] - sums[self.starts]) * inverses[self.starts]

    def pieces(self, size: int) -> tuple[Any, Any]:
        """Where pieces of a length begin that belong to one word, frames included, and the number of that word."""
        import numpy as np

        n_frames = np.cumsum(self.letters == ord(_FRAME))
        starts = np.arange(max(len(self.letters) - size + 1, 0))
        starts = starts[n_frames[starts + size - 2] == n_frames[starts]]
        return starts, n_frames[starts] - 1


def _powers(base: int, n: int) -> Any:
    """The first powers of a number, from 1 on, modulo 2 to the 64th."""
    import numpy as np

    factors = np.full(n, base, dtype=np.uint64)
    factors[:1] = 1
    return np.cumprod(factors)


def _each_once(keys: Any, sentences: Any, firsts: Any) -> Items:
    """Of equal keys in a sentence the first."""
    import numpy as np

    mixed = keys + np.uint64(_MIXED) * sentences.astype(np.uint64)
    chosen = np.sort(np.unique(mixed, return_index=True)[1])
    return Items(keys[chosen], sentences[chosen], firsts[chosen])
