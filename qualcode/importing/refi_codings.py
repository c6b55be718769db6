"""Reads what is coded in the sources of a REFI-QDA project: selections of texts and of areas on PDF pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from qualcode.i18n import _
from qualcode.importing.office_xml import attribute, child_of, children_of, local
from qualcode.importing.project_parts import ForeignCoding, Passage, Quoted, Subject, Wording
from qualcode.importing.refi_areas import Area, PdfAreas
from qualcode.importing.refi_elements import bare, guid_of, n_codings, text_of, whole_number

if TYPE_CHECKING:
    from lxml.etree import _Element

    from qualcode.importing.refi_project import RefiReader

_Twin = tuple[str, str, str, frozenset[str]]  # what both forms of one selection have in common


class CodingReader:
    """The codings of one project."""

    def __init__(self, reader: RefiReader) -> None:
        self._reader = reader
        self._project = reader.project
        self._n_selections = 0
        self._known: set[tuple[object, ...]] = set()
        self.is_again = False
        """Whether the document was read before, as a recording's transcript or a source: codings may stand in both."""

    def read(self, holders: Iterable[_Element], document: str, pdf: bytes | None = None) -> None:
        """Add the selections and codings of a document.

        Args:
            holders: the elements that hold them: the source, and its text if that is an element of its own.
            document: its ident.
            pdf: the file that areas on pages are in.
        """
        areas: list[_Element] = []
        twins: set[str | _Twin] = set()
        for child in (each for holder in holders for each in holder):
            kind = local(child)
            if kind == "PlainTextSelection":
                twins |= {guid_of(child), _twin(child)} - {""}
                self._read_text(child, document)
            elif kind == "PDFSelection":
                areas.append(child)
            elif kind == "Coding":
                self._add_codings([child], child, document, None, None, (), whole=True)
        # some tools write a passage of a PDF twice, in its text and as areas, one a page
        rest = [each for each in areas if guid_of(each) not in twins and _twin(each) not in twins]
        self._read_areas(rest, document, pdf)

    def _read_text(self, element: _Element, document: str) -> None:
        start, end = whole_number(element, "startPosition"), whole_number(element, "endPosition")
        self.read_selection(element, document, start, end)

    # areas

    def _read_areas(self, elements: Sequence[_Element], document: str, pdf: bytes | None) -> None:
        placed = {each: area for each in elements if (area := _area(each)) is not None} if pdf else {}
        known = [(area, words) for each, area in placed.items() for words in _words_of_area(each)]
        areas = PdfAreas(pdf or b"", list(placed.values()), known)
        for element in elements:
            inner = child_of(element, "Representation")
            if inner is not None and any(True for _each in children_of(inner, "PlainTextSelection")):
                self.read([inner], document)
                continue
            words = tuple(Quoted(each) for each in _words_of_area(element))
            words += tuple(each for each in self._words(element, None, None) if each.wording is not Wording.COMMENT)
            found = areas.words(placed[element]) if element in placed else None
            if found is not None:
                words += (Quoted(found.text, Wording.AREA),)
            if not words:
                self._reader.lose_codings(_("codings of areas on PDF pages"), max(1, n_codings(element)))
                continue
            self.read_selection(element, document, None, None, words, near=found.share_before if found else None)

    # selections

    def read_selection(
        self,
        element: _Element,
        document: str,
        start: int | None,
        end: int | None,
        words: tuple[Quoted, ...] | None = None,
        near: float | None = None,
    ) -> None:
        """Add the codings and memos of a selection.

        Args:
            element: the selection.
            document: the ident of its document.
            start: of the passage, as the tool counts; None without a position.
            end: as `start`.
            words: what is stored of its words, if that is known already.
            near: where about in the document it is, as a share of its letters.
        """
        if start is None or end is None:
            start = end = None
        codings = list(children_of(element, "Coding"))
        n_before = len(self._project.memos)
        words = self._words(element, start, end) if words is None else words
        ident = self._add_codings(codings, element, document, start, end, words, near=near)
        passage = Passage(document, start, end)
        guid = guid_of(element)
        if guid and start is not None:
            self._reader.selections.setdefault(guid, passage)
        if ident:
            n_memos = self._reader.notes.add(element, Subject.CODING, ident)
        else:
            n_memos = self._reader.notes.add(element, Subject.DOCUMENT, document, passage)
        comment = text_of(child_of(element, "Description"))
        said = {each.text for each in words} | {memo.text for memo in self._project.memos[n_before:]}
        if comment and comment not in said:
            n_memos += 1
            subject, target = (Subject.CODING, ident) if ident else (Subject.DOCUMENT, document)
            self._reader.notes.comment(element, subject, target, comment, None if ident else passage)
        if not codings and not n_memos and guid not in self._reader.cases.selections:
            self._reader.leave_out(_("marked passages without a code"))

    def _words(self, element: _Element, start: int | None, end: int | None) -> tuple[Quoted, ...]:
        """What a selection says of its words; a description only if it is as long as the passage."""
        found = []
        name = attribute(element, "name")
        if name.strip():
            found.append(Quoted(name, Wording.NAME))
        for child in element:
            if local(child) in ("Text", "PlainTextContent", "Content", "Quotation"):
                found.append(Quoted(text_of(child), Wording.PASSAGE))
        described = text_of(child_of(element, "Description"))
        if described and start is not None and end is not None and abs(end - start - len(described)) <= 2:
            found.append(Quoted(described, Wording.COMMENT))
        return tuple(each for each in found if each.text.strip())

    def _add_codings(
        self,
        codings: list[_Element],
        selection: _Element,
        document: str,
        start: int | None,
        end: int | None,
        words: tuple[Quoted, ...],
        *,
        whole: bool = False,
        near: float | None = None,
    ) -> str:
        """Add the codings of a selection; returns the ident of the first, "" if there is none."""
        self._n_selections += 1
        number = str(self._n_selections)
        first = ""
        for coding in codings:
            references = [bare(attribute(each, "targetGUID")) for each in children_of(coding, "CodeRef")]
            references = references or [bare(attribute(coding, "codeGUID"))]
            for guid in references if any(references) else ():
                code = self._reader.code(guid)
                if code is None:
                    self._without_code(guid, Passage(document, start, end))
                    continue
                coder = self._reader.coder(coding, selection)
                if self.is_again and start is not None and (document, code, coder, start, end) in self._known:
                    continue
                self._known.add((document, code, coder, start, end))
                ident = f"coding {len(self._project.codings) + 1}"
                self._project.codings.append(
                    ForeignCoding(ident, document, code, coder, start, end, words, whole, number, near)
                )
                first = first or ident
                self._reader.notes.add(coding, Subject.CODING, ident)
            if not any(references):
                self._reader.lose_codings(_("codings without a code"))
        return first

    def _without_code(self, guid: str, passage: Passage) -> None:
        if self._reader.cases.is_case(guid):
            self._reader.cases.add_words(guid, passage)
        else:
            self._reader.lose_codings(_("codings whose code is not in the codebook"))


def _twin(element: _Element) -> _Twin | str:
    """What tells that two selections are one; "" where that cannot be told."""
    name, made = attribute(element, "name").strip(), attribute(element, "creationDateTime")
    if not name or not made:
        return ""
    codes = frozenset(bare(attribute(each, "targetGUID")) for each in element.iter("{*}CodeRef"))
    return name, made, bare(attribute(element, "creatingUser")), codes


def _words_of_area(element: _Element) -> Iterator[str]:
    """The words that an area holds in an element of its own."""
    inner = child_of(element, "Representation")
    words = text_of(child_of(inner, "PlainTextContent")) if inner is not None else ""
    if words:
        yield words


def _area(element: _Element) -> Area | None:
    numbers: Mapping[str, float | None] = {
        name: _number(attribute(element, name)) for name in ("page", "firstX", "firstY", "secondX", "secondY")
    }
    page, x1, y1, x2, y2 = numbers.values()
    if page is None or x1 is None or y1 is None or x2 is None or y2 is None:
        return None
    return Area.of_corners(int(page), (x1, y1), (x2, y2))


def _number(written: str) -> float | None:
    try:
        found = float(written)
    except ValueError:
        return None
    return found if abs(found) < 1e6 else None  # NaN and infinity too
