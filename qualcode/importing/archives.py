"""Opens zip containers (docx, xlsx, odt, ods) that came from outside, within bounds."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qualcode.errors import ImportingError
from qualcode.i18n import _
from qualcode.importing.encodings import check_file

LARGEST_CONTAINER = 500_000_000  # bytes, packed
MOST_MEMBERS = 10_000
LARGEST_TOTAL = 2_000_000_000  # bytes, unpacked; pictures are among them but are never unpacked
HIGHEST_RATIO = 250  # unpacked to packed; XML of an office file seldom reaches 60
RATIO_COUNTS_FROM = 20_000_000  # bytes, unpacked; what is smaller does no harm


@contextmanager
def opened_archive(
    path: Path, *, largest: int = LARGEST_CONTAINER, largest_total: int = LARGEST_TOTAL
) -> Iterator[zipfile.ZipFile]:
    """A zip container whose directory keeps within the bounds of this module.

    Args:
        path: the container.
        largest: bytes, packed.
        largest_total: bytes, unpacked, of all parts together; what is never unpacked counts too.

    Raises:
        ImportingError: no zip, encrypted, damaged, or like an archive made to fill the memory.
    """
    check_file(path, largest)
    try:
        with path.open("rb") as opened:
            if opened.read(4) == b"\xd0\xcf\x11\xe0":
                raise ImportingError(
                    _("{file} is protected by a password, or of an Office older than 2007.").format(file=path.name),
                    hint=_("Open it in Office, take the password off, and save it as .docx or .xlsx."),
                )
        with zipfile.ZipFile(path) as archive:
            _check_bounds(archive, path.name, largest_total)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise _damaged(path.name) from error
    except RuntimeError as error:  # zipfile's word for a member that needs a password
        if "password" not in str(error):
            raise
        raise encrypted(path.name) from error
    except OSError as error:
        raise ImportingError(
            _("{file} cannot be read: {reason}.").format(file=path.name, reason=error.strerror or error),
            hint=_("Check that it is not open elsewhere and that you may read it."),
        ) from error


def member_bytes(archive: zipfile.ZipFile, name: str, file: str, largest: int) -> bytes:
    """A member, unpacked; ImportingError if it would be larger than `largest` bytes.

    `zipfile` never unpacks more than the directory says, so the directory's size is a true bound.
    """
    member = archive.getinfo(name)
    if member.file_size > largest:
        raise ImportingError(
            _("{file} unpacks to more than {n} MB of text.").format(file=file, n=largest // 1_000_000),
            hint=_("Split it into several files."),
        )
    return archive.read(member)


def _check_bounds(archive: zipfile.ZipFile, file: str, largest_total: int) -> None:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise hostile(file, _("it holds {n} parts").format(n=len(members)))
    names = {member.filename for member in members}
    if len(names) < len(members):
        raise hostile(file, _("two of its parts have one name"))
    if any(member.flag_bits & 1 for member in members):
        raise encrypted(file)
    if sum(member.file_size for member in members) > largest_total:
        raise hostile(file, _("it unpacks to more than {n} MB").format(n=largest_total // 1_000_000))
    for member in members:
        packed = max(1, member.compress_size)
        if member.file_size > RATIO_COUNTS_FROM and member.file_size / packed > HIGHEST_RATIO:
            raise hostile(file, _("a part unpacks to {n} times its size").format(n=member.file_size // packed))


def hostile(file: str, why: str) -> ImportingError:
    """What to raise for a file that no program of good will writes; `why` is a clause."""
    return ImportingError(
        _("{file} was not opened, because {why}; it may be made to do harm.").format(file=file, why=why),
        hint=_("If you trust it, open it in Office and save it anew."),
    )


def encrypted(file: str) -> ImportingError:
    """What to raise for a file that needs a password."""
    return ImportingError(
        _("{file} is protected by a password.").format(file=file), hint=_("Take the password off and save it again.")
    )


def _damaged(file: str) -> ImportingError:
    return ImportingError(
        _("{file} is damaged, or is not of the kind that its ending says.").format(file=file),
        hint=_("Open it in the program that made it and save it anew."),
    )
