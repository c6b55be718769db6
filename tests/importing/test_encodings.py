"""Bytes become the text that was meant, whatever the encoding and the line ends."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.errors import ImportingError
from qualcode.importing.encodings import decoded
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.report import OpenChoice
from qualcode.importing.transcripts import read_transcript

SENTENCE = "Anna: Vi får ikkje møte på sjukehuset – «ærleg talt», sa Øyvind på Ås.\nBo: Å ja."
MARKS = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
}


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("encoding", "mark", "name"),
    [
        ("utf-8", b"", "utf-8"),
        *((encoding, mark, encoding) for encoding, mark in MARKS.items()),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("cp1252", b"", "cp1252"),
    ],
)
def test_a_transcript_reads_the_same_in_any_encoding(
    tmp_path: Path, encoding: str, mark: bytes, name: str, ends: str
) -> None:
    path = tmp_path / "samtale.txt"
    path.write_bytes(mark + SENTENCE.replace("\n", ends).encode(encoding))
    read = read_transcript(path)
    assert read.encoding == name
    assert [speech.text for speech in read.speeches] == [
        "Vi får ikkje møte på sjukehuset – «ærleg talt», sa Øyvind på Ås.",
        "Å ja.",
    ]
    assert read.problems == ()


@pytest.mark.parametrize("encoding", ["cp865", "mac-roman"])
def test_old_nordic_encodings_are_read_and_the_choice_is_told(encoding: str) -> None:
    text = "Vi får ikkje møte på sjukehuset, sa Øyvind på Ås. Æsj."
    read = decoded(text.encode(encoding), "gammel.txt")
    assert (read.text, read.encoding) == (text, encoding)
    assert [type(problem) for problem in read.problems] == [OpenChoice]


def test_utf8_with_stray_windows_letters_keeps_both() -> None:
    raw = "Først på norsk. ".encode() + "Så på gammelt vis.".encode("cp1252")
    read = decoded(raw, "blandet.txt")
    assert read.text == "Først på norsk. Så på gammelt vis."
    assert len(read.problems) == 1


@given(text=st.text(alphabet="abcdefghæøåÆØÅ éèü.,?!\t\n", min_size=2, max_size=200))
def test_windows_text_survives(text: str) -> None:
    assert decoded(text.encode("cp1252"), "x.txt").text == text


@given(
    text=st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), min_size=1, max_size=200),
    encoding=st.sampled_from(sorted(MARKS)),
)
def test_marked_text_survives(text: str, encoding: str) -> None:
    assert decoded(MARKS[encoding] + text.encode(encoding), "x.txt").text == text


@given(text=st.text(max_size=100))
def test_the_normal_form_is_stable_and_only_composes(text: str) -> None:
    once = in_normal_form(text)
    assert in_normal_form(once) == once
    kept = text.replace("\0", "").replace("\ufeff", "").replace("\r\n", "\n")
    for end in "\r\x85\u2028\u2029":
        kept = kept.replace(end, "\n")
    assert once == unicodedata.normalize("NFC", kept)


@given(raw=st.binary(min_size=1, max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_crash_a_reader(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "rot.txt"
    path.write_bytes(raw)
    try:
        read = read_transcript(path)
    except ImportingError as error:
        assert error.hint
    else:
        assert read.speeches


@pytest.mark.parametrize(
    "raw",
    [b"", b"  \r\n\t\n", b"\xef\xbb\xbf", bytes(range(256)) * 4, b"%PDF-1.7\n", b"PK\x03\x04abc", b"\x89PNG\r\n\x1a\n"],
)
def test_what_is_no_text_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "samtale.txt"
    path.write_bytes(raw)
    with pytest.raises(ImportingError) as caught:
        read_transcript(path)
    assert caught.value.hint


def test_a_given_encoding_is_obeyed_or_refused_with_a_place(tmp_path: Path) -> None:
    path = tmp_path / "samtale.txt"
    path.write_bytes("Hei.\nPå Ås.".encode("cp1252"))
    assert read_transcript(path, encoding="latin-1").speeches[1].text == "På Ås."
    with pytest.raises(ImportingError, match="line 2"):
        read_transcript(path, encoding="utf-8")
    with pytest.raises(ImportingError, match="no encoding"):
        read_transcript(path, encoding="utf-88")
    with pytest.raises(ImportingError):
        read_transcript(path, encoding="base64")


def test_missing_files_and_folders_and_unknown_endings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportingError, match="no file"):
        read_transcript(tmp_path / "borte.txt")
    (tmp_path / "mappe.txt").mkdir()
    with pytest.raises(ImportingError, match="folder"):
        read_transcript(tmp_path / "mappe.txt")
    with pytest.raises(ImportingError) as caught:
        read_transcript(tmp_path / "samtale.doc")
    assert ".docx" in caught.value.hint


def test_lost_characters_and_soft_hyphens_are_told_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "samtale.txt"
    path.write_text("Anna: e\ufffdekt og sam\u00adarbeid.\nBo: Ja.", encoding="utf-8")
    read = read_transcript(path)
    assert read.speeches[0].text == "e\ufffdekt og sam\u00adarbeid."
    assert len(read.problems) == 2


def test_decomposed_letters_are_composed_and_byte_order_marks_go(tmp_path: Path) -> None:
    path = tmp_path / "samtale.txt"
    path.write_text("Anna: på\u030a \ufeffAs\nA\u030ase: hei\nAnna: jo", encoding="utf-8")
    read = read_transcript(path)
    assert read.speeches[1].label == "Åse"
    assert "\ufeff" not in read.speeches[0].text
