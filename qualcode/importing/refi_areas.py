"""Which words of a PDF stand in an area of one of its pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from qualcode.importing.pdf_pages import MOST_PAGES
from qualcode.importing.stored_words import squeezed

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

_MOST_CHARACTERS = 2_000_000  # of all pages that are looked at
_LINE_END_HYPHENS = (2, 0xFFFE)  # how the library marks a hyphen that breaks a word
_SOFT_HYPHEN = "\u00ad"  # which is no letter where words are compared


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle on a page, as a file gives it."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def of_corners(cls, page: int, first: tuple[float, float], second: tuple[float, float]) -> Area:
        """The area between two opposite corners (x, y)."""
        (x1, y1), (x2, y2) = first, second
        return cls(page, min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


@dataclass(frozen=True, slots=True)
class AreaWords:
    """The words of an area, and what share of the document's letters stands before them."""

    text: str
    share_before: float


@dataclass(frozen=True, slots=True)
class _Page:
    height: float
    letters: tuple[tuple[str, float, float], ...]  # sign, centre from left and bottom in points; none if not wanted
    n_before: int  # letters on the pages before
    n_here: int


class PdfAreas:
    """The areas of one PDF.

    The exchange standard counts pages from 0 and points from the lower left corner; files that count pages from 1 or
    from the upper left corner are told by the words that are stored with some of their areas.

    Args:
        content: the PDF.
        known: areas with their stored words.
        areas: all of them.
    """

    def __init__(self, content: bytes, areas: Sequence[Area], known: Sequence[tuple[Area, str]] = ()) -> None:
        self._content = content
        self._wanted = {number for area in areas for number in (area.page, area.page - 1)}
        self._pages_from_one = bool(areas) and min(each.page for each in areas) > 0 and self._ends_with(areas)
        self._from_top = False
        if known:
            ways = [(one, top) for one in (self._pages_from_one, not self._pages_from_one) for top in (False, True)]
            self._pages_from_one, self._from_top = max(ways, key=lambda way: self._n_fitting(known, *way))

    def words(self, area: Area) -> AreaWords | None:
        """The words whose letters lie in an area; None where there are none."""
        return self._words(area, self._pages_from_one, self._from_top)

    def _ends_with(self, areas: Sequence[Area]) -> bool:
        """Whether an area lies on a page that there is only if pages are counted from 1."""
        return max(each.page for each in areas) == len(self._pages)

    def _n_fitting(self, known: Sequence[tuple[Area, str]], pages_from_one: bool, from_top: bool) -> int:
        n = 0
        for area, stored in known:
            found = self._words(area, pages_from_one, from_top)
            wanted = squeezed(stored)[:30]
            n += found is not None and bool(wanted) and wanted in squeezed(found.text)
        return n

    def _words(self, area: Area, pages_from_one: bool, from_top: bool) -> AreaWords | None:
        number = area.page - pages_from_one
        if not 0 <= number < len(self._pages):
            return None
        page = self._pages[number]
        bottom, top = (page.height - area.top, page.height - area.bottom) if from_top else (area.bottom, area.top)
        found: list[str] = []
        n_before = n_seen = 0
        for sign, x, y in page.letters:
            if area.left <= x <= area.right and bottom <= y <= top:
                n_before = n_before if found else n_seen
                found.append(sign)
            elif found and found[-1] != "\n" and sign.isspace():
                found.append("\n" if sign == "\n" else " ")
            n_seen += not sign.isspace()
        text = "".join(found).strip()
        return AreaWords(text, (page.n_before + n_before) / max(1, self._n_letters)) if text else None

    @property
    def _n_letters(self) -> int:
        if not self._pages:
            return 0
        return self._pages[-1].n_before + self._pages[-1].n_here

    @cached_property
    def _pages(self) -> list[_Page]:
        import pypdfium2

        pages: list[_Page] = []
        try:
            document = pypdfium2.PdfDocument(self._content)
        except pypdfium2.PdfiumError:
            return pages
        n = n_before = 0
        try:
            for number in range(min(len(document), MOST_PAGES)):
                page = document[number]
                text = page.get_textpage()
                try:
                    n += text.count_chars()
                    if n > _MOST_CHARACTERS:
                        break
                    letters = tuple(_letters(text)) if number in self._wanted else ()
                    n_here = sum(not sign.isspace() for sign in text.get_text_range())
                    pages.append(_Page(page.get_height(), letters, n_before, n_here))
                    n_before += n_here
                finally:
                    text.close()
                    page.close()
        except pypdfium2.PdfiumError:
            return pages
        finally:
            document.close()
        return pages


def _letters(text: PdfTextPage) -> Iterator[tuple[str, float, float]]:
    """Each sign of a page with its centre, in the order in which the file draws them."""
    from pypdfium2 import raw

    for index in range(text.count_chars()):
        code = int(raw.FPDFText_GetUnicode(text, index))
        if code in _LINE_END_HYPHENS:
            sign = _SOFT_HYPHEN
        elif code in (0, 13) or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue
        else:
            sign = chr(code)
        if sign.isspace():
            yield "\n" if sign == "\n" else " ", -1.0, -1.0
            continue
        left, bottom, right, top = text.get_charbox(index)
        yield sign, (left + right) / 2, (bottom + top) / 2
