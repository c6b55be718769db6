"""The theme table with what it is about in each line: filter, unit, and the base of its per cents."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

import pandas as pd

from qualcode.analysis.counts import theme_table
from qualcode.analysis.filtering import Condition, Filter
from qualcode.analysis.intervals import NAN, percent_half_up
from qualcode.errors import AnalysisError
from qualcode.i18n import _, folded
from qualcode.model.case import ALL_GROUPS
from qualcode.model.segment import Unit
from qualcode.project.selection import Selection, sentence_table
from qualcode.store import documents
from qualcode.store.coding_table import ORIGINS

if TYPE_CHECKING:
    from qualcode.project.project import Project

EVERYTHING = Filter()
CODED_BY = ("coder", "origin")
"""What codings can be grouped by, and people cannot."""

STATED = ("filter", "unit", "base", "base_n", "base_N", "base_pct", "base_note")
SINGLES = ("single_units", "several_units", "pct_single")


class Base(StrEnum):
    """What a per cent is of."""

    ANSWERING = "answering"
    GROUP = "group"
    ASKED = "asked"
    UNITS = "units"
    SEGMENTS = "segments"


_COUNTS = {
    Base.ANSWERING: ("respondents", "answering"),
    Base.GROUP: ("respondents", "group_n"),
    Base.ASKED: ("respondents_asked", "asked"),
    Base.UNITS: ("units", "units_in_group"),
    Base.SEGMENTS: ("codings", "codings_in_group"),
}
BELOW_SMALL_CELL = "below_small_cell"
_NOTHING = {
    Base.ANSWERING: "nobody_answered",
    Base.GROUP: "nobody_in_group",
    Base.ASKED: "nobody_asked",
    Base.UNITS: "no_units",
    Base.SEGMENTS: "no_codings",
}


def count_table(
    project: Project,
    *,
    by: str = "group",
    unit: Unit | None = None,
    where: Filter = EVERYTHING,
    base: Base = Base.ANSWERING,
    depth: int | None = None,
    told_apart: bool = False,
) -> pd.DataFrame:
    """Counts for each group and theme, each line with its filter, unit and base.

    Args:
        by: as in `Reports.theme_table`, or "coder" or "origin" of the codings.
        unit: what a unit is; the study's own if None.
        where: which part of the material.
        base: what `base_pct` is of: respondents who answered, all of the group, or those who were asked (surveys
            only); all units; all codings.
        depth: leave out codes below this depth; 0 is the top. They still count in the themes above them.
        told_apart: add `single_units`, `several_units` and `pct_single`: units with no other theme, and with others.

    Returns:
        The columns of `theme_table.csv`, then `STATED` (and `SINGLES`). `base_pct` is empty where the base is 0 or
        below `small_cell`; `base_note` then says why.

    Raises:
        AnalysisError: `by` or the filter names something that does not exist.
    """
    wanted = unit or project.settings.unit
    small_cell = project.settings.small_cell
    if folded(by) in CODED_BY:
        table = _by_coding(project, folded(by), wanted, where, told_apart)
    else:
        table = project.reports.theme_table(by=by, unit=wanted, where=where)
        if told_apart:
            table = table.merge(_singles(project, by, wanted, where), on=["group", "theme"], how="left")
    n_column, base_column = _COUNTS[base]
    counts = table if base != Base.ASKED else table.merge(_asked(project, by, where), on=["group", "theme"], how="left")
    stated = table.assign(filter=str(where), unit=wanted.value, base=base.value)
    stated["base_n"] = counts[n_column].fillna(0).to_numpy(dtype="int64")  # "(none)": nobody of them was asked
    stated["base_N"] = counts[base_column].fillna(0).to_numpy(dtype="int64")
    pairs = list(zip(stated["base_n"].tolist(), stated["base_N"].tolist(), strict=True))
    stated["base_pct"] = [percent_half_up(n, of) if of >= max(small_cell, 1) else NAN for n, of in pairs]
    stated["base_note"] = [_why(of, base, small_cell) for _n, of in pairs]
    if told_apart:
        stated = stated[[*(each for each in stated.columns if each not in SINGLES), *SINGLES]]
    return stated if depth is None else stated[stated["depth"] <= depth].reset_index(drop=True)


def _why(base_n: int, base: Base, small_cell: int) -> str:
    """Why there is no per cent, as a word that is the same in each language."""
    if base_n == 0:
        return _NOTHING[base]
    return BELOW_SMALL_CELL if base_n < small_cell else ""


def _by_coding(project: Project, by: str, unit: Unit, where: Filter, told_apart: bool) -> pd.DataFrame:
    """One part for each coder or origin, made as a filter makes it, then everything; suggestions have neither."""
    material = project.reports.material()
    values = material.codings[by].unique().tolist()
    names = {number: origin.value for number, origin in enumerate(ORIGINS)} if by == "origin" else material.coders
    parts = []
    for name in [name for number, name in names.items() if number in values] + [ALL_GROUPS]:
        narrowed = where
        if name != ALL_GROUPS:
            narrowed = replace(where, clauses=(*where.clauses, (Condition(by, (name,)),)))
        part = project.reports.theme_table(unit=unit, where=narrowed)
        if told_apart:
            part = part.merge(_singles(project, "group", unit, narrowed), on=["group", "theme"], how="left")
        part = part[part["group"] == ALL_GROUPS].assign(group=name)
        if name != ALL_GROUPS:
            counts = ["suggested", "suggested_units", "suggested_respondents"]
            part = part.astype(dict.fromkeys(counts, "Int64"))
            part[counts] = pd.NA
            part["suggested_pct_of_answering"] = NAN
        parts.append(part.astype(dict.fromkeys(("suggested", "suggested_units", "suggested_respondents"), "Int64")))
    return pd.concat(parts, ignore_index=True)


def _selection(project: Project, where: Filter) -> Selection:
    return Selection(project.reports.material(), project.codebook.current(), where)


def _singles(project: Project, by: str, unit: Unit, where: Filter) -> pd.DataFrame:
    from qualcode.analysis.several_themes import several_themes_table

    selection = _selection(project, where)
    grouping = selection.grouping(by)
    sentences = None
    if unit == Unit.SENTENCE:
        texts = documents.contents(project.db, sorted(set(selection.said["document"])))
        sentences = sentence_table(texts, selection.said)
    codes = project.codebook.current().codes
    table = several_themes_table(selection.counted(grouping, sentences), codes, grouping, unit=unit)
    both = zip(table["single_units"].tolist(), table["several_units"].tolist(), strict=True)
    small_cell = max(project.settings.small_cell, 1)
    return table.assign(
        pct_single=[percent_half_up(one, one + more) if one + more >= small_cell else NAN for one, more in both]
    )


def _asked(project: Project, by: str, where: Filter) -> pd.DataFrame:
    """`respondents_asked` and `asked` by group and theme: the same count with nobody but those whom a survey asked."""
    if folded(by) in CODED_BY:
        raise AnalysisError(
            _("Those who were asked cannot be counted by {name}.").format(name=by), hint=_("Choose another base.")
        )
    selection = _selection(project, where)
    material, grouping = selection.everything, selection.grouping(by)
    counted = selection.counted(grouping)
    asked = material.cases["case"][material.cases["survey"].isin(material.asked["survey"])]
    narrowed = replace(
        counted,
        utterances=counted.utterances[counted.utterances["case"].isin(asked)],
        codings=counted.codings[counted.codings["case"].isin(asked)],
        suggestions=counted.suggestions.iloc[:0],
        members=counted.members[counted.members["case"].isin(asked)],
    )
    codes = project.codebook.current().codes
    table = theme_table(narrowed, codes, grouping, unit=Unit.RESPONDENT, small_cell=1, language="en")
    return table[["group", "theme"]].assign(respondents_asked=table["respondents"], asked=table["group_n"])
