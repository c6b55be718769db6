"""Text files on the disk: read as UTF-8 or say why not, replace as a whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from qualcode.errors import QualcodeError
from qualcode.files.findings import Findings
from qualcode.i18n import _, did_you_mean

MAX_BYTES = 20_000_000
_YAML = (".yaml", ".yml")


def read_text(path: Path, findings: Findings) -> str | None:
    """A text file as it stands, with LF as the line end and without BOM; None, and a problem, if it can't be had."""
    try:
        if path.stat().st_size > MAX_BYTES:
            findings.add(0, _("The file is too large."), _("At most 20 MB are read."))
            return None
        content = path.read_bytes()
    except FileNotFoundError:
        findings.add(0, _("The file does not exist."), nearest_file(path))
        return None
    except OSError as error:
        if path.is_dir():
            findings.add(0, _("This is a folder, not a file."), _in_folder(path))
        else:
            findings.add(0, _("The file cannot be read ({reason}).").format(reason=error.strerror or error))
        return None
    if content.startswith((b"PK\x03\x04", b"{\\rtf", b"%PDF-")):
        findings.add(0, _("This is an Office document or an archive, not a text file."), _("Name a text file."))
        return None
    if content.startswith(b"SQLite format 3"):
        findings.add(0, _("This is a database, such as a project, not a text file."), _("Name a text file."))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        findings.add(line, _("The file is not UTF-8."), _("Save it as UTF-8 in your editor."))
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def replace_text(path: Path, text: str, error_class: type[QualcodeError]) -> None:
    """Write a text as UTF-8; the old file stands until the new one is complete. Its kind of line end stays.

    Raises:
        error_class: the file can't be written.
    """
    target = path.resolve()
    try:
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
        if target.exists() and b"\r\n" in target.read_bytes()[:4096]:
            text = text.replace("\n", "\r\n")
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".new")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(text.encode("utf-8"))
            Path(name).chmod(mode)
            Path(name).replace(target)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise error_class(
            _("{file} cannot be written ({reason}).").format(file=path.name, reason=error.strerror or error),
            hint=_("Choose another folder or name."),
        ) from error


def nearest_file(path: Path) -> str:
    """A hint for a file that does not exist: the nearest name in its folder, or that the folder is missing."""
    if not path.parent.is_dir():
        return _("There is no folder {folder!r} either.").format(folder=path.parent.name)
    names = _names_in(path.parent)
    alike = [each for each in names if each.casefold().endswith(_YAML if path.suffix.casefold() in _YAML else "")]
    return did_you_mean(path.name, alike or names) or _("The folder is empty.")


def _in_folder(path: Path) -> str:
    """A hint for a folder that stands in place of a file: the text files of ours in it."""
    names = [each for each in _names_in(path) if each.casefold().endswith(_YAML)]
    return did_you_mean(path.name, names) if names else ""


def _names_in(folder: Path) -> list[str]:
    try:
        return sorted(each.name for each in folder.iterdir() if not is_hidden(each.name))
    except OSError:
        return []


def is_hidden(name: str) -> bool:
    """Whether a file is one that people don't see: a dot file, or the lock of an open Office document."""
    return name.startswith((".", "~$"))
