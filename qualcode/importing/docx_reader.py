"""Reads Word files (.docx): what a reader of the printed page sees, once tracked changes are accepted.

Elements are looked up by their local names, so that files of the strict and of the transitional standard read alike.
Why there is an own reader: docs/decisions, "Read docx with an own reader".
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from qualcode.errors import ImportingError, Problem
from qualcode.i18n import _, ngettext
from qualcode.importing.archives import opened_archive
from qualcode.importing.docx_elements import (
    alternative_of,
    cells_of,
    follow_field,
    is_on,
    is_placeholder,
    rows_of,
    symbol_of,
)
from qualcode.importing.docx_numbering import ListLabels
from qualcode.importing.office_xml import attribute, check_depth, child_of, local, parsed_part
from qualcode.importing.report import Paragraph, RawTranscript, marked_length
from qualcode.importing.speaker_tables import cells_as_paragraphs

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEFT_OUT = frozenset(
    "del moveFrom rPr pPr tblPr tblPrEx tblGrid trPr tcPr sectPr sdtPr sdtEndPr instrText delText delInstrText fldData "
    "rt rubyPr smartTagPr customXmlPr fldChar footnoteRef endnoteRef annotationRef separator continuationSeparator "
    "pgNum footnoteReference endnoteReference commentReference commentRangeStart commentRangeEnd altChunk".split()
)
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


@dataclass(slots=True)
class _Style:
    bold: bool | None = None
    hidden: bool | None = None


@dataclass(slots=True)
class _OpenParagraph:
    """A paragraph while its runs are read."""

    pieces: list[tuple[str, bool, str]] = field(default_factory=list)  # text, is it bold, how else it is set off
    boxes: list[Paragraph] = field(default_factory=list)
    style: str = ""
    instructions: list[bool] = field(default_factory=list)  # a level for each open field: still in its instruction?

    def finished(self) -> list[Paragraph]:
        text = "".join(piece for piece, _bold, _mark in self.pieces)
        bold = marked_length([(piece, is_bold) for piece, is_bold, _mark in self.pieces])
        first = next((mark for piece, _bold, mark in self.pieces if piece.strip()), "")
        set_off = marked_length([(piece, mark == first) for piece, _bold, mark in self.pieces]) if first else 0
        if set_off >= len(text.rstrip()) and "u" not in first:  # all that somebody says may be in a colour
            set_off = 0
        return [Paragraph(text, bold=bold, set_off=set_off), *self.boxes]


def read_docx(path: Path, encoding: str | None = None) -> RawTranscript:
    """The paragraphs of a Word file.

    Tracked insertions, content controls, links, fields' results and tables are in the text; text boxes follow the
    paragraph that they hang on; deletions, hidden text, page headers and footers are left out; footnotes, endnotes
    and comments are notes.

    Args:
        path: the file.
        encoding: of no use here; XML says its own.

    Raises:
        ImportingError: not a Word file, damaged, encrypted or beyond the bounds.
    """
    with opened_archive(path) as archive:
        return _DocxReader(archive, path.name).read()


class _DocxReader:
    def __init__(self, archive: ZipFile, file: str) -> None:
        self._archive = archive
        self._file = file
        self._names = set(archive.namelist())
        self._main = self._main_part()
        self._style_elements: dict[str, _Element] = {}
        self._styles = self._read_styles()
        self._labels = ListLabels()
        self._read_numbering()
        self._left_out: Counter[str] = Counter()  # kind -> how many
        self._open: _OpenParagraph | None = None

    def read(self) -> RawTranscript:
        root = self._parsed(self._main)
        body = child_of(root, "body")
        if body is None:
            raise self._not_word()
        paragraphs = list(self._block(body))
        if not any(paragraph.bold for paragraph in paragraphs):  # names may be underlined or in colour instead
            paragraphs = [replace(paragraph, bold=paragraph.set_off) for paragraph in paragraphs]
        self._left_out["macros"] = int(any(name.endswith("vbaProject.bin") for name in self._names))
        notes = tuple(self._notes())
        return RawTranscript(tuple(paragraphs), "utf-8", tuple(self._problems()), notes)

    def _not_word(self) -> ImportingError:
        return ImportingError(
            _("{file} is no Word file.").format(file=self._file),
            hint=_("Give it the ending that belongs to its content, or save it in Word as .docx."),
        )

    def _main_part(self) -> str:
        if "_rels/.rels" in self._names:
            for relation in self._parsed("_rels/.rels"):
                if str(relation.get("Type", "")).endswith("/officeDocument"):
                    name = str(relation.get("Target", "")).lstrip("/")
                    if name in self._names:
                        return name
        if "word/document.xml" not in self._names:
            raise self._not_word()
        return "word/document.xml"

    def _parsed(self, name: str) -> _Element:
        return parsed_part(self._archive, name, self._file)

    def _sibling(self, name: str) -> str:
        """The full name of a part that lies beside the main part."""
        return posixpath.join(posixpath.dirname(self._main), name)

    def _read_styles(self) -> dict[str, _Style]:
        """What each style says about bold and hidden, its base styles included."""
        name = self._sibling("styles.xml")
        if name not in self._names:
            return {}
        own: dict[str, _Style] = {}
        bases: dict[str, str] = {}
        for style in self._parsed(name):
            if local(style) != "style":
                continue
            ident = attribute(style, "styleId")
            self._style_elements[ident] = style
            own[ident] = _run_format(child_of(style, "rPr"))
            base = child_of(style, "basedOn")
            if base is not None:
                bases[ident] = attribute(base, "val")
        for ident, style_format in own.items():
            seen, base_name = {ident}, bases.get(ident, "")
            while base_name in own and base_name not in seen:
                seen.add(base_name)
                if style_format.bold is None:
                    style_format.bold = own[base_name].bold
                if style_format.hidden is None:
                    style_format.hidden = own[base_name].hidden
                base_name = bases.get(base_name, "")
        return own

    def _read_numbering(self) -> None:
        name = self._sibling("numbering.xml")
        if name in self._names:
            self._labels.read(self._parsed(name), self._style_elements)

    # Blocks: paragraphs, tables and what holds them

    def _block(self, element: _Element, depth: int = 0) -> Iterator[Paragraph]:
        check_depth(depth, self._file)
        for child in element:
            kind = local(child)
            if kind == "p":
                yield from self._paragraph(child)
            elif kind == "tbl":
                yield from self._table(child, depth)
            elif kind in _LEFT_OUT:
                self._count_left_out(kind, child)
            elif kind == "sdt" and is_placeholder(child):
                continue
            elif kind == "AlternateContent":
                chosen = alternative_of(child)
                if chosen is not None:
                    yield from self._block(chosen, depth + 1)
            else:
                yield from self._block(child, depth + 1)
        if depth == 0 and self._open is not None:  # the last paragraph mark was deleted
            last, self._open = self._open, None
            yield from last.finished()

    def _table(self, table: _Element, depth: int) -> Iterator[Paragraph]:
        rows: list[list[list[Paragraph]]] = []
        for row in rows_of(table):
            properties = child_of(row, "trPr")
            if properties is not None and child_of(properties, "del") is not None:
                self._left_out["deleted"] += 1
                continue
            cells = [list(self._block(cell, depth + 2)) for cell in cells_of(row)]
            if self._open is not None and cells:  # a deleted paragraph mark does not reach out of its cell
                last, self._open = self._open, None
                cells[-1].extend(last.finished())
            rows.append(cells)
        yield from cells_as_paragraphs(rows)

    def _paragraph(self, element: _Element) -> list[Paragraph]:
        paragraph = self._open or _OpenParagraph()
        self._open = None
        properties = child_of(element, "pPr")
        paragraph.style = _style_name(properties, "pStyle")
        label = self._labels.before(properties, paragraph.style)
        if label:
            paragraph.pieces.append((label, False, ""))
        self._inline(element, paragraph, 0)
        if properties is not None:
            mark = child_of(properties, "rPr")
            if mark is not None and (child_of(mark, "del") is not None or child_of(mark, "moveFrom") is not None):
                self._open = paragraph  # its mark is deleted: what follows is the same paragraph
                return []
        return paragraph.finished()

    # Runs and what holds them

    def _inline(self, element: _Element, paragraph: _OpenParagraph, depth: int) -> None:
        check_depth(depth, self._file)
        for child in element:
            kind = local(child)
            if kind == "r":
                self._run(child, paragraph, depth)
            elif kind in _LEFT_OUT:
                self._count_left_out(kind, child)
            elif kind in ("drawing", "pict", "object"):
                self._boxes(child, paragraph, depth)
            elif kind == "sdt" and is_placeholder(child):
                continue
            elif kind == "AlternateContent":
                chosen = alternative_of(child)
                if chosen is not None:
                    self._inline(chosen, paragraph, depth + 1)
            else:
                self._inline(child, paragraph, depth + 1)

    def _run(self, run: _Element, paragraph: _OpenParagraph, depth: int) -> None:
        properties = child_of(run, "rPr")
        look, mark = self._look(properties, paragraph.style), _mark_of(properties)
        for child in run:
            kind = local(child)
            if kind == "fldChar":
                follow_field(attribute(child, "fldCharType"), paragraph.instructions)
            elif kind in _LEFT_OUT:
                self._count_left_out(kind, child)
            elif kind in ("drawing", "pict", "object"):
                self._boxes(child, paragraph, depth)
            elif kind == "AlternateContent":
                chosen = alternative_of(child)
                if chosen is not None:
                    self._inline(chosen, paragraph, depth + 1)
            elif kind == "ruby":
                self._inline(child, paragraph, depth + 1)
            else:
                text = _SIGNS.get(kind, "") if kind != "t" else (child.text or "")
                if kind == "sym":
                    text = symbol_of(child)
                if not text or any(paragraph.instructions):
                    continue
                if look.hidden:
                    self._left_out["hidden"] += len(text)
                else:
                    paragraph.pieces.append((text, bool(look.bold), mark))

    def _look(self, properties: _Element | None, paragraph_style: str) -> _Style:
        """Bold and hidden of a run: its own word, else its style's, else its paragraph style's."""
        look = _run_format(properties)
        for name in (_style_name(properties, "rStyle"), paragraph_style):
            style = self._styles.get(name)
            if style is not None:
                look.bold = style.bold if look.bold is None else look.bold
                look.hidden = style.hidden if look.hidden is None else look.hidden
        return look

    def _boxes(self, element: _Element, paragraph: _OpenParagraph, depth: int) -> None:
        """Text boxes: read after the paragraph they hang on."""
        for child in element:
            if local(child) == "txbxContent":
                outer, self._open = self._open, None
                found = [each for each in self._block(child, depth + 1) if each.text.strip()]
                if self._open is not None:
                    found.extend(self._open.finished())
                self._open = outer
                self._left_out["box"] += bool(found)
                paragraph.boxes.extend(found)
            elif local(child) == "AlternateContent":
                chosen = alternative_of(child)
                if chosen is not None:
                    self._boxes(chosen, paragraph, depth + 1)
            else:
                check_depth(depth, self._file)
                self._boxes(child, paragraph, depth + 1)

    # What is not in the text

    def _count_left_out(self, kind: str, element: _Element) -> None:
        if kind in ("del", "moveFrom") and any(local(each) in ("t", "delText") for each in element.iter("{*}*")):
            self._left_out["deleted"] += 1
        elif kind == "altChunk":
            self._left_out["chunk"] += 1

    def _notes(self) -> Iterator[str]:
        for name, element, kind in (
            ("footnotes.xml", "footnote", _("Footnote {ident}: {text}")),
            ("endnotes.xml", "endnote", _("Endnote {ident}: {text}")),
            ("comments.xml", "comment", _("Comment {ident}: {text}")),
        ):
            part = self._sibling(name)
            if part not in self._names:
                continue
            for each in self._parsed(part):
                if local(each) != element or attribute(each, "type") not in ("", "normal"):
                    continue
                text = "\n".join(paragraph.text for paragraph in self._block(each))
                if text.strip():
                    self._left_out[element] += 1
                    yield kind.format(ident=attribute(each, "id"), text=text.strip())

    def _page_margins(self) -> int:
        """How many characters stand in page headers and footers."""
        n = 0
        folder = posixpath.dirname(self._main)
        for name in sorted(self._names):
            base = posixpath.basename(name)
            if posixpath.dirname(name) == folder and base.startswith(("header", "footer")) and base.endswith(".xml"):
                counted = self._left_out.copy()
                n += sum(len(paragraph.text.strip()) for paragraph in self._block(self._parsed(name)))
                self._left_out = counted
        return n

    def _problems(self) -> Iterator[Problem]:
        n_margin = self._page_margins()
        counts = self._left_out
        told = (
            (
                counts["deleted"],
                ngettext(
                    "{n} tracked deletion was left out.", "{n} tracked deletions were left out.", counts["deleted"]
                ),
            ),
            (
                counts["hidden"],
                ngettext(
                    "{n} character of hidden text was left out.",
                    "{n} characters of hidden text were left out.",
                    counts["hidden"],
                ),
            ),
            (
                n_margin,
                ngettext(
                    "Page headers and footers were left out ({n} character).",
                    "Page headers and footers were left out ({n} characters).",
                    n_margin,
                ),
            ),
            (
                counts["footnote"] + counts["endnote"],
                _("Footnotes or endnotes stand beside the text, not in it ({n})."),
            ),
            (counts["comment"], _("Comments stand beside the text, not in it ({n}).")),
            (counts["box"], _("Text boxes were put after the paragraph that they hang on ({n}).")),
            (counts["macros"], _("Macros in it were left alone.")),
            (counts["chunk"], _("Files that are embedded in it were left out ({n}).")),
        )
        for n, what in told:
            if n:
                yield Problem(self._file, what.format(n=n), "", "warning")


def _run_format(properties: _Element | None) -> _Style:
    if properties is None:
        return _Style()
    return _Style(is_on(child_of(properties, "b")), is_on(child_of(properties, "vanish")))


def _mark_of(properties: _Element | None) -> str:
    """How a run is set off by its own word: "u" for a line below it, its colour; "" for neither."""
    if properties is None:
        return ""
    line, colour = child_of(properties, "u"), child_of(properties, "color")
    mark = "" if line is None or attribute(line, "val") in ("", "none") else "u"
    value = "" if colour is None else attribute(colour, "val").lower()
    return mark + ("" if value in ("auto", "000000", "") else value)


def _style_name(properties: _Element | None, kind: str) -> str:
    style = None if properties is None else child_of(properties, kind)
    return "" if style is None else attribute(style, "val")
