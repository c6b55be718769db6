"""What the rules of words find in some texts, kept so that a change of the sentences beside them is quick."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.autocoding.matching import Bounds
from qualcode.autocoding.proposing import as_written
from qualcode.i18n import language_in_use
from qualcode.model.codebook import Codebook
from qualcode.model.segment import Span
from qualcode.model.suggestion import Evidence, Proposal

if TYPE_CHECKING:
    from qualcode.autocoding.suggest import Scanned

_MOST_NUMBERS = 8_000_000
"""No more are kept, about 35 MB: seven hundred thousand proposals, one for every third sentence of a large study."""

_NUMBERS_A_ROW = 8


class KnownFinds:
    """What the last look through all of some texts found by words.

    Args:
        texts: all of them, as they are looked through.
    """

    def __init__(self, texts: Sequence[Scanned]) -> None:
        self._texts = texts
        self._kept: tuple[_Rules, Finds] | None = None

    def of(self, codebook: Codebook, codes: Collection[str]) -> tuple[Finds, frozenset[str]] | None:
        """What was kept, and for which of some codes it still holds; None where it is half of them or less."""
        kept = self._kept  # another thread may put something else there
        if kept is None:
            return None
        rules, finds = kept
        now = _Rules(codebook, codes)
        hold = frozenset(key for key in codes if now.are_those_of(rules, key))
        return (finds, hold) if 2 * len(hold) > len(codes) else None

    def recording(self, codebook: Codebook, codes: Collection[str] | None) -> FindsRecording:
        """Takes down what is found in one look through all texts.

        Args:
            codes: those whose rules are looked for; None for all.
        """
        asked = codes if codes is not None else [code.key for code in codebook.codes]
        rules = _Rules(codebook, asked)

        def keep(finds: Finds) -> None:
            self._kept = rules, finds

        return FindsRecording(self._texts, keep)


class _Rules:
    """The rules of words of some codes, and what else their finds depend on."""

    def __init__(self, codebook: Codebook, codes: Collection[str]) -> None:
        self._around: tuple[str, Mapping[str, Any]] = language_in_use(), dict(codebook.concepts)
        self._by_code = {
            code.key: (code.valence, tuple(rule for rule in code.rules if not rule.like))
            for code in codebook.codes
            if code.key in codes
        }

    def are_those_of(self, other: _Rules, code: str) -> bool:
        """Whether a code has the same rules in another codebook."""
        rules = self._by_code.get(code)
        return rules is not None and rules == other._by_code.get(code) and self._around == other._around


class FindsRecording:
    """Takes finds down, text after text.

    Args:
        texts: all that are looked through, in order.
    """

    def __init__(self, texts: Iterable[Scanned], keep: Callable[[Finds], None] | None = None) -> None:
        self._n_passages = [len(text.passages) for text in texts]
        self._keep = keep
        self._first = self._n_texts = 0
        self._finds = Finds()

    def begin(self) -> None:
        """Go on to the next text."""
        self._first += self._n_passages[self._n_texts - 1] if self._n_texts else 0
        self._n_texts += 1

    def add(self, passage: int, sentence: int, proposals: Mapping[str, Proposal]) -> None:
        """Take down what is proposed for a sentence, both by their numbers in the text and the passage."""
        for each in proposals.values():
            self._finds.add(self._first + passage, sentence, each)

    def end(self) -> Finds:
        """All that was found; it is kept, unless it is too much or a text is missing."""
        is_all = self._n_texts == len(self._n_passages)
        if self._keep is not None and is_all and self._finds.n_numbers <= _MOST_NUMBERS:
            self._keep(self._finds)
        return self._finds


class Finds:
    """Proposals of rules of words: a row of numbers for each."""

    def __init__(self) -> None:
        self._passages, self._sentences = array("i"), array("i")
        self._codes, self._rules, self._against = array("i"), array("i"), array("i")
        self._scores = array("d")
        self._words, self._ends = array("i"), array("i", (0,))
        self._numbers: dict[str, int] = {}
        self._names: list[str] = []

    @property
    def n_numbers(self) -> int:
        """How much is kept."""
        return _NUMBERS_A_ROW * len(self._passages) + len(self._words)

    def add(self, passage: int, sentence: int, proposal: Proposal) -> None:
        """Add a proposal for a sentence, which does not come before those that are there; none too many is taken."""
        if self.n_numbers > _MOST_NUMBERS:
            return
        self._passages.append(passage)
        self._sentences.append(sentence)
        self._codes.append(self._number(proposal.code_key))
        self._rules.append(self._number(proposal.rule))
        self._against.append(self._number(proposal.against))
        self._scores.append(proposal.score)
        for span in proposal.evidence.spans:
            self._words.append(span.start)
            self._words.append(span.end)
        self._ends.append(len(self._words))

    def _number(self, name: str) -> int:
        number = self._numbers.setdefault(name, len(self._names))
        if number == len(self._names):
            self._names.append(name)
        return number

    def rows(self, n_passages: int) -> list[int]:
        """The first row of each passage, counted through all texts, and how many rows there are."""
        import numpy as np

        passages = np.frombuffer(self._passages, dtype=np.int32) if self._passages else np.zeros(0, dtype=np.int32)
        found: list[int] = np.searchsorted(passages, np.arange(n_passages + 1)).tolist()
        return found

    def proposals(
        self, rows: range, text: str, sentences: Sequence[Bounds], codes: Collection[str]
    ) -> dict[int, dict[str, Proposal]]:
        """What was proposed for some codes in the sentences of a passage, by the sentence's number and the code.

        Args:
            rows: those of the passage.
            sentences: where those of the passage stand in the text.
        """
        found: dict[int, dict[str, Proposal]] = {}
        for row in rows:
            key = self._names[self._codes[row]]
            if key in codes:
                sentence = self._sentences[row]
                words = self._words[self._ends[row] : self._ends[row + 1]]
                spans = tuple(Span(*words[place : place + 2]) for place in range(0, len(words), 2))
                written = tuple(as_written(text, (span.start, span.end)) for span in spans)
                found.setdefault(sentence, {})[key] = Proposal(
                    Span(*sentences[sentence]),
                    key,
                    self._names[self._rules[row]],
                    Evidence(spans, written),
                    self._scores[row],
                    self._names[self._against[row]],
                )
        return found
