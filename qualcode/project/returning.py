"""What went out of this project for other tools and comes back: known by the identifiers that each export gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from qualcode.importing.stored_words import Squeezed
from qualcode.model.document import Document, DocumentKind
from qualcode.model.segment import Span
from qualcode.project.project_exchange import exchange_guid

if TYPE_CHECKING:
    from qualcode.project.project import Project


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of an answer: where it stands in the text that came back, and where it begins in the answer."""

    start: int
    end: int
    answer: int
    begins: int


class ReturnedAnswers:
    """The answers of one respondent, which went out as one text: each question on a line, the answer below it.

    Args:
        answers: with their texts, in the order in which they went out.
        text: as it came back, blank lines left out.
    """

    def __init__(self, answers: Sequence[tuple[Document, str]], text: str) -> None:
        self._answers = answers
        self._text = text
        self._lines: list[_Line] = []
        parts: list[str] = []
        at = 0
        for answer, said in answers:
            begins = None
            for line in (answer.question, *said.split("\n")):
                if line.strip():
                    parts.append(line)
                    if begins is not None:
                        self._lines.append(_Line(at, at + len(line), answer.id, begins))
                    at += len(line) + 1
                begins = 0 if begins is None else begins + len(line) + 1
        self._is_as_it_was = "\n".join(parts) == text

    @property
    def ids(self) -> list[int]:
        """The ids of the answers."""
        return [answer.id for answer, _said in self._answers]

    def place(self, span: Span) -> tuple[int, Span] | None:
        """The answer and the place in it of a passage of the text; None if it is in none, or not clearly in one."""
        return self._by_position(span) if self._is_as_it_was else self._by_words(span)

    def _by_position(self, span: Span) -> tuple[int, Span] | None:
        shares: dict[int, int] = defaultdict(int)
        touched = [line for line in self._lines if line.start < span.end and span.start < line.end]
        for line in touched:
            shares[line.answer] += min(line.end, span.end) - max(line.start, span.start)
        if not shares:
            return None
        answer = max(shares, key=lambda each: shares[each])
        held = [line for line in touched if line.answer == answer]
        start = held[0].begins + max(0, span.start - held[0].start)
        end = held[-1].begins + min(held[-1].end, span.end) - held[-1].start
        return answer, Span(start, end)

    def _by_words(self, span: Span) -> tuple[int, Span] | None:
        words = self._text[span.start : span.end]
        found = [
            (answer.id, Span(*place)) for answer, said in self._answers for place in Squeezed(said).places_of(words)
        ]
        return found[0] if len(found) == 1 else None


class Returning:
    """The documents, respondents, codes and memos of a project by the identifiers that they go out with."""

    def __init__(self, project: Project) -> None:
        self._project = project

    @cached_property
    def codes(self) -> dict[str, int]:
        """Ids of the codes."""
        return {exchange_guid("code", code.key): code.id for code in self._project.codebook.current().codes}

    @cached_property
    def transcripts(self) -> dict[str, int]:
        """Ids of the transcripts."""
        return {exchange_guid("document", each.name): each.id for each in self._project.documents.all(answers=False)}

    @cached_property
    def cases(self) -> dict[str, int]:
        """Ids of the respondents."""
        return {exchange_guid("case", case.key): case.id for case in self._project.respondents.all()}

    @cached_property
    def groups(self) -> dict[int, str]:
        """The group of each respondent."""
        return {case.id: case.group for case in self._project.respondents.all()}

    @cached_property
    def memos(self) -> dict[str, str]:
        """What the memos say."""
        return {exchange_guid("memo", memo.id): memo.content for memo in self._project.memos.all()}

    @cached_property
    def _answers(self) -> dict[str, list[Document]]:
        keys = {case.id: case.key for case in self._project.respondents.all()}
        found: dict[str, list[Document]] = defaultdict(list)
        for document in self._project.documents.all():
            if document.kind is DocumentKind.ANSWER and document.case_id in keys:
                found[exchange_guid("answers", keys[document.case_id])].append(document)
        return found

    def answers(self, guid: str, text: str) -> ReturnedAnswers | None:
        """A respondent's answers that a text with an identifier is; None if it is none."""
        held = self._answers.get(guid, [])
        texts = self._project.documents.texts([document.id for document in held])
        lines = {line.strip() for line in text.split("\n")}
        if not held or not any(line.strip() in lines for said in texts.values() for line in said.split("\n")):
            return None
        return ReturnedAnswers([(document, texts[document.id]) for document in held], text)
