"""Which turns and answers hold which words, so that a few rules look only where their words stand."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import count, islice
from threading import Lock
from typing import TYPE_CHECKING

from qualcode.autocoding.mending import needs_mending
from qualcode.autocoding.rules import CompiledRule, Item
from qualcode.autocoding.scan import Scanner, Vocabulary
from qualcode.autocoding.words import WORD

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qualcode.autocoding.suggest import Scanned

    Passages = NDArray[np.bool_]  # one value a passage of all texts, in order


_LETTERS_AT_ONCE = 4_000_000
"""So much is added at one look: a quarter of two million words, which takes as long as looking through half of them."""


class WordIndex:
    """The passages of some texts by their words; made a part at each look after the first, then good for any rules.

    It holds about a quarter of the texts' own size, and never says no where a rule can match: what is found with it is
    what is found without.
    """

    def __init__(self, texts: Sequence[Scanned]) -> None:
        self._texts = texts
        self._parts: list[_Part] = []
        self._words = _Words()
        self._n_known = 0  # texts
        self._alone = Lock()  # two threads would make a part at once
        self._was_asked = False

    def is_worth_making(self) -> bool:
        """Whether this is not the first time that somebody asks: many projects are looked through once."""
        was_asked, self._was_asked = self._was_asked, True
        return was_asked

    def passages_for(self, rules: Sequence[CompiledRule], scanner: Scanner) -> list[list[int] | None]:
        """For each text the numbers of its passages in which some rule may match, in order; None where it may be any.

        Args:
            scanner: of the keywords that the rules name by their numbers.
        """
        with self._alone:
            self._add_part()
            words = self._words.holding(scanner)
            found: list[list[int] | None] = [each for part in self._parts for each in part.passages_for(rules, words)]
        return found + [None] * (len(self._texts) - len(found))

    def _add_part(self) -> None:
        first, n_letters = self._n_known, 0
        while self._n_known < len(self._texts) and n_letters < _LETTERS_AT_ONCE:
            n_letters += len(self._texts[self._n_known].text)
            self._n_known += 1
        if self._n_known > first:
            self._parts.append(_Part(self._texts[first : self._n_known], self._words))


class _Words:
    """The words of all parts, each once, and the pieces of text that hold them.

    Attributes:
        pieces: what stands between white space, numbered as it is met.
        in_pieces: for each word the pieces that hold it.
    """

    def __init__(self) -> None:
        self.pieces: defaultdict[str, int] = defaultdict(count().__next__)
        self.in_pieces: list[list[int]] = []
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._n_pieces_read = 0
        self._vocabularies: list[tuple[int, Vocabulary]] = []  # of the words that were new, by the number of the first

    def read_new_pieces(self) -> None:
        """Take the words from pieces that were met since it was done last."""
        first = len(self.in_pieces)
        for number, piece in enumerate(islice(self.pieces, self._n_pieces_read, None), self._n_pieces_read):
            for word in {piece} if piece.isalnum() else set(WORD.findall(piece)):
                place = self._numbers[word]
                if place == len(self.in_pieces):
                    self.in_pieces.append([])
                self.in_pieces[place].append(number)
        self._n_pieces_read = len(self.pieces)
        if len(self.in_pieces) > first:
            self._vocabularies.append((first, Vocabulary(list(islice(self._numbers, first, None)))))

    def holding(self, scanner: Scanner) -> dict[int, list[int]]:
        """The words that hold each keyword of a scanner, by the numbers of both; a keyword of no word is left out."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for first, vocabulary in self._vocabularies:
            for keyword, words in scanner.words_holding(vocabulary).items():
                found[keyword] += [first + word for word in words]
        return dict(found)


