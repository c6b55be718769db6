"""The codebook as it stands in the project."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from sqlalchemy import Select, func, insert, select, update

from qualcode.model.codebook import Code, Codebook, CodeOrigin, Context, Level, MatchRule, Valence, Wording
from qualcode.store import settings
from qualcode.store.database import Database
from qualcode.store.schema import code, segment, suggestion

_HEAD = "codebook"


def _wording(value: dict[str, Any]) -> Wording:
    return Wording(value.get("by_language", {}), value.get("plain", ""))


def _details_of(entry: Code) -> dict[str, Any]:
    details = asdict(entry)
    for column in ("id", "key", "name", "parent", "depth", "colour"):
        del details[column]
    return details


def _rule(value: dict[str, Any]) -> MatchRule:
    return MatchRule(
        any=tuple(value["any"]),
        all=tuple(tuple(item) for item in value["all"]),
        near=tuple(tuple(item) for item in value["near"]),
        regex=value["regex"],
        words=value["words"],
        none=tuple(value["none"]),
        lacking=value["lacking"],
        within=Context(value["within"]),
        groups=tuple(value["groups"]),
        questions=tuple(value["questions"]),
        weight=value["weight"],
        name=value["name"],
    )


def _code(row: Any, parent: str, depth: int) -> Code:
    details = json.loads(row.details)
    return Code(
        key=row.key,
        name=_wording(json.loads(row.name)),
        parent=parent,
        depth=depth,
        aliases=tuple(details["aliases"]),
        definition=_wording(details["definition"]),
        include=tuple(details["include"]),
        exclude=tuple(details["exclude"]),
        examples=tuple(details["examples"]),
        origin=CodeOrigin(details["origin"]),
        level=Level(details["level"]) if details["level"] else None,
        valence=Valence(details["valence"]) if details["valence"] else None,
        counterpart=details["counterpart"],
        colour=row.colour,
        rules=tuple(_rule(each) for each in details["rules"]),
        id=row.id,
    )


def current(db: Database) -> Codebook:
    """The codebook in tree order, its codes with their ids."""
    rows = db.connection.execute(select(code).order_by(code.c.position, code.c.id)).all()
    below: dict[int | None, list[Any]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    codes: list[Code] = []

    def add(parent_id: int | None, parent: str, depth: int) -> None:
        for row in below.get(parent_id, ()):
            codes.append(_code(row, parent, depth))
            add(row.id, row.key, depth + 1)

    add(None, "", 0)
    head = settings.read(db, _HEAD, {})
    concepts = {name: tuple(words) for name, words in head.get("concepts", {}).items()}
    title = _wording(head.get("title", {}))
    return Codebook(head.get("key", ""), tuple(codes), title, head.get("source", ""), head.get("version", ""), concepts)


def load(db: Database, codebook: Codebook) -> None:
    """Put a codebook into the project; codes of equal key are replaced, other codes stay."""
    head = {
        "key": codebook.key,
        "title": asdict(codebook.title),
        "source": codebook.source,
        "version": codebook.version,
        "concepts": {name: list(words) for name, words in codebook.concepts.items()},
    }
    settings.write(db, _HEAD, head)
    rows = {row.key: row for row in db.connection.execute(select(code))}
    ids = {key: int(row.id) for key, row in rows.items()}
    for position, entry in enumerate(codebook.codes):
        values = {
            "parent_id": ids[entry.parent] if entry.parent else None,
            "position": position,
            "name": json.dumps(asdict(entry.name), ensure_ascii=False),
            "colour": entry.colour,
            "details": json.dumps(_details_of(entry), ensure_ascii=False),
        }
        known = rows.get(entry.key)
        if known is None:
            result = db.connection.execute(insert(code).values(key=entry.key, **values))
            ids[entry.key] = int(result.inserted_primary_key[0])  # type: ignore[index]  # typed as optional
        elif any(known._mapping[column] != value for column, value in values.items()):
            db.connection.execute(update(code).where(code.c.id == known.id).values(values))


def ids_by_key(db: Database) -> dict[str, int]:
    """Code ids by key."""
    return {row.key: row.id for row in db.connection.execute(select(code.c.id, code.c.key))}


def add(db: Database, key: str, name: str, parent_id: int | None, details: Code) -> int:
    """Add a code at the end of its siblings; returns its id."""
    position = int(db.connection.execute(select(func.coalesce(func.max(code.c.position), -1))).scalar_one()) + 1
    result = db.connection.execute(
        insert(code).values(
            key=key,
            parent_id=parent_id,
            position=position,
            name=json.dumps(asdict(Wording(plain=name)), ensure_ascii=False),
            colour=details.colour,
            details=json.dumps(_details_of(details), ensure_ascii=False),
        )
    )
    return int(result.inserted_primary_key[0])  # type: ignore[index]  # SQLAlchemy types it as optional


def rename(db: Database, code_id: int, name: Wording) -> None:
    """Give a code another name."""
    text = json.dumps(asdict(name), ensure_ascii=False)
    db.connection.execute(update(code).where(code.c.id == code_id).values(name=text))


def recolour(db: Database, code_id: int, colour: str) -> None:
    """Give a code another colour."""
    db.connection.execute(update(code).where(code.c.id == code_id).values(colour=colour))


def move(db: Database, code_id: int, parent_id: int | None, position: int) -> None:
    """Put a code below another (None: among the themes), before the sibling that has that place now.

    Args:
        db: the project.
        code_id: what is moved, with all codes below it.
        parent_id: where it goes; neither the code itself nor one below it.
        position: its place among its new siblings, counted from 0 without itself; too large means last.
    """
    siblings = select(code.c.id, code.c.position).where(code.c.parent_id.is_not_distinct_from(parent_id))
    rows = db.connection.execute(siblings.where(code.c.id != code_id).order_by(code.c.position, code.c.id)).all()
    order = [row.id for row in rows]
    order.insert(max(0, min(position, len(order))), code_id)
    stood = {row.id: row.position for row in rows}
    for place, each in enumerate(order):
        if each == code_id:
            values = {"parent_id": parent_id, "position": place}
            db.connection.execute(update(code).where(code.c.id == code_id).values(values))
        elif stood[each] != place:
            db.connection.execute(update(code).where(code.c.id == each).values(position=place))


def ids_below(db: Database, code_id: int) -> set[int]:
    """Ids of all codes below one."""
    parents = db.connection.execute(select(code.c.id, code.c.parent_id)).all()
    found: set[int] = set()
    frontier = {code_id}
    while frontier:
        frontier = {row.id for row in parents if row.parent_id in frontier} - found
        found |= frontier
    return found


def adopt_children(db: Database, source_id: int, target_id: int) -> None:
    """Move the codes directly below one code to another."""
    db.connection.execute(update(code).where(code.c.parent_id == source_id).values(parent_id=target_id))


def delete(db: Database, code_id: int) -> None:
    """Delete a code; its suggestions go with it, its segments must be gone."""
    db.connection.execute(code.delete().where(code.c.id == code_id))


def n_segments(db: Database, *, hidden_coders: Collection[int] = ()) -> dict[int, int]:
    """Spans by code id, those of all codes below it taken in, each span once: what the theme table calls codings.

    Args:
        db: the project.
        hidden_coders: ids of coders whose segments are left out.
    """
    spans = select(segment.c.code_id, segment.c.document_id, segment.c.start, segment.c.end)
    if hidden_coders:
        spans = spans.where(segment.c.coder_id.not_in(hidden_coders))
    return _n_spans(db, spans)


def n_suggestions(db: Database) -> dict[int, int]:
    """Spans that wait for a decision by code id, those of all codes below it taken in, each span once."""
    columns = select(suggestion.c.code_id, suggestion.c.document_id, suggestion.c.start, suggestion.c.end)
    return _n_spans(db, columns.where(suggestion.c.status == "suggested"))


def _n_spans(db: Database, spans: Select[tuple[int, int, int, int]]) -> dict[int, int]:
    # each code beside itself and beside each code above it
    above = select(code.c.id.label("code_id"), code.c.id.label("theme_id"), code.c.parent_id).cte(recursive=True)
    parent = code.alias()
    above = above.union_all(
        select(above.c.code_id, parent.c.id, parent.c.parent_id).join(parent, parent.c.id == above.c.parent_id)
    )
    found = spans.subquery()
    places = (
        select(above.c.theme_id, found.c.document_id, found.c.start, found.c.end)
        .join(found, found.c.code_id == above.c.code_id)
        .distinct()
        .subquery()
    )
    rows = db.connection.execute(select(places.c.theme_id, func.count()).group_by(places.c.theme_id))
    return {row[0]: row[1] for row in rows}
