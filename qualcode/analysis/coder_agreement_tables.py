"""The table of how far coders agree: a row a theme, then rows over all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from qualcode.analysis.coder_agreement import (
    MEASURES,
    YES,
    Integers,
    Judged,
    Numbers,
    Tally,
    distinct_clusters,
    percentile_interval,
    pooled,
    resampled,
    tally_by_cluster,
)
from qualcode.analysis.units import rows_and_themes, themes_by_code
from qualcode.i18n import _
from qualcode.model.codebook import Code

POOLED_CODES, SUMMED_CODES = "(pooled, codes)", "(one table, codes)"
POOLED_THEMES, SUMMED_THEMES = "(pooled, themes)", "(one table, themes)"

COLUMNS = (
    *("theme", "name", "parent", "depth", "units", "coders", "given_by", "all_give", "some_give", "none_give"),
    "prevalence",
    *(f"{measure}{end}" for measure in MEASURES for end in ("", "_low", "_high")),
    "note",
)
_WHOLE = ("depth", "units", "coders", "all_give", "some_give", "none_give")
_MOST_CELLS = 60_000_000
_RARE, _APART = 0.05, 0.2


@dataclass(frozen=True, slots=True)
class _Over:
    """A row over several codes: its key and name, which codes (places in the tally), pooled or added up."""

    key: str
    name: str
    places: Integers
    added: bool

    def coefficient(self, tally: Tally, measure: str) -> Numbers:
        some = Tally(tally.sums[..., self.places, :], tally.n_coders)
        return self.one_table(some).coefficient(measure) if self.added else pooled(some, measure)

    @staticmethod
    def one_table(some: Tally) -> Tally:
        return Tally(some.sums.sum(axis=-2), some.n_coders)


def coder_agreement_table(
    judged: Judged, codes: Sequence[Code], coders: Sequence[str], cluster: Integers, *, language: str
) -> pd.DataFrame:
    """How far coders agree on each theme, and on all.

    Args:
        judged: what each coder gave each unit; `given` holds places in `codes`, without parents.
        codes: the codebook in tree order.
        coders: names, in the order of `judged`.
        cluster: by unit, what is drawn as a whole for the intervals.
        language: which names the themes get.

    Returns:
        One row for each theme in `COLUMNS`, then two over all codes (each by itself) and two over all themes at the top
        (with what is below them) that at least one coder gives: pooled (means of observed and of expected agreement),
        and all tables added up to one. A theme has a unit that it or a code below it is given. All are proportions;
        what does not exist is NaN, and `note` says why.
    """
    n = len(codes)
    both = Judged(judged.weight, judged.present, _with_themes(judged.given, codes))  # themes, then codes as they stand
    everything = np.zeros(len(judged.weight), dtype=np.int64)
    whole = Tally(tally_by_cluster(both, 2 * n, everything, 1).sums[0], judged.n_coders)
    draws = _draws(both, 2 * n, cluster)
    given = whole.prevalence[:, YES] > 0
    rows = [_of_theme(number, code, whole, both, coders, language) for number, code in enumerate(codes)]
    tops = np.array([number for number, code in enumerate(codes) if code.depth == 0 and given[number]], dtype=np.int64)
    found = n + np.flatnonzero(given[n:])
    overall = [
        _Over(POOLED_CODES, _("All codes, pooled"), found, added=False),
        _Over(SUMMED_CODES, _("All codes, one table"), found, added=True),
        _Over(POOLED_THEMES, _("Top themes, pooled"), tops, added=False),
        _Over(SUMMED_THEMES, _("Top themes, one table"), tops, added=True),
    ]
    rows.extend(_of_all(each, whole, judged.n_coders) for each in overall)
    for measure in MEASURES:
        values = [whole.coefficient(measure)[:n], *(each.coefficient(whole, measure)[None] for each in overall)]
        drawn = [
            np.concatenate(
                [part.coefficient(measure)[:, :n], *(each.coefficient(part, measure)[:, None] for each in overall)],
                axis=1,
            )
            for part in draws
        ]
        low, high = percentile_interval(np.concatenate(drawn) if drawn else np.zeros((0, n + len(overall))))
        for row, value, first, last in zip(rows, np.concatenate(values), low, high, strict=True):
            row[measure], row[f"{measure}_low"], row[f"{measure}_high"] = value, first, last
    for row in rows:
        row["note"] = "; ".join(_notes(row))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype(dict.fromkeys(_WHOLE, "Int64"))


def _with_themes(given: Integers, codes: Sequence[Code]) -> Integers:
    """(unit, theme, coder) for each code and all above it, and once more for the code alone, as theme + len(codes)."""
    n = len(codes)
    above = themes_by_code([code.with_id(number) for number, code in enumerate(codes)])
    row, theme = rows_and_themes(given[:, 1], above) if n else (given[:, 1], given[:, 1])
    with_parents = np.column_stack([given[row, 0], theme, given[row, 2]])
    alone = given + np.array([0, n, 0])
    together: Integers = np.unique(np.concatenate([with_parents, alone]), axis=0).astype(np.int64)
    return together


def _draws(judged: Judged, n_themes: int, cluster: Integers) -> list[Tally]:
    some, kind, times = distinct_clusters(judged, cluster)
    if len(times) * n_themes * Tally.length(judged.n_coders) > _MOST_CELLS:
        return []
    return resampled(tally_by_cluster(some, n_themes, kind, len(times)), times)


def _of_theme(
    number: int, code: Code, whole: Tally, judged: Judged, coders: Sequence[str], language: str
) -> dict[str, object]:
    weight, present = judged.weight, judged.present
    r = present.sum(axis=1)
    rows = judged.given[judged.given[:, 1] == number]
    rows = rows[present[rows[:, 0], rows[:, 2]]]
    a = np.bincount(rows[:, 0], minlength=len(weight))
    counted = r >= 2
    by_coder = whole.by_coder()[number, :, YES]
    return {
        "theme": code.key,
        "name": code.name.in_language(language) or code.key,
        "parent": code.parent,
        "depth": code.depth,
        "units": round(float(whole.units[number])),
        "coders": int((whole.by_coder()[number].sum(axis=-1) > 0).sum()),
        "given_by": "; ".join(f"{name} {n:.0f}" for name, n in zip(coders, by_coder, strict=True)),
        "all_give": round(float(weight[counted & (a == r)].sum())),
        "some_give": round(float(weight[counted & (a > 0) & (a < r)].sum())),
        "none_give": round(float(weight[counted & (a == 0)].sum())),
        "prevalence": float(whole.prevalence[number, YES]),
    }


def _of_all(over: _Over, whole: Tally, n_coders: int) -> dict[str, object]:
    some = over.one_table(Tally(whole.sums[over.places], whole.n_coders))
    return {
        "theme": over.key,
        "name": over.name,
        "parent": "",
        "depth": pd.NA,
        "units": round(float(some.units)),
        "coders": n_coders,
        "given_by": "",
        "all_give": pd.NA,
        "some_give": pd.NA,
        "none_give": pd.NA,
        "prevalence": float(some.prevalence[YES]),
    }


def _notes(row: dict[str, object]) -> Iterator[str]:
    """Why numbers do not exist, or what one must know to read them."""

    def number(name: str) -> float:
        return float(row[name])  # type: ignore[arg-type]  # the measures are floats

    if row["units"] == 0:
        yield _("no code was given") if str(row["theme"]).startswith("(") else _("no unit was judged by two coders")
        return
    if number("prevalence") == 0:
        yield _("nobody gives it: kappa, alpha and positive agreement do not exist")
        return
    if number("prevalence") == 1:
        yield _("everybody gives it to every unit: kappa and alpha do not exist")
        return
    if row["depth"] is pd.NA:
        yield _("units counted once for each code")
    if number("agreement") == 1:
        yield _("no disagreement: no interval")
    elif np.isnan(number("kappa_low")):
        yield _("too little for an interval of kappa")
    rare = not _RARE <= number("prevalence") <= 1 - _RARE
    if rare and number("ac1") - number("kappa") > _APART:
        yield _("given to few units or to nearly all: kappa is low though the coders agree, so read AC1 beside it")
