"""Tokens of a sentence, from a blank spaCy pipeline that is loaded when the first candidate sentence is read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a part of a text, in order; lists of one length.

    Attributes:
        starts: first code point of each word in the text.
        words: each word in small letters, without marks around it.
        breaks: the marks between each word and the next ("" for none).
    """

    starts: list[int]
    words: list[str]
    breaks: list[str]

    def index(self, position: int) -> int:
        """The number of the word at a position of the text (the one before it, between words)."""
        return max(0, bisect_right(self.starts, position) - 1)


def tokens(text: str, start: int, end: int) -> Tokens:
    """The words of text[start:end]."""
    part = text[start:end]
    starts: list[int] = []
    words: list[str] = []
    breaks: list[str] = []
    done = 0
    for token in _tokenizer()(part):
        first, last = token.idx, token.idx + len(token)
        while first < last and not part[first].isalnum():
            first += 1
        while first < last and not part[last - 1].isalnum():
            last -= 1
        if first == last:
            continue
        if words:
            breaks.append(part[done:first].strip())
        starts.append(start + first)
        words.append(part[first:last].lower())
        done = last
    breaks.append(part[done:].strip())
    return Tokens(starts, words, breaks)


@cache
def _tokenizer() -> Callable[[str], Any]:
    import spacy  # two to three seconds, so not before a sentence needs it

    return spacy.blank("nb").tokenizer
