"""Reads single values out of REFI-QDA elements: identifiers, texts, colours, numbers."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.office_xml import attribute

if TYPE_CHECKING:
    from lxml.etree import _Element

_COLOUR = re.compile(r"#?(?P<digits>[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}|(?P<opacity>[0-9A-Fa-f]{2})[0-9A-Fa-f]{6})")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,[^)]*)?\)", re.IGNORECASE)


def bare(guid: str) -> str:
    """A GUID as GUIDs are compared: small letters, no braces."""
    return guid.strip().strip("{}").lower()


def guid_of(element: _Element) -> str:
    """An element's own GUID; "" if it has none."""
    return bare(attribute(element, "guid"))


def text_of(element: _Element | None) -> str:
    """The text inside an element, in normal form; "" where there is none."""
    if element is None:
        return ""
    return in_normal_form("".join(str(each) for each in element.itertext())).strip()


def whole_number(element: _Element, name: str) -> int | None:
    """An attribute as a whole number; None if it is none."""
    try:
        return int(attribute(element, name))
    except ValueError:
        return None


def n_codings(element: _Element) -> int:
    """How many codings there are below an element."""
    return sum(1 for _coding in element.iter("{*}Coding"))


def file_name(element: _Element) -> str:
    """The name of the file that a source is kept in; "" if it says none."""
    for each in ("path", "currentPath", "richTextPath", "plainTextPath"):
        name = PurePosixPath(attribute(element, each).replace("\\", "/")).name
        if name:
            return name
    return ""


def is_true(written: str) -> bool:
    """A truth value as XML writes it; true where nothing is said."""
    return written.strip().casefold() not in ("false", "0")


def colour_of(written: str) -> str:
    """A colour as #rrggbb; "" where it is none. Of eight digits the first two are the opacity."""
    written = written.strip()
    by_parts = _RGB.fullmatch(written)
    if by_parts and all(int(part) < 256 for part in by_parts.groups()):
        return "#" + "".join(f"{int(part):02x}" for part in by_parts.groups())
    found = _COLOUR.fullmatch(written)
    if not found or (not written.startswith("#") and len(found["digits"]) == 3):
        return ""
    digits = found["digits"][-6:]
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))
