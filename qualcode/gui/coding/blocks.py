"""What the text view shows: blocks of text (a turn, an answer) and marks on them (a segment, a suggestion)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from qualcode.model.document import SpeakerRole
from qualcode.model.segment import Span


@dataclass(frozen=True, slots=True)
class Block:
    """A turn of a transcript or one answer of a survey.

    Attributes:
        document_id: the document whose text it is part of.
        start: where it begins in that text, in code points.
        text: its words.
        label: who speaks, as the source says; "" if it does not.
        role: how the speaker counts.
        group: the speaker's group.
        begins: seconds from the start of the recording, None if not known.
        continues: whether it goes on with the turn of the block before.
    """

    document_id: int
    start: int
    text: str
    label: str = ""
    role: SpeakerRole = SpeakerRole.RESPONDENT
    group: str = ""
    begins: float | None = None
    continues: bool = False

    @property
    def end(self) -> int:
        """One past its last code point in the document's text."""
        return self.start + len(self.text)


class Mark(NamedTuple):
    """A segment or a suggestion, as it is drawn; a tuple, for thousands are made when a text is opened.

    Attributes:
        id: of the segment or of the suggestion.
        document_id: whose text it lies on.
        span: code points of that text.
        code_id: which code.
        is_suggestion: dashed and outlined instead of tinted.
        score: of a suggestion, 0 to 1.
        evidence: spans of the words that a rule matched.
        coder: the person who coded it, if not the one at work; "" for one's own and for what rules applied.
        also: other people who gave the same span the same code.
        has_memo: whether somebody noted something on it.
    """

    id: int
    document_id: int
    span: Span
    code_id: int
    is_suggestion: bool = False
    score: float = 0.0
    evidence: tuple[Span, ...] = ()
    coder: str = ""
    also: tuple[str, ...] = ()
    has_memo: bool = False

    @property
    def is_others(self) -> bool:
        """Whether another coder made it: it can be read, not changed."""
        return bool(self.coder)

    @property
    def key(self) -> tuple[bool, int]:
        """What tells it from every other mark."""
        return (self.is_suggestion, self.id)


def clock(seconds: float | None) -> str:
    """A time of a recording as hours, minutes and seconds; "" if not known."""
    if seconds is None:
        return ""
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"
