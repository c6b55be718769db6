"""Memos: what coders note about the project or about one thing in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SubjectKind(StrEnum):
    """What a memo can be on."""

    PROJECT = "project"  # on nothing else: an entry of the journal
    DOCUMENT = "document"
    RESPONDENT = "respondent"
    CODE = "code"
    SEGMENT = "segment"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a memo is on.

    Attributes:
        id: the document's, respondent's, code's or segment's number; 0 for the project.
    """

    kind: SubjectKind = SubjectKind.PROJECT
    id: int = 0


PROJECT = Subject()


@dataclass(frozen=True, slots=True)
class Memo:
    """A coder's note.

    Attributes:
        title: may be empty.
        coder: who wrote it first.
        made_at: when, in UTC, as ISO 8601 writes it; `changed_at` when it was last changed.
    """

    id: int
    subject: Subject
    title: str
    content: str
    coder: str
    made_at: str
    changed_at: str
