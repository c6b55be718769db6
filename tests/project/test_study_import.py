"""From files to respondents, groups, sessions and answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import CancelledError, StoreError
from qualcode.files.study_file import read_study
from qualcode.model.document import DocumentKind
from qualcode.project.import_summary import ImportSummary
from qualcode.project.project import Project
from qualcode.project.study_reading import distinct_names

CODEBOOK = "key: small\ncodes: [{key: time, name: Time, rules: [{any: [time]}]}]\n"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    (tmp_path / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    with Project.create(tmp_path / "test.qualcode") as project:
        yield project


def bring_in(project: Project, study: str, **files: str) -> ImportSummary:
    """Import a study whose files are given by name, `__` standing for a dot and `___` for a folder."""
    folder = project.path.parent
    for name, text in files.items():
        path = folder / name.replace("___", "/").replace("__", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "study.yaml").write_text(f"title: T\ncodebook: codebook.yaml\n{study}", encoding="utf-8")
    return project.documents.import_study(read_study(folder / "study.yaml"))


def respondents(project: Project) -> list[tuple[str, str, str]]:
    return [(case.key, case.ident, case.group) for case in project.respondents.all()]


TALK = "Anna: Time is short, I think.\nBo: So it is.\nAnna: It is.\nBo: Yes it is.\n"


def test_one_label_in_one_session_is_one_respondent_and_somebody_else_in_another(project: Project) -> None:
    bring_in(
        project,
        "documents:\n- {files: [a1.txt, a2.txt], session: A, speakers: {'*': staff}}\n"
        "- {files: b.txt, speakers: {'*': staff}}\n",
        a1__txt=TALK,
        a2__txt=TALK,
        b__txt=TALK,
    )
    assert [key for key, _ident, _group in respondents(project)] == ["A:Anna", "A:Bo", "b.txt:Anna", "b.txt:Bo"]
    assert project.documents.sessions() == ["A", "b.txt"]


def test_same_people_are_one_across_files(project: Project) -> None:
    bring_in(
        project,
        "documents: [{files: [a.txt, b.txt], same_people: true, speakers: {Anna: boss, Bo: staff}}]\n",
        a__txt=TALK,
        b__txt=TALK,
    )
    assert respondents(project) == [("Anna", "Anna", "boss"), ("Bo", "Bo", "staff")]
    table = project.exports.respondents_table().set_index("respondent")
    assert table.loc["Anna", "session"] == "a.txt; b.txt"


def test_an_exact_label_beats_a_star_and_the_longest_star_wins(project: Project) -> None:
    speakers = "{'*': other, Cl*: clinician, Clin Bo: boss, mod: moderator}"
    text = "Clin Anna: Time is short.\nClin Bo: It is.\nmod: Why?\nZoe: No idea.\n"
    text += "Clin Anna: None.\nClin Bo: Well.\nmod: So.\nZoe: Right.\n"
    bring_in(project, f"documents: [{{files: a.txt, session: A, speakers: {speakers}}}]\n", a__txt=text)
    assert [(ident, group) for _key, ident, group in respondents(project)] == [
        ("Clin Anna", "clinician"),
        ("Clin Bo", "boss"),
        ("Zoe", "other"),
    ]


def test_a_label_that_is_not_listed_is_told_and_belongs_to_no_group(project: Project) -> None:
    summary = bring_in(project, "documents: [{files: a.txt, speakers: {Anna: staff}}]\n", a__txt=TALK)
    assert ("a.txt:Bo", "Bo", "(none)") in respondents(project)
    (problem,) = [problem for problem in summary.problems if "'Bo'" in problem.what]
    assert problem.severity == "warning"
    assert problem.where == "a.txt"


def test_text_without_speakers_is_speech_of_nobody(project: Project) -> None:
    notes = "I visited the office.\n\nNobody had any time.\n"
    summary = bring_in(project, "documents: [{files: n.txt, kind: notes}]\n", n__txt=notes)
    assert respondents(project) == []
    assert any("No speakers" in problem.what for problem in summary.problems)
    assert project.review.suggest() == 1
    project.review.accept_all()
    (row,) = project.reports.theme_table().query("group == '(none)'").to_dict("records")
    assert (row["codings"], row["respondents"], row["answering"]) == (1, 0, 0)


def test_group_spellings_are_merged_without_case_and_white_space(project: Project) -> None:
    roles = ["Boss", "boss\u00a0", " CHIEF", "Staff", "staff", ""]
    rows = "ID,Role,Why?\n" + "".join(f"{number},{role},a reason\n" for number, role in enumerate(roles))
    bring_in(
        project,
        "surveys: [{file: s.csv, respondent: ID, group: Role, open: ['Why?']}]\ngroups: {Boss: [chief]}\n",
        s__csv=rows,
    )
    assert [group for _key, _ident, group in respondents(project)] == [
        "Boss",
        "Boss",
        "Boss",
        "Staff",
        "Staff",
        "(none)",
    ]
    assert project.respondents.groups() == ["Boss", "Staff", "(none)"]


def test_equal_headers_are_told_apart_and_records_are_numbered_as_in_the_file(project: Project) -> None:
    rows = "ID,Why?,Why?\n1,first,\n,,\n2,,second\n"
    bring_in(project, "surveys: [{file: s.csv, respondent: ID, open: ['Why?', 'Why? (2)']}]\n", s__csv=rows)
    assert [document.name for document in project.documents.all()] == ["s.csv#!2:Why?", "s.csv#!4:Why? (2)"]


def test_what_is_no_answer_is_kept_and_not_counted(project: Project) -> None:
    cells = ["vet ikke", "Nei", "...", "  ", "N/A", " ja ", "Ja, time.", "👍", "+", "___"]
    rows = "ID,Why?\n" + "".join(f'{number},"{cell}"\n' for number, cell in enumerate(cells))
    summary = bring_in(project, "surveys: [{file: s.csv, respondent: ID, open: ['Why?']}]\n", s__csv=rows)
    assert summary.n_answers == 2
    assert [each.is_answer for each in project.documents.all()].count(True) == 2
    assert len(project.documents.all()) == 9  # the blank one is none
    table = project.exports.respondents_table()
    assert list(table["answered"]) == [0, 0, 0, 0, 0, 0, 1, 1, 0, 0]
    assert set(table["asked"]) == {1}
    assert project.documents.text(project.documents.all()[4].id) == " ja "  # nothing is trimmed


def test_a_list_of_non_answers_replaces_the_default(project: Project) -> None:
    rows = "ID,Why?\n1,vet ikke\n2,blank\n"
    bring_in(project, "surveys: [{file: s.csv, respondent: ID, open: ['Why?']}]\nnot_an_answer: [Blank]\n", s__csv=rows)
    assert list(project.exports.respondents_table()["answered"]) == [1, 0]


def test_importing_the_same_files_again_changes_nothing(project: Project) -> None:
    study = "documents: [{files: a.txt, speakers: {'*': staff}}]\n"
    study += "surveys: [{file: s.csv, respondent: ID, open: ['Why?']}]\n"
    files = {"a__txt": TALK, "s__csv": "ID,Why?\n1,time\n"}
    bring_in(project, study, **files)
    steps = project.history()
    summary = bring_in(project, study, **files)
    assert (summary.n_documents, summary.n_respondents, summary.n_answers) == (0, 0, 0)
    assert project.history() == steps


def test_equal_file_names_are_told_apart_by_the_shortest_path(project: Project) -> None:
    bring_in(
        project, "documents: [{files: ['*/a.txt'], speakers: {'*': staff}}]\n", one___a__txt=TALK, two___a__txt=TALK
    )
    assert [document.name for document in project.documents.all()] == ["one/a.txt", "two/a.txt"]
    names = distinct_names([Path("/x/one/a.txt"), Path("/y/one/a.txt"), Path("/y/b.txt")])
    assert list(names.values()) == ["x/one/a.txt", "y/one/a.txt", "b.txt"]


def test_a_cancelled_import_changes_nothing(project: Project) -> None:
    (project.path.parent / "a.txt").write_text(TALK, encoding="utf-8")
    study = "title: T\ncodebook: codebook.yaml\ndocuments: [{files: a.txt, speakers: {'*': staff}}]\n"
    (project.path.parent / "study.yaml").write_text(study, encoding="utf-8")
    with pytest.raises(CancelledError):
        project.documents.import_study(read_study(project.path.parent / "study.yaml"), cancelled=lambda: True)
    assert project.history() == []


def test_files_without_a_study_go_in_and_bad_ones_cost_only_themselves(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    answers = "".join(f"{n},Boss,{n},The time number {n} was far too short for everyone here\n" for n in range(30))
    (tmp_path / "s.csv").write_text("ID,Role,Score,Why is it so?\n" + answers, encoding="utf-8")
    summary = project.documents.import_files(
        [tmp_path / "a.txt", tmp_path / "empty.txt", tmp_path / "s.csv"], kind=DocumentKind.INTERVIEW, group="Staff"
    )
    assert (summary.n_documents, summary.n_respondents, summary.n_answers) == (1, 32, 30)
    assert [problem for problem in summary.problems if problem.severity == "error"]
    assert {group for _key, _ident, group in respondents(project)} == {"Staff"}
    assert project.documents.all()[0].kind == DocumentKind.INTERVIEW


def test_an_id_in_two_files_of_a_survey_is_told_and_a_group_for_everybody_is_refused(project: Project) -> None:
    study = "surveys: [{files: [a.csv, b.csv], respondent: ID, group: Role, open: ['Why?']}]\n"
    rows = "ID,Role,Why?\n1,boss,time\n"
    summary = bring_in(project, study, a__csv=rows, b__csv=rows)
    assert any("a.csv too" in problem.what for problem in summary.problems)
    assert [key for key, _ident, _group in respondents(project)] == ["a.csv:1", "b.csv:1"]
    with pytest.raises(StoreError, match="everybody"):
        bring_in(project, study.replace("[a.csv, b.csv]", "[c.csv]"), c__csv=rows.replace("boss", "(all)"))


SPELT = "Anna: Time is short.\nBo: So it is.\nANNA B: It is.\nBo: Yes it is.\n"


def test_two_spellings_of_a_speaker_are_one_respondent(project: Project) -> None:
    entry = "{files: [a.txt], speakers: {Anna: boss, Bo: staff}, same_speaker: {Anna: [ANNA, Anna B]}}"
    bring_in(project, f"documents: [{entry}]\n", a__txt=SPELT)
    assert respondents(project) == [("a.txt:Anna", "Anna", "boss"), ("a.txt:Bo", "Bo", "staff")]
    turns = project.documents.turns(project.documents.all(answers=False)[0].id)
    assert [turn.label for turn in turns] == ["Anna", "Bo", "ANNA B", "Bo"]  # as the file has them


def test_a_spelling_is_known_in_a_later_file_of_the_session(project: Project) -> None:
    both = "session: S, same_speaker: {Anna: [Anna B]}, speakers: {Anna: boss, Bo: staff}"
    bring_in(project, f"documents: [{{files: [a.txt], {both}}}]\n", a__txt=SPELT.replace("Anna:", "ANNA B:"))
    bring_in(project, f"documents: [{{files: [b.txt], {both}}}]\n", b__txt=SPELT)
    assert [ident for _key, ident, _group in respondents(project)] == ["Anna", "Bo"]


def test_a_spelling_that_no_file_has_is_told_with_the_nearest_label(project: Project) -> None:
    entry = "{files: [a.txt], speakers: {'*': staff}, same_speaker: {Anna: [Anna C]}}"
    summary = bring_in(project, f"documents: [{entry}]\n", a__txt=SPELT)
    told = [problem for problem in summary.problems if "same_speaker" in problem.what]
    assert ["ANNA B" in problem.hint for problem in told] == [True]


def test_a_row_without_an_id_is_called_in_the_language_of_the_study(project: Project) -> None:
    text = "surveys: [{file: s.csv, open: ['Why?']}]\nanalysis: {language: nb}\n"
    bring_in(project, text, s__csv="Why?\nno time\nno keys\n")
    assert [each.ident for each in project.respondents.all()] == ["rad 2", "rad 3"]


def test_material_in_a_fourth_language_comes_in_and_is_told(project: Project) -> None:
    french = "Nous attendons la clé depuis le mois de mars et personne ne sait qui doit la commander pour nous. " * 3
    talk = f"Anna: {french}\nBo: Oui.\nAnna: Voilà.\nBo: Merci.\n"
    summary = bring_in(
        project,
        "documents: [{files: talk.txt, speakers: {'*': staff}}]\n"
        "surveys: [{file: svar.csv, open: [Pourquoi], group_is: A}]\n",
        talk__txt=talk,
        svar__csv=f'Numéro,Pourquoi\n1,"{french}"\n2,"{french}"\n',
    )
    told = [each.where for each in summary.problems if "another language" in each.what]
    assert told == ["talk.txt", "svar.csv"]
    assert len(respondents(project)) == 4
