"""Builds small projects of other tools, with whatever quirk a test is about."""

from __future__ import annotations

import re
import sqlite3
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

TALK = "Anna: Vi får ikke lov å lese.\nBo: Taushetsplikten stopper oss.\nAnna: Ja, taushetsplikten.\n"


@dataclass(frozen=True)
class Mark:
    """A selection: where, which code, and what the file says of its words."""

    start: object
    end: object
    code: str = "k1"
    name: str | None = None
    user: str = "u1"
    description: str = ""
    inside: str = ""  # more XML in the selection

    def xml(self, number: int) -> str:
        name = "" if self.name is None else f" name={quoteattr(self.name)}"
        described = f"<Description>{escape(self.description)}</Description>" if self.description else ""
        coding = ""
        if self.code:
            coding = f'<Coding guid="c{number}" creatingUser="{self.user}"><CodeRef targetGUID="{self.code}"/></Coding>'
        return (
            f'<PlainTextSelection guid="s{number}" startPosition="{self.start}" endPosition="{self.end}"{name}>'
            f"{described}{coding}{self.inside}</PlainTextSelection>"
        )


def mark(text: str, words: str, *, code: str = "k1", n: int = 0, named: bool = True) -> Mark:
    """The n-th place of some words, counted in code points from 0, its end exclusive."""
    start = -1
    for _each in range(n + 1):
        start = text.index(words, start + 1)
    return Mark(start, start + len(words), code, words if named else None)


def text_source(
    text_path: str, marks: Sequence[Mark], *, guid: str = "d1", name: str = "Gruppe A", more: str = ""
) -> str:
    """A TextSource whose text is in a file."""
    selections = "".join(each.xml(number) for number, each in enumerate(marks, start=1))
    path = f" plainTextPath={quoteattr(text_path)}" if text_path else ""
    return f"<TextSource guid={quoteattr(guid)} name={quoteattr(name)}{path}{more}>{selections}</TextSource>"


CODES = (
    '<Code guid="k0" name="Barriers" isCodable="false"><Code guid="k1" name="Confidentiality" color="#f00">'
    "<Description>What may not be shared</Description></Code></Code>"
    '<Code guid="k2" name="Agreement" color="#00AA10"/>'
)
USERS = '<User guid="u1" name="Kari"/><User guid="u2" name="Ola"/>'


def refi_xml(sources: str, *, codes: str = CODES, users: str = USERS, more: str = "", origin: str = "Test 1") -> str:
    """The XML of a project; `more` stands after the sources."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<Project xmlns="urn:QDA-XML:project:1.0" name="Study" origin="{origin}"><Users>{users}</Users>'
        f"<CodeBook><Codes>{codes}</Codes></CodeBook>{more}<Sources>{sources}</Sources></Project>"
    )


def write_qdpx(path: Path, xml: str, files: Mapping[str, bytes], *, inner: str = "project.qde") -> Path:
    """A .qdpx with its XML and its files, by their names in the archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(inner, xml)
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def simple_qdpx(path: Path, marks: Sequence[Mark], content: bytes = TALK.encode(), *, more: str = "") -> Path:
    """A .qdpx with one text."""
    return write_qdpx(path, refi_xml(text_source("internal://d1.txt", marks), more=more), {"Sources/d1.txt": content})


