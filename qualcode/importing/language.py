"""Guesses whether a text is Bokmål, Nynorsk or English by its function words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat

from qualcode.errors import Problem
from qualcode.i18n import _
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
_ENOUGH_WORDS = 40  # to tell that a text is in none of the three languages
_FOREIGN_SHARE = 0.16  # French, German, Spanish, Dutch, Polish: 0.03 to 0.13; Norwegian and English: from 0.20 on
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


def doubtful_language(text: str, place: str) -> list[Problem]:
    """A warning about a text of some length that is in none of the three languages; none about others.

    Swedish and Danish share so many function words with Norwegian that they pass for it.

    Args:
        text: all that was said in a transcript, or answered to a question.
        place: file, sheet or column, for the warning.
    """
    words = _words_of(text)
    if len(words) < _ENOUGH_WORDS:
        return []
    _bokmal, _nynorsk, norwegian, english = _counts(sum(map(_TELLS.get, words, repeat(0))))
    if max(norwegian, english) >= _FOREIGN_SHARE * len(words):
        return []
    what = _("The text seems to be in another language than Bokmål, Nynorsk and English.")
    hint = _("It can be coded by hand; rules find only the words that they list.")
    return [Problem(place, what, hint, "warning")]


def _words_of(text: str) -> list[str]:
    """The words of a text, or of samples of a long one, in small letters and without punctuation."""
    return next(iter(without_signs([_sample(text)]))).lower().replace("’", "'").split()


def _counts(tells: int) -> tuple[int, int, int, int]:
    """How many words speak for Bokmål alone, for Nynorsk alone, for Norwegian and for English."""
    bokmal, nynorsk, norwegian, english = (tells >> shift & _MOST for shift in _SHIFTS)
    return bokmal, nynorsk, norwegian, english


def _language_of(words: Sequence[str]) -> str:
    """What the words of a text tell, in small letters and without punctuation."""
    tells = sum(map(_TELLS.get, words, repeat(0)))
    if tells < _TWO_WORDS:
        return ""
    bokmal, nynorsk, norwegian, english = _counts(tells)
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
