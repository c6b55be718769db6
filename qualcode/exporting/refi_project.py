"""Writes a project in the exchange standard REFI-QDA (.qdpx), which other tools for qualitative analysis read."""

from __future__ import annotations

import contextlib
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from qualcode import __version__
from qualcode.errors import ExportError
from qualcode.i18n import _

NAMESPACE = "urn:QDA-XML:project:1.0"
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_NAME = 1000  # code points of a passage that its selection is named by
_OLDEST = (1980, 1, 1, 0, 0, 0)  # of members: the same project gives the same bytes


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code; `below` are the codes under it."""

    guid: str
    name: str
    colour: str
    definition: str
    notes: Sequence[str]
    below: Sequence[CodeEntry]


@dataclass(frozen=True, slots=True)
class CodingEntry:
    """A code on a selection."""

    guid: str
    code: str
    user: str
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class SelectionEntry:
    """A passage at code points [start, end) of its source's text; without codings it marks a case's words."""

    guid: str
    start: int
    end: int
    codings: Sequence[CodingEntry]


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A text with what is marked in it."""

    guid: str
    name: str
    text: str
    selections: Sequence[SelectionEntry]
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """Whom the project is about: facts by name, and the sources and selections that are theirs."""

    guid: str
    name: str
    facts: Sequence[tuple[str, str]]
    sources: Sequence[str]
    selections: Sequence[str]


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """A memo."""

    guid: str
    title: str
    text: str
    user: str
    made_at: str


@dataclass(frozen=True, slots=True)
class ExchangeProject:
    """All of a project that the standard has a place for.

    Attributes:
        users: (guid, name) of each coder.
        variables: (guid, name) of each attribute of cases.
    """

    name: str
    users: Sequence[tuple[str, str]]
    codes: Sequence[CodeEntry]
    variables: Sequence[tuple[str, str]]
    cases: Sequence[CaseEntry]
    sources: Sequence[SourceEntry]
    notes: Sequence[NoteEntry]


def write_refi_project(path: Path, project: ExchangeProject) -> None:
    """Write the archive: `project.qde`, and each text as `Sources/GUID.txt` in UTF-8 with line feeds.

    Positions are code points from 0, the end is not included, and each coded selection is named by its words.

    Raises:
        ExportError: the file cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            _add(archive, "project.qde", "\n".join(_project_lines(project)) + "\n")
            for source in project.sources:
                _add(archive, f"Sources/{source.guid}.txt", source.text)
        unfinished.replace(path)
    except OSError as error:
        raise ExportError(
            _("{file} cannot be written: {reason}.").format(file=path.name, reason=error.strerror or error),
            hint=_("Close the file where it is open, or choose another folder."),
        ) from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _add(archive: zipfile.ZipFile, name: str, content: str) -> None:
    member = zipfile.ZipInfo(name, _OLDEST)
    member.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(member, content.encode("utf-8"))


def _project_lines(project: ExchangeProject) -> Iterator[str]:
    variables = {name: guid for guid, name in project.variables}
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f"<Project{_attributes(xmlns=NAMESPACE, name=project.name, origin=f'Qualcode {__version__}')}>"
    yield "<Users>"
    for guid, name in project.users:
        yield f"<User{_attributes(guid=guid, name=name)}/>"
    yield "</Users>"
    yield "<CodeBook><Codes>"
    for code in project.codes:
        yield from _code_lines(code)
    yield "</Codes></CodeBook>"
    if project.variables:
        yield "<Variables>"
        for guid, name in project.variables:
            yield f"<Variable{_attributes(guid=guid, name=name, typeOfVariable='Text')}/>"
        yield "</Variables>"
    if project.cases:
        yield "<Cases>"
        for case in project.cases:
            yield from _case_lines(case, variables)
        yield "</Cases>"
    yield "<Sources>"
    for source in project.sources:
        yield from _source_lines(source)
    yield "</Sources>"
    if project.notes:
        yield "<Notes>"
        for note in project.notes:
            yield from _note_lines(note)
        yield "</Notes>"
    yield "</Project>"


def _code_lines(code: CodeEntry) -> Iterator[str]:
    colour = {"color": code.colour} if code.colour else {}
    yield f"<Code{_attributes(guid=code.guid, name=code.name, isCodable='true', **colour)}>"
    if code.definition:
        yield f"<Description>{_text(code.definition)}</Description>"
    yield from _references("NoteRef", code.notes)
    for below in code.below:
        yield from _code_lines(below)
    yield "</Code>"


def _case_lines(case: CaseEntry, variables: dict[str, str]) -> Iterator[str]:
    yield f"<Case{_attributes(guid=case.guid, name=case.name)}>"
    for name, value in case.facts:
        reference = f'<VariableRef targetGUID="{variables[name]}"/>'
        yield f"<VariableValue>{reference}<TextValue>{_text(value)}</TextValue></VariableValue>"
    yield from _references("SourceRef", case.sources)
    yield from _references("SelectionRef", case.selections)
    yield "</Case>"


def _source_lines(source: SourceEntry) -> Iterator[str]:
    path = f"internal://{source.guid}.txt"
    yield f"<TextSource{_attributes(guid=source.guid, name=source.name, plainTextPath=path)}>"
    for selection in source.selections:
        words = source.text[selection.start : selection.end][:_LONGEST_NAME] if selection.codings else ""
        place = {"startPosition": str(selection.start), "endPosition": str(selection.end)}
        yield f"<PlainTextSelection{_attributes(guid=selection.guid, name=words, **place)}>"
        for coding in selection.codings:
            yield f"<Coding{_attributes(guid=coding.guid, creatingUser=coding.user)}>"
            yield from _references("CodeRef", [coding.code])
            yield from _references("NoteRef", coding.notes)
            yield "</Coding>"
        yield "</PlainTextSelection>"
    yield from _references("NoteRef", source.notes)
    yield "</TextSource>"


def _note_lines(note: NoteEntry) -> Iterator[str]:
    about = {"guid": note.guid, "name": note.title, "creatingUser": note.user, "creationDateTime": note.made_at}
    yield f"<Note{_attributes(**about)}>"
    yield f"<PlainTextContent>{_text(note.text)}</PlainTextContent>"
    yield "</Note>"


def _references(element: str, guids: Iterable[str]) -> Iterator[str]:
    return (f'<{element} targetGUID="{guid}"/>' for guid in guids)


def _attributes(**values: str) -> str:
    return "".join(f" {name}={quoteattr(_NOT_IN_XML.sub('', value))}" for name, value in values.items())


def _text(text: str) -> str:
    return escape(_NOT_IN_XML.sub("", text))
