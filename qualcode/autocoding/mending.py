"""Text read as it was meant: words divided or misread by a scanner, with letters lost, with soft hyphens and the like.

They are mended for the search alone; what is found is shown as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from qualcode.model.signs import LIGATURES, SOFT_HYPHEN, WITHOUT_WIDTH

_SIGNS_OF_SETTING = "".join((SOFT_HYPHEN, WITHOUT_WIDTH, *LIGATURES))
_SIGN_OF_SETTING = re.compile(f"[{_SIGNS_OF_SETTING}]")
_LOST = "\N{REPLACEMENT CHARACTER}"
_LOST_IN_A_WORD = re.compile(rf"(?<!\w)\w*{_LOST}[\w{_LOST}]*")  # without its first part, long words take for ever
_OFTEN_LOST = ("fi", "fl", "ff", "ffi", "ffl", "æ", "ø", "å")
_DIVIDED_AT_LINE_END = re.compile(r"(?<=[^\W\d_])-\n(?=[^\W\d_])")
_WRAPPED = re.compile(r"\n(?![-–•*\n])")
_WORD = re.compile(r"[^\W_]+")
_MOST_PIECES = 5
_MOST_READINGS = 64  # of a word that lost letters
_LONGEST_WORD = 80
_SURE_OF_JOINED = 7
_LITTLE = frozenset(
    "i å er en ei et av til for med som vi de om og på se ser så the a an of to in and is we or not no".split()
)
_SHORTEST_STRIPPED = 4
_NO_VOWEL = re.compile(r"[^aeiouyæøå]{3,}")
_NORDIC = str.maketrans("", "", "æøå")
_MISREAD = (("rn", "m"), ("1", "l"), ("0", "o"))


def needs_mending(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] looks scanned, has lost letters, or holds soft hyphens, ligatures and the like."""
    if _looks_scanned(text, start, end) or text.find(_LOST, start, end) >= 0:
        return True
    return has_signs_of_setting(text, start, end)


def _looks_scanned(text: str, start: int, end: int) -> bool:
    """Whether a word is divided at the end of a line, as no one types it."""
    return text.find("-\n", start, end) >= 0 and _DIVIDED_AT_LINE_END.search(text, start, end) is not None


def has_signs_of_setting(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] holds soft hyphens, signs without width, or ligatures."""
    return holds_signs_of_setting(text) and _SIGN_OF_SETTING.search(text, start, end) is not None


@lru_cache(maxsize=2)
def holds_signs_of_setting(text: str) -> bool:
    """Whether there is such a sign anywhere in a text."""
    return not text.isascii() and any(sign in text for sign in _SIGNS_OF_SETTING)  # faster than the expression


@dataclass(frozen=True)
class MendedText:
    """A text in which words are whole again.

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


def in_letters(text: str, start: int, end: int) -> MendedText:
    """Read text[start:end] without soft hyphens and signs without width, and ligatures as their letters."""
    letters: list[str] = []
    starts: list[int] = []
    done = start
    for found in _SIGN_OF_SETTING.finditer(text, start, end):
        letters.append(text[done : found.start()])
        starts += range(done, found.start())
        meant = LIGATURES.get(found[0], "")
        letters.append(meant)
        starts += [found.start()] * len(meant)
        done = found.end()
    letters.append(text[done:end])
    starts += range(done, end)
    return MendedText("".join(letters), starts, [each + 1 for each in starts])


class Mender:
    """Reads texts as they were meant, where that makes words that the rules look for.

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

    def read(self, text: str, start: int, end: int) -> MendedText:
        """Read text[start:end] as it was meant; lost letters come back where one word alone fits."""
        read = self.mend(text, start, end) if _looks_scanned(text, start, end) else in_letters(text, start, end)
        return self._with_lost_letters(read) if _LOST in read.text else read

    def mend(self, text: str, start: int, end: int) -> MendedText:
        """Mend text[start:end], which was scanned; line ends count as spaces, but before a dash or a blank line."""
        read = in_letters(text, start, end)
        starts, flat = read.starts, list(read.text)
        for found in reversed(list(_DIVIDED_AT_LINE_END.finditer(read.text))):
            del starts[found.start() : found.end()], flat[found.start() : found.end()]
        whole = _WRAPPED.sub(" ", "".join(flat))
        mended = MendedText("", [], [])
        letters: list[str] = []
        for first, last, word in self._words(whole):
            letters.append(word)
            for place in range(len(word)):
                origin = min(first + place, last - 1)
                mended.starts.append(starts[origin])
                mended.ends.append(starts[last - 1 if place == len(word) - 1 else origin] + 1)
        return MendedText("".join(letters), mended.starts, mended.ends)

    def _with_lost_letters(self, read: MendedText) -> MendedText:
        """Words that lost a letter or two in an encoding, where just one of the words that rules look for fits."""
        letters: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for found in _LOST_IN_A_WORD.finditer(read.text):
            meant = self._only_one_that_fits(found[0].lower())
            if not meant:
                continue
            first, last = found.span()
            letters += read.text[done:first], meant
            begins, stops = read.bounds(first, last)
            starts += [*read.starts[done:first], begins, *[stops - 1] * (len(meant) - 1)]
            ends += [*read.ends[done:first], *[begins + 1] * (len(meant) - 1), stops]
            done = last
        letters.append(read.text[done:])
        return MendedText("".join(letters), starts + read.starts[done:], ends + read.ends[done:])

    def _only_one_that_fits(self, word: str) -> str:
        if not 1 < len(word) <= _LONGEST_WORD:
            return ""
        readings = [word]
        for _each in range(word.count(_LOST)):
            readings = [each.replace(_LOST, letters, 1) for each in readings for letters in _OFTEN_LOST]
            if len(readings) > _MOST_READINGS:
                return ""
        fitting = self._known.intersection(readings)
        return next(iter(fitting)) if len(fitting) == 1 else ""

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
