"""What is read without spaCy is what spaCy reads."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.autocoding import tokens as module
from qualcode.autocoding.tokens import tokens

MARKS = st.text(alphabet=".,;:!?…«»\"'()[]–-_/%*§", max_size=3)
LETTERS = st.text(alphabet="abdefgiklnorstvæøåéABDNVÆØÅ", min_size=1, max_size=9)
WORDS = st.lists(LETTERS, min_size=1, max_size=3).map("-".join) | st.text(alphabet="0123456789", min_size=1, max_size=6)


def read(text: str) -> tuple[list[int], list[str], list[str]]:
    module._words_of_piece.cache_clear()
    found = tokens(text, 0, len(text))
    return found.starts, found.words, found.breaks


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
