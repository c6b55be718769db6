"""Rarer ways to name who speaks, and what looks like them but names nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.importing.inspect import inspect_file
from qualcode.importing.report import Transcript
from qualcode.importing.transcripts import read_transcript
from tests.importing.word_files import bold, paragraph, run, write_word_file

Turns = list[tuple[str | None, str]]


def read(folder: Path, text: str, name: str = "prat.txt") -> Transcript:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_transcript(path)


def turns(folder: Path, text: str, name: str = "prat.txt") -> Turns:
    return [(speech.label, speech.text) for speech in read(folder, text, name).speeches]


CHAT = (
    "@UTF8\n@Begin\n@Languages:\tnor\n@Participants:\tKAR Kari Informant, INV Investigator\n"
    "*INV:\thva tenker dere om rommet ? \x15100_2350\x15\n"
    "*KAR:\tdet er for lite &-eh og\n\tdet er kaldt . \x152400_6000\x15\n"
    "%com:\tKAR peker mot døra\n"
    "*KAR:\tja .\n@End\n"
)


@pytest.mark.parametrize("name", ["prat.cha", "prat.txt"])
def test_chat_of_clan_with_times_and_without_remarks(tmp_path: Path, name: str) -> None:
    transcript = read(tmp_path, CHAT, name)
    assert [(each.label, each.text) for each in transcript.speeches] == [
        ("INV", "hva tenker dere om rommet ?"),
        ("KAR", "det er for lite &-eh og det er kaldt .\nja ."),
    ]
    assert (transcript.speeches[0].begins, transcript.speeches[0].ends) == (0.1, 2.35)
    told = " ".join(problem.what for problem in transcript.problems)
    assert "KAR = Kari Informant; INV = Investigator" in told and "left out (1)" in told


def test_stars_before_names_without_a_head(tmp_path: Path) -> None:
    text = "*INV: hva tenker dere?\n*KAR: det er for lite.\n*INV: hvorfor?\n*KAR: vi er mange.\n"
    assert [label for label, _said in turns(tmp_path, text)] == ["INV", "KAR", "INV", "KAR"]


@pytest.mark.parametrize(
    "text",
    [
        "* Viktig: vi mangler rom\n* Viktig: vi mangler tid\nDette er alt vi kom fram til i dag, sa de.\n",
        "@begin var et ord som alle brukte.\nDet sto *i* margen.\n",
        "@UTF8 er en tegnkoding.\nDen brukes av mange.\n",
    ],
)
def test_stars_and_signs_that_name_nobody(tmp_path: Path, text: str) -> None:
    assert {label for label, _said in turns(tmp_path, text)} == {None}


def test_names_in_angles(tmp_path: Path) -> None:
    text = "<Kari> Vi har ikke tid.\n[00:01:05] <Ola Vik> Nei, <ler> det er sant.\n<Kari>: Ikke rom heller.\n"
    assert turns(tmp_path, text) == [
        ("Kari", "Vi har ikke tid."),
        ("Ola Vik", "Nei, <ler> det er sant."),
        ("Kari", "Ikke rom heller."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<P>Vi har ikke tid.\n<P>Ikke rom heller.\n<P>Det er alt.\n",
        "<Latter> Vi har ikke tid.\n<Latter> Ikke rom heller.\n",
        "<Navn>Vi har ikke tid.</Navn>\n<Navn>Ikke rom.</Navn>\n",
        "<b>Kari</b> kom sent.\n<b>Kari</b> gikk tidlig.\n",
        "< 5 av oss sa ja.\n<5> av oss sa nei.\n",
    ],
)
def test_angles_that_name_nobody(tmp_path: Path, text: str) -> None:
    assert {label for label, _said in turns(tmp_path, text)} == {None}


@pytest.mark.parametrize("colon", ["：", "﹕", "∶", "꞉"])
def test_colons_of_other_scripts(tmp_path: Path, colon: str) -> None:
    text = f"Kari{colon} Vi har ikke tid.\nOla{colon}Nei{colon} ikke rom heller.\nKari{colon} Ja.\n"
    assert turns(tmp_path, text) == [
        ("Kari", "Vi har ikke tid."),
        ("Ola", f"Nei{colon} ikke rom heller."),
        ("Kari", "Ja."),
    ]


def test_a_colon_of_another_script_inside_talk_stays(tmp_path: Path) -> None:
    text = "Vi tenkte dette： at det går.\nForholdet var 2∶1 den gangen.\nDet er alt vi husker.\n"
    assert turns(tmp_path, text) == [(None, line) for line in text.splitlines()]


ALONE = (
    "Intervjuer\nHva tenker dere om rommet her?\n\nKari\nDet er for lite, og vi er mange.\nOg det er kaldt.\n\n"
    "Intervjuer\nHvor lenge har det vært slik?\n\nOla\nI to år nå, tror jeg.\n\nKari\nMinst. Vi sa fra i fjor.\n\n"
    "Ola\nJa, det gjorde vi alle sammen.\n"
)


def test_names_alone_above_what_they_say(tmp_path: Path) -> None:
    found = turns(tmp_path, "Gruppe A, mars 2026\n\n" + ALONE)
    assert [label for label, _said in found] == ["Intervjuer", "Kari", "Intervjuer", "Ola", "Kari", "Ola"]
    assert found[1][1] == "Det er for lite, og vi er mange.\nOg det er kaldt."


@pytest.mark.parametrize(
    "text",
    [
        ALONE.replace("Intervjuer", "Styrker").replace("Kari", "Svakheter").replace("Ola", "Muligheter"),
        ALONE.replace("Intervjuer", "Tema 1").replace("Kari", "Tema 2").replace("Ola", "Tema 3"),
        ALONE.replace("Kari", "Intervjuer").replace("Ola", "Intervjuer"),
        "Vi begynte sent den dagen, og ikke alle kom.\n" + ALONE,
        "Intervjuer\nKari\nOla\nIntervjuer\nKari\nOla\n",
        "Moderator\nSlik går det til.\nModerator\nSlik også.\nBakgrunn\nHer.\nFunn\nDet er lite.\nVeien\nVi ser.\n",
    ],
)
def test_headings_and_lists_are_nobody(tmp_path: Path, text: str) -> None:
    assert {label for label, _said in turns(tmp_path, text)} == {None}


def word(folder: Path, *paragraphs: tuple[tuple[str, str], ...]) -> Turns:
    body = [paragraph(*(run(text, look) for text, look in runs)) for runs in paragraphs]
    return [(each.label, each.text) for each in read_transcript(write_word_file(folder / "a.docx", *body)).speeches]


UNDERLINED, BLUE, RED = '<w:u w:val="single"/>', '<w:color w:val="0070C0"/>', '<w:color w:val="C00000"/>'


@pytest.mark.parametrize(("one", "other"), [(UNDERLINED, UNDERLINED), (BLUE, RED), (BLUE + UNDERLINED, UNDERLINED)])
def test_names_underlined_or_in_colour(tmp_path: Path, one: str, other: str) -> None:
    found = word(
        tmp_path,
        (("Kari", one), (" Vi har ikke tid.", "")),
        (("Ola", other), (" Nei, det er sant.", "")),
        (("Kari", one), (" Ikke rom heller.", "")),
    )
    assert found == [("Kari", "Vi har ikke tid."), ("Ola", "Nei, det er sant."), ("Kari", "Ikke rom heller.")]


def test_underlined_names_on_lines_of_their_own(tmp_path: Path) -> None:
    found = word(
        tmp_path,
        (("Kari", UNDERLINED),),
        (("Vi har ikke tid.", ""),),
        (("Ola", UNDERLINED),),
        (("Nei.", ""),),
        (("Kari", UNDERLINED),),
        (("Ja.", ""),),
    )
    assert [label for label, _said in found] == ["Kari", "Ola", "Kari"]


def test_a_voice_in_colour_and_words_underlined_for_weight_are_nobody(tmp_path: Path) -> None:
    in_colour = [(("Enig", BLUE),), (("Vi har ikke tid.", ""),)] * 3
    assert {label for label, _said in word(tmp_path, *in_colour)} == {None}
    weight = [(("Aldri", UNDERLINED), (" i verden gjør vi det.", "")), (("Vi har ikke tid til slikt.", ""),)]
    assert {label for label, _said in word(tmp_path, *weight)} == {None}


def test_bold_names_count_before_other_marks(tmp_path: Path) -> None:
    body = [
        paragraph(bold("Kari"), run(" Vi har ikke tid.")),
        paragraph(run("Rommet", UNDERLINED), run(" er for lite.")),
        paragraph(bold("Ola"), run(" Nei.")),
        paragraph(run("Rommet", UNDERLINED), run(" er kaldt.")),
        paragraph(bold("Kari"), run(" Ja.")),
    ]
    found = read_transcript(write_word_file(tmp_path / "a.docx", *body)).speeches
    assert [each.label for each in found] == ["Kari", "Ola", "Kari"]


def test_inspect_reads_chat(tmp_path: Path) -> None:
    path = tmp_path / "prat.cha"
    path.write_text(CHAT, encoding="utf-8")
    assert inspect_file(path)["kind"] == "transcript"


def test_times_of_youtube_are_no_words(tmp_path: Path) -> None:
    cues = (("0:00:00.000,0:00:02.500", "Kari: Hei"), ("0:00:03.000,0:00:04.000", "Ola: Hei på deg"))
    text = "\n\n".join(f"{times}\n{said}" for times, said in (*cues, ("0:00:04.000,0:00:05.000", "Kari: Ja")))
    transcript = read(tmp_path, text, "film.sbv")
    assert [(each.label, each.text, each.begins) for each in transcript.speeches] == [
        ("Kari", "Hei", 0.0),
        ("Ola", "Hei på deg", 3.0),
        ("Kari", "Ja", 4.0),
    ]
    assert transcript.problems == ()


def test_bold_names_of_markdown_behind_times(tmp_path: Path) -> None:
    text = "[00:00:01] **Kari:** Hei alle.\n\n[00:00:05] **Ola:** Hei.\n\n[00:01:09] **Kari:** Ja.\n"
    speeches = read(tmp_path, text).speeches
    assert [(each.label, each.text, each.begins) for each in speeches] == [
        ("Kari", "Hei alle.", 1.0),
        ("Ola", "Hei.", 5.0),
        ("Kari", "Ja.", 69.0),
    ]


def test_names_behind_the_marks_of_captions(tmp_path: Path) -> None:
    text = ">> Kari: Hei alle.\n>> Ola Vik: Hei.\n>> Kari: Ja.\n"
    assert [label for label, _said in turns(tmp_path, text)] == ["Kari", "Ola Vik", "Kari"]


@pytest.mark.parametrize(
    "text",
    [
        "Spm 1: Hva er viktig?\nSvar: Tid.\nSpm 2: Hva hindrer?\nSvar: Rom.\nSpm 3: Hvorfor?\nSvar: Folk.\n",
        "Fra: Kari\nTil: Ola\nEmne: Møte\n\nHei Ola, kan vi møtes?\n\nFra: Ola\nTil: Kari\nEmne: SV: Møte\n\nJa.\n",
        "Styrker:\nVi er gode.\nSvakheter:\nVi er få.\nMuligheter:\nMange.\nTrusler:\nNoen.\n",
        "Avdeling A\nStyrker: Vi er gode.\nSvakheter: Vi er få.\nAvdeling B\nStyrker: Snille.\nSvakheter: De er små.\n",
        "Mandag: Vi møttes.\nTirsdag: Ingen kom.\nOnsdag: Fri.\nMandag: Igjen.\n",
        "Sak 1: Rom\nAnsvar: Kari\nFrist: mai\nSak 2: Tid\nAnsvar: Ola\nFrist: juni\n",
    ],
)
def test_forms_letters_and_lists_name_nobody(tmp_path: Path, text: str) -> None:
    found = turns(tmp_path, text)
    assert {label for label, _said in found} == {None}
    assert "\n".join(said for _label, said in found).split() == text.split()  # and nothing of it is lost


def test_question_and_answer_are_two_voices(tmp_path: Path) -> None:
    text = "Spørsmål: Hva er viktig?\nSvar: Tid.\nSpørsmål: Hvorfor?\nSvar: Fordi.\n"
    assert [label for label, _said in turns(tmp_path, text)] == ["Spørsmål", "Svar", "Spørsmål", "Svar"]
