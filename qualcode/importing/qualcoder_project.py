"""Reads projects of QualCoder (the folder NAME.qda, or the database data.qda in it), and of RQDA."""

from __future__ import annotations

from pathlib import Path

from qualcode.errors import ImportingError
from qualcode.i18n import _, collapsed
from qualcode.importing.foreign_texts import plain_paragraphs
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.project_parts import (
    UNKNOWN_CODER,
    ForeignCase,
    ForeignCode,
    ForeignCoding,
    ForeignDocument,
    ForeignMemo,
    ForeignProject,
    Passage,
    Quoted,
    Subject,
)
from qualcode.importing.refi_elements import colour_of
from qualcode.importing.rqda_project import RqdaTables
from qualcode.importing.sqlite_files import ForeignTables, Row, foreign_tables, number_in, text_in
from qualcode.importing.text_changes import to_normal_form

DATABASE = "data.qda"
LARGEST_ORIGINAL = 100_000_000  # bytes of a document in the project's folder
_TABLES = frozenset(("source", "code_name", "code_text"))


def is_qualcoder(tables: ForeignTables) -> bool:
    """Whether a database has the tables of QualCoder."""
    return tables.names >= _TABLES


def qualcoder_database(path: Path) -> Path:
    """The database of a project that is named by its folder or by the database itself."""
    return path / DATABASE if path.is_dir() else path


def read_qualcoder_project(path: Path) -> ForeignProject:
    """A QualCoder project.

    Args:
        path: its folder, or the database in it.

    Raises:
        ImportingError: no such project, or damaged.
    """
    database = qualcoder_database(path)
    name = path.stem if path.is_dir() or path.name != DATABASE else path.absolute().parent.stem
    with foreign_tables(database) as tables:
        if not is_qualcoder(tables):
            raise ImportingError(
                _("{file} is no project of QualCoder: its tables are missing.").format(file=path.name),
                hint=_("Name the folder that ends in .qda."),
            )
        return _Reader(tables, ForeignProject("QualCoder", name, path.name), database.parent).read()


def read_rqda_project(path: Path) -> ForeignProject:
    """A project of RQDA.

    Raises:
        ImportingError: no such project, or damaged.
    """
    with foreign_tables(path) as tables:
        return _Reader(RqdaTables(tables), ForeignProject("RQDA", path.stem, path.name), path.parent).read()


