"""Projects of other tools in a project: one step, nothing twice, everything told."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.cli.main import run
from qualcode.model.document import SpeakerRole
from qualcode.model.segment import Span
from qualcode.project.project import Project
from qualcode.project.project_exchange import exchange_guid
from qualcode.project.project_import import import_other_project, report_lines
from tests.builders import add_session, make_code, make_codebook, make_project
from tests.importing.foreign_projects import (
    TALK,
    Mark,
    mark,
    refi_xml,
    simple_qdpx,
    text_source,
    write_qdpx,
)

MORE = (
    '<Variables><Variable guid="v1" name="Role" typeOfVariable="Text"/></Variables>'
    '<Cases><Case guid="k-1" name="Bo"><Description>Tall</Description>'
    '<VariableValue><VariableRef targetGUID="v1"/><TextValue>therapist</TextValue>'
    '</VariableValue><SourceRef targetGUID="d1"/></Case><Case guid="k-2" name="Nobody"/></Cases>'
    '<Notes><Note guid="n1" name="Idea" creatingUser="u2" creationDateTime="2024-02-03T10:00:00Z">'
    "<PlainTextContent>Look again</PlainTextContent></Note></Notes>"
)


def study(folder: Path) -> Path:
    words = mark(TALK, "å lese.")
    marks = [
        Mark(words.start, words.end, name="å lese.", inside='<NoteRef targetGUID="n1"/>'),
        mark(TALK, "Taushetsplikten stopper oss."),
        Mark(words.start, words.end, "k2", "å lese.", "u2"),
    ]
    return simple_qdpx(folder / "study.qdpx", marks, more=MORE)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.qualcode", "P", coder="Me") as made:
        yield made


def rows(project: Project) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the tables that an import fills; what it said is kept beside the steps."""
    tables = ("code", "case", "attribute", "document", "speaker", "coder", "segment", "memo", "session", "setting")
    connection = sqlite3.connect(project.path)
    try:
        found = {table: connection.execute(f'SELECT * FROM "{table}" ORDER BY id').fetchall() for table in tables}
        found["setting"] = [row for row in found["setting"] if "imports_said" not in row]
        return found
    finally:
        connection.close()


def test_everything_comes_in_as_one_step_and_goes_with_it(project: Project, tmp_path: Path) -> None:
    before = rows(project)
    report = import_other_project(project, study(tmp_path))
    after = rows(project)
    assert [step.name for step in project.history()] == ["Import project Study"]
    written = report.written
    assert (written.n_documents, written.n_codes, written.n_segments, written.n_memos) == (1, 3, 3, 2)
    assert (report.n_codings, report.n_verified, report.n_unplaced) == (3, 3, 0)
    table = project.exports.codings_table()
    assert list(
        zip(table["respondent"], table["group"], table["text"], table["code"], table["coder"], strict=True)
    ) == [
        ("Anna", "(none)", "å lese.", "confidentiality", "Kari"),
        ("Anna", "(none)", "å lese.", "agreement", "Ola"),
        ("Bo", "therapist", "Taushetsplikten stopper oss.", "confidentiality", "Kari"),
    ]
    assert set(table["origin"]) == {"imported"}
    assert [(code.key, code.parent, code.colour) for code in project.codebook.current().codes] == [
        ("barriers", "", ""),
        ("confidentiality", "barriers", "#ff0000"),
        ("agreement", "", "#00AA10"),
    ]
    project.undo()
    assert rows(project) == before
    project.redo()
    assert rows(project) == after


def test_the_same_file_again_changes_nothing(project: Project, tmp_path: Path) -> None:
    path = study(tmp_path)
    import_other_project(project, path)
    once = rows(project)
    written = import_other_project(project, path).written
    assert rows(project) == once
    assert len(project.history()) == 1
    assert (written.n_documents, written.n_documents_known, written.n_segments, written.n_segments_known) == (
        0,
        1,
        0,
        3,
    )
    assert (written.n_codes_known, written.n_respondents, written.n_attributes, written.n_memos) == (3, 0, 0, 0)


def test_memos_go_to_what_they_are_about(project: Project, tmp_path: Path) -> None:
    import_other_project(project, study(tmp_path))
    segments = {row[0]: row[1:4] for row in rows(project)["segment"]}
    found = rows(project)["memo"]
    assert [(row[5], row[6]) for row in found] == [("Idea", "Look again"), ("Description", "Tall")]
    assert segments[found[0][4]][1:] == (16, 23)
    assert found[0][8] == "2024-02-03T10:00:00+00:00"
    assert found[1][2] is not None  # the respondent


