"""Scanned text: divided and misread words are found, and are shown as they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.autocoding.mending import Mender, needs_mending
from qualcode.autocoding.suggest import Finder, Passage, Scanned
from qualcode.model.codebook import Code, Codebook, MatchRule, Wording

WORDS = "kontor samme same teamet møte først the record tilgang hand handler behandler".split()


def mended(text: str) -> str:
    return Mender(WORDS).mend(text, 0, len(text)).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kon tor i sarne gang som tea-\nmet", "kontor i same gang som teamet"),
        ("det kom frst", "det kom først"),
        ("be handler har til gang", "behandler har tilgang"),
        ("the record", "the record"),
        ("en hand handler", "en hand handler"),
        ("line\n- one\n- two", "line\n- one\n- two"),
    ],
)
def test_what_a_scanner_did_is_undone(text: str, expected: str) -> None:
    assert mended(text) == expected


def test_each_character_knows_where_it_stood() -> None:
    text = "et kon tor i sarne gang"
    found = Mender(WORDS).mend(text, 0, len(text))
    place = found.text.index("kontor")
    start, end = found.bounds(place, place + 6)
    assert text[start:end] == "kon tor"
    place = found.text.index("same")
    start, end = found.bounds(place, place + 4)
    assert text[start:end] == "sarne"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("tea-\nmet", True), ("team-\n", False), ("- one\n- two", False), ("IPS-teamet\nher", False)],
)
def test_a_word_divided_at_a_line_end_tells_a_scanned_text(text: str, expected: bool) -> None:
    assert needs_mending(text, 0, len(text)) is expected


def test_a_suggestion_shows_the_words_as_they_stand() -> None:
    rule = MatchRule(any=("kontor",), weight=0.8)
    finder = Finder(Codebook("book", (Code("place", Wording(plain="Place"), rules=(rule,)),)))
    text = "Før.\n\nVi har kon tor i sam-\nme hus."
    found = finder.proposals(Scanned(1, text, (Passage(6, len(text), ""),)))
    assert [str(each.evidence) for each in found] == ["kon tor"]
    assert text[found[0].span.start : found[0].span.end] == text[6:]


SET = "Vi \ufb01kk opp\u00adgaver, og de \ufb02este kom for s\u200bent."


def test_soft_hyphens_ligatures_and_signs_without_width_are_read_past() -> None:
    assert needs_mending(SET, 0, len(SET))
    assert not needs_mending(SET, 0, 3)
    found = Mender(WORDS).read(SET, 0, len(SET))
    assert found.text == "Vi fikk oppgaver, og de fleste kom for sent."
    place = found.text.index("fleste")
    start, end = found.bounds(place, place + 6)
    assert SET[start:end] == "\ufb02este"


def test_words_of_a_text_that_was_only_set_are_not_joined() -> None:
    text = "be handler har til gang og \ufb01kk det"
    assert Mender(WORDS).read(text, 0, len(text)).text == "be handler har til gang og fikk det"


def test_rules_find_words_that_hold_signs_of_how_they_were_set() -> None:
    code = Code("work", Wording(plain="Work"), rules=(MatchRule(any=("oppgave", "fikk"), weight=0.8),))
    found = Finder(Codebook("book", (code,))).proposals(Scanned(1, SET, (Passage(0, len(SET), ""),)))
    assert [each.evidence.words for each in found] == [("\ufb01kk", "opp\u00adgaver")]
    assert [(each.span.start, each.span.end) for each in found] == [(0, len(SET))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ingen kon\ufffdikt her", "ingen konflikt her"),
        ("\ufffdere m\ufffdter", "flere møter"),
        ("s\ufffdr", "s\ufffdr"),  # sår and sør both fit
        ("\ufffd", "\ufffd"),
        ("a" * 200_000 + " \ufffdere", "a" * 200_000 + " flere"),
        ("helt \ufffd\ufffd\ufffd\ufffd ukjent\ufffd", "helt \ufffd\ufffd\ufffd\ufffd ukjent\ufffd"),
    ],
)
def test_lost_letters_are_read_where_one_word_alone_fits(text: str, expected: str) -> None:
    assert needs_mending(text, 0, len(text))
    read = Mender(["konflikt", "flere", "møter", "sår", "sør"]).read(text, 0, len(text))
    assert read.text == expected
    assert len(read.starts) == len(read.ends) == len(read.text)


def test_a_word_that_lost_letters_is_shown_as_it_stands() -> None:
    code = Code("clash", Wording(plain="Clash"), rules=(MatchRule(any=("konflikt",), weight=0.8),))
    text = "Det er mye kon\ufffdikt i sam-\narbeidet."
    found = Finder(Codebook("book", (code,))).proposals(Scanned(1, text, (Passage(0, len(text), ""),)))
    assert [each.evidence.words for each in found] == [("kon\ufffdikt",)]
    assert [text[each.span.start : each.span.end] for each in found] == [text]


@given(st.text(st.sampled_from("kon ikt\ufffd\u00ad\ufb02\ufb03\u200b-\n😀"), max_size=40))
def test_however_a_text_is_read_each_character_has_its_place(text: str) -> None:
    read = Mender(["konflikt", "konikt", "kto"]).read(text, 0, len(text))
    assert len(read.starts) == len(read.ends) == len(read.text)
    places = list(zip(read.starts, read.ends, strict=True))
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)