class _Reader:
    def __init__(self, tables: ForeignTables | RqdaTables, project: ForeignProject, folder: Path) -> None:
        self._tables = tables
        self._project = project
        self._folder = folder
        self._lengths: dict[str, int] = {}  # of the texts, by the document's ident

    def read(self) -> ForeignProject:
        self._read_codes()
        self._read_documents()
        self._read_codings()
        self._read_cases()
        self._read_memos()
        for table, what in (("code_image", _("codings of images")), ("code_av", _("codings of sound or film"))):
            n = len(self._tables.rows(table, self._tables.columns(table)[:1]))
            if n:
                self._project.left_out[what] += n
                self._project.n_lost += n
        self._project.coders = list(dict.fromkeys(coding.coder for coding in self._project.codings))
        return self._project

    def _memo(self, row: Row, subject: Subject, target: str, *, column: str = "memo", title: str = "") -> None:
        text = in_normal_form(text_in(row, column)).strip()
        if text:
            self._project.memos.append(ForeignMemo(subject, target, title, text, _owner(row), text_in(row, "date")))

    def _read_codes(self) -> None:
        for row in _by(self._tables.rows("code_cat", ["catid", "name", "memo", "supercatid"]), "catid"):
            self._add_code(row, f"category {row['catid']}", _reference("category", row, "supercatid"), "")
        columns = ["cid", "name", "memo", "catid", "color", "supercid"]
        for row in _by(self._tables.rows("code_name", columns), "cid"):
            parent = _reference("code", row, "supercid") or _reference("category", row, "catid")
            self._add_code(row, f"code {row['cid']}", parent, colour_of(text_in(row, "color")))

    def _add_code(self, row: Row, ident: str, parent: str, colour: str) -> None:
        name = collapsed(text_in(row, "name"))
        if not name:
            name = _("Code without a name {n}").format(n=len(self._project.codes) + 1)
        definition = in_normal_form(text_in(row, "memo")).strip()
        self._project.codes.append(ForeignCode(ident, name, parent, colour, definition))

    def _read_documents(self) -> None:
        facts = self._facts("file")
        columns = ["id", "name", "fulltext", "mediapath", "memo", "owner", "date"]
        for row in _by(self._tables.rows("source", columns), "id"):
            text = text_in(row, "fulltext")
            name = collapsed(text_in(row, "name")) or _("Document {n}").format(n=len(self._project.documents) + 1)
            if not text.strip():
                self._without_text(name, text_in(row, "mediapath"))
                continue
            ident = f"document {row['id']}"
            change = to_normal_form(text)
            self._lengths[ident] = len(text)
            self._project.documents.append(
                ForeignDocument(
                    ident,
                    name,
                    text,
                    change,
                    plain_paragraphs(change.text),
                    self._original(name) or text.encode("utf-8", "replace"),
                    attributes=tuple(facts.get(number_in(row, "id"), ())),
                )
            )
            self._memo(row, Subject.DOCUMENT, ident)

    def _without_text(self, name: str, media: str) -> None:
        kind = media.lower().lstrip("/").partition(":")[0].partition("/")[0]
        what = {
            "images": _("images"),
            "audio": _("sound recordings and films"),
            "video": _("sound recordings and films"),
        }.get(kind, _("documents whose text is missing"))
        self._project.left_out[what] += 1

    def _original(self, name: str) -> bytes | None:
        """The file that a text was made of, if it is in the project's own folder."""
        folder = (self._folder / "documents").resolve()
        try:
            path = (folder / name).resolve()
            if path.parent == folder and path.is_file() and 0 < path.stat().st_size <= LARGEST_ORIGINAL:
                return path.read_bytes()
        except (OSError, ValueError):
            pass
        return None

    def _read_codings(self) -> None:
        columns = ["cid", "fid", "seltext", "pos0", "pos1", "owner", "memo", "date"]
        codes = {code.ident for code in self._project.codes}
        for row in self._tables.rows("code_text", columns):
            document, code = f"document {row['fid']}", f"code {row['cid']}"
            if code not in codes:
                self._lose(_("codings whose code is not in the codebook"))
            elif document not in self._lengths:
                self._lose(_("codings of documents whose text is missing"))
            else:
                ident = f"coding {len(self._project.codings) + 1}"
                start, end = number_in(row, "pos0"), number_in(row, "pos1")
                quoted = text_in(row, "seltext")
                words = (Quoted(quoted),) if quoted.strip() else ()
                self._project.codings.append(
                    ForeignCoding(ident, document, code, _owner(row), start, end, words, selection=ident)
                )
                self._memo(row, Subject.CODING, ident)

    def _lose(self, what: str) -> None:
        self._project.left_out[what] += 1
        self._project.n_lost += 1

    def _facts(self, kind: str) -> dict[int | None, list[tuple[str, str]]]:
        """(name, value) of each thing of a kind ("case", "file"), by its id; blank ones are left out."""
        found: dict[int | None, list[tuple[str, str]]] = {}
        for row in self._tables.rows("attribute", ["name", "attr_type", "value", "id"]):
            name, value = collapsed(text_in(row, "name")), collapsed(text_in(row, "value"))
            if text_in(row, "attr_type") == kind and name and value:
                found.setdefault(number_in(row, "id"), []).append((name, value))
        return found

    def _read_cases(self) -> None:
        facts = self._facts("case")
        passages: dict[int | None, list[Passage]] = {}
        for row in self._tables.rows("case_text", ["caseid", "fid", "pos0", "pos1"]):
            document = f"document {row['fid']}"
            start, end = number_in(row, "pos0"), number_in(row, "pos1")
            if document not in self._lengths or start is None or end is None:
                continue
            is_whole = start <= 0 and (end >= self._lengths[document] - 1 or end == 0)  # both ends 0: the file as such
            if end <= start and not is_whole:
                continue
            passage = Passage(document) if is_whole else Passage(document, start, end)
            passages.setdefault(number_in(row, "caseid"), []).append(passage)
        for row in _by(self._tables.rows("cases", ["caseid", "name", "memo", "owner", "date"]), "caseid"):
            number = number_in(row, "caseid")
            ident = f"case {number}"
            name = collapsed(text_in(row, "name")) or _("Case {n}").format(n=number)
            self._project.cases.append(
                ForeignCase(ident, name, tuple(passages.get(number, ())), (), tuple(facts.get(number, ())))
            )
            self._memo(row, Subject.CASE, ident)

    def _read_memos(self) -> None:
        for row in self._tables.rows("annotation", ["fid", "pos0", "pos1", "memo", "owner", "date"]):
            document = f"document {row['fid']}"
            text = in_normal_form(text_in(row, "memo")).strip()
            if text and document in self._lengths:
                passage = Passage(document, number_in(row, "pos0"), number_in(row, "pos1"))
                self._project.memos.append(
                    ForeignMemo(Subject.DOCUMENT, document, "", text, _owner(row), text_in(row, "date"), passage)
                )
        for row in self._tables.rows("journal", ["name", "jentry", "owner", "date"]):
            self._memo(row, Subject.PROJECT, "", column="jentry", title=collapsed(text_in(row, "name")))
        for row in self._tables.rows("project", ["memo", "date"]):
            self._memo(row, Subject.PROJECT, "")


def _owner(row: Row) -> str:
    return collapsed(text_in(row, "owner")) or UNKNOWN_CODER


def _reference(kind: str, row: Row, column: str) -> str:
    number = number_in(row, column)
    return "" if number is None else f"{kind} {number}"


def _by(rows: list[Row], column: str) -> list[Row]:
    return sorted(rows, key=lambda row: number_in(row, column) or 0)
