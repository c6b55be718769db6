"""A project for other tools: labels go back into the texts, respondents become cases, memos become notes."""

from __future__ import annotations

import uuid
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.exporting.refi_project import (
    CaseEntry,
    CodeEntry,
    CodingEntry,
    ExchangeProject,
    NoteEntry,
    SelectionEntry,
    SourceEntry,
    write_refi_project,
)
from qualcode.model.case import NO_GROUP, Case
from qualcode.model.codebook import Codebook
from qualcode.model.document import Document, DocumentKind
from qualcode.model.memo import Memo, Subject, SubjectKind
from qualcode.model.progress import Cancelled, Progress
from qualcode.model.segment import Segment, Span
from qualcode.model.telling import never, unheard

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.store.documents import SpokenTurn

GROUP = "Group"
"""The variable that holds the respondent's group."""

_GUIDS = uuid.UUID("7d1f5a0e-6a52-4b7e-8f0b-2f9c1b6c8a11")  # so that a thing has the same guid in each export


@dataclass(slots=True)
class _Source:
    """A text while it is put together: turns of one document, or the answers of one respondent."""

    guid: str
    name: str
    parts: list[str] = field(default_factory=list)
    length: int = 0
    places: list[tuple[int, int, int, int]] = field(default_factory=list)  # document, start and end there, start here

    def add(self, text: str) -> int:
        """Put a line at the end; returns where it begins."""
        begins = self.length
        self.parts.append(text)
        self.length += len(text) + 1
        return begins


def export_refi_project(
    project: Project, path: Path, *, progress: Progress = unheard, cancelled: Cancelled = never
) -> None:
    """Write a project as .qdpx: transcripts with their labels, each survey respondent's answers as one text.

    Args:
        project: what is exported; suggestions that nobody accepted are not.
        path: the file.
        progress: told of the texts.
        cancelled: whether it is to stop.

    Raises:
        CancelledError: it was stopped; no file was touched.
    """
    write_refi_project(path, _Exchange(project).build(), progress=progress, cancelled=cancelled)


