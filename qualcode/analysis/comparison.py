"""Two groups compared, theme by theme: differences of shares, odds ratios, exact tests and their correction."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from qualcode.analysis.intervals import NAN, newcombe
from qualcode.errors import AnalysisError
from qualcode.i18n import _, decimal, did_you_mean, grouped, ngettext

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.analysis.session_permutation import SessionTest

COLUMNS = (
    *("theme", "name", "a_n", "a_N", "b_n", "b_N", "rd", "rd_low", "rd_high"),
    *("odds_ratio", "or_low", "or_high", "p", "p_holm", "n_tests", "note"),
)
_ALPHA = 0.05
_WORTH_SAYING = 1_000_000
"""Beyond so many arrangements their number is left out of the note."""


@dataclass(frozen=True, slots=True)
class OddsRatio:
    """Conditional odds ratio with its exact interval; NaN three times when a margin of the table is 0."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class _Shares:
    """One theme: how many of the answering respondents of each group."""

    theme: str
    name: str
    a_n: int
    a_N: int
    b_n: int
    b_N: int

    @property
    def comparable(self) -> bool:
        return self.a_N > 0 and self.b_N > 0

    @property
    def cells(self) -> tuple[int, int, int, int]:
        return self.a_n, self.a_N, self.b_n, self.b_N


def compare_groups(
    table: pd.DataFrame,
    a: str,
    b: str,
    *,
    test: bool,
    method: Literal["holm", "bh"] = "holm",
    by_session: Mapping[str, SessionTest] | None = None,
    same_people: bool = False,
) -> pd.DataFrame:
    """Compare how many of two groups' answering respondents speak of each theme.

    Args:
        table: one row for each group and theme, zeros included, with the columns theme, name, group, respondents,
            answering.
        a: the first group; differences are a minus b, and an odds ratio above 1 means more in a.
        b: the second group.
        test: False where several people share a session: they are not independent, so no p-value and no odds ratio.
        method: how p-values are corrected for the number of themes: Holm, or Benjamini and Hochberg.
        by_session: the tests of whole sessions by theme, in place of Fisher's; there are no odds ratios then.
        same_people: somebody is in both groups (questions): no test and no odds ratio either.

    Returns:
        One row a theme, in the order of the table, with the columns of `COLUMNS`. `rd` and its bounds are proportions
        (-1 to 1). `p_holm` holds the corrected p-value whatever the method; `note` names the method when it is not
        Holm. A number that does not exist is NaN, and `note` says why.

    Raises:
        AnalysisError: a group does not occur in the table, both are the same, or a theme lacks one of them.

    Source: see docs/methods.md, "Comparing two groups".
    """
    import pandas as pd

    if method not in ("holm", "bh"):
        raise AnalysisError(
            _("No correction {method!r}.").format(method=method), hint=did_you_mean(method, ("holm", "bh"))
        )
    themes = _shares_of_both(table, a, b)
    test = test and not same_people
    tested = [each.comparable and (test if by_session is None else each.theme in by_session) for each in themes]

    def p_of(each: _Shares) -> float:
        return fisher_exact(*each.cells) if by_session is None else by_session[each.theme].p

    p_values = [p_of(each) if yes else NAN for each, yes in zip(themes, tested, strict=True)]
    corrected = (holm if method == "holm" else benjamini_hochberg)(p_values)
    rows = []
    for each, yes, p, p_corrected in zip(themes, tested, p_values, corrected, strict=True):
        with_ratio = yes and by_session is None
        ratio = conditional_odds_ratio(*each.cells) if with_ratio else OddsRatio(NAN, NAN, NAN)
        if yes and by_session is not None:
            notes = session_notes(by_session[each.theme])
        else:
            notes = _notes(each, a, b, test=test, same_people=same_people)
        if yes and method == "bh":
            notes.append(_("corrected by Benjamini and Hochberg"))
        exact = (ratio.estimate, ratio.low, ratio.high, p, p_corrected)
        shares = (each.theme, each.name, *each.cells, *newcombe(*each.cells))
        rows.append((*shares, *exact, sum(tested), "; ".join(notes)))
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    floats = ["rd", "rd_low", "rd_high", "odds_ratio", "or_low", "or_high", "p", "p_holm"]
    return frame.astype(dict.fromkeys(floats, "float64"))


def fisher_exact(a_n: int, a_N: int, b_n: int, b_N: int) -> float:
    """Fisher's exact test of one share against another, two-sided.

    Args:
        a_n: how many of the first group.
        a_N: size of the first group.
        b_n: how many of the second group.
        b_N: size of the second group.

    Returns:
        The sum of the probabilities of all tables with the same margins that are not more probable than the observed.

    Source: Fisher (1935); Agresti, Categorical Data Analysis. See docs/methods.md, "Comparing two groups".
    """
    import numpy as np
    from scipy.stats import fisher_exact as test

    cells = np.array([[a_n, a_N - a_n], [b_n, b_N - b_n]])
    return float(test(cells, alternative="two-sided").pvalue)


def conditional_odds_ratio(a_n: int, a_N: int, b_n: int, b_N: int, confidence: float = 0.95) -> OddsRatio:
    """Conditional maximum likelihood odds ratio (first to second group) with its exact interval.

    Arguments are those of `fisher_exact`. The estimate is 0 or infinite when one cell is empty. It is not the sample
    odds ratio (a d / b c).

    Source: Cornfield (1956); Agresti, Categorical Data Analysis. See docs/methods.md, "Comparing two groups".
    """
    from scipy.stats.contingency import odds_ratio

    if a_N == 0 or b_N == 0 or a_n + b_n in (0, a_N + b_N):
        return OddsRatio(NAN, NAN, NAN)
    result = odds_ratio([[a_n, a_N - a_n], [b_n, b_N - b_n]], kind="conditional")
    interval = result.confidence_interval(confidence)
    return OddsRatio(float(result.statistic), float(interval.low), float(interval.high))


