"""Which quotations a report shows, and how much may stand beside each without pointing to a person.

The choice is the same each time: it spreads over groups and respondents, takes passages of medium length first, and
lets nobody speak twice of a theme before everybody who can has spoken once.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualcode.model.case import NO_GROUP

SHORTEST, LONGEST = 8, 60
"""Words of a quotation of medium length."""
TOO_FEW = 3
"""Fewer people than this with the same attributes are not told apart from one another well enough."""
_TYPICAL = 22
"""Among those of medium length, the nearest to so many words comes first."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A coded passage that could be quoted.

    Attributes:
        segment: its number in the project.
        respondent: unique in the project; "" for several people at once, or nobody who is named.
        group: of the respondent, NO_GROUP if there is none.
        session: "" for an answer of a survey.
        source: what it was said in: "answer", "focus_group", "interview" or "notes".
        text: the words.
        theme: key of the code.
    """

    segment: int
    respondent: str
    group: str
    session: str
    source: str
    text: str
    theme: str = ""

    @property
    def n_words(self) -> int:
        return len(self.text.split())


class Detail(StrEnum):
    """What may stand beside a quotation, from the most to the least that is told."""

    SESSION = "session"
    """group, source and session"""
    SOURCE = "source"
    """group and source"""
    GROUP = "group"
    """only the group"""
    SOURCE_ONLY = "source_only"
    """only the source"""
    NOTHING = "nothing"


def choose_quotations(
    passages: Sequence[Passage], n: int, *, quoted: Mapping[str, int] | None = None, shown: Collection[str] = ()
) -> list[Passage]:
    """Choose quotations of one theme.

    Args:
        passages: all that carry the theme, in the order of the material.
        n: how many at most.
        quoted: how often each respondent is quoted already, in other themes; who is quoted less comes first.
        shown: texts that the report shows already; they come last.

    Returns:
        At most `n`, in the order in which they were chosen: group by group, and in each the respondents who were quoted
        least. No text comes twice, nor a part of what the same respondent is quoted with, nor does a respondent before
        all others of the theme have come.
    """
    before = Counter(quoted or {})
    here: Counter[str] = Counter()
    of_group: Counter[str] = Counter()
    groups = {group: place for place, group in enumerate(dict.fromkeys(each.group for each in passages))}
    left = dict(enumerate(passages))
    texts: set[str] = set()
    chosen: list[Passage] = []
    while left and len(chosen) < n:

        def rank(number: int) -> tuple[object, ...]:
            each = left[number]
            return (
                here[each.respondent],
                of_group[each.group],
                _words_amiss(each.n_words),
                each.text in shown,
                before[each.respondent],
                groups[each.group],
                abs(math.log(max(each.n_words, 1) / _TYPICAL)),
                number,
            )

        best = left.pop(min(left, key=rank))
        if best.text in texts or any(_repeats(best, each) for each in chosen):
            continue
        texts.add(best.text)
        chosen.append(best)
        here[best.respondent] += 1
        of_group[best.group] += 1
    return chosen


def _repeats(passage: Passage, other: Passage) -> bool:
    """Whether one holds the words of the other, of the same respondent: a span that was coded a little wider."""
    one, two = (f" {' '.join(_WORD.findall(each.text.casefold()))} " for each in (passage, other))
    return passage.respondent == other.respondent and (one in two or two in one)


def never_quoted(respondents: Iterable[str], chosen: Iterable[Passage]) -> list[str]:
    """The respondents of whom nothing was chosen, in the order given."""
    heard = {each.respondent for each in chosen}
    return [each for each in respondents if each not in heard]


def _words_amiss(n_words: int) -> int:
    """By how many words a passage is too short or too long; what is too short weighs more."""
    return max(0, SHORTEST - n_words) * 5 + max(0, n_words - LONGEST)


class Crowd:
    """How many people share what a reader would learn of one of them.

    Args:
        people: (respondent, group, session, source) of all who answered or spoke, a row for each place of each person.
    """

    def __init__(self, people: Iterable[tuple[str, str, str, str]]) -> None:
        self._sets: dict[tuple[str, ...], set[str]] = {}
        for respondent, group, session, source in people:
            for what in (
                ("group", group),
                ("source", source),
                ("session", session),
                ("both", group, source),
                ("all", group, source, session),
            ):
                self._sets.setdefault(what, set()).add(respondent)

    def n(self, *what: str) -> int:
        """How many: `n("group", g)`, `n("source", s)`, `n("session", s)`, `n("both", g, source)`, `n("all", ...)`."""
        return len(self._sets.get(what, ()))

    def safe_detail(self, each: Passage, small_cell: int) -> Detail:
        """The most that may stand beside a quotation.

        A group of fewer than `small_cell` people is not named; neither is a combination of group, source and session
        that fewer than `TOO_FEW` people share.
        """
        few = max(TOO_FEW, small_cell)
        if not each.respondent or each.group == NO_GROUP:
            if each.session and self.n("session", each.session) >= TOO_FEW:
                return Detail.SESSION
            return Detail.SOURCE_ONLY if self.n("source", each.source) >= few else Detail.NOTHING
        if self.n("group", each.group) < few:
            return Detail.SOURCE_ONLY if self.n("source", each.source) >= few else Detail.NOTHING
        if self.n("all", each.group, each.source, each.session) >= TOO_FEW:
            return Detail.SESSION if each.session else Detail.SOURCE
        return Detail.SOURCE if self.n("both", each.group, each.source) >= TOO_FEW else Detail.GROUP

    def is_coarser(self, each: Passage, detail: Detail) -> bool:
        """Whether less is told than could be told of somebody in a crowd."""
        fullest = Detail.SESSION if each.session else Detail.SOURCE
        if not each.respondent or each.group == NO_GROUP:
            fullest = Detail.SESSION if each.session else Detail.SOURCE_ONLY
        return detail != fullest
