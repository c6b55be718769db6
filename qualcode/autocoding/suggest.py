"""From texts to proposals: which sentence may carry which code, by which rule and which words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from itertools import repeat
from typing import Any

from qualcode.autocoding.candidates import Candidates
from qualcode.autocoding.comparing import Read, compared, compared_again
from qualcode.autocoding.denial import is_taken_back
from qualcode.autocoding.examples import Examples, Weights
from qualcode.autocoding.known_degrees import KnownDegrees, KnownPassages, Recording
from qualcode.autocoding.known_finds import KnownFinds
from qualcode.autocoding.known_wording import KnownWording
from qualcode.autocoding.matching import Bounds, Excluded, Match, SpokenPassage, match
from qualcode.autocoding.mending import Mender, needs_mending
from qualcode.autocoding.proposing import as_written, proposal
from qualcode.autocoding.rules import compile_rules
from qualcode.autocoding.scan import Hit, Scanner
from qualcode.autocoding.stopping import look_for_stop
from qualcode.autocoding.word_index import WordIndex
from qualcode.i18n import folded
from qualcode.model.codebook import Codebook, Valence
from qualcode.model.progress import Cancelled, Progress
from qualcode.model.segment import Span
from qualcode.model.sentences import sentence_spans
from qualcode.model.suggestion import Evidence, Proposal

Take = Callable[[int, Mapping[str, Proposal]], None]
"""Is given what rules of words propose for a sentence, by its number in the passage."""

TakeOf = Callable[[int, int, Mapping[str, Proposal]], None]
"""The same for any passage of a text: the passage's number comes first."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A turn or an answer of a respondent, as positions in the document's text.

    Attributes:
        group: the respondent group, as the study names it.
    """

    start: int
    end: int
    group: str


@dataclass(frozen=True, slots=True)
class Scanned:
    """A document to look through.

    Attributes:
        passages: what respondents say in it, in order; moderators' turns are left out.
        question: the survey question that it answers, "" for a transcript.
    """

    document_id: int
    text: str
    passages: tuple[Passage, ...]
    question: str = ""


def suggest_all(
    texts: Iterable[Scanned],
    codebook: Codebook,
    *,
    threshold: float = 0.5,
    total: int = 0,
    index: WordIndex | None = None,
    degrees: KnownDegrees | None = None,
    finds: KnownFinds | None = None,
    codes: Collection[str] | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Iterator[tuple[int, list[Proposal]]]:
    """Propose codes for sentences, document by document.

    What is proposed for a document depends on it and the codebook alone, not on what was looked through before.

    Args:
        texts: taken one by one; none is kept.
        threshold: the score, 0 to 1, from which a proposal is made.
        total: how many texts there are, for `progress`.
        index: of just these texts; worth it where the codebook has the rules of some codes only.
        degrees: of just these texts, too: what is known from an earlier look, or is kept for a later one.
        finds: of just these texts: what rules of words find is kept in it beside the degrees (for `suggest_again`).
        codes: those that are asked for; None for all.

    Yields:
        The document's id and its proposals by place in the text, then by the codes' order; one for each sentence and
        code, also when there are none.

    Raises:
        CodebookError: a rule cannot be read.
        CancelledError: `cancelled` said so.
    """
    finder = Finder(codebook, threshold, codes)
    known: Iterator[KnownPassages | None] | None = finder.known(degrees) if degrees is not None else None
    recording = finder.recording(degrees) if degrees is not None and known is None else None
    is_everywhere = index is None or (finder.goes_by_sentences and known is None)
    where = repeat(None) if index is None or is_everywhere else finder.passages_in(index)
    is_to_be_kept = finder.goes_by_sentences and is_everywhere and (codes is None or recording is not None)
    taken = finds.recording(codebook, codes) if finds is not None and is_to_be_kept else None
    take = None if taken is None else taken.add
    compared = finder.compared(texts, recording) if known is None else zip(texts, repeat(None), strict=False)
    for n_done, ((scanned, read), passages, text) in enumerate(
        zip(compared, where, known or repeat(None), strict=False)
    ):
        if taken is not None:
            taken.begin()
        yield scanned.document_id, finder.proposals(scanned, cancelled, passages, text, read, take)
        if progress is not None:
            progress(n_done + 1, max(total, n_done + 1))
    for each in (recording, taken):
        if each is not None:
            each.end()


class Finder:
    """A codebook's rules, ready to be looked for in any number of texts.

    Args:
        codes: those that are asked for; None for all. The sentences of the others are only what theirs vie with.

    Raises:
        CodebookError: a rule cannot be read.
    """

    def __init__(self, codebook: Codebook, threshold: float = 0.5, codes: Collection[str] | None = None) -> None:
        compiled = compile_rules(codebook)
        self._keywords, self._rules = compiled.keywords, compiled.rules
        self._scanner = Scanner(compiled.keywords)
        self._threshold = threshold
        self._order = {code.key: place for place, code in enumerate(codebook.codes)}
        self._hindrances = frozenset(code.key for code in codebook.codes if code.valence is Valence.HINDERING)
        self._candidates = Candidates(compiled.rules)
        self._examples = Examples(compiled.like, codes) if compiled.like else None
        self.goes_by_sentences = self._examples is not None

    def known(self, degrees: KnownDegrees) -> Iterator[KnownPassages] | None:
        """For each text what is known of its sentences, and which may be suggested by their resemblance alone."""
        if self._examples is None:
            return None
        known = degrees.of(self._examples.resemblance)
        return known.by_text(self._examples.may_add(known.whole, self._threshold)) if known is not None else None

    def knows(self, degrees: KnownDegrees) -> bool:
        """Whether the degrees of all sentences are known."""
        return self._examples is not None and degrees.of(self._examples.resemblance) is not None

    def recording(self, degrees: KnownDegrees) -> Recording | None:
        """Takes down the degrees of all sentences."""
        return degrees.recording(self._examples.resemblance) if self._examples is not None else None

    def compared(
        self,
        texts: Iterable[Scanned],
        recording: Recording | None = None,
        wording: KnownWording | None = None,
        cancelled: Cancelled | None = None,
    ) -> Iterator[tuple[Scanned, Sequence[Read | None] | None]]:
        """Texts, and what their passages resemble; None for one that has to be mended first.

        Args:
            recording: is given the degrees of each passage.
            wording: of the texts, where it is known.
            cancelled: is asked while all are compared at once, as is done with known wording.
        """
        if self._examples is None:
            return zip(texts, repeat(None), strict=False)
        if wording is None:
            return compared(texts, self._examples, self._threshold, recording)
        return compared_again(texts, wording, self._examples, self._threshold, recording, cancelled)

    def passages_in(self, index: WordIndex) -> list[list[int] | None]:
        """For each text of an index the passages in which a rule may match; None where it may be any."""
        return index.passages_for(self._rules, self._scanner)

    def proposals(
        self,
        scanned: Scanned,
        cancelled: Cancelled | None = None,
        passages: Sequence[int] | None = None,
        known: KnownPassages | None = None,
        read: Sequence[Read | None] | None = None,
        take: TakeOf | None = None,
    ) -> list[Proposal]:
        """What the rules propose for a text, by place in it, then by the codes' order.

        Args:
            passages: the numbers of those that may hold something by its words; None for all.
            known: of this text.
            read: what was compared already, a passage after the other.
            take: is given what rules of words propose.
        """
        found: list[Proposal] = []
        if passages is not None and known is not None:
            passages = sorted({*passages, *known.wanted})
        for number, passage, own in self._passages(scanned, passages, cancelled):
            if needs_mending(scanned.text, passage.start, passage.end):
                found.extend(self._of_mended(scanned.text, passage, scanned.question))
                continue
            is_wanted = self.goes_by_sentences if known is None else number in known.wanted
            if is_wanted or self._candidates.may_be_in(own):
                degrees = None if known is None else known.degrees(number)
                already = None if read is None else read[number]
                taken = None if take is None else partial(take, number)
                found.extend(self._of_passage(scanned.text, passage, own, scanned.question, degrees, already, taken))
        return found

    def take_by_words(
        self, scanned: Scanned, take: TakeOf, cancelled: Cancelled | None = None, passages: Sequence[int] | None = None
    ) -> None:
        """Hand on what the rules of words propose for the sentences of a text, those that are mended first left out."""
        for number, passage, own in self._passages(scanned, passages, cancelled):
            if self._candidates.may_be_in(own) and not needs_mending(scanned.text, passage.start, passage.end):
                spoken = SpokenPassage(scanned.text, sentence_spans(scanned.text, passage.start, passage.end), own)
                for sentence in self._sentences(spoken, None):
                    found = self._by_words(spoken, sentence, _folded(passage.group), _folded(scanned.question))
                    if found:
                        take(number, sentence, found)

    def with_known_words(
        self,
        scanned: Scanned,
        read: Sequence[Read | None],
        by_words: Callable[[int, Sequence[Bounds]], dict[int, dict[str, Proposal]]],
        of_mended: Callable[[], Finder],
        cancelled: Cancelled | None = None,
    ) -> list[Proposal]:
        """What is proposed for a text whose rules of words need not be looked for.

        Args:
            read: its passages, compared.
            by_words: says what the rules of words propose in a passage, which it gets by its number, and its sentences.
            of_mended: has the rules of words too, for passages that are mended first.
        """
        found: list[Proposal] = []
        already = [None if each is None else by_words(number, each.spans) for number, each in enumerate(read)]
        if self._examples is not None:
            both = ((each, known) for each, known in zip(read, already, strict=True) if each and known)
            self._examples.resemblance.look_into(
                [
                    (scanned.text, *each.spans[sentence])
                    for each, known in both
                    for sentence in known
                    if each.weights.are_shown[sentence]
                ]
            )
        for number, (passage, each) in enumerate(zip(scanned.passages, read, strict=True)):
            look_for_stop(cancelled, number)
            known = already[number]
            if each is None or known is None:
                found.extend(of_mended()._of_mended(scanned.text, passage, scanned.question))
                continue
            spoken = SpokenPassage(scanned.text, each.spans, ())
            group, question = _folded(passage.group), _folded(scanned.question)
            for sentence in sorted({*known, *each.weights.may_add.nonzero()[0].tolist()}):
                proposals = known.get(sentence, {})
                found.extend(self._weighed(proposals, spoken, sentence, each.weights, group, question))
        return found

    def _passages(
        self, scanned: Scanned, numbers: Sequence[int] | None, cancelled: Cancelled | None
    ) -> Iterator[tuple[int, Passage, Sequence[Hit]]]:
        """Passages by their numbers (all of them for None), and the hits in each."""
        hits = self._scanner.hits(scanned.text) if numbers is None else []
        starts = [hit.start for hit in hits]
        for n_seen, number in enumerate(range(len(scanned.passages)) if numbers is None else numbers):
            look_for_stop(cancelled, n_seen)
            passage = scanned.passages[number]
            if numbers is None:
                own = hits[bisect_left(starts, passage.start) : bisect_left(starts, passage.end)]
            else:
                own = self._scanner.hits_between(scanned.text, passage.start, passage.end)
            yield number, passage, own

    def _of_mended(self, text: str, passage: Passage, question: str) -> Iterator[Proposal]:
        """Proposals for a passage that is mended first, looked for in what was meant, shown as it stands."""
        mended = self._mender.read(text, passage.start, passage.end)
        whole = Passage(0, len(mended.text), passage.group)
        for each in self._of_passage(mended.text, whole, self._scanner.hits(mended.text), question):
            spans = tuple(Span(*mended.bounds(span.start, span.end)) for span in each.evidence.spans)
            written = tuple(as_written(text, (span.start, span.end)) for span in spans)
            bounds = Span(*mended.bounds(each.span.start, each.span.end))
            yield replace(each, span=bounds, evidence=Evidence(spans, written))

    @cached_property
    def _mender(self) -> Mender:
        return Mender(form for keyword in self._keywords for form in keyword.forms)

    def _of_passage(
        self,
        text: str,
        passage: Passage,
        hits: Sequence[Hit],
        question: str,
        degrees: Any = None,
        read: Read | None = None,
        take: Take | None = None,
    ) -> Iterator[Proposal]:
        spans = sentence_spans(text, passage.start, passage.end) if read is None else read.spans
        weights = None if read is None else read.weights
        if self._examples is not None and weights is None:
            if degrees is None:
                degrees = self._examples.resemblance.degrees_in_passages([(text, spans)])
            weights = self._examples.weights(degrees, self._threshold)
        spoken = SpokenPassage(text, spans, hits)
        group, question = _folded(passage.group), _folded(question)
        for sentence in self._sentences(spoken, weights):
            proposals = self._by_words(spoken, sentence, group, question)
            if take is not None and proposals:
                take(sentence, proposals)
            yield from self._weighed(proposals, spoken, sentence, weights, group, question)

    def _by_words(self, spoken: SpokenPassage, sentence: int, group: str, question: str) -> dict[str, Proposal]:
        """What the rules of words propose for a sentence, whatever the score, by code."""
        by_code: dict[str, list[Match | Excluded]] = {}
        for rule in self._candidates.of(spoken.hits_in(sentence, sentence + 1)):
            if rule.applies(group, question):
                outcome = match(rule, spoken, sentence)
                if outcome is not None:
                    by_code.setdefault(rule.code_key, []).append(outcome)
        bounds = spoken.sentences[sentence]
        return {key: found for key in by_code if (found := proposal(spoken.text, bounds, key, by_code[key]))}

    def _weighed(
        self,
        proposals: dict[str, Proposal],
        spoken: SpokenPassage,
        sentence: int,
        weights: Weights | None,
        group: str,
        question: str,
    ) -> Iterator[Proposal]:
        """What is proposed for a sentence after all, by the codes' order."""
        if self._examples is not None and weights is not None:
            self._examples.weigh(proposals, spoken, sentence, weights, group, question, self._threshold)
        if not proposals:
            return
        spans = spoken.sentences
        is_denied = sentence + 1 < len(spans) and is_taken_back(spoken.text, spans[sentence], spans[sentence + 1])
        for key in sorted(proposals, key=self._order.__getitem__):
            if proposals[key].score >= self._threshold and not (is_denied and key in self._hindrances):
                yield proposals[key]

    def _sentences(self, spoken: SpokenPassage, weights: Weights | None) -> Sequence[int]:
        """The numbers of a passage's sentences for which anything may be proposed, in order."""
        if self._candidates.for_all:
            return range(len(spoken.sentences))
        with_hits = spoken.sentences_with_hits()
        if weights is None:
            return with_hits
        return sorted({*with_hits, *weights.may_add.nonzero()[0].tolist()})


@lru_cache(maxsize=1_000)
def _folded(name: str) -> str:
    """A group or a question as it is compared; they are few, and each passage has them."""
    return folded(name)
