"""Reads files for the preview on a worker thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import CancelledError
from qualcode.gui.background import Cancelled, Progress
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.importing.inspect import HowToRead
    from qualcode.project.draft_import import ReadDraft
    from qualcode.project.import_preview import FileDraft
    from qualcode.project.study_draft import StudyDraft


@dataclass(frozen=True, slots=True)
class FilesRead:
    """What came of some files."""

    files: list[FileDraft]


@dataclass(frozen=True, slots=True)
class ReadForProject:
    """Files that were read for the open project, to be written on the window's thread."""

    read: ReadDraft


def read_for_project(project: Path, draft: StudyDraft, *, progress: Progress, cancelled: Cancelled) -> ReadForProject:
    """Reads the files of a draft on an own view of the project; changes nothing.

    Raises:
        CancelledError: the user stopped it.
    """
    from qualcode.project.draft_import import read_draft
    from qualcode.project.project import Project

    with Project.open(project, read_only=True) as view:
        return ReadForProject(read_draft(view, draft, progress=progress, cancelled=cancelled))


def other_projects_among(paths: Sequence[Path], *, is_new_study: bool) -> list[Path]:
    """Those of some paths that are projects of other tools, by their endings and first bytes.

    Args:
        paths: any files and folders.
        is_new_study: whether no project is open: then a codebook or codings without their texts are none of them.
    """
    from qualcode.importing.other_projects import is_whole_project

    if is_new_study:
        return [path for path in paths if is_whole_project(path)]
    from qualcode.project.project_import import can_be_imported

    return [path for path in paths if can_be_imported(path)]


def read_files(paths: Sequence[Path], *, progress: Progress, cancelled: Cancelled) -> FilesRead:
    """Reads files, and the files in folders, as an import would.

    Raises:
        CancelledError: the user stopped it.
    """
    from qualcode.project.import_preview import preview_file

    found = files_in(paths)
    read = []
    for done, path in enumerate(found):
        progress(done, len(found))
        if cancelled():
            raise CancelledError(_("Stopped; nothing was changed."))
        read.append(preview_file(path))
    return FilesRead(read)


def read_file_again(draft: FileDraft, how: HowToRead) -> FilesRead:
    """Reads a file another way."""
    from qualcode.project.import_preview import read_again

    return FilesRead([read_again(draft, how)])


def files_in(paths: Sequence[Path]) -> list[Path]:
    """Files as they are, folders as the readable files in them; hidden ones are left out of folders."""
    from qualcode.project.import_preview import can_be_read

    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.rglob("*") if each.is_file() and can_be_read(each))
            found.extend(each for each in inside if not each.name.startswith((".", "~$")))
        else:
            found.append(path)
    return list(dict.fromkeys(each.parent.resolve() / each.name for each in found))
