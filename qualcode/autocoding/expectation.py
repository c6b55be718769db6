"""What to expect of a model beside the rules alone, in counts of what was proposed and what coders gave."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_RESAMPLES = 1_000
_FEWEST_PASSAGES = 10
_SEED = 20_261_122


@dataclass(frozen=True, slots=True)
class Hits:
    """How proposals and decisions agree, in pairs of sentence and code."""

    both: int = 0
    only_proposed: int = 0
    only_coded: int = 0

    def with_pair(self, proposed: bool, coded: bool) -> Hits:
        """The same with one more pair."""
        return Hits(
            self.both + (proposed and coded),
            self.only_proposed + (proposed and not coded),
            self.only_coded + (coded and not proposed),
        )

    def __add__(self, other: Hits) -> Hits:
        return Hits(
            self.both + other.both, self.only_proposed + other.only_proposed, self.only_coded + other.only_coded
        )

    @property
    def precision(self) -> float:
        """Share of what was proposed that coders gave; NaN if nothing was proposed."""
        n = self.both + self.only_proposed
        return self.both / n if n else math.nan

    @property
    def recall(self) -> float:
        """Share of what coders gave that was proposed; NaN if they gave nothing."""
        n = self.both + self.only_coded
        return self.both / n if n else math.nan

    @property
    def f1(self) -> float:
        """Harmonic mean of the two, 2 tp / (2 tp + fp + fn); NaN if neither side has the code."""
        n = 2 * self.both + self.only_proposed + self.only_coded
        return 2 * self.both / n if n else math.nan


@dataclass(frozen=True, slots=True)
class CodeExpectation:
    """What to expect for one code: the model and the rules alone, on the same unseen decisions."""

    code_key: str
    n_with: int
    n_without: int
    learned: Hits
    rules: Hits
    has_model: bool


@dataclass(frozen=True, slots=True)
class Expectation:
    """What to expect of a model, from decisions that it had not seen.

    Attributes:
        n_units: sentences that were decided on; `n_passed_over` those that a coder left uncoded.
        codes: each code that was decided on at least once.
        gain: the interval (95 %) of F1 with the model minus F1 of the rules alone; NaN where there is none.
    """

    n_units: int
    n_passed_over: int
    codes: tuple[CodeExpectation, ...]
    gain: tuple[float, float] = (math.nan, math.nan)

    @property
    def learned(self) -> Hits:
        """The model, all codes taken together."""
        return sum((each.learned for each in self.codes), Hits())

    @property
    def rules(self) -> Hits:
        """The rules alone, all codes taken together."""
        return sum((each.rules for each in self.codes), Hits())

    @property
    def is_better(self) -> bool:
        """Whether its F1 over all codes is above that of the rules alone, by more than chance would explain."""
        model, rules = self.learned.f1, self.rules.f1
        return not math.isnan(model) and (math.isnan(rules) or model > rules) and not self.gain[0] <= 0

    @property
    def has_rules(self) -> bool:
        """Whether the rules propose anything for these sentences, so that there is something to compare with."""
        return bool(self.rules.both or self.rules.only_proposed)

    @property
    def macro_f1(self) -> tuple[float, float]:
        """Mean F1 of the codes that were given at least once, model and rules; NaN if none was."""
        given = [each for each in self.codes if each.n_with]
        if not given:
            return math.nan, math.nan
        return sum(each.learned.f1 for each in given) / len(given), sum(each.rules.f1 for each in given) / len(given)


def interval_of_gain(passages: Sequence[tuple[Hits, Hits]]) -> tuple[float, float]:
    """How much more F1 the model has than the rules, as an interval.

    Percentiles (2.5 and 97.5) of 1,000 resamples of whole passages, with a fixed seed, the same each time.

    Args:
        passages: model and rules in each passage (turn or answer), in a fixed order.

    Returns:
        the two ends; NaN if there are fewer than ten passages.

    Source: Efron, B. & Tibshirani, R. J. (1993), An Introduction to the Bootstrap.
    """
    import numpy as np

    if len(passages) < _FEWEST_PASSAGES:
        return math.nan, math.nan
    counts = np.array([[(h.both, h.only_proposed + h.only_coded) for h in pair] for pair in passages], dtype=float)
    drawn = np.random.default_rng(_SEED).multinomial(len(passages), [1 / len(passages)] * len(passages), _RESAMPLES)
    both, wrong = np.moveaxis(np.tensordot(drawn, counts, axes=(1, 0)), 2, 0)
    n = 2 * both + wrong
    f1 = np.divide(2 * both, n, out=np.zeros_like(both), where=n > 0)
    low, high = np.percentile(f1[:, 0] - f1[:, 1], [2.5, 97.5])
    return float(low), float(high)