class _Exchange:
    def __init__(self, project: Project) -> None:
        self._project = project
        self._codebook: Codebook = project.codebook.current()
        self._language = project.settings.language
        self._documents = project.documents.all()
        self._texts = project.documents.texts([each.id for each in self._documents])
        self._cases = {each.id: each for each in project.respondents.all()}
        self._idents = Counter(each.ident for each in self._cases.values())
        self._coders = {each.id: each.name for each in project.coders()}
        self._notes: dict[Subject, list[str]] = defaultdict(list)
        self._comments: dict[Subject, list[str]] = defaultdict(list)  # what the memos on each say
        self._selections_of_case: dict[int, list[str]] = defaultdict(list)
        self._sources_of_case: dict[int, list[str]] = defaultdict(list)

    def build(self) -> ExchangeProject:
        memos = self._project.memos.all()
        for memo in memos:
            self._notes[memo.subject].append(exchange_guid("memo", memo.id))
            self._comments[memo.subject].append(memo.content)
        sources = [*self._transcripts(), *self._answers()]
        names = list(dict.fromkeys(name for case in self._cases.values() for name, _value in _facts(case)))
        return ExchangeProject(
            self._project.title,
            [(exchange_guid("coder", id), name) for id, name in self._coders.items()],
            self._codes(""),
            [(exchange_guid("variable", name), name) for name in names],
            [self._case(case) for case in self._cases.values()],
            sources,
            [self._note(memo) for memo in memos],
            self._notes[Subject()],
        )

    def _codes(self, parent: str) -> list[CodeEntry]:
        return [
            CodeEntry(
                exchange_guid("code", code.key),
                code.name.in_language(self._language) or code.key,
                code.colour,
                code.definition.in_language(self._language),
                self._notes[Subject(SubjectKind.CODE, code.id)],
                self._codes(code.key),
            )
            for code in self._codebook.children(parent)
        ]

    def _note(self, memo: Memo) -> NoteEntry:
        """A memo; what it is on stands in its title where the standard has no place for it (cases)."""
        title = memo.title
        case = self._cases.get(memo.subject.id) if memo.subject.kind is SubjectKind.RESPONDENT else None
        if case is not None:
            title = f"{self._name(case)}: {title}" if title else self._name(case)
        users = {name: id for id, name in self._coders.items()}
        user = exchange_guid("coder", users[memo.coder]) if memo.coder in users else ""
        made_at = memo.made_at.removesuffix("+00:00")
        return NoteEntry(exchange_guid("memo", memo.id), title, memo.content, user, f"{made_at.removesuffix('Z')}Z")

    def _name(self, case: Case) -> str:
        return case.ident if self._idents[case.ident] == 1 else case.key

    def _case(self, case: Case) -> CaseEntry:
        return CaseEntry(
            exchange_guid("case", case.key),
            self._name(case),
            _facts(case),
            self._sources_of_case[case.id],
            self._selections_of_case[case.id],
            self._comment(SubjectKind.RESPONDENT, [case.id]),
        )

    # texts

    def _transcripts(self) -> list[SourceEntry]:
        found = []
        for document in self._documents:
            if document.kind is DocumentKind.ANSWER:
                continue
            source = _Source(exchange_guid("document", document.name), document.name)
            turns = self._project.documents.turns(document.id)
            text = self._texts[document.id]
            for turn in turns:
                label = f"{turn.label}: " if turn.label else ""
                begins = source.add(label + text[turn.start : turn.end]) + len(label)
                source.places.append((document.id, turn.start, turn.end, begins))
            words = self._words_of_cases(document, turns, source)
            found.append(self._source(source, [document], words))
        return found

    def _words_of_cases(self, document: Document, turns: Sequence[SpokenTurn], source: _Source) -> list[SelectionEntry]:
        """Selections of each respondent's turns; none where the whole text is one respondent's."""
        speaking = {turn.case_id for turn in turns}
        if len(speaking) == 1:
            only = speaking.pop()
            if only is not None:
                self._sources_of_case[only].append(source.guid)
            return []
        found = []
        for (_document, start, end, begins), turn in zip(source.places, turns, strict=True):
            if turn.case_id is not None and start < end:
                guid = exchange_guid("turn", f"{document.name} {start}")
                self._selections_of_case[turn.case_id].append(guid)
                found.append(SelectionEntry(guid, begins, begins + end - start, ()))
        return found

    def _answers(self) -> list[SourceEntry]:
        by_case: dict[int, list[Document]] = defaultdict(list)
        for document in self._documents:
            if document.kind is DocumentKind.ANSWER and document.case_id is not None:
                by_case[document.case_id].append(document)
        found = []
        for case_id, answers in by_case.items():
            source = _Source(exchange_guid("answers", self._cases[case_id].key), self._cases[case_id].key)
            for answer in answers:
                source.add(answer.question)
                text = self._texts[answer.id]
                source.places.append((answer.id, 0, len(text), source.add(text)))
            self._sources_of_case[case_id].append(source.guid)
            found.append(self._source(source, answers, []))
        return found

    def _source(self, source: _Source, held: Sequence[Document], words: list[SelectionEntry]) -> SourceEntry:
        segments = self._project.segments.of_documents([document.id for document in held])
        notes = [note for document in held for note in self._notes[Subject(SubjectKind.DOCUMENT, document.id)]]
        return SourceEntry(
            source.guid,
            source.name,
            "\n".join(source.parts),
            [*self._selections(source, segments), *words],
            notes,
            self._comment(SubjectKind.DOCUMENT, (document.id for document in held)),
        )

    def _selections(self, source: _Source, segments: Iterable[Segment]) -> list[SelectionEntry]:
        codes = {code.id: code.key for code in self._codebook.codes}
        places = {document: _Places(source, document) for document in {place[0] for place in source.places}}
        coded: dict[tuple[int, int, int], list[Segment]] = {}
        for segment in segments:
            start, end = places[segment.document_id].of(segment.span)
            coded.setdefault((start, end, segment.coder_id), []).append(segment)
        return [
            SelectionEntry(
                exchange_guid("selection", f"{source.guid} {start} {end} {coder}"),
                start,
                end,
                [
                    CodingEntry(
                        exchange_guid("coding", segment.id),
                        exchange_guid("code", codes[segment.code_id]),
                        exchange_guid("coder", coder),
                        self._notes[Subject(SubjectKind.SEGMENT, segment.id)],
                    )
                    for segment in held
                ],
                exchange_guid("coder", coder),
                self._comment(SubjectKind.SEGMENT, (segment.id for segment in held)),
            )
            for (start, end, coder), held in coded.items()
        ]

    def _comment(self, kind: SubjectKind, ids: Iterable[int]) -> str:
        """What tools can show that show no notes on such things: the only memo on them."""
        comments = [comment for id in ids for comment in self._comments[Subject(kind, id)]]
        return comments[0] if len(comments) == 1 else ""


class _Places:
    """Where the turns of one document stand in a source."""

    def __init__(self, source: _Source, document: int) -> None:
        self._turns = [place[1:] for place in source.places if place[0] == document]
        self._starts = [turn[0] for turn in self._turns]
        self._ends = [turn[1] for turn in self._turns]

    def of(self, span: Span) -> tuple[int, int]:
        """Where a span stands; one that crosses turns holds the labels between them."""
        start, end, there = self._turns[max(0, bisect_right(self._starts, span.start) - 1)]
        begins = there + min(span.start, end) - start
        start, end, there = self._turns[min(len(self._turns) - 1, bisect_left(self._ends, span.end))]
        return begins, there + min(span.end, end) - start


def _facts(case: Case) -> list[tuple[str, str]]:
    group = [(GROUP, case.group)] if case.group != NO_GROUP else []
    return [*group, *((name, value) for name, value in case.attributes.items() if name != GROUP)]


def exchange_guid(kind: str, ident: object) -> str:
    """The GUID of a thing, the same in each export: of a "code" by its key, of a "document" by its name."""
    return str(uuid.uuid5(_GUIDS, f"{kind} {ident}"))
