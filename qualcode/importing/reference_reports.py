"""Reads what NVivo writes of a code's references (.docx, .txt): documents, and the words that are coded in each."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from qualcode.errors import ImportingError
from qualcode.i18n import _, collapsed
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.project_parts import ForeignCode, ForeignCoding, ForeignProject, Quoted
from qualcode.importing.readers import TRANSCRIPT_READERS

_ENDINGS = (".docx", ".txt")
_LOOKED_AT = 16_384  # bytes
_TAG = re.compile(r"<[^<>]*>")
_NAME = re.compile(r"Name:\s*(?P<name>.+)", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"<(?P<path>[^<>]+)>\s*-\s*§\s*\d+\s+references?\s+coded\s*\[[\d.,]+\s*%\s*Coverage\]", re.IGNORECASE
)
_REFERENCE = re.compile(r"References?\s+[\d-]+\s*-\s*[\d.,]+\s*%\s*Coverage", re.IGNORECASE)
_LOOKED_FOR = re.compile(r"§\s*\d+\s+references?\s+coded\s*\[", re.IGNORECASE)


def is_reference_report(path: Path) -> bool:
    """Whether a file is such a report, by its first words; False if it cannot be read."""
    suffix = path.suffix.lower()
    if suffix not in _ENDINGS:
        return False
    try:
        if suffix == ".docx":
            with zipfile.ZipFile(path) as archive, archive.open("word/document.xml") as part:
                head = _TAG.sub("", part.read(_LOOKED_AT).decode("utf-8", "replace"))
        else:
            with path.open("rb") as opened:
                head = opened.read(_LOOKED_AT).decode("utf-8-sig", "replace").replace("\0", "")
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return False
    return _LOOKED_FOR.search(head) is not None


def read_reference_report(path: Path) -> ForeignProject:
    """The codings of a report; they name documents, whose texts are not in it. The file is named after the code.

    Raises:
        ImportingError: it cannot be used.
    """
    read = TRANSCRIPT_READERS[path.suffix.lower()](path, None)
    lines = [in_normal_form(line) for paragraph in read.paragraphs for line in paragraph.text.split("\n")]
    project = ForeignProject("NVivo", path.stem, path.name, of_documents_here=True)
    for code, document, words in _references(lines, path.stem):
        if all(each.ident != code for each in project.codes):
            project.codes.append(ForeignCode(code, code))
        ident = f"coding {len(project.codings) + 1}"
        quoted = (Quoted(words),) if words else ()
        project.codings.append(ForeignCoding(ident, document, code, quoted=quoted, selection=ident))
    if not project.codings:
        raise ImportingError(
            _("{file} holds no coded passages.").format(file=path.name), hint=_("Export the code's references again.")
        )
    return project


def _references(lines: Iterable[str], code: str) -> Iterator[tuple[str, str, str]]:
    """(code, document, words) of each reference."""
    document = ""
    held: list[str] | None = None
    for line in [*lines, None]:
        name = None if line is None else _NAME.fullmatch(line.strip())
        of_document = None if line is None else _DOCUMENT.search(line)
        is_next = line is not None and _REFERENCE.fullmatch(line.strip()) is not None
        if held is not None and (line is None or name or of_document or is_next):
            yield code, document, "\n".join(held).strip()
            held = None
        if name and not is_next:
            code = collapsed(name["name"])
        elif of_document:
            document = collapsed(of_document["path"])
        elif is_next and document:
            held = []
        elif held is not None and line is not None:
            held.append(line)
