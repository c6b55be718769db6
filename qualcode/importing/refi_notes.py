"""Notes of a REFI-QDA project: where they are referred to, what links tie them to, and what is written in them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.i18n import _, collapsed
from qualcode.importing.encodings import decoded
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.office_xml import attribute, child_of, children_of
from qualcode.importing.project_parts import ForeignMemo, Passage, Subject
from qualcode.importing.refi_elements import bare, guid_of, n_codings, text_of, whole_number
from qualcode.importing.refi_files import read_document

if TYPE_CHECKING:
    from lxml.etree import _Element

    from qualcode.importing.refi_project import RefiReader


@dataclass(frozen=True, slots=True)
class _Note:
    """A note; `span` are the positions that it marks itself, in the document that refers to it."""

    title: str
    text: str
    author: str
    date: str
    span: tuple[int, int] | None = None


class RefiNotes:
    """The notes of one project, and what they are about."""

    def __init__(self, reader: RefiReader, root: _Element) -> None:
        self._reader = reader
        self._project = reader.project
        self._notes: dict[str, _Note] = {}
        self._used: set[str] = set()
        self._by_text: dict[str, list[str]] = defaultdict(list)  # guids of notes
        self._said: set[tuple[Subject, str, str]] = set()  # what notes say of what
        self._linked: dict[str, list[str]] = defaultdict(list)  # guid of what a note is linked to -> guids of notes
        self._n_other_links = 0
        for element in children_of(child_of(root, "Notes"), "Note"):
            self._read(element)
        for link in children_of(child_of(root, "Links"), "Link"):
            self._read_link(link)

    @property
    def n_links_left_out(self) -> int:
        """Links that tie no note to anything that is here."""
        return self._n_other_links + sum(len(notes) for notes in self._linked.values())

    def _read(self, element: _Element) -> None:
        span = None
        for selection in children_of(element, "PlainTextSelection"):
            start, end = whole_number(selection, "startPosition"), whole_number(selection, "endPosition")
            if span is None and start is not None and end is not None:
                span = (start, end)
        title, author = collapsed(attribute(element, "name")), self._reader.coder(element)
        date = attribute(element, "creationDateTime") or attribute(element, "modifiedDateTime")
        self._notes[guid_of(element)] = _Note(title, self._text(element), author, date, span)
        self._by_text[self._notes[guid_of(element)].text].append(guid_of(element))
        if n_codings(element):
            self._reader.lose_codings(_("codings inside memos"), n_codings(element))

    def _text(self, element: _Element) -> str:
        written = self._written(element)
        about = text_of(child_of(element, "Description"))
        return "\n\n".join(dict.fromkeys(each for each in (written, about) if each))

    def _written(self, element: _Element) -> str:
        inline = text_of(child_of(element, "PlainTextContent"))
        if inline:
            return inline
        found = self._reader.files.content(attribute(element, "plainTextPath"))
        if found is not None:
            text = in_normal_form(decoded(found[1], found[0]).text if found[1].strip() else "").strip()
            if text:
                return text
        found = self._reader.files.content(attribute(element, "richTextPath"))
        read = read_document(*found) if found is not None else None
        if read is None:
            return ""
        return in_normal_form("\n".join(paragraph.text for paragraph in read.paragraphs)).strip()

    def _read_link(self, link: _Element) -> None:
        """Some tools write a note on a passage as a link between both, in either direction."""
        ends = [bare(attribute(link, side)) for side in ("originGUID", "targetGUID")]
        are_notes = [end in self._notes for end in ends]
        if are_notes == [True, False]:
            self._linked[ends[1]].append(ends[0])
        elif are_notes == [False, True]:
            self._linked[ends[0]].append(ends[1])
        else:
            self._n_other_links += 1

    def add(self, element: _Element, subject: Subject, target: str, passage: Passage | None = None) -> int:
        """Add the memos that an element refers to or is linked with; returns how many."""
        guid = guid_of(element)
        referred = [bare(attribute(reference, "targetGUID")) for reference in children_of(element, "NoteRef")]
        n_missing = sum(each not in self._notes for each in referred)
        if n_missing:
            self._reader.leave_out(_("memos that are referred to but missing"), n_missing)
        linked = self._linked.pop(guid, []) if guid else []
        n_found = 0
        for each in dict.fromkeys([*referred, *linked]):
            note = self._notes.get(each)
            if note is None:
                continue
            self._used.add(each)
            if note.text or note.title:
                n_found += 1
                self._said.add((subject, target, note.text))
                place = passage
                if place is None and note.span is not None and subject is Subject.DOCUMENT:
                    place = Passage(target, *note.span)
                self._project.memos.append(
                    ForeignMemo(subject, target, note.title, note.text, note.author, note.date, place, each)
                )
        return n_found

    def describe(self, element: _Element, subject: Subject, target: str) -> None:
        """Keep an element's description as a memo on it; one that is the text of a note is that note."""
        text = text_of(child_of(element, "Description"))
        if not text or (subject, target, text) in self._said:
            return
        name = collapsed(attribute(element, "name"))
        for guid in self._by_text.get(text, ()):
            note = self._notes[guid]
            is_of_it = name != "" and (note.title == name or note.title.startswith(f"{name}: "))
            if guid not in self._used and is_of_it:
                self._used.add(guid)
                title = note.title[len(name) :].removeprefix(": ")
                memo = ForeignMemo(subject, target, title, text, note.author, note.date, guid=guid)
                self._project.memos.append(memo)
                return
        author = self._reader.coder(element)
        self._project.memos.append(ForeignMemo(subject, target, _("Description"), text, author))

    def comment(
        self, element: _Element, subject: Subject, target: str, text: str, passage: Passage | None = None
    ) -> None:
        """Keep what is written beside a passage as a memo."""
        date = attribute(element, "creationDateTime")
        author = self._reader.coder(element)
        self._project.memos.append(ForeignMemo(subject, target, "", text, author, date, passage))

    def add_loose(self) -> None:
        """Add what nothing refers to, as memos of the project."""
        for guid, note in self._notes.items():
            if guid not in self._used and (note.text or note.title):
                self._project.memos.append(
                    ForeignMemo(Subject.PROJECT, "", note.title, note.text, note.author, note.date, guid=guid)
                )
