"""Filters that have a name, and filters as they are typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcode.analysis.filtering import FIELDS, Clause, Filter, field_named, parse_filter
from qualcode.errors import AnalysisError
from qualcode.i18n import _, collapsed, did_you_mean, folded
from qualcode.model.case import NO_GROUP
from qualcode.store import cases, filter_values, saved_filters

if TYPE_CHECKING:
    from qualcode.project.project import Project

_SIGN = "@"


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter with a name, and the search that it was saved with.

    Attributes:
        query: what was searched for; "" for a filter alone.
        mode: how `query` is read.
    """

    name: str
    where: Filter
    query: str = ""
    mode: str = "words"


class FilterActions:
    """What can be asked of and done to the saved filters of a project."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def all(self) -> list[SavedFilter]:
        """All saved filters, by name."""
        return [
            SavedFilter(name, parse_filter(filters), query, mode)
            for name, filters, query, mode in saved_filters.all_filters(self._project.db)
        ]

    def named(self, name: str) -> SavedFilter:
        """The saved filter of that name; case and white space do not count.

        Raises:
            AnalysisError: there is none.
        """
        known = self.all()
        found = next((each for each in known if folded(each.name) == folded(name)), None)
        if found is None:
            raise AnalysisError(
                _("There is no saved filter {name!r}.").format(name=name),
                hint=did_you_mean(name, [each.name for each in known]),
            )
        return found

    def save(self, name: str, where: Filter, *, query: str = "", mode: str = "words") -> SavedFilter:
        """Keep a filter under a name, in place of the one that has it.

        Raises:
            AnalysisError: the name is blank.
        """
        name = collapsed(name).lstrip(_SIGN).strip()
        if not name:
            raise AnalysisError(_("A saved filter needs a name."), hint=_("Type one."))
        same = next((each.name for each in self.all() if folded(each.name) == folded(name)), name)
        with self._project.step(_("Save filter")):
            saved_filters.put(self._project.db, same, [str(where)] if where else [], query, mode)
        return SavedFilter(same, where, query, mode)

    def remove(self, name: str) -> None:
        """Forget a saved filter.

        Raises:
            AnalysisError: there is none of that name.
        """
        known = self.named(name)
        with self._project.step(_("Remove filter")):
            saved_filters.remove(self._project.db, known.name)

    def fields(self) -> list[str]:
        """What this project can be filtered by: the fields of which there are values, then the attributes."""
        fixed = [each for each in FIELDS if filter_values.values_of(self._project.db, each)]
        return [*fixed, *cases.attribute_names(self._project.db)]

    def values(self, field: str) -> list[str]:
        """The values that a field or an attribute has here, in their order; of codes the keys."""
        if field == "code":
            return [code.key for code in self._project.codebook.current().codes]
        found = filter_values.values_of(self._project.db, field)
        if field == "group" and filter_values.has_respondents_without_group(self._project.db):
            found.append(NO_GROUP)
        return found

    def parse(self, texts: Iterable[str]) -> Filter:
        """Filters as one types them; `@name` stands for a saved one.

        Raises:
            AnalysisError: a part that is no condition, or no saved filter.
        """
        clauses: list[Clause] = []
        for text in texts:
            for part in text.split(";") if text.lstrip().startswith(_SIGN) else [text]:
                named = part.strip().startswith(_SIGN)
                found = self.named(part.strip()[1:]).where if named else parse_filter([part])
                clauses.extend(found.clauses)
        known = cases.attribute_names(self._project.db) if clauses else []
        return Filter(
            tuple(tuple(replace(each, field=field_named(each.field, known)) for each in clause) for clause in clauses)
        )

    def grouping(self, by: str) -> str:
        """What to group by, as one types it: a field, in any case or in Norwegian, an attribute, or two with `+`."""
        known = cases.attribute_names(self._project.db)
        if folded(by) in {folded(each) for each in known}:
            return by
        return "+".join(field_named(each.strip(), known) for each in by.split("+"))
