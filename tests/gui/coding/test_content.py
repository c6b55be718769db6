"""What a reading holds: turns or answers, and the marks on them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from qualcode.gui.coding.blocks import Block
from qualcode.gui.coding.content import _pieces, blocks_of, evidence_spans
from qualcode.gui.coding.mark_reading import MarkReading
from qualcode.gui.documents.reading import Reading, part_of, readings, with_kinds
from qualcode.model.document import Document, DocumentKind, SpeakerRole
from qualcode.model.memo import Subject, SubjectKind
from qualcode.model.segment import Span
from qualcode.project.project import Project


def all_readings(project: Project) -> list[Reading]:
    return readings(project)


def test_a_transcript_and_a_question_can_be_read(project: Project) -> None:
    transcript, question = all_readings(project)
    assert (transcript.title, transcript.source, transcript.kind) == ("samtale", "Skift A", DocumentKind.FOCUS_GROUP)
    assert dict(project.documents.groups_speaking()[transcript.documents[0].id]) == {"Baker": 2, "Kelner": 1}
    assert (question.title, question.source, len(question.documents)) == ("Hva er vanskelig?", "svar.csv", 4)
    known = with_kinds(question, project.documents.answer_kinds())
    assert dict(known.groups) == {"Baker": 2, "Kelner": 1}, "one cell says only that nothing was said"


def test_blocks_are_the_turns_with_who_speaks(project: Project) -> None:
    transcript = all_readings(project)[0]
    blocks = blocks_of(project, transcript)
    text = project.documents.text(transcript.documents[0].id)
    assert "\n".join(block.text for block in blocks) == text
    assert blocks[0].role is SpeakerRole.MODERATOR and blocks[0].group == ""
    assert (blocks[1].label, blocks[1].group) == ("Baker 1", "Baker")


def test_blocks_of_a_question_are_its_answers(project: Project) -> None:
    blocks = blocks_of(project, all_readings(project)[1])
    assert [(block.label, block.group) for block in blocks][:2] == [("1", "Baker"), ("2", "Kelner")]


def test_suggestions_wait_with_their_evidence(project: Project) -> None:
    transcript = all_readings(project)[0]
    marks = MarkReading(project).read(transcript, blocks_of(project, transcript), ())
    text = project.documents.text(transcript.documents[0].id)
    waiting = [mark for mark in marks if mark.is_suggestion]
    assert waiting
    words = {text[span.start : span.end].casefold() for mark in waiting for span in mark.evidence}
    assert "taushetsplikt" in words


def test_evidence_is_looked_for_inside_the_sentence() -> None:
    text = "rom her. Lite rom og dårlig tid."
    spans = evidence_spans(text, 9, len(text), 100, "rom | dårlig tid | gone")
    assert [text[span.start - 100 : span.end - 100] for span in spans] == ["rom", "dårlig tid"]
    assert spans[0] == Span(114, 117)


def test_a_very_long_turn_is_cut_at_spaces_and_nothing_is_lost() -> None:
    block = Block(1, 50, "ord " * 5000, "Kari", group="Bakers")
    pieces = list(_pieces(block))
    assert len(pieces) > 2
    assert [piece.label for piece in pieces[:2]] == ["Kari", ""]
    for piece in pieces:
        assert block.text[piece.start - 50 : piece.end - 50] == piece.text
    for before, after in pairwise(pieces):
        assert block.text[before.end - 50 : after.start - 50].strip() == ""


def test_of_very_many_answers_a_part_is_shown() -> None:
    documents = tuple(Document(number, str(number), DocumentKind.ANSWER) for number in range(1, 26))
    reading = Reading("key", "Question", DocumentKind.ANSWER, "a.csv", documents)
    assert [document.id for document in part_of(reading, size=10).documents] == list(range(1, 11))
    assert [document.id for document in part_of(reading, 23, size=10).documents] == list(range(21, 26))
    assert part_of(reading, 5, size=100) == reading


def test_cells_that_answer_nothing_are_not_counted_as_answers() -> None:
    documents = tuple(Document(at, str(at), DocumentKind.ANSWER) for at in range(1, 6))
    reading = Reading("key", "Question", DocumentKind.ANSWER, "a.csv", documents, (("Baker", 2), ("Kelner", 1)))
    assert (reading.n_answers, reading.subtitle.split("  ")[0]) == (3, "3 answers")


def test_answers_are_read_when_they_are_shown(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    some = project.documents.some

    def read(ids: Sequence[int]) -> list[Document]:
        asked.append(len(ids))
        return some(ids)

    monkeypatch.setattr(project.documents, "some", read)
    question = all_readings(project)[1]
    assert len(question.documents) == 4 and asked == []
    part = part_of(question, question.document_ids[3], size=3)
    assert part.document_ids == question.document_ids[3:] and asked == [1]
    assert [each.id for each in question.documents] == list(question.document_ids)


def test_after_any_change_the_marks_are_those_that_a_new_reading_finds(project: Project) -> None:
    transcript = all_readings(project)[0]
    document = transcript.documents[0].id
    blocks = blocks_of(project, transcript)
    reading = MarkReading(project)
    reading.read(transcript, blocks, ())
    code, other = (each.id for each in project.codebook.current().codes[:2])
    waiting = [mark.id for mark in reading.by_key.values() if mark.is_suggestion]

    def renewed(*tables: str, hidden: tuple[int, ...] = ()) -> tuple[int, int]:
        """How many marks went and came."""
        gone, come = reading.renew(frozenset(tables), hidden)
        fresh = MarkReading(project)
        fresh.read(transcript, blocks, hidden)
        assert reading.by_key == fresh.by_key
        assert reading.n_waiting == fresh.n_waiting
        return len(gone), len(come)

    segment = project.segments.add(document, Span(0, 9), code)
    assert renewed("segment", "coder") == (0, 1)
    project.segments.add(document, Span(20, 29), code)
    assert renewed("segment") == (0, 1)
    project.segments.resize(segment.id, Span(0, 12))
    assert renewed("segment") == (1, 1)
    project.segments.recode(segment.id, other)
    assert renewed("segment") == (1, 1)
    project.memos.add(Subject(SubjectKind.SEGMENT, segment.id), "Why?")
    assert renewed("memo") == (1, 1)
    project.review.accept(waiting[:1])
    assert renewed("segment", "suggestion", "decision") == (1, 1)
    project.review.reject(waiting[1:2])
    assert renewed("suggestion", "decision") == (1, 0)
    own, project.coder_name = project.coder_name, "Ola Berg"
    theirs = project.segments.add(document, Span(0, 12), other)
    project.coder_name = own
    assert renewed("segment", "coder")[1] >= 1
    assert renewed("segment", hidden=(theirs.coder_id,)) == (1, 1)
    assert renewed("segment") == (1, 1)
    project.segments.remove(segment.id)
    assert renewed("segment", "memo") == (1, 1)
    assert reading.by_key[False, theirs.id].coder == "Ola Berg"
    project.undo()
    assert renewed("segment", "memo") == (1, 1)
