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


def told(things: Iterable[T], total: int, progress: Progress, cancelled: Cancelled) -> Iterator[T]:
    """Pass things on.

    Args:
        total: how many they are.

    Raises:
        CancelledError: the user wants the work stopped.
    """
    for done, each in enumerate(things):
        if done % _EACH == 0:
            if cancelled():
                raise CancelledError(_("Stopped before anything was written."))
            progress(done, total)
        yield each
    progress(total, total)
