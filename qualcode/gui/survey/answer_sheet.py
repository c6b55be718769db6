"""What the grid shows of one question: its rows in columns, filtered and sorted, with their codes; no widget."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from qualcode.i18n import folded

if TYPE_CHECKING:
    from qualcode.project.survey import AnswerRows, SurveyActions
    from qualcode.store.answers import Asked

_RANGE = re.compile(r"\s*\((-?\d+)\s*(?:-|–|to|til)\s*(-?\d+)\)\s*$")
_NO_CODES: tuple[int, ...] = ()
_PAGE = 200
_MOST_TEXTS = 12_000  # kept in memory
_MANY = 500
"""From so many answers on, reading all of a question is sooner."""


class Show(Enum):
    """Which answers are shown."""

    ALL = "all"
    UNCODED = "uncoded"
    SUGGESTED = "suggested"
    BLANK = "blank"


class Order(Enum):
    """What rows are sorted by; `CLOSED` by a closed question that is named beside it."""

    IMPORTED = "imported"
    IDENT = "ident"
    GROUP = "group"
    CLOSED = "closed"
    LENGTH = "length"
    CODES = "codes"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter; what is left empty keeps everything.

    Attributes:
        group: a respondent group.
        codes: code ids, of which one must be given or suggested.
        show: all, or those that lack something.
        words: what must stand in the answer.
    """

    group: str = ""
    codes: frozenset[int] = frozenset()
    show: Show = Show.ALL
    words: str = ""


@dataclass(frozen=True, slots=True)
class Sorting:
    """How rows are sorted; `closed` is the closed question for `Order.CLOSED`."""

    order: Order = Order.IMPORTED
    closed: str = ""
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows there are of each kind; `answered` is the base of `coded` and `uncoded`."""

    all: int = 0
    answered: int = 0
    coded: int = 0
    suggested: int = 0

    @property
    def uncoded(self) -> int:
        """Answers without a code."""
        return self.answered - self.coded

    @property
    def blank(self) -> int:
        """Rows without an answer that counts."""
        return self.all - self.answered


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed question.

    Attributes:
        name: as in the source.
        title: without its range.
        low: where its scale begins, None if it names none.
        high: where it ends.
        values: by respondent.
    """

    name: str
    title: str
    low: float | None
    high: float | None
    values: Mapping[int, str] = field(default_factory=dict)

    def share(self, value: str) -> float | None:
        """How far along its scale a value lies, 0 to 1; None without a scale or for a value off it."""
        if self.low is None or self.high is None or self.high <= self.low:
            return None
        number = as_number(value)
        if number is None or not self.low <= number <= self.high:
            return None
        return (number - self.low) / (self.high - self.low)


def as_number(value: str) -> float | None:
    """A value as a number, None if it is a word."""
    try:
        return float(value.replace(",", "."))
    except ValueError:
        return None


def title_and_range(name: str) -> tuple[str, float | None, float | None]:
    """A closed question's name without the range that it states at its end, and that range."""
    found = _RANGE.search(name)
    if found is None:
        return name, None, None
    return name[: found.start()], float(found[1]), float(found[2])


