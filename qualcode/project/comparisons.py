"""Groups beside each other in other ways than two by Fisher's test: several groups, the same people, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from qualcode.analysis.filtering import Filter
from qualcode.analysis.overlap import mirrored_table, overlap_sentences
from qualcode.analysis.paired import Pairs, compare_paired
from qualcode.analysis.several_groups import compare_several
from qualcode.analysis.units import rows_and_themes, themes_by_code
from qualcode.errors import AnalysisError
from qualcode.i18n import _, did_you_mean, folded
from qualcode.model.case import ALL_GROUPS
from qualcode.model.codebook import Code
from qualcode.project.selection import ROW_FIELDS, Selection
from qualcode.store.coding_table import NOBODY

if TYPE_CHECKING:
    from qualcode.project.project import Project

Mentioned = NDArray[np.bool_]

EVERYTHING = Filter()
SOURCE = "source"
"""Places to pair by: files and sessions; the same id in two of them is the same person."""


@dataclass(frozen=True, slots=True)
class InWords:
    """Two groups in words.

    Attributes:
        sentences: themes of both groups, of one only, of neither.
        mirrored: in the columns of `analysis.overlap.MIRRORED_COLUMNS`; empty without counterparts in the codebook.
    """

    sentences: tuple[str, ...]
    mirrored: pd.DataFrame


def compare_groups_of(
    project: Project,
    groups: Sequence[str],
    *,
    by: str = "group",
    where: Filter = EVERYTHING,
    correction: Literal["holm", "bh"] = "holm",
) -> pd.DataFrame:
    """Three or more groups side by side, in the columns of `analysis.several_groups.compare_several`.

    There is no test where several respondents of these groups share a session.

    Raises:
        AnalysisError: a group does not exist or is named twice.
    """
    table = project.reports.theme_table(by=by, where=where)
    known = [str(name) for name in table["group"].unique() if name != ALL_GROUPS]
    named = [project.reports.group_named(each, known) for each in groups]
    independent = not project.reports.share_sessions(named, by=by, where=where)
    small_cell = project.settings.small_cell
    return compare_several(table, named, test=independent, method=correction, small_cell=small_cell)


def in_words(project: Project, a: str, b: str, *, by: str = "group", where: Filter = EVERYTHING) -> InWords:
    """What two groups have in common, what only one speaks of, and what mirrors each other.

    Raises:
        AnalysisError: a group does not exist.
    """
    table = project.reports.theme_table(by=by, where=where)
    known = [str(name) for name in table["group"].unique() if name != ALL_GROUPS]
    first, second = (project.reports.group_named(each, known) for each in (a, b))
    sides = [table[table["group"] == each].reset_index(drop=True) for each in (first, second)]
    counts = pd.DataFrame(
        {
            "name": sides[0]["name"],
            **{f"{side}_n": rows["respondents"] for side, rows in zip("ab", sides, strict=True)},
            **{f"{side}_N": rows["answering"] for side, rows in zip("ab", sides, strict=True)},
        }
    )
    codebook = project.codebook.current()
    return InWords(
        tuple(overlap_sentences(counts[sides[0]["depth"] == 0], first, second)),
        mirrored_table(table, codebook.codes, first, second, language=project.settings.language),
    )


def compare_same_people(
    project: Project,
    a: str,
    b: str,
    *,
    by: str = "question",
    where: Filter = EVERYTHING,
    correction: Literal["holm", "bh"] = "holm",
) -> pd.DataFrame:
    """The same respondents in two places, in the columns of `analysis.paired.compare_paired`.

    Args:
        a: the first place.
        b: the second.
        by: what places are: "question", "session" or "document" (pairs are respondents who answer in both), or "source"
            (a file of a survey, or a session; pairs are equal ids that occur once in each).

    Raises:
        AnalysisError: a place does not exist, both are the same, or nobody answered in both.
    """
    if folded(by) not in (*ROW_FIELDS, SOURCE):
        raise AnalysisError(
            _("The same people cannot be found in two places by {name}.").format(name=by),
            hint=_("Use one of: {units}.").format(units=", ".join((*ROW_FIELDS, SOURCE))),
        )
    selection = Selection(project.reports.material(), project.codebook.current(), where)
    places = _Places(selection, folded(by))
    first, second = (places.named(each) for each in (a, b))
    if first == second:
        raise AnalysisError(_("A group cannot be compared with itself: {group!r}.").format(group=first))
    codes = project.codebook.current().codes
    language = project.settings.language
    here, there = (places.mentions(each, codes) for each in (first, second))
    both = [person for person in here if person in there]
    empty = np.zeros((0, len(codes)), dtype=np.bool_)
    with_a, with_b = (np.array([side[person] for person in both]) if both else empty for side in (here, there))
    themes = [
        Pairs(
            code.key,
            code.name.in_language(language) or code.key,
            *(
                int((one[:, place] & other[:, place]).sum())
                for one, other in ((with_a, with_b), (with_a, ~with_b), (~with_a, with_b), (~with_a, ~with_b))
            ),
        )
        for place, code in enumerate(codes)
    ]
    return compare_paired(themes, method=correction)


class _Places:
    """Places in which the same people may have answered."""

    def __init__(self, selection: Selection, by: str) -> None:
        self._by = by
        self._selection = selection
        material = selection.everything
        cases = material.cases
        self._ident = dict(zip(cases["case"].tolist(), (folded(each) for each in cases["ident"]), strict=True))
        self._names: dict[str, list[int]] = {}
        if by == SOURCE:
            for case, source in zip(cases["case"].tolist(), cases["source"].tolist(), strict=True):
                self._names.setdefault(source, []).append(case)
        else:
            names = {"session": material.sessions, "document": material.documents, "question": material.questions}[by]
            self._names = {name: [number] for number, name in names.items()}

    def named(self, name: str) -> str:
        """The place of that name; case and white space do not count."""
        found = next((each for each in self._names if folded(each) == folded(name)), None)
        if found is None:
            raise AnalysisError(
                _("There is no {field} {value!r}.").format(field=self._by, value=name),
                hint=did_you_mean(name, self._names),
            )
        return found

    def mentions(self, place: str, codes: Sequence[Code]) -> dict[object, Mentioned]:
        """Who answered there, and which themes they speak of there; of an id that occurs twice, nobody."""
        column = "case" if self._by == SOURCE else self._by
        said, codings = (
            rows[rows[column].isin(self._names[place]) & (rows["case"] != NOBODY)]
            for rows in (self._selection.said, self._selection.codings)
        )
        by_case = {case: np.zeros(len(codes), dtype=np.bool_) for case in said["case"].unique().tolist()}
        row, theme = rows_and_themes(codings["code"].to_numpy(), themes_by_code(codes))
        for case, each in zip(codings["case"].to_numpy()[row].tolist(), theme.tolist(), strict=True):
            if case in by_case:
                by_case[case][each] = True
        if self._by != SOURCE:
            return dict(by_case)
        idents = [self._ident[case] for case in by_case]
        return {
            ident: mentioned
            for ident, mentioned in zip(idents, by_case.values(), strict=True)
            if idents.count(ident) == 1
        }
