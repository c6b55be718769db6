"""What the system says when a file cannot be written, in words that a user can act on."""

from __future__ import annotations

import errno
from pathlib import Path

from qualcode.errors import ExportError
from qualcode.i18n import _

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


def cannot_be_written(path: Path, error: OSError) -> ExportError:
    """The error to raise where a file could not be written."""
    if error.errno in _FULL:
        return ExportError(
            _("The disk is full; {file} was not written.").format(file=path.name),
            hint=_("Free some space, or choose another drive."),
        )
    return ExportError(
        _("{file} cannot be written: {reason}.").format(file=path.name, reason=error.strerror or error),
        hint=_("Close the file where it is open, or choose another folder."),
    )
