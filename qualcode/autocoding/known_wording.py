"""What the sentences of some texts are made of, kept as numbers: it does not depend on what they are compared with."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.autocoding.mending import needs_mending
from qualcode.autocoding.stopping import look_for_stop
from qualcode.autocoding.word_meanings import word_meanings
from qualcode.autocoding.wording import Features, Lexicon, Said
from qualcode.model.progress import Cancelled
from qualcode.model.sentences import sentence_spans

if TYPE_CHECKING:
    from qualcode.autocoding.suggest import Scanned

_MOST_WORDS = 6_000_000
"""Of longer texts nothing is kept; it would be some 300 MB."""

_WORDS_AT_ONCE = 20_000
_MEETINGS_AT_ONCE = 50_000


class Placed(NamedTuple):
    """Items of one kind, in the order in which they are said.

    Attributes:
        numbers: which items they are; int32.
        ends: one past the last of each sentence, after a 0.
    """

    numbers: Any
    ends: Any


class KnownWording:
    """The words, the places where two of them meet, and the pairs of neighbours in all sentences of some texts.

    Attributes:
        words: of the sentences, like `meetings` and `pairs`.
        of_words: the features of each different word, like those `of_meetings`; a pair is a feature itself.
        meanings: where each different word stands among those whose meaning is known.
        passages: the number of the first sentence of each passage that has not to be mended, and how many there are.
    """

    def __init__(self, texts: Sequence[Scanned], cancelled: Cancelled | None = None) -> None:
        import numpy as np

        lexicon = Lexicon()
        self._spans: list[Any] = []  # of each passage, None for one from a scanner
        said: list[Said] = []
        kinds: tuple[list[Any], list[Any], list[Any]] = ([], [], [])
        firsts: list[Any] = []
        numbers: list[int] = []
        sizes: list[int] = []
        n_before = 0

        def take() -> None:
            nonlocal n_before
            some = Said(np.array(numbers, dtype=np.int32), np.array(sizes, dtype=np.int64))
            items = lexicon.words_in(some), *lexicon.neighbours_in(some)
            for kind, each in zip(kinds, items, strict=True):
                kind.append((each.keys, np.bincount(each.sentences, minlength=len(sizes))))
            firsts.append(items[1].firsts + n_before)
            said.append(some)
            n_before += len(numbers)
            numbers.clear()
            sizes.clear()

        for text in texts:
            look_for_stop(cancelled)
            for passage in text.passages:
                if needs_mending(text.text, passage.start, passage.end):
                    self._spans.append(None)
                    continue
                spans = sentence_spans(text.text, passage.start, passage.end)
                self._spans.append(np.array(spans, dtype=np.int32).reshape(-1, 2))
                its_numbers, its_sizes = lexicon.said(text.text, spans)
                numbers += its_numbers
                sizes += its_sizes
                if len(numbers) >= _WORDS_AT_ONCE:
                    take()
        take()
        n_sentences = (0 if each is None else len(each) for each in self._spans)
        self.passages = np.cumsum([0, *n_sentences])
        self.words = _placed(*_joined(kinds[0], np.int32))
        self.of_words = lexicon.of_words(0)
        self.meanings = word_meanings().places(lexicon.words(0))
        keys, counts = _joined(kinds[1], np.uint64)
        _keys, first, places = np.unique(keys, return_index=True, return_inverse=True)
        self.meetings = _placed(places, counts)
        whole = Said(np.concatenate([each.words for each in said]), np.zeros(0, dtype=np.int64))
        self.of_meetings = _of_meetings(lexicon, whole, np.concatenate(firsts)[first])
        keys, counts = _joined(kinds[2], np.uint64)
        self.different_pairs, places = np.unique(keys, return_inverse=True)
        self.pairs = _placed(places, counts)

    def spans(self, passage: int) -> list[tuple[int, int]] | None:
        """Where the sentences of a passage stand, counted through all texts; None for one that has to be mended."""
        spans = self._spans[passage]
        return None if spans is None else list(map(tuple, spans.tolist()))


def worth_knowing(texts: Sequence[Scanned]) -> bool:
    """Whether texts are not too long to keep what they are made of."""
    letters = sum(passage.end - passage.start for passage in chain.from_iterable(text.passages for text in texts))
    return letters <= 6 * _MOST_WORDS


def _joined(parts: Sequence[tuple[Any, Any]], kind: Any) -> tuple[Any, Any]:
    import numpy as np

    return np.concatenate([keys.astype(kind) for keys, _counts in parts]), np.concatenate(
        [counts for _keys, counts in parts]
    )


def _placed(numbers: Any, counts: Any) -> Placed:
    import numpy as np

    ends = np.concatenate((np.zeros(1, dtype=np.int32), np.cumsum(counts, dtype=np.int32)))
    return Placed(numbers.astype(np.int32), ends)


def _of_meetings(lexicon: Lexicon, said: Said, firsts: Any) -> Features:
    import numpy as np

    parts = [
        lexicon.of_meetings(said, firsts[first : first + _MEETINGS_AT_ONCE])
        for first in range(0, max(len(firsts), 1), _MEETINGS_AT_ONCE)
    ]
    return Features(*(np.concatenate(each) for each in zip(*parts, strict=True)))
