"""Loads ahead, on a worker thread, whatever the screens of a project need: so that none of them waits for it."""

from __future__ import annotations

import gc
import importlib
import pkgutil
from collections.abc import Iterator

from qualcode.gui.background import Cancelled, Progress

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
