"""The people of some groups with their sessions and themes, for comparing whole sessions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from qualcode.analysis.filtering import Filter
from qualcode.analysis.session_permutation import ON_THEIR_OWN, people_together
from qualcode.analysis.units import Integers, rows_and_themes, themes_by_code
from qualcode.errors import AnalysisError
from qualcode.i18n import _
from qualcode.model.case import NO_GROUP
from qualcode.project.selection import Selection
from qualcode.store.coding_table import NOBODY

if TYPE_CHECKING:
    from qualcode.project.project import Project


@dataclass(frozen=True, slots=True)
class SessionPeople:
    """Those who answer, by person.

    Attributes:
        group: position in the groups that were asked for; those in which nobody answers have nobody here.
        session: a number, equal where people share a session, or ON_THEIR_OWN.
        mentions: themes (in the order of the codebook) by persons.
    """

    group: Integers
    session: Integers
    mentions: NDArray[np.bool_]


def people_of_groups(project: Project, groups: Sequence[str], *, by: str, where: Filter) -> SessionPeople:
    """Those of some groups, named as in the theme table, who answer.

    Raises:
        AnalysisError: the groups are not of people.
    """
    codes = project.codebook.current().codes
    selection = Selection(project.reports.material(), project.codebook.current(), where)
    grouping = selection.grouping(by)
    if grouping.columns != ("case",):
        raise AnalysisError(
            _("Sessions can be compared between groups of people only, not by {name}.").format(name=by),
            hint=_("Choose a respondent group or an attribute, or leave --by-session out."),
        )
    names = (*grouping.names, NO_GROUP)
    wanted = [names.index(each) for each in groups]
    said = selection.said[selection.said["case"] != NOBODY]
    people = said.drop_duplicates("case")[["case"]]
    people = people.assign(group=grouping.of(people))
    people = people[people["group"].isin(wanted)]
    places = said[["case", "session"]].drop_duplicates()
    together = people_together(places["case"].to_numpy(), places["session"].to_numpy(), nobody=NOBODY)
    row, theme = rows_and_themes(selection.codings["code"].to_numpy(), themes_by_code(codes))
    number = pd.Series(np.arange(len(people)), index=people["case"])
    person = number.reindex(selection.codings["case"].to_numpy()[row]).to_numpy()
    mentions = np.zeros((len(codes), len(people)), dtype=np.bool_)
    known = ~np.isnan(person)
    mentions[theme[known], person[known].astype(np.int64)] = True
    return SessionPeople(
        np.array([wanted.index(each) for each in people["group"]], dtype=np.int64),
        np.array([together.get(case, ON_THEIR_OWN) for case in people["case"]], dtype=np.int64),
        mentions,
    )
