"""Which characters of a text stand in a later version of it, found by lines, then words, then letters.

Unlike a plain difference it takes time in proportion to the texts: lines and words that occur once in both are anchors
(Bram Cohen's "patience" difference), and only what lies between them is looked at more closely.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from qualcode.model.segment import Span

_TOKEN = re.compile(r"\w+|[^\w\s]")
_SMALL = 10_000  # pairs of tokens that are compared one by one
_GRAMS = (1, 2, 4, 8)  # words in a row that may be an anchor where no shorter run occurs only once
_SHORT = 240  # letters of a replaced passage that is compared letter by letter
_ALIKE = 0.5  # least share of common letters in such a passage
_LEAST = 3  # letters in a row that are common
_MOVED_WORDS = 3  # a line that stands elsewhere now has so many words at least, or it is chance


class Block(NamedTuple):
    """Characters that both texts have: `n` from `old` in the one and from `new` in the other."""

    old: int
    new: int
    n: int

    @property
    def old_end(self) -> int:
        """One past the last character in the old text."""
        return self.old + self.n

    @property
    def new_end(self) -> int:
        """One past the last character in the new text."""
        return self.new + self.n


@dataclass(frozen=True, slots=True)
class Alignment:
    """What two versions of a text have in common.

    Attributes:
        old: the earlier text.
        new: the later text.
        blocks: what stands in the same order in both, by position.
        moved: lines that stand elsewhere now, by their place in the old text.
        edit: what was replaced, (start, end) in the old text and in the new one, where that is known.
    """

    old: str
    new: str
    blocks: tuple[Block, ...]
    moved: tuple[Block, ...] = ()
    edit: tuple[tuple[int, int], tuple[int, int]] | None = None

    def replacements(self) -> list[tuple[str, str]]:
        """What was replaced by what, in order, in whole words; "" for nothing. A line that was moved is not told."""
        found = []
        gone = {each.old: each.n for each in self.moved}
        come = {each.new: each.n for each in self.moved}
        for (start, end), (new_start, new_end) in self._gaps():
            was = _without(self.old, start, end, gone)
            became = _without(self.new, new_start, new_end, come)
            if was.split() != became.split():
                found.append((was.strip(), became.strip()))
        return found

    def _gaps(self) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """What lies between the blocks, in the old and in the new text, widened to whole words."""
        gaps: list[tuple[tuple[int, int], tuple[int, int]]] = []
        edges = (Block(0, 0, 0), *self.blocks, Block(len(self.old), len(self.new), 0))
        for before, after in pairwise(edges):
            was, became = self.old[before.old_end : after.old], self.new[before.new_end : after.new]
            if not was and not became:
                continue
            left = right = 0
            if _is_word(was[:1]) or _is_word(became[:1]):
                while left < before.n and _is_word(self.old[before.old_end - left - 1]):
                    left += 1
            if _is_word(was[-1:]) or _is_word(became[-1:]):
                while right < after.n and _is_word(self.old[after.old + right]):
                    right += 1
            old_edges = (before.old_end - left, after.old + right)
            new_edges = (before.new_end - left, after.new + right)
            if gaps and old_edges[0] < gaps[-1][0][1]:  # two in one word
                (first, _end), (first_new, _new_end) = gaps.pop()
                old_edges, new_edges = (first, old_edges[1]), (first_new, new_edges[1])
            gaps.append((old_edges, new_edges))
        return gaps


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def align(old: str, new: str) -> Alignment:
    """Find what two versions of a text have in common."""
    if old == new:
        return Alignment(old, new, (Block(0, 0, len(old)),) if old else ())
    lines, moved = _aligned_lines(old, new)
    blocks: list[Block] = []
    gone = [(each.old, each.old_end) for each in moved]
    come = sorted((each.new, each.new_end) for each in moved)
    for before, after in pairwise((Block(0, 0, 0), *lines, Block(len(old), len(new), 0))):
        if before.n:
            blocks.append(before)
        old_parts = _parts(before.old_end, after.old, gone)
        new_parts = _parts(before.new_end, after.new, come)
        blocks.extend(_aligned_words(old, new, old_parts, new_parts))
    return Alignment(old, new, tuple(_joined(old, new, blocks)), tuple(moved))


def align_edit(old: str, span: Span, words: str) -> Alignment:
    """The alignment of a text with the same text in which the words of a span are replaced."""
    new = old[: span.start] + words + old[span.end :]
    shift = len(words) - (span.end - span.start)
    inner = _aligned_words(old, new, [(span.start, span.end)], [(span.start, span.end + shift)])
    edges = [Block(0, 0, span.start), *inner, Block(span.end, span.end + shift, len(old) - span.end)]
    blocks = tuple(_joined(old, new, [each for each in edges if each.n]))
    return Alignment(old, new, blocks, edit=((span.start, span.end), (span.start, span.end + shift)))


# Lines


def _aligned_lines(old: str, new: str) -> tuple[list[Block], list[Block]]:
    """Whole lines in the same order, and lines that stand elsewhere now."""
    old_lines, new_lines = old.split("\n"), new.split("\n")
    old_starts, new_starts = _starts(old_lines), _starts(new_lines)
    runs: list[Block] = []
    matched_old: set[int] = set()
    matched_new: set[int] = set()
    for i, j, n in _anchored(old_lines, new_lines):
        end = old_starts[i + n - 1] + len(old_lines[i + n - 1])
        runs.append(Block(old_starts[i], new_starts[j], end - old_starts[i]))
        matched_old.update(range(i, i + n))
        matched_new.update(range(j, j + n))
    rest_old = _once(old_lines, [i for i in range(len(old_lines)) if i not in matched_old])
    rest_new = _once(new_lines, [j for j in range(len(new_lines)) if j not in matched_new])
    moved = [
        Block(old_starts[i], new_starts[rest_new[line]], len(line))
        for line, i in rest_old.items()
        if line in rest_new and len(line.split()) >= _MOVED_WORDS
    ]
    return runs, sorted(moved)


def _starts(lines: Sequence[str]) -> list[int]:
    starts, position = [], 0
    for line in lines:
        starts.append(position)
        position += len(line) + 1
    return starts


def _once(lines: Sequence[str], numbers: Sequence[int]) -> dict[str, int]:
    """Those of some lines that occur once among them, with their numbers."""
    times = Counter(lines[number] for number in numbers)
    return {lines[number]: number for number in numbers if times[lines[number]] == 1}


def _parts(start: int, end: int, without: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A stretch without some stretches inside it."""
    parts = []
    for first, last in without[bisect_left(without, (start, start)) :]:
        if first >= end:
            break
        parts.append((start, first))
        start = last
    parts.append((start, end))
    return [part for part in parts if part[0] < part[1]]


