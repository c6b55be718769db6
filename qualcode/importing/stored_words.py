"""The words that a file stores with a coding, compared with a text and looked for in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from enum import IntEnum

from qualcode.importing.normal_form import in_normal_form

NEAR = 400  # characters that a passage may have moved where its words stand several times
SHORTEST_BEGINNING = 15  # letters of a passage cut off without a sign
_HEAD = 8  # characters; a passage seldom begins with more white space
_MOST_SCANNED = 5_000_000_000  # characters, for all codings of a document: some ten seconds
_ENDS = 20  # letters at either end by which a long passage is found
_DOTS = ("[…]", "[...]", "…", "...")
_SPACE = re.compile("[\\s\u00ad\u200b-\u200d\u2060\ufeff\0]+")
_SAME_SIGNS = str.maketrans(
    {**dict.fromkeys("‘’‚‛´`", "'"), **dict.fromkeys("“”„‟", '"'), **dict.fromkeys("‐‑–—−", "-")}
)
_ONE_SPACE = dict.fromkeys(map(ord, "\n\t\xa0\u2028\u2029\x0b\x0c"), " ")


class Match(IntEnum):
    """How well words that are stored agree with those that stand at a place."""

    NONE = 0
    BEGINNING = 1  # the stored words are cut off, and the passage begins with them
    SPACED = 2  # the same apart from white space and the form of signs
    EXACT = 3  # white space may be of another kind, sign for sign


class Squeezed:
    """A text without white space and invisible signs, with the way back to its positions."""

    def __init__(self, text: str) -> None:
        self._runs: list[tuple[int, int]] = []  # (place in the squeezed text, place in the text) of each kept run
        parts: list[str] = []
        at = 0
        position = 0
        for match in [*_SPACE.finditer(text), None]:
            end = match.start() if match else len(text)
            if position < end:
                self._runs.append((at, position))
                parts.append(text[position:end])
                at += end - position
            position = match.end() if match else end
        self.text = "".join(parts).translate(_SAME_SIGNS)
        self._places = [run[0] for run in self._runs]
        self._n_scanned = 0
        self._held: dict[str, bool] = {}

    def holds(self, wanted: str) -> bool:
        """Whether squeezed words stand in the text; False once as much was looked through as no good file needs."""
        if wanted not in self._held:
            self._n_scanned += len(self.text)
            self._held[wanted] = bool(wanted) and self._n_scanned <= _MOST_SCANNED and wanted in self.text
        return self._held[wanted]

    def places_of(self, words: str) -> list[tuple[int, int]]:
        """(start, end) in the text of each place where words stand, apart from white space; cut-off dots left out."""
        wanted = squeezed(without_dots(words)) or squeezed(words)
        found: list[tuple[int, int]] = []
        if not self.holds(wanted):
            return found
        at = self.text.find(wanted)
        while at >= 0 and len(found) < 1000:
            found.append((self._position(at), self._position(at + len(wanted) - 1) + 1))
            at = self.text.find(wanted, at + 1)
        return found

    def places_between(self, words: str) -> list[tuple[int, int]]:
        """(start, end) from each place of the first letters of long words to the last ones, about as far apart.

        For words that were taken out of a page by another way than the text: other hyphens, page headers amid them.
        """
        wanted = squeezed(words)
        if len(wanted) < 2 * _ENDS:
            return []
        found: list[tuple[int, int]] = []
        head, tail = wanted[:_ENDS], wanted[-_ENDS:]
        at = self.text.find(head) if self.holds(head) and self.holds(tail) else -1
        while at >= 0 and len(found) < 1000:
            wide = self.text[at : at + 3 * len(wanted) // 2]
            end = wide.rfind(tail)
            if end >= len(wanted) // 2 - _ENDS:
                found.append((self._position(at), self._position(at + end + _ENDS - 1) + 1))
            at = self.text.find(head, at + 1)
        return found

    def position_of_share(self, share: float) -> int:
        """The position in the text before which a share of its letters stands."""
        if not self.text:
            return 0
        return self._position(min(len(self.text) - 1, max(0, round(share * len(self.text)))))

    def _position(self, place: int) -> int:
        at, position = self._runs[bisect_right(self._places, place) - 1]
        return position + place - at


def squeezed(text: str) -> str:
    """The text without white space and invisible signs, quotation marks and dashes in one form each."""
    return _SPACE.sub("", text).translate(_SAME_SIGNS)


def without_dots(words: str) -> str:
    """Words without the dots at their end that say that they are cut off; the words themselves if there are none."""
    bare = words.rstrip()
    dots = next((dots for dots in _DOTS if bare.endswith(dots)), "")
    return bare[: -len(dots)].rstrip() if dots else words


def compared(stands: str, words: str) -> Match:
    if stands == words or in_normal_form(stands).translate(_ONE_SPACE) == words.translate(_ONE_SPACE):
        return Match.EXACT
    if squeezed(stands[:_HEAD])[:1] != squeezed(words[:_HEAD])[:1]:
        return Match.NONE  # the usual case, quickly
    bare_stands, bare_words = squeezed(in_normal_form(stands)), squeezed(words)
    if bare_stands == bare_words:
        return Match.SPACED
    cut = squeezed(without_dots(words))
    if cut and cut != bare_words and bare_stands.startswith(cut):
        return Match.BEGINNING
    if len(bare_words) >= SHORTEST_BEGINNING and bare_stands.startswith(bare_words):
        return Match.BEGINNING
    return Match.NONE


def nearest_place(found: Sequence[tuple[int, int]], expected: int | None, within: int = NEAR) -> tuple[int, int] | None:
    """The place that is meant: the only one, or one that is near and far nearer than the next.

    Args:
        found: (start, end) of each place.
        expected: where about it begins.
        within: how many characters from there at most.
    """
    if len(found) == 1:
        return found[0]
    if expected is None:
        return None
    by_distance = sorted(found, key=lambda place: abs(place[0] - expected))
    first, second = (abs(place[0] - expected) for place in by_distance[:2])
    return by_distance[0] if first <= within and 2 * first < second else None
