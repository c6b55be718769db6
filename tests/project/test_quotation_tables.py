"""Tables and reports of coded passages that other tools export: codes by their paths, places by the words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from openpyxl import Workbook

from qualcode.cli.main import run
from qualcode.errors import ImportingError
from qualcode.importing.other_projects import is_other_project, is_whole_project
from qualcode.importing.quotation_tables import is_quotation_table, read_quotation_table
from qualcode.model.document import SpeakerRole
from qualcode.project.project import Project
from qualcode.project.project_import import ProjectReport, import_other_project
from tests.builders import add_session, add_survey, make_project
from tests.importing.word_files import paragraph, write_word_file
from tests.importing.word_files import run as run_of

SAID = [
    ("Anna", "Vi får ikke lov å lese. Ja."),
    ("Bo", "Taushetsplikten stopper oss. Ja."),
    ("Anna", "Ja, taushetsplikten. Ja."),
]
SEGMENTS = ("Color", "Comment", "Document group", "Document name", "Code", "Beginning", "End", "Segment", "Created by")
QUOTATIONS = ("ID", "Quotation Name", "Text Content", "Document", "Codes", "Reference", "Comment", "Created by")


def workbook(path: Path, *rows: Sequence[object]) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(path)
    return path


def come_in(folder: Path, path: Path) -> tuple[ProjectReport, list[tuple[str, str, str]], list[str]]:
    """What came of it: the report; code, words and coder of each segment; memos."""
    with make_project(folder) as project:
        add_session(project, "North", SAID, {"Anna": "nurse", "Bo": SpeakerRole.MODERATOR})
        report = import_other_project(project, path)
        return report, coded(project), [memo.content for memo in project.memos.all()]


def coded(project: Project) -> list[tuple[str, str, str]]:
    book = {code.id: code for code in project.codebook.current().codes}
    coders = {coder.id: coder.name for coder in project.coders()}
    (document,) = (each for each in project.documents.all() if each.name == "North.txt")
    text = project.documents.text(document.id)
    return [
        (
            book[each.code_id].name.in_language("en"),
            f"{each.span.start} {text[each.span.start : each.span.end]}",
            coders[each.coder_id],
        )
        for each in project.segments.of_document(document.id)
    ]


def test_coded_segments_with_paths_of_codes_and_numbers_of_paragraphs(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "Coded segments.xlsx",
        SEGMENTS,
        ("●", "Ask again", "Leaders", "North", "Law > Confidentiality", 1, 1, "lov å lese.", "KH"),
        ("●", "", "Leaders", "North", "Law", 5, 5, "Ja, taushetsplikten.", "KH"),
        ("●", "", "Leaders", "North", "Law > Confidentiality", 3, 3, "Taushetsplikten\nstopper oss.", "OL"),
        ("●", "", "Leaders", "North", "Agreement", 5, 5, "Ja.", "KH"),
        ("●", "", "Leaders", "North", "Agreement", 2, 2, "gone", "KH"),
        ("●", "", "Leaders", "South", "Agreement", 2, 2, "lov å lese.", "KH"),
    )
    report, found, memos = come_in(tmp_path, path)
    assert found == [
        ("Confidentiality", "12 lov å lese.", "KH"),
        ("Confidentiality", "28 Taushetsplikten stopper oss.", "OL"),
        ("Law", "61 Ja, taushetsplikten.", "KH"),
        ("Agreement", "82 Ja.", "KH"),
    ]
    assert memos == ["Ask again"]
    assert (report.n_codings, report.n_unplaced) == (6, 2)
    assert [each.what.partition(".")[0] for each in report.unplaced] == [
        "The words that are stored with it do not stand in the text",
        "There is no document of that name here",
    ]


def test_quotations_with_several_codes_in_a_cell_below_a_title(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "Quotations.xlsx",
        ("Project: Study",),
        (),
        QUOTATIONS,
        ("1:1", "…", "Taushetsplikten stopper oss.", "D 1: North.docx", "Law\nAgreement", "2 - 2", "", "Kari"),
        ("1:2", "…", "lov å lese.", "1: North", "Law; Agreement", "1 - 1", "", "Kari"),
        ("1:3", "…", "Vi får", "North", "", "1 - 1", "", "Kari"),
    )
    report, found, _memos = come_in(tmp_path, path)
    assert [(code, words) for code, words, _coder in found] == [
        ("Law", "12 lov å lese."),
        ("Agreement", "12 lov å lese."),
        ("Law", "28 Taushetsplikten stopper oss."),
        ("Agreement", "28 Taushetsplikten stopper oss."),
    ]
    assert dict(report.left_out) == {"marked passages without a code": 1}


def test_excerpts_with_a_column_for_each_code(tmp_path: Path) -> None:
    path = tmp_path / "excerpts.csv"
    path.write_text(
        "Media Title,Excerpt Copy,Codes Applied Combined,Excerpt Creator,Excerpt Range,"
        "Code: Law\\Access Applied,Code: Law Applied\n"
        'North.docx,lov å lese.,"Law, Access",kari,6-17,True,False\n'
        "North.docx,Vi får,Law,kari,0-6,false,TRUE\n",
        encoding="utf-8",
    )
    _report, found, _memos = come_in(tmp_path, path)
    assert [(code, words) for code, words, _coder in found] == [("Law", "0 Vi får"), ("Access", "12 lov å lese.")]


def test_as_many_rows_as_places_are_in_order_and_fewer_are_told(tmp_path: Path) -> None:
    rows = [("North", "Law", "Ja.")] * 3 + [("North", "Agreement", "Ja.")]
    report, found, _memos = come_in(tmp_path, workbook(tmp_path / "a.xlsx", ("Dokument", "Kode", "Sitat"), *rows))
    assert found == [("Law", f"{place} Ja.", "imported") for place in (24, 57, 82)]
    assert "3 places" in report.unplaced[0].what


@pytest.mark.parametrize(
    ("header", "is_one"),
    [
        (SEGMENTS, True),
        (QUOTATIONS, True),
        (("document", "start", "end", "code", "text", "segment"), False),  # a table of codings of this program
        (("id", "document", "tag", "content"), False),  # highlights, read elsewhere
        (("ID", "Kode", "Hva er den viktigste utfordringen?"), False),
        (("Document name", "Code"), False),
    ],
)
def test_surveys_and_other_tables_are_none(tmp_path: Path, header: Sequence[str], is_one: bool) -> None:
    book = workbook(tmp_path / "a.xlsx", header, ["x"] * len(header))
    (tmp_path / "a.csv").write_text(";".join(header) + "\n", encoding="utf-8-sig")
    found = [is_other_project(path) and is_quotation_table(path) for path in (book, tmp_path / "a.csv")]
    assert found[1] is is_one
    assert found[0] is is_one or header[0] == "document"  # the program's own table is one of .csv only
    assert not is_whole_project(book)


def test_passages_of_survey_answers_go_by_the_respondent(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ("Document name", "Code", "Segment"),
        ("R 1", "Law", "taushetsplikten"),
        ("Survey > R 1", "Law", "Ikke nok tid."),
        ("R 1", "Law", "tid"),
        ("R 1", "Law", "taushetsplikten.\nIkke"),
        ("R 2", "Law", "det samme"),
    )
    answers = {"Why?": "Det er taushetsplikten.", "How?": "Ikke nok tid. Aldri tid."}
    with make_project(tmp_path) as project:
        add_survey(project, [("R 1", "nurse", answers), ("R 2", "nurse", {"Why?": "det samme"}), ("R 2", "x", {})])
        report = import_other_project(project, path)
        found = {
            each.name: [project.documents.text(each.id)[one.span.start : one.span.end] for one in held]
            for each in project.documents.all()
            if (held := project.segments.of_document(each.id))
        }
    assert found == {"survey.csv#!2:Why?": ["taushetsplikten"], "survey.csv#!2:How?": ["Ikke nok tid."]}
    assert [each.what.split(",")[0].rstrip(".") for each in report.unplaced] == [
        "Its words stand at 2 places in the text",
        "Its words run over several answers",
        "There is no document of that name here",
    ]


REPORT = (
    "Name: Law\n\n<Files\\\\North> - § 2 references coded  [12.50% Coverage]\n\nReference 1 - 5.10% Coverage\n\n"
    "Vi får\n\nReference 2 - 7.40% Coverage\n\nlese. Ja.\nTaushetsplikten\n\n<Files\\\\South> - § 1 reference coded  "
    "[1.00% Coverage]\n\nReference 1 - 1.00% Coverage\n\nVi får\n"
)


@pytest.mark.parametrize("ending", [".txt", ".docx"])
def test_a_report_of_references(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"Access{ending}"
    report = REPORT if ending == ".txt" else REPORT.partition("\n\n")[2]  # named by the file
    path.write_text(report, encoding="utf-8")
    if ending == ".docx":
        write_word_file(path, *(paragraph(run_of(escape(line))) for line in report.split("\n")))
    assert is_other_project(path)
    told, found, _memos = come_in(tmp_path, path)
    code = "Law" if ending == ".txt" else "Access"
    assert found == [
        (code, "0 Vi får", "imported"),
        (code, "18 lese. Ja.\nTaushetsplikten", "imported"),
    ]
    assert told.n_unplaced == 1


def test_words_in_cells_make_no_table_of_a_survey(tmp_path: Path) -> None:
    rows = (("ID", "What do you look at?"), (1, "Document"), (2, "Code"), (3, "Segment"))
    assert not is_quotation_table(workbook(tmp_path / "a.xlsx", *rows))


def test_damaged_files_are_none_and_empty_ones_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "b.csv").write_text("Document name,Code,Segment\n", encoding="utf-8")
    assert [is_quotation_table(tmp_path / name) for name in ("a.xlsx", "b.csv", "c.csv", "d.txt")] == [
        False,
        True,
        False,
        False,
    ]
    with pytest.raises(ImportingError, match="no coded passages"):
        read_quotation_table(tmp_path / "b.csv")
    with make_project(tmp_path) as project:
        add_session(project, "North", SAID, {"Anna": "nurse", "Bo": "nurse"})
        path = project.path
    table = workbook(tmp_path / "c.xlsx", ("Document", "Code", "Quotation"), ("North", "Law", "Vi får"))
    assert run(["inspect", str(table)]) == 0
    assert run(["import", str(path), str(table)]) == 0
    assert "1 coding" in capsys.readouterr().out
