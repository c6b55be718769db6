"""Parts of Word's XML: rows and cells, fields, signs, the forms in which the same thing stands twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from qualcode.importing.office_xml import attribute, child_of, local

if TYPE_CHECKING:
    from lxml.etree import _Element

_OFF = frozenset(("0", "false", "off", "none"))


def is_on(element: _Element | None) -> bool | None:
    """Whether a property is switched on; None if it is not there."""
    return None if element is None else attribute(element, "val").lower() not in _OFF


def is_placeholder(control: _Element) -> bool:
    """Whether a content control only shows its prompt ("Click here to write")."""
    properties = child_of(control, "sdtPr")
    return properties is not None and bool(is_on(child_of(properties, "showingPlcHdr")))


def alternative_of(element: _Element) -> _Element | None:
    """One of the forms in which Word gives the same thing twice."""
    choice = child_of(element, "Choice")
    return choice if choice is not None else child_of(element, "Fallback")


def rows_of(table: _Element) -> Iterator[_Element]:
    """The rows of a table."""
    return _within(table, "tr")


def cells_of(row: _Element) -> Iterator[_Element]:
    """The cells of a row."""
    return _within(row, "tc")


def _within(element: _Element, name: str) -> Iterator[_Element]:
    """Rows of a table or cells of a row, also those inside content controls and the like."""
    for child in element:
        kind = local(child)
        if kind == name:
            yield child
        elif kind in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _within(child, name)


def follow_field(kind: str, instructions: list[bool]) -> None:
    """Note where a field begins, where its result does, and where it ends."""
    if kind == "begin":
        instructions.append(True)
    elif kind == "separate" and instructions:
        instructions[-1] = False
    elif kind == "end" and instructions:
        instructions.pop()


def symbol_of(element: _Element) -> str:
    """A sign of a symbol font; such fonts put ASCII at U+F000, which has no meaning outside the font."""
    try:
        number = int(attribute(element, "char"), 16)
    except ValueError:
        return ""
    return chr(number) if 0x20 <= number < 0xD800 or 0xE000 <= number <= 0xFFFD else ""
