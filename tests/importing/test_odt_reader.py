"""OpenDocument texts: what the page shows is what is read."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from qualcode.errors import ImportingError
from qualcode.importing.transcripts import read_transcript
from tests.importing.odt_files import hidden, paragraph, said, table, write_odt


def words_of(path: Path) -> str:
    return "\n".join(speech.text for speech in read_transcript(path).speeches)


def test_bold_names_give_turns(tmp_path: Path) -> None:
    path = write_odt(tmp_path / "a.odt", said("Anna Ås", "Hei."), paragraph("Mer: her."), said("Bo", "Ja."))
    assert [(speech.label, speech.text) for speech in read_transcript(path).speeches] == [
        ("Anna Ås", "Hei.\nMer: her."),
        ("Bo", "Ja."),
    ]


def test_bold_by_a_base_style_counts_as_bold(tmp_path: Path) -> None:
    styles = (
        '<office:styles><style:style style:name="Base" style:family="text"><style:text-properties '
        'fo:font-weight="700"/></style:style><style:style style:name="Navn" style:family="text" '
        'style:parent-style-name="Base"/></office:styles>'
    )
    named = [
        paragraph(f'<text:span text:style-name="Navn">{name}</text:span>', " Hei.") for name in ("Anna", "Bo", "Anna")
    ]
    path = write_odt(tmp_path / "a.odt", *named, parts={"styles.xml:office:document-styles": styles})
    assert [speech.label for speech in read_transcript(path).speeches] == ["Anna", "Bo", "Anna"]


KEPT = {
    "insertion": '<text:change-start text:change-id="c1"/>ORDET<text:change-end text:change-id="c1"/>',
    "link": "<text:a>ORDET</text:a>",
    "span": "<text:span>OR<text:span>DET</text:span></text:span>",
    "field": "<text:author-name>ORDET</text:author-name>",
    "bookmark": '<text:bookmark-start text:name="x"/>ORDET<text:bookmark-end text:name="x"/>',
    "ruby": "<text:ruby><text:ruby-base>ORDET</text:ruby-base><text:ruby-text>BORTE</text:ruby-text></text:ruby>",
    "meta": "<text:meta>ORDET</text:meta>",
    "unknown": "<text:nytt>ORDET</text:nytt>",
    "page break": "OR<text:soft-page-break/>DET",
    "shown after all": '<text:hidden-text text:is-hidden="false">ORDET</text:hidden-text>',
}


@pytest.mark.parametrize("kind", KEPT)
def test_words_are_kept(tmp_path: Path, kind: str) -> None:
    path = write_odt(tmp_path / "a.odt", paragraph("Før ", KEPT[kind], " etter."))
    assert words_of(path) == "Før ORDET etter."


GONE = {
    "span": hidden("BORTE "),
    "text": '<text:hidden-text text:string-value="BORTE">BORTE</text:hidden-text>',
    "shown to nobody": hidden("<text:span>BORTE</text:span>"),
}


@pytest.mark.parametrize("kind", GONE)
def test_hidden_words_are_left_out_and_told_without_them(tmp_path: Path, kind: str) -> None:
    path = write_odt(tmp_path / "a.odt", paragraph("Før ", GONE[kind], "etter."))
    assert words_of(path) == "Før etter."
    (problem,) = read_transcript(path).problems
    assert "5 characters of hidden text" in problem.what
    assert "BORTE" not in str(problem)


def test_hidden_paragraphs_and_sections_are_left_out(tmp_path: Path) -> None:
    section = f'<text:section text:display="none" text:name="s">{paragraph("BORTE")}</text:section>'
    whole = paragraph('<text:hidden-paragraph text:is-hidden="true"/>', "BORTE")
    shown = f'<text:section text:name="t">{paragraph("Synlig.")}</text:section>'
    path = write_odt(tmp_path / "a.odt", paragraph("Hei."), section, whole, shown)
    assert words_of(path) == "Hei.\nSynlig."
    assert "10 characters of hidden text" in read_transcript(path).problems[0].what


def test_tracked_deletions_are_left_out_and_counted(tmp_path: Path) -> None:
    info = "<office:change-info><text:p>Hvem og når</text:p></office:change-info>"
    changes = (
        f"<text:tracked-changes><text:changed-region><text:deletion>{info}{paragraph('BORTE')}</text:deletion>"
        f"</text:changed-region><text:changed-region><text:insertion>{info}</text:insertion></text:changed-region>"
        "</text:tracked-changes>"
    )
    path = write_odt(tmp_path / "a.odt", changes, paragraph('Før <text:change text:change-id="c"/>etter.'))
    assert words_of(path) == "Før etter."
    assert ["1 tracked deletion" in problem.what for problem in read_transcript(path).problems] == [True]


def test_white_space_is_what_the_page_shows(tmp_path: Path) -> None:
    path = write_odt(
        tmp_path / "a.odt",
        paragraph("\n  En \n  to", '<text:s text:c="3"/>', "tre<text:tab/>fire<text:line-break/>fem ", " seks\n"),
    )
    assert words_of(path) == "En to   tre\tfire\nfem seks"


def test_a_huge_count_of_spaces_is_bounded(tmp_path: Path) -> None:
    path = write_odt(tmp_path / "a.odt", paragraph("a", '<text:s text:c="99999999"/>', "b"))
    assert len(words_of(path)) < 2000


def test_lists_headings_and_indexes_are_read(tmp_path: Path) -> None:
    items = "".join(f"<text:list-item>{paragraph(item)}</text:list-item>" for item in ("En.", "To."))
    path = write_odt(tmp_path / "a.odt", "<text:h>Tittel</text:h>", f"<text:list>{items}</text:list>")
    assert words_of(path) == "Tittel\nEn.\nTo."


def test_notes_and_comments_stand_beside_the_text(tmp_path: Path) -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{paragraph('Det stemte.')}</text:note-body></text:note>"
    )
    comment = "<office:annotation><text:p>Sjekk.</text:p></office:annotation>"
    path = write_odt(tmp_path / "a.odt", paragraph("Hei", note, " der", comment, "."))
    read = read_transcript(path)
    assert [speech.text for speech in read.speeches] == ["Hei der."]
    assert read.notes == ("Footnote 1: Det stemte.", "Comment 1: Sjekk.")
    assert len(read.problems) == 2


def test_page_headers_are_left_out_and_told(tmp_path: Path) -> None:
    styles = (
        f"<office:master-styles><style:master-page><style:header>{paragraph('Utkast')}</style:header>"
        f"<style:footer>{paragraph('Side 1')}</style:footer></style:master-page></office:master-styles>"
    )
    path = write_odt(tmp_path / "a.odt", paragraph("Hei."), parts={"styles.xml:office:document-styles": styles})
    assert words_of(path) == "Hei."
    assert "12 characters" in read_transcript(path).problems[0].what


def test_a_text_box_follows_its_paragraph(tmp_path: Path) -> None:
    box = f"<draw:frame><draw:text-box>{paragraph('Boks.')}</draw:text-box></draw:frame>"
    shape = f"<draw:custom-shape>{paragraph('Form.')}</draw:custom-shape>"
    path = write_odt(tmp_path / "a.odt", paragraph("Før ", box, "etter."), paragraph(shape, "Så."))
    assert words_of(path) == "Før etter.\nBoks.\nSå.\nForm."
    assert "Text boxes" in read_transcript(path).problems[0].what


def test_a_table_of_speakers_gives_turns(tmp_path: Path) -> None:
    rows = (("Taler", "Tekst"), ("Anna", "Hei på deg."), ("Bo", "Ja, hei."), ("Anna", "Da så."))
    read = read_transcript(write_odt(tmp_path / "a.odt", table(*rows)))
    assert [(speech.label, speech.text) for speech in read.speeches] == [*rows[1:]]


def test_cells_covered_by_a_merged_one_are_left_out(tmp_path: Path) -> None:
    covered = f"<table:covered-table-cell>{paragraph('BORTE')}</table:covered-table-cell>"
    row = f"<table:table-row><table:table-cell>{paragraph('Vist')}</table:table-cell>{covered}</table:table-row>"
    rows = f"<table:table><table:table-header-rows>{row}</table:table-header-rows></table:table>"
    path = write_odt(tmp_path / "a.odt", rows)
    assert words_of(path) == "Vist"
    assert read_transcript(path).problems


def test_macros_are_left_alone_and_told(tmp_path: Path) -> None:
    path = write_odt(tmp_path / "a.odt", paragraph("Hei."), parts={"Basic/Standard/Modul.xml": "<x/>"})
    assert ["Macros" in problem.what for problem in read_transcript(path).problems] == [True]


def test_encrypted_and_foreign_files_are_refused(tmp_path: Path) -> None:
    entry = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    locked = write_odt(tmp_path / "a.odt", paragraph("x"), parts={"META-INF/manifest.xml:manifest:manifest": entry})
    with pytest.raises(ImportingError, match="password"):
        read_transcript(locked)
    sheet = tmp_path / "b.odt"
    with zipfile.ZipFile(sheet, "w") as archive:
        archive.writestr("content.xml", "<a><body><spreadsheet/></body></a>")
    with pytest.raises(ImportingError, match="no OpenDocument text"):
        read_transcript(sheet)


def test_entities_are_refused(tmp_path: Path) -> None:
    path = write_odt(tmp_path / "a.odt", paragraph("&x;"), prolog='<!DOCTYPE a [<!ENTITY x "lol">]>')
    with pytest.raises(ImportingError, match="entities"):
        read_transcript(path)


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    for deep in (
        "<text:section>" * 160 + paragraph("x") + "</text:section>" * 160,
        paragraph("<text:span>" * 160 + "x" + "</text:span>" * 160),
    ):
        with pytest.raises(ImportingError, match="nested"):
            read_transcript(write_odt(tmp_path / "a.odt", deep))
