"""Projects that are databases: Taguette's and QualCoder's, and databases that mean harm."""

from __future__ import annotations

import html
import json
import re
import sqlite3
from pathlib import Path

import pytest

from qualcode.errors import ImportingError
from qualcode.importing.other_projects import is_other_project, read_other_project
from qualcode.importing.project_parts import Placement, SettledProject, Subject
from qualcode.importing.project_settling import settled
from qualcode.importing.taguette_project import tag_tree
from tests.importing.foreign_projects import QUALCODER_TABLES, RQDA_TABLES, TAGUETTE_TABLES, coded_text, write_database

PAGE = (
    "<h1>Gruppe</h1>\n<p><strong>Kari:</strong> Loven &amp; reglene 😀 hindrer oss.</p>\n"
    "<p><strong>Ola:</strong> Ulike mål,<br>ulike <em>krav</em>.</p>\n<p><strong>Kari:</strong> Ja.</p>"
)
TALK = "\ufeffI: Hva hindrer?\nB1: Loven 😀 hindrer oss.\nB2: Vi deler ikke kontor.\nB1: Nei, sant.\n"


Records = list[dict[str, object]]


def read(path: Path, part: str = "") -> SettledProject:
    return settled(read_other_project(path, part))


def words_of(project: SettledProject) -> list[tuple[str, str]]:
    """(code, words) of each coding that has a place."""
    texts = {document.ident: document.text for document in project.documents}
    names = {code.ident: code.name for code in project.codes}
    return [(names[each.code], texts[each.document][each.span.start : each.span.end]) for each in project.codings]


def marked(number: int, words: str, *, shown: str = "") -> dict[str, object]:
    """A highlight of PAGE, counted in bytes of its text."""
    text = html.unescape(re.sub(r"<[^>]+>", "", PAGE))
    start = len(text[: text.index(words)].encode())
    end = start + len(words.encode())
    return {
        "id": number,
        "document_id": 1,
        "start_offset": start,
        "end_offset": end,
        "snippet": shown or f"<p>{words}</p>",
    }


def taguette(path: Path, **more: Records) -> Path:
    rows: dict[str, Records] = {
        "projects": [{"id": 1, "name": "Study", "description": "About it"}],
        "project_members": [{"project_id": 1, "user_login": "guro"}],
        "documents": [{"id": 1, "name": "Group", "project_id": 1, "description": "", "contents": PAGE}],
        "tags": [
            {"id": 1, "project_id": 1, "path": "barrier.law", "description": "Law and rules"},
            {"id": 2, "project_id": 1, "path": "barrier.aims", "description": ""},
            {"id": 3, "project_id": 1, "path": "Dr. No", "description": ""},
        ],
        "highlights": [
            marked(1, "Loven & reglene 😀"),
            marked(2, "mål,ulike krav", shown="<p>mål,<br>ulike <em>krav</em></p>"),
        ],
        "highlight_tags": [
            {"highlight_id": 1, "tag_id": 1},
            {"highlight_id": 2, "tag_id": 2},
            {"highlight_id": 2, "tag_id": 3},
        ],
        "commands": [
            {
                "id": 1,
                "user_login": "ola",
                "project_id": 1,
                "payload": json.dumps({"type": "highlight_add", "highlight_id": 2}),
            }
        ],
    }
    return write_database(path, TAGUETTE_TABLES, rows | more)


def qualcoder(folder: Path, **more: Records) -> Path:
    folder.mkdir()
    rows: dict[str, Records] = {
        "source": [{"id": 1, "name": "group.docx", "fulltext": TALK, "memo": "good sound", "owner": "kari"}],
        "code_cat": [{"catid": 1, "name": "Barriers"}, {"catid": 2, "name": "Formal", "supercatid": 1}],
        "code_name": [
            {"cid": 1, "name": "Law", "memo": "All of the law", "catid": 2, "color": "#AA0000"},
            {"cid": 2, "name": "Room", "catid": 1, "color": "red"},
        ],
        "code_text": [
            coded_text(1, 1, 1, TALK, "Loven 😀 hindrer oss."),
            coded_text(2, 2, 1, TALK, "deler ikke", "ola"),
        ],
    }
    write_database(folder / "data.qda", QUALCODER_TABLES, rows | more)
    return folder


