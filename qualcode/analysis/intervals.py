"""Shares with what surrounds them: intervals of one share and of a difference, and per cents as they are printed."""

from __future__ import annotations

import math
from statistics import NormalDist

from qualcode.errors import AnalysisError
from qualcode.i18n import _

NAN = float("nan")


def wilson(n: int, N: int, confidence: float = 0.95) -> tuple[float, float]:
    """Score interval of a share, without continuity correction.

    Args:
        n: how many of the base have the property.
        N: the base.
        confidence: between 0 and 1, two-sided.

    Returns:
        Lower and upper bound as proportions (0 to 1); NaN, NaN when the base is 0.

    Raises:
        AnalysisError: n is negative or above N, or the confidence is not between 0 and 1.

    Source: Wilson (1927); method 3 of Newcombe (1998), Statistics in Medicine 17:857-872.
        See docs/methods.md, "Intervals".
    """
    _check_share(n, N)
    if not 0 < confidence < 1:
        raise AnalysisError(_("A confidence of {value} is not between 0 and 1.").format(value=confidence))
    if N == 0:
        return NAN, NAN
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    centre = 2 * n + z * z
    half_width = z * math.sqrt(z * z + 4 * n * (N - n) / N)
    width = 2 * (N + z * z)
    # At the ends the bound is 0 or 1 exactly; rounding errors would print as -0.0 or 100.00000000000001.
    low = 0.0 if n == 0 else max(0.0, (centre - half_width) / width)
    high = 1.0 if n == N else min(1.0, (centre + half_width) / width)
    return low, high


def newcombe(a_n: int, a_N: int, b_n: int, b_N: int, confidence: float = 0.95) -> tuple[float, float, float]:
    """Difference of two independent shares with its hybrid score interval, without continuity correction.

    Args:
        a_n: how many of the first group have the property.
        a_N: base of the first group.
        b_n: how many of the second group have it.
        b_N: base of the second group.
        confidence: between 0 and 1, two-sided.

    Returns:
        Difference (first minus second), lower and upper bound, as proportions (-1 to 1); NaN three times when a base
        is 0.

    Raises:
        AnalysisError: a count is negative or above its base.

    Source: method 10 of Newcombe (1998), Statistics in Medicine 17:873-890. See docs/methods.md, "Differences".
    """
    a_low, a_high = wilson(a_n, a_N, confidence)
    b_low, b_high = wilson(b_n, b_N, confidence)
    if a_N == 0 or b_N == 0:
        return NAN, NAN, NAN
    a_share, b_share = a_n / a_N, b_n / b_N
    difference = a_share - b_share
    low = difference - math.hypot(a_share - a_low, b_high - b_share)
    high = difference + math.hypot(a_high - a_share, b_share - b_low)
    return difference, max(-1.0, low), min(1.0, high)


def percent_half_up(n: int, N: int, decimals: int = 1) -> float:
    """A share as the per cent that is printed: halves rounded up, computed from the integers.

    Args:
        n: how many of the base have the property.
        N: the base.
        decimals: how many decimals are printed.

    Returns:
        Per cent (0 to 100); NaN when the base is 0. 5 of 8 without decimals is 63, not 62.

    Raises:
        AnalysisError: n is negative or above N.
    """
    _check_share(n, N)
    if N == 0:
        return NAN
    scale: int = 10**decimals
    return (2 * 100 * scale * int(n) + int(N)) // (2 * int(N)) / scale


def _check_share(n: int, N: int) -> None:
    if not 0 <= n <= N:
        raise AnalysisError(_("{n} of {N} is not a share.").format(n=n, N=N))
