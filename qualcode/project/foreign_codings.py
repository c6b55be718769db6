"""Codings and codes of another tool for documents that are here already: placed by their words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from qualcode.errors import Problem
from qualcode.i18n import _, folded
from qualcode.importing.project_parts import (
    ForeignCode,
    ForeignCoding,
    ForeignProject,
    Placement,
    SettledCoding,
    SettledProject,
)
from qualcode.importing.stored_words import Squeezed
from qualcode.importing.text_changes import Run, TextChange
from qualcode.model.segment import Span
from qualcode.project.codebook_files import read_codebook_file
from qualcode.store import documents, imported_parts

if TYPE_CHECKING:
    from qualcode.project.project import Project


@dataclass(frozen=True, slots=True)
class _Text:
    """A document to look for words in: as it stands, and with its labels in the text as other tools have them."""

    bare: Squeezed
    labelled: Squeezed
    change: TextChange  # from the labelled text

    def places_of(self, words: str) -> list[Span]:
        found = [Span(start, end) for start, end in self.bare.places_of(words)]
        if found:
            return found
        spans = [self.change.span(start, end) for start, end in self.labelled.places_of(words)]
        return [span for span in spans if span is not None]


def settled_here(project: Project, foreign: ForeignProject) -> tuple[SettledProject, dict[str, int]]:
    """The codings at their places in the project's own documents, and the ids of these documents by name.

    A coding has a place where its words stand at one place of the document that it names; all others are told.
    """
    here = _documents_named(project, {coding.document for coding in foreign.codings})
    texts = {name: _text(project, document_id) for name, document_id in here.items()}
    placed: list[SettledCoding] = []
    unplaced: list[Problem] = []
    for number, coding in enumerate(foreign.codings, start=1):
        spans = _spans(texts.get(coding.document), coding)
        if isinstance(spans, Span):
            placed.append(
                SettledCoding(
                    coding.ident,
                    coding.document,
                    coding.code,
                    coding.coder,
                    spans,
                    Placement.VERIFIED,
                    coding.selection,
                )
            )
            continue
        where = _("{file}, document {document!r}, coding {n} ({code})").format(
            file=foreign.file, document=coding.document, n=number, code=coding.code
        )
        unplaced.append(Problem(where, *spans, "warning"))
    settled = SettledProject(
        foreign.tool,
        foreign.name,
        foreign.file,
        foreign.codes,
        (),
        placed,
        (),
        (),
        list(dict.fromkeys(coding.coder for coding in placed)),
        len(foreign.codings) + foreign.n_lost,
        unplaced,
        foreign.left_out,
        foreign.problems,
    )
    return settled, here


def read_codes(path: Path) -> ForeignProject:
    """The codes of a codebook in the exchange format (.qdc).

    Raises:
        CodebookError: it cannot be read, or is wrong.
    """
    book = read_codebook_file(path)
    project = ForeignProject("REFI-QDA", path.stem, path.name)
    for code in book.codes:
        name, definition = code.name.in_language("en"), code.definition.in_language("en")
        project.codes.append(ForeignCode(code.key, name, code.parent, code.colour, definition))
    return project


def _documents_named(project: Project, names: set[str]) -> dict[str, int]:
    """Ids of the documents of these names, with or without their endings."""
    known = imported_parts.transcript_names(project.db)
    by_name = {folded(PurePosixPath(name).stem): id for name, id in known.items()}
    by_name |= {folded(name): id for name, id in known.items()}
    found = {name: by_name.get(folded(name)) or by_name.get(folded(PurePosixPath(name).stem)) for name in names}
    return {name: id for name, id in found.items() if id is not None}


def _text(project: Project, document_id: int) -> _Text:
    text = documents.content_of(project.db, document_id)
    parts: list[str] = []
    runs: list[Run] = []
    at = 0
    for turn in documents.turns_of(project.db, document_id):
        label = f"{turn.label}: " if turn.label else ""
        words = text[turn.start : turn.end]
        runs.append((at + len(label), at + len(label) + len(words), turn.start, turn.end))
        parts.append(label + words)
        at += len(parts[-1]) + 1
    return _Text(Squeezed(text), Squeezed("\n".join(parts)), TextChange(text, runs))


def _spans(text: _Text | None, coding: ForeignCoding) -> Span | tuple[str, str]:
    """The place of a coding, or what to say of it."""
    if text is None:
        return _("There is no document of that name here."), _("Import its transcript first, or in the same command.")
    if not coding.quoted:
        return _("It has neither a position nor words."), ""
    found = text.places_of(coding.quoted[0].text)
    if not found:
        return (
            _("The words that are stored with it do not stand in the text."),
            _("Look whether the text was changed after it was coded."),
        )
    if len(found) > 1:
        return _("Its words stand at {n} places in the text, none of them clearly meant.").format(n=len(found)), ""
    return found[0]
