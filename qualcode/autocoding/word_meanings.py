"""What words mean, as numbers: words that mean much the same lie near each other, in Bokmål, Nynorsk and English.

The numbers come with the program (`word_meanings.npz`, made by `tools/word_meanings.py`, which says from what): nothing
is downloaded, and every machine has the same. Words are known by a number that their letters make.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from qualcode.autocoding.wording import places_among, whole_words

FILE = Path(__file__).with_suffix(".npz")


class WordMeanings:
    """The meanings of words, and of sentences as what their words mean together.

    Args:
        words: what the letters of each word make, in order; uint64.
        vectors: words x numbers, a byte each; to be multiplied by `scales`.
    """

    def __init__(self, words: Any, vectors: Any, scales: Any) -> None:
        self._words, self._vectors, self._scales = words, vectors, scales

    def __len__(self) -> int:
        return len(self._words)

    def places(self, words: Sequence[str]) -> Any:
        """Where words stand among those that are known; one past the last for others.

        Args:
            words: as `spellings.standard` writes them, in small letters.
        """
        return places_among(self._words, whole_words(words))

    def together(self, places: Any, ends: Any) -> Any:
        """What the words of sentences mean together: sentences x numbers, float64, zeros where no word is known.

        Args:
            places: of the known words of the sentences, in order.
            ends: one past the last of each sentence, after a 0.
        """
        import numpy as np
        from scipy.sparse import csr_array

        different, own = np.unique(places, return_inverse=True)
        vectors = self._vectors[different] * self._scales
        shape = (len(ends) - 1, len(different))
        sums = csr_array((np.ones(len(own), dtype=np.float32), own, ends), shape=shape) @ vectors
        return sums.astype(np.float64) / np.sqrt(np.diff(ends) + 1)[:, None]


@lru_cache(maxsize=1)
def word_meanings() -> WordMeanings:
    """Those that come with the program."""
    import numpy as np

    with np.load(FILE, allow_pickle=False) as stored:
        return WordMeanings(*(stored[name] for name in ("words", "vectors", "scales")))
