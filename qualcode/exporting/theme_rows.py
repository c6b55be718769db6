"""A theme table as sheets and charts need it: themes in order, groups in order, shares in full precision."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.errors import ExportError
from qualcode.exporting.wording import Say
from qualcode.i18n import _, did_you_mean
from qualcode.model.case import ALL_GROUPS, NO_GROUP

if TYPE_CHECKING:
    import pandas as pd

_NEEDED = (
    *("group", "theme", "name", "depth", "codings", "pct_of_codings", "units", "respondents", "pct_of_answering"),
    *("ci_low", "ci_high", "codings_in_group", "answering", "group_n", "words_in_group", "per_1000_words"),
)
_NEEDED_WHEN_SUGGESTED = ("suggested", "suggested_units", "suggested_respondents", "suggested_pct_of_answering")


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """One theme or sub-code; depth 0 is the top."""

    key: str
    name: str
    depth: int


@dataclass(frozen=True, slots=True)
class Count:
    """What one group says of one theme; a share is a proportion (0 to 1), None where the table shows none.

    Attributes:
        low: lower bound of the 95 % interval of `share`, as a proportion.
        high: upper bound.
        share_of_codings: of all codings in the group.
        per_1000_words: codings per 1,000 words of the group.
    """

    respondents: int
    share: float | None
    low: float | None
    high: float | None
    codings: int
    share_of_codings: float | None
    units: int
    per_1000_words: float | None


@dataclass(frozen=True, slots=True)
class Group:
    """A respondent group with its bases and its counts by theme key.

    Attributes:
        label: the name to show.
        counts_only: too few answered for per cents.
    """

    key: str
    label: str
    answering: int
    size: int
    codings: int
    words: int
    counts_only: bool
    counts: Mapping[str, Count]

    @property
    def is_everyone(self) -> bool:
        """Whether this is all groups together."""
        return self.key == ALL_GROUPS


def theme_lines(themes: pd.DataFrame) -> list[ThemeLine]:
    """Themes and sub-codes in the order of the table."""
    rows = themes.drop_duplicates("theme")
    columns = zip(rows["theme"], rows["name"], rows["depth"], strict=True)
    return [ThemeLine(str(key), str(name), int(depth)) for key, name, depth in columns]


def groups_of(themes: pd.DataFrame, say: Say, small_cell: int, *, suggested: bool = False) -> list[Group]:
    """The groups in the order of the table, with all together last.

    Args:
        themes: a table in the columns of theme_table.csv.
        say: the words of the language to show labels in.
        small_cell: groups in which fewer answered have no per cents.
        suggested: take what is suggested instead of what was decided; intervals only if the table has the columns
            suggested_ci_low and suggested_ci_high.

    Raises:
        ExportError: a column is missing.
    """
    names = [str(each) for each in themes.columns]
    for needed in _NEEDED + (_NEEDED_WHEN_SUGGESTED if suggested else ()):
        if needed not in names:
            raise ExportError(_("No column {name!r}.").format(name=needed), hint=did_you_mean(needed, names))
    groups = []
    for key, rows in themes.groupby("group", sort=False):
        records: list[dict[str, Any]] = rows.to_dict("records")  # type: ignore[assignment]
        first = records[0]
        answering = int(first["answering"])
        counts = {str(each["theme"]): _count(each, suggested=suggested) for each in records}
        groups.append(
            Group(
                key=str(key),
                label=group_label(str(key), say),
                answering=answering,
                size=int(first["group_n"]),
                codings=int(first["codings_in_group"]),
                words=int(first["words_in_group"]),
                counts_only=answering < max(1, small_cell),
                counts=counts,
            )
        )
    return sorted(groups, key=lambda each: each.is_everyone)


def with_people(groups: Iterable[Group]) -> list[Group]:
    """Without "no group" where nobody is in it and nothing is coded: it holds what several people said at once."""
    return [
        group
        for group in groups
        if group.key != NO_GROUP or group.size or any(count.codings for count in group.counts.values())
    ]


def groups_shown(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """The groups that have a column where people read: all together, and those with anybody or anything in them.

    Words alone make a column for a group or document in which nobody is named, but none for "no group": they are what
    several people said at once.
    """
    shown: dict[str, bool] = {}
    for row in rows:
        group = str(row["group"])
        telling = ("group_n", "codings_in_group", "suggested", *(("words_in_group",) if group != NO_GROUP else ()))
        has_something = group == ALL_GROUPS or any(int(row.get(name, 0)) for name in telling)
        shown[group] = shown.get(group, False) or has_something
    return [group for group, is_shown in shown.items() if is_shown]


def group_label(key: str, say: Say) -> str:
    """A group as a reader sees it."""
    return {ALL_GROUPS: say("All groups"), NO_GROUP: say("No group stated")}.get(key, key)


def _count(row: Mapping[str, Any], *, suggested: bool) -> Count:
    """A row's numbers. The table has one decimal; the full value comes from the integers where the table shows one."""
    respondents = int(row["suggested_respondents" if suggested else "respondents"])
    codings = int(row["suggested" if suggested else "codings"])
    shown = row["suggested_pct_of_answering" if suggested else "pct_of_answering"]
    prefix = "suggested_" if suggested else ""
    low, high = row.get(prefix + "ci_low"), row.get(prefix + "ci_high")
    has_share = not _is_gap(shown)
    return Count(
        respondents=respondents,
        share=_ratio(respondents, row["answering"]) if has_share else None,
        low=None if _is_gap(low) else float(low or 0) / 100,
        high=None if _is_gap(high) else float(high or 0) / 100,
        codings=codings,
        share_of_codings=None
        if suggested or _is_gap(row["pct_of_codings"])
        else _ratio(codings, row["codings_in_group"]),
        units=int(row["suggested_units" if suggested else "units"]),
        per_1000_words=None if _is_gap(row["per_1000_words"]) else _ratio(1000 * codings, row["words_in_group"]),
    )


def _ratio(n: Any, base: Any) -> float | None:
    return int(n) / int(base) if int(base) else None


def _is_gap(value: object) -> bool:
    return value is None or type(value).__name__ == "NAType" or (isinstance(value, float) and math.isnan(value))
