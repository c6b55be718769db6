"""Filters: which part of the material a table is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.errors import AnalysisError
from qualcode.i18n import _, folded

FIELDS = ("group", "respondent", "session", "document", "question", "code", "coder", "origin")
"""What one can filter by, beside the names of attributes."""

_CONDITION = re.compile(r"\s*(?P<field>[^=!]+?)\s*(?P<sign>!?=)\s*(?P<values>.*?)\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Condition:
    """One field with the values that are wanted, or that are not."""

    field: str
    values: tuple[str, ...]
    wanted: bool = True

    def __str__(self) -> str:
        return f"{self.field}{'=' if self.wanted else '!='}{'|'.join(self.values)}"


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions that all must hold; without conditions, everything."""

    conditions: tuple[Condition, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.conditions)

    def __str__(self) -> str:
        return "; ".join(str(each) for each in self.conditions)


def parse_filter(texts: Iterable[str]) -> Filter:
    """Read filters as one types them: `group=Team leader|Supervisor; session!=Team A`.

    Raises:
        AnalysisError: a part that is no condition.
    """
    conditions = []
    for text in texts:
        for part in filter(str.strip, text.split(";")):
            found = _CONDITION.fullmatch(part)
            values = tuple(value.strip() for value in found["values"].split("|")) if found else ()
            if found is None or not any(values):
                raise AnalysisError(
                    _("The filter {part!r} cannot be read.").format(part=part.strip()),
                    hint=_("Write FIELD=VALUE, several values with | between them, for instance group=A|B."),
                )
            field = folded(found["field"])
            known = field if field in FIELDS else found["field"].strip()
            conditions.append(Condition(known, values, found["sign"] == "="))
    return Filter(tuple(conditions))
