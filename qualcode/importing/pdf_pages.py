"""Takes the lines of text out of a PDF, with the place of each on its page."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import ImportingError
from qualcode.i18n import _
from qualcode.importing.archives import encrypted, hostile
from qualcode.importing.encodings import read_bytes

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

LARGEST_FILE = 300_000_000  # bytes; scanned pages are large
MOST_PAGES = 5_000
MOST_CHARACTERS = 20_000_000
_LONGEST_BEFORE_STOP = 44  # characters of a line among which a gap is looked for
_WIDE_GAP = 0.9  # of the size of the type; a space has a quarter, three in justified lines
_LONGEST_BOLD = 80  # characters of a line that are looked at for bold type
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")
_LINE_FEED = 10
_LINE_END_HYPHENS = (2, 0xFFFE)  # how the library marks a hyphen that breaks a word
_COMMENTS = (1, 3, 9, 10, 11, 12)  # subtypes of annotations: note, free text, highlight, underline, squiggle, strike


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; places in points, from the lower left corner of the page.

    Attributes:
        bottom: of the line that its letters stand on.
        height: the size of its type.
        bold: how many characters at its start are bold.
        stops: (place in the text, place on the page) of words near its start that stand behind a wide gap.
        label: who speaks, where the page has a column for that.
    """

    text: str
    page: int
    left: float
    right: float
    bottom: float
    height: float
    bold: int = 0
    stops: tuple[tuple[int, float], ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in the order in which the file draws them."""

    number: int
    height: float
    lines: tuple[Line, ...]
    comments: tuple[str, ...] = ()


def read_pages(path: Path) -> list[Page]:
    """All pages of a PDF.

    Raises:
        ImportingError: no PDF, damaged, encrypted, or beyond the bounds.
    """
    import pypdfium2

    raw = read_bytes(path, LARGEST_FILE)
    if b"%PDF-" not in raw[:1024]:
        raise _damaged(path.name)
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise encrypted(path.name) from error
        raise _damaged(path.name) from error
    try:
        return _pages(document, path.name)
    except pypdfium2.PdfiumError as error:
        raise _damaged(path.name) from error
    finally:
        document.close()


def _damaged(file: str) -> ImportingError:
    return ImportingError(
        _("{file} is damaged, or is not of the kind that its ending says.").format(file=file),
        hint=_("Open it in a reader of PDF files and print it into a new one."),
    )


def _pages(document: PdfDocument, file: str) -> list[Page]:
    if len(document) > MOST_PAGES:
        raise hostile(file, _("it holds {n} pages").format(n=len(document)))
    pages: list[Page] = []
    n_characters = 0
    for number in range(len(document)):
        page = document[number]
        try:
            text = page.get_textpage()
            try:
                n_characters += max(0, text.count_chars())
                if n_characters > MOST_CHARACTERS:
                    raise hostile(file, _("it holds more than {n} characters").format(n=MOST_CHARACTERS))
                lines = tuple(_lines(text, number))
            finally:
                text.close()
            pages.append(Page(number, page.get_height(), lines, tuple(_comments(page))))
        finally:
            page.close()
    return pages


def _lines(text: PdfTextPage, page: int) -> Iterator[Line]:
    from pypdfium2 import raw

    start = 0
    codes: list[int] = []
    n = text.count_chars()
    for index in range(n):
        code = int(raw.FPDFText_GetUnicode(text, index))
        if code != _LINE_FEED:
            codes.append(code)
        if code == _LINE_FEED or code in _LINE_END_HYPHENS:  # the library runs on after the latter
            yield from _line(text, page, start, codes)
            codes, start = [], index + 1
    yield from _line(text, page, start, codes)


def _line(text: PdfTextPage, page: int, start: int, codes: list[int]) -> Iterator[Line]:
    letters = [index for index, code in enumerate(codes) if code > 32 and code not in (0xA0, *_LINE_END_HYPHENS)]
    if not letters:
        return
    first, last = letters[0], letters[-1]
    left = text.get_charbox(start + first, loose=True)[0]
    right = max(text.get_charbox(start + last, loose=True)[2], left)
    bottom, height = _place(text, start + first)
    shown = "".join(map(_character, codes))
    n_bold = _n_bold(text, start, codes, first)
    yield Line(
        shown.rstrip("\r "), page, left, right, bottom, height, n_bold, tuple(_stops(text, start, codes, height))
    )


def _stops(text: PdfTextPage, start: int, codes: list[int], height: float) -> Iterator[tuple[int, float]]:
    """Where words near the start of a line stand behind a gap that is wider than any space between words."""
    right: float | None = None
    after_space = False
    place = 0
    for index, code in enumerate(codes[:_LONGEST_BEFORE_STOP]):
        if code > 32 and code != 0xA0:
            if after_space and right is not None:
                left = text.get_charbox(start + index, loose=True)[0]
                if left - right > _WIDE_GAP * height:
                    yield place, left
            right = None
            after_space = False
        elif not after_space and index and codes[index - 1] > 32:
            right = text.get_charbox(start + index - 1, loose=True)[2]
            after_space = True
        place += len(_character(code))


def _place(text: PdfTextPage, index: int) -> tuple[float, float]:
    """The base line of a character and the size of its type, in points of the page."""
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, matrix)
    scale = math.hypot(matrix.c, matrix.d) or 1.0
    return y.value, max(1.0, min(1000.0, float(raw.FPDFText_GetFontSize(text, index)) * scale))


def _character(code: int) -> str:
    if code in _LINE_END_HYPHENS:
        return "-"
    if code == 13 or code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return "" if code in (0, 13) else "\ufffd"
    return chr(code)


def _n_bold(text: PdfTextPage, start: int, codes: list[int], first: int) -> int:
    """Length of the bold beginning, in characters of the line."""
    if not _is_bold(text, start + first):
        return 0
    n = first
    for index in range(first, min(len(codes), _LONGEST_BOLD)):
        if codes[index] > 32 and not _is_bold(text, start + index):
            break
        n = index + 1
    return n


def _is_bold(text: PdfTextPage, index: int) -> bool:
    from pypdfium2 import raw

    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, name, 128, flags)
    return (
        any(each in name.value.decode("utf-8", "replace").lower() for each in _BOLD_NAMES)
        or raw.FPDFText_GetFontWeight(text, index) >= 600
        or bool(flags.value & 1 << 18)
    )


def _comments(page: PdfPage) -> Iterator[str]:
    from pypdfium2 import raw

    for index in range(min(1_000, raw.FPDFPage_GetAnnotCount(page))):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            if raw.FPDFAnnot_GetSubtype(annotation) not in _COMMENTS:
                continue
            size = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
            if 2 < size < 200_000:
                held = ctypes.create_string_buffer(size)
                shown = ctypes.cast(held, ctypes.POINTER(raw.FPDF_WCHAR))
                raw.FPDFAnnot_GetStringValue(annotation, b"Contents", shown, size)
                said = held.raw[:size].decode("utf-16-le", "replace").rstrip("\0").strip()
                if said:
                    yield said
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
