"""An extent grows and shrinks by words and never turns inside out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.gui.review.extent import with_end, with_start, without_space
from qualcode.model.segment import Span

TEXT = "Vi har  ikke tid, 😀 nei."


def words(span: Span) -> str:
    return TEXT[span.start : span.end]


def test_the_end_moves_by_words() -> None:
    assert words(with_end(TEXT, Span(3, 12), forward=True)) == "har  ikke tid,"
    assert words(with_end(TEXT, Span(3, 12), forward=False)) == "har"
    assert with_end(TEXT, Span(3, 6), forward=False) == Span(3, 6), "one word is the least"
    assert words(with_end(TEXT, Span(3, 10), forward=True)) == "har  ikke", "from inside a word to its end"


def test_the_start_moves_by_words() -> None:
    assert words(with_start(TEXT, Span(8, 12), forward=False)) == "har  ikke"
    assert words(with_start(TEXT, Span(3, 12), forward=True)) == "ikke"
    assert with_start(TEXT, Span(8, 12), forward=True) == Span(8, 12)
    assert with_start(TEXT, Span(0, 12), forward=False) == Span(0, 12)


def test_the_text_is_not_left() -> None:
    assert with_end(TEXT, Span(3, len(TEXT)), forward=True) == Span(3, len(TEXT))


def test_spaces_at_the_ends_are_left_out() -> None:
    assert words(without_space(TEXT, Span(2, 8))) == "har"
    assert without_space(TEXT, Span(6, 8)) == Span(6, 8)


@given(text=st.text(" ab.\n😀", min_size=2, max_size=30), data=st.data())
def test_widening_and_narrowing_stay_within(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    wide, narrow = with_end(text, span, forward=True), with_end(text, span, forward=False)
    assert span.start == wide.start == narrow.start
    assert span.start < narrow.end <= span.end <= wide.end <= len(text)
    wide, narrow = with_start(text, span, forward=False), with_start(text, span, forward=True)
    assert 0 <= wide.start <= span.start <= narrow.start < span.end
