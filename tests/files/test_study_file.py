"""Study files: what is told about wrong ones, which files they mean, whom a label means."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import Problem, StudyFileError
from qualcode.files.study_file import ClosedQuestion, DocumentSource, Study, SurveySource, read_study, write_study
from qualcode.model.case import NO_GROUP
from qualcode.model.document import DocumentKind, SpeakerRole
from qualcode.model.segment import Unit
from qualcode.model.words import NOT_AN_ANSWER

FULL = """\
title: Hagen
codebook: ../garden.yaml
documents:
  - files: transcripts/*.docx
    kind: interview
    session: Team  A
    same_people: true
    encoding: cp1252
    speakers: {Gartner*: gardener, Gartner 2: owner, Leder: moderator, Flere: Several}
  - files: [notes/a.txt, "notes/b*.txt"]
    kind: notes
surveys:
  - file: survey.xlsx
    sheet: Svar
    header_row: 2
    encoding: utf-8
    separator: ";"
    respondent: ID
    group: Rolle
    open:
      - Hva  vokser?
      - "Hva: visner?"
    closed:
      - {column: Sol (0-10), kind: scale, min: 0, max: 10.5}
      - {column: Hage, kind: category}
  - files: [one.csv, two.csv]
    group_is: Gardener
    open: [Hva vokser?]
groups: {Eier: [owner, EIERE], Gartner: []}
not_an_answer: ["-", no]
analysis: {language: nn, unit: respondent, small_cell: 3}
"""

FILES = (
    "garden.yaml",
    "study/transcripts/b.docx",
    "study/transcripts/a.docx",
    "study/transcripts/~$a.docx",
    "study/transcripts/.hidden.docx",
    "study/notes/a.txt",
    "study/notes/b1.txt",
    "study/survey.xlsx",
    "study/one.csv",
    "study/two.csv",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    return tmp_path / "study"


def _study(folder: Path, text: str) -> Study:
    path = folder / "study.yaml"
    path.write_text(dedent(text), encoding="utf-8")
    return read_study(path)


def _problems(folder: Path, text: str) -> list[Problem]:
    with pytest.raises(StudyFileError) as caught:
        _study(folder, text)
    return list(caught.value.problems)


START = "title: t\ncodebook: ../garden.yaml\n"
DOCUMENTS = START + "documents:\n  - files: notes/a.txt\n"
SURVEYS = START + "surveys:\n  - file: survey.xlsx\n    open: [A]\n"


def test_a_study_is_read_with_all_its_parts(folder: Path) -> None:
    study = _study(folder, FULL)
    base = folder.resolve()
    assert (study.title, study.codebook) == ("Hagen", base.parent / "garden.yaml")
    assert (study.language, study.unit, study.small_cell) == ("nn", Unit.RESPONDENT, 3)
    assert study.not_an_answer == ("-", "no")
    transcripts, notes = study.documents
    assert transcripts.files == (base / "transcripts" / "a.docx", base / "transcripts" / "b.docx")
    assert (transcripts.kind, transcripts.session, transcripts.same_people) == (DocumentKind.INTERVIEW, "Team A", True)
    assert (transcripts.encoding, transcripts.line) == ("cp1252", 4)
    assert notes.files == (base / "notes" / "a.txt", base / "notes" / "b1.txt")
    assert notes == DocumentSource(notes.files, DocumentKind.NOTES, line=10)
    assert study.surveys[0] == SurveySource(
        files=(base / "survey.xlsx",),
        open=("Hva vokser?", "Hva: visner?"),
        sheet="Svar",
        header_row=2,
        encoding="utf-8",
        separator=";",
        respondent="ID",
        group="Rolle",
        closed=(ClosedQuestion("Sol (0-10)", "scale", 0.0, 10.5), ClosedQuestion("Hage", "category", None, None)),
        line=13,
        column_lines={"ID": 18, "Rolle": 19, "Hva vokser?": 21, "Hva: visner?": 22, "Sol (0-10)": 24, "Hage": 25},
    )
    assert study.surveys[1].group_is == "Gardener"
    assert [file.name for file in study.surveys[1].files] == ["one.csv", "two.csv"]


def test_what_is_not_said_has_the_documented_default(folder: Path) -> None:
    study = _study(folder, DOCUMENTS + "surveys: [{file: one.csv, open: [A]}]\n")
    assert (study.language, study.unit, study.small_cell) == ("nb", Unit.SEGMENT, 5)
    assert study.not_an_answer == NOT_AN_ANSWER
    assert study.groups == {}
    assert (study.documents[0].kind, study.documents[0].session, study.documents[0].encoding) == (
        DocumentKind.FOCUS_GROUP,
        "",
        None,
    )
    survey = study.surveys[0]
    assert (survey.sheet, survey.header_row, survey.respondent, survey.group) == (None, 1, None, None)


# --- what is told


def test_all_errors_are_told_at_once_with_lines_and_near_names(folder: Path) -> None:
    told = _problems(
        folder,
        """\
        titel: Hagen
        codebook: ../gardn.yaml
        documents:
          - files: transkripts/*.docx
            kind: focusgroup
          - files: notes/c*.txt
            speakers: {Leder: }
        surveys:
          - file: survy.xlsx
            group: Rolle
            group_is: gartner
            open: Hva vokser?
        analysis: {units: segment, language: no}
        """,
    )
    assert [(each.where.removeprefix("study.yaml, line "), each.what, each.hint) for each in told] == [
        ("1", "Unknown key 'titel'.", "Did you mean 'title'?"),
        ("1", "A study file lacks the key 'title'.", ""),
        ("2", "There is no file '../gardn.yaml'.", "Did you mean 'garden.yaml'?"),
        ("4", "No file matches 'transkripts/*.docx'.", "There is no folder 'transkripts' either."),
        ("5", "'kind' cannot be 'focusgroup'.", "Did you mean 'focus_group'?"),
        ("6", "No file matches 'notes/c*.txt'.", "Did you mean 'a.txt'?"),
        ("7", "'Leder' is empty.", ""),
        ("9", "There is no file 'survy.xlsx'.", "Did you mean 'survey.xlsx'?"),
        ("11", "'group' and 'group_is' exclude each other.", ""),
        ("12", "'open' must be a list.", "Write open: [Hva vokser?]"),
        ("13", "Unknown key 'units'.", "Did you mean 'unit'?"),
        ("13", "'language' cannot be 'no'.", "There is: en, nb, nn."),
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (START, 1, "neither 'documents' nor 'surveys'"),
        (START + "documents: []\n", 3, "'documents' is empty"),
        (START + "documents: notes/a.txt\n", 3, "must be a list"),
        (START + "documents: [notes/a.txt]\n", 3, "must be a mapping"),
        (START + "documents: [{kind: notes}]\n", 3, "lacks the key 'files'"),
        (START + "documents: [{files: []}]\n", 3, "'files' is empty"),
        (START + "documents: [{files: notes}]\n", 3, "is a folder"),
        (START + "documents: [{files: 7}]\n", 3, "a number"),
        (START + "documents: [{files: [notes/a.txt, notes/z.txt]}]\n", 3, "no file 'notes/z.txt'"),
        (START + "documents: [{files: 'notes\\a.txt'}]\n", 3, "no file"),
        (DOCUMENTS + "  - files: notes/*.txt\n", 5, "a second time (first on line 4)"),
        (DOCUMENTS + "    kind: answer\n", 5, "cannot be 'answer'"),
        (DOCUMENTS + "    same_people: ja\n", 5, "true or false"),
        (DOCUMENTS + "    encoding: utf-88\n", 5, "no encoding"),
        (DOCUMENTS + "    encoding: base64\n", 5, "no encoding"),
        (DOCUMENTS + "    speakers: [Leder]\n", 5, "must be a mapping"),
        (DOCUMENTS + "    speakers: {A: 1}\n", 5, "a number"),
        (DOCUMENTS + "    speakers: {A: [b]}\n", 5, "must be text"),
        (DOCUMENTS + "    speakers: {A b: x, a  B: y}\n", 5, "a second time"),
        (DOCUMENTS + "    speakers: {A: (ALL)}\n", 5, "No group can be called"),
        (SURVEYS.replace("    open: [A]\n", ""), 4, "lacks the key 'open'"),
        (SURVEYS.replace("[A]", "[]"), 5, "'open' is empty"),
        (SURVEYS.replace("[A]", "[A, B, 'A ']"), 5, "a second time"),
        (SURVEYS + "    files: [one.csv]\n", 6, "exclude each other"),
        (SURVEYS.replace("  - file: survey.xlsx\n    open", "  - open"), 4, "'file' or 'files' is missing"),
        (SURVEYS.replace("survey.xlsx", "'*.csv'"), 4, "'file' must be one file"),
        (SURVEYS + "    header_row: 0\n", 6, "whole number"),
        (SURVEYS + "    separator: ';;'\n", 6, "one character"),
        (SURVEYS + "    closed: [{column: B, kind: likert}]\n", 6, "cannot be 'likert'"),
        (SURVEYS + "    closed: [{column: B}]\n", 6, "lacks the key 'kind'"),
        (SURVEYS + "    closed: [{column: A, kind: scale}]\n", 6, "a second time (first on line 5)"),
        (SURVEYS + "    closed: [{column: B, kind: scale, min: 5, max: 1}]\n", 6, "smaller"),
        (SURVEYS + "    closed: [{column: B, kind: scale, min: low}]\n", 6, "must be a number"),
        (SURVEYS + "    closed: [{column: B, kind: category, min: 1}]\n", 6, "only for kind: scale"),
        (SURVEYS + "groups: {A: b}\n", 6, "must be a list"),
        (SURVEYS + "groups: {A: [b], B: [c]}\n", 6, "under two groups, 'B' and 'A'"),
        (SURVEYS + "groups:\n  A: [x]\n  B: [y, 'X ']\n", 8, "under two groups, 'A' and 'B'"),
        (SURVEYS + "groups:\n  A: []\n  a: []\n", 8, "under two groups"),
        (SURVEYS + "groups: {(all): [b]}\n", 6, "No group can be called"),
        (SURVEYS + "not_an_answer: nei\n", 6, "must be a list"),
        (SURVEYS + "analysis: {small_cell: -1}\n", 6, "whole number"),
        (SURVEYS + "analysis: {small_cell: 2.5}\n", 6, "whole number"),
        (SURVEYS + "analysis: []\n", 6, "must be a mapping"),
        (SURVEYS + "title: again\n", 6, "a second time (first on line 1)"),
        (SURVEYS.replace("codebook: ../garden.yaml", "codebook: '*.csv'"), 2, "must be one file"),
        (SURVEYS.replace("title: t", "title: 2026"), 1, "a number"),
        (SURVEYS.replace("title: t", "title: Hage: vår"), 1, "not valid YAML"),
        ("- a\n", 1, "holds a list"),
    ],
)
def test_an_error_is_told_with_its_line(folder: Path, text: str, line: int, words: str) -> None:
    told = _problems(folder, text)
    assert [problem.where for problem in told] == [f"study.yaml, line {line}"], told
    assert words in told[0].what


def test_a_missing_study_file_names_the_nearest(folder: Path) -> None:
    _study(folder, DOCUMENTS)
    with pytest.raises(StudyFileError) as caught:
        read_study(folder / "studdy.yaml")
    assert caught.value.hint == "Did you mean 'study.yaml'?"


# --- files


def test_paths_are_relative_to_the_study_file_wherever_one_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _study(folder, DOCUMENTS)
    monkeypatch.chdir(folder / "notes")
    assert read_study(Path("../study.yaml")).documents[0].files == (folder.resolve() / "notes" / "a.txt",)


def test_an_absolute_pattern_is_taken_as_it_is(folder: Path) -> None:
    pattern = (folder / "notes" / "*.txt").as_posix()
    assert len(_study(folder, START + f'documents: [{{files: "{pattern}"}}]\n').documents[0].files) == 2


def test_a_file_with_a_sign_of_a_pattern_in_its_name_is_found(folder: Path) -> None:
    (folder / "notes" / "a [1].txt").write_bytes(b"")
    study = _study(folder, START + "documents: [{files: 'notes/a [1].txt'}]\n")
    assert [file.name for file in study.documents[0].files] == ["a [1].txt"]


@pytest.mark.parametrize("written", ["notes/på.txt", "notes/på*.txt"])
def test_a_name_written_with_loose_accents_is_found(folder: Path, written: str) -> None:
    name = unicodedata.normalize("NFD", "på.txt")
    (folder / "notes" / name).write_bytes(b"")
    study = _study(folder, START + f"documents: [{{files: {written}}}]\n")
    assert [unicodedata.normalize("NFC", file.name) for file in study.documents[0].files] == ["på.txt"]


def test_a_file_of_two_sheets_may_be_named_twice(folder: Path) -> None:
    sheets = "surveys:\n  - {file: survey.xlsx, sheet: A, open: [A]}\n  - {file: survey.xlsx, sheet: B, open: [A]}\n"
    assert len(_study(folder, START + sheets).surveys) == 2


# --- labels and groups


@pytest.mark.parametrize(
    ("label", "role", "group"),
    [
        ("Gartner 1", SpeakerRole.RESPONDENT, "gardener"),
        ("GARTNER\u00a02 ", SpeakerRole.RESPONDENT, "owner"),
        ("leder", SpeakerRole.MODERATOR, NO_GROUP),
        ("Flere", SpeakerRole.SEVERAL, NO_GROUP),
        ("Gjest", SpeakerRole.RESPONDENT, NO_GROUP),
    ],
)
def test_a_label_has_a_role_and_a_group(folder: Path, label: str, role: SpeakerRole, group: str) -> None:
    source = _study(folder, FULL).documents[0]
    assert source.role_and_group(label) == (role, group)
    assert source.lists(label) == (label != "Gjest")


def test_the_longest_pattern_wins_and_a_star_stands_anywhere() -> None:
    source = DocumentSource((), speakers={"*": "all", "Team*": "team", "Team*leder": "leader", "T.*x": "dot"})
    assert source.role_and_group("Teamdeltaker")[1] == "team"
    assert source.role_and_group("Team 4 leder")[1] == "leader"
    assert source.role_and_group("Ola")[1] == "all"
    assert source.role_and_group("Tax")[1] == "all"


def test_spellings_of_a_group_are_one_group(folder: Path) -> None:
    study = _study(folder, FULL)
    assert study.group_name(" eiere ") == "Eier"
    assert study.group_name("OWNER") == "Eier"
    assert study.group_name("GARTNER") == "Gartner"
    assert study.group_name("Gardener") == "gardener"  # as the study file writes it first
    assert study.group_name("Ny  gruppe") == "Ny gruppe"
    assert study.group_name(" ") == NO_GROUP
    assert study.group_name("(None)") == NO_GROUP


def test_what_is_no_answer_is_the_studys_own_list(folder: Path) -> None:
    study = _study(folder, FULL)
    assert [study.is_answer(text) for text in ("No", "-", "nei", "vet ikke", " ")] == [False, False, True, True, False]


# --- writing


def _without_lines(study: Study) -> Study:
    return replace(
        study,
        path=Path(),
        documents=tuple(replace(each, line=0) for each in study.documents),
        surveys=tuple(replace(each, line=0, column_lines={}) for each in study.surveys),
    )


def test_a_written_study_says_the_same_with_relative_paths(folder: Path) -> None:
    study = _study(folder, FULL)
    (folder / "new").mkdir()
    target = folder / "new" / "study.yaml"
    write_study(study, target)
    assert _without_lines(read_study(target)) == _without_lines(study)
    text = target.read_text("utf-8")
    assert "codebook: ../../garden.yaml" in text
    assert str(folder) not in text


@given(
    title=st.text(min_size=1, max_size=20).filter(str.strip),
    names=st.lists(
        st.sampled_from(["no", "1", "a: b", "#x", "Hva hindrer «dere»?", "- y", "'q'", "@k", "Ærlig"]), unique=True
    ),
)
def test_names_that_mean_something_in_yaml_come_back_as_names(
    tmp_path_factory: pytest.TempPathFactory, title: str, names: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("study")
    file = folder.resolve() / "a.csv"
    file.write_bytes(b"")
    study = Study(
        path=Path(),
        title=" ".join(unicodedata.normalize("NFC", title).split()) or "t",
        codebook=file,
        surveys=(SurveySource((file,), ("Q", *names), group_is="no", separator="\t"),),
        groups={name: (f"{name} {name}",) for name in names},
        not_an_answer=tuple(names),
    )
    write_study(study, folder / "study.yaml")
    assert _without_lines(read_study(folder / "study.yaml")) == study


def two_files(folder: Path) -> Path:
    (folder / "codebook.yaml").write_text("key: a\ncodes: []\n", "utf-8")
    (folder / "a.txt").write_text("Kari: Hei.\n", "utf-8")
    return folder / "study.yaml"


def test_spellings_of_one_speaker_survive_writing(tmp_path: Path) -> None:
    path = two_files(tmp_path)
    path.write_text(
        "title: A\ncodebook: codebook.yaml\ndocuments:\n  - files: a.txt\n    speakers: {Kari: boss}\n"
        "    same_speaker:\n      Kari: [KARI, Kari N]\n      Per: P\n",
        encoding="utf-8",
    )
    source = read_study(path).documents[0]
    assert source.same_speaker == {"Kari": ("Kari N",), "Per": ("P",)}
    assert [source.name_of(label) for label in ("kari n", "p", "Ole")] == ["Kari", "Per", "Ole"]
    assert source.role_and_group("KARI N")[1] == "boss"
    write_study(read_study(path), path)
    assert read_study(path).documents[0].same_speaker == source.same_speaker


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("same_speakr: {Kari: K}", "same_speaker"),
        ("same_speaker: {Kari: [K], Per: [k]}", "second time"),
        ("same_speaker: {Kari: [Per], Per: [P]}", "second time"),
        ("same_speaker: [Kari]", "mapping"),
        ("same_speaker: {Kari: {a: b}}", "text"),
    ],
)
def test_what_is_wrong_with_spellings_is_told(tmp_path: Path, written: str, said: str) -> None:
    path = two_files(tmp_path)
    path.write_text(f"title: A\ncodebook: codebook.yaml\ndocuments:\n  - files: a.txt\n    {written}\n", "utf-8")
    with pytest.raises(StudyFileError) as caught:
        read_study(path)
    assert any(said in problem.what + problem.hint and "line 5" in problem.where for problem in caught.value.problems)
