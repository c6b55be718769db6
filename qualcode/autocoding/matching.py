"""One rule on one sentence: whether it matches, in which words, and how surely."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from qualcode.autocoding.denial import is_denied
from qualcode.autocoding.lacking import is_lacking
from qualcode.autocoding.rules import CompiledRule, Item, Kind, Sought
from qualcode.autocoding.scan import Hit
from qualcode.autocoding.tokens import Tokens, tokens
from qualcode.model.codebook import Context

Bounds = tuple[int, int]
"""First code point and one past the last, in the document's text."""

_END_OF_SENTENCE = "."
_PARTS_A_PHRASE = frozenset(".,;:!?()…")
_PARTS_A_GAP = frozenset(".;!?…")

# Small adverbs that Norwegian and English set inside a phrase: "slipper ikke inn", "er alltid med" ...
_SET_INSIDE = frozenset(
    """
    ikke ikkje aldri alltid ofte sjelden sjeldan også òg heller lenger lengre nå no da då jo helt heilt egentlig
    eigentleg bare berre gjerne stadig fortsatt framleis ennå enno enda liksom kanskje nok vel faktisk knapt nesten
    dessverre rett
    not never always often rarely seldom also really only just still hardly usually sometimes actually even fully yet
    """.split()
)
_MOST_SET_INSIDE = 2


class Occurrence(NamedTuple):
    """A term where it stands.

    Attributes:
        start: first code point of its first word.
        words: where its words stand; a phrase without gaps is one.
        hits: first code points of its words, for finding their tokens.
        certainty: how surely it is the term, 0 to 1.
    """

    start: int
    words: tuple[Bounds, ...]
    hits: tuple[int, ...]
    certainty: float


class Match(NamedTuple):
    """A rule that holds for a sentence: the words that made it, and its weight there."""

    rule: CompiledRule
    words: tuple[Bounds, ...]
    weight: float


class Excluded(NamedTuple):
    """A rule that would hold for a sentence, but for a word that its `not` names."""

    rule: CompiledRule
    word: Bounds


