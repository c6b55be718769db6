"""What is read without spaCy is what spaCy reads."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.autocoding import tokens as module
from qualcode.autocoding.tokens import tokens

MARKS = st.text(alphabet=".,;:!?…«»\"'()[]–-_/%*§", max_size=3)
LETTERS = st.text(alphabet="abdefgiklnorstvæøåéABDNVÆØÅ", min_size=1, max_size=9)
DIGITS = st.text(alphabet="0123456789", min_size=1, max_size=4)
SMALL = st.text(alphabet="abdefgiklnorstvæøå", min_size=1, max_size=5)
WORDS = st.one_of(
    st.lists(LETTERS, min_size=1, max_size=3).map("-".join),
    st.lists(LETTERS, min_size=1, max_size=3).map("'".join),
    st.sampled_from(["we've", "don't", "NAV's", "f.eks", "bl.a", "m.m", "o.l", "d.v.s", "osv", "kl", "nr", "can't"]),
    st.lists(SMALL, min_size=1, max_size=3).map(".".join),
    st.tuples(DIGITS, st.sampled_from(".,:"), DIGITS).map("".join),
    DIGITS,
)


def read(text: str) -> tuple[list[int], list[str], list[str]]:
    module._words_of_piece.cache_clear()
    found = tokens(text, 0, len(text))
    return found.starts, found.words, found.breaks


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(MARKS, WORDS, MARKS).map("".join), min_size=1, max_size=4).map(" ".join))
def test_a_plain_word_between_marks_is_what_spacy_makes_of_it(text: str) -> None:
    quickly = read(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_PLAIN", re.compile(r"(?!)"))
        assert read(text) == quickly


def test_what_stands_together_is_taken_apart_and_marks_stay_between_words() -> None:
    assert read("Møte/samtale, f.eks. i «NAV-huset» (2024).") == (
        [0, 5, 14, 21, 24, 36],
        ["møte", "samtale", "f.eks", "i", "nav-huset", "2024"],
        ["/", ",", ".", "«", "»(", ")."],
    )
