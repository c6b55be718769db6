"""The files that a study file means: relative to it, with patterns, and with a hint where there is none."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from qualcode.files.findings import Findings
from qualcode.files.text_files import is_hidden, nearest_file
from qualcode.i18n import _


def located(folder: Path, written: str, line: int, findings: Findings) -> list[Path]:
    """The files that a path or pattern stands for, absolute, sorted by name; none, and a problem, if there is none.

    Args:
        folder: to which the path is relative.
        written: a path, or a pattern with `*`, `?` or `**`; a file whose name holds such signs goes before the pattern.
        line: where it is written.
        findings: collects what is wrong.
    """
    path = folder / Path(written).expanduser()
    file = _as_on_disk(path)
    if file is not None:
        return [_absolute(file)]
    if path.is_dir():
        hint = _("Write {pattern} for all files in it.").format(pattern=f"{written.rstrip('/')}/*")
        findings.add(line, _("{path!r} is a folder.").format(path=written), hint)
    elif any(sign in written for sign in "*?["):
        found = _matching(path)
        if not found:
            findings.add(line, _("No file matches {pattern!r}.").format(pattern=written), _hint(path, written))
        return found
    else:
        findings.add(line, _("There is no file {path!r}.").format(path=written), _hint(path, written))
    return []


def _as_on_disk(path: Path) -> Path | None:
    """The file of that name, also where the disk writes æ, ø, å in two signs; None if there is none."""
    if path.is_file():
        return path
    name = unicodedata.normalize("NFC", path.name)
    try:
        candidates = list(path.parent.iterdir())
    except OSError:
        return None
    return next(
        (each for each in candidates if unicodedata.normalize("NFC", each.name) == name and each.is_file()), None
    )


def _matching(path: Path) -> list[Path]:
    """The files that a pattern matches, without hidden ones."""
    anchor = Path(path.anchor) if path.anchor else Path()
    found: set[Path] = set()
    for form in ("NFC", "NFD"):
        pattern = unicodedata.normalize(form, str(path.relative_to(anchor)))
        try:
            found.update(
                _absolute(each) for each in anchor.glob(pattern) if each.is_file() and not is_hidden(each.name)
            )
        except (ValueError, NotImplementedError, OSError):
            continue
    return sorted(found)


def _absolute(path: Path) -> Path:
    # the folder is resolved, the name is not: a link is known by its own name
    return path.parent.resolve() / path.name


def _hint(path: Path, written: str) -> str:
    if "\\" in written:
        return _("Write / between folder and file.")
    folder = path.parent
    if any(sign in str(folder) for sign in "*?["):
        return _("Look at the folders in the pattern.")
    return nearest_file(path)
