"""Builds small projects of other tools, with whatever quirk a test is about."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

TALK = "Anna: Vi får ikke lov å lese.\nBo: Taushetsplikten stopper oss.\nAnna: Ja, taushetsplikten.\n"


@dataclass(frozen=True)
class Mark:
    """A selection: where, which code, and what the file says of its words."""

    start: object
    end: object
    code: str = "k1"
    name: str | None = None
    user: str = "u1"
    description: str = ""
    inside: str = ""  # more XML in the selection

    def xml(self, number: int) -> str:
        name = "" if self.name is None else f" name={quoteattr(self.name)}"
        described = f"<Description>{escape(self.description)}</Description>" if self.description else ""
        coding = ""
        if self.code:
            coding = f'<Coding guid="c{number}" creatingUser="{self.user}"><CodeRef targetGUID="{self.code}"/></Coding>'
        return (
            f'<PlainTextSelection guid="s{number}" startPosition="{self.start}" endPosition="{self.end}"{name}>'
            f"{described}{coding}{self.inside}</PlainTextSelection>"
        )


def mark(text: str, words: str, *, code: str = "k1", n: int = 0, named: bool = True) -> Mark:
    """The n-th place of some words, counted in code points from 0, its end exclusive."""
    start = -1
    for _each in range(n + 1):
        start = text.index(words, start + 1)
    return Mark(start, start + len(words), code, words if named else None)


def text_source(
    text_path: str, marks: Sequence[Mark], *, guid: str = "d1", name: str = "Gruppe A", more: str = ""
) -> str:
    """A TextSource whose text is in a file."""
    selections = "".join(each.xml(number) for number, each in enumerate(marks, start=1))
    path = f" plainTextPath={quoteattr(text_path)}" if text_path else ""
    return f"<TextSource guid={quoteattr(guid)} name={quoteattr(name)}{path}{more}>{selections}</TextSource>"


CODES = (
    '<Code guid="k0" name="Barriers" isCodable="false"><Code guid="k1" name="Confidentiality" color="#f00">'
    "<Description>What may not be shared</Description></Code></Code>"
    '<Code guid="k2" name="Agreement" color="#00AA10"/>'
)
USERS = '<User guid="u1" name="Kari"/><User guid="u2" name="Ola"/>'


def refi_xml(sources: str, *, codes: str = CODES, users: str = USERS, more: str = "", origin: str = "Test 1") -> str:
    """The XML of a project; `more` stands after the sources."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<Project xmlns="urn:QDA-XML:project:1.0" name="Study" origin="{origin}"><Users>{users}</Users>'
        f"<CodeBook><Codes>{codes}</Codes></CodeBook>{more}<Sources>{sources}</Sources></Project>"
    )


def write_qdpx(path: Path, xml: str, files: Mapping[str, bytes], *, inner: str = "project.qde") -> Path:
    """A .qdpx with its XML and its files, by their names in the archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(inner, xml)
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def simple_qdpx(path: Path, marks: Sequence[Mark], content: bytes = TALK.encode(), *, more: str = "") -> Path:
    """A .qdpx with one text."""
    return write_qdpx(path, refi_xml(text_source("internal://d1.txt", marks), more=more), {"Sources/d1.txt": content})
