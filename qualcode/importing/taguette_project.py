"""Reads Taguette's databases (.sqlite3): documents as pages, tags, highlights counted in bytes of their text."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from qualcode.errors import ImportingError
from qualcode.i18n import _, collapsed, did_you_mean, folded
from qualcode.importing.html_texts import PageText
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.project_parts import (
    UNKNOWN_CODER,
    ForeignCode,
    ForeignCoding,
    ForeignDocument,
    ForeignMemo,
    ForeignProject,
    Quoted,
    Subject,
)
from qualcode.importing.refi_elements import colour_of
from qualcode.importing.sqlite_files import ForeignTables, Row, foreign_tables, number_in, text_in

_TABLES = frozenset(("projects", "documents", "tags", "highlights", "highlight_tags"))


def is_taguette(tables: ForeignTables) -> bool:
    """Whether a database has the tables of Taguette."""
    return tables.names >= _TABLES


def read_taguette_project(path: Path, part: str = "") -> ForeignProject:
    """A project of Taguette.

    Args:
        path: the database.
        part: the name of the project, where the database holds several.

    Raises:
        ImportingError: no such database, damaged, or with several projects and none of them named.
    """
    with foreign_tables(path) as tables:
        if not is_taguette(tables):
            raise ImportingError(
                _("{file} is no project of a tool that is known here.").format(file=path.name),
                hint=_(
                    "Taguette, QualCoder and RQDA keep theirs in such files; from others, export a REFI-QDA project."
                ),
            )
        row = _chosen(tables.rows("projects", ["id", "name", "description"]), part, path.name)
        name = collapsed(text_in(row, "name")) or path.stem
        return _Reader(tables, ForeignProject("Taguette", name, path.name), row).read()


def project_names(path: Path) -> list[str]:
    """The names of the projects in a database of Taguette, each once; none for anything else."""
    try:
        with foreign_tables(path) as tables:
            return list(_by_name(tables.rows("projects", ["id", "name"]))) if is_taguette(tables) else []
    except ImportingError:
        return []


def _by_name(projects: Sequence[Row]) -> dict[str, Row]:
    """Projects by their names; of equal ones a second is called `Name (2)`."""
    found: dict[str, Row] = {}
    taken: set[str] = set()
    for row in sorted(projects, key=lambda row: number_in(row, "id") or 0):
        name = free = collapsed(text_in(row, "name")) or _("Project {n}").format(n=number_in(row, "id") or 0)
        number = 2
        while folded(free) in taken:
            free, number = f"{name} ({number})", number + 1
        taken.add(folded(free))
        found[free] = row
    return found


def _chosen(projects: Sequence[Row], part: str, file: str) -> Row:
    if not projects:
        raise ImportingError(_("{file} holds no project.").format(file=file), hint=_("Export it again."))
    by_name = _by_name(projects)
    if part:
        for name, row in by_name.items():
            if folded(name) == folded(part):
                return row
        raise ImportingError(
            _("{file} has no project {name!r}.").format(file=file, name=part), hint=did_you_mean(part, list(by_name))
        )
    if len(projects) == 1:
        return projects[0]
    raise ImportingError(
        _("{file} holds {n} projects: {names}.").format(file=file, n=len(projects), names=", ".join(by_name)),
        hint=_("Say which one with --sheet NAME."),
    )


class _Reader:
    def __init__(self, tables: ForeignTables, project: ForeignProject, row: Row) -> None:
        self._tables = tables
        self._project = project
        self._row = row
        self._number = number_in(row, "id")

    def read(self) -> ForeignProject:
        self._memo(self._row, Subject.PROJECT, "")
        self._read_tags()
        documents = self._read_documents()
        self._read_highlights(documents)
        self._project.coders = list(dict.fromkeys(coding.coder for coding in self._project.codings))
        return self._project

    def _own(self, table: str, columns: Sequence[str]) -> list[Row]:
        """The rows of this project, by their number."""
        rows = self._tables.rows(table, [*columns, "project_id"])
        own = [row for row in rows if number_in(row, "project_id") == self._number]
        return sorted(own, key=lambda row: number_in(row, "id") or 0)

    def _memo(self, row: Row, subject: Subject, target: str) -> None:
        text = in_normal_form(text_in(row, "description")).strip()
        if text:
            self._project.memos.append(ForeignMemo(subject, target, _("Description"), text))

    def _read_tags(self) -> None:
        rows = self._own("tags", ["id", "path", "description", "parent_id", "color"])
        paths = {f"tag {row['id']}": collapsed(text_in(row, "path")) for row in rows}
        above = {f"tag {row['id']}": f"tag {row['parent_id']}" for row in rows if row["parent_id"] is not None}
        tree = {} if above else tag_tree([path for path in paths.values() if path])
        idents = {path: ident for ident, path in paths.items()}
        for path, (name, heading) in tree.items():
            if path not in idents:
                idents[path] = f"heading {path}"
                self._project.codes.append(ForeignCode(idents[path], name, idents.get(heading, f"heading {heading}")))
        for row in rows:
            ident = f"tag {row['id']}"
            path = paths[ident] or _("Code without a name {n}").format(n=len(self._project.codes) + 1)
            name, heading = tree.get(path, (path, ""))
            parent = above.get(ident, "") or (idents[heading] if heading else "")
            definition = in_normal_form(text_in(row, "description")).strip()
            self._project.codes.append(ForeignCode(ident, name, parent, colour_of(text_in(row, "color")), definition))

    def _read_documents(self) -> set[str]:
        for row in self._own("documents", ["id", "name", "description", "filename", "contents"]):
            ident = f"document {row['id']}"
            page = PageText(text_in(row, "contents"))
            number = len(self._project.documents) + 1
            name = collapsed(text_in(row, "name")) or collapsed(text_in(row, "filename"))
            if not page.change.text.strip():
                self._project.left_out[_("documents whose text is missing")] += 1
                continue
            self._project.documents.append(
                ForeignDocument(
                    ident,
                    name or _("Document {n}").format(n=number),
                    page.counted,
                    page.change,
                    page.paragraphs,
                    text_in(row, "contents").encode("utf-8", "replace"),
                    bytes_counted=True,
                )
            )
            self._memo(row, Subject.DOCUMENT, ident)
        return {document.ident for document in self._project.documents}

    def _read_highlights(self, documents: set[str]) -> None:
        makers = self._makers()
        codes = {code.ident for code in self._project.codes}
        tags: dict[int | None, list[str]] = {}
        for row in self._tables.rows("highlight_tags", ["highlight_id", "tag_id"]):
            tags.setdefault(number_in(row, "highlight_id"), []).append(f"tag {row['tag_id']}")
        of_others = {f"document {row['id']}" for row in self._tables.rows("documents", ["id", "project_id"])}
        of_others -= {f"document {row['id']}" for row in self._own("documents", ["id"])}
        columns = ["id", "document_id", "start_offset", "end_offset", "snippet"]
        for row in sorted(self._tables.rows("highlights", columns), key=lambda row: number_in(row, "id") or 0):
            document, number = f"document {row['document_id']}", number_in(row, "id")
            if document in of_others:
                continue
            if number not in tags:
                self._project.left_out[_("marked passages without a code")] += 1
                continue
            words = PageText(text_in(row, "snippet")).change.text
            quoted = (Quoted(words),) if words.strip() else ()
            start, end = number_in(row, "start_offset"), number_in(row, "end_offset")
            for code in tags[number]:
                if code not in codes or document not in documents:
                    no_code = _("codings whose code is not in the codebook")
                    no_text = _("codings of documents whose text is missing")
                    self._project.left_out[no_code if code not in codes else no_text] += 1
                    self._project.n_lost += 1
                    continue
                ident = f"coding {len(self._project.codings) + 1}"
                maker = makers.get(number) or makers.get(None) or UNKNOWN_CODER
                self._project.codings.append(
                    ForeignCoding(ident, document, code, maker, start, end, quoted, selection=f"highlight {number}")
                )

    def _makers(self) -> dict[int | None, str]:
        """Who made each highlight first; under None the only member of the project, if there is only one."""
        found: dict[int | None, str] = {}
        members = self._tables.rows("project_members", ["project_id", "user_login"])
        logins = {text_in(row, "user_login") for row in members if number_in(row, "project_id") == self._number}
        if len(logins) == 1:
            found[None] = collapsed(logins.pop())
        for row in self._own("commands", ["id", "user_login", "payload"]):
            try:
                payload = json.loads(text_in(row, "payload") or "{}")
            except (ValueError, RecursionError):
                continue
            if isinstance(payload, dict) and payload.get("type") == "highlight_add":
                number = payload.get("highlight_id")
                if isinstance(number, int):
                    found.setdefault(number, collapsed(text_in(row, "user_login")))
        return found


def tag_tree(paths: Iterable[str]) -> dict[str, tuple[str, str]]:
    """(name, path above it or "") of each tag by its path, and of the headings that are no tags themselves.

    Tags have no tree but for dots in their paths: what stands before a dot is a heading if it is a tag itself, or if
    several tags share it.
    """
    known = set(paths)
    shared = Counter(_before_dot(path) for path in known)
    tree: dict[str, tuple[str, str]] = {}
    waiting = list(dict.fromkeys(paths))
    while waiting:
        path = waiting.pop(0)
        heading = _before_dot(path)
        if heading and heading not in known and shared[heading] < 2:
            heading = ""
        tree[path] = (path[len(heading) + 1 :] if heading else path, heading)
        if heading and heading not in known:
            known.add(heading)
            shared[_before_dot(heading)] += 1
            waiting.append(heading)
    return tree


def _before_dot(path: str) -> str:
    heading, dot, name = path.rpartition(".")
    return heading if dot and heading.strip() and name.strip() and not name.startswith(" ") else ""
