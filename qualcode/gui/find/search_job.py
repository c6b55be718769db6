"""Searching on a worker thread, on an own view of the project."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.analysis.filtering import Filter
from qualcode.errors import CancelledError, QualcodeError
from qualcode.gui.background import Cancelled, Progress

if TYPE_CHECKING:
    from qualcode.project.search import Hit, Note


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for.

    Attributes:
        mode: "words", "phrase" or "regex".
    """

    query: str
    mode: str = "words"
    where: Filter = field(default_factory=Filter)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    Attributes:
        error: why there is nothing, where the search could not be made.
    """

    asked: Asked
    error: QualcodeError | None = None
    hits: tuple[Hit, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def n_places(self) -> int:
        """Words found in turns and answers."""
        return sum(len(hit.words) for hit in self.hits)


def search(path: Path, asked: Asked, *, progress: Progress, cancelled: Cancelled) -> Found:
    """Searches a project file as it stands on disk.

    Raises:
        CancelledError: another search was begun.
    """
    from qualcode.project.project import Project

    try:
        with Project.open(path, read_only=True) as view:
            hits = view.search.find(
                asked.query, mode=asked.mode, where=asked.where, progress=progress, cancelled=cancelled
            )
            notes = view.search.find_notes(asked.query, mode=asked.mode) if not asked.where else []
    except CancelledError:
        raise
    except QualcodeError as error:
        return Found(asked, error)
    return Found(asked, None, tuple(hits), tuple(notes))
