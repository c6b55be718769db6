"""Who has a project open for writing: a small file beside it, held by the system as long as the process lives.

A killed process lets go by itself, so a file that is left behind says nothing; where the system cannot hold files (some
network drives), what stands in it counts: the same machine and a process that is gone is a stale lock.
"""

from __future__ import annotations

import contextlib
import datetime
import getpass
import json
import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from qualcode.errors import InUseError
from qualcode.i18n import _

_FAR = 1 << 20  # the byte that is held on Windows, where a held byte cannot be read by others
_SINCE = "%Y-%m-%d %H:%M"  # as the file has it, whatever the language


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a project open.

    Attributes:
        since: local date and time, "" if not known.
    """

    user: str = ""
    machine: str = ""
    process: int = 0
    since: str = ""


class ProjectLock:
    """A project that this process has open for writing."""

    def __init__(self, path: Path, descriptor: int | None) -> None:
        self._path = path
        self._descriptor = descriptor

    @classmethod
    def take(cls, project: Path) -> ProjectLock:
        """Take hold of a project.

        Raises:
            InUseError: another process, or another window of this one, has it.
        """
        path = lock_path(project)
        for _attempt in range(5):
            descriptor = _opened(path, project)
            if descriptor is None:
                return cls(path, None)  # a folder in which nothing can be written: the project cannot either
            try:
                is_held = _hold(descriptor)
            except OSError:  # the drive cannot hold files
                is_held = not _is_alive(_read(path))
            if not is_held:
                os.close(descriptor)
                raise _in_use(project, _read(path))
            if _is_the_same(path, descriptor):
                _write(descriptor)
                return cls(path, descriptor)
            os.close(descriptor)  # whoever had it took the file away between our opening and holding it
        return cls(path, None)

    def release(self) -> None:
        """Let go."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        with contextlib.suppress(OSError):
            if sys.platform != "win32":
                self._path.unlink()
        os.close(descriptor)
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                self._path.unlink()


def lock_path(project: Path) -> Path:
    """Where the lock of a project stands."""
    return project.with_name(f".{project.name}.lock")


def holder_of(project: Path) -> Holder | None:
    """Who has a project open for writing; None if nobody has."""
    path = lock_path(project)
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return None
    try:
        if _hold(descriptor):
            return None
    except OSError:
        if not _is_alive(_read(path)):
            return None
    finally:
        os.close(descriptor)
    return _read(path) or Holder()


def _opened(path: Path, project: Path) -> int | None:
    """The file that is to be held; None where it cannot be made. That of another user can be held, not written.

    Raises:
        InUseError: it is another user's, who lets nobody look at it.
    """
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        if not path.exists():
            return None
        try:
            return os.open(path, os.O_RDONLY)
        except OSError:
            raise _in_use(project, None) from error


def _in_use(project: Path, holder: Holder | None) -> InUseError:
    hint = _("Close it there, or open it for reading only.")
    if holder is None or not holder.user:
        return InUseError(_("{name} is open in another window or program.").format(name=project.name), hint=hint)
    since = holder.since
    with contextlib.suppress(ValueError):  # another version may write it otherwise
        moment = datetime.datetime.strptime(since, _SINCE)
        since = moment.strftime(_("%Y-%m-%d")) + moment.strftime(" %H:%M")
    sentence = _("{name} is open already: {user} on {machine}, since {since}.")
    return InUseError(
        sentence.format(name=project.name, user=holder.user, machine=holder.machine, since=since), hint=hint
    )


def _write(descriptor: int) -> None:
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = ""
    since = datetime.datetime.now().strftime(_SINCE)
    holder = {"user": user, "machine": platform.node(), "process": os.getpid(), "since": since}
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, json.dumps(holder, ensure_ascii=False).encode())


def _read(path: Path) -> Holder | None:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        return Holder(**values) if isinstance(values, dict) else None
    except (OSError, ValueError, TypeError):
        return None


def _is_the_same(path: Path, descriptor: int) -> bool:
    try:
        there, ours = path.stat(), os.fstat(descriptor)
    except OSError:
        return False
    return (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino)


def _is_alive(holder: Holder | None) -> bool:
    """Whether the process that wrote a lock may still be there; one on another machine may."""
    if holder is None or not holder.process:
        return False
    if holder.machine != platform.node():
        return True
    if holder.process == os.getpid():
        return False
    try:
        os.kill(holder.process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


if sys.platform == "win32":
    import msvcrt

    def _hold(descriptor: int) -> bool:
        """Whether the lock could be taken; OSError where the drive knows no locks."""
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _hold(descriptor: int) -> bool:
        """Whether the lock could be taken; OSError where the drive knows no locks."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
