"""Suggestions: rules propose, coders decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from qualcode.errors import QualcodeError
from qualcode.i18n import _
from qualcode.model.document import SpeakerRole
from qualcode.model.segment import Origin, Segment, Span
from qualcode.model.suggestion import Decision, Proposal, Status, Suggestion
from qualcode.store import documents, segments, suggestions

if TYPE_CHECKING:
    from qualcode.autocoding.suggest import Scanned
    from qualcode.project.project import Project

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

RULES_CODER = "auto"
"""The coder under whose name suggestions are accepted unread."""


class ReviewActions:
    """What can be asked of and done to the suggestions of a project."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def of_document(self, document_id: int, *, status: Status | None = Status.SUGGESTED) -> list[Suggestion]:
        """Suggestions of a document by position: those that wait for a decision, or of another status, or all."""
        return suggestions.of_document(self._project.db, document_id, status=status)

    def n_pending(self) -> int:
        """How many suggestions wait for a decision."""
        return suggestions.n_pending(self._project.db)

    def decisions(self) -> list[Decision]:
        """All decisions, oldest first."""
        return suggestions.decisions(self._project.db)

    def suggest(self, *, progress: Progress | None = None, cancelled: Cancelled | None = None) -> int:
        """Run the rules over all that respondents said; what waits for a decision is replaced, what was decided stays.

        Returns:
            how many suggestions wait now.

        Raises:
            CancelledError: the user stopped it; nothing was changed.
        """
        from qualcode.autocoding.suggest import suggest_all

        codebook = self._project.codebook.current()
        code_ids = {code.key: code.id for code in codebook.codes}
        scanned = list(self._scanned())
        found: list[tuple[int, int, Proposal]] = []
        for document_id, proposals in suggest_all(
            scanned,
            codebook,
            threshold=self._project.settings.threshold,
            total=len(scanned),
            progress=progress,
            cancelled=cancelled,
        ):
            found.extend((document_id, code_ids[each.code_key], each) for each in proposals)
        with self._project.step(_("Suggest codes")):
            return suggestions.replace_pending(self._project.db, found)

    def accept(self, ids: Sequence[int]) -> None:
        """Make suggestions segments of the coder."""
        with self._project.step(_("Accept suggestion")):
            coder = segments.coder_for(self._project.db, self._project.coder_name)
            suggestions.accept(self._project.db, self._open(ids), coder.id)

    def accept_all(self, coder: str = RULES_CODER) -> int:
        """Make all that wait segments, in the name of the rules, unread; returns how many."""
        db = self._project.db
        with self._project.step(_("Accept all suggestions")):
            pending = suggestions.pending(db)
            if pending:
                suggestions.accept(db, pending, segments.coder_for(db, coder, is_person=False).id)
            return len(pending)

    def reject(self, ids: Sequence[int], reason: str = "") -> None:
        """Reject suggestions; they don't come back when the rules run again."""
        with self._project.step(_("Reject suggestion")):
            coder = segments.coder_for(self._project.db, self._project.coder_name)
            suggestions.reject(self._project.db, self._open(ids), coder.id, reason)

    def accept_as(self, suggestion_id: int, *, code_id: int | None = None, span: Span | None = None) -> Segment:
        """Accept a suggestion with another code or another extent."""
        db = self._project.db
        with self._project.step(_("Change suggestion")):
            (suggestion,) = self._open([suggestion_id])
            coder = segments.coder_for(db, self._project.coder_name)
            where, code = span or suggestion.span, code_id or suggestion.code_id
            known = segments.find(db, suggestion.document_id, where, code, coder.id)
            segment = known or segments.add(
                db, suggestion.document_id, where, code, coder.id, Origin.RULE, suggestion.id
            )
            suggestions.change(db, suggestion, coder.id, segment.id)
            return segment

    def _open(self, ids: Sequence[int]) -> list[Suggestion]:
        found = [each for each in suggestions.some(self._project.db, ids) if each.status == Status.SUGGESTED]
        if len(found) < len(set(ids)):
            raise QualcodeError(_("That suggestion has been decided already."), hint=_("Undo takes a decision back."))
        return found

    def _scanned(self) -> Iterator[Scanned]:
        """All texts with what respondents said; moderators' turns and cells that answer nothing are left out."""
        from qualcode.autocoding.suggest import Passage, Scanned

        db = self._project.db
        answers = documents.counted_answers(db)
        for document in documents.all_documents(db, answers=False):
            passages = tuple(
                Passage(turn.start, turn.end, turn.group)
                for turn in documents.turns_of(db, document.id)
                if turn.role != SpeakerRole.MODERATOR
            )
            yield Scanned(document.id, documents.content_of(db, document.id), passages)
        for document_id, content, group, question in answers:
            yield Scanned(document_id, content, (Passage(0, len(content), group),), question)
