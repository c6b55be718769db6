"""The codebook as it stands in the project."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict
from itertools import count
from typing import Any

from sqlalchemy import func, insert, select, update

from qualcode.model.codebook import Code, Codebook, CodeOrigin, Context, Level, MatchRule, Valence, Wording
from qualcode.model.suggestion import Status
from qualcode.store import settings
from qualcode.store.database import Database
from qualcode.store.schema import code

_HEAD = "codebook"
_AFTER_ANY_END = 1 << 32
"""More than any position in a text."""


def _wording(value: dict[str, Any]) -> Wording:
    return Wording(value.get("by_language", {}), value.get("plain", ""))


def _details_of(entry: Code) -> dict[str, Any]:
    details = asdict(entry)
    for column in ("id", "key", "name", "parent", "depth", "colour", "mark"):
        del details[column]
    return details


def _rule(value: dict[str, Any]) -> MatchRule:
    return MatchRule(
        any=tuple(value["any"]),
        all=tuple(tuple(item) for item in value["all"]),
        near=tuple(tuple(item) for item in value["near"]),
        regex=value["regex"],
        like=tuple(value.get("like", ())),
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
        mark=row.mark,
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
    _give_marks(db, [ids[entry.key] for entry in codebook.codes if not entry.parent])


def _give_marks(db: Database, theme_ids: Sequence[int]) -> None:
    """Let themes keep the mark that they have, or had before; where it is taken they get the next that is free."""
    themes = select(code.c.id, code.c.mark).where(code.c.parent_id.is_(None))
    marks = {row.id: row.mark for row in db.connection.execute(themes)}
    asking = set(theme_ids)
    taken = {mark for theme_id, mark in marks.items() if theme_id not in asking}
    for theme_id in theme_ids:
        mark = marks[theme_id]
        if mark is None or mark in taken:
            mark = next(each for each in count() if each not in taken)
            db.connection.execute(update(code).where(code.c.id == theme_id).values(mark=mark))
        taken.add(mark)


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
    made_id = int(result.inserted_primary_key[0])  # type: ignore[index]  # SQLAlchemy types it as optional
    if parent_id is None:
        _give_marks(db, [made_id])
    return made_id


def rename(db: Database, code_id: int, name: Wording) -> None:
    """Give a code another name."""
    text = json.dumps(asdict(name), ensure_ascii=False)
    db.connection.execute(update(code).where(code.c.id == code_id).values(name=text))


def change_details(db: Database, changed: Code) -> None:
    """Write what a code says of itself, its rules among it; name, colour and place stay as they are."""
    details = json.dumps(_details_of(changed), ensure_ascii=False)
    db.connection.execute(update(code).where(code.c.id == changed.id).values(details=details))


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
    if parent_id is None:
        _give_marks(db, [code_id])


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


def with_those_above(db: Database, code_ids: Collection[int]) -> set[int]:
    """Some codes and all codes above them."""
    parents = {row.id: row.parent_id for row in db.connection.execute(select(code.c.id, code.c.parent_id))}
    found: set[int] = set()
    for each in code_ids:
        above: int | None = each
        while above is not None and above in parents and above not in found:
            found.add(above)
            above = parents[above]
    return found


def n_spans(
    db: Database,
    table_name: str,
    hidden_coders: Collection[int] = (),
    document_ids: Collection[int] | None = None,
    code_ids: Collection[int] | None = None,
) -> dict[int, dict[int, int]]:
    """Spans by document and code id, those of all codes below it taken in, each span once.

    Summed over all documents this is what the theme table calls codings.

    Args:
        db: the project.
        table_name: "segment", or "suggestion" for those that wait for a decision.
        hidden_coders: ids of coders whose segments are left out.
        document_ids: only these few; all if None.
        code_ids: counts of these codes only; of all if None.
    """
    conditions = ["1"]
    if table_name == "suggestion":
        conditions.append(f"status = '{Status.SUGGESTED}'")
    elif hidden_coders:
        conditions.append(f"coder_id NOT IN ({_listed(hidden_coders)})")
    if document_ids is not None:
        conditions.append(f"document_id IN ({_listed(document_ids)})")
    if code_ids is not None:
        conditions.append(f"theme_id IN ({_listed(code_ids)})")
    # Each code beside itself and beside each code above it. The spans come first, in the order of their index: CROSS
    # JOIN keeps SQLite from turning it round, which would take three times as long.
    rows = db.connection.exec_driver_sql(
        f"""
        WITH RECURSIVE above (code_id, theme_id, parent_id) AS (
            SELECT id, id, parent_id FROM code
            UNION ALL
            SELECT above.code_id, parent.id, parent.parent_id
            FROM above JOIN code parent ON parent.id = above.parent_id
        )
        SELECT document_id, theme_id, count(DISTINCT "start" * {_AFTER_ANY_END} + "end")
        FROM {table_name} span CROSS JOIN above ON above.code_id = span.code_id
        WHERE {" AND ".join(conditions)}
        GROUP BY document_id, theme_id
        """
    )
    counts: dict[int, dict[int, int]] = {}
    for document_id, code_id, n in rows:
        counts.setdefault(document_id, {})[code_id] = n
    return counts


def _listed(ids: Collection[int]) -> str:
    return ", ".join(str(int(each)) for each in ids)
