"""How much the sentences of some texts resemble those of a codebook, kept so that a change of other rules is quick."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.autocoding.known_wording import KnownWording, worth_knowing
from qualcode.model.progress import Cancelled

if TYPE_CHECKING:
    from qualcode.autocoding.suggest import Scanned

_MOST_NUMBERS = 40_000_000
"""No more are kept, 160 MB: a million sentences and forty codes."""


class KnownDegrees:
    """What the last whole look through some texts found of the resemblance of their sentences.

    Args:
        texts: all of them, as they are looked through.
    """

    def __init__(self, texts: Sequence[Scanned]) -> None:
        self._texts = texts
        self._known: _Known | None = None
        self._wording: KnownWording | None = None

    def wording(self, cancelled: Cancelled | None = None) -> KnownWording | None:
        """What all sentences are made of, worked out when first asked for; None where that is too much to keep.

        Raises:
            CancelledError: the user stopped it.
        """
        if self._wording is None and worth_knowing(self._texts):
            self._wording = KnownWording(self._texts, cancelled)
        return self._wording

    def of(self, resemblance: object) -> _Known | None:
        """What is known of the resemblance to just these sentences of a codebook, if it is the last that was kept."""
        known = self._known
        return known if known is not None and known.resemblance is resemblance else None

    def recording(self, resemblance: object) -> Recording:
        """Takes down what is found in one look through all texts."""
        return Recording(resemblance, [len(text.passages) for text in self._texts], self._keep)

    def _keep(self, known: _Known) -> None:
        self._known = known


class Recording:
    """Degrees of one passage after the other, in the order of the texts."""

    def __init__(self, resemblance: object, n_passages: Sequence[int], keep: Callable[[_Known], None]) -> None:
        self._resemblance = resemblance
        self._n_passages = n_passages
        self._keep = keep
        self._found: list[Any] = []
        self._n_numbers = 0

    def add(self, degrees: Any) -> None:
        """Take down the degrees of the next passage; None for one that has to be looked at each time."""
        self._n_numbers += 0 if degrees is None else degrees.size
        if self._n_numbers > _MOST_NUMBERS:
            self._found.clear()
        else:
            self._found.append(degrees)

    def end(self) -> None:
        """Keep what was taken down, if that is all."""
        import numpy as np

        kept = [each for each in self._found if each is not None]
        if kept and len(self._found) == sum(self._n_passages):
            sizes = [0 if each is None else len(each) for each in self._found]
            whole = np.concatenate(kept)
            ends = np.cumsum([0, *sizes])
            self._keep(_Known(self._resemblance, whole, ends, np.cumsum([0, *self._n_passages])))
        self._found = []


@dataclass(frozen=True, slots=True)
class _Known:
    """Degrees of all sentences, and where each passage's begin.

    Attributes:
        whole: sentences x codes.
        sentences: the number of each passage's first sentence, and how many there are.
        passages: the number of each text's first passage, and how many there are.
    """

    resemblance: object
    whole: Any
    sentences: Any
    passages: Any

    def by_text(self, is_wanted: Any) -> Iterator[KnownPassages]:
        """For each text what is known, and the passages that have a wanted sentence.

        Args:
            is_wanted: for each sentence of all texts.
        """
        import numpy as np

        numbers = np.flatnonzero(is_wanted)
        wanted = np.unique(np.searchsorted(self.sentences, numbers, side="right") - 1)
        bounds = np.searchsorted(wanted, self.passages)
        for text, first in enumerate(self.passages[:-1].tolist()):
            yield KnownPassages(self, first, frozenset((wanted[bounds[text] : bounds[text + 1]] - first).tolist()))


@dataclass(frozen=True, slots=True)
class KnownPassages:
    """What is known of the passages of a text.

    Attributes:
        wanted: the numbers of those that resemble the sentences of a code that is asked for.
    """

    known: _Known
    first: int
    wanted: frozenset[int]

    def degrees(self, passage: int) -> Any:
        """The degrees of a passage's sentences, a row for each."""
        start, end = self.known.sentences[self.first + passage : self.first + passage + 2].tolist()
        return self.known.whole[start:end]
