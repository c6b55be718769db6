"""Rich Text files: what the page shows is what is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import ImportingError
from qualcode.importing.report import Transcript
from qualcode.importing.transcripts import read_transcript

HEAD = r"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}{\f2\fcharset77 Geneva;}}"


def read(folder: Path, body: str, head: str = HEAD) -> Transcript:
    path = folder / "samtale.rtf"
    path.write_bytes(f"{head}{body}}}".encode("cp1252"))
    return read_transcript(path)


def words(transcript: Transcript) -> str:
    return "\n".join(speech.text for speech in transcript.speeches)


def test_bold_names_give_turns(tmp_path: Path) -> None:
    body = r"{\b Anna \'c5s:} Hei.\par Mer: her.\par\pard\plain\b Bo:\b0  Ja.\par"
    assert [(speech.label, speech.text) for speech in read(tmp_path, body).speeches] == [
        ("Anna Ås", "Hei.\nMer: her."),
        ("Bo", "Ja."),
    ]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (r"bl\'e5b\'e6r p\'e5 \'f8ya", "blåbær på øya"),
        (r"bl\u229\'e5b\u230 ?r", "blåb\u00e6?r".replace("?", "")),
        (r"\uc0\u229 a\uc2\u230 xya", "åaæa"),
        (r"\u-10179 ?\u-8704 ?", "\U0001f600"),
        (r"\u-10179 ?x", "x"),
        (r"{\f1 \'c4\'e0}{\f2 \'8c}\'e5", "Даåå"),
        (r"\ldblquote Ja\rdblquote  \endash  n\rquote a~b\~c\_d", "“Ja” – n’a~b\u00a0c\u2011d"),
        (r"a\tab b\line c\{d\}\\e", "a\tb\nc{d}\\e"),
        ("a\r\nb", "ab"),
        ("blåbær", "blåbær"),
    ],
)
def test_letters(tmp_path: Path, body: str, shown: str) -> None:
    assert words(read(tmp_path, body)) == shown


KEPT = {
    "insertion": r"{\revised\revauth1 ORDET}",
    "link": r'{\field{\*\fldinst HYPERLINK "http://eksempel.example"}{\fldrslt{\ul ORDET}}}',
    "object": r"{\object{\*\objdata 0102}{\result ORDET}}",
    "unknown": r"{\nytt ORDET}",
    "not hidden": r"{\v\v0 ORDET}",
    "not deleted": r"{\deleted\deleted0 ORDET}",
    "bookmark": r"{\*\bkmkstart x}ORDET{\*\bkmkend x}",
}
GONE = {
    "picture": r"{\pict\pngblip 0102AB}",
    "binary": "{\\pict\\bin4 }{\\\\}",
    "list number": r"{\listtext 1.\tab}",
    "unknown destination": r"{\*\nytt BORTE}",
    "index entry": r"{\xe\v BORTE}",
    "info": r"{\info{\author BORTE}}",
}


@pytest.mark.parametrize("kind", KEPT)
def test_words_are_kept(tmp_path: Path, kind: str) -> None:
    assert words(read(tmp_path, f"Før {KEPT[kind]} etter.")) == "Før ORDET etter."


@pytest.mark.parametrize("kind", GONE)
def test_what_is_no_text_of_the_page_is_left_out(tmp_path: Path, kind: str) -> None:
    found = read(tmp_path, f"Før {GONE[kind]}etter.")
    assert (words(found), found.problems) == ("Før etter.", ())


@pytest.mark.parametrize("kind", ["deleted", "v"])
def test_deleted_and_hidden_words_are_left_out_and_told(tmp_path: Path, kind: str) -> None:
    found = read(tmp_path, rf"F\'f8r {{\{kind} BORTE}}etter.")
    assert words(found) == "Før etter."
    assert ["5 characters" in problem.what for problem in found.problems] == [True]
    assert "BORTE" not in str(found.problems)


def test_a_deleted_paragraph_mark_joins_two_paragraphs(tmp_path: Path) -> None:
    found = read(tmp_path, r"Halve {\deleted\par}setningen.\par Ja.\par")
    assert [speech.text for speech in found.speeches] == ["Halve setningen.", "Ja."]


def test_notes_and_comments_stand_beside_the_text(tmp_path: Path) -> None:
    note = r"{\super\chftn}{\footnote\pard\plain{\super\chftn} Det \b stemte\b0 .}"
    comment = r"{\*\atnid KÅ}{\*\atnauthor Kari}\chatn{\*\annotation{\*\atndate 1}\pard Sjekk.}"
    found = read(tmp_path, rf"Hei{note} der{comment}.")
    assert words(found) == "Hei der."
    assert found.notes == ("Footnote 1: Det stemte.", "Comment 1: Sjekk.")
    assert len(found.problems) == 2


def test_page_headers_are_left_out_and_told(tmp_path: Path) -> None:
    found = read(tmp_path, r"{\header\pard Utkast\par}{\footerr\pard Side \chpgn\par}Hei.")
    assert words(found) == "Hei."
    assert ["10 characters" in problem.what for problem in found.problems] == [True]


@pytest.mark.parametrize(
    "box",
    [
        r"{\shp{\*\shpinst\shpleft1{\sp{\sn a}{\sv b}}{\shptxt\pard Boks.\par}}{\shprslt Boks.}}",
        r"{\*\do\dobxpage{\dptxbxtext\pard Boks.\par}}",
    ],
)
def test_a_text_box_follows_its_paragraph(tmp_path: Path, box: str) -> None:
    found = read(tmp_path, rf"F\'f8r {box}etter.\par Slutt.")
    assert words(found) == "Før etter.\nBoks.\nSlutt."
    assert ["Text boxes" in problem.what for problem in found.problems] == [True]


def test_a_table_of_speakers_gives_turns(tmp_path: Path) -> None:
    rows = (("Anna", "Hei på deg."), ("Bo", "Ja, hei."), ("Anna", "Da så."))
    body = "".join(rf"\trowd\pard\intbl {name}\cell\pard\intbl {text}\cell\row" for name, text in rows)
    found = read(tmp_path, rf"{body}\pard Slutt.\par")
    assert [(speech.label, speech.text) for speech in found.speeches] == [*rows[:2], ("Anna", "Da så.\nSlutt.")]


def test_a_file_that_is_cut_off_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes((HEAD + r"{\b Hei").encode("cp1252"))
    found = read_transcript(path)
    assert words(found) == "Hei"
    assert ["cut off" in problem.what for problem in found.problems] == [True]


def test_other_files_and_bombs_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    for raw in (b"", b"Hei", b"PK\x03\x04", HEAD.encode() + b"}", b"{\\rtf1" + b"{" * 2000 + b"x"):
        path.write_bytes(raw)
        with pytest.raises(ImportingError) as caught:
            read_transcript(path)
        assert caught.value.hint
