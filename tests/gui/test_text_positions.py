"""Code points and UTF-16 units are converted both ways."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.gui.text_positions import TextPositions


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(st.text(st.sampled_from("aåø😀𝒳 \n")), st.data())
def test_positions_equal_python_own_encoding(text: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(text)))
    positions = TextPositions(text)
    assert positions.to_qt(position) == units(text[:position])
    assert positions.from_qt(units(text[:position])) == position


def test_inside_a_pair_counts_as_before_it() -> None:
    assert TextPositions("a😀b").from_qt(2) == 1
