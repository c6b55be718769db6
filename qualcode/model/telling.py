"""Passes many things on to what works on them one by one, tells how far that is, and stops where that is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from qualcode.errors import CancelledError
from qualcode.i18n import _
from qualcode.model.progress import Cancelled, Progress

T = TypeVar("T")

_EACH = 200
"""So many things go by between one telling and the next."""


def unheard(_done: int, _total: int, /) -> None:
    """Progress that nobody waits to hear."""


def never() -> bool:
    """Work that nobody can stop."""
    return False


def refuse_if(cancelled: Cancelled) -> None:
    """Stop work that is not wanted any longer.

    Raises:
        CancelledError: it is not.
    """
    if cancelled():
        raise CancelledError(_("Stopped before anything was written."))


def told(
    things: Iterable[T], total: int, progress: Progress, cancelled: Cancelled, *, each_time: int = _EACH
) -> Iterator[T]:
    """Pass things on.

    Args:
        total: how many they are.
        each_time: so many go by between one telling and the next.

    Raises:
        CancelledError: the user wants the work stopped.
    """
    for done, each in enumerate(things):
        if done % each_time == 0:
            refuse_if(cancelled)
            progress(done, total)
        yield each
    progress(total, total)


class Stages:
    """Work of a few long parts: tells which of them begins, and stops between them where that is wanted.

    Args:
        total: how many parts there are.
    """

    def __init__(self, total: int, progress: Progress, cancelled: Cancelled) -> None:
        self._total = total
        self._progress = progress
        self._cancelled = cancelled
        self._begun = 0

    def begin(self) -> None:
        """The next part begins.

        Raises:
            CancelledError: the user wants the work stopped.
        """
        refuse_if(self._cancelled)
        self._progress(self._begun, self._total)
        self._begun += 1
