"""Rules that go by whole sentences: what a sentence resembles lifts or lowers the score of the other rules."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from qualcode.autocoding.asking import Asked, asked
from qualcode.autocoding.denial import is_denied
from qualcode.autocoding.lacking import is_lacking
from qualcode.autocoding.matching import SpokenPassage
from qualcode.autocoding.ordinary import ORDINARY_TALK
from qualcode.autocoding.resemblance import MANY, Resemblance
from qualcode.autocoding.rules import LikeRule
from qualcode.autocoding.tokens import Tokens, tokens
from qualcode.model.segment import Span
from qualcode.model.suggestion import Evidence, Proposal

_STEP = 20.0
"""How much the log odds grow from no resemblance to a sentence that is one of those given."""

_CUT = 1.4
"""What the log odds of a code with many sentences lose, so that 0.5 is the score of what is more likely than not.
With fewer sentences they lose in proportion less, as a sentence like them resembles them less."""

_NO_THEME, _MOST_WITHOUT = 10.0, 4.0
"""What all codes lose where a sentence resembles those that carry none: so much for each degree, and at the most."""

_AS_OTHERS = -0.1
"""The degree of carrying any code from which on nothing is lost; 0 is what a sentence of unknown words has."""

_ASKED, _ASKED_YOU = 2.5, 5.0
"""What a question loses, and one to somebody: whoever asks how it is elsewhere has not said how it is here."""

_RIVAL, _MOST_LOST = 10.0, 3.0
"""What a code loses where the sentence resembles another one more: so much of that one's degree, and at the most."""

_LACKING = 3.0
"""What a resemblance to something good loses where its words are said to be missing."""

_FEWEST_WORDS = 3
"""A shorter sentence resembles too much; it needs another rule, or has to be one of those given."""

_NO_RULE, _SURE = 0.02, 0.97
"""What a sentence's score by other rules counts as at the least and at the most."""

_ENOUGH_ALONE = 0.25
"""About what a sentence has to resemble by itself to be suggested; one with less is so for what is said beside it."""

_USUAL_WEIGHT = 0.7
_SHOWN_FROM = 0.1
"""Resemblance from which on it is named beside the rules that matched."""

_AT_ONCE = 20_000
_DECIMALS = 4
_ROUNDING = 1e-6


class Weights(NamedTuple):
    """What the resemblance of sentences does to the scores of the codes: arrays of sentences x codes.

    Attributes:
        lifts: what the log odds of each code gain.
        alone: where a code may be suggested without another rule.
        may_add: whether there is such a code, for each sentence.
        are_shown: whether a resemblance is named beside the rules that matched, for each sentence.
    """

    degrees: Any
    lifts: Any
    alone: Any
    may_add: Any
    are_shown: Any

    def between(self, first: int, last: int) -> Weights:
        """Those of sentences first to last (not included)."""
        return Weights(*(each[first:last] for each in self))


