"""Finds out how the bytes of a text file are to be read."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from qualcode.errors import ImportingError, Problem
from qualcode.i18n import _, ngettext
from qualcode.importing.report import OpenChoice

LARGEST_TEXT_FILE = 200_000_000  # bytes; an hour of talk is about 60,000

_MARKS = (  # the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NORDIC = frozenset("æøåÆØÅ")
_COMMON = frozenset("éèêëàáâóòôöäüñçíÉÈÀÖÄÜÓ«»–—…’‘“”•§°½´·\u00a0€£²³µ")
_STRAY_BYTES = re.compile("[\udc80-\udcff]+")
_LETTERS_OF_TWO_BYTES = re.compile(rb"[\xc3][\x80-\xbf]|\xe2\x80[\x80-\xbf]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in, and what is doubtful about that."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def read_decoded(path: Path, encoding: str | None = None) -> Decoded:
    """The text of a file.

    Args:
        path: a text file.
        encoding: as the user says; None to find it out: byte order mark, the pattern of NULs that UTF-16 makes,
            strict UTF-8, else one byte a letter.

    Raises:
        ImportingError: missing, empty, too large, not text, or not in the encoding that was given.
    """
    raw = read_bytes(path)
    return decoded(raw, path.name, encoding)


def read_bytes(path: Path, largest: int = LARGEST_TEXT_FILE) -> bytes:
    """The bytes of a file; ImportingError if it is missing, unreadable, empty or too large."""
    check_file(path, largest)
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def check_file(path: Path, largest: int) -> None:
    """ImportingError unless the path is a file that holds something and is not too large."""
    try:
        if path.is_dir():
            raise ImportingError(
                _("{file} is a folder.").format(file=path.name), hint=_("Name the files that are in it.")
            )
        if not path.exists():
            raise ImportingError(
                _("There is no file {file}.").format(file=path), hint=_("Check the name and the folder.")
            )
        size = path.stat().st_size
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise _unreadable(path, error) from error
    if size == 0:
        raise ImportingError(_("{file} is empty.").format(file=path.name), hint=_("Check that it was saved whole."))
    if size > largest:
        raise ImportingError(
            _("{file} is larger than {n} MB.").format(file=path.name, n=largest // 1_000_000),
            hint=_("Split it into several files."),
        )


def decoded(raw: bytes, file: str, encoding: str | None = None) -> Decoded:
    """The text of bytes; see `read_decoded`."""
    other = _other_format(raw)
    if other:
        raise ImportingError(
            _("{file} is no text but {format}.").format(file=file, format=other),
            hint=_("Give it the ending that belongs to its content, or export it as text."),
        )
    if encoding is not None:
        return _as_told(raw, file, encoding)
    for mark_bytes, name in _MARKS:
        if raw.startswith(mark_bytes):
            return _marked(raw[len(mark_bytes) :], name, file)
    if b"\0" in raw:
        return _wide(raw, file)
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _cut_off(raw, error, file) or _one_byte_a_letter(raw, file)


def _cut_off(raw: bytes, error: UnicodeDecodeError, file: str) -> Decoded | None:
    """UTF-8 that ends amid a letter; None if it may as well be an encoding of one byte a letter that ends in å."""
    whole = raw[: error.start]
    if error.reason != "unexpected end of data" or (whole.isascii() and raw[error.start] not in (0xC2, 0xC3)):
        return None
    what = _("It ends amid a letter; it may be cut off.")
    problem = Problem(file, what, _("Look whether its last words are there, or save it anew."), "warning")
    return Decoded(whole.decode("utf-8"), "utf-8", (problem,))


def _other_format(raw: bytes) -> str:
    """What a file is by its first bytes, if that is known and no text; else ""."""
    known = (
        ((b"PK\x03\x04",), _("a zip container (a Word or Excel file, for example)")),
        ((b"%PDF-",), "PDF"),
        ((b"{\\rtf",), "RTF"),
        ((b"\xd0\xcf\x11\xe0",), _("an old or encrypted Office file")),
        ((b"SQLite format 3\0",), _("a database")),
        ((b"\x89PNG", b"\xff\xd8\xff", b"GIF87a", b"GIF89a"), _("a picture")),
        ((b"ID3\x02", b"ID3\x03", b"ID3\x04", b"RIFF", b"OggS"), _("a sound recording or film")),
        ((b"\x1f\x8b\x08", b"7z\xbc\xaf"), _("a compressed file")),
    )
    return next((name for marks, name in known if raw.startswith(marks)), "")


def _as_told(raw: bytes, file: str, encoding: str) -> Decoded:
    try:
        codec = codecs.lookup(encoding)
    except (LookupError, ValueError) as error:
        raise ImportingError(
            _("There is no encoding {encoding!r}.").format(encoding=encoding),
            hint=_("Common ones are utf-8, utf-16, cp1252 and latin-1."),
        ) from error
    try:
        text = raw.decode(codec.name)
    except (UnicodeDecodeError, LookupError, ValueError) as error:  # LookupError: a codec that gives no text
        place = getattr(error, "start", 0)
        raise ImportingError(
            _("{file}, line {line}: this is not {encoding}.").format(
                file=file, line=raw.count(b"\n", 0, place) + 1, encoding=encoding
            ),
            hint=_("Leave the encoding out to have it found, or give another one."),
        ) from error
    return Decoded(text, codec.name)


def _marked(raw: bytes, encoding: str, file: str) -> Decoded:
    try:
        return Decoded(raw.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = raw.decode(encoding, errors="replace")
        problem = Problem(
            file,
            _("Its mark says {encoding}, but some bytes are not.").format(encoding=encoding),
            _("The file may be cut off; what could not be read stands as \N{REPLACEMENT CHARACTER}."),
            "warning",
        )
        return Decoded(text, encoding, (problem,))


def _wide(raw: bytes, file: str) -> Decoded:
    """UTF-16 without a mark: in European text every other byte is NUL; a few NULs elsewhere are an accident."""
    even, odd = raw[0::2].count(0), raw[1::2].count(0)
    half = max(1, len(raw) // 2)
    for encoding, here, there in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if here > 0.4 * half and there < 0.1 * half:
            return _marked(raw, encoding, file)
    if raw.count(0) * 10 > len(raw) or _looks_binary(raw):
        raise ImportingError(
            _("{file} is no text.").format(file=file),
            hint=_("Give it the ending that belongs to its content, or export it as text."),
        )
    rest = decoded(raw.replace(b"\0", b""), file)
    problem = Problem(file, _taken_out(raw.count(0)), "", "warning")
    return Decoded(rest.text, rest.encoding, (*rest.problems, problem))


def _taken_out(n: int) -> str:
    return ngettext("{n} NUL character was taken out.", "{n} NUL characters were taken out.", n).format(n=n)


def _looks_binary(raw: bytes) -> bool:
    sample = raw[:65536]
    n_control = sum(sample.count(byte) for byte in (*range(1, 9), *range(14, 27), *range(28, 32)))
    return n_control * 50 > len(sample)


def _one_byte_a_letter(raw: bytes, file: str) -> Decoded:
    if _looks_binary(raw):
        raise ImportingError(
            _("{file} is no text.").format(file=file),
            hint=_("Give it the ending that belongs to its content, or export it as text."),
        )
    if _LETTERS_OF_TWO_BYTES.search(raw):
        return _mostly_utf8(raw, file)
    windows = "latin-1" if any(byte in raw for byte in b"\x81\x8d\x8f\x90\x9d") else "cp1252"
    seen = bytes(sorted({byte for byte in raw if byte >= 0x80}))
    fits = {each: _likelihood(raw, seen, each) for each in (windows, "cp865", "mac-roman")}
    best = max(fits, key=lambda each: fits[each])
    if best == windows or fits[best] <= fits[windows]:
        return Decoded(raw.decode(windows), windows)
    what = _("Its letters only make sense as {encoding}; it was read so.").format(encoding=best)
    hint = _("Look at æ, ø and å; if they are wrong, say --encoding {other} (study key: encoding).")
    return Decoded(raw.decode(best), best, (OpenChoice(file, what, hint.format(other=windows), "warning"),))


def _likelihood(raw: bytes, seen: bytes, encoding: str) -> int:
    """How well the bytes above ASCII read as Norwegian: its letters count for, signs nobody types count against."""
    score = 0
    for byte in seen:
        letter = bytes((byte,)).decode(encoding, errors="replace")
        n = raw.count(byte)
        if letter in _NORDIC:
            score += n
        elif letter not in _COMMON:
            score -= 2 * n
    return score


def _mostly_utf8(raw: bytes, file: str) -> Decoded:
    """UTF-8 with stray bytes, as when files of two encodings were pasted together: these are read as cp1252."""
    text, n_stray = _STRAY_BYTES.subn(
        lambda stray: stray[0].encode("utf-8", "surrogateescape").decode("cp1252", errors="replace"),
        raw.decode("utf-8", errors="surrogateescape"),
    )
    what = ngettext(
        "It mixes encodings: it is UTF-8, but at {n} place it was read as cp1252.",
        "It mixes encodings: it is UTF-8, but at {n} places it was read as cp1252.",
        n_stray,
    ).format(n=n_stray)
    hint = _("Look at æ, ø and å; if they are wrong, say --encoding cp1252 (study key: encoding).")
    return Decoded(text, "utf-8", (OpenChoice(file, what, hint, "warning"),))


def _unreadable(path: Path, error: Exception) -> ImportingError:
    reason = getattr(error, "strerror", None) or _("its name cannot be used")
    return ImportingError(
        _("{file} cannot be read: {reason}.").format(file=path.name, reason=reason),
        hint=_("Check that it is not open elsewhere and that you may read it."),
    )
