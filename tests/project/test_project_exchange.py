"""A project goes out in the exchange format and comes back with every coding at its place."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from qualcode.cli.main import run
from qualcode.errors import ExportError
from qualcode.model.document import SpeakerRole
from qualcode.model.memo import Subject, SubjectKind
from qualcode.model.segment import Span
from qualcode.project.project import Project
from qualcode.project.project_exchange import export_refi_project
from qualcode.project.project_import import import_other_project
from tests.builders import add_session, add_survey, code_words, make_project
from tests.exporting.refi_rules import breaches
from tests.importing.foreign_projects import Mark, mark, refi_xml, text_source, write_qdpx

SAID = [
    ("Kari", "What is hard?"),
    ("Ann (nurse)", "The law 😀 <stops> us.\nAnd time."),
    ("Ben", "We share no room & no “aims”."),
    ("Ann (nurse)", "No."),
]
KINDS = ("TextSource", "PlainTextSelection", "Case")
GROUPS = {"Kari": SpeakerRole.MODERATOR, "Ann (nurse)": "nurse", "Ben": "specialist"}


def filled(folder: Path) -> Project:
    project = make_project(folder)
    document = add_session(project, "North", SAID, GROUPS)
    add_survey(
        project, [("1", "leader", {"Why?": "The price.", "How?": "Time = money"}), ("2", "leader", {"Why?": ""})]
    )
    code_words(project, "North.txt", "law 😀 <stops> us", "price")
    code_words(project, "North.txt", "And time.\nWe share", "time", "Ola")
    code_words(project, "North.txt", "And time.\nWe share", "cost")
    code_words(project, "survey.csv#!2:How?", "Time", "time")
    code_words(project, "survey.csv#!2:Why?", "The price.", "cost")
    segment = project.segments.of_document(document)[0]
    project.memos.add(Subject(SubjectKind.SEGMENT, segment.id), "Look again", "Law")
    project.memos.add(Subject(), "The whole")
    return project


def spans(project: Project, document: str) -> set[tuple[Span, str, str]]:
    """(place, code's name, coder) of each segment of a document."""
    found = {each.name: each.id for each in project.documents.all()}
    codes = {code.id: code.name.in_language("en") for code in project.codebook.current().codes}
    coders = {coder.id: coder.name for coder in project.coders()}
    segments = project.segments.of_document(found[document])
    return {(each.span, codes[each.code_id], coders[each.coder_id]) for each in segments}


def test_what_goes_out_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "all.qdpx"
    with filled(tmp_path) as project, Project.create(tmp_path / "back.qualcode", coder="Kari") as back:
        export_refi_project(project, path)
        report = import_other_project(back, path)
        assert (report.n_codings, report.n_verified, dict(report.left_out)) == (5, 5, {})
        assert spans(back, "North.txt") == spans(project, "North.txt")
        (transcript,) = project.documents.all(answers=False)
        returned = next(each for each in back.documents.all() if each.name == "North.txt")
        assert back.documents.text(returned.id) == project.documents.text(transcript.id)
        told = [(turn.label, turn.group, turn.start, turn.end) for turn in back.documents.turns(returned.id)]
        assert told == [
            (turn.label, turn.group, turn.start, turn.end) for turn in project.documents.turns(transcript.id)
        ]
        answers = back.exports.codings_table()
        assert sorted(answers["text"][answers["respondent"] == "1"]) == ["The price.", "Time"]
        assert [(memo.title, memo.content, memo.subject.kind.value) for memo in back.memos.all()] == [
            ("Law", "Look again", "segment"),
            ("", "The whole", "project"),
        ]


def test_the_archive_is_the_same_each_time_and_names_passages_by_their_words(tmp_path: Path) -> None:
    first, second = tmp_path / "1.qdpx", tmp_path / "2.qdpx"
    with filled(tmp_path) as project:
        export_refi_project(project, first)
        export_refi_project(project, second)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        root = etree.fromstring(archive.read("project.qde"))
        texts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".txt")}
    assert len(texts) == 4  # a transcript, a respondent who answered, two notes
    coded = [each for each in root.iter("{*}PlainTextSelection") if each.get("name")]
    assert len(coded) == 5
    assert [each.get("creatingUser") for each in coded] == [
        coding.get("creatingUser") for each in coded for coding in each.iter("{*}Coding")
    ]  # some tools look at the selection, some at the coding
    assert [each.text for each in root.iter("{*}Description")] == ["Look again"]
    for each in coded:
        source = each.getparent()
        assert source is not None
        text = texts[f"sources/{source.get('guid')}.txt"]
        assert text[int(each.get("startPosition") or 0) : int(each.get("endPosition") or 0)] == each.get("name")
    assert [each.get("name") for each in root.iter("{*}Variable")] == ["Group"]
    assert len({each.get("guid") for each in root.iter() if each.get("guid")}) == sum(
        each.get("guid") is not None for each in root.iter()
    )


