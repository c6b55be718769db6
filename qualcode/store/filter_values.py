"""What there is to filter by: the values that each field has in a project."""

from __future__ import annotations

from sqlalchemy import func, select

from qualcode.model.document import DocumentKind
from qualcode.store.cases import group_names
from qualcode.store.database import Database
from qualcode.store.schema import attribute, case, code, coder, document, question, segment, session


def values_of(db: Database, field: str) -> list[str]:
    """The values of a field, in their order: of "code" the keys, of any other name an attribute's values.

    Args:
        field: one of the filter language's fields, or the name of an attribute.
    """
    match field:
        case "group":
            return list(group_names(db).values())
        case "session":
            query = select(session.c.name).order_by(session.c.id)
        case "document":
            query = select(document.c.name).where(document.c.kind != DocumentKind.ANSWER.value).order_by(document.c.id)
        case "question":
            query = select(question.c.text).order_by(question.c.position, question.c.id)
        case "code":
            query = select(code.c.key).order_by(code.c.id)
        case "coder":
            query = select(coder.c.name).order_by(coder.c.id)
        case "origin":
            query = select(segment.c.origin).group_by(segment.c.origin).order_by(segment.c.origin)
        case "respondent":
            query = select(case.c.key).order_by(case.c.id)
        case _:
            query = (
                select(attribute.c.value)
                .where(attribute.c.name == field)
                .group_by(attribute.c.value)
                .order_by(func.min(attribute.c.id))
            )
    return list(db.connection.execute(query).scalars())


def has_respondents_without_group(db: Database) -> bool:
    """Whether anybody is in no group."""
    return db.connection.execute(select(case.c.id).where(case.c.group_id.is_(None)).limit(1)).first() is not None
