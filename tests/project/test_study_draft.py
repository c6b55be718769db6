"""A study that is put together: what is proposed, what a user changes, and the study file that comes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import QualcodeError
from qualcode.files.study_file import read_study
from qualcode.importing.columns import Role
from qualcode.importing.inspect import HowToRead, inspect_file
from qualcode.importing.report import Outcome
from qualcode.model.document import DocumentKind, SpeakerRole
from qualcode.project.draft_points import Step
from qualcode.project.import_choices import Choices, remember_choices, remembered_choices
from qualcode.project.import_preview import passage_with_letters, preview_file, read_again, with_sheet
from qualcode.project.project import Project
from qualcode.project.study_draft import CodebookFrom, StudyDraft, name_of_file

SHIFT_A = """Moderator: Hvordan møtes dere i uka?
Baker 1: Vi deler kjøkken med de andre.
Kelner 2: Jeg får ikke se oppskriftene før de er ferdige.
Baker 1: Ja.
Baker 2: Det er strengt her.
Lærling: Jeg vet ikke helt.
Flere: Nei.
"""
INTERVIEW = """Intervjuer: Hvor lenge har du vært her?
Sjef: I sju år, og det har vært fint.
Intervjuer: Og hva er vanskelig?
Sjef: Tiden.
"""
SURVEY = """ID;Rolle;Tilfreds (0-10);Hva er vanskelig?
1;Baker;3;Det er hemmeligheter om oppskriftene.
2;Kelner;4;Lite tid til alt.
3;kelner;9;vet ikke
4;Bakere;2;Det trange kjøkkenet
5;Kelner;2;Ingen rom å møtes i
6;Baker;5;
"""
CODEBOOK = "key: kitchen\ncodes:\n  - {key: time, name: Tid}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "skift_a.txt").write_text(SHIFT_A, encoding="utf-8")
    (tmp_path / "samtale.txt").write_text(INTERVIEW, encoding="cp1252")
    (tmp_path / "svar.csv").write_text(SURVEY, encoding="utf-8")
    (tmp_path / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    return tmp_path


@pytest.fixture
def draft(folder: Path) -> StudyDraft:
    made = StudyDraft(title="Kjøkkenet", study_path=folder / "study.yaml", project_path=folder / "kitchen.qualcode")
    for name in ("skift_a.txt", "samtale.txt", "svar.csv"):
        made.put(preview_file(folder / name))
    made.codebook_from, made.codebook = CodebookFrom.FILE, folder / "codebook.yaml"
    return made


def roles(draft: StudyDraft) -> dict[str, str | None]:
    return {row.label: row.role for row in draft.speaker_rows()}


def test_a_preview_says_what_inspect_says(folder: Path) -> None:
    for name in ("skift_a.txt", "svar.csv", "codebook.yaml"):
        file, told = preview_file(folder / name), inspect_file(folder / name)
        assert [str(each.what) for each in file.found.problems] == [each["what"] for each in told["problems"]]  # type: ignore[attr-defined]
        assert file.found.kind == told["kind"] and file.found.outcome == told["outcome"]


def test_speakers_are_counted_and_labels_that_begin_alike_stand_together(draft: StudyDraft) -> None:
    rows = {row.label: row for row in draft.speaker_rows()}
    baker = rows["Baker*"]
    assert (baker.is_pattern, baker.n_turns, len(baker.keys)) == (True, 3, 2)
    first = rows["Baker 1"]
    assert (first.depth, first.n_turns, first.n_words, first.n_files) == (1, 2, 7, 1)
    assert first.first_words == "Vi deler kjøkken med de andre."


def test_roles_are_proposed_where_the_labels_speak_for_them(draft: StudyDraft) -> None:
    found = roles(draft)
    assert found["Moderator"] == found["Intervjuer"] == "moderator"
    assert found["Flere"] == "several"
    assert found["Baker*"] == "Baker" and found["Kelner 2"] == "Kelner"
    assert found["Lærling"] == found["Sjef"] == ""
    assert [point.what for point in draft.open_points()] == ["2 speakers have no group.", "Proposed: Bakere as Baker."]


def test_files_with_few_labels_are_interviews(draft: StudyDraft) -> None:
    assert [each.kind for each in draft.transcripts] == [DocumentKind.FOCUS_GROUP, DocumentKind.INTERVIEW]


def test_the_study_file_is_read_as_it_was_meant(draft: StudyDraft) -> None:
    for row in draft.speaker_rows():
        if row.label in ("Lærling", "Sjef"):
            draft.assign(row.keys, "Leder" if row.label == "Sjef" else "baker")
    study = draft.write()
    assert study.title == "Kjøkkenet"
    labels = {label: source for source in study.documents for label in _labels(draft, source.files)}
    meant = {label: source.role_and_group(label) for label, source in labels.items()}
    assert meant["Baker 1"] == meant["Lærling"] == (SpeakerRole.RESPONDENT, "Baker")
    assert meant["Sjef"] == (SpeakerRole.RESPONDENT, "Leder")
    assert meant["Moderator"][0] is SpeakerRole.MODERATOR and meant["Flere"][0] is SpeakerRole.SEVERAL
    assert study.documents[0].role_and_group("Baker 7") == (SpeakerRole.RESPONDENT, "Baker")  # as the next file has it
    (survey,) = study.surveys
    assert (survey.respondent, survey.group, survey.open) == ("ID", "Rolle", ("Hva er vanskelig?",))
    assert [(each.column, each.kind, each.minimum, each.maximum) for each in survey.closed] == [
        ("Tilfreds (0-10)", "scale", 0, 10)
    ]
    assert study.group_name("bakere") == "Baker" and study.group_name("kelner") == "Kelner"


def _labels(draft: StudyDraft, files: tuple[Path, ...]) -> list[str]:
    return [speaker.label for path in files for speaker in draft.file(path).speakers]  # type: ignore[union-attr]


def test_a_project_comes_of_it(draft: StudyDraft, tmp_path: Path) -> None:
    study = draft.write()
    with Project.create(tmp_path / "new.qualcode", study.title) as project:
        summary = project.documents.import_study(study)
        assert (summary.n_documents, summary.n_answers) == (2, 4)
        assert set(project.respondents.groups()) == {"Baker", "Kelner", "(none)"}


def test_a_pattern_never_catches_a_speaker_without_a_role(draft: StudyDraft, folder: Path) -> None:
    (folder / "skift_b.txt").write_text("Baker 1: Hei.\nBakermester: Hei på deg.\nBaker 1: Ja.\nBakermester: Nei.\n")
    draft.put(preview_file(folder / "skift_b.txt"))
    study = draft.write()
    source = next(each for each in study.documents if folder / "skift_b.txt" in each.files)
    assert not source.lists("Bakermester")
    assert source.role_and_group("Baker 1") == (SpeakerRole.RESPONDENT, "Baker")


def test_equal_labels_of_different_files_can_have_different_roles(draft: StudyDraft, folder: Path) -> None:
    (folder / "samtale_2.txt").write_text(INTERVIEW, encoding="utf-8")
    draft.put(preview_file(folder / "samtale_2.txt"))
    for path, role in ((folder / "samtale.txt", "Leder"), (folder / "samtale_2.txt", "Eier")):
        (row,) = [row for row in draft.speaker_rows(by_file=path) if row.label == "Sjef"]
        draft.assign(row.keys, role)
    assert roles(draft)["Sjef"] is None
    study = draft.write()
    found = {source.files[0].name: source.role_and_group("Sjef")[1] for source in study.documents}
    assert (found["samtale.txt"], found["samtale_2.txt"]) == ("Leder", "Eier")


def test_a_text_without_speakers_can_be_one_person(folder: Path) -> None:
    (folder / "brev.txt").write_text("Kjære alle sammen, dette er et brev.\n\nDet har to avsnitt.\n", encoding="utf-8")
    draft = StudyDraft(title="Brev", study_path=folder / "s.yaml", project_path=folder / "p.qualcode")
    draft.put(preview_file(folder / "brev.txt"))
    draft.codebook_from = CodebookFrom.EMPTY
    (row,) = draft.speaker_rows()
    assert (row.label, row.role) == ("", "")
    draft.assign(row.keys, "Naboer")
    assert draft.write().documents[0].role_and_group("") == (SpeakerRole.RESPONDENT, "Naboer")


def test_spellings_are_merged_and_parted(draft: StudyDraft) -> None:
    rows = {row.spelling: row for row in draft.group_rows()}
    assert rows["Bakere"].name == "Baker" and rows["Bakere"].is_proposed
    assert rows["Kelner"].others == ("kelner",) and rows["Kelner"].n_rows == 3
    draft.name_group("Bakere", "Bakere")
    draft.name_group("Kelner", "Servering")
    draft.name_group("Servering", "Sal")  # what counted under the name goes along
    assert {row.spelling: row.name for row in draft.group_rows()} == {
        "Baker": "Baker",
        "Bakere": "Bakere",
        "Kelner": "Sal",
    }
    study = draft.write()
    assert (study.group_name("bakere"), study.group_name("Kelner")) == ("Bakere", "Sal")


def test_two_labels_that_may_be_one_person_are_named(draft: StudyDraft, folder: Path) -> None:
    (folder / "skift_d.txt").write_text(
        "Servitør 1: Hei på deg.\nServtiør 1: Ja.\nServitør 1: Nå.\nServtiør 1: Vel.\n", encoding="utf-8"
    )
    draft.put(preview_file(folder / "skift_d.txt"))
    said = [point.what for point in draft.open_points((Step.SPEAKERS,)) if not point.stops]
    assert "skift_d.txt: Servitør 1 and Servtiør 1 may be one person." in said


def test_one_column_is_the_id_and_one_the_group(draft: StudyDraft, folder: Path) -> None:
    file = draft.file(folder / "svar.csv")
    assert file is not None
    file.set_role("Hva er vanskelig?", Role.GROUP)
    assert [column.role for column in file.columns] == [Role.ID, Role.IGNORE, Role.SCALE, Role.GROUP]
    assert Step.SURVEYS in [point.step for point in draft.open_points() if point.stops]


def test_a_doubtful_encoding_is_asked_for_and_settled(folder: Path) -> None:
    path = folder / "gammel.txt"
    path.write_bytes(SHIFT_A.encode("cp865"))
    file = preview_file(path)
    assert file.outcome is Outcome.ASK and not file.is_usable
    passages = passage_with_letters(path, ("cp865", "cp1252"))
    assert "Hvordan møtes dere" in passages["cp865"] and "møtes" not in passages["cp1252"]
    again = read_again(file, HowToRead(encoding="cp865"))
    assert again.is_usable and again.found.encoding == "cp865"
    file.is_settled = True
    assert file.is_usable


def test_a_title_above_the_header_is_asked_about(folder: Path) -> None:
    path = folder / "tittel.csv"
    path.write_text("Undersøkelsen 2026;;;\n" + SURVEY, encoding="utf-8")
    file = preview_file(path)
    assert file.outcome is Outcome.ASK
    assert file.head_rows[1] == (2, "ID · Rolle · Tilfreds (0-10) · Hva er vanskelig?")
    again = read_again(file, HowToRead(header_row=2))
    assert again.is_usable and [column.header for column in again.columns][:2] == ["ID", "Rolle"]
    assert again.head_rows == file.head_rows


def test_a_sheet_is_asked_for(folder: Path) -> None:
    import openpyxl

    path = folder / "bok.xlsx"
    book = openpyxl.Workbook()
    for title in ("Vår", "Høst"):
        sheet = book.create_sheet(title)
        for line in SURVEY.splitlines():
            sheet.append(line.split(";"))
    book.save(path)
    file = preview_file(path)
    assert file.needs_sheet and file.outcome is Outcome.ASK and list(file.sheets) == ["Vår", "Høst"]
    file.is_settled = True
    assert not file.is_usable  # which sheet cannot be left open
    again = read_again(file, with_sheet(file.how, "Høst"))
    assert again.is_usable and len(again.columns) == 4


def test_a_chosen_sheet_can_raise_the_next_question(folder: Path) -> None:
    import openpyxl

    path = folder / "bok.xlsx"
    book = openpyxl.Workbook()
    for title in ("Vår", "Høst"):
        sheet = book.create_sheet(title)
        sheet.append(["Undersøkelsen 2026"])
        for line in SURVEY.splitlines():
            sheet.append(line.split(";"))
    book.save(path)
    file = preview_file(path)
    chosen = read_again(file, with_sheet(file.how, "Vår"))
    assert chosen.outcome is Outcome.ASK and not chosen.needs_sheet
    again = read_again(chosen, HowToRead(sheet="Vår", header_row=2))
    assert again.is_usable and again.columns[0].header == "ID"


@pytest.mark.parametrize("header_row", [4, 5])
def test_the_choice_of_the_sheet_stays_where_others_end_above_the_header_row(folder: Path, header_row: int) -> None:
    import openpyxl

    path = folder / "bok.xlsx"
    book = openpyxl.Workbook()
    for title, n_rows in (("Vår", 5), ("Høst", 3)):
        sheet = book.create_sheet(title)
        for line in SURVEY.splitlines()[:n_rows]:
            sheet.append(line.split(";"))
    book.save(path)
    first = preview_file(path)
    chosen = read_again(first, with_sheet(first.how, "Vår"))
    again = read_again(chosen, HowToRead(sheet="Vår", header_row=header_row))
    assert again.is_survey is (header_row == 4), "there is no row below the last"
    assert list(again.sheets) == ["Vår", "Høst"] and again.head_rows == chosen.head_rows
    other = read_again(again, with_sheet(again.how, "Høst"))
    assert other.is_usable and other.found.chosen is not None and other.found.chosen.sheet == "Høst"


@pytest.mark.parametrize(("name", "content"), [("tom.txt", b""), ("bilde.txt", b"\x89PNG1234"), ("gammel.doc", b"x")])
def test_a_file_that_cannot_be_used_is_told_and_left_out(
    draft: StudyDraft, folder: Path, name: str, content: bytes
) -> None:
    (folder / name).write_bytes(content)
    draft.put(preview_file(folder / name))
    file = draft.file(folder / name)
    assert file is not None and file.outcome is Outcome.REFUSE and file.problems
    assert not [point for point in draft.open_points() if point.stops]
    assert folder / name not in [path for source in draft.write().documents for path in source.files]


def test_nothing_is_overwritten_unless_the_user_says_so(draft: StudyDraft, folder: Path) -> None:
    (folder / "study.yaml").write_text("mine")
    with pytest.raises(QualcodeError, match="exists already"):
        draft.write()
    assert (folder / "study.yaml").read_text() == "mine"
    draft.may_replace = True
    draft.write()
    assert read_study(folder / "study.yaml").title == "Kjøkkenet"


def test_a_shipped_codebook_is_copied_beside_the_study_and_never_over_another(folder: Path, draft: StudyDraft) -> None:
    shipped = folder / "shipped"
    shipped.mkdir()
    (shipped / "codebook.yaml").write_text(CODEBOOK + "version: 2\n", encoding="utf-8")
    draft.codebook_from, draft.codebook = CodebookFrom.SHIPPED, shipped / "codebook.yaml"
    assert draft.write().codebook == folder / "codebook-2.yaml"
    assert (folder / "codebook.yaml").read_text(encoding="utf-8") == CODEBOOK


def test_an_empty_codebook_is_made(draft: StudyDraft, folder: Path, tmp_path: Path) -> None:
    draft.codebook_from, draft.codebook = CodebookFrom.EMPTY, None
    study = draft.write()
    assert study.codebook.name == "codebook-2.yaml"
    with Project.create(tmp_path / "new.qualcode", study.title) as project:
        project.documents.import_study(study)
        assert project.codebook.current().codes == ()


def test_choices_are_remembered_for_the_next_files(draft: StudyDraft, folder: Path) -> None:
    (sjef,) = [row for row in draft.speaker_rows() if row.label == "Sjef"]
    draft.assign(sjef.keys, "Leder")
    draft.name_group("Kelner", "Servering")
    survey = draft.file(folder / "svar.csv")
    assert survey is not None
    survey.set_role("Tilfreds (0-10)", Role.IGNORE)
    with Project.create(folder / "p.qualcode") as project:
        with project.step("Remember"):
            remember_choices(project, draft.choices())
        known = remembered_choices(project)
    (folder / "skift_c.txt").write_text("Kelner 5: Hei.\nSjef: Hei.\nKelner 5: Ja.\nSjef: Å.\n", encoding="utf-8")
    (folder / "svar_2.csv").write_text(SURVEY.replace("Det trange", "Det kalde"), encoding="utf-8")
    later = StudyDraft(remembered=known)
    later.put(preview_file(folder / "skift_c.txt"))
    later.put(preview_file(folder / "svar_2.csv"))
    assert roles(later) == {"Kelner 5": "Kelner", "Sjef": "Leder"}
    assert {row.spelling: row.name for row in later.group_rows()}["Kelner"] == "Servering"


def test_choices_come_from_a_study_file_too(draft: StudyDraft) -> None:
    choices = Choices.of_study(draft.write())
    assert choices.role_of("Baker 12") == "Baker" and choices.role_of("moderator") == "moderator"
    assert choices.role_of("Gjest") == ""
    assert choices.group_of("BAKERE") == "Baker"


def test_remembered_columns_decide_over_proposals(folder: Path) -> None:
    file = preview_file(folder / "svar.csv")
    Choices(
        columns={"Tilfreds (0-10)": (Role.SCALE, 1, 5), "Hva er vanskelig?": (Role.ID, None, None)}
    ).apply_to_columns(file)
    assert [column.role for column in file.columns] == [Role.IGNORE, Role.IGNORE, Role.SCALE, Role.ID]
    assert (file.columns[2].minimum, file.columns[2].maximum) == (1, 5)


@pytest.mark.parametrize(
    ("title", "name"), [("Kjøkken & sal: 2026?", "Kjøkken sal 2026"), ("  ", "study"), ("a/b\\c", "a b c")]
)
def test_a_title_becomes_a_file_name(title: str, name: str) -> None:
    assert name_of_file(title) == name


def test_a_study_has_a_path_of_its_own(draft: StudyDraft) -> None:
    study = draft.study()
    assert study.path == draft.study_path


def test_two_labels_are_made_one_person_and_parted_again(draft: StudyDraft, folder: Path) -> None:
    (folder / "skift_b.txt").write_text("Anna: Hei.\nBo: Ja.\nAnna N: Mer.\nBo: Nei.\nAnna: Vel.\n", encoding="utf-8")
    draft.put(preview_file(folder / "skift_b.txt"))
    keys = [(folder / "skift_b.txt", "anna n"), (folder / "skift_b.txt", "anna")]
    draft.assign(keys[1:], "Kelner")
    assert any("may be one person" in point.what for point in draft.open_points([Step.SPEAKERS]))
    draft.merge(keys)
    (row,) = [row for row in draft.speaker_rows() if row.label == "Anna"]
    assert (row.n_turns, row.spellings, row.role) == (3, ("Anna N",), "Kelner")
    assert not any("may be one person" in point.what for point in draft.open_points([Step.SPEAKERS]))
    source = next(each for each in draft.study().documents if folder / "skift_b.txt" in each.files)
    assert source.same_speaker == {"Anna": ("Anna N",)}
    draft.part(row.keys)
    assert {"Anna", "Anna N"} <= {row.label for row in draft.speaker_rows()}


def test_spellings_are_remembered_for_the_next_files(draft: StudyDraft, folder: Path) -> None:
    talk = "Anna: Hei.\nBo: Ja.\nAnna N: Mer.\nBo: Nei.\nAnna: Vel.\n"
    for name in ("skift_b.txt", "skift_c.txt"):
        (folder / name).write_text(talk, encoding="utf-8")
    draft.put(preview_file(folder / "skift_b.txt"))
    draft.merge([(folder / "skift_b.txt", "anna"), (folder / "skift_b.txt", "anna n")])
    with Project.create(folder / "p.qualcode") as project:
        with project.step("Remember"):
            remember_choices(project, draft.choices())
        later = StudyDraft(remembered=remembered_choices(project))
    later.put(preview_file(folder / "skift_c.txt"))
    assert [row.spellings for row in later.speaker_rows() if row.label == "Anna"] == [("Anna N",)]


def test_what_is_no_answer_and_who_is_the_same_are_written(draft: StudyDraft) -> None:
    draft.not_an_answer, draft.same_people = ("ukjent",), True
    study = draft.write()
    assert study.not_an_answer == ("ukjent",)
    assert all(source.same_people for source in study.documents)
    assert any("entries" in point.what for point in draft.open_points([Step.SPEAKERS]))


def test_groups_keep_their_places_while_speakers_are_given_groups(draft: StudyDraft, folder: Path) -> None:
    before = draft.groups()
    keys = [row.keys for row in draft.speaker_rows() if row.label.startswith("Baker")]
    for each in keys:
        draft.assign(each, before[-1])
        assert draft.groups()[: len(before)] == before
    draft.assign(keys[0], "Gjest")
    assert draft.groups() == [*before, "Gjest"]


def test_groups_have_one_order_in_the_draft_in_its_study_file_and_in_the_project(
    draft: StudyDraft, folder: Path, tmp_path: Path
) -> None:
    (sjef,) = [row for row in draft.speaker_rows() if row.label == "Sjef"]
    draft.assign(sjef.keys, "Leder")
    draft.name_group("Bakere", "Baker")
    study = draft.write()
    assert list(read_study(folder / "study.yaml").groups) == list(study.groups) == draft.groups()
    with Project.create(tmp_path / "new.qualcode", study.title) as project:
        project.documents.import_study(study)
        there = tuple(each for each in project.respondents.groups() if each != "(none)")
    assert list(there) == draft.groups()
    (folder / "skift_c.txt").write_text("Gjest 5: Hei.\nBaker 7: Hei.\nGjest 5: Ja.\nBaker 7: Å.\n", encoding="utf-8")
    later = StudyDraft(known_groups=there)
    later.put(preview_file(folder / "skift_c.txt"))
    later.assign(later.speaker_rows()[0].keys, "Gjest")
    assert later.groups()[: len(there)] == list(there)
    assert later.groups()[-1] == "Gjest" and set(later.study().groups) <= {"Gjest", "Baker"}
