"""What becomes of positions when a text is brought into another form: line ends, accents, labels taken out."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from qualcode.importing.normal_form import in_normal_form
from qualcode.model.segment import Span

Run = tuple[int, int, int, int]
"""(start, end) in the old text and (start, end) in the new one; nothing else of the old text is in the new."""

_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    "\u3099\u309a\ufe20-\ufe2f"
)
_DOUBLES = "\u0340-\u0387\u1f71-\u2126\u212a\u212b\uf900-\ufaff"  # signs that are another sign in NFC
_JAMO = "\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff"


class TextChange:
    """An old text, the new one, and which runs of the old one stand where in the new.

    Runs of equal length stand letter by letter; of other lengths as a whole.
    """

    def __init__(self, text: str, runs: Iterable[Run]) -> None:
        self.text = text
        self.runs = [run for run in runs if run[0] < run[1]]
        self._starts = [run[0] for run in self.runs]
        self._ends = [run[1] for run in self.runs]

    def span(self, start: int, end: int) -> Span | None:
        """Where the characters [start, end) of the old text stand in the new one; None if none of them does."""
        new_start, new_end = self.start(start), self.end(end)
        return Span(new_start, new_end) if new_start < new_end else None

    def start(self, position: int) -> int:
        """Where what begins at a position begins in the new text: at the next character that is kept."""
        place = bisect_right(self._ends, position)
        if place == len(self.runs):
            return len(self.text)
        old, old_end, new, new_end = self.runs[place]
        if position <= old:
            return new
        return new + position - old if old_end - old == new_end - new else new

    def end(self, position: int) -> int:
        """Where what ends at a position ends in the new text: at the last character that is kept."""
        place = bisect_left(self._starts, position) - 1
        if place < 0:
            return 0
        old, old_end, new, new_end = self.runs[place]
        if position >= old_end:
            return new_end
        return new + position - old if old_end - old == new_end - new else new_end


def unchanged(text: str) -> TextChange:
    """The text as it is."""
    return TextChange(text, [(0, len(text), 0, len(text))])


def to_normal_form(text: str) -> TextChange:
    """The change that `in_normal_form` makes: line feeds as line ends, NFC, no byte order marks and NUL."""
    wanted = in_normal_form(text)
    if wanted == text:
        return unchanged(text)
    change = _assembled(text, list(_normal_pieces(text)))
    if change.text == wanted:
        return change
    lines = [
        (match.start(), match.end(), in_normal_form(match[0])) for match in re.finditer(r"[^\r\n]+|\r\n?|\n", text)
    ]
    return _assembled(text, lines)  # letters that combine in ways of their own: line by line at least


def _assembled(text: str, pieces: Sequence[tuple[int, int, str]]) -> TextChange:
    """The change that replaces each (start, end) by its new words and keeps what lies between."""
    runs: list[Run] = []
    parts: list[str] = []
    old = new = 0
    for start, end, words in [*pieces, (len(text), len(text), "")]:
        if old < start:
            runs.append((old, start, new, new + start - old))
            parts.append(text[old:start])
            new += start - old
        if words:
            runs.append((start, end, new, new + len(words)))
            parts.append(words)
            new += len(words)
        old = end
    return TextChange("".join(parts), runs)


def _normal_pieces(text: str) -> Iterable[tuple[int, int, str]]:
    """What has another form: (start, end, its normal form), in order."""
    plain = re.compile(r"\r\n?|[\0\ufeff\x85\u2028\u2029]") if unicodedata.is_normalized("NFC", text) else _clusters()
    for match in plain.finditer(text):
        words = in_normal_form(match[0])
        if words != match[0]:
            yield match.start(), match.end(), words


def _clusters() -> re.Pattern[str]:
    """Line ends, signs that go, and letters with the marks that follow them."""
    return re.compile(rf"\r\n?|[\0\ufeff\x85\u2028\u2029]|[{_JAMO}]+|[^\r\n][{_MARKS}]+|[{_DOUBLES}]")