TAGUETTE_TABLES = """
CREATE TABLE users (login VARCHAR(30) PRIMARY KEY, created DATETIME);
CREATE TABLE projects (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(200), description TEXT, created DATETIME);
CREATE TABLE project_members (project_id INTEGER, user_login VARCHAR(30), privileges VARCHAR(11));
CREATE TABLE documents (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(200), description TEXT,
    filename VARCHAR(200), created DATETIME, project_id INTEGER, text_direction VARCHAR(13), contents TEXT);
CREATE TABLE tags (id INTEGER PRIMARY KEY AUTOINCREMENT, project_id INTEGER, path VARCHAR(200), description TEXT);
CREATE TABLE highlights (id INTEGER PRIMARY KEY AUTOINCREMENT, document_id INTEGER, start_offset INTEGER,
    end_offset INTEGER, snippet TEXT);
CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER);
CREATE TABLE commands (id INTEGER PRIMARY KEY AUTOINCREMENT, date DATETIME, user_login VARCHAR(30),
    project_id INTEGER, document_id INTEGER, payload TEXT);
"""
QUALCODER_TABLES = """
CREATE TABLE project (databaseversion text, date text, memo text, about text, codername text);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text,
    date text, av_text_id integer, risid integer, unique(name));
CREATE TABLE code_image (imid integer primary key, id integer, cid integer, memo text);
CREATE TABLE code_av (avid integer primary key, id integer, pos0 integer, pos1 integer, cid integer, memo text);
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text, owner text,
    date text);
CREATE TABLE attribute_type (name text primary key, date text, owner text, memo text, caseOrFile text, valuetype text);
CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text, id integer, date text,
    owner text);
CREATE TABLE case_text (id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer, owner text,
    date text, memo text);
CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text);
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text, supercatid integer);
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, pos1 integer,
    owner text, date text, memo text, avid integer, important integer);
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text,
    color text);
CREATE TABLE journal (jid integer primary key, name text, jentry text, date text, owner text);
"""


def write_database(path: Path, tables: str, rows: Mapping[str, Sequence[Mapping[str, object]]]) -> Path:
    """An SQLite database with rows in some of its tables."""
    connection = sqlite3.connect(path)
    connection.executescript(tables)
    for table, records in rows.items():
        for record in records:
            marks = ", ".join("?" * len(record))
            connection.execute(f"INSERT INTO {table} ({', '.join(record)}) VALUES ({marks})", list(record.values()))
    connection.commit()
    connection.close()
    return path


def highlight(number: int, document: int, page: str, words: str) -> dict[str, object]:
    """A highlight of words that stand inside one text node, counted in bytes as Taguette does."""
    counted = re.sub(r"<[^>]+>", "", page)
    start = len(counted[: counted.index(words)].encode())
    return {
        "id": number,
        "document_id": document,
        "start_offset": start,
        "end_offset": start + len(words.encode()),
        "snippet": f"<p>{words}</p>",
    }


def coded_text(number: int, code: int, source: int, text: str, words: str, owner: str = "Kari") -> dict[str, object]:
    """A row of QualCoder's code_text."""
    start = text.index(words)
    return {
        "ctid": number,
        "cid": code,
        "fid": source,
        "seltext": words,
        "pos0": start,
        "pos1": start + len(words),
        "owner": owner,
    }


RQDA_TABLES = """
CREATE TABLE project (databaseversion text, date text, dateM text, memo text, about text);
CREATE TABLE source (name text, id integer, file text, memo text, owner text, date text, dateM text, status integer);
CREATE TABLE freecode (name text, memo text, owner text, date text, dateM text, id integer, status integer, color text);
CREATE TABLE codecat (name text, cid integer, catid integer, owner text, date text, dateM text, memo text,
    status integer);
CREATE TABLE treecode (cid integer, catid integer, date text, dateM text, memo text, status integer, owner text);
CREATE TABLE coding (cid integer, fid integer, seltext text, selfirst real, selend real, status integer, owner text,
    date text, memo text);
CREATE TABLE cases (name text, memo text, owner text, date text, dateM text, id integer, status integer);
CREATE TABLE caselinkage (caseid integer, fid integer, selfirst real, selend real, status integer, owner text,
    date text, memo text);
CREATE TABLE caseAttr (variable text, value text, caseID text, date text, dateM text, owner text, status integer);
CREATE TABLE fileAttr (variable text, value text, fileID text, date text, dateM text, owner text, status integer);
CREATE TABLE filecat (name text, fid integer, catid integer, owner text, date text, dateM text, memo text,
    status integer);
CREATE TABLE treefile (fid integer, catid integer, date text, dateM text, memo text, status integer, owner text);
CREATE TABLE annotation (fid integer, position integer, annotation text, owner text, date text, dateM text,
    status integer);
CREATE TABLE journal (name text, journal text, date text, dateM text, owner text, status integer);
CREATE TABLE imageCoding (cid integer, iid integer, x1 integer, y1 integer, x2 integer, y2 integer, memo text,
    date text, dateM text, owner text, status integer);
"""
