"""Carries spans from one version of a text to the next: each is kept, moved, changed or lost, and says so."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from qualcode.model.alignment import Alignment, Block
from qualcode.model.segment import Span

_SHARE = 0.25  # of a span's letters that must be left, or its words are gone
_SURE = 0.5  # from this share on nobody looks for the words elsewhere
_WORDS = 3  # in a row that are looked for elsewhere; fewer stand there by chance
_WIDER = 3  # how many times longer than the corrected words their correction may be


class Fate(StrEnum):
    """What became of a span when its text got a new version.

    Kept: the same words in the same order of things. Moved: the same words elsewhere. Changed: words inside were
    corrected. Lost: its words are gone.
    """

    KEPT = "kept"
    CHANGED = "changed"
    MOVED = "moved"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Carried:
    """Where a span stands in the new text; None where it is lost."""

    span: Span | None
    fate: Fate


@dataclass(frozen=True, slots=True)
class Tally:
    """How many codings had which fate."""

    kept: int = 0
    changed: int = 0
    moved: int = 0
    lost: int = 0

    @classmethod
    def of(cls, fates: Iterable[Fate]) -> Tally:
        """Count fates."""
        times = Counter(fates)
        return cls(times[Fate.KEPT], times[Fate.CHANGED], times[Fate.MOVED], times[Fate.LOST])

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.kept + other.kept,
            self.changed + other.changed,
            self.moved + other.moved,
            self.lost + other.lost,
        )


def carry(alignment: Alignment, spans: Sequence[Span]) -> list[Carried]:
    """Carry spans from the old text of an alignment to the new one.

    A span that was not touched keeps its words exactly. Words that were put in or replaced inside a span belong to it;
    what was put in right before or behind it does not, except where the span was a whole line (a turn, an answer) and
    is one still. Where an edit is known, all that it put in place of words of a span belongs to the span.

    Raises:
        ValueError: a span lies outside the old text.
    """
    return _Carrier(alignment).carry(spans)


class _Carrier:
    def __init__(self, alignment: Alignment) -> None:
        self._old, self._new = alignment.old, alignment.new
        self._blocks, self._moved, self._edit = alignment.blocks, alignment.moved, alignment.edit
        self._starts = [block.old for block in self._blocks]
        self._new_starts = [block.new for block in self._blocks]
        self._moved_starts = [block.old for block in self._moved]

    def carry(self, spans: Sequence[Span]) -> list[Carried]:
        known: dict[Span, Carried] = {}
        for span in spans:
            if span not in known:
                if span.end > len(self._old):
                    raise ValueError("a span outside the text")
                known[span] = self._carried(span)
        return [known[span] for span in spans]

    def _carried(self, span: Span) -> Carried:
        untouched = self._untouched(span)
        if untouched is not None:
            return Carried(untouched, Fate.KEPT)
        touched = self._touched(self._blocks, self._starts, span)
        if len(touched) == 1 and touched[0].old <= span.start and span.end <= touched[0].old_end:
            shift = touched[0].new - touched[0].old
            return self._told(span, *self._with_edit(span, span.start + shift, span.end + shift))
        n_letters = max(1, _n_letters(self._old, span.start, span.end))
        n_left = self._n_left(touched, span)
        if n_left < _SURE * n_letters:
            elsewhere = self._elsewhere(span)
            if elsewhere is not None:
                return Carried(elsewhere, Fate.MOVED)
        if n_left >= _SHARE * n_letters and n_left:
            return self._told(
                span, *self._with_edit(span, self._new_start(span, touched[0]), self._new_end(span, touched[-1]))
            )
        touched = self._touched(self._moved, self._moved_starts, span)
        largest = max(touched, key=lambda block: self._n_left([block], span), default=None)
        if largest is not None and self._n_left([largest], span) >= _SHARE * n_letters:
            shift = largest.new - largest.old
            start, end = max(span.start, largest.old) + shift, min(span.end, largest.old_end) + shift
            return self._told(span, start, end, Fate.CHANGED)
        return Carried(None, Fate.LOST)

    def _untouched(self, span: Span) -> Span | None:
        """The place of a span that is unchanged with the letters beside it: nearly all are, so this is quick."""
        at = bisect_right(self._starts, span.start) - 1
        if at < 0:
            return None
        block = self._blocks[at]
        begins = block.old < span.start or block.old == block.new == 0
        ends = span.end < block.old_end or (block.old_end == len(self._old) and block.new_end == len(self._new))
        if not begins or not ends or span.end > block.old_end:
            return None
        shift = block.new - block.old
        return Span(span.start + shift, span.end + shift) if shift else span

    def _with_edit(self, span: Span, start: int, end: int) -> tuple[int, int]:
        """The new extent of a span, with all that stands in place of words that it held."""
        if self._edit is not None:
            (first, last), (new_first, new_last) = self._edit
            if span.start <= first and last <= span.end:
                return min(start, new_first), max(end, new_last)
        return start, end

    def _told(self, span: Span, start: int, end: int, fate: Fate | None = None) -> Carried:
        """A span of the new text with its fate; one that was a whole line takes what was added to the line along."""
        old, new = self._old, self._new
        words = old[span.start : span.end]
        if not words[:1].isspace():
            start = end - len(new[start:end].lstrip())
        if not words[-1:].isspace():
            end = start + len(new[start:end].rstrip())
        if (span.start == 0 or old[span.start - 1] == "\n") and (span.end == len(old) or old[span.end] == "\n"):
            start, end = self._widened_to_lines(start, end)
        if start >= end:
            return Carried(None, Fate.LOST)
        if fate is None:
            is_same = new[start:end] == words or new[start:end].split() == words.split()
            fate = Fate.KEPT if is_same else Fate.CHANGED
        return Carried(Span(start, end), fate)

    # What is left of a span in the order of things

    @staticmethod
    def _touched(blocks: Sequence[Block], starts: Sequence[int], span: Span) -> Sequence[Block]:
        first = max(0, bisect_right(starts, span.start) - 1)
        last = bisect_left(starts, span.end)
        return [block for block in blocks[first:last] if block.old_end > span.start]

    def _n_left(self, touched: Sequence[Block], span: Span) -> int:
        """How many letters of a span stand in blocks."""
        edges = ((max(block.old, span.start), min(block.old_end, span.end)) for block in touched)
        if any(sign.isalnum() for sign in self._old[span.start : span.end]):
            return sum(_n_alphanumeric(self._old[start:end]) for start, end in edges)
        return sum(_n_letters(self._old, start, end) for start, end in edges)

    def _new_start(self, span: Span, first: Block) -> int:
        if span.start >= first.old:
            return first.new + span.start - first.old
        at = bisect_left(self._starts, first.old)
        before = self._blocks[at - 1] if at else Block(0, 0, 0)
        if not self._takes_all(before.old_end, first.old, span.start, first.old, first.new - before.new_end):
            return first.new
        if "\n" in self._old[span.start : first.old]:
            return before.new_end
        return max(before.new_end, self._new.rfind("\n", 0, first.new) + 1)

    def _new_end(self, span: Span, last: Block) -> int:
        if span.end <= last.old_end:
            return last.new + span.end - last.old
        at = bisect_left(self._starts, last.old)
        after = self._blocks[at + 1] if at + 1 < len(self._blocks) else Block(len(self._old), len(self._new), 0)
        if not self._takes_all(last.old_end, after.old, last.old_end, span.end, after.new - last.new_end):
            return last.new_end
        if "\n" in self._old[last.old_end : span.end]:
            return after.new
        stop = self._new.find("\n", last.new_end, after.new)
        return after.new if stop < 0 else stop

    def _takes_all(self, gap_start: int, gap_end: int, start: int, end: int, n_new: int) -> bool:
        """Whether what a passage was replaced by belongs to a span that holds [start, end) of it: most of it, that is.

        What is much longer than those words is no correction of them.
        """
        n_in, n_all = _n_letters(self._old, start, end), _n_letters(self._old, gap_start, gap_end)
        return 2 * n_in >= n_all and n_new <= _WIDER * (end - start) + 2 * _WIDER

    def _widened_to_lines(self, start: int, end: int) -> tuple[int, int]:
        """Take what was added to the line before and behind, unless it stood elsewhere before."""
        line_start = self._new.rfind("\n", 0, start) + 1
        line_end = self._new.find("\n", end)
        line_end = len(self._new) if line_end < 0 else line_end
        if line_start < start and not self._stood_before(line_start, start):
            start = line_start
        if end < line_end and not self._stood_before(end, line_end):
            end = line_end
        return start, end

    def _stood_before(self, start: int, end: int) -> bool:
        """Whether any of a stretch of the new text stands in the old one."""
        at = bisect_left(self._new_starts, end) - 1
        if at >= 0 and self._blocks[at].new_end > start:
            return True
        return any(block.new < end and block.new_end > start for block in self._moved)

    # Elsewhere

    def _elsewhere(self, span: Span) -> Span | None:
        """Where the same words stand among what was put in, if at one place only."""
        for block in self._touched(self._moved, self._moved_starts, span):
            if block.old <= span.start and span.end <= block.old_end:
                shift = block.new - block.old
                return Span(span.start + shift, span.end + shift)
        words = self._old[span.start : span.end]
        first = tuple(words.split()[:_WORDS])
        if len(first) < _WORDS:
            return None
        lead = len(words) - len(words.lstrip())
        found = [
            at - lead for at in self._added.get(first, ()) if at >= lead and self._new.startswith(words, at - lead)
        ]
        return Span(found[0], found[0] + len(words)) if len(found) == 1 else None

    @cached_property
    def _added(self) -> dict[tuple[str, ...], list[int]]:
        """Where runs of a few words begin in what was put in."""
        found: dict[tuple[str, ...], list[int]] = {}
        edges = [*self._blocks, Block(len(self._old), len(self._new), 0)]
        start = 0
        for block in edges:
            words = _words(self._new, start, block.new)
            for number in range(len(words) - _WORDS + 1):
                run = words[number : number + _WORDS]
                found.setdefault(tuple(word for word, _at in run), []).append(run[0][1])
            start = block.new_end
        return found


def _words(text: str, start: int, end: int) -> list[tuple[str, int]]:
    """Words between white space, with their positions."""
    found = []
    at = start
    for word in text[start:end].split():
        at = text.index(word, at)
        found.append((word, at))
        at += len(word)
    return found


def _n_letters(text: str, start: int, end: int) -> int:
    """How many letters and digits a stretch has; of one without any, how many signs."""
    part = text[start:end]
    return _n_alphanumeric(part) or sum(not sign.isspace() for sign in part)


def _n_alphanumeric(text: str) -> int:
    return sum(map(str.isalnum, text))
