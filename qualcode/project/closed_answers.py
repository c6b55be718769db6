"""Closed questions of a project: what each group answered, and what those who answered say in their own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from qualcode.analysis.closed import ClosedAnswers, closed_table, usable_answers
from qualcode.analysis.filtering import Condition, Filter
from qualcode.errors import AnalysisError
from qualcode.i18n import _
from qualcode.model.case import ALL_GROUPS, NO_GROUP
from qualcode.project.selection import Selection
from qualcode.store import settings

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.project.reports import Quotation

EVERYTHING = Filter()


def closed_answers(project: Project) -> list[ClosedAnswers]:
    """The closed questions with all their answers, in the order in which they were imported."""
    material = project.reports.material()
    cases, attributes = material.cases, material.attributes
    questions = []
    for each in settings.read(project.db, "closed_questions", []):
        answers = attributes[attributes["name"] == each["column"]]
        asked = frozenset(cases["case"][cases["survey"].isin(each["surveys"])].tolist())
        values = dict(zip(answers["case"].tolist(), answers["value"].tolist(), strict=True))
        known = (each["column"], each["kind"], each["min"], each["max"], asked, values)
        questions.append(ClosedAnswers(*known, project.settings.not_an_answer))
    return questions


def closed_answers_table(project: Project, *, by: str = "group", where: Filter = EVERYTHING) -> pd.DataFrame:
    """What each group answered, in the columns of `analysis.closed.COLUMNS`.

    Raises:
        AnalysisError: `by` or the filter names something that does not exist, or that people are not grouped by.
    """
    groups = _groups(project, by, where)
    return closed_table(closed_answers(project), list(groups.items()), small_cell=project.settings.small_cell)


def quotations_of_answers(
    project: Project,
    question: str,
    group: str,
    *,
    value: str = "",
    by: str = "group",
    where: Filter = EVERYTHING,
    theme: str | None = None,
) -> list[Quotation]:
    """What those of a group who answered a closed question say in open answers.

    Args:
        question: its header.
        group: a group of the table, NO_GROUP or ALL_GROUPS.
        value: only those who chose it; "" for all who gave a usable answer.
        by: what the groups are.
        where: which part of the material.
        theme: key of the theme that goes with the question, "" for none; looked up if None.

    Returns:
        Quotations of the theme that goes with the question in the joint display; of all themes if none does.

    Raises:
        AnalysisError: a name does not exist.
    """
    found = next((each for each in closed_answers(project) if each.column == question), None)
    members = _groups(project, by, where).get(group, frozenset())
    if found is None or not members:
        return []
    answers = usable_answers(found)
    who = {case for case in members & found.asked if answers.get(case) and (not value or value in answers[case])}
    cases = project.reports.material().cases
    keys = tuple(cases["key"][cases["case"].isin(who)].tolist())
    if not keys:
        return []
    if theme is None:
        theme = next((each.theme for each in project.joint.matches() if each.question == question), "")
    inside = Filter((*where.clauses, (Condition("respondent", keys),)))
    return project.reports.quotations(theme, ALL_GROUPS, where=inside)


def _groups(project: Project, by: str, where: Filter) -> dict[str, frozenset[int]]:
    """Who is in each group, in order; then those of no group, and all."""
    selection = Selection(project.reports.material(), project.codebook.current(), where)
    grouping = selection.grouping(by)
    if grouping.column != "case":
        raise AnalysisError(
            _("Closed questions are told by groups of people only, not by {name}.").format(name=by),
            hint=_("Choose a respondent group or an attribute."),
        )
    members = selection.counted(grouping).members
    cases = members["case"].drop_duplicates().to_numpy()
    of_group = grouping.of(members.drop_duplicates("case"))
    groups = {
        name: frozenset(cases[of_group == number].tolist()) for number, name in enumerate((*grouping.names, NO_GROUP))
    }
    return {**groups, ALL_GROUPS: frozenset(cases.tolist())}
