"""How much a sentence resembles the sentences that a codebook gives for each code in what its words mean.

Kernel ridge regression with a Gaussian kernel over what the words of a sentence mean together, so that "vi blir aldri
bedt inn på møtene" is near "they never invite us to the meetings". The kernel is looked at in some hundred of the given
sentences only, as more add hardly anything.

Sources: Saunders, Gammerman and Vovk (1998), Ridge Regression Learning Algorithm in Dual Variables; Williams and Seeger
(2001), Using the Nyström Method to Speed Up Kernel Machines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

from qualcode.autocoding.kept import WORTH_KEEPING, digest_of, keep, kept
from qualcode.autocoding.stopping import look_for_stop
from qualcode.autocoding.word_meanings import word_meanings
from qualcode.autocoding.wording import Lexicon, ends_of
from qualcode.model.progress import Cancelled

if TYPE_CHECKING:
    from qualcode.autocoding.known_wording import KnownWording

_SHARPNESS = 3.0
"""How fast the kernel falls where meanings part: it is exp(sharpness * (cosine - 1))."""

_PENALTY = 1.0
_MOST_MARKS = 512
"""Given sentences that others are held against."""

_LENT = 0.15
"""How much of what the sentences right before and behind one resemble is added to its own."""

_METHOD = 1  # is raised when what is solved is solved in another way
_AT_ONCE = 2_048  # sentences
_MOST_WRITTEN = 200_000  # words that are remembered
_NEARLY_NONE = 1e-6

_Spans = Sequence[tuple[int, int]]


class ByMeaning:
    """The sentences of a codebook, made ready to be compared with those of a text.

    Args:
        sentences: those that are given.
        given: what each sentence carries: sentences x columns, float32.
    """

    def __init__(self, sentences: Sequence[str], given: Any) -> None:
        import numpy as np

        self._n_columns = given.shape[1]
        self._alone = Lock()  # rules are tried on one thread while they run on another
        self._lexicon, self._places = Lexicon(), np.zeros(0, dtype=np.intp)
        meant = self._said([(sentence, [(0, len(sentence))]) for sentence in sentences])
        says = np.flatnonzero(meant.any(axis=1))
        self._middle = meant[says].mean(axis=0) if len(says) else 0.0  # what is said in any sentence tells nothing
        meant = self._directions(meant)
        self._marks = meant[says[_drawn([sentences[each] for each in says.tolist()])]]
        self._weights = self._learnt(meant[says], given[says]).astype(np.float64)

    def degrees_in_passages(self, passages: Sequence[tuple[str, _Spans]]) -> Any:
        """How much sentences resemble the given ones, with something of what those beside them resemble.

        Args:
            passages: texts, and where the sentences of a passage stand in each.

        Returns:
            a row for each sentence, in order, with the columns of the given ones; float32.
        """
        import numpy as np

        of_passage = np.repeat(np.arange(len(passages)), [len(sentences) for _text, sentences in passages])
        return _with_those_beside(self._degrees(self._said(passages)), of_passage)

    def degrees_of(self, wording: KnownWording, cancelled: Cancelled | None = None) -> Any:
        """What `degrees_in_passages` gives for the sentences of some texts whose wording is known.

        Raises:
            CancelledError: the user stopped it.
        """
        import numpy as np

        words, of_passage = wording.words, np.repeat(np.arange(len(wording.passages) - 1), np.diff(wording.passages))
        found = np.zeros((len(of_passage), self._n_columns), dtype=np.float32)
        for first in range(0, len(of_passage), _AT_ONCE):
            look_for_stop(cancelled)
            ends = words.ends[first : first + _AT_ONCE + 1]
            numbers = words.numbers[ends[0] : ends[-1]]
            sentences = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
            said = _together(wording.meanings[numbers], sentences, len(ends) - 1)
            found[first : first + _AT_ONCE] = self._degrees(said)
        return _with_those_beside(found, of_passage)

    def _said(self, passages: Sequence[tuple[str, _Spans]]) -> Any:
        """What the words of each sentence mean together."""
        import numpy as np

        with self._alone:
            if self._lexicon.n_written > _MOST_WRITTEN:  # there may be any number of texts
                self._lexicon, self._places = Lexicon(), np.zeros(0, dtype=np.intp)
            said = self._lexicon.said_in(passages)
            words = self._lexicon.words_in(said)
            new = self._lexicon.words(len(self._places))
            if new:
                self._places = np.concatenate((self._places, word_meanings().places(new)))
            places = self._places[words.keys.astype(np.intp)]
        return _together(places, words.sentences, len(said.sizes))

    def _degrees(self, said: Any) -> Any:
        """How much sentences resemble the given ones by themselves; nothing for those without a known word."""
        import numpy as np

        found = np.zeros((len(said), self._n_columns), dtype=np.float32)
        for first in range(0, len(said), _AT_ONCE):
            meant = self._directions(said[first : first + _AT_ONCE])
            found[first : first + _AT_ONCE] = (_near(meant, self._marks) @ self._weights) * meant.any(axis=1)[:, None]
        return found

    def _directions(self, said: Any) -> Any:
        """Where sentences part from what is said in any: each of length 1, zeros for those without a known word."""
        import numpy as np

        found = np.where(said.any(axis=1)[:, None], said - self._middle, 0)
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), np.finfo(np.float64).tiny)

    def _learnt(self, meant: Any, given: Any) -> Any:
        """What each mark adds to each column, float32."""
        import numpy as np

        shape = (len(self._marks), self._n_columns)
        depends_on = (_METHOD, _SHARPNESS, _PENALTY, self._marks, meant, given)
        name = digest_of(depends_on) if len(meant) >= WORTH_KEEPING else ""
        weights = kept(name, shape) if name else None
        if weights is None:
            near = _near(meant, self._marks)
            among = _near(self._marks, self._marks)
            equations = near.T @ near + _PENALTY * among + _NEARLY_NONE * np.eye(len(among))
            weights = np.linalg.solve(equations, near.T @ given.astype(np.float64)).astype(np.float32)
            if name:
                keep(name, weights)
        return weights


def _drawn(sentences: Sequence[str]) -> Any:
    """The numbers of the sentences that others are held against: some by chance, the same whatever their order."""
    import numpy as np

    lots = [hashlib.blake2b(each.encode("utf-8", "surrogatepass"), digest_size=8).digest() for each in sentences]
    by_lot = sorted(range(len(sentences)), key=lambda each: (lots[each], sentences[each]))
    return np.array(by_lot[:_MOST_MARKS], dtype=np.intp)


def _together(places: Any, sentences: Any, n_sentences: int) -> Any:
    """What the words of sentences mean together.

    Args:
        places: of their words among those whose meaning is known, each once in a sentence, or one past the last.
        sentences: in which sentence each word stands.
    """
    meanings = word_meanings()
    are_known = places < len(meanings)
    return meanings.together(places[are_known], ends_of(sentences[are_known], n_sentences))


def _near(meant: Any, marks: Any) -> Any:
    """The kernel, from nearly 0 to 1: sentences x marks."""
    import numpy as np

    return np.exp(_SHARPNESS * (meant @ marks.T - 1))


def _with_those_beside(degrees: Any, of_passage: Any) -> Any:
    """Degrees, and something of those of the sentences right before and behind in the same passage."""
    import numpy as np

    if len(degrees) < 2:
        return degrees
    before = np.flatnonzero(of_passage[1:] == of_passage[:-1])
    found = degrees.copy()
    found[before] += np.float32(_LENT) * degrees[before + 1]
    found[before + 1] += np.float32(_LENT) * degrees[before]
    return found
