"""The files that were imported, given back byte for byte."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from qualcode.errors import CancelledError, ExportError
from qualcode.exporting.writing_errors import cannot_be_written
from qualcode.i18n import _
from qualcode.model.progress import Cancelled, Progress
from qualcode.store import originals

if TYPE_CHECKING:
    from qualcode.project.project import Project

_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\\\x00-\x1f]')
_RESERVED_ON_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OriginalFile:
    """A file that was imported.

    Attributes:
        id: the project's number for it.
        name: what it is given back as: its own name; a further file of that name gets " (2)".
        sha256: of its content.
        size: in bytes.
    """

    id: int
    name: str
    sha256: str
    size: int


def original_files(project: Project) -> list[OriginalFile]:
    """See `DocumentActions.original_files`."""
    kept = originals.all_originals(project.db)
    names = _given_names(name for _id, name, _sha, _size in kept)
    return [OriginalFile(id, name, sha, size) for (id, _name, sha, size), name in zip(kept, names, strict=True)]


def give_back(
    project: Project, folder: Path, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> list[Path]:
    """See `DocumentActions.give_back`."""
    files = original_files(project)
    targets = [folder / each.name for each in files]
    there = [target.name for target in targets if target.exists()]
    if there:
        raise ExportError(
            _("{folder} holds a file {name!r} already; nothing was written.").format(folder=folder, name=there[0]),
            hint=_("Choose an empty folder."),
        )
    written: list[Path] = []
    try:
        for done, (file, target) in enumerate(zip(files, targets, strict=True)):
            if cancelled is not None and cancelled():
                raise CancelledError(_("Stopped; no file was left behind."))
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as opened:
                written.append(target)
                opened.write(originals.content(project.db, file.id))
            if progress is not None:
                progress(done + 1, len(files))
    except BaseException as error:
        for target in written:
            with contextlib.suppress(OSError):
                target.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise cannot_be_written(folder, error) from error
        raise
    return targets


def _given_names(names: Iterable[str]) -> list[str]:
    """A relative path for each file: inside the folder whatever the name, and none twice, also without case."""
    taken: set[str] = set()
    found = []
    for name in names:
        parts = [_safe(part) for part in PurePosixPath(name).parts if part not in ("/", ".", "..")]
        path = PurePosixPath(*parts) if parts else PurePosixPath("_")
        free, number = path, 2
        while str(free).casefold() in taken:
            free = path.with_name(f"{path.stem} ({number}){path.suffix}")
            number += 1
        taken.add(str(free).casefold())
        found.append(str(free))
    return found


def _safe(part: str) -> str:
    """A part of a name as this system takes it: on Windows without what cannot stand in a name there."""
    if os.name != "nt":
        return part
    part = _NOT_ON_WINDOWS.sub("_", part).rstrip(" .") or "_"
    return f"_{part}" if _RESERVED_ON_WINDOWS.fullmatch(part) else part
