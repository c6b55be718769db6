"""Saturation: how many codes each session adds to those of the sessions before it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence

import pandas as pd

from qualcode.analysis.intervals import NAN
from qualcode.i18n import _

COLUMNS = (
    *("position", "session", "codes", "new_codes", "new", "cumulative", "share", "expected"),
    *("base_codes", "run_new", "run_share", "note"),
)
BASE_SIZE, RUN_LENGTH = 4, 2


def saturation_table(
    sessions: Sequence[tuple[str, Collection[str]]], *, base_size: int = BASE_SIZE, run_length: int = RUN_LENGTH
) -> pd.DataFrame:
    """What each session adds.

    Args:
        sessions: names and codes, in the order in which they were held (or read).
        base_size: how many sessions at the beginning new codes are measured against.
        run_length: over how many sessions new codes are added up.

    Returns:
        One row a session in `COLUMNS`: `codes` of it, `new` ones that no session before it has (`new_codes` names
        them), `cumulative`, `share` of all codes of all sessions, and `expected`, the mean of `cumulative` over all
        orders of the sessions. `run_share` is `run_new` (new in this session and those of its run) of `base_codes`;
        NaN before base and run are complete, or where the base has no code.

    Source: Guest, Namey and Chen (2020), PLoS ONE 15(5):e0232076 (base size, run length, new information threshold);
        the mean over orders: Colwell, Mao and Chang (2004), Ecology 85:2717-2727, equation 5 ("rarefaction").
    """
    found: list[str] = []
    news: list[list[str]] = []
    for _name, codes in sessions:
        new = [code for code in codes if code not in found]
        news.append(new)
        found += new
    held = Counter(code for _name, codes in sessions for code in set(codes))
    base = sum(len(new) for new in news[:base_size])
    rows = []
    for place, (name, codes) in enumerate(sessions):
        cumulative = sum(len(new) for new in news[: place + 1])
        complete = place >= base_size + run_length - 1
        run_new = sum(len(new) for new in news[place - run_length + 1 : place + 1]) if complete else None
        rows.append(
            {
                "position": place + 1,
                "session": name,
                "codes": len(set(codes)),
                "new_codes": "; ".join(news[place]),
                "new": len(news[place]),
                "cumulative": cumulative,
                "share": cumulative / len(found) if found else NAN,
                "expected": _expected(place + 1, len(sessions), held),
                "base_codes": base if place >= base_size - 1 else None,
                "run_new": run_new,
                "run_share": run_new / base if run_new is not None and base else NAN,
                "note": _note(complete, base, base_size, run_length),
            }
        )
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({"base_codes": "Int64", "run_new": "Int64", "share": "float64", "run_share": "float64"})


def saturated_at(table: pd.DataFrame, threshold: float = 0.05) -> int | None:
    """The position of the session at which the share of new codes in a run first falls to the threshold, if it does."""
    reached = table[table["run_share"] <= threshold]
    return int(reached["position"].iloc[0]) if len(reached) else None


def _expected(n: int, total: int, held: Counter[str]) -> float:
    """How many codes n sessions hold, meant over all ways to choose them."""
    return math.fsum(1 - math.comb(total - times, n) / math.comb(total, n) for times in held.values())


def _note(complete: bool, base: int, base_size: int, run_length: int) -> str:
    if not complete:
        return _("needs {n} sessions: a base of {base} and a run of {run}").format(
            n=base_size + run_length, base=base_size, run=run_length
        )
    return "" if base else _("no code in the sessions of the base")
