"""Does ahead what the screens of a project need: loads it on a worker thread, and makes the screens in pauses."""

from __future__ import annotations

import gc
import importlib
import pkgutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from qualcode.gui.background import Cancelled, Progress

if TYPE_CHECKING:
    from qualcode.gui.main_window import MainWindow

_FIRST = (
    "qualcode.project.project",
    "qualcode.gui.bridge",
    "qualcode.gui.workbench",
    "qualcode.gui.project_work",
    "qualcode.store.backups",
    "sqlalchemy.dialects.sqlite",
    "qualcode.gui.review.screen",
    "qualcode.gui.survey.screen",
    "qualcode.gui.analysis.screen",
    "qualcode.project.reports",
)
"""What opening a project needs, and then what is looked at most."""

_BETWEEN = 400  # milliseconds between one screen and the next

_PACKAGES = ("qualcode.gui", "qualcode.project", "qualcode.analysis")
_LAST = ("qualcode.files.rules_text", "qualcode.autocoding.suggest", "scipy.stats", "scipy.special")


def load_ahead(*, progress: Progress, cancelled: Cancelled) -> object:
    """Imports what projects and their screens need while the user looks at the first page.

    What was imported stays to the end, so Python is told not to look through it again whenever it looks for what can
    be thrown away: that took 90 ms every so often, in the middle of somebody's work.
    """
    for name in _names():
        if cancelled():
            break
        importlib.import_module(name)
    gc.freeze()
    return None


def _names() -> Iterator[str]:
    yield from _FIRST
    for package in _PACKAGES:
        path = importlib.import_module(package).__path__
        yield from (each.name for each in pkgutil.walk_packages(path, f"{package}."))
    yield from _LAST


class ScreensAhead(QObject):
    """Makes the screens of the open project one by one while nobody presses a button, before they are looked at."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._timer = QTimer(self, interval=_BETWEEN)
        self._timer.timeout.connect(self.make_one)

    def begin(self) -> None:
        """From now on; what they import must be there."""
        self._timer.start()

    def make_one(self) -> None:
        """Makes the next screen, unless something goes on."""
        bench = self._window.workbench
        is_at_work = self._window.job is not None or QApplication.mouseButtons() or QApplication.activePopupWidget()
        if bench is not None and not is_at_work:
            bench.make_ahead()
