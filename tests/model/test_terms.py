"""The notation of terms."""

from __future__ import annotations

import pytest

from qualcode.errors import CodebookError
from qualcode.model.terms import GAP_WORDS, Reading, Term, TermWord, parse_term


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("møte", TermWord("møte")),
        ("~lov", TermWord("lov", Reading.FORMS)),
        ("=lov", TermWord("lov", Reading.EXACT)),
        ("taushets*", TermWord("taushets", Reading.BEGINS)),
        ("*plikt", TermWord("plikt", Reading.ENDS)),
        ("*plikt*", TermWord("plikt", Reading.CONTAINS)),
        ("NAV", TermWord("NAV", capitals=True)),
        ("=NAV", TermWord("NAV", Reading.EXACT, capitals=True)),
        ("Nav", TermWord("Nav")),
        ("I", TermWord("I")),
        ("e-post", TermWord("e-post")),
        ("don't", TermWord("don't")),
        ("24", TermWord("24")),
    ],
)
def test_a_word_says_what_it_stands_for(text: str, word: TermWord) -> None:
    assert parse_term(text) == Term(text, (word,))


def test_words_of_a_phrase_follow_one_another_and_a_gap_leaves_room() -> None:
    assert parse_term("slippe inn").gaps == (0,)
    assert parse_term("tilgang ... til journal").gaps == (GAP_WORDS, 0)
    assert parse_term("tilgang…journal").words == (TermWord("tilgang"), TermWord("journal"))


def test_each_word_of_a_phrase_has_its_own_marks() -> None:
    assert [word.reading for word in parse_term("=slippe inn*").words] == [Reading.EXACT, Reading.BEGINS]


def test_white_space_is_collapsed_and_letters_are_composed() -> None:
    term = parse_term("  slippe  inn\N{COMBINING RING ABOVE} ".replace("inn", "inna"))
    assert term.written == "slippe innå"


def test_a_concept_is_named_by_its_key() -> None:
    assert parse_term("@record_system") == Term("@record_system", concept="record_system")


@pytest.mark.parametrize(
    "text",
    ["", "  ", "*", "**", "=", "~", "=lov*", "~*lov", "lo*v", "...", "... lov", "lov ...", "og/eller", "lov,", "@",
     "@Access", "@access journal", "*a*", "a*", "-lov", "§", "lov_verk", "==lov"],
)  # fmt: skip
def test_what_is_not_a_term_is_told_with_a_remedy(text: str) -> None:
    with pytest.raises(CodebookError) as caught:
        parse_term(text)
    assert caught.value.message
    assert caught.value.hint
