"""Dated copies of a project, in a folder beside it: whole projects that can be opened."""

from __future__ import annotations

import contextlib
import datetime
import os
import re
import sqlite3
from pathlib import Path

from qualcode.errors import StoreError
from qualcode.i18n import _

KEPT = 10
"""How many copies are kept unless the settings say otherwise; the oldest go first."""

_DATED = re.compile(r" \d{4}-\d{2}-\d{2} \d{2}\.\d{2}\.\d{2}")


def backup_folder(project: Path) -> Path:
    """Where the copies of a project stand: beside it, so that material stays where somebody chose to keep it."""
    return project.with_name(f"{project.stem} backups")


def backups_of(project: Path) -> list[Path]:
    """The copies of a project, the newest first."""
    folder = backup_folder(project)
    if not folder.is_dir():
        return []
    found = [
        each
        for each in folder.iterdir()
        if each.suffix == project.suffix and _DATED.fullmatch(each.stem.removeprefix(project.stem))
    ]
    return sorted(found, reverse=True)


def make_backup(project: Path, kept: int = KEPT) -> Path | None:
    """Copy a project into its folder of copies, unless it has not changed since the last one.

    Args:
        project: the file; it may be open here or elsewhere.
        kept: how many copies stay; 0 makes none and leaves those that are there.

    Returns:
        the copy; None if none was needed.

    Raises:
        StoreError: the copy cannot be made.
    """
    if kept <= 0 or not project.is_file():
        return None
    state = _changed_at(project)
    known = backups_of(project)
    if known and known[0].stat().st_mtime_ns == state:
        return None
    folder = backup_folder(project)
    now = datetime.datetime.now()
    copy = folder / f"{project.stem} {now:%Y-%m-%d %H.%M.%S}{project.suffix}"
    unfinished = copy.with_suffix(".partial")
    try:
        folder.mkdir(exist_ok=True)
        _copy(project, unfinished)
        os.utime(unfinished, ns=(state, state))
        unfinished.replace(copy)
    except (OSError, sqlite3.Error) as error:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise StoreError(
            _("No copy of {name} could be made in {folder}.").format(name=project.name, folder=folder.name),
            hint=_("Free some space, or check that you may write there; the project itself is as it was."),
        ) from error
    for old in backups_of(project)[kept:]:
        with contextlib.suppress(OSError):
            old.unlink()
    return copy


def _changed_at(project: Path) -> int:
    """When the project, or what waits in the log beside it, was written last."""
    log = project.with_name(project.name + "-wal")
    times = [project.stat().st_mtime_ns]
    if log.is_file() and log.stat().st_size:
        times.append(log.stat().st_mtime_ns)
    return max(times)


def _copy(project: Path, target: Path) -> None:
    """A consistent copy in one piece, also while somebody writes."""
    address = f"{project.absolute().as_uri()}?mode=ro"
    if not project.with_name(project.name + "-wal").exists():
        address += "&immutable=1"
    with (
        contextlib.closing(sqlite3.connect(address, uri=True)) as source,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
