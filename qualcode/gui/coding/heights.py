"""Heights of many blocks above each other, of which any may change: sums in logarithmic time."""

from __future__ import annotations

from collections.abc import Sequence


class Heights:
    """Heights in pixels with their running sums (a Fenwick tree).

    Args:
        heights: one for each block, from the top.
    """

    def __init__(self, heights: Sequence[int]) -> None:
        self._heights = list(heights)
        self._sums = [0, *heights]
        for at in range(1, len(self._sums)):
            above = at + (at & -at)
            if above < len(self._sums):
                self._sums[above] += self._sums[at]

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, at: int) -> int:
        return self._heights[at]

    def __setitem__(self, at: int, height: int) -> None:
        change = height - self._heights[at]
        if not change:
            return
        self._heights[at] = height
        place = at + 1
        while place < len(self._sums):
            self._sums[place] += change
            place += place & -place

    def top(self, at: int) -> int:
        """The sum of all heights before a block."""
        total = 0
        while at > 0:
            total += self._sums[at]
            at -= at & -at
        return total

    def total(self) -> int:
        """The sum of all heights."""
        return self.top(len(self._heights))

    def at(self, y: int) -> int:
        """The block that covers a height; the first or last one outside."""
        place, left = 0, max(0, y)
        step = 1 << len(self._heights).bit_length()
        while step:
            following = place + step
            if following < len(self._sums) and self._sums[following] <= left:
                place = following
                left -= self._sums[following]
            step >>= 1
        return min(place, len(self._heights) - 1)
