"""Reads OpenDocument texts (.odt): what a reader of the printed page sees, once tracked changes are accepted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from qualcode.errors import ImportingError, Problem
from qualcode.i18n import _, ngettext
from qualcode.importing.archives import encrypted, opened_archive
from qualcode.importing.office_xml import (
    attribute,
    check_depth,
    child_of,
    children_of,
    local,
    local_name,
    parsed_part,
)
from qualcode.importing.report import Paragraph, RawTranscript, marked_length
from qualcode.importing.speaker_tables import cells_as_paragraphs

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_SPACES = 1_000  # that one element may stand for

_WHITE_SPACE = re.compile(r"[ \t\r\n]+")  # a no-break space is none

_DRAWING = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
_LEFT_OUT = frozenset(
    "sequence-decls variable-decls user-field-decls dde-connection-decls alphabetical-index-auto-mark-file forms "
    "annotation-end bookmark bookmark-start bookmark-end reference-mark reference-mark-start reference-mark-end "
    "change-start change-end change soft-page-break ruby-text script placeholder note-citation title desc "
    "alphabetical-index-mark alphabetical-index-mark-start alphabetical-index-mark-end toc-mark toc-mark-start "
    "toc-mark-end user-index-mark user-index-mark-start user-index-mark-end event-listeners table-source "
    "index-title-template table-of-content-source illustration-index-source table-index-source "
    "object-index-source user-index-source alphabetical-index-source bibliography-source section-source "
    "dde-source image-map glue-point image object object-ole plugin applet floating-frame".split()
)
_HIDDEN = frozenset(("none", "condition"))


@dataclass(slots=True)
class _Style:
    bold: bool | None = None
    hidden: bool | None = None
    base: str = ""


@dataclass(slots=True)
class _OpenParagraph:
    """A paragraph while its words are read; white space in the XML collapses as the standard says."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list[Paragraph] = field(default_factory=list)
    after_space: bool = True

    def add(self, text: str, bold: bool) -> None:
        collapsed = _WHITE_SPACE.sub(" ", text)
        if self.after_space:
            collapsed = collapsed.removeprefix(" ")
        if collapsed:
            self.pieces.append((collapsed, bold))
            self.after_space = collapsed.endswith(" ")

    def sign(self, text: str, bold: bool) -> None:
        """Spaces, tabs and breaks that stand as elements; they do not collapse."""
        self.pieces.append((text, bold))
        self.after_space = False

    def finished(self) -> list[Paragraph]:
        if self.after_space and self.pieces:
            last, is_bold = self.pieces[-1]
            self.pieces[-1] = (last.removesuffix(" "), is_bold)
        bold = marked_length(self.pieces)
        return [Paragraph("".join(piece for piece, _bold in self.pieces), bold=bold), *self.boxes]


def read_odt(path: Path, encoding: str | None = None) -> RawTranscript:
    """The paragraphs of an OpenDocument text.

    Tracked insertions, links, fields, lists and tables are in the text; text boxes follow the paragraph that they
    hang on; deletions, hidden text, page headers and footers are left out; footnotes, endnotes and comments are notes.

    Args:
        path: the file.
        encoding: of no use here; XML says its own.

    Raises:
        ImportingError: not an OpenDocument text, damaged, encrypted or beyond the bounds.
    """
    with opened_archive(path) as archive:
        return _OdtReader(archive, path.name).read()


