"""Finds the place of each coding: the words that a file stores decide, not the positions alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from qualcode.i18n import _
from qualcode.importing.counting import Counted, Counting, ways
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.project_parts import ForeignCoding, ForeignDocument, Placement, Quoted, Wording

NEAR = 400  # characters that a passage may have moved where its words stand several times
_JUDGED = 50  # codings that decide how a document is counted
_CLEARLY_BETTER = 0.05  # share of ends at word bounds by which a way to count must win where no words are stored
_FITS = 0.85  # share of ends at word bounds from which positions fit a text that another program counted
_HEAD = 8  # characters; a passage seldom begins with more white space
_SHORTEST_BEGINNING = 15  # letters of a passage cut off without a sign
_MOST_SCANNED = 5_000_000_000  # characters, for all codings of a document: some ten seconds
_DOTS = ("[…]", "[...]", "…", "...")
_SPACE = re.compile("[\\s\u00ad\u200b-\u200d\u2060\ufeff\0]+")
_SAME_SIGNS = str.maketrans(
    {**dict.fromkeys("‘’‚‛´`", "'"), **dict.fromkeys("“”„‟", '"'), **dict.fromkeys("‐‑–—−", "-")}
)
_ONE_SPACE = dict.fromkeys(map(ord, "\n\t\xa0\u2028\u2029\x0b\x0c"), " ")


class _Match(IntEnum):
    NONE = 0
    BEGINNING = 1  # the stored words are cut off, and the passage begins with them
    SPACED = 2  # the same apart from white space and the form of signs
    EXACT = 3  # white space may be of another kind, sign for sign


class _Field(IntEnum):
    """What a field that may hold the words of a coding does hold."""

    WORDS = 0
    LOST_WORDS = 1  # which the text does not have
    TITLE = 2
    COMMENT = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where a coding stands among the document's lines, and how sure that is."""

    start: int
    end: int
    placement: Placement


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Why a coding has no place: a sentence, and what to do."""

    what: str
    hint: str = ""


class Votes:
    """How the other documents of a project count, for those that store no words."""

    def __init__(self) -> None:
        self._by_way: Counter[tuple[str, object]] = Counter()

    def add(self, counting: Counting, n: int) -> None:
        """`n` passages stand where this way to count says."""
        for name in Counting.__slots__:
            self._by_way[name, getattr(counting, name)] += n

    def of(self, counting: Counting) -> int:
        """How many passages speak for a way, each of its parts by itself."""
        return sum(self._by_way[name, getattr(counting, name)] for name in Counting.__slots__)


class PassageFinder:
    """The codings of one document and the text that they are in.

    Args:
        document: with its text.
        codings: all of them.
        likeliest: how another document of the project is counted, which is tried first.
    """

    def __init__(
        self, document: ForeignDocument, codings: Sequence[ForeignCoding], likeliest: Counting | None = None
    ) -> None:
        self._text = document.counted
        self._change = document.change
        self._is_own_reading = document.is_own_reading
        self._codings = [coding for coding in codings if not coding.whole]
        self._ways = list(ways(self._text, has_mark=document.has_mark, bytes_counted=document.bytes_counted))
        if likeliest in self._ways:
            self._ways.remove(likeliest)
            self._ways.insert(0, likeliest)
        self._counted: dict[Counting, Counted] = {}
        self._tables: dict[tuple[str, int], Counted] = {}
        self._words = self._usable_words()
        self._scores = self._scored()

    @cached_property
    def n_spoken(self) -> int:
        """How many codings have words that stand where the best way to count says."""
        best = self._order[0]
        return sum(
            self._match(coding, best) is not _Match.NONE for coding in self._codings if self._words[coding.ident]
        )

    @property
    def best(self) -> Counting:
        """The way to count that most stored words speak for."""
        return self._order[0]

    @cached_property
    def _order(self) -> list[Counting]:
        order = sorted(self._ways, key=lambda way: -self._scores[way])  # stable: the likeliest first among equals
        best = [way for way in order if self._scores[way] == self._scores[order[0]]]
        if len(best) > 1 and self._scores[order[0]]:  # as when all words are cut off, which says nothing of the ends
            fits = {way: self._at_word_bounds(way) for way in best}
            order[: len(best)] = sorted(best, key=lambda way: -fits[way])
        return order

    def settle(self, votes: Votes) -> None:
        """Choose how to count where no words are stored: as the project's other documents do, else by word bounds."""
        if any(self._scores.values()):
            return
        likeliest = max(self._ways, key=votes.of)
        fits = {way: self._at_word_bounds(way) for way in self._ways}
        best = max(self._ways, key=lambda way: (fits[way], votes.of(way)))
        chosen = best if fits[best] - fits[likeliest] >= _CLEARLY_BETTER else likeliest
        self._order.remove(chosen)
        self._order.insert(0, chosen)

    def place(self, coding: ForeignCoding) -> Place | Unplaced:
        """Where a coding stands."""
        if coding.whole:
            return self._whole()
        words = self._words[coding.ident]
        for way in self._order if words else ():
            if self._match(coding, way) > _Match.NONE:
                place = self._among_lines(coding, way)
                if place is not None:
                    return Place(*place, Placement.VERIFIED)
        if words:
            return self._found(coding, words)
        place = self._among_lines(coding, self._order[0]) if self._is_trusted else None
        if place is not None and self._change.text[place[0] : place[1]].strip():
            return Place(*place, Placement.UNVERIFIED)
        if not self._is_trusted and coding.start is not None:
            return Unplaced(
                _("No words are stored with it, and its position is not one of the text that the file holds."),
                _("Export the project again with its plain texts."),
            )
        if coding.start is None:
            return Unplaced(_("It has neither a position nor words."))
        return Unplaced(
            _("Its positions {start} to {end} do not lie in the text, and no words are stored with it.").format(
                start=coding.start, end=coding.end
            )
        )

    @cached_property
    def _is_trusted(self) -> bool:
        """Whether positions alone tell a place: of the tool's own text always, of another only if they fit it."""
        if not self._is_own_reading or self.n_spoken:
            return True
        return self._at_word_bounds(self._order[0]) >= _FITS

    def span_of(self, start: int, end: int) -> tuple[int, int] | None:
        """A stretch among the lines that no words are stored with, by the way in which the document is counted."""
        span = self._by(self._order[0]).span(start, end)
        found = self._change.span(*span) if span else None
        return (found.start, found.end) if found else None

    def position(self, counted: int) -> int | None:
        """A single position among the lines, as `span_of`."""
        position = self._by(self._order[0]).position(counted)
        return None if position is None else self._change.start(position)

    # the words that are stored

    def _usable_words(self) -> dict[str, tuple[str, ...]]:
        """The stored words of each coding, without what is only a title or a comment: it stands nowhere in the text.

        A name that stands nowhere, but is cut off by dots or as long as the passage, counts as words that the text
        does not have, unless most names of the document are titles.
        """
        found = [(coding, each, self._field(coding, each)) for coding in self._codings for each in coding.quoted]
        fields = Counter(field for _coding, _each, field in found)
        kept = {_Field.WORDS}
        if fields[_Field.WORDS] + fields[_Field.LOST_WORDS] >= fields[_Field.TITLE]:
            kept.add(_Field.LOST_WORDS)
        usable: dict[str, tuple[str, ...]] = {coding.ident: () for coding in self._codings}
        for coding, each, field in found:
            if field in kept:
                usable[coding.ident] += (in_normal_form(each.text),)
        return usable

    def _field(self, coding: ForeignCoding, quoted: Quoted) -> _Field:
        bare = squeezed(without_dots(quoted.text))
        if not bare or quoted.wording is Wording.PASSAGE:
            return _Field.WORDS if bare else _Field.TITLE
        span = self._span(coding, self._ways[0])
        if span is not None and _compared(self._text[span[0] : span[1]], in_normal_form(quoted.text)) > _Match.NONE:
            return _Field.WORDS  # the usual case, without a look through the whole text
        if not any(sign.isalpha() for sign in bare):
            return _Field.COMMENT  # such as the positions once more
        is_cut = without_dots(quoted.text) != quoted.text
        length = len(quoted.text)
        spanned = length if coding.start is None or coding.end is None else coding.end - coding.start
        if self.squeezed.holds(squeezed(in_normal_form(without_dots(quoted.text)))):
            is_long = is_cut or length >= _SHORTEST_BEGINNING or abs(spanned - length) <= max(2, spanned // 10)
            return _Field.WORDS if is_long else _Field.TITLE
        if quoted.wording is Wording.COMMENT:
            return _Field.COMMENT
        return _Field.LOST_WORDS if length >= 8 and (is_cut or abs(spanned - length) <= 2) else _Field.TITLE

    @cached_property
    def squeezed(self) -> Squeezed:
        """The text without white space, to look for words in."""
        return Squeezed(self._change.text)

    def _match(self, coding: ForeignCoding, way: Counting) -> _Match:
        span = self._span(coding, way)
        if span is None:
            return _Match.NONE
        stands = self._text[span[0] : span[1]]
        return max((_compared(stands, words) for words in self._words[coding.ident]), default=_Match.NONE)

    def _span(self, coding: ForeignCoding, way: Counting) -> tuple[int, int] | None:
        if coding.start is None or coding.end is None:
            return None
        return self._by(way).span(coding.start, coding.end)

    def _among_lines(self, coding: ForeignCoding, way: Counting) -> tuple[int, int] | None:
        span = self._span(coding, way)
        found = self._change.span(*span) if span else None
        return (found.start, found.end) if found else None

    def _by(self, way: Counting) -> Counted:
        """The text counted in a way; made when it is first needed."""
        if way not in self._counted:
            like = self._tables.get((way.unit, way.line_end))
            self._counted[way] = Counted(self._text, way, like)
            self._tables.setdefault((way.unit, way.line_end), self._counted[way])
        return self._counted[way]

    # which way to count

    def _scored(self) -> dict[Counting, int]:
        """How well each way brings the stored words to their positions, judged by some of the codings."""
        spoken = [coding for coding in self._codings if self._words[coding.ident] and coding.start is not None]
        judged = spoken[:: max(1, len(spoken) // _JUDGED)]
        scores = dict.fromkeys(self._ways, 0)
        for way in self._ways:
            matches = [self._match(coding, way) for coding in judged]
            scores[way] = sum(matches)
            if judged and min(matches) >= _Match.SPACED and 2 * matches.count(_Match.EXACT) > len(judged):
                return scores
        return scores

    def _at_word_bounds(self, way: Counting) -> float:
        """The share of begins and ends that do not cut a word."""
        ends = 0
        counted = [coding for coding in self._codings if coding.start is not None]
        for coding in counted:
            span = self._span(coding, way)
            if span is not None:
                ends += sum(not self._cuts_word(each) for each in span)
                ends -= self._text[span[0]].isspace() + (self._text[span[1] - 1] in " \t\xa0")
        return ends / (2 * len(counted)) if counted else 0.0

    def _cuts_word(self, position: int) -> bool:
        return 0 < position < len(self._text) and self._text[position - 1].isalnum() and self._text[position].isalnum()

    # words that stand elsewhere

    def _found(self, coding: ForeignCoding, words: Sequence[str]) -> Place | Unplaced:
        expected = self._among_lines(coding, self._order[0])
        begin = self.position(coding.start) if coding.start is not None else None
        for each in words:
            found = self.squeezed.places_of(each)
            if not found:
                continue
            nearest = nearest_place(found, begin)
            if nearest is None:
                n = len(found)
                return Unplaced(_("Its words stand at {n} places in the text, none of them clearly meant.").format(n=n))
            start, end = nearest
            if without_dots(each) != each and expected and expected[1] - expected[0] > end - start:
                end = min(len(self._change.text), start + expected[1] - expected[0])
            return Place(start, end, Placement.FOUND)
        return Unplaced(
            _("The words that are stored with it do not stand in the text."),
            _("Look whether the text was changed after it was coded."),
        )

    def _whole(self) -> Place | Unplaced:
        if not self._change.text.strip():
            return Unplaced(_("The document has no text."))
        return Place(0, len(self._change.text), Placement.VERIFIED)


class Squeezed:
    """A text without white space and invisible signs, with the way back to its positions."""

    def __init__(self, text: str) -> None:
        self._runs: list[tuple[int, int]] = []  # (place in the squeezed text, place in the text) of each kept run
        parts: list[str] = []
        at = 0
        position = 0
        for match in [*_SPACE.finditer(text), None]:
            end = match.start() if match else len(text)
            if position < end:
                self._runs.append((at, position))
                parts.append(text[position:end])
                at += end - position
            position = match.end() if match else end
        self.text = "".join(parts).translate(_SAME_SIGNS)
        self._places = [run[0] for run in self._runs]
        self._n_scanned = 0
        self._held: dict[str, bool] = {}

    def holds(self, wanted: str) -> bool:
        """Whether squeezed words stand in the text; False once as much was looked through as no good file needs."""
        if wanted not in self._held:
            self._n_scanned += len(self.text)
            self._held[wanted] = bool(wanted) and self._n_scanned <= _MOST_SCANNED and wanted in self.text
        return self._held[wanted]

    def places_of(self, words: str) -> list[tuple[int, int]]:
        """(start, end) in the text of each place where words stand, apart from white space; cut-off dots left out."""
        wanted = squeezed(without_dots(words)) or squeezed(words)
        found: list[tuple[int, int]] = []
        if not self.holds(wanted):
            return found
        at = self.text.find(wanted)
        while at >= 0 and len(found) < 1000:
            found.append((self._position(at), self._position(at + len(wanted) - 1) + 1))
            at = self.text.find(wanted, at + 1)
        return found

    def _position(self, place: int) -> int:
        at, position = self._runs[bisect_right(self._places, place) - 1]
        return position + place - at


def squeezed(text: str) -> str:
    """The text without white space and invisible signs, quotation marks and dashes in one form each."""
    return _SPACE.sub("", text).translate(_SAME_SIGNS)


def without_dots(words: str) -> str:
    """Words without the dots at their end that say that they are cut off; the words themselves if there are none."""
    bare = words.rstrip()
    dots = next((dots for dots in _DOTS if bare.endswith(dots)), "")
    return bare[: -len(dots)].rstrip() if dots else words


def _compared(stands: str, words: str) -> _Match:
    if stands == words or in_normal_form(stands).translate(_ONE_SPACE) == words.translate(_ONE_SPACE):
        return _Match.EXACT
    if squeezed(stands[:_HEAD])[:1] != squeezed(words[:_HEAD])[:1]:
        return _Match.NONE  # the usual case, quickly
    bare_stands, bare_words = squeezed(in_normal_form(stands)), squeezed(words)
    if bare_stands == bare_words:
        return _Match.SPACED
    cut = squeezed(without_dots(words))
    if cut and cut != bare_words and bare_stands.startswith(cut):
        return _Match.BEGINNING
    if len(bare_words) >= _SHORTEST_BEGINNING and bare_stands.startswith(bare_words):
        return _Match.BEGINNING
    return _Match.NONE


def nearest_place(found: Sequence[tuple[int, int]], expected: int | None) -> tuple[int, int] | None:
    """The place that is meant: the only one, or one that is near and far nearer than the next."""
    if len(found) == 1:
        return found[0]
    if expected is None:
        return None
    by_distance = sorted(found, key=lambda place: abs(place[0] - expected))
    first, second = (abs(place[0] - expected) for place in by_distance[:2])
    return by_distance[0] if first <= NEAR and 2 * first < second else None


def votes_of(finders: Mapping[str, PassageFinder]) -> Votes:
    """How the documents of a project are counted, by those that store words."""
    votes = Votes()
    for finder in finders.values():
        if finder.n_spoken:
            votes.add(finder.best, finder.n_spoken)
    return votes
