"""What rules and models propose, put in place of the suggestions that wait for a decision."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, select, true

from qualcode.model.progress import Pieces
from qualcode.model.suggestion import Proposal, Status
from qualcode.store.database import Database
from qualcode.store.schema import suggestion

_PORTION = 250
"""Rows that are deleted or written at once."""

_COLUMNS = (
    *("document_id", "start", "end", "code_id", "rule", "evidence", "evidence_spans", "against", "score"),
    *("status", "learned"),
)


def replacing_pending(
    db: Database,
    proposals: Sequence[tuple[int, int, Proposal]],
    *,
    code_ids: Sequence[int] | None = None,
    after_document: int = 0,
) -> Pieces[int]:
    """Put new proposals (document id, code id, proposal) in place of what waits for a decision, some at a time.

    What was decided stays, and is not proposed again: a rejection is remembered.

    Args:
        code_ids: only what waits for these codes goes, and what waits in documents with an id above `after_document`;
            all that waits if None.

    Returns:
        how many suggestions were written.
    """
    there: ColumnElement[bool] = true()
    if code_ids is not None:
        there = suggestion.c.code_id.in_(code_ids) | (suggestion.c.document_id > after_document)
    waits = select(suggestion.c.id).where((suggestion.c.status == Status.SUGGESTED) & there).order_by(suggestion.c.id)
    old = list(db.connection.execute(waits).scalars().all())
    n_all = len(old) + len(proposals)
    for first in range(0, len(old), _PORTION):
        yield first, n_all
        db.connection.execute(delete(suggestion).where(suggestion.c.id.in_(old[first : first + _PORTION])))
    key = (suggestion.c.document_id, suggestion.c.start, suggestion.c.end, suggestion.c.code_id)
    decided = {tuple(row) for row in db.connection.execute(select(*key).where(there)).all()}
    n_written = 0
    for first in range(0, len(proposals), _PORTION):
        yield len(old) + first, n_all
        some = proposals[first : first + _PORTION]
        rows = [
            _row(document_id, code_id, each)
            for document_id, code_id, each in some
            if (document_id, each.span.start, each.span.end, code_id) not in decided
        ]
        db.insert_rows(suggestion, _COLUMNS, rows)
        n_written += len(rows)
    return n_written


def _row(document_id: int, code_id: int, proposal: Proposal) -> tuple[object, ...]:
    """A proposal as a row that waits for a decision."""
    span, evidence = proposal.span, proposal.evidence
    return (
        document_id,
        span.start,
        span.end,
        code_id,
        proposal.rule,
        str(evidence),
        json.dumps([[each.start, each.end] for each in evidence.spans]),
        proposal.against,
        round(proposal.score, 4),
        Status.SUGGESTED.value,
        None if proposal.learned is None else round(proposal.learned, 4),
    )
