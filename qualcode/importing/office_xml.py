"""Parses XML from outside (parts of docx and odt, foreign projects): no entity is resolved, nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING
from zipfile import ZipFile

from qualcode.errors import ImportingError
from qualcode.i18n import _
from qualcode.importing.archives import hostile, member_bytes

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST_PART = 80_000_000  # bytes of XML; the tree takes about eight times as much memory
DEEPEST = 150  # nested elements; the files of office programs stay below 40


def parsed_part(archive: ZipFile, name: str, file: str) -> _Element:
    """The root of a part.

    Raises:
        ImportingError: not XML, too large, or with entities of its own.
    """
    return parsed_xml(member_bytes(archive, name, file, LARGEST_PART), name, file)


def parsed_xml(raw: bytes, name: str, file: str) -> _Element:
    """The root of XML from outside; see `parsed_part`."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise ImportingError(
            _("{file} is damaged: its part {part} cannot be read.").format(file=file, part=name),
            hint=_("Open it in the program that made it and save it anew."),
        ) from error
    if b"<!DOCTYPE" in raw[:4096] or b"<!ENTITY" in raw or root.getroottree().docinfo.internalDTD is not None:
        raise hostile(file, _("its XML declares entities"))
    return root


def check_depth(depth: int, file: str) -> None:
    """ImportingError for elements that are nested more deeply than any program writes them."""
    if depth > DEEPEST:
        raise hostile(file, _("its parts are nested too deeply"))


def local(element: _Element) -> str:
    """An element's name without its namespace."""
    return local_name(element.tag)


@lru_cache(maxsize=2000)
def local_name(tag: str) -> str:
    return str(tag).rpartition("}")[2]


def child_of(element: _Element, name: str) -> _Element | None:
    """The first child of that local name."""
    for each in element:
        if local_name(each.tag) == name:
            return each
    return None


def children_of(element: _Element | None, name: str) -> Iterator[_Element]:
    """All children of that local name."""
    if element is not None:
        yield from (each for each in element if local_name(each.tag) == name)


def attribute(element: _Element, name: str) -> str:
    """An attribute by its local name; "" if it is not there."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""
