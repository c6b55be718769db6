"""Ids a portion at a time: a query takes so many and no more."""

from __future__ import annotations

from collections.abc import Collection, Iterator

_PORTION = 500


def portions(ids: Collection[int]) -> Iterator[list[int]]:
    """The ids in their order, some hundreds in each list."""
    ordered = list(ids)
    for first in range(0, len(ordered), _PORTION):
        yield ordered[first : first + _PORTION]
