"""The rules of the exchange standard for a project (QDA-XML 1.0), for the elements that this program writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "urn:QDA-XML:project:1.0"
GUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
KINDS = {
    "guid": GUID,
    "text": r"(?s).*",
    "number": r"-?\d+",
    "truth": "true|false|1|0",
    "colour": r"#([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})",
    "moment": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?",
    "type": "Text|Boolean|Integer|Float|Date|DateTime",
}
MADE = {"creatingUser": "guid", "creationDateTime": "moment", "modifyingUser": "guid", "modifiedDateTime": "moment"}
TEXT = {"guid!": "guid", "name": "text", "richTextPath": "text", "plainTextPath": "text", **MADE}
IN_TEXT = "Description? PlainTextContent? PlainTextSelection* Coding* NoteRef* VariableValue*"

CHILDREN = {  # in this order; "?" at most one, "*" any number, "+" at least one, nothing: one
    "Project": "Users? CodeBook? Variables? Cases? Sources? Notes? Links? Sets? Graphs? Description? NoteRef*",
    "Users": "User+",
    "CodeBook": "Codes",
    "Codes": "Code+",
    "Code": "Description? NoteRef* Code*",
    "Variables": "Variable+",
    "Variable": "Description?",
    "Cases": "Case+",
    "Case": "Description? CodeRef* VariableValue* SourceRef* SelectionRef*",
    "VariableValue": "VariableRef TextValue?",
    "Sources": "TextSource+",
    "TextSource": IN_TEXT,
    "PlainTextSelection": "Description? Coding* NoteRef*",
    "Coding": "CodeRef NoteRef*",
    "Notes": "Note+",
    "Note": IN_TEXT,
}
ATTRIBUTES = {  # "!" where it must be there
    "Project": {"name!": "text", "origin": "text", "schemaLocation": "text"},
    "User": {"guid!": "guid", "name": "text"},
    "Code": {"guid!": "guid", "name!": "text", "isCodable!": "truth", "color": "colour"},
    "Variable": {"guid!": "guid", "name!": "text", "typeOfVariable!": "type"},
    "Case": {"guid!": "guid", "name": "text"},
    "TextSource": TEXT,
    "Note": TEXT,
    "PlainTextSelection": {
        "guid!": "guid",
        "name": "text",
        "startPosition!": "number",
        "endPosition!": "number",
        **MADE,
    },
    "Coding": {"guid!": "guid", "creatingUser": "guid", "creationDateTime": "moment"},
    **{key: {"targetGUID!": "guid"} for key in ("CodeRef", "NoteRef", "SourceRef", "SelectionRef", "VariableRef")},
}


def breaches(root: _Element) -> list[str]:
    """What of a project the standard does not allow, in words; references that lead nowhere too."""
    found = [each for element in root.iter() for each in _of(element)]
    guids = {each.get("guid") for each in root.iter()}
    found += [f"{_name(each)} leads nowhere" for each in root.iter() if each.get("targetGUID") not in {None, *guids}]
    users = {each.get("guid") for each in root.iter(f"{{{NAMESPACE}}}User")}
    found += [f"{_name(each)} is by nobody" for each in root.iter() if each.get("creatingUser") not in {None, *users}]
    return found


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _of(element: _Element) -> Iterator[str]:
    name = _name(element)
    if not str(element.tag).startswith(f"{{{NAMESPACE}}}"):
        yield f"{name} is of another namespace"
    allowed = re.compile(
        "".join(
            f"(?:{re.sub('[?*+]', '', each)} ){each[-1] if each[-1] in '?*+' else ''}"
            for each in CHILDREN.get(name, "").split()
        )
    )
    children = "".join(f"{_name(child)} " for child in element)
    if not allowed.fullmatch(children):
        yield f"{name} holds {children}"
    kinds = {key.rstrip("!"): kind for key, kind in ATTRIBUTES.get(name, {}).items()}
    given = {str(key).rpartition("}")[2]: str(value) for key, value in element.attrib.items()}
    for key, value in given.items():
        if key not in kinds or not re.fullmatch(KINDS[kinds[key]], value):
            yield f"{name} has {key}"
    for key in ATTRIBUTES.get(name, {}):
        if key.endswith("!") and key[:-1] not in given:
            yield f"{name} lacks {key[:-1]}"
