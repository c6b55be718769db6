"""Looks before the work whether a command may write where it was told to."""

from __future__ import annotations

from pathlib import Path

from qualcode.errors import ExportError
from qualcode.i18n import _


def look_at_place(file: Path, *, overwrite: bool) -> None:
    """Look before the work whether a file can be written there.

    Raises:
        ExportError: there is no such folder, or the file holds something that nobody said to replace.
    """
    if not file.parent.is_dir():
        raise ExportError(_("There is no folder {folder}.").format(folder=file.parent), hint=_("Make it first."))
    if not overwrite and file.is_file() and file.stat().st_size:  # an author may have written on in a report
        raise ExportError(
            _("{path} exists already.").format(path=file),
            hint=_("Name another file, or give --overwrite to replace it."),
        )
