"""Compares the sentences of texts with those that a codebook gives, many at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.autocoding.examples import Examples, Weights
from qualcode.autocoding.known_degrees import Recording
from qualcode.autocoding.known_wording import KnownWording
from qualcode.autocoding.matching import Bounds
from qualcode.autocoding.mending import needs_mending
from qualcode.model.progress import Cancelled
from qualcode.model.sentences import sentence_spans

if TYPE_CHECKING:
    from qualcode.autocoding.suggest import Scanned

_LETTERS_AT_ONCE = 100_000


class Read(NamedTuple):
    """The sentences of a passage, and what their resemblance to given ones does to the scores."""

    spans: Sequence[Bounds]
    weights: Weights


def compared(
    texts: Iterable[Scanned], examples: Examples, threshold: float, recording: Recording | None = None
) -> Iterator[tuple[Scanned, Sequence[Read | None]]]:
    """Texts, and what their passages resemble; None for one that has to be mended first.

    Small texts are compared many at once.

    Args:
        recording: is given the degrees of each passage.
    """
    together: list[Scanned] = []
    length = 0
    for scanned in texts:
        together.append(scanned)
        length += len(scanned.text)
        if length >= _LETTERS_AT_ONCE:
            yield from _compared(together, examples, threshold, recording)
            together, length = [], 0
    yield from _compared(together, examples, threshold, recording)


def compared_again(
    texts: Iterable[Scanned],
    wording: KnownWording,
    examples: Examples,
    threshold: float,
    recording: Recording | None = None,
    cancelled: Cancelled | None = None,
) -> Iterator[tuple[Scanned, Sequence[Read | None]]]:
    """What `compared` gives for texts whose wording is known."""
    degrees = examples.resemblance.degrees_of(wording, cancelled)
    first = 0
    for text in texts:
        last = first + len(text.passages)
        spans = [wording.spans(number) for number in range(first, last)]
        own = degrees[wording.passages[first] : wording.passages[last]]
        yield from _read([text], spans, own, examples, threshold, recording)
        first = last


def _compared(
    texts: Sequence[Scanned], examples: Examples, threshold: float, recording: Recording | None
) -> Iterator[tuple[Scanned, Sequence[Read | None]]]:
    passages = [(text.text, each) for text in texts for each in text.passages]
    spans = [
        None if needs_mending(text, each.start, each.end) else sentence_spans(text, each.start, each.end)
        for text, each in passages
    ]
    degrees = examples.resemblance.degrees_in_passages(
        [(text, each) for (text, _passage), each in zip(passages, spans, strict=True) if each is not None]
    )
    return _read(texts, spans, degrees, examples, threshold, recording)


def _read(
    texts: Sequence[Scanned],
    spans: Sequence[Sequence[Bounds] | None],
    degrees: Any,
    examples: Examples,
    threshold: float,
    recording: Recording | None,
) -> Iterator[tuple[Scanned, Sequence[Read | None]]]:
    """Texts and what their passages resemble.

    Args:
        spans: of the sentences of each passage of all texts; `degrees`, of each of these sentences.
    """
    weights = examples.weights(degrees, threshold)
    of_passages = [text.text for text in texts for _passage in text.passages]
    asked = [(text, *each) for text, its in zip(of_passages, spans, strict=True) for each in its or ()]
    examples.resemblance.look_into([asked[number] for number in weights.may_add.nonzero()[0].tolist()])
    reads: list[Read | None] = []
    first = 0
    for each in spans:
        last = first + len(each or ())
        reads.append(None if each is None else Read(each, weights.between(first, last)))
        if recording is not None:
            recording.add(None if each is None else degrees[first:last])
        first = last
    ends = accumulate(len(text.passages) for text in texts)
    for text, end in zip(texts, ends, strict=True):
        yield text, reads[end - len(text.passages) : end]
