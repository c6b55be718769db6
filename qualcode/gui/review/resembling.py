"""Looks for the codebook's sentence that a suggested one is nearest to, for the card that is shown."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from qualcode.gui.background import Cancelled, Job, Progress
from qualcode.i18n import _
from qualcode.model.words import shortened

if TYPE_CHECKING:
    from qualcode.autocoding.nearest import GivenSentences

_KEPT = 64  # codes whose sentences are kept ready
_NEAR = 0.3  # degree from which a sentence is worth a line beside rules of words
_LONGEST = 140  # letters of it that are shown


class Resembling(QObject):
    """Answers at once for a code whose sentences were asked for before; else they are made ready on a worker thread.

    Signals:
        found: the sentence in short ("" where none is worth a line) and its degree from 0 to 1, of what was asked last.
    """

    found = Signal(str, float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ready: OrderedDict[tuple[str, ...], GivenSentences] = OrderedDict()
        self._asked: tuple[tuple[str, ...], str] | None = None
        self._least = 0.0
        self._jobs: dict[tuple[str, ...], Job] = {}

    def ask(self, sentences: tuple[str, ...], words: str, *, is_reason: bool) -> None:
        """Asks which of the sentences some words are nearest to; `found` tells it.

        Args:
            sentences: of the codebook.
            words: of the suggestion.
            is_reason: whether nothing else speaks for it; beside other rules only one that is near is worth a line.
        """
        self._asked = (sentences, words)
        self._least = 0.0 if is_reason else _NEAR
        if sentences in self._ready:
            self._ready.move_to_end(sentences)
            self._tell()
        elif sentences not in self._jobs:
            self._make_ready(sentences)

    def forget(self) -> None:
        """Nothing is asked any longer."""
        self._asked = None

    def _make_ready(self, sentences: tuple[str, ...]) -> None:
        def work(*, progress: Progress, cancelled: Cancelled) -> object:
            from qualcode.autocoding.nearest import GivenSentences

            return GivenSentences(sentences)

        job = self._jobs[sentences] = Job(_("Looking for a sentence like this"), work)
        job.succeeded.connect(self._on_ready)
        job.start()

    def _on_ready(self, given: GivenSentences) -> None:
        self._jobs.pop(given.sentences, None)
        self._ready[given.sentences] = given
        while len(self._ready) > _KEPT:
            self._ready.popitem(last=False)
        self._tell()

    def _tell(self) -> None:
        if self._asked is None or self._asked[0] not in self._ready:
            return
        sentence, degree = self._ready[self._asked[0]].nearest(self._asked[1]) or ("", 0.0)
        if degree < self._least:
            sentence = ""
        self.found.emit(shortened(sentence, _LONGEST), degree)


def about_nearest() -> str:
    """What the nearest sentence is and what its degree means."""
    return _("The nearest in its words of the sentences that the codebook gives: 1 is the same, 0 has none in common.")
