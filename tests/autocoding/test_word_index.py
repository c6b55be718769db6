"""With an index of the words rules find what they find without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.autocoding import word_index
from qualcode.autocoding.suggest import Finder, Passage, Scanned, suggest_all
from qualcode.autocoding.word_index import WordIndex, _in_order
from qualcode.model.codebook import Codebook, Context, MatchRule
from tests.builders import make_code, make_codebook

TERMS = ("møte", "tid", "lov*", "*plikt", "NAV", "ikke", "e-post", "felles ... mål", "skjer ikke", "~rom", "å få")
SAID = (
    "møtet møtene samtidig tidene Loven lovverket taushetsplikten Meldeplikt, NAV nav-kontoret NAVs ikkje ikke "
    "e-posten felles klart mål. skjer det rommet? rommets å få fikk i teamet og å"
).split(" ")
WORDS = st.lists(
    st.tuples(st.sampled_from(SAID), st.sampled_from([" ", ". ", ", ", "\u00a0", "-\n", "/"])), max_size=12
)
TERM = st.sampled_from(TERMS)
RULES = st.one_of(
    st.builds(lambda terms: MatchRule(any=tuple(terms)), st.lists(TERM, min_size=1, max_size=3)),
    st.builds(
        lambda one, two, where: MatchRule(all=((one,), two), within=where),
        TERM,
        st.tuples(TERM, TERM),
        st.sampled_from(Context),
    ),
    st.builds(lambda one, two: MatchRule(near=((one,), (two,)), words=4), TERM, TERM),
    st.builds(lambda one, two: MatchRule(any=(one,), none=(two,)), TERM, TERM),
    st.sampled_from([MatchRule(regex="møte.{0,9}tid"), MatchRule(regex="[aeiou]{2}")]),
)


def _text(number: int, passages: Sequence[Sequence[tuple[str, str]]]) -> Scanned:
    """A text of these passages, a moderator's line between each and the next."""
    text, bounds = "", []
    for words in passages:
        start = len(text)
        text += "".join(word + mark for word, mark in words).strip()
        bounds.append(Passage(start, len(text), "A"))
        text += "\nMøtet om tid?\n"
    return Scanned(number, text, tuple(bounds))


@given(st.lists(st.lists(WORDS, max_size=3), max_size=4), st.lists(RULES, min_size=1, max_size=3))
def test_the_same_is_found_with_and_without(texts: list[list[list[tuple[str, str]]]], rules: list[MatchRule]) -> None:
    scanned = [_text(number, passages) for number, passages in enumerate(texts)]
    book = make_codebook(*(make_code(f"code_{n}", rules=[rule]) for n, rule in enumerate(rules)))
    assert list(suggest_all(scanned, book, index=WordIndex(scanned))) == list(suggest_all(scanned, book))


def test_one_index_serves_any_rules() -> None:
    scanned = [_text(1, [[("møtet", " "), ("samtidig", ". ")], [("Loven", ".")]]), _text(2, [])]
    index = WordIndex(scanned)
    found = {term: Finder(_book(term)).passages_in(index) for term in ("møte", "tid", "lov*", "rom")}
    assert found == {"møte": [[0], []], "tid": [[], []], "lov*": [[1], []], "rom": [[], []]}


def test_it_is_made_a_part_at_each_look_and_what_it_does_not_know_is_looked_through(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scanned = [_text(number, [[("møtet", ".")], [("Loven", ".")]]) for number in range(3)]
    monkeypatch.setattr(word_index, "_LETTERS_AT_ONCE", len(scanned[0].text) + 1)
    index = WordIndex(scanned)
    assert Finder(_book("møte")).passages_in(index) == [[0], [0], None]
    index = WordIndex(scanned)
    for term in ("møte", "lov*", "møte"):
        book = _book(term)
        assert list(suggest_all(scanned, book, index=index)) == list(suggest_all(scanned, book))
    assert Finder(_book("møte")).passages_in(index) == [[0], [0], [0]]


def test_parts_share_the_words_that_both_have_and_keep_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    said = ("møtet", "Loven", "møtet/tid", "NAV", "Loven")
    scanned = [_text(number, [[("Ja", ".")], [(word, "."), ("samtidig", ".")]]) for number, word in enumerate(said)]
    monkeypatch.setattr(word_index, "_LETTERS_AT_ONCE", 1)
    index = WordIndex(scanned)
    for _ in scanned:
        Finder(_book("tid")).passages_in(index)
    for term, places in (("møte", [0, 2]), ("lov*", [1, 4]), ("NAV", [3]), ("tid", [2]), ("*tidig", range(5))):
        assert Finder(_book(term)).passages_in(index) == [[1] if number in places else [] for number in range(5)]


def test_words_that_a_scanner_divided_are_looked_at_whatever_they_are() -> None:
    scanned = [_text(1, [[("sam", "-\n"), ("arbeidet", ".")], [("Ja", ".")]])]
    assert Finder(_book("samarbeid")).passages_in(WordIndex(scanned)) == [[0]]


def test_a_rule_for_every_sentence_looks_everywhere() -> None:
    scanned = [_text(1, [[("Ja", ".")], [("Nei", ".")]])]
    book = make_codebook(make_code("a", rules=[replace(MatchRule(any=("x",)), any=(), regex="[aeiou]")]))
    assert Finder(book).passages_in(WordIndex(scanned)) == [[0, 1]]


def test_an_index_is_made_when_it_is_asked_for_again() -> None:
    index = WordIndex([])
    assert [index.is_worth_making() for _ in range(3)] == [False, True, True]
    assert Finder(_book("møte")).passages_in(index) == []


def _book(term: str) -> Codebook:
    return make_codebook(make_code("a", rules=[MatchRule(any=(term,))]))


def test_numbers_beyond_two_bytes_are_put_in_order_too() -> None:
    numbers = np.random.default_rng(1).integers(0, 200_000, 5_000, dtype=np.int32)
    assert _in_order(numbers).tolist() == np.argsort(numbers, kind="stable").tolist()
