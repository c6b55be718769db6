"""How what a model says of a text and what the rules say become one probability, and from where on proposing pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Weighing:
    """How the text's say and the rules' score become one probability, the same for all codes.

    Attributes:
        cut: the probability from which on proposing pays (highest F1 expected over all codes).
        of_proposal: what it weighs that the rules propose the code, their score being at or above the `threshold`.
    """

    of_text: float
    of_rules: float
    constant: float
    cut: float = 0.5
    of_proposal: float = 0.0
    threshold: float = 0.5

    def probability(self, logits: Any, rule_scores: Any) -> Any:
        """How likely a coder gives the code, element by element."""
        import numpy as np

        rule_scores = np.asarray(rule_scores)
        by_rules = self.of_rules * rule_scores + self.of_proposal * (rule_scores >= self.threshold)
        said = self.of_text * np.asarray(logits) + by_rules + self.constant
        return 1 / (1 + np.exp(-np.clip(said, -500, 500)))

    def score(self, chances: Any) -> Any:
        """Straight from 0 to 0.5 at the cut, and from there to 1, element by element."""
        import numpy as np

        chances = np.asarray(chances)
        above = 0.5 + 0.5 * (chances - self.cut) / (1 - self.cut)
        return np.where(chances < self.cut, 0.5 * chances / self.cut, above)


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and a code that were decided on, with what was said before anyone looked.

    Attributes:
        fold: the part of the decisions that it was held back with.
        logit: what a model of the text says that had not seen it.
        weight: 1 for a decision, less for a sentence that was passed over.
    """

    fold: int
    logit: float
    rule_score: float
    given: bool
    weight: float


def weighed(pairs: Sequence[Pair], threshold: float) -> Weighing:
    """The weights that tell best what was given, and the cut with the highest F1."""
    if len({pair.given for pair in pairs}) < 2:
        return Weighing(1.0, 2.0, -1.0, threshold=threshold)
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0, solver="lbfgs", max_iter=500)
    model.fit(
        [[pair.logit, pair.rule_score, pair.rule_score >= threshold] for pair in pairs],
        [pair.given for pair in pairs],
        sample_weight=[pair.weight for pair in pairs],
    )
    of_text, of_rules, of_proposal = (max(0.0, float(each)) for each in model.coef_[0])
    weighing = Weighing(of_text, of_rules, float(model.intercept_[0]), 0.5, of_proposal, threshold)
    decided = [pair for pair in pairs if pair.weight == 1.0]
    chances = weighing.probability([pair.logit for pair in decided], [pair.rule_score for pair in decided])
    return replace(weighing, cut=_best_cut(chances))


def _best_cut(chances: Any) -> float:
    """The probability from which on proposing gives the highest F1 that the probabilities let expect.

    Of the n highest, with sum s, of all with sum S, it is 2 s / (n + S). Smoother than the F1 that was counted,
    where few sentences carry a code.
    """
    import numpy as np

    falling = np.sort(chances)[::-1]
    if not len(falling) or falling[0] <= 0:
        return 0.5
    expected = 2 * np.cumsum(falling) / (np.arange(1, len(falling) + 1) + falling.sum())
    return float(min(max(falling[int(np.argmax(expected))], 0.05), 0.95))
