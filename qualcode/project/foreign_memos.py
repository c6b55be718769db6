"""Writes the memos of another tool's project into this one, each once; runs inside a step."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from qualcode.importing.project_parts import ForeignMemo, Subject
from qualcode.store import imported_parts, segments
from qualcode.store.database import Database
from qualcode.store.imported_parts import MemoKey


def write_memos(
    db: Database,
    memos: Sequence[ForeignMemo],
    targets: Mapping[Subject, Mapping[str, int]],
    cases: Mapping[str, str],
    own: Mapping[str, str],
) -> int:
    """Add the memos that are not here yet; returns how many.

    Args:
        db: of the project.
        memos: as they were read.
        targets: row ids of what they are about, by its ident in the file.
        cases: names of the cases, for memos on one that is no respondent here.
        own: what the memos of this project say, by the identifiers that they went out with.
    """
    known = imported_parts.memo_keys(db)
    coders: dict[str, int] = {}
    rows: list[tuple[MemoKey, int, str]] = []
    for each in memos:
        key = _key(each, targets, cases)
        if key in known or (each.guid and own.get(each.guid, "").strip() == each.text.strip() != ""):
            continue
        known.add(key)
        if each.author not in coders:
            coders[each.author] = segments.coder_for(db, each.author).id
        rows.append((key, coders[each.author], _moment(each.made_at)))
    imported_parts.add_memos(db, rows)
    return len(rows)


def _key(each: ForeignMemo, targets: Mapping[Subject, Mapping[str, int]], cases: Mapping[str, str]) -> MemoKey:
    """What a memo is on and says; one on a case that is no respondent here becomes part of the journal, by its name."""
    found = targets[each.subject].get(each.target) if each.subject in targets else None
    on = {subject: found if each.subject is subject else None for subject in targets}
    name = cases.get(each.target, "") if found is None and each.subject is Subject.CASE else ""
    return (
        on[Subject.DOCUMENT],
        on[Subject.CASE],
        on[Subject.CODE],
        on[Subject.CODING],
        each.title or name,
        each.text,
    )


def _moment(written: str) -> str:
    """When a memo was made, as the project writes times; now where the file does not say."""
    try:
        moment = datetime.datetime.fromisoformat(written.strip())
    except ValueError:
        moment = datetime.datetime.now(datetime.UTC)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return moment.astimezone(datetime.UTC).isoformat(timespec="seconds")
