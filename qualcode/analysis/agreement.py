"""How far two codings of the same units agree: precision, recall and kappa.

The two are called "rules" and "file" because that is what they are in `qualcode evaluate`; the formulas know nothing of
it. docs/methods.md, "Agreement", gives the sources.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from qualcode.analysis.intervals import NAN, wilson
from qualcode.errors import AnalysisError
from qualcode.i18n import _

Interval = tuple[float, float]

NO_INTERVAL: Interval = (NAN, NAN)


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa with its large-sample standard error; NaN where it does not exist."""

    value: float
    standard_error: float

    @property
    def interval(self) -> Interval:
        """95 %, cut off at -1 and 1; NaN, NaN where the standard error is 0, because it is not known how wide it is."""
        if not self.standard_error > 0:
            return NO_INTERVAL
        half_width = NormalDist().inv_cdf(0.975) * self.standard_error
        return max(-1.0, self.value - half_width), min(1.0, self.value + half_width)


def cohen_kappa(table: Sequence[Sequence[int]]) -> Kappa:
    """Chance-corrected agreement of two coders who give each unit exactly one of k categories.

    Args:
        table: k rows (categories of the first coder) by k columns (the second's), how many units in each cell.

    Returns:
        Kappa (at most 1; 1 = perfect, 0 = as by chance) and its standard error; NaN where there is no unit, or where
        both coders gave one and the same category to all units, because chance is then undefined.

    Raises:
        AnalysisError: the table is not square, or a count is negative.

    Source: Cohen (1960), Educational and Psychological Measurement 20:37-46; standard error: Fleiss, Cohen and Everitt
        (1969), Psychological Bulletin 72:323-327.
    """
    counts = np.array(table, dtype=np.float64)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or (counts < 0).any():
        raise AnalysisError(_("Kappa needs a square table of counts."))
    n = counts.sum()
    if n == 0:
        return Kappa(NAN, NAN)
    p = counts / n
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    observed, expected = float(np.trace(p)), float(rows @ columns)
    if math.isclose(expected, 1.0):
        return Kappa(NAN, NAN)
    kappa = (observed - expected) / (1 - expected)
    lack = 1 - kappa
    agreed = float(np.diag(p) @ (1 - (rows + columns) * lack) ** 2)
    squares = (columns[:, np.newaxis] + rows[np.newaxis, :]) ** 2 * p
    disagreed = lack**2 * float(squares.sum() - np.trace(squares))
    variance = (agreed + disagreed - (kappa - expected * lack) ** 2) / (n * (1 - expected) ** 2)
    # What should be 0 comes out as a rounding error: all units agree, or kappa is 0 because one coder never varied.
    return Kappa(kappa, math.sqrt(variance) if variance > 1e-15 else 0.0)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Units by whether the rules and the file give them one code.

    Attributes:
        both: both give it (hits).
        only_rules: false alarms, if the file is right.
        only_file: misses, if the file is right.
        neither: the rest of the units.
    """

    both: int
    only_rules: int
    only_file: int
    neither: int

    @property
    def n(self) -> int:
        """All units."""
        return self.both + self.only_rules + self.only_file + self.neither

    @property
    def suggested(self) -> int:
        """Units that the rules give the code: the base of precision."""
        return self.both + self.only_rules

    @property
    def coded(self) -> int:
        """Units that the file gives the code: the base of recall."""
        return self.both + self.only_file

    @property
    def either(self) -> int:
        """Units that at least one of the two gives the code."""
        return self.both + self.only_rules + self.only_file

    @property
    def precision(self) -> float:
        """Share of what the rules give that the file gives too; NaN if the rules give nothing."""
        return _share(self.both, self.suggested)

    @property
    def recall(self) -> float:
        """Share of what the file gives that the rules give too; NaN if the file gives nothing."""
        return _share(self.both, self.coded)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 2 both / (2 both + only_rules + only_file); NaN if nobody gives it."""
        return _share(2 * self.both, self.either + self.both)

    @property
    def f1_interval(self) -> Interval:
        """95 %: Wilson's interval of both / either, from which F1 follows by 2 x / (1 + x).

        Source: Hand, Christen and Kirielle (2021), Machine Learning 110:451-456, for the relation of the two.
        """
        low, high = wilson(self.both, self.either)
        return 2 * low / (1 + low), 2 * high / (1 + high)

    @property
    def kappa(self) -> Kappa:
        """Cohen's kappa of "has the code" and "has it not"."""
        return cohen_kappa(((self.both, self.only_rules), (self.only_file, self.neither)))


def micro(agreements: Sequence[Agreement]) -> Agreement:
    """All (unit, code) decisions together, each with the same weight."""
    return Agreement(
        sum(each.both for each in agreements),
        sum(each.only_rules for each in agreements),
        sum(each.only_file for each in agreements),
        sum(each.neither for each in agreements),
    )


def macro(values: Sequence[float]) -> float:
    """Mean over codes, each with the same weight; codes for which the number does not exist are left out."""
    existing = [value for value in values if not math.isnan(value)]
    return math.fsum(existing) / len(existing) if existing else NAN


def pooled_kappa(agreements: Sequence[Agreement]) -> float:
    """One kappa for several codes on the same units: from the means of observed and expected agreement.

    Returns:
        NaN if there is no unit, or chance is undefined for all codes.

    Source: De Vries, Elliott, Kanouse and Teleki (2008), Field Methods 20:272-282.
    """
    counted = [each for each in agreements if each.n]
    observed = math.fsum((each.both + each.neither) / each.n for each in counted)
    expected = math.fsum(
        (each.suggested * each.coded + (each.n - each.suggested) * (each.n - each.coded)) / each.n**2
        for each in counted
    )
    n = len(counted)
    return NAN if n == 0 or math.isclose(expected, n) else (observed - expected) / (n - expected)


def _share(n: int, N: int) -> float:
    return n / N if N else NAN
