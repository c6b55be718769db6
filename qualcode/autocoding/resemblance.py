"""How much a sentence resembles those that a codebook gives for each code: in its words, and in what they mean.

Beside the codes stands one number more: how much a sentence resembles those that carry any code at all, and not those
that carry none. All codes' sentences teach it together, so it knows talk between the themes better than any one code.

The same sentences always give the same result; nothing is downloaded and nothing learnt from the material.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qualcode.autocoding.by_meaning import ByMeaning
from qualcode.autocoding.by_words import ByWords, Likeness
from qualcode.model.progress import Cancelled

if TYPE_CHECKING:
    from qualcode.autocoding.known_wording import KnownWording

MANY = 200
"""A code with so many sentences is known well by their words."""

_SHARE_OF_FEW, _SHARE_OF_MANY = 1.0, 0.5
"""How much meaning counts beside words: less the more sentences there are, as more words are among them."""


class Resemblance:
    """The sentences of a codebook, made ready to be compared with those of a text.

    Args:
        sentences: for each sentence the codes that it was given for; none for one that carries no code.
        codes: the codes that are asked for, in the order of the results.
    """

    def __init__(self, sentences: Sequence[tuple[str, frozenset[str]]], codes: Sequence[str]) -> None:
        import numpy as np

        self._columns = {code: column for column, code in enumerate(codes)}
        given = np.zeros((len(sentences), len(codes) + 1), dtype=np.float32)
        for row, (_sentence, carried) in enumerate(sentences):
            given[row, [self._columns[code] for code in carried if code in self._columns]] = 1
            given[row, -1] = bool(carried)
        are_few = 1 - np.minimum(given.sum(axis=0) / MANY, 1)
        self._shares = (_SHARE_OF_MANY + (_SHARE_OF_FEW - _SHARE_OF_MANY) * are_few).astype(np.float32)
        given -= given.mean(axis=0)
        texts = [sentence for sentence, _carried in sentences]
        self._words, self._meaning = ByWords(texts, given), ByMeaning(texts, given)

    def degrees_in_passages(self, passages: Sequence[tuple[str, Sequence[tuple[int, int]]]]) -> Any:
        """How much sentences resemble those of each code, read as part of what is said around them.

        Args:
            passages: texts, and where the sentences of a passage stand in each.

        Returns:
            a row for each sentence, in order; a column for each code, and at last one for any code (0 for what says
            nothing either way).
        """
        return self._words.degrees_in_passages(passages) + self._shares * self._meaning.degrees_in_passages(passages)

    def degrees_of(self, wording: KnownWording, cancelled: Cancelled | None = None) -> Any:
        """What `degrees_in_passages` gives for the sentences of some texts whose wording is known.

        Raises:
            CancelledError: the user stopped it.
        """
        found = self._words.degrees_of(wording, cancelled)
        found += self._shares * self._meaning.degrees_of(wording, cancelled)
        return found

    def likeness(self, code: str, text: str, start: int, end: int) -> Likeness:
        """How much the words of text[start:end] resemble the sentences of one code, and which of them."""
        return self._words.likeness(self._columns[code], text, start, end)

    def look_into(self, sentences: Sequence[tuple[str, int, int]]) -> None:
        """Find out at once what the words of sentences add whose likeness is asked for next."""
        self._words.look_into(sentences)
