"""Reads projects of the exchange standard REFI-QDA (.qdpx), as NVivo, MAXQDA, ATLAS.ti and others write them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import ImportingError
from qualcode.i18n import _, collapsed, ngettext
from qualcode.importing.encodings import decoded
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.office_xml import attribute, check_depth, child_of, children_of, local
from qualcode.importing.project_parts import (
    UNKNOWN_CODER,
    ForeignCase,
    ForeignCode,
    ForeignMemo,
    ForeignProject,
    Passage,
    Subject,
)
from qualcode.importing.refi_elements import bare, colour_of, guid_of, n_codings, text_of
from qualcode.importing.refi_files import RefiFiles, read_document, refi_files
from qualcode.importing.refi_sources import SourceReader

if TYPE_CHECKING:
    from lxml.etree import _Element


def read_refi_project(path: Path) -> ForeignProject:
    """A .qdpx, or a .qde with its sources beside it.

    Raises:
        ImportingError: no project, damaged, or like a file made to do harm.
    """
    with refi_files(path) as files:
        root = files.root()
        if local(root) != "Project":
            raise ImportingError(
                _("{file} holds no project: its XML begins with {name}.").format(file=path.name, name=local(root)),
                hint=_("Export it again as a REFI-QDA project."),
            )
        return RefiReader(files, root).read()


class RefiReader:
    """One project while it is read."""

    def __init__(self, files: RefiFiles, root: _Element) -> None:
        origin = collapsed(attribute(root, "origin"))
        name = collapsed(attribute(root, "name")) or files.path.stem
        self.files = files
        self.project = ForeignProject(origin or "REFI-QDA", name, files.path.name)
        self._root = root
        self._users: dict[str, str] = {}
        self._codes: dict[str, str] = {}  # guid -> ident
        self._variables: dict[str, str] = {}
        self._notes: dict[str, tuple[str, str, str, str]] = {}  # guid -> title, text, author, date
        self._used_notes: set[str] = set()
        self.selections: dict[str, Passage] = {}  # guid -> where it is
        self.of_cases: set[str] = set()  # guids of selections that are a case's words
        self.sources: dict[str, str] = {}  # guid -> ident of the document

    def read(self) -> ForeignProject:
        """All parts, in an order in which each finds what it refers to."""
        for user in children_of(child_of(self._root, "Users"), "User"):
            self._read_user(user)
        self._read_notes()
        book = child_of(self._root, "CodeBook")
        if book is not None:
            self._read_codes(book)
        for number, variable in enumerate(children_of(child_of(self._root, "Variables"), "Variable"), start=1):
            name = collapsed(attribute(variable, "name")) or _("Variable {n}").format(n=number)
            self._variables[guid_of(variable)] = name
        cases = child_of(self._root, "Cases")
        if cases is not None:
            self.of_cases = {bare(attribute(each, "targetGUID")) for each in cases.iter("{*}SelectionRef")}
        SourceReader(self).read(child_of(self._root, "Sources"))
        self._read_cases()
        self.notes_of(self._root, Subject.PROJECT, "")
        self._describe(self._root, Subject.PROJECT, "")
        self._loose_notes()
        self._count_left_out()
        self._name_coders()
        return self.project

    # -- users ----------------------------------------------------------------------------------------------------

    def _read_user(self, user: _Element) -> None:
        guid = guid_of(user)
        name = collapsed(attribute(user, "name")) or collapsed(attribute(user, "id"))
        self._users[guid] = name or self._nameless(guid)

    def _nameless(self, guid: str) -> str:
        return _("coder {ident}").format(ident=guid[:8]) if guid else UNKNOWN_CODER

    def coder(self, *elements: _Element) -> str:
        """Who made the first of these elements that says so."""
        for element in elements:
            guid = bare(attribute(element, "creatingUser"))
            if guid:
                return self._users.get(guid) or self._nameless(guid)
        return UNKNOWN_CODER

    def _name_coders(self) -> None:
        self.project.coders = list(dict.fromkeys(coding.coder for coding in self.project.codings))

    # -- codes ----------------------------------------------------------------------------------------------------

    def _read_codes(self, book: _Element) -> None:
        holders = [book, *children_of(book, "Codes")]  # some tools leave the inner one out
        waiting = [(code, "", 0) for holder in holders for code in children_of(holder, "Code")]
        waiting.reverse()
        n_double = 0
        while waiting:
            element, parent, depth = waiting.pop()
            check_depth(depth, self.project.file)
            guid = guid_of(element)
            ident = guid or f"code {len(self.project.codes)}"
            if guid and guid in self._codes:
                n_double += 1
                ident = f"{guid} {len(self.project.codes)}"
            elif guid:
                self._codes[guid] = ident
            self._add_code(element, ident, parent, guid if ident == guid else "")
            waiting.extend(reversed([(child, ident, depth + 1) for child in children_of(element, "Code")]))
        if n_double:
            what = ngettext(
                "{n} code has the identifier of another; what refers to it goes to the first.",
                "{n} codes have the identifier of another; what refers to it goes to the first.",
                n_double,
            )
            self.project.warn("", what.format(n=n_double))

    def _add_code(self, element: _Element, ident: str, parent: str, guid: str) -> None:
        name = collapsed(attribute(element, "name"))
        if not name:
            name = _("Code without a name {n}").format(n=len(self.project.codes) + 1)
            self.project.warn("", _("A code has no name; it is called {name!r} here.").format(name=name))
        definition = text_of(child_of(element, "Description"))
        self.project.codes.append(
            ForeignCode(ident, name, parent, colour_of(attribute(element, "color")), definition, guid)
        )
        self.notes_of(element, Subject.CODE, ident)

    def code(self, guid: str) -> str | None:
        """The ident of a code by its GUID; None if there is none."""
        return self._codes.get(bare(guid))

    # -- cases and variables --------------------------------------------------------------------------------------

    def _read_cases(self) -> None:
        for number, element in enumerate(children_of(child_of(self._root, "Cases"), "Case"), start=1):
            guid = guid_of(element)
            ident = f"case {number}"
            name = collapsed(attribute(element, "name")) or _("Case {n}").format(n=number)
            passages: list[Passage] = []
            codes: list[str] = []
            n_missing = 0
            for child in element:
                target = bare(attribute(child, "targetGUID"))
                kind = local(child)
                if kind == "SourceRef" and target in self.sources:
                    passages.append(Passage(self.sources[target]))
                elif kind == "SelectionRef" and target in self.selections:
                    passages.append(self.selections[target])
                elif kind == "CodeRef" and target in self._codes:
                    codes.append(self._codes[target])
                elif kind in ("SourceRef", "SelectionRef", "CodeRef"):
                    n_missing += 1
            if n_missing:
                what = ngettext(
                    "The case {name!r} refers to {n} thing that is not in the file or has no text.",
                    "The case {name!r} refers to {n} things that are not in the file or have no text.",
                    n_missing,
                )
                self.project.warn("", what.format(name=name, n=n_missing))
            self.project.cases.append(
                ForeignCase(ident, name, tuple(passages), tuple(codes), tuple(self.values_of(element)), guid)
            )
            self.notes_of(element, Subject.CASE, ident)
            self._describe(element, Subject.CASE, ident)

    def values_of(self, element: _Element) -> Iterator[tuple[str, str]]:
        """(variable, value) of a case or source; blank ones are left out."""
        for value in children_of(element, "VariableValue"):
            reference = child_of(value, "VariableRef")
            name = self._variables.get(bare(attribute(reference, "targetGUID"))) if reference is not None else None
            written = next((text_of(each) for each in value if local(each).endswith("Value")), "")
            if name and collapsed(written):
                yield name, collapsed(written)

    # -- notes ----------------------------------------------------------------------------------------------------

    def _read_notes(self) -> None:
        for element in children_of(child_of(self._root, "Notes"), "Note"):
            title = collapsed(attribute(element, "name"))
            author = self.coder(element)
            date = attribute(element, "creationDateTime")
            self._notes[guid_of(element)] = (title, self._note_text(element), author, date)
            if n_codings(element):
                self.lose_codings(_("codings inside memos"), n_codings(element))

    def _note_text(self, element: _Element) -> str:
        inline = text_of(child_of(element, "PlainTextContent"))
        if inline:
            return inline
        found = self.files.content(attribute(element, "plainTextPath"))
        if found is not None:
            text = in_normal_form(decoded(found[1], found[0]).text if found[1].strip() else "").strip()
            if text:
                return text
        found = self.files.content(attribute(element, "richTextPath"))
        read = read_document(*found) if found is not None else None
        if read is not None:
            return in_normal_form("\n".join(paragraph.text for paragraph in read.paragraphs)).strip()
        return text_of(child_of(element, "Description"))

    def notes_of(self, element: _Element, subject: Subject, target: str, passage: Passage | None = None) -> int:
        """Add the memos that an element refers to; returns how many."""
        n_missing = n_found = 0
        for reference in children_of(element, "NoteRef"):
            guid = bare(attribute(reference, "targetGUID"))
            note = self._notes.get(guid)
            if note is None:
                n_missing += 1
                continue
            self._used_notes.add(guid)
            title, text, author, date = note
            if text or title:
                n_found += 1
                self.project.memos.append(ForeignMemo(subject, target, title, text, author, date, passage))
        if n_missing:
            self.leave_out(_("memos that are referred to but missing"), n_missing)
        return n_found

    def _describe(self, element: _Element, subject: Subject, target: str) -> None:
        text = text_of(child_of(element, "Description"))
        if text:
            self.project.memos.append(ForeignMemo(subject, target, _("Description"), text, self.coder(element)))

    def describe_document(self, element: _Element, ident: str) -> None:
        """Keep a source's description as a memo on it."""
        self._describe(element, Subject.DOCUMENT, ident)

    def comment(
        self, element: _Element, subject: Subject, target: str, text: str, passage: Passage | None = None
    ) -> None:
        """Keep what is written beside a passage as a memo."""
        date = attribute(element, "creationDateTime")
        self.project.memos.append(ForeignMemo(subject, target, "", text, self.coder(element), date, passage))

    def _loose_notes(self) -> None:
        for guid, (title, text, author, date) in self._notes.items():
            if guid not in self._used_notes and (text or title):
                self.project.memos.append(ForeignMemo(Subject.PROJECT, "", title, text, author, date))

    # -- what has no place here -----------------------------------------------------------------------------------

    def leave_out(self, what: str, n: int = 1) -> None:
        """Count what cannot be carried."""
        self.project.left_out[what] += n

    def lose_codings(self, what: str, n: int = 1) -> None:
        """Count codings that cannot be carried."""
        self.project.n_lost += n
        self.leave_out(what, n)

    def _count_left_out(self) -> None:
        book = child_of(self._root, "CodeBook")
        n_sets = sum(1 for holder in (self._root, book) for _set in children_of(_sets(holder), "Set"))
        for what, n in (
            (_("sets"), n_sets),
            (_("links"), sum(1 for _link in children_of(child_of(self._root, "Links"), "Link"))),
            (_("graphs"), sum(1 for _graph in children_of(child_of(self._root, "Graphs"), "Graph"))),
        ):
            if n:
                self.leave_out(what, n)


def _sets(element: _Element | None) -> _Element | None:
    return None if element is None else child_of(element, "Sets")
