"""Guesses whether a text is Bokmål, Nynorsk or English by its function words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat

from qualcode.model.words import without_signs

LONGEST_SAMPLE = 12_000  # characters, from all over a longer text; more changes nothing
_N_SLICES = 6

_NORWEGIAN = frozenset(
    "og det er som på av til med har vi at så den for å de kan skal vil må om også der var når da bare ut opp "
    "inn man oss seg sin meg ei et en etter før eller hos ved over under kanskje litt veldig alltid".split()
)
_BOKMAL = frozenset(
    "jeg ikke hva noe noen fra hvordan hvor hvem hvorfor hvilke hvis mye bare være ble blir blitt enn mellom "
    "dere hennes selv kommer gjør sier vet dem deres hun et en én egen skulle flere mer alle tror gjøre gjort "
    "disse denne ser hjelp sammen vært nå fikk får går".split()
)
_NYNORSK = frozenset(
    "eg ikkje kva noko nokon nokre frå korleis kor kven kvifor mykje berre vere vore vart vert blei enn dykk "
    "dykkar sjølv kjem gjer seier veit dei deira ho ein eit eigen fleire meir trur gjere gjort desse no fekk "
    "får går me òg då når viss saman hjelp medan nokolunde heile eitt".split()
) - frozenset("no me".split())
_ENGLISH = frozenset(
    "the and is are of to that with was we you it not this have they what but be on as there so if about from "
    "or do don't it's would can our who when which were their been just because i my your he she them really "
    "more".split()
)
_EITHER = _NORWEGIAN | _BOKMAL | _NYNORSK
_COUNTS_TO = 16  # bits for the number of words that speak for one thing; a sample has fewer words than they count
_SPEAK_FOR = (_BOKMAL - _NYNORSK, _NYNORSK - _BOKMAL, _EITHER, _ENGLISH, _EITHER | _ENGLISH)
_TELLS = {
    word: sum(1 << _COUNTS_TO * place for place, words in enumerate(_SPEAK_FOR) if word in words)
    for word in _EITHER | _ENGLISH
}
"""What a word speaks for (Bokmål alone, Nynorsk alone, Norwegian, English, any of them), as numbers side by side in
one, so that one sum counts all: a hundred thousand answers are many."""
_SHIFTS = tuple(_COUNTS_TO * place for place in range(len(_SPEAK_FOR) - 1))
_MOST = (1 << _COUNTS_TO) - 1
_TWO_WORDS = 2 << _COUNTS_TO * (len(_SPEAK_FOR) - 1)  # the last count is the highest part of the number


def detect_language(text: str) -> str:
    """The language of most of a text.

    Args:
        text: any length; a sentence or two are enough.

    Returns:
        "nb", "nn" or "en"; "" when unsure: too few function words, or as many of one written form as of the other.
    """
    return detect_languages([text])[0]


def detect_languages(texts: Sequence[str]) -> list[str]:
    """The language of each of many texts, as `detect_language` says; answers of surveys are many and short."""
    plain = without_signs(list(map(_sample, texts)))
    return [_language_of(each.lower().replace("’", "'").split()) for each in plain]


def _language_of(words: Sequence[str]) -> str:
    """What the words of a text tell, in small letters and without punctuation."""
    tells = sum(map(_TELLS.get, words, repeat(0)))
    if tells < _TWO_WORDS:
        return ""
    bokmal, nynorsk, norwegian, english = (tells >> shift & _MOST for shift in _SHIFTS)
    if max(norwegian, english) < max(2, 0.1 * len(words)):
        return ""
    if english > norwegian:
        return "en"
    if english == norwegian or bokmal == nynorsk:
        return ""
    return "nb" if bokmal > nynorsk else "nn"


def _sample(text: str) -> str:
    """Slices from all over a long text; a short one whole."""
    if len(text) <= LONGEST_SAMPLE:
        return text
    step, length = len(text) // _N_SLICES, LONGEST_SAMPLE // _N_SLICES
    return " ".join(text[start : start + length] for start in range(0, step * _N_SLICES, step))
