"""Which files are projects of other tools, and which reader reads each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qualcode.importing.project_parts import ForeignProject
from qualcode.importing.refi_project import read_refi_project

PROJECT_ENDINGS = (".qdpx", ".qde")
"""Endings that are always a project of another tool."""

ProjectReader = Callable[[Path], ForeignProject]


def is_other_project(path: Path) -> bool:
    """Whether a path is a project of another tool, by its ending and, where that says nothing, by what is in it."""
    return path.suffix.lower() in PROJECT_ENDINGS


def read_other_project(path: Path, part: str = "") -> ForeignProject:
    """The project in a file or folder.

    Args:
        path: see `is_other_project`.
        part: the name of the project, where a file holds several.

    Raises:
        ImportingError: it cannot be used, or it holds several projects and none was named.
    """
    return read_refi_project(path)