def test_taguette_highlights_stand_where_their_words_are(tmp_path: Path) -> None:
    project = read(taguette(tmp_path / "taguette.sqlite3"))
    assert words_of(project) == [
        ("law", "Loven & reglene 😀"),
        ("aims", "mål,\nulike krav"),
        ("Dr. No", "mål,\nulike krav"),
    ]
    assert project.n_placed(Placement.VERIFIED) == 3
    assert [coding.coder for coding in project.codings] == ["guro", "ola", "ola"]
    assert [turn.label for turn in project.documents[0].turns] == ["Kari", "Ola", "Kari"]
    assert {code.name: code.definition for code in project.codes}["law"] == "Law and rules"


def test_dots_in_tags_are_a_tree_only_where_a_heading_is_shared_or_a_tag() -> None:
    assert tag_tree(["a.b", "a.c", "v1.2", "x", "x.y.z", "x.y"]) == {
        "a.b": ("b", "a"),
        "a.c": ("c", "a"),
        "v1.2": ("v1.2", ""),
        "x": ("x", ""),
        "x.y.z": ("z", "x.y"),
        "x.y": ("y", "x"),
        "a": ("a", ""),
    }


def test_a_database_of_several_taguette_projects_is_asked_about(tmp_path: Path) -> None:
    projects: Records = [{"id": 1, "name": "Study"}, {"id": 2, "name": "Pilot"}]
    path = taguette(tmp_path / "t.sqlite3", projects=projects)
    with pytest.raises(ImportingError, match="Study, Pilot"):
        read(path)
    assert len(read(path, "study").codings) == 3
    assert read(path, "Pilot").codings == []


def test_qualcoder_counts_in_either_unit(tmp_path: Path) -> None:
    in_utf16: Records = []
    for number, words in enumerate(("Loven 😀 hindrer oss.", "Vi deler ikke kontor.", "sant"), start=1):
        start = len(TALK[: TALK.index(words)].encode("utf-16-le")) // 2
        end = start + len(words.encode("utf-16-le")) // 2
        in_utf16.append(
            {"ctid": number, "cid": 1, "fid": 1, "seltext": words, "pos0": start, "pos1": end, "owner": "kari"}
        )
    project = read(qualcoder(tmp_path / "a.qda", code_text=in_utf16))
    assert [words for _code, words in words_of(project)] == ["Loven 😀 hindrer oss.", "Vi deler ikke kontor.", "sant"]
    assert project.n_placed(Placement.VERIFIED) == 3
    project = read(qualcoder(tmp_path / "b.qda") / "data.qda")
    assert words_of(project) == [("Law", "Loven 😀 hindrer oss."), ("Room", "deler ikke")]
    assert project.name == "b"


def test_qualcoder_codes_have_their_categories_and_colours(tmp_path: Path) -> None:
    project = read(qualcoder(tmp_path / "a.qda"))
    names = {code.ident: code.name for code in project.codes}
    assert {code.name: names.get(code.parent, "") for code in project.codes} == {
        "Barriers": "",
        "Formal": "Barriers",
        "Law": "Formal",
        "Room": "Barriers",
    }
    assert {code.name: code.colour for code in project.codes if code.colour} == {"Law": "#AA0000"}


def test_qualcoder_cases_are_speakers_by_name_or_by_their_words(tmp_path: Path) -> None:
    start = TALK.index("Vi deler")
    project = read(
        qualcoder(
            tmp_path / "a.qda",
            cases=[{"caseid": 1, "name": "B1"}, {"caseid": 2, "name": "Per", "memo": "new"}],
            case_text=[
                {"caseid": 1, "fid": 1, "pos0": 0, "pos1": 30},
                {"caseid": 2, "fid": 1, "pos0": start, "pos1": start + 20},
            ],
            attribute=[{"name": "Role", "attr_type": "case", "value": "therapist", "id": 1}],
        )
    )
    (document,) = project.documents
    names = {case.ident: case.name for case in project.cases}
    assert {each.label: names.get(each.case, "") for each in document.speakers} == {"I": "", "B1": "B1", "B2": "Per"}
    assert [each.label for each in document.speakers if each.is_moderator] == ["I"]
    assert project.cases[0].attributes == (("Role", "therapist"),)


