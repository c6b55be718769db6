"""Codings and codes of another tool for documents that are here already: placed by their words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
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
from qualcode.importing.stored_words import Squeezed, nearest_place
from qualcode.importing.text_changes import Run, TextChange, unchanged
from qualcode.model.document import DocumentKind
from qualcode.model.segment import Span
from qualcode.project.codebook_files import read_codebook_file
from qualcode.store import documents, imported_parts

if TYPE_CHECKING:
    from qualcode.project.project import Project


_LAST = 1 << 62  # above any id
_NUMBERED = re.compile(r"^(?:[DP]\s?)?\d+:\s+")


@dataclass(frozen=True, slots=True)
class _Text:
    """A document to look for words in: as it stands, and with its labels in the text as other tools have them."""

    bare: Squeezed
    labelled: Squeezed
    change: TextChange  # from the labelled text
    answers: tuple[tuple[int, int], ...] = ()  # (where it begins, id) of each, where they are a respondent's answers

    def answer_of(self, span: Span) -> tuple[int, Span] | None:
        """The answer that a passage is in, and its place there; None if it crosses several."""
        start, document_id = self.answers[bisect_right(self.answers, (span.start, _LAST)) - 1]
        later = [begins for begins, _id in self.answers if begins > start]
        if later and span.end >= later[0]:
            return None
        return document_id, Span(span.start - start, span.end - start)

    def places_of(self, words: str) -> list[Span]:
        found = [Span(start, end) for start, end in self.bare.places_of(words)]
        if found:
            return found
        spans = [self.change.span(start, end) for start, end in self.labelled.places_of(words)]
        return [span for span in spans if span is not None]


def settled_here(project: Project, foreign: ForeignProject) -> tuple[SettledProject, dict[str, int]]:
    """The codings at their places in the project's own documents, and the ids of these documents by name.

    A coding has a place where its words stand at one place of the document that it names, or of the answers of the
    respondent of that name; all others are told.
    """
    names = {coding.document for coding in foreign.codings}
    here = _documents_named(project, names)
    texts = {name: _text(project, document_id) for name, document_id in here.items()}
    texts |= _answers_of(project, names - here.keys())
    spans = _places(texts, foreign.codings)
    placed: list[SettledCoding] = []
    unplaced: list[Problem] = []
    for number, coding in enumerate(foreign.codings, start=1):
        span = spans[coding.ident]
        document = coding.document
        if isinstance(span, Span) and texts[document].answers:
            answer = texts[document].answer_of(span)
            span = answer[1] if answer is not None else (_("Its words run over several answers."), "")
            if answer is not None:
                document = f"{coding.document}: {answer[0]}"
                here[document] = answer[0]
        if isinstance(span, Span):
            placed.append(
                SettledCoding(
                    coding.ident,
                    document,
                    coding.code,
                    coding.coder,
                    span,
                    Placement.VERIFIED,
                    coding.selection,
                )
            )
            continue
        where = _("{file}, document {document!r}, coding {n} ({code})").format(
            file=foreign.file, document=coding.document, n=number, code=coding.code
        )
        unplaced.append(Problem(where, *span, "warning"))
    here_too = {coding.ident for coding in placed}
    settled = SettledProject(
        foreign.tool,
        foreign.name,
        foreign.file,
        foreign.codes,
        (),
        placed,
        (),
        [memo for memo in foreign.memos if memo.target in here_too],
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
    """Ids of the documents of these names, with or without endings, numbers (`D 3: North`) and folders before them."""
    known = imported_parts.transcript_names(project.db)
    by_name = {folded(PurePosixPath(name).stem): id for name, id in known.items()}
    by_name |= {folded(name): id for name, id in known.items()}
    found = {}
    for name in names:
        for written in _writings(name):
            if folded(written) in by_name:
                found[name] = by_name[folded(written)]
                break
    return found


def _writings(name: str) -> tuple[str, ...]:
    """A name as it stands, without its ending, and without numbers and folders before it."""
    bare = _NUMBERED.sub("", re.split(r"[\\/]|\s>\s", name)[-1].strip())
    return name, PurePosixPath(name).stem, bare, PurePosixPath(bare).stem


def _answers_of(project: Project, names: Collection[str]) -> dict[str, _Text]:
    """The answers of the respondents of these names, of each together; none of names that several have."""
    named: dict[str, list[int]] = defaultdict(list)
    for case in project.respondents.all() if names else ():
        for name in {folded(case.ident), folded(case.key)}:
            named[name].append(case.id)
    of_case: dict[int, list[int]] = defaultdict(list)
    for document in project.documents.all() if named else ():
        if document.kind is DocumentKind.ANSWER and document.case_id is not None:
            of_case[document.case_id].append(document.id)
    found = {}
    for name in names:
        cases = next((named[each] for written in _writings(name) if (each := folded(written)) in named), [])
        ids = of_case[cases[0]] if len(cases) == 1 else []
        if not ids:
            continue
        texts = project.documents.texts(ids)
        begins = accumulate((len(texts[id]) + 1 for id in ids[:-1]), initial=0)
        whole = "\n".join(texts[id] for id in ids)
        squeezed = Squeezed(whole)
        found[name] = _Text(squeezed, squeezed, unchanged(whole), tuple(zip(begins, ids, strict=True)))
    return found


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


def _places(texts: Mapping[str, _Text], codings: Sequence[ForeignCoding]) -> dict[str, Span | tuple[str, str]]:
    """The place of each coding by its ident, or what to say of it.

    Words that stand at several places are at the one that the file's own numbers of places say, or, if as many rows
    hold them as there are places, at these in order.
    """
    of_document: dict[str, list[ForeignCoding]] = defaultdict(list)
    for coding in codings:
        of_document[coding.document].append(coding)
    found: dict[str, Span | tuple[str, str]] = {}
    for name, held in of_document.items():
        text = texts.get(name)
        if text is None:
            what = _("There is no document of that name here.")
            told = what, _("Import its transcript first, or in the same command.")
            found |= dict.fromkeys((coding.ident for coding in held), told)
        else:
            found |= _places_in(text, held)
    return found


def _places_in(text: _Text, codings: Sequence[ForeignCoding]) -> dict[str, Span | tuple[str, str]]:
    places = {coding.ident: text.places_of(coding.quoted[0].text) if coding.quoted else [] for coding in codings}
    sure = {(coding.order, places[coding.ident][0].start) for coding in codings if len(places[coding.ident]) == 1}
    anchors = sorted((order, start) for order, start in sure if order is not None)
    alike: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for coding in codings:
        words = coding.quoted[0].text if coding.quoted else ""
        alike[words, coding.code, coding.coder].append(coding.ident)
    found: dict[str, Span | tuple[str, str]] = {}
    for coding in codings:
        spans = places[coding.ident]
        rows = alike[coding.quoted[0].text if coding.quoted else "", coding.code, coding.coder]
        nearest = _nearest(text.change.text, spans, coding.order, anchors)
        if not coding.quoted:
            found[coding.ident] = _("It has neither a position nor words."), ""
        elif not spans:
            what = _("The words that are stored with it do not stand in the text.")
            found[coding.ident] = what, _("Look whether the text was changed after it was coded.")
        elif nearest is not None:
            found[coding.ident] = nearest
        elif len(rows) == len(spans):
            found[coding.ident] = spans[rows.index(coding.ident)]
        else:
            what = _("Its words stand at {n} places in the text, none of them clearly meant.")
            found[coding.ident] = what.format(n=len(spans)), ""
    return found


def _nearest(
    text: str, spans: Sequence[Span], order: float | None, anchors: Sequence[tuple[float, int]]
) -> Span | None:
    """The only place, or the one that a number means: in the line of a sure passage of that number, else near by."""
    if len(spans) == 1:
        return spans[0]
    lines = {text.count("\n", 0, start) for number, start in anchors if number == order}
    beside = [span for span in spans if text.count("\n", 0, span.start) in lines]
    if len(beside) == 1:
        return beside[0]
    places = [(span.start, span.end) for span in spans]
    nearest = nearest_place(places, _expected(order, anchors), len(text)) if places and not beside else None
    return Span(*nearest) if nearest is not None else None


def _expected(order: float | None, anchors: Sequence[tuple[float, int]]) -> int | None:
    """Where about a passage begins by its number, between the nearest ones whose places are sure; None if unknown."""
    if order is None or not anchors:
        return None
    after = bisect_left(anchors, (order, -1))
    if after in (0, len(anchors)) or anchors[after][0] == order:
        return anchors[min(after, len(anchors) - 1)][1]
    (first, start), (second, end) = anchors[after - 1], anchors[after]
    return start + round((end - start) * (order - first) / (second - first))
