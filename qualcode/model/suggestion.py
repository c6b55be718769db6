"""Suggestions: segments that a rule proposes, and what coders decided about them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qualcode.model.segment import Origin, Span


class Status(StrEnum):
    """What became of a suggestion."""

    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    CHANGED = "changed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that a rule matched.

    Attributes:
        spans: where they stand, as positions in the document's text, in order.
        words: the words as they stand there, joined by " | " in tables.
    """

    spans: tuple[Span, ...]
    words: tuple[str, ...]

    def __str__(self) -> str:
        return " | ".join(self.words)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the rules propose for one sentence and one code, before it has a place in a project.

    Attributes:
        span: the sentence, as positions in the document's text.
        rule: short form of the rules that matched, strongest first, joined by "; ".
        score: 0 to 1, comparable across codes.
        against: what spoke against it, for the coder to see; may be empty.
        learned: the probability that a model learned from decisions gives it, None if none spoke; where no rule
            matched, `rule` is empty and the model alone proposes.
    """

    span: Span
    code_key: str
    rule: str
    evidence: Evidence
    score: float
    against: str = ""
    learned: float | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposal that stands in a project, with its status.

    Attributes:
        evidence: the matched words joined by " | ".
        evidence_spans: where they stand, as positions in the document's text.
        against: what spoke against it; may be empty.
        learned: as in `Proposal`.
    """

    id: int
    document_id: int
    code_id: int
    span: Span
    rule: str
    evidence: str
    score: float
    status: Status = Status.SUGGESTED
    evidence_spans: tuple[Span, ...] = ()
    against: str = ""
    learned: float | None = None

    @property
    def origin(self) -> Origin:
        """What a segment comes from that it becomes."""
        return Origin.RULE if self.rule else Origin.LEARNED


@dataclass(frozen=True, slots=True)
class Decision:
    """What a coder decided about a suggestion; `segment_id` is the segment it became, if any."""

    id: int
    suggestion_id: int
    coder_id: int
    verdict: Status
    reason: str = ""
    segment_id: int | None = None