@pytest.mark.parametrize("is_filled", [True, False])
def test_the_standard_allows_all_that_is_written(tmp_path: Path, is_filled: bool) -> None:
    path = tmp_path / "a.qdpx"
    with filled(tmp_path) if is_filled else Project.create(tmp_path / "empty.qualcode") as project:
        if is_filled:
            price = project.codebook.by_key_or_name("price")
            project.memos.add(Subject(SubjectKind.CODE, price.id), "Narrow")
            project.memos.add(Subject(SubjectKind.DOCUMENT, project.documents.all()[0].id), "Loud\x0b & <quick>")
        export_refi_project(project, path)
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        root = etree.fromstring(archive.read("project.qde"))
    assert breaches(root) == []
    paths = {str(each.get("plainTextPath")) for each in root.iter() if each.get("plainTextPath")}
    assert {each.replace("internal://", "sources/") for each in paths} == names - {"project.qde"}
    assert len(paths) == (6 if is_filled else 0)


def test_export_by_its_ending_and_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with filled(tmp_path) as project:
        with pytest.raises(ExportError, match="cannot be written"):
            export_refi_project(project, tmp_path / "missing" / "a.qdpx")
        path = project.path
    assert run(["export", str(path), str(tmp_path / "a.qdpx")]) == 0
    assert run(["inspect", str(tmp_path / "a.qdpx")]) == 0
    assert "codings: 5" in capsys.readouterr().out


def state(project: Project) -> dict[str, object]:
    """What a project holds, without its history."""
    return {
        "documents": project.documents.all(),
        "segments": {each.name: spans(project, each.name) for each in project.documents.all()},
        "codes": project.codebook.current().codes,
        "cases": project.respondents.all(),
        "memos": [(memo.subject, memo.title, memo.content) for memo in project.memos.all()],
    }


def test_memos_come_back_to_what_they_are_on(tmp_path: Path) -> None:
    with filled(tmp_path) as project, Project.create(tmp_path / "back.qualcode", coder="Kari") as back:
        document = next(each for each in project.documents.all() if each.name == "North.txt")
        for case in project.respondents.all():
            project.memos.add(Subject(SubjectKind.RESPONDENT, case.id), f"Of {case.key}", "Mood")
        project.memos.add(Subject(SubjectKind.DOCUMENT, document.id), "Loud", "Room")
        export_refi_project(project, tmp_path / "a.qdpx")
        with zipfile.ZipFile(tmp_path / "a.qdpx") as archive:
            root = etree.fromstring(archive.read("project.qde"))
        assert breaches(root) == []
        described = {kind: [each.text for each in root.findall(f".//{{*}}{kind}/{{*}}Description")] for kind in KINDS}
        assert described["TextSource"] == ["Loud"]
        assert described["PlainTextSelection"] == ["Look again"]
        assert described["Case"] == [f"Of {case.key}" for case in project.respondents.all()]
        import_other_project(back, tmp_path / "a.qdpx")

        def told(here: Project) -> set[tuple[str, str, str]]:
            names = {Subject(SubjectKind.RESPONDENT, case.id): case.ident for case in here.respondents.all()}
            return {
                (names.get(memo.subject, memo.subject.kind.value), memo.title, memo.content)
                for memo in here.memos.all()
            }

        assert told(back) == told(project)