@pytest.mark.parametrize("end", [0, len(TALK) - 1, len(TALK)])
def test_qualcoder_says_in_several_ways_that_a_file_is_a_case(tmp_path: Path, end: int) -> None:
    case = {"caseid": 1, "name": "Team North"}
    whole: dict[str, object] = {"caseid": 1, "fid": 1, "pos0": 0, "pos1": end}
    project = read(qualcoder(tmp_path / "a.qda", cases=[case], case_text=[whole]))
    assert project.documents[0].whole_cases == (project.cases[0].ident,)


def test_a_text_without_labels_gets_its_turns_from_cases(tmp_path: Path) -> None:
    text = "First thing said.\nMore of it.\nSecond person here.\n"
    second = text.index("Second")
    project = read(
        qualcoder(
            tmp_path / "a.qda",
            source=[{"id": 1, "name": "a", "fulltext": text}],
            code_text=[],
            cases=[{"caseid": 1, "name": "Ann"}, {"caseid": 2, "name": "Ben"}],
            case_text=[
                {"caseid": 1, "fid": 1, "pos0": 0, "pos1": second},
                {"caseid": 2, "fid": 1, "pos0": second, "pos1": second + 10},
            ],
        )
    )
    (document,) = project.documents
    assert [(turn.label, document.text[turn.start : turn.end]) for turn in document.turns] == [
        ("Ann", "First thing said.\nMore of it."),
        ("Ben", "Second person here."),
    ]


def test_qualcoder_notes_of_all_kinds_are_memos(tmp_path: Path) -> None:
    at = TALK.index("Nei, sant")
    project = read(
        qualcoder(
            tmp_path / "a.qda",
            annotation=[{"anid": 1, "fid": 1, "pos0": at, "pos1": at + 3, "memo": "ironic?", "owner": "ola"}],
            journal=[{"name": "day 1", "jentry": "we began", "owner": "kari"}],
            project=[{"memo": "the whole"}],
        )
    )
    told = {(memo.subject, memo.title, memo.text) for memo in project.memos}
    assert told == {
        (Subject.DOCUMENT, "", "good sound"),
        (Subject.DOCUMENT, "«Nei»", "«Nei»\nironic?"),
        (Subject.PROJECT, "day 1", "we began"),
        (Subject.PROJECT, "", "the whole"),
    }


def test_words_that_are_gone_are_told_not_guessed(tmp_path: Path) -> None:
    wrong = coded_text(1, 1, 1, TALK, "Loven") | {"seltext": "Something else"}
    unknown = coded_text(2, 9, 1, TALK, "sant")
    nowhere = coded_text(3, 1, 7, TALK, "sant")
    project = read(qualcoder(tmp_path / "a.qda", code_text=[wrong, unknown, nowhere]))
    assert project.codings == []
    assert project.n_codings == 3
    assert len(project.unplaced) == 1
    assert "Something else" not in str(project.unplaced)  # no respondent's words in a problem
    assert sum(project.left_out.values()) == 2


def test_images_and_recordings_are_counted(tmp_path: Path) -> None:
    sources: Records = [
        {"id": 1, "name": "a.png", "mediapath": "/images/a.png"},
        {"id": 2, "name": "b.mp3", "mediapath": "audio:b.mp3"},
    ]
    av: Records = [{"avid": 1, "id": 2, "cid": 1}, {"avid": 2, "id": 2, "cid": 1}]
    project = read(qualcoder(tmp_path / "a.qda", source=sources, code_text=[], code_av=av))
    assert dict(project.left_out) == {"images": 1, "sound recordings and films": 1, "codings of sound or film": 2}


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = qualcoder(tmp_path / "a.qda")
    (folder / "documents").mkdir()
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    (folder / "documents" / "group.docx").symlink_to(secret)
    assert read(folder).documents[0].content == TALK.encode()


