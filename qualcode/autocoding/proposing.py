"""What the matches of a code's rules in a sentence make together: one proposal, with its words and its score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod

from qualcode.autocoding.matching import Bounds, Excluded, Match
from qualcode.i18n import _
from qualcode.model.segment import Span
from qualcode.model.suggestion import Evidence, Proposal

_DECIMALS = 4
_MOST_WORDS = 50  # of one sentence shown as evidence


def proposal(text: str, bounds: Bounds, key: str, outcomes: Sequence[Match | Excluded]) -> Proposal | None:
    """What speaks for a code in a sentence; None where no rule matches, but for a word that it excludes."""
    matches = [each for each in outcomes if isinstance(each, Match)]
    if not matches:
        return None
    matches.sort(key=lambda each: (-each.weight, len(each.words), each.rule.number))
    words: Sequence[Bounds] = matches[0].words
    if len(matches) > 1 or len(words) > 1:
        words = _merged(sorted({word for each in matches for word in each.words}))[:_MOST_WORDS]
    evidence = Evidence(tuple(Span(*word) for word in words), tuple(as_written(text, word) for word in words))
    rules = "; ".join(dict.fromkeys(each.rule.name for each in matches))
    score = round(1 - prod(1 - each.weight for each in _independent(matches)), _DECIMALS)
    excluded = (each for each in outcomes if isinstance(each, Excluded))
    against = "; ".join(
        _("not {rule}: {word}").format(rule=each.rule.name, word=as_written(text, each.word)) for each in excluded
    )
    return Proposal(Span(*bounds), key, rules, evidence, score, against)


def _independent(matches: Sequence[Match]) -> Iterator[Match]:
    """Of matches, the surest first, those that rest on a word on which none before them does."""
    counted: list[Bounds] = []
    for each in matches:
        if any(not _is_within(word, counted) for word in each.words):
            counted.extend(each.words)
            yield each


def _is_within(word: Bounds, others: Sequence[Bounds]) -> bool:
    return any(start <= word[0] and word[1] <= end for start, end in others)


def as_written(text: str, bounds: Bounds) -> str:
    """A matched word or phrase as it stands in the text, on one line."""
    return " ".join(text[bounds[0] : bounds[1]].split())


def _merged(words: Sequence[Bounds]) -> list[Bounds]:
    """Matched words in order; of those that overlap, one that holds them."""
    merged: list[Bounds] = []
    for start, end in words:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
