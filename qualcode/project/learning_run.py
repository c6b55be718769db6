"""One time of learning: what coders decided teaches a model, which is measured and proposes; nothing is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from qualcode.autocoding import meaning
from qualcode.autocoding.expectation import Expectation
from qualcode.autocoding.learning import (
    Chances,
    LearnedModel,
    LearningUnit,
    features_of,
    learn,
)
from qualcode.autocoding.meaning import Meanings
from qualcode.autocoding.useful import most_typical, most_useful
from qualcode.errors import AnalysisError, CancelledError
from qualcode.i18n import _
from qualcode.model.codebook import Codebook
from qualcode.model.progress import Cancelled, Progress
from qualcode.model.segment import Span
from qualcode.model.sentences import sentence_spans
from qualcode.model.suggestion import Evidence, Proposal
from qualcode.project.learning_card import model_card
from qualcode.project.learning_labels import Labels, own_words
from qualcode.project.rule_run import Found
from qualcode.store.learning import Coded, Decided, Pending

if TYPE_CHECKING:
    from qualcode.autocoding.suggest import Scanned
    from qualcode.autocoding.text_features import TextFeatures

_MOST_WORDS = 4

MOST_BY_ITSELF = 500
"""Different sentences up to which meanings are told without being asked for: some ten seconds' work."""

Place = tuple[int, int, int]
"""Document, start and end of a sentence."""


@dataclass(frozen=True, slots=True)
class Useful:
    """A sentence that would teach much if it were decided next.

    Attributes:
        chances: by code, how likely it is given; the likeliest first.
    """

    document_id: int
    span: Span
    text: str
    chances: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Learning:
    """What came of learning, as plain values; nothing is changed yet.

    Attributes:
        expectation: None where too little was decided; then `found` and `card` are empty.
        found: what would wait for a decision if the model were used.
        n_new: of these, what the rules do not propose; `n_dropped`: what they propose and the model does not.
        useful: what to decide next, the most useful first.
        by_rules: what the rules propose, whatever its score.
        judged: each score of theirs with what was decided: True for given, False for not given, None for undecided.
        why_not: why nothing was learned, "" if something was.
        useful_in_queue: of the sentences with suggestions that wait, the most useful to decide next.
        meanings: what was told of them, None if it was learned by words alone.
        n_sentences: different ones; so many meanings there would be to tell.
        texts: the highest id of the documents that were looked through, and their fingerprint.
    """

    expectation: Expectation | None
    found: tuple[Found, ...]
    n_new: int
    n_dropped: int
    useful: tuple[Useful, ...]
    card: Mapping[str, Any]
    by_rules: tuple[Found, ...] = ()
    judged: tuple[tuple[float, bool | None], ...] = ()
    why_not: str = ""
    useful_in_queue: tuple[Place, ...] = ()
    meanings: Meanings | None = field(default=None, compare=False)
    n_sentences: int = 0
    texts: tuple[int, str] = (0, "")

    def effect_of(self, threshold: float) -> Effect:
        """What a threshold would do to the rules' suggestions."""
        above = [given for score, given in self.judged if score >= threshold]
        return Effect(
            threshold,
            above.count(None),
            sum(1 for given in above if given),
            sum(1 for given in above if given is False),
        )


@dataclass(frozen=True, slots=True)
class Effect:
    """What a threshold does.

    Attributes:
        n_waiting: suggestions at or above it that nobody has decided on.
        n_given: decided ones at or above it that were given; `n_not_given` those that were not.
    """

    threshold: float
    n_waiting: int
    n_given: int
    n_not_given: int