class AnswerSheet:
    """One question with all who were asked.

    Args:
        survey: the project's surveys.
        texts: reads the words of some answers by document.
        asked: the question.
        groups: all groups in their order.
        codes: all code ids in tree order.
    """

    def __init__(
        self, survey: SurveyActions, texts: Any, asked: Asked, groups: Sequence[str], codes: Sequence[int]
    ) -> None:
        self.asked = asked
        self._survey = survey
        self._read_texts = texts
        self._groups = {group: rank for rank, group in enumerate(groups)}
        self._code_ranks = {code_id: rank for rank, code_id in enumerate(codes)}
        self._closed: dict[str, Closed] = {}
        self._texts: dict[int, str] = {}
        self.rows: AnswerRows = survey.rows(asked.id)
        self.groups = frozenset(self.rows.groups)
        self.n_answered = sum(self.rows.counts)
        self._coded: dict[int, str] = {}
        self._waiting: dict[int, str] = {}

    def read_from(self, survey: SurveyActions, texts: Any) -> None:
        """From now on what is asked for is read there: the rows may have been read on a view of their own."""
        self._survey, self._read_texts = survey, texts

    # Codes

    def read_codes(self, document_ids: Collection[int] | None, hidden_coders: Collection[int]) -> None:
        """Reads how answers are coded: all, or some that changed."""
        if document_ids is None or len(document_ids) > _MANY:
            found = self._survey.codes(self.asked.id, hidden_coders=hidden_coders)
            self._coded, self._waiting = dict(found.coded), dict(found.waiting)
            return
        found = self._survey.codes_of(list(document_ids), hidden_coders=hidden_coders)
        for document_id in document_ids:
            for known, now in ((self._coded, found.coded), (self._waiting, found.waiting)):
                if document_id in now:
                    known[document_id] = now[document_id]
                else:
                    known.pop(document_id, None)

    def use_code_order(self, codes: Sequence[int]) -> None:
        """Codes stand in another order now."""
        self._code_ranks = {code_id: rank for rank, code_id in enumerate(codes)}

    def coded(self, row: int) -> tuple[int, ...]:
        """The codes of a row, in tree order."""
        return self._parsed(self._coded.get(self.rows.document_ids[row]))

    def waiting(self, row: int) -> tuple[int, ...]:
        """The codes that are suggested for a row and not given, in tree order."""
        found = self._waiting.get(self.rows.document_ids[row])
        if found is None:
            return _NO_CODES
        given = self.coded(row)
        return tuple(each for each in self._parsed(found) if each not in given)

    def has_waiting(self, row: int) -> bool:
        """Whether something on a row waits for a decision."""
        return self.rows.document_ids[row] in self._waiting

    def codes_on(self, rows: Iterable[int]) -> set[int]:
        """The codes that any of some rows has."""
        ids = self.rows.document_ids
        found = {self._coded[ids[row]] for row in rows if ids[row] in self._coded}
        return {int(each) for codes in found for each in codes.split(",")}

    def n_codes(self) -> list[int]:
        """How many codes are given or suggested, for all rows; one that is both counts twice."""
        coded, waiting = self._coded, self._waiting
        return [
            (coded[each].count(",") + 1 if each in coded else 0)
            + (waiting[each].count(",") + 1 if each in waiting else 0)
            for each in self.rows.document_ids
        ]

    def rows_of(self, document_ids: Collection[int]) -> list[int]:
        """The rows of some answers."""
        wanted = set(document_ids)
        return [row for row, each in enumerate(self.rows.document_ids) if each in wanted]

    def is_uncoded(self, row: int) -> bool:
        """Whether a row is an answer without a code."""
        return self.rows.counts[row] and self.rows.document_ids[row] not in self._coded

    def counts(self) -> Counts:
        """How many rows there are of each kind."""
        ids, counts = self.rows.document_ids, self.rows.counts
        coded = sum(counts for document_id, counts in zip(ids, counts, strict=True) if document_id in self._coded)
        return Counts(len(self.rows), self.n_answered, coded, len(self._waiting))

    def _parsed(self, found: str | None) -> tuple[int, ...]:
        if found is None:
            return _NO_CODES
        ranks = self._code_ranks
        return tuple(sorted((int(each) for each in found.split(",")), key=lambda each: ranks.get(each, each)))

    # Words and closed answers

    def text(self, row: int, near: Sequence[int] = ()) -> str:
        """The words of an answer; those of rows near it are read with it."""
        document_id = self.rows.document_ids[row]
        if not document_id:
            return ""
        if document_id not in self._texts:
            if len(self._texts) > _MOST_TEXTS:
                self._texts.clear()
            ids = self.rows.document_ids
            wanted = {ids[each] for each in near} | {document_id}
            self._texts.update(self._read_texts([each for each in wanted if each and each not in self._texts]))
        return self._texts.get(document_id, "")

    def closed(self, name: str) -> Closed:
        """A closed question with its answers."""
        if name not in self._closed:
            title, low, high = title_and_range(name)
            if low is None:
                low, high = self._survey.scale_of(name) or (None, None)
            self._closed[name] = Closed(name, title, low, high, self._survey.closed_values(name))
        return self._closed[name]

    # Filtering and sorting

    def order(self, wanted: Wanted, sorting: Sorting) -> list[int]:
        """The rows that a filter keeps, sorted; equal ones in the order of import."""
        rows = self._kept(wanted)
        if sorting.order is not Order.IMPORTED:
            keys = self._sort_keys(sorting)
            if sorting.order is Order.CLOSED or sorting.order is Order.CODES:
                lacking = [row for row in rows if keys[row] is None]  # they stand last, whichever way it is sorted
                rows = [row for row in rows if keys[row] is not None]
                rows.sort(key=keys.__getitem__, reverse=sorting.is_descending)
                return rows + lacking
            rows.sort(key=keys.__getitem__, reverse=sorting.is_descending)
        elif sorting.is_descending:
            rows.reverse()
        return rows

    def _kept(self, wanted: Wanted) -> list[int]:
        ids, counts = self.rows.document_ids, self.rows.counts
        rows: list[int] = list(range(len(self.rows)))
        if wanted.group:
            groups = self.rows.groups
            rows = [row for row in rows if groups[row] == wanted.group]
        if wanted.show is Show.UNCODED:
            rows = [row for row in rows if counts[row] and ids[row] not in self._coded]
        elif wanted.show is Show.SUGGESTED:
            rows = [row for row in rows if ids[row] in self._waiting]
        elif wanted.show is Show.BLANK:
            rows = [row for row in rows if not counts[row]]
        if wanted.codes:
            names = {str(each) for each in wanted.codes}
            with_code = {
                document_id
                for known in (self._coded, self._waiting)
                for document_id, found in known.items()
                if not names.isdisjoint(found.split(","))
            }
            rows = [row for row in rows if ids[row] in with_code]
        if wanted.words.strip():
            found = self._survey.find(self.asked.id, wanted.words.strip())
            rows = [row for row in rows if ids[row] in found]
        return rows

    def _sort_keys(self, sorting: Sorting) -> list[Any]:
        rows = self.rows
        if sorting.order is Order.IDENT:
            return [_natural(ident) for ident in rows.idents]
        if sorting.order is Order.GROUP:
            return [self._groups.get(group, len(self._groups)) for group in rows.groups]
        if sorting.order is Order.LENGTH:
            return rows.lengths
        if sorting.order is Order.CODES:
            ranks = self._code_ranks
            return [tuple(ranks.get(each, 0) for each in self.coded(row)) or None for row in range(len(rows))]
        values = self.closed(sorting.closed).values
        known = {value: _natural(value) for value in set(values.values())}
        return [known.get(values.get(case_id, "")) for case_id in rows.case_ids]


def _natural(value: str) -> tuple[int, float, str]:
    """Numbers by size, then words by letter."""
    number = as_number(value)
    return (0, number, value) if number is not None else (1, 0.0, folded(value))
