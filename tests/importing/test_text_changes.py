"""Positions that go along when a text changes its form, and positions as tools count them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.importing.counting import Counted, Counting, ways
from qualcode.importing.foreign_texts import in_turns, plain_paragraphs
from qualcode.importing.html_texts import PageText
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.project_parts import ForeignDocument
from qualcode.importing.text_changes import to_normal_form

LETTERS = st.text(st.sampled_from("abå å\r\n\t\0\ufeff😀é\u0301\u030a:.ﬁ\u1100\u1161\u212b"), max_size=60)


def document_of(text: str) -> ForeignDocument:
    change = to_normal_form(text)
    return ForeignDocument("d", "d", text, change, plain_paragraphs(change.text), b"")


@given(LETTERS)
def test_the_new_text_is_the_normal_form_and_every_run_stands_where_it_says(text: str) -> None:
    change = to_normal_form(text)
    assert change.text == in_normal_form(text)
    for old, old_end, new, new_end in change.runs:
        assert in_normal_form(text[old:old_end]) == change.text[new:new_end]


@given(LETTERS, st.data())
def test_a_span_keeps_its_words(text: str, data: st.DataObject) -> None:
    plain = in_normal_form(text)
    start = data.draw(st.integers(0, len(plain)))
    end = data.draw(st.integers(start, len(plain)))
    as_came = [plain[:start].replace("\n", "\r\n"), plain[start:end].replace("\n", "\r\n")]
    change = to_normal_form("\ufeff" + "".join(as_came) + plain[end:])
    span = change.span(1 + len(as_came[0]), 1 + len("".join(as_came)))
    assert (change.text[span.start : span.end] if span else "") == plain[start:end]


def count(text: str, way: Counting) -> int:
    """How far a text counts, the slow way."""
    if way.line_end:
        text = text.replace("\r\n", "\n").replace("\n", "\r\n" if way.line_end == 2 else "\n")
    lengths = {"code points": len(text), "utf-16": len(text.encode("utf-16-le")) // 2, "utf-8": len(text.encode())}
    return lengths[way.unit]


@given(st.text(st.sampled_from("aå\r\n😀."), max_size=40), st.booleans(), st.data())
def test_counted_positions_come_back(text: str, has_mark: bool, data: st.DataObject) -> None:
    way = data.draw(st.sampled_from(list(ways(text, has_mark=has_mark, bytes_counted=False))))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if start == end or "\r\n" in (text[start - 1 : start + 1], text[end - 1 : end + 1]):
        return  # nothing, or amid a line end
    shift = way.first + (way.mark and (3 if way.unit == "utf-8" else 1))
    counted = (count(text[:start], way) + shift, count(text[:end], way) + shift - way.end_included)
    assert Counted(text, way).span(*counted) == (start, end)


@given(
    st.lists(st.tuples(st.sampled_from(["Anna", "Bo", "Kari (leder)"]), st.text("ab å.\n:", max_size=20)), max_size=8)
)
def test_turns_hold_the_words_of_the_lines(said: list[tuple[str, str]]) -> None:
    text = "Title\n\n" + "\n".join(f"{label}: {words}" for label, words in said)
    turned = in_turns(document_of(text), [])
    for old, old_end, new, new_end in turned.change.runs:
        assert text[old:old_end] == turned.change.text[new:new_end]
    assert "\n".join(turned.change.text[turn.start : turn.end] for turn in turned.turns) == turned.change.text


def test_a_page_is_counted_by_its_text_nodes() -> None:
    page = PageText("<p>A &amp; <b>b</b></p>\n<p> c <br> d</p><style>x</style><pre>e  f\n g</pre>")
    assert page.counted == "A & b\n c  de  f\n g"
    assert page.change.text == "A & b\nc\nd\ne  f\n g"
    assert [paragraph.text for paragraph in page.paragraphs] == ["A & b", "c\nd", "e  f\n g"]
    place = page.counted.index("b\n c")
    span = page.change.span(place, place + 4)
    assert span is not None
    assert page.change.text[span.start : span.end] == "b\nc"


@pytest.mark.parametrize("sign", ["<!--", "<a ", "<a b='", "</a", "<![CDATA[", "&#", "<script>", "<p>", " <"])
def test_a_page_made_to_last_is_read_once(sign: str) -> None:
    page = PageText(sign * 30_000)  # took minutes when each sign was looked for to the end of the page
    assert len(page.counted) <= 30_000 * len(sign)


def test_numbers_without_end_are_no_letters() -> None:
    assert PageText("<p>a&#" + "9" * 5000 + ";b</p>").counted == "a\ufffdb"