def test_what_comes_back_to_where_it_went_out_changes_nothing(tmp_path: Path) -> None:
    with filled(tmp_path) as project:
        case = project.respondents.all()[0]
        project.memos.add(Subject(SubjectKind.RESPONDENT, case.id), "Was tired", "Mood")
        project.memos.add(Subject(SubjectKind.DOCUMENT, project.documents.all()[-1].id), "Short")
        export_refi_project(project, tmp_path / "a.qdpx")
        before = state(project)
        report = import_other_project(project, tmp_path / "a.qdpx")
        assert state(project) == before
        assert (report.written.n_documents, report.written.n_segments, report.written.n_segments_known) == (0, 0, 5)


def test_what_another_tool_coded_in_answers_comes_back_to_them(tmp_path: Path) -> None:
    path, coded = tmp_path / "a.qdpx", tmp_path / "b.qdpx"
    with filled(tmp_path) as project:
        answer = next(each for each in project.documents.all() if each.name == "survey.csv#!2:How?")
        export_refi_project(project, path)
        with zipfile.ZipFile(path) as archive, zipfile.ZipFile(coded, "w") as there:
            for name in archive.namelist():
                content = archive.read(name).decode()
                # by another tool: one more code on an answer, and words put before another one's text
                moved = content.replace('name="Time"', 'name="money" ') if name.endswith(".qde") else content
                if name.endswith(".qde"):
                    begins = archive.read(_text_with(archive, "money")).decode().index("money")
                    root = etree.fromstring(moved.encode())
                    for each in root.iter("{*}PlainTextSelection"):
                        if each.get("name") == "money":
                            each.set("startPosition", str(begins))
                            each.set("endPosition", str(begins + 5))
                    moved = etree.tostring(root).decode()
                there.writestr(name, moved)
        assert import_other_project(project, coded).written.n_segments == 1
        text = project.documents.text(answer.id)
        held = [text[each.span.start : each.span.end] for each in project.segments.of_document(answer.id)]
        assert sorted(held) == ["Time", "money"]
        project.documents.correct(answer.id, Span(0, 4), "All time")
        assert import_other_project(project, coded).written.n_segments == 0  # the words decide, and they are there


def _text_with(archive: zipfile.ZipFile, words: str) -> str:
    return next(name for name in archive.namelist() if name.endswith(".txt") and words in archive.read(name).decode())


def test_a_survey_that_another_tool_coded_by_respondent_goes_to_the_answers(tmp_path: Path) -> None:
    answers = {"Why?": "Det er taushetsplikten. Ja.", "How?": "Ikke nok tid. Ja."}
    text = "Why?\r\nDet er  taushetsplikten. Ja.\r\n\r\nHow?\r\nIkke nok tid. Ja.\r\n"
    other = "Something quite else."
    last = text.rindex("Ja.")
    marks = [mark(text, "taushetsplikten."), mark(text, "How?"), Mark(last, last + 3, name="Ja.")]
    sources = text_source("a.txt", marks, name="R 1") + text_source("b.txt", [], guid="d2", name="R 2")
    path = write_qdpx(tmp_path / "a.qdpx", refi_xml(sources), {"a.txt": text.encode(), "b.txt": other.encode()})
    with make_project(tmp_path) as project:
        add_survey(project, [("R 1", "nurse", answers), ("R 2", "nurse", {"Why?": "Ja."})])
        report = import_other_project(project, path)
        found = {
            each.name: [project.documents.text(each.id)[one.span.start : one.span.end] for one in held]
            for each in project.documents.all()
            if (held := project.segments.of_document(each.id))
        }
        assert found == {"survey.csv#!2:Why?": ["taushetsplikten."], "survey.csv#!2:How?": ["Ja."]}
        assert [each.name for each in project.documents.all(answers=False)] == ["R 2"]  # which is another text
    assert "1 coding" in report.problems[-1].what  # of the question alone
