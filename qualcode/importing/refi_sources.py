"""Reads the sources of a REFI-QDA project: their texts, wherever they are, and what is coded in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcode.errors import ImportingError, Problem
from qualcode.i18n import _, collapsed, ngettext
from qualcode.importing.encodings import decoded
from qualcode.importing.foreign_texts import names_speakers, plain_paragraphs
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.office_xml import attribute, child_of, children_of, local
from qualcode.importing.project_parts import (
    ForeignCoding,
    ForeignDocument,
    Passage,
    Quoted,
    Subject,
    Wording,
)
from qualcode.importing.refi_elements import bare, file_name, guid_of, n_codings, text_of, whole_number
from qualcode.importing.refi_files import read_document
from qualcode.importing.report import Paragraph
from qualcode.importing.text_changes import to_normal_form

if TYPE_CHECKING:
    from lxml.etree import _Element

    from qualcode.importing.refi_project import RefiReader

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_SHORTEST_TEXT = 2  # characters: some tools put an empty line in place of a text that they keep as .docx


@dataclass(frozen=True, slots=True)
class _Text:
    counted: str
    content: bytes
    has_mark: bool = False
    paragraphs: tuple[Paragraph, ...] | None = None  # None: the lines of the text
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


class SourceReader:
    """The sources of one project."""

    def __init__(self, reader: RefiReader) -> None:
        self._reader = reader
        self._project = reader.project
        self._n_selections = 0

    def read(self, sources: _Element | None) -> None:
        """Add documents, codings and memos to the project."""
        for element in sources if sources is not None else ():
            kind = local(element)
            if kind in ("TextSource", "PDFSource"):
                self._read_text_source(element)
            elif kind in ("AudioSource", "VideoSource"):
                self._read_recording(element)
            elif kind == "PictureSource":
                self._leave_source_out(element, _("images"), _("codings of images"))
            else:
                self._leave_source_out(element, _("sources of an unknown kind"), _("codings of such sources"))

    def _leave_source_out(self, element: _Element, what: str, codings: str) -> None:
        self._reader.leave_out(what)
        n = n_codings(element)
        if n:
            self._reader.lose_codings(codings, n)

    # -- texts ----------------------------------------------------------------------------------------------------

    def _read_text_source(self, element: _Element) -> None:
        representation = child_of(element, "Representation")
        holders = [element] if representation is None else [element, representation]
        text = next((found for holder in holders if (found := self._plain(holder)) is not None), None)
        is_own_reading = text is None
        if text is not None:
            text = self._with_bold(text, attribute(element, "richTextPath"))
        else:
            rich = [(attribute(holder, name), holder) for holder in holders for name in ("richTextPath", "path")]
            text = next((found for path, _holder in rich if (found := self._rich(path)) is not None), None)
        if text is None:
            self._missing(element)
            return
        ident = self._add_document(element, text, is_own_reading)
        self._read_codings(element, ident)
        if representation is not None:
            self._read_codings(representation, ident)

    def _add_document(
        self,
        element: _Element,
        text: _Text,
        is_own_reading: bool,
        syncs: tuple[tuple[int, float], ...] = (),
        name: str = "",
    ) -> str:
        number = len(self._project.documents) + 1
        ident = f"document {number}"
        guid = guid_of(element)
        known = guid in self._reader.sources
        if guid and not known:
            self._reader.sources[guid] = ident
        name = name or collapsed(attribute(element, "name")) or file_name(element) or _("Document {n}").format(n=number)
        if known:
            self._project.warn("", _("The source {name!r} has the identifier of another one.").format(name=name))
        change = to_normal_form(text.counted)
        paragraphs = text.paragraphs if text.paragraphs is not None else plain_paragraphs(change.text)
        self._project.documents.append(
            ForeignDocument(
                ident,
                name,
                text.counted,
                change,
                paragraphs,
                text.content,
                text.has_mark,
                syncs,
                tuple(self._reader.values_of(element)),
                is_own_reading=is_own_reading,
                notes=text.notes,
                guid="" if known else guid,
            )
        )
        for problem in text.problems:
            self._project.warn(_("document {document!r}").format(document=name), problem.what, problem.hint)
        self._reader.notes_of(element, Subject.DOCUMENT, ident)
        self._reader.describe_document(element, ident)
        return ident

    def _plain(self, element: _Element) -> _Text | None:
        """The plain text that positions are counted in; None where there is none, or only a stub of one."""
        inline = child_of(element, "PlainTextContent")
        if inline is not None:
            text = "".join(str(each) for each in inline.itertext())
            if len(text.strip()) >= _SHORTEST_TEXT:
                return _Text(text, text.encode("utf-8", "replace"))
        found = self._reader.files.content(attribute(element, "plainTextPath"))
        if found is None or not found[1].strip():
            return None
        name, content = found
        try:
            read = decoded(content, name)
        except ImportingError as error:
            self._project.warn(name, error.message, error.hint)
            return None
        if len(read.text.strip()) < _SHORTEST_TEXT:
            return None
        return _Text(read.text, content, content.startswith(_MARKS), problems=read.problems)

    def _rich(self, path: str) -> _Text | None:
        """The text of a formatted document, as our own reader gives it."""
        found = self._reader.files.content(path)
        read = read_document(*found) if found is not None else None
        if read is None or found is None:
            return None
        paragraphs = tuple(_in_normal_form(paragraph) for paragraph in read.paragraphs)
        text = "\n".join(paragraph.text for paragraph in paragraphs)
        if not text.strip():
            return None
        return _Text(
            text, found[1], False, paragraphs, read.problems, tuple(in_normal_form(each) for each in read.notes)
        )

    def _with_bold(self, text: _Text, path: str) -> _Text:
        """The text with the paragraphs of the formatted document that it was made of, whose bold names tell speakers.

        Only where both have the same lines: what is counted is the plain text.
        """
        if names_speakers(text.counted):
            return text  # as nearly always: names with colons need no bold type
        rich = self._rich(path)
        if rich is None or rich.paragraphs is None:
            return text
        lines = [line for line in in_normal_form(text.counted).split("\n") if line.strip()]
        if [line for each in rich.paragraphs for line in each.text.split("\n") if line.strip()] != lines:
            return text
        return replace(text, paragraphs=rich.paragraphs)

    def _missing(self, element: _Element) -> None:
        name = collapsed(attribute(element, "name")) or file_name(element) or _("(no name)")
        n = n_codings(element)
        what = ngettext(
            "The text of the document {name!r} is not in the file or cannot be read; {n} coding of it was left out.",
            "The text of the document {name!r} is not in the file or cannot be read; {n} codings of it were left out.",
            n,
        ).format(name=name, n=n)
        hint = _("Export the project again with its sources, or put the file beside it.")
        self._project.warn("", what, hint)
        self._reader.leave_out(_("documents whose text is missing"))
        if n:
            self._reader.lose_codings(_("codings of documents whose text is missing"), n)

    # -- recordings -----------------------------------------------------------------------------------------------

    def _read_recording(self, element: _Element) -> None:
        self._reader.leave_out(_("sound recordings and films"))
        n = sum(n_codings(each) for each in element if local(each) in ("AudioSelection", "VideoSelection"))
        n += sum(1 for _coding in children_of(element, "Coding"))
        if n:
            self._reader.lose_codings(_("codings of sound or film"), n)
        name = collapsed(attribute(element, "name")) or file_name(element)
        for transcript in children_of(element, "Transcript"):
            self._read_transcript(transcript, name)

    def _read_transcript(self, element: _Element, recording: str) -> None:
        text = self._plain(element)
        is_own_reading = text is None
        text = text or self._rich(attribute(element, "richTextPath"))
        if text is None:
            self._missing(element)
            return
        points: dict[str, tuple[int, float]] = {}
        for point in children_of(element, "SyncPoint"):
            position, time = whole_number(point, "position"), whole_number(point, "timeStamp")
            if position is not None and time is not None:
                points[guid_of(point)] = (position, time / 1000)
        name = collapsed(attribute(element, "name")) or recording
        ident = self._add_document(element, text, is_own_reading, tuple(sorted(points.values())), name)
        for selection in children_of(element, "TranscriptSelection"):
            ends = [points.get(bare(attribute(selection, side))) for side in ("fromSyncPoint", "toSyncPoint")]
            start, end = (each[0] if each else None for each in ends)
            self._read_selection(selection, ident, start, end)
        self._read_codings(element, ident)

    # -- codings --------------------------------------------------------------------------------------------------

    def _read_codings(self, element: _Element, document: str) -> None:
        for child in element:
            kind = local(child)
            if kind == "PlainTextSelection":
                start, end = whole_number(child, "startPosition"), whole_number(child, "endPosition")
                self._read_selection(child, document, start, end)
            elif kind == "PDFSelection":
                self._read_area(child, document)
            elif kind == "Coding":
                self._add_codings([child], child, document, None, None, (), whole=True)

    def _read_area(self, element: _Element, document: str) -> None:
        """A coding of an area on a page: only its words can tell where it is in the text."""
        inner = child_of(element, "Representation")
        if inner is not None and any(True for _each in children_of(inner, "PlainTextSelection")):
            self._read_codings(inner, document)
            return
        words = [each for each in self._words(element, None, None) if each.wording is not Wording.COMMENT]
        if not words:
            self._reader.lose_codings(_("codings of areas on PDF pages"), max(1, n_codings(element)))
            return
        self._read_selection(element, document, None, None)

    def _read_selection(self, element: _Element, document: str, start: int | None, end: int | None) -> None:
        if start is None or end is None:
            start = end = None
        codings = list(children_of(element, "Coding"))
        words = self._words(element, start, end)
        ident = self._add_codings(codings, element, document, start, end, words)
        passage = Passage(document, start, end)
        guid = guid_of(element)
        if guid and start is not None:
            self._reader.selections.setdefault(guid, passage)
        if ident:
            n_memos = self._reader.notes_of(element, Subject.CODING, ident)
        else:
            n_memos = self._reader.notes_of(element, Subject.DOCUMENT, document, passage)
        comment = text_of(child_of(element, "Description"))
        if comment and not any(each.text == comment for each in words):
            n_memos += 1
            subject, target = (Subject.CODING, ident) if ident else (Subject.DOCUMENT, document)
            self._reader.comment(element, subject, target, comment, None if ident else passage)
        if not codings and not n_memos and guid not in self._reader.of_cases:
            self._reader.leave_out(_("marked passages without a code"))

    def _words(self, element: _Element, start: int | None, end: int | None) -> tuple[Quoted, ...]:
        """What a selection says of its words; a description only if it is as long as the passage."""
        found = []
        name = attribute(element, "name")
        if name.strip():
            found.append(Quoted(name, Wording.NAME))
        for child in element:
            if local(child) in ("Text", "PlainTextContent", "Content", "Quotation"):
                found.append(Quoted(text_of(child), Wording.PASSAGE))
        described = text_of(child_of(element, "Description"))
        if described and start is not None and end is not None and abs(end - start - len(described)) <= 2:
            found.append(Quoted(described, Wording.COMMENT))
        return tuple(each for each in found if each.text.strip())

    def _add_codings(
        self,
        codings: list[_Element],
        selection: _Element,
        document: str,
        start: int | None,
        end: int | None,
        words: tuple[Quoted, ...],
        *,
        whole: bool = False,
    ) -> str:
        """Add the codings of a selection; returns the ident of the first, "" if there is none."""
        self._n_selections += 1
        number = str(self._n_selections)
        first = ""
        for coding in codings:
            references = list(children_of(coding, "CodeRef"))
            for reference in references:
                code = self._reader.code(attribute(reference, "targetGUID"))
                if code is None:
                    self._reader.lose_codings(_("codings whose code is not in the codebook"))
                    continue
                ident = f"coding {len(self._project.codings) + 1}"
                coder = self._reader.coder(coding, selection)
                self._project.codings.append(
                    ForeignCoding(ident, document, code, coder, start, end, words, whole, number)
                )
                first = first or ident
                self._reader.notes_of(coding, Subject.CODING, ident)
            if not references:
                self._reader.lose_codings(_("codings without a code"))
        return first


def _in_normal_form(paragraph: Paragraph) -> Paragraph:
    text = in_normal_form(paragraph.text)
    if text == paragraph.text:
        return paragraph
    return replace(paragraph, text=text, bold=len(in_normal_form(paragraph.text[: paragraph.bold])))
