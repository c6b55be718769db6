"""What a person searches for, found in texts: words in any form, a phrase as it is written, a regular expression."""

from __future__ import annotations

import re
import unicodedata
from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from heapq import merge

from qualcode.autocoding.mending import has_signs_of_setting, holds_signs_of_setting, in_letters
from qualcode.autocoding.patterns import BoundedPattern, bounded_pattern
from qualcode.autocoding.scan import Scanner, lowered
from qualcode.autocoding.words import Keyword
from qualcode.errors import AnalysisError, CodebookError
from qualcode.i18n import _
from qualcode.model.terms import TermWord, parse_term

Bounds = tuple[int, int]
"""First code point and one past the last."""

Found = tuple[int, tuple[Bounds, ...]]
"""The number of a passage, and where in the text its found words stand."""

_NOT_IN_A_WORD = re.compile(r"[^\w*=~'’‑-]+")
_BARE_MARKS = re.compile(r"^['’‑-]+|['’‑-]+$")
_SHORTEST_PREFILTER = 3


class Mode(StrEnum):
    """How a search is read."""

    WORDS = "words"  # each in any inflected form; several must all stand in one turn or answer
    PHRASE = "phrase"  # these words in this order; white space and case do not count
    REGEX = "regex"


class Query(ABC):
    """A search, ready to be looked for in any number of texts."""

    @abstractmethod
    def found(self, text: str, passages: Sequence[Bounds], cancelled: Callable[[], bool]) -> Iterator[Found]:
        """The passages of a text that hold what is searched for, in order.

        Args:
            text: of a document.
            passages: its turns, in order; nothing is found across two of them.
            cancelled: asked between passages; the search ends early where it says so.
        """

    def in_words(self, text: str) -> tuple[Bounds, ...]:
        """Where it stands in a text that is one passage; empty if nowhere."""
        return next((spans for _number, spans in self.found(text, [(0, len(text))], lambda: False)), ())


def query_for(text: str, mode: Mode | str = Mode.WORDS) -> Query:
    """A search as it was typed.

    Args:
        text: in words mode each word may carry the marks of a term: `=form`, `~no compound`, `part*`.
        mode: how the text is read.

    Raises:
        AnalysisError: there is nothing to search for, or the expression is none or could run without end.
    """
    text = unicodedata.normalize("NFC", text)
    if not text.strip():
        raise AnalysisError(_("There is nothing to search for."), hint=_("Type a word."))
    if mode == Mode.REGEX:
        return _Expression(text)
    return _InLetters(_Phrase(text) if mode == Mode.PHRASE else _Words(text))


class _InLetters(Query):
    """A search for words, in texts read without soft hyphens and the like."""

    def __init__(self, query: Query) -> None:
        self._query = query

    def found(self, text: str, passages: Sequence[Bounds], cancelled: Callable[[], bool]) -> Iterator[Found]:
        if not holds_signs_of_setting(text):
            yield from self._query.found(text, passages, cancelled)
            return
        set_so = {number for number, span in enumerate(passages) if has_signs_of_setting(text, *span)}
        others = (each for each in self._query.found(text, passages, cancelled) if each[0] not in set_so)
        yield from merge(others, self._in_letters(text, passages, sorted(set_so), cancelled))

    def _in_letters(
        self, text: str, passages: Sequence[Bounds], numbers: Sequence[int], cancelled: Callable[[], bool]
    ) -> Iterator[Found]:
        for number in numbers:
            if cancelled():
                return
            read = in_letters(text, *passages[number])
            spans = self._query.in_words(read.text)
            if spans:
                yield number, tuple(read.bounds(*span) for span in spans)


class _Words(Query):
    def __init__(self, text: str) -> None:
        parts = (_BARE_MARKS.sub("", part) for part in _NOT_IN_A_WORD.split(text))
        try:
            terms = [parse_term(part) for part in dict.fromkeys(part for part in parts if any(map(str.isalnum, part)))]
        except CodebookError as error:
            raise AnalysisError(error.message, hint=error.hint) from error
        if not terms:
            raise AnalysisError(
                _("There is no word in {query!r}.").format(query=text.strip()), hint=_("Search for a phrase instead.")
            )
        # Capitals: who types in capitals still wants all, unlike who writes a rule.
        self._keywords = [Keyword(TermWord(word.text, word.reading)) for term in terms for word in term.words]
        self._scanner = Scanner(self._keywords)

    def found(self, text: str, passages: Sequence[Bounds], cancelled: Callable[[], bool]) -> Iterator[Found]:
        hits = self._scanner.hits(text)
        if not hits or (len(self._keywords) > 1 and len({key for hit in hits for key in hit.classes}) < self._n):
            return
        starts = [start for start, _end in passages]
        at = 0
        while at < len(hits):
            number = bisect_left(starts, hits[at].start + 1) - 1
            if number < 0 or hits[at].start >= passages[number][1]:
                at += 1  # stands outside all passages
                continue
            first, end = at, passages[number][1]
            while at < len(hits) and hits[at].start < end:
                at += 1
            here = hits[first:at]
            if self._n == 1 or len({key for hit in here for key in hit.classes}) == self._n:
                yield number, tuple((hit.start, hit.end) for hit in here)

    @property
    def _n(self) -> int:
        return len(self._keywords)


class _Phrase(Query):
    def __init__(self, text: str) -> None:
        words = text.split()
        begin = r"\b" if re.match(r"\w", words[0]) else ""
        end = r"\b" if re.search(r"\w\Z", words[-1]) else ""
        self._pattern = re.compile(begin + r"\s+".join(map(re.escape, words)) + end, re.IGNORECASE)
        self._sure = max((lowered(word) for word in words), key=len)

    def found(self, text: str, passages: Sequence[Bounds], cancelled: Callable[[], bool]) -> Iterator[Found]:
        if self._sure not in lowered(text):
            return
        for number, (start, end) in enumerate(passages):
            # the passage's end is no end of a word by itself: what follows it is a line feed
            spans = tuple(each.span() for each in self._pattern.finditer(text, start, end))
            if spans:
                yield number, spans


class _Expression(Query):
    def __init__(self, text: str) -> None:
        try:
            self._bounded = bounded_pattern(text.strip())
        except CodebookError as error:
            hint = error.hint if "(" in error.hint else _("Search for words or a phrase if that will do.")
            raise AnalysisError(error.message, hint=hint) from error

    def found(self, text: str, passages: Sequence[Bounds], cancelled: Callable[[], bool]) -> Iterator[Found]:
        literals = [each for each in self._bounded.literals if len(each) >= _SHORTEST_PREFILTER]
        small = lowered(text) if literals else ""
        if literals and not any(each in small for each in literals):
            return
        for number, (start, end) in enumerate(passages):
            if cancelled():
                return
            if literals and not any(small.find(each, start, end) >= 0 for each in literals):
                continue
            spans = tuple((start + a, start + b) for a, b in _all_in(self._bounded, text[start:end], cancelled))
            if spans:
                yield number, spans


def _all_in(pattern: BoundedPattern, part: str, cancelled: Callable[[], bool]) -> Iterator[Bounds]:
    """All matches in a passage, one after the other, looked for in stretches that keep the work bounded."""
    step = max(1, pattern.stretch // 2)
    done = 0
    for begin in range(0, max(1, len(part) - step), step):
        if cancelled():
            return
        is_last = begin + pattern.stretch >= len(part)
        for found in pattern.compiled.finditer(part, max(begin, done), begin + pattern.stretch):
            if found.start() >= begin + step and not is_last:
                break  # the next stretch sees more of it
            if found.end() > found.start():
                done = found.end()
                yield found.span()
