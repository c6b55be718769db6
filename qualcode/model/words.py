"""What counts as a word, and what as an answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

from qualcode.i18n import folded

_WORD = re.compile(r"\w+")

NOT_AN_ANSWER = (
    "nei",
    "ja",
    "vet ikke",
    "veit ikkje",
    "ikke aktuelt",
    "ikkje aktuelt",
    "ikke svart",
    "no",
    "yes",
    "n/a",
    "na",
    "don't know",
)


def count_words(text: str) -> int:
    r"""How many words a text has; a word is a run of `\w`."""
    return len(_WORD.findall(text))


def _says_something(sign: str) -> bool:
    """Letters, digits and pictures ("👍") do; punctuation, white space, `_` and signs like `+` don't."""
    category = unicodedata.category(sign)
    return category[0] in "LN" or category == "So"


def is_answer(text: str, not_an_answer: Collection[str] = NOT_AN_ANSWER) -> bool:
    """Whether a cell answers its question: not blank, not only punctuation, not one of the listed words as a whole.

    Args:
        text: the cell as it stands.
        not_an_answer: words or phrases, compared in NFC, without case and outer white space.
    """
    if not text[:1].isalnum() and not any(_says_something(sign) for sign in text):
        return False
    return folded(text) not in _folded_all(tuple(not_an_answer))


@lru_cache(maxsize=8)
def _folded_all(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(folded(each) for each in words)
