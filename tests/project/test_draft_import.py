"""Files that were decided about come into an open project; what imports said can be read again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import CancelledError, StoreError
from qualcode.files.study_file import read_study
from qualcode.i18n import use_language
from qualcode.model.case import NO_GROUP
from qualcode.project.draft_import import import_read, importing_read, read_draft
from qualcode.project.import_choices import remembered_choices
from qualcode.project.import_preview import preview_file
from qualcode.project.import_record import imports_said
from qualcode.project.project import Project
from qualcode.project.study_draft import StudyDraft
from tests.builders import make_project

TALK = "Moderator: Hva er nytt?\nBaker 1: Vi har fått ovn.\nKelner 1: Og et bord.\nBaker 1: Ja.\nGjest: Hei.\n"
SURVEY = "ID;Rolle;Hva er vanskelig?\n1;Baker;Det er for varmt.\n2;Bakere;Ovnen står i veien.\n3;;Ingenting er lett.\n"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path) as made:
        yield made


@pytest.fixture
def draft(tmp_path: Path) -> StudyDraft:
    (tmp_path / "prat.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "svar.csv").write_text(SURVEY, encoding="utf-8")
    (tmp_path / "tom.txt").write_text("", encoding="utf-8")
    made = StudyDraft()
    for name in ("prat.txt", "svar.csv", "tom.txt"):
        made.put(preview_file(tmp_path / name))
    return made


def test_files_come_in_as_one_step_with_their_groups(project: Project, draft: StudyDraft) -> None:
    summary = import_read(project, read_draft(project, draft))
    assert (summary.n_documents, summary.n_respondents, summary.n_answers) == (1, 6, 3)
    assert {case.ident: case.group for case in project.respondents.all()} == {
        "Baker 1": "Baker",
        "Kelner 1": "Kelner",
        "Gjest": "(none)",
        "1": "Baker",
        "2": "Baker",
        "3": "(none)",
    }
    project.undo()
    assert project.respondents.all() == [] and project.documents.all() == []


def test_what_was_decided_is_there_for_the_next_files(project: Project, draft: StudyDraft, tmp_path: Path) -> None:
    guest = next(row for row in draft.speaker_rows() if row.label == "Gjest")
    draft.assign(guest.keys, "Naboer")
    import_read(project, read_draft(project, draft))
    (tmp_path / "prat_2.txt").write_text("Gjest: Hei igjen.\nBaker 4: Hei.\nGjest: Ja.\n", encoding="utf-8")
    later = StudyDraft(remembered=remembered_choices(project))
    later.put(preview_file(tmp_path / "prat_2.txt"))
    assert {row.label: row.role for row in later.speaker_rows()} == {"Gjest": "Naboer", "Baker 4": "Baker"}


def test_what_imports_said_can_be_read_again(project: Project, draft: StudyDraft) -> None:
    assert imports_said(project) == []
    import_read(project, read_draft(project, draft))
    import_read(project, read_draft(project, draft))
    again, first = imports_said(project)
    assert first.name == "Import 2 files" and first.result.startswith("New: 1 transcript, 6 respondents, 3 answers; ")
    assert any("'Gjest' is not listed" in problem.what for problem in first.problems)
    assert again.result.startswith("New: 0 transcripts, 0 respondents, 0 answers; ")
    project.undo()
    assert len(imports_said(project)) == 2  # what was said was said


def test_nobodys_group_has_a_name_of_the_readers_language(project: Project, draft: StudyDraft) -> None:
    use_language("nb")
    try:
        said = [problem.what for problem in import_read(project, read_draft(project, draft)).problems]
    finally:
        use_language("en")
    assert sum("telles som (uten gruppe)" in each for each in said) == 2, "a speaker and a row of the survey"
    assert not any(NO_GROUP in each for each in said)


def test_a_study_that_is_imported_is_recorded_and_remembered(
    project: Project, draft: StudyDraft, tmp_path: Path
) -> None:
    (tmp_path / "codebook.yaml").write_text("key: k\ncodes:\n  - {key: time, name: Tid}\n", encoding="utf-8")
    (tmp_path / "s.yaml").write_text(
        "title: S\ncodebook: codebook.yaml\ndocuments:\n  - {files: prat.txt, speakers: {Gjest: Naboer}}\n",
        encoding="utf-8",
    )
    project.documents.import_study(read_study(tmp_path / "s.yaml"))
    assert [note.name for note in imports_said(project)] == ["S"]
    assert remembered_choices(project).role_of("gjest") == "Naboer"


def test_reading_can_be_stopped(project: Project, draft: StudyDraft) -> None:
    with pytest.raises(CancelledError):
        read_draft(project, draft, cancelled=lambda: True)
    assert project.history()[1:] == []


def test_a_file_that_went_away_meanwhile_costs_only_itself(project: Project, draft: StudyDraft, tmp_path: Path) -> None:
    (tmp_path / "prat.txt").unlink()
    summary = import_read(project, read_draft(project, draft))
    assert (summary.n_documents, summary.n_answers) == (0, 3)
    assert [each.severity for each in summary.problems if "prat.txt" in f"{each.where} {each.what}"] == ["error"]


def many(tmp_path: Path, n_files: int, n_rows: int) -> StudyDraft:
    made = StudyDraft()
    for number in range(n_files):
        path = tmp_path / f"team_{number}.txt"
        path.write_text(TALK, encoding="utf-8")
        made.put(preview_file(path))
    rows = "".join(f"{n};Baker;Svar nummer {n} handler om ovnen.\n" for n in range(n_rows))
    (tmp_path / "mange.csv").write_text("ID;Rolle;Hva er vanskelig?\n" + rows, encoding="utf-8")
    made.put(preview_file(tmp_path / "mange.csv"))
    return made


def test_what_was_read_is_written_in_pieces_and_undone_at_once(project: Project, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    read = read_draft(project, many(tmp_path, 3, 2_300))
    summary = import_read(project, read, progress=lambda done, total: told.append((done, total)))
    assert (summary.n_documents, summary.n_answers, summary.n_respondents) == (3, 2_300, 9 + 2_300)
    assert told == [(n, 8) for n in range(1, 9)]
    names = [each.name for each in project.documents.all()]
    assert names[:3] == ["team_0.txt", "team_1.txt", "team_2.txt"]
    assert names[3] == "mange.csv#!2:Hva er vanskelig?" and names[-1] == "mange.csv#!2301:Hva er vanskelig?"
    project.undo()
    assert project.documents.all() == [] and project.respondents.all() == []
    project.redo()
    assert [each.name for each in project.documents.all()] == names


@pytest.mark.parametrize("after", [1, 3, 5])
def test_an_import_that_is_stopped_leaves_nothing_behind(project: Project, tmp_path: Path, after: int) -> None:
    read = read_draft(project, many(tmp_path, 3, 2_300))
    version, told = project.db.version, []
    with pytest.raises(CancelledError, match="nothing was changed"):
        import_read(project, read, progress=lambda *point: told.append(point), cancelled=lambda: len(told) == after)
    assert project.documents.all() == [] and project.respondents.all() == [] and imports_said(project) == []
    assert project.undo_name == "Load codebook"
    assert project.db.version > version  # what was computed from half an import holds no longer
    assert import_read(project, read).n_answers == 2_300


def test_nobody_else_changes_the_project_between_two_pieces(project: Project, tmp_path: Path) -> None:
    pieces = importing_read(project, read_draft(project, many(tmp_path, 2, 5)))
    assert next(pieces) == (1, 3)
    for change in (lambda: project.codebook.add("Price"), project.undo, project.redo):
        with pytest.raises(StoreError, match="still going on"):
            change()
    pieces.close()
    assert project.documents.all() == []
    project.codebook.add("Price")
    assert project.undo_name not in (None, "Load codebook")
