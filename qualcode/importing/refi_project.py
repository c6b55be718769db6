"""Reads projects of the exchange standard REFI-QDA (.qdpx), as NVivo, MAXQDA, ATLAS.ti and others write them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import ImportingError
from qualcode.i18n import _, collapsed, ngettext
from qualcode.importing.office_xml import attribute, check_depth, child_of, children_of, local
from qualcode.importing.project_parts import (
    UNKNOWN_CODER,
    ForeignCode,
    ForeignProject,
    Passage,
    Subject,
)
from qualcode.importing.refi_cases import RefiCases
from qualcode.importing.refi_elements import bare, colour_of, guid_of, text_of
from qualcode.importing.refi_files import RefiFiles, refi_files
from qualcode.importing.refi_notes import RefiNotes
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
        self.selections: dict[str, Passage] = {}  # guid -> where it is
        self.sources: dict[str, str] = {}  # guid -> ident of the document

    def read(self) -> ForeignProject:
        """All parts, in an order in which each finds what it refers to."""
        n = self.files.n_mended
        if n:
            what = ngettext(
                "{n} sign that XML does not allow as it stood was mended.",
                "{n} signs that XML does not allow as they stood were mended.",
                n,
            )
            self.project.warn("", what.format(n=n))
        for user in children_of(child_of(self._root, "Users"), "User"):
            self._read_user(user)
        self.notes = RefiNotes(self, self._root)
        self.cases = RefiCases(self, self._root)
        book = child_of(self._root, "CodeBook")
        if book is not None:
            self._read_codes(book)
        SourceReader(self).read(child_of(self._root, "Sources"))
        self.cases.read()
        self.notes.add(self._root, Subject.PROJECT, "")
        self.notes.describe(self._root, Subject.PROJECT, "")
        self.notes.add_loose()
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
        for name in ("creatingUser", "modifyingUser"):
            for element in elements:
                guid = bare(attribute(element, name))
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
            ident = parent
            if not self.cases.is_case(guid) and not self.cases.holds_only_cases(element):
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
        self.notes.add(element, Subject.CODE, ident)

    def code(self, guid: str) -> str | None:
        """The ident of a code by its GUID; None if there is none."""
        return self._codes.get(bare(guid))

    # -- what has no place here -----------------------------------------------------------------------------------

    def leave_out(self, what: str, n: int = 1) -> None:
        """Count what cannot be carried."""
        self.project.left_out[what] += n

    def lose_codings(self, what: str, n: int = 1) -> None:
        """Count codings that cannot be carried."""
        self.project.n_lost += n
        self.leave_out(what, n)

    def _count_left_out(self) -> None:
        n_graphs = sum(1 for _graph in children_of(child_of(self._root, "Graphs"), "Graph"))
        for what, n in ((_("links"), self.notes.n_links_left_out), (_("graphs"), n_graphs)):
            if n:
                self.leave_out(what, n)