def test_codes_that_are_here_are_used_again(tmp_path: Path) -> None:
    book = make_codebook(make_code("barriers"), make_code("confidentiality", "barriers", 1), make_code("other"))
    with make_project(tmp_path, book) as project:
        written = import_other_project(project, study(tmp_path)).written
        assert (written.n_codes, written.n_codes_known) == (1, 2)
        renamed = project.codebook.by_key_or_name("agreement")
        project.codebook.rename(renamed.id, "Consent")
        assert import_other_project(project, study(tmp_path)).written.n_codes == 0  # known by its identifier


def test_two_codes_of_one_name_stay_two(project: Project, tmp_path: Path) -> None:
    codes = '<Code guid="k1" name="Trust"/><Code guid="k2" name="trust"/>'
    words = mark(TALK, "å lese.")
    marks = [words, Mark(words.start, words.end, "k2", "å lese.")]
    xml = refi_xml(text_source("internal://d1.txt", marks), codes=codes)
    path = write_qdpx(tmp_path / "a.qdpx", xml, {"Sources/d1.txt": TALK.encode()})
    assert import_other_project(project, path).written.n_segments == 2
    assert [code.name.plain for code in project.codebook.current().codes] == ["Trust", "trust"]
    assert import_other_project(project, path).written.n_codes == 0


def test_a_text_that_was_corrected_here_gets_codings_by_their_words(project: Project, tmp_path: Path) -> None:
    import_other_project(project, study(tmp_path))
    (document,) = project.documents.all()
    start = project.documents.text(document.id).index("får ikke lov")
    project.documents.correct(document.id, Span(start, start + 12), "får nok ikke lov")
    before = rows(project)["segment"]
    report = import_other_project(project, study(tmp_path))
    assert rows(project)["segment"] == before
    assert report.written.n_segments_known == 3
    assert "another one here" in report.problems[-1].what


def test_a_document_that_is_here_with_the_same_words_gets_the_codings(tmp_path: Path) -> None:
    said = [
        ("Anna", "Vi får ikke lov å lese."),
        ("Bo", "Taushetsplikten stopper oss."),
        ("Anna", "Ja, taushetsplikten."),
    ]
    with make_project(tmp_path) as project:
        document = add_session(project, "Gruppe A", said, {"Anna": "nurse", "Bo": SpeakerRole.MODERATOR})
        report = import_other_project(project, study(tmp_path))
        assert report.written.n_documents_known == 1
        assert len(project.segments.of_document(document)) == 3


def test_the_same_file_as_another_tool_reads_it_is_the_same_document(tmp_path: Path) -> None:
    said = [(label, f"Her sier jeg nummer {n} av alt.") for n in range(8) for label in ("Anna", "Bo")]
    said[3] = ("Bo", "Ja,\u00a0 det  står   her.")
    said[6] = ("Anna", "Uten det siste.")
    with make_project(tmp_path) as project:
        document = add_session(project, "Gruppe A", said, {"Anna": "nurse", "Bo": "nurse"})
        talk = "\n\n".join(f"{label}: {' '.join(words.split())}" for label, words in said).replace("det siste", "noe")
        path = simple_qdpx(tmp_path / "a.qdpx", [mark(talk, "det står her."), mark(talk, "nummer 7")], talk.encode())
        report = import_other_project(project, path)
        assert (report.written.n_documents, report.written.n_documents_known) == (0, 1)
        text = project.documents.text(document)
        assert [text[each.span.start : each.span.end] for each in project.segments.of_document(document)] == [
            "det  står   her.",
            "nummer 7",
        ]


def test_another_text_of_the_same_name_gets_a_name_of_its_own(project: Project, tmp_path: Path) -> None:
    import_other_project(project, study(tmp_path))
    other = text_source("internal://d1.txt", [], guid="d2")
    import_other_project(
        project, write_qdpx(tmp_path / "b.qdpx", refi_xml(other), {"Sources/d1.txt": b"Anna: Other.\n"})
    )
    assert [document.name for document in project.documents.all()] == ["Gruppe A", "Gruppe A (2)"]


def test_a_case_of_several_people_gives_them_its_facts(project: Project, tmp_path: Path) -> None:
    more = MORE.replace('name="Bo"', 'name="Team North"')
    import_other_project(project, simple_qdpx(tmp_path / "a.qdpx", [mark(TALK, "å lese.")], more=more))
    found = {case.ident: (case.group, dict(case.attributes)) for case in project.respondents.all()}
    assert found["Anna"] == ("therapist", {"case": "Team North", "Role": "therapist"})
    assert found["Bo"] == found["Anna"]
    assert set(found) == {"Anna", "Bo", "Nobody"}


def test_the_report_says_what_was_left_in_sentences(project: Project, tmp_path: Path) -> None:
    sources = text_source("internal://d1.txt", [Mark(500, 501)]) + '<VideoSource guid="x" name="f.mp4"/>'
    report = import_other_project(
        project, write_qdpx(tmp_path / "a.qdpx", refi_xml(sources), {"d1.txt": TALK.encode()})
    )
    lines = report_lines(report)
    assert lines[0] == "a.qdpx: project 'Study' of Test 1"
    assert "1 could not be placed" in lines[-3]
    assert lines[-1] == "  sound recordings and films: 1"
    assert "500 to 501" in report.unplaced[0].what


