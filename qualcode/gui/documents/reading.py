"""What one can pick to read: a transcript, or all answers to one question of a survey."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, overload

from qualcode.i18n import _, ngettext
from qualcode.importing.readers import TABLE_READERS, TRANSCRIPT_READERS
from qualcode.model.document import Document, DocumentKind

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.store.answers import AnswerKinds


def language_name(language: str) -> str:
    """A language that a text is in."""
    return {"nb": _("Bokmål"), "nn": _("Nynorsk"), "en": _("English")}.get(language, language)


class AnswersLater(Sequence[Document]):
    """The answers to a question, of which there may be very many, read when they are asked for.

    Args:
        ids: of them, in order.
        read: reads some of them, by their ids.
    """

    def __init__(self, ids: tuple[int, ...], read: Callable[[Sequence[int]], list[Document]]) -> None:
        self.ids = ids
        self._read = read

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, at: int) -> Document: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Document]: ...

    def __getitem__(self, at: int | slice) -> Document | Sequence[Document]:
        if isinstance(at, slice):
            return self._read(self.ids[at])
        return self._read([self.ids[at]])[0]


@dataclass(frozen=True, slots=True)
class Reading:
    """A transcript, or the answers to a question.

    Attributes:
        key: tells it from every other reading.
        title: as shown.
        kind: of its documents.
        source: session of a transcript, file of a survey.
        documents: one transcript, or the answers in the order of import.
        groups: how many respondents of which group answered, once that is known; of a transcript the model tells.
        languages: that its documents are in, of answers once that is known.
    """

    key: str
    title: str
    kind: DocumentKind
    source: str
    documents: Sequence[Document]
    groups: tuple[tuple[str, int], ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def document_ids(self) -> tuple[int, ...]:
        """The ids of its documents."""
        if isinstance(self.documents, AnswersLater):
            return self.documents.ids
        return tuple(each.id for each in self.documents)

    @property
    def n_answers(self) -> int:
        """How many of its documents answer the question; "n/a" and the like do not."""
        return sum(n for _group, n in self.groups)

    @property
    def subtitle(self) -> str:
        """What stands beside the title."""
        parts = []
        if self.kind is DocumentKind.ANSWER:
            if self.groups or self.languages:  # counted by now
                parts.append(answers_counted(self.n_answers))
            parts.append(self.source)
        elif self.source and self.source != self.documents[0].name and self.source != self.title:
            parts.append(self.source)
        if self.languages:
            parts.append(", ".join(map(language_name, self.languages)))
        return "  ·  ".join(parts)


def part_of(reading: Reading, around: int | None = None, *, size: int = 250) -> Reading:
    """The part of a reading that is shown at once: of very many answers those around one, else the first.

    Args:
        reading: what was picked.
        around: a document that must be in the part.
        size: how many documents a part has.
    """
    ids = reading.document_ids
    at = ids.index(around) if around in ids else 0
    start = at // size * size
    return replace(reading, documents=tuple(reading.documents[start : start + size]))


def answers_counted(n: int) -> str:
    """How many answers, as a phrase."""
    return ngettext("{n} answer", "{n} answers", n).format(n=n)


def coded_counted(reading: Reading, coded: tuple[int, int] | None) -> str:
    """How far a reading is coded, as a phrase; "" if that is not known."""
    if coded is None:
        return ""
    n_coded, n = coded
    text = ngettext("{coded} of {n} turn coded", "{coded} of {n} turns coded", n)
    if reading.kind is DocumentKind.ANSWER:
        text = ngettext("{coded} of {n} answer coded", "{coded} of {n} answers coded", n)
    return text.format(coded=n_coded, n=n)


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


def readings(project: Project) -> list[Reading]:
    """All that can be read, transcripts first, in the order of import; `with_kinds` says more of answers."""
    found: list[Reading] = []
    for each in project.documents.all(answers=False):
        title, spoken = without_ending(each.name), (each.language,) if each.language else ()
        found.append(Reading(str(each.id), title, each.kind, each.session, (each,), languages=spoken))
    for file, question, ids in project.documents.by_question():
        given = AnswersLater(ids, project.documents.some)
        found.append(Reading(f"{file}#{question}", question, DocumentKind.ANSWER, file, given))
    return found


def with_kinds(reading: Reading, kinds: Mapping[tuple[str, str], AnswerKinds]) -> Reading:
    """The same answers, with what is known of them by now; transcripts are as they were."""
    known = kinds.get((reading.source, reading.title)) if reading.kind is DocumentKind.ANSWER else None
    if known is None:
        return reading
    return replace(reading, groups=tuple(known.groups.items()), languages=tuple(filter(None, known.languages)))
