"""Brackets never overlap in a lane, labels never overlap at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.gui.coding.margin import lanes, pushed_apart

EXTENTS = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda pair: (pair[0], pair[0] + pair[1])))


@given(EXTENTS)
def test_brackets_in_one_lane_do_not_overlap(extents: list[tuple[float, float]]) -> None:
    found = lanes(extents)
    for one in range(len(extents)):
        for other in range(one):
            if found[one] == found[other]:
                assert extents[one][1] <= extents[other][0] or extents[other][1] <= extents[one][0]


def test_a_lane_that_is_free_again_is_used_again() -> None:
    assert lanes([(0, 10), (5, 20), (12, 20)]) == [0, 1, 0]


def test_labels_are_pushed_down_only_as_far_as_needed() -> None:
    assert pushed_apart([(0, 21), (10, 38), (100, 21)]) == [0, 21, 100]