# On the command line


def test_import_makes_the_project_and_prints_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "new.qualcode"
    assert run(["import", str(path), str(study(tmp_path)), "--json", "--kind", "interview"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["documents"], told["respondents"]) == (1, 3)
    assert told["projects"][0]["not_placed"] == []
    with Project.open(path, read_only=True) as made:
        assert made.title == "Study"
    assert told["projects"][0]["codings"] == {
        "in_file": 3,
        "new": 3,
        "known": 0,
        "verified": 3,
        "found_elsewhere": 0,
        "by_position": 0,
        "not_placed": 0,
    }
    assert run(["count", str(path), "--csv"]) == 0
    assert "confidentiality" in capsys.readouterr().out


def test_a_file_that_is_refused_leaves_no_new_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.qdpx"
    broken.write_bytes(b"PK\x03\x04 and no more")
    assert run(["import", str(tmp_path / "new.qualcode"), str(broken)]) == 1
    assert "broken.qdpx" in capsys.readouterr().err
    assert not (tmp_path / "new.qualcode").exists()
    assert run(["import", str(tmp_path / "new.qualcode"), str(broken), str(study(tmp_path))]) == 1
    assert (tmp_path / "new.qualcode").exists()


def test_highlights_and_codings_find_their_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, text = tmp_path / "p.qualcode", tmp_path / "talk.txt"
    text.write_text(TALK)
    highlights = tmp_path / "all_tags.csv"
    highlights.write_text(
        "id,document,tag,content\n1,talk,law.secrecy,Taushetsplikten stopper oss.\n"
        '2,talk,law.reading,"å lese.\nBo: Taushetsplikten"\n3,talk,law.reading,Nowhere\n4,gone,law.reading,å lese.\n'
    )
    assert run(["import", str(path), str(text), str(highlights), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["projects"][0]["codings"]["verified"] == 2
    assert sum("highlights" not in each["where"] and "all_tags.csv" in each["where"] for each in told["problems"]) == 2
    codings = tmp_path / "codings.csv"
    codings.write_text("document,start,end,code,text\ntalk.txt,16,23,secrecy,å lese.\n")
    assert run(["import", str(path), str(codings)]) == 0
    assert run(["codings", "export", str(path), str(tmp_path / "out.csv")]) == 0
    assert (tmp_path / "out.csv").read_text().count("å lese.") == 3  # one of them in two turns


def test_an_identifier_of_quite_another_text_is_no_sign_of_the_same_document(project: Project, tmp_path: Path) -> None:
    import_other_project(project, study(tmp_path))
    talk = b"Anna: Quite another talk.\nBo: On other things.\n"
    path = write_qdpx(tmp_path / "b.qdpx", refi_xml(text_source("d1.txt", [Mark(6, 11)])), {"d1.txt": talk})
    report = import_other_project(project, path)
    assert (report.written.n_documents, report.written.n_segments) == (1, 1)
    assert [document.name for document in project.documents.all()] == ["Gruppe A", "Gruppe A (2)"]


def test_what_went_out_is_known_when_another_tool_gives_it_back_by_other_names(tmp_path: Path) -> None:
    said = [("Anna", "Vi får ikke lov å lese."), ("Bo", "Taushetsplikten stopper oss.")]
    with make_project(tmp_path) as project:
        add_session(project, "North", said, {"Anna": "nurse", "Bo": "nurse"})
        made_here = exchange_guid("document", "North.txt"), exchange_guid("code", "price")
        text = "Anna: Vi får ikke lov å lese.\nBo: Taushetsplikten stopper oss.\n"
        there = text_source(
            "d1.txt", [mark(text, "Taushetsplikten", code=made_here[1])], guid=made_here[0], name="Nord"
        )
        codes = f'<Code guid="{made_here[1]}" name="What it costs"/>'
        path = write_qdpx(tmp_path / "b.qdpx", refi_xml(there, codes=codes), {"d1.txt": text.encode()})
        written = import_other_project(project, path).written
        assert (written.n_documents_known, written.n_codes_known, written.n_segments) == (1, 1, 1)


def test_a_case_that_is_named_by_session_and_label_goes_by_its_label(project: Project, tmp_path: Path) -> None:
    cases = '<Cases><Case guid="c1" name="North:Bo"><SelectionRef targetGUID="s1"/></Case></Cases>'
    path = simple_qdpx(tmp_path / "a.qdpx", [mark(TALK, "Taushetsplikten stopper oss.")], more=cases)
    import_other_project(project, path)
    assert ("North:Bo", "Bo") in {(case.key, case.ident) for case in project.respondents.all()}
