"""Three or more groups side by side: shares with intervals, and Fisher's test of all groups at once."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from qualcode.analysis.comparison import benjamini_hochberg, holm, session_notes, too_few, why_untested
from qualcode.analysis.intervals import NAN, percent_half_up, wilson
from qualcode.errors import AnalysisError
from qualcode.i18n import _, did_you_mean, grouped, ngettext

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.analysis.session_permutation import SessionTest

N_RESAMPLES = 9_999
SEED = 1
MOST_TABLES = 200_000
"""Up to so many possible tables are gone through one by one; of more, some are drawn."""
_CLOSE = 1e-7  # the relative tolerance of SciPy's and R's exact tests
GROUP_NUMBERS = ("n", "N", "pct", "ci_low", "ci_high")


@dataclass(frozen=True, slots=True)
class SeveralTest:
    """One theme's test.

    Attributes:
        p: between 0 and 1.
        n_tables: how many possible tables were gone through; 0 if some were drawn.
        n_resamples: how many were drawn; 0 if all were gone through.
        least: the smallest p that these groups allow for as many mentions; NaN if tables were drawn.
    """

    p: float
    n_tables: int
    n_resamples: int
    least: float


def fisher_of_several(n: Sequence[int], N: Sequence[int]) -> SeveralTest:
    """Fisher's exact test of several groups (Freeman and Halton): does the share depend on the group?

    Args:
        n: how many of each group have the property.
        N: how large each group is.

    Returns:
        p: the probability of all tables with the same margins that are not more probable than the observed. Where there
        are more than `MOST_TABLES`, `N_RESAMPLES` of them are drawn with the seed `SEED` and the observed one is
        counted with them.

    Source: Freeman and Halton (1951), Biometrika 38:141-149; draws: Phipson and Smyth (2010), Stat. Appl. Genet. Mol.
        Biol. 9:39. See docs/methods.md, "Three or more groups".
    """
    mentions = sum(n)
    largest = max(range(len(N)), key=lambda group: N[group])
    others = [group for group in range(len(N)) if group != largest]
    if math.prod(min(N[group], mentions) + 1 for group in others) <= MOST_TABLES:
        return _by_enumeration(n, N, [*others, largest])
    from scipy.stats import MonteCarloMethod, fisher_exact

    table = np.array([n, [total - each for each, total in zip(n, N, strict=True)]])
    if not table.sum(axis=1).all():
        return SeveralTest(1.0, 1, 0, 1.0)
    method = MonteCarloMethod(n_resamples=N_RESAMPLES, rng=np.random.default_rng(SEED))
    return SeveralTest(float(fisher_exact(table[:, table.sum(axis=0) > 0], method=method).pvalue), 0, N_RESAMPLES, NAN)


def _by_enumeration(n: Sequence[int], N: Sequence[int], order: Sequence[int]) -> SeveralTest:
    """All tables: the logarithm of how many ways lead to each, one group after the other; the last takes the rest."""
    mentions, last = sum(n), order[-1]
    weights = np.zeros(1)
    totals = np.zeros(1, dtype=np.int64)
    for group in order[:-1]:
        highest = min(N[group], mentions)
        ways = np.array([_log_comb(N[group], k) for k in range(highest + 1)])
        weights = (weights[:, None] + ways[None, :]).ravel()
        totals = (totals[:, None] + np.arange(highest + 1)[None, :]).ravel()
    fits = (totals <= mentions) & (mentions - totals <= N[last])
    of_last = np.array([_log_comb(N[last], k) for k in range(min(N[last], mentions) + 1)])
    possible = weights[fits] + of_last[mentions - totals[fits]]
    observed = sum(_log_comb(size, each) for each, size in zip(n, N, strict=True))
    shares = np.exp(possible - possible.max())
    whole = shares.sum()
    p = shares[possible <= observed + _CLOSE].sum() / whole
    least = shares[possible <= possible.min() + _CLOSE].sum() / whole
    return SeveralTest(min(1.0, float(p)), len(possible), 0, min(1.0, float(least)))


def _log_comb(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def compare_several(
    table: pd.DataFrame,
    groups: Sequence[str],
    *,
    test: bool,
    method: Literal["holm", "bh"] = "holm",
    small_cell: int = 0,
    by_session: Mapping[str, SessionTest] | None = None,
    same_people: bool = False,
) -> pd.DataFrame:
    """Compare how many of several groups' answering respondents speak of each theme.

    Args:
        table: one row for each group and theme, zeros included, with the columns theme, name, group, respondents,
            answering.
        groups: at least two, as they are called in the table.
        test: False where several people share a session: they are not independent, so no p-value.
        method: how p-values are corrected for the number of themes.
        small_cell: a per cent or interval whose base is smaller is left out (NaN).
        by_session: the tests of whole sessions by theme, in place of Fisher's.
        same_people: somebody is in several groups (questions): no test either.

    Returns:
        One row a theme: `theme, name`, for each group `n GROUP, N GROUP, pct GROUP, ci_low GROUP, ci_high GROUP` (per
        cent, halves up; Wilson), then `least_pct, most_pct` (the range over groups), `p, p_holm, n_tests, resamples,
        note`. `p_holm` holds the corrected p-value whatever the method.

    Raises:
        AnalysisError: fewer than two groups, one of them twice, or one that does not occur in the table.
    """
    import pandas as pd

    known = [str(each) for each in table["group"].drop_duplicates()]
    for group in groups:
        if group not in known:
            raise AnalysisError(_("No group {name!r}.").format(name=group), hint=did_you_mean(group, known))
    if len(set(groups)) < max(2, len(groups)):
        twice = next((each for each in groups if list(groups).count(each) > 1), "")
        raise AnalysisError(_("A group cannot be compared with itself: {group!r}.").format(group=twice))
    by_group = {group: table[table["group"] == group].set_index("theme") for group in groups}
    names = by_group[groups[0]]["name"]
    counts = {
        theme: (
            [int(by_group[group].loc[theme, "respondents"]) for group in groups],
            [int(by_group[group].loc[theme, "answering"]) for group in groups],
        )
        for theme in names.index
    }
    test = test and not same_people
    tests: dict[str, SeveralTest | SessionTest | None] = {
        theme: fisher_of_several(n, N) if test and sum(base > 0 for base in N) >= 2 else None
        for theme, (n, N) in counts.items()
    }
    if by_session is not None:
        tests = {theme: by_session.get(theme) for theme in counts}
    p_values = [NAN if each is None else each.p for each in tests.values()]
    corrected = (holm if method == "holm" else benjamini_hochberg)(p_values)
    rows = []
    for (theme, (n, N)), found, p, p_corrected in zip(counts.items(), tests.values(), p_values, corrected, strict=True):
        row: dict[str, object] = {"theme": theme, "name": names[theme]}
        shown = []
        for group, each, base in zip(groups, n, N, strict=True):
            enough = base >= max(small_cell, 1)
            low, high = wilson(each, base) if enough else (NAN, NAN)
            share = percent_half_up(each, base) if enough else NAN
            numbers = (each, base, share, 100 * low, 100 * high)
            row |= {f"{what} {group}": value for what, value in zip(GROUP_NUMBERS, numbers, strict=True)}
            shown.append(share)
        there = [each for each in shown if not math.isnan(each)]
        row |= {"least_pct": min(there, default=NAN), "most_pct": max(there, default=NAN)}
        row |= {"p": p, "p_holm": p_corrected, "n_tests": sum(each is not None for each in tests.values())}
        row["resamples"] = _n_drawn(found)
        row["note"] = "; ".join(
            _notes(groups, n, N, found, untested="" if test else why_untested(same_people), method=method)
        )
        rows.append(row)
    return pd.DataFrame(rows)


def _n_drawn(found: SeveralTest | SessionTest | None) -> int:
    if isinstance(found, SeveralTest):
        return found.n_resamples
    return found.n_arrangements if found is not None and found.drawn else 0


def _notes(
    groups: Sequence[str],
    n: Sequence[int],
    N: Sequence[int],
    found: SeveralTest | SessionTest | None,
    *,
    untested: str,
    method: str,
) -> Iterator[str]:
    empty = [group for group, base in zip(groups, N, strict=True) if base == 0]
    for group in empty:
        yield _("nobody answered in {group}").format(group=group)
    if untested:
        yield untested
    if found is None:
        return
    if sum(n) in (0, sum(N)):
        yield _("no difference: nobody in any group") if sum(n) == 0 else _("no difference: everybody in all groups")
    elif not isinstance(found, SeveralTest):
        yield from session_notes(found)
    elif found.n_resamples:
        yield _("{n} resamples, seed {seed}").format(n=grouped(found.n_resamples), seed=SEED)
    else:
        yield ngettext("exact, {n} table", "exact, {n} tables", found.n_tables).format(n=grouped(found.n_tables))
        yield from too_few(found.least)
    if method == "bh":
        yield _("corrected by Benjamini and Hochberg")