class Examples:
    """The sentences that a codebook's rules give for its codes.

    Args:
        rules: in the codebook's order; of two for one code the first says for whom they hold.
        codes: those that are asked for; None for all.
    """

    def __init__(self, rules: Sequence[LikeRule], codes: Collection[str] | None = None) -> None:
        import numpy as np

        self._rules = {rule.code_key: rule for rule in reversed(rules)}
        self._codes = tuple(self._rules)
        self._is_asked_for = np.array([codes is None or key in codes for key in self._codes])
        self.resemblance = _resemblance(
            tuple((rule.code_key, rule.sentences, rule.others) for rule in rules), self._codes
        )
        self._short = {key: _short(rule.sentences) for key, rule in self._rules.items()}
        self._steps = np.array([_STEP * self._rules[key].weight / _USUAL_WEIGHT for key in self._codes])
        self._cuts = np.array([_CUT * min(len(self._rules[key].sentences) / MANY, 1.0) for key in self._codes])

    def weights(self, degrees: Any, threshold: float) -> Weights:
        """What degrees do to the scores; most sentences carry one code, so codes vie for them, and some carry none.

        Args:
            degrees: of any sentences, as `resemblance` gives them.
            threshold: proposals with a lower score are of no use.
        """
        import numpy as np

        degrees, of_any = degrees[:, :-1], degrees[:, -1:]
        most = degrees.max(axis=1, keepdims=True, initial=0.0)
        lost = np.where(degrees < most, np.minimum(_RIVAL * most, _MOST_LOST), 0.0)
        without = np.clip(_NO_THEME * (_AS_OTHERS - of_any), 0.0, _MOST_WITHOUT)
        lifts = self._steps * degrees - self._cuts - lost - without
        needed = max(_least(threshold) - _log_odds(0.0), 0.0)  # what lifts no score is a suggestion at no threshold
        alone = (lifts >= needed - _ROUNDING) & self._is_asked_for
        return Weights(degrees, lifts, alone, alone.any(axis=1), most[:, 0] >= _SHOWN_FROM)

    def may_add(self, degrees: Any, threshold: float) -> Any:
        """For each of very many sentences whether a code may be suggested without another rule."""
        import numpy as np

        parts = (degrees[first : first + _AT_ONCE] for first in range(0, max(len(degrees), 1), _AT_ONCE))
        return np.concatenate([self.weights(part, threshold).may_add for part in parts])

    def weigh(
        self,
        proposals: dict[str, Proposal],
        spoken: SpokenPassage,
        sentence: int,
        weights: Weights,
        group: str,
        question: str,
        threshold: float,
    ) -> None:
        """Lift or lower what other rules propose for a sentence, and add what it resembles well enough by itself.

        Args:
            proposals: by code; changed.
            weights: of the passage's sentences.
            group: folded, like the question.
            threshold: proposals with a lower score are of no use.
        """
        if not proposals and not weights.may_add[sentence]:
            return
        least = _least(threshold)
        by_asking = _lost_by_asking(spoken.text, *spoken.sentences[sentence])
        alone = weights.alone[sentence].tolist()
        for place, key in enumerate(self._codes):
            proposed = proposals.get(key)
            if proposed is None and not alone[place]:
                continue
            odds = _log_odds(proposed.score if proposed else 0.0) + float(weights.lifts[sentence, place]) - by_asking
            if (proposed is None and odds < least) or not self._rules[key].applies(group, question):
                continue
            if proposed is not None and (weights.degrees[sentence, place] < _SHOWN_FROM or odds < least):
                proposals[key] = replace(proposed, score=_score(odds))
            elif found := self._with_words(key, proposed, spoken, sentence, odds, weights.degrees[:, place]):
                proposals[key] = found

    def _with_words(
        self, key: str, proposed: Proposal | None, spoken: SpokenPassage, sentence: int, odds: float, degrees: Any
    ) -> Proposal | None:
        """A proposal with the words that make the resemblance; None where they say too little or deny a hindrance."""
        start, end = spoken.sentences[sentence]
        rule = self._rules[key]
        alone, words = self.resemblance.likeness(key, spoken.text, start, end)
        if proposed is not None:
            known = [(span.start, span.end) for span in proposed.evidence.spans]
            new = [word for word in words if not any(first < word[1] and word[0] < last for first, last in known)]
            words = tuple(sorted((*known, *new)))
        elif words and self._says_enough(rule, spoken.tokens(sentence, sentence + 1)):
            said = spoken.tokens(sentence, sentence + 1)
            matched = frozenset(said.index(first) for first, _last in words)
            if rule.is_hindrance and is_denied(said, matched):
                return None
            if rule.is_good and is_lacking(said, matched):
                odds -= _LACKING
            if alone < _ENOUGH_ALONE:
                words = tuple(sorted((*words, *self._words_beside(key, spoken, sentence, alone, degrees))))
        else:
            return None
        written = tuple(" ".join(spoken.text[first:last].split()) for first, last in words)
        evidence = Evidence(tuple(Span(*word) for word in words), written)
        if proposed is None:
            return Proposal(Span(start, end), key, rule.name, evidence, _score(odds), "")
        return replace(proposed, rule=f"{proposed.rule}; {rule.name}", evidence=evidence, score=_score(odds))

    def _words_beside(
        self, key: str, spoken: SpokenPassage, sentence: int, alone: float, degrees: Any
    ) -> tuple[tuple[int, int], ...]:
        """The words that tell most in the sentence right before or behind, where that resembles the code more."""
        beside = [each for each in (sentence - 1, sentence + 1) if 0 <= each < len(spoken.sentences)]
        if not beside:
            return ()
        most = max(beside, key=lambda each: float(degrees[each]))
        found = self.resemblance.likeness(key, spoken.text, *spoken.sentences[most])
        return found.words if found.degree > alone else ()

    def _says_enough(self, rule: LikeRule, tokens: Tokens) -> bool:
        return len(tokens.words) >= _FEWEST_WORDS or tuple(tokens.words) in self._short[rule.code_key]


@lru_cache(maxsize=4)
def _resemblance(
    given: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...], codes: tuple[str, ...]
) -> Resemblance:
    """Made once for the sentences of a codebook; a sentence that several codes have carries all of them."""
    carried: dict[str, set[str]] = {}
    for key, sentences, others in given:
        for sentence in sentences:
            carried.setdefault(sentence, set()).add(key)
        for sentence in others:
            carried.setdefault(sentence, set())
    if sum(not keys for keys in carried.values()) < len(ORDINARY_TALK):
        for sentence in ORDINARY_TALK:  # the first sentences of a codebook all carry a code: that alone tells nothing
            carried.setdefault(sentence, set())
    return Resemblance([(sentence, frozenset(keys)) for sentence, keys in carried.items()], codes)


def _lost_by_asking(text: str, start: int, end: int) -> float:
    match asked(text, start, end):
        case Asked.YOU:
            return _ASKED_YOU
        case Asked.NOBODY:
            return _ASKED
        case _:
            return 0.0


def _least(threshold: float) -> float:
    return _log_odds(threshold) if 0 < threshold < 1 else -math.inf


def _short(sentences: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """The words of those sentences that say little by themselves."""
    found = (tuple(tokens(each, 0, len(each)).words) for each in sentences if each.count(" ") < _FEWEST_WORDS)
    return frozenset(words for words in found if len(words) < _FEWEST_WORDS)


def _log_odds(score: float) -> float:
    bounded = min(max(score, _NO_RULE), _SURE)
    return math.log(bounded / (1 - bounded))


def _score(odds: float) -> float:
    return round(1 / (1 + math.exp(-odds)), _DECIMALS)