@dataclass(frozen=True, slots=True)
class LearningRun:
    """All that learning needs, as plain values: it may run in another process.

    Attributes:
        by_meaning: whether sentences are compared by what they mean too; None where there are few enough.
        meanings: what is known from before.
        looked_at: the highest id of the documents, and the fingerprint of their texts.
    """

    codebook: Codebook
    texts: tuple[Scanned, ...]
    threshold: float
    decided: tuple[Decided, ...]
    coded: tuple[Coded, ...]
    pending: tuple[Pending, ...]
    documents_read_to: Mapping[int, int]
    by_meaning: bool | None = None
    meanings: Meanings | None = None
    looked_at: tuple[int, str] = (0, "")

    def learn(
        self, *, n_useful: int = 200, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> Learning:
        """Learn, measure, and propose.

        Raises:
            CancelledError: the user stopped it.
        """
        proposals = self._by_rules(progress, cancelled)
        units = self._units(proposals)
        by_rules = tuple((place[0], proposal) for (place, _key), proposal in proposals.items())
        judged = tuple(
            (score, unit.labels.get(key) if unit.is_decided else None)
            for unit in units
            for key, score in unit.rules.items()
        )
        taught = [*units, *own_words(self.codebook)]
        sentences = sorted({unit.text for unit in taught})
        n_sentences = len(sentences)
        meanings = self._meanings_of(sentences, progress, cancelled)
        chances = self._by_score(units)
        try:
            model, expectation = learn(
                taught, threshold=self.threshold, meanings=meanings, progress=progress, cancelled=cancelled
            )
        except AnalysisError as error:
            useful, in_queue = self._useful(units, chances, features_of(units, meanings), n_useful, is_learned=False)
            why_not = error.message
            nothing = Learning(None, (), 0, 0, useful, {}, by_rules, judged, why_not, in_queue, meanings, n_sentences)
            return replace(nothing, texts=self.looked_at)
        said = model.chances(units, progress=progress, cancelled=cancelled)
        found, n_new, n_dropped = self._combined(units, said, model, proposals)
        for column, key in enumerate(said.keys):
            if key in chances.keys:
                chances.values[:, chances.keys.index(key)] = said.values[:, column]
        useful, in_queue = self._useful(units, chances, model.features, n_useful, is_learned=True)
        card = model_card(self, expectation, units, by_meaning=meanings is not None)
        known = (useful, card, by_rules, judged, "", in_queue, meanings, n_sentences, self.looked_at)
        return Learning(expectation, found, n_new, n_dropped, *known)

    def _meanings_of(
        self, sentences: Sequence[str], progress: Progress | None, cancelled: Cancelled | None
    ) -> Meanings | None:
        """What all sentences mean; None where it cannot be told, or nobody asked and it would take long."""
        if self.by_meaning is False or not meaning.is_available():
            return None
        meanings = self.meanings or Meanings()
        if self.by_meaning is None and meanings.n_unknown(sentences) > MOST_BY_ITSELF:
            return None
        meanings.look_at(sentences, progress=progress, cancelled=cancelled)
        return meanings

    def _by_rules(self, progress: Progress | None, cancelled: Cancelled | None) -> dict[tuple[Place, str], Proposal]:
        from qualcode.autocoding.suggest import suggest_all

        found = suggest_all(
            self.texts, self.codebook, threshold=0.0, total=len(self.texts), progress=progress, cancelled=cancelled
        )
        return {
            ((document_id, each.span.start, each.span.end), each.code_key): each
            for document_id, proposals in found
            for each in proposals
        }

    def _units(self, proposals: Mapping[tuple[Place, str], Proposal]) -> list[LearningUnit]:
        scores: dict[Place, dict[str, float]] = {}
        for (place, key), proposal in proposals.items():
            scores.setdefault(place, {})[key] = proposal.score
        bare = [
            LearningUnit(scanned.document_id, start, end, scanned.text[start:end], number)
            for scanned in self.texts
            for number, passage in enumerate(scanned.passages)
            for start, end in sentence_spans(scanned.text, passage.start, passage.end)
        ]
        labels = Labels(self, bare)
        return [
            replace(unit, rules=scores.get((unit.document_id, unit.start, unit.end), {}), labels=said, weight=weight)
            for unit, (said, weight) in zip(bare, labels.all(), strict=True)
        ]

    def _by_score(self, units: Sequence[LearningUnit]) -> Chances:
        """The rules' scores in place of chances."""
        import numpy as np

        columns = {code.key: column for column, code in enumerate(self.codebook.codes)}
        values = np.zeros((len(units), len(columns)))
        for row, unit in enumerate(units):
            for key, score in unit.rules.items():
                values[row, columns[key]] = score
        return Chances(tuple(columns), values)

    def _combined(
        self,
        units: Sequence[LearningUnit],
        said: Chances,
        model: LearnedModel,
        proposals: Mapping[tuple[Place, str], Proposal],
    ) -> tuple[tuple[Found, ...], int, int]:
        import numpy as np

        scores = np.round(model.score(said.values), 4)
        columns = {key: column for column, key in enumerate(said.keys)}
        order = {code.key: place for place, code in enumerate(self.codebook.codes)}
        proposed: list[set[str]] = [set(unit.rules) for unit in units]
        for row, column in zip(*np.nonzero(scores >= self.threshold), strict=True):
            proposed[row].add(said.keys[column])
        found: list[Found] = []
        by_model: dict[int, LearningUnit] = {}
        n_new = n_dropped = 0
        for row, (unit, keys) in enumerate(zip(units, proposed, strict=True)):
            place = (unit.document_id, unit.start, unit.end)
            for key in sorted(keys & order.keys(), key=order.__getitem__):
                known = proposals.get((place, key))
                by_rules = known is not None and known.score >= self.threshold
                if key not in columns or (unit.is_decided and key in unit.labels):
                    if known is not None and by_rules:
                        found.append((unit.document_id, known))
                    continue
                score = float(scores[row, columns[key]])
                if score < self.threshold:
                    n_dropped += by_rules
                    continue
                n_new += not by_rules
                if known is None:
                    by_model[len(found)] = unit
                    known = Proposal(Span(unit.start, unit.end), key, "", Evidence((), ()), score)
                learned = float(said.values[row, columns[key]])
                found.append((unit.document_id, replace(known, score=score, learned=learned)))
        words = model.evidence([(unit.text, found[at][1].code_key) for at, unit in by_model.items()], _MOST_WORDS)
        for (at, unit), spans in zip(by_model.items(), words, strict=True):
            document_id, proposal = found[at]
            found[at] = document_id, replace(proposal, evidence=_evidence(unit, spans))
        return tuple(found), n_new, n_dropped

    def _useful(
        self, units: Sequence[LearningUnit], chances: Chances, features: TextFeatures, n: int, *, is_learned: bool
    ) -> tuple[tuple[Useful, ...], tuple[Place, ...]]:
        """What to decide next, of all sentences and of those that wait in the queue."""
        n_with: dict[str, int] = {}
        for unit in units:
            for key, given in unit.labels.items():
                n_with[key] = n_with.get(key, 0) + given

        def first(places: Sequence[int]) -> list[int]:
            some, of_these = [units[place] for place in places], Chances(chances.keys, chances.values[list(places)])
            if is_learned:
                chosen = most_useful(some, of_these, features, n=n, n_with=n_with)
            else:
                chosen = most_typical(some, of_these, features, n=n)
            return [places[each] for each in chosen]

        wait = {(each.document_id, each.start, each.end) for each in self.pending}
        in_queue = [row for row, each in enumerate(units) if (each.document_id, each.start, each.end) in wait]
        useful = tuple(
            Useful(
                units[place].document_id,
                Span(units[place].start, units[place].end),
                units[place].text,
                tuple(
                    sorted(
                        ((key, chance) for key, chance in chances.of(place).items() if chance > 0),
                        key=lambda each: (-each[1], each[0]),
                    )
                ),
            )
            for place in first(range(len(units)))
        )
        ranked = tuple((units[row].document_id, units[row].start, units[row].end) for row in first(in_queue))
        return useful, ranked


def in_a_process(run: LearningRun, cancelled: Callable[[], bool]) -> Learning:
    """Learn in a process of its own, so that the caller's threads stay free.

    Raises:
        CancelledError: the user stopped it.
        AnalysisError: the process was ended from outside, or by a fault in compiled code.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor, TimeoutError
    from concurrent.futures.process import BrokenProcessPool

    pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
    try:
        future = pool.submit(_learn, run)
        while True:
            try:
                return future.result(timeout=0.2)
            except TimeoutError:
                if cancelled():
                    for process in list((pool._processes or {}).values()):
                        process.terminate()
                    raise CancelledError(_("Learning was stopped.")) from None
    except BrokenProcessPool as error:
        raise AnalysisError(
            _("Learning ended before it was done; nothing was changed."),
            hint=_("The machine may have run short of memory: close other programs, then try again."),
        ) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _learn(run: LearningRun) -> Learning:
    return run.learn()


def _evidence(unit: LearningUnit, words: Sequence[tuple[int, int]]) -> Evidence:
    return Evidence(
        tuple(Span(unit.start + start, unit.start + end) for start, end in words),
        tuple(unit.text[start:end] for start, end in words),
    )