def test_a_view_in_place_of_a_table_is_not_run(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    connection = sqlite3.connect(path)
    connection.executescript(
        "CREATE TABLE code_name (cid); CREATE TABLE code_text (ctid);"
        "CREATE VIEW source AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id FROM n;"
    )
    connection.close()
    with pytest.raises(ImportingError, match="no project of a tool"):
        read(path)


def test_a_column_that_runs_code_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite3"
    connection = sqlite3.connect(path)
    tables = QUALCODER_TABLES.replace("fulltext text", "fulltext text GENERATED ALWAYS AS (hex(zeroblob(200000000)))")
    connection.executescript(tables + "INSERT INTO source (id, name) VALUES (1, 'a');")
    connection.close()
    with pytest.raises(ImportingError, match="run code"):
        read(path)


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + bytes(5000)])
def test_what_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "data.qda"
    path.write_bytes(content)
    assert is_other_project(path)
    with pytest.raises(ImportingError):
        read(path)


def test_categories_in_a_ring_and_a_truncated_database_do_no_harm(tmp_path: Path) -> None:
    ring: Records = [{"catid": 1, "name": "A", "supercatid": 2}, {"catid": 2, "name": "B", "supercatid": 1}]
    folder = qualcoder(tmp_path / "a.qda", code_cat=ring)
    assert len(read(folder).codes) == 4
    database = folder / "data.qda"
    database.write_bytes(database.read_bytes()[:5000])
    with pytest.raises(ImportingError):
        read(folder)


def test_reading_leaves_no_file_behind(tmp_path: Path) -> None:
    folder = qualcoder(tmp_path / "a.qda")
    read(folder)
    assert [path.name for path in folder.iterdir()] == ["data.qda"]


HIGHLIGHTS_PAGE = """<!DOCTYPE html><html><head><meta charset="UTF-8"><title>Taguette highlights</title></head>
<body><h1>Taguette highlights</h1>
<p>Loven &amp; reglene</p><p>
<strong>Document:</strong> Group North
<strong>Tags:</strong> law.rules, room
</p><hr><p>Nei.</p><p><strong>Document:</strong> B <strong>Tags:</strong> law.other</p></body></html>"""


def test_highlights_as_a_page(tmp_path: Path) -> None:
    path = tmp_path / "all_tags.html"
    path.write_text(HIGHLIGHTS_PAGE, encoding="utf-8")
    assert is_other_project(path)
    project = read_other_project(path)
    assert [(each.document, each.code, each.quoted[0].text) for each in project.codings] == [
        ("Group North", "law.rules", "Loven & reglene"),
        ("Group North", "room", "Loven & reglene"),
        ("B", "law.other", "Nei."),
    ]
    assert {code.ident: (code.name, code.parent) for code in project.codes} == {
        "law.rules": ("rules", "law"),
        "room": ("room", ""),
        "law.other": ("other", "law"),
        "law": ("law", ""),
    }


def test_a_codebook_as_a_table_and_tables_that_are_none(tmp_path: Path) -> None:
    path = tmp_path / "codebook.csv"
    path.write_text("tag,parent,description,number of highlights\nlaw,,All law,3\nrules,law,,1\n", encoding="utf-8")
    project = read_other_project(path)
    assert [(code.name, code.parent, code.definition) for code in project.codes] == [
        ("law", "", "All law"),
        ("rules", "law", ""),
    ]
    survey = tmp_path / "survey.csv"
    survey.write_text("ID,Role,Answer\n1,a,b\n", encoding="utf-8")
    page = tmp_path / "talk.html"
    page.write_text("<title>Taguette</title><p>Anna: Hi</p>", encoding="utf-8")
    assert not is_other_project(survey)
    assert not is_other_project(page)


