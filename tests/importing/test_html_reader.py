"""Web pages: what a browser shows is what is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import ImportingError
from qualcode.importing.report import OpenChoice, Transcript
from qualcode.importing.transcripts import read_transcript


def read(folder: Path, body: str, head: str = "", encoding: str = "utf-8") -> Transcript:
    path = folder / "samtale.html"
    path.write_bytes(f"<html><head>{head}</head><body>{body}</body></html>".encode(encoding))
    return read_transcript(path)


def words(transcript: Transcript) -> list[str]:
    return [speech.text for speech in transcript.speeches]


def test_bold_names_give_turns(tmp_path: Path) -> None:
    body = "<p><b>Anna Ås:</b> Hei\n   på deg.</p><div><p>Mer.<p><strong>Bo:</strong> Ja.</div>"
    assert [(speech.label, speech.text) for speech in read(tmp_path, body).speeches] == [
        ("Anna Ås", "Hei på deg.\nMer."),
        ("Bo", "Ja."),
    ]


def test_bold_names_by_style_on_lines_of_one_paragraph(tmp_path: Path) -> None:
    named = "<br>".join(f'<span style="font-weight: 700">{name}:</span> Hei.' for name in ("Anna", "Bo", "Anna"))
    assert [speech.label for speech in read(tmp_path, f"<p>{named}</p>").speeches] == ["Anna", "Bo", "Anna"]


def test_white_space_is_what_a_browser_shows(tmp_path: Path) -> None:
    body = "<p>\n En <i> to</i>\n tre </p> <pre>  fire\n fem</pre>seks&nbsp;&aring;<br>\n sju"
    assert words(read(tmp_path, body)) == ["En to tre", "  fire\n fem", "seks\u00a0å\nsju"]


@pytest.mark.parametrize(
    "markup",
    [
        "<script>BORTE</script>",
        "<style>BORTE</style>",
        "<!-- BORTE -->",
        "<template><p>BORTE</p></template>",
        '<img alt="BORTE" src="http://eksempel.example/x.png">',
        '<iframe src="file:///etc/passwd">BORTE</iframe>',
    ],
)
def test_what_is_no_text_of_the_page_is_left_out(tmp_path: Path, markup: str) -> None:
    found = read(tmp_path, f"Før {markup}etter.", head="<title>BORTE</title>")
    assert (words(found), found.problems) == (["Før etter."], ())


@pytest.mark.parametrize(
    "markup",
    ["<del>BORTE</del>", "<span hidden>BO<b>RTE</b></span>", "<span style='color:red;display: none'>BORTE</span>"],
)
def test_deleted_and_hidden_words_are_left_out_and_told(tmp_path: Path, markup: str) -> None:
    found = read(tmp_path, f"Før {markup}etter.")
    assert words(found) == ["Før etter."]
    (problem,) = found.problems
    assert "5 characters" in problem.what


def test_a_table_of_speakers_gives_turns_and_others_their_cells(tmp_path: Path) -> None:
    rows = "".join(
        f"<tr><td>{name}</td><td>{text}</td></tr>"
        for name, text in (("Anna", "Hei på deg."), ("Bo", "Ja, hei."), ("Anna", "Da så."))
    )
    found = read(tmp_path, f"<table>{rows}</table>")
    assert [speech.label for speech in found.speeches] == ["Anna", "Bo", "Anna"]
    nested = "<table><tr><td>Ute<table><tr><td>Inne<td>To</table><td>Slutt</table>Etter"
    assert words(read(tmp_path, nested)) == ["Ute", "Inne", "To", "Slutt", "Etter"]


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252", "mac-roman"])
def test_the_declared_encoding_is_used(tmp_path: Path, encoding: str) -> None:
    head = f'<meta http-equiv="content-type" content="text/html; charset={encoding}">'
    found = read(tmp_path, "<p>Blåbær på øya</p>", head, encoding)
    assert (words(found), found.problems) == (["Blåbær på øya"], ())


def test_a_false_declaration_is_asked_about(tmp_path: Path) -> None:
    found = read(tmp_path, "<p>Blåbær på øya</p>", '<meta charset="iso-8859-1">', "utf-8")
    assert words(found) == ["Blåbær på øya"]
    assert [type(problem) for problem in found.problems] == [OpenChoice]
    assert words(read(tmp_path, "<p>Blåbær</p>", '<meta charset="utf-8">', "cp1252")) == ["Blåbær"]


def test_xhtml_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.htm"
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body>'
        "<p><b>Anna:</b> Hei.</p><p><b>Bo:</b> Ja.</p></body></html>",
        encoding="utf-8",
    )
    assert [speech.label for speech in read_transcript(path).speeches] == ["Anna", "Bo"]


def test_entities_of_a_file_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "hemmelig.txt"
    secret.write_text("HEMMELIG", encoding="utf-8")
    path = tmp_path / "a.html"
    path.write_text(
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><body><p>Hei &x;</p></body></html>',
        encoding="utf-8",
    )
    assert "HEMMELIG" not in "".join(words(read_transcript(path)))


def test_tags_that_nobody_closes(tmp_path: Path) -> None:
    assert words(read(tmp_path, "<font>" * 900 + "Ordet."))[-1] == "Ordet."
    with pytest.raises(ImportingError, match="nested"):
        read(tmp_path, "<font>" * 20_000 + "Ordet.")


def test_a_page_of_a_million_tags_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportingError, match="parts"):
        read(tmp_path, "<p>" * 1_000_001)


@pytest.mark.parametrize("raw", [b"", b"Bare tekst", b"<html></html>", b"PK\x03\x04xxxx", b"<p>\xff\xfe\x00\x01"])
def test_what_is_no_page_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(raw)
    with pytest.raises(ImportingError) as caught:
        read_transcript(path)
    assert caught.value.hint


def test_a_page_of_google_docs_has_bold_classes_and_notes(tmp_path: Path) -> None:
    page = (
        "<style>.c1{color:#000;font-weight:700}.c2{font-weight:400}</style>"
        '<p><span class="c1">Anna</span><b class="c2"></b> Hei<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup>.</p>'
        '<p><span class="c1">Bo</span> Ja<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>.</p>'
        '<p><span class="c1">Anna</span> Nei.</p>'
        '<div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;Om tid.</span></p></div>'
        '<div class="c9"><p class="c2"><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Sjekk dette.</span></p></div>'
    )
    (tmp_path / "a.html").write_text(page, "utf-8")
    found = read_transcript(tmp_path / "a.html")
    assert [speech.text for speech in found.speeches] == ["Hei.", "Ja.", "Nei."]
    assert [speech.label for speech in found.speeches] == ["Anna", "Bo", "Anna"]
    assert found.notes == ("Footnote 1: Om tid.", "Comment 1: Sjekk dette.")
    assert len(found.problems) == 2
