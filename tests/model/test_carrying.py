"""Spans carried from one version of a text to the next: kept, changed, moved or lost, and never to other words."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.model.alignment import Alignment, align, align_edit
from qualcode.model.carrying import Carried, Fate, Tally, carry
from qualcode.model.segment import Span

WORDS = st.sampled_from(["the", "oven", "is", "warm", "bread", "dough", "æ", "😀", "rises,", "slowly.", "we", "wait"])
LINE = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
TEXT = st.lists(LINE, min_size=1, max_size=6).map("\n".join)


def carried(old: str, new: str, words: str) -> tuple[str | None, Fate]:
    """What stands for the first place of some words, and their fate."""
    start = old.index(words)
    return shown(new, carry(align(old, new), [Span(start, start + len(words))])[0])


def shown(new: str, found: Carried) -> tuple[str | None, Fate]:
    return (new[found.span.start : found.span.end] if found.span else None), found.fate


def test_words_before_and_behind_a_correction_are_kept() -> None:
    old = "We wait for the bred.\nIt is warm here."
    new = "We wait for the good bread.\nIt is warm here."
    assert carried(old, new, "We wait for") == ("We wait for", Fate.KEPT)
    assert carried(old, new, "It is warm here.") == ("It is warm here.", Fate.KEPT)


def test_a_corrected_slip_inside_is_changed() -> None:
    old, new = "We wait for the bred here.", "We wait for the bread here."
    assert carried(old, new, "bred") == ("bread", Fate.CHANGED)
    assert carried(old, new, "wait for the bred") == ("wait for the bread", Fate.CHANGED)
    assert carried(old, new, "bred here.") == ("bread here.", Fate.CHANGED)


def test_another_word_in_place_of_the_coded_one_is_lost() -> None:
    assert carried("We wait for Otto here.", "We wait for flour here.", "Otto") == (None, Fate.LOST)


def test_one_word_of_four_replaced_is_changed_and_all_of_them_lost() -> None:
    old = "Now we wait a long time, and then again."
    assert carried(old, "Now we wait a short time, and then again.", "we wait a long time")[1] is Fate.CHANGED
    assert carried(old, "Now someone left, and then again.", "we wait a long time") == (None, Fate.LOST)


def test_words_put_in_at_the_edge_stay_outside_and_those_inside_belong_to_it() -> None:
    old, new = (
        "She said the dough rises too fast today.",
        "She said that the dough always rises too fast these days today.",
    )
    assert carried(old, new, "the dough rises too fast") == ("the dough always rises too fast", Fate.CHANGED)


def test_a_whole_turn_stays_a_whole_turn_when_words_are_added_to_it() -> None:
    old, new = "First.\nWe wait.\nLast.", "First.\nWell, we wait. Always we do.\nLast."
    assert carried(old, new, "We wait.") == ("Well, we wait. Always we do.", Fate.CHANGED)


def test_a_turn_that_stands_elsewhere_is_moved_with_what_is_coded_in_it() -> None:
    turns = ["It is warm in here today.", "The oven is broken since Monday.", "Who has the keys?", "Nobody has them."]
    old, new = "\n".join(turns), "\n".join([turns[0], *turns[2:], turns[1]])
    assert carried(old, new, "oven is broken") == ("oven is broken", Fate.MOVED)
    assert carried(old, new, turns[1]) == (turns[1], Fate.MOVED)
    assert carried(old, new, "keys") == ("keys", Fate.KEPT)


def test_words_that_went_into_another_turn_are_moved() -> None:
    rest = "Then we all had to go home and nobody baked any bread until the new one came."
    old = f"I think the oven is broken since Monday. {rest}\nOh no."
    new = f"I think. {rest}\nOh no. But the oven is broken since Monday, they say."
    assert carried(old, new, "the oven is broken since Monday") == ("the oven is broken since Monday", Fate.MOVED)


def test_other_line_ends_and_spaces_keep_the_words() -> None:
    old, new = "The oven is\nwarm today.", "The oven  is warm today."
    assert carried(old, new, "oven is\nwarm") == ("oven  is warm", Fate.KEPT)


def test_a_span_without_letters_is_carried_too() -> None:
    assert carried("Oh 😀😀 yes.", "Oh well 😀😀 yes.", "😀😀") == ("😀😀", Fate.KEPT)
    assert carried("Oh 😀😀 yes.", "Oh yes.", "😀😀") == (None, Fate.LOST)


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        carry(align("abc", "abd"), [Span(2, 4)])


def test_an_edit_is_aligned_where_it_was_made_also_among_equal_words() -> None:
    old = "ja ja ja"
    alignment = align_edit(old, Span(0, 3), "")
    assert carry(alignment, [Span(3, 5), Span(6, 8), Span(0, 2)]) == [
        Carried(Span(0, 2), Fate.KEPT),
        Carried(Span(3, 5), Fate.KEPT),
        Carried(None, Fate.LOST),
    ]


def test_what_was_replaced_is_told_in_order() -> None:
    alignment = align("The bred is warm. We wait now.\nNo.", "The bread is warm. We wait.\nNo, no.")
    assert [(was.strip(), became.strip()) for was, became in alignment.replacements()] == [
        ("bred", "bread"),
        ("now", ""),
        ("", ", no"),
    ]
    assert align("Taushetpliktn er", "Taushetsplikten er").replacements() == [("Taushetpliktn", "Taushetsplikten")]


def test_fates_are_counted() -> None:
    fates = [Fate.KEPT, Fate.LOST, Fate.KEPT]
    assert Tally.of(fates) + Tally.of([Fate.MOVED]) == Tally(kept=2, moved=1, lost=1)


def check(alignment: Alignment) -> None:
    """Blocks hold equal text, in the same order on both sides, and none of it twice."""
    at_old = at_new = 0
    for block in alignment.blocks:
        assert block.n > 0
        assert alignment.old[block.old : block.old_end] == alignment.new[block.new : block.new_end]
        assert block.old >= at_old
        assert block.new >= at_new
        at_old, at_new = block.old_end, block.new_end
    for block in alignment.moved:
        assert alignment.old[block.old : block.old_end] == alignment.new[block.new : block.new_end]


def all_spans(text: str) -> list[Span]:
    return [Span(start, end) for start in range(len(text)) for end in range(start + 1, len(text) + 1, 3)]


@given(TEXT, TEXT)
def test_no_span_ever_gets_words_that_have_nothing_in_common_with_its_own(old: str, new: str) -> None:
    alignment = align(old, new)
    check(alignment)
    spans = all_spans(old)[:400]
    for span, found in zip(spans, carry(alignment, spans), strict=True):
        was = old[span.start : span.end]
        if found.span is None:
            assert found.fate is Fate.LOST
            continue
        is_now = new[found.span.start : found.span.end]
        if found.fate in (Fate.KEPT, Fate.MOVED):
            assert is_now.split() == was.split()
        elif was.strip():
            assert {sign for sign in was if not sign.isspace()} & set(is_now)


@given(TEXT, st.data())
def test_unchanged_text_outside_an_edit_keeps_its_words(old: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    words = data.draw(st.one_of(LINE, st.just("")))
    alignment = align_edit(old, Span(start, end), words)
    check(alignment)
    assert alignment.new == old[:start] + words + old[end:]
    outside = [span for span in all_spans(old) if span.end <= start or span.start >= end]
    is_line = [_is_line(old, span) for span in outside]
    for span, whole, found in zip(outside, is_line, carry(alignment, outside), strict=True):
        assert found.span is not None
        if whole:
            continue  # a whole line takes what was added to it along
        shift = len(words) - (end - start) if span.start >= end else 0
        assert found == Carried(Span(span.start + shift, span.end + shift), Fate.KEPT)


def _is_line(text: str, span: Span) -> bool:
    return (span.start == 0 or text[span.start - 1] == "\n") and (span.end == len(text) or text[span.end] == "\n")


@given(st.integers(0, 10_000), st.integers(1, 12))
def test_words_that_no_correction_touched_are_kept_through_many_corrections(seed: int, n: int) -> None:
    chance = random.Random(seed)
    words = [f"w{number}" for number in range(120)]
    lines = [words[first : first + 10] for first in range(0, 120, 10)]
    gone = set(chance.sample(words, n))
    new_lines = [[f"new{word}x" if word in gone else word for word in line] for line in lines]
    old, new = "\n".join(map(" ".join, lines)), "\n".join(map(" ".join, new_lines))
    for word in words:
        if word not in gone:
            start = old.index(word)
            found = carry(align(old, new), [Span(start, start + len(word))])[0]
            assert shown(new, found) == (word, Fate.KEPT)
            break


def test_a_long_text_with_many_corrections_is_carried_in_time() -> None:
    """No time is asserted: a quadratic difference of 40,000 words would not end within the time a test run has."""
    chance = random.Random(1)
    vocabulary = [f"w{number}" for number in range(5000)]
    lines = [" ".join(chance.choices(vocabulary, k=40)) for _line in range(1000)]
    old = "\n".join(lines)
    new = "\n".join(line.replace(" ", " q ", 1) if number % 2 else line for number, line in enumerate(lines))
    spans = [Span(start, start + 60) for start in range(0, len(old) - 60, 50)]
    found = carry(align(old, new), spans)
    assert all(each.span is not None for each in found)
