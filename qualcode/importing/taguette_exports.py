"""Reads what Taguette exports of a project: highlights (.csv, .xlsx, .html) and the codebook (.csv, .xlsx)."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qualcode.errors import ImportingError
from qualcode.i18n import _, collapsed, folded
from qualcode.importing.encodings import read_bytes
from qualcode.importing.html_texts import LARGEST_PAGE, PageText
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.project_parts import ForeignCode, ForeignCoding, ForeignProject, Quoted
from qualcode.importing.report import Table
from qualcode.importing.tables import read_tables
from qualcode.importing.taguette_project import tag_tree

_HIGHLIGHTS = frozenset(("document", "tag", "content"))
_CODEBOOK = frozenset(("tag", "description"))
_LOOKED_AT = 65_536  # bytes
_SHEET = re.compile(rb"""<sheet\b[^<>]*\bname=["'](highlights|codebook)["']""")
_RULE = re.compile(r"<hr\b[^<>]*>", re.IGNORECASE)
_DETAILS = re.compile(
    r"<p\b[^<>]*>\s*<strong\b[^<>]*>[^<]*</strong>(?P<document>[^<]*)<strong\b[^<>]*>[^<]*</strong>(?P<tags>[^<]*)</p>\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Highlight:
    document: str
    tag: str
    words: str


def is_taguette_export(path: Path) -> bool:
    """Whether a file is an export of Taguette, by its first bytes; False if it cannot be read."""
    suffix = path.suffix.lower()
    try:
        if suffix == ".xlsx":
            with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.xml") as part:
                return _SHEET.search(part.read(_LOOKED_AT)) is not None
        if suffix not in (".csv", ".html", ".htm"):
            return False
        with path.open("rb") as opened:
            head = opened.read(_LOOKED_AT).decode("utf-8-sig", "replace")
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return False
    if suffix == ".csv":
        header = {folded(cell) for cell in re.split('[",;]', head.partition("\n")[0])}
        return header >= _HIGHLIGHTS or (header >= _CODEBOOK and "number of highlights" in header)
    title = re.search(r"<title>([^<]*)</title>", head, re.IGNORECASE)
    return title is not None and "taguette" in title[1].casefold() and _DETAILS.search(head) is not None


def read_taguette_export(path: Path) -> ForeignProject:
    """The tags and highlights of an export; its codings name documents, whose texts are not in it.

    Raises:
        ImportingError: it cannot be used.
    """
    project = ForeignProject("Taguette", path.stem, path.name, of_documents_here=True)
    if path.suffix.lower() in (".html", ".htm"):
        _add_highlights(project, list(_of_page(path)))
        return project
    for table in read_tables(path).tables:
        if set(table.header) >= _HIGHLIGHTS:
            _add_highlights(project, list(_of_table(table)))
        elif set(table.header) >= _CODEBOOK:
            _add_tags(project, table)
        else:
            continue
        return project
    raise ImportingError(
        _("{file} holds no highlights.").format(file=path.name), hint=_("Export them from Taguette again.")
    )


def _of_table(table: Table) -> Iterator[_Highlight]:
    places = [table.header.index(name) for name in ("document", "tag", "content")]
    for row in table.rows:
        document, tag, words = (row[place] for place in places)
        yield _Highlight(collapsed(document), collapsed(tag), in_normal_form(words))


def _of_page(path: Path) -> Iterator[_Highlight]:
    page = read_bytes(path, LARGEST_PAGE).decode("utf-8-sig", "replace")
    body = re.split(r"<body\b[^<>]*>", page, maxsplit=1, flags=re.IGNORECASE)[-1]
    body = re.sub(r"<h1\b[^<>]*>[^<]*</h1>", "", body, count=1, flags=re.IGNORECASE)
    for section in _RULE.split(body):
        found = list(_DETAILS.finditer(section))
        if not found:
            continue
        words = PageText(section[: found[-1].start()]).change.text
        document = collapsed(PageText(found[-1]["document"]).change.text)
        for tag in PageText(found[-1]["tags"]).change.text.split(","):
            yield _Highlight(document, collapsed(tag), words)


def _add_highlights(project: ForeignProject, highlights: list[_Highlight]) -> None:
    _add_codes(project, {each.tag: "" for each in highlights if each.tag})
    for number, each in enumerate(highlights, start=1):
        if not each.tag:
            project.left_out[_("marked passages without a code")] += 1
            continue
        ident = f"coding {number}"
        words = (Quoted(each.words),) if each.words.strip() else ()
        project.codings.append(ForeignCoding(ident, each.document, each.tag, quoted=words, selection=ident))


def _add_tags(project: ForeignProject, table: Table) -> None:
    tags: dict[str, str] = {}
    above: dict[str, str] = {}
    for row in table.rows:
        cells = dict(zip(table.header, row, strict=True))
        tag = collapsed(cells["tag"])
        if tag:
            tags.setdefault(tag, in_normal_form(cells["description"]).strip())
            above[tag] = collapsed(cells.get("parent", ""))
    _add_codes(project, tags, above)


def _add_codes(project: ForeignProject, tags: dict[str, str], above: dict[str, str] | None = None) -> None:
    """Add tags with their descriptions; their paths are their idents."""
    for path, (name, heading) in tag_tree(tags).items():
        given = (above or {}).get(path, "")
        project.codes.append(ForeignCode(path, path if given else name, given or heading, "", tags.get(path, "")))
