"""Finds the place of each coding: the words that a file stores decide, not the positions alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from qualcode.i18n import _
from qualcode.importing.counting import Counted, Counting, ways
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.project_parts import ForeignCoding, ForeignDocument, Placement, Quoted, Wording
from qualcode.importing.stored_words import (
    NEAR,
    SHORTEST_BEGINNING,
    Match,
    Squeezed,
    compared,
    nearest_place,
    squeezed,
    without_dots,
)

_JUDGED = 50  # codings that decide how a document is counted
_CLEARLY_BETTER = 0.05  # share of ends at word bounds by which a way to count must win where no words are stored
_FITS = 0.85  # share of ends at word bounds from which positions fit a text that another program counted


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

    def add_what_is_common(self, countings: Sequence[Counting], n: int) -> None:
        """`n` passages stand equally well where any of these ways says."""
        for name in Counting.__slots__:
            values = {getattr(counting, name) for counting in countings}
            if len(values) == 1:
                self._by_way[name, values.pop()] += n

    def of(self, counting: Counting) -> int:
        """How many passages speak for a way, each of its parts by itself."""
        return sum(self._by_way[name, getattr(counting, name)] for name in Counting.__slots__)


class PassageFinder:
    """The codings of one document and the text that they are in.

    Args:
        document: with its text.
        codings: all of them.
        likeliest: how another document of the project is counted, which is tried first.
        others: (start, end) of passages without a code: a case's words, what memos are on.
    """

    def __init__(
        self,
        document: ForeignDocument,
        codings: Sequence[ForeignCoding],
        likeliest: Counting | None = None,
        others: Sequence[tuple[int, int]] = (),
    ) -> None:
        self._text = document.counted
        self._change = document.change
        self._is_own_reading = document.is_own_reading
        self._codings = [coding for coding in codings if not coding.whole]
        spans = [(each.start, each.end) for each in self._codings if each.start is not None and each.end is not None]
        self._counted_spans = [*spans, *others]
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
        return sum(self._match(coding, best) is not Match.NONE for coding in self._codings if self._words[coding.ident])

    @property
    def best(self) -> Counting:
        """The way to count that most stored words speak for."""
        return self._order[0]

    @cached_property
    def _order(self) -> list[Counting]:
        order = sorted(self._ways, key=lambda way: -self._scores[way])  # stable: the likeliest first among equals
        best = [way for way in order if self._scores[way] == self._scores[order[0]]]
        if len(best) > 1 and self._scores[order[0]]:  # as when all words are cut off, which says nothing of the ends
            fits = self._fits if len(best) == len(self._ways) else {way: self._at_word_bounds(way) for way in best}
            order[: len(best)] = sorted(best, key=lambda way: -fits[way])
        return order

    @cached_property
    def _fits(self) -> dict[Counting, float]:
        """The share of begins and ends that cut no word, by each way to count."""
        return {way: self._at_word_bounds(way) for way in self._ways}

    @cached_property
    def fitting(self) -> list[Counting]:
        """The ways by which fewest begins and ends cut a word, the least odd of them; none if all do equally well."""
        fits = self._fits
        most = max(fits.values())
        found = [way for way in self._ways if fits[way] == most]
        if len(found) == len(self._ways) or most < _FITS:
            return []
        least = min(way.oddness for way in found)
        return [way for way in found if way.oddness == least]

    @property
    def n_counted(self) -> int:
        """How many passages have positions."""
        return len(self._counted_spans)

    def settle(self, votes: Votes) -> None:
        """Choose how to count where no words are stored: as the project's other documents do, else by word bounds."""
        if any(self._scores.values()):
            return
        likeliest = max(self._ways, key=votes.of)
        fits = self._fits
        best = max(self._ways, key=lambda way: (fits[way], votes.of(way), -way.oddness))
        is_clear = fits[best] - fits[likeliest] >= _CLEARLY_BETTER or self._tells_apart(best, likeliest)
        chosen = best if is_clear else likeliest
        self._order.remove(chosen)
        self._order.insert(0, chosen)

    def _tells_apart(self, best: Counting, other: Counting) -> bool:
        """Whether of the ends that the two ways put at different places the one cuts none and the other most."""
        n_different = n_cut = 0
        for start, end in self._counted_spans:
            places, others = self._by(best).span(start, end), self._by(other).span(start, end)
            if places is None or others is None:
                continue
            for place, elsewhere in zip(places, others, strict=True):
                if place == elsewhere:
                    continue
                if self._cuts_word(place):
                    return False
                n_different += 1
                n_cut += self._cuts_word(elsewhere)
        return n_different > 1 and 2 * n_cut >= n_different

    def place(self, coding: ForeignCoding) -> Place | Unplaced:
        """Where a coding stands."""
        if coding.whole:
            return self._whole()
        words = self._words[coding.ident]
        for way in self._order if words else ():
            if self._match(coding, way) > Match.NONE:
                place = self._among_lines(coding, way)
                if place is not None:
                    return Place(*place, Placement.VERIFIED)
        if words:
            return self._found(coding, words)
        if coding.ident in self._areas:
            return self._by_area(coding, self._areas[coding.ident])
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
        found = [
            (coding, each, self._field(coding, each))
            for coding in self._codings
            for each in coding.quoted
            if each.wording is not Wording.AREA
        ]
        fields = Counter(field for _coding, _each, field in found)
        kept = {_Field.WORDS}
        if fields[_Field.WORDS] + fields[_Field.LOST_WORDS] >= fields[_Field.TITLE]:
            kept.add(_Field.LOST_WORDS)
        self._areas = {
            coding.ident: each.text
            for coding in self._codings
            for each in coding.quoted
            if each.wording is Wording.AREA
        }
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
        if span is not None and compared(self._text[span[0] : span[1]], in_normal_form(quoted.text)) > Match.NONE:
            return _Field.WORDS  # the usual case, without a look through the whole text
        if not any(sign.isalpha() for sign in bare):
            return _Field.COMMENT  # such as the positions once more
        is_cut = without_dots(quoted.text) != quoted.text
        length = len(quoted.text)
        spanned = length if coding.start is None or coding.end is None else coding.end - coding.start
        if self.squeezed.holds(squeezed(in_normal_form(without_dots(quoted.text)))):
            is_long = is_cut or length >= SHORTEST_BEGINNING or abs(spanned - length) <= max(2, spanned // 10)
            return _Field.WORDS if is_long else _Field.TITLE
        if quoted.wording is Wording.COMMENT:
            return _Field.COMMENT
        return _Field.LOST_WORDS if length >= 8 and (is_cut or abs(spanned - length) <= 2) else _Field.TITLE

    @cached_property
    def squeezed(self) -> Squeezed:
        """The text without white space, to look for words in."""
        return Squeezed(self._change.text)

    def _match(self, coding: ForeignCoding, way: Counting) -> Match:
        span = self._span(coding, way)
        if span is None:
            return Match.NONE
        stands = self._text[span[0] : span[1]]
        return max((compared(stands, words) for words in self._words[coding.ident]), default=Match.NONE)

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
            if judged and min(matches) >= Match.SPACED and 2 * matches.count(Match.EXACT) > len(judged):
                return scores
        return scores

    def _at_word_bounds(self, way: Counting) -> float:
        """The share of begins and ends that do not cut a word."""
        ends = 0
        for start, end in self._counted_spans:
            span = self._by(way).span(start, end)
            if span is not None:
                ends += sum(not self._cuts_word(each) for each in span)
                ends -= self._text[span[0]].isspace() + (self._text[span[1] - 1] in " \t\xa0")
        return ends / (2 * self.n_counted) if self.n_counted else 0.0

    def _cuts_word(self, position: int) -> bool:
        return 0 < position < len(self._text) and self._text[position - 1].isalnum() and self._text[position].isalnum()

    # words that stand elsewhere

    def _found(self, coding: ForeignCoding, words: Sequence[str]) -> Place | Unplaced:
        expected = self._among_lines(coding, self._order[0])
        begin, within = self._expected(coding)
        for each in words:
            found = self.squeezed.places_of(each)
            if not found:
                continue
            nearest = nearest_place(found, begin, within)
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

    def _expected(self, coding: ForeignCoding) -> tuple[int | None, int]:
        """Where about a coding begins, and how many characters from there at most; None if nothing tells."""
        if coding.start is not None:
            return self.position(coding.start), NEAR
        if coding.near is not None:
            return self.squeezed.position_of_share(coding.near), max(NEAR, len(self._change.text) // 20)
        return None, NEAR

    def _by_area(self, coding: ForeignCoding, words: str) -> Place | Unplaced:
        """The place of what stands in an area of a page: of its words, or from its first to its last ones."""
        begin, within = self._expected(coding)
        found = self.squeezed.places_of(words) or self.squeezed.places_between(words)
        nearest = nearest_place(found, begin, within)
        if nearest is not None:
            return Place(*nearest, Placement.UNVERIFIED)
        if found:
            n = len(found)
            return Unplaced(_("Its words stand at {n} places in the text, none of them clearly meant.").format(n=n))
        return Unplaced(_("The words of its area on the page do not stand in the text."))

    def _whole(self) -> Place | Unplaced:
        if not self._change.text.strip():
            return Unplaced(_("The document has no text."))
        return Place(0, len(self._change.text), Placement.VERIFIED)


def votes_of(finders: Mapping[str, PassageFinder]) -> Votes:
    """How the documents of a project are counted: by those that store words, or else by the bounds of words in all."""
    votes = Votes()
    spoken = [finder for finder in finders.values() if finder.n_spoken]
    for finder in spoken:
        votes.add(finder.best, finder.n_spoken)
    for finder in () if spoken else finders.values():
        if finder.n_counted:
            votes.add_what_is_common(finder.fitting, finder.n_counted)
    return votes
