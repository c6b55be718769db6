"""Finding words in everything that was said and answered: by turn and answer, with the words' places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.analysis.filtering import Filter
from qualcode.errors import CancelledError
from qualcode.i18n import _
from qualcode.model.codebook import Code
from qualcode.model.memo import SubjectKind
from qualcode.model.progress import Cancelled, Progress
from qualcode.model.segment import Span
from qualcode.store import documents, passages
from qualcode.store.passages import Source, Spoken

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.project.project import Project

MODES = ("words", "phrase", "regex")
EVERYTHING = Filter()
COLUMNS = (
    "document",
    "respondent",
    "respondent_key",
    "group",
    "session",
    "question",
    "start",
    "end",
    "text",
    "unit_start",
    "unit_end",
    "unit_text",
    "language",
)
"""Of the table of finds: a row for each place; `text` is what stands from `start` to `end`."""

_NEVER: Cancelled = lambda: False  # noqa: E731


@dataclass(frozen=True, slots=True)
class Hit:
    """A turn or an answer that holds what was searched for.

    Attributes:
        source: its document.
        speaker: who speaks, as the source names them; `group` is empty for moderators.
        case_id: the respondent, None for moderators, several at once, and turns that name nobody.
        start: first code point of the turn or answer in the document; `end` is one past its last.
        text: its words.
        words: where the found words stand in the document, in order.
    """

    source: Source
    speaker: str
    group: str
    is_moderator: bool
    case_id: int | None
    start: int
    end: int
    text: str
    words: tuple[Span, ...]

    @property
    def document_id(self) -> int:
        """The document."""
        return self.source.id

    @property
    def span(self) -> Span:
        """The whole turn or answer."""
        return Span(self.start, self.end)

    def found(self) -> tuple[str, ...]:
        """The words that were found, as they are written."""
        return tuple(self.text[word.start - self.start : word.end - self.start] for word in self.words)


@dataclass(frozen=True, slots=True)
class Note:
    """A memo, or a part of the codebook, that holds what was searched for.

    Attributes:
        kind: "memo" or "code".
        id: of the memo or the code.
        title: what a memo is on, or the code's name.
        text: the memo, or the part of the code's entry; `words` are places in it.
        quoter: who wrote it, of a memo on a quotation; "" of all others.
    """

    kind: str
    id: int
    title: str
    text: str
    words: tuple[Span, ...]
    quoter: str = ""


class SearchActions:
    """What can be found in a project."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def find(
        self,
        query: str,
        *,
        mode: str = "words",
        where: Filter = EVERYTHING,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> list[Hit]:
        """The turns and answers that hold what is searched for, in the order of import.

        Args:
            query: what was typed.
            mode: "words": each in any inflected form, several must all stand in the same turn or answer; "phrase":
                as it is written, but for white space and case; "regex": a regular expression, case ignored.
            where: a part of the material. A filter by respondent leaves moderators out; one by code, coder or origin
                keeps turns and answers with such a coding.
            progress: told how many documents are done.
            cancelled: whether the user wants it stopped.

        Raises:
            AnalysisError: nothing to search for, no regular expression or one that could run without end, or the
                filter names something that does not exist.
            CancelledError: `cancelled` said so.
        """
        from qualcode.autocoding.text_search import query_for

        asked = query_for(query, mode)
        db = self._project.db
        kept = _kept_places(self._project, where) if where else None
        named = passages.sources(db)
        spoken = passages.passages(db)
        stop = cancelled or _NEVER
        found: list[Hit] = []
        for n_done, (document_id, text) in enumerate(documents.contents(db)):
            if stop():
                raise CancelledError(_("The search was stopped."))
            turns = _in_filter(document_id, spoken.get(document_id, []), kept)
            if turns:
                bounds = [(turn.start, turn.end) for turn in turns]
                for number, words in asked.found(text, bounds, stop):
                    found.append(_hit(named[document_id], turns[number], text, words))
            if progress is not None and n_done % 16 == 0:
                progress(n_done, len(named))
        if stop():
            raise CancelledError(_("The search was stopped."))
        return found

    def find_notes(self, query: str, *, mode: str = "words") -> list[Note]:
        """The memos and the codes (name, definition, when to use, examples) that hold what is searched for.

        Raises:
            AnalysisError: nothing to search for, or no regular expression.
        """
        from qualcode.autocoding.text_search import query_for

        asked = query_for(query, mode)
        found = [
            Note(
                "memo",
                entry.memo.id,
                entry.subject,
                text,
                _as_spans(words),
                entry.memo.coder if entry.memo.subject.kind is SubjectKind.SEGMENT else "",
            )
            for entry in self._project.memos.entries()
            for text in ["\n".join(part for part in (entry.memo.title, entry.memo.content) if part)]
            for words in [asked.in_words(text)]
            if words
        ]
        language = self._project.settings.language
        for code in self._project.codebook.current().codes:
            name = code.name.in_language(language) or code.key
            for text in dict.fromkeys(_parts_of(code)):
                words = asked.in_words(text)
                if words:
                    found.append(Note("code", code.id, name, text, _as_spans(words)))
                    break
        return found

    def found_table(self, hits: Sequence[Hit]) -> pd.DataFrame:
        """The places found, in the `COLUMNS`."""
        import pandas as pd

        return pd.DataFrame(self.rows(hits), columns=list(COLUMNS))

    def rows(self, hits: Sequence[Hit]) -> list[dict[str, Any]]:
        """The places found as rows with the `COLUMNS`, named as in `codings.csv`; the unit is the turn or answer."""
        keys = {case.id: case.key for case in self._project.respondents.all()}
        return [
            {
                "document": hit.source.name,
                "respondent": hit.speaker,
                "respondent_key": keys.get(hit.case_id, "") if hit.case_id is not None else "",
                "group": hit.group,
                "session": hit.source.session,
                "question": hit.source.question,
                "start": word.start,
                "end": word.end,
                "text": found,
                "unit_start": hit.start,
                "unit_end": hit.end,
                "unit_text": hit.text,
                "language": hit.source.language,
            }
            for hit in hits
            for word, found in zip(hit.words, hit.found(), strict=True)
        ]


def _hit(source: Source, turn: Spoken, text: str, words: Sequence[tuple[int, int]]) -> Hit:
    return Hit(
        source,
        turn.label,
        turn.group,
        turn.is_moderator,
        turn.case_id,
        turn.start,
        turn.end,
        text[turn.start : turn.end],
        tuple(Span(*word) for word in words),
    )


def _as_spans(words: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(*word) for word in words)


def _parts_of(code: Code) -> Iterator[str]:
    """The texts of a code's entry, its names first."""
    for wording in (code.name, code.definition):
        yield from (each for each in (*wording.by_language.values(), wording.plain) if each)
    yield from code.aliases
    yield from code.include
    yield from code.exclude
    yield from code.examples


_Kept = Callable[[int, Spoken], bool]


def _in_filter(document_id: int, turns: list[Spoken], kept: _Kept | None) -> list[Spoken]:
    return turns if kept is None else [turn for turn in turns if kept(document_id, turn)]


def _kept_places(project: Project, where: Filter) -> _Kept:
    """Whether a turn or an answer is in the part of the material that a filter asks for."""
    from qualcode.project.selection import Selection

    selection = Selection(project.reports.material(), project.codebook.current(), where)
    places, moderated = selection.places(), selection.documents_of_moderators()

    def is_kept(document_id: int, turn: Spoken) -> bool:
        return document_id in moderated if turn.is_moderator else (document_id, turn.start) in places

    return is_kept
