"""Suggestions: rules propose, coders decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qualcode.analysis.intervals import percent_half_up, wilson
from qualcode.errors import QualcodeError
from qualcode.i18n import _
from qualcode.model.document import SpeakerRole
from qualcode.model.progress import Cancelled, Pieces, Progress, to_the_end
from qualcode.model.segment import Segment, Span
from qualcode.model.suggestion import Decision, Status, Suggestion
from qualcode.project.coded_already import CodedAlready, coded_already
from qualcode.project.rule_run import Found, RuleRun, forget, is_outdated, note, rule_run
from qualcode.store import codes, documents, learning, proposals, segments, suggestions
from qualcode.store.suggestions import Waiting

if TYPE_CHECKING:
    from qualcode.autocoding.known_degrees import KnownDegrees
    from qualcode.autocoding.known_finds import KnownFinds
    from qualcode.autocoding.suggest import Scanned
    from qualcode.autocoding.word_index import WordIndex
    from qualcode.project.project import Project
    from qualcode.project.steps import Changes


RULES_CODER = "auto"
"""The coder under whose name suggestions are accepted unread."""

_RULES_JOINED_BY = "; "
_TEXT_TABLES = frozenset({"document", "speaker", "case", "respondent_group", "question"})


@dataclass(frozen=True, slots=True)
class Tally:
    """What people decided so far about the suggestions of a rule, a code, or all.

    Attributes:
        accepted: as they were suggested; `changed` became another code or extent, `rejected` nothing.
    """

    accepted: int = 0
    changed: int = 0
    rejected: int = 0

    @property
    def decided(self) -> int:
        """The base of the precision."""
        return self.accepted + self.changed + self.rejected

    @property
    def precision(self) -> float:
        """Per cent of the decided ones that were accepted as they were, halves rounded up; NaN if there is none."""
        return percent_half_up(self.accepted, self.decided, 0)

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the precision, as proportions; NaN, NaN if nothing is decided."""
        return wilson(self.accepted, self.decided)

    def with_more(self, verdict: Status, n: int) -> Tally:
        """The same with n more decisions of a kind."""
        return Tally(
            self.accepted + n * (verdict is Status.ACCEPTED),
            self.changed + n * (verdict is Status.CHANGED),
            self.rejected + n * (verdict is Status.REJECTED),
        )


@dataclass(frozen=True, slots=True)
class CodeRecord:
    """How the rules of a code did so far.

    Attributes:
        whole: each suggestion counted once.
        by_rule: by a rule's short form; a suggestion that two rules made counts for both.
    """

    whole: Tally = field(default_factory=Tally)
    by_rule: Mapping[str, Tally] = field(default_factory=dict)


def rules_of(suggestion: Suggestion) -> list[str]:
    """The short forms of the rules that made a suggestion, strongest first."""
    return suggestion.rule.split(_RULES_JOINED_BY) if suggestion.rule else []


