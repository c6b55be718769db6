"""Sums of heights stay right when any of them changes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.gui.coding.heights import Heights


@given(st.lists(st.integers(1, 40), min_size=1, max_size=40), st.data())
def test_tops_and_places_equal_plain_sums(given_heights: list[int], data: st.DataObject) -> None:
    plain = list(given_heights)
    heights = Heights(plain)
    for _round in range(3):
        at = data.draw(st.integers(0, len(plain) - 1))
        plain[at] = heights[at] = data.draw(st.integers(1, 40))
    assert heights.total() == sum(plain)
    for at in range(len(plain)):
        assert heights.top(at) == sum(plain[:at])
        assert heights.at(heights.top(at)) == at
        assert heights.at(heights.top(at) + plain[at] - 1) == at
    assert heights.at(10_000) == len(plain) - 1
    assert heights.at(-5) == 0
