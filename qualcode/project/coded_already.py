"""What stands on the words of a suggestion already: quotations that its coder knows of before deciding."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.model.segment import Segment, Span
from qualcode.model.suggestion import Suggestion
from qualcode.store import segments

if TYPE_CHECKING:
    from qualcode.project.project import Project


@dataclass(frozen=True, slots=True)
class CodedAlready:
    """Quotations on the words of a suggestion, or on a part of them.

    Attributes:
        own: the coder's own quotation of the suggested code: on the very words, else the one that shares most.
        is_same: whether it stands on the very words, so that accepting the suggestion adds none.
        other_codes: what else this coder coded there, by position, each once.
        others: other coders who gave the suggested code there, by position, each once.
    """

    own: Segment | None = None
    is_same: bool = False
    other_codes: tuple[int, ...] = ()
    others: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.own is not None or bool(self.other_codes or self.others)


def coded_already(project: Project, suggestion: Suggestion, hidden_coders: Collection[int] = ()) -> CodedAlready:
    """What the coder at work, and others whose quotations are shown, coded there."""
    names = {coder.id: coder.name for coder in project.coders() if coder.id not in hidden_coders}
    found = segments.touching(project.db, suggestion.document_id, suggestion.span)
    own = [each for each in found if names.get(each.coder_id) == project.coder_name]
    of_code = [each for each in own if each.code_id == suggestion.code_id]
    of_others = [each for each in found if each.code_id == suggestion.code_id and each not in own]
    nearest = max(of_code, key=lambda each: _nearness(each.span, suggestion.span), default=None)
    return CodedAlready(
        nearest,
        nearest is not None and nearest.span == suggestion.span,
        tuple(dict.fromkeys(each.code_id for each in own if each.code_id != suggestion.code_id)),
        tuple(dict.fromkeys(names[each.coder_id] for each in of_others if each.coder_id in names)),
    )


def _nearness(span: Span, suggested: Span) -> tuple[bool, int, int]:
    """The same words first, then those that share more, then the shorter."""
    shared = min(span.end, suggested.end) - max(span.start, suggested.start)
    return span == suggested, shared, span.start - span.end
