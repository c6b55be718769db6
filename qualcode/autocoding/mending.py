"""Scanned text read as it was meant: words that a scanner divided or misread, mended for the search alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

_DIVIDED_AT_LINE_END = re.compile(r"(?<=[^\W\d_])-\n(?=[^\W\d_])")
_WRAPPED = re.compile(r"\n(?![-–•*\n])")
_WORD = re.compile(r"[^\W_]+")
_MOST_PIECES = 5
_SURE_OF_JOINED = 7
_LITTLE = frozenset(
    "i å er en ei et av til for med som vi de om og på se ser så the a an of to in and is we or not no".split()
)
_SHORTEST_STRIPPED = 4
_NO_VOWEL = re.compile(r"[^aeiouyæøå]{3,}")
_NORDIC = str.maketrans("", "", "æøå")
_MISREAD = (("rn", "m"), ("1", "l"), ("0", "o"))


def looks_scanned(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] has a word divided at the end of a line, as no one types it."""
    return text.find("-\n", start, end) >= 0 and _DIVIDED_AT_LINE_END.search(text, start, end) is not None


@dataclass(frozen=True)
class MendedText:
    """A text in which divided words are whole again.

    Attributes:
        text: the mended text.
        starts: where each of its characters begins in the document.
        ends: where it ends there.
    """

    text: str
    starts: list[int]
    ends: list[int]

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """A part of the mended text as it stands in the document."""
        return self.starts[start], self.ends[end - 1]


class Mender:
    """Puts words together that a scanner divided, where that makes a word that the rules look for.

    Args:
        forms: words in small letters, in all their forms.
    """

    def __init__(self, forms: Iterable[str]) -> None:
        self._known = frozenset(form for form in forms if form.isalpha())

    @cached_property
    def _stripped(self) -> dict[str, str]:
        """Words by what is left of them when æ, ø and å are lost."""
        table: dict[str, str] = {}
        for form in sorted(self._known, reverse=True):
            left = form.translate(_NORDIC)
            if (
                left != form
                and left not in self._known
                and (len(left) >= _SHORTEST_STRIPPED or _NO_VOWEL.fullmatch(left))
            ):
                table[left] = form
        return table

    def mend(self, text: str, start: int, end: int) -> MendedText:
        """Read text[start:end]; line ends count as spaces, but before a dash or a blank line."""
        starts = list(range(start, end))
        for found in reversed(list(_DIVIDED_AT_LINE_END.finditer(text, start, end))):
            del starts[found.start() - start : found.end() - start]
        flat = _WRAPPED.sub(" ", "".join(text[each] for each in starts))
        mended = MendedText("", [], [])
        letters: list[str] = []
        for first, last, word in self._words(flat):
            letters.append(word)
            for place in range(len(word)):
                origin = min(first + place, last - 1)
                mended.starts.append(starts[origin])
                mended.ends.append(starts[last - 1 if place == len(word) - 1 else origin] + 1)
        return MendedText("".join(letters), mended.starts, mended.ends)

    def _words(self, flat: str) -> Iterator[tuple[int, int, str]]:
        """Parts of a text in order: what stands from the first position to the last, and what it is read as."""
        words = list(_WORD.finditer(flat))
        done = number = 0
        while number < len(words):
            yield done, words[number].start(), flat[done : words[number].start()]
            n_pieces, reading = self._reading(flat, words, number)
            done = words[number + n_pieces - 1].end()
            yield words[number].start(), done, reading or flat[words[number].start() : done]
            number += n_pieces
        yield done, len(flat), flat[done:]

    def _reading(self, flat: str, words: list[re.Match[str]], number: int) -> tuple[int, str]:
        """How many pieces make a word from here on, and the word; one and "" when nothing is to be mended."""
        most = 1
        while (
            most < _MOST_PIECES
            and number + most < len(words)
            and flat[words[number + most - 1].end() : words[number + most].start()] == " "
        ):
            most += 1
        for n_pieces in range(most, 0, -1):
            pieces = [each[0] for each in words[number : number + n_pieces]]
            joined = "".join(pieces).lower()
            if n_pieces > 1 and not self._may_be_one([piece.lower() for piece in pieces]):
                continue
            meant = self._meant(joined)
            if meant and (n_pieces > 1 or meant != joined):
                return n_pieces, meant
        return 1, ""

    def _may_be_one(self, pieces: list[str]) -> bool:
        """Whether pieces of text, in small letters, are likelier to be one word than several."""
        size = sum(map(len, pieces))
        if size < _SURE_OF_JOINED and any(
            piece in _LITTLE or (len(piece) > 2 and piece in self._known) for piece in pieces
        ):
            return False
        return not all(len(piece) > 2 and piece in self._known for piece in pieces)

    def _meant(self, word: str) -> str:
        readings = [word, *(word.replace(wrong, right) for wrong, right in _MISREAD if wrong in word)]
        for reading in readings:
            if reading in self._known:
                return reading
        return next((self._stripped[reading] for reading in readings if reading in self._stripped), "")
