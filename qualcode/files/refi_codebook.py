"""Codebooks in the exchange format of the REFI-QDA standard (.qdc, Codebook 1.0)."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from qualcode import __version__
from qualcode.files.code_keys import key_from
from qualcode.files.findings import Findings
from qualcode.i18n import _, collapsed, ngettext
from qualcode.model.codebook import Code, Codebook, CodeOrigin, Wording

NAMESPACE = "urn:QDA-XML:codebook:1.0"
MAX_DEPTH = 100

_GUIDS = uuid.UUID("0b7e5d0c-6a43-4f0c-9d35-0f4f0f6f2b61")  # so that a code has the same guid in each export
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})\Z")  # of eight digits two are the opacity
_LOOSE = re.compile(r"&(?!(?:\w{1,40}|#\w{1,8});)|<(?![A-Za-z_/!?])")
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def qdc_text(codebook: Codebook, language: str = "nb") -> str:
    """The codebook as .qdc: names, definitions and colours of the codes and their places in the tree.

    Args:
        codebook: any codebook.
        language: of names and descriptions; a .qdc file holds one.
    """
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<CodeBook xmlns="{NAMESPACE}" origin={_attribute(f"Qualcode {__version__}")}>',
        "  <Codes>",
        *(line for theme in codebook.children("") for line in _code_lines(codebook, theme, language)),
        "  </Codes>",
        "</CodeBook>",
    ]
    return "\n".join(lines) + "\n"


def _code_lines(codebook: Codebook, code: Code, language: str) -> Iterable[str]:
    margin = "  " * (code.depth + 2)
    guid = str(uuid.uuid5(_GUIDS, f"{codebook.key}/{code.key}"))
    colour = f" color={_attribute(code.colour)}" if code.colour else ""
    name = _attribute(code.name.in_language(language) or code.key)
    yield f'{margin}<Code guid="{guid}" name={name} isCodable="true"{colour}>'
    definition = code.definition.in_language(language)
    if definition:
        yield f"{margin}  <Description>{escape(_NOT_IN_XML.sub('', definition))}</Description>"
    for child in codebook.children(code.key):
        yield from _code_lines(codebook, child, language)
    yield f"{margin}</Code>"


def _attribute(text: str) -> str:
    return quoteattr(_NOT_IN_XML.sub("", text))


def qdc_warnings(codebook: Codebook, language: str = "nb") -> list[str]:
    """What of a codebook a .qdc file can't hold, in sentences."""
    codes = codebook.codes
    left_out = {
        _("rules"): sum(bool(code.rules) for code in codes),
        _("names or definitions in other languages"): sum(_has_other_language(code, language) for code in codes),
        _("aliases"): sum(bool(code.aliases) for code in codes),
        _("notes on when to use them"): sum(bool(code.include or code.exclude) for code in codes),
        _("examples"): sum(bool(code.examples) for code in codes),
        _("a level"): sum(code.level is not None for code in codes),
        _("a valence"): sum(code.valence is not None for code in codes),
        _("a counterpart"): sum(bool(code.counterpart) for code in codes),
        _("the origin 'emergent'"): sum(code.origin is CodeOrigin.EMERGENT for code in codes),
    }
    told = [
        ngettext(
            "{n} code has {what}, which a .qdc file cannot hold.",
            "{n} codes have {what}, which a .qdc file cannot hold.",
            n,
        ).format(n=n, what=what)
        for what, n in left_out.items()
        if n
    ]
    parts = {
        _("title"): codebook.title,
        _("source"): codebook.source,
        _("version"): codebook.version,
        _("concepts"): codebook.concepts,
    }
    told += [
        _("The codebook's {part} cannot be held by a .qdc file.").format(part=part)
        for part, value in parts.items()
        if value
    ]
    if codes:
        told.append(_("Keys are not in a .qdc file; they are made of the names when it is read."))
    return told


def _has_other_language(code: Code, language: str) -> bool:
    return any(each not in ("", language) for wording in (code.name, code.definition) for each in wording.by_language)


@dataclass(slots=True)
class _Element:
    """An element of an XML file, by its name without namespace."""

    name: str
    attributes: dict[str, str]
    line: int
    text: list[str] = field(default_factory=list)
    children: list[_Element] = field(default_factory=list)


class _RefusedError(Exception):
    """The XML holds what a codebook never needs."""


