"""The same files again, corrected transcripts, further waves of a survey: nothing doubled, nothing drifts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.model.carrying import Tally
from qualcode.model.segment import Span
from qualcode.project.import_summary import ImportSummary, SurveyWave
from qualcode.project.project import Project
from qualcode.project.survey_matching import RowContent, matched
from tests.builders import code_words
from tests.project.test_study_import import bring_in, respondents

CODEBOOK = "key: small\ncodes: [{key: time, name: Time, rules: [{any: [time]}]}]\n"
TALK = """Mod: What is it like?
Anna: Time is short, I think, and the oven is cold.
Bo: So it is.
Anna: Nobody has the keys.
Bo: Yes it is so.
"""
STUDY = "documents: [{files: a.txt, session: A, speakers: {Mod: moderator, '*': staff}}]\n"
SURVEY = (
    "surveys: [{file: s.csv, respondent: ID, group: Role, open: ['Why?'], closed: [{column: Age, kind: category}]}]\n"
)
NAMELESS = "surveys: [{file: s.csv, open: ['Why?', 'How?']}]\n"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    (tmp_path / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    with Project.create(tmp_path / "test.qualcode", coder="Kari") as project:
        yield project


def quoted(project: Project) -> list[str]:
    """The words of each quotation."""
    texts = {each.id: project.documents.text(each.id) for each in project.documents.all()}
    return [
        texts[each.document_id][each.span.start : each.span.end]
        for document in project.documents.all()
        for each in project.segments.of_document(document.id)
    ]


def answers(project: Project) -> dict[str, str]:
    """Each answer by its name."""
    return {each.name: project.documents.text(each.id) for each in project.documents.all()}


def import_files(project: Project, **files: str) -> ImportSummary:
    folder = project.path.parent
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return project.documents.import_files([folder / name.replace("__", ".") for name in files])


# Transcripts


def test_a_corrected_transcript_is_a_new_version_with_its_quotations(project: Project) -> None:
    bring_in(project, STUDY, a__txt=TALK)
    for words in ("Time is short", "oven is cold", "So it is", "has the keys"):
        code_words(project, "a.txt", words, "time")
    steps, people = len(project.history()), respondents(project)
    again = TALK.replace("oven is cold", "ovens are cold").replace(
        "Anna: Nobody has the keys.\n", "Anna: I do not know.\n"
    )
    summary = bring_in(project, STUDY, a__txt=again + "Mod: Thanks.\n")
    assert (summary.n_documents, summary.n_respondents) == (0, 0)
    (version,) = summary.versions
    assert (version.document, version.quotations) == ("a.txt", Tally(kept=2, changed=1, lost=1))
    assert summary.sentences() == ["a.txt: a new version of the text; 2 quotations kept, 1 changed, 1 lost."]
    assert quoted(project) == ["Time is short", "ovens are cold", "So it is"]
    assert [each.words for each in project.documents.lost(1)] == ["has the keys"]
    assert respondents(project) == people
    assert len(project.history()) == steps + 1
    project.undo()
    assert quoted(project) == ["Time is short", "oven is cold", "So it is", "has the keys"]
    project.redo()
    assert bring_in(project, STUDY, a__txt=again + "Mod: Thanks.\n").versions == ()


def test_a_changed_file_is_a_new_version_without_a_study_too_and_keeps_who_is_who(project: Project) -> None:
    bring_in(project, STUDY, a__txt=TALK)
    before = [(each.label, each.role, each.group, each.case_id) for each in project.documents.turns(1)]
    summary = import_files(project, a__txt=TALK.replace("keys", "key"))
    assert [each.quotations for each in summary.versions] == [Tally()]
    assert not [each for each in summary.problems if "not listed" in each.what]
    assert [(each.label, each.role, each.group, each.case_id) for each in project.documents.turns(1)] == before


def test_speakers_of_the_changed_file_are_read_again(project: Project) -> None:
    typed_wrong = TALK.replace("Bo: Yes", "Bob: Yes")
    bring_in(project, STUDY, a__txt=typed_wrong)
    assert [ident for _key, ident, _group in respondents(project)] == ["Anna", "Bo", "Bob"]
    bring_in(project, STUDY, a__txt=TALK + "Eva: Me too.\nBo: Well.\nEva: Yes.\n")
    assert respondents(project) == [("A:Anna", "Anna", "staff"), ("A:Bo", "Bo", "staff"), ("A:Eva", "Eva", "staff")]
    turns = project.documents.turns(1)
    assert [each.label for each in turns[-4:]] == ["Bo", "Eva", "Bo", "Eva"]
    assert turns[-2].case_id == turns[2].case_id


def test_a_further_transcript_of_a_session_has_the_same_people(project: Project) -> None:
    bring_in(project, STUDY, a__txt=TALK)
    more = STUDY.replace("a.txt", "[a.txt, b.txt]")
    summary = bring_in(project, more, b__txt=TALK)
    assert (summary.n_documents, summary.n_respondents) == (1, 0)
    assert [ident for _key, ident, _group in respondents(project)] == ["Anna", "Bo"]


def test_a_file_saved_anew_with_the_same_text_is_no_new_version(project: Project) -> None:
    bring_in(project, STUDY, a__txt=TALK)
    summary = bring_in(project, STUDY, a__txt=TALK.replace("\n", "\n\n"))
    assert summary.versions == ()
    assert any("saved anew" in each.what for each in summary.problems)
    assert len(project.documents.versions(1)) == 1


def test_a_correction_made_here_outlives_the_same_text_and_is_told_when_another_comes(project: Project) -> None:
    bring_in(project, STUDY, a__txt=TALK)
    at = project.documents.text(1).index("cold")
    project.documents.correct(1, Span(at, at + 4), "stone cold")
    bring_in(project, STUDY, a__txt=TALK.replace("\n", "\n\n"))
    assert "stone cold" in project.documents.text(1)
    summary = bring_in(project, STUDY, a__txt=TALK.replace("keys", "key"))
    assert "stone cold" not in project.documents.text(1)
    assert any("Corrections that were made here" in each.what for each in summary.problems)
    assert [each.is_from_file for each in project.documents.versions(1)] == [True, False, True]


def test_what_was_changed_by_hand_in_the_codebook_outlives_the_same_study(project: Project) -> None:
    bring_in(project, STUDY, a__txt=TALK)
    project.codebook.rename(1, "Lack of time")
    steps = project.history()
    bring_in(project, STUDY, a__txt=TALK)
    assert project.history() == steps
    assert project.codebook.current().codes[0].name.plain == "Lack of time"


def test_equal_names_of_a_later_study_find_their_documents(project: Project) -> None:
    one = "documents: [{files: ['*/a.txt'], speakers: {'*': staff}}]\n"
    bring_in(project, one, one___a__txt=TALK, two___a__txt=TALK + "Bo: More.\n")
    summary = bring_in(project, one.replace("'*/a.txt'", "two/a.txt"), two___a__txt=TALK + "Bo: Even more.\n")
    assert [each.document for each in summary.versions] == ["two/a.txt"]
    assert [each.name for each in project.documents.all()] == ["one/a.txt", "two/a.txt"]


# Surveys


def test_a_new_wave_adds_only_what_is_new(project: Project) -> None:
    bring_in(project, SURVEY, s__csv="ID,Role,Age,Why?\n1,Cook,30,too litle time\n2,Cook,40,no keys\n3,Boss,,\n")
    code_words(project, "s.csv#!2:Why?", "litle time", "time")
    code_words(project, "s.csv#!3:Why?", "no keys", "time")
    wave = "ID,Role,Age,Why?\n4,Chef,,the oven\n3,Boss,50,cold now\n1,Cook,31,too little time\n2,Waiter,40,\n"
    summary = bring_in(project, SURVEY, s__csv=wave)
    assert summary.waves == (
        SurveyWave(
            "s.csv",
            n_new=1,
            n_known=3,
            n_new_answers=1,
            n_changed=1,
            n_withdrawn=1,
            n_closed=2,
            quotations=Tally(changed=1),
        ),
    )
    assert summary.sentences() == [
        "s.csv: 1 new respondent, 3 known, 1 answer added, 1 answer changed, 2 closed answers changed, "
        "1 answer blank in the file and kept. On the changed answers: 0 quotations kept, 1 changed, 0 lost."
    ]
    assert answers(project) == {
        "s.csv#!2:Why?": "too little time",
        "s.csv#!3:Why?": "no keys",
        "s.csv#!3:Why? (2)": "cold now",
        "s.csv#!2:Why? (2)": "the oven",
    }
    assert quoted(project) == ["little time", "no keys"]
    assert [(ident, group) for _key, ident, group in respondents(project)] == [
        ("1", "Cook"),
        ("2", "Cook"),
        ("3", "Boss"),
        ("4", "Chef"),
    ]
    assert project.respondents.groups() == ["Cook", "Boss", "Chef"]
    ages = [dict(each.attributes) for each in project.respondents.all()]
    assert ages == [{"Age": "31"}, {"Age": "40"}, {"Age": "50"}, {}]
    assert any("another group" in each.what for each in summary.problems)
    steps = project.history()
    bring_in(project, SURVEY, s__csv=wave)
    bring_in(project, SURVEY, s__csv="ID,Role,Age,Why?\n1,Cook,30,too litle time\n2,Cook,40,no keys\n3,Boss,,\n")
    assert project.history() == steps


def test_a_wave_is_one_step_and_undo_takes_it_back(project: Project) -> None:
    bring_in(project, SURVEY, s__csv="ID,Role,Age,Why?\n1,Cook,30,no time\n")
    before = (answers(project), respondents(project))
    bring_in(project, SURVEY, s__csv="ID,Role,Age,Why?\n1,Cook,30,no spare time\n2,Cook,30,why not\n")
    after = (answers(project), respondents(project))
    assert after != before
    project.undo()
    assert (answers(project), respondents(project)) == before
    project.redo()
    assert (answers(project), respondents(project)) == after


def test_an_answer_corrected_here_is_not_put_back_by_a_wave_with_the_same_slip(project: Project) -> None:
    bring_in(project, SURVEY, s__csv="ID,Role,Age,Why?\n1,Cook,30,no tme\n")
    project.documents.correct(1, Span(3, 6), "time")
    summary = bring_in(project, SURVEY, s__csv="ID,Role,Age,Why?\n1,Cook,30,no tme\n2,Cook,30,none\n")
    assert answers(project)["s.csv#!2:Why?"] == "no time"
    assert summary.waves[0].n_changed == 0


def test_without_ids_rows_are_compared_by_what_they_say_and_never_doubled(project: Project) -> None:
    first = "Why?,How?\ntime,slowly\ntime,slowly\n,fast\nbred,badly\n"
    bring_in(project, NAMELESS, s__csv=first)
    wave = "Why?,How?\nnew,one\ntime,slowly\n,fast\ntime,slowly\n,\nbread,badly\ntime,slowly\n"
    summary = bring_in(project, NAMELESS, s__csv=wave.replace("bread", "bred"))
    assert summary.waves == (SurveyWave("s.csv", n_new=2, n_known=4),)
    corrected = first.replace("bred", "bread")
    summary = bring_in(project, NAMELESS, s__csv=corrected)
    assert (summary.waves[0].n_new, summary.waves[0].n_changed, summary.waves[0].n_missing) == (0, 1, 2)
    assert list(answers(project).values()).count("bread") == 1


def test_a_new_question_of_a_wave_is_asked_of_those_who_are_known(project: Project) -> None:
    bring_in(project, SURVEY, s__csv="ID,Role,Age,Why?\n1,Cook,30,no time\n")
    both = SURVEY.replace("['Why?']", "['Why?', 'Else?']")
    summary = bring_in(project, both, s__csv="ID,Role,Age,Why?,Else?\n1,Cook,30,no time,the oven\n")
    assert summary.waves == (SurveyWave("s.csv", n_known=1, n_new_answers=1),)
    assert [each.text for each in project.survey.questions()] == ["Why?", "Else?"]
    assert list(project.survey.rows(2).idents) == ["1"]


def test_ids_that_occur_twice_are_two_respondents_again(project: Project) -> None:
    rows = [RowContent("1", True, 2, {1: "a"}, {}), RowContent("1", True, 3, {1: "b"}, {})]
    assert matched(list(reversed(rows)), rows, by_ident=True) == [1, 0]
    changed = [RowContent("1", True, 2, {1: "b"}, {}), RowContent("1", True, 3, {1: "x"}, {})]
    assert matched([*changed, RowContent("1", True, 4, {}, {})], rows, by_ident=True) == [1, 0, None]


def test_a_survey_that_has_ids_now_finds_the_rows_that_had_none(project: Project) -> None:
    bring_in(project, "surveys: [{file: s.csv, open: ['Why?']}]\n", s__csv="ID,Why?\nx,no time\ny,no keys\n")
    summary = bring_in(
        project,
        "surveys: [{file: s.csv, respondent: ID, open: ['Why?']}]\n",
        s__csv="ID,Why?\ny,no keys\nx,no time\nz,h\n",
    )
    assert summary.waves == (SurveyWave("s.csv", n_new=1, n_known=2),)


def test_the_files_of_all_waves_and_the_companions_of_an_export_are_kept(project: Project) -> None:
    dataset = "respondent;s_1\n1;1\n2;2\n"
    structure = "questionName;variableName;questionType;questionText;choiceText;subType\nq;s_1;Open;Why?;;\n"
    labels = "s_1;1;no time\ns_1;2;no keys\n"
    study = "surveys: [{file: dataset.csv, respondent: respondent, open: ['Why?']}]\n"
    bring_in(project, study, dataset__csv=dataset, structure__csv=structure, labels__csv=labels)
    names = [name for name, _sha in project.documents.originals()]
    assert sorted(names) == ["dataset.csv", "labels.csv", "structure.csv"]
    steps = project.history()
    bring_in(project, study)
    assert project.history() == steps
    summary = bring_in(project, study, labels__csv=labels.replace("no keys", "no key"))
    assert summary.waves[0].n_changed == 1
    assert len(project.documents.originals()) == 4
