"""One pass over a text finds what looking at each word with each keyword would find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.autocoding import scan
from qualcode.autocoding.scan import Hit, Scanner, lowered
from qualcode.autocoding.words import WORD, Keyword
from qualcode.model.terms import parse_term

TERMS = (
    "møte ~lov =lov tid taushetsplikt taushets* *plikt *akt* NAV bok få hvordan ikke vanskelig behandler nøkkel rom "
    "søke e-post i hverdag study mann ~gå 24 skole"
).split()
KEYWORDS = tuple(Keyword(parse_term(term).words[0]) for term in TERMS)
WORDS = (
    "møtet behandlingsmøter Loven lov lovverk tidene samtidig taushetsplikten tausheitsplikta opplysningsplikter "
    "kontakten NAVs NAV-kontoret navn NAV bøkene fikk fekk ikkje vanskelege BEHANDLARANE nøkler klasserommene søkjer "
    "e-posten i kvardagen studies menn gjekk 24 skulen skuleveg İstanbul journal "
    "få-tid fåtid fås-møte fåe-møte i-landet 24-timers døgn-24 lov-en lov-verket Lov's lov’ vern-lov ikke-møte "
    "e-post-lov"
).split()


def hits_word_by_word(text: str) -> list[Hit]:
    found = []
    for word in WORD.finditer(text):
        classes = {number: keyword.classify(word[0]) for number, keyword in enumerate(KEYWORDS)}
        classes = {number: each for number, each in classes.items() if each}
        if classes:
            found.append(Hit(word.start(), word.end(), classes))
    return found


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", ", ", "\n", "\u00a0", "/", ". ", " «", "» "]))))
def test_a_pass_finds_what_word_by_word_finds(pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + mark for word, mark in pieces)
    assert Scanner(KEYWORDS).hits(text) == hits_word_by_word(text)


@pytest.mark.parametrize("term", TERMS)
def test_each_form_holds_an_anchor(term: str) -> None:
    keyword = Keyword(parse_term(term).words[0])
    assert all(any(anchor in form for anchor in keyword.anchors) for form in keyword.forms)


def test_with_very_many_keywords_all_pieces_are_looked_up_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "_MOST_WITH_ANCHORS", 3)
    scanner = Scanner(KEYWORDS)
    text = " ".join(WORDS)
    assert scanner.hits(text) == hits_word_by_word(text)
    assert "_all" not in vars(scanner)  # the anchors of all of them were not needed


def test_small_letters_stay_where_the_capitals_were() -> None:
    assert lowered("İÅ NAV") == "iå nav"


def test_what_was_seen_before_does_not_change_what_is_found() -> None:
    scanner = Scanner(KEYWORDS)
    first = scanner.hits("Møtet, møtet")
    scanner.hits("Lovverket og behandlarane på møtet")
    assert scanner.hits("Møtet, møtet") == first


def test_a_text_without_a_space_is_read() -> None:
    text = "møte/" * 20_000
    assert len(Scanner(KEYWORDS).hits(text)) == 20_000
    assert Scanner(KEYWORDS).hits("møte" * 20_000) == []


def test_no_keywords_find_nothing() -> None:
    assert Scanner(()).hits("Møtet") == []


@given(
    st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", ", ", "\n", "\u00a0", "/", ". "])), max_size=20)
)
def test_both_ways_of_looking_find_the_same(pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + mark for word, mark in pieces)
    scanner = Scanner(KEYWORDS)
    assert scanner._hits_in_all_pieces(text) == scanner._hits_around_anchors(text) == hits_word_by_word(text)


@pytest.mark.parametrize(("filler", "is_rare"), [("xyz", True), ("møtet", False)])
def test_the_way_of_looking_follows_from_how_common_the_keywords_are(filler: str, is_rare: bool) -> None:
    scanner = Scanner(KEYWORDS)
    for _text in range(20):
        scanner.hits(" ".join([filler] * 40))
    assert scanner._has_rare_anchors is is_rare
    assert len(scanner.hits(f"{filler} loven {filler}")) == (1 if is_rare else 3)
