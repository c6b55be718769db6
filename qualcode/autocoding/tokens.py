"""Tokens of a sentence: plain words as they stand, the rest from a blank spaCy pipeline that is loaded when needed."""

from __future__ import annotations

import re
import socket
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from qualcode.autocoding.spellings import standard

_PIECE = re.compile(r"\S+")
_LONGEST_PIECE = 200
_PLAIN = re.compile(
    r"([\W_]*)"
    r"([^\W\d_]+(?:['-][^\W\d_]+)*|[a-zæøå]+(?:\.[a-zæøå]+)+|\d+(?:[.,:]\d+)*)"
    r"([\W_]*)"
)
"""One word of letters, hyphens and straight apostrophes, an abbreviation like f.eks., or a number, between marks: spaCy
takes none of them apart."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a part of a text, in order; lists of one length.

    Attributes:
        starts: first code point of each word in the text.
        words: each word in small letters, without marks around it; small words of dialects in their standard spelling.
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
    found = Tokens([], [], [])
    for piece in _PIECE.finditer(text, start, end):
        before, words = _words_of_piece(piece[0])
        if before and found.breaks:
            found.breaks[-1] += before
        offset = piece.start()
        for first, word, after in words:
            found.starts.append(offset + first)
            found.words.append(word)
            found.breaks.append(after)
    return found


@lru_cache(maxsize=50_000)
def _words_of_piece(piece: str) -> tuple[str, tuple[tuple[int, str, str], ...]]:
    """The marks before the first word of what stands between two spaces, and its words with the marks after each.

    The tokenizer cuts at white space before all else, so a piece by itself gives what it gives in its sentence.
    """
    if piece.isalpha():
        return "", ((0, standard(piece.lower()), ""),)
    if len(piece) <= _LONGEST_PIECE and (plain := _PLAIN.fullmatch(piece)):
        before, word, after = plain.groups()
        return before, ((len(before), standard(word.lower()), after),)
    if not any(map(str.isalnum, piece[:_LONGEST_PIECE])):
        return piece, ()
    bounds: list[tuple[int, int]] = []
    for token in _tokenizer()(piece[:_LONGEST_PIECE]):
        first, last = token.idx, token.idx + len(token)
        while first < last and not piece[first].isalnum():
            first += 1
        while first < last and not piece[last - 1].isalnum():
            last -= 1
        if first < last:
            bounds.append((first, last))
    if not bounds:
        return piece, ()
    nexts = [first for first, _last in bounds[1:]] + [len(piece)]
    words = tuple(
        (first, standard(piece[first:last].lower()), piece[last:following])
        for (first, last), following in zip(bounds, nexts, strict=True)
    )
    return piece[: bounds[0][0]], words


@cache
def _tokenizer() -> Callable[[str], Any]:
    return _spacy().blank("nb").tokenizer  # type: ignore[no-any-return]


def _spacy() -> Any:
    """spaCy, imported without a look at the network: a library that comes with it tries an address when it loads."""
    had_ipv6, socket.has_ipv6 = socket.has_ipv6, False
    try:
        import spacy  # two to three seconds, so not before a sentence needs it
    finally:
        socket.has_ipv6 = had_ipv6
    return spacy