class ReviewActions:
    """What can be asked of and done to the suggestions of a project."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._texts: tuple[Scanned, ...] | None = None
        self._index: WordIndex | None = None
        self._degrees: KnownDegrees | None = None
        self._finds: KnownFinds | None = None
        self._fingerprint: str | None = None
        self._texts_now: tuple[int, str] | None = None
        project.on_change(self._on_changed)

    def of_document(self, document_id: int, *, status: Status | None = Status.SUGGESTED) -> list[Suggestion]:
        """Suggestions of a document by position: those that wait for a decision, or of another status, or all."""
        return suggestions.of_document(self._project.db, document_id, status=status)

    def of_documents(self, document_ids: Sequence[int]) -> list[Suggestion]:
        """Suggestions of some documents that wait for a decision, by document and position."""
        return suggestions.of_documents(self._project.db, document_ids)

    def n_pending(self) -> int:
        """How many suggestions wait for a decision."""
        return suggestions.n_pending(self._project.db)

    def n_all(self) -> int:
        """How many suggestions there are, decided or not."""
        return suggestions.n_all(self._project.db)

    def waiting(self, ids: Sequence[int] | None = None) -> list[Waiting]:
        """All that wait for a decision (or some few), by document and position, in short."""
        return suggestions.waiting(self._project.db, ids)

    def waiting_ids(self) -> list[int]:
        """The ids of all that wait for a decision."""
        return suggestions.waiting_ids(self._project.db)

    def get(self, suggestion_id: int) -> Suggestion | None:
        """One suggestion whole, None if it is gone."""
        return next(iter(suggestions.some(self._project.db, [suggestion_id])), None)

    def coded_already(self, suggestion: Suggestion, *, hidden_coders: Collection[int] = ()) -> CodedAlready:
        """What is coded on the words of a suggestion; without the quotations of some coders."""
        return coded_already(self._project, suggestion, hidden_coders)

    def is_coded(self, waiting: Waiting) -> bool:
        """Whether the coder at work gave the suggested code to its words, or to a part of them, already."""
        span, coder_id = Span(waiting.start, waiting.end), self._project.coder.id
        return segments.is_coded(self._project.db, waiting.document_id, span, waiting.code_id, coder_id)

    def tally(self) -> Tally:
        """What people decided so far, over all codes."""
        tally = Tally()
        for verdict, n in suggestions.n_decided(self._project.db).items():
            tally = tally.with_more(verdict, n)
        return tally

    def record_of_code(self, code_id: int) -> CodeRecord:
        """How often people accepted what the rules of a code suggested; what was accepted unread tells nothing."""
        whole = Tally()
        by_rule: dict[str, Tally] = defaultdict(Tally)
        for rules, verdict, n in suggestions.verdicts(self._project.db, code_id):
            whole = whole.with_more(verdict, n)
            for rule in filter(None, rules.split(_RULES_JOINED_BY)):
                by_rule[rule] = by_rule[rule].with_more(verdict, n)
        return CodeRecord(whole, dict(by_rule))

    def last_decisions(self, n: int, *, hidden_coders: Collection[int] = ()) -> list[tuple[Suggestion, Status]]:
        """The latest decisions of people, newest first; those of some coders may be left out."""
        return suggestions.last_decisions(self._project.db, n, hidden_coders)

    def decisions(self) -> list[Decision]:
        """All decisions, oldest first."""
        return suggestions.decisions(self._project.db)

    def suggest(
        self, *, whole: bool = False, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> int:
        """Run the rules over all that respondents said; what waits for a decision is replaced, what was decided stays.

        Where rules ran before, only what changed since is looked through: codes with other rules, new documents. The
        result is the same.

        Args:
            whole: look through everything again.

        Returns:
            how many suggestions wait now.

        Raises:
            CancelledError: the user stopped it; nothing was changed.
        """
        run = self.rule_run(whole=whole)
        return self.store(run, run.find(progress=progress, cancelled=cancelled))

    def rule_run(self, *, whole: bool = False) -> RuleRun:
        """Gather what the rules need; nothing is changed."""
        project = self._project
        step_id = project.last_step_id or 0  # before anything is read: what comes later is not taken for looked through
        if self._texts is None:
            from qualcode.autocoding.known_degrees import KnownDegrees
            from qualcode.autocoding.known_finds import KnownFinds
            from qualcode.autocoding.word_index import WordIndex

            self._fingerprint = suggestions.fingerprint_of_texts(project.db, suggestions.last_document(project.db))
            self._texts = tuple(self._scanned())
            self._index, self._degrees = WordIndex(self._texts), KnownDegrees(self._texts)
            self._finds = KnownFinds(self._texts)
        codebook, threshold = project.codebook.current(), project.settings.threshold
        run = rule_run(
            project.db,
            codebook,
            self._texts,
            threshold,
            index=self._index,
            degrees=self._degrees,
            finds=self._finds,
            fingerprint=self._fingerprint,
            whole=whole,
        )
        self._fingerprint = run.ran_over.texts
        return replace(run, step_id=step_id)

    def go_on_from(self, run: RuleRun) -> None:
        """Use what was worked out for an earlier run over this project, if no text changed since."""
        last, before = suggestions.last_document(self._project.db), run.ran_over
        if before.last_document == last and suggestions.fingerprint_of_texts(self._project.db, last) == before.texts:
            self._texts, self._index, self._degrees, self._finds = run.texts, run.index, run.degrees, run.finds
            self._fingerprint = before.texts

    def is_outdated(self, run: RuleRun) -> bool:
        """Whether what a run found does not fit any longer: texts changed, or something was undone or done again."""
        if is_outdated(self._project.db, run):
            return True
        if run.step_id == (self._project.last_step_id or 0):
            return False
        return self.has_other_texts(run.ran_over.last_document, run.ran_over.texts)

    def has_other_texts(self, last_document: int, fingerprint: str) -> bool:
        """Whether a text changed, or who says it, since the fingerprint of all up to a document was taken."""
        if self._texts_now is None or self._texts_now[0] != last_document:
            now = suggestions.fingerprint_of_texts(self._project.db, last_document)
            self._texts_now = last_document, now
        return self._texts_now[1] != fingerprint

    def store(self, run: RuleRun, found: Sequence[Found]) -> int:
        """Put what the rules found in place of what waits for a decision; what was decided stays.

        What was found for a code or a document that is gone by now is left out, and what was found in a text that is
        another one now. A learned model that was in use is so no longer. After a run that is outdated by now, the next
        one looks through everything.

        Returns:
            how many suggestions wait now.
        """
        return to_the_end(self.storing(run, found))

    def storing(self, run: RuleRun, found: Sequence[Found]) -> Pieces[int]:
        """Do what `store` does piece by piece, for who has other things to do in between.

        Closed before its end, it leaves everything as it was; until then nobody else can change the project.
        """
        was_outdated = self.is_outdated(run)
        yield from self._project.step_in_pieces(_("Suggest codes"), self._storing(run, found, was_outdated))
        return self.n_pending()

    def _storing(self, run: RuleRun, found: Sequence[Found], was_outdated: bool) -> Pieces[None]:
        db = self._project.db
        learning.put_out_of_use(db)
        yield from self.replacing_pending(self._in_texts_as_they_are(run, found) if was_outdated else found, run)
        if was_outdated:
            forget(db)
        else:
            note(db, run)

    def _in_texts_as_they_are(self, run: RuleRun, found: Sequence[Found]) -> list[Found]:
        """What was found in texts that are still the same: elsewhere its places are others."""
        looked_through = {scanned.document_id: scanned.text for scanned in run.texts}
        now = dict(documents.contents(self._project.db, sorted({document_id for document_id, _proposal in found})))
        return [each for each in found if now.get(each[0]) == looked_through.get(each[0])]

    def replace_pending(self, found: Sequence[Found], run: RuleRun | None = None) -> int:
        """Put other suggestions in place of what waits, inside a step that is open.

        Args:
            run: what was looked through; without it, all that waits is replaced, and the next run is whole.

        Returns:
            how many were written.
        """
        return to_the_end(self.replacing_pending(found, run))

    def replacing_pending(self, found: Sequence[Found], run: RuleRun | None = None) -> Pieces[int]:
        """Do what `replace_pending` does piece by piece."""
        db = self._project.db
        code_ids, known = codes.ids_by_key(db), suggestions.document_ids(db)
        rows = [
            (document_id, code_ids[each.code_key], each)
            for document_id, each in found
            if each.code_key in code_ids and document_id in known
        ]
        if run is None or run.codes is None:
            forget(db)
            return (yield from proposals.replacing_pending(db, rows))
        ids = [code_ids[key] for key in run.codes if key in code_ids]
        replacing = proposals.replacing_pending(db, rows, code_ids=ids, after_document=run.after_document)
        return (yield from replacing)

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
                db, suggestion.document_id, where, code, coder.id, suggestion.origin, suggestion.id
            )
            suggestions.change(db, suggestion, coder.id, segment.id)
            return segment

    def _on_changed(self, changes: Changes) -> None:
        if changes.tables & _TEXT_TABLES:
            self._texts = self._index = self._degrees = self._finds = self._fingerprint = None
            self._texts_now = None

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
