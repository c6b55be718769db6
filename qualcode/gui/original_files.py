"""Giving imported files back on a worker thread, from an own view of the project."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qualcode.gui.background import Cancelled, Progress


@dataclass(frozen=True, slots=True)
class GivenBack:
    """How many files were written into which folder."""

    folder: Path
    n: int


def give_back(project: Path, folder: Path, *, progress: Progress, cancelled: Cancelled) -> GivenBack:
    """Writes all imported files of a project into a folder.

    Raises:
        ExportError: one of them is there already; nothing was written.
        CancelledError: the user stopped it; nothing stays written.
    """
    from qualcode.project.project import Project

    with Project.open(project, read_only=True) as view:
        return GivenBack(folder, len(view.documents.give_back(folder, progress=progress, cancelled=cancelled)))
