"""Proposals after a change of the sentences that a codebook gives: its words are known, so it only compares."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import accumulate, repeat

from qualcode.autocoding.known_degrees import KnownDegrees
from qualcode.autocoding.known_finds import Finds, FindsRecording, KnownFinds
from qualcode.autocoding.matching import Bounds
from qualcode.autocoding.suggest import Finder, Scanned
from qualcode.autocoding.word_index import WordIndex
from qualcode.errors import CodebookError
from qualcode.model.codebook import Codebook
from qualcode.model.progress import Cancelled, Progress
from qualcode.model.suggestion import Proposal


def suggest_again(
    texts: Sequence[Scanned],
    codebook: Codebook,
    codes: frozenset[str],
    finds: KnownFinds,
    degrees: KnownDegrees,
    *,
    threshold: float,
    index: WordIndex | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Iterator[tuple[int, list[Proposal]]] | None:
    """What `suggest_all` proposes, where that takes less: other sentences, and few other words.

    Args:
        finds: of just these texts, as are `degrees` and `index`.

    Returns:
        None where nothing is known that would save work; `suggest_all` then does it, or says what is wrong.

    Raises:
        CancelledError: `cancelled` said so.
    """
    known = finds.of(codebook, codes)
    if known is None:
        return None
    kept, hold = known
    try:
        finder = Finder(_with_sentences_only(codebook), threshold, codes)
        if not finder.goes_by_sentences or finder.knows(degrees):
            return None
        others = Finder(_with_words_only(codebook, codes - hold))
    except CodebookError:
        return None
    again = _Again(texts, lambda: Finder(codebook, threshold, codes), finder)
    again.add(kept, hold)
    if hold != codes:
        again.add(_found(others, texts, index, cancelled), codes - hold)
    return again.proposals(degrees, progress, cancelled)


class _Again:
    """Texts whose rules of words have found what they find.

    Args:
        whole: makes a finder for passages from a scanner, whose words are mended and looked for each time.
        finder: of the sentences alone.
    """

    def __init__(self, texts: Sequence[Scanned], whole: Callable[[], Finder], finder: Finder) -> None:
        self._texts = texts
        self._whole = cache(whole)
        self._finder = finder
        self._first_passages = list(accumulate((len(text.passages) for text in texts), initial=0))
        self._finds: list[tuple[Finds, list[int], frozenset[str]]] = []

    def add(self, finds: Finds, codes: frozenset[str]) -> None:
        """Take what is known of some codes from somewhere."""
        self._finds.append((finds, finds.rows(self._first_passages[-1]), codes))

    def proposals(
        self, degrees: KnownDegrees, progress: Progress | None, cancelled: Cancelled | None
    ) -> Iterator[tuple[int, list[Proposal]]]:
        """Each document's id and its proposals."""
        recording = self._finder.recording(degrees)
        compared = self._finder.compared(self._texts, recording, degrees.wording(cancelled), cancelled)
        for number, (scanned, read) in enumerate(compared):
            by_words = partial(self._by_words, scanned.text, self._first_passages[number])
            found = self._finder.with_known_words(scanned, read or (), by_words, self._whole, cancelled)
            yield scanned.document_id, found
            if progress is not None:
                progress(number + 1, len(self._texts))
        if recording is not None:
            recording.end()

    def _by_words(
        self, text: str, first: int, passage: int, sentences: Sequence[Bounds]
    ) -> dict[int, dict[str, Proposal]]:
        found: dict[int, dict[str, Proposal]] = {}
        for finds, rows, codes in self._finds:
            of_passage = range(rows[first + passage], rows[first + passage + 1])
            for sentence, proposals in finds.proposals(of_passage, text, sentences, codes).items():
                found.setdefault(sentence, {}).update(proposals)
        return found


def _found(finder: Finder, texts: Sequence[Scanned], index: WordIndex | None, cancelled: Cancelled | None) -> Finds:
    """What the rules of words of a few codes find."""
    recording = FindsRecording(texts)
    where = repeat(None) if index is None else finder.passages_in(index)
    for scanned, passages in zip(texts, where, strict=False):
        recording.begin()
        finder.take_by_words(scanned, recording.add, cancelled, passages)
    return recording.end()


def _with_sentences_only(codebook: Codebook) -> Codebook:
    codes = (replace(code, rules=tuple(rule for rule in code.rules if rule.like)) for code in codebook.codes)
    return replace(codebook, codes=tuple(codes))


def _with_words_only(codebook: Codebook, keys: frozenset[str]) -> Codebook:
    """The codebook with no other rules than those of words of some codes."""
    codes = (
        replace(code, rules=tuple(rule for rule in code.rules if not rule.like and code.key in keys))
        for code in codebook.codes
    )
    return replace(codebook, codes=tuple(codes))
