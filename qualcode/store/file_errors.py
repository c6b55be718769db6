"""What SQLite and the system say of a project's file, in words that a user can act on."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from qualcode.errors import StoreError
from qualcode.i18n import _, did_you_mean

ENDING = ".qualcode"


@contextlib.contextmanager
def errors_as_sentences(path: Path) -> Iterator[None]:
    """What SQLite says about the file, in words that a user can act on."""
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:
        said = str(error.__cause__ or error)
        if "locked" in said:
            raise StoreError(
                _("{path} is in use by another program.").format(path=path), hint=_("Close it there and try again.")
            ) from error
        if "full" in said:
            raise StoreError(
                _("The disk is full; {path} has not been changed.").format(path=path), hint=_("Free some space.")
            ) from error
        if "disk I/O error" in said:
            raise StoreError(
                _("{path} cannot be opened or written.").format(path=path),
                hint=_("Look whether its drive is still there and has room left; nothing is lost meanwhile."),
            ) from error
        if "not a database" in said and path.suffix.casefold() != ENDING:
            raise StoreError(_("{path} is not a Qualcode project.").format(path=path), hint=what_is_one()) from error
        if "not a database" in said or "malformed" in said:
            raise StoreError(
                _("{path} is not a Qualcode project, or it is damaged.").format(path=path),
                hint=_("Open a copy from before the damage."),
            ) from error
        if "unable to open" in said or "readonly" in said or "read-only" in said:
            raise StoreError(
                _("{path} cannot be opened or written.").format(path=path),
                hint=_("Check that you may write to that folder."),
            ) from error
        raise


@contextlib.contextmanager
def gone_if_it_fails(path: Path) -> Iterator[None]:
    """Leave nothing of a file that could not be made whole."""
    try:
        yield
    except BaseException:
        remove_file(path)
        raise


def remove_file(path: Path) -> None:
    """Delete a project's file and what SQLite put beside it."""
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def what_is_one() -> str:
    return _("A project is a file that ends in {ending}; a study file becomes one by run or new.").format(ending=ENDING)


def nearest_project(path: Path) -> str:
    """A hint for a project that does not exist: one in that folder, or of a like name beside it."""
    is_folder = path.is_dir()
    folder = path if is_folder else path.parent
    try:
        there = sorted(each.name for each in folder.iterdir() if each.suffix.casefold() == ENDING)
    except OSError:
        return _("Check the name.")
    if is_folder and there:
        return _("Did you mean {name!r}?").format(name=str(folder / there[0]))
    return did_you_mean(path.name, there) or _("Check the name.")
