"""Filters: which part of the material a table is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.errors import AnalysisError
from qualcode.i18n import _, folded

FIELDS = ("group", "respondent", "session", "document", "question", "code", "coder", "origin")
"""What one can filter by, beside the names of attributes."""

_NORWEGIAN = {
    "gruppe": "group",
    "samtale": "session",
    "dokument": "document",
    "transkripsjon": "document",
    "spørsmål": "question",
    "kode": "code",
    "tema": "code",
    "koder": "coder",
    "kodar": "coder",
    "opphav": "origin",
    "informant": "respondent",
}
"""Fields as a Norwegian would type them; in any language of the program, for commands are handed on to colleagues."""

_CONDITION = re.compile(r"\s*(?P<field>[^=!]+?)\s*(?P<sign>!?=)\s*(?P<values>.*?)\s*", re.DOTALL)
_OR = re.compile(r"\s+or\s+(?=[^=!|]+!?=)")  # "A or B" may be a value: what comes next must be a condition
_QUOTED = re.compile(r'(?<=[=|])\s*"((?:[^"]|"")*)"(?=\s*(?:$|[;|]|or\s))')
_NEEDS_QUOTES = re.compile(r'[;|"]|^\s|\s$|\sor\s')


@dataclass(frozen=True, slots=True)
class Condition:
    """One field with the values that are wanted, or that are not."""

    field: str
    values: tuple[str, ...]
    wanted: bool = True

    def __str__(self) -> str:
        return f"{self.field}{'=' if self.wanted else '!='}{'|'.join(map(_as_typed, self.values))}"


Clause = tuple[Condition, ...]
"""Conditions of which one is enough."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Clauses that all must hold, in each of which one condition is enough; without clauses, everything."""

    clauses: tuple[Clause, ...] = ()

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All conditions, whatever stands between them."""
        return tuple(condition for clause in self.clauses for condition in clause)

    def __bool__(self) -> bool:
        return bool(self.clauses)

    def __str__(self) -> str:
        return "; ".join(" or ".join(map(str, clause)) for clause in self.clauses)


def field_named(name: str, attributes: Iterable[str]) -> str:
    """What is meant by the name of a field, in Norwegian too and in any case; an attribute of the study goes first.

    Returns:
        One of `FIELDS`, else the name as it is.
    """
    typed = folded(name)
    if typed in {folded(each) for each in attributes}:
        return name
    return _NORWEGIAN.get(typed, typed if typed in FIELDS else name)


def parse_filter(texts: Iterable[str]) -> Filter:
    """Read filters as one types them: `group=Team leader|Supervisor; session!=Team A or code=time`.

    All parts between semicolons must hold; of conditions with `or` between them one is enough. A value that has a `;`
    or a `|` in it stands in double quotes.

    Raises:
        AnalysisError: a part that is no condition.
    """
    clauses = []
    for text in texts:
        quoted: list[str] = []

        def keep(found: re.Match[str], quoted: list[str] = quoted) -> str:
            quoted.append(found[1].replace('""', '"'))
            return f"\0{len(quoted) - 1}\0"

        bare = _QUOTED.sub(keep, text)
        for part in filter(str.strip, bare.split(";")):
            clauses.append(tuple(_condition(each, quoted) for each in _OR.split(part)))
    return Filter(tuple(clauses))


def _condition(part: str, quoted: list[str]) -> Condition:
    found = _CONDITION.fullmatch(part)
    values = tuple(_unquoted(value.strip(), quoted) for value in found["values"].split("|")) if found else ()
    if found is None or not any(values):
        raise AnalysisError(
            _("The filter {part!r} cannot be read.").format(part=_unquoted(part.strip(), quoted)),
            hint=_("Write FIELD=VALUE, several values with | between them, for instance group=A|B."),
        )
    field = folded(found["field"])
    known = field if field in FIELDS else found["field"].strip()
    return Condition(known, values, found["sign"] == "=")


def _unquoted(text: str, quoted: list[str]) -> str:
    return re.sub("\0(\\d+)\0", lambda found: quoted[int(found[1])], text)


def _as_typed(value: str) -> str:
    doubled = value.replace('"', '""')
    return f'"{doubled}"' if _NEEDS_QUOTES.search(value) else value
