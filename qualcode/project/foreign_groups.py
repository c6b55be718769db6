"""Which respondent group another tool's attributes say."""

from __future__ import annotations

from collections.abc import Mapping

from qualcode.i18n import collapsed, folded
from qualcode.model.case import ALL_GROUPS, NO_GROUP

_NO_GROUPS = frozenset(("", "unassigned", "not applicable", "ikke tildelt", "ikke relevant"))
"""What tools write where nobody filled a value in."""
_GROUP_WORDS = frozenset(
    "group gruppe respondentgruppe respondentgroup role rolle stilling position yrkesgruppe yrke profesjon "
    "profession occupation".split()
)


def group_of(facts: Mapping[str, str], group: str = "") -> str:
    """The group of a respondent.

    Args:
        facts: attributes and their values.
        group: of all respondents; "" where the attributes are to say it.
    """
    found = group or next((value for name, value in facts.items() if _is_group(name)), NO_GROUP)
    none = (folded(ALL_GROUPS), folded(NO_GROUP), *_NO_GROUPS)
    return NO_GROUP if folded(found) in none else collapsed(found)


def _is_group(name: str) -> bool:
    """Whether an attribute says the group; some tools put what it is an attribute of before it (`Person:Role`)."""
    return folded(name) in _GROUP_WORDS or folded(name).rpartition(":")[2].strip() in _GROUP_WORDS
