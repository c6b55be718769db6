"""Reads the sources of a REFI-QDA project: their texts, wherever they are, and the times of transcripts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcode.errors import ImportingError, Problem
from qualcode.i18n import _, collapsed, ngettext
from qualcode.importing.encodings import decoded
from qualcode.importing.foreign_texts import names_speakers, plain_paragraphs
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.office_xml import attribute, child_of, children_of, local
from qualcode.importing.project_parts import (
    ForeignDocument,
    Subject,
)
from qualcode.importing.refi_codings import CodingReader
from qualcode.importing.refi_elements import bare, file_name, guid_of, n_codings, whole_number
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
    file: str = ""  # that it stands in


class SourceReader:
    """The sources of one project."""

    def __init__(self, reader: RefiReader) -> None:
        self._reader = reader
        self._project = reader.project
        self._codings = CodingReader(reader)
        self._texts: dict[str, str] = {}  # file -> document, of texts that are a source
        self._transcripts: dict[str, str] = {}  # the same of texts that are so far only a recording's transcript

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
        ident = self._transcripts.pop(text.file, "")
        is_again = bool(ident)
        if is_again:  # it came as the transcript of a recording already
            self._name_again(element, ident)
        else:
            ident = self._add_document(element, text, is_own_reading)
        if text.file:
            self._texts.setdefault(text.file, ident)
        self._codings.is_again = is_again
        self._codings.read(holders, ident, self._pages_of(element) if _has_areas(element) else None)

    def _pages_of(self, element: _Element) -> bytes | None:
        """The PDF of a source; None where it is not there or too large to look into."""
        try:
            found = self._reader.files.content(attribute(element, "path"), is_kept=False)
        except ImportingError:
            return None
        return found[1] if found is not None else None

    def _name_again(self, element: _Element, ident: str) -> None:
        """A source whose text is here as a transcript: it goes by the source's name and identifier."""
        name, guid = collapsed(attribute(element, "name")), guid_of(element)
        for number, document in enumerate(self._project.documents):
            if document.ident == ident:
                facts = (*document.attributes, *self._reader.cases.values_of(element))
                self._project.documents[number] = replace(
                    document, name=name or document.name, guid=guid or document.guid, attributes=facts
                )
        self._reader.sources.setdefault(guid, ident)
        self._reader.notes.add(element, Subject.DOCUMENT, ident)
        self._reader.notes.describe(element, Subject.DOCUMENT, ident)

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
                tuple(self._reader.cases.values_of(element)),
                is_own_reading=is_own_reading,
                notes=text.notes,
                guid="" if known else guid,
            )
        )
        for problem in text.problems:
            self._project.warn(_("document {document!r}").format(document=name), problem.what, problem.hint)
        self._reader.notes.add(element, Subject.DOCUMENT, ident)
        self._reader.notes.describe(element, Subject.DOCUMENT, ident)
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
        return _Text(read.text, content, content.startswith(_MARKS), problems=read.problems, file=name.casefold())

    def _rich(self, path: str, *, is_kept: bool = True) -> _Text | None:
        """The text of a formatted document, as our own reader gives it."""
        found = self._reader.files.content(path, is_kept=is_kept)
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
        rich = self._rich(path, is_kept=False)
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
        """Read the transcripts of a recording; what is known or coded of it by exact times is theirs."""
        self._reader.leave_out(_("sound recordings and films"))
        name = collapsed(attribute(element, "name")) or file_name(element)
        found = [self._read_transcript(each, name) for each in children_of(element, "Transcript")]
        transcripts = [each for each in found if each is not None]
        if transcripts:
            ident = transcripts[0][0]
            self._reader.sources.setdefault(guid_of(element), ident)
            self._reader.cases.add_facts([ident], list(self._reader.cases.values_of(element)))
            self._reader.notes.add(element, Subject.DOCUMENT, ident)
            self._reader.notes.describe(element, Subject.DOCUMENT, ident)
        self._codings.is_again = True  # the same passage may be coded in the transcript too
        n_lost = 0
        if transcripts:
            self._codings.read([element], transcripts[0][0])  # codes on the recording as a whole
        else:
            n_lost = sum(1 for _coding in children_of(element, "Coding"))
        for selection in element:
            if local(selection) not in ("AudioSelection", "VideoSelection"):
                continue
            begin, end = whole_number(selection, "begin"), whole_number(selection, "end")
            place = next(filter(None, (_at_times(each, begin, end) for each in transcripts)), None)
            if place is None:
                n_lost += n_codings(selection)
            else:
                self._codings.read_selection(selection, *place, words=())
        if n_lost:
            self._reader.lose_codings(_("codings of sound or film"), n_lost)

    def _read_transcript(self, element: _Element, recording: str) -> tuple[str, dict[int, int]] | None:
        """Add a transcript; returns its document and the position at each sure time (ms); None without text."""
        text = self._plain(element)
        is_own_reading = text is None
        text = text or self._rich(attribute(element, "richTextPath"))
        if text is None:
            self._missing(element)
            return None
        points: dict[str, int] = {}
        timed: set[tuple[int, int]] = set()
        for point in children_of(element, "SyncPoint"):
            position, time = whole_number(point, "position"), whole_number(point, "timeStamp")
            if position is not None:
                points[guid_of(point)] = position
                if time is not None:
                    timed.add((position, time))
        syncs = tuple((position, time / 1000) for position, time in sorted(timed))
        n_of = Counter(time for _position, time in timed)
        times = {time: position for position, time in timed if n_of[time] == 1}
        ident = self._texts.get(text.file, "") if text.file else ""
        self._codings.is_again = bool(ident)
        if ident:  # the same text is a source of its own
            self._add_times(ident, syncs)
            self._reader.sources.setdefault(guid_of(element), ident)
            self._reader.notes.add(element, Subject.DOCUMENT, ident)
        else:
            name = collapsed(attribute(element, "name")) or recording
            ident = self._add_document(element, text, is_own_reading, syncs, name)
            if text.file:
                self._transcripts[text.file] = ident
        for selection in children_of(element, "TranscriptSelection"):
            start, end = (points.get(bare(attribute(selection, side))) for side in ("fromSyncPoint", "toSyncPoint"))
            self._codings.read_selection(selection, ident, start, end)
        self._codings.read([element], ident)
        return ident, times

    def _add_times(self, ident: str, syncs: tuple[tuple[int, float], ...]) -> None:
        for number, document in enumerate(self._project.documents):
            if document.ident == ident:
                both = tuple(sorted({*document.syncs, *syncs}))
                self._project.documents[number] = replace(document, syncs=both)


def _at_times(
    transcript: tuple[str, dict[int, int]], begin: int | None, end: int | None
) -> tuple[str, int, int] | None:
    """(document, start, end) of what is said between two times that the transcript has positions of."""
    ident, times = transcript
    start, stop = times.get(begin or 0), times.get(end or 0)
    if begin is None or end is None or start is None or stop is None or start >= stop:
        return None
    return ident, start, stop


def _has_areas(element: _Element) -> bool:
    return any(True for _each in children_of(element, "PDFSelection"))


def _in_normal_form(paragraph: Paragraph) -> Paragraph:
    text = in_normal_form(paragraph.text)
    if text == paragraph.text:
        return paragraph
    return replace(paragraph, text=text, bold=len(in_normal_form(paragraph.text[: paragraph.bold])))
