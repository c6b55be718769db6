"""Documents: transcripts and open answers, with their turns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DocumentKind(StrEnum):
    """What a document is; an answer is one cell of a survey."""

    FOCUS_GROUP = "focus_group"
    INTERVIEW = "interview"
    NOTES = "notes"
    ANSWER = "answer"


class SpeakerRole(StrEnum):
    """How a label counts: a respondent, nowhere (moderator), or as speech of nobody in particular (several)."""

    RESPONDENT = "respondent"
    MODERATOR = "moderator"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says in one go.

    Attributes:
        label: the speaker as the source names them; None where the source names nobody.
        start: first code point in the document's text.
        end: one past the last code point.
        begins: seconds from the start of the recording, None if not known.
        ends: seconds from the start of the recording, None if not known.
    """

    label: str | None
    start: int
    end: int
    begins: float | None = None
    ends: float | None = None


@dataclass(frozen=True, slots=True)
class Speech:
    """A turn with its words, before it has a place in a text: what a reader of transcripts gives.

    Attributes are those of `Turn`, with `text` in place of positions.
    """

    label: str | None
    text: str
    begins: float | None = None
    ends: float | None = None


def joined(speeches: list[Speech] | tuple[Speech, ...]) -> tuple[str, tuple[Turn, ...]]:
    """The text of a transcript (turns joined by one line feed) and its turns with their positions in it."""
    turns: list[Turn] = []
    position = 0
    for speech in speeches:
        end = position + len(speech.text)
        turns.append(Turn(speech.label, position, end, speech.begins, speech.ends))
        position = end + 1
    return "\n".join(speech.text for speech in speeches), tuple(turns)


@dataclass(frozen=True, slots=True)
class Document:
    """A transcript, or one answer of a survey, as it stands in a project.

    Attributes:
        id: the project's number for it.
        name: as shown and as exported; unique in the project.
        kind: see `DocumentKind`.
        session: the focus group or interview it belongs to, "" for survey answers.
        language: "nb", "nn", "en" or "".
        question: the survey question that an answer answers, "" for transcripts.
        case_id: the respondent of an answer, None for transcripts.
        n_characters: length of the text in code points.
        is_answer: False of a cell that answers nothing, such as "n/a".
    """

    id: int
    name: str
    kind: DocumentKind
    session: str = ""
    language: str = ""
    question: str = ""
    case_id: int | None = None
    n_characters: int = 0
    is_answer: bool = True