def rqda(path: Path, **more: Records) -> Path:
    start = TALK.index("Loven")
    rows: dict[str, Records] = {
        "source": [
            {"id": 1, "name": "group.txt", "file": TALK, "memo": "good sound", "owner": "kari", "status": 1},
            {"id": 2, "name": "borte.txt", "file": "Slettet.", "status": 0},
        ],
        "codecat": [{"catid": 7, "name": "Barriers", "status": 1}],
        "freecode": [
            {"id": 1, "name": "Law", "memo": "All of the law", "color": "#aa0000", "status": 1},
            {"id": 2, "name": "Room", "status": 1},
            {"id": 3, "name": "Gone", "status": 0},
        ],
        "treecode": [{"cid": 1, "catid": 7, "status": 1}, {"cid": 2, "catid": 7, "status": 0}],
        "coding": [
            {
                "cid": 1,
                "fid": 1,
                "seltext": "Loven 😀 hindrer oss.",
                "selfirst": float(start),
                "selend": float(start + len("Loven 😀 hindrer oss.")),
                "status": 1,
                "owner": "ola",
                "memo": "strong",
            },
            {"cid": 2, "fid": 1, "seltext": "Nei", "selfirst": 1.0, "selend": 4.0, "status": 0},
            {"cid": 3, "fid": 1, "seltext": "Nei", "selfirst": 1.0, "selend": 4.0, "status": 1},
        ],
        "cases": [{"id": 5, "name": "B1", "memo": "leader", "status": 1}],
        "caselinkage": [{"caseid": 5, "fid": 1, "selfirst": 0.0, "selend": float(len(TALK)), "status": 1}],
        "caseAttr": [{"variable": "Role", "value": "supervisor", "caseID": "5", "status": 1}],
        "fileAttr": [{"variable": "Year", "value": "2025", "fileID": "1", "status": 1}],
        "filecat": [{"catid": 3, "name": "Teams", "status": 1}, {"catid": 4, "name": "North", "status": 1}],
        "treefile": [{"fid": 1, "catid": 3, "status": 1}, {"fid": 1, "catid": 4, "status": 1}],
        "annotation": [{"fid": 1, "position": start, "annotation": "look here", "owner": "ola", "status": 1}],
        "journal": [{"name": "Day 1", "journal": "We began.", "owner": "ola", "status": 1}],
        "imageCoding": [{"cid": 1, "iid": 1, "status": 1}, {"cid": 1, "iid": 1, "status": 0}],
    }
    return write_database(path, RQDA_TABLES, rows | more)


def test_rqda_comes_with_its_codes_cases_and_memos_and_without_what_was_deleted(tmp_path: Path) -> None:
    path = rqda(tmp_path / "study.rqda")
    assert is_other_project(path)
    project = read(path)
    assert (project.tool, project.name) == ("RQDA", "study")
    assert words_of(project) == [("Law", "Loven 😀 hindrer oss.")]
    assert project.n_placed(Placement.VERIFIED) == 1 and project.codings[0].coder == "ola"
    names = {code.ident: code.name for code in project.codes}
    assert {code.name: names.get(code.parent, "") for code in project.codes} == {
        "Barriers": "",
        "Law": "Barriers",
        "Room": "",
    }
    (document,) = project.documents
    assert document.attributes == (("Year", "2025"), ("Category", "Teams; North"))
    assert [turn.label for turn in document.turns] == ["I", "B1", "B2", "B1"]
    assert [(case.name, case.attributes) for case in project.cases] == [("B1", (("Role", "supervisor"),))]
    memos = {(memo.subject, memo.text) for memo in project.memos}
    assert memos == {
        (Subject.DOCUMENT, "good sound"),
        (Subject.DOCUMENT, "look here"),
        (Subject.CODING, "strong"),
        (Subject.CASE, "leader"),
        (Subject.PROJECT, "We began."),
    }
    assert project.left_out["codings of images"] == 1
    assert project.left_out["codings whose code is not in the codebook"] == 1


def test_an_empty_project_of_rqda_and_one_of_an_older_version_are_read(tmp_path: Path) -> None:
    path = tmp_path / "old.rqda"
    old = re.sub(r"CREATE TABLE (?!source|freecode|coding)\w+ \([^;]*\);", "", RQDA_TABLES)
    write_database(path, old, {"source": [{"id": 1, "name": "a", "file": "Vi prater.", "status": 1}]})
    project = read(path)
    assert [document.text for document in project.documents] == ["Vi prater."] and not project.codes
