"""The ways in which tools count the characters of a text, and which of them a project uses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_SPECIAL = {
    "code points": re.compile(r"\r\n|\n"),
    "utf-16": re.compile(r"\r\n|\n|[\U00010000-\U0010ffff]"),
    "utf-8": re.compile(r"\r\n|\n|[^\x00-\x7f]"),
}


@dataclass(frozen=True, slots=True)
class Counting:
    """One way to count.

    Attributes:
        unit: "code points", "utf-16" or "utf-8": what counts as one.
        line_end: 0: line ends count as they stand in the file; 1 or 2: each counts so much.
        mark: whether the byte order mark before the text counts.
        first: the number of the first character, 0 or 1.
        end_included: whether the end is the last character, not the one after it.
    """

    unit: str = "code points"
    line_end: int = 0
    mark: bool = False
    first: int = 0
    end_included: bool = False

    @property
    def oddness(self) -> int:
        """How seldom tools count so: one for what many do, two for what few do."""
        by_unit = {"code points": 0, "utf-16": 1, "utf-8": 2}
        return by_unit[self.unit] + bool(self.line_end) + self.mark + 2 * self.first + 2 * self.end_included


def ways(text: str, *, has_mark: bool, bytes_counted: bool) -> Iterator[Counting]:
    """The ways that make a difference in this text, the likeliest first."""
    units = ["utf-8"] if bytes_counted else ["code points"]
    if not bytes_counted and not text.isascii():
        if re.search("[\U00010000-\U0010ffff]", text):
            units.append("utf-16")
        units.append("utf-8")
    elif bytes_counted:
        units += ["code points", "utf-16"]
    pairs, feeds = text.count("\r\n"), text.count("\n")
    line_ends = [0]
    if pairs:
        line_ends.append(1)
    if feeds > pairs:
        line_ends.append(2)
    for unit in units:
        for line_end in line_ends:
            for mark in (False, True) if has_mark else (False,):
                for first in (0, 1):
                    for end_included in (False, True):
                        yield Counting(unit, line_end, mark, first, end_included)


class Counted:
    """A text that is counted in one way; ways that differ in their first number only share their tables.

    Args:
        text: as the file has it.
        counting: the way.
        like: the same text, counted with the same unit and line ends.
    """

    def __init__(self, text: str, counting: Counting, like: Counted | None = None) -> None:
        self._text = text
        self._counting = counting
        mark = 0
        if counting.mark:
            mark = 3 if counting.unit == "utf-8" else 1
        self._shift = mark + counting.first
        self._ends: list[int]  # where each special sign ends, as counted
        self._gains: list[int]  # how far the count is ahead of the position after it
        self._weights: list[int]  # what each of them counts
        if like is not None:
            self._ends, self._gains, self._weights = like._ends, like._gains, like._weights
        else:
            self._ends, self._gains, self._weights = self._tables()

    def _tables(self) -> tuple[list[int], list[int], list[int]]:
        ends: list[int] = []
        gains: list[int] = []
        weights: list[int] = []
        gain = 0
        weigh = lru_cache(maxsize=4096)(self._weight)
        for match in _SPECIAL[self._counting.unit].finditer(self._text):
            real = match.end() - match.start()
            counted = weigh(match[0])
            if counted != real:
                gain += counted - real
                ends.append(match.end() + gain)
                gains.append(gain)
                weights.append(counted)
        return ends, gains, weights

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The positions (start, end) in the text of counted ones; None where they are none."""
        first = self._position(start - self._shift)
        last = self._position(end - self._shift + self._counting.end_included)
        if first is None or last is None or not 0 <= first < last <= len(self._text):
            return None
        return first, last

    def position(self, counted: int) -> int | None:
        """The position in the text of a counted one; None where it is none."""
        found = self._position(counted - self._shift)
        return found if found is not None and 0 <= found <= len(self._text) else None

    def _position(self, counted: int) -> int | None:
        place = bisect_right(self._ends, counted)
        position = counted - (self._gains[place - 1] if place else 0)
        if place < len(self._ends):
            begins = self._ends[place] - self._weights[place]
            if counted > begins:
                return None  # amid a sign that counts as several
        return position

    def _weight(self, sign: str) -> int:
        if sign.endswith("\n"):
            return self._counting.line_end or len(sign)
        return 2 if self._counting.unit == "utf-16" else len(sign.encode("utf-8", "surrogatepass"))
