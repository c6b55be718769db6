"""A file that the window wrote away from its thread, and how it is opened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A report, a picture or a project for other tools that was written."""

    path: Path


def open_written(path: Path) -> None:
    """Opens a file in the program that the system has for it; its folder, if there is none."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
