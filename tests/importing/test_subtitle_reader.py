"""Subtitles: voices, times, and cues joined into turns."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import ImportingError
from qualcode.importing.report import Transcript
from qualcode.importing.transcripts import read_transcript

TEAMS = """WEBVTT

NOTE duration:"00:00:20"

STYLE
::cue { color: white }

f81d4fae-1/12-0
00:00:01.000 --> 00:00:04.500
<v Kari Ås>Hei, og velkommen &amp; hallo</v>

f81d4fae-1/12-1
00:00:04.500 --> 00:00:07.000 align:start
<v Kari Ås>til <i>møtet</i>
på tirsdag.</v>

2
00:08.250 --> 00:10.000
<v.loud Per>Takk.</v>
"""


def read(folder: Path, text: str, name: str = "samtale.vtt") -> Transcript:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return read_transcript(path)


def turns(found: Transcript) -> list[tuple[str | None, str]]:
    return [(speech.label, speech.text) for speech in found.speeches]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_cues_of_one_voice_are_one_turn_with_its_times(tmp_path: Path, ends: str) -> None:
    found = read(tmp_path, TEAMS.replace("\n", ends))
    assert turns(found) == [("Kari Ås", "Hei, og velkommen & hallo til møtet på tirsdag."), ("Per", "Takk.")]
    assert [(speech.begins, speech.ends) for speech in found.speeches] == [(1.0, 7.0), (8.25, 10.0)]
    assert found.notes == ('duration:"00:00:20"',)
    assert found.problems == ()


def test_two_voices_in_one_cue_are_two_turns(tmp_path: Path) -> None:
    found = read(tmp_path, "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>Hei.</v>\n<v Bo>Ja.</v>\n")
    assert turns(found) == [("Anna", "Hei."), ("Bo", "Ja.")]


def test_a_cue_without_voice_among_others_belongs_to_nobody(tmp_path: Path) -> None:
    cues = ("<v Anna>Hei.</v>", "Hvem sier dette?", "<v Bo>Ja.</v>")
    text = "WEBVTT\n\n" + "\n\n".join(f"00:0{n}.000 --> 00:0{n + 1}.000\n{cue}" for n, cue in enumerate(cues))
    found = read(tmp_path, text)
    assert turns(found) == [("Anna", "Hei."), (None, "Hvem sier dette?"), ("Bo", "Ja.")]
    assert len(found.problems) == 1
    assert "Hvem" not in str(found.problems[0])


SUBRIP = """1
00:00:01,000 --> 00:00:03,000
Anna: Hei på
deg.

2
00:00:03,000 --> 00:00:05,000
Bo: Ja.
Anna: Jo.

3
00:00:05,000 --> 00:00:06,500
Og mer.
"""


def test_subrip_with_names_before_a_colon(tmp_path: Path) -> None:
    found = read(tmp_path, SUBRIP, "samtale.srt")
    assert turns(found) == [("Anna", "Hei på deg."), ("Bo", "Ja."), ("Anna", "Jo. Og mer.")]
    assert found.speeches[-1].ends == 6.5


def test_a_file_without_names_gives_a_speech_a_cue(tmp_path: Path) -> None:
    text = "1\n00:00:01,000 --> 00:00:03,000\n<i>Hei</i> på\ndeg.\n\n2\n00:00:03,000 --> 00:00:05,000\nJa.\n"
    found = read(tmp_path, text, "samtale.srt")
    assert turns(found) == [(None, "Hei på deg."), (None, "Ja.")]
    assert [speech.begins for speech in found.speeches] == [1.0, 3.0]


def test_a_forgotten_blank_line_and_stray_lines(tmp_path: Path) -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>Hei.\n2\n00:02.000 --> 00:03.000\n<v Bo>Ja.\n\n"
        "00:xx --> 00:04.000\n<v Bo>Borte.\n"
    )
    found = read(tmp_path, text)
    assert turns(found) == [("Anna", "Hei."), ("Bo", "Ja.")]
    (problem,) = found.problems
    assert "line 9" in problem.what


def test_less_than_and_tags_that_are_none_stay(tmp_path: Path) -> None:
    found = read(tmp_path, "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>3 &lt; 4 og <nesten> ja\n")
    assert turns(found) == [("Anna", "3 < 4 og <nesten> ja")]


def test_a_file_without_cues_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportingError, match="no cue"):
        read(tmp_path, "WEBVTT\n\nHei.\n")


def test_a_voice_on_the_line_of_its_times_is_read(tmp_path: Path) -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:03.000 <v Anna>Først.\n\n00:03.000 --> 00:05.000 align:start <v Bo>Så."
    assert turns(read(tmp_path, text)) == [("Anna", "Først."), ("Bo", "Så.")]


def test_a_line_of_spaces_does_not_end_a_cue(tmp_path: Path) -> None:
    text = "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n \nhei på deg\n \n\n00:02.000 --> 00:03.000\nda går vi\n"
    found = read(tmp_path, text)
    assert turns(found) == [(None, "hei på deg"), (None, "da går vi")]
    assert found.problems == ()


def test_a_line_of_spaces_may_stand_between_two_cues(tmp_path: Path) -> None:
    text = "WEBVTT\n \nx/1\n00:01.000 --> 00:02.000\nAnna: Hei.\n \nx/2\n00:02.000 --> 00:03.000\nBo: Ja.\n \nNOTE a\n"
    assert turns(read(tmp_path, text)) == [("Anna", "Hei."), ("Bo", "Ja.")]


def test_names_in_parentheses_above_the_words_of_a_cue(tmp_path: Path) -> None:
    cues = ("(Anna Ås)\nVi begynner", "(Anna Ås)\nmed dette.", "(Bo)\nJa\nvel.", "(Anna Ås)\nFint.")
    blocks = "\n\n".join(f"00:0{n}.000 --> 00:0{n}.900\n{cue}" for n, cue in enumerate(cues))
    assert turns(read(tmp_path, f"WEBVTT\n\n{blocks}")) == [
        ("Anna Ås", "Vi begynner med dette."),
        ("Bo", "Ja vel."),
        ("Anna Ås", "Fint."),
    ]


def test_voice_tags_that_never_close_take_no_time(tmp_path: Path) -> None:
    found = read(tmp_path, "WEBVTT\n\n00:00.000 --> 00:01.000\n" + "<v a" * 50_000)  # once a minute and more
    assert len(found.speeches) == 1


def test_lines_that_roll_over_the_screen_are_read_once_and_told(tmp_path: Path) -> None:
    cues = (
        "00:00:00.000 --> 00:00:02.000 align:start\n \nhei<00:00:00.500><c> på</c><00:00:01.000><c> deg</c>",
        "00:00:02.000 --> 00:00:02.010 align:start\nhei på deg\n ",
        "00:00:02.010 --> 00:00:04.000 align:start\nhei på deg\nda<00:00:02.500><c> går</c>",
        "00:00:04.000 --> 00:00:04.010 align:start\nda går\n ",
    )
    found = read(tmp_path, "WEBVTT\nKind: captions\nLanguage: no\n\n" + "\n\n".join(cues))
    assert turns(found) == [(None, "hei på deg"), (None, "da går")]
    assert ["3 lines" in problem.what for problem in found.problems] == [True]
