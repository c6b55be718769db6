"""What one can pick to read: a transcript, or all answers to one question of a survey."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePath

from qualcode.i18n import _, ngettext
from qualcode.importing.readers import TABLE_READERS, TRANSCRIPT_READERS
from qualcode.model.case import Case
from qualcode.model.document import Document, DocumentKind


def language_name(language: str) -> str:
    """A language that a text is in."""
    return {"nb": _("Bokmål"), "nn": _("Nynorsk"), "en": _("English")}.get(language, language)


@dataclass(frozen=True, slots=True)
class Reading:
    """A transcript, or the answers to a question.

    Attributes:
        key: tells it from every other reading.
        title: as shown.
        kind: of its documents.
        source: session of a transcript, file of a survey.
        documents: one transcript, or the answers in the order of import.
        groups: how many respondents of which group answered; of a transcript the model tells.
    """

    key: str
    title: str
    kind: DocumentKind
    source: str
    documents: tuple[Document, ...]
    groups: tuple[tuple[str, int], ...] = ()

    @property
    def n_answers(self) -> int:
        """How many of its documents answer the question; "n/a" and the like do not."""
        return sum(each.is_answer for each in self.documents)

    @property
    def subtitle(self) -> str:
        """What stands beside the title."""
        parts = []
        if self.kind is DocumentKind.ANSWER:
            parts.append(answers_counted(self.n_answers))
            parts.append(self.source)
        elif self.source and self.source != self.documents[0].name and self.source != self.title:
            parts.append(self.source)
        languages = dict.fromkeys(language_name(each.language) for each in self.documents if each.language)
        if languages:
            parts.append(", ".join(languages))
        return "  ·  ".join(parts)


def part_of(reading: Reading, around: int | None = None, *, size: int = 250) -> Reading:
    """The part of a reading that is shown at once: of very many answers those around one, else the first.

    Args:
        reading: what was picked.
        around: a document that must be in the part.
        size: how many documents a part has.
    """
    ids = [document.id for document in reading.documents]
    at = ids.index(around) if around in ids else 0
    start = at // size * size
    return replace(reading, documents=reading.documents[start : start + size])


def answers_counted(n: int) -> str:
    """How many answers, as a phrase."""
    return ngettext("{n} answer", "{n} answers", n).format(n=n)


def kind_title(kind: DocumentKind) -> str:
    """The heading over all documents of a kind."""
    return {
        DocumentKind.FOCUS_GROUP: _("Focus groups"),
        DocumentKind.INTERVIEW: _("Interviews"),
        DocumentKind.NOTES: _("Notes"),
        DocumentKind.ANSWER: _("Survey"),
    }[kind]


def without_ending(name: str) -> str:
    """A file's name as a title."""
    return PurePath(name).stem if PurePath(name).suffix.lower() in _ENDINGS else name


_ENDINGS = frozenset((*TRANSCRIPT_READERS, *TABLE_READERS))


def readings(documents: Iterable[Document], respondents: Iterable[Case]) -> list[Reading]:
    """All that can be read, transcripts first, in the order of import."""
    cases = {case.id: case for case in respondents}
    found: list[Reading] = []
    answers: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for document in documents:
        if document.kind is DocumentKind.ANSWER:
            answers[(document.name.split("#", 1)[0], document.question)].append(document)
            continue
        title = without_ending(document.name)
        found.append(Reading(str(document.id), title, document.kind, document.session, (document,)))
    for (file, question), given in answers.items():
        answering = [cases[each.case_id].group for each in given if each.is_answer and each.case_id in cases]
        groups = tuple(Counter(answering).items())
        found.append(Reading(f"{file}#{question}", question, DocumentKind.ANSWER, file, tuple(given), groups))
    return found
