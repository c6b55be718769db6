"""The same respondents in two places: exact McNemar test, paired difference and odds ratio."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qualcode.analysis.comparison import COLUMNS as COMPARISON_COLUMNS
from qualcode.analysis.comparison import OddsRatio, benjamini_hochberg, holm, too_few
from qualcode.analysis.intervals import NAN, wilson
from qualcode.errors import AnalysisError
from qualcode.i18n import _

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (*COMPARISON_COLUMNS, "both", "only_a", "only_b", "neither")


@dataclass(frozen=True, slots=True)
class Pairs:
    """One theme: respondents by where they speak of it.

    Attributes:
        both: in the first place and in the second.
        only_a: in the first alone.
        only_b: in the second alone.
        neither: in none of the two, although they answered in both.
    """

    theme: str
    name: str
    both: int
    only_a: int
    only_b: int
    neither: int

    @property
    def n(self) -> int:
        return self.both + self.only_a + self.only_b + self.neither


def mcnemar_exact(only_a: int, only_b: int) -> float:
    """Exact McNemar test, two-sided: twice the smaller tail of Binomial(only_a + only_b, 1/2), at most 1.

    Source: McNemar (1947), Psychometrika 12:153-157; exact, conditional on the discordant pairs, as in Agresti,
        Categorical Data Analysis. See docs/methods.md, "The same people twice".
    """
    n = only_a + only_b
    tail = sum(math.comb(n, k) for k in range(min(only_a, only_b) + 1))
    return float(min(1.0, 2 * tail / 2**n))


def paired_difference(pairs: Pairs, confidence: float = 0.95) -> tuple[float, float, float]:
    """Difference of two shares of the same people (first minus second) with its score interval.

    Returns:
        Difference, lower and upper bound, as proportions (-1 to 1); NaN three times without pairs.

    Source: method 10 of Newcombe (1998), Improved confidence intervals for the difference between binomial proportions
        based on paired data, Statistics in Medicine 17:2635-2650.
    """
    n = pairs.n
    if n == 0:
        return NAN, NAN, NAN
    with_a, with_b = pairs.both + pairs.only_a, pairs.both + pairs.only_b
    a, b = with_a / n, with_b / n
    (a_low, a_high), (b_low, b_high) = wilson(with_a, n, confidence), wilson(with_b, n, confidence)
    margins = with_a * (n - with_a) * with_b * (n - with_b)
    cross = pairs.both * pairs.neither - pairs.only_a * pairs.only_b
    shrunk = max(cross - n / 2, 0) if cross > 0 else cross
    phi = shrunk / math.sqrt(margins) if margins else 0.0

    def reach(one: float, other: float) -> float:
        return math.sqrt(max(0.0, one**2 - 2 * phi * one * other + other**2))

    low = a - b - reach(a - a_low, b_high - b)
    high = a - b + reach(a_high - a, b - b_low)
    return a - b, max(-1.0, low), min(1.0, high)


def paired_odds_ratio(only_a: int, only_b: int, confidence: float = 0.95) -> OddsRatio:
    """Conditional odds ratio of matched pairs, only_a / only_b, with its exact interval; NaN without discordant pairs.

    Source: from Clopper and Pearson's interval (l, u) of only_a / (only_a + only_b) as l/(1 - l) to u/(1 - u); Agresti,
        Categorical Data Analysis.
    """
    from scipy.stats import beta

    if only_a + only_b == 0:
        return OddsRatio(NAN, NAN, NAN)
    tail = (1 - confidence) / 2
    low = 0.0 if only_a == 0 else float(beta.ppf(tail, only_a, only_b + 1))
    high = 1.0 if only_b == 0 else float(beta.ppf(1 - tail, only_a + 1, only_b))
    return OddsRatio(
        only_a / only_b if only_b else math.inf, low / (1 - low), math.inf if high == 1 else high / (1 - high)
    )


def compare_paired(themes: Sequence[Pairs], *, method: Literal["holm", "bh"] = "holm") -> pd.DataFrame:
    """Compare how many of the same respondents speak of each theme in two places.

    Returns:
        One row a theme in `COLUMNS`: those of `comparison.compare_groups`, with the number of pairs for both N, and the
        four counts of pairs. A number that does not exist is NaN, and `note` says why.

    Raises:
        AnalysisError: nobody answered in both places.

    Source: see docs/methods.md, "The same people twice".
    """
    import pandas as pd

    if not any(each.n for each in themes):
        raise AnalysisError(
            _("Nobody answered in both places, so there are no pairs."),
            hint=_("Compare the groups without --paired, or check the ids of the respondents."),
        )
    p_values = [mcnemar_exact(each.only_a, each.only_b) for each in themes]
    corrected = (holm if method == "holm" else benjamini_hochberg)(p_values)
    rows = []
    for each, p, p_corrected in zip(themes, p_values, corrected, strict=True):
        ratio = paired_odds_ratio(each.only_a, each.only_b)
        numbers = (*paired_difference(each), ratio.estimate, ratio.low, ratio.high, p, p_corrected)
        with_a, with_b = each.both + each.only_a, each.both + each.only_b
        counts = (each.both, each.only_a, each.only_b, each.neither)
        note = "; ".join(_notes(each, method))
        rows.append(
            (each.theme, each.name, with_a, each.n, with_b, each.n, *numbers, len(themes), note, *counts),
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _notes(each: Pairs, method: str) -> list[str]:
    notes = [_("paired: exact McNemar test")]
    n = each.only_a + each.only_b
    if n == 0:
        notes.append(_("nobody speaks of it in one place alone: no odds ratio"))
    else:
        notes += too_few(min(1.0, 2 / 2**n))
    if method == "bh":
        notes.append(_("corrected by Benjamini and Hochberg"))
    return notes