class _OdtReader:
    def __init__(self, archive: ZipFile, file: str) -> None:
        self._archive = archive
        self._file = file
        self._names = set(archive.namelist())
        self._styles: dict[tuple[str, str], _Style] = {}  # by family and name
        self._left_out: Counter[str] = Counter()  # kind -> how many
        self._notes: list[str] = []

    def read(self) -> RawTranscript:
        self._check_encryption()
        if "content.xml" not in self._names:
            raise self._no_text()
        root = parsed_part(self._archive, "content.xml", self._file)
        body = child_of(root, "body")
        text = None if body is None else child_of(body, "text")
        if text is None:
            raise self._no_text()
        if "styles.xml" in self._names:
            common = parsed_part(self._archive, "styles.xml", self._file)
            self._read_styles(common)
            self._count_margins(common)
        self._read_styles(root)
        paragraphs = tuple(self._blocks(text, 0))
        if any(name.startswith(("Basic/", "Scripts/")) and not name.endswith("/") for name in self._names):
            self._left_out["macros"] = 1
        return RawTranscript(paragraphs, "utf-8", tuple(self._problems()), tuple(self._notes))

    def _check_encryption(self) -> None:
        if "encrypted-package" in self._names:
            raise encrypted(self._file)
        if "META-INF/manifest.xml" in self._names:
            manifest = parsed_part(self._archive, "META-INF/manifest.xml", self._file)
            if any(local(each) == "encryption-data" for each in manifest.iter("{*}*")):
                raise encrypted(self._file)

    def _no_text(self) -> ImportingError:
        return ImportingError(
            _("{file} is no OpenDocument text.").format(file=self._file),
            hint=_("Give it the ending that belongs to its content, or save it as .odt."),
        )

    # Styles

    def _read_styles(self, root: _Element) -> None:
        for group in ("styles", "automatic-styles"):
            for style in children_of(child_of(root, group), "style"):
                look = _look_of(child_of(style, "text-properties"))
                look.base = attribute(style, "parent-style-name")
                self._styles[(attribute(style, "family"), attribute(style, "name"))] = look

    def _look(self, family: str, name: str) -> _Style:
        """What a style and those it is based on say of bold and hidden."""
        look = _Style()
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            style = self._styles.get((family, name))
            if style is None:
                break
            look.bold = style.bold if look.bold is None else look.bold
            look.hidden = style.hidden if look.hidden is None else look.hidden
            name = style.base
        return look

    # Blocks

    def _blocks(self, element: _Element, depth: int) -> Iterator[Paragraph]:
        check_depth(depth, self._file)
        for child in element:
            kind = local(child)
            if kind in ("p", "h"):
                yield from self._paragraph(child, depth)
            elif kind == "table":
                yield from self._table(child, depth)
            elif kind == "tracked-changes":
                self._count_deletions(child)
            elif kind == "annotation":
                self._comment(child, depth)
            elif kind in _LEFT_OUT:
                continue
            elif kind == "section" and _section_is_hidden(child):
                self._left_out["hidden"] += _n_letters(child)
            elif str(child.tag).startswith("{" + _DRAWING):
                yield from self._boxes(child, depth + 1)
            else:
                yield from self._blocks(child, depth + 1)

    def _paragraph(self, element: _Element, depth: int) -> list[Paragraph]:
        paragraph = _OpenParagraph()
        hidden = child_of(element, "hidden-paragraph")
        if hidden is not None and attribute(hidden, "is-hidden") == "true":
            self._left_out["hidden"] += _n_letters(element)
            return []
        self._inline(element, paragraph, self._look("paragraph", attribute(element, "style-name")), depth)
        return paragraph.finished()

    def _table(self, table: _Element, depth: int) -> Iterator[Paragraph]:
        rows = []
        for row in _within(table, "table-row", 0, self._file):
            cells = []
            for cell in row:
                if local(cell) == "covered-table-cell":
                    self._left_out["hidden"] += _n_letters(cell)
                elif local(cell) == "table-cell":
                    cells.append(list(self._blocks(cell, depth + 2)))
            rows.append(cells)
        yield from cells_as_paragraphs(rows)

    # What stands inside paragraphs

    def _inline(self, element: _Element, paragraph: _OpenParagraph, look: _Style, depth: int) -> None:
        check_depth(depth, self._file)
        self._words(element.text, paragraph, look)
        for child in element:
            self._inline_child(child, paragraph, look, depth)
            self._words(child.tail, paragraph, look)

    def _inline_child(self, child: _Element, paragraph: _OpenParagraph, look: _Style, depth: int) -> None:
        kind = local(child)
        bold = bool(look.bold)
        if kind == "s":
            self._sign(" " * _count(attribute(child, "c")), paragraph, look, bold)
        elif kind == "tab":
            self._sign("\t", paragraph, look, bold)
        elif kind == "line-break":
            self._sign("\n", paragraph, look, bold)
        elif kind == "note":
            self._footnote(child, depth)
        elif kind == "annotation":
            self._comment(child, depth)
        elif kind in _LEFT_OUT:
            return
        elif kind == "hidden-text":
            if attribute(child, "is-hidden") != "false":
                self._left_out["hidden"] += _n_letters(child)
            else:
                self._inline(child, paragraph, look, depth + 1)
        elif str(child.tag).startswith("{" + _DRAWING) and kind != "a":
            found = [each for each in self._boxes(child, depth + 1) if each.text.strip()]
            self._left_out["box"] += bool(found)
            paragraph.boxes.extend(found)
        else:
            own = self._look("text", attribute(child, "style-name")) if kind in ("span", "a") else _Style()
            own.bold = look.bold if own.bold is None else own.bold
            own.hidden = look.hidden if own.hidden is None else own.hidden
            self._inline(child, paragraph, own, depth + 1)

    def _words(self, text: str | None, paragraph: _OpenParagraph, look: _Style) -> None:
        if not text:
            return
        if look.hidden:
            self._left_out["hidden"] += len(text.strip())
        else:
            paragraph.add(text, bool(look.bold))

    def _sign(self, text: str, paragraph: _OpenParagraph, look: _Style, bold: bool) -> None:
        if not look.hidden:
            paragraph.sign(text, bold)

    def _boxes(self, element: _Element, depth: int) -> Iterator[Paragraph]:
        """The paragraphs in text boxes and shapes."""
        check_depth(depth, self._file)
        if local(element) in _LEFT_OUT:
            return
        for child in element:
            if local(child) in ("text-box", "p", "list", "h"):
                yield from self._blocks(element, depth + 1)
                return
        for child in element:
            yield from self._boxes(child, depth + 1)

    # What is not in the text

    def _count_deletions(self, changes: _Element) -> None:
        for region in changes:
            deleted = child_of(region, "deletion")
            if deleted is not None and _n_letters(deleted, without=("change-info",)):
                self._left_out["deleted"] += 1

    def _footnote(self, note: _Element, depth: int) -> None:
        body = child_of(note, "note-body")
        text = "" if body is None else self._aside(body, depth)
        if not text:
            return
        citation = child_of(note, "note-citation")
        ident = "" if citation is None else "".join(map(str, citation.itertext())).strip()
        at_end = attribute(note, "note-class") == "endnote"
        self._left_out["footnote"] += 1
        form = _("Endnote {ident}: {text}") if at_end else _("Footnote {ident}: {text}")
        self._notes.append(form.format(ident=ident, text=text))

    def _comment(self, annotation: _Element, depth: int) -> None:
        text = self._aside(annotation, depth)
        if text:
            self._left_out["comment"] += 1
            ident = self._left_out["comment"]
            self._notes.append(_("Comment {ident}: {text}").format(ident=ident, text=text))

    def _aside(self, element: _Element, depth: int) -> str:
        """The words of a note; its author and date are no words of it."""
        lines: list[str] = []
        for child in element:
            if local(child) in ("p", "h"):
                lines.extend(paragraph.text for paragraph in self._paragraph(child, depth + 1))
            elif local(child) == "list":
                lines.extend(paragraph.text for paragraph in self._blocks(child, depth + 1))
        return "\n".join(lines).strip()

    def _count_margins(self, styles: _Element) -> None:
        masters = child_of(styles, "master-styles")
        if masters is not None:
            for page in masters:
                for margin in page:
                    if local(margin).startswith(("header", "footer")):
                        self._left_out["margin"] += _n_letters(margin)

    def _problems(self) -> Iterator[Problem]:
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
                counts["margin"],
                ngettext(
                    "Page headers and footers were left out ({n} character).",
                    "Page headers and footers were left out ({n} characters).",
                    counts["margin"],
                ),
            ),
            (counts["footnote"], _("Footnotes or endnotes stand beside the text, not in it ({n}).")),
            (counts["comment"], _("Comments stand beside the text, not in it ({n}).")),
            (counts["box"], _("Text boxes were put after the paragraph that they hang on ({n}).")),
            (counts["macros"], _("Macros in it were left alone.")),
        )
        for n, what in told:
            if n:
                yield Problem(self._file, what.format(n=n), "", "warning")


