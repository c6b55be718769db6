"""Whom the study is about: respondents and their groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.model.case import NO_GROUP, Case
from qualcode.store import cases

if TYPE_CHECKING:
    from qualcode.project.project import Project


class RespondentActions:
    """What can be asked of and done to the respondents of a project."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def all(self) -> list[Case]:
        """All respondents with their attributes, in the order of import."""
        return cases.all_cases(self._project.db)

    def groups(self) -> list[str]:
        """The groups in the order of the study; NO_GROUP last, if somebody belongs to none."""
        names = list(cases.group_names(self._project.db).values())
        if any(case.group == NO_GROUP for case in self.all()):
            names.append(NO_GROUP)
        return names

    def attribute_names(self) -> list[str]:
        """What else is known of respondents and can group a table."""
        return cases.attribute_names(self._project.db)
