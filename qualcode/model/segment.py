"""Segments: spans to which a coder applied a code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Origin(StrEnum):
    """Where a segment comes from."""

    MANUAL = "manual"
    RULE = "rule"
    LEARNED = "learned"
    IMPORTED = "imported"


class Unit(StrEnum):
    """What is counted; docs/methods.md, "Units"."""

    SEGMENT = "segment"
    SENTENCE = "sentence"
    TURN = "turn"
    ANSWER = "answer"
    RESPONDENT = "respondent"
    SESSION = "session"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points [start, end) of a text.

    Raises:
        ValueError: empty, backwards or negative.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start} to {self.end}")

    def overlaps(self, other: Span) -> bool:
        """Whether both hold a code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Coder:
    """Who coded: a person, or the rule set that applies suggestions ("auto")."""

    id: int
    name: str
    is_person: bool = True


@dataclass(frozen=True, slots=True)
class Segment:
    """A span of a document to which one coder applied one code (shown as "Quotation")."""

    id: int
    document_id: int
    span: Span
    code_id: int
    coder_id: int
    origin: Origin
    suggestion_id: int | None = None
