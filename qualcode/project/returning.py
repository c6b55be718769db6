"""What went out of this project for other tools and comes back: known by the identifiers that each export gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from qualcode.i18n import folded
from qualcode.importing.stored_words import Squeezed, nearest_place, squeezed
from qualcode.model.document import Document, DocumentKind
from qualcode.model.segment import Span
from qualcode.project.project_exchange import exchange_guid

if TYPE_CHECKING:
    from qualcode.project.project import Project

_MOST = 0.5  # share of a respondent's words that a text must hold to be that respondent's answers
_LEAST = 0.2  # share of a text that a respondent's words must be; the rest may be questions


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
    def case_id(self) -> int:
        """The id of the respondent."""
        return self._answers[0][0].case_id or 0

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
        """By the answer that stands around the passage, else the only one with its words."""
        words = self._text[span.start : span.end]
        found: list[tuple[int, Span]] = []
        for (answer, said), stands in zip(self._answers, self._stands, strict=True):
            places = Squeezed(said).places_of(words)
            if stands is not None and stands.start <= span.start and span.end <= stands.end:
                nearest = nearest_place(places, span.start - stands.start)
                return (answer.id, Span(*nearest)) if nearest is not None else None
            found.extend((answer.id, Span(*place)) for place in places)
        return found[0] if len(found) == 1 else None

    @cached_property
    def _stands(self) -> list[Span | None]:
        """Where each answer stands in the text, if at one place only."""
        whole = Squeezed(self._text)
        places = [whole.places_of(said) if said.strip() else [] for _answer, said in self._answers]
        return [Span(*each[0]) if len(each) == 1 else None for each in places]


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
    def _answers(self) -> dict[int, list[Document]]:
        found: dict[int, list[Document]] = defaultdict(list)
        for document in self._project.documents.all():
            if document.kind is DocumentKind.ANSWER and document.case_id is not None:
                found[document.case_id].append(document)
        return found

    @cached_property
    def answer_texts(self) -> set[str]:
        """The identifiers of texts that are a respondent's answers."""
        return {exchange_guid("answers", case.key) for case in self._project.respondents.all()}

    @cached_property
    def _respondents(self) -> dict[str, set[int]]:
        """Ids of respondents by what a text of their answers goes out as, or is called in another tool."""
        found: dict[str, set[int]] = defaultdict(set)
        for case in self._project.respondents.all():
            if case.id in self._answers:
                for name in (exchange_guid("answers", case.key), folded(case.key), folded(case.ident)):
                    found[name].add(case.id)
        return found

    def answers(self, guid: str, name: str, text: str) -> ReturnedAnswers | None:
        """The answers that a text is: of the respondent whose went out with that identifier, or whose name it has.

        Returns:
            None where most of what the respondent answered is not in the text.
        """
        is_own = guid in self.answer_texts
        cases = self._respondents.get(guid if is_own else folded(name), set())
        if len(cases) != 1:
            return None
        held = self._answers[min(cases)]
        texts = self._project.documents.texts([document.id for document in held])
        share = _share_of_words if is_own else _share_of_answers
        if share(list(texts.values()), text) < _MOST:
            return None
        return ReturnedAnswers([(document, texts[document.id]) for document in held], text)


def _share_of_words(answers: Sequence[str], text: str) -> float:
    """The share of the words of answers that are in a text: they may have been corrected since."""
    words = [word for answer in answers for word in folded(answer).split()]
    there = set(folded(text).split())
    return sum(word in there for word in words) / max(1, len(words))


def _share_of_answers(answers: Sequence[str], text: str) -> float:
    """The share of answers, by their length, that stand in a text as they are; none in one that is far longer."""
    whole = Squeezed(text)
    lengths = [len(answer.strip()) for answer in answers]
    held = sum(
        length for answer, length in zip(answers, lengths, strict=True) if length and whole.holds(squeezed(answer))
    )
    return held / max(1, sum(lengths)) if held >= _LEAST * len(text.strip()) else 0.0
