"""What a reading holds for the text view: its blocks, and the segments and suggestions on them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from qualcode.gui.coding.blocks import Block, Mark
from qualcode.gui.documents.reading import Reading
from qualcode.model.document import Document, DocumentKind, SpeakerRole
from qualcode.model.segment import Coder, Span
from qualcode.model.suggestion import Suggestion

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.store.segments import SegmentRow

_LONGEST_BLOCK = 6000  # code points; a longer turn would take too long to lay out in one go


def blocks_of(project: Project, reading: Reading) -> list[Block]:
    """The turns of a transcript, or the answers to a question."""
    if reading.kind is DocumentKind.ANSWER:
        answering = {each.case_id for each in reading.documents if each.case_id is not None}
        cases = {case.id: case for case in project.respondents.some(sorted(answering))}
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


def marks_at(
    places: Iterable[Iterable[SegmentRow]],
    coders: Mapping[int, Coder],
    own_name: str,
    noted: Collection[int] = (),
) -> list[Mark]:
    """A mark for each place: one's own segment first; other people who agree are named on the same mark.

    Args:
        places: the segments of each span and code.
        coders: who coded, by id.
        own_name: the coder at work.
        noted: ids of segments with a memo.
    """
    whose = {id: coder.name if coder.is_person and coder.name != own_name else "" for id, coder in coders.items()}
    found = []
    for same in places:
        (id, document_id, start, end, code_id, coder_id), *others = same
        if not others:  # the rule: thousands of them are made when a text is opened
            found.append(Mark(id, document_id, Span(start, end), code_id, coder=whose[coder_id], has_memo=id in noted))
            continue
        ranked = sorted(same, key=lambda row: (coders[row[5]].name != own_name, coders[row[5]].is_person, row[0]))
        first, *others = ranked
        found.append(
            Mark(
                first[0],
                document_id,
                Span(start, end),
                code_id,
                coder=whose[first[5]],
                also=tuple(coders[row[5]].name for row in others if coders[row[5]].is_person),
                has_memo=any(row[0] in noted for row in ranked),
            )
        )
    return found


def suggested_mark(suggestion: Suggestion, blocks: Sequence[Block]) -> Mark:
    """The mark of a suggestion; where its evidence stands is looked up in the text if nobody noted it.

    Args:
        suggestion: one that waits for a decision.
        blocks: the texts of its document, in order.
    """
    evidence = list(suggestion.evidence_spans)
    if not evidence:
        first = max(0, bisect_right(blocks, suggestion.span.start, key=lambda block: block.start) - 1)
        for block in blocks[first:]:
            if block.start >= suggestion.span.end:
                break
            start = max(0, suggestion.span.start - block.start)
            end = min(len(block.text), suggestion.span.end - block.start)
            evidence.extend(evidence_spans(block.text, start, end, block.start, suggestion.evidence))
    return Mark(
        suggestion.id,
        suggestion.document_id,
        suggestion.span,
        suggestion.code_id,
        is_suggestion=True,
        score=suggestion.score,
        evidence=tuple(evidence),
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
