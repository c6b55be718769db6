"""Labels that take more than the head of a line, and lines that nobody said."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import ImportingError
from qualcode.importing.report import Transcript
from qualcode.importing.transcripts import read_transcript

TALK = [("Kari", "Vi har lite tid."), ("Per", "Ja da."), ("Kari", "Og rom.")]


def read(folder: Path, text: str, name: str = "a.txt") -> Transcript:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return read_transcript(path)


def turns(found: Transcript) -> list[tuple[str | None, str]]:
    return [(speech.label, speech.text) for speech in found.speeches]


FORMS = {
    "name, then time": "Kari\n00:01\nVi har lite tid.\n\nPer\n00:09\nJa da.\n\nKari\n00:12\nOg rom.",
    "time, then name": "Møte\n0:0:1.5 --> 0:0:3.2\nKari\nVi har lite tid.\n0:0:4.0 --> 0:0:5.1\nPer\nJa da.\n"
    "0:0:7.0 --> 0:0:9.9\nKari\nOg rom.",
    "time, dash, name": "[00:00:01.120] - Kari\nVi har lite tid.\n\n[00:00:05.300] - Per\nJa da.\n\n"
    "[00:00:09.010] - Kari\nOg rom.",
    "name in brackets above": "[Kari]\nVi har lite tid.\n\n[Per]\nJa da.\n\n[Kari]\nOg rom.",
    "name in parentheses above": "(Kari)\nVi har lite tid.\n\n(Per)\nJa da.\n\n(Kari)\nOg rom.",
    "numbered lines": "1\tKari: Vi har lite tid.\n2\tPer: Ja da.\n3\tKari: Og rom.",
    "numbered lines, full stops": "1. Kari: Vi har lite tid.\n2. Per: Ja da.\n3. Kari: Og rom.",
    "rows with tabs": "Timespan\tContent\tSpeaker\n0:00.0 - 0:04.2\tVi har lite tid.\tKari\n"
    "0:04.2 - 0:09.0\tJa da.\tPer\n0:09.0 - 0:12.0\tOg rom.\tKari",
}


@pytest.mark.parametrize("form", FORMS)
def test_labels_beside_the_words_are_found(tmp_path: Path, form: str) -> None:
    assert turns(read(tmp_path, FORMS[form])) == TALK


def test_names_before_dashes_are_speakers_if_nearly_all_lines_have_one(tmp_path: Path) -> None:
    assert turns(read(tmp_path, "Kari – Hei.\nPer – Ja da.\nKari – Nei.\nPer – Jo.")) == [
        ("Kari", "Hei."),
        ("Per", "Ja da."),
        ("Kari", "Nei."),
        ("Per", "Jo."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Tid – det er det vi mangler.\nRom – det mangler også.\nTid – igjen og igjen.",
        "(Dør smeller)\nHei.\n(Dør smeller)\nJa da.\n(Telefon ringer)\nNei da.",
        "(Pause)\nHei du.\n(Latter)\nJa da.\n(Pause)\nNei da.",
        "1 Rom og tid\n2 Folk og penger\n3 Møter",
        "– Hva synes du?\n– Det er bra.\n– Hvorfor det?",
    ],
)
def test_dashes_remarks_and_numbers_that_name_nobody(tmp_path: Path, text: str) -> None:
    assert turns(read(tmp_path, text)) == [(None, line) for line in text.split("\n")]


def test_times_alone_stand_beside_the_text(tmp_path: Path) -> None:
    more = "(00:20:06):\nOg takk.\n[00:21:00] Ha det.\n10:30 gikk vi."
    text = f"Kari (00:19:38):\nJa.\n\nPer (00:19:46):\nNettopp.\n\n{more}"
    found = read(tmp_path, text)
    assert turns(found) == [("Kari", "Ja."), ("Per", "Nettopp.\nOg takk.\nHa det.\n10:30 gikk vi.")]
    assert [speech.begins for speech in found.speeches] == [1178.0, 1186.0]


def test_a_speaker_who_is_named_anew_goes_on(tmp_path: Path) -> None:
    assert turns(read(tmp_path, "Kari: (03:07)\nJa.\n\nPer: (03:40)\nNettopp.\n\nPer: (04:14)\nOg mer.")) == [
        ("Kari", "Ja."),
        ("Per", "Nettopp.\nOg mer."),
    ]


def test_who_was_there_is_no_turn(tmp_path: Path) -> None:
    head = "Tilstede: Kari, Per\nModerator: Anne Li\n\n"
    found = read(tmp_path, head + "Kari: Hei.\nPer: Ja.\nKari: Nei.\nPer: Jo.")
    assert [label for label, _text in turns(found)] == ["Kari", "Per", "Kari", "Per"]


def test_a_list_of_who_is_who_is_no_turn_and_is_told(tmp_path: Path) -> None:
    text = "Deltakere:\nMV1: metodeveileder, Ås\nTL: teamleder\n\nI: Hva er vanskelig?\nMV1: Tid.\nTL: Ja.\nI: Takk."
    found = read(tmp_path, text)
    assert turns(found) == [("I", "Hva er vanskelig?"), ("MV1", "Tid."), ("TL", "Ja."), ("I", "Takk.")]
    assert "MV1 = metodeveileder, Ås; TL = teamleder" in found.problems[0].what


def test_a_sentence_that_goes_on_behind_its_colon_names_nobody(tmp_path: Path) -> None:
    text = "Kari: Hei.\n\nTaushetsplikt: det er vanskelig.\n\nPer: Ja.\n\nAlle: Mm.\n\nKari: Nei.\n\nPer: Jo."
    assert turns(read(tmp_path, text))[0] == ("Kari", "Hei.\nTaushetsplikt: det er vanskelig.")
    assert ("Alle", "Mm.") in turns(read(tmp_path, text))


@pytest.mark.parametrize(
    "line",
    [
        "Kari Nordli stopped transcription",
        "Meeting ended after 00:30:00 👋",
        "Transcribed by https://eksempel.example",
    ],
)
def test_what_a_service_adds_at_the_end_is_left_out_and_told(tmp_path: Path, line: str) -> None:
    found = read(tmp_path, f"Kari   0:03\nHei.\nPer   0:09\nJa da.\nKari   0:12\nNei da.\n\n{line}")
    assert turns(found)[-1] == ("Kari", "Nei da.")
    assert ["service" in problem.what for problem in found.problems] == [True]


def test_other_line_ends_end_lines(tmp_path: Path) -> None:
    for end in "\x85\u2028\u2029":
        assert turns(read(tmp_path, end.join(f"{label}: {text}" for label, text in TALK))) == TALK


def test_text_that_is_cut_off_amid_a_letter_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Kari: Hei.\nPer: Så på".encode()[:-1])
    found = read_transcript(path)
    assert (found.encoding, turns(found)[-1]) == ("utf-8", ("Per", "Så p"))
    assert ["cut off" in problem.what for problem in found.problems] == [True]


def test_an_old_text_that_ends_in_a_letter_of_one_byte_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Kari: Hei.\nPer: Se på".encode("cp1252"))
    assert turns(read_transcript(path))[-1] == ("Per", "Se på")


@pytest.mark.parametrize("text", ["WEBVTT\n\n", "1\n"])
def test_subtitles_called_text_are_read_as_subtitles_and_told(tmp_path: Path, text: str) -> None:
    cues = "00:00:01,000 --> 00:00:02,000\nKari: Hei.\n\n2\n00:00:02,000 --> 00:00:03,000\nPer: Ja\nda.\n"
    found = read(tmp_path, text + cues)
    assert turns(found) == [("Kari", "Hei."), ("Per", "Ja da.")]
    assert ["subtitles" in problem.what for problem in found.problems] == [True]


@pytest.mark.parametrize("text", ["<!DOCTYPE html>\n<p>Hei</p>", " <HTML><p>Hei</p>", '{"segments": []}'])
def test_what_is_no_text_for_readers_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ImportingError, match="no text but"):
        read(tmp_path, text)


MARKED = {
    "bullets": "- **Kari:** Vi har lite tid.\n- **Per:** Ja da.\n- **Kari:** Og rom.",
    "quotation": "> Kari: Vi har lite tid.\n>\n> Per: Ja da.\n>\n> Kari: Og rom.",
    "headings": "### Kari\n\nVi har lite tid.\n\n### Per\n\nJa da.\n\n### Kari\n\nOg rom.",
    "table": "| Taler | Tekst |\n|---|:--|\n| Kari | Vi har lite tid. |\n| Per | Ja da. |\n| Kari | Og rom. |",
    "bold": "**Kari:** Vi har lite tid.\n\n__Per__: Ja da.\n\n**Kari:** Og rom.",
    "bold, time": "**Kari** (00:01:02): Vi har lite tid.\n\n**Per** (0:01:10): Ja da.\n\n**Kari** (0:02): Og rom.",
}


@pytest.mark.parametrize("form", MARKED)
def test_labels_in_markdown(tmp_path: Path, form: str) -> None:
    assert turns(read(tmp_path, MARKED[form], "a.md")) == TALK


def test_a_bullet_amid_talk_names_nobody(tmp_path: Path) -> None:
    found = read(tmp_path, "Kari: To ting:\n- Tid: Lite\n- Rom: Lite\n\nPer: Ja.\n\nKari: Nei.\n\nPer: Jo.")
    assert turns(found)[0] == ("Kari", "To ting:\n- Tid: Lite\n- Rom: Lite")


def test_messages_of_a_telephone(tmp_path: Path) -> None:
    text = "01.03.2026, 10:02 - Kari Ås: Hei: du\n01.03.2026, 10:03 - Per: Hei\nmer\n[3/4/26, 10:04:01 AM] Kari Ås: Ok"
    assert turns(read(tmp_path, text)) == [("Kari Ås", "Hei: du"), ("Per", "Hei\nmer"), ("Kari Ås", "Ok")]


def test_times_at_the_ends_of_paragraphs_stand_beside_the_text(tmp_path: Path) -> None:
    found = read(tmp_path, "I: Hei der. #00:00:04-5#\nB: Hei.\nMer. #00:00:07-1#\nI: Ok. #00:00:09-2#\nB: Ja #1#")
    assert turns(found) == [("I", "Hei der."), ("B", "Hei.\nMer."), ("I", "Ok."), ("B", "Ja #1#")]
    assert [speech.ends for speech in found.speeches] == [4.0, 7.0, 9.0, None]


@pytest.mark.parametrize("label", ["moderator", "Kari [MV]", "deltaker 2"])
def test_roles_without_a_capital_and_groups_in_brackets(tmp_path: Path, label: str) -> None:
    text = f"{label}: Hei du.\n\nBo: Ja.\n\n{label}: Nei.\n\nBo: Jo."
    assert [speaker for speaker, _text in turns(read(tmp_path, text))] == [label, "Bo", label, "Bo"]


@pytest.mark.parametrize("line", ["Sitat: «Det går»", "Kap. 3: Metode", "Tlf: 12345678", "Spm. 4: Hva nå?"])
def test_what_stands_before_a_colon_and_is_nobody(tmp_path: Path, line: str) -> None:
    text = f"Kari: Hei.\n\nPer: Ja.\n\n{line}\n\nKari: Nei.\n\nPer: Jo."
    assert turns(read(tmp_path, text))[1] == ("Per", f"Ja.\n{line}")


def test_a_label_without_words_is_no_turn(tmp_path: Path) -> None:
    assert turns(read(tmp_path, "Kari: Hei.\nPer: Ja.\nKari: Nei.\nPer:\nKari: Jo.")) == [
        ("Kari", "Hei."),
        ("Per", "Ja."),
        ("Kari", "Nei.\nJo."),
    ]


@pytest.mark.parametrize("line", ["# a{}b", "Kari{}: x", "- Kari{}: x", "(a{})", "00:00:01 {}Kari", "Kari - {}x:{}"])
def test_lines_made_to_take_long_are_read(tmp_path: Path, line: str) -> None:
    assert len(read(tmp_path, line.replace("{}", " " * 20_000)).speeches) == 1
