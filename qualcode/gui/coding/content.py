"""What a reading holds for the text view: its blocks, and the segments and suggestions on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from qualcode.gui.coding.blocks import Block, Mark
from qualcode.gui.documents.reading import Reading
from qualcode.model.document import Document, DocumentKind, SpeakerRole
from qualcode.model.memo import SubjectKind
from qualcode.model.segment import Coder, Segment, Span
from qualcode.model.suggestion import Suggestion

if TYPE_CHECKING:
    from qualcode.project.project import Project

_LONGEST_BLOCK = 6000  # code points; a longer turn would take too long to lay out in one go


def blocks_of(project: Project, reading: Reading) -> list[Block]:
    """The turns of a transcript, or the answers to a question."""
    if reading.kind is DocumentKind.ANSWER:
        cases = {case.id: case for case in project.respondents.all()}
        texts = project.documents.texts([document.id for document in reading.documents])
        blocks = []
        for document in reading.documents:
            case = cases.get(document.case_id) if document.case_id is not None else None
            label, group = (case.ident, case.group) if case is not None else ("", "")
            blocks.append(Block(document.id, 0, texts[document.id], label, group=group))
        return blocks
    found: list[Block] = []
    for document in reading.documents:
        found.extend(_turns(project, document))
    return found


def _turns(project: Project, document: Document) -> Iterator[Block]:
    text = project.documents.text(document.id)
    turns = project.documents.turns(document.id)
    if not turns and text:
        yield from _pieces(Block(document.id, 0, text))
    for turn in turns:
        group = turn.group if turn.role is SpeakerRole.RESPONDENT else ""
        words = text[turn.start : turn.end]
        yield from _pieces(Block(document.id, turn.start, words, turn.label or "", turn.role, group, turn.begins))


def _pieces(block: Block) -> Iterator[Block]:
    """A block cut at line ends or spaces where it is too long; only the first piece names the speaker."""
    start, text = 0, block.text
    while len(text) - start > _LONGEST_BLOCK:
        cut = max(text.rfind("\n", start + 1, start + _LONGEST_BLOCK), -1)
        if cut < 0:
            cut = text.rfind(" ", start + 1, start + _LONGEST_BLOCK)
        end = cut if cut > start else start + _LONGEST_BLOCK
        yield _piece(block, start, end)
        start = end + 1 if cut > start else end
    yield _piece(block, start, len(text))


def _piece(block: Block, start: int, end: int) -> Block:
    text = block.text[start:end]
    if start == 0:
        return Block(block.document_id, block.start, text, block.label, block.role, block.group, block.begins)
    return Block(block.document_id, block.start + start, text, role=block.role, continues=True)


def marks_of(
    project: Project, reading: Reading, blocks: list[Block], hidden_coders: Collection[int] = ()
) -> list[Mark]:
    """The segments and the suggestions that wait, on the texts of a reading.

    Args:
        project: where they stand.
        reading: what is shown.
        blocks: its texts.
        hidden_coders: ids of coders whose segments are left out.
    """
    ids = [document.id for document in reading.documents]
    texts: dict[int, list[Block]] = {}
    for block in blocks:
        texts.setdefault(block.document_id, []).append(block)
    coded = [segment for segment in project.segments.of_documents(ids) if segment.coder_id not in hidden_coders]
    noted = project.memos.subjects(SubjectKind.SEGMENT)
    found = _coded(coded, {coder.id: coder for coder in project.coders()}, project.coder_name, noted)
    for suggestion in project.review.of_documents(ids):
        found.append(_suggested(suggestion, texts.get(suggestion.document_id, [])))
    return found


def _coded(
    segments: Sequence[Segment], coders: Mapping[int, Coder], own_name: str, noted: Collection[int] = ()
) -> list[Mark]:
    """A mark for each span and code: one's own segment first; other people who agree are named on the same mark."""
    places: dict[tuple[int, Span, int], list[Segment]] = defaultdict(list)
    for segment in segments:
        places[segment.document_id, segment.span, segment.code_id].append(segment)
    found = []
    for same in places.values():
        same.sort(key=lambda each: (coders[each.coder_id].name != own_name, coders[each.coder_id].is_person, each.id))
        first, *others = same
        coder = coders[first.coder_id]
        is_others = coder.is_person and coder.name != own_name
        found.append(
            Mark(
                first.id,
                first.document_id,
                first.span,
                first.code_id,
                coder=coder.name if is_others else "",
                also=tuple(coders[each.coder_id].name for each in others if coders[each.coder_id].is_person),
                has_memo=any(each.id in noted for each in same),
            )
        )
    return found


def _suggested(suggestion: Suggestion, blocks: list[Block]) -> Mark:
    spans: list[Span] = []
    for block in blocks:
        if block.start < suggestion.span.end and suggestion.span.start < block.end:
            start = max(0, suggestion.span.start - block.start)
            end = min(len(block.text), suggestion.span.end - block.start)
            spans.extend(evidence_spans(block.text, start, end, block.start, suggestion.evidence))
    return Mark(
        suggestion.id,
        suggestion.document_id,
        suggestion.span,
        suggestion.code_id,
        is_suggestion=True,
        score=suggestion.score,
        evidence=tuple(spans),
    )


def evidence_spans(text: str, start: int, end: int, offset: int, evidence: str) -> list[Span]:
    """Where the words of an evidence ("words | words") stand in a part of a text.

    Args:
        text: what is searched.
        start: first code point of the part.
        end: one past the last.
        offset: what is added to each position found.
        evidence: the words as the suggestion keeps them, in order or not.
    """
    spans = []
    for words in evidence.split(" | "):
        at = text.find(words, start, end) if words else -1
        if at >= 0:
            spans.append(Span(at + offset, at + len(words) + offset))
    return sorted(set(spans))