def codebook_from_qdc(text: str, name: str, findings: Findings) -> Codebook | None:
    """The codebook in a .qdc text; None, and a problem, if it isn't one.

    Args:
        text: XML, already decoded.
        name: of the file without its ending; the codebook's key is made of it.
        findings: collects what is wrong or can't be taken over.
    """
    root = _parsed(text, findings)
    if root is None:
        return None
    book = root if root.name == "CodeBook" else next((each for each in root.children if each.name == "CodeBook"), None)
    if book is None:
        findings.add(root.line, _("This is not a REFI-QDA codebook: the element CodeBook is missing."))
        return None
    reader = _QdcReader(findings)
    for element in book.children:
        if element.name == "Codes":
            reader.read(element, parent="", depth=0)
        elif element.name == "Sets" and element.children:
            findings.warn(element.line, _("Sets of codes are not taken over."))
    return Codebook(key=key_from(name) or "codebook", codes=tuple(reader.codes))


class _QdcReader:
    def __init__(self, findings: Findings) -> None:
        self.codes: list[Code] = []
        self._findings = findings
        self._keys: set[str] = set()

    def read(self, element: _Element, parent: str, depth: int) -> None:
        for child in element.children:
            if child.name == "Code":
                self._read_code(child, parent, depth)

    def _read_code(self, element: _Element, parent: str, depth: int) -> None:
        name = collapsed(element.attributes.get("name", ""))
        if not name:
            self._findings.add(element.line, _("A code has no name."))
        key = self._new_key(name)
        definition = "".join("".join(child.text) for child in element.children if child.name == "Description")
        self.codes.append(
            Code(
                key=key,
                name=Wording(plain=name),
                parent=parent,
                depth=depth,
                definition=Wording(plain=unicodedata.normalize("NFC", definition).strip()),
                colour=self._colour(element),
            )
        )
        if element.attributes.get("isCodable", "true") in ("false", "0"):
            self._findings.warn(
                element.line, _("The code {name!r} was a heading only; here it can be used.").format(name=name)
            )
        self.read(element, key, depth + 1)

    def _new_key(self, name: str) -> str:
        wanted = key_from(name) or "code"
        key, n = wanted, 2
        while key in self._keys:
            key, n = f"{wanted}_{n}", n + 1
        self._keys.add(key)
        return key

    def _colour(self, element: _Element) -> str:
        colour = element.attributes.get("color", "")
        if not colour:
            return ""
        if not _COLOUR.match(colour):
            self._findings.warn(element.line, _("{colour!r} is not a colour.").format(colour=colour))
            return ""
        digits = colour[1:][-6:]
        return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def _parsed(text: str, findings: Findings) -> _Element | None:
    """The tree of an XML text; `&` and `<` that a tool forgot to write as XML wants them are mended and told."""
    mended, n = _LOOSE.subn(lambda match: {"&": "&amp;", "<": "&lt;"}[match[0]], text)
    if not n or _tree(text, Findings(findings.file)) is not None:
        return _tree(text, findings)
    what = ngettext(
        "{n} sign that XML does not allow as it stood was mended.",
        "{n} signs that XML does not allow as they stood were mended.",
        n,
    )
    findings.warn(1, what.format(n=n))
    return _tree(mended, findings)


def _tree(text: str, findings: Findings) -> _Element | None:
    """The tree of an XML text, without any entity: a document type is refused before one could be declared in it."""
    parser = expat.ParserCreate("utf-8")
    top = _Element("", {}, 0)
    stack = [top]

    def starts(name: str, attributes: dict[str, str]) -> None:
        element = _Element(name.rpartition(":")[2], attributes, parser.CurrentLineNumber)
        if len(stack) > MAX_DEPTH:
            raise _RefusedError(_("The codes are nested too deep."))
        stack[-1].children.append(element)
        stack.append(element)

    def ends(_name: str) -> None:
        stack.pop()

    def says(characters: str) -> None:
        stack[-1].text.append(characters)

    def declares(*_parts: object) -> None:
        raise _RefusedError(_("The file declares a document type, which a codebook never needs."))

    parser.StartElementHandler = starts
    parser.EndElementHandler = ends
    parser.CharacterDataHandler = says
    parser.StartDoctypeDeclHandler = declares
    try:
        parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        findings.add(error.lineno, _("This is not valid XML ({reason}).").format(reason=reason))
        return None
    except _RefusedError as error:
        findings.add(parser.CurrentLineNumber, str(error), _("Export it again from the program that made it."))
        return None
    return top.children[0]
