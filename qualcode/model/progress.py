"""How long work tells its progress and learns that it is no longer wanted."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TypeVar

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""

Cancelled = Callable[[], bool]
"""Asked whether the user wants the work stopped."""

T = TypeVar("T")

Pieces = Generator[tuple[int, int], None, T]
"""Work in pieces: after each it tells how much is done, and of how much; in the end it gives what came of it."""


def to_the_end(pieces: Pieces[T]) -> T:
    """Do all pieces one after the other, where nobody waits for them."""
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            found: T = end.value
            return found


def in_one_go(
    pieces: Pieces[T], progress: Progress | None, cancelled: Cancelled | None, stopped: Callable[[], Exception]
) -> T:
    """Do all pieces one after the other.

    Raises:
        Exception: `stopped`, when the user wants no more of it.
    """
    while True:
        try:
            done, total = next(pieces)
        except StopIteration as end:
            found: T = end.value
            return found
        if progress is not None:
            progress(done, total)
        if cancelled is not None and cancelled():
            pieces.close()
            raise stopped()
