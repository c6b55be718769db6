"""What an import of another tool's project looks up, so that the same part never comes in twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select

from qualcode.model.document import DocumentKind
from qualcode.store import settings
from qualcode.store.database import Database
from qualcode.store.schema import attribute, case, document, memo, segment, speaker

_KEY = "imported_identifiers"

MemoKey = tuple[int | None, int | None, int | None, int | None, str, str]
"""(document, case, code, segment, title, content) of a memo."""


def identifiers(db: Database) -> dict[str, dict[str, int]]:
    """Row ids by kind ("code", "case", "document") and the identifier that another tool gave the thing."""
    stored = settings.read(db, _KEY, {})
    return {kind: dict(stored.get(kind, {})) for kind in ("code", "case", "document")}


def keep_identifiers(db: Database, known: dict[str, dict[str, int]]) -> None:
    """Remember them; inside a step."""
    if known != identifiers(db):
        settings.write(db, _KEY, known)


def speakers_of(db: Database, document_id: int) -> dict[str | None, int | None]:
    """The respondent of each label of a transcript."""
    query = select(speaker.c.label, speaker.c.case_id).where(speaker.c.document_id == document_id)
    return {row.label: row.case_id for row in db.connection.execute(query)}


def transcript_names(db: Database) -> dict[str, int]:
    """Ids of the transcripts by name."""
    query = select(document.c.name, document.c.id).where(document.c.kind != DocumentKind.ANSWER)
    return {row.name: row.id for row in db.connection.execute(query)}


def case_ids(db: Database) -> set[int]:
    """The ids of all respondents."""
    return set(db.connection.execute(select(case.c.id)).scalars())


def cases_of_source(db: Database, source: str) -> dict[str, int]:
    """Respondents that came from a file, by their ident."""
    query = select(case.c.ident, case.c.id).where(case.c.source == source)
    return {row.ident: row.id for row in db.connection.execute(query)}


def add_facts(db: Database, facts: Iterable[tuple[int, str, str]]) -> int:
    """Add attributes (case, name, value) where a case has none of that name yet; returns how many."""
    known: dict[int, set[str]] = defaultdict(set)
    for case_id, name in db.connection.execute(select(attribute.c.case_id, attribute.c.name)):
        known[case_id].add(name)
    rows = []
    for case_id, name, value in facts:
        if name not in known[case_id]:
            known[case_id].add(name)
            rows.append((case_id, name, value))
    db.insert_rows(attribute, ["case_id", "name", "value"], rows)
    return len(rows)


def segment_ids(db: Database) -> dict[tuple[int, int, int, int, int], int]:
    """Segment ids by (document, start, end, code, coder)."""
    columns = (segment.c.document_id, segment.c.start, segment.c.end, segment.c.code_id, segment.c.coder_id)
    return {
        (document_id, start, end, code_id, coder_id): id
        for document_id, start, end, code_id, coder_id, id in db.connection.execute(select(*columns, segment.c.id))
    }


def memo_keys(db: Database) -> set[MemoKey]:
    """What each memo is on, and what it says."""
    columns = (memo.c.document_id, memo.c.case_id, memo.c.code_id, memo.c.segment_id, memo.c.title, memo.c.content)
    return {
        (document_id, case_id, code_id, segment_id, title, content)
        for document_id, case_id, code_id, segment_id, title, content in db.connection.execute(select(*columns))
    }


def add_memos(db: Database, rows: Iterable[tuple[MemoKey, int, str]]) -> None:
    """Add memos: (what it is on and says, coder, when it was made, as ISO 8601)."""
    columns = [
        "document_id",
        "case_id",
        "code_id",
        "segment_id",
        "title",
        "content",
        "coder_id",
        "made_at",
        "changed_at",
    ]
    db.insert_rows(memo, columns, ((*key, coder_id, made_at, made_at) for key, coder_id, made_at in rows))