class _Part:
    """The passages of some of the texts by their words.

    Args:
        words: those of the parts before; what is new is added.
    """

    def __init__(self, texts: Sequence[Scanned], words: _Words) -> None:
        self._texts = texts
        self._words = words
        self._post()

    def passages_for(self, rules: Sequence[CompiledRule], words: Mapping[int, Sequence[int]]) -> list[list[int]]:
        """For each text the numbers of its passages in which some rule may match, in order.

        Args:
            words: those that hold each of the rules' keywords.
        """
        import numpy as np

        found = _Search(self, words).passages(rules) | self.to_be_mended
        numbers = np.flatnonzero(found)
        bounds = np.searchsorted(numbers, [*self.first_passages, self.n_passages])
        return [
            (numbers[first:last] - passage).tolist()
            for first, last, passage in zip(bounds[:-1], bounds[1:], self.first_passages, strict=True)
        ]

    @cached_property
    def first_passages(self) -> NDArray[np.int64]:
        """The number of each text's first passage, counted through all texts."""
        import numpy as np

        return np.cumsum([0, *(len(text.passages) for text in self._texts)], dtype=np.int64)[:-1]

    @cached_property
    def n_passages(self) -> int:
        return sum(len(text.passages) for text in self._texts)

    @cached_property
    def to_be_mended(self) -> Passages:
        """Passages whose words are mended before rules look for theirs, so that the index does not know them."""
        import numpy as np

        flags = (needs_mending(text.text, each.start, each.end) for text in self._texts for each in text.passages)
        return np.fromiter(flags, dtype=np.bool_, count=self.n_passages)

    def holding(self, words: Sequence[int]) -> Passages:
        """Passages that hold any of some words, by their numbers in the vocabulary."""
        import numpy as np

        found = np.zeros(self.n_passages, dtype=np.bool_)
        for word in words:
            for piece in self._words.in_pieces[word]:
                if piece >= self._n_pieces:
                    break  # it was met first in a later part, and so were those after it
                found[self._postings[self._offsets[piece] : self._offsets[piece + 1]]] = True
        return found

    def _post(self) -> None:
        """Note in which passages each piece of text stands: `_postings`, those of a piece between its `_offsets`."""
        import numpy as np

        found, lengths = array("i"), array("i")
        for text in self._texts:
            for passage in text.passages:
                pieces = set(text.text[passage.start : passage.end].split())
                found.extend(map(self._words.pieces.__getitem__, pieces))
                lengths.append(len(pieces))
        self._words.read_new_pieces()
        self._n_pieces = len(self._words.pieces)
        pieces_found = np.frombuffer(found, dtype=np.int32) if found else np.zeros(0, dtype=np.int32)
        passages = np.repeat(np.arange(self.n_passages, dtype=np.int32), np.frombuffer(lengths, dtype=np.int32))
        self._postings = passages[_in_order(pieces_found)]
        self._offsets = np.concatenate(([0], np.cumsum(np.bincount(pieces_found, minlength=self._n_pieces))))


def _in_order(numbers: NDArray[np.int32]) -> NDArray[np.int64]:
    """What a stable `argsort` gives, for numbers from 0 on: by their lower two bytes, then by the upper."""
    import numpy as np

    by_lower = np.argsort((numbers & 0xFFFF).astype(np.uint16), kind="stable")
    return by_lower[np.argsort((numbers >> 16)[by_lower].astype(np.uint16), kind="stable")]


class _Search:
    """One look into a part of an index for keywords, by the words that hold each."""

    def __init__(self, index: _Part, words: Mapping[int, Sequence[int]]) -> None:
        self._index = index
        self._words = words
        self._known: dict[int, Passages] = {}

    def passages(self, rules: Sequence[CompiledRule]) -> Passages:
        found = self._none()
        for rule in rules:
            if rule.cues is None:
                return ~self._none()
            found |= self._of_rule(rule, rule.cues)
        return found

    def _none(self) -> Passages:
        import numpy as np

        return np.zeros(self._index.n_passages, dtype=np.bool_)

    def _of_rule(self, rule: CompiledRule, cues: frozenset[int]) -> Passages:
        if rule.pattern is not None:
            return self._of_any(cues)
        found = ~self._none()
        for item in rule.items:
            found &= self._of_item(item)
            if not found.any():
                break
        return found

    def _of_item(self, item: Item) -> Passages:
        """Passages that hold all words of one of an item's terms."""
        phrases = [sought for terms in item.by_cue.values() for sought in terms]
        found = self._of_any({sought.keywords[0] for sought in phrases if len(sought.keywords) == 1})
        for sought in phrases:
            if len(sought.keywords) > 1 and all(number in self._words for number in sought.keywords):
                together = self._of(sought.keywords[0]).copy()
                for number in sought.keywords[1:]:
                    together &= self._of(number)
                found |= together
        return found

    def _of_any(self, keywords: set[int] | frozenset[int]) -> Passages:
        return self._index.holding([word for number in sorted(keywords) for word in self._words.get(number, ())])

    def _of(self, keyword: int) -> Passages:
        if keyword not in self._known:
            self._known[keyword] = self._index.holding(self._words.get(keyword, ()))
        return self._known[keyword]
