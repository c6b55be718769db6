"""Knows the respondents of a survey again when its file is read another time: by id, else by what they answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.i18n import folded

_ALIKE = 0.5  # of the filled cells of a row that must be equal, for it to be the same respondent with changes


@dataclass(frozen=True, slots=True)
class RowContent:
    """What a respondent answered, as it stood in the file.

    Attributes:
        ident: the id in the source; "" for a row without one.
        has_id: whether `ident` is an id, and not made of the row's number.
        number: the number of the row, None if it is not known any longer.
        open: open answers that are not blank, by question.
        closed: closed answers that are not blank, by column.
    """

    ident: str
    has_id: bool
    number: int | None
    open: Mapping[int, str]
    closed: Mapping[str, str]

    def share_of_equal(self, other: RowContent) -> float:
        """How many of the cells that either has filled are equal in both."""
        cells: dict[Hashable, list[str]] = defaultdict(list)
        for row in (self, other):
            for key, value in (*row.open.items(), *row.closed.items()):
                cells[key].append(value)
        equal = sum(len(values) == 2 and values[0] == values[1] for values in cells.values())
        return equal / len(cells) if cells else 0.0


def matched(rows: Sequence[RowContent], known: Sequence[RowContent], *, by_ident: bool) -> list[int | None]:
    """Which known respondent each row is, None for a new one; nobody is taken twice.

    Equal ids are one respondent; of several with one id those with equal answers first, then in order. Where one of the
    two has no id: rows with equal cells, then with equal open answers, then rows of one number of which most is equal.

    Args:
        rows: of the file.
        known: of the project.
        by_ident: whether the file has a column of ids.

    Returns:
        For each row a place in `known`.
    """
    found: list[int | None] = [None] * len(rows)
    left = dict.fromkeys(range(len(known)))
    with_id = [at for at, row in enumerate(rows) if row.ident]
    without = [at for at, row in enumerate(rows) if not row.ident]
    match = _Matching(rows, known, found, left)
    match.take(with_id, left, lambda row: (folded(row.ident), _cells(row)))
    match.take(with_id, left, lambda row: folded(row.ident))
    nameless = [at for at in left if not known[at].has_id]
    for some, others in ((without, nameless if by_ident else list(left)), (with_id, nameless)):
        match.take(some, others, _cells)
        match.take(some, others, lambda row: frozenset(row.open.items()) or None)
        match.take_by_number(some, others)
    return found


@dataclass(slots=True)
class _Matching:
    rows: Sequence[RowContent]
    known: Sequence[RowContent]
    found: list[int | None]
    left: dict[int, None]

    def take(self, some: Sequence[int], others: Iterable[int], key: Callable[[RowContent], Hashable | None]) -> None:
        """Match rows that have no respondent yet with respondents that are left, where their keys are equal."""
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for at in reversed(list(others)):
            if at in self.left:
                waiting[key(self.known[at])].append(at)
        for at in some:
            wanted = key(self.rows[at]) if self.found[at] is None else None
            if wanted is not None and waiting.get(wanted):
                self._match(at, waiting[wanted].pop())

    def take_by_number(self, some: Sequence[int], others: Iterable[int]) -> None:
        """Match rows that stand where a respondent stood and are alike."""
        by_number = {self.known[at].number: at for at in others if at in self.left}
        for at in some:
            other = by_number.get(self.rows[at].number) if self.found[at] is None else None
            if other is not None and self.rows[at].share_of_equal(self.known[other]) >= _ALIKE:
                self._match(at, other)

    def _match(self, at: int, other: int) -> None:
        self.found[at] = other
        del self.left[other]


def _cells(row: RowContent) -> Hashable:
    return frozenset(row.open.items()), frozenset(row.closed.items())
