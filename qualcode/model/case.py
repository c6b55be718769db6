"""Cases (shown as respondents): whom a study is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NO_GROUP = "(none)"
ALL_GROUPS = "(all)"


@dataclass(frozen=True, slots=True)
class Case:
    """A respondent: one speaker of one session, or one row of a survey.

    Attributes:
        id: the project's number for it.
        key: unique in the project; stable; used in exported tables.
        ident: the id or label in the source, not always unique.
        group: the respondent group, NO_GROUP if none is known.
        source: the file (and sheet) or the session where the case comes from.
        attributes: other facts, as text, by name.
    """

    id: int
    key: str
    ident: str
    group: str = NO_GROUP
    source: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