def _look_of(properties: _Element | None) -> _Style:
    if properties is None:
        return _Style()
    weight, display = attribute(properties, "font-weight"), attribute(properties, "display")
    bold = None if not weight else weight == "bold" or (weight.isdigit() and int(weight[:4]) >= 600)
    return _Style(bold, None if not display else display in _HIDDEN)


def _section_is_hidden(section: _Element) -> bool:
    display = attribute(section, "display")
    return display == "none" or (display == "condition" and attribute(section, "is-hidden") != "false")


def _count(number: str) -> int:
    return min(int(number), MOST_SPACES) if number.isdecimal() and len(number) < 9 else 1


def _n_letters(element: _Element, without: tuple[str, ...] = ()) -> int:
    """How many characters, outer white space off, stand below an element."""
    skipped = {each for name in without for found in element.iter("{*}" + name) for each in found.iter("{*}*")}
    return sum(
        len((each.text or "").strip()) + sum(len((inner.tail or "").strip()) for inner in each if inner not in skipped)
        for each in element.iter("{*}*")
        if each not in skipped
    )


def _within(element: _Element, name: str, depth: int, file: str) -> Iterator[_Element]:
    """Rows of a table, also those inside groups; rows of tables in its cells are not its own."""
    check_depth(depth, file)
    for child in element:
        kind = local_name(child.tag)
        if kind == name:
            yield child
        elif kind in ("table-rows", "table-header-rows", "table-row-group"):
            yield from _within(child, name, depth + 1, file)