def smallest_attainable_p(mentions: int, a_N: int, b_N: int) -> float:
    """The smallest two-sided p that Fisher's exact test can give.

    Args:
        mentions: how many of both groups together have the property.
        a_N: size of the first group.
        b_N: size of the second group.
    """
    everyone = math.comb(a_N + b_N, mentions)
    fewest, most = max(0, mentions - b_N), min(mentions, a_N)
    # Probabilities fall towards both ends, so the least probable table is one of the two.
    ends = [math.comb(a_N, k) * math.comb(b_N, mentions - k) for k in {fewest, most}]
    least = min(ends)
    return sum(each for each in ends if each <= least) / everyone


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's step-down correction.

    Args:
        p_values: one for each test; NaN where there was none, which is not counted as a test.

    Returns:
        The corrected p-values in the order given, at most 1, NaN where there was none.

    Source: Holm (1979), Scandinavian Journal of Statistics 6:65-70.
    """
    return _corrected(p_values, lambda ranked: _running_max([p * (len(ranked) - i) for i, p in enumerate(ranked)]))


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Benjamini and Hochberg's step-up correction (false discovery rate); arguments and result as for `holm`.

    Source: Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57:289-300.
    """

    def step_up(ranked: list[float]) -> list[float]:
        scaled = [p * len(ranked) / (i + 1) for i, p in enumerate(ranked)]
        return [-p for p in _running_max([-p for p in reversed(scaled)])][::-1]

    return _corrected(p_values, step_up)


def _corrected(p_values: Sequence[float], correct: Callable[[list[float]], list[float]]) -> list[float]:
    order = sorted((i for i, p in enumerate(p_values) if not math.isnan(p)), key=lambda i: p_values[i])
    result = [NAN] * len(p_values)
    for i, p in zip(order, correct([p_values[i] for i in order]), strict=True):
        result[i] = min(1.0, p)
    return result


def _running_max(values: Sequence[float]) -> list[float]:
    return list(accumulate(values, max))


def _shares_of_both(table: pd.DataFrame, a: str, b: str) -> list[_Shares]:
    if a == b:
        raise AnalysisError(_("A group cannot be compared with itself: {group!r}.").format(group=a))
    groups = [str(each) for each in table["group"].drop_duplicates()]
    for group in (a, b):
        if group not in groups:
            raise AnalysisError(_("No group {name!r}.").format(name=group), hint=did_you_mean(group, groups))
    rows_a, rows_b = (_rows_of(table, group) for group in (a, b))
    lacking = sorted(rows_a.keys() ^ rows_b.keys())
    if lacking:
        raise AnalysisError(
            _("The theme {theme!r} is counted for one of the two groups only.").format(theme=lacking[0])
        )
    return [_Shares(theme, name, n, N, *rows_b[theme][1:]) for theme, (name, n, N) in rows_a.items()]


def _rows_of(table: pd.DataFrame, group: str) -> Mapping[str, tuple[str, int, int]]:
    rows = table[table["group"] == group]
    counts = zip(rows["theme"], rows["name"], rows["respondents"], rows["answering"], strict=True)
    return {str(theme): (str(name), int(n), int(N)) for theme, name, n, N in counts}


def session_notes(found: SessionTest) -> list[str]:
    """How whole sessions were tested, and how small p could have become."""
    if found.drawn:
        notes = [_("by session: {n} arrangements drawn").format(n=grouped(found.n_arrangements))]
    elif found.n_arrangements > _WORTH_SAYING:
        notes = [_("by session: exact")]
    else:
        sentence = ngettext(
            "by session: exact, {n} arrangement", "by session: exact, {n} arrangements", found.n_arrangements
        )
        notes = [sentence.format(n=found.n_arrangements)]
    return [*notes, *too_few(found.least)]


def why_untested(same_people: bool) -> str:
    """Why people of these groups are not independent."""
    if same_people:
        return _("not tested: the same people are in several groups")
    return _("not tested: several people share a session, so they are not independent")


def too_few(least: float) -> list[str]:
    """What to say where the counts allow for no p below 0.05; the number is cut off, so that it is never too large."""
    if not least > _ALPHA:  # NaN: not known
        return []
    digits = 2 if least >= 0.1 else 3  # 0.0556 is not 0.05
    shown = math.floor(least * 10**digits) / 10**digits
    return [_("so few that p cannot be below {p}").format(p=decimal(shown, digits))]


def _notes(each: _Shares, a: str, b: str, *, test: bool, same_people: bool) -> list[str]:
    """Why numbers are missing in a row, or what one must know to read them."""
    if not each.comparable:
        empty = a if each.a_N == 0 else b
        return [_("nobody answered in {group}").format(group=empty)]
    if not test:
        return [why_untested(same_people)]
    mentions, everyone = each.a_n + each.b_n, each.a_N + each.b_N
    if mentions == 0:
        return [_("no odds ratio: nobody in either group")]
    if mentions == everyone:
        return [_("no odds ratio: everybody in both groups")]
    notes = []
    if 0 in (each.a_n, each.b_n) or each.a_n == each.a_N or each.b_n == each.b_N:
        notes.append(_("odds ratio open to one side: nobody or everybody in one group"))
    least = smallest_attainable_p(mentions, each.a_N, each.b_N)
    return [*notes, *too_few(least)]
