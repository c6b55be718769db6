"""All keywords of a codebook in one pass over a text: where they stand, and how the words there hold them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from qualcode.autocoding.words import WORD, Keyword, WordClass

_LONGEST_WORD = 80
_MOST_CACHED = 200_000
_MOST_IN_TABLE = 20_000


class Hit(NamedTuple):
    """A word of a text that holds keywords.

    Attributes:
        start: first code point.
        end: one past the last.
        classes: how it holds each keyword, by the keyword's number.
    """

    start: int
    end: int
    classes: Mapping[int, WordClass]


class Scanner:
    """Finds the words of a text that hold any of many keywords.

    A keyword is looked for through its anchors: short strings of which every word that holds the keyword has one. What
    stands between two spaces around an anchor is classified once and remembered, since texts repeat their words.

    Args:
        keywords: a hit names them by their position here.
    """

    def __init__(self, keywords: Sequence[Keyword]) -> None:
        import ahocorasick_rs

        self._keywords = tuple(keywords)
        by_anchor: dict[str, list[int]] = {}
        for number, keyword in enumerate(self._keywords):
            for anchor in sorted(keyword.anchors):
                by_anchor.setdefault(anchor, []).append(number)
        self._numbers = list(by_anchor.values())
        self._automaton = None
        if by_anchor:
            # three times as fast as the default, and still small for some thousand anchors
            kind = ahocorasick_rs.Implementation.DFA if len(by_anchor) <= _MOST_IN_TABLE else None
            self._automaton = ahocorasick_rs.AhoCorasick(list(by_anchor), implementation=kind)
        self._known: dict[str, tuple[Hit, ...]] = {}

    def hits(self, text: str) -> list[Hit]:
        """The words of a text that hold a keyword, in order."""
        if self._automaton is None:
            return []
        flat = lowered(text).replace("\n", " ")
        known = self._known
        hits: list[Hit] = []
        end = 0
        for _, start, _ in self._automaton.find_matches_as_indexes(flat):
            if start < end:
                continue  # the same piece has another anchor
            begin = flat.rfind(" ", end, start) + 1 or end
            end = flat.find(" ", start)
            if end < 0:
                end = len(flat)
            piece = text[begin:end]
            found = known.get(piece)
            if found is None:
                found = self._learn(piece)
            for first, last, classes in found:
                hits.append(Hit(begin + first, begin + last, classes))
        return hits

    def _learn(self, piece: str) -> tuple[Hit, ...]:
        """Classify the words of a piece of text without a space, positions counted from its begin."""
        if len(self._known) >= _MOST_CACHED:
            self._known.clear()
        found: list[Hit] = []
        for word in WORD.finditer(piece):
            if word.end() - word.start() <= _LONGEST_WORD:
                classes = self._classes(word[0])
                if classes:
                    found.append(Hit(word.start(), word.end(), classes))
        if len(piece) <= _LONGEST_WORD:
            self._known[piece] = tuple(found)
        return tuple(found)

    def _classes(self, word: str) -> dict[int, WordClass]:
        assert self._automaton is not None
        anchors = self._automaton.find_matches_as_indexes(lowered(word), overlapping=True)
        numbers = sorted({number for anchor, _, _ in anchors for number in self._numbers[anchor]})
        classes = {number: self._keywords[number].classify(word) for number in numbers}
        return {number: found for number, found in classes.items() if found}


def lowered(text: str) -> str:
    """A text in small letters with each letter where it was; the dotted capital I alone would become two."""
    small = text.lower()
    return small if len(small) == len(text) else text.replace("İ", "I").lower()
