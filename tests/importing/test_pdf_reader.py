"""PDF files: lines become the paragraphs that were printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import ImportingError
from qualcode.importing.report import Transcript
from qualcode.importing.transcripts import read_transcript
from tests.importing.pdf_files import Placed, block, write_pdf

LONG = "Dette er en linje som går helt ut til margen på siden, så den er ganske lang"


def read(folder: Path, *pages: list[Placed], comments: tuple[str, ...] = ()) -> Transcript:
    return read_transcript(write_pdf(folder / "samtale.pdf", *pages, comments=comments))


def words(transcript: Transcript) -> list[str]:
    return [speech.text for speech in transcript.speeches]


def test_lines_of_a_paragraph_are_joined_and_paragraphs_kept_apart(tmp_path: Path) -> None:
    found = read(tmp_path, block(LONG, "og fortsetter her på øya.", "", LONG, "og slutter."))
    assert words(found) == [f"{LONG} og fortsetter her på øya.", f"{LONG} og slutter."]
    assert found.problems == ()


def test_paragraphs_without_room_between_them_end_with_a_short_line(tmp_path: Path) -> None:
    found = read(tmp_path, block(LONG, "og kort.", LONG, "en og", LONG))
    assert words(found) == [f"{LONG} og kort.", f"{LONG} en og {LONG}"]


def test_labels_give_turns(tmp_path: Path) -> None:
    found = read(tmp_path, block(f"*Anna Ås: *{LONG}", "og mer.", "*Bo: *Ja.", f"*Anna Ås: *{LONG}."))
    assert [(speech.label, speech.text) for speech in found.speeches] == [
        ("Anna Ås", f"{LONG} og mer."),
        ("Bo", "Ja."),
        ("Anna Ås", f"{LONG}."),
    ]
    plain = read(tmp_path, block(f"Anna: {LONG}", f"Bo: {LONG}", "ja.", f"Anna: {LONG}", "Bo: Ja."))
    assert [speech.label for speech in plain.speeches] == ["Anna", "Bo", "Anna", "Bo"]


@pytest.mark.parametrize(
    ("end", "begin", "joined", "n_told"),
    [
        ("samar-", "beid om det.", "samarbeid om det.", 1),
        ("inn-", "og utland.", "inn- og utland.", 0),
        ("EU-", "møtet var fint.", "EU-møtet var fint.", 0),
        ("2025-", "2026 gikk fint.", "2025-2026 gikk fint.", 0),
        ("vi ventet -", "lenge på det.", "vi ventet - lenge på det.", 0),
    ],
)
def test_hyphens_at_the_end_of_a_line(tmp_path: Path, end: str, begin: str, joined: str, n_told: int) -> None:
    found = read(tmp_path, block(f"{LONG} {end}", begin))
    assert words(found) == [f"{LONG} {joined}"]
    assert len([problem for problem in found.problems if "hyphenated" in problem.what]) == n_told


def test_headers_footers_and_page_numbers_are_left_out_and_told(tmp_path: Path) -> None:
    pages = [
        [
            (72.0, 800.0, "Intervju 3, fortrolig"),
            *block(f"Side {number} handler om noe.", "Mer om det."),
            (290.0, 40.0, f"Side {number} av 3"),
        ]
        for number in (1, 2, 3)
    ]
    found = read(tmp_path, *pages)
    text = "\n".join(words(found))
    assert "fortrolig" not in text
    assert "av 3" not in text
    assert text.count("handler om noe") == 3
    assert ["6 lines" in problem.what for problem in found.problems] == [True]


def test_a_lone_line_at_the_head_of_a_page_is_text(tmp_path: Path) -> None:
    found = read(tmp_path, [(72.0, 800.0, "Anna: Hei."), *block("Bo: Ja.", "Anna: Nei.")])
    assert [speech.label for speech in found.speeches] == ["Anna", "Bo", "Anna"]


def test_a_paragraph_goes_on_over_the_page(tmp_path: Path) -> None:
    first = [*block(LONG, LONG), (290.0, 40.0, "1")]
    second = [*block("og slutter her.", "", LONG), (290.0, 40.0, "2")]
    assert words(read(tmp_path, first, second)) == [f"{LONG} {LONG} og slutter her.", LONG]


def test_comments_are_notes(tmp_path: Path) -> None:
    found = read(tmp_path, block("Hei."), comments=("Sjekk dette",))
    assert (words(found), found.notes) == (["Hei."], ("Comment 1: Sjekk dette",))


def test_pages_without_text_are_told_and_a_file_without_is_refused(tmp_path: Path) -> None:
    found = read(tmp_path, block("Hei."), [])
    assert ["A page holds no text: 2." in problem.what for problem in found.problems] == [True]
    with pytest.raises(ImportingError, match="pictures of pages") as caught:
        read(tmp_path, [], [])
    assert "OCR" in caught.value.hint


def test_locked_and_damaged_files_are_refused(tmp_path: Path) -> None:
    encryption = "/Encrypt<</Filter/Standard/V 1/R 2/O(" + "a" * 32 + ")/U(" + "b" * 32 + ")/P -4>>/ID[(c)(c)]"
    locked = write_pdf(tmp_path / "a.pdf", block("Hei."), trailer=encryption)
    with pytest.raises(ImportingError, match="password"):
        read_transcript(locked)
    whole = write_pdf(tmp_path / "b.pdf", block("Hei.")).read_bytes()
    for raw in (b"", b"Hei", b"%PDF-1.4\n%%EOF", b"PK\x03\x04", whole[:60]):
        path = tmp_path / "c.pdf"
        path.write_bytes(raw)
        with pytest.raises(ImportingError) as caught:
            read_transcript(path)
        assert caught.value.hint


def test_what_somebody_says_at_the_head_of_two_pages_is_no_header(tmp_path: Path) -> None:
    said = ("Anna: Ja, det er slik.", "", f"Bo: {LONG}.", "", "Anna: Nei.")
    found = read(tmp_path, block(*said), block(*said), block(*said))
    assert [speech.text for speech in found.speeches].count("Ja, det er slik.") + sum(
        "Ja, det er slik." in speech.text for speech in found.speeches if speech.text.startswith("Nei")
    ) == 3


def test_a_header_close_to_the_text_of_its_page_is_text(tmp_path: Path) -> None:
    found = read(tmp_path, block("Rom og tid", LONG), block("Rom og tid", LONG))
    assert " ".join(words(found)).count("Rom og tid") == 2


def test_numbers_of_lines_in_the_margin_are_left_out_and_told(tmp_path: Path) -> None:
    lines = [f"Anna: {LONG}", "og mer om det.", f"Bo: {LONG}", "ja vel.", f"Anna: {LONG}", "og slutt."]
    numbers: list[Placed] = [(40, 720 - 14 * number, str(number + 1)) for number in range(len(lines))]
    found = read(tmp_path, [each for pair in zip(numbers, block(*lines), strict=True) for each in pair])
    assert [(speech.label, speech.text) for speech in found.speeches] == [
        ("Anna", f"{LONG} og mer om det."),
        ("Bo", f"{LONG} ja vel."),
        ("Anna", f"{LONG} og slutt."),
    ]
    assert ["numbered" in problem.what for problem in found.problems] == [True]


def test_a_column_of_names_gives_turns(tmp_path: Path) -> None:
    said = [("Anna", "Vi har lite tid"), ("", "og lite rom."), ("Bo", "Ja."), ("Anna", "Nei, ikke det.")]
    placed: list[Placed] = []
    for number, (name, text) in enumerate(said):
        placed += [(72, 720 - 14 * number, name)] if name else []
        placed.append((180, 720 - 14 * number, text))
    assert [(speech.label, speech.text) for speech in read(tmp_path, placed).speeches] == [
        ("Anna", "Vi har lite tid og lite rom."),
        ("Bo", "Ja."),
        ("Anna", "Nei, ikke det."),
    ]


def test_a_list_with_numbers_keeps_them(tmp_path: Path) -> None:
    placed: list[Placed] = []
    for number in range(3):
        placed += [(72, 700 - 42 * number, str(number + 1)), (100, 700 - 42 * number, LONG)]
        placed += [(100, 686 - 42 * number, "og mer.")]
    assert [text[:2] for text in words(read(tmp_path, placed))] == ["1 ", "2 ", "3 "]
