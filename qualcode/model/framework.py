"""The framework matrix: respondents or sessions by themes, with a summary in each cell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FrameworkRows(StrEnum):
    """What a row of the matrix is."""

    RESPONDENT = "respondent"
    SESSION = "session"


@dataclass(frozen=True, slots=True)
class Summary:
    """What a coder wrote into a cell.

    Attributes:
        rows: what its row is.
        row_id: the respondent or the session.
        coder: who wrote it last.
        changed_at: when, in UTC.
    """

    rows: FrameworkRows
    row_id: int
    code_id: int
    content: str
    coder: str
    changed_at: str
