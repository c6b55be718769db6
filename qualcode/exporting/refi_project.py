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
from qualcode.exporting.writing_errors import cannot_be_written
from qualcode.model.progress import Cancelled, Progress
from qualcode.model.telling import never, told, unheard

NAMESPACE = "urn:QDA-XML:project:1.0"
SOURCES = "sources"  # the standard's name of the folder; some tools look for small letters only
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = "http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd"
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
    """A passage at code points [start, end) of its source's text; without codings it marks a case's words.

    Attributes:
        user: who coded it; "" without codings.
        comment: what is noted on it.
    """

    guid: str
    start: int
    end: int
    codings: Sequence[CodingEntry]
    user: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A text with what is marked in it; `comment` is what is noted on it."""

    guid: str
    name: str
    text: str
    selections: Sequence[SelectionEntry]
    notes: Sequence[str]
    comment: str = ""


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """Whom the project is about: facts by name, the sources and selections that are theirs, what is noted on them."""

    guid: str
    name: str
    facts: Sequence[tuple[str, str]]
    sources: Sequence[str]
    selections: Sequence[str]
    comment: str = ""


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
        about_all: guids of the notes on the project as a whole.
    """

    name: str
    users: Sequence[tuple[str, str]]
    codes: Sequence[CodeEntry]
    variables: Sequence[tuple[str, str]]
    cases: Sequence[CaseEntry]
    sources: Sequence[SourceEntry]
    notes: Sequence[NoteEntry]
    about_all: Sequence[str] = ()


def write_refi_project(
    path: Path, project: ExchangeProject, *, progress: Progress = unheard, cancelled: Cancelled = never
) -> None:
    """Write the archive: `project.qde`, and each text and note as `sources/GUID.txt` in UTF-8 with line feeds.

    Positions are code points from 0, the end is not included, and each coded selection is named by its words.

    Args:
        progress: told of the texts.
        cancelled: whether it is to stop.

    Raises:
        CancelledError: it was stopped.
        ExportError: the file cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
            _add(archive, "project.qde", "\n".join(_project_lines(project)) + "\n")
            texts = [(each.guid, each.text) for each in project.sources]
            texts += [(each.guid, each.text) for each in project.notes]
            for guid, text in told(texts, len(texts), progress, cancelled):
                _add(archive, f"{SOURCES}/{guid}.txt", text)
        unfinished.replace(path)
    except OSError as error:
        raise cannot_be_written(path, error) from error
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
    about = {"name": project.name, "origin": f"Qualcode {__version__}", "xmlns": NAMESPACE, "xmlns:xsi": _INSTANCE}
    yield f"<Project{_attributes(**about)}{_attributes(**{'xsi:schemaLocation': f'{NAMESPACE} {_SCHEMA}'})}>"
    users = (f"<User{_attributes(guid=guid, name=name)}/>" for guid, name in project.users)
    yield from _inside("Users", users)
    yield from _inside("CodeBook", _inside("Codes", (line for code in project.codes for line in _code_lines(code))))
    kinds = (
        f"<Variable{_attributes(guid=guid, name=name, typeOfVariable='Text')}/>" for name, guid in variables.items()
    )
    yield from _inside("Variables", kinds)
    yield from _inside("Cases", (line for case in project.cases for line in _case_lines(case, variables)))
    yield from _inside("Sources", (line for source in project.sources for line in _source_lines(source)))
    yield from _inside("Notes", map(_note_line, project.notes))
    yield from _references("NoteRef", project.about_all)
    yield "</Project>"


def _inside(element: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines within an element; nothing if there are none, since the standard has no empty lists."""
    is_open = False
    for line in lines:
        if not is_open:
            yield f"<{element}>"
            is_open = True
        yield line
    if is_open:
        yield f"</{element}>"


def _code_lines(code: CodeEntry) -> Iterator[str]:
    colour = {"color": code.colour} if code.colour else {}
    yield f"<Code{_attributes(guid=code.guid, name=code.name, isCodable='true', **colour)}>"
    yield from _description(code.definition)
    yield from _references("NoteRef", code.notes)
    for below in code.below:
        yield from _code_lines(below)
    yield "</Code>"


def _case_lines(case: CaseEntry, variables: dict[str, str]) -> Iterator[str]:
    yield f"<Case{_attributes(guid=case.guid, name=case.name)}>"
    yield from _description(case.comment)
    for name, value in case.facts:
        reference = f'<VariableRef targetGUID="{variables[name]}"/>'
        yield f"<VariableValue>{reference}<TextValue>{_text(value)}</TextValue></VariableValue>"
    yield from _references("SourceRef", case.sources)
    yield from _references("SelectionRef", case.selections)
    yield "</Case>"


def _source_lines(source: SourceEntry) -> Iterator[str]:
    path = f"internal://{source.guid}.txt"
    yield f"<TextSource{_attributes(guid=source.guid, name=source.name, plainTextPath=path)}>"
    yield from _description(source.comment)
    for selection in source.selections:
        words = source.text[selection.start : selection.end][:_LONGEST_NAME] if selection.codings else ""
        about = {"guid": selection.guid, "name": words, "startPosition": str(selection.start)}
        about |= {"endPosition": str(selection.end)} | ({"creatingUser": selection.user} if selection.user else {})
        yield f"<PlainTextSelection{_attributes(**about)}>"
        yield from _description(selection.comment)
        for coding in selection.codings:
            yield f"<Coding{_attributes(guid=coding.guid, creatingUser=coding.user)}>"
            yield from _references("CodeRef", [coding.code])
            yield from _references("NoteRef", coding.notes)
            yield "</Coding>"
        yield "</PlainTextSelection>"
    yield from _references("NoteRef", source.notes)
    yield "</TextSource>"


def _note_line(note: NoteEntry) -> str:
    about = {"guid": note.guid, "name": note.title, "plainTextPath": f"internal://{note.guid}.txt"}
    about |= {"creatingUser": note.user} if note.user else {}
    return f"<Note{_attributes(**about, creationDateTime=note.made_at)}/>"


def _description(text: str) -> Iterator[str]:
    if text:
        yield f"<Description>{_text(text)}</Description>"


def _references(element: str, guids: Iterable[str]) -> Iterator[str]:
    return (f'<{element} targetGUID="{guid}"/>' for guid in guids)


def _attributes(**values: str) -> str:
    return "".join(f" {name}={quoteattr(_NOT_IN_XML.sub('', value))}" for name, value in values.items())


def _text(text: str) -> str:
    return escape(_NOT_IN_XML.sub("", text))