@dataclass
class SpokenPassage:
    """A turn or an answer that is being read: its sentences, the hits in it, and what was worked out on the way.

    Attributes:
        sentences: their bounds, in order.
        hits: the hits in the passage, in order.
    """

    text: str
    sentences: Sequence[Bounds]
    hits: Sequence[Hit]
    _first_hits: list[int] = field(init=False)
    _tokens: dict[Bounds, Tokens] = field(default_factory=dict)
    _occurrences: dict[tuple[Item, int, int], list[Occurrence]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        starts = [hit.start for hit in self.hits]
        self._first_hits = [bisect_left(starts, start) for start, _end in self.sentences]
        self._first_hits.append(len(starts))

    def range(self, within: Context, sentence: int) -> tuple[int, int]:
        """The first sentence and one past the last in which a rule looks around a sentence."""
        if within is Context.TURN:
            return 0, len(self.sentences)
        if within is Context.NEIGHBOURS:
            return max(0, sentence - 1), min(len(self.sentences), sentence + 2)
        return sentence, sentence + 1

    def sentences_with_hits(self) -> list[int]:
        """Which sentences have a hit, in order."""
        starts = [start for start, _end in self.sentences]
        return sorted({bisect_right(starts, hit.start) - 1 for hit in self.hits})

    def hits_in(self, first: int, last: int) -> Sequence[Hit]:
        """The hits in sentences first to last (not included)."""
        return self.hits[self._first_hits[first] : self._first_hits[last]]

    def tokens(self, first: int, last: int) -> Tokens:
        """The words of sentences first to last (not included); a sentence's last word is followed by a full stop."""
        found = self._tokens.get((first, last))
        if found is None:
            if last - first == 1:
                found = tokens(self.text, *self.sentences[first])
            else:
                found = Tokens([], [], [])
                for sentence in range(first, last):
                    part = self.tokens(sentence, sentence + 1)
                    found.starts.extend(part.starts)
                    found.words.extend(part.words)
                    found.breaks.extend([*part.breaks[:-1], _END_OF_SENTENCE])
            self._tokens[first, last] = found
        return found

    def occurrences(self, item: Item, first: int, last: int) -> list[Occurrence]:
        """Where the terms of an item stand in sentences first to last (not included), in order."""
        key = (item, first, last)
        found = self._occurrences.get(key)
        if found is None:
            found = list(self._looked_for(item, first, last))
            if len(found) > 1:
                found.sort()
            self._occurrences[key] = found
        return found

    def _looked_for(self, item: Item, first: int, last: int) -> Iterator[Occurrence]:
        for position in range(self._first_hits[first], self._first_hits[last]):
            hit = self.hits[position]
            for keyword, found in hit.classes.items():
                for sought in item.by_first.get(keyword, ()):
                    if not sought.gaps:
                        yield Occurrence(hit.start, ((hit.start, hit.end),), (hit.start,), found.certainty)
                    elif row := self._phrase(sought, position, first, last):
                        yield _as_occurrence(sought, row)

    def _phrase(self, sought: Sought, position: int, first: int, last: int) -> list[Hit]:
        """The hits that make a phrase with the hit at `position` as its first word; empty if there are none."""
        row = [self.hits[position]]
        for keyword, gap in zip(sought.keywords[1:], sought.gaps, strict=True):
            # a token holds two hits at most where marks divide it, so no more than these are near enough
            reach = min(self._first_hits[last], position + 1 + 2 * (max(gap, _MOST_SET_INSIDE) + 1))
            found = None
            for place in range(position + 1, reach):
                if keyword in self.hits[place].classes:
                    follows = self._follows(row[-1], self.hits[place], first, last, gap)
                    if follows is None:
                        break
                    if follows:
                        found, position = self.hits[place], place
                        break
            if found is None:
                return []
            row.append(found)
        return row

    def _follows(self, one: Hit, other: Hit, first: int, last: int, gap: int) -> bool | None:
        """Whether a hit is the next word of a phrase; None when it, and all that comes later, stands too far away."""
        words = self.tokens(first, last)
        left, right = words.index(one.start), words.index(other.start)
        parting = _PARTS_A_GAP if gap else _PARTS_A_PHRASE
        n_between = right - left - 1
        if n_between > max(gap, _MOST_SET_INSIDE) or any(
            mark in parting for place in range(left, right) for mark in words.breaks[place]
        ):
            return None
        return 0 <= n_between <= gap or (
            n_between > 0 and all(word in _SET_INSIDE for word in words.words[left + 1 : right])
        )


def _as_occurrence(sought: Sought, row: list[Hit]) -> Occurrence:
    words: list[Bounds] = [(row[0].start, row[0].end)]
    for hit, gap in zip(row[1:], sought.gaps, strict=True):
        if gap:
            words.append((hit.start, hit.end))
        else:
            words[-1] = (words[-1][0], hit.end)
    certainty = min(hit.classes[keyword].certainty for hit, keyword in zip(row, sought.keywords, strict=True))
    return Occurrence(row[0].start, tuple(words), tuple(hit.start for hit in row), certainty)


def match(rule: CompiledRule, passage: SpokenPassage, sentence: int) -> Match | Excluded | None:
    """Look for a rule in a sentence.

    Args:
        sentence: which of the passage's sentences.
    """
    found, certainty = _FINDERS[rule.kind](rule, passage, sentence)
    if not found:
        return None
    first, last = passage.range(rule.within, sentence)
    against = passage.occurrences(rule.none, first, last) if rule.none else ()
    if against:
        return Excluded(rule, (against[0].words[0][0], against[0].words[-1][1]))
    return Match(rule, tuple(bounds for each in found for bounds in each.words), rule.weight * certainty)


Found = tuple[list[Occurrence], float]
"""What a rule found in a sentence, nothing when it does not match, and how surely it is what the rule means."""

_NOTHING: Found = ([], 0.0)


def _find_any(rule: CompiledRule, passage: SpokenPassage, sentence: int) -> Found:
    found = passage.occurrences(rule.items[0], sentence, sentence + 1)
    if rule.lacking is not None or rule.is_hindrance:
        found = [each for each in found if _is_said_so(rule, passage, sentence, sentence + 1, [each])]
    return found, max((each.certainty for each in found), default=0.0)


def _find_all(rule: CompiledRule, passage: SpokenPassage, sentence: int) -> Found:
    """The occurrences in the sentence, and for an item that is not there the nearest around it."""
    first, last = passage.range(rule.within, sentence)
    found: list[Occurrence] = []
    certainty = 1.0
    is_here = False
    for item in rule.items:
        chosen = passage.occurrences(item, sentence, sentence + 1)
        is_here = is_here or bool(chosen)
        if not chosen and last - first > 1:
            chosen = _nearest(passage.occurrences(item, first, last), passage.sentences[sentence])
        if not chosen:
            return _NOTHING
        found.extend(chosen)
        certainty = min(certainty, max(each.certainty for each in chosen))
    if not is_here or not _is_said_so(rule, passage, first, last, found):
        return _NOTHING
    return found, certainty


def _nearest(row: list[Occurrence], sentence: Bounds) -> list[Occurrence]:
    """Of occurrences around a sentence the one nearest to it; none if there are none."""
    start, end = sentence
    place = bisect_left(row, end, key=lambda each: each.start)
    beside = row[max(0, place - 1) : place + 1]
    return [min(beside, key=lambda each: max(each.start - end, start - each.start))] if beside else []


def _find_near(rule: CompiledRule, passage: SpokenPassage, sentence: int) -> Found:
    """The closest occurrences of all items, at least one of them in the sentence."""
    first, last = passage.range(rule.within, sentence)
    rows = [passage.occurrences(item, first, last) for item in rule.items]
    if not all(rows):
        return _NOTHING
    start, end = passage.sentences[sentence]
    words = passage.tokens(first, last)
    reach = words.starts[max(0, words.index(start) - rule.n_words)]
    best: list[Occurrence] = []
    best_width = rule.n_words + 1
    for leftmost in _starts_between(rows, reach, end):
        chosen = [row[place] for row in rows if (place := _from(row, leftmost)) < len(row)]
        if len(chosen) < len(rows):
            break
        width = words.index(max(each.hits[-1] for each in chosen)) - words.index(leftmost) + 1
        if width >= best_width or not any(start <= each.start < end for each in chosen):
            continue
        if _is_said_so(rule, passage, first, last, chosen):
            best, best_width = chosen, width
    return best, min((each.certainty for each in best), default=0.0)


def _from(row: list[Occurrence], position: int) -> int:
    """The first occurrence that does not begin before a position."""
    return bisect_left(row, position, key=lambda each: each.start)


def _starts_between(rows: list[list[Occurrence]], first: int, last: int) -> list[int]:
    return sorted({each.start for row in rows for each in row[_from(row, first) : _from(row, last)]})


def _find_regex(rule: CompiledRule, passage: SpokenPassage, sentence: int) -> Found:
    assert rule.pattern is not None
    bounds = rule.pattern.search(passage.text, *passage.sentences[sentence])
    if bounds is None:
        return _NOTHING
    found = [Occurrence(bounds[0], (bounds,), bounds, 1.0)]
    return (found, 1.0) if _is_said_so(rule, passage, sentence, sentence + 1, found) else _NOTHING


_FINDERS = {Kind.ANY: _find_any, Kind.ALL: _find_all, Kind.NEAR: _find_near, Kind.REGEX: _find_regex}


def _is_said_so(rule: CompiledRule, passage: SpokenPassage, first: int, last: int, found: Sequence[Occurrence]) -> bool:
    """Whether the matched words are said to be missing, or to be there, as the rule asks for."""
    if rule.lacking is None and not rule.is_hindrance:
        return True
    words = passage.tokens(first, last)
    if rule.kind is Kind.REGEX:
        matched = frozenset(range(words.index(found[0].hits[0]), words.index(found[0].hits[1] - 1) + 1))
    else:
        matched = frozenset(words.index(start) for each in found for start in each.hits)
    if rule.is_hindrance and is_denied(words, matched):
        return False
    return rule.lacking is None or is_lacking(words, matched) == rule.lacking
