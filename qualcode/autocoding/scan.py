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

    What stands between two spaces is classified once and remembered, since texts repeat their words. A keyword that is
    found in its forms only is looked up; the others are looked for through their anchors: short strings of which every
    word that holds the keyword has one.

    Args:
        keywords: a hit names them by their position here.
    """

    def __init__(self, keywords: Sequence[Keyword]) -> None:
        self._keywords = tuple(keywords)
        self._by_form: dict[str, list[int]] = {}
        for number, keyword in enumerate(self._keywords):
            if keyword.is_found_in_forms_only:
                for form in sorted(keyword.forms):
                    self._by_form.setdefault(form, []).append(number)
        numbered = list(enumerate(self._keywords))
        self._parts = _Anchors([each for each in numbered if not each[1].is_found_in_forms_only])
        self._all = _Anchors(numbered)
        self._known: dict[str, tuple[Hit, ...]] = {}

    def hits(self, text: str) -> list[Hit]:
        """The words of a text that hold a keyword, in order."""
        if not self._keywords:
            return []
        known = self._known
        hits: list[Hit] = []
        begin = 0
        pieces = text.replace("\n", " ").split(" ")
        for piece, found in zip(pieces, map(known.get, pieces), strict=True):
            if found is None:
                found = self._learn(piece)
            if found:
                for first, last, classes in found:
                    hits.append(Hit(begin + first, begin + last, classes))
            begin += len(piece) + 1
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
        small = lowered(word)
        if not word.isalnum():  # with a hyphen or an apostrophe, a part of it may be a form
            numbers = self._all.numbers(small)
        else:
            numbers = {*self._by_form.get(small, ()), *self._parts.numbers(small)}
        classes = {number: self._keywords[number].classify(word) for number in sorted(numbers)}
        return {number: found for number, found in classes.items() if found}


class _Anchors:
    """Which keywords a word may hold, by the anchors in it."""

    def __init__(self, keywords: Sequence[tuple[int, Keyword]]) -> None:
        import ahocorasick_rs

        by_anchor: dict[str, list[int]] = {}
        for number, keyword in keywords:
            for anchor in sorted(keyword.anchors):
                by_anchor.setdefault(anchor, []).append(number)
        self._numbers = list(by_anchor.values())
        self._automaton = None
        if by_anchor:
            # three times as fast as the default, and still small for some thousand anchors
            kind = ahocorasick_rs.Implementation.DFA if len(by_anchor) <= _MOST_IN_TABLE else None
            self._automaton = ahocorasick_rs.AhoCorasick(list(by_anchor), implementation=kind)

    def numbers(self, small: str) -> set[int]:
        """Keywords of which an anchor stands in a word, which is in small letters."""
        if self._automaton is None:
            return set()
        found = self._automaton.find_matches_as_indexes(small, overlapping=True)
        return {number for anchor, _, _ in found for number in self._numbers[anchor]}


def lowered(text: str) -> str:
    """A text in small letters with each letter where it was; the dotted capital I alone would become two."""
    small = text.lower()
    return small if len(small) == len(text) else text.replace("İ", "I").lower()
