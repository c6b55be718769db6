"""Files that the window writes away from its thread, and how they are opened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from qualcode.gui.background import Cancelled, Job, Progress
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.project.project import Project


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A report, a picture or a project for other tools that was written."""

    path: Path


class Writes(Protocol):
    """What writes a file of a project, on a worker thread: tells how far it is, and stops where that is wanted."""

    def __call__(self, project: Project, path: Path, /, *, progress: Progress, cancelled: Cancelled) -> object: ...


def writing_job(project: Path, target: Path, write: Writes) -> Job:
    """Work that writes a file from a view of the project of its own; gives a `WrittenFile`.

    Args:
        project: the file of the project.
        target: the file that is written.
        write: writes it.
    """

    def work(*, progress: Progress, cancelled: Cancelled) -> object:
        from qualcode.project.project import Project

        with Project.open(project, read_only=True) as view:
            write(view, target, progress=progress, cancelled=cancelled)
        return WrittenFile(target)

    return Job(_("Writing {name}").format(name=target.name), work)


def open_written(path: Path) -> None:
    """Opens a file in the program that the system has for it; its folder, if there is none."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
