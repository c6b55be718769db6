"""A survey read as rows, and coded by whole answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcode.errors import QualcodeError
from qualcode.i18n import _
from qualcode.model.case import NO_GROUP
from qualcode.model.progress import Pieces, to_the_end
from qualcode.model.segment import Span
from qualcode.store import answers, cases, segments, settings
from qualcode.store.answers import Asked

if TYPE_CHECKING:
    from qualcode.project.project import Project

NO_DOCUMENT = 0
"""Stands for the document of a blank answer."""


@dataclass(frozen=True, slots=True)
class AnswerRows:
    """All who were asked a question, in the order of import: columns of equal length.

    Attributes:
        case_ids: the respondents.
        idents: their ids in the source.
        groups: their groups, NO_GROUP for none.
        document_ids: the answers, NO_DOCUMENT for a blank one.
        lengths: of the answers, in code points; 0 for a blank one.
        counts: whether it counts as an answer: not blank, and not "vet ikke" or the like.
    """

    case_ids: list[int] = field(default_factory=list)
    idents: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    document_ids: list[int] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    counts: list[bool] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.case_ids)


@dataclass(frozen=True, slots=True)
class AnswerCodes:
    """How answers are coded: code ids in one text as `3,17`, by document; whoever coded, each code once.

    Attributes:
        coded: answers with segments.
        waiting: answers with suggestions that wait for a decision.
    """

    coded: Mapping[int, str]
    waiting: Mapping[int, str]


_TABLES = frozenset({"question", "asked_question", "survey", "case"})
_PIECE = 1_000
"""Answers that are looked at, or segments that are taken away, at once where it is done in pieces."""


class SurveyActions:
    """What can be asked of and done to the answers of surveys."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def questions(self) -> list[Asked]:
        """The open questions that were asked, in the order of import."""
        return list(self._project.known("questions", _TABLES, lambda: answers.questions(self._project.db)))

    def rows(self, question_id: int) -> AnswerRows:
        """All who were asked a question, answered or not, in the order of import; `documents.texts` reads the words."""
        names = cases.group_names(self._project.db)
        found = answers.rows(self._project.db, question_id)
        return AnswerRows(
            [row.case_id for row in found],
            [row.ident for row in found],
            [NO_GROUP if row.group_id is None else names[row.group_id] for row in found],
            [row.document_id or NO_DOCUMENT for row in found],
            [row.n_characters or 0 for row in found],
            [bool(row.is_answer) for row in found],
        )

    def closed_names(self) -> list[str]:
        """The closed questions, in the order of import."""
        return cases.attribute_names(self._project.db)

    def scale_of(self, name: str) -> tuple[float, float] | None:
        """Where the scale of a closed question begins and ends; None for choices, and where the study does not say."""
        for each in settings.read(self._project.db, "closed_questions", []):
            if each["column"] == name and each["min"] is not None and each["max"] is not None:
                return float(each["min"]), float(each["max"])
        return None

    def closed_values(self, name: str) -> dict[int, str]:
        """The answers to a closed question, by respondent; who gave none is not in it."""
        return answers.closed_values(self._project.db, name)

    def codes(self, question_id: int, *, hidden_coders: Collection[int] = ()) -> AnswerCodes:
        """How all answers to a question are coded; segments of some coders left out."""
        db = self._project.db
        coded = answers.codes_of_question(db, question_id, hidden_coders)
        return AnswerCodes(coded, answers.waiting_of_question(db, question_id))

    def codes_of(self, document_ids: Sequence[int], *, hidden_coders: Collection[int] = ()) -> AnswerCodes:
        """How some answers are coded; segments of some coders left out."""
        db = self._project.db
        return AnswerCodes(answers.codes_of(db, document_ids, hidden_coders), answers.waiting_of(db, document_ids))

    def find(self, question_id: int, words: str) -> set[int]:
        """The answers to a question in which words stand, in capitals or not."""
        needle = words.casefold()
        found = answers.contents_of_question(self._project.db, question_id)
        return {document_id for document_id, text in found if needle in text.casefold()}

    def code(self, document_ids: Sequence[int], code_id: int) -> int:
        """Code whole answers in one step.

        What does not count as an answer is passed over, and so are answers that this coder has given the code already,
        also to a part of them.

        Returns:
            how many answers were coded.
        """
        return to_the_end(self.coding(document_ids, code_id))

    def coding(self, document_ids: Sequence[int], code_id: int) -> Pieces[int]:
        """Do what `code` does piece by piece; closed before its end, it leaves everything as it was."""
        project, places = self._project, []
        for some in _pieces_of(sorted(document_ids)):
            yield 0, len(document_ids)
            found = answers.to_code(project.db, some, code_id, project.coder_name)
            places += [(document_id, Span(0, length)) for document_id, length in found]
        return (yield from project.segments.adding_many(places, code_id))

    def uncode(self, document_ids: Sequence[int], code_id: int) -> int:
        """Take a code off answers in one step: the coder's own segments and those of rules, not other people's.

        Returns:
            how many segments were taken away.

        Raises:
            QualcodeError: there is none that this coder may take away.
        """
        return to_the_end(self.uncoding(document_ids, code_id))

    def uncoding(self, document_ids: Sequence[int], code_id: int) -> Pieces[int]:
        """Do what `uncode` does piece by piece; closed before its end, it leaves everything as it was."""
        db, found = self._project.db, []
        for some in _pieces_of(document_ids):
            yield 0, len(document_ids)
            found += answers.own_segments(db, some, code_id, self._project.coder_name)
        if not found:
            raise QualcodeError(
                _("Another coder gave this code."), hint=_("Only your own codings are taken away here.")
            )
        return (yield from self._project.step_in_pieces(_("Uncode"), self._removing(found)))

    def _removing(self, segment_ids: Sequence[int]) -> Pieces[int]:
        for first, some in enumerate(_pieces_of(segment_ids)):
            yield first * _PIECE, len(segment_ids)
            segments.remove(self._project.db, some)
        return len(segment_ids)

    def accept(self, document_ids: Sequence[int]) -> int:
        """Accept all that is suggested on some answers, in one step; returns how many suggestions."""
        return to_the_end(self.deciding(document_ids, accept=True))

    def reject(self, document_ids: Sequence[int]) -> int:
        """Reject all that is suggested on some answers, in one step; returns how many suggestions."""
        return to_the_end(self.deciding(document_ids, accept=False))

    def deciding(self, document_ids: Sequence[int], *, accept: bool) -> Pieces[int]:
        """Do what `accept` and `reject` do piece by piece; closed before its end, it leaves everything as it was."""
        found: list[int] = []
        for some in _pieces_of(document_ids):
            yield 0, len(document_ids)
            found += answers.waiting_ids(self._project.db, some)
        if found:
            name = _("Accept suggestion") if accept else _("Reject suggestion")
            yield from self._project.step_in_pieces(name, self._deciding(found, accept=accept))
        return len(found)

    def _deciding(self, suggestion_ids: Sequence[int], *, accept: bool) -> Pieces[None]:
        review = self._project.review
        decide = review.accept if accept else review.reject
        for first, some in enumerate(_pieces_of(suggestion_ids)):
            yield first * _PIECE, len(suggestion_ids)
            decide(some)  # inside this step


def _pieces_of(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[first : first + _PIECE] for first in range(0, len(ids), _PIECE))
