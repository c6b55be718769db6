"""Respondents with their groups and attributes, sessions, surveys and questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Table, func, insert, select

from qualcode.errors import StoreError
from qualcode.i18n import _, folded
from qualcode.model.case import ALL_GROUPS, NO_GROUP, Case
from qualcode.store.database import Database
from qualcode.store.schema import asked_question, attribute, case, question, respondent_group, session, survey


def all_cases(db: Database, ids: Sequence[int] | None = None) -> list[Case]:
    """Respondents in the order of import, with their attributes.

    Args:
        ids: only these few; all if None.
    """
    noted = select(attribute.c.case_id, attribute.c.name, attribute.c.value).order_by(attribute.c.id)
    query = select(case.c.id, case.c.key, case.c.ident, case.c.group_id, case.c.source).order_by(case.c.id)
    if ids is not None:
        noted, query = noted.where(attribute.c.case_id.in_(ids)), query.where(case.c.id.in_(ids))
    facts: dict[int, dict[str, str]] = defaultdict(dict)
    for case_id, name, value in db.connection.execute(noted).all():
        facts[case_id][name] = value
    groups = group_names(db)
    return [
        Case(id, key, ident, groups.get(group_id, NO_GROUP), source, facts.get(id, {}))
        for id, key, ident, group_id, source in db.connection.execute(query).all()
    ]


def is_without_group(db: Database) -> bool:
    """Whether a respondent belongs to no group."""
    return db.connection.execute(select(case.c.id).where(case.c.group_id.is_(None)).limit(1)).first() is not None


def group_names(db: Database) -> dict[int, str]:
    """Names of the respondent groups by id, in their order."""
    rows = db.connection.execute(select(respondent_group).order_by(respondent_group.c.position, respondent_group.c.id))
    return {row.id: row.name for row in rows}


def attribute_names(db: Database) -> list[str]:
    """Names of all attributes, in the order in which they came in."""
    rows = db.connection.execute(
        select(attribute.c.name).group_by(attribute.c.name).order_by(func.min(attribute.c.id))
    ).scalars()
    return list(rows)


def group_id(db: Database, name: str) -> int | None:
    """The id of a group, made when it is new; None for NO_GROUP. Names are compared without case and white space."""
    if folded(name) == folded(NO_GROUP) or not name:
        return None
    if folded(name) == folded(ALL_GROUPS):
        raise StoreError(
            _("A group cannot be called {name!r}: tables use that for everybody.").format(name=name),
            hint=_("Give it another name under `groups` in the study file."),
        )
    return _named(db, respondent_group, "name", name)


def session_id(db: Database, name: str) -> int:
    """The id of a session, made when it is new."""
    return _named(db, session, "name", name)


def question_id(db: Database, text: str) -> int:
    """The id of a question, made when it is new."""
    return _named(db, question, "text", text)


def _named(db: Database, table: Table, column: str, name: str) -> int:
    known = {folded(text): id for id, text in db.connection.execute(select(table.c.id, table.c[column]))}
    if folded(name) in known:
        return int(known[folded(name)])
    values: dict[str, object] = {column: name}
    if "position" in table.c:
        values["position"] = len(known)
    result = db.connection.execute(insert(table).values(values))
    return int(result.inserted_primary_key[0])  # type: ignore[index]  # SQLAlchemy types it as optional


def add_survey(db: Database, name: str, original_id: int, questions: Sequence[int]) -> int:
    """A survey sheet that asked these questions of all its respondents."""
    result = db.connection.execute(insert(survey).values(name=name, original_id=original_id))
    survey_id = int(result.inserted_primary_key[0])  # type: ignore[index]
    db.insert_many(asked_question, [{"survey_id": survey_id, "question_id": each} for each in questions])
    return survey_id


def keys(db: Database) -> set[str]:
    """The keys of all respondents."""
    return set(db.connection.execute(select(case.c.key)).scalars())


def add_cases(
    db: Database,
    rows: Sequence[tuple[str, str, int | None, int | None, str]],
    facts: Sequence[Mapping[str, str]],
    taken: set[str] | None = None,
) -> list[int]:
    """Add respondents; returns their ids.

    Args:
        rows: (wanted key, ident, group id, survey id, source) of each; a key that is taken gets " (2)", " (3)" ...
        facts: the attributes of each, blank ones left out.
        taken: the keys that are taken, for who adds in pieces; gets the new ones.
    """
    if taken is None:
        taken = keys(db)
    first = db.next_id(case)
    ids = list(range(first, first + len(rows)))
    complete = []
    for id, (key, *rest) in zip(ids, rows, strict=True):
        unique = _free(key, taken)
        taken.add(unique)
        complete.append((id, unique, *rest))
    db.insert_rows(case, ["id", "key", "ident", "group_id", "survey_id", "source"], complete)
    db.insert_rows(
        attribute,
        ["case_id", "name", "value"],
        ((id, name, value) for id, values in zip(ids, facts, strict=True) for name, value in values.items()),
    )
    return ids


def _free(key: str, taken: set[str]) -> str:
    if key not in taken:
        return key
    number = 2
    while f"{key} ({number})" in taken:
        number += 1
    return f"{key} ({number})"