# Words


def _aligned_words(
    old: str, new: str, old_parts: Sequence[tuple[int, int]], new_parts: Sequence[tuple[int, int]]
) -> list[Block]:
    """The common words of some stretches of both texts, then the common letters of what is left between them."""
    if not old_parts or not new_parts:
        return []
    old_places, new_places = _tokens(old, old_parts), _tokens(new, new_parts)
    old_words = [old[start:end] for start, end in old_places]
    new_words = [new[start:end] for start, end in new_places]
    blocks: list[Block] = []
    at_old = at_new = 0
    for i, j, n in [*_anchored(old_words, new_words, closely=True), (len(old_words), len(new_words), 0)]:
        blocks.extend(_aligned_letters(old, new, old_places[at_old:i], new_places[at_new:j]))
        for k in range(n):
            start, end = old_places[i + k]
            blocks.append(Block(start, new_places[j + k][0], end - start))
        at_old, at_new = i + n, j + n
    return blocks


def _tokens(text: str, parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return [found.span() for start, end in parts for found in _TOKEN.finditer(text, start, end)]


def _aligned_letters(
    old: str, new: str, old_places: Sequence[tuple[int, int]], new_places: Sequence[tuple[int, int]]
) -> list[Block]:
    """The common letters of words that were replaced, if they are alike: a corrected slip, not another word."""
    if not old_places or not new_places:
        return []
    first, second = old_places[0][0], new_places[0][0]
    was, became = old[first : old_places[-1][1]], new[second : new_places[-1][1]]
    if max(len(was), len(became)) > _SHORT:
        return []
    matcher = SequenceMatcher(None, was, became, autojunk=False)
    found = matcher.get_matching_blocks()[:-1]
    if 2 * sum(n for _i, _j, n in found) < _ALIKE * (len(was) + len(became)):
        return []
    return [
        Block(first + i, second + j, n)
        for i, j, n in found
        if n >= _LEAST or i == j == 0 or (i + n == len(was) and j + n == len(became))
    ]


def _joined(old: str, new: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks in order; those with nothing, or the same white space, between them taken together."""
    now: Block | None = None
    for block in sorted(blocks):
        if now is None:
            now = block
            continue
        between, between_new = old[now.old_end : block.old], new[now.new_end : block.new]
        if between == between_new and not between.strip():
            now = Block(now.old, now.new, block.old_end - now.old)
        else:
            yield now
            now = block
    if now is not None:
        yield now


# Anchors


def _anchored(a: Sequence[str], b: Sequence[str], *, closely: bool = False) -> list[tuple[int, int, int]]:
    """Runs (first in a, first in b, how many) of equal items in the same order.

    Args:
        a: lines or words.
        b: likewise.
        closely: whether short stretches without an anchor are compared item by item.
    """
    found: list[tuple[int, int, int]] = []
    waiting = [(0, len(a), 0, len(b))]
    while waiting:
        low_a, high_a, low_b, high_b = waiting.pop()
        start_a, start_b = low_a, low_b
        while low_a < high_a and low_b < high_b and a[low_a] == b[low_b]:
            low_a, low_b = low_a + 1, low_b + 1
        if low_a > start_a:
            found.append((start_a, start_b, low_a - start_a))
        end_a = high_a
        while low_a < high_a and low_b < high_b and a[high_a - 1] == b[high_b - 1]:
            high_a, high_b = high_a - 1, high_b - 1
        if end_a > high_a:
            found.append((high_a, high_b, end_a - high_a))
        if low_a == high_a or low_b == high_b:
            continue
        anchors = _anchors(a, b, (low_a, high_a, low_b, high_b), grams=_GRAMS if closely else _GRAMS[:1])
        if anchors:
            stops = [(low_a, low_b, 0), *anchors, (high_a, high_b, 0)]
            found.extend(anchors)
            waiting.extend((i + n, k, j + n, m) for (i, j, n), (k, m, _n) in pairwise(stops))
        elif closely and (high_a - low_a) * (high_b - low_b) <= _SMALL:
            matcher = SequenceMatcher(None, a[low_a:high_a], b[low_b:high_b], autojunk=False)
            found.extend((low_a + i, low_b + j, n) for i, j, n in matcher.get_matching_blocks()[:-1])
    return sorted(found)


def _anchors(
    a: Sequence[str], b: Sequence[str], place: tuple[int, int, int, int], *, grams: Sequence[int]
) -> list[tuple[int, int, int]]:
    """Items, or runs of few, that occur once in both stretches, in the longest order that both have."""
    low_a, high_a, low_b, high_b = place
    for n in grams:
        once_a, once_b = _runs_once(a, low_a, high_a, n), _runs_once(b, low_b, high_b, n)
        pairs = [(i, once_b[run]) for run, i in once_a.items() if run in once_b]
        if pairs:
            return _apart([(i, j, n) for i, j in _longest_rising(sorted(pairs))])
        if (high_a - low_a) * (high_b - low_b) <= _SMALL:
            return []
    return []


def _runs_once(items: Sequence[str], low: int, high: int, n: int) -> dict[tuple[str, ...], int]:
    if n == 1:
        keys = [(item,) for item in items[low:high]]
    else:
        keys = list(zip(*(items[low + k : high - n + 1 + k] for k in range(n)), strict=True))
    times = Counter(keys)
    return {key: low + number for number, key in enumerate(keys) if times[key] == 1}


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest selection in which both numbers rise; `pairs` are sorted by the first."""
    ends: list[int] = []  # least last number of a selection of each length
    holders: list[int] = []
    before: list[int] = []
    for number, (_i, j) in enumerate(pairs):
        at = bisect_left(ends, j)
        before.append(holders[at - 1] if at else -1)
        ends[at : at + 1] = [j]
        holders[at : at + 1] = [number]
    chosen = []
    at = holders[-1]
    while at >= 0:
        chosen.append(pairs[at])
        at = before[at]
    return chosen[::-1]


def _apart(runs: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Runs of which none overlaps the one before."""
    kept: list[tuple[int, int, int]] = []
    for i, j, n in runs:
        if not kept or (i >= kept[-1][0] + kept[-1][2] and j >= kept[-1][1] + kept[-1][2]):
            kept.append((i, j, n))
    return kept


def _without(text: str, start: int, end: int, lines: dict[int, int]) -> str:
    """A stretch of a text without some whole lines, by their start."""
    parts = _parts(start, end, sorted((at, at + n) for at, n in lines.items() if start <= at < end))
    return "".join(text[first:last] for first, last in parts)
