"""Groups beside each other in other ways than two by Fisher's test: several groups, the same people, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from qualcode.analysis.filtering import Condition, Filter
from qualcode.analysis.overlap import mirrored_table, overlap_sentences
from qualcode.analysis.paired import Pairs, compare_paired
from qualcode.analysis.several_groups import compare_several
from qualcode.analysis.several_sessions import several_session_tests
from qualcode.analysis.units import rows_and_themes, themes_by_code
from qualcode.errors import AnalysisError
from qualcode.i18n import _, did_you_mean, folded
from qualcode.model.case import ALL_GROUPS
from qualcode.model.codebook import Code
from qualcode.project.selection import ROW_FIELDS, Selection
from qualcode.project.session_people import people_of_groups
from qualcode.store.coding_table import NOBODY

if TYPE_CHECKING:
    from qualcode.analysis.session_permutation import SessionTest
    from qualcode.project.project import Project
    from qualcode.project.reports import Quotation

Mentioned = NDArray[np.bool_]

EVERYTHING = Filter()
SOURCE = "source"
"""Places to pair by: files and sessions; the same id in two of them is the same person."""


@dataclass(frozen=True, slots=True)
class InWords:
    """Two groups in words.

    Attributes:
        groups: as they are called in tables.
        sentences: themes of both groups, of one only, of neither.
        mirrored: in the columns of `analysis.overlap.MIRRORED_COLUMNS`; empty without counterparts in the codebook.
    """

    groups: tuple[str, str]
    sentences: tuple[str, ...]
    mirrored: pd.DataFrame


def compare_groups_of(
    project: Project,
    groups: Sequence[str],
    *,
    by: str = "group",
    where: Filter = EVERYTHING,
    correction: Literal["holm", "bh"] = "holm",
    test: bool = True,
    top_only: bool = False,
    by_session: bool = False,
) -> pd.DataFrame:
    """Three or more groups side by side, in the columns of `analysis.several_groups.compare_several`.

    There is no test where several respondents of these groups share a session, unless whole sessions are tested.

    Args:
        groups: as they are called in the theme table.
        by: what groups are: "group" or an attribute.
        where: which part of the material.
        correction: for the number of themes: Holm, or Benjamini and Hochberg.
        test: False where only the shares are wanted.
        top_only: leave the codes below the themes out; there are fewer tests then to correct for.
        by_session: test whole sessions instead, by permutation.

    Raises:
        AnalysisError: a group does not exist or is named twice, or sessions are to be tested between groups that are
            not of people.
    """
    table = project.reports.theme_table(by=by, where=where)
    if top_only:
        table = table[table["depth"] == 0]
    known = [str(name) for name in table["group"].unique() if name != ALL_GROUPS]
    named = [project.reports.group_named(each, known) for each in groups]
    small_cell = project.settings.small_cell
    if by_session and len(set(named)) == len(named):
        tests = _session_tests(project, named, by, where)
        return compare_several(table, named, test=True, method=correction, small_cell=small_cell, by_session=tests)
    independent = test and not project.reports.share_sessions(named, by=by, where=where)
    same_people = test and project.reports.same_people(named, by=by, where=where)
    return compare_several(
        table, named, test=independent, method=correction, small_cell=small_cell, same_people=same_people
    )


def _session_tests(project: Project, groups: Sequence[str], by: str, where: Filter) -> dict[str, SessionTest]:
    """The tests of whole sessions by theme, between the groups in which anybody answers; none without two of these."""
    people = people_of_groups(project, groups, by=by, where=where)
    there, group = np.unique(people.group, return_inverse=True)
    if len(there) < 2:
        return {}
    tests = several_session_tests(group, people.session, people.mentions)
    return {code.key: test for code, test in zip(project.codebook.current().codes, tests, strict=True)}


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
        (first, second),
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
    top_only: bool = False,
) -> pd.DataFrame:
    """The same respondents in two places, in the columns of `analysis.paired.compare_paired`.

    Args:
        a: the first place.
        b: the second.
        by: what places are: "question", "session" or "document" (pairs are respondents who answer in both), or "source"
            (a file of a survey, or a session; pairs are equal ids that occur once in each).
        where: which part of the material.
        correction: for the number of themes: Holm, or Benjamini and Hochberg.
        top_only: leave the codes below the themes out; there are fewer tests then to correct for.

    Raises:
        AnalysisError: a place does not exist, both are the same, or nobody answered in both.
    """
    places, first, second = _two_places(project, a, b, by, where)
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
        if not (top_only and code.depth)
    ]
    return compare_paired(themes, method=correction)


def places_to_pair(project: Project) -> dict[str, list[str]]:
    """What `compare_same_people` can set beside each other: names by what places are, where there are two or more."""
    material = project.reports.material()
    found = {
        "question": list(material.questions.values()),
        SOURCE: list(dict.fromkeys(material.cases["source"].tolist())),
        "session": list(material.sessions.values()),
    }
    return {by: names for by, names in found.items() if len(names) > 1}


def quotations_of_same_people(
    project: Project, theme: str, place: str, other: str, *, by: str = "question", where: Filter = EVERYTHING
) -> list[Quotation]:
    """What those who answered in both places say of a theme in the first of them; names as in `compare_same_people`."""
    places, here, there = _two_places(project, place, other, by, where)
    people = places.in_both(here, there)
    keys = dict(zip(*(project.reports.material().cases[each].tolist() for each in ("case", "key")), strict=True))
    if not people:
        return []
    clauses = [*where.clauses, (Condition("respondent", tuple(keys[case] for case in people)),)]
    if folded(by) != SOURCE:
        clauses.append((Condition(folded(by), (here,)),))
    return project.reports.quotations(theme, ALL_GROUPS, where=Filter(tuple(clauses)))


def _two_places(project: Project, a: str, b: str, by: str, where: Filter) -> tuple[_Places, str, str]:
    """The places, and what the two are called."""
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
    return places, first, second


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

    def in_both(self, place: str, other: str) -> list[int]:
        """The respondents of a place who answered there and in the other."""
        column = "case" if self._by == SOURCE else self._by
        said = self._selection.said
        here, there = (
            sorted(set(said["case"][said[column].isin(self._names[each])].tolist()) - {NOBODY})
            for each in (place, other)
        )
        if self._by != SOURCE:
            return [case for case in here if case in set(there)]
        once = [{each: self._ident[each] for each in cases} for cases in (here, there)]
        alone = [{ident for ident, n in Counter(of.values()).items() if n == 1} for of in once]
        return [case for case, ident in once[0].items() if ident in alone[0] & alone[1]]

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
