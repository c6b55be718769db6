"""All keywords of a codebook in one pass over a text: where they stand, and how the words there hold them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from qualcode.autocoding.words import WORD, Keyword, WordClass, parts_with_marks

_LONGEST_WORD = 80
_MOST_CACHED = 200_000
_MOST_IN_TABLE = 20_000
_ENOUGH_TO_JUDGE = 500  # pieces of text that tell how common the anchors of the keywords are
_MOST_WITH_ANCHORS = 4_000  # keywords; of so many, one or another is in every other piece
_RARE = 0.25  # anchors in a piece of text, below which it is sooner to look for them than at each piece


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


class Vocabulary:
    """The words of many texts, laid out to be searched.

    Args:
        words: each once, as it is written.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        small = [lowered(word) for word in words]
        self.by_small: dict[str, list[int]] = {}
        for number, word in enumerate(small):
            self.by_small.setdefault(word, []).append(number)
        self.plain = _Joined([each for each in enumerate(small) if each[1].isalnum()])
        self.parted = _Joined([each for each in enumerate(small) if not each[1].isalnum()])


class _Joined:
    """Words in one text, and which of them stands at a place in it."""

    def __init__(self, numbered: Sequence[tuple[int, str]]) -> None:
        self.text = "\n".join(word for _, word in numbered)
        self._numbers = [number for number, _ in numbered]
        self._ends = list(accumulate(len(word) + 1 for _, word in numbered))

    def at(self, places: Sequence[int]) -> set[int]:
        """The numbers of the words at some places."""
        return {self._numbers[bisect_right(self._ends, place)] for place in places}


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
        numbered = list(enumerate(self._keywords))
        self._by_form = _by_form([each for each in numbered if each[1].is_found_in_forms_only])
        self._parts = _Anchors([each for each in numbered if not each[1].is_found_in_forms_only])
        self._known: dict[str, tuple[Hit, ...]] = {}
        self._has_rare_anchors = False if len(self._keywords) > _MOST_WITH_ANCHORS else None
        self._n_anchors = self._n_pieces = 0

    @cached_property
    def _all(self) -> _Anchors:
        """The anchors of all keywords, to find where any may stand."""
        return _Anchors(list(enumerate(self._keywords)))

    def hits(self, text: str) -> list[Hit]:
        """The words of a text that hold a keyword, in order."""
        if not self._keywords:
            return []
        if self._has_rare_anchors is False:
            return self._hits_in_all_pieces(text)
        return self._hits_around_anchors(text)

    def hits_between(self, text: str, start: int, end: int) -> list[Hit]:
        """The words of a part of a text that hold a keyword, at their places in the text."""
        found = self.hits(text[start:end])
        return [Hit(start + hit.start, start + hit.end, hit.classes) for hit in found]

    def words_holding(self, vocabulary: Vocabulary) -> dict[int, list[int]]:
        """The words that hold each keyword, by the numbers of both; a keyword that no word holds is left out."""
        may_hold = {number for form in self._by_form for number in vocabulary.by_small.get(form, ())}
        may_hold |= vocabulary.plain.at(self._parts.places(vocabulary.plain.text))
        may_hold |= vocabulary.parted.at(self._all.places(vocabulary.parted.text))
        found: dict[int, list[int]] = {}
        for number in sorted(may_hold):
            word = vocabulary.words[number]
            for keyword in self._classes(word) if len(word) <= _LONGEST_WORD else ():
                found.setdefault(keyword, []).append(number)
        return found

    def _judge(self, flat: str, n_anchors: int) -> None:
        """Count until it is clear which of the two ways is the quicker one; they find the same."""
        self._n_anchors += n_anchors
        self._n_pieces += flat.count(" ") + 1
        if self._n_pieces >= _ENOUGH_TO_JUDGE:
            self._has_rare_anchors = self._n_anchors < _RARE * self._n_pieces

    def _hits_in_all_pieces(self, text: str) -> list[Hit]:
        """With many keywords nearly every piece holds an anchor: then all are looked up."""
        pieces = text.replace("\n", " ").split(" ")
        found = list(map(self._known.get, pieces))
        ends = list(accumulate(map(len, pieces)))
        hits: list[Hit] = []
        for place in [place for place, each in enumerate(found) if each is None or each]:
            piece = pieces[place]
            begin = ends[place] - len(piece) + place  # each piece before it is followed by a space
            known = found[place]
            for first, last, classes in self._learned(piece) if known is None else known:
                hits.append(Hit(begin + first, begin + last, classes))
        return hits

    def _hits_around_anchors(self, text: str) -> list[Hit]:
        """With few keywords the places of their anchors are found first."""
        flat = lowered(text).replace("\n", " ")
        hits: list[Hit] = []
        end = 0
        places = self._all.places(flat)
        if self._has_rare_anchors is None:
            self._judge(flat, len(places))
        for start in places:
            if start < end:
                continue  # the same piece has another anchor
            begin = flat.rfind(" ", end, start) + 1 or end
            end = flat.find(" ", start)
            if end < 0:
                end = len(flat)
            for first, last, classes in self._learned(text[begin:end]):
                hits.append(Hit(begin + first, begin + last, classes))
        return hits

    def _learned(self, piece: str) -> tuple[Hit, ...]:
        known = self._known.get(piece)
        return self._learn(piece) if known is None else known

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
        numbers = {*self._by_form.get(small, ()), *self._parts.numbers(small)}
        if not word.isalnum():
            numbers.update(*(self._by_form.get(part, ()) for part in parts_with_marks(small)))
        classes = {number: self._keywords[number].classify(word) for number in sorted(numbers)}
        return {number: found for number, found in classes.items() if found}


def _by_form(keywords: Sequence[tuple[int, Keyword]]) -> dict[str, tuple[int, ...]]:
    """Keywords by what a word, or a part of one with a hyphen, is when it holds them."""
    found: dict[str, tuple[int, ...]] = {}
    for number, keyword in keywords:
        forms = keyword.forms_of_parts
        if not found.keys().isdisjoint(forms):
            shared = found.keys() & forms
            found.update([(form, (*found[form], number)) for form in shared])
            forms = forms - shared
        found.update(dict.fromkeys(forms, (number,)))
    return found


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

    def places(self, small: str) -> list[int]:
        """Where an anchor begins in a text in small letters; of those that overlap, the first."""
        if self._automaton is None:
            return []
        return [start for _, start, _ in self._automaton.find_matches_as_indexes(small)]

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
