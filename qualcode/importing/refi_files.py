"""The files of a REFI-QDA project: its XML, and the sources that it names, wherever the tool has put them."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote
from zipfile import ZipFile

from qualcode.errors import ImportingError, Problem, QualcodeError
from qualcode.i18n import _
from qualcode.importing.archives import hostile, member_bytes, opened_archive
from qualcode.importing.encodings import check_file, read_bytes
from qualcode.importing.office_xml import LARGEST_PART, parsed_xml
from qualcode.importing.readers import TRANSCRIPT_READERS
from qualcode.importing.report import RawTranscript

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST_PROJECT = 4_000_000_000  # bytes, packed; recordings are among them but are never unpacked
LARGEST_SOURCE = 100_000_000  # bytes of one text or document
LARGEST_SOURCES = 300_000_000  # bytes of all that is unpacked

_SCHEME = re.compile(r"^(internal|relative|absolute|file):/*", re.IGNORECASE)
_LOOSE = re.compile(
    r"&(?!(?:\w{1,40}|#\w{1,8});)|<(?![A-Za-z_/!?])"
    r"|[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x0*(?:[0-8bcBC]|[1][0-9A-Fa-f]|[eE]|[fF])|0*(?:[0-8]|1[124-9]|2\d|3[01]));"
)
_DRIVE = re.compile(r"^[A-Za-z]:[\\/]")


class RefiFiles:
    """Looks up what a project names; nothing outside the archive or the project's own folder is read."""

    def __init__(self, path: Path, archive: ZipFile | None) -> None:
        self.path = path
        self._archive = archive
        self._unpacked = 0
        self.n_mended = 0
        """Signs of the XML that were mended, once `root` was called."""
        names = [] if archive is None else archive.namelist()  # one of them may be "", which ZipInfo.is_dir cannot take
        self._members = [name for name in names if name and not name.endswith("/") and not name.startswith("__MACOSX/")]
        self._by_path = {_plain(name): name for name in self._members}
        self._by_base: dict[str, str] = {}
        for name in sorted(self._members, key=_distance):
            self._by_base.setdefault(_plain(name).rpartition("/")[2], name)

    def root(self) -> _Element:
        """The root of the project's XML.

        Raises:
            ImportingError: there is none, or it cannot be used.
        """
        if self._archive is None:
            return self._parsed(read_bytes(self.path, LARGEST_PART), self.path.name)
        found = [name for name in self._members if name.lower().endswith(".qde")]
        found = found or [name for name in self._members if name.lower().endswith(".xml") and name.count("/") < 2]
        if not found:
            raise ImportingError(
                _("{file} holds no project: there is no .qde in it.").format(file=self.path.name),
                hint=_("Export it again as a REFI-QDA project."),
            )
        name = min(found, key=lambda each: (not each.lower().endswith("project.qde"), each.count("/"), each))
        return self._parsed(member_bytes(self._archive, name, self.path.name, LARGEST_PART), name)

    def _parsed(self, raw: bytes, name: str) -> _Element:
        """The root; signs that some tools forget to write as XML wants them are mended where nothing else is wrong."""
        try:
            return parsed_xml(raw, name, self.path.name)
        except ImportingError:
            mended, n_mended = _mended(raw)
            if not n_mended:
                raise
            root = parsed_xml(mended, name, self.path.name)
        self.n_mended = n_mended
        return root

    def content(self, reference: str, *, is_kept: bool = True) -> tuple[str, bytes] | None:
        """(file name, bytes) of what an attribute such as `plainTextPath` names; None if it is not there.

        Args:
            reference: the attribute.
            is_kept: False for what is looked at and let go again, which counts for no bound of all together.

        Raises:
            ImportingError: it is too large.
        """
        reference = reference.strip()
        if not reference:
            return None
        scheme = _SCHEME.match(reference)
        kind = scheme[1].lower() if scheme else ""
        place = _plain(reference[scheme.end() :] if scheme else reference)
        for wanted in dict.fromkeys((place, _plain(unquote(place)))):
            member = self._by_path.get(wanted) or self._by_base.get(wanted.rpartition("/")[2])
            if member is not None and self._archive is not None:
                found = member_bytes(self._archive, member, self.path.name, LARGEST_SOURCE)
                return PurePosixPath(member).name, self._counted(found, is_kept)
            is_absolute = kind in ("absolute", "file") or reference.startswith("/") or _DRIVE.match(reference)
            beside = None if is_absolute else self._beside(wanted)
            if beside is not None:
                return beside.name, self._counted(read_bytes(beside, LARGEST_SOURCE), is_kept)
        return None

    def _beside(self, place: str) -> Path | None:
        """A file in the project's own folder or below it; None for anything else."""
        if not place or ".." in place.split("/") or "\0" in place:
            return None
        folder = self.path.parent.resolve()
        for candidate in (folder / place, folder / "Sources" / place, folder / "sources" / place):
            try:
                real = candidate.resolve()
                if real.is_relative_to(folder) and real.is_file() and real.stat().st_size:
                    return real
            except OSError:
                continue
        return None

    def _counted(self, content: bytes, is_kept: bool) -> bytes:
        self._unpacked += len(content) if is_kept else 0
        if self._unpacked > LARGEST_SOURCES:
            raise hostile(self.path.name, _("it unpacks to more than {n} MB").format(n=LARGEST_SOURCES // 1_000_000))
        return content


@contextmanager
def refi_files(path: Path) -> Iterator[RefiFiles]:
    """The files of a .qdpx, or of a .qde with its sources beside it.

    Raises:
        ImportingError: missing, damaged, encrypted, or like an archive made to do harm.
    """
    if path.suffix.lower() == ".qde":
        check_file(path, LARGEST_PART)
        yield RefiFiles(path, None)
        return
    with opened_archive(path, largest=LARGEST_PROJECT, largest_total=2 * LARGEST_PROJECT) as archive:
        yield RefiFiles(path, archive)


def read_document(name: str, content: bytes) -> RawTranscript | None:
    """A document of a format that has a reader (docx, pdf, rtf, odt, html ...); None if it has none or is damaged.

    The readers take files, so it is written to a folder of its own for as long as it is read.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in TRANSCRIPT_READERS or not content.strip():
        return None
    with tempfile.TemporaryDirectory(prefix="qualcode-") as folder:
        path = Path(folder) / f"source{suffix}"
        path.write_bytes(content)
        try:
            read = TRANSCRIPT_READERS[suffix](path, None)
        except QualcodeError:
            return None
    problems = tuple(Problem(name, each.what, each.hint, each.severity) for each in read.problems)
    return replace(read, problems=problems)


def _mended(raw: bytes) -> tuple[bytes, int]:
    """XML with loose `&` and `<` written as they should be, without signs that XML forbids; and how many these were."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw, 0
    mended, n = _LOOSE.subn(lambda match: {"&": "&amp;", "<": "&lt;"}.get(match[0], ""), text)
    return mended.encode(), n


def _plain(place: str) -> str:
    """A path as paths are compared here."""
    return place.replace("\\", "/").removeprefix("./").lstrip("/").casefold()


def _distance(name: str) -> tuple[bool, int]:
    """How far a member is from where sources belong."""
    parts = name.replace("\\", "/").casefold().split("/")
    return "sources" not in parts[:-1], len(parts)
