"""The project itself, which nothing that is exported may replace."""

from __future__ import annotations

from pathlib import Path

from qualcode.errors import ExportError
from qualcode.i18n import _


def spare_project(path: Path, project: Path) -> None:
    """Let nothing that is written take the place of the project.

    Raises:
        ExportError: the file that was chosen is the project.
    """
    if path.resolve() == project.resolve():
        raise ExportError(
            _("{file} is the project; it would be replaced.").format(file=path.name), hint=_("Choose another name.")
        )
