"""The pieces of a Word document that python-docx has no words for: fields, bookmarks, links, plain runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcode.exporting.report_blocks import printable

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def element(tag: str, **attributes: str | int) -> Element:
    """An element such as `w:tblW`; `w_type="dxa"` becomes the attribute `w:type`."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(name.replace("_", ":", 1)), str(value))
    return made


def paragraph(style: str, *, keep_next: bool = False, indent: int = 0, space_after: int = 0) -> Element:
    """An empty paragraph.

    Args:
        style: id of its style.
        keep_next: on the same page as what follows.
        indent: of the left edge, in twentieths of a point.
        space_after: likewise; 0 leaves it to the style.
    """
    made = element("w:p")
    properties = element("w:pPr")
    properties.append(element("w:pStyle", w_val=style))
    if keep_next:
        properties.append(element("w:keepNext"))
    if space_after:
        properties.append(element("w:spacing", w_after=space_after))
    if indent:
        properties.append(element("w:ind", w_left=indent))
    made.append(properties)
    return made


def run(text: str, *, bold: bool = False, style: str = "") -> Element:
    """A run of text; line feeds become line breaks, tabs stay tabs, what XML cannot hold is left out.

    Args:
        style: id of a character style.
    """
    made = element("w:r")
    if bold or style:
        properties = element("w:rPr")
        if style:
            properties.append(element("w:rStyle", w_val=style))
        if bold:
            properties.append(element("w:b"))
        made.append(properties)
    for i, part in enumerate(re.split("([\n\t])", printable(text))):
        if i % 2:
            made.append(element("w:br" if part == "\n" else "w:tab"))
        elif part:
            made.append(_text(part))
    return made


def _text(text: str) -> Element:
    made = element("w:t")
    made.text = text
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def field(instruction: str, shown: str, *, bold: bool = False) -> list[Element]:
    """A field such as `REF name \\h` with what it shows until it is updated."""
    begin, separate, end = field_marks()
    return [*begin_field(begin, instruction), _holding(separate), run(shown, bold=bold), _holding(end)]


def field_marks() -> tuple[Element, Element, Element]:
    """Begin, separator and end of a field."""
    kinds = ("begin", "separate", "end")
    begin, separate, end = (element("w:fldChar", w_fldCharType=kind) for kind in kinds)
    return begin, separate, end


def begin_field(begin: Element, instruction: str) -> list[Element]:
    """The runs that open a field and say what it is."""
    said = element("w:instrText")
    said.text = f" {instruction} "
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return [_holding(begin), _holding(said)]


def open_field(instruction: str) -> list[Element]:
    """The runs before what a field shows, where that takes several paragraphs; `close_field` follows them."""
    begin, separate, _end = field_marks()
    return [*begin_field(begin, instruction), _holding(separate)]


def close_field() -> Element:
    """The run after what a field shows."""
    return _holding(field_marks()[2])


def _holding(child: Element) -> Element:
    made = element("w:r")
    made.append(child)
    return made


def bookmarked(name: str, number: int, inside: list[Element]) -> list[Element]:
    """Runs between the ends of a bookmark; `number` is unique in the document."""
    begin = element("w:bookmarkStart", w_id=number, w_name=name)
    return [begin, *inside, element("w:bookmarkEnd", w_id=number)]


def link_to(bookmark: str, inside: list[Element]) -> Element:
    """A link to a place in the document."""
    made = element("w:hyperlink", w_anchor=bookmark, w_history=1)
    made.extend(inside)
    return made
