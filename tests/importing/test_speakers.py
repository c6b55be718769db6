"""Who speaks: labels of many forms, and what only looks like one."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from qualcode.importing.transcripts import read_transcript


def turns_of(folder: Path, text: str, name: str = "samtale.txt") -> list[tuple[str | None, str]]:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return [(speech.label, speech.text) for speech in read_transcript(path).speeches]


def test_a_name_and_a_colon_make_a_turn(tmp_path: Path) -> None:
    assert turns_of(tmp_path, "Anna: Hei.\nBo: Hallo der.\nAnna: Ja.") == [
        ("Anna", "Hei."),
        ("Bo", "Hallo der."),
        ("Anna", "Ja."),
    ]


def test_speakers_inside_a_line_are_told(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("INT: Hvorfor? Kari: Jeg er trøtt. INT: Så?\nKari: Det er (nå) natt. INT: Ja.\n", encoding="utf-8")
    told = read_transcript(path).problems
    assert [each.severity for each in told] == ["warning"]
    assert "3 times" in told[0].what and "INT, Kari" in told[0].what
    path.write_text(
        "INT: Hva med dem?\nKari: Jeg sa til Kari: nei. Det var Kari.\nINT: Så INT: nei.\n", encoding="utf-8"
    )
    assert not read_transcript(path).problems


def test_paragraphs_of_one_speaker_are_joined_by_line_feeds(tmp_path: Path) -> None:
    text = "Anna: Først dette.\n\nSå dette.\n\nAnna: Og dette.\n\nBo: Ja vel."
    assert turns_of(tmp_path, text) == [("Anna", "Først dette.\nSå dette.\nOg dette."), ("Bo", "Ja vel.")]


def test_nothing_but_the_space_after_the_label_is_trimmed(tmp_path: Path) -> None:
    assert turns_of(tmp_path, "Anna:\t  Hei  du. \nBo:Hallo.\n  og  \nAnna: x") == [
        ("Anna", "Hei  du. "),
        ("Bo", "Hallo.\n  og  "),
        ("Anna", "x"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Problemet er dette: vi har ikke tid.",
        "Vi sa det slik: nei.",
        "Møtet er 10:30 hver dag.",
        "Kl. 10:30 begynner møtet.",
        "Se https://eksempel.example/side for mer.",
        "https://eksempel.example er siden.",
        "Og så sa hun: kom.",
        "Konklusjon: det går bra.",
        "Det er en lang setning som går over mange ord før den kommer til poenget: her.",
        "(hun peker): der.",
        "Forholdet er 3:1 omtrent.",
        "C:\\mappe er tom.",
        "Dette, altså det her: ja.",
        "Taushetsplikt og journaltilgang: begge er vanskelige.",
        "1: rommet er for lite.",
        "Spørsmål 2: hva er lett?",
    ],
)
def test_a_colon_inside_talk_makes_no_speaker(tmp_path: Path, line: str) -> None:
    found = turns_of(tmp_path, f"Anna: Hei.\n\n{line}\n\nBo: Ja.\n\nAnna: Nei.\n\nBo: Jo.")
    assert found == [("Anna", f"Hei.\n{line}"), ("Bo", "Ja."), ("Anna", "Nei."), ("Bo", "Jo.")]


@pytest.mark.parametrize(
    "label",
    [
        "Jobbspesialist 2",
        "Team leader",
        "I",
        "R1",
        "SPEAKER_00",
        "Åse-Marie",
        "Dr. Ås",
        "K.N.",
        "Kari (veileder)",
        "intervjuer 1",
        "Behandler/leder",
        "Flere",
        "O’Brien",
        "Ståle 2",
        "Employment specialist 1",
        "Kari og Per",
    ],
)
def test_labels_of_many_forms_are_found(tmp_path: Path, label: str) -> None:
    text = f"{label}: Hei.\n\nBo: Ja.\n\n{label}: Nei.\n\nBo: Jo."
    assert turns_of(tmp_path, text) == [(label, "Hei."), ("Bo", "Ja."), (label, "Nei."), ("Bo", "Jo.")]


def test_a_name_that_occurs_once_among_others_is_a_speaker(tmp_path: Path) -> None:
    text = "Deltaker 1: a.\nDeltaker 2: b.\nDeltaker 1: c.\nFlere: Mm.\nDeltaker 3: d.\nDeltaker 1: e."
    assert [label for label, _text in turns_of(tmp_path, text)] == [
        "Deltaker 1",
        "Deltaker 2",
        "Deltaker 1",
        "Flere",
        "Deltaker 3",
        "Deltaker 1",
    ]


def test_two_lines_with_names_are_enough(tmp_path: Path) -> None:
    assert turns_of(tmp_path, "Kari: Hei.\nPer: Hallo.") == [("Kari", "Hei."), ("Per", "Hallo.")]


def test_prose_with_a_colon_names_nobody(tmp_path: Path) -> None:
    text = "Vi møttes på tirsdag.\nSaken er klar: vi venter.\nTo ting gjenstår: rom og tid."
    assert turns_of(tmp_path, text) == [(None, line) for line in text.split("\n")]


def test_text_before_the_first_speaker_is_told_and_left_out(tmp_path: Path) -> None:
    path = tmp_path / "samtale.txt"
    path.write_text("Fokusgruppe, team Ås\nDato: 3. mai\n\nAnna: Hei.\nBo: Ja.\nAnna: Jo.", encoding="utf-8")
    read = read_transcript(path)
    assert [speech.label for speech in read.speeches] == ["Anna", "Bo", "Anna"]
    (problem,) = read.problems
    assert problem.severity == "warning"
    assert "33 characters" in problem.what
    assert "Ås" not in str(problem)


def test_brackets_name_speakers_but_remarks_do_not(tmp_path: Path) -> None:
    text = "[Anna] Hei.\n[latter]\n[Bo] Ja.\n[Anna] Nei.\n[uhørbart] kanskje\n[Bo]: Jo."
    assert turns_of(tmp_path, text) == [
        ("Anna", "Hei.\n[latter]"),
        ("Bo", "Ja."),
        ("Anna", "Nei.\n[uhørbart] kanskje"),
        ("Bo", "Jo."),
    ]


def test_remarks_alone_name_nobody(tmp_path: Path) -> None:
    assert turns_of(tmp_path, "[Latter] Ja.\n[Latter] Nei.") == [(None, "[Latter] Ja."), (None, "[Latter] Nei.")]


def test_a_label_on_a_line_of_its_own_begins_a_turn(tmp_path: Path) -> None:
    assert turns_of(tmp_path, "Anna:\nHei.\nOg hå.\n\nBo:\nJa.\n\nAnna:\nNei.") == [
        ("Anna", "Hei.\nOg hå."),
        ("Bo", "Ja."),
        ("Anna", "Nei."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "[00:12:15] Anna: Hei.",
        "00:12:15 Anna: Hei.",
        "12:15 Anna: Hei.",
        "Anna [00:12:15]: Hei.",
        "Anna: [00:12:15] Hei.",
        "Anna: 00:12:15 Hei.",
        "Anna (12:15): Hei.",
        "[00:12:15]\nAnna: Hei.",
        "Anna  00:12:15\nHei.",
        "Anna 12:15\nHei.",
    ],
)
def test_time_stamps_beside_the_label_become_times(tmp_path: Path, line: str) -> None:
    path = tmp_path / "samtale.txt"
    path.write_text("\n\n".join((line, line.replace("Anna", "Bo").replace("15", "50"), line)), encoding="utf-8")
    speeches = read_transcript(path).speeches
    assert [(speech.label, speech.text, speech.begins) for speech in speeches] == [
        ("Anna", "Hei.", 735.0),
        ("Bo", "Hei.", 770.0),
        ("Anna", "Hei.", 735.0),
    ]


def test_a_clock_time_that_somebody_says_stays_in_the_text(tmp_path: Path) -> None:
    found = turns_of(tmp_path, "Anna: 10:30 begynte det.\nBo: Ja.\nAnna: Nei.\nBo: Jo.")
    assert found[0] == ("Anna", "10:30 begynte det.")


def test_a_remark_behind_a_name_makes_no_second_person(tmp_path: Path) -> None:
    path = tmp_path / "samtale.txt"
    path.write_text("Anna: Hei.\nBo: Ja.\nAnna (ler): Nei.\nBo: Jo.", encoding="utf-8")
    read = read_transcript(path)
    assert [speech.label for speech in read.speeches] == ["Anna", "Bo", "Anna", "Bo"]
    assert len(read.problems) == 1


def test_a_group_that_is_named_once_stands_for_the_person(tmp_path: Path) -> None:
    found = turns_of(tmp_path, "Anna (veileder): Hei.\nBo (leder): Ja.\nAnna: Nei.\nBo: Jo.")
    assert [label for label, _text in found] == ["Anna (veileder)", "Bo (leder)", "Anna (veileder)", "Bo (leder)"]


def test_one_speaker_under_a_title_is_found(tmp_path: Path) -> None:
    assert turns_of(tmp_path, "Intervju, 3. mai\n\nKari: Det er mye.\n\nOg mer.") == [("Kari", "Det er mye.\nOg mer.")]


def test_bold_markdown_names_speakers(tmp_path: Path) -> None:
    text = "# Samtale\n\n**Anna:** Hei.\n\n**Bo**: Ja, *virkelig*.\n\n**Anna:** Nei."
    assert turns_of(tmp_path, text, "samtale.md") == [("Anna", "Hei."), ("Bo", "Ja, *virkelig*."), ("Anna", "Nei.")]


def test_spellings_of_one_label_are_joined(tmp_path: Path) -> None:
    assert turns_of(tmp_path, "Anna: a.\nANNA: b.\nBo: c.\nAnna: d.") == [
        ("Anna", "a.\nb."),
        ("Bo", "c."),
        ("Anna", "d."),
    ]


LETTERS = {
    "space": "I Hva tenker du?\nR Jeg tenker mye.\nI Ja?\nR I går var det fint.",
    "full stop": "I. Hva tenker du?\nR. Jeg tenker mye.\nI. Ja?\nR. I går var det fint.",
    "bracket": "I) Hva tenker du?\n\nR) Jeg tenker mye.\n\nI) Ja?\n\nR) I går var det fint.",
    "tab": "I\tHva tenker du?\nR\tJeg tenker mye.\nI\tJa?\nR\tI går var det fint.",
    "colon": "I: Hva tenker du?\nR: Jeg tenker mye.\nI: Ja?\nR: I går var det fint.",
}


@pytest.mark.parametrize("form", LETTERS)
def test_single_letters_of_interviewer_and_respondent(tmp_path: Path, form: str) -> None:
    assert turns_of(tmp_path, LETTERS[form]) == [
        ("I", "Hva tenker du?"),
        ("R", "Jeg tenker mye."),
        ("I", "Ja?"),
        ("R", "I går var det fint."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "I går var det fint.\nVi gikk tur.\nI dag regner det.\nÅ gå ut frister ikke.",
        "A. Rom\nB. Tid\nC. Folk",
        "I fjor var det lite.\nI år er det mer.\nÅ vente er leit.\nÅ komme er bra.",
        "Dato\t3. mai\nSted\tÅs\nLengde\t40",
        "Tall\t3\nTall\t4\nVi snakket om dette.\nOg om mer.\nOg om enda mer.",
    ],
)
def test_letters_and_tabs_that_name_nobody(tmp_path: Path, text: str) -> None:
    assert [label for label, _text in turns_of(tmp_path, text)] == [None] * (text.count("\n") + 1)


def test_a_tab_after_a_name_makes_a_turn(tmp_path: Path) -> None:
    assert turns_of(tmp_path, "Anna Ås\tHei: du.\nBo\t00:01:05\tJa.\nAnna Ås\tDa så.\nog mer") == [
        ("Anna Ås", "Hei: du."),
        ("Bo", "Ja."),
        ("Anna Ås", "Da så.\nog mer"),
    ]


@pytest.mark.parametrize(
    "legend",
    [
        "I = intervjuer, B1 = behandler 1, B2 = behandler 2",
        "I = intervjuer\nB1 = behandler 1\nB2 = behandler 2",
        "Forkortelser: I=intervjuer; B1=behandler 1; B2=behandler 2.",
    ],
)
def test_a_legend_makes_speakers_of_abbreviations_and_is_told(tmp_path: Path, legend: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{legend}\n\nI: Hei?\n\nB1: Ja.\n\nI: Og du?\n\nB2: Nei.", encoding="utf-8")
    found = read_transcript(path)
    assert [speech.label for speech in found.speeches] == ["I", "B1", "I", "B2"]
    assert "I = intervjuer; B1 = behandler 1; B2 = behandler 2" in found.problems[0].what


def test_a_chat_of_a_meeting(tmp_path: Path) -> None:
    text = "10:02:15 From  Anna Ås  to  Everyone:\n\tHei: du\n10:03:00\t From Bo Li : Ja\n10:04:00 Fra Cid til Alle: Ok"
    assert turns_of(tmp_path, text) == [("Anna Ås", "\tHei: du"), ("Bo Li", "Ja"), ("Cid", "Ok")]


def test_times_before_names_on_lines_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("00:00:02 Speaker 1\nHei.\n00:00:10 Speaker 2\nJa.\n[00:01:02] Speaker 1\nNei.", encoding="utf-8")
    assert [(speech.label, speech.text, speech.begins) for speech in read_transcript(path).speeches] == [
        ("Speaker 1", "Hei.", 2.0),
        ("Speaker 2", "Ja.", 10.0),
        ("Speaker 1", "Nei.", 62.0),
    ]


def test_names_with_times_as_otter_writes_them(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    text = "Anna Ås  0:03\nHei.\nOg mer.\n\nUnknown Speaker  1:15\nJa.\n\nTranscribed by https://eksempel.example"
    path.write_text(text, encoding="utf-8")
    found = read_transcript(path)
    assert [(speech.label, speech.text, speech.begins) for speech in found.speeches] == [
        ("Anna Ås", "Hei.\nOg mer.", 3.0),
        ("Unknown Speaker", "Ja.", 75.0),
    ]
    assert ["service" in problem.what for problem in found.problems] == [True]


def test_numbered_letters_without_a_colon(tmp_path: Path) -> None:
    found = turns_of(tmp_path, "I1 Hva tenker du?\nR1 Mye.\nI1 Ja?\nR2 Nei.\nR1 Jo.")
    assert [label for label, _text in found] == ["I1", "R1", "I1", "R2", "R1"]


def test_names_in_brackets_with_times_on_lines_of_their_own(tmp_path: Path) -> None:
    text = "[Anna Ås] 10:02:15\nHei på deg\n\n[Bo Li] 10:03:00\nJa\n\n[Anna Ås] 10:03:10\nOk"
    assert turns_of(tmp_path, text) == [("Anna Ås", "Hei på deg"), ("Bo Li", "Ja"), ("Anna Ås", "Ok")]


def test_remarks_in_brackets_are_nobody_where_cues_have_times(tmp_path: Path) -> None:
    cues = "".join(f"00:0{n}.000 --> 00:0{n}.900\n{text}\n\n" for n, text in enumerate(("[Dør smeller]", "Hei.") * 3))
    found = turns_of(tmp_path, f"WEBVTT\n\n{cues}", "a.vtt")
    assert {label for label, _text in found} == {None}


def test_times_between_hashes_are_no_words(tmp_path: Path) -> None:
    text = (
        "#00:00:01-5# I: Hvordan var det?\n#00:00:04-0# B: Det gikk fint.\n#00:00:09-2# I: Og så?\n#00:00:12-0# B: Ja."
    )
    assert turns_of(tmp_path, text) == [
        ("I", "Hvordan var det?"),
        ("B", "Det gikk fint."),
        ("I", "Og så?"),
        ("B", "Ja."),
    ]


@pytest.mark.parametrize("form", ["{}: {}", "[00:01:10] {}: {}", "{} [00:01:10]: {}", "{}\t{}", "- {}: {}"])
@pytest.mark.parametrize(
    "label",
    ["Metodeveil. 1", "Jobbspes. Anne", "Avd.leder", "NAV-veil. Per", "Teaml.", "Psyk.spes. Ås", "Jobbsp. (Anne)"],
)
def test_a_role_that_is_cut_short_speaks_for_itself(tmp_path: Path, label: str, form: str) -> None:
    said = [("Moderator", "Hva er vanskelig?"), ("Behandler", "Tid."), (label, "Journalen."), ("Moderator", "Mm.")]
    said += [("Behandler", "Vi har lite tid."), (label, "Enig. Og lite rom.")]
    assert turns_of(tmp_path, "\n".join(form.format(*each) for each in said)) == said


def test_roles_that_are_cut_short_in_the_columns_of_a_table(tmp_path: Path) -> None:
    said = [("Moderator", "Hva er vanskelig?"), ("Metodeveil. 1", "Tid og treg journal."), ("Avd.leder", "Enig.")]
    said += [("Moderator", "Mm."), ("Metodeveil. 1", "Vi sitter langt unna.")]
    document = Document()
    table = document.add_table(rows=0, cols=2)
    for each in said:
        for cell, words in zip(table.add_row().cells, each, strict=True):
            cell.text = words
    document.save(str(tmp_path / "samtale.docx"))
    assert [(speech.label, speech.text) for speech in read_transcript(tmp_path / "samtale.docx").speeches] == said


def test_a_role_that_is_cut_short_needs_a_time_to_speak_once(tmp_path: Path) -> None:
    text = "{0}Kari: Hva er vanskelig?\n{0}Metodeveil. 1: Tid.\n{0}Kari: Mm."
    plain = turns_of(tmp_path, text.format(""))
    assert plain == [("Kari", "Hva er vanskelig?\nMetodeveil. 1: Tid.\nMm.")]
    stamped = turns_of(tmp_path, text.format("[00:01:10] "))
    assert [label for label, _words in stamped] == ["Kari", "Metodeveil. 1", "Kari"]


def test_what_may_have_been_a_speaker_is_told(tmp_path: Path) -> None:
    path = tmp_path / "samtale.txt"
    path.write_text("Kari: Hva er vanskelig?\nJobbspes. Anne: Tid.\nKari: Mm.\nKari: Ja.", encoding="utf-8")
    (problem,) = read_transcript(path).problems
    assert problem.what == "Taken as talk, since it stands before a colon only once: Jobbspes. Anne."


@pytest.mark.parametrize(
    "line",
    [
        "Enig. Oppsummert: det er trangt.",
        "Det er dyrt. Poenget: ingen har råd.",
        "Spørsm. 1: hva er lett?",
        "Bl.a. journalen: den er treg.",
        "F.eks. Oslo: der går det bra.",
    ],
)
def test_a_short_sentence_before_a_colon_is_no_role(tmp_path: Path, line: str) -> None:
    text = f"Kari: Hei.\n{line}\nBo: Hallo.\nKari: Ja."
    assert [label for label, _words in turns_of(tmp_path, text)] == ["Kari", "Bo", "Kari"]


def test_a_reference_that_recurs_before_a_colon_is_no_role(tmp_path: Path) -> None:
    text = "Kari: Hei.\nSe vedlegg. 1: a.\nBo: Ja.\nSe vedlegg. 1: b.\nKari: Nei."
    assert [label for label, _words in turns_of(tmp_path, text)] == ["Kari", "Bo", "Kari"]
