"""Which closed question goes with which theme, proposed from their names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from qualcode.i18n import folded

NEAR_ENOUGH = 0.6
"""A pair of names less alike than this is not proposed."""

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_WORD = re.compile(r"[^\W\d_]{2,}")


def likeness(name: str, other: str) -> float:
    """How alike two names are, 0 to 1; brackets, numbers, capitals and the order of words do not count.

    The mean of two shares: words of the shorter name that the other has too (a word counts as had if it is nearly the
    same, as in another inflected form), and characters in common.
    """
    first, second = sorted((_words(name), _words(other)))  # SequenceMatcher gives other numbers the other way round
    if not first or not second:
        return 0.0
    few, many = sorted((first, second), key=len)
    had = sum(max(SequenceMatcher(None, word, each).ratio() for each in many) >= 0.8 for word in few) / len(few)
    letters = SequenceMatcher(None, " ".join(sorted(first)), " ".join(sorted(second))).ratio()
    return (had + letters) / 2


def proposed_pairs(themes: Mapping[str, Sequence[str]], questions: Sequence[str]) -> dict[str, tuple[str, float]]:
    """For each theme the closed question whose name is most alike, each question with one theme at most.

    Args:
        themes: what each theme is called (name, aliases), by key; of equal likeness the earlier comes first.
        questions: headers.

    Returns:
        (question, likeness) by theme, for pairs that are near enough.
    """
    order = list(themes)
    found = [
        (max(likeness(name, question) for name in names), order.index(theme), theme, question)
        for theme, names in themes.items()
        for question in questions
        if names
    ]
    pairs: dict[str, tuple[str, float]] = {}
    taken: set[str] = set()
    for near, _place, theme, question in sorted(found, key=lambda each: (-each[0], each[1])):
        if near >= NEAR_ENOUGH and theme not in pairs and question not in taken:
            pairs[theme] = question, near
            taken.add(question)
    return pairs


def _words(name: str) -> list[str]:
    return _WORD.findall(folded(_BRACKETS.sub(" ", name)))
